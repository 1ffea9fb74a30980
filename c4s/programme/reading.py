"""Reading calendar files (iCalendar, RFC 5545) into drafts: their texts, their times and their repeats."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from importlib import import_module
from itertools import islice
from typing import Any

from c4s.core.text import tidy
from c4s.events.rules import EventKind
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.formats import UK, YEARS
from c4s.i18n.speech import lazy_gettext as _l
from c4s.programme.models import LONGEST, LONGEST_TEXT, EventContent

LARGEST = 1024 * 1024
"""The largest file, in bytes."""
MOST_EVENTS = 500
MOST_REPEATS = 50
LONGEST_ADDRESS = 400
OLDEST, FARTHEST = 1970, timedelta(days=366 * 5)
"""No date of an event that repeats is looked for before that year, or so far ahead."""
LAST_YEAR = 9_980
REPEATS = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
OF_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
"""With these a rule has several times in one day: up to 86,400 of them."""
MOST_LOOKED_AT, FOR_NOTHING = 100_000, 20_000
"""Days that are looked at for the rules of one file, and how many a rule stands for that no day ever fits: else one
file could keep the site busy for minutes."""


class Why(StrEnum):
    """Why a file cannot be used."""

    NONE = "none"
    TOO_LARGE = "too_large"
    NO_CALENDAR = "no_calendar"
    NO_EVENTS = "no_events"
    TOO_MANY = "too_many"


WORDS = {
    Why.NONE: _l("Choose a calendar file"),
    Why.TOO_LARGE: _l("The file must be 1 MB or smaller"),
    Why.NO_CALENDAR: _l("This is not a calendar file that we can read. Save it again as .ics"),
    Why.NO_EVENTS: _l("There are no events in this file"),
    Why.TOO_MANY: _l("There are more than 500 dates in this file. Divide it"),
}


class Unreadable(Exception):
    """A file that cannot be used, and why."""

    def __init__(self, why: Why) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True)
class Found:
    """One date of one event.

    Attributes:
        uid: a digest of what the file calls it: the same every time, and for every date of an event that repeats.
    """

    uid: str
    content: EventContent


@dataclass
class Patience:
    """How many more days are looked at for the rules of a file."""

    left: int = MOST_LOOKED_AT

    def days_of(self, days: Iterable[datetime]) -> Iterator[datetime]:
        """The same days, while there is patience for them. Raises ``Unreadable`` when it is at its end."""
        found_any = False
        for day in days:
            found_any = True
            self._spend(1)
            yield day
        if not found_any:
            self._spend(FOR_NOTHING)

    def _spend(self, days: int) -> None:
        self.left -= days
        if self.left < 0:
            raise Unreadable(Why.TOO_MANY)


@dataclass(frozen=True)
class Reading:
    """What a file had.

    Attributes:
        left_out: how many events had no start that can be read, or were called off.
    """

    events: list[Found]
    left_out: int


def read(file: bytes, language: str, moment: datetime) -> Reading:
    """The events of a calendar file, as drafts would hold them.

    An event that repeats is as many drafts as it has dates, 50 at most; those before ``moment`` are passed over.

    Args:
        language: of texts that do not say in which they are: ``cy`` or ``en``.

    Raises:
        Unreadable: when nothing can be made of the file.
    """
    if not file.strip():
        raise Unreadable(Why.NONE)
    if len(file) > LARGEST:
        raise Unreadable(Why.TOO_LARGE)
    try:
        calendars = import_module("icalendar").Calendar.from_ical(file, multiple=True)  # loaded for the first file
        entries: list[Any] = [entry for one in calendars for entry in one.walk("VEVENT")]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as problem:
        raise Unreadable(Why.NO_CALENDAR) from problem
    if not calendars or not any(one.name == "VCALENDAR" for one in calendars):
        raise Unreadable(Why.NO_CALENDAR)
    if not entries:
        raise Unreadable(Why.NO_EVENTS)
    if len(entries) > MOST_EVENTS:
        raise Unreadable(Why.TOO_MANY)
    # A date that was moved has an entry of its own; the rule that it was moved from must not make it once more.
    moved: dict[str, set[datetime]] = {}
    for entry in entries:
        was = _moment(entry.get("RECURRENCE-ID"))
        if was:
            moved.setdefault(str(entry.get("UID", "")), set()).add(was)
    events: dict[tuple[str, datetime | None], Found] = {}
    left_out, patience = 0, Patience()
    for entry in entries:
        try:
            made = list(_dates(entry, language, moment, moved.get(str(entry.get("UID", "")), set()), patience))
        except (ValueError, TypeError, AttributeError, OverflowError):
            made = []
        if not made:
            left_out += 1
        for one in made:
            events.setdefault((one.uid, one.content.starts_at), one)
        if len(events) > MOST_EVENTS:
            raise Unreadable(Why.TOO_MANY)
    return Reading(list(events.values()), left_out)


def _dates(entry: Any, language: str, moment: datetime, moved: set[datetime], patience: Patience) -> Iterator[Found]:
    starts = _moment(entry.get("DTSTART"))
    if starts is None or str(entry.get("STATUS", "")).upper() == "CANCELLED":
        return
    length = _length(entry, starts)
    title, summary, description = (_text(entry, name, language) for name in ("SUMMARY", "SUMMARY", "DESCRIPTION"))
    where = str(entry.get("LOCATION", ""))
    is_online = where.startswith(("https://", "http://"))
    texts = EventContent(
        EventKind.WORKSHOP,
        title=_cut(title, LONGEST["title"]),
        summary=_cut(summary if len(summary.cy + summary.en) else title, LONGEST["summary"]),
        description=_cut(description, LONGEST_TEXT),
        joining_notes=Bilingual() if is_online or not where else _cut(_said(where, entry, language), LONGEST_TEXT),
        online=is_online,
        online_address=where[:LONGEST_ADDRESS] if is_online else "",
    )
    repeats = _repeats(entry, starts, moment, moved, patience)
    uid = hashlib.sha256((str(entry.get("UID", "")) or f"{title} {starts}").encode()).hexdigest()
    for each in repeats if repeats is not None else [starts]:
        if each + length > moment:
            yield Found(uid, replace(texts, starts_at=each, ends_at=each + length))


def _moment(value: Any) -> datetime | None:
    """A moment of the file: a whole day begins at midnight, and a time without a zone is one in Wales. None for a year
    that nobody means."""
    found = getattr(value, "dt", None)
    if not isinstance(found, date) or found.year not in YEARS:  # a datetime is a date, too
        return None
    if isinstance(found, datetime):
        return (found if found.tzinfo else found.replace(tzinfo=UK)).astimezone(UTC)
    return datetime.combine(found, time(), UK).astimezone(UTC)


def _length(entry: Any, starts: datetime) -> timedelta:
    ends = _moment(entry.get("DTEND"))
    length = ends - starts if ends else getattr(entry.get("DURATION"), "dt", None)
    return length if isinstance(length, timedelta) and length > timedelta() else timedelta(hours=1)


def _repeats(
    entry: Any, starts: datetime, moment: datetime, moved: set[datetime], patience: Patience
) -> list[datetime] | None:
    """The next dates of an event that repeats, on the clock of its own zone; None for one that does not."""
    rule = entry.get("RRULE")
    extra = {found for found in map(_moment, _listed(entry, "RDATE")) if found}
    if rule is None:
        return sorted({starts, *extra}) if extra else None
    begins = entry["DTSTART"].dt
    zone = begins.tzinfo if isinstance(begins, datetime) and begins.tzinfo else UK
    there = starts.astimezone(zone).replace(tzinfo=None)
    if there.year < OLDEST or str(rule.get("FREQ", [""])[0]).upper() not in REPEATS:
        raise ValueError
    if any(name in rule for name in OF_A_DAY) or any(every < 1 for every in rule.get("INTERVAL", [])):
        raise ValueError
    # An end of our own: a rule that no day ever fits would be asked for ever.
    ends = min(
        [_until(value, zone) for value in rule.get("UNTIL", [])]
        + [max(there, moment.astimezone(zone).replace(tzinfo=None)) + FARTHEST]
    )
    parts = [part for part in rule.to_ical().decode().split(";") if part.partition("=")[0] not in ("UNTIL", "COUNT")]
    # The rule goes by the clock on the wall: ten o'clock stays ten o'clock when the clocks change. It is asked
    # near the end of the calendar, where a rule that no day ever fits soon has no more years to look through; the
    # days of the week come round every 400 years.
    ahead = (LAST_YEAR - there.year) // 400 * 400
    rule_there = ";".join([*parts, f"UNTIL={ends.replace(year=ends.year + ahead):%Y%m%dT%H%M%S}"])
    days = import_module("dateutil.rrule").rrulestr(rule_there, dtstart=there.replace(year=there.year + ahead))
    # A series that was ended before its first day is looked at for nothing, and is no reason to lose patience.
    walls = (day.replace(year=day.year - ahead) for day in (patience.days_of(days) if ends >= there else ()))
    count = next(iter(rule.get("COUNT", [])), None)
    found = {each.replace(tzinfo=zone).astimezone(UTC) for each in islice(walls, count)} | extra
    left_out = {day for day in map(_moment, _listed(entry, "EXDATE")) if day} | moved
    return sorted(day for day in found - left_out if day > moment)[:MOST_REPEATS]


def _until(value: Any, zone: Any) -> datetime:
    if isinstance(value, datetime):
        return value.astimezone(zone).replace(tzinfo=None) if value.tzinfo else value
    return datetime.combine(value, time.max)


def _listed(entry: Any, name: str) -> list[Any]:
    """The dates of a property that may stand several times, with several dates each."""
    found = entry.get(name, [])
    return [day for one in (found if isinstance(found, list) else [found]) for day in getattr(one, "dts", [])]


def _text(entry: Any, name: str, language: str) -> Bilingual:
    """A text that may stand once for each language."""
    found = entry.get(name, [])
    said = {"cy": "", "en": ""}
    for one in found if isinstance(found, list) else [found]:
        code = str(getattr(one, "params", {}).get("LANGUAGE", language))[:2].lower()
        said[code if code in said else language] = tidy(str(one), lines=True)
    return Bilingual(**said)


def _said(words: str, entry: Any, language: str) -> Bilingual:
    return _text({"": entry.get("LOCATION")}, "", language) if words else Bilingual()


def _cut(text: Bilingual, longest: int) -> Bilingual:
    return Bilingual(text.cy[:longest], text.en[:longest])
