"""What a shortlist is: a few numbers of entries, each once, in the order in which they were chosen."""

from collections.abc import Collection
from enum import StrEnum

from c4s.core.errors import Refused

MOST = 20
SIDE_BY_SIDE = 4
"""Entries that are compared on one page."""
LONGEST = 300
"""Characters of a list as text; what comes after is not read."""

Numbers = tuple[int, ...]


class WhyNot(StrEnum):
    """Why an entry cannot be put on a shortlist."""

    FULL = "full"


def read(text: str) -> Numbers:
    """The list that an address or a cookie holds; whatever is no number of an entry is left out.

    Args:
        text: numbers with full stops between them, whoever wrote them.
    """
    found = [int(one) for one in text[:LONGEST].split(".") if one.isascii() and one.isdecimal() and len(one) < 10]
    return tuple(dict.fromkeys(found))[:MOST]


def written(numbers: Numbers) -> str:
    """The same list as text."""
    return ".".join(map(str, numbers))


def added(numbers: Numbers, one: int) -> Numbers:
    """The list with one more entry, last; one that is there already stays where it is.

    Raises:
        Refused: ``FULL``.
    """
    if one in numbers:
        return numbers
    if len(numbers) >= MOST:
        raise Refused(WhyNot.FULL)
    return (*numbers, one)


def without(numbers: Numbers, some: Collection[int]) -> Numbers:
    """The list without some of its entries."""
    return tuple(number for number in numbers if number not in some)
