"""What a revision of a profile holds, how people read it, and how it goes live: the kind ``profile`` of moderation.

The columns of a supplier hold what is published and nothing else; all that waits is content, kept by moderation.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flask import render_template
from sqlalchemy import select

from c4s.accounts.models import Person
from c4s.businesses import queries as businesses
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import held, unit_of_work
from c4s.directory import filing, picturing, showing
from c4s.directory import phrases as directory
from c4s.directory import queries as entries
from c4s.directory import views as directory_views
from c4s.directory.models import Claim, JointWork, Network, Picture, Service, Supplier
from c4s.directory.rules import JointWorkState, LegalForm, SizeBand, SupplierStatus
from c4s.i18n import formats
from c4s.i18n.bilingual import Bilingual, in_both
from c4s.i18n.languages import current_language
from c4s.i18n.speech import Later
from c4s.i18n.speech import gettext as _
from c4s.i18n.speech import lazy_gettext as _l
from c4s.moderation.kinds import Field, Kind, Said
from c4s.profiles import joint_work, phrases, pictures, rules
from c4s.profiles.rules import JOINT, PICTURE, SERVICE, Content
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.models import Area, Category
from c4s.web.rights import Right

NAME = "profile"
MICRO = (SizeBand.ONE, SizeBand.MICRO)
READING = (
    *("name", "name_cy", "summary", "description", "categories", SERVICE, PICTURE),
    *("address", "town", "postcode", "home_based", "areas_served"),
    *("website", "phone", "email", "hours", "access_notes", "serves_in_welsh", "serves_in_english", "team_languages"),
    *("wants", "could", "wont", "buys_locally", JOINT, "networks"),
    *("legal_form", "size", "social_enterprise", "company_number", "charity_number"),
    *rules.CARE,
)
"""The order in which people read a profile; a beginning of names stands for all that begin so."""
PAGES = {
    SERVICE: (phrases.SERVICE, "services.index"),
    JOINT: (phrases.JOINT_WORK, "joint_work.index"),
    PICTURE: (phrases.PICTURE, "pictures.index"),
}
"""What fields are called that come and go, and where they are changed."""
NOTHING = {"cy": "", "en": ""}


# ---- What is published ----


def _pair(text: Bilingual) -> dict[str, str]:
    return {"cy": text.cy, "en": text.en}


def empty() -> dict[str, Any]:
    """The content of a profile of which nothing is published."""
    return {
        **dict.fromkeys(rules.LINES, ""),
        **{name: dict(NOTHING) for name in rules.TEXTS},
        **dict.fromkeys(rules.FLAGS, False),
        **{name: [] for name in (*rules.CODES, "address")},
        "legal_form": "",
        "size": "",
        "personal_care": "",
    }


def live(supplier: Supplier) -> dict[str, Any]:
    """What is published of a supplier, as the content that would publish the same again."""
    if supplier.status == SupplierStatus.UNPUBLISHED:
        return empty()
    answers = {True: rules.YES, False: rules.NO, None: ""}
    return {
        **{name: getattr(supplier, name) for name in (*rules.LINES, *rules.FLAGS)},
        **{name: _pair(getattr(supplier, name)) for name in rules.TEXTS},
        "legal_form": str(supplier.legal_form or ""),
        "size": str(supplier.size or ""),
        "team_languages": list(supplier.team_languages),
        "categories": _codes(supplier.categories),
        "areas_served": _codes(supplier.areas_served),
        "networks": _codes(supplier.networks),
        "address": list(supplier.address),
        "personal_care": answers[supplier.personal_care],
        **{f"{SERVICE}{one.key}": _service(one) for one in _services(supplier)},
        **{
            f"{JOINT}{one.key}": {"supplier_id": one.with_id, "what": _pair(one.what), "year": one.year}
            for one in _joint(supplier)
        },
        **{
            f"{PICTURE}{one.token}": {"role": str(one.role), "alt": _pair(one.alt), "position": one.position}
            for one in _pictures(supplier)
            if one.is_live
        },
    }


def _codes(terms: Sequence[Any]) -> list[str]:
    """In one order, so that the same terms are the same content."""
    return sorted(term.code for term in terms)


def _services(supplier: Supplier) -> Sequence[Service]:
    found = select(Service).where(Service.supplier_id == supplier.id)
    return db.session.scalars(found.order_by(Service.position, Service.id)).all()


def _joint(supplier: Supplier) -> Sequence[JointWork]:
    return db.session.scalars(
        select(JointWork).where(JointWork.supplier_id == supplier.id).order_by(JointWork.id)
    ).all()


def _pictures(supplier: Supplier) -> Sequence[Picture]:
    return db.session.scalars(
        select(Picture).where(Picture.supplier_id == supplier.id).order_by(Picture.position, Picture.id)
    ).all()


def _service(one: Service) -> dict[str, Any]:
    return {
        "position": one.position,
        "category": one.category.code if one.category else "",
        "name": _pair(one.name),
        "description": _pair(one.description),
        "price_guide": _pair(one.price_guide),
        "areas": list(one.areas),
        "serves_in_welsh": one.serves_in_welsh,
        "serves_in_english": one.serves_in_english,
        "direct_payments": one.direct_payments,
    }


def live_of(supplier_id: int) -> dict[str, Any]:
    """The same by the number of the supplier; nothing, when it has gone."""
    supplier = db.session.get(Supplier, supplier_id)
    return live(supplier) if supplier else empty()


# ---- How people read it ----


def fields(one: Content, other: Content) -> Sequence[Field]:
    """The fields of either of two contents, in the order in which people read them."""
    found = []
    for name in READING:
        if name in PAGES:
            found += [_come_and_go(name, each, one, other) for each in _names(name, one, other)]
        else:
            right = Right.MODERATE_CARE if name in rules.CARE else None
            found.append(Field(name, phrases.FIELD[name], f"profiles.{rules.SECTION_OF[name]}", right))
    return found


def _names(begins: str, one: Content, other: Content) -> list[str]:
    """The names in either content that begin alike: as they stand in the newer one, which is the latter."""
    both = {**one, **other}
    found = [name for name in both if name.startswith(begins)]
    return sorted(found, key=lambda name: (both[name].get("position", 0), name))


def _come_and_go(begins: str, name: str, one: Content, other: Content) -> Field:
    title, page = PAGES[begins]
    value = other.get(name) or one[name]
    return Field(name, Later(_titled, title, value.get("name", NOTHING)), page)


def _titled(title: object, name: Mapping[str, str]) -> str:
    said = Bilingual(**name).spoken(current_language())[0]
    return f"{title}: {said}" if said else str(title)


def say(name: str, value: Any) -> Said:
    """The value of a field as people read it; nothing, when there is none."""
    if value is None:
        return Said(Bilingual())
    if name.startswith(SERVICE):
        return Said(_lines(lambda: _service_lines(value)), is_bilingual=True)
    if name.startswith(JOINT):
        return Said(_lines(lambda: _joint_lines(value)), is_bilingual=True)
    if name.startswith(PICTURE):
        token = name.removeprefix(PICTURE)
        return Said(Bilingual(**value["alt"]), is_bilingual=True, picture=pictures.address_for_moderators(token))
    if name in rules.TEXTS:
        return Said(Bilingual(**value), is_bilingual=True)
    return Said(in_both(lambda: _words(name, value)))


def changes(live: Content, content: Content) -> list[tuple[Field, Said]]:
    """The fields of a content that are not as readers see them, in the order in which people read them, and what is
    said there now."""
    changed = rules.changed(live, content)
    return [(one, say(one.name, content.get(one.name))) for one in fields(live, content) if one.name in changed]


def _words(name: str, value: Any) -> str:
    if name in rules.FLAGS:
        return _is_so(value)
    if name == "address":
        return "\n".join(value)
    if name in rules.CODES:
        return "\n".join(_term(name, code) for code in value)
    if not value:
        return ""
    said: Mapping[str, Mapping[Any, object]] = {
        "legal_form": directory.LEGAL_FORMS,
        "size": directory.SIZES,
        "personal_care": phrases.YES_OR_NO,
    }
    return str(said[name].get(value, value)) if name in said else str(value)


def _is_so(value: bool) -> str:
    return str(phrases.IS_SO[value])


def _term(name: str, code: str) -> str:
    """What a code is called; the code itself, when whoever named it has ended it since."""
    if name == "team_languages":
        return str(directory.TEAM_LANGUAGES.get(code, code))
    terms = {"categories": taxonomy.categories, "areas_served": taxonomy.areas, "networks": entries.networks}[name]()
    found = terms.by_code.get(code)
    return found.name.spoken(current_language())[0] if found else code


def _lines(say_it: Callable[[], Iterable[str]]) -> Bilingual:
    return in_both(lambda: "\n".join(line for line in say_it() if line))


def _service_lines(value: Mapping[str, Any]) -> list[str]:
    code = current_language()
    languages = [
        str(words)
        for tick, words in (("serves_in_welsh", _l("Welsh")), ("serves_in_english", _l("English")))
        if value[tick]
    ]
    named = [
        (_("Category"), _term("categories", value["category"]) if value["category"] else ""),
        (_("Price guide"), value["price_guide"][code]),
        (_("Areas"), ", ".join(_term("areas_served", area) for area in value["areas"])),
        (_("Languages"), ", ".join(languages)),
        (_("Direct payments"), _is_so(value["direct_payments"])),
    ]
    return [
        value["name"][code],
        value["description"][code],
        *(f"{title}: {words}" for title, words in named if words),
    ]


def _joint_lines(value: Mapping[str, Any]) -> list[str]:
    code = current_language()
    other = db.session.get(Supplier, value["supplier_id"])
    named = [(_("Business"), other.names.spoken(code)[0] if other else ""), (_("Year"), value["year"])]
    return [value["what"][code], *(f"{title}: {words}" for title, words in named if words)]


def names(supplier_ids: Sequence[int]) -> Mapping[int, str]:
    """What suppliers are called in the language that is spoken, by their numbers."""
    found = db.session.execute(
        select(Supplier.id, Supplier.name, Supplier.name_cy).where(Supplier.id.in_(supplier_ids))
    )
    return {row[0]: Bilingual(row[2] or row[1], row[1]).spoken(current_language())[0] for row in found}


def people(supplier_ids: Sequence[int]) -> Mapping[int, Sequence[Person]]:
    """Those who speak for the businesses that keep suppliers, by the numbers of the suppliers."""
    rows = db.session.execute(select(Supplier.id, Supplier.business_id).where(Supplier.id.in_(supplier_ids)))
    kept = {row[0]: row[1] for row in rows if row[1] is not None}
    members = businesses.members_of_each(kept.values())
    return {number: [one.person for one in members[kept[number]]] if number in kept else [] for number in supplier_ids}


def place(supplier_id: int) -> Mapping[str, Any]:
    """What addresses of pages of a profile need."""
    supplier = db.session.get_one(Supplier, supplier_id)
    return {"business_id": supplier.business_id, "supplier_id": supplier_id}


# ---- How it goes live ----


@unit_of_work
def publish(supplier_id: int, content: Content, by_id: int) -> None:
    """Make a content what readers see. What is live at once stays as it is: room for work, messages, closing.

    Args:
        by_id: whose words they are. Those of the business say that its entry is still right; those of staff do not.
    """
    supplier = held(Supplier, supplier_id)
    today = formats.uk(now()).date()
    before = None if supplier.status == SupplierStatus.UNPUBLISHED else live(supplier)
    _fill(supplier, content, before)
    _link(supplier, content)
    _put_services(supplier, content)
    _put_pictures(supplier, content)
    _put_joint_work(supplier, content)
    _confirm(supplier, by_id, today)
    supplier.updated_at = now()
    db.session.flush()
    showing.renew([supplier_id])


def _fill(supplier: Supplier, content: Content, before: Content | None) -> None:
    """Set the columns."""
    if content["name"] != supplier.name or content["name_cy"] != supplier.name_cy:
        supplier.sort_name = ""  # how to file another name
    is_moved = before is None or any(before[name] != content[name] for name in PLACING)
    for name in (*rules.LINES, *rules.FLAGS):
        setattr(supplier, name, content[name])
    for name in rules.TEXTS:
        setattr(supplier, name, Bilingual(**content[name]))
    supplier.legal_form = LegalForm(content["legal_form"]) if content["legal_form"] else None
    supplier.size = SizeBand(content["size"]) if content["size"] else None
    if supplier.size:
        supplier.micro_enterprise = supplier.size in MICRO
    supplier.team_languages = list(content["team_languages"])
    supplier.address = list(content["address"])
    supplier.personal_care = {rules.YES: True, rules.NO: False}.get(content["personal_care"])
    if is_moved:
        _place(supplier)


PLACING = ("address", "town", "postcode", "home_based")
"""What tells where a supplier is; an import may know better than a postcode as long as none of it changes."""


def _place(supplier: Supplier) -> None:
    areas, position = taxonomy.areas(), taxonomy.positions({supplier.postcode}).get(supplier.postcode)
    lines = [*reversed(supplier.address), supplier.town]
    area, position = filing.place_of(lines, position, areas, home_based=supplier.home_based)
    supplier.area_id = area.id if area else None
    supplier.latitude, supplier.longitude = position or (None, None)


def _link(supplier: Supplier, content: Content) -> None:
    """Put it into its categories, areas and networks; what has ended since is left out."""
    for name, model in (("categories", Category), ("areas_served", Area), ("networks", Network)):
        if _codes(getattr(supplier, name)) != sorted(content[name]):
            chosen = db.session.scalars(select(model).where(model.code.in_(content[name])).order_by(model.id))
            setattr(supplier, name, list(chosen))


def _parts(content: Content, begins: str) -> dict[str, Mapping[str, Any]]:
    return {name.removeprefix(begins): value for name, value in content.items() if name.startswith(begins)}


def _put_services(supplier: Supplier, content: Content) -> None:
    wanted, there = _parts(content, SERVICE), {one.key: one for one in _services(supplier)}
    categories = taxonomy.categories().by_code
    for key, one in there.items():
        if key not in wanted:
            db.session.delete(one)
    for key, value in wanted.items():
        service = there.get(key)
        if service is not None and _service(service) == value:
            continue
        if service is None:
            service = Service(supplier_id=supplier.id, key=key)
            db.session.add(service)
        category = categories.get(value["category"])
        service.position, service.category_id = value["position"], category.id if category else None
        for name in ("name", "description", "price_guide"):
            setattr(service, name, Bilingual(**value[name]))
        for name in ("serves_in_welsh", "serves_in_english", "direct_payments"):
            setattr(service, name, value[name])
        service.areas, service.updated_at = list(value["areas"]), now()


def _put_pictures(supplier: Supplier, content: Content) -> None:
    wanted = _parts(content, PICTURE)
    for one in _pictures(supplier):
        value = wanted.get(one.token)
        one.is_live = value is not None
        if value is not None:
            one.alt, one.position = Bilingual(**value["alt"]), value["position"]


def _put_joint_work(supplier: Supplier, content: Content) -> None:
    """The other party is asked about what is new or says something else than it agreed to."""
    wanted, there = _parts(content, JOINT), {one.key: one for one in _joint(supplier)}
    for key, one in there.items():
        if key not in wanted:
            db.session.delete(one)
    for key, value in wanted.items():
        row, what = there.get(key), Bilingual(**value["what"])
        said = (value["supplier_id"], what, value["year"])
        if row is not None and (row.with_id, row.what, row.year) == said:
            continue
        if db.session.get(Supplier, value["supplier_id"]) is None:
            continue  # it has gone meanwhile, and nobody can be asked
        if row is None:
            row = JointWork(supplier_id=supplier.id, key=key)
            db.session.add(row)
        row.with_id, row.what, row.year = said
        row.state, row.asked_at = JointWorkState.WAITING, now()
        row.answered_at = row.answered_by_id = None
        db.session.flush()
        joint_work.ask(row)


def _confirm(supplier: Supplier, by_id: int, today: date) -> None:
    """Open a new entry; what a business says of itself today, it says is right today."""
    if supplier.status == SupplierStatus.UNPUBLISHED:
        supplier.status = SupplierStatus.ACTIVE
    if supplier.business_id is None or by_id not in businesses.roles_in(supplier.business_id):
        return
    supplier.confirmed_on, supplier.archived_on = today, None
    if supplier.claim == Claim.IMPORTED:
        supplier.claim = Claim.CLAIMED


# ---- How it would look ----


class Shown(Exception):
    """A content was published, to be looked at; all of it is undone. ``page`` is what was seen."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page


