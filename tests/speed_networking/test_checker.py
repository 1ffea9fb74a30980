"""The checker finds every rule broken, each by a rota that breaks that one alone."""

import pytest

from c4s.speed_networking.checker import Rule, look
from c4s.speed_networking.rules import Guest, Meeting, Side

A, B, C, D = (Guest(number) for number in (1, 2, 3, 4))


def a_guest(guest, **facts):
    return Guest(**{**guest.__dict__, **facts})


def meet(*pairs):
    """One round: (table, one, other)."""
    return tuple(Meeting(*pair) for pair in pairs)


RIGHT = meet((1, 1, 2), (2, 3, 4))


@pytest.mark.parametrize(
    ("rule", "guests", "rounds"),
    [
        (Rule.KNOWN, [A, B], [meet((1, 1, 9))]),
        (Rule.KNOWN, [A, a_guest(B, leaves=0)], [meet((1, 1, 2))]),
        (Rule.KNOWN, [A, a_guest(B, arrives=2)], [meet((1, 1, 2))]),
        (Rule.KNOWN, [A, B], [meet((1, 1, 1))]),
        (Rule.ONCE_A_ROUND, [A, B, C], [meet((1, 1, 2), (2, 1, 3))]),
        (Rule.ONE_MEETING_A_TABLE, [A, B, C, D], [meet((1, 1, 2), (1, 3, 4))]),
        (Rule.ONE_MEETING_A_TABLE, [A, B], [meet((3, 1, 2))]),
        (Rule.NEVER_TWICE, [A, B], [meet((1, 1, 2)), meet((2, 2, 1))]),
        (Rule.ACROSS_SIDES, [a_guest(A, side=Side.ONE), a_guest(B, side=Side.ONE)], [meet((1, 1, 2))]),
        (Rule.ACROSS_SIDES, [a_guest(A, side=Side.ONE), B], [meet((1, 1, 2))]),
        (Rule.MUST_NOTS, [a_guest(A, must_nots=frozenset({2})), B], [meet((1, 1, 2))]),
        (Rule.MUST_NOTS, [A, a_guest(B, must_nots=frozenset({1}))], [meet((1, 1, 2))]),
        (Rule.OWN_TABLE, [a_guest(A, fixed_table=2), B], [meet((1, 1, 2))]),
        (Rule.NO_EMPTY_TABLE, [A, B, C, D], [meet((1, 1, 2))]),
        (Rule.NO_EMPTY_TABLE, [A, B], [meet()]),
        (Rule.FAIR_BREAKS, [A, B, C, D], [meet((1, 1, 2)), meet((1, 1, 3), (2, 2, 4)), meet((1, 2, 3))]),
        (Rule.WELSH, [a_guest(A, speaks_welsh=True), B, C, a_guest(D, speaks_welsh=True)], [RIGHT]),
    ],
)
def test_each_rule_that_is_broken_is_found(rule, guests, rounds):
    assert rule in look(guests, rounds, tables=2).broken


def test_a_rota_that_is_right_breaks_none():
    assert look([A, B, C, D], [RIGHT], tables=2).is_right


def test_what_has_been_is_not_blamed_for_who_left_since():
    guests = [a_guest(A, leaves=0), B, C, D]
    assert look(guests, [RIGHT], tables=2, rounds_done=1).is_right
    assert look(guests, [RIGHT, RIGHT], tables=2, rounds_done=2).broken == {Rule.NEVER_TWICE}


def test_wishes_are_counted_beside_the_most_that_could_come_true():
    wants = [a_guest(A, wants=frozenset({2, 3})), a_guest(B, wants=frozenset({1})), a_guest(C, wants=frozenset({1})), D]
    verdict = look(wants, [RIGHT], tables=2)
    assert (verdict.wishes, verdict.wishes_met, verdict.wishes_bound) == (4, 2, 2)
    two = look(wants, [RIGHT, meet((1, 1, 3), (2, 2, 4))], tables=2)
    assert (two.wishes_met, two.wishes_bound) == (4, 4)
    star = [A, *(Guest(number, wants=frozenset({1})) for number in range(2, 8))]
    assert look(star, [()], tables=9).wishes_bound == 1


def test_a_welsh_speaker_who_can_meet_no_other_is_not_asked_for():
    alone = [a_guest(A, speaks_welsh=True), B, C, D]
    kept_apart = [a_guest(A, speaks_welsh=True, must_nots=frozenset({2})), a_guest(B, speaks_welsh=True), C, D]
    for guests in (alone, kept_apart):
        verdict = look(guests, [meet((1, 1, 3), (2, 2, 4))], tables=2)
        assert (Rule.WELSH in verdict.broken, verdict.welsh, verdict.welsh_bound) == (False, 0, 0)
    star = [Guest(number, Side.ONE if number == 1 else Side.OTHER, True) for number in range(1, 6)]
    assert look(star, [meet((1, 1, 2)), meet((1, 1, 3))], tables=2).welsh_bound == 3


def test_breaks_of_those_who_are_there_all_the_time_are_counted():
    assert dict(look([A, B, a_guest(C, leaves=0)], [meet((1, 1, 2)), meet()], tables=1).breaks) == {1: 2}
