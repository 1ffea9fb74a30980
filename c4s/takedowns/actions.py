"""What staff and businesses do about hidden entries: each verb is one unit of work.

Locks are taken in one order: the business, the entry, the time that it was hidden.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import NoResultFound

from c4s.accounts import steps as people
from c4s.accounts.models import Person
from c4s.accounts.rules import CameBy, PersonState
from c4s.audit import trail
from c4s.audit.trail import Entered
from c4s.businesses import queries as businesses
from c4s.businesses import steps
from c4s.businesses.models import Business, Membership
from c4s.businesses.rules import MemberRole
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.errors import Refused
from c4s.core.text import languages_read, must_be_said, written_to
from c4s.core.units import held, unit_of_work
from c4s.directory import queries as directory
from c4s.directory import showing
from c4s.directory.models import Supplier
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import speaking
from c4s.takedowns import letters, phrases, queries, rules
from c4s.takedowns.models import Takedown
from c4s.takedowns.rules import Did, Ground, Outcome, WhyNot
from c4s.web.rights import Right

KIND = "supplier"


# ---- Staff ----


@unit_of_work
def hide(supplier_id: int, ground: Ground, words: Bilingual, *, by_id: int) -> None:
    """Take an entry away from readers at once; everybody who speaks for its business is told why, and how to appeal.
    The same member's second click changes nothing.

    Args:
        words: what the member adds to the ready reason, in the languages that the people of the business are written
            to in; for ``Ground.OTHER`` the whole reason.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``NOT_THERE``, ``ONES_OWN``, ``ALREADY_HIDDEN``;
            ``REASON_NEEDED``, with the ``languages`` in which there is none.
    """
    people.must_have(Right.TAKE_DOWN, by_id)
    supplier, members = _held(supplier_id)
    found = queries.open_of(supplier_id)
    if found is not None and (found.by_id, found.ground) == (by_id, ground):
        return
    rules.may_hide(is_hidden=found is not None, is_ones_own=by_id in _numbers(members))
    reason = _reason(ground, words, language_of(members))
    takedown = Takedown(supplier_id=supplier_id, ground=ground, reason=reason, at=now(), by_id=by_id)
    db.session.add(takedown)
    supplier.taken_down_at = takedown.at
    db.session.flush()
    letters.hidden(supplier, _people(members), reason)
    _record(Did.HIDDEN, supplier, by_id, reason, ground=ground)
    showing.renew([supplier_id])


@unit_of_work
def restore(supplier_id: int, words: Bilingual, *, by_id: int) -> None:
    """Let readers see an entry again, at any time and without an appeal; the people of the business are told why. An
    appeal that waits has nothing left to ask.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``NOT_THERE``, ``ONES_OWN``, ``NOT_HIDDEN``;
            ``REASON_NEEDED``, with the ``languages`` in which there is none.
    """
    people.must_have(Right.TAKE_DOWN, by_id)
    supplier, members = _held(supplier_id)
    found = queries.open_of(supplier_id)
    rules.may_restore(is_hidden=found is not None, is_ones_own=by_id in _numbers(members))
    _must_say(words, language_of(members))
    takedown = held(Takedown, found.id)  # type: ignore[union-attr]
    takedown.why_ended = words
    _end(takedown, supplier, by_id)
    letters.restored(supplier, _people(members), words)
    _record(Did.RESTORED, supplier, by_id, words)


@unit_of_work
def looked(takedown_id: int, *, by_id: int) -> None:
    """Note that a member of staff read an appeal."""
    found = queries.appeal(takedown_id)
    if found is not None:
        trail.record(Did.LOOKED, KIND, found.supplier_id or 0, by=trail.person(by_id), takedown=found.id)


@unit_of_work
def answer(takedown_id: int, outcome: Outcome, words: Bilingual, *, by_id: int) -> None:
    """Answer an appeal: the entry stays hidden, or readers see it again; the people of the business are told why. The
    same member's second click changes nothing.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``NOT_THERE``; as ``rules.may_answer``;
            ``REASON_NEEDED``, with the ``languages`` in which there is none.
    """
    people.must_have(Right.TAKE_DOWN, by_id)
    found = queries.appeal(takedown_id)
    if found is None:
        raise Refused(WhyNot.NOT_THERE)
    if found.supplier_id is None:
        raise Refused(WhyNot.NOT_HIDDEN)
    supplier, members = _held(found.supplier_id)
    takedown = held(Takedown, takedown_id)
    if (takedown.outcome, takedown.answered_by_id) == (outcome, by_id):
        return
    rules.may_answer(
        is_hidden=takedown.ended_at is None,
        has_appealed=takedown.appealed_at is not None,
        is_answered=takedown.answered_at is not None,
        is_ones_own=by_id in _numbers(members),
        hid_it_themselves=takedown.by_id == by_id,
        has_entered_it=takedown.was_entered_by(by_id),
    )
    _must_say(words, language_of(members))
    takedown.outcome, takedown.answer = outcome, words
    takedown.answered_at, takedown.answered_by_id = now(), by_id
    if outcome == Outcome.LIFTED:
        _end(takedown, supplier, by_id)
    letters.answered(supplier, _people(members), outcome, words)
    _record(Did.LIFTED if outcome == Outcome.LIFTED else Did.UPHELD, supplier, by_id, words)


def _held(supplier_id: int) -> tuple[Supplier, list[Membership]]:
    """An entry that nobody else changes until our unit of work ends, and those who speak for its business."""
    found = directory.supplier(supplier_id)
    if found is None:
        raise Refused(WhyNot.NOT_THERE)
    if found.business_id is not None:
        held(Business, found.business_id)
    try:
        supplier = held(Supplier, supplier_id)
    except NoResultFound:
        raise Refused(WhyNot.NOT_THERE) from None
    return supplier, members_of(supplier)


def members_of(supplier: Supplier | None) -> list[Membership]:
    """Those who speak for the business of an entry; nobody when it has none, or is no longer there."""
    return [] if supplier is None or supplier.business_id is None else list(businesses.members_of(supplier.business_id))


def language_of(members: list[Membership]) -> str:
    """In which language people are told: ``cy``, ``en`` or ``both``; empty when there is nobody to tell."""
    return written_to({one.person.language_written for one in members}) if members else ""


def _numbers(members: list[Membership]) -> set[int]:
    return {one.person_id for one in members}


def _people(members: list[Membership]) -> list[Person]:
    return [one.person for one in members]


def _must_say(words: Bilingual, language_written: str) -> None:
    """Let words pass that are there in every language in which they are read; for nobody, in either."""
    if language_written:
        must_be_said({"cy": words.cy, "en": words.en}, language_written, WhyNot.REASON_NEEDED)
    elif not words:
        raise Refused(WhyNot.REASON_NEEDED, languages=("cy", "en"))


def _reason(ground: Ground, words: Bilingual, language_written: str) -> Bilingual:
    """Why an entry is hidden: what is ready in both languages, and then the member's own words."""
    if words or ground == Ground.OTHER:
        _must_say(words, language_written)
    own, said = {"cy": words.cy, "en": words.en}, {}
    for code in languages_read(language_written or "both"):
        with speaking(code):
            ready = [] if ground == Ground.OTHER else [str(phrases.GROUND[ground])]
        said[code] = "\n\n".join([*ready, *([own[code]] if own[code] else [])])
    return Bilingual(**said)


