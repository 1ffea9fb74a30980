"""Places, the waiting list and their times: decisions as plain Python."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from c4s.core.errors import Refused

PROOF = timedelta(hours=2)
"""How long an e-mail address that nobody has proved holds a place."""
OFFER = timedelta(hours=48)
"""How long a freed place is held for the one it is offered to."""
OFFER_BY_POST = timedelta(days=7)
"""The same, for somebody whom only the post reaches."""
LAST_OFFER_BEFORE_START = timedelta(hours=3)
"""An offer never outlives this moment before the start."""
KEEP_NEEDS = timedelta(days=30)
"""How long after an event we keep what people need to take part."""
KEEP_BOOKINGS = timedelta(days=365)
"""How long after an event we keep who signed up for it."""
PER_NETWORK, NETWORK_WINDOW = 60, timedelta(hours=1)
PER_NETWORK_WITHOUT_PROOF = 6
"""Phone and post prove nothing, and post costs paper: so many an hour from one network, and the rest by phone."""
"""Sign-ups from one network: a whole class may sit behind one."""
PER_ADDRESS, ADDRESS_WINDOW = 5, timedelta(days=1)
"""Letters that sign-ups may cause to one address: a stranger must not fill another's letter box."""
REFERENCE_LETTERS = "34679CDFGHJKMNPQRTVX"
"""Nothing that looks or sounds like its neighbour, and no vowels, so that no word comes about."""


class EventKind(StrEnum):
    COURSE = "course"
    WORKSHOP = "workshop"
    NETWORKING = "networking"
    SPEED_NETWORKING = "speed_networking"
    NETWORK_MEETING = "network_meeting"
    ADVICE_SURGERY = "advice_surgery"


class DeliveryLanguage(StrEnum):
    """The language an event is held in."""

    CY = "cy"
    EN = "en"
    BILINGUAL = "bilingual"
    INTERPRETED = "interpreted"
    """With simultaneous translation."""


class HeldIn(StrEnum):
    """What people look for: events they can take part in, in the language they choose."""

    WELSH = "welsh"
    BILINGUAL = "bilingual"
    ENGLISH = "english"


DELIVERED: dict[HeldIn, tuple[DeliveryLanguage, ...]] = {
    HeldIn.WELSH: (DeliveryLanguage.CY,),
    HeldIn.BILINGUAL: (DeliveryLanguage.BILINGUAL, DeliveryLanguage.INTERPRETED),
    HeldIn.ENGLISH: (DeliveryLanguage.EN,),
}


class MaterialsLanguage(StrEnum):
    CY = "cy"
    EN = "en"
    BILINGUAL = "bilingual"


class EventState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class BookingState(StrEnum):
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


HOLDS_A_PLACE = (BookingState.CONFIRMED, BookingState.OFFERED)
"""States that count as taken: an offered place is taken until it is declined or lapses."""


class WhyNot(StrEnum):
    """Why somebody cannot have what they asked for."""

    CLOSED = "closed"
    NOT_YET_OPEN = "not_yet_open"
    CANCELLED = "event_cancelled"
    OVER = "over"
    ALREADY_BOOKED = "already_booked"
    OFFER_LAPSED = "offer_lapsed"
    NOT_THIS_STATE = "not_this_state"
    NOT_IN_BOTH_LANGUAGES = "not_in_both_languages"
    NO_WELSH_OFFER = "no_welsh_offer"
    FEWER_THAN_TAKEN = "fewer_than_taken"


class Did(StrEnum):
    """What the trail says was done."""

    EVENT_CREATED = "event.created"
    CAPACITY_CHANGED = "event.capacity_changed"
    CONFIRMED = "booking.confirmed"
    JOINED_WAITING_LIST = "booking.joined_waiting_list"
    PROVED = "booking.proved"
    CAME_BACK = "booking.came_back"
    OFFERED = "booking.offered"
    ACCEPTED = "booking.accepted"
    DECLINED = "booking.declined"
    CHANGED = "booking.changed"
    CANCELLED = "booking.cancelled"
    LEFT_WAITING_LIST = "booking.left_waiting_list"
    LAPSED = "booking.lapsed"


@dataclass(frozen=True)
class Places:
    """How things stand at one event: places in all, taken (confirmed or offered), and people who wait."""

    capacity: int
    taken: int = 0
    waiting: int = 0

    @property
    def left(self) -> int:
        """Places that the next person could have; none while anybody waits, for nobody overtakes them."""
        return 0 if self.waiting else max(0, self.capacity - self.taken)


