"""Which entries must be asked about, which letters have gone, who answers for them. Nothing here changes anything."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true

from c4s.accounts.models import Person
from c4s.accounts.rules import PersonState
from c4s.businesses import queries as businesses
from c4s.businesses.models import Membership
from c4s.businesses.rules import MemberRole
from c4s.core.clock import now
from c4s.core.db import db
from c4s.directory import queries as directory
from c4s.directory.models import Claim, EntryClaim, Supplier
from c4s.directory.rules import ClaimState
from c4s.freshness import rules
from c4s.freshness.models import AnswerCode, Asked
from c4s.freshness.rules import Shown, Stage
from c4s.i18n import formats
from c4s.mail.models import LetterState, OutgoingLetter

PER_PAGE = 50
LETTER = "freshness/still_right"
STILL_TO_GO = (LetterState.QUEUED, LetterState.SENDING, LetterState.TO_PRINT)
GONE = (LetterState.SENT, LetterState.PRINTED)
KEPT = (Supplier.claim == Claim.CLAIMED,)
"""Entries whose words are a business's own: of others nobody could say that they are still right."""
HAS_PEOPLE = exists(
    select(Membership.id)
    .join(Membership.person)
    .where(Membership.business_id == Supplier.business_id, Person.state == PersonState.ACTIVE)
)


def today() -> date:
    """The day in Wales."""
    return formats.uk(now()).date()


@dataclass(frozen=True)
class Round:
    """An entry and the day from which its months are counted."""

    supplier: Supplier
    counted_from: date


def counted_from(supplier: Supplier) -> date:
    """The day of its last confirmation, or of its making; later, the one on which it came to its business."""
    return rounds([supplier])[0].counted_from


def rounds(suppliers: Sequence[Supplier]) -> list[Round]:
    """The same for several entries, in one statement more."""
    granted = _granted(EntryClaim.supplier_id.in_([one.id for one in suppliers]))
    return [Round(one, _counted(one.confirmed_on, one.created_at, granted.get(one.id))) for one in suppliers]


def _granted(*which: Any) -> dict[int, datetime]:
    """When entries were last given to a business that claimed them."""
    found = (
        select(EntryClaim.supplier_id, func.max(EntryClaim.decided_at))
        .where(EntryClaim.state == ClaimState.GRANTED, *which)
        .group_by(EntryClaim.supplier_id)
    )
    return {number: at for number, at in db.session.execute(found) if at}


def _counted(confirmed_on: date | None, created_at: datetime, granted_at: datetime | None) -> date:
    began = confirmed_on or formats.uk(created_at).date()
    return max(began, formats.uk(granted_at).date()) if granted_at else began


def _counted_until(day: date) -> ColumnElement[bool]:
    """What ``counted_from`` says, to the database: that a round is counted from this day or an earlier one."""
    after = datetime.combine(day + timedelta(days=1), time(), formats.UK)
    granted_later = exists(
        select(EntryClaim.id).where(
            EntryClaim.supplier_id == Supplier.id,
            EntryClaim.state == ClaimState.GRANTED,
            EntryClaim.decided_at >= after,
        )
    )
    said = and_(Supplier.confirmed_on.is_not(None), Supplier.confirmed_on <= day)
    made = and_(Supplier.confirmed_on.is_(None), Supplier.created_at < after)
    return and_(or_(said, made), ~granted_later)


def is_due(supplier_id: int, stage: Stage, day: date) -> bool:
    """Whether on a day this letter, or a later one, is due for an entry that lists show."""
    due = select(Supplier.id).where(Supplier.id == supplier_id, *_due(stage, day))
    return db.session.scalar(due) is not None


def _due(stage: Stage, day: date) -> tuple[ColumnElement[bool], ...]:
    return (*KEPT, *directory.LISTED, HAS_PEOPLE, _counted_until(rules.counted_until(stage, day)))


def to_ask(day: date) -> list[int]:
    """The numbers of the entries whose letter of the day has not been posted, however many there are in three
    statements."""
    which = _due(Stage.FIRST, day)
    due = db.session.execute(
        select(Supplier.id, Supplier.confirmed_on, Supplier.created_at).where(*which).order_by(Supplier.id)
    ).all()
    granted = _granted(EntryClaim.supplier_id.in_(select(Supplier.id).where(*which)))
    letters = select(Asked.supplier_id, Asked.counted_from, Asked.stage).join(
        Supplier, Supplier.id == Asked.supplier_id
    )
    asked = {tuple(row) for row in db.session.execute(letters.where(*which))}
    found = []
    for number, confirmed_on, created_at in due:
        counted = _counted(confirmed_on, created_at, granted.get(number))
        if (number, counted, rules.stage_on(counted, day)) not in asked:
            found.append(number)
    return found