def _end(takedown: Takedown, supplier: Supplier, by_id: int) -> None:
    takedown.ended_at, takedown.ended_by_id = now(), by_id
    supplier.taken_down_at = None
    showing.renew([supplier.id])


def _record(
    did: Did,
    supplier: Supplier,
    by_id: int,
    words: Bilingual = Bilingual(),
    entered: Entered | None = None,
    **facts: str,
) -> None:
    about: dict[str, Any] = {"business": supplier.business_id} if supplier.business_id else {}
    reason = words.spoken("en")[0][:2000]
    trail.record(did, KIND, supplier.id, **trail.doer(by_id, entered), reason=reason, **about, **facts)


# ---- Businesses ----


@unit_of_work
def appeal(business_id: int, supplier_id: int, words: str, *, by_id: int, entered: Entered | None = None) -> bool:
    """Ask, for a business whose entry is hidden, that another member of staff looks again. The same words twice are
    one appeal.

    Args:
        entered: how a member of staff came to do it for ``by_id``; another will answer it.

    Returns:
        whether anything changed.

    Raises:
        Refused: ``NOT_THERE`` when the entry is another's; ``NOT_HIDDEN``, ``ALREADY_APPEALED``; businesses'
            ``NOT_THERE``.
    """
    steps.held_for(business_id, by_id, MemberRole.OWNER, MemberRole.EDITOR)
    if directory.entry_of(business_id, supplier_id) is None:
        raise Refused(WhyNot.NOT_THERE)
    supplier = held(Supplier, supplier_id)
    found = queries.open_of(supplier_id)
    if found is not None and (found.appealed_by_id, found.appeal) == (by_id, words):
        return False
    rules.may_appeal(is_hidden=found is not None, has_appealed=found is not None and found.appealed_at is not None)
    takedown = held(Takedown, found.id)  # type: ignore[union-attr]
    takedown.appeal, takedown.business_id = words, business_id
    takedown.appealed_at, takedown.appealed_by_id = now(), by_id
    if entered is not None:
        takedown.entered_by_id, takedown.came_by = entered.by_id, CameBy(entered.came_by)
    _record(Did.APPEALED, supplier, by_id, entered=entered)
    return True


# ---- When somebody goes ----


def left(person: Person) -> None:
    """Somebody's account is closed for good: what they wrote in appeals has done its work, once the entry is hidden no
    more. A part of that unit of work."""
    _no_more_of(Takedown.appealed_by_id == person.id)


def entry_gone(supplier: Supplier) -> None:
    """An entry is about to go: that it was hidden stays, under its name, for as long as if it had been shown again
    today; what waited for an answer waits no more. A part of that unit of work."""
    for takedown in queries.of_entry(supplier.id):
        takedown.gone_name = supplier.names
        if takedown.ended_at is None:
            takedown.ended_at = now()


def _no_more_of(those: ColumnElement[bool]) -> None:
    gone = update(Takedown).where(those, Takedown.ended_at.is_not(None))
    rows_changed(gone.values(appeal="", appealed_by_id=None))


@unit_of_work
def forget_old(moment: datetime | None = None) -> int:
    """Forget two years after its end that an entry was hidden; at once what somebody wrote who has closed their
    account. Doing it again changes nothing.

    Returns:
        how many times are forgotten.
    """
    _no_more_of(Takedown.appealed_by_id.in_(select(Person.id).where(Person.state == PersonState.CLOSED)))
    before = (moment or now()) - rules.KEEP_ENDED
    return rows_changed(delete(Takedown).where(Takedown.ended_at <= before))
