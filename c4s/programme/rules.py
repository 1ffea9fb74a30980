"""Drafts of events and what becomes of events: decisions as plain Python."""

import calendar
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from c4s.core.errors import Refused
from c4s.events.rules import DeliveryLanguage, EventKind, EventState

LONGEST_SERIES = 30
MOST_PLACES = 500
MOST_IN_PARTY = 20
MOST_SESSIONS = 100
NEEDED = ("title", "summary")
"""Texts that no event goes without; the others may be empty, but then in both languages."""

Texts = Mapping[str, tuple[str, str]]
"""By name, the Welsh and the English."""
Span = tuple[datetime, datetime]


class WhyNot(StrEnum):
    """Why something cannot be done with a draft or an event."""

    SAVED_MEANWHILE = "saved_meanwhile"
    LACKS = "draft_lacks_something"
    REASON_NEEDED = "reason_needed"
    NOT_THIS_STATE = "not_in_this_state"
    EVENT_OVER = "event_over"
    SLOT_TAKEN = "slot_taken"
    NO_START = "no_start"
    TOO_SOON = "too_soon"


class Lack(StrEnum):
    """What a draft must have, or have put right, before it is published."""

    TEXT = "text"
    STALE = "stale"
    WELSH_OFFER = "welsh_offer"
    START = "start"
    END = "end"
    OVER = "over"
    ENDS_FIRST = "ends_first"
    CLOSES_LATE = "closes_late"
    OPENS_LATE = "opens_late"
    CAPACITY = "capacity"
    PARTY = "party"
    PLACE = "place"
    ADDRESS = "address"
    SLOTS = "slots"
    SESSION_OUTSIDE = "session_outside"
    INTERPRETER_LATE = "interpreter_late"


