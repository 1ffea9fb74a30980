"""What businesses say and sign, what staff see, and what the day does to it: each verb is one unit of work.

Locks are taken in one order: the business, the entry. Evidence itself is never kept: somebody saw it, on a day.
"""

import logging
import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete

from c4s.accounts import steps as people
from c4s.accounts.models import Person
from c4s.accounts.rules import CameBy
from c4s.audit import trail
from c4s.audit.trail import Actor, Entered
from c4s.businesses import queries as businesses
from c4s.businesses import steps
from c4s.businesses.models import Business
from c4s.businesses.rules import MemberRole
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.errors import Refused
from c4s.core.text import must_be_said, written_to
from c4s.core.units import held, one_by_one, unit_of_work
from c4s.directory import queries as directory
from c4s.directory import showing
from c4s.directory.models import Supplier
from c4s.i18n import formats
from c4s.i18n.bilingual import Bilingual
from c4s.quality import letters, queries, rules
from c4s.quality.models import CodeSignature, CodeSuspension, CodeTold, CodeVersion, QualityFact, QualityReminder
from c4s.quality.passport import NAME
from c4s.quality.rules import Did, FactKind, FactStanding, Given, WhyNot
from c4s.web.rights import Right

log = logging.getLogger("c4s.quality")

ENTRY, BUSINESS, VERSION = "supplier", "business", "code_version"
OWNER, EDITOR = MemberRole.OWNER, MemberRole.EDITOR
SAYS, SHOWN = FactStanding.SAYS, FactStanding.SHOWN
FIRST_CODE = Path(__file__).parent / "data" / "code-of-conduct.toml"
MORNING = 8
"""O’clock in Wales: nobody is reminded in the night."""
AT_ONCE = 50
"""Businesses that are asked to sign in one round of the worker, and entries whose facts end in one unit of work."""


# ---- What a business says ----


@unit_of_work
def say(
    business_id: int, supplier_id: int, kind: FactKind, given: Given, *, is_offered: bool = False, by_id: int
) -> None:
    """A business says something of itself, anew or otherwise than before: readers see it at once.

    Args:
        is_offered: it can show us evidence, and would like us to look.

    Raises:
        Refused: as ``rules.may_stand``; ``NO_SUCH_FACT`` when the entry is not theirs; businesses' ``NOT_THERE``.
    """
    steps.held_for(business_id, by_id, OWNER, EDITOR)
    _entry(business_id, supplier_id)
    today = formats.uk(now()).date()
    rules.may_stand(kind, SAYS, given, today)
    fact = _stands(supplier_id, kind, SAYS, given, by_id)
    if not is_offered:
        fact.offered_at = None
    elif fact.offered_at is None:
        fact.offered_at = now()
    _record(Did.SAID, fact, by_id, offered=is_offered)
    showing.renew([supplier_id], NAME)


@unit_of_work
def take_back(business_id: int, supplier_id: int, kind: FactKind, *, by_id: int) -> None:
    """A business says something no more; what it has shown us stays.

    Raises:
        Refused: ``NO_SUCH_FACT``; businesses' ``NOT_THERE``.
    """
    steps.held_for(business_id, by_id, OWNER, EDITOR)
    _entry(business_id, supplier_id)
    fact = queries.fact(supplier_id, kind, SAYS)
    if fact is None:
        raise Refused(WhyNot.NO_SUCH_FACT)
    _record(Did.TOOK_BACK, fact, by_id)
    db.session.delete(fact)
    showing.renew([supplier_id], NAME)


def _entry(business_id: int | None, supplier_id: int) -> Supplier:
    """An entry, held, that this very business keeps."""
    if directory.supplier(supplier_id) is None:
        raise Refused(WhyNot.NO_SUCH_FACT)
    supplier = held(Supplier, supplier_id)
    if supplier.business_id != business_id:
        raise Refused(WhyNot.NO_SUCH_FACT)
    return supplier


