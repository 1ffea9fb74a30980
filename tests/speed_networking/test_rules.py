"""What may be done with a rota, and when."""

import pytest

from c4s.speed_networking import rules
from c4s.speed_networking.rules import Guest, Presence, Side, WhyNot
from tests.refusals import why_not


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
    assert why_not(rules.may_plan, guests, 2, 2) == reason


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