class Every(StrEnum):
    """How far apart the dates of a series are."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"


class Did(StrEnum):
    """What the trail says was done."""

    DRAFTED = "event_draft.started"
    SAVED = "event_draft.saved"
    DELETED = "event_draft.deleted"
    TIMED = "event_draft.timed"
    UNTIMED = "event_draft.untimed"
    SERIES_MADE = "event_draft.series_made"
    IMPORTED = "event_draft.imported"
    PUBLISHED = "event.published"
    CHANGED = "event.changed"
    MOVED = "event.moved"
    POSTPONED = "event.postponed"
    CANCELLED = "event.cancelled"
    RESTORED = "event.restored"
    VENUE_ADDED = "venue.added"
    VENUE_CHANGED = "venue.changed"


@dataclass(frozen=True)
class Missing:
    """Something that a draft lacks.

    Attributes:
        box: the name of the box in which to put it right.
        language: in which a text is missing or may be out of date; empty where languages do not matter.
    """

    box: str
    lack: Lack
    language: str = ""


@dataclass(frozen=True)
class Plan:
    """The part of a draft that is no text: what ``missing`` looks at."""

    kind: EventKind
    delivery: DeliveryLanguage
    starts_at: datetime | None
    ends_at: datetime | None
    opens_at: datetime | None
    closes_at: datetime | None
    capacity: int | None
    party_limit: int
    has_venue: bool
    online: bool
    online_address: str
    sessions: Sequence[Span]
    interpreter_by: datetime | None


def stale_after(before: Texts, after: Texts, stale: Mapping[str, str], still_right: Collection[str]) -> dict[str, str]:
    """The texts of which one language was changed and the other was not, each with the language left behind.

    Args:
        before, after: the texts as they were and as they are saved now.
        stale: what had been left behind before.
        still_right: names of texts whose other language somebody has read and left as it is.
    """
    found = {}
    for name, new in after.items():
        old = before.get(name, ("", ""))
        changed = [code for code, was, words in zip(("cy", "en"), old, new, strict=True) if was != words]
        behind = stale.get(name, "")
        if len(changed) == 1 and all(old) and all(new):
            behind = "" if behind == changed[0] else {"cy": "en", "en": "cy"}[changed[0]]
        elif changed or not all(new):
            behind = ""
        if behind and not (name in still_right and not changed):
            found[name] = behind
    return found


def missing(texts: Texts, stale: Mapping[str, str], plan: Plan, moment: datetime) -> list[Missing]:
    """All that keeps a draft from being published, in the order of the boxes; nothing when it is complete."""
    return [*_about_texts(texts, stale, plan.delivery), *_about_times(plan, moment), *_about_places(plan)]


def _about_texts(texts: Texts, stale: Mapping[str, str], delivery: DeliveryLanguage) -> Iterable[Missing]:
    for name, both in texts.items():
        offer = name == "welsh_offer" and delivery == DeliveryLanguage.EN
        if name in NEEDED or offer or any(both):
            lack = Lack.WELSH_OFFER if offer and not any(both) else Lack.TEXT
            for code, words in zip(("cy", "en"), both, strict=True):
                if not words:
                    yield Missing(f"{name}_{code}", lack, code)
        if name in stale:
            yield Missing(f"{name}_{stale[name]}", Lack.STALE, stale[name])


def _about_times(plan: Plan, moment: datetime) -> Iterable[Missing]:
    starts, ends = plan.starts_at, plan.ends_at
    if starts is None:
        yield Missing("starts_on", Lack.START)
    if ends is None:
        yield Missing("ends_time", Lack.END)
    if starts is None or ends is None:
        return
    if ends <= starts:
        yield Missing("ends_time", Lack.ENDS_FIRST)
    elif ends <= moment:
        yield Missing("starts_on", Lack.OVER)
    closes = plan.closes_at or starts
    if closes > starts:
        yield Missing("closes_on", Lack.CLOSES_LATE)
    if plan.opens_at and plan.opens_at >= closes:
        yield Missing("opens_on", Lack.OPENS_LATE)
    if plan.kind == EventKind.ADVICE_SURGERY and not plan.sessions:
        yield Missing("sessions", Lack.SLOTS)
    if any(begins < starts or is_over > ends for begins, is_over in plan.sessions):
        yield Missing("sessions", Lack.SESSION_OUTSIDE)
    if plan.interpreter_by and plan.interpreter_by >= starts:
        yield Missing("interpreter_by_on", Lack.INTERPRETER_LATE)


def _about_places(plan: Plan) -> Iterable[Missing]:
    if not plan.has_venue and not plan.online:
        yield Missing("venue", Lack.PLACE)
    if plan.online and not plan.online_address:
        yield Missing("online_address", Lack.ADDRESS)
    if not plan.capacity:
        yield Missing("capacity", Lack.CAPACITY)
    elif plan.party_limit > plan.capacity:
        yield Missing("party_limit", Lack.PARTY)


def slots(starts: datetime, ends: datetime, minutes: int) -> list[Span]:
    """The slots of an advice surgery, one after another, as many as fit; each whole."""
    length = timedelta(minutes=minutes)
    found: list[Span] = []
    while starts + length <= ends and len(found) < MOST_SESSIONS:
        found.append((starts, starts + length))
        starts += length
    return found


def later(moment: datetime, every: Every, number: int) -> datetime:
    """The same hour of the clock so many steps of a series later.

    Args:
        moment: on a clock in Wales, so that ten o'clock stays ten o'clock when the clocks change.
        number: how many steps. In a month without such a day, its last day.
    """
    if every == Every.MONTH:
        months = moment.month - 1 + number
        year, month = moment.year + months // 12, months % 12 + 1
        return moment.replace(year=year, month=month, day=min(moment.day, calendar.monthrange(year, month)[1]))
    return moment + timedelta(days={Every.WEEK: 7, Every.FORTNIGHT: 14}[every] * number)


def may_postpone(state: EventState, ends_at: datetime, now: datetime) -> None:
    """Let an event be put off.

    Raises:
        Refused: ``NOT_THIS_STATE`` or ``EVENT_OVER``.
    """
    _in_state(state, {EventState.PUBLISHED}, ends_at, now)


def may_cancel(state: EventState, ends_at: datetime, now: datetime) -> None:
    """Let an event be cancelled; one that was put off has no end that matters.

    Raises:
        Refused: ``NOT_THIS_STATE`` or ``EVENT_OVER``.
    """
    _in_state(state, {EventState.PUBLISHED, EventState.POSTPONED}, ends_at, now)


def may_restore(state: EventState, ends_at: datetime, now: datetime) -> None:
    """Let an event go ahead at its old time after all.

    Raises:
        Refused: ``NOT_THIS_STATE``, or ``EVENT_OVER`` when that time has passed: then it wants a new date.
    """
    if state not in (EventState.POSTPONED, EventState.CANCELLED):
        raise Refused(WhyNot.NOT_THIS_STATE)
    if now >= ends_at:
        raise Refused(WhyNot.EVENT_OVER)


def _in_state(state: EventState, states: Collection[EventState], ends_at: datetime, now: datetime) -> None:
    if state not in states:
        raise Refused(WhyNot.NOT_THIS_STATE)
    if now >= ends_at and state != EventState.POSTPONED:
        raise Refused(WhyNot.EVENT_OVER)


def must_say_why(cy: str, en: str) -> None:
    """Let a reason pass that is there in both languages.

    Raises:
        Refused: ``REASON_NEEDED`` with the ``languages`` in which it is missing.
    """
    languages = [code for code, words in (("cy", cy), ("en", en)) if not words]
    if languages:
        raise Refused(WhyNot.REASON_NEEDED, languages=languages)


CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?")
SESSION = re.compile(r"(?P<day>\S+)\s+(?P<begins>\d{1,2}[:.]\d{2})\s*[-–]\s*(?P<ends>\d{1,2}[:.]\d{2})")


def read_clock(typed: str) -> time | None:
    """An hour of the clock as people type it: ``9``, ``9:30``, ``09.30``; None for anything else."""
    found = CLOCK.fullmatch(typed.strip())
    try:
        return time(int(found["hour"]), int(found["minute"] or 0)) if found else None
    except ValueError:
        return None


def read_session(typed: str, read_day: Callable[[str], date | None]) -> tuple[date, time, time] | None:
    """A line such as ``14/01/2027 10:00-12:30``; None for anything else.

    Args:
        read_day: reads a day as people type it.
    """
    found = SESSION.fullmatch(typed.strip())
    if not found:
        return None
    day, begins, ends = read_day(found["day"]), read_clock(found["begins"]), read_clock(found["ends"])
    return (day, begins, ends) if day and begins is not None and ends is not None and begins < ends else None


def on_the_clock(day: date, clock: time, zone: tzinfo) -> datetime | None:
    """That moment; None for an hour that the clocks leave out. Of an hour that comes twice, the first."""
    there = datetime.combine(day, clock, zone)
    back = there.astimezone(UTC).astimezone(zone)
    return there.astimezone(UTC) if back.replace(tzinfo=None) == there.replace(tzinfo=None) else None


NOT_TO_BE_SEEN = (Lack.START, Lack.END, Lack.ENDS_FIRST, Lack.CLOSES_LATE)
"""What a draft cannot even be previewed with: no page can say when it is."""


def may_be_seen(lacks: Iterable[Missing]) -> bool:
    """Whether a draft can be previewed, whatever else it lacks."""
    return not any(one.lack in NOT_TO_BE_SEEN for one in lacks)
