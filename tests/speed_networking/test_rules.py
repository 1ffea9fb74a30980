"""The rota: what holds for every room, and what may be done when."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from c4s.core.errors import Refused
from c4s.speed_networking import rules
from c4s.speed_networking.checker import look
from c4s.speed_networking.rules import Guest, Plan, Presence, Side, WhyNot, make_plan, wishes_met
from tests.speed_networking.rooms import a_room, rooms

FEW = 3_000
"""Steps that are enough for a small room."""


def why_not(action, *given, **facts):
    with pytest.raises(Refused) as refusal:
        action(*given, **facts)
    return refusal.value.reason


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
    assert verdict.wishes_met == wishes_met(plan.rounds, guests) <= verdict.wishes_bound <= verdict.wishes


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
        plainly = getattr(rules._Desk, name)

        def count(*given, name=name, plainly=plainly):
            counted[name] += 1
            return plainly(*given)

        monkeypatch.setattr(rules._Desk, name, count)
    guests = a_room(sides=sides)
    plan = make_plan(guests, rounds=12, tables=30, seed=1)
    verdict = look(guests, plan.rounds, tables=30)
    assert (verdict.broken, verdict.welsh) == (frozenset(), 20)
    assert verdict.wishes_met >= 0.95 * verdict.wishes_bound
    assert counted["_could"] < 8 * rules.STEPS and counted["_join"] < 6 * rules.STEPS


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
    desk = rules._Desk([Guest(1), Guest(2)], rounds=2, tables=1, past=())
    desk._join(0, 0, 1)
    desk._return_to([[-1, -1], [1, 0]])
    assert (desk.partner, desk.met[0][1], desk.number_of_meetings) == ([[-1, -1], [1, 0]], True, [0, 1])
    desk._return_to([[1, 0], [-1, -1]])
    assert (desk.met[0][1], desk.breaks) == (True, [1, 1])


# ---- What may be done when ----


@pytest.mark.parametrize(
    ("guests", "reason"),
    [
        ([Guest(1)], WhyNot.TOO_FEW),
        ([Guest(number) for number in range(61)], WhyNot.TOO_MANY),
        ([Guest(1, Side.ONE), Guest(2)], WhyNot.NO_SIDE),
        ([Guest(1, fixed_table=3), Guest(2)], WhyNot.NO_SUCH_TABLE),
        ([Guest(1, fixed_table=1), Guest(2, fixed_table=1)], WhyNot.TABLE_TAKEN),
    ],
)
def test_a_rota_needs_people_with_sides_and_tables_of_their_own(guests, reason):
    assert why_not(make_plan, guests, rounds=2, tables=2, seed=1) == reason


def test_nothing_that_has_been_is_changed():
    rules.may_change(rounds_done=0, is_closed=False)
    rules.may_go_on(is_made=True, is_closed=False)
    assert why_not(rules.may_change, rounds_done=1, is_closed=False) == WhyNot.BEGUN
    assert why_not(rules.may_change, rounds_done=0, is_closed=True) == WhyNot.CLOSED
    assert why_not(rules.may_go_on, is_made=False, is_closed=False) == WhyNot.NO_ROTA
    assert why_not(rules.may_go_on, is_made=True, is_closed=True) == WhyNot.CLOSED


def test_nobody_wishes_for_whom_they_must_not_meet():
    rules.must_agree(frozenset({1}), frozenset({2}))
    assert why_not(rules.must_agree, frozenset({1, 2}), frozenset({2})) == WhyNot.WISH_AND_MUST_NOT


@pytest.mark.parametrize(
    ("presence", "before", "after"),
    [
        (Presence.HERE, (1, None), (1, None)),
        (Presence.AWAY, (1, None), (1, 2)),
        (Presence.AWAY, (1, 0), (1, 0)),
        (Presence.HERE, (1, 0), (3, None)),
    ],
)
def test_whoever_leaves_was_there_until_now_and_whoever_comes_is_there_from_the_next_round(presence, before, after):
    assert rules.stay(presence, 2, *before) == after
