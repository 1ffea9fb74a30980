"""Signing up: somebody asks for a place, and proves that the address they gave is theirs."""

from dataclasses import asdict, dataclass
from datetime import datetime

from c4s.audit import trail
from c4s.audit.trail import Actor
from c4s.core import once, throttle
from c4s.core.clock import now
from c4s.core.errors import Refused
from c4s.core.text import mailbox
from c4s.core.units import held, unit_of_work
from c4s.events import bookings, filling, letters, places, rules, steps
from c4s.events.models import Event
from c4s.events.rules import BookingState, Did, WhyNot
from c4s.events.steps import SignUp
from c4s.mail.models import Channel

DID = {
    BookingState.CONFIRMED: Did.CONFIRMED,
    BookingState.OFFERED: Did.OFFERED,
    BookingState.WAITING: Did.JOINED_WAITING_LIST,
}
"""What the trail says of a sign-up, by where it led."""


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
    booking, reference = steps.theirs_or_reference(event_id, sign_up.email_key)
    if booking and actor_id is not None:
        raise Refused(WhyNot.ALREADY_BOOKED, booking_id=booking.id)
    is_proved = sign_up.channel != Channel.EMAIL or actor_id is not None
    kept = steps.kept_for(event, sign_up, seen, moment, is_proved=is_proved)
    if booking:
        waits = booking.state == BookingState.WAITING
        letters.already_have_a_place(booking, places.position(booking) if waits else None)
    else:
        booking = steps.add(event, sign_up, reference, kept, moment, is_proved=is_proved)
        booking.entered_by_id = entered_by_id
        if person_id is not None:
            steps.remember_needs(person_id, sign_up.needs if remember else "", moment)
        trail.record(DID[kept.state], "booking", booking.id, by=by, event=event_id, party=sign_up.party)
        steps.tell_how_it_stands(booking)
    answer = Answer(booking.id, kept.state, kept.until)
    if key:
        once.remember(key, answer.kept())
    return answer


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
    booking, event = steps.held_booking(booking_id)
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
    if bookings.live(event.id, booking.email_key):
        raise Refused(WhyNot.ALREADY_BOOKED)
    kept = steps.kept_for(event, booking, filling.settled(event, moment), moment, is_proved=True)
    booking.state, booking.party, booking.session_id = kept.state, kept.places, kept.slot_id
    booking.offer_until = kept.until
    booking.proved_at = booking.joined_at = moment
    booking.ended_at = None
    trail.record(Did.CAME_BACK, "booking", booking.id, by=by, state=str(booking.state))
    steps.tell_how_it_stands(booking)
    return Did.CAME_BACK
