"""By when the law wants an answer, and who may give it, as tables."""

from datetime import date

import pytest

from c4s.cases import rules
from c4s.cases.rules import CaseKind, CaseState, WhyNot
from c4s.core.errors import Refused

NIA, MAIR = 1, 2
DUE = date(2026, 12, 23)


def why_not(rule, *given, **facts):
    try:
        rule(*given, **facts)
    except Refused as refusal:
        return refusal.reason
    return None


@pytest.mark.parametrize(
    ("received", "due", "longer"),
    [
        ("2026-11-23", "2026-12-23", "2027-02-23"),
        ("2026-01-01", "2026-02-01", "2026-04-01"),
        ("2026-01-28", "2026-02-28", "2026-04-28"),
        ("2026-01-29", "2026-02-28", "2026-04-29"),
        ("2026-01-31", "2026-02-28", "2026-04-30"),  # February has no such day
        ("2028-01-29", "2028-02-29", "2028-04-29"),  # but it has one in a leap year
        ("2028-01-31", "2028-02-29", "2028-04-30"),
        ("2028-02-29", "2028-03-29", "2028-05-29"),
        ("2026-02-28", "2026-03-28", "2026-05-28"),  # the corresponding day, not the last one
        ("2026-03-31", "2026-04-30", "2026-06-30"),
        ("2026-05-31", "2026-06-30", "2026-08-31"),
        ("2026-08-31", "2026-09-30", "2026-11-30"),
        ("2026-10-31", "2026-11-30", "2027-01-31"),
        ("2026-11-30", "2026-12-30", "2027-02-28"),
        ("2027-11-30", "2027-12-30", "2028-02-29"),
        ("2026-12-31", "2027-01-31", "2027-03-31"),
        ("2100-01-31", "2100-02-28", "2100-04-30"),  # not every hundredth year leaps
        ("2000-01-31", "2000-02-29", "2000-04-30"),
    ],
)
def test_an_answer_is_due_on_the_corresponding_day_or_the_last_one(received, due, longer):
    day = date.fromisoformat(received)
    assert rules.due_on(day) == date.fromisoformat(due)
    assert rules.longer_due_on(day) == date.fromisoformat(longer)


@pytest.mark.parametrize(
    ("state", "today", "expected"),
    [
        (CaseState.OPEN, date(2026, 12, 22), False),
        (CaseState.OPEN, date(2026, 12, 23), False),
        (CaseState.OPEN, date(2026, 12, 24), True),
        (CaseState.ANSWERED, date(2026, 12, 24), False),
    ],
)
def test_a_case_is_overdue_from_the_day_after(state, today, expected):
    assert rules.is_overdue(state, DUE, today) == expected


@pytest.mark.parametrize(
    ("state", "person_id", "expected"),
    [
        (CaseState.OPEN, NIA, None),
        (CaseState.OPEN, None, None),
        (CaseState.ANSWERED, NIA, WhyNot.ALREADY_ANSWERED),
        (CaseState.OPEN, MAIR, WhyNot.ONES_OWN),
        (CaseState.ANSWERED, MAIR, WhyNot.ONES_OWN),
    ],
)
def test_staff_answer_what_is_open_and_never_their_own(state, person_id, expected):
    assert why_not(rules.may_answer, state, person_id, MAIR) == expected


@pytest.mark.parametrize("kind", CaseKind)
@pytest.mark.parametrize(
    ("is_longer", "today", "expected"),
    [
        (False, date(2026, 12, 1), None),
        (False, DUE, None),
        (False, date(2026, 12, 24), WhyNot.TOO_LATE),
        (True, date(2026, 12, 1), WhyNot.ALREADY_LONGER),
    ],
)
def test_a_request_takes_longer_once_and_only_if_that_is_told_in_time(kind, is_longer, today, expected):
    wanted = WhyNot.COMPLAINT if kind == CaseKind.COMPLAINT else expected
    assert why_not(rules.may_take_longer, kind, is_longer=is_longer, due=DUE, today=today) == wanted


def test_a_reference_reads_well_and_says_that_it_is_a_case():
    assert rules.reference_from("K7QM4RTX") == "D-K7QM-4RTX"
