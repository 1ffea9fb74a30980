"""What can be done with a place once somebody has signed up, and what is forgotten: each verb is one unit of work."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select

from c4s.accounts.models import Person
from c4s.audit import trail
from c4s.audit.trail import Actor
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import held, unit_of_work
from c4s.events import bookings, filling, letters, places, rules, steps
from c4s.events.models import AccessNeed, Booking, Event
from c4s.events.rules import BookingState, Did, EventKind, EventState, WhyNot
from c4s.events.steps import SignUp


@unit_of_work
def cancel(booking_id: int, *, by: str = Actor.VISITOR) -> Did:
    """Give up a place, a turn in the queue or an offer, for good; the next person is offered what comes free.

    Returns:
        ``CANCELLED`` or ``LEFT_WAITING_LIST``.

    Raises:
        Refused: ``NOT_THIS_STATE`` when nothing is left to give up, ``OVER`` after the event.
    """
    booking, event = steps.held_booking(booking_id)
    did = Did.LEFT_WAITING_LIST if booking.state == BookingState.WAITING else Did.CANCELLED
    _give_up(booking, event, did, by)
    return did


@unit_of_work
def decline_offer(booking_id: int, *, by: str = Actor.VISITOR) -> Did:
    """Let the next person have the place.

    Raises:
        Refused: as ``rules.may_accept``.
    """
    booking, event = steps.held_booking(booking_id)
    rules.may_accept(booking.state, booking.offer_until, now())
    _give_up(booking, event, Did.DECLINED, by)
    return Did.DECLINED


def _give_up(booking: Booking, event: Event, did: Did, by: str) -> None:
    moment = now()
    if not rules.is_live(booking.state):
        raise Refused(WhyNot.NOT_THIS_STATE)
    if rules.is_over(event.state, event.ends_at, moment):
        raise Refused(WhyNot.OVER)
    was = booking.state
    filling.end(booking, BookingState.CANCELLED, moment)
    booking.sequence += 1
    db.session.execute(delete(AccessNeed).where(AccessNeed.booking_id == booking.id))
    letters.place_given_up(booking, was)
    trail.record(did, "booking", booking.id, by=by, was=str(was))
    filling.settled(event, moment)
    filling.offer_free_places(event, moment)


@unit_of_work
def accept_offer(booking_id: int, others: Sequence[str] | None = None, *, by: str = Actor.VISITOR) -> Did:
    """Take the places offered; whoever could open the link has proved the address too.

    Args:
        others: the names of those who come along, of those who were to. Those who were named first, as many as there
            are places for, when left out. Places that are then nobody's are offered on.

    Raises:
        Refused: as ``rules.may_take_part``, ``rules.may_accept`` and ``rules.those_kept``.
    """
    booking, event = steps.held_booking(booking_id)
    moment = now()
    rules.may_take_part(event.state, event.ends_at, moment)
    rules.may_accept(booking.state, booking.offer_until, moment)
    most = booking.party - 1
    kept = rules.those_kept(booking.others, booking.others[:most] if others is None else others, most)
    is_fewer = len(kept) < most
    booking.others, booking.party = kept, 1 + len(kept)
    booking.state, booking.offer_until = BookingState.CONFIRMED, None
    booking.proved_at = booking.proved_at or moment
    letters.place_booked(booking)
    trail.record(Did.ACCEPTED, "booking", booking.id, by=by, party=booking.party)
    if is_fewer:
        filling.settled(event, moment)
        filling.offer_free_places(event, moment)
    return Did.ACCEPTED


@unit_of_work
def keep_some(booking_id: int, others: Sequence[str], *, by: str = Actor.VISITOR) -> Did:
    """Give up some of the places of a party, or of those it waits for; what comes free is offered on.

    Args:
        others: the names of those who still come along; when these are all, nothing changes.

    Raises:
        Refused: as ``rules.may_take_part`` and ``rules.those_kept``; ``NOT_THIS_STATE`` when they neither have
            places nor wait for any.
    """
    booking, event = steps.held_booking(booking_id)
    moment = now()
    rules.may_take_part(event.state, event.ends_at, moment)
    if not rules.may_keep_some(booking.state, booking.party):
        raise Refused(WhyNot.NOT_THIS_STATE)
    kept = rules.those_kept(booking.others, others, len(booking.others))
    if len(kept) < len(booking.others):
        was, booking.others, booking.party = booking.party, kept, 1 + len(kept)
        letters.some_given_up(booking)
        trail.record(Did.GAVE_UP_SOME, "booking", booking.id, by=by, was=was, party=booking.party)
        filling.settled(event, moment)
        filling.offer_free_places(event, moment)
    return Did.GAVE_UP_SOME


@unit_of_work
def choose_slot(booking_id: int, session_id: int, *, by: str = Actor.VISITOR) -> Did:
    """Swap the time of an advice surgery for another that is free. Choosing one's own changes nothing.

    Raises:
        Refused: as ``rules.may_take_part``; ``NOT_THIS_STATE`` for somebody who has no time there, or an offer that
            is past its own; ``SLOT_TAKEN``.
    """
    booking, event = steps.held_booking(booking_id)
    moment = now()
    rules.may_take_part(event.state, event.ends_at, moment)
    is_late = rules.has_lapsed(booking.offer_until, moment) or rules.has_lapsed(booking.hold_until, moment)
    if booking.session_id is None or booking.state not in rules.HOLDS_A_PLACE or is_late:
        raise Refused(WhyNot.NOT_THIS_STATE)
    if booking.session_id != session_id:
        if session_id not in {slot.id for slot in places.free_slots(event.id, moment)}:
            raise Refused(WhyNot.SLOT_TAKEN)
        booking.session_id = session_id
        booking.sequence += 1
        db.session.flush()
        db.session.refresh(booking, ["slot"])
        letters.slot_chosen(booking)
        trail.record(Did.SLOT_CHOSEN, "booking", booking.id, by=by, slot=session_id)
        filling.offer_free_places(event, moment)
    return Did.SLOT_CHOSEN


@unit_of_work
def move(booking_id: int, to_event_id: int, *, by: str = Actor.VISITOR) -> int:
    """Give up places, or the wait for them, at one event and take as many at another, with one letter about both.

    At an advice surgery they get the first time that is free.

    Returns:
        the number of the booking there.

    Raises:
        Refused: ``NOT_THIS_STATE`` when there is nothing to move; ``NOT_PROVED`` while the address is not; as
            ``rules.may_enter``; ``PARTY_TOO_LARGE``; ``ALREADY_BOOKED`` with ``booking_id`` when the address has a
            place there; ``FULL`` when there are not enough places there that nobody waits for.
    """
    moment = now()
    from_event_id = db.session.get_one(Booking, booking_id).event_id
    if from_event_id == to_event_id:
        raise Refused(WhyNot.NOT_THIS_STATE)
    for event_id in sorted((from_event_id, to_event_id)):  # always in one order: no two moves wait for each other
        held(Event, event_id)
    booking, _ = steps.held_booking(booking_id)
    there = db.session.get_one(Event, to_event_id)
    if not rules.is_live(booking.state):
        raise Refused(WhyNot.NOT_THIS_STATE)
    if not booking.is_proved:
        raise Refused(WhyNot.NOT_PROVED)
    rules.may_enter(there.state, there.ends_at, moment)
    most = rules.most_at_once(there.kind, there.party_limit)
    if booking.asked > most:
        raise Refused(WhyNot.PARTY_TOO_LARGE, most=most)
    theirs, reference = steps.theirs_or_reference(to_event_id, booking.email_key)
    if theirs:
        raise Refused(WhyNot.ALREADY_BOOKED, booking_id=theirs.id)
    has_slots = there.kind == EventKind.ADVICE_SURGERY
    seen, free_slots = filling.settled(there, moment), places.free_slots(to_event_id, moment) if has_slots else []
    if booking.asked > places.standing(there.capacity, seen, len(free_slots) if has_slots else None).left:
        raise Refused(WhyNot.FULL)
    known = bookings.needs_of(booking_id)
    needs, consented_at = (known.needs, known.consented_at) if known else ("", moment)
    sign_up = SignUp(
        name=booking.name,
        channel=booking.channel,
        address=booking.address,
        language_written=booking.language_written,
        language_spoken=booking.language_spoken,
        asked_in=booking.asked_in,
        others=tuple(booking.others),
        part_ok=booking.part_ok,
    )
    kept = steps.Kept(BookingState.CONFIRMED, booking.asked, None, free_slots[0].id if free_slots else None)
    moved = steps.add(there, sign_up, reference, kept, moment, is_proved=True)
    moved.entered_by_id = booking.entered_by_id
    if needs:
        db.session.add(AccessNeed(booking_id=moved.id, needs=needs, consented_at=consented_at))
    had_a_place = booking.state == BookingState.CONFIRMED
    trail.record(Did.MOVED, "booking", booking_id, by=by, was=str(booking.state), to=moved.id)
    trail.record(Did.CONFIRMED, "booking", moved.id, by=by, event=to_event_id, party=moved.party)
    filling.end(booking, BookingState.CANCELLED, moment)
    booking.sequence += 1
    db.session.execute(delete(AccessNeed).where(AccessNeed.booking_id == booking_id))
    letters.place_moved(moved, booking, had_a_place=had_a_place)
    filling.settled(booking.event, moment)
    filling.offer_free_places(booking.event, moment)
    return moved.id


@unit_of_work
def change_details(
    booking_id: int,
    *,
    name: str,
    language_written: str,
    language_spoken: str,
    needs: str,
    others: Sequence[str] | None = None,
    by: str = Actor.VISITOR,
) -> None:
    """Change what somebody told us; the trail keeps which details, not what they were.

    Args:
        needs: access needs, given with consent; empty removes them.
        others: the names of those who come along, of whom there are as many as before; left out when none change.

    Raises:
        Refused: ``NOT_THIS_STATE`` when the place has been given up or has lapsed, or those who come along have
            become more or fewer.
    """
    booking, _ = steps.held_booking(booking_id)
    if not rules.is_live(booking.state):
        raise Refused(WhyNot.NOT_THIS_STATE)
    if others is not None and len(others) != len(booking.others):
        raise Refused(WhyNot.NOT_THIS_STATE)
    given: dict[str, object] = {
        "name": name,
        "language_written": language_written,
        "language_spoken": language_spoken,
        "others": booking.others if others is None else list(others),
    }
    changed = [field for field, value in given.items() if getattr(booking, field) != value]
    for field, value in given.items():
        setattr(booking, field, value)
    known = bookings.needs_of(booking_id)
    if needs != (known.needs if known else ""):
        changed.append("needs")
        if known:
            db.session.delete(known)
            db.session.flush()
        if needs:
            db.session.add(AccessNeed(booking_id=booking_id, needs=needs, consented_at=now()))
    if changed:
        trail.record(Did.CHANGED, "booking", booking_id, by=by, fields=changed)


@unit_of_work
def looked_at_times(event_id: int, *, by: str) -> None:
    """Note that a member of staff saw who has which time of an advice surgery."""
    trail.record(Did.LOOKED_AT_TIMES, "event", event_id, by=by)


@unit_of_work
def forget_needs(person_id: int) -> None:
    """Forget what somebody asked us to remember for their next sign-up. Doing it again changes nothing."""
    steps.remember_needs(person_id, "", now())


def leave(person: Person) -> None:
    """Forget what we remember of somebody whose account closes; a part of that unit of work."""
    steps.remember_needs(person.id, "", now())


@unit_of_work
def forget_old(moment: datetime | None = None) -> tuple[int, int]:
    """Remove access needs 30 days after their event, and bookings 12 months after it; the trail stays.

    What people need at a postponed event is needed still: it goes with the bookings, 12 months after the old day.

    Returns:
        how many of each.
    """
    moment = moment or now()

    def of_events_before(limit: datetime) -> ColumnElement[bool]:
        return Booking.event_id.in_(select(Event.id).where(Event.ends_at < limit))

    was_held = Booking.event_id.in_(select(Event.id).where(Event.state != EventState.POSTPONED))
    old = select(Booking.id).where(of_events_before(moment - rules.KEEP_NEEDS), was_held)
    needs = db.session.execute(delete(AccessNeed).where(AccessNeed.booking_id.in_(old)))
    old_bookings = db.session.execute(delete(Booking).where(of_events_before(moment - rules.KEEP_BOOKINGS)))
    return needs.rowcount, old_bookings.rowcount  # type: ignore[attr-defined]
