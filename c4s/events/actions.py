"""What can be done with events and places: each verb is one unit of work."""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select

from c4s.accounts.models import Person
from c4s.audit import trail
from c4s.audit.trail import Actor
from c4s.core import once, throttle
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.text import mailbox
from c4s.core.units import held, hold, unit_of_work
from c4s.events import filling, letters, queries, rules
from c4s.events.models import AccessNeed, Booking, Event, RememberedNeed
from c4s.events.rules import (
    BookingState,
    Did,
    EventKind,
    EventState,
    WhyNot,
)
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel

log = logging.getLogger("c4s")

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
    others: tuple[str, ...] = ()
    """The names of those who come along."""
    part_ok: bool = False
    """Whether they would take fewer places than they ask for."""
    session_id: int | None = None
    """The slot of an advice surgery that they chose."""

    @property
    def party(self) -> int:
        """How many they are."""
        return 1 + len(self.others)

    @property
    def email_key(self) -> str:
        return self.address.casefold() if self.channel == Channel.EMAIL else ""


@dataclass(frozen=True)
class Answer:
    """What somebody who signed up is told: the same whether or not their address had a place already."""

    booking_id: int
    state: BookingState
    prove_by: datetime | None
    """By when the address is to be proved, or the offer answered."""

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
    person_id: int | None = None,
    remember: bool = False,
    entered_by_id: int | None = None,
    by: str = Actor.VISITOR,
) -> Answer:
    """Give somebody a place, or a place in the queue; told and recorded in the same commit.

    An address that has a live place gets no second one: a letter tells its owner, and the answer is
    the one that a stranger's address would have had. Those who may know are told at once, by a refusal.

    Args:
        key: the random key of the form, by which a repeat is known; empty for none.
        network: where the request came from, as ``throttle.network_of`` says; empty for our own commands.
        per_network: how many people one network may sign up in ``rules.NETWORK_WINDOW``.
        person_id: whoever signs up with their account: the address is theirs, so the place is at once.
        remember: whether they would have what they need remembered for next time; otherwise it is forgotten.
        entered_by_id: the member of staff who signs somebody up, by phone or at the door: also before sign-up opens
            and after it has closed, and with nothing to prove.

    Raises:
        Refused: with a ``WhyNot``, of which ``ALREADY_BOOKED`` carries ``booking_id``; with ``TooMany``; with
            ``NotAgain`` when the key was used otherwise.
    """
    event = held(Event, event_id)
    moment = now()
    earlier = once.earlier_result(key, once.fingerprint(event_id, asdict(sign_up))) if key else None
    if earlier is not None:
        return Answer.read(earlier)
    actor_id = person_id if entered_by_id is None else entered_by_id
    by = by if actor_id is None else trail.person(actor_id)
    if entered_by_id is None:
        rules.may_book(event.state, event.opens_at, event.closes_at, event.ends_at, moment)
    else:
        rules.may_enter(event.state, event.ends_at, moment)
    most = rules.most_at_once(event.kind, event.party_limit)
    if sign_up.party > most:
        raise Refused(WhyNot.PARTY_TOO_LARGE, most=most)
    if network:
        # What a stranger can take from others is places: a party counts as many times as it has people. One that is
        # larger than the limit may come, as the only one in that time.
        hour, party = rules.NETWORK_WINDOW, sign_up.party
        throttle.count_network("sign-up", network, limit=max(per_network, party), window=hour, times=party)
        if sign_up.channel != Channel.EMAIL:
            few = max(rules.PER_NETWORK_WITHOUT_PROOF, party)
            throttle.count_network("sign-up without proof", network, limit=few, window=hour, times=party)
        by_email = sign_up.channel == Channel.EMAIL
        address = mailbox(sign_up.address) if by_email else sign_up.address.casefold()
        throttle.count("letter", f"{sign_up.channel} {address}", limit=rules.PER_ADDRESS, window=rules.ADDRESS_WINDOW)

    seen = filling.settled(event, moment)
    booking, reference = _theirs_or_reference(event_id, sign_up.email_key)
    if booking and actor_id is not None:
        raise Refused(WhyNot.ALREADY_BOOKED, booking_id=booking.id)
    is_proved = sign_up.channel != Channel.EMAIL or actor_id is not None
    kept = _kept_for(event, sign_up, seen, moment, is_proved=is_proved)
    if booking:
        waits = booking.state == BookingState.WAITING
        letters.already_have_a_place(booking, queries.position(booking) if waits else None)
    else:
        booking = _added(event, sign_up, reference, kept, moment, is_proved=is_proved)
        booking.entered_by_id = entered_by_id
        if person_id is not None:
            _remember(person_id, sign_up.needs if remember else "", moment)
        trail.record(DID[kept.state], "booking", booking.id, by=by, event=event_id, party=sign_up.party)
        tell_how_it_stands(booking)
    answer = Answer(booking.id, kept.state, kept.until)
    if key:
        once.remember(key, answer.kept())
    return answer


