"""When an interpreter is a task, and what a message to many needs."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from c4s.core.errors import Refused
from c4s.events.rules import DeliveryLanguage, EventState
from c4s.sign_ups import rules
from c4s.sign_ups.rules import WhyNot

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_an_interpreter_is_a_task_in_one_case_of_all_only():
    """Enough wishes, none booked, an event in English that goes ahead, and time left; every other case is none."""
    wishes, thresholds = (0, 1, 2, 3), (None, 0, 1, 2)
    booked, untils = (True, False), (NOW - HOUR, NOW, NOW + HOUR)
    due = {
        case
        for case in product(wishes, thresholds, booked, untils, DeliveryLanguage, EventState)
        if rules.needs_interpreter(
            wishes=case[0],
            threshold=case[1],
            is_booked=case[2],
            until=case[3],
            delivery=case[4],
            state=case[5],
            now=NOW,
        )
    }
    enough = {(1, 0), (2, 0), (3, 0), (1, 1), (2, 1), (3, 1), (2, 2), (3, 2)}
    assert due == {
        (number, threshold, False, NOW + HOUR, DeliveryLanguage.EN, EventState.PUBLISHED)
        for number, threshold in enough
    }


def test_an_interpreter_can_be_booked_until_the_day_that_was_set_and_never_after_the_start():
    assert rules.interpreter_until(None, NOW) == NOW
    assert rules.interpreter_until(NOW - HOUR, NOW) == NOW - HOUR
    assert rules.interpreter_until(NOW + HOUR, NOW) == NOW


@pytest.mark.parametrize("place", range(4))
def test_a_message_to_many_is_in_both_languages_or_does_not_go(place):
    said = ["Pwnc", "Subject", "Neges", "Message"]
    rules.must_be_in_both({"subject": (said[0], said[1]), "body": (said[2], said[3])})
    said[place] = ""
    with pytest.raises(Refused) as refusal:
        rules.must_be_in_both({"subject": (said[0], said[1]), "body": (said[2], said[3])})
    assert refusal.value.reason == WhyNot.NOT_IN_BOTH_LANGUAGES
    assert refusal.value.facts["missing"] == [(("subject", "body")[place // 2], ("cy", "en")[place % 2])]
