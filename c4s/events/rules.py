"""Places, the waiting list and their times: decisions as plain Python."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from c4s.core.errors import Refused

PROOF = timedelta(hours=2)
"""How long an e-mail address that nobody has proved holds a place."""
OFFER = timedelta(hours=48)
"""How long a freed place is held for the one it is offered to."""
OFFER_BY_PHONE = timedelta(hours=72)
"""The same, for somebody whom we have to reach by phone."""
OFFER_BY_POST = timedelta(days=7)
"""The same, for somebody whom only the post reaches."""
LAST_OFFER_BEFORE_START = timedelta(hours=3)
"""An offer never outlives this moment before the start."""
UK = ZoneInfo("Europe/London")
MORNING, NOON, EVENING = time(9), time(12), time(21)
"""People are awake from the morning to the evening: no offer lapses in between. One that would lasts until noon."""
LEAST_TO_ANSWER = timedelta(hours=1)
"""No offer is made that leaves people less time than this while they are awake."""
KEEP_NEEDS = timedelta(days=30)
"""How long after an event we keep what people need to take part."""
KEEP_BOOKINGS = timedelta(days=365)
"""How long after an event we keep who signed up for it."""
PER_NETWORK, NETWORK_WINDOW = 60, timedelta(hours=1)
"""Sign-ups from one network: a whole class may sit behind one."""
PER_NETWORK_WITHOUT_PROOF = 6
"""Phone and post prove nothing, and post costs paper: so many an hour from one network, and the rest by phone."""
PER_ADDRESS, ADDRESS_WINDOW = 5, timedelta(days=1)
"""Letters that sign-ups may cause to one address: a stranger must not fill another's letter box."""
REFERENCE_LENGTH = 8


class EventKind(StrEnum):
    """What sort of event it is. A course is in sittings, an advice surgery in slots that one person has each."""

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
    """The language of what people are handed at an event."""

    CY = "cy"
    EN = "en"
    BILINGUAL = "bilingual"


class EventState(StrEnum):
    """How an event stands; all but drafts are public."""

    DRAFT = "draft"
    PUBLISHED = "published"
    POSTPONED = "postponed"
    """To be held at a time that is not known yet."""
    CANCELLED = "cancelled"


class ReminderKind(StrEnum):
    """What is told once to everybody who has a place."""

    WEEK_BEFORE = "week_before"
    DAY_BEFORE = "day_before"
    THANKS = "thanks"


class BookingState(StrEnum):
    """How a sign-up stands. The last two have ended: given up by somebody, or past its time."""

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
    POSTPONED = "event_postponed"
    OVER = "over"
    ALREADY_BOOKED = "already_booked"
    OFFER_LAPSED = "offer_lapsed"
    NOT_THIS_STATE = "not_this_state"
    NOT_IN_BOTH_LANGUAGES = "not_in_both_languages"
    NO_WELSH_OFFER = "no_welsh_offer"
    FEWER_THAN_TAKEN = "fewer_than_taken"
    FULL = "full"
    PARTY_TOO_LARGE = "party_too_large"
    SLOT_TAKEN = "slot_taken"
    NO_SLOT_CHOSEN = "no_slot_chosen"
    NOT_PROVED = "not_proved"


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
    GAVE_UP_SOME = "booking.gave_up_some"
    MOVED = "booking.moved"
    SLOT_CHOSEN = "booking.slot_chosen"
    LAPSED = "booking.lapsed"
    LOOKED_AT_TIMES = "event.looked_at_times"


@dataclass(frozen=True)
class Places:
    """How things stand at one event.

    Attributes:
        capacity: places in all.
        taken: places confirmed or offered.
        waiting: people who wait.
        least: the fewest places that anybody who waits would take; nothing while nobody waits.
    """

    capacity: int
    taken: int = 0
    waiting: int = 0
    least: int = 0

    @property
    def left(self) -> int:
        """Places that the next person could have; none while they would do for anybody who waits: nobody overtakes."""
        free = max(0, self.capacity - self.taken)
        return 0 if self.waiting and self.least <= free else free