DID = {
    BookingState.CONFIRMED: Did.CONFIRMED,
    BookingState.OFFERED: Did.OFFERED,
    BookingState.WAITING: Did.JOINED_WAITING_LIST,
}
"""What the trail says of a sign-up, by where it led."""


def _remember(person_id: int, needs: str, moment: datetime) -> None:
    db.session.execute(delete(RememberedNeed).where(RememberedNeed.person_id == person_id))
    if needs:
        db.session.add(RememberedNeed(person_id=person_id, needs=needs, consented_at=moment))


@unit_of_work
def forget_needs(person_id: int) -> None:
    """Forget what somebody asked us to remember for their next sign-up. Doing it again changes nothing."""
    _remember(person_id, "", now())


def leave(person: Person) -> None:
    """Forget what we remember of somebody whose account closes; a part of that unit of work."""
    _remember(person.id, "", now())


@dataclass(frozen=True)
class Kept:
    """What is kept for somebody who signs up.

    Attributes:
        places: how many they hold, are offered or wait for.
        until: by when they must prove their address, or answer the offer.
        slot_id: the time of an advice surgery.
    """

    state: BookingState
    places: int
    until: datetime | None
    slot_id: int | None


def _kept_for(event: Event, asked: SignUp | Booking, seen: queries.Tally, moment: datetime, *, is_proved: bool) -> Kept:
    """What there is for people who ask now.

    Raises:
        Refused: ``SLOT_TAKEN`` when the time that they chose is no longer free, ``NO_SLOT_CHOSEN`` when one is
            free for them and they chose none.
    """
    has_slots = event.kind == EventKind.ADVICE_SURGERY
    free_slots = queries.free_slots(event.id, moment) if has_slots else []
    places = _places(event, seen, len(free_slots) if has_slots else None)
    party = 1 + len(asked.others)
    state = rules.place_for(places, party, part_ok=asked.part_ok)
    until = None if is_proved else rules.proof_until(moment, event.starts_at)
    if state == BookingState.OFFERED:
        time_to_answer = filling.TIME_TO_ANSWER[asked.channel]
        until_answer = rules.offer_until(moment, event.starts_at, time_to_answer=time_to_answer, is_proved=is_proved)
        if until_answer:
            return Kept(state, places.left, until_answer, None)
        state = BookingState.WAITING
    slot_id = None
    if has_slots and state == BookingState.CONFIRMED:
        slot_id = asked.session_id
        if slot_id is None:
            raise Refused(WhyNot.NO_SLOT_CHOSEN)
        if slot_id not in {slot.id for slot in free_slots}:
            raise Refused(WhyNot.SLOT_TAKEN)
    return Kept(state, party, until, slot_id)


def _places(event: Event, seen: queries.Tally, free_slots: int | None = None) -> rules.Places:
    """How things stand at an event.

    Args:
        free_slots: times of an advice surgery that nobody has; there are no more places than these.
    """
    capacity = event.capacity if free_slots is None else min(event.capacity, seen.taken + free_slots)
    return rules.Places(capacity, seen.taken, seen.waiting, seen.least)


def tell_how_it_stands(booking: Booking) -> None:
    """Write to somebody how their live place stands; a part of the unit of work that it tells of."""
    if booking.state == BookingState.WAITING:
        letters.joined_waiting_list(booking, queries.position(booking))
    elif booking.state == BookingState.OFFERED:
        letters.place_offered(booking)
    elif booking.is_proved:
        letters.place_booked(booking)
    else:
        letters.place_to_confirm(booking)


