"""How the places at events stand: what is taken, who waits, which times of an advice surgery are free."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, func, literal_column, not_, or_, select
from sqlalchemy.orm import Mapped

from c4s.core.clock import now
from c4s.core.db import UtcDateTime, db, rows
from c4s.events.models import Booking, EventSession
from c4s.events.rules import HOLDS_A_PLACE, BookingState, InQueue, Places


def among(column: Mapped[Any], members: Iterable[StrEnum]) -> ColumnElement[bool]:
    """One of these members, which stand in the statement itself: as values they would be put in at every visit."""
    return column.in_([literal_column(f"'{member.value}'") for member in members])


LIVE = among(Booking.state, (*HOLDS_A_PLACE, BookingState.WAITING))
HOLDS = among(Booking.state, HOLDS_A_PLACE)
WAITS = among(Booking.state, (BookingState.WAITING,))


@dataclass(frozen=True)
class Tally:
    """Places at one event as its bookings have them now."""

    taken: int = 0
    waiting: int = 0
    overdue: int = 0
    """Holds and offers past their time that nobody has swept up yet; already left out of the others."""
    least: int = 0
    """The fewest places that anybody who waits would take."""


MOMENT = bindparam("moment", type_=UtcDateTime())
OVERDUE = or_(
    and_(Booking.hold_until.is_not(None), Booking.hold_until <= MOMENT),
    and_(Booking.offer_until.is_not(None), Booking.offer_until <= MOMENT),
)
IN_TIME = not_(OVERDUE)
WOULD_TAKE = case((Booking.part_ok, 1), else_=Booking.party)
TALLIES = (
    select(Booking.event_id, Booking.state, OVERDUE.label("overdue"), func.sum(Booking.party), func.min(WOULD_TAKE))
    .where(Booking.event_id.in_(bindparam("events", expanding=True)), LIVE)
    .group_by(Booking.event_id, Booking.state, "overdue")
)


def tallies(event_ids: Collection[int], moment: datetime | None = None) -> dict[int, Tally]:
    """Places taken and people waiting at several events, in one question."""
    if not event_ids:
        return {}
    sums: dict[int, Counter[str]] = {}
    for event_id, state, is_overdue, party, least in rows(TALLIES, events=list(event_ids), moment=moment or now()):
        what = "overdue" if is_overdue else "waiting" if state == BookingState.WAITING else "taken"
        sums.setdefault(event_id, Counter())[what] += int(party)
        if what == "waiting":
            sums[event_id]["least"] = int(least)
    return {event_id: Tally(**numbers) for event_id, numbers in sums.items()}


def tally(event_id: int, moment: datetime) -> Tally:
    """The same for one event."""
    return tallies([event_id], moment).get(event_id, Tally())


def standing(capacity: int, seen: Tally, free_slots: int | None = None) -> Places:
    """How things stand at an event with so many places.

    Args:
        free_slots: times of an advice surgery that nobody has; there are no more places than these.
    """
    if free_slots is not None:
        capacity = min(capacity, seen.taken + free_slots)
    return Places(capacity, seen.taken, seen.waiting, seen.least)


def queue(event_id: int) -> list[InQueue]:
    """Everybody who waits at an event, in no order that matters."""
    columns = (Booking.id, Booking.joined_at, Booking.party, Booking.part_ok)
    waiting = select(*columns).where(Booking.event_id == event_id, WAITS)
    return [InQueue(*row) for row in rows(waiting)]


def position(booking: Booking) -> int:
    """The place of somebody who waits, counted from 1."""
    ahead = select(func.count()).where(
        Booking.event_id == booking.event_id,
        WAITS,
        or_(
            Booking.joined_at < booking.joined_at,
            and_(Booking.joined_at == booking.joined_at, Booking.id < booking.id),
        ),
    )
    return int(db.session.scalar(ahead) or 0) + 1


def holders(event_id: int) -> list[tuple[str, str]]:
    """The reference and the name of everybody who has a place or is offered one, those who joined first at the top."""
    columns = (Booking.reference, Booking.name)
    found = select(*columns).where(Booking.event_id == event_id, HOLDS).order_by(Booking.joined_at, Booking.id)
    return [(reference, name) for reference, name in rows(found)]


@dataclass(frozen=True)
class Slot:
    """One time of an advice surgery, and who has it or is offered it."""

    id: int
    starts_at: datetime
    ends_at: datetime
    booking_id: int | None
    reference: str
    name: str
    state: BookingState | None


SLOT = (EventSession.id, EventSession.starts_at, EventSession.ends_at)
HOLDER = (Booking.id, func.coalesce(Booking.reference, ""), func.coalesce(Booking.name, ""), Booking.state)
SLOTS = (
    select(*SLOT, *HOLDER)
    .outerjoin(Booking, and_(Booking.session_id == EventSession.id, HOLDS))
    .where(EventSession.event_id == bindparam("event"))
    .order_by(EventSession.starts_at)
)


def slots(event_id: int) -> list[Slot]:
    """Every time of an advice surgery, in order."""
    return [Slot(*row) for row in rows(SLOTS, event=event_id)]


def free_slots(event_id: int, moment: datetime) -> list[Slot]:
    """The times of an advice surgery that nobody has and that have not begun, in order."""
    return [slot for slot in slots(event_id) if slot.booking_id is None and slot.starts_at > moment]


def overdue(event_id: int, moment: datetime) -> Sequence[Booking]:
    """Holds and offers of an event that are past their time, oldest first."""
    return db.session.scalars(
        select(Booking).where(Booking.event_id == event_id, LIVE, OVERDUE).order_by(Booking.joined_at, Booking.id),
        {"moment": moment},
    ).all()


def events_to_settle(moment: datetime) -> Sequence[int]:
    """Events with a hold or an offer past its time."""
    return db.session.scalars(
        select(Booking.event_id).where(LIVE, OVERDUE).distinct().order_by(Booking.event_id),
        {"moment": moment},
    ).all()
