"""What is in one language alone, and how the other is put beside it."""

import pytest

from c4s.core.errors import Refused
from c4s.translations import rules
from c4s.translations.rules import WhyNot, WishState

CONTENT = {
    "name": "Becws",
    "name_cy": "",
    "summary": {"cy": "Bara.", "en": ""},
    "hours": {"cy": "", "en": "Nine to five"},
    "wants": {"cy": "Mwy", "en": "More"},
    "could": {"cy": "", "en": ""},
    "categories": ["food"],
    "service:a": {"name": {"cy": "Cacen", "en": "Cake"}, "description": {"cy": "Mawr", "en": ""}, "areas": ["x"]},
    "joint:b": {"supplier_id": 3, "what": {"cy": "Priodas", "en": ""}, "year": None},
    "ciw_why_none": {"cy": "Dim", "en": ""},
}
FIELDS = [name for name in CONTENT if name != "ciw_why_none"]


def outcome(rule, *given, **facts):
    try:
        rule(*given, **facts)
    except Refused as refusal:
        return refusal.reason
    return None


def test_only_words_of_one_language_are_missing_in_the_other_and_agreed_words_are_left_alone():
    found = rules.pieces(CONTENT, FIELDS)
    assert [(one.key, one.words, one.wanted) for one in found] == [
        ("summary/", "Bara.", "en"),
        ("hours/", "Nine to five", "cy"),
        ("service:a/description", "Mawr", "en"),
    ]
    assert len({one.code for one in found}) == 3


def test_words_are_put_beside_the_very_words_that_were_read_and_nowhere_else():
    found = rules.pieces(CONTENT, FIELDS)
    said = {"summary/": "Bread.", "service:a/description": "Large", "hours/": ""}
    assert rules.filled(CONTENT, found, said) == {
        "summary": {"cy": "Bara.", "en": "Bread."},
        "service:a": {**CONTENT["service:a"], "description": {"cy": "Mawr", "en": "Large"}},
    }
    other = {**CONTENT, "summary": {"cy": "Bara newydd.", "en": ""}, "service:a": None}
    assert rules.filled(other, found, said) == {}
    done = {**CONTENT, "summary": {"cy": "Bara.", "en": "My own bread."}}
    assert "summary" not in rules.filled(done, found, said)


def test_two_parts_of_one_field_are_both_put_beside():
    content = {"service:a": {"name": {"cy": "Cacen", "en": ""}, "description": {"cy": "", "en": "Large"}}}
    found = rules.pieces(content, content)
    assert rules.filled(content, found, {"service:a/name": "Cake", "service:a/description": "Mawr"}) == {
        "service:a": {"name": {"cy": "Cacen", "en": "Cake"}, "description": {"cy": "Mawr", "en": "Large"}}
    }


@pytest.mark.parametrize(
    ("fields", "expected"), [(["summary"], "en"), (["hours"], "cy"), (["summary", "hours"], "both")]
)
def test_into_which_language_is_what_is_missing(fields, expected):
    assert rules.wanted(rules.pieces(CONTENT, fields)) == expected


def test_where_nothing_is_missing_nothing_can_be_wished():
    assert outcome(rules.wanted, rules.pieces(CONTENT, ["wants", "could", "name"])) == WhyNot.NOTHING_MISSING


def test_the_digest_tells_other_words_and_another_order_of_them():
    found = rules.pieces(CONTENT, FIELDS)
    changed = rules.pieces({**CONTENT, "summary": {"cy": "Bara!", "en": ""}}, FIELDS)
    assert len({rules.digest(found), rules.digest(changed), rules.digest(found[1:]), rules.digest([])}) == 4


@pytest.mark.parametrize("state", WishState)
@pytest.mark.parametrize("is_ones_own", [True, False])
def test_nobody_works_at_the_words_of_their_own_business_or_at_what_is_over(state, is_ones_own):
    expected = WhyNot.ONES_OWN if is_ones_own else None if state == WishState.WAITING else WhyNot.NOT_WAITING
    assert outcome(rules.may_work, state, is_ones_own=is_ones_own) == expected


def test_a_translation_is_finished_when_nothing_is_left_out():
    found = rules.pieces(CONTENT, ["summary", "hours"])
    assert outcome(rules.must_be_whole, found, {"summary/": "Bread.", "hours/": "Naw"}) is None
    assert outcome(rules.must_be_whole, found, {"summary/": "Bread."}) == WhyNot.INCOMPLETE
    assert outcome(rules.must_be_whole, [], {}) == WhyNot.NOTHING_MISSING