def _added(
    event: Event,
    sign_up: SignUp,
    reference: str,
    kept: Kept,
    moment: datetime,
    *,
    is_proved: bool,
) -> Booking:
    is_offered = kept.state == BookingState.OFFERED
    booking = Booking(
        reference=reference,
        event=event,
        state=kept.state,
        name=sign_up.name,
        channel=sign_up.channel,
        email=sign_up.address if sign_up.channel == Channel.EMAIL else "",
        email_key=sign_up.email_key,
        phone=sign_up.address if sign_up.channel == Channel.PHONE else "",
        postal_address=sign_up.address if sign_up.channel == Channel.POST else "",
        language_written=sign_up.language_written,
        language_spoken=sign_up.language_spoken,
        asked_in=sign_up.asked_in,
        party=kept.places,
        others=list(sign_up.others),
        part_ok=sign_up.part_ok,
        session_id=kept.slot_id,
        proved_at=moment if is_proved else None,
        hold_until=None if is_offered else kept.until,
        offer_until=kept.until if is_offered else None,
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
        reference = rules.reference_from(
            "".join(secrets.choice(rules.REFERENCE_LETTERS) for _ in range(rules.REFERENCE_LENGTH))
        )
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
    kept = _kept_for(event, booking, filling.settled(event, moment), moment, is_proved=True)
    booking.state, booking.party, booking.session_id = kept.state, kept.places, kept.slot_id
    booking.offer_until = kept.until
    booking.proved_at = booking.joined_at = moment
    booking.ended_at = None
    trail.record(Did.CAME_BACK, "booking", booking.id, by=by, state=str(booking.state))
    tell_how_it_stands(booking)
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
    booking, event = _held(booking_id)
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
    booking, event = _held(booking_id)
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
    booking, event = _held(booking_id)
    moment = now()
    rules.may_take_part(event.state, event.ends_at, moment)
    is_late = rules.has_lapsed(booking.offer_until, moment) or rules.has_lapsed(booking.hold_until, moment)
    if booking.session_id is None or booking.state not in rules.HOLDS_A_PLACE or is_late:
        raise Refused(WhyNot.NOT_THIS_STATE)
    if booking.session_id != session_id:
        if session_id not in {slot.id for slot in queries.free_slots(event.id, moment)}:
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
    booking, _ = _held(booking_id)
    there = db.session.get_one(Event, to_event_id)
    if not rules.is_live(booking.state):
        raise Refused(WhyNot.NOT_THIS_STATE)
    if not booking.is_proved:
        raise Refused(WhyNot.NOT_PROVED)
    rules.may_enter(there.state, there.ends_at, moment)
    most = rules.most_at_once(there.kind, there.party_limit)
    if booking.asked > most:
        raise Refused(WhyNot.PARTY_TOO_LARGE, most=most)
    theirs, reference = _theirs_or_reference(to_event_id, booking.email_key)
    if theirs:
        raise Refused(WhyNot.ALREADY_BOOKED, booking_id=theirs.id)
    has_slots = there.kind == EventKind.ADVICE_SURGERY
    seen, free_slots = filling.settled(there, moment), queries.free_slots(to_event_id, moment) if has_slots else []
    if booking.asked > _places(there, seen, len(free_slots) if has_slots else None).left:
        raise Refused(WhyNot.FULL)
    known = queries.needs_of(booking_id)
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
    kept = Kept(BookingState.CONFIRMED, booking.asked, None, free_slots[0].id if free_slots else None)
    moved = _added(there, sign_up, reference, kept, moment, is_proved=True)
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
    booking, _ = _held(booking_id)
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
def looked_at_times(event_id: int, *, by: str) -> None:
    """Note that a member of staff saw who has which time of an advice surgery."""
    trail.record(Did.LOOKED_AT_TIMES, "event", event_id, by=by)


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
    bookings = db.session.execute(delete(Booking).where(of_events_before(moment - rules.KEEP_BOOKINGS)))
    return needs.rowcount, bookings.rowcount  # type: ignore[attr-defined]
