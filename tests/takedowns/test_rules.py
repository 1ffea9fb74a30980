"""When an entry may be hidden, shown again and appealed about, whichever way things stand."""

from itertools import product

import pytest

from c4s.core.errors import Refused
from c4s.takedowns import rules
from c4s.takedowns.rules import WhyNot


def outcome(rule, **facts):
    try:
        rule(**facts)
    except Refused as refusal:
        return refusal.reason
    return None


@pytest.mark.parametrize(
    ("is_hidden", "is_ones_own", "hides", "restores"),
    [
        (False, False, None, WhyNot.NOT_HIDDEN),
        (True, False, WhyNot.ALREADY_HIDDEN, None),
        (False, True, WhyNot.ONES_OWN, WhyNot.ONES_OWN),
        (True, True, WhyNot.ONES_OWN, WhyNot.ONES_OWN),
    ],
)
def test_an_entry_is_hidden_once_and_by_nobody_who_speaks_for_it(is_hidden, is_ones_own, hides, restores):
    facts = {"is_hidden": is_hidden, "is_ones_own": is_ones_own}
    assert (outcome(rules.may_hide, **facts), outcome(rules.may_restore, **facts)) == (hides, restores)


@pytest.mark.parametrize(
    ("is_hidden", "has_appealed", "reason"),
    [
        (True, False, None),
        (True, True, WhyNot.ALREADY_APPEALED),
        (False, False, WhyNot.NOT_HIDDEN),
        (False, True, WhyNot.NOT_HIDDEN),
    ],
)
def test_a_business_appeals_once_while_its_entry_is_hidden(is_hidden, has_appealed, reason):
    assert outcome(rules.may_appeal, is_hidden=is_hidden, has_appealed=has_appealed) == reason


def test_an_appeal_is_answered_once_by_somebody_who_has_nothing_to_do_with_it():
    names = ("is_hidden", "has_appealed", "is_answered", "is_ones_own", "hid_it_themselves", "has_entered_it")
    allowed = [
        facts
        for values in product([True, False], repeat=len(names))
        if outcome(rules.may_answer, **(facts := dict(zip(names, values, strict=True)))) is None
    ]
    assert allowed == [
        {
            "is_hidden": True,
            "has_appealed": True,
            "is_answered": False,
            "is_ones_own": False,
            "hid_it_themselves": False,
            "has_entered_it": False,
        }
    ]
