"""How long things wait for staff, in Welsh and in English: plain figures of plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from statistics import median_low

from c4s.i18n.languages import LANGUAGES
from c4s.web.desk import Waits


class Due(StrEnum):
    """How a day by which something must be done stands to today."""

    LATER = "later"
    TODAY = "today"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Figures:
    """How many wait for an answer in one language, and for how many days: half of them so many, and the longest."""

    number: int
    median: int
    longest: int


def figures(all_that_wait: Iterable[Waits], now: datetime) -> dict[str, Figures]:
    """The figures by language; what is wanted in both counts for each.

    Args:
        now: until when they have waited.
    """
    waiting = list(all_that_wait)
    return {code: _of([one.since for one in waiting if one.language in (code, "both")], now) for code in LANGUAGES}


def _of(since: Sequence[datetime], now: datetime) -> Figures:
    days = [max(0, (now - moment).days) for moment in since]
    return Figures(len(days), median_low(days), max(days)) if days else Figures(0, 0, 0)


def due(day: date, today: date) -> Due:
    """Whether there is time, whether it is today, or whether it is too late."""
    if day == today:
        return Due.TODAY
    return Due.LATER if day > today else Due.OVERDUE
