"""Places that are free go to those who wait, and what is past its time lapses first."""

import logging
from datetime import datetime

from c4s.audit import trail
from c4s.audit.trail import Actor
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import held, one_by_one, unit_of_work
from c4s.events import letters, places, rules
from c4s.events.models import Booking, Event
from c4s.events.rules import BookingState, Did, EventKind, EventState
from c4s.mail.models import Channel

log = logging.getLogger("c4s")

TIME_TO_ANSWER = {Channel.EMAIL: rules.OFFER, Channel.PHONE: rules.OFFER_BY_PHONE, Channel.POST: rules.OFFER_BY_POST}
"""How long an offer lasts, by the way that it travels."""


@unit_of_work
def fill_places(event_id: int) -> None:
    """Offer every free place to those who wait, first come, first served. Doing it again changes nothing."""
    event = held(Event, event_id)
    moment = now()
    settled(event, moment)
    offer_free_places(event, moment)


def settled(event: Event, moment: datetime) -> places.Tally:
    """How the places stand once what is past its time has lapsed, and its places are offered on."""
    seen = places.tally(event.id, moment)
    if not seen.overdue:
        return seen
    for booking in places.overdue(event.id, moment):
        was = booking.state
        end(booking, BookingState.LAPSED, moment)
        if was == BookingState.OFFERED:
            letters.offer_lapsed(booking)
        else:
            letters.place_lapsed(booking, was)
        trail.record(Did.LAPSED, "booking", booking.id, by=Actor.WORKER, was=str(was))
    offer_free_places(event, moment)
    return places.tally(event.id, moment)


def offer_free_places(event: Event, moment: datetime) -> None:
    """Offer what is free. The event is held, and nothing is overdue."""
    db.session.flush()
    seen = places.tally(event.id, moment)
    free = event.capacity - seen.taken
    if event.state != EventState.PUBLISHED or free <= 0 or not seen.waiting:
        return
    has_slots = event.kind == EventKind.ADVICE_SURGERY
    free_slots = places.free_slots(event.id, moment) if has_slots else []
    for offer in rules.next_offers(min(free, len(free_slots)) if has_slots else free, places.queue(event.id)):
        booking = db.session.get_one(Booking, offer.booking_id)
        time_to_answer = TIME_TO_ANSWER[booking.channel]
        until = rules.offer_until(moment, event.starts_at, time_to_answer=time_to_answer, is_proved=booking.is_proved)
        if until is None:
            break
        booking.state, booking.party = BookingState.OFFERED, offer.places
        booking.offer_until, booking.hold_until = until, None
        if has_slots:
            booking.session_id = free_slots.pop(0).id
        db.session.flush()
        db.session.expire(booking, ["slot"])
        letters.place_offered(booking)
        until_text = until.isoformat()
        trail.record(Did.OFFERED, "booking", booking.id, by=Actor.WORKER, until=until_text, party=offer.places)
    db.session.flush()


def lapse_due(moment: datetime | None = None) -> int:
    """End every hold and offer past its time and offer the places on; each event is its own unit of work.

    For the worker, as often as it likes. Says how many events had something to end, and have ended it.
    """
    due = places.events_to_settle(moment or now())
    return one_by_one(due, _passed_on, log, "The places of event %s were not passed on")


def _passed_on(event_id: int) -> bool:
    fill_places(event_id)
    return True


def end(booking: Booking, state: BookingState, moment: datetime) -> None:
    """Let a sign-up end: it holds no place, and waits for none, any more.

    Args:
        state: ``CANCELLED`` or ``LAPSED``.
    """
    booking.state, booking.ended_at = state, moment
    booking.hold_until = booking.offer_until = None