def _stands(supplier_id: int, kind: FactKind, standing: FactStanding, given: Given, by_id: int) -> QualityFact:
    """The one fact of its kind and standing, as it is given now. To be called while the entry is held."""
    fact = queries.fact(supplier_id, kind, standing)
    if fact is None:
        fact = QualityFact(supplier_id=supplier_id, kind=kind, standing=standing)
        db.session.add(fact)
    fact.level, fact.detail, fact.issued_on, fact.expires_on = (
        given.level,
        given.detail,
        given.issued_on,
        given.expires_on,
    )
    fact.ends_on = rules.last_day(kind, given, formats.uk(now()).date())
    fact.since, fact.by_id, fact.is_over = now(), by_id, False
    return fact


def _record(did: Did, fact: QualityFact, by_id: int, reason: Bilingual = Bilingual(), **more: object) -> None:
    trail.record(
        did,
        ENTRY,
        fact.supplier_id,
        by=trail.person(by_id),
        reason=reason.spoken("en")[0][:2000],
        fact=fact.kind,
        level=fact.level,
        number=fact.detail,
        issued=fact.issued_on.isoformat() if fact.issued_on else None,
        ends=fact.ends_on.isoformat(),
        **more,
    )


# ---- What staff see ----


@unit_of_work
def looked(supplier_id: int, *, by_id: int) -> None:
    """Note that a member of staff opened the evidence of an entry."""
    trail.record(Did.LOOKED, ENTRY, supplier_id, by=trail.person(by_id))


@unit_of_work
def see(supplier_id: int, kind: FactKind, given: Given, *, by_id: int) -> None:
    """A member of staff saw evidence: readers are told so until its last day, and so is the business.

    Raises:
        Refused: as ``rules.may_stand``; ``NO_SUCH_FACT``, ``NOT_KEPT``, ``ONES_OWN``; accounts’ ``NOT_ALLOWED``.
    """
    business, supplier, told = _kept(supplier_id, Right.CHECK_EVIDENCE, by_id)
    rules.may_stand(kind, SHOWN, given, formats.uk(now()).date())
    fact = _stands(supplier_id, kind, SHOWN, given, by_id)
    _offered_no_more(supplier_id, kind)
    letters.evidence_seen(told, business, supplier, fact)
    _record(Did.SAW, fact, by_id)
    showing.renew([supplier_id], NAME)


@unit_of_work
def not_shown(supplier_id: int, kind: FactKind, why: Bilingual, *, by_id: int) -> None:
    """What a business offered could not be seen, or what was seen counts no more: the business is told why.

    Raises:
        Refused: ``NO_SUCH_FACT`` when nothing was offered or seen; ``NOT_KEPT``, ``ONES_OWN``; ``REASON_NEEDED``, with
            the ``languages`` in which there is none; accounts’ ``NOT_ALLOWED``.
    """
    business, supplier, told = _kept(supplier_id, Right.CHECK_EVIDENCE, by_id)
    seen, said = (queries.fact(supplier_id, kind, standing) for standing in (SHOWN, SAYS))
    about = seen or (said if said and said.offered_at else None)
    if about is None:
        raise Refused(WhyNot.NO_SUCH_FACT)
    must_be_said({"cy": why.cy, "en": why.en}, language_of(told), WhyNot.REASON_NEEDED)
    _record(Did.NOT_SHOWN, about, by_id, why)
    _offered_no_more(supplier_id, kind)
    if seen:
        db.session.delete(seen)
    letters.evidence_not_seen(told, business, supplier, kind, why)
    showing.renew([supplier_id], NAME)


def _offered_no_more(supplier_id: int, kind: FactKind) -> None:
    said = queries.fact(supplier_id, kind, SAYS)
    if said:
        said.offered_at = None


def _kept(supplier_id: int, right: Right, by_id: int) -> tuple[Business, Supplier, list[Person]]:
    """An entry that a business keeps, both held, and the people of the business, for a member of staff who is not one
    of them."""
    people.must_have(right, by_id)
    found = directory.supplier(supplier_id)
    if found is None:
        raise Refused(WhyNot.NO_SUCH_FACT)
    business_id = found.business_id
    if business_id is None:
        raise Refused(WhyNot.NOT_KEPT)
    business = held(Business, business_id)
    supplier = _entry(business_id, supplier_id)
    members = businesses.members_of(business_id)
    rules.may_see(is_kept=True, is_ones_own=by_id in steps.roles(members))
    return business, supplier, [one.person for one in members]


