"""Marked words, pictures and services, planted in the profile of a business, and a look at everything that is public.

A mark is in every text of the profile, and in the name of its picture. Searches look for other words that stand beside
it, for pages say again what somebody looked for.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import select

from c4s.accounts.models import Person
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory.models import Picture, PictureFile, Service, Supplier
from c4s.directory.rules import PictureRole
from c4s.i18n.addresses import LANGUAGE
from c4s.i18n.bilingual import Bilingual
from c4s.moderation import actions as moderation
from c4s.moderation import queries as versions
from c4s.moderation import reading
from c4s.moderation.rules import Reason, Verdict
from c4s.profiles.content import KIND
from c4s.taxonomy import queries as taxonomy
from c4s.web.access import EVERYONE
from tests.house.every_page import address_of
from tests.visitor import Visitor

MARK, BESIDE = "cyfrinachgudd", "lleuadfalwod"
PROFILE, TOKEN = "profile", f"{MARK}llun000000"[:22]
CATEGORY, AREA, POSTCODE = "food-makers", "aberdare", "CF44 7AA"
NOT_ABOUT_SUPPLIERS = {
    *("assets.show", "code.version", "open_referral.nothing_here"),
    *("events.month", "events.show", "events.show_calendar", "events.book", "events.booked"),
    *("certificates.checked", "reports.told", "cases.received"),
}
"""Public addresses with something else in them than a part of the directory."""


def words(name: str) -> dict[str, str]:
    return {code: f"{MARK.title()} {BESIDE} {name} {code}" for code in ("cy", "en")}


def content() -> dict[str, Any]:
    """What a business has written, with a mark in all of it."""
    texts = ("summary", "description", "hours", "access_notes", "wants", "could", "wont", "buys_locally")
    return {
        "name": f"{MARK.title()} {BESIDE}",
        "name_cy": f"{MARK.title()} {BESIDE} Cymru",
        **{name: words(name) for name in texts},
        "categories": [CATEGORY],
        "areas_served": [AREA],
        "address": [f"1 Stryd {MARK}"],
        "town": MARK.title(),
        "postcode": POSTCODE,
        "website": f"https://{MARK}.example.cymru",
        "phone": "01632 960 987",
        "email": f"{MARK}@example.cymru",
        "serves_in_welsh": True,
        "personal_care": "yes",
        "ciw_number": f"{MARK}1"[:20],
        "safeguarding_contact": f"Nia {MARK}",
        "service:planted": {
            "position": 1,
            "category": CATEGORY,
            "name": words("service"),
            "description": words("offer"),
            "price_guide": words("price"),
            "areas": [AREA],
            "serves_in_welsh": True,
            "serves_in_english": True,
            "direct_payments": True,
        },
        f"picture:{TOKEN}": {"role": "photo", "alt": words("picture"), "position": 1},
    }


@unit_of_work
def with_picture(supplier_id: int, moment: Any) -> None:
    """A picture of the entry has been sent in; nothing says yet that readers may see it."""
    picture = Picture(
        token=TOKEN,
        supplier_id=supplier_id,
        role=PictureRole.PHOTO,
        width=480,
        height=320,
        alt=Bilingual(),
        position=1,
        created_at=moment,
    )
    db.session.add(picture)
    db.session.flush()
    files = [PictureFile(picture_id=picture.id, width=480, format=kind, data=b"x") for kind in ("webp", "jpeg")]
    db.session.add_all(files)


def write(supplier_id: int, by: Person) -> None:
    """The business writes it all."""
    moderation.save(PROFILE, supplier_id, content(), by_id=by.id)


def submit(supplier_id: int, by: Person) -> int:
    """The business writes it all and sends it; gives the number of the version."""
    write(supplier_id, by)
    return moderation.submit(PROFILE, supplier_id, by_id=by.id).id


def decide(revision_id: int, by: Person, verdict: Verdict) -> None:
    """A moderator decides on all of it; what they write themselves has the mark too."""
    db.session.rollback()
    db.session.expire_all()
    found = versions.revision(revision_id)
    assert found is not None
    live = reading.plain(KIND.live(found.subject_id))
    own = Bilingual(**words("reason")) if verdict != Verdict.ACCEPTED else Bilingual()
    phrase = "" if verdict == Verdict.ACCEPTED else Reason.UNCLEAR
    changes = [one for one in reading.compared(KIND, live, found.content) if one.is_changed]
    said = {one.field.name: reading.Decision(verdict, phrase, own) for one in changes}
    moderation.decide(revision_id, said, by_id=by.id, read=reading.digest(live, found.content))
    db.session.rollback()


def services_in_api(visitor: Visitor) -> list[str]:
    """The identifiers of every service that programs can read."""
    answer = visitor.ask("GET", "/api/open-referral/services?per_page=100")
    return [one["id"] for one in answer.json["contents"]]


def addresses(site: Flask, supplier_id: int, network_id: int, uuids: list[str]) -> Iterator[tuple[str, str]]:
    """Every public address that could say anything of an entry, with the name of its page.

    Args:
        uuids: identifiers that programs have seen.
    """
    category, area = taxonomy.categories().by_code[CATEGORY], taxonomy.areas().by_code[AREA]
    known = {
        "supplier_id": [supplier_id],
        "category_id": [category.id],
        "area_id": [area.id],
        "network_id": [network_id],
        "letter": ["c", "b"],
        "uuid": uuids,
        "name": ["pages", "suppliers-0"],
    }
    with site.test_request_context("/cy/"):
        rules = list(site.url_map.iter_rules())
    for rule in rules:
        wanted = rule.arguments - {LANGUAGE}
        view = site.view_functions[rule.endpoint]
        if view.access is not EVERYONE or rule.endpoint in NOT_ABOUT_SUPPLIERS or "token" in wanted:
            continue
        [*names] = sorted(wanted)
        assert len(names) < 2 and set(names) <= set(known), f"what is in the address of {rule.endpoint}?"
        language = (rule.defaults or {}).get(LANGUAGE)
        for value in known[names[0]] if names else [None]:
            values = {names[0]: value} if names else {}
            if language:
                yield rule.endpoint, address_of(site, rule.endpoint, language, **values)
            else:
                with site.test_request_context("/cy/"):
                    yield rule.endpoint, site.url_map.bind("").build(rule.endpoint, values)
    for language in ("cy", "en"):
        for query in ({"q": BESIDE}, {"near": POSTCODE}, {"category": CATEGORY}, {"area": AREA}, {"sort": "name"}):
            for page in ("index", "as_csv", "as_json"):
                yield f"directory.{page}", address_of(site, f"directory.{page}", language, **query)
        for page in ("show", "leaflet", "compare", "keep"):
            yield f"shortlists.{page}", address_of(site, f"shortlists.{page}", language, e=str(supplier_id))
    yield "open_referral.services", f"/api/open-referral/services?text={BESIDE}&per_page=100"


def pictures() -> Iterator[str]:
    """The addresses of the files of the picture."""
    for kind in ("webp", "jpeg"):
        yield f"/pictures/{TOKEN}/480.{kind}"


def seen(site: Flask, supplier_id: int, network_id: int, uuids: list[str]) -> set[str]:
    """The names of all public pages on which a visitor who is known to nobody finds the mark; ``picture`` for a file
    of the picture that they get."""
    visitor, found = Visitor(site), set()
    for name, address in addresses(site, supplier_id, network_id, uuids):
        for _ in range(3):  # an address may lead to the one with its name in it
            answer = visitor.ask("GET", address)
            assert answer.status_code < 500, address
            parts = urlsplit(answer.headers.get("Location", ""))
            if MARK in f"{answer.get_data(as_text=True)}{parts.path}".casefold():
                found.add(name)
            if not parts.path:
                break
            address = f"{parts.path}?{parts.query}"
    for address in pictures():
        if visitor.ask("GET", address).status_code == 200:
            found.add("picture")
    return found


def is_planted(supplier_id: int) -> bool:
    """Whether the database has the mark somewhere: in a version, or in what is live."""
    db.session.rollback()
    db.session.expire_all()
    draft = versions.open_revision(PROFILE, supplier_id)
    live = db.session.scalar(select(Supplier.name).where(Supplier.id == supplier_id)) or ""
    service = db.session.scalar(select(Service.name_cy).where(Service.supplier_id == supplier_id)) or ""  # type: ignore[attr-defined]
    return MARK in f"{draft.content if draft else ''}{live}{service}".casefold()
