"""How rules say no."""

from enum import StrEnum


class Refused(Exception):
    """A rule said no, for a reason that has words in both languages (never a sentence here).

    Args:
        reason: a member of the capability's own ``StrEnum``; its ``phrases`` module says it in words.
        facts: plain values the words may need (a number, a time).
    """

    def __init__(self, reason: StrEnum, **facts: object) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.facts = facts


class Busy(Exception):
    """The database could not be written to in time; the page says so with 503 and ``Retry-After``."""