def language_of(told: Sequence[Person]) -> str:
    """In which language several people are told something: ``cy``, ``en`` or ``both``."""
    return written_to({one.language_written for one in told})


def language_for(supplier_id: int) -> str:
    """In which language the people of the business that keeps an entry are told something."""
    supplier = directory.supplier(supplier_id)
    business_id = supplier.business_id if supplier else None
    return language_of([one.person for one in businesses.members_of(business_id)] if business_id else [])


# ---- The code ----


@unit_of_work
def sign(business_id: int, number: int, language: str, *, by_id: int, entered: Entered | None = None) -> bool:
    """Somebody signs, for a business that they speak for, the version of the code that they have read. Once more
    changes nothing. The business counts as having signed once an owner has.

    Args:
        number: of the version that their page showed.
        language: in which they read it.
        entered: how a member of staff came to do it for ``by_id``; the signature keeps by what way the word came.

    Returns:
        whether anything changed.

    Raises:
        Refused: ``NO_CODE``, ``NEWER_CODE``; businesses' ``NOT_THERE``.
    """
    _, members = steps.held_for(business_id, by_id, OWNER, EDITOR)
    version = _held_current()
    rules.may_sign(number, version.number if version else None)
    assert version is not None
    is_owner, earlier = steps.roles(members)[by_id] == OWNER, queries.signed_by(by_id, business_id, version.id)
    if earlier and (earlier.is_owner or not is_owner):
        return False
    if earlier:
        db.session.delete(earlier)  # an editor who owns it now signs again, for all of it
        db.session.flush()
    db.session.add(
        CodeSignature(
            version_id=version.id,
            business_id=business_id,
            person_id=by_id,
            is_owner=is_owner,
            language=language,
            signed_at=now(),
            came_by=CameBy(entered.came_by) if entered else None,
        )
    )
    facts: dict[str, Any] = {"version": number, "language": language, "owner": is_owner}
    trail.record(Did.SIGNED, BUSINESS, business_id, **trail.doer(by_id, entered), **facts)
    _renew_all_of(business_id)
    return True


def _held_current() -> CodeVersion | None:
    """The version that counts, which stays so until our unit of work ends: who publishes another holds it too."""
    before = queries.current()
    if before is not None:
        held(CodeVersion, before.id)
    return queries.current()  # another may have been published while we waited


@unit_of_work
def suspend(supplier_id: int, why: Bilingual, *, by_id: int) -> None:
    """The business of an entry did not keep the code: until this is lifted we do not show that it signed.

    Raises:
        Refused: ``NO_SUCH_FACT``, ``NOT_KEPT``, ``ONES_OWN``, ``SUSPENDED_ALREADY``; ``REASON_NEEDED``, with the
            ``languages`` in which there is none; accounts’ ``NOT_ALLOWED``.
    """
    business, supplier, told = _kept(supplier_id, Right.TAKE_DOWN, by_id)
    if queries.suspension(supplier):
        raise Refused(WhyNot.SUSPENDED_ALREADY)
    must_be_said({"cy": why.cy, "en": why.en}, language_of(told), WhyNot.REASON_NEEDED)
    db.session.add(CodeSuspension(business_id=business.id, reason=why, since=now(), by_id=by_id))
    letters.signature_suspended(told, business, why)
    _record_code(Did.SUSPENDED, business, by_id, why)


@unit_of_work
def restore(supplier_id: int, why: Bilingual, *, by_id: int) -> None:
    """We show again that the business of an entry signed the code.

    Raises:
        Refused: ``NO_SUCH_FACT``, ``NOT_KEPT``, ``ONES_OWN``, ``NOT_SUSPENDED``; ``REASON_NEEDED``, with the
            ``languages`` in which there is none; accounts’ ``NOT_ALLOWED``.
    """
    business, supplier, told = _kept(supplier_id, Right.TAKE_DOWN, by_id)
    found = queries.open_suspensions(supplier)
    if not found:
        raise Refused(WhyNot.NOT_SUSPENDED)
    must_be_said({"cy": why.cy, "en": why.en}, language_of(told), WhyNot.REASON_NEEDED)
    for one in found:
        one.why_ended, one.ended_at, one.ended_by_id = why, now(), by_id
    letters.signature_restored(told, business, why)
    _record_code(Did.RESTORED, business, by_id, why)


