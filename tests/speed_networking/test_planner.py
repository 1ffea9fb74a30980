"""Rotas as they are made: what holds for every room, and for full ones."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from c4s.speed_networking.checker import look
from c4s.speed_networking.planner import STEPS, _Draft, make_plan
from c4s.speed_networking.rules import Guest, Plan, Side
from tests.speed_networking.rooms import a_room, rooms

FEW = 3_000
"""Steps that are enough for a small room."""


def came_true(rounds, guests):
    """How many wishes come true, counted from the wishes; where two wish to meet each other, that is two."""
    met = {pair for meetings in rounds for one in meetings for pair in ((one.one, one.other), (one.other, one.one))}
    return len(met & {(guest.number, other) for guest in guests for other in guest.wants})


# ---- Every room ----


@settings(max_examples=80, deadline=None)
@given(rooms(), some.integers(0, 999))
def test_in_every_room_every_rule_holds(room, seed):
    guests, rounds, tables = room
    plan = make_plan(guests, rounds=rounds, tables=tables, seed=seed, steps=FEW)
    verdict = look(guests, plan.rounds, tables=tables)
    assert verdict.broken == frozenset()
    assert verdict.welsh <= verdict.welsh_bound
    assert len(plan.rounds) == rounds
    assert verdict.wishes_met == came_true(plan.rounds, guests) <= verdict.wishes_bound <= verdict.wishes


@settings(max_examples=40, deadline=None)
@given(rooms(plain=True), some.integers(0, 999))
def test_where_nothing_is_in_the_way_breaks_differ_by_one_at_most_and_welsh_speakers_meet(room, seed):
    guests, rounds, _tables = room
    sides = [sum(guest.side == side for guest in guests) for side in (*Side, None)]
    most = len(guests) - 1 if sides[2] else min(sides[:2])
    rounds, tables = min(rounds, most), len(guests) // 2
    if not rounds:
        return
    verdict = look(guests, make_plan(guests, rounds=rounds, tables=tables, seed=seed, steps=FEW).rounds, tables=tables)
    assert (verdict.broken, verdict.welsh) == (frozenset(), verdict.welsh_bound)
    if sides[2]:
        assert max(verdict.breaks) - min(verdict.breaks) <= 1


@settings(max_examples=50, deadline=None)
@given(rooms(), some.integers(0, 999), some.data())
def test_the_rest_is_planned_anew_and_what_has_been_stays(room, seed, data):
    guests, rounds, tables = room
    plan = make_plan(guests, rounds=rounds, tables=tables, seed=seed, steps=FEW)
    done = data.draw(some.integers(0, rounds))
    now = [
        replace(guest, leaves=done) if data.draw(some.integers(0, 4)) == 0 else replace(guest, leaves=None)
        for guest in guests
    ]
    now.append(Guest(99, guests[0].side, arrives=done + 1, wants=frozenset({1})))
    again = make_plan(now, rounds=rounds, tables=tables, seed=seed + 1, past=plan.rounds[:done], steps=FEW)
    assert (again.rounds[:done], len(again.rounds)) == (plan.rounds[:done], rounds)
    assert look(now, again.rounds, tables=tables, rounds_done=done).broken == frozenset()


def test_the_same_seed_gives_the_same_rota_and_another_gives_another():
    guests = a_room(16)
    first, second, third = (make_plan(guests, rounds=5, tables=8, seed=seed, steps=FEW) for seed in (7, 7, 8))
    assert (first, first == third) == (second, False)
    assert make_plan(guests[::-1], rounds=5, tables=8, seed=7, steps=FEW) == first


# ---- Full rooms ----


@pytest.mark.parametrize("sides", [False, True])
def test_sixty_people_and_twelve_rounds_are_planned_in_a_bounded_number_of_steps(monkeypatch, sides):
    counted = {"_could": 0, "_join": 0}
    for name in counted:
        plainly = getattr(_Draft, name)

        def count(*given, name=name, plainly=plainly):
            counted[name] += 1
            return plainly(*given)

        monkeypatch.setattr(_Draft, name, count)
    guests = a_room(sides=sides)
    plan = make_plan(guests, rounds=12, tables=30, seed=1)
    verdict = look(guests, plan.rounds, tables=30)
    assert (verdict.broken, verdict.welsh) == (frozenset(), 20)
    assert verdict.wishes_met >= 0.95 * verdict.wishes_bound
    assert counted["_could"] < 8 * STEPS and counted["_join"] < 6 * STEPS


def test_twelve_people_meet_everybody_else_in_eleven_rounds():
    guests = [Guest(number, wants=frozenset(range(1, 13)) - {number}) for number in range(1, 13)]
    verdict = look(guests, make_plan(guests, rounds=11, tables=6, seed=1).rounds, tables=6)
    assert (verdict.broken, verdict.wishes_met, dict(verdict.breaks)) == (frozenset(), 132, {0: 12})


def test_the_only_two_who_speak_welsh_meet_whatever_others_wish():
    guests = [Guest(number, None, number in (3, 9), wants=frozenset({1, 2}) - {number}) for number in range(1, 21)]
    for seed in range(5):
        [meetings] = make_plan(guests, rounds=1, tables=10, seed=seed).rounds
        assert frozenset({3, 9}) in {meeting.people for meeting in meetings}


def test_those_of_the_side_that_sits_stay_at_their_tables():
    guests = [Guest(number, Side.ONE if number <= 6 else Side.OTHER) for number in range(1, 13)]
    plan = make_plan(guests, rounds=6, tables=6, seed=4)
    at = {(meeting.one, meeting.table) for meetings in plan.rounds for meeting in meetings}
    assert sorted(one for one, _table in at) == [1, 2, 3, 4, 5, 6]


def test_whoever_is_there_and_meets_nobody_has_a_break():
    guests = [Guest(1), Guest(2), Guest(3, leaves=0)]
    plan = make_plan(guests, rounds=2, tables=1, seed=1)
    assert sorted(map(len, plan.breaks(guests))) == [0, 2]
    assert Plan(((), ())).breaks(guests) == [frozenset({1, 2})] * 2


def test_a_pair_that_moves_from_one_round_to_another_is_not_forgotten():
    draft = _Draft([Guest(1), Guest(2)], rounds=2, tables=1, past=())
    draft._join(0, 0, 1)
    draft._return_to([[-1, -1], [1, 0]])
    assert (draft.partner, draft.met[0][1], draft.number_of_meetings) == ([[-1, -1], [1, 0]], True, [0, 1])
    draft._return_to([[1, 0], [-1, -1]])
    assert (draft.met[0][1], draft.breaks) == (True, [1, 1])
