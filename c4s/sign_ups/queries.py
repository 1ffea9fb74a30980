"""Questions that the desk of sign-ups asks: a fixed number for a page, however many have signed up."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from c4s.accounts.models import Person
from c4s.core import read_aloud
from c4s.core.clock import now
from c4s.core.db import db, rows
from c4s.core.text import fold
from c4s.events import places
from c4s.events import queries as events
from c4s.events import rules as event_rules
from c4s.events.models import AccessNeed, Booking, Event, EventSession
from c4s.events.places import IN_TIME, LIVE, WAITS, Tally
from c4s.events.rules import BookingState, DeliveryLanguage, EventState
from c4s.mail.models import Channel
from c4s.sign_ups import rules
from c4s.sign_ups.models import EventMessage
from c4s.sign_ups.rules import Audience, Shown

PER_PAGE = 50
LONGEST_FILE = 5_000
"""Sign-ups in one file or on one print-out: more than any event of the site has room for."""
MOST_DATES = 30
ENDED = (BookingState.CANCELLED, BookingState.LAPSED)
ORDER = (BookingState.CONFIRMED, BookingState.OFFERED, BookingState.WAITING, *ENDED)

HAS_NEEDS = select(AccessNeed.booking_id).where(AccessNeed.booking_id == Booking.id).correlate(Booking).exists()
IN_ORDER = (
    case({state: place for place, state in enumerate(ORDER)}, value=Booking.state),
    Booking.joined_at,
    Booking.id,
)
NARROWED: dict[Shown, ColumnElement[bool]] = {
    Shown.CONFIRMED: Booking.state == BookingState.CONFIRMED,
    Shown.OFFERED: Booking.state == BookingState.OFFERED,
    Shown.WAITING: Booking.state == BookingState.WAITING,
    Shown.ENDED: Booking.state.in_(ENDED),
    Shown.NEEDS: and_(LIVE, HAS_NEEDS),
    Shown.WELSH: and_(LIVE, Booking.language_spoken == "cy"),
}


@dataclass(frozen=True)
class SignedUp:
    """One sign-up as the desk shows it.

    Attributes:
        needs: what they need to take part; empty where the page is not to show it.
        entered_by: the name of the member of staff who signed them up.
        turn: their place in the queue, counted from 1.
    """

    booking: Booking
    needs: str = ""
    entered_by: str = ""
    turn: int | None = None


@dataclass(frozen=True)
class Totals:
    """What an event's sign-ups come to; those past their time are left out.

    Attributes:
        people: by state, counting everybody in a party.
        needs: sign-ups that have told us what they need.
        welsh: sign-ups that would like to use Welsh.
    """

    people: dict[BookingState, int] = field(default_factory=dict)
    needs: int = 0
    welsh: int = 0

    def of(self, state: BookingState) -> int:
        """How many people are in a state."""
        return self.people.get(state, 0)

    @property
    def taken(self) -> int:
        """Places that somebody has or is offered."""
        return self.of(BookingState.CONFIRMED) + self.of(BookingState.OFFERED)


def totals(event_id: int) -> Totals:
    """The figures at the head of the list."""
    statement = (
        select(
            Booking.state,
            func.sum(Booking.party),
            func.sum(case((HAS_NEEDS, 1), else_=0)),
            func.sum(case((Booking.language_spoken == "cy", 1), else_=0)),
        )
        .where(Booking.event_id == event_id, LIVE, IN_TIME)
        .group_by(Booking.state)
    )
    people: dict[BookingState, int] = {}
    needs = welsh = 0
    for state, party, with_needs, in_welsh in rows(statement, moment=now()):
        people[state] = int(party)
        needs, welsh = needs + int(with_needs), welsh + int(in_welsh)
    return Totals(people, needs, welsh)


def turns(event_id: int) -> dict[int, int]:
    """The turn of everybody who waits at an event, by the number of their sign-up."""
    waiting = select(Booking.id).where(Booking.event_id == event_id, WAITS).order_by(Booking.joined_at, Booking.id)
    return {row[0]: turn for turn, row in enumerate(rows(waiting), start=1)}


def _shown(event_id: int, shown: Shown | None) -> Select[Booking, str, str]:
    statement = (
        select(Booking, AccessNeed.needs, Person.name)
        .outerjoin(AccessNeed, AccessNeed.booking_id == Booking.id)
        .outerjoin(Person, Person.id == Booking.entered_by_id)
        .outerjoin(Booking.slot)
        .options(contains_eager(Booking.slot))
        .where(Booking.event_id == event_id)
    )
    return statement.where(NARROWED[shown]) if shown else statement


def _found(event_id: int, asked: str) -> list[int]:
    """The sign-ups of one event whose names, or those they bring, or whose reference begin as somebody typed."""
    typed = fold(asked).split()
    reference = read_aloud.letters_in(asked)
    everybody = select(Booking.id, Booking.name, Booking.others, Booking.reference).where(Booking.event_id == event_id)

    def is_meant(name: str, others: Sequence[str], known: str) -> bool:
        words = " " + fold(" ".join((name, *others)))
        return all(f" {word}" in words for word in typed) or (
            len(reference) == event_rules.REFERENCE_LENGTH and reference == known.replace("-", "")
        )

    return [row[0] for row in rows(everybody) if typed and is_meant(*row[1:])]


def listed(event_id: int, shown: Shown | None, asked: str, page: int) -> tuple[list[SignedUp], int]:
    """One page of an event's sign-ups, by state and then in the order they came; and how many there are in all.

    Args:
        shown: what the list is narrowed to.
        asked: a name, the beginning of one, or a reference; empty for everybody.
        page: counted from 1.
    """
    statement = _shown(event_id, shown)
    if asked:
        statement = statement.where(Booking.id.in_(_found(event_id, asked)))
    counted = statement.add_columns(func.count().over()).order_by(*IN_ORDER)
    found = db.session.execute(counted.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    turn = turns(event_id)
    return [_signed_up(row, turn) for row in found], int(found[0][-1]) if found else 0


def _signed_up(row: Any, turn: dict[int, int]) -> SignedUp:
    booking, needs, entered_by = row[:3]
    return SignedUp(booking, needs or "", entered_by or "", turn.get(booking.id))


def everybody(event_id: int) -> list[SignedUp]:
    """Every sign-up of an event, for a file; without what they need, which is for the desk alone."""
    found = db.session.execute(_shown(event_id, None).order_by(*IN_ORDER).limit(LONGEST_FILE)).all()
    turn = turns(event_id)
    return [_signed_up((booking, "", entered_by), turn) for booking, _, entered_by in found]


def with_a_place(event_id: int) -> Sequence[Booking]:
    """Those who have a place, for the door."""
    statement = (
        select(Booking)
        .options(joinedload(Booking.slot))
        .where(Booking.event_id == event_id, Booking.state == BookingState.CONFIRMED, IN_TIME)
        .order_by(Booking.joined_at, Booking.id)
        .limit(LONGEST_FILE)
    )
    return db.session.scalars(statement, {"moment": now()}).all()


def signed_up(event_id: int, booking_id: int) -> SignedUp | None:
    """One sign-up of an event, with everything about it."""
    found = db.session.execute(_shown(event_id, None).where(Booking.id == booking_id)).one_or_none()
    return _signed_up(found, turns(event_id)) if found else None


def where_is(booking_id: int) -> int:
    """The event that a sign-up is for."""
    return int(db.session.scalar(select(Booking.event_id).where(Booking.id == booking_id)) or 0)


def other_dates(of: Event) -> list[tuple[Event, Tally]]:
    """Events to come that somebody could go to instead: those of the same series first, then those of the same kind."""
    same = Event.series == of.series if of.series else Event.id == of.id
    statement = (
        select(Event)
        .options(joinedload(Event.venue))
        .where(
            Event.id != of.id,
            Event.state == EventState.PUBLISHED,
            Event.starts_at > now(),
            or_(same, Event.kind == of.kind),
        )
        .order_by(case((same, 0), else_=1), Event.starts_at, Event.id)
        .limit(MOST_DATES)
    )
    found = db.session.scalars(statement).all()
    tallies = places.tallies([one.id for one in found])
    return [(one, tallies.get(one.id, Tally())) for one in found]


# ---- All events ----


def all_events(page: int, *, are_past: bool = False) -> tuple[list[tuple[Event, Tally]], int]:
    """One page of the events that people can have signed up for, from today on and the soonest first, or else those
    before today, the latest first; and how many there are.
    """
    today = events.today()
    wanted = (
        Event.state.in_((EventState.PUBLISHED, EventState.POSTPONED, EventState.CANCELLED)),
        Event.ends_at < today if are_past else Event.ends_at >= today,
    )
    number = db.session.scalar(select(func.count()).select_from(Event).where(*wanted)) or 0
    order = (Event.starts_at.desc(), Event.id.desc()) if are_past else (Event.starts_at, Event.id)
    statement = select(Event).options(joinedload(Event.venue)).where(*wanted).order_by(*order)
    found = db.session.scalars(statement.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    tallies = places.tallies([one.id for one in found])
    return [(one, tallies.get(one.id, Tally())) for one in found], number


# ---- Interpreters ----


@dataclass(frozen=True)
class Interpreting:
    """An event that needs an interpreter: since when, and until when one can be booked."""

    event: Event
    wishes: int
    since: datetime
    until: datetime


def to_interpret(event_id: int | None = None) -> list[Interpreting]:
    """Every event, or one of them, for which somebody must book an interpreter now; the oldest task first."""
    moment = now()
    wishes = (
        select(
            Booking.event_id,
            Booking.joined_at,
            func.row_number()
            .over(partition_by=Booking.event_id, order_by=(Booking.joined_at, Booking.id))
            .label("place"),
            func.count().over(partition_by=Booking.event_id).label("number"),
        )
        .join(Booking.event)
        .where(
            Event.welsh_wishes_for_interpreter.is_not(None),
            Event.interpreter_booked_at.is_(None),
            Event.delivery_language == DeliveryLanguage.EN,
            Event.state == EventState.PUBLISHED,
            Event.starts_at > moment,
            Event.id == event_id if event_id is not None else true(),
            LIVE,
            IN_TIME,
            Booking.language_spoken == "cy",
        )
        .subquery()
    )
    threshold = case((Event.welsh_wishes_for_interpreter < 1, 1), else_=Event.welsh_wishes_for_interpreter)
    # The one whose wish reached the threshold says since when there is something to do.
    reached = select(Event, wishes.c.number, wishes.c.joined_at).join(
        wishes, and_(wishes.c.event_id == Event.id, wishes.c.place == threshold)
    )
    found = [
        Interpreting(of, number, since, rules.interpreter_until(of.interpreter_by, of.starts_at))
        for of, number, since in db.session.execute(reached, {"moment": moment})
    ]
    due = [
        one
        for one in found
        if rules.needs_interpreter(
            wishes=one.wishes,
            threshold=one.event.welsh_wishes_for_interpreter,
            until=one.until,
            is_booked=one.event.interpreter_booked_at is not None,
            delivery=one.event.delivery_language,
            state=one.event.state,
            now=moment,
        )
    ]
    return sorted(due, key=lambda one: (one.since, one.event.id))


# ---- Messages ----


def _whom(event_id: int, audience: Audience, session_id: int | None) -> tuple[ColumnElement[bool], ...]:
    """Those whom a message is for. An address that nobody has proved may not be theirs: it is left out."""
    of_event = (Booking.event_id == event_id, Booking.proved_at.is_not(None), IN_TIME)
    if audience == Audience.WAIT:
        return (*of_event, WAITS)
    holds = (*of_event, Booking.state == BookingState.CONFIRMED)
    if audience == Audience.NEEDS:
        return (*holds, HAS_NEEDS)
    if audience == Audience.SESSION:
        return (*holds, Booking.session_id == session_id if session_id is not None else false())
    return holds


def recipients(event_id: int, audience: Audience, session_id: int | None = None) -> Sequence[Booking]:
    """The sign-ups that a message goes to, with their event, in the order they came."""
    statement = (
        select(Booking)
        .options(joinedload(Booking.event).joinedload(Event.venue), joinedload(Booking.slot))
        .where(*_whom(event_id, audience, session_id))
        .order_by(Booking.joined_at, Booking.id)
    )
    return db.session.scalars(statement, {"moment": now()}).all()


@dataclass(frozen=True)
class Reach:
    """How many letters a message will become."""

    number: int
    by_language: dict[str, int]
    by_channel: dict[Channel, int]


def reach(event_id: int, audience: Audience, session_id: int | None = None) -> Reach:
    """Whom a message would reach: counted by the language they read and by the way they are reached."""
    statement = (
        select(Booking.language_written, Booking.channel, func.count())
        .where(*_whom(event_id, audience, session_id))
        .group_by(Booking.language_written, Booking.channel)
    )
    by_language: Counter[str] = Counter()
    by_channel: Counter[Channel] = Counter()
    for language, channel, number in rows(statement, moment=now()):
        by_language[language] += number
        by_channel[channel] += number
    return Reach(sum(by_language.values()), dict(by_language), dict(by_channel))


def messages(event_id: int) -> list[tuple[EventMessage, str, EventSession | None]]:
    """What has been written to those of an event, the latest first: with who wrote it, and the slot it was for."""
    statement = (
        select(EventMessage, Person.name, EventSession)
        .outerjoin(Person, Person.id == EventMessage.by_id)
        .outerjoin(EventSession, EventSession.id == EventMessage.session_id)
        .where(EventMessage.event_id == event_id)
        .order_by(EventMessage.id.desc())
        .limit(LONGEST_FILE)
    )
    return [(row[0], row[1] or "", row[2]) for row in db.session.execute(statement)]
