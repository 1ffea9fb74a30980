"""What readers tell us is wrong with an entry: decisions as plain Python."""

from datetime import date, timedelta
from enum import StrEnum

from c4s.core import read_aloud
from c4s.core.errors import Refused

WORKING_DAYS = 10
"""By when we promise an answer. Bank holidays count as working days: the promise is no longer for them."""
KEEP_ANSWERED = timedelta(days=365)
"""How long a report is kept after its answer."""
PER_NETWORK, PER_SITE, PER_ENTRY, PER_ADDRESS, HOUR = 10, 200, 20, 5, timedelta(hours=1)
"""How many may be sent: each is work for staff, and may post letters."""
REFERENCE_LENGTH = 8


class ReportKind(StrEnum):
    """What is wrong."""

    OUT_OF_DATE = "out_of_date"
    CLOSED = "closed"
    WRONG_WORDS = "wrong_words"
    OFFENSIVE = "offensive"
    """Offensive, or against the law."""
    CONDUCT = "conduct"
    """Against the code of conduct."""
    OTHER = "other"


FOR_STAFF_ALONE = frozenset({ReportKind.OFFENSIVE, ReportKind.CONDUCT})
"""What the business is not told of: whoever tells us of it may have something to fear from them."""


class ReportState(StrEnum):
    """Where a report has got to."""

    OPEN = "open"
    ANSWERED = "answered"


class Outcome(StrEnum):
    """What came of it."""

    PUT_RIGHT = "put_right"
    WITH_BUSINESS = "with_business"
    """The business knows, and deals with it."""
    TAKEN_DOWN = "taken_down"
    NOTHING_WRONG = "nothing_wrong"
    CANNOT_TELL = "cannot_tell"


class Did(StrEnum):
    """What the trail says was done."""

    TOLD = "report.told"
    LOOKED = "report.looked"
    NOTED = "report.noted"
    ANSWERED = "report.answered"


class WhyNot(StrEnum):
    """Why something cannot be done with a report."""

    ALREADY_ANSWERED = "already_answered"
    ONES_OWN = "ones_own"
    WORDS_NEEDED = "words_needed"


def is_for_business(kind: ReportKind) -> bool:
    """Whether the people of the business read it too; the name of the one who told us they never do."""
    return kind not in FOR_STAFF_ALONE


def due_on(told_on: date) -> date:
    """The last day for the answer.

    Args:
        told_on: the day in Wales.
    """
    day, left = told_on, WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.isoweekday() <= 5
    return day


def reference_from(letters: str) -> str:
    """Letters as people read them out, with the sign of a report before them: ``P-K7QM-4RTX``."""
    return f"P-{read_aloud.grouped(letters)}"


def is_overdue(state: ReportState, due: date, today: date) -> bool:
    """Whether a report should have been answered before today."""
    return state == ReportState.OPEN and today > due


def may_deal_with(state: ReportState, *, is_ones_own: bool) -> None:
    """Let a member of staff deal with a report that is open, and neither theirs nor about a business of theirs.

    Raises:
        Refused: ``ONES_OWN`` or ``ALREADY_ANSWERED``.
    """
    if is_ones_own:
        raise Refused(WhyNot.ONES_OWN)
    if state != ReportState.OPEN:
        raise Refused(WhyNot.ALREADY_ANSWERED)
