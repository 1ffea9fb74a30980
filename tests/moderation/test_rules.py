"""What moderation decides, as tables."""

from datetime import date, timedelta

import pytest

from c4s.core.errors import Refused
from c4s.moderation import rules
from c4s.moderation.rules import MOVES, RevisionState, Spell, Step, Verdict, WhyNot

pytestmark = pytest.mark.either_database

DRAFT, SUBMITTED, PUBLISHED = RevisionState.DRAFT, RevisionState.SUBMITTED, RevisionState.PUBLISHED
SUPERSEDED, RETURNED, WITHDRAWN = RevisionState.SUPERSEDED, RevisionState.RETURNED, RevisionState.WITHDRAWN
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("state", RevisionState)
@pytest.mark.parametrize("step", Step)
def test_a_version_moves_as_the_table_says_and_in_no_other_way(state, step):
    allowed = {
        DRAFT: {Step.SAVE: DRAFT, Step.SUBMIT: SUBMITTED, Step.DISCARD: WITHDRAWN},
        SUBMITTED: {Step.WITHDRAW: WITHDRAWN, Step.PUBLISH: PUBLISHED, Step.RETURN: RETURNED},
        PUBLISHED: {Step.SUPERSEDE: SUPERSEDED},
    }
    expected = allowed.get(state, {}).get(step)
    if expected:
        assert rules.after(state, step) == expected
        return
    with pytest.raises(Refused) as refusal:
        rules.after(state, step)
    assert refusal.value.reason == (WhyNot.SUBMITTED if state == SUBMITTED else WhyNot.NOT_THIS_STATE)


def test_nothing_leaves_a_version_that_is_done_with():
    assert {state for state, _ in MOVES} == {DRAFT, SUBMITTED, PUBLISHED}


@pytest.mark.parametrize(
    ("reader", "taken_for", "is_taken"),
    [
        (None, None, False),
        (1, timedelta(), False),
        (2, timedelta(minutes=29), True),
        (2, timedelta(minutes=30), False),
        (2, None, False),
    ],
)
def test_a_change_is_anothers_for_half_an_hour(reader, taken_for, is_taken):
    assert rules.is_taken(reader, 1, taken_for) is is_taken


@pytest.mark.parametrize(
    ("is_ones_own", "has_entered_it", "has_right", "reason"),
    [
        (False, False, True, None),
        (False, False, False, WhyNot.NEEDS_ANOTHER),
        (False, True, True, WhyNot.ENTERED_IT),
        (False, True, False, WhyNot.ENTERED_IT),
        (True, False, True, WhyNot.ONES_OWN),
        (True, False, False, WhyNot.ONES_OWN),
        (True, True, True, WhyNot.ONES_OWN),
        (True, True, False, WhyNot.ONES_OWN),
    ],
)
def test_nobody_moderates_their_own_what_they_wrote_down_or_what_they_know_nothing_of(
    is_ones_own, has_entered_it, has_right, reason
):
    facts = {"is_ones_own": is_ones_own, "has_entered_it": has_entered_it, "has_right": has_right}
    if reason is None:
        rules.may_moderate(**facts)
        return
    with pytest.raises(Refused) as refusal:
        rules.may_moderate(**facts)
    assert refusal.value.reason == reason


Y, N = True, False
ACCEPT, SUGGEST, RETURN = Verdict.ACCEPTED, Verdict.SUGGESTED, Verdict.RETURNED
NO_REASON, NO_WORDS = WhyNot.REASON_NEEDED, WhyNot.WORDS_NEEDED
NO_OTHER, TWICE = WhyNot.SUGGESTION_NEEDED, WhyNot.SAID_TWICE


