"""Who came, and what certificates say of it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from c4s.attendance import rules
from c4s.attendance.rules import WhyNot
from c4s.core import read_aloud
from c4s.core.errors import Refused

DAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def why_not(ask, *facts):
    try:
        ask(*facts)
    except Refused as refusal:
        return refusal.reason
    return None


def test_a_party_is_the_one_who_signed_up_and_as_many_more_as_have_places():
    assert rules.people("Nia", ["Huw", "Ann"], 3) == ("Nia", "Huw", "Ann")
    assert rules.people("Nia", ["Huw", "Ann"], 2) == ("Nia", "Huw")
    assert rules.people("Nia", [], 3) == ("Nia", "", "")


def test_two_of_the_same_name_are_two_people():
    assert rules.ticked(("Huw", "Huw", "Ann"), ["Huw"]) == (True, False, False)
    assert rules.ticked(("Huw", "Huw", "Ann"), ["Ann", "Huw", "Huw"]) == (True, True, True)
    assert rules.ticked(("Nia",), ["Somebody who has left the party"]) == (False,)


def test_nobody_is_recorded_before_the_day_or_at_an_event_that_is_not_held():
    day_before = DAY - timedelta(days=1)
    assert [why_not(rules.may_record, True, DAY, day) for day in (day_before, DAY, DAY + timedelta(days=9))] == [
        WhyNot.TOO_EARLY,
        None,
        None,
    ]
    assert why_not(rules.may_record, False, DAY, DAY) == WhyNot.NOT_HELD


def test_certificates_wait_until_the_event_is_over():
    moment = timedelta(microseconds=1)
    assert [why_not(rules.may_issue, True, NOON, now) for now in (NOON - moment, NOON)] == [WhyNot.NOT_OVER, None]
    assert why_not(rules.may_issue, False, NOON, NOON) == WhyNot.NOT_HELD


@pytest.mark.parametrize(
    "attended, held, is_enough",
    [
        (0, 0, False),
        (1, 1, True),
        (0, 1, False),
        (1, 2, False),
        (2, 3, True),
        (2, 4, False),
        (3, 4, True),
        (4, 6, True),
    ],
)
def test_two_thirds_of_the_sessions_are_enough(attended, held, is_enough):
    assert rules.came_to_enough(attended, held) is is_enough


def test_a_code_is_read_however_people_write_it():
    assert read_aloud.grouped("K7QM4RTX9CDF") == "K7QM-4RTX-9CDF"
    for typed in ("K7QM-4RTX-9CDF", "k7qm 4rtx 9cdf", " k7qm4rtx-9cdf "):
        assert rules.code_meant(typed) == "K7QM-4RTX-9CDF"
    for typed in ("", "K7QM-4RTX-9CD", "K7QM-4RTX-9CDFF", "K7QM-4RTX-9CD0", "../../etc"):
        assert rules.code_meant(typed) is None
    assert len(read_aloud.LETTERS) ** rules.CODE_LENGTH > 4 * 10**15
