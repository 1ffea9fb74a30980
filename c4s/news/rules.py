"""News by letter: decisions as plain Python."""

from datetime import date, timedelta
from enum import StrEnum

MOST = 10
"""How many events, and how many entries, one letter tells of."""


class Letter(StrEnum):
    """What somebody may be told of."""

    EVENTS = "events"
    BUSINESSES = "businesses"


class Did(StrEnum):
    """What the trail says was done."""

    CHOSE = "news.chose"
    STOPPED = "news.stopped"


def is_due(told_on: date, today: date) -> bool:
    """Whether it is time for a letter: the first one in the week of today, which begins on a Monday.

    Days, not hours: an hour more or less in a week, a night without power, or a worker that is started twice
    changes nothing.

    Args:
        told_on: the day in Wales on which they were last told what is new, or on which they agreed.
        today: the day in Wales.
    """
    return told_on < today - timedelta(days=today.weekday())