def _record_code(did: Did, business: Business, by_id: int, why: Bilingual) -> None:
    trail.record(did, BUSINESS, business.id, by=trail.person(by_id), reason=why.spoken("en")[0][:2000])
    _renew_all_of(business.id)


def _renew_all_of(business_id: int) -> None:
    showing.renew([one.id for one in directory.entries_of(business_id)], NAME)


@unit_of_work
def write_code(words: Bilingual, changes: Bilingual, *, by_id: int) -> None:
    """Keep what somebody has written of the next version of the code; nobody but staff sees it.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED``.
    """
    people.must_have(Right.WRITE_CODE, by_id)
    live = queries.current()
    if live:
        held(CodeVersion, live.id)  # of two who begin a draft at once, one goes on with the other's
    draft = queries.draft()
    if draft is None:
        draft = CodeVersion(number=live.number + 1 if live else 1, written_at=now())
        db.session.add(draft)
        db.session.flush()
    draft = held(CodeVersion, draft.id)
    draft.words, draft.changes, draft.written_at, draft.by_id = words, changes, now(), by_id
    trail.record(Did.WROTE, VERSION, draft.id, by=trail.person(by_id), version=draft.number)


@unit_of_work
def publish_code(turn: int, *, by_id: int) -> None:
    """Publish the draft: it is the version that counts from now on, and businesses are asked to sign it. However many
    have signed an earlier one, none of their entries is touched: what is kept of each says which version it signed, and
    pages and filters look at that day which one counts.

    Args:
        turn: of the draft, as it was when they read it.

    Raises:
        Refused: ``NO_SUCH_FACT`` when there is no draft; ``CHANGED``, ``WORDS_NEEDED``; accounts’ ``NOT_ALLOWED``.
    """
    people.must_have(Right.WRITE_CODE, by_id)
    _held_current()
    found = queries.draft()
    if found is None:
        raise Refused(WhyNot.NO_SUCH_FACT)
    draft = held(CodeVersion, found.id)
    if draft.published_at is not None:
        raise Refused(WhyNot.NO_SUCH_FACT)
    if draft.turn != turn + 1:
        raise Refused(WhyNot.CHANGED)
    if not draft.words.is_complete or not draft.changes.is_complete:
        raise Refused(WhyNot.WORDS_NEEDED)
    draft.published_at, draft.by_id = now(), by_id
    trail.record(Did.PUBLISHED, VERSION, draft.id, by=trail.person(by_id), version=draft.number)


@unit_of_work
def load_first_code(file: Path = FIRST_CODE) -> bool:
    """Publish the first version of the code from our own file, where there is none and nobody is writing one.

    Returns:
        whether it did.
    """
    if queries.current() or queries.draft():
        return False
    given = tomllib.loads(file.read_text(encoding="utf-8"))
    words, changes = (
        Bilingual(given[f"{name}_cy"].strip(), given[f"{name}_en"].strip()) for name in ("words", "changes")
    )
    version = CodeVersion(number=1, words=words, changes=changes, written_at=now(), published_at=now())
    db.session.add(version)
    db.session.flush()
    trail.record(Did.PUBLISHED, VERSION, version.id, by=Actor.COMMAND, version=1)
    return True


# ---- What time does ----


def end_past(moment: datetime | None = None) -> int:
    """Let searches know of facts whose last day has passed. Pages leave them out by themselves from midnight in Wales;
    this is begun within a minute of it, and again it changes nothing. The entry stays.

    Some entries at a time are a unit of work: many end with a year or a month, and nobody else may wait for all.

    Returns:
        how many facts.
    """
    today = formats.uk(moment or now()).date()
    entries = sorted({fact.supplier_id for fact in queries.just_over(today)})
    return sum(_end(entries[start : start + AT_ONCE], today) for start in range(0, len(entries), AT_ONCE))


