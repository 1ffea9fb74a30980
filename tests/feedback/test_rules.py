"""What may be told of what people thought: nobody can tell from it what one of them said."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import product

from c4s.core.errors import Refused
from c4s.feedback import rules
from c4s.feedback.rules import FEWEST, WhyNot

ENDS = datetime(2026, 11, 23, 12, tzinfo=UTC)


def why_not(is_held=True, has_place=True, now=ENDS):
    try:
        rules.may_give(is_held, has_place, ENDS, now)
    except Refused as refusal:
        return refusal.reason
    return None


def test_feedback_is_open_from_the_end_for_thirty_days_to_those_who_had_a_place():
    moment, days = timedelta(microseconds=1), timedelta(days=30)
    assert [why_not(now=now) for now in (ENDS - moment, ENDS, ENDS + days - moment, ENDS + days)] == [
        WhyNot.NOT_OVER,
        None,
        None,
        WhyNot.CLOSED,
    ]
    assert [why_not(is_held=False), why_not(has_place=False)] == [WhyNot.NO_PLACE] * 2


def test_a_number_below_five_is_not_told_and_by_language_only_where_it_can_be_for_both():
    counts = [{"cy": 5, "en": 6}, {"cy": 4, "en": 9}, {"cy": 0, "en": 4}]
    told = rules.told(counts, {"cy": 9, "en": 19})
    assert [(one.of_all, one.by_language) for one in told] == [(11, {}), (13, {}), (None, {})]
    counts[1]["cy"] = 5
    told = rules.told(counts, {"cy": 10, "en": 19})
    assert [(one.of_all, one.by_language) for one in told] == [
        (11, {"cy": 5, "en": 6}),
        (14, {"cy": 5, "en": 9}),
        (None, {"cy": None, "en": None}),
    ]


def test_by_language_nothing_is_told_when_fewer_than_five_answered_in_one():
    [told] = rules.told([{"cy": 4, "en": 6}], {"cy": 4, "en": 30})
    assert (told.of_all, told.by_language) == (10, {})


def test_a_number_of_answers_is_told_in_whole_fives():
    assert [rules.about(number) for number in (5, 9, 10, 14)] == [5, 5, 10, 10]


def seen(counts, answers):
    """All that somebody at the page can know of one question."""
    told = rules.told(counts, answers)
    is_by_language = min(answers.values()) >= FEWEST
    return (
        rules.about(sum(answers.values())),
        tuple(rules.about(number) for number in answers.values()) if is_by_language else None,
        tuple((one.of_all, *one.by_language.values()) for one in told),
    )


def test_no_number_that_is_not_told_can_be_worked_out_from_those_that_are():
    """Every way in which up to nine people in each language may have answered a question with two choices, or not
    answered it: for each page that can come of it, a hidden number below five could always be another one too."""
    may_be = defaultdict(lambda: defaultdict(set))
    most = 9  # as many as are all told of as five
    splits = [
        (first, second, first + second + none)
        for first, second, none in product(range(most + 1), repeat=3)
        if first + second + none <= most
    ]
    for welsh, english in product(splits, splits):
        answers = {"cy": welsh[2], "en": english[2]}
        if sum(answers.values()) < FEWEST:
            continue
        counts = [{"cy": welsh[choice], "en": english[choice]} for choice in (0, 1)]
        page = may_be[seen(counts, answers)]
        for choice, count in enumerate(counts):
            page[choice, "all"].add(sum(count.values()))
            for code, number in count.items():
                page[choice, code].add(number)
    given_away = []
    for page, numbers in may_be.items():
        if page[1] is None and page[0] > FEWEST:
            continue  # not by language: some of those that look the same have ten or more in one
        for (choice, of), values in numbers.items():
            told = page[2][choice]
            known = told[0] if of == "all" else told[1 + ("cy", "en").index(of)] if len(told) > 1 else None
            if known is None and len(values) == 1 and 0 < min(values) < FEWEST:
                given_away.append((page, choice, of, values))
    assert len(may_be) > 100
    assert given_away == []
