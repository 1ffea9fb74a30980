"""What a profile cannot be without, how far it has got, and what two at once may do to one another."""

import pytest

from c4s.core.errors import Refused
from c4s.profiles import content, rules
from c4s.profiles.rules import Section, SectionState, WhyNot
from tests.profiles.builders import FULL, WHOLE

pytestmark = pytest.mark.either_database

NOTHING = {"cy": "", "en": ""}


def of(**values):
    return {**content.empty(), **WHOLE, **values}


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({}, []),
        ({"name": ""}, ["name"]),
        ({"summary": NOTHING}, ["summary"]),
        ({"summary": NOTHING, "description": {"cy": "Bara", "en": ""}}, []),
        ({"categories": []}, ["categories"]),
        ({"town": ""}, ["town"]),
        ({"town": "", "areas_served": ["aberdare"]}, []),
        ({"town": "", "postcode": "CF37 1AA"}, []),
        ({"phone": ""}, ["website"]),
        ({"phone": "", "email": "a@example.cymru"}, []),
        ({"phone": "", "address": ["1 Stryd Fawr"]}, []),
        ({"phone": "", "address": ["1 Stryd Fawr"], "home_based": True}, ["website"]),
        ({"personal_care": "yes"}, ["ciw_number"]),
        ({"personal_care": "yes", "ciw_number": "W123"}, []),
        ({"personal_care": "yes", "ciw_why_none": {"cy": "Un person", "en": ""}}, []),
        ({"categories": ["care-at-home"]}, ["personal_care"]),
        ({"categories": ["care"], "personal_care": "no"}, []),
        ({"service:a": {"category": "care-day"}}, ["personal_care"]),
        ({"service:a": {"category": ""}}, []),
        ({"name_cy": "x" * 201}, ["name_cy"]),
        ({"summary": {"cy": "", "en": "x" * 301}}, ["summary"]),
        ({"address": ["x" * 200, "y" * 100]}, ["address"]),
    ],
)
def test_what_a_profile_cannot_be_without(values, missing):
    assert rules.missing(of(**values)) == missing


def test_nothing_lacks_everything_but_what_care_asks_for():
    assert rules.missing(content.empty()) == ["name", "summary", "categories", "town", "website"]


def test_every_field_is_in_one_section_and_a_full_profile_has_them_all():
    names = [name for fields in rules.FIELDS.values() for name in fields]
    assert len(set(names)) == len(names)
    assert set(names) == set(FULL) == set(content.empty())
    assert set(rules.LONGEST) <= set(names)


WHAT = rules.FIELDS[Section.WHAT]


@pytest.mark.parametrize(
    ("live", "now", "returned", "state"),
    [
        ({}, {}, (), SectionState.NOT_STARTED),
        ({}, {"categories": ["food-makers"]}, (), SectionState.IN_PROGRESS),
        ({}, WHOLE, (), SectionState.CHANGED),
        (WHOLE, WHOLE, (), SectionState.COMPLETE),
        (WHOLE, WHOLE, ("summary",), SectionState.RETURNED),
        (WHOLE, WHOLE, ("name",), SectionState.COMPLETE),
    ],
)
def test_how_far_a_section_has_got(live, now, returned, state):
    live, now = {**content.empty(), **live}, {**content.empty(), **now}
    assert rules.section_state(WHAT, live, now, rules.missing(now), returned) == state


def test_a_section_of_which_nothing_is_needed_is_not_called_started_by_a_tick_that_was_set_for_it():
    now = {**content.empty(), "serves_in_english": True}
    assert rules.section_state(rules.FIELDS[Section.TOGETHER], now, now, [], []) == SectionState.OPTIONAL
    names = ("hours", "serves_in_english")
    assert rules.section_state(names, now, now, [], []) == SectionState.OPTIONAL


def test_what_one_left_as_they_found_it_does_not_undo_what_another_saved_meanwhile():
    then = of()
    seen = rules.marks(then, ["town", "phone"])
    now = of(town="Aberdâr")
    sent = {"town": then["town"], "phone": "01443 960 999"}
    assert rules.to_save(now, sent, seen) == {"phone": "01443 960 999"}


def test_two_who_change_one_field_to_different_words_are_told():
    seen = rules.marks(of(), ["town"])
    with pytest.raises(Refused) as refusal:
        rules.to_save(of(town="Aberdâr"), {"town": "Treorci"}, seen)
    assert (refusal.value.reason, refusal.value.facts["fields"]) == (WhyNot.SAVED_MEANWHILE, ["town"])


def test_two_who_change_one_field_to_the_same_words_are_not():
    seen = rules.marks(of(), ["town"])
    assert rules.to_save(of(town="Aberdâr"), {"town": "Aberdâr"}, seen) == {}


def test_marks_that_a_stranger_made_up_do_no_harm():
    assert rules.to_save(of(), {"town": "Treorci"}, ",=x,,other=1,=") == {"town": "Treorci"}
