"""The guide to rules: the file of this site is whole, and one that is not is refused."""

import re
from datetime import date, timedelta
from itertools import product

import pytest

from c4s.guide import queries, rules
from c4s.guide.rules import Guide, WrongGuide, read, rules_of, walk

TODAY = date(2026, 11, 23)
GUIDE = """
always = ["always"]
[[question]]
key = "first"
text_cy = "Un?"
text_en = "One?"
hint_cy = "Un."
hint_en = "One."
answer = [
    { key = "yes", text_cy = "Ie", text_en = "Yes", rules = ["sometimes"], leads = "second" },
    { key = "no", text_cy = "Na", text_en = "No" },
]
[[question]]
key = "second"
text_cy = "Dau?"
text_en = "Two?"
hint_cy = "Dau."
hint_en = "Two."
answer = [
    { key = "yes", text_cy = "Ie", text_en = "Yes" },
    { key = "no", text_cy = "Na", text_en = "No" },
]
[[rule]]
key = "always"
version = 1
reviewed = 2026-01-01
title_cy = "Bob tro"
title_en = "Always"
text_cy = "Geiriau."
text_en = "Words."
source_cy = "Rhywun"
source_en = "Somebody"
link = "https://example.wales/"
[[rule]]
key = "sometimes"
version = 2
reviewed = 2026-02-01
title_cy = "Weithiau"
title_en = "Sometimes"
text_cy = "Geiriau."
text_en = "Words."
source_cy = "Rhywun"
source_en = "Somebody"
link = "https://example.wales/"
link_welsh = "https://example.cymru/"
"""


def every_way(guide: Guide) -> list[rules.Walk]:
    """All ways through the guide, each answer of each question at least once on some way."""
    ways, open_ways = [], [walk(guide, {})]
    while open_ways:
        way = open_ways.pop()
        if way.asks is None:
            ways.append(way)
            continue
        # Two ways that stand before the same question are alike from there on: one of them is enough for each answer.
        for answer in way.asks.answers:
            longer = walk(guide, {**way.given, way.asks.key: answer.key})
            alike = [one for one in open_ways if one.asks is longer.asks and longer.asks is not None]
            if not alike:
                open_ways.append(longer)
    return ways


def keys(guide: Guide, **given: str) -> list[str]:
    return [rule.key for rule in rules_of(guide, walk(guide, given))]


# ---- Our own file ----


def test_the_file_of_this_site_is_whole() -> None:
    guide = queries.guide()
    assert 10 <= len(guide.questions) <= 14
    assert len(guide.rules) >= 18


def test_no_way_through_the_guide_of_this_site_is_a_dead_end() -> None:
    guide = queries.guide()
    ways = every_way(guide)
    assert ways
    for way in ways:
        assert way.asks is None
        assert set(guide.always) <= {rule.key for rule in rules_of(guide, way)}


def test_every_rule_of_this_site_has_a_source_and_a_day_that_has_come() -> None:
    for rule in queries.guide().rules.values():
        assert rule.reviewed <= TODAY
        assert rule.version >= 1
        assert all(re.fullmatch(r"https://[a-z.]+/\S*", address) for address in rule.link.values())


def test_whoever_may_need_to_be_registered_for_care_is_told_to_ask_and_nothing_else() -> None:
    guide = queries.guide()
    for key, (language, words) in product(
        ("personal-care", "childcare"),
        (
            ("en", "Ask Care Inspectorate Wales before you begin."),
            ("cy", "Gofynnwch i Arolygiaeth Gofal Cymru cyn dechrau."),
        ),
    ):
        assert guide.rules[key].text[language].endswith(words)
    care = [answer for answer in guide.questions["care"].answers if "personal-care" in answer.rules]
    assert {answer.key for answer in care} == {"personal", "unsure"}


@pytest.mark.parametrize("word", ["you must", "you should", "you do not need", "we recommend", "rhaid i chi", "dylech"])
def test_no_rule_reads_as_advice(word: str) -> None:
    for rule in queries.guide().rules.values():
        for text in (*rule.title.values(), *rule.text.values()):
            assert word not in text.lower(), rule.key


# ---- Answers ----


def test_answers_lead_to_rules_and_to_the_next_question() -> None:
    guide = read(GUIDE)
    asks = walk(guide, {}).asks
    assert asks is not None and asks.key == "first"
    asks = walk(guide, {"first": "yes"}).asks
    assert asks is not None and asks.key == "second"
    assert walk(guide, {"first": "no"}).asks is None
    assert keys(guide, first="no") == ["always"]
    assert keys(guide, first="yes", second="no") == ["always", "sometimes"]


def test_what_is_beside_the_way_does_not_count() -> None:
    guide = read(GUIDE)
    assert walk(guide, {"first": "no", "second": "yes", "colour": "red"}).given == {"first": "no"}
    assert walk(guide, {"second": "yes"}).given == {}
    assert walk(guide, {"first": "perhaps", "second": "yes"}).given == {}
    assert walk(guide, {"first": "yes", "second": "no"}).before == {"first": "yes"}


def test_a_rule_waits_for_its_review_after_a_year() -> None:
    guide = read(GUIDE)
    assert rules.due_for_review(guide, date(2026, 12, 31)) == []
    assert [rule.key for rule in rules.due_for_review(guide, date(2027, 1, 1))] == ["always"]
    assert [rule.key for rule in rules.due_for_review(guide, date(2027, 3, 1))] == ["always", "sometimes"]
    assert guide.reviewed + timedelta(days=365) == guide.rules["always"].review_due


def test_a_source_has_its_own_address_in_welsh_where_there_is_one() -> None:
    guide = read(GUIDE)
    assert guide.rules["sometimes"].link == {"cy": "https://example.cymru/", "en": "https://example.wales/"}
    assert guide.rules["always"].link["cy"] == "https://example.wales/"


# ---- Files that are not whole ----


@pytest.mark.parametrize(
    ("of", "to"),
    [
        ('always = ["always"]', ""),
        ('always = ["always"]', "always = []"),
        ('always = ["always"]', 'always = ["nothing"]'),
        ('rules = ["sometimes"], ', ""),
        ('leads = "second"', 'leads = "third"'),
        (', leads = "second"', ""),
        ('text_cy = "Dau?"', ""),
        ('hint_en = "Two."', 'hint_en = ""'),
        ('title_cy = "Weithiau"', ""),
        ('key = "second"', 'key = "first"'),
        ('key = "sometimes"', 'key = "always"'),
        ("version = 2", 'version = "2"'),
        ("reviewed = 2026-02-01", 'reviewed = "soon"'),
        ('link = "https://example.wales/"', 'link = "example.wales"'),
        ('    { key = "no", text_cy = "Na", text_en = "No" },\n]\n[[question]]', "]\n[[question]]"),
        ('{ key = "no", text_cy = "Na", text_en = "No" }', '{ key = "yes", text_cy = "Na", text_en = "No" }'),
        (
            '{ key = "no", text_cy = "Na", text_en = "No" },\n]\n[[rule]]',
            '{ key = "no", text_cy = "Na", text_en = "No", leads = "first" },\n]\n[[rule]]',
        ),
        ("[[rule]]", "[rule"),
    ],
)
def test_a_file_that_is_not_whole_is_refused(of: str, to: str) -> None:
    assert of in GUIDE
    with pytest.raises(WrongGuide):
        read(GUIDE.replace(of, to, 1))