def place_for(places: Places, party: int = 1, *, part_ok: bool = False) -> BookingState:
    """Where the next people go: all get places, or an offer of those that there are, or they wait all together.

    Args:
        party: how many they are.
        part_ok: they would take fewer places than they ask for.
    """
    if party <= places.left:
        return BookingState.CONFIRMED
    return BookingState.OFFERED if part_ok and places.left else BookingState.WAITING


def most_at_once(kind: EventKind, party_limit: int) -> int:
    """How many people one sign-up may name: advice is given to one."""
    return 1 if kind == EventKind.ADVICE_SURGERY else party_limit


def those_kept(names: Sequence[str], kept: Sequence[str], most: int) -> list[str]:
    """Who still comes along, in the order in which they were first named.

    Args:
        names: of everybody who was to come along.
        kept: the names of those who do.
        most: how many can.

    Raises:
        Refused: ``PARTY_TOO_LARGE`` when they are more; ``NOT_THIS_STATE`` when one of them was never named.
    """
    if len(kept) > most:
        raise Refused(WhyNot.PARTY_TOO_LARGE, most=most + 1)
    wanted = Counter(kept)
    if wanted - Counter(names):
        raise Refused(WhyNot.NOT_THIS_STATE)
    found = []
    for name in names:
        if wanted[name]:
            wanted[name] -= 1
            found.append(name)
    return found


def is_over(state: EventState, ends_at: datetime, now: datetime) -> bool:
    """Whether an event has been held: one that is postponed has not, though its old day is past."""
    return state != EventState.POSTPONED and now >= ends_at


def may_take_part(state: EventState, ends_at: datetime, now: datetime) -> None:
    """Let somebody take part in an event that is still to be held.

    Raises:
        Refused: ``CANCELLED``, ``POSTPONED`` or ``OVER``.
    """
    if state == EventState.CANCELLED:
        raise Refused(WhyNot.CANCELLED)
    if state == EventState.POSTPONED:
        raise Refused(WhyNot.POSTPONED)
    if is_over(state, ends_at, now):
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


def may_enter(state: EventState, ends_at: datetime, now: datetime) -> None:
    """Let staff sign somebody up: also before sign-up opens, and at the door.

    Raises:
        Refused: ``CANCELLED``, ``POSTPONED`` or ``OVER``; ``CLOSED`` for an event that is not published yet.
    """
    may_take_part(state, ends_at, now)
    if state != EventState.PUBLISHED:
        raise Refused(WhyNot.CLOSED)


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
    now: datetime, starts_at: datetime, *, time_to_answer: timedelta = OFFER, is_proved: bool = True
) -> datetime | None:
    """When an offer made now would lapse; None when the start is too near to offer anything.

    It never lapses between nine in the evening and nine in the morning in Wales: it lasts until noon then, or where
    the event is too near for that only until the evening before.

    Args:
        time_to_answer: which the way that letters travel asks for.
        is_proved: an address that nobody has proved, which it must be within two hours whatever the time of day,
            holds an offered place no longer than any other place.
    """
    latest = starts_at - LAST_OFFER_BEFORE_START
    if not is_proved:
        return min(now + PROOF, latest) if now < latest else None
    until = min(now + time_to_answer, latest)
    local = until.astimezone(UK)
    night_began = local.date() if local.time() > EVENING else local.date() - timedelta(days=1)
    if not MORNING <= local.time() <= EVENING:
        noon = _in_wales(night_began + timedelta(days=1), NOON)
        until = noon if noon <= latest else _in_wales(night_began, EVENING)
    return until if _time_awake(now, until) >= LEAST_TO_ANSWER else None


def _in_wales(day: date, at: time) -> datetime:
    return datetime.combine(day, at, UK).astimezone(UTC)


def _time_awake(since: datetime, until: datetime) -> timedelta:
    """How much of a time is neither evening nor night in Wales."""
    awake, day = timedelta(), since.astimezone(UK).date()
    while (morning := _in_wales(day, MORNING)) < until:
        awake += max(timedelta(), min(until, _in_wales(day, EVENING)) - max(since, morning))
        day += timedelta(days=1)
    return awake


