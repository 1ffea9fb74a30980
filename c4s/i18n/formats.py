"""Dates, times, counts and money in the page's language, on UK time.

Babel's own Welsh forms are not used whole: it capitalises *Dydd* in mid-sentence, prints AM and PM,
and joins lists with "a(c)". Patterns here follow welsh.md PL-06 and PL-07.
"""

import re
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import format_date

from c4s.i18n.languages import LANGUAGES, current_language

UK = ZoneInfo("Europe/London")
_names: dict[tuple[str, str, int], str] = {}


def _name(pattern: str, day: date, language: str, key: int) -> str:
    """A day or month name; asked of Babel once for each."""
    known = (pattern + language, pattern, key)
    if known not in _names:
        _names[known] = format_date(day, pattern, locale=LANGUAGES[language].locale)
    return _names[known]


def uk(moment: datetime) -> datetime:
    """The same moment on a clock in Wales."""
    return moment.astimezone(UK)


def day_name(day: date, language: str | None = None) -> str:
    """``dydd Iau``, ``Thursday``."""
    language = language or current_language()
    name = _name("EEEE", day, language, day.weekday())
    return name[0].lower() + name[1:] if language == "cy" else name


def month_name(day: date, language: str | None = None) -> str:
    """``Chwefror``, ``February``."""
    return _name("MMMM", day, language or current_language(), day.month)


def short_month(day: date, language: str | None = None) -> str:
    """``Chwef``, ``Feb``."""
    return _name("MMM", day, language or current_language(), day.month).rstrip(".")


def long_date(when: date | datetime, language: str | None = None) -> str:
    """``dydd Iau 12 Chwefror 2026``, ``Thursday 12 February 2026``."""
    day = uk(when).date() if isinstance(when, datetime) else when
    return f"{day_name(day, language)} {day.day} {month_name(day, language)} {day.year}"


def plain_date(when: date | datetime, language: str | None = None) -> str:
    """``12 Chwefror 2026``, ``12 February 2026``."""
    day = uk(when).date() if isinstance(when, datetime) else when
    return f"{day.day} {month_name(day, language)} {day.year}"


YEARS = range(1900, 2200)
"""Years that people mean. At the ends of the calendar there is no day before, or after, to reckon with."""


def read_day(text: str) -> date | None:
    """The day that somebody typed, as people in Wales write one; None when it cannot be told.

    ``7/12/2026``, ``07 12 2026``, ``7 Rhagfyr 2026``, ``7 Dec 2026``, and ``2026-12-07`` as machines do.
    """
    parts = re.findall(r"[^\W\d_]+|[0-9]+", text.casefold())
    if len(parts) != 3 or re.search(r"[^\w\s./-]", text):
        return None
    day, month, year = reversed(parts) if len(parts[0]) == 4 else parts
    month = _months().get(month, month)
    if not all(part.isdecimal() and len(part) <= 2 for part in (day, month)) or not re.fullmatch("[0-9]{4}", year):
        return None
    if int(year) not in YEARS:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@cache
def _months() -> dict[str, str]:
    """The number of every month by its names in both languages, whole and short."""
    days = [date(2026, number, 1) for number in range(1, 13)]
    ways = [say(day, code).casefold() for say in (month_name, short_month) for code in LANGUAGES for day in days]
    return dict(zip(ways, [str(day.month) for day in days] * 4, strict=True))


def clock_time(moment: datetime) -> str:
    """``14:30``, in both languages, on UK time."""
    there = uk(moment)
    return f"{there.hour:02}:{there.minute:02}"


def date_and_time(moment: datetime, language: str | None = None) -> str:
    """``dydd Iau 12 Chwefror 2026, 14:30``."""
    return f"{long_date(moment, language)}, {clock_time(moment)}"


def span(starts: datetime, ends: datetime, language: str | None = None) -> str:
    """``dydd Gwener 4 Rhagfyr 2026, 10:00–12:30``; both dates when they differ."""
    starts, ends = uk(starts), uk(ends)
    if starts.date() == ends.date():
        return f"{long_date(starts, language)}, {clock_time(starts)}–{clock_time(ends)}"
    return f"{date_and_time(starts, language)} – {date_and_time(ends, language)}"


def at_start(words: str) -> str:
    """A date where it begins a line or stands alone: ``Dydd Iau``; inside a sentence it is ``dydd Iau``."""
    return words[:1].upper() + words[1:]


def count(number: int) -> str:
    """``1,724``: the same in both languages."""
    return f"{number:,}"


def distance(kilometres: float) -> str:
    """``3.2 km`` below ten kilometres, ``14 km`` above: the same in both languages."""
    return f"{kilometres:.1f} km" if round(kilometres, 1) < 10 else f"{kilometres:.0f} km"
