"""What must be true of places at any moment, asked of the database itself: for the worker and for ``flask check``."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import and_, func, not_, or_, select

from c4s.audit.models import Entry
from c4s.core.clock import now
from c4s.core.db import rows
from c4s.events import places, rules
from c4s.events.models import Booking, Event, EventSession
from c4s.events.rules import BookingState, Did, EventKind, EventState
from c4s.mail.models import OutgoingLetter

log = logging.getLogger("c4s.events")

LETTERS_OF_THE_LAST = timedelta(days=2)
"""So far back every change is looked up among the letters; they are not kept for ever."""
AT_ONCE = timedelta(minutes=1)
"""A change and its letter are of one commit."""
CHANGES = {
    Did.CONFIRMED: ("events/place_to_confirm", "events/place_booked", "events/place_moved"),
    Did.JOINED_WAITING_LIST: ("events/joined_waiting_list",),
    Did.OFFERED: ("events/place_offered",),
    Did.ACCEPTED: ("events/place_booked",),
    Did.CAME_BACK: ("events/place_booked", "events/joined_waiting_list", "events/place_offered"),
    Did.CANCELLED: ("events/place_given_up",),
    Did.DECLINED: ("events/place_given_up",),
    Did.LEFT_WAITING_LIST: ("events/place_given_up",),
    Did.GAVE_UP_SOME: ("events/some_given_up",),
    Did.SLOT_CHOSEN: ("events/slot_chosen",),
    Did.LAPSED: ("events/place_lapsed", "events/offer_lapsed"),
}
"""The letters that may tell of a change, by what the trail calls it."""


class Fault(StrEnum):
    """What is wrong; the words are for those who run the machine."""

    TOO_MANY = "more places are taken than there are"
    GAP = "places are free, and the next who wait have not been offered them"
    SLOTS = "somebody has a place at an advice surgery and no time of it, or a time of another event"
    PARTY = "the number of places is not the number of people"
    TIMES = "an offer has no end, or something that is no offer has one"
    NO_LETTER = "a change of a place has no letter"


@dataclass(frozen=True)
class Found:
    """One fault, and where."""

    fault: Fault
    kind: str
    number: int

    def __str__(self) -> str:
        return f"{self.kind} {self.number}: {self.fault}"


def faults() -> list[Found]:
    """Everything that is wrong with places at events that are not over, and with the letters of the last days.

    No overtaking needs no question of its own: as long as there is no gap, those who were passed over did not fit.
    """
    moment = now()
    return [*_too_many(), *_gaps(moment), *_slots(), *_parties(moment), *_times(), *_letters(moment)]


def watch() -> int:
    """Tell whoever reads the log of everything that is wrong; says how much. For the worker."""
    found = faults()
    for one in found:
        log.error("Not as it must be: %s", one)
    return len(found)


def _too_many() -> Iterator[Found]:
    taken = select(func.sum(Booking.party)).where(Booking.event_id == Event.id, places.HOLDS).scalar_subquery()
    for (number,) in rows(select(Event.id).where(taken > Event.capacity).order_by(Event.id)):
        yield Found(Fault.TOO_MANY, "event", number)


def _gaps(moment: datetime) -> Iterator[Found]:
    """Events at which somebody waits whom the free places would serve, and who could still be offered them."""
    waits = select(Booking.id).where(Booking.event_id == Event.id, places.WAITS).exists()
    going_ahead = (Event.state == EventState.PUBLISHED, Event.starts_at > moment)
    events = rows(
        select(Event.id, Event.kind, Event.capacity, Event.starts_at).where(*going_ahead, waits).order_by(Event.id)
    )
    tallies = places.tallies([event[0] for event in events], moment)
    for number, kind, capacity, starts_at in events:
        tally = tallies.get(number, places.Tally())
        free = capacity - tally.taken
        if kind == EventKind.ADVICE_SURGERY:
            free = min(free, len(places.free_slots(number, moment)))
        may_offer = rules.offer_until(moment, starts_at, time_to_answer=rules.OFFER) is not None
        # What is past its time is swept up within a minute, and offers go out with that.
        if may_offer and not tally.overdue and rules.next_offers(free, places.queue(number)):
            yield Found(Fault.GAP, "event", number)


def _slots() -> Iterator[Found]:
    wrong = or_(
        and_(Event.kind == EventKind.ADVICE_SURGERY, Booking.session_id.is_(None)),
        EventSession.event_id != Booking.event_id,
    )
    found = (
        select(Booking.id)
        .join(Event, Booking.event_id == Event.id)
        .outerjoin(EventSession, Booking.session_id == EventSession.id)
        .where(places.HOLDS, wrong)
    )
    for (number,) in rows(found.order_by(Booking.id)):
        yield Found(Fault.SLOTS, "booking", number)


def _parties(moment: datetime) -> Iterator[Found]:
    """As many places as names; fewer only while a part of them is offered to people for whom fewer would do."""
    columns = (Booking.id, Booking.state, Booking.party, Booking.others, Booking.part_ok)
    several = or_(Event.party_limit > 1, Booking.party > 1)
    live = (
        select(*columns).join(Event, Booking.event_id == Event.id).where(places.LIVE, Event.ends_at > moment, several)
    )
    for number, state, party, others, part_ok in rows(live.order_by(Booking.id)):
        is_part = state == BookingState.OFFERED and part_ok and party < 1 + len(others)
        if party != 1 + len(others) and not is_part:
            yield Found(Fault.PARTY, "booking", number)


def _times() -> Iterator[Found]:
    is_offered = Booking.state == BookingState.OFFERED
    wrong = or_(
        and_(is_offered, Booking.offer_until.is_(None)),
        and_(not_(is_offered), Booking.offer_until.is_not(None)),
        and_(places.LIVE, not_(is_offered), Booking.proved_at.is_(None), Booking.hold_until.is_(None)),
    )
    for (number,) in rows(select(Booking.id).where(wrong).order_by(Booking.id)):
        yield Found(Fault.TIMES, "booking", number)


def _letters(moment: datetime) -> Iterator[Found]:
    """Changes of the last days of which no letter was put into words at the same moment."""
    since = moment - LETTERS_OF_THE_LAST
    posted: dict[int, list[tuple[str, datetime]]] = {}
    letters = select(OutgoingLetter.about_id, OutgoingLetter.letter, OutgoingLetter.created_at)
    about_bookings = (OutgoingLetter.about_kind == "booking", OutgoingLetter.created_at >= since - AT_ONCE)
    for number, letter, created_at in rows(letters.where(*about_bookings)):
        posted.setdefault(number, []).append((letter, created_at))
    changes = select(Entry.subject_id, Entry.action, Entry.at).where(
        Entry.subject_kind == "booking", Entry.at >= since, Entry.action.in_([str(did) for did in CHANGES])
    )
    for number, action, at in rows(changes.order_by(Entry.id)):
        telling = CHANGES[Did(action)]
        if not any(letter in telling and abs(when - at) < AT_ONCE for letter, when in posted.get(number, ())):
            yield Found(Fault.NO_LETTER, "booking", number)
