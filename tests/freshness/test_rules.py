"""When people are asked whether an entry is still right, and when lists leave it out."""

from datetime import date, timedelta

import pytest

from c4s.core.errors import Refused
from c4s.freshness import rules
from c4s.freshness.rules import Heard, Stage, WhyNot

pytestmark = pytest.mark.either_database

DAY = timedelta(days=1)
FIRST, SECOND, LAST = Stage


@pytest.mark.parametrize(
    ("counted_from", "first", "second", "last", "archive"),
    [
        # An ordinary day.
        (date(2025, 3, 15), date(2025, 12, 15), date(2026, 6, 15), date(2026, 7, 8), date(2026, 7, 15)),
        # The last day of a month, when the later month is shorter.
        (date(2025, 5, 31), date(2026, 2, 28), date(2026, 8, 31), date(2026, 9, 23), date(2026, 9, 30)),
        (date(2025, 8, 31), date(2026, 5, 31), date(2026, 11, 30), date(2026, 12, 24), date(2026, 12, 31)),
        # A leap day, from it and to it.
        (date(2024, 2, 29), date(2024, 11, 29), date(2025, 5, 29), date(2025, 6, 22), date(2025, 6, 29)),
        (date(2026, 10, 29), date(2027, 7, 29), date(2028, 1, 29), date(2028, 2, 22), date(2028, 2, 29)),
        (date(2026, 10, 31), date(2027, 7, 31), date(2028, 1, 31), date(2028, 2, 22), date(2028, 2, 29)),
        # The turn of a year.
        (date(2025, 12, 31), date(2026, 9, 30), date(2027, 3, 31), date(2027, 4, 23), date(2027, 4, 30)),
    ],
)
def test_letters_go_after_nine_and_fifteen_months_and_a_week_before_the_end_of_the_sixteenth(
    counted_from, first, second, last, archive
):
    assert [rules.day_of(stage, counted_from) for stage in Stage] == [first, second, last]
    assert rules.archive_day(counted_from) == archive
    table = [(first, None, FIRST), (second, FIRST, SECOND), (last, SECOND, LAST)]
    for day, before, then in table:
        assert (rules.stage_on(counted_from, day - DAY), rules.stage_on(counted_from, day)) == (before, then)
    assert rules.stage_on(counted_from, archive + 900 * DAY) == LAST


def test_the_latest_day_to_count_from_agrees_with_every_day_of_five_years():
    for number in range(5 * 366):
        today = date(2024, 1, 1) + number * DAY
        for stage in Stage:
            until = rules.counted_until(stage, today)
            assert rules.day_of(stage, until) <= today < rules.day_of(stage, until + DAY)


def test_the_last_day_is_never_nearer_than_a_week_after_the_letter():
    counted = date(2025, 3, 15)
    assert rules.last_day(counted, date(2026, 7, 8)) == date(2026, 7, 15)
    assert rules.last_day(counted, date(2026, 9, 1)) == date(2026, 9, 8)  # the site was away all summer


@pytest.mark.parametrize(
    ("today", "left_on", "waits", "may"),
    [
        (date(2026, 7, 15), [date(2026, 7, 8)], False, True),
        (date(2026, 7, 14), [date(2026, 7, 8)], False, False),
        # Staff printed one of the letters late: the week begins again with it.
        (date(2026, 7, 15), [date(2026, 7, 8), date(2026, 7, 13)], False, False),
        (date(2026, 7, 20), [date(2026, 7, 8), date(2026, 7, 13)], False, True),
        # One still waits to be printed, however long; or none ever left.
        (date(2027, 7, 15), [date(2026, 7, 8)], True, False),
        (date(2027, 7, 15), [], False, False),
    ],
)
def test_nothing_leaves_the_lists_because_staff_were_slow(today, left_on, waits, may):
    assert rules.may_archive(date(2025, 3, 15), today, left_on=left_on, waits=waits) is may


def test_a_round_is_over_once_somebody_has_confirmed_after_it_began():
    began = date(2026, 1, 15)
    assert [rules.is_answered(day, began) for day in (None, date(2025, 1, 1), began, began + DAY)] == [
        False,
        False,
        False,
        True,
    ]


def test_a_code_is_read_however_it_is_typed():
    for typed in ("K7QM-4RTX-9CDF", "k7qm4rtx9cdf", " k7qm 4rtx 9cdf ", "K7QM–4RTX–9CDF."):
        assert rules.plain(typed) == "K7QM4RTX9CDF"
    assert rules.plain("K" * 500) == "K" * 13


def why_not(heard, **facts):
    given = {"is_ones_own": False, "is_closed": False, "can_be_asked": False, "reason": "Ar y ffôn."}
    try:
        rules.may_act(heard, **{**given, **facts})
    except Refused as refusal:
        return refusal.reason
    return None


def test_staff_say_who_told_them_and_leave_out_of_the_lists_only_what_nobody_can_be_asked_about():
    for heard in Heard:
        assert why_not(heard) is None
        assert why_not(heard, reason="") == WhyNot.REASON_NEEDED
        assert why_not(heard, is_closed=True) == WhyNot.ALREADY_CLOSED
        assert why_not(heard, is_ones_own=True) == WhyNot.ONES_OWN
    assert why_not(Heard.NOBODY, can_be_asked=True) == WhyNot.CAN_BE_ASKED
    assert why_not(Heard.RIGHT, can_be_asked=True) is why_not(Heard.CLOSED, can_be_asked=True) is None
