"""Who may ask, decide and take away, as tables."""

import pytest

from c4s.buyers import rules
from c4s.buyers.rules import RequestState, WhyNot
from c4s.core.errors import Refused

NIA, MAIR = 1, 2


def why_not(rule, *given, **facts):
    try:
        rule(*given, **facts)
    except Refused as refusal:
        return refusal.reason
    return None


@pytest.mark.parametrize(
    ("is_buyer", "is_waiting", "expected"),
    [
        (False, False, None),
        (False, True, WhyNot.ALREADY_WAITING),
        (True, False, WhyNot.ALREADY_BUYER),
        (True, True, WhyNot.ALREADY_BUYER),
    ],
)
def test_one_request_at_a_time_and_none_from_a_buyer(is_buyer, is_waiting, expected):
    assert why_not(rules.may_ask, is_buyer=is_buyer, is_waiting=is_waiting) == expected


@pytest.mark.parametrize("state", RequestState)
def test_staff_decide_what_waits_and_never_their_own(state):
    expected = None if state == RequestState.WAITING else WhyNot.NOT_WAITING
    assert why_not(rules.may_decide, state, NIA, MAIR) == expected
    assert why_not(rules.may_decide, state, MAIR, MAIR) == WhyNot.ONES_OWN


@pytest.mark.parametrize("state", RequestState)
def test_rights_are_taken_away_where_a_request_gave_some_and_never_by_oneself(state):
    expected = None if state == RequestState.GRANTED else WhyNot.NOT_GRANTED
    assert why_not(rules.may_end, state, NIA, MAIR) == expected
    assert why_not(rules.may_end, state, MAIR, MAIR) == WhyNot.ONES_OWN