def place_for(taken: int, waiting: int, capacity: int) -> BookingState:
    """Where the next person goes: a place, or the queue behind those who already wait.

    Args:
        taken: places confirmed or offered.
        waiting: people in the queue; nobody overtakes them, even when a place has just become free.
        capacity: how many places there are.
    """
    return BookingState.CONFIRMED if taken < capacity and not waiting else BookingState.WAITING


def may_take_part(state: EventState, ends_at: datetime, now: datetime) -> None:
    """Let somebody take part in an event that is still to be held.

    Raises:
        Refused: ``CANCELLED`` or ``OVER``.
    """
    if state == EventState.CANCELLED:
        raise Refused(WhyNot.CANCELLED)
    if now >= ends_at:
        raise Refused(WhyNot.OVER)


def may_book(
    state: EventState, opens_at: datetime | None, closes_at: datetime, ends_at: datetime, now: datetime
) -> None:
    """Let somebody sign up now.

    Raises:
        Refused: with a ``WhyNot`` that says why not; ``NOT_YET_OPEN`` carries ``opens_at``.
    """
    may_take_part(state, ends_at, now)
    if now >= closes_at or state != EventState.PUBLISHED:
        raise Refused(WhyNot.CLOSED)
    if opens_at and now < opens_at:
        raise Refused(WhyNot.NOT_YET_OPEN, opens_at=opens_at)


def may_publish(texts: dict[str, tuple[str, str]], needed: set[str], delivery: DeliveryLanguage) -> None:
    """Let an event go on the public pages.

    Args:
        texts: by name, the Welsh and the English.
        needed: the names that may not be empty; the others may be, but then in both languages.

    Raises:
        Refused: ``NOT_IN_BOTH_LANGUAGES`` with ``missing``, the names at fault; ``NO_WELSH_OFFER`` when an
            event is held in English only and does not say how to ask for it in Welsh.
    """
    missing = [name for name, (cy, en) in texts.items() if bool(cy) != bool(en) or (name in needed and not cy)]
    if missing:
        raise Refused(WhyNot.NOT_IN_BOTH_LANGUAGES, missing=missing)
    if delivery == DeliveryLanguage.EN and not all(texts.get("welsh_offer", ("", ""))):
        raise Refused(WhyNot.NO_WELSH_OFFER)


def proof_until(now: datetime, starts_at: datetime) -> datetime:
    """When an unproved place lapses: two hours on, and never after the start."""
    return min(now + PROOF, starts_at)


def offer_until(
    now: datetime, starts_at: datetime, *, is_proved: bool = True, by_post: bool = False
) -> datetime | None:
    """When an offer made now would lapse; None when the start is too near to offer anything.

    Args:
        is_proved: an address that nobody has proved holds an offered place no longer than any other place.
        by_post: the offer travels on paper.
    """
    latest = starts_at - LAST_OFFER_BEFORE_START
    time = (OFFER_BY_POST if by_post else OFFER) if is_proved else PROOF
    return min(now + time, latest) if now < latest else None


@dataclass(frozen=True)
class InQueue:
    """Somebody who waits: their booking's number and when they joined."""

    booking_id: int
    joined_at: datetime


def next_offers(free: int, queue: list[InQueue]) -> list[int]:
    """The bookings to offer ``free`` places to: first come, first served.

    Order is by the moment of joining, then by number; never by a stored position, which could drift.
    """
    in_order = sorted(queue, key=lambda one: (one.joined_at, one.booking_id))
    return [one.booking_id for one in in_order[: max(0, free)]]


def has_lapsed(until: datetime | None, now: datetime) -> bool:
    """Whether a hold or an offer is over; at the stated moment itself it is."""
    return until is not None and now >= until


def is_live(state: BookingState) -> bool:
    """Whether somebody has a place, is offered one or waits for one: there is still something to give up."""
    return state in (BookingState.CONFIRMED, BookingState.WAITING, BookingState.OFFERED)


def may_come_back(state: BookingState, was_proved: bool) -> bool:
    """Whether proving the address late brings somebody back: only if the missing proof ended their place."""
    return state == BookingState.LAPSED and not was_proved


def may_accept(state: BookingState, offer_until: datetime | None, now: datetime) -> None:
    """Let somebody take the place they were offered.

    Raises:
        Refused: ``OFFER_LAPSED`` when they come too late, ``NOT_THIS_STATE`` when nothing is offered.
    """
    if state == BookingState.LAPSED or (state == BookingState.OFFERED and has_lapsed(offer_until, now)):
        raise Refused(WhyNot.OFFER_LAPSED)
    if state != BookingState.OFFERED:
        raise Refused(WhyNot.NOT_THIS_STATE)


def reference_from(letters: str) -> str:
    """Eight letters as people read them out: ``K7QM-4RTX``."""
    return f"{letters[:4]}-{letters[4:]}"
