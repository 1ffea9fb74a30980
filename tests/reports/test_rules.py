"""By when a report is answered, whom it is told to, and who may deal with it."""

from datetime import date

import pytest

from c4s.core.errors import Refused
from c4s.reports import rules
from c4s.reports.rules import ReportKind, ReportState, WhyNot

pytestmark = pytest.mark.either_database


@pytest.mark.parametrize(
    ("told_on", "due_on"),
    [
        (date(2026, 11, 23), date(2026, 12, 7)),  # from a Monday
        (date(2026, 11, 27), date(2026, 12, 11)),  # from a Friday
        (date(2026, 11, 28), date(2026, 12, 11)),  # from a Saturday
        (date(2026, 11, 29), date(2026, 12, 11)),  # from a Sunday
        (date(2026, 12, 21), date(2027, 1, 4)),  # over the turn of the year: holidays do not make it later
    ],
)
def test_a_report_is_answered_within_ten_working_days(told_on, due_on):
    assert rules.due_on(told_on) == due_on


def test_the_business_is_told_of_all_but_what_somebody_may_fear_to_say():
    assert {kind for kind in ReportKind if not rules.is_for_business(kind)} == {
        ReportKind.OFFENSIVE,
        ReportKind.CONDUCT,
    }


def test_a_report_is_overdue_from_the_day_after_while_it_is_open():
    due = date(2026, 12, 7)
    assert not rules.is_overdue(ReportState.OPEN, due, due)
    assert rules.is_overdue(ReportState.OPEN, due, date(2026, 12, 8))
    assert not rules.is_overdue(ReportState.ANSWERED, due, date(2027, 1, 1))


def test_an_open_report_is_dealt_with_by_somebody_whom_it_does_not_touch():
    rules.may_deal_with(ReportState.OPEN, is_ones_own=False)
    for state, own, why in (
        (ReportState.OPEN, True, WhyNot.ONES_OWN),
        (ReportState.ANSWERED, True, WhyNot.ONES_OWN),
        (ReportState.ANSWERED, False, WhyNot.ALREADY_ANSWERED),
    ):
        with pytest.raises(Refused) as refusal:
            rules.may_deal_with(state, is_ones_own=own)
        assert refusal.value.reason == why


def test_a_reference_is_read_out_in_two_parts():
    assert rules.reference_from("K7QM4RTX") == "P-K7QM-4RTX"
