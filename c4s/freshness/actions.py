"""What asks whether entries are still right, and what people and staff answer: each verb is one unit of work.

Locks are taken in one order: the business, the entry.
"""

import logging
from datetime import date, datetime

from sqlalchemy import delete

from c4s.accounts import steps as people
from c4s.accounts.models import Person
from c4s.audit import trail
from c4s.audit.trail import Actor
from c4s.businesses import steps
from c4s.businesses.rules import MemberRole
from c4s.core import read_aloud
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.errors import Refused
from c4s.core.units import held, one_by_one, unit_of_work
from c4s.directory import filing
from c4s.directory import letters as directory_letters
from c4s.directory import queries as directory
from c4s.directory.models import Claim, Supplier
from c4s.directory.rules import SupplierStatus, may_set_status
from c4s.freshness import letters, queries, rules
from c4s.freshness.models import AnswerCode, Asked
from c4s.freshness.rules import By, Did, Heard, Stage, WhyNot
from c4s.i18n import formats
from c4s.mail.models import Channel
from c4s.web.rights import Right

log = logging.getLogger("c4s.freshness")

KIND, KIND_OF_LIST = "supplier", "entries"


# ---- What the worker does ----


def send_due() -> int:
    """Post every letter that is due. Again, or in two places at once, it changes nothing.

    Each entry is a unit of work of its own: what goes wrong with one undoes nothing of another.

    Returns:
        of how many entries people were asked.
    """
    day = _today()
    return one_by_one(queries.to_ask(day), lambda number: _ask(number, day), log, "Nobody was asked about entry %s")


@unit_of_work
def _ask(supplier_id: int, day: date) -> bool:
    """Ask everybody of a business, unless that was done or somebody has answered since we looked."""
    supplier = held(Supplier, supplier_id)
    if not queries.is_due(supplier_id, Stage.FIRST, day):
        return False
    counted = queries.counted_from(supplier)
    stage = rules.stage_on(counted, day)
    if stage is None or queries.was_asked(supplier_id, counted, stage):
        return False
    db.session.add(Asked(supplier_id=supplier_id, counted_from=counted, stage=stage, posted_at=now()))
    last_day = rules.last_day(counted, day) if stage == Stage.LAST else None
    told = queries.answering(supplier.business_id)
    for person in told:
        code = "" if person.channel == Channel.EMAIL else _new_code(supplier_id, person, counted)
        letters.still_right(person, supplier, counted, last_day=last_day, code=code)
    trail.record(Did.ASKED, KIND, supplier_id, by=Actor.WORKER, stage=stage, people=len(told))
    return True


def _new_code(supplier_id: int, person: Person, counted: date) -> str:
    code = read_aloud.drawn(rules.CODE_LENGTH)
    made = {"supplier_id": supplier_id, "person_id": person.id, "counted_from": counted, "made_at": now()}
    db.session.add(AnswerCode(digest=letters.digests(code)[0], **made))
    return read_aloud.grouped(code)


def archive_due() -> int:
    """Let lists leave out what nobody has confirmed for so long. Again, or in two places at once, it changes nothing.

    Returns:
        how many entries.
    """
    day = _today()
    return one_by_one(
        queries.to_archive(day), lambda number: _archive_if_due(number, day), log, "Entry %s was not archived"
    )


@unit_of_work
def _archive_if_due(supplier_id: int, day: date) -> bool:
    supplier = held(Supplier, supplier_id)
    if not queries.is_due(supplier_id, Stage.LAST, day):
        return False
    counted = queries.counted_from(supplier)
    asked = queries.was_asked(supplier_id, counted, Stage.LAST)
    if asked is None:
        return False
    left_on, waits = queries.last_letters(supplier_id, asked)
    if not rules.may_archive(counted, day, left_on=left_on, waits=waits):
        return False
    _archive(supplier, Actor.WORKER)
    letters.archived(queries.answering(supplier.business_id), supplier, counted)
    return True


def _today() -> date:
    return formats.uk(now()).date()


@unit_of_work
def forget_old(moment: datetime | None = None) -> int:
    """Forget codes that have done their work. Doing it again changes nothing.

    Returns:
        how many.
    """
    before = (moment or now()) - rules.KEEP_CODES
    return rows_changed(delete(AnswerCode).where(AnswerCode.made_at < before))


# ---- What people answer ----


@unit_of_work
def try_code(typed: str, *, network: str) -> str | None:
    """Somebody typed a code from paper, right or wrong: the end of the address where they answer, or None.

    Raises:
        Refused: with ``TooMany``, for a network or the whole site.
    """
    people.count_on_site(
        "entry code", network, rules.CODES_PER_NETWORK, rules.CODES_ON_SITE, rules.CODES_WINDOW
    )  # a wrong one counts too, so it is no refusal: that would undo the count
    found = queries.code(letters.digests(rules.plain(typed)))
    return letters.token(found.supplier_id, found.person_id, found.counted_from) if found else None


