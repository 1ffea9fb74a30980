"""Who meets whom, when and where: a rota is made, as plain Python.

What must hold, in this order: nobody meets twice, nor anybody they must not, and with two sides only somebody of the
other one; whoever has a table of their own sits there. Then everybody who speaks Welsh meets another who does, if
that can be; breaks are as many for one as for another; and as many wishes come true as can be. ``checker`` proves it
of a rota, whoever made it.
"""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from c4s.speed_networking.rules import Guest, Meeting, Plan, Round, Side, may_meet, may_plan

STEPS = 120_000
"""Changes tried for a full room: more make hardly anything better, and somebody waits for the page."""
WISH, BREAK, WELSH = 10.0, 12.0, 2000.0
"""What a wish come true is worth; what breaks cost, times their square; and what it costs when somebody who speaks
Welsh meets nobody else who does."""


def make_plan(
    guests: Sequence[Guest], *, rounds: int, tables: int, seed: int, past: Sequence[Round] = (), steps: int = STEPS
) -> Plan:
    """A rota: the same people and the same seed give the same one.

    Args:
        past: the rounds that have been; they stay as they are, and the rest is planned around them.
        steps: how many changes to try for the sake of wishes, at most.

    Raises:
        Refused: as ``may_plan``.
    """
    may_plan(guests, rounds, tables)
    draft = _Draft(sorted(guests, key=lambda guest: guest.number), rounds, tables, past)
    chance = random.Random(seed)
    draft.fill_in(chance)
    draft.anneal(chance, min(steps, 160 * max(1, rounds - len(past)) * len(guests)))
    draft.mend()
    return Plan((*(tuple(one) for one in past), *draft.seated()))