def to_archive(day: date) -> Sequence[int]:
    """The numbers of the entries whose last letter is due or was posted."""
    return db.session.scalars(select(Supplier.id).where(*_due(Stage.LAST, day)).order_by(Supplier.id)).all()


def was_asked(supplier_id: int, counted: date, stage: Stage) -> Asked | None:
    """One letter of one round, if it was posted."""
    return db.session.get(Asked, (supplier_id, counted, stage), populate_existing=True)


def answering(business_id: int | None) -> list[Person]:
    """Whom letters about an entry reach: those who speak for its business and have an open account."""
    return answering_each([business_id])[business_id]


def answering_each(business_ids: Iterable[int | None]) -> dict[int | None, list[Person]]:
    """The same for several businesses, in one statement."""
    wanted = set(business_ids)
    members = businesses.members_of_each(one for one in wanted if one is not None)
    return {
        one: [each.person for each in members.get(one or 0, ()) if each.person.state == PersonState.ACTIVE]
        for one in wanted
    }


def speaks_for(business_id: int | None, person_id: int) -> bool:
    """Whether somebody speaks for the business of an entry."""
    return business_id is not None and person_id in businesses.roles_in(business_id)


def is_owner(business_id: int | None, person_id: int) -> bool:
    """Whether somebody owns the business of an entry."""
    return business_id is not None and businesses.roles_in(business_id).get(person_id) == MemberRole.OWNER


def last_letters(supplier_id: int, asked: Asked) -> tuple[list[date], bool]:
    """The days on which the last letter of a round left the house, and whether one of them still waits to."""
    sent = db.session.execute(
        select(OutgoingLetter.state, OutgoingLetter.sent_at).where(
            OutgoingLetter.about_kind == "supplier",
            OutgoingLetter.about_id == supplier_id,
            OutgoingLetter.letter == LETTER,
            OutgoingLetter.created_at >= asked.posted_at,
        )
    ).all()
    left = [formats.uk(at).date() for state, at in sent if state in GONE and at]
    return left, any(state in STILL_TO_GO for state, _ in sent)


def code(digests: Collection[str]) -> AnswerCode | None:
    """A code that letters on paper carried, by its digest with any of the site's keys."""
    return db.session.scalar(select(AnswerCode).where(AnswerCode.digest.in_(digests)))


# ---- For staff ----


def _listed(shown: Shown, day: date) -> tuple[ColumnElement[bool], ...]:
    if shown == Shown.ARCHIVED:
        return (*KEPT, Supplier.archived_on.is_not(None), Supplier.taken_down_at.is_(None), Supplier.gone_on.is_(None))
    due = (*KEPT, *directory.LISTED)
    if shown == Shown.NOBODY:
        return (*due, _counted_until(rules.counted_until(Stage.FIRST, day)), ~HAS_PEOPLE)
    stage = Stage(shown.value)
    later = {Stage.FIRST: Stage.SECOND, Stage.SECOND: Stage.LAST}.get(stage)
    not_later = ~_counted_until(rules.counted_until(later, day)) if later else true()
    return (*due, _counted_until(rules.counted_until(stage, day)), not_later, HAS_PEOPLE)


def numbers(day: date) -> dict[Shown, int]:
    """How many entries there are of each kind, in one statement."""
    counted = [
        select(func.count()).select_from(Supplier).where(*_listed(shown, day)).scalar_subquery() for shown in Shown
    ]
    return dict(zip(Shown, db.session.execute(select(*counted)).one(), strict=True))


def listed(shown: Shown, day: date, *, page: int = 1, most: int = PER_PAGE) -> list[Round]:
    """A page of the entries of one kind, those first of which nobody has said anything for longest."""
    found = db.session.scalars(
        select(Supplier)
        .where(*_listed(shown, day))
        .order_by(func.coalesce(Supplier.confirmed_on, func.date(Supplier.created_at)), Supplier.id)
        .limit(most)
        .offset((page - 1) * most)
    ).all()
    return rounds(found)


def letters_of_each(several: Sequence[Round]) -> dict[int, list[Asked]]:
    """The letters of several rounds, by the number of the entry, in the order in which they were posted; in one
    statement."""
    began = {one.supplier.id: one.counted_from for one in several}
    letters: dict[int, list[Asked]] = {number: [] for number in began}
    found = select(Asked).where(Asked.supplier_id.in_(began)).order_by(Asked.posted_at, Asked.stage)
    for one in db.session.scalars(found):
        if one.counted_from == began[one.supplier_id]:
            letters[one.supplier_id].append(one)
    return letters
