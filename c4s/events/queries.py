"""Questions about events and places."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, contains_eager, joinedload

from c4s.core.clock import now
from c4s.core.db import UtcDateTime, db, rows
from c4s.core.errors import Refused
from c4s.core.once import Done
from c4s.events import rules
from c4s.events.models import AccessNeed, Booking, Event, Venue
from c4s.events.rules import (
    HOLDS_A_PLACE,
    BookingState,
    DeliveryLanguage,
    EventKind,
    EventState,
    HeldIn,
    InQueue,
    Places,
)
from c4s.i18n import formats
from c4s.i18n.bilingual import Bilingual

PER_PAGE = 20
LONGEST_CALENDAR = 500
LONGEST_HISTORY = 200


def _among(column: Mapped[Any], members: Iterable[StrEnum]) -> ColumnElement[bool]:
    """One of these members, which stand in the statement itself: as values they would be put in at every visit."""
    return column.in_([literal_column(f"'{member.value}'") for member in members])


SHOWN = _among(Event.state, (EventState.PUBLISHED, EventState.CANCELLED))
LIVE = _among(Booking.state, (*HOLDS_A_PLACE, BookingState.WAITING))
HOLDS = _among(Booking.state, HOLDS_A_PLACE)
WAITS = _among(Booking.state, (BookingState.WAITING,))
GOES_AHEAD = _among(Event.state, (EventState.PUBLISHED,))


@dataclass(frozen=True)
class Wanted:
    """What a list of events is narrowed to; nothing is asked by default."""

    kind: EventKind | None = None
    held_in: HeldIn | None = None
    areas: frozenset[int] = frozenset()
    online: bool = False
    free: bool = False

    def allows(self, kind: EventKind, delivery: DeliveryLanguage, area_id: int | None, online: bool) -> bool:
        """Whether an event with these traits is wanted, places apart."""
        return (
            self.kind in (None, kind)
            and (self.held_in is None or delivery in rules.DELIVERED[self.held_in])
            and (not self.areas or area_id in self.areas)
            and (online or not self.online)
        )


class Brief(NamedTuple):
    """What a list shows of an event."""

    id: int
    kind: EventKind
    state: EventState
    title: Bilingual
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime
    capacity: int
    online: bool
    delivery_language: DeliveryLanguage
    area_id: int | None
    venue_name: Bilingual


@dataclass(frozen=True)
class Tally:
    """Places at one event as its bookings have them now."""

    taken: int = 0
    waiting: int = 0
    overdue: int = 0
    """Holds and offers past their time that nobody has swept up yet; already left out of the others."""


MOMENT = bindparam("moment", type_=UtcDateTime())
OVERDUE = or_(
    and_(Booking.hold_until.is_not(None), Booking.hold_until <= MOMENT),
    and_(Booking.offer_until.is_not(None), Booking.offer_until <= MOMENT),
)
IN_TIME = not_(OVERDUE)


# Statements of the most visited pages are put together once, not at every visit.
TODAY = bindparam("today", type_=UtcDateTime())
TALLIES = (
    select(Booking.event_id, Booking.state, OVERDUE.label("overdue"), func.sum(Booking.party))
    .where(Booking.event_id.in_(bindparam("events", expanding=True)), LIVE)
    .group_by(Booking.event_id, Booking.state, "overdue")
)


def today(moment: datetime | None = None) -> datetime:
    """The moment today began in Wales: an event stays on the list until the day is over."""
    return formats.uk(moment or now()).replace(hour=0, minute=0, second=0, microsecond=0)


def tallies(event_ids: Collection[int], moment: datetime | None = None) -> dict[int, Tally]:
    """Places taken and people waiting at several events, in one question."""
    if not event_ids:
        return {}
    sums: dict[int, Counter[str]] = {}
    for event_id, state, is_overdue, party in rows(TALLIES, events=list(event_ids), moment=moment or now()):
        what = "overdue" if is_overdue else "waiting" if state == BookingState.WAITING else "taken"
        sums.setdefault(event_id, Counter())[what] += int(party)
    return {event_id: Tally(**numbers) for event_id, numbers in sums.items()}


def tally(event_id: int, moment: datetime) -> Tally:
    """The same for one event."""
    return tallies([event_id], moment).get(event_id, Tally())


def places(event: Event | Brief, seen: Tally) -> Places:
    """How things stand at an event, for people to read."""
    return Places(event.capacity, seen.taken, seen.waiting)


def _narrowed(statement: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.kind:
        statement = statement.where(Event.kind == wanted.kind)
    if wanted.held_in:
        statement = statement.where(Event.delivery_language.in_(rules.DELIVERED[wanted.held_in]))
    if wanted.areas:
        statement = statement.where(Event.area_id.in_(wanted.areas))
    if wanted.online:
        statement = statement.where(Event.online)
    if wanted.free:
        of_event = Booking.event_id == Event.id
        taken = select(func.coalesce(func.sum(Booking.party), 0)).where(of_event, HOLDS, IN_TIME)
        waiting = select(Booking.id).where(of_event, WAITS, IN_TIME)
        statement = statement.where(
            GOES_AHEAD,
            Event.closes_at > MOMENT,
            or_(Event.opens_at.is_(None), Event.opens_at <= MOMENT),
            Event.capacity > taken.correlate(Event).scalar_subquery(),
            not_(waiting.correlate(Event).exists()),
        )
    return statement


BRIEF = (
    Event.id,
    Event.kind,
    Event.state,
    Event.title_cy,  # type: ignore[attr-defined]
    Event.title_en,  # type: ignore[attr-defined]
    Event.starts_at,
    Event.ends_at,
    Event.closes_at,
    Event.capacity,
    Event.online,
    Event.delivery_language,
    Event.area_id,
    Venue.name_cy,  # type: ignore[attr-defined]
    Venue.name_en,  # type: ignore[attr-defined]
)


def _brief(row: Any) -> Brief:
    return Brief(
        row[0], row[1], row[2], Bilingual(row[3], row[4]), row[5], row[6], row[7], row[8], row[9], row[10], row[11],
        Bilingual(row[12] or "", row[13] or ""),
    )  # fmt: skip


BRIEFS = select(*BRIEF).outerjoin(Venue, Event.venue_id == Venue.id)
UPCOMING = (
    BRIEFS.add_columns(func.count().over())
    .where(SHOWN, Event.starts_at >= TODAY)
    .order_by(Event.starts_at, Event.id)
    .limit(PER_PAGE)
    .offset(bindparam("skip", type_=Integer))
)
PAST = (
    BRIEFS.add_columns(func.count().over())
    .where(GOES_AHEAD, Event.starts_at < TODAY)
    .order_by(Event.starts_at.desc(), Event.id.desc())
    .limit(PER_PAGE)
    .offset(bindparam("skip", type_=Integer))
)
SOONEST = (
    BRIEFS.where(GOES_AHEAD, Event.starts_at >= MOMENT)
    .order_by(Event.starts_at, Event.id)
    .limit(bindparam("number", type_=Integer))
)


def upcoming(wanted: Wanted, page: int, moment: datetime | None = None) -> tuple[list[Brief], int]:
    """One page of the events from today on, soonest first, and how many there are in all."""
    moment = moment or now()
    return _page(_narrowed(UPCOMING, wanted), page, today(moment), moment)


def past(page: int) -> tuple[list[Brief], int]:
    """One page of the events before today, latest first, and how many there are in all."""
    return _page(PAST, page, today(), now())


def _page(statement: Select[Any], page: int, day: datetime, moment: datetime) -> tuple[list[Brief], int]:
    found = rows(statement, skip=(page - 1) * PER_PAGE, today=day, moment=moment)
    return [_brief(row) for row in found], int(found[0][-1]) if found else 0


def soonest(number: int) -> list[Brief]:
    """The next few events that are going ahead, for the front page."""
    return [_brief(row) for row in rows(SOONEST, number=number, moment=now())]


@dataclass(frozen=True)
class Trait:
    """How many of the events to come share these traits."""

    kind: EventKind
    delivery: DeliveryLanguage
    area_id: int | None
    online: bool
    number: int


TRAIT = (Event.kind, Event.delivery_language, Event.area_id, Event.online)
TRAITS = select(*TRAIT, func.count()).where(SHOWN, Event.starts_at >= TODAY).group_by(*TRAIT)


def traits(moment: datetime | None = None) -> list[Trait]:
    """What sorts of events are to come: enough to offer, and to count, every way of narrowing the list."""
    return [Trait(*row) for row in rows(TRAITS, today=today(moment))]


def for_calendar(wanted: Wanted, moment: datetime | None = None) -> Sequence[Event]:
    """Events from today on, whole, for a calendar; also those called off, so that calendars hear of it."""
    moment = moment or now()
    statement = select(Event).options(joinedload(Event.venue)).where(SHOWN, Event.starts_at >= TODAY)
    return db.session.scalars(
        _narrowed(statement, wanted).order_by(Event.starts_at, Event.id).limit(LONGEST_CALENDAR),
        {"today": today(moment), "moment": moment},
    ).all()


PUBLIC = select(Event).options(joinedload(Event.venue)).where(Event.id == bindparam("event"), SHOWN)


def public_event(event_id: int) -> Event | None:
    """An event that the public may see, with its venue."""
    return db.session.scalars(PUBLIC, {"event": event_id}).one_or_none()


def why_not_book(event: Event, moment: datetime | None = None) -> Refused | None:
    """Why nobody can sign up for this event now; None when they can."""
    try:
        rules.may_book(event.state, event.opens_at, event.closes_at, event.ends_at, moment or now())
    except Refused as refusal:
        return refusal
    return None


def sitemap() -> list[tuple[int, Bilingual, datetime]]:
    """Number, title and last change of every event that search engines may list."""
    columns = (Event.id, Event.title_cy, Event.title_en, Event.updated_at)  # type: ignore[attr-defined]
    to_come = (GOES_AHEAD, Event.starts_at >= today())
    found = rows(select(*columns).where(*to_come).order_by(Event.id))
    return [(row[0], Bilingual(row[1], row[2]), row[3]) for row in found]


IN_THE_WAY = select(Booking).where(
    or_(
        Booking.reference == bindparam("reference"),
        and_(
            Booking.event_id == bindparam("event"),
            Booking.email_key == bindparam("email_key"),
            Booking.email_key != "",
            LIVE,
        ),
    )
)
BOOKING = (
    select(Booking).options(joinedload(Booking.event).joinedload(Event.venue)).where(Booking.id == bindparam("booking"))
)


def in_the_way(event_id: int, email_key: str, reference: str) -> tuple[Booking | None, bool]:
    """What stands in the way of a new booking.

    Returns:
        the place, or the wait for one, that the address has at the event; and whether the reference is in use.
    """
    values = {"event": event_id, "email_key": email_key, "reference": reference}
    found = db.session.scalars(IN_THE_WAY, values).all()
    live = [
        one
        for one in found
        if email_key and (one.event_id, one.email_key) == (event_id, email_key) and rules.is_live(one.state)
    ]
    return (live[0] if live else None), any(one.reference == reference for one in found)


def live_booking(event_id: int, email_key: str) -> Booking | None:
    """The place, or the wait for one, that an address has at an event."""
    return in_the_way(event_id, email_key, "")[0]


def booking(booking_id: int) -> Booking | None:
    """One booking, with its event and venue."""
    return db.session.scalars(BOOKING, {"booking": booking_id}).one_or_none()


def bookings_of(email_key: str) -> Sequence[Booking]:
    """Every place, or wait for one, that an address has or had, the latest event first; with events and venues."""
    return db.session.scalars(
        select(Booking)
        .join(Booking.event)
        .where(Booking.email_key == email_key, Booking.email_key != "")
        .options(contains_eager(Booking.event).joinedload(Event.venue))
        .order_by(Event.starts_at.desc(), Booking.id.desc())
        .limit(LONGEST_HISTORY)
    ).all()


def booking_by_reference(reference: str) -> Booking | None:
    """The place, or the wait for one, that a reference names."""
    return db.session.scalar(select(Booking).where(Booking.reference == reference))


def needs_of(booking_id: int) -> AccessNeed | None:
    return db.session.get(AccessNeed, booking_id)


def queue(event_id: int) -> list[InQueue]:
    """Everybody who waits at an event, in no order that matters."""
    waiting = select(Booking.id, Booking.joined_at).where(Booking.event_id == event_id, WAITS)
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


RESULT = select(Done.result).where(Done.key == bindparam("key"))


def result_of(key: str) -> str | None:
    """What a form with this key led to."""
    found = rows(RESULT, key=key)
    return found[0][0] if found else None
