"""Whether a rota keeps every rule: looked at pair by pair, by nothing that made it.

It knows how a guest and a meeting are written down, and nothing of how a rota comes about.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from c4s.speed_networking.rules import Guest, Meeting, Round


class Rule(StrEnum):
    """What must hold. The first seven hold for every rota; the last three as far as they can."""

    KNOWN = "known"
    """Whoever is to meet somebody takes part, and is in the room."""
    ONCE_A_ROUND = "once_a_round"
    ONE_MEETING_A_TABLE = "one_meeting_a_table"
    NEVER_TWICE = "never_twice"
    ACROSS_SIDES = "across_sides"
    MUST_NOTS = "must_nots"
    OWN_TABLE = "own_table"
    NO_EMPTY_TABLE = "no_empty_table"
    """No two people sit out beside an empty table who could meet there."""
    FAIR_BREAKS = "fair_breaks"
    """Of those who are there all the time, on one side, nobody has two breaks more than somebody whose place they could
    take in some round, without leaving anybody who speaks Welsh without another."""
    WELSH = "welsh"
    """Nobody who speaks Welsh meets no other who does, if one more meeting of the two would leave fewer who do not.
    ``Verdict`` has the number of those who do, and the most that it could be."""


@dataclass(frozen=True)
class Verdict:
    """What came of looking.

    Attributes:
        broken: the rules that do not hold.
        wishes, wishes_met, wishes_bound: how many there are, how many come true, and how many at most could: nobody
            has more meetings than rounds, whether to meet whom they wish or to be met.
        welsh, welsh_bound: how many Welsh speakers meet another, and how many at most could.
        breaks: for each number of breaks, how many people have so many.
    """

    broken: frozenset[Rule]
    wishes: int
    wishes_met: int
    wishes_bound: int
    welsh: int
    welsh_bound: int
    breaks: Mapping[int, int]

    @property
    def is_right(self) -> bool:
        return not self.broken


def look(guests: Collection[Guest], rounds: Sequence[Round], *, tables: int, rounds_done: int = 0) -> Verdict:
    """Look at a rota.

    Args:
        guests: everybody who takes part, or took part in a round that has been.
        rounds: all of them, those that have been first.
        rounds_done: how many have been: who was in the room then, and what was best then, is not looked at.
    """
    known = {guest.number: guest for guest in guests}
    broken = {rule for rule, holds in _strict(known, rounds, tables, rounds_done) if not holds}
    welsh, welsh_bound = len(_welsh(known, rounds)), _welsh_bound(known, rounds, rounds_done, tables)
    if Rule.KNOWN not in broken:
        broken |= {rule for rule, holds in _as_far_as_can_be(known, rounds, tables, rounds_done) if not holds}
    wishes = [(one, other) for one in guests for other in one.wants if other in known]
    met = {meeting.people for meetings in rounds for meeting in meetings}
    return Verdict(
        frozenset(broken),
        len(wishes),
        sum(1 for one, other in wishes if frozenset((one.number, other)) in met),
        _wishes_bound(known, rounds, rounds_done, tables),
        welsh,
        welsh_bound,
        Counter(_breaks(guest, rounds) for guest in guests if _always_there(guest, rounds)),
    )


def _strict(
    known: Mapping[int, Guest], rounds: Sequence[Round], tables: int, rounds_done: int
) -> Iterable[tuple[Rule, bool]]:
    every = [meeting for meetings in rounds for meeting in meetings]
    yield (
        Rule.KNOWN,
        all(
            person in known and known[person].is_there(turn)
            for turn, meetings in enumerate(rounds, 1)
            if turn > rounds_done
            for meeting in meetings
            for person in (meeting.one, meeting.other)
        )
        and all(len(meeting.people) == 2 for meeting in every),
    )
    yield (
        Rule.ONCE_A_ROUND,
        all(not first.people & second.people for meetings in rounds for first, second in combinations(meetings, 2)),
    )
    yield (
        Rule.ONE_MEETING_A_TABLE,
        all(first.table != second.table for meetings in rounds for first, second in combinations(meetings, 2))
        and all(1 <= meeting.table <= tables for meeting in every),
    )
    yield Rule.NEVER_TWICE, all(first.people != second.people for first, second in combinations(every, 2))
    both_known = [meeting for meeting in every if meeting.people <= set(known)]
    yield Rule.ACROSS_SIDES, all(_across(known, meeting) for meeting in both_known)
    yield (
        Rule.MUST_NOTS,
        all(
            meeting.other not in known[meeting.one].must_nots and meeting.one not in known[meeting.other].must_nots
            for meeting in both_known
        ),
    )
    yield (
        Rule.OWN_TABLE,
        all(known[person].fixed_table in (None, meeting.table) for meeting in both_known for person in meeting.people),
    )


def _across(known: Mapping[int, Guest], meeting: Meeting) -> bool:
    one, other = known[meeting.one].side, known[meeting.other].side
    return (one is None and other is None) or (one is not None and other is not None and one != other)


def _can(one: Guest, other: Guest) -> bool:
    """Whether nothing that the rules forbid stands between two people."""
    return (
        one.number != other.number
        and (one.side is None or one.side != other.side)
        and other.number not in one.must_nots
        and one.number not in other.must_nots
        and (one.fixed_table is None or other.fixed_table is None)
    )


def _as_far_as_can_be(
    known: Mapping[int, Guest], rounds: Sequence[Round], tables: int, rounds_done: int
) -> Iterable[tuple[Rule, bool]]:
    met = {meeting.people for meetings in rounds for meeting in meetings}
    to_come = [(turn, meetings) for turn, meetings in enumerate(rounds, 1) if turn > rounds_done]
    yield (
        Rule.NO_EMPTY_TABLE,
        not any(
            _can(known[one], known[other]) and frozenset((one, other)) not in met
            for turn, meetings in to_come
            if len(meetings) < tables
            for one, other in combinations(_idle(known, turn, meetings), 2)
        ),
    )
    yield Rule.WELSH, not _welsh_could_be_better(known, rounds, met, tables, rounds_done)
    alike = [guest for guest in known.values() if _always_there(guest, rounds)]
    breaks = {guest.number: _breaks(guest, rounds) for guest in alike}
    yield (
        Rule.FAIR_BREAKS,
        not any(
            _could_take_the_place(known, rounds, met, idle, tired, turn, meetings)
            for idle in alike
            for tired in alike
            if idle.side == tired.side and breaks[idle.number] >= breaks[tired.number] + 2
            for turn, meetings in to_come
        ),
    )


def _could_take_the_place(
    known: Mapping[int, Guest],
    rounds: Sequence[Round],
    met: set[frozenset[int]],
    idle: Guest,
    tired: Guest,
    turn: int,
    meetings: Round,
) -> bool:
    if any(idle.number in meeting.people for meeting in meetings):
        return False
    for meeting in meetings:
        if tired.number in meeting.people:
            [opposite] = meeting.people - {tired.number}
            if not _can(idle, known[opposite]) or frozenset((idle.number, opposite)) in met:
                return False
            changed = list(rounds)
            changed[turn - 1] = tuple(
                Meeting(one.table, idle.number, opposite) if one is meeting else one for one in meetings
            )
            return len(_welsh(known, changed)) >= len(_welsh(known, rounds))
    return False


def _idle(known: Mapping[int, Guest], turn: int, meetings: Round) -> list[int]:
    busy = {person for meeting in meetings for person in meeting.people}
    return [number for number, guest in known.items() if guest.is_there(turn) and number not in busy]


def _always_there(guest: Guest, rounds: Sequence[Round]) -> bool:
    return all(guest.is_there(turn) for turn in range(1, len(rounds) + 1))


def _breaks(guest: Guest, rounds: Sequence[Round]) -> int:
    return sum(
        1
        for turn, meetings in enumerate(rounds, 1)
        if guest.is_there(turn) and not any(guest.number in meeting.people for meeting in meetings)
    )


def _welsh(known: Mapping[int, Guest], rounds: Iterable[Round]) -> set[int]:
    """Those who speak Welsh and meet another who does."""
    return {
        person
        for meetings in rounds
        for meeting in meetings
        if all(one in known and known[one].speaks_welsh for one in meeting.people)
        for person in meeting.people
    }


def _welsh_could_be_better(
    known: Mapping[int, Guest], rounds: Sequence[Round], met: set[frozenset[int]], tables: int, rounds_done: int
) -> bool:
    """Whether one more meeting of two who speak Welsh would leave fewer who meet no other."""
    happy = _welsh(known, rounds)
    speakers = [number for number, guest in known.items() if guest.speaks_welsh]
    for one, other in combinations(speakers, 2):
        if {one, other} <= happy or not _can(known[one], known[other]) or frozenset((one, other)) in met:
            continue
        for turn in range(rounds_done, len(rounds)):
            if not (known[one].is_there(turn + 1) and known[other].is_there(turn + 1)):
                continue
            others = [meeting for meeting in rounds[turn] if not meeting.people & {one, other}]
            more = Meeting(0, one, other)
            room = [others] if len(others) < tables else [[*others[:at], *others[at + 1 :]] for at in range(tables)]
            for left in room:
                if len(_welsh(known, [*rounds[:turn], (*left, more), *rounds[turn + 1 :]])) > len(happy):
                    return True
    return False


# ---- What could be at most ----


def _free_rounds(guest: Guest, rounds: Sequence[Round], rounds_done: int) -> set[int]:
    return {turn for turn in range(rounds_done + 1, len(rounds) + 1) if guest.is_there(turn)}


def _past(rounds: Sequence[Round], rounds_done: int) -> set[frozenset[int]]:
    return {meeting.people for meetings in rounds[:rounds_done] for meeting in meetings}


def _welsh_bound(known: Mapping[int, Guest], rounds: Sequence[Round], rounds_done: int, tables: int) -> int:
    """How many Welsh speakers could at most meet another: each leans on one other, and nobody can be leant on
    more often than there are rounds that they are there for; and no round has more than its tables."""
    past = _past(rounds, rounds_done)
    speakers = [guest for guest in known.values() if guest.speaks_welsh]
    happy = {one.number for one in speakers for other in speakers if frozenset((one.number, other.number)) in past}
    free = {guest.number: _free_rounds(guest, rounds, rounds_done) for guest in speakers}
    wanted = {
        one.number: [
            other.number
            for other in speakers
            if _can(one, other)
            and free[one.number] & free[other.number]
            and frozenset((one.number, other.number)) not in past
        ]
        for one in speakers
        if one.number not in happy
    }
    capacity = {number: len(turns) for number, turns in free.items()}
    seats = 2 * sum(
        min(tables, sum(turn in turns for turns in free.values()) // 2)
        for turn in range(rounds_done + 1, len(rounds) + 1)
    )
    return len(happy) + min(seats, _most(dict.fromkeys(wanted, 1), wanted, capacity))


def _wishes_bound(known: Mapping[int, Guest], rounds: Sequence[Round], rounds_done: int, tables: int) -> int:
    """How many wishes could at most come true: those that have, and the least that three ways of counting leave.

    Each way lets go of some rules, so that no rota can do better: nobody wishes, or is wished for, in more rounds than
    they are there for; nobody gets more out of their rounds than their best meetings; and all the tables together see
    no more than the best meetings of all.
    """
    past = _past(rounds, rounds_done)
    done = sum(1 for guest in known.values() for other in guest.wants if frozenset((guest.number, other)) in past)
    free = {number: _free_rounds(guest, rounds, rounds_done) for number, guest in known.items()}
    wanted = {
        number: [
            other
            for other in sorted(guest.wants)
            if other in known
            and _can(guest, known[other])
            and free[number] & free[other]
            and frozenset((number, other)) not in past
        ]
        for number, guest in known.items()
    }
    capacity = {number: len(turns) for number, turns in free.items()}
    worth = Counter(frozenset((one, other)) for one, others in wanted.items() for other in others)
    mine: defaultdict[int, list[int]] = defaultdict(list)
    for pair, number in worth.items():
        for one in pair:
            mine[one].append(number)
    by_person = sum(sum(sorted(found, reverse=True)[: capacity[one]]) for one, found in mine.items()) // 2
    meetings = sum(
        min(tables, sum(turn in turns for turns in free.values()) // 2)
        for turn in range(rounds_done + 1, len(rounds) + 1)
    )
    by_table = sum(sorted(worth.values(), reverse=True)[:meetings])
    return done + min(_most(capacity, wanted, capacity), by_person, by_table)


def _most(has: Mapping[int, int], wanted: Mapping[int, Sequence[int]], capacity: Mapping[int, int]) -> int:
    """The most pairs that can be chosen, so that each on the left has no more than ``has`` and each on the right no
    more than ``capacity``: by paths that make room for one more, until there is none."""
    chosen: defaultdict[int, set[int]] = defaultdict(set)  # on the right: who on the left

    def make_room(left: int, seen: set[int]) -> bool:
        for right in wanted[left]:
            if right in seen or left in chosen[right]:
                continue
            seen.add(right)
            if len(chosen[right]) < capacity[right]:
                chosen[right].add(left)
                return True
            for other in sorted(chosen[right]):
                if make_room(other, seen):
                    chosen[right].remove(other)
                    chosen[right].add(left)
                    return True
        return False

    number = 0
    for left in wanted:
        for _ in range(has[left]):
            number += make_room(left, set())
    return number