@pytest.mark.parametrize(
    ("verdict", "reason", "words", "unsaid", "suggestion", "problem"),
    [
        (None, N, N, (), N, WhyNot.UNDECIDED),
        (None, Y, Y, (), Y, WhyNot.UNDECIDED),
        (ACCEPT, N, N, ("cy",), N, None),
        (ACCEPT, Y, N, (), N, TWICE),
        (ACCEPT, N, Y, (), N, TWICE),
        (ACCEPT, N, N, (), Y, TWICE),
        (SUGGEST, Y, N, ("cy", "en"), Y, None),
        (SUGGEST, N, Y, (), Y, None),
        (SUGGEST, N, N, ("cy",), Y, None),
        (SUGGEST, Y, N, (), N, NO_OTHER),
        (SUGGEST, Y, Y, ("en",), Y, NO_WORDS),
        (RETURN, Y, N, ("cy", "en"), N, None),
        (RETURN, N, Y, (), N, None),
        (RETURN, N, Y, ("cy",), N, NO_WORDS),
        (RETURN, N, N, ("cy",), N, NO_REASON),
        (RETURN, Y, N, (), Y, TWICE),
    ],
)
def test_what_is_missing_in_what_a_moderator_says(verdict, reason, words, unsaid, suggestion, problem):
    found = rules.problem_with(verdict, has_reason=reason, has_words=words, unsaid=unsaid, has_suggestion=suggestion)
    assert found == problem


@pytest.mark.parametrize(
    ("value", "is_empty"),
    [
        ("", True),
        ("  ", True),
        (None, True),
        (False, True),
        ([], True),
        ({"cy": "", "en": ""}, True),
        ({"cy": [], "en": {"a": None}}, True),
        ({"cy": "", "en": "Bread"}, False),
        (True, False),
        (0, False),
        ([""], True),
        (["x"], False),
    ],
)
def test_when_there_is_nothing_in_a_value(value, is_empty):
    assert rules.is_empty(value) is is_empty


@pytest.mark.parametrize(
    ("changed", "language"), [((), "both"), (("cy",), "cy"), (("en", "en"), "en"), (("cy", "en"), "both")]
)
def test_in_which_language_a_change_is_read(changed, language):
    assert rules.language_of(changed) == language


@pytest.mark.parametrize(
    ("day", "by"),
    [
        (date(2026, 11, 23), date(2026, 11, 30)),  # Monday to Monday
        (date(2026, 11, 27), date(2026, 12, 4)),  # Friday
        (date(2026, 11, 28), date(2026, 12, 4)),  # Saturday
        (date(2026, 12, 23), date(2027, 1, 4)),  # Christmas, Boxing Day on a Saturday, New Year’s Day
        (date(2027, 3, 24), date(2027, 4, 2)),  # Easter
        (date(2027, 4, 30), date(2027, 5, 10)),  # the first Monday of May
    ],
)
def test_we_promise_to_read_within_five_days_on_which_offices_in_wales_are_open(day, by):
    assert rules.promised(day) == by


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2021, ["01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"]),
        (2028, ["01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"]),
        (2026, ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"]),
    ],
)
def test_the_bank_holidays_of_a_year(year, days):
    assert sorted(rules.bank_holidays(year)) == [date.fromisoformat(f"{year}-{day}") for day in days]


@pytest.mark.parametrize(
    ("ages", "spell"),
    [
        ([], Spell(0, None, None)),
        ([HOUR], Spell(1, HOUR, HOUR)),
        ([9 * HOUR, HOUR, 2 * HOUR], Spell(3, 2 * HOUR, 9 * HOUR)),
        ([HOUR, 2 * HOUR], Spell(2, 1.5 * HOUR, 2 * HOUR)),
    ],
)
def test_how_long_things_wait(ages, spell):
    assert rules.spell(ages) == spell


@pytest.mark.parametrize(
    ("submitted", "until", "is_late"),
    [
        (date(2026, 11, 23), date(2026, 11, 30), False),  # the last day that we promise
        (date(2026, 11, 23), date(2026, 12, 1), True),
        (date(2026, 12, 23), date(2027, 1, 4), False),  # nobody reads at Christmas
    ],
)
def test_what_is_read_after_the_day_that_we_promise_is_late(submitted, until, is_late):
    assert rules.is_late(submitted, until) is is_late
