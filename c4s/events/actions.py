"""What can be done with events and places: each verb is one unit of work."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select

from c4s.audit import trail
from c4s.audit.trail import Actor
from c4s.core import once, throttle
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.text import mailbox, tidy
from c4s.core.units import held, hold, unit_of_work
from c4s.events import letters, queries, rules
from c4s.events.models import AccessNeed, Booking, Event, Venue
from c4s.events.rules import (
    BookingState,
    DeliveryLanguage,
    Did,
    EventKind,
    EventState,
    MaterialsLanguage,
    WhyNot,
)
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel

NOTHING = Bilingual()


@dataclass(frozen=True)
class SignUp:
    """What somebody who wants a place tells us: tidied, and checked by the form that took it."""

    name: str
    channel: Channel
    address: str
    """An email address, a telephone number or the lines of a postal address, as ``channel`` says."""
    language_written: str
    """``cy``, ``en`` or ``both``."""
    language_spoken: str
    """``cy`` or ``en``."""
    asked_in: str
    """The language of the page that asked."""
    needs: str = ""
    """Access needs, given with consent."""

    @property
    def email_key(self) -> str:
        return self.address.casefold() if self.channel == Channel.EMAIL else ""


@dataclass(frozen=True)
class Answer:
    """What somebody who signed up is told: the same whether or not their address had a place already."""

    booking_id: int
    state: BookingState
    prove_by: datetime | None

    def kept(self) -> str:
        """As one short text, for the next time that the same form is sent."""
        return f"{self.booking_id} {self.state} {self.prove_by.isoformat() if self.prove_by else '-'}"

    @classmethod
    def read(cls, kept: str) -> "Answer":
        number, state, until = kept.split()
        return cls(int(number), BookingState(state), None if until == "-" else datetime.fromisoformat(until))


@unit_of_work
def book_place(
    event_id: int,
    sign_up: SignUp,
    *,
    key: str = "",
    network: str = "",
    per_network: int = rules.PER_NETWORK,
    by: str = Actor.VISITOR,
) -> Answer:
    """Give somebody a place, or a place in the queue; told and recorded in the same commit.

    An address that has a live place gets no second one: a letter tells its owner, and the answer is
    the one that a stranger's address would have had.

    Args:
        key: the random key of the form, by which a repeat is known; empty for none.
        network: where the request came from, as ``throttle.network_of`` says; empty for our own commands.
        per_network: how many sign-ups one network may make in ``rules.NETWORK_WINDOW``.

    Raises:
        Refused: with a ``WhyNot``; with ``TooMany``; with ``NotAgain`` when the key was used otherwise.
    """
    event = held(Event, event_id)
    moment = now()
    earlier = once.earlier_result(key, once.fingerprint(event_id, asdict(sign_up))) if key else None
    if earlier is not None:
        return Answer.read(earlier)
    rules.may_book(event.state, event.opens_at, event.closes_at, event.ends_at, moment)
    if network:
        throttle.count_network("sign-up", network, limit=per_network, window=rules.NETWORK_WINDOW)
        if sign_up.channel != Channel.EMAIL:
            few = rules.PER_NETWORK_WITHOUT_PROOF
            throttle.count_network("sign-up without proof", network, limit=few, window=rules.NETWORK_WINDOW)
        by_email = sign_up.channel == Channel.EMAIL
        address = mailbox(sign_up.address) if by_email else sign_up.address.casefold()
        throttle.count("letter", f"{sign_up.channel} {address}", limit=rules.PER_ADDRESS, window=rules.ADDRESS_WINDOW)

    seen = _settled(event, moment)
    state = rules.place_for(seen.taken, seen.waiting, event.capacity)
    needs_proof = sign_up.channel == Channel.EMAIL
    prove_by = rules.proof_until(moment, event.starts_at) if needs_proof else None
    booking, reference = _theirs_or_reference(event_id, sign_up.email_key)
    if booking:
        waits = booking.state == BookingState.WAITING
        letters.already_have_a_place(booking, queries.position(booking) if waits else None)
    else:
        booking = _added(event, sign_up, reference, state, moment, prove_by)
        did = Did.JOINED_WAITING_LIST if state == BookingState.WAITING else Did.CONFIRMED
        if state == BookingState.WAITING:
            letters.joined_waiting_list(booking, seen.waiting + 1)
        elif needs_proof:
            letters.place_to_confirm(booking)
        else:
            letters.place_booked(booking)
        trail.record(did, "booking", booking.id, by=by, event=event_id)
    answer = Answer(booking.id, state, prove_by)
    if key:
        once.remember(key, answer.kept())
    return answer


def _added(
    event: Event,
    sign_up: SignUp,
    reference: str,
    state: BookingState,
    moment: datetime,
    prove_by: datetime | None,
) -> Booking:
    booking = Booking(
        reference=reference,
        event=event,
        state=state,
        name=sign_up.name,
        channel=sign_up.channel,
        email=sign_up.address if sign_up.channel == Channel.EMAIL else "",
        email_key=sign_up.email_key,
        phone=sign_up.address if sign_up.channel == Channel.PHONE else "",
        postal_address=sign_up.address if sign_up.channel == Channel.POST else "",
        language_written=sign_up.language_written,
        language_spoken=sign_up.language_spoken,
        asked_in=sign_up.asked_in,
        party=1,
        proved_at=None if prove_by else moment,
        hold_until=prove_by,
        joined_at=moment,
        sequence=0,
    )
    db.session.add(booking)
    db.session.flush()
    if sign_up.needs:
        db.session.add(AccessNeed(booking_id=booking.id, needs=sign_up.needs, consented_at=moment))
    return booking


def _theirs_or_reference(event_id: int, email_key: str) -> tuple[Booking | None, str]:
    """The live booking that an address has already, and a reference that none has: one question for both."""
    while True:
        reference = rules.reference_from("".join(secrets.choice(rules.REFERENCE_LETTERS) for _ in range(8)))
        booking, is_used = queries.in_the_way(event_id, email_key, reference)
        if booking or not is_used:
            return booking, reference


def _held(booking_id: int) -> tuple[Booking, Event]:
    """A booking and its event, the event held: nobody else changes its places until we are done."""
    booking = db.session.get_one(Booking, booking_id)
    event = booking.event
    hold(event)
    db.session.refresh(booking)
    return booking, event


@unit_of_work
def prove(booking_id: int, *, by: str = Actor.VISITOR) -> Did:
    """Somebody opened the link in their letter and pressed the button: the address is theirs.

    Too late for the place that was kept, they get one if there is one, or else the end of the queue.
    Doing it again changes nothing.

    Returns:
        ``PROVED``, or ``CAME_BACK`` when it was too late for the place that was kept.

    Raises:
        Refused: with a ``WhyNot`` when there is nothing left to prove it for: ``CANCELLED`` or ``OVER`` with the
            event, ``NOT_THIS_STATE`` when the place was given up, or as ``rules.may_book`` when it had lapsed.
    """
    booking, event = _held(booking_id)
    moment = now()
    if rules.is_live(booking.state):
        if not booking.is_proved:
            rules.may_take_part(event.state, event.ends_at, moment)
            booking.proved_at, booking.hold_until = moment, None
            trail.record(Did.PROVED, "booking", booking.id, by=by)
            if booking.state == BookingState.CONFIRMED:
                letters.place_booked(booking)
        return Did.PROVED
    if not rules.may_come_back(booking.state, booking.is_proved):
        raise Refused(WhyNot.NOT_THIS_STATE)
    rules.may_book(event.state, event.opens_at, event.closes_at, event.ends_at, moment)
    if queries.live_booking(event.id, booking.email_key):
        raise Refused(WhyNot.ALREADY_BOOKED)
    seen = _settled(event, moment)
    booking.state = rules.place_for(seen.taken, seen.waiting, event.capacity)
    booking.proved_at = booking.joined_at = moment
    booking.ended_at = None
    if booking.state == BookingState.CONFIRMED:
        letters.place_booked(booking)
    else:
        letters.joined_waiting_list(booking, seen.waiting + 1)
    trail.record(Did.CAME_BACK, "booking", booking.id, by=by, state=str(booking.state))
    return Did.CAME_BACK


@unit_of_work
def cancel(booking_id: int, *, by: str = Actor.VISITOR) -> Did:
    """Give up a place, a turn in the queue or an offer, for good; the next person is offered what comes free.

    Returns:
        ``CANCELLED`` or ``LEFT_WAITING_LIST``.

    Raises:
        Refused: ``NOT_THIS_STATE`` when nothing is left to give up, ``OVER`` after the event.
    """
    booking, event = _held(booking_id)
    did = Did.LEFT_WAITING_LIST if booking.state == BookingState.WAITING else Did.CANCELLED
    _give_up(booking, event, did, by)
    return did


@unit_of_work
def decline_offer(booking_id: int, *, by: str = Actor.VISITOR) -> Did:
    """Let the next person have the place.

    Raises:
        Refused: as ``rules.may_accept``.
    """
    booking, event = _held(booking_id)
    rules.may_accept(booking.state, booking.offer_until, now())
    _give_up(booking, event, Did.DECLINED, by)
    return Did.DECLINED


def _give_up(booking: Booking, event: Event, did: Did, by: str) -> None:
    moment = now()
    if not rules.is_live(booking.state):
        raise Refused(WhyNot.NOT_THIS_STATE)
    if moment >= event.ends_at:
        raise Refused(WhyNot.OVER)
    was = booking.state
    _end(booking, BookingState.CANCELLED, moment)
    booking.sequence += 1
    db.session.execute(delete(AccessNeed).where(AccessNeed.booking_id == booking.id))
    letters.place_given_up(booking, was)
    trail.record(did, "booking", booking.id, by=by, was=str(was))
    _settled(event, moment)
    _offer_free_places(event, moment)


def _end(booking: Booking, state: BookingState, moment: datetime) -> None:
    booking.state, booking.ended_at = state, moment
    booking.hold_until = booking.offer_until = None


@unit_of_work
def accept_offer(booking_id: int, *, by: str = Actor.VISITOR) -> Did:
    """Take the place offered; whoever could open the link has proved the address too.

    Raises:
        Refused: as ``rules.may_take_part`` and ``rules.may_accept``.
    """
    booking, event = _held(booking_id)
    moment = now()
    rules.may_take_part(event.state, event.ends_at, moment)
    rules.may_accept(booking.state, booking.offer_until, moment)
    booking.state, booking.offer_until = BookingState.CONFIRMED, None
    booking.proved_at = booking.proved_at or moment
    letters.place_booked(booking)
    trail.record(Did.ACCEPTED, "booking", booking.id, by=by)
    return Did.ACCEPTED


@unit_of_work
def change_details(
    booking_id: int,
    *,
    name: str,
    language_written: str,
    language_spoken: str,
    needs: str,
    by: str = Actor.VISITOR,
) -> None:
    """Change what somebody told us; the trail keeps which details, not what they were.

    Args:
        needs: access needs, given with consent; empty removes them.

    Raises:
        Refused: ``NOT_THIS_STATE`` when the place has been given up or has lapsed.
    """
    booking, _ = _held(booking_id)
    if not rules.is_live(booking.state):
        raise Refused(WhyNot.NOT_THIS_STATE)
    given = {"name": name, "language_written": language_written, "language_spoken": language_spoken}
    changed = [field for field, value in given.items() if getattr(booking, field) != value]
    for field, value in given.items():
        setattr(booking, field, value)
    known = queries.needs_of(booking_id)
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
def fill_places(event_id: int) -> None:
    """Offer every free place to those who wait, first come, first served. Doing it again changes nothing."""
    event = held(Event, event_id)
    moment = now()
    _settled(event, moment)
    _offer_free_places(event, moment)


def _settled(event: Event, moment: datetime) -> queries.Tally:
    """How the places stand once what is past its time has lapsed, and its places are offered on."""
    seen = queries.tally(event.id, moment)
    if not seen.overdue:
        return seen
    for booking in queries.overdue(event.id, moment):
        was = booking.state
        _end(booking, BookingState.LAPSED, moment)
        if was == BookingState.OFFERED:
            letters.offer_lapsed(booking)
        else:
            letters.place_lapsed(booking, was)
        trail.record(Did.LAPSED, "booking", booking.id, by=Actor.WORKER, was=str(was))
    _offer_free_places(event, moment)
    return queries.tally(event.id, moment)


def _offer_free_places(event: Event, moment: datetime) -> None:
    """Offer what is free. The event is held, and nothing is overdue."""
    db.session.flush()
    seen = queries.tally(event.id, moment)
    free = event.capacity - seen.taken
    if event.state != EventState.PUBLISHED or free <= 0 or not seen.waiting:
        return
    for booking_id in rules.next_offers(free, queries.queue(event.id)):
        booking = db.session.get_one(Booking, booking_id)
        by_post = booking.channel == Channel.POST
        until = rules.offer_until(moment, event.starts_at, is_proved=booking.is_proved, by_post=by_post)
        if until is None:
            return
        booking.state = BookingState.OFFERED
        booking.offer_until, booking.hold_until = until, None
        letters.place_offered(booking)
        trail.record(Did.OFFERED, "booking", booking_id, by=Actor.WORKER, until=until.isoformat())
    db.session.flush()


def lapse_due(moment: datetime | None = None) -> int:
    """End every hold and offer past its time and offer the places on; each event is its own unit of work.

    For the worker, as often as it likes. Says how many events had something to end.
    """
    events = queries.events_to_settle(moment or now())
    for event_id in events:
        fill_places(event_id)
    return len(events)


@unit_of_work
def forget_old(moment: datetime | None = None) -> tuple[int, int]:
    """Remove access needs 30 days after their event, and bookings 12 months after it; the trail stays.

    Returns:
        how many of each.
    """
    moment = moment or now()

    def of_events_before(limit: datetime) -> ColumnElement[bool]:
        return Booking.event_id.in_(select(Event.id).where(Event.ends_at < limit))

    old = select(Booking.id).where(of_events_before(moment - rules.KEEP_NEEDS))
    needs = db.session.execute(delete(AccessNeed).where(AccessNeed.booking_id.in_(old)))
    bookings = db.session.execute(delete(Booking).where(of_events_before(moment - rules.KEEP_BOOKINGS)))
    return needs.rowcount, bookings.rowcount  # type: ignore[attr-defined]


@unit_of_work
def create_venue(
    *,
    name: Bilingual,
    address: Sequence[str] = (),
    postcode: str = "",
    area_id: int | None = None,
    step_free: bool = False,
    hearing_loop: bool = False,
    quiet_space: bool = False,
    access_notes: Bilingual = NOTHING,
    parking: Bilingual = NOTHING,
    transport: Bilingual = NOTHING,
) -> Venue:
    """Add a place that events are held at."""
    venue = Venue(
        name=name,
        address=[tidy(line) for line in address],
        postcode=postcode,
        area_id=area_id,
        step_free=step_free,
        hearing_loop=hearing_loop,
        quiet_space=quiet_space,
        access_notes=access_notes,
        parking=parking,
        transport=transport,
    )
    db.session.add(venue)
    db.session.flush()
    return venue


@unit_of_work
def create_event(
    *,
    kind: EventKind,
    title: Bilingual,
    summary: Bilingual,
    starts_at: datetime,
    ends_at: datetime,
    capacity: int,
    delivery_language: DeliveryLanguage,
    materials_language: MaterialsLanguage,
    description: Bilingual = NOTHING,
    joining_notes: Bilingual = NOTHING,
    audience: Bilingual = NOTHING,
    cost: Bilingual = NOTHING,
    trainer: str = "",
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    venue_id: int | None = None,
    online: bool = False,
    online_address: str = "",
    area_id: int | None = None,
    welsh_offer: Bilingual = NOTHING,
    state: EventState = EventState.PUBLISHED,
    by: str = Actor.COMMAND,
) -> Event:
    """Add an event, on the public pages at once unless ``state`` says otherwise.

    Args:
        closes_at: when sign-up closes; when the event starts, when left out.
        area_id: the area it is listed under; the venue's, when left out.

    Raises:
        Refused: as ``rules.may_publish``, for an event that is to be published.
    """
    texts = {
        "title": title,
        "summary": summary,
        "description": description,
        "joining_notes": joining_notes,
        "audience": audience,
        "cost": cost,
        "welsh_offer": welsh_offer,
    }
    if state == EventState.PUBLISHED:
        both = {name: (text.cy, text.en) for name, text in texts.items()}
        rules.may_publish(both, {"title", "summary"}, delivery_language)
    moment = now()
    venue = db.session.get_one(Venue, venue_id) if venue_id is not None else None
    event = Event(
        kind=kind,
        state=state,
        **texts,
        trainer=trainer,
        starts_at=starts_at,
        ends_at=ends_at,
        opens_at=opens_at,
        closes_at=closes_at or starts_at,
        capacity=capacity,
        venue=venue,
        online=online,
        online_address=online_address,
        area_id=area_id if area_id is not None or venue is None else venue.area_id,
        delivery_language=delivery_language,
        materials_language=materials_language,
        sequence=0,
        turn=0,
        created_at=moment,
        updated_at=moment,
    )
    db.session.add(event)
    db.session.flush()
    trail.record(Did.EVENT_CREATED, "event", event.id, by=by)
    return event


@unit_of_work
def change_capacity(event_id: int, capacity: int, *, by: str = Actor.COMMAND) -> None:
    """Change how many places there are; new ones are offered to those who wait.

    Raises:
        Refused: ``FEWER_THAN_TAKEN`` with ``taken``, when people would lose their places.
    """
    event = held(Event, event_id)
    moment = now()
    seen = _settled(event, moment)
    if capacity < seen.taken:
        raise Refused(WhyNot.FEWER_THAN_TAKEN, taken=seen.taken)
    trail.record(Did.CAPACITY_CHANGED, "event", event_id, by=by, was=event.capacity, now=capacity)
    event.capacity = capacity
    _offer_free_places(event, moment)
