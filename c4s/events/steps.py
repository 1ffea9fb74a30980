"""Steps that several actions about places share: each is a part of its caller's unit of work."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from c4s.core import read_aloud
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import hold
from c4s.events import bookings, filling, letters, places, rules
from c4s.events.models import AccessNeed, Booking, Event, RememberedNeed
from c4s.events.rules import BookingState, EventKind, WhyNot
from c4s.mail.models import Channel


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


def held_booking(booking_id: int) -> tuple[Booking, Event]:
    """A booking and its event, the event held: nobody else changes its places until we are done.

    Raises:
        NoResultFound: when there is no such booking.
    """
    booking = db.session.get_one(Booking, booking_id)
    event = booking.event
    hold(event)
    db.session.refresh(booking)
    return booking, event


def theirs_or_reference(event_id: int, email_key: str) -> tuple[Booking | None, str]:
    """The live booking that an address has already, and a reference that none has: one question for both."""
    while True:
        reference = read_aloud.grouped(read_aloud.drawn(rules.REFERENCE_LENGTH))
        booking, is_used = bookings.in_the_way(event_id, email_key, reference)
        if booking or not is_used:
            return booking, reference


def kept_for(event: Event, asked: SignUp | Booking, seen: places.Tally, moment: datetime, *, is_proved: bool) -> Kept:
    """What there is for people who ask now.

    Raises:
        Refused: ``SLOT_TAKEN`` when the time that they chose is no longer free, ``NO_SLOT_CHOSEN`` when one is
            free for them and they chose none.
    """
    has_slots = event.kind == EventKind.ADVICE_SURGERY
    free_slots = places.free_slots(event.id, moment) if has_slots else []
    standing = places.standing(event.capacity, seen, len(free_slots) if has_slots else None)
    party = 1 + len(asked.others)
    state = rules.place_for(standing, party, part_ok=asked.part_ok)
    until = None if is_proved else rules.proof_until(moment, event.starts_at)
    if state == BookingState.OFFERED:
        time_to_answer = filling.TIME_TO_ANSWER[asked.channel]
        until_answer = rules.offer_until(moment, event.starts_at, time_to_answer=time_to_answer, is_proved=is_proved)
        if until_answer:
            return Kept(state, standing.left, until_answer, None)
        state = BookingState.WAITING
    slot_id = None
    if has_slots and state == BookingState.CONFIRMED:
        slot_id = asked.session_id
        if slot_id is None:
            raise Refused(WhyNot.NO_SLOT_CHOSEN)
        if slot_id not in {slot.id for slot in free_slots}:
            raise Refused(WhyNot.SLOT_TAKEN)
    return Kept(state, party, until, slot_id)


def add(
    event: Event,
    sign_up: SignUp,
    reference: str,
    kept: Kept,
    moment: datetime,
    *,
    is_proved: bool,
) -> Booking:
    """Write down a sign-up, with what is kept for it and the access needs that it tells.

    Args:
        reference: one that no other booking has.
        is_proved: whether the address is known to be theirs; until it is, the place is kept until ``kept.until``.
    """
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


def tell_how_it_stands(booking: Booking) -> None:
    """Write to somebody how their live place stands; a part of the unit of work that it tells of."""
    if booking.state == BookingState.WAITING:
        letters.joined_waiting_list(booking, places.position(booking))
    elif booking.state == BookingState.OFFERED:
        letters.place_offered(booking)
    elif booking.is_proved:
        letters.place_booked(booking)
    else:
        letters.place_to_confirm(booking)


def remember_needs(person_id: int, needs: str, moment: datetime) -> None:
    """Keep what somebody needs for their next sign-up, instead of what was kept; nothing, when it is empty."""
    db.session.execute(delete(RememberedNeed).where(RememberedNeed.person_id == person_id))
    if needs:
        db.session.add(RememberedNeed(person_id=person_id, needs=needs, consented_at=moment))