@unit_of_work
def _end(supplier_ids: Sequence[int], today: date) -> int:
    for supplier_id in supplier_ids:
        held(Supplier, supplier_id)
    over = queries.just_over(today, supplier_ids)  # what was said anew since we looked is not among them
    for fact in over:
        fact.is_over = True
        facts = {"fact": fact.kind, "standing": fact.standing, "ends": fact.ends_on.isoformat()}
        trail.record(Did.ENDED, ENTRY, fact.supplier_id, by=Actor.WORKER, **facts)
    if over:
        showing.renew([fact.supplier_id for fact in over], NAME)
    return len(over)


def remind_due(moment: datetime | None = None) -> int:
    """Remind businesses of what ends soon, by day. Again, or in two places at once, it changes nothing.

    Each entry is a unit of work of its own: what goes wrong with one undoes nothing of another.

    Returns:
        how many entries had something to be reminded of.
    """
    there = formats.uk(moment or now())
    if there.hour < MORNING:
        return 0
    due = sorted({fact.supplier_id for fact, _ in _due(there)})
    return one_by_one(due, lambda number: _remind(number, there), log, "No reminder for entry %s")


def _due(there: datetime, supplier_id: int | None = None) -> list[tuple[QualityFact, int]]:
    """The facts of which to remind somebody today, and how many days before; each that was not done yet."""
    found = [
        (fact, days)
        for fact in queries.ending_soon(there.date(), supplier_id)
        if (days := rules.reminder_due(fact.ends_on, formats.uk(fact.since).date(), there.date())) is not None
    ]
    done = queries.reminded([fact.id for fact, _ in found]) if found else set()
    return [(fact, days) for fact, days in found if (fact.id, fact.ends_on, days) not in done]


@unit_of_work
def _remind(supplier_id: int, there: datetime) -> bool:
    """Remind everybody of the business of an entry, in one letter each, unless that was done since we looked."""
    supplier = held(Supplier, supplier_id)
    due = _due(there, supplier_id)
    if not due or supplier.business_id is None:
        return False
    for fact, days in due:
        db.session.add(QualityReminder(fact_id=fact.id, ends_on=fact.ends_on, days=days, posted_at=now()))
    members = businesses.members_of(supplier.business_id)
    business = db.session.get_one(Business, supplier.business_id)
    letters.ends_soon([one.person for one in members], business, supplier, [fact for fact, _ in due])
    return True


def ask_to_sign(limit: int = AT_ONCE) -> int:
    """Ask the owners of businesses with an entry, some at a time, to sign the version of the code that counts, if none
    of them has: once for each version.

    Returns:
        how many businesses were asked.
    """
    version = queries.current()
    if version is None:
        return 0
    version_id = version.id
    asked = queries.to_ask(version_id, limit)
    return one_by_one(
        asked, lambda number: _ask_to_sign(number, version_id), log, "Business %s was not asked to sign the code"
    )


@unit_of_work
def _ask_to_sign(business_id: int, version_id: int) -> bool:
    business = held(Business, business_id)
    entries = directory.entries_of(business_id)
    if db.session.get(CodeTold, (version_id, business_id)) or not entries:
        return False
    db.session.add(CodeTold(version_id=version_id, business_id=business_id, posted_at=now()))
    owners = steps.owners(businesses.members_of(business_id))
    letters.please_sign(owners, business, entries[0], db.session.get_one(CodeVersion, version_id))
    return True


def released(business_id: int) -> None:
    """A business is about to go, and nobody stands by what it said and showed any more. A part of that unit of work, to
    be told before the directory is, which forgets whose the entries were. A suspension stays with the entries that
    do, so that nobody gets rid of one by leaving the site and claiming the entry anew."""
    kept = [one.id for one in directory.entries_of(business_id)]
    found = queries.suspension_of_business(business_id)
    if found:
        told = {"reason": found.reason, "since": found.since, "by_id": found.by_id}
        db.session.add_all([CodeSuspension(supplier_id=supplier_id, **told) for supplier_id in kept])
        db.session.delete(found)
        db.session.flush()
    if not kept:
        return
    rows_changed(delete(QualityFact).where(QualityFact.supplier_id.in_(kept)))
    rows_changed(delete(CodeSignature).where(CodeSignature.business_id == business_id))
    showing.renew(kept, NAME)
