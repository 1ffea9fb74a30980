"""When a letter is due: once a week, from Monday on."""

from datetime import date, timedelta

import pytest

from c4s.news import rules

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("told", "today", "expected"),
    [
        (MONDAY, MONDAY, False),  # once a day
        (MONDAY - DAY, MONDAY, True),  # agreed on Sunday
        (MONDAY, MONDAY + 6 * DAY, False),  # once a week
        (MONDAY, MONDAY + 7 * DAY, True),
        (MONDAY + 2 * DAY, MONDAY + 4 * DAY, False),  # agreed on Wednesday: next Monday
        (MONDAY + 2 * DAY, MONDAY + 7 * DAY, True),
        (MONDAY - 7 * DAY, MONDAY + 2 * DAY, True),  # the site was off on Monday
        (MONDAY + 2 * DAY, MONDAY + 9 * DAY, True),
        (date(2026, 12, 28), date(2027, 1, 3), False),  # a week over the new year
        (date(2026, 12, 28), date(2027, 1, 4), True),
        (MONDAY, MONDAY - DAY, False),  # a clock that was put back
    ],
)
def test_a_letter_is_due_once_in_every_week_that_begins_on_a_monday(told, today, expected):
    assert rules.is_due(told, today) == expected
