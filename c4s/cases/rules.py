"""Requests and complaints about personal data: decisions as plain Python."""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from c4s.core import read_aloud
from c4s.core.errors import Refused

MONTHS, MONTHS_LONGER = 1, 2
LONGEST_ON_THE_WAY = timedelta(days=60)
"""From the day on which a request came to the day on which staff enter it: what is older is a slip of the pen."""
KEEP_ANSWERED = timedelta(days=730)
"""How long a case is kept after its answer."""
REFERENCE_LENGTH = 8


class CaseKind(StrEnum):
    """What somebody asks for: their rights by UK GDPR, articles 15 to 21, or a complaint (Data (Use and Access) Act
    2025, section 103)."""

    ACCESS = "access"
    CORRECTION = "correction"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    OBJECTION = "objection"
    COMPLAINT = "complaint"


class CaseState(StrEnum):
    """Where a case has got to. Its receipt is acknowledged in the moment in which it comes."""

    OPEN = "open"
    ANSWERED = "answered"


class WhyNot(StrEnum):
    """Why something cannot be done with a case."""

    ALREADY_ANSWERED = "already_answered"
    ALREADY_LONGER = "already_longer"
    COMPLAINT = "complaint"
    TOO_LATE = "too_late"
    ONES_OWN = "ones_own"
    NOT_COME_YET = "not_come_yet"
    CAME_LONG_AGO = "came_long_ago"
    WORDS_NEEDED = "words_needed"


class Did(StrEnum):
    """What the trail says was done."""

    OPENED = "case.opened"
    ENTERED = "case.entered"
    LOOKED = "case.looked"
    TOOK_LONGER = "case.took_longer"
    ANSWERED = "case.answered"


def reference_from(letters: str) -> str:
    """Letters as people read them out, with the sign of a case before them: ``D-K7QM-4RTX``."""
    return f"D-{read_aloud.grouped(letters)}"


def months_after(day: date, months: int) -> date:
    """The corresponding day of a later month, or the last day of a month that has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due_on(received_on: date) -> date:
    """The last day for the answer: a month after the day on which it came.

    UK GDPR, article 12(3), gives a month for requests. For complaints the Data (Use and Access) Act 2025, section 103
    (Data Protection Act 2018, section 164A), asks for an acknowledgement within 30 days and an answer without undue
    delay; we promise a month for these too. A weekend or a holiday gives us no day more.

    Args:
        received_on: the day in Wales.
    """
    return months_after(received_on, MONTHS)


def longer_due_on(received_on: date) -> date:
    """The last day for an answer that takes two months longer (UK GDPR, article 12(3))."""
    return months_after(received_on, MONTHS + MONTHS_LONGER)


def may_have_come(received_on: date, today: date) -> None:
    """Let a request that came by telephone or on paper have come on this day.

    Raises:
        Refused: ``NOT_COME_YET`` or ``CAME_LONG_AGO``.
    """
    if received_on > today:
        raise Refused(WhyNot.NOT_COME_YET)
    if today - received_on > LONGEST_ON_THE_WAY:
        raise Refused(WhyNot.CAME_LONG_AGO)


def is_overdue(state: CaseState, due: date, today: date) -> bool:
    """Whether a case should have been answered before today."""
    return state == CaseState.OPEN and today > due


def may_answer(state: CaseState, person_id: int | None, by_id: int) -> None:
    """Let a member of staff deal with a case that is open, and not their own.

    Raises:
        Refused: ``ONES_OWN`` or ``ALREADY_ANSWERED``.
    """
    if person_id == by_id:
        raise Refused(WhyNot.ONES_OWN)
    if state != CaseState.OPEN:
        raise Refused(WhyNot.ALREADY_ANSWERED)


def may_take_longer(kind: CaseKind, *, is_longer: bool, due: date, today: date) -> None:
    """Let a request take two months longer, once, and only if the one who asked is told within the first month
    (UK GDPR, article 12(3)). The law knows no such thing for complaints.

    Raises:
        Refused: ``COMPLAINT``, ``ALREADY_LONGER`` or ``TOO_LATE``.
    """
    if kind == CaseKind.COMPLAINT:
        raise Refused(WhyNot.COMPLAINT)
    if is_longer:
        raise Refused(WhyNot.ALREADY_LONGER)
    if today > due:
        raise Refused(WhyNot.TOO_LATE)
