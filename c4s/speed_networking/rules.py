"""Rotas for speed networking: what they are made of, who may meet whom, and what may be done when.

``planner`` makes one, and ``checker`` proves of it that it keeps the rules, whoever made it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from c4s.core.errors import Refused

MOST_PEOPLE, MOST_ROUNDS, MOST_TABLES, MOST_MINUTES = 60, 12, 30, 60
LARGEST_SEED = 999_999


class Side(StrEnum):
    """Where there are two sides, people meet only those of the other one."""

    ONE = "one"
    """They sit."""
    OTHER = "other"
    """They move from table to table."""


class WishKind(StrEnum):
    """What is wished of two people who take part."""

    WANT = "want"
    MUST_NOT = "must_not"
    """Neither may meet the other; only staff know of it."""


class Presence(StrEnum):
    """Whether somebody is in the room in the rounds to come."""

    HERE = "here"
    AWAY = "away"


class Did(StrEnum):
    """What the trail says was done."""

    SET_UP = "rota.set_up"
    CHANGED_PERSON = "rota.changed_person"
    GATHERED = "rota.gathered"
    MADE = "rota.made"
    ROUND_DONE = "rota.round_done"
    CLOSED = "rota.closed"
    SAID_WHOM_AGAIN = "rota.said_whom_again"
    LOOKED = "rota.looked"


class WhyNot(StrEnum):
    """Why a rota, or what somebody says of it, is not taken as it is."""

    BEGUN = "rota_begun"
    """Nothing that has been is changed."""
    CLOSED = "rota_closed"
    NOT_CLOSED = "rota_not_closed"
    NO_ROTA = "no_rota"
    TOO_FEW = "too_few_people"
    TOO_MANY = "too_many_people"
    NO_SIDE = "side_missing"
    TABLE_TAKEN = "table_taken"
    NO_SUCH_TABLE = "no_such_table"
    WISH_AND_MUST_NOT = "wish_and_must_not"
    REACH_NEEDED = "reach_needed"
    ANSWERED = "answered"
    SIDE_NAMES_NEEDED = "side_names_needed"


@dataclass(frozen=True)
class Guest:
    """Somebody who takes part.

    Attributes:
        side: none where there are no sides.
        fixed_table: the one table that they sit at; no two people have the same.
        wants: whom they would like to meet.
        must_nots: whom they must not; it holds for both.
        arrives: the first round that they are there for.
        leaves: the last one; None for whoever stays.
    """

    number: int
    side: Side | None = None
    speaks_welsh: bool = False
    fixed_table: int | None = None
    wants: frozenset[int] = frozenset()
    must_nots: frozenset[int] = frozenset()
    arrives: int = 1
    leaves: int | None = None

    def is_there(self, turn: int) -> bool:
        """Whether they are in the room in a round, of which the first is 1."""
        return self.arrives <= turn and (self.leaves is None or turn <= self.leaves)


@dataclass(frozen=True)
class Meeting:
    """Two people at a table. ``one`` is the lower number, or sits where there are sides."""

    table: int
    one: int
    other: int

    @property
    def people(self) -> frozenset[int]:
        return frozenset((self.one, self.other))


Round = tuple[Meeting, ...]


@dataclass(frozen=True)
class Plan:
    """Every round, those that have been and those to come."""

    rounds: tuple[Round, ...]

    def breaks(self, guests: Iterable[Guest]) -> list[frozenset[int]]:
        """Who is there and meets nobody, round by round."""
        guests = list(guests)
        found = []
        for turn, meetings in enumerate(self.rounds, 1):
            busy = {number for meeting in meetings for number in meeting.people}
            found.append(frozenset(one.number for one in guests if one.is_there(turn)) - busy)
        return found


def may_meet(one: Guest, other: Guest) -> bool:
    """Whether two people may be put at one table at all, whatever the round."""
    if one.number == other.number or (one.side is not None and one.side == other.side):
        return False
    if one.fixed_table is not None and other.fixed_table is not None:
        return False  # each at a table of their own
    return other.number not in one.must_nots and one.number not in other.must_nots


def may_plan(guests: Collection[Guest], rounds: int, tables: int, *, has_sides: bool = False) -> None:
    """Let a rota be made.

    Raises:
        Refused: ``TOO_FEW``, ``TOO_MANY``; ``NO_SIDE`` when some have a side, or are to have one, and others none;
            ``NO_SUCH_TABLE`` and ``TABLE_TAKEN`` for a table of somebody's own that is not there, or that two have.
    """
    if len(guests) < 2:
        raise Refused(WhyNot.TOO_FEW)
    if len(guests) > MOST_PEOPLE or rounds > MOST_ROUNDS:
        raise Refused(WhyNot.TOO_MANY)
    sides = {guest.side for guest in guests}
    if None in sides and (has_sides or len(sides) > 1):
        raise Refused(WhyNot.NO_SIDE)
    fixed = [guest.fixed_table for guest in guests if guest.fixed_table is not None]
    if any(not 1 <= table <= tables for table in fixed):
        raise Refused(WhyNot.NO_SUCH_TABLE)
    if len(set(fixed)) < len(fixed):
        raise Refused(WhyNot.TABLE_TAKEN)


def may_change(*, rounds_done: int, is_closed: bool) -> None:
    """Let the number of rounds, the tables and the sides be changed.

    Raises:
        Refused: ``CLOSED``, ``BEGUN``.
    """
    if is_closed:
        raise Refused(WhyNot.CLOSED)
    if rounds_done:
        raise Refused(WhyNot.BEGUN)


def may_go_on(*, is_made: bool, is_closed: bool) -> None:
    """Let a round be marked as done, or the last be closed.

    Raises:
        Refused: ``CLOSED``, ``NO_ROTA``.
    """
    if is_closed:
        raise Refused(WhyNot.CLOSED)
    if not is_made:
        raise Refused(WhyNot.NO_ROTA)


def must_agree(wants: frozenset[int], must_nots: frozenset[int]) -> None:
    """Let nobody wish for somebody whom they must not meet.

    Raises:
        Refused: ``WISH_AND_MUST_NOT``.
    """
    if wants & must_nots:
        raise Refused(WhyNot.WISH_AND_MUST_NOT)


def stay(presence: Presence, rounds_done: int, arrives: int, leaves: int | None) -> tuple[int, int | None]:
    """From which round to which somebody is there, when staff say now that they are here or away."""
    is_here = leaves is None
    if presence == Presence.HERE:
        return (arrives, None) if is_here else (rounds_done + 1, None)
    return (arrives, rounds_done) if is_here else (arrives, leaves)


def told_apart(names: Iterable[str]) -> list[str]:
    """Names of which no two are the same: the second of two has a number."""
    found: list[str] = []
    for name in names:
        times = sum(other == name or other.startswith(f"{name} (") for other in found)
        found.append(f"{name} ({times + 1})" if name in found else name)
    return found