@unit_of_work
def confirm(supplier_id: int, *, person_id: int, counted_from: date | None = None) -> None:
    """Somebody of the business says that its entry is right; lists have it again if they left it out. A second click
    changes nothing.

    Args:
        counted_from: the round of the letter by which they came; None for those who are signed in.

    Raises:
        Refused: ``NOT_THERE`` when it is no entry of theirs; ``ALREADY_CLOSED``.
    """
    supplier = _held_for(supplier_id, person_id)
    if counted_from is not None and rules.is_answered(supplier.confirmed_on, counted_from):
        return
    if supplier.status == SupplierStatus.CLOSED:
        raise Refused(WhyNot.ALREADY_CLOSED)
    how = By.ACCOUNT if counted_from is None else By.LETTER
    _confirm(supplier, trail.person(person_id), how)


@unit_of_work
def close(supplier_id: int, *, person_id: int, counted_from: date) -> None:
    """An owner of the business says, by a letter of a round, that it has closed for good: everybody of it is told. A
    second click changes nothing.

    Raises:
        Refused: ``NOT_THERE`` when it is no entry of theirs; as directory's ``may_set_status``.
    """
    supplier = _held_for(supplier_id, person_id)
    if supplier.status == SupplierStatus.CLOSED or rules.is_answered(supplier.confirmed_on, counted_from):
        return
    is_owner = queries.is_owner(supplier.business_id, person_id)
    may_set_status(supplier.status, SupplierStatus.CLOSED, is_owner=is_owner)
    _close(supplier, trail.person(person_id), By.LETTER)


def _held_for(supplier_id: int, person_id: int) -> Supplier:
    """An entry, held, for somebody who speaks for its business."""
    found = directory.supplier(supplier_id)
    if found is None or found.business_id is None:
        raise Refused(WhyNot.NOT_THERE)
    business_id = found.business_id
    try:
        steps.held_for(business_id, person_id, MemberRole.OWNER, MemberRole.EDITOR)
    except Refused as refusal:
        raise Refused(WhyNot.NOT_THERE) from refusal
    supplier = held(Supplier, supplier_id)
    if supplier.business_id != business_id or supplier.status == SupplierStatus.UNPUBLISHED:
        raise Refused(WhyNot.NOT_THERE)
    return supplier


# ---- What staff were told ----


@unit_of_work
def heard(supplier_id: int, what: Heard, reason: str, *, by_id: int) -> Did:
    """A member of staff was told by phone, or could reach nobody.

    Args:
        reason: who told them, and how they know; for the trail.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``NOT_THERE`` for an entry that no business keeps;
            as ``rules.may_act``.
    """
    people.must_have(Right.KEEP_FRESH, by_id)
    if directory.supplier(supplier_id) is None:
        raise Refused(WhyNot.NOT_THERE)
    supplier = held(Supplier, supplier_id)
    if supplier.claim != Claim.CLAIMED or supplier.status == SupplierStatus.UNPUBLISHED:
        raise Refused(WhyNot.NOT_THERE)
    rules.may_act(
        what,
        is_ones_own=queries.speaks_for(supplier.business_id, by_id),
        is_closed=supplier.status == SupplierStatus.CLOSED,
        can_be_asked=bool(queries.answering(supplier.business_id)),
        reason=reason,
    )
    by = trail.person(by_id)
    if what == Heard.RIGHT:
        return _confirm(supplier, by, By.PHONE, reason)
    if what == Heard.CLOSED:
        return _close(supplier, by, By.PHONE, reason)
    return _archive(supplier, by, reason)


@unit_of_work
def looked(supplier_id: int, *, by_id: int) -> None:
    """Note that a member of staff saw who answers for an entry, and where they are reached."""
    trail.record(Did.LOOKED, KIND, supplier_id, by=trail.person(by_id))


@unit_of_work
def saw_list(did: Did, shown: str, number: int, *, by_id: int) -> None:
    """Note that a member of staff saw a list with names and telephone numbers, or took it away.

    Args:
        number: how many entries were in it.
    """
    trail.record(did, KIND_OF_LIST, 0, by=trail.person(by_id), shown=shown, number=number)


# ---- What comes of it ----


def _confirm(supplier: Supplier, by: str, how: By, reason: str = "") -> Did:
    supplier.confirmed_on, supplier.archived_on = queries.today(), None
    return _done(Did.CONFIRMED, supplier, by, reason, how=how)


def _close(supplier: Supplier, by: str, how: By, reason: str = "") -> Did:
    supplier.status, supplier.confirmed_on, supplier.archived_on = SupplierStatus.CLOSED, queries.today(), None
    directory_letters.closed(queries.answering(supplier.business_id), supplier)
    return _done(Did.CLOSED, supplier, by, reason, how=how)


def _archive(supplier: Supplier, by: str, reason: str = "") -> Did:
    supplier.archived_on = queries.today()
    return _done(Did.ARCHIVED, supplier, by, reason)


def _done(did: Did, supplier: Supplier, by: str, reason: str, **facts: object) -> Did:
    db.session.flush()
    filing.refile([supplier.id])
    trail.record(did, KIND, supplier.id, by=by, reason=reason, **facts)
    return did