@dataclass(frozen=True)
class InQueue:
    """People who wait: their booking's number, when they joined, how many they are and whether fewer would do."""

    booking_id: int
    joined_at: datetime
    party: int = 1
    part_ok: bool = False


class Offer(NamedTuple):
    """So many places for those of one booking."""

    booking_id: int
    places: int


def next_offers(free: int, queue: Sequence[InQueue]) -> list[Offer]:
    """Who is offered ``free`` places: first come, first served, among those whom they can serve.

    Those who are more than the places left keep their turn, and the next are asked; unless fewer would do for
    them: then they are offered what is left. Order is by the moment of joining, then by number; never by a stored
    position, which could drift.
    """
    offers = []
    for one in sorted(queue, key=lambda one: (one.joined_at, one.booking_id)):
        places = min(one.party, free) if one.part_ok else one.party
        if 0 < places <= free:
            offers.append(Offer(one.booking_id, places))
            free -= places
    return offers


def has_lapsed(until: datetime | None, now: datetime) -> bool:
    """Whether a hold or an offer is over; at the stated moment itself it is."""
    return until is not None and now >= until


def is_live(state: BookingState) -> bool:
    """Whether somebody has a place, is offered one or waits for one: there is still something to give up."""
    return state in (BookingState.CONFIRMED, BookingState.WAITING, BookingState.OFFERED)


def may_come_back(state: BookingState, was_proved: bool) -> bool:
    """Whether proving the address late brings somebody back: only if the missing proof ended their place."""
    return state == BookingState.LAPSED and not was_proved


def may_keep_some(state: BookingState, party: int) -> bool:
    """Whether a part of the places, or of the wait for them, can be given up."""
    return party > 1 and state in (BookingState.CONFIRMED, BookingState.WAITING)


def may_accept(state: BookingState, offer_until: datetime | None, now: datetime) -> None:
    """Let somebody take the place they were offered.

    Raises:
        Refused: ``OFFER_LAPSED`` when they come too late, ``NOT_THIS_STATE`` when nothing is offered.
    """
    if state == BookingState.LAPSED or (state == BookingState.OFFERED and has_lapsed(offer_until, now)):
        raise Refused(WhyNot.OFFER_LAPSED)
    if state != BookingState.OFFERED:
        raise Refused(WhyNot.NOT_THIS_STATE)


# ---- What everybody who has a place is told once ----

BEFORE_START = {ReminderKind.WEEK_BEFORE: timedelta(days=7), ReminderKind.DAY_BEFORE: timedelta(hours=24)}
"""How long before the start each reminder is due: so many hours, whatever the clocks do in between."""
NOT_AFTER = {
    ReminderKind.WEEK_BEFORE: timedelta(days=3),
    ReminderKind.DAY_BEFORE: timedelta(hours=24),
    ReminderKind.THANKS: timedelta(days=3),
}
"""How late each may still be sent, where nothing could be sent for a time; a reminder never after the start."""


def told_at(kind: ReminderKind, starts_at: datetime, ends_at: datetime) -> datetime:
    """The moment at which everybody is told: before the start, or at nine on the morning after the end."""
    if kind == ReminderKind.THANKS:
        return _in_wales(ends_at.astimezone(UK).date() + timedelta(days=1), MORNING)
    return starts_at - BEFORE_START[kind]


def is_told(
    kind: ReminderKind,
    event: EventState,
    booking: BookingState,
    *,
    starts_at: datetime,
    ends_at: datetime,
    knows_since: datetime | None,
    now: datetime,
    by_post: bool = False,
) -> bool:
    """Whether somebody is told now what everybody is told once.

    Args:
        knows_since: when they were last told that they have a place and when it is; None while they have not proved
            that the address is theirs. Whoever learned it after the moment of a reminder needs no reminder.
        by_post: only the post reaches them: what is said a day before would come too late.
    """
    if event != EventState.PUBLISHED or booking != BookingState.CONFIRMED or knows_since is None:
        return False
    due = told_at(kind, starts_at, ends_at)
    if not due <= now < due + NOT_AFTER[kind]:
        return False
    if kind == ReminderKind.THANKS:
        return True
    return knows_since < due and not (by_post and kind == ReminderKind.DAY_BEFORE)