def preview(supplier_id: int, content: Content, *, back: str = "", check: str = "") -> str:
    """The page of a content exactly as readers would see it, in the language that is spoken: made inside a unit of
    work that is undone. Pictures that readers may not see yet are shown by their private addresses.

    Args:
        content: complete or not.
        back: where its business came from; staff have a page of their own.
        check: where its business submits it.
    """

    @unit_of_work
    def undone() -> None:
        was_seen = db.session.get_one(Supplier, supplier_id).has_page
        publish(supplier_id, content, _speaker(supplier_id))
        supplier = db.session.get_one(Supplier, supplier_id, populate_existing=True)
        facts = {**directory_views.facts_of(supplier), "has_ways": was_seen}
        page = render_template("profiles/preview.html", **facts, back=back, check=check)
        for name in content:
            if name.startswith(PICTURE):
                token = name.removeprefix(PICTURE)
                page = page.replace(picturing.public_path(token), pictures.private_path(supplier_id, token))
        raise Shown(page)

    try:
        undone()
    except Shown as shown:
        return shown.page
    raise AssertionError  # it always ends by being undone


def _speaker(supplier_id: int) -> int:
    """Somebody of the business, if there is one: as readers see it once the business has said it."""
    return next((one.id for one in people([supplier_id])[supplier_id]), 0)


KIND = Kind(
    name=NAME,
    title=_l("Profile of a business"),
    live=live_of,
    fields=fields,
    say=say,
    missing=rules.missing,
    publish=publish,
    names=names,
    people=people,
    place=place,
    endpoint="profiles.tasks",
    preview=preview,
)