@dataclass
class _Draft:
    """A rota in the making: for each round still to be planned, who meets whom.

    People go by their place in the list, not by their numbers: lists are faster than dictionaries.
    """

    guests: Sequence[Guest]
    rounds: int
    tables: int
    past: Sequence[Round]
    partner: list[list[int]] = field(init=False)
    """For each round to come, whom each meets; -1 for nobody."""

    def __post_init__(self) -> None:
        guests, size = self.guests, len(self.guests)
        place = {guest.number: index for index, guest in enumerate(guests)}
        self.first = len(self.past) + 1
        self.turns = range(max(0, self.rounds - len(self.past)))
        self.there = [[guest.is_there(self.first + turn) for guest in guests] for turn in self.turns]
        self.partner = [[-1] * size for _ in self.turns]
        self.number_of_meetings = [0 for _ in self.turns]
        self.may = [[may_meet(one, other) for other in guests] for one in guests]
        self.gain = [[(other.number in one.wants) + (one.number in other.wants) for other in guests] for one in guests]
        self.always = [guest.arrives <= 1 and (guest.leaves is None or guest.leaves >= self.rounds) for guest in guests]
        self.breaks = [sum(there[index] for there in self.there) for index in range(size)]
        self.met = [[False] * size for _ in guests]
        self.welsh = [0] * size
        """With how many Welsh speakers each Welsh speaker has a meeting."""
        self.speaks = [guest.speaks_welsh for guest in guests]
        for turn, meetings in enumerate(self.past, 1):
            busy = set()
            for meeting in meetings:
                one, other = place.get(meeting.one, -1), place.get(meeting.other, -1)
                busy |= {one, other}
                if one >= 0 and other >= 0:
                    self._note(one, other, 1)
            for index, guest in enumerate(guests):
                self.breaks[index] += guest.is_there(turn) and index not in busy
        pairs = [(one, other) for one in range(size) for other in range(size) if self.may[one][other]]
        self.partners: list[list[int]] = [[] for _ in guests]
        for one, other in pairs:
            self.partners[one].append(other)
        self.wished = [[other for other in self.partners[one] if self.gain[one][other]] for one in range(size)]
        self.welsh_partners = [
            [other for other in self.partners[one] if self.speaks[one] and self.speaks[other]] for one in range(size)
        ]

    # ---- Single steps ----

    def _note(self, one: int, other: int, by: int) -> None:
        self.met[one][other] = self.met[other][one] = by > 0
        if self.speaks[one] and self.speaks[other]:
            self.welsh[one] += by
            self.welsh[other] += by

    def _join(self, turn: int, one: int, other: int) -> None:
        self.partner[turn][one], self.partner[turn][other] = other, one
        self.number_of_meetings[turn] += 1
        self.breaks[one] -= 1
        self.breaks[other] -= 1
        self._note(one, other, 1)

    def _part(self, turn: int, one: int, other: int) -> None:
        self.partner[turn][one] = self.partner[turn][other] = -1
        self.number_of_meetings[turn] -= 1
        self.breaks[one] += 1
        self.breaks[other] += 1
        self._note(one, other, -1)

    def _could(self, turn: int, one: int, other: int) -> bool:
        """Whether two people who have not met may meet in a round, whomever they leave for it."""
        there = self.there[turn]
        return self.may[one][other] and not self.met[one][other] and there[one] and there[other]

    def _cost_of(self, *people: int) -> float:
        """What the breaks and the missing Welsh of some people cost."""
        cost = 0.0
        for one in people:
            cost += BREAK * self.breaks[one] * self.breaks[one]
            if self.welsh_partners[one] and not self.welsh[one]:
                cost += WELSH
        return cost

    # ---- The first draft ----

    def fill_in(self, chance: random.Random) -> None:
        """Fill the rounds by an old pattern in which nobody meets twice: everybody moves on by one seat.

        Who has which seat is tried out, so that those meet who wish to, and gaps fall where they must.
        """
        size = len(self.guests)
        sides = [[index for index in range(size) if self.guests[index].side == side] for side in (*Side, None)]
        ones, others, single = sides
        seats = [*ones, *others] if ones or others else single
        pattern = list(_two_sides(len(ones), len(others)) if ones or others else _one_side(size))
        self._shuffle(seats, 0, len(ones) if ones or others else size, chance)
        if ones or others:
            self._shuffle(seats, len(ones), size, chance)
        if not pattern:
            return
        begin = int(chance.random() * len(pattern))
        turns = [(turn, pattern[(begin + turn) % len(pattern)]) for turn in self.turns if turn < len(pattern)]
        self._settle(seats, turns, len(ones), chance)
        for turn, pairs in turns:
            found = [(seats[one], seats[other]) for one, other in pairs if self._could(turn, seats[one], seats[other])]
            found.sort(key=lambda pair: -(self.breaks[pair[0]] + self.breaks[pair[1]]))
            for one, other in found[: self.tables]:
                self._join(turn, one, other)

    @staticmethod
    def _shuffle(seats: list[int], begin: int, end: int, chance: random.Random) -> None:
        for place in range(end - 1, begin, -1):
            with_ = begin + int(chance.random() * (place - begin + 1))
            seats[place], seats[with_] = seats[with_], seats[place]

    def _settle(
        self, seats: list[int], turns: Sequence[tuple[int, list[tuple[int, int]]]], ones: int, chance: random.Random
    ) -> None:
        """Swap seats while that makes the draft better."""
        size = len(seats)
        meets: list[list[tuple[int, int]]] = [[] for _ in seats]
        for turn, pairs in turns:
            for one, other in pairs:
                meets[one].append((turn, other))
                meets[other].append((turn, one))

        def worth(seat: int) -> float:
            mine = seats[seat]
            worth = 0.0
            for turn, opposite in meets[seat]:
                theirs = seats[opposite]
                welsh = 3 * (self.speaks[mine] and self.speaks[theirs])
                worth += self.gain[mine][theirs] + welsh if self._could(turn, mine, theirs) else -4
            return worth

        for _ in range(min(3_000, 60 * size)):
            one, other = int(chance.random() * size), int(chance.random() * size)
            if one == other or (one < ones) != (other < ones):
                continue
            before = worth(one) + worth(other)
            seats[one], seats[other] = seats[other], seats[one]
            if worth(one) + worth(other) < before:
                seats[one], seats[other] = seats[other], seats[one]

    # ---- Making it better ----

    def anneal(self, chance: random.Random, steps: int) -> None:
        """Let pairs meet by chance and keep what is better, or at first only a little worse; the best stays."""
        random_ = chance.random
        size, turns = len(self.guests), len(self.turns)
        if not turns:
            return
        cost = best = 0.0
        kept = [list(row) for row in self.partner]
        for step in range(steps):
            heat = 14.0 * (1 - step / steps) + 0.2
            turn, one = int(random_() * turns), int(random_() * size)
            if not self.there[turn][one]:
                continue
            pool = self.partners[one]
            if self.welsh_partners[one] and not self.welsh[one] and random_() < 0.5:
                pool = self.welsh_partners[one]
            elif self.wished[one] and random_() < 0.6:
                pool = self.wished[one]
            if not pool:
                continue
            other = pool[int(random_() * len(pool))]
            if not self._could(turn, one, other):
                continue
            undo = self._bring_together(turn, one, other)
            if undo is None:
                continue
            change, steps_back = undo
            if change <= 0 or random_() < math.exp(-change / heat):
                cost += change
                if cost < best - 1e-9:
                    best, kept = cost, [list(row) for row in self.partner]
            else:
                self._take_back(turn, steps_back)
        self._return_to(kept)

    def _bring_together(self, turn: int, one: int, other: int) -> tuple[float, list[tuple[bool, int, int]]] | None:
        """Let two people meet in a round, and those whom they leave meet each other if they may.

        Returns:
            by how much the cost rises, and the steps that were taken; None when there is no table.
        """
        partner = self.partner[turn]
        left, right = partner[one], partner[other]
        if left < 0 and right < 0 and self.number_of_meetings[turn] >= self.tables:
            return None
        people = {one, other} | {person for person in (left, right) if person >= 0}
        before = self._cost_of(*people)
        gain = self.gain[one][other]
        steps = []
        for mine, theirs in ((one, left), (other, right)):
            if theirs >= 0:
                self._part(turn, mine, theirs)
                gain -= self.gain[mine][theirs]
                steps.append((False, mine, theirs))
        self._join(turn, one, other)
        steps.append((True, one, other))
        if left >= 0 and right >= 0 and self._could(turn, left, right):
            self._join(turn, left, right)
            gain += self.gain[left][right]
            steps.append((True, left, right))
        return self._cost_of(*people) - before - WISH * gain, steps

    def _take_back(self, turn: int, steps: list[tuple[bool, int, int]]) -> None:
        for joined, one, other in reversed(steps):
            (self._part if joined else self._join)(turn, one, other)

    def _return_to(self, kept: list[list[int]]) -> None:
        # All part before any join: a pair may have moved from one round to another.
        for turn in self.turns:
            for one, other in _pairs(self.partner[turn]):
                self._part(turn, one, other)
        for turn in self.turns:
            for one, other in _pairs(kept[turn]):
                self._join(turn, one, other)

    # ---- What the checker asks of every rota ----

    def mend(self) -> None:
        """Until nothing is found: let a Welsh speaker meet another, let two meet beside an empty table, let somebody
        with fewer breaks make way. Each makes fewer without Welsh, or breaks fewer or fairer: it comes to an end."""
        while self._mend_welsh() or self._mend_empty() or self._mend_unfair():
            pass

    def _mend_welsh(self) -> bool:
        for one in range(len(self.guests)):
            if self.welsh[one] or not self.welsh_partners[one]:
                continue
            for other in self.welsh_partners[one]:
                for turn in self.turns:
                    if self._could(turn, one, other) and self._helps_welsh(turn, one, other):
                        return True
        return False

    def _helps_welsh(self, turn: int, one: int, other: int) -> bool:
        before = self._without_welsh()
        made = self._bring_together(turn, one, other)
        if made is not None:
            if self._without_welsh() < before:
                return True
            self._take_back(turn, made[1])
            return False
        for left, right in _pairs(self.partner[turn]):  # no table is free: another meeting makes way
            self._part(turn, left, right)
            self._join(turn, one, other)
            if self._without_welsh() < before:
                return True
            self._part(turn, one, other)
            self._join(turn, left, right)
        return False

    def _without_welsh(self) -> int:
        return sum(1 for one, others in enumerate(self.welsh_partners) if others and not self.welsh[one])

    def _mend_empty(self) -> bool:
        for turn in self.turns:
            if self.number_of_meetings[turn] >= self.tables:
                continue
            idle = [one for one, partner in enumerate(self.partner[turn]) if partner < 0 and self.there[turn][one]]
            for one in idle:
                for other in idle:
                    if one < other and self._could(turn, one, other):
                        self._join(turn, one, other)
                        return True
        return False

    def _mend_unfair(self) -> bool:
        alike = [one for one, always in enumerate(self.always) if always]
        for tired in sorted(alike, key=lambda one: self.breaks[one]):
            for idle in sorted(alike, key=lambda one: -self.breaks[one]):
                if self.breaks[idle] < self.breaks[tired] + 2:
                    break
                if self.guests[idle].side == self.guests[tired].side and self._makes_way(tired, idle):
                    return True
        return False

    def _makes_way(self, tired: int, idle: int) -> bool:
        for turn in self.turns:
            opposite = self.partner[turn][tired]
            if opposite < 0 or self.partner[turn][idle] >= 0 or not self._could(turn, idle, opposite):
                continue
            before = self._without_welsh()
            self._part(turn, tired, opposite)
            self._join(turn, idle, opposite)
            if self._without_welsh() <= before:
                return True
            self._part(turn, idle, opposite)
            self._join(turn, tired, opposite)
        return False

    # ---- Tables ----

    def seated(self) -> list[Round]:
        """The rounds to come, each meeting at a table: one's own, or where one of the two sat before."""
        number = {guest.number: index for index, guest in enumerate(self.guests)}
        own = [guest.fixed_table for guest in self.guests]
        reserved = {table for table in own if table is not None}
        last: dict[int, int] = {}
        for meetings in self.past:
            for meeting in meetings:
                last.update({number.get(one, -1): meeting.table for one in meeting.people})
        found = []
        for turn in self.turns:
            pairs = [self._in_order(one, other) for one, other in _pairs(self.partner[turn])]
            at: dict[tuple[int, int], int] = {}
            for one, other in pairs:
                table = own[one] if own[one] is not None else own[other]
                if table is not None:
                    at[one, other] = table
            for one, other in pairs:
                if (one, other) not in at:
                    free = [table for table in range(1, self.tables + 1) if table not in at.values()]
                    liked = [last[person] for person in (one, other) if last.get(person) in free]
                    at[one, other] = min(free, key=lambda table: (table not in liked[:1], table in reserved, table))
            for (one, other), table in at.items():
                last[one] = last[other] = table
            made = [Meeting(at[pair], self.guests[pair[0]].number, self.guests[pair[1]].number) for pair in pairs]
            found.append(tuple(sorted(made, key=lambda meeting: meeting.table)))
        return found

    def _in_order(self, one: int, other: int) -> tuple[int, int]:
        """Whoever sits, first."""
        return (other, one) if self.guests[one].side == Side.OTHER else (one, other)


def _pairs(partner: Sequence[int]) -> list[tuple[int, int]]:
    return [(one, other) for one, other in enumerate(partner) if one < other]


def _one_side(size: int) -> Iterator[list[tuple[int, int]]]:
    """Everybody against everybody: one stays, the others move on by one seat. With an odd number, one sits out."""
    even = size + size % 2
    for turn in range(even - 1):
        pairs = [(even - 1, turn)]
        pairs += [((turn + step) % (even - 1), (turn - step) % (even - 1)) for step in range(1, even // 2)]
        yield [pair for pair in pairs if max(pair) < size]


def _two_sides(ones: int, others: int) -> Iterator[list[tuple[int, int]]]:
    """Each of one side against each of the other: those of the longer side move on by one seat."""
    longer = max(ones, others)
    for turn in range(longer):
        pairs = [(seat, (seat + turn) % longer) for seat in range(longer)]
        yield [(one, ones + other) for one, other in pairs if one < ones and other < others]
