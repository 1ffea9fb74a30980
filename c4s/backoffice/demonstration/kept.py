"""What invented businesses, readers and members of staff have done with the directory: each by the action with which
people do it, so that letters, versions and the trail are what they would be."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from c4s.accounts import queries as people
from c4s.accounts import roles
from c4s.accounts.models import Person
from c4s.backoffice import invented
from c4s.businesses import actions as businesses
from c4s.businesses.rules import BusinessKind, Details
from c4s.buyers import actions as buyers
from c4s.cases import actions as cases
from c4s.cases.rules import CaseKind
from c4s.core.db import db
from c4s.directory import actions as messages
from c4s.directory import claiming, picturing
from c4s.directory import queries as directory
from c4s.directory.models import Claim, JointWork, Supplier
from c4s.directory.rules import Capacity, PictureRole
from c4s.guide import actions as guide
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel
from c4s.moderation import actions as moderation
from c4s.moderation import queries as versions
from c4s.moderation import reading
from c4s.moderation.reading import ACCEPTED, Decision
from c4s.moderation.rules import Reason, Verdict
from c4s.profiles import actions as profiles
from c4s.profiles import content, joint_work, now, pieces, rules, services
from c4s.profiles.pieces_rules import Did as NowDid
from c4s.quality import actions as quality
from c4s.quality.rules import FactKind, Given
from c4s.reports import actions as reports
from c4s.reports.queries import report_of_key
from c4s.reports.rules import Outcome, ReportKind
from c4s.takedowns import actions as takedowns
from c4s.takedowns.rules import Ground
from c4s.translations import actions as translations

HERE = Path(__file__).parent
NOBODY = ""
"""The network of whoever reads in an invented town."""
ANSWERS = {
    **{"set_up": "partners", "turnover": "no", "workers": "none", "details": "yes", "meeting": "yes", "premises": "no"},
    **{"food": "no", "care": "support", "children": "no", "waste": "no", "passengers": "no", "body": "no"},
}
"""What the business whose checklist is kept has answered to the guide."""

Told = dict[str, Any]


def both(told: Mapping[str, Any], name: str) -> Bilingual:
    """Words of a file in both languages."""
    return Bilingual(told.get(f"{name}_cy", "").strip(), told.get(f"{name}_en", "").strip())


def _pair(told: Mapping[str, Any], name: str) -> dict[str, str]:
    words = both(told, name)
    return {"cy": words.cy, "en": words.en}


def _person(email: str) -> Person:
    found = people.person_by_email(email)
    assert found is not None
    return found


def supplier_of(key: str) -> Supplier:
    """The entry of an invented supplier."""
    return db.session.scalars(select(Supplier).where(Supplier.source_id == key)).one()


def _entry(key: str) -> tuple[int, int, int]:
    """The business and the entry of a supplier that is kept, and whoever speaks for it: their numbers."""
    supplier = supplier_of(key)
    assert supplier.business_id is not None
    emails = {key: invented.EMAIL for key, _, _ in invented.BUSINESSES}
    emails |= {key: one.email for one in invented.NEIGHBOURS for key in one.suppliers}
    return supplier.business_id, supplier.id, _person(emails[key]).id


# ---- Who keeps what ----


def add_businesses() -> None:
    """The businesses of the person whom everybody may be, and of the neighbours, with the entries that they keep."""
    for key, evidence, is_agreed in invented.BUSINESSES:
        _add_business(key, invented.EMAIL, evidence, is_agreed=is_agreed)
    for one in invented.NEIGHBOURS:
        for key in one.suppliers:
            _add_business(key, one.email, supplier_of(key).name, is_agreed=True)


def _add_business(key: str, email: str, evidence: str, *, is_agreed: bool) -> None:
    person, supplier = _person(email), supplier_of(key)
    details = Details(supplier.name, BusinessKind.BUSINESS, postcode=supplier.postcode, website=supplier.website)
    business_id = businesses.add(person.id, details, key=f"demonstration-{key}").business_id
    assert business_id is not None
    if supplier.claim == Claim.CLAIMED:
        # It has long been theirs: a claim that is agreed to today would count as a word of today.
        supplier.business_id = business_id
        return
    claiming.ask(business_id, supplier.id, evidence, by_id=person.id)
    if is_agreed:
        [claim] = directory.waiting_claims(supplier.id)
        claiming.grant(claim.id, by_id=_person(invented.EVERYTHING).id)


def lock_accounts() -> None:
    """Nobody reads the letters of somebody whose account staff have locked."""
    for one in invented.NEIGHBOURS:
        if one.is_locked:
            why = "Gofynnodd amdano dros y ffôn: roedd rhywun arall yn darllen ei negeseuon."
            roles.suspend(_person(one.email).id, why, by_id=_person(invented.EVERYTHING).id)


# ---- Profiles, and what moderators said of them ----


def change(told: Told, today: date) -> None:
    """Let a business change its profile, and staff decide, as far as it has come."""
    business_id, supplier_id, person_id = entry = _entry(told["supplier"])
    profiles.save(business_id, supplier_id, _values(told), by_id=person_id)
    for one in told.get("service", ()):
        value = {name: _pair(one, name) for name in ("name", "description", "price_guide")}
        offers = {"serves_in_welsh": True, "serves_in_english": True}
        direct = {"direct_payments": one.get("direct_payments", False)}
        more = {"category": one["category"], "areas": [], **offers, **direct}
        pieces.add_service(business_id, supplier_id, {**value, **more}, by_id=person_id)
    for one in told.get("picture", ()):
        _add_picture(entry, one)
    for one in told.get("joint", ()):
        other, year = supplier_of(one["with"]).id, today.year - one["years_ago"]
        pieces.add_joint_work(business_id, supplier_id, other, both(one, "what"), year, by_id=person_id)
    if told.get("wants_other_language"):
        translations.ask(business_id, supplier_id, by_id=person_id)
    if told["becomes"] == "draft":
        return
    profiles.submit(business_id, supplier_id, by_id=person_id)
    if told["becomes"] != "waits":
        _decide(supplier_id, told.get("not_accepted"))
    for one in told.get("joint", ()):
        if one.get("is_confirmed"):
            _confirm(supplier_id, one["with"])


def _values(told: Told) -> dict[str, Any]:
    texts = {name: _pair(told, name) for name in rules.TEXTS if both(told, name)}
    plain = {name: told[name] for name in (*rules.LINES, *rules.CODES, "personal_care") if name in told}
    return {**texts, **plain}


def _add_picture(entry: tuple[int, int, int], told: Told) -> None:
    business_id, supplier_id, person_id = entry
    role = PictureRole(told["role"])
    drawn = picturing.drawn((HERE / told["file"]).read_bytes(), role)
    token = pieces.keep_picture(business_id, supplier_id, drawn, by_id=person_id)
    pieces.add_picture(business_id, supplier_id, token, role, both(told, "alt"), by_id=person_id)


def _decide(supplier_id: int, refused: Told | None) -> None:
    """A moderator who knows the law of care accepts all that changed, but for one field at most."""
    waits = versions.open_revision(content.NAME, supplier_id)
    assert waits is not None
    live, moderator = reading.plain(content.live_of(supplier_id)), _person(invented.CARE).id
    said = {field.name: ACCEPTED for field in reading.changed(content.KIND, live, waits.content)}
    if refused:
        words, instead = both(refused, "words"), _pair(refused, "instead")
        said[refused["field"]] = Decision(Verdict.SUGGESTED, Reason(refused["reason"]), words, instead)
    moderation.take(waits.id, by_id=moderator)
    moderation.decide(waits.id, said, by_id=moderator, read=reading.digest(live, waits.content))


def _confirm(supplier_id: int, other: str) -> None:
    """The other business says that it is so."""
    business_id, other_id, person_id = _entry(other)
    rows = db.session.scalars(select(JointWork).where(JointWork.supplier_id == supplier_id)).all()
    for row in rows:
        if row.with_id == other_id:
            seen = joint_work.mark(row)
            joint_work.answer(business_id, other_id, row.id, is_so=True, seen=seen, by_id=person_id)


# ---- What changes from one day to the next ----


def say_now() -> None:
    """The first business has room; another has closed for a time."""
    business_id, supplier_id, person_id = _entry("dwy-gadair")
    first, second = (one.key for one in services.of_entry(supplier_id))
    room = {first: Capacity.NOW, second: Capacity.SOON}
    now.say(business_id, supplier_id, can_take_work=True, capacities=room, wants_messages=True, by_id=person_id)
    business_id, supplier_id, person_id = _entry("crochendyr-ddraenen-ddu")
    now.close_or_open(business_id, supplier_id, NowDid.PAUSED, by_id=person_id)


def add_quality(today: date) -> None:
    """What businesses say, have shown and have signed: one fact ends soon, and some evidence waits for staff."""
    business_id, supplier_id, person_id = _entry("dwy-gadair")
    insurance = Given(expires_on=today + timedelta(days=200))
    training = Given(issued_on=today - timedelta(days=90))
    for kind, given, is_offered in (
        (FactKind.PUBLIC_LIABILITY, insurance, False),
        (FactKind.FIRST_AID, training, True),
        (FactKind.HMRC_REGISTERED, Given(), False),
    ):
        quality.say(business_id, supplier_id, kind, given, is_offered=is_offered, by_id=person_id)
    reader = _person(invented.CARE).id
    quality.see(supplier_id, FactKind.PUBLIC_LIABILITY, insurance, by_id=reader)
    quality.sign(business_id, 1, "cy", by_id=person_id)
    guide.keep(business_id, supplier_id, ANSWERS, by_id=person_id)
    business_id, supplier_id, person_id = _entry("robin-ar-y-rhiniog")
    soon = Given(expires_on=today + timedelta(days=25))
    quality.say(business_id, supplier_id, FactKind.PUBLIC_LIABILITY, soon, by_id=person_id)
    quality.see(supplier_id, FactKind.PUBLIC_LIABILITY, soon, by_id=reader)


# ---- Readers, and what staff did then ----


def report(told: Told) -> None:
    """A reader says that something is wrong; staff may have written about it, or answered."""
    supplier, by_id = supplier_of(told["supplier"]), _person(invented.CARE).id
    words, key = both(told, "words"), f"demonstration-report-{told['supplier']}"
    reports.tell(
        supplier.id,
        ReportKind(told["kind"]),
        key=key,
        network=NOBODY,
        name=told.get("name", ""),
        email=told.get("email", ""),
        language=told.get("language", ""),
        words=words.cy or words.en,
        asked_in="cy" if words.cy else "en",
    )
    found = report_of_key(key)
    assert found is not None
    if told.get("note_cy"):
        reports.note(found.id, told["note_cy"], by_id=by_id)
    if told.get("outcome"):
        reports.answer(found.id, Outcome(told["outcome"]), both(told, "answer"), by_id=by_id)


def hide(told: Told) -> None:
    """Staff hide an entry, and its business asks that somebody else looks again."""
    business_id, supplier_id, person_id = _entry(told["supplier"])
    takedowns.hide(supplier_id, Ground(told["ground"]), both(told, "words"), by_id=_person(invented.CARE).id)
    takedowns.appeal(business_id, supplier_id, told["appeal_en"], by_id=person_id)


def message(told: Told) -> None:
    """A reader writes to a business."""
    messages.send_enquiry(
        supplier_of(told["supplier"]).id,
        key=f"demonstration-message-{told['supplier']}",
        network=NOBODY,
        name=told["name"],
        email=told["email"],
        language=told["language"],
        words=told["words_cy"],
    )


def ask_for_rights(told: Told) -> None:
    """Somebody says that they buy for a public body."""
    given = {"organisation": told["organisation"], "position": told["position_cy"], "evidence": told["evidence_cy"]}
    buyers.ask(_person(told["email"]).id, **given)


def open_case(told: Told) -> None:
    """Somebody asks what we keep about them."""
    cases.open_case(
        kind=CaseKind.ACCESS,
        name=told["name"],
        channel=Channel.EMAIL,
        address=told["email"],
        language_written=told["language"],
        words=told["words_cy"],
    )
