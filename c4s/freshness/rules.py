"""Whether an entry of the directory is still right: who is asked when, and what becomes of no answer; plain Python.

Nothing is ever deleted because nobody answered, and nothing leaves the lists because staff were slow: an entry is
archived only when somebody was asked in time, when the last letter has left the house, and a week after that. An entry
of which nobody can be asked is for staff to decide.
"""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

from c4s.cases.rules import months_after
from c4s.core import read_aloud
from c4s.core.errors import Refused

FIRST_AFTER, SECOND_AFTER, ARCHIVED_AFTER = 9, 15, 16
"""Months from the day on which the business last said that all is right."""
NOTICE = timedelta(days=7)
"""What people have at the least between the last letter and the day on which lists leave the entry out."""
CODE_LENGTH = 12
"""Letters in a code: twelve of the twenty that there are, which is 51 bits, and tries are few."""
KEEP_CODES = timedelta(days=400)
"""How long a code of a letter is known: longer than from the first letter to the last day."""
CODES_PER_NETWORK, CODES_ON_SITE, CODES_WINDOW = 20, 200, timedelta(hours=1)
"""Codes that may be tried: from one network, and on the whole site."""


class Stage(StrEnum):
    """Which of the letters of one round is due."""

    FIRST = "first"
    SECOND = "second"
    LAST = "last"


class Shown(StrEnum):
    """What staff can list: entries by how long ago somebody said that they are right, and those apart."""

    FIRST = "first"
    SECOND = "second"
    LAST = "last"
    NOBODY = "nobody"
    """Due to be asked about, and there is nobody whom a letter reaches."""
    ARCHIVED = "archived"


class Heard(StrEnum):
    """What a member of staff was told of an entry."""

    RIGHT = "right"
    CLOSED = "closed"
    NOBODY = "nobody"
    """Nobody can be reached: lists leave the entry out."""


class By(StrEnum):
    """How an answer came."""

    LETTER = "letter"
    ACCOUNT = "account"
    PHONE = "phone"


class Did(StrEnum):
    """What the trail says was done."""

    ASKED = "entry.asked_whether_right"
    CONFIRMED = "entry.confirmed"
    CLOSED = "entry.said_closed"
    ARCHIVED = "entry.archived"
    LOOKED = "entry.freshness_looked"
    LISTED = "entries.freshness_listed"
    EXPORTED = "entries.freshness_exported"


class WhyNot(StrEnum):
    """Why an answer is not taken."""

    NOT_THERE = "not_there"
    """There is no such entry, or it is no business of theirs."""
    ONES_OWN = "ones_own"
    ALREADY_CLOSED = "already_closed"
    REASON_NEEDED = "reason_needed"
    CAN_BE_ASKED = "can_be_asked"


def day_of(stage: Stage, counted_from: date) -> date:
    """The day in Wales from which a letter is due."""
    if stage == Stage.LAST:
        return archive_day(counted_from) - NOTICE
    return months_after(counted_from, FIRST_AFTER if stage == Stage.FIRST else SECOND_AFTER)


def archive_day(counted_from: date) -> date:
    """The first day on which lists may leave an entry out."""
    return months_after(counted_from, ARCHIVED_AFTER)


def stage_on(counted_from: date, today: date) -> Stage | None:
    """The letter that is due: of several the latest alone, for nobody is helped by three at once."""
    return next((stage for stage in reversed(Stage) if day_of(stage, counted_from) <= today), None)


def counted_until(stage: Stage, today: date) -> date:
    """The latest day from which a round may be counted, for a letter to be due today."""
    months = {Stage.FIRST: FIRST_AFTER, Stage.SECOND: SECOND_AFTER, Stage.LAST: ARCHIVED_AFTER}[stage]
    day = months_after(today + NOTICE if stage == Stage.LAST else today, -months)
    while day_of(stage, day + timedelta(days=1)) <= today:  # the ends of months are shared by several days
        day += timedelta(days=1)
    return day


def last_day(counted_from: date, asked_on: date) -> date:
    """The day from which lists leave an entry out if nobody answers, as the last letter says it.

    Args:
        asked_on: the day of that letter; late when the site was away, and then so is the day.
    """
    return max(archive_day(counted_from), asked_on + NOTICE)


def may_archive(counted_from: date, today: date, *, left_on: Collection[date], waits: bool) -> bool:
    """Whether nobody answered for so long that lists leave an entry out.

    Args:
        left_on: the days on which the last letter left the house, to each person.
        waits: one of them is still to be sent, printed or read out.
    """
    return bool(left_on) and not waits and today >= last_day(counted_from, max(left_on))


def is_answered(confirmed_on: date | None, counted_from: date) -> bool:
    """Whether somebody has answered since the round began that a letter belongs to."""
    return confirmed_on is not None and confirmed_on > counted_from


def plain(typed: str) -> str:
    """The letters of a code, however somebody typed it; no more than tell that it has too many."""
    return read_aloud.letters_in(typed)[: CODE_LENGTH + 1]


def may_act(heard: Heard, *, is_ones_own: bool, is_closed: bool, can_be_asked: bool, reason: str) -> None:
    """Let a member of staff note what they heard of an entry, and from whom: not of one that they speak for themselves.

    Raises:
        Refused: ``ONES_OWN``; ``REASON_NEEDED``; ``ALREADY_CLOSED``; ``CAN_BE_ASKED`` for taking an entry out of the
            lists while there is somebody whom letters reach.
    """
    if is_ones_own:
        raise Refused(WhyNot.ONES_OWN)
    if not reason:
        raise Refused(WhyNot.REASON_NEEDED)
    if is_closed:
        raise Refused(WhyNot.ALREADY_CLOSED)
    if heard == Heard.NOBODY and can_be_asked:
        raise Refused(WhyNot.CAN_BE_ASKED)
