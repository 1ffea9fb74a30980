"""Who came, and what certificates say of it: decisions as plain Python."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from c4s.core import read_aloud
from c4s.core.errors import Refused

ENOUGH_OF, ENOUGH = 3, 2
"""A certificate is for those who came to two thirds of the sessions, or more."""
KEEP_CERTIFICATES = timedelta(days=6 * 366)
"""How long a certificate can be checked: six years, and a little."""
CODE_LENGTH = 12
LOOK_UPS, LOOK_UP_WINDOW = 60, timedelta(hours=1)
"""Codes that one network may look up. There are four thousand million million: nobody finds one by trying."""


PDFS = 30
"""PDFs that one network may have made in the same time."""


class WhyNot(StrEnum):
    """Why something cannot be done."""

    TOO_EARLY = "too_early"
    NOT_HELD = "not_held"
    NOT_OVER = "not_over"
    NOBODY_CHOSEN = "nobody_chosen"
    WITHDRAWN_ALREADY = "withdrawn_already"
    WORDS_NEEDED = "words_needed"


class Did(StrEnum):
    """What the trail says was done."""

    LOOKED = "attendance.looked"
    RECORDED = "attendance.recorded"
    CORRECTED = "attendance.corrected"
    ISSUED = "certificate.issued"
    WITHDRAWN = "certificate.withdrawn"


def people(name: str, others: Sequence[str], party: int) -> tuple[str, ...]:
    """Everybody of a sign-up by name, the one who signed up first; nobody knows the names of those who gave none."""
    return tuple([name, *others, *[""] * party][:party])


def ticked(people: Sequence[str], came: Iterable[str]) -> tuple[bool, ...]:
    """Which of a party came, by the names of those who did: two of the same name are two people."""
    left = Counter(came)
    found = []
    for name in people:
        found.append(left[name] > 0)
        left[name] -= 1
    return tuple(found)


def may_record(is_held: bool, day: date, today: date) -> None:
    """Let somebody write down who came.

    Args:
        is_held: the event is going ahead, or went ahead.
        day: of the session, in Wales, as is ``today``.

    Raises:
        Refused: ``NOT_HELD`` or ``TOO_EARLY``.
    """
    if not is_held:
        raise Refused(WhyNot.NOT_HELD)
    if today < day:
        raise Refused(WhyNot.TOO_EARLY)


def may_issue(is_held: bool, ends_at: datetime, now: datetime) -> None:
    """Let certificates be issued.

    Raises:
        Refused: ``NOT_HELD`` or ``NOT_OVER``.
    """
    if not is_held:
        raise Refused(WhyNot.NOT_HELD)
    if now < ends_at:
        raise Refused(WhyNot.NOT_OVER)


def came_to_enough(attended: int, held: int) -> bool:
    """Whether somebody has earned a certificate.

    Args:
        attended: the sessions that they came to.
        held: the sessions for which anybody wrote down who came.
    """
    return held > 0 and attended * ENOUGH_OF >= held * ENOUGH


def code_meant(typed: str) -> str | None:
    """The code that somebody typed, with small letters or without hyphens as they like; None if it is none."""
    letters = "".join(typed.upper().replace("-", " ").split())
    is_code = len(letters) == CODE_LENGTH and set(letters) <= set(read_aloud.LETTERS)
    return read_aloud.grouped(letters) if is_code else None
