"""What people thought of an event, and what may be told of it: decisions as plain Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from c4s.core.errors import Refused

OPEN_FOR = timedelta(days=30)
"""How long after an event people can say what they thought."""
KEEP_WORDS = timedelta(days=730)
"""How long after an event we keep what people wrote, and who gave their name. What they chose is kept as numbers."""
FEWEST = 5
"""No number below this is told, and nothing at all of an event of which fewer have said anything."""


class WhyNot(StrEnum):
    """Why somebody cannot say what they thought."""

    NOT_OVER = "not_over"
    CLOSED = "closed"
    NO_PLACE = "no_place"
    ALREADY_GIVEN = "already_given"
    NOTHING_SAID = "nothing_said"


class Did(StrEnum):
    """What the trail says was done. It says nothing of who gave feedback, nor when."""

    LOOKED = "feedback.looked"
    EXPORTED = "feedback.exported"
    ASKED = "feedback.asked"
    """On the phone: a member of staff opened the questions for somebody. Whether they answered is not told."""


class Useful(StrEnum):
    """How useful it was."""

    VERY = "very"
    FAIRLY = "fairly"
    NOT_VERY = "not_very"
    NOT_AT_ALL = "not_at_all"


class Pace(StrEnum):
    """How fast it went."""

    TOO_SLOW = "too_slow"
    RIGHT = "right"
    TOO_FAST = "too_fast"


class Welcome(StrEnum):
    """Whether somebody could use the language that they wanted."""

    THROUGHOUT = "throughout"
    PARTLY = "partly"
    NOT_AT_ALL = "not_at_all"


@dataclass(frozen=True)
class Said:
    """What somebody thought of an event: tidied, and checked by the form that took it."""

    language: str
    """Of the page on which they answered."""
    useful: Useful | None = None
    pace: Pace | None = None
    welcome: Welcome | None = None
    next_step: str = ""
    more: str = ""
    name: str = ""
    """Only if they want us to know."""

    @property
    def is_something(self) -> bool:
        """Whether any question was answered."""
        return bool(self.useful or self.pace or self.welcome or self.next_step or self.more)


def may_give(is_held: bool, has_place: bool, ends_at: datetime, now: datetime) -> None:
    """Let somebody say what they thought.

    Args:
        is_held: the event went ahead.
        has_place: they had a place at it, and did not give it up.

    Raises:
        Refused: ``NO_PLACE``, ``NOT_OVER`` or ``CLOSED``.
    """
    if not (is_held and has_place):
        raise Refused(WhyNot.NO_PLACE)
    if now < ends_at:
        raise Refused(WhyNot.NOT_OVER)
    if now >= ends_at + OPEN_FOR:
        raise Refused(WhyNot.CLOSED)


@dataclass(frozen=True)
class Told:
    """How often something was chosen, as far as it may be told: None stands for fewer than five.

    Attributes:
        of_all: by everybody.
        by_language: by those who answered in each language, if that may be told at all.
    """

    of_all: int | None
    by_language: Mapping[str, int | None]


def about(number: int) -> int:
    """A number of answers as it may be told: with less than five left over, nobody can take one number from another
    to learn a third."""
    return number // FEWEST * FEWEST


def told(counts: Sequence[Mapping[str, int]], answers: Mapping[str, int]) -> list[Told]:
    """What may be told of one question.

    Whatever fewer than five chose is not told. Numbers are told by language only where every number that is told of
    all can be: one that was left out could be worked out from the others. Those who did not answer a question are
    never told: then no numbers add up to all.

    Args:
        counts: for each thing that could be chosen, how many chose it in each language.
        answers: how many answered anything, in each language.
    """
    numbers = [sum(count.values()) for count in counts]
    shown = [number >= FEWEST for number in numbers]
    is_by_language = all(number >= FEWEST for number in answers.values()) and all(
        count.get(code, 0) >= FEWEST
        for count, is_shown in zip(counts, shown, strict=True)
        if is_shown
        for code in answers
    )
    return [
        Told(
            number if is_shown else None,
            {code: count.get(code, 0) if is_shown else None for code in answers} if is_by_language else {},
        )
        for count, number, is_shown in zip(counts, numbers, shown, strict=True)
    ]
