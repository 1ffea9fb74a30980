"""Which word somebody probably meant."""

import pytest

from c4s.search.suggestions import suggest

VOCABULARY = [
    "aberdar", "caerdydd", "cigydd", "electrician", "gardd", "plymwr", "pobydd", "pontypridd", "rhondda",
    "siop", "trydanwr", "treorci", "treherbert",
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pontyprid", "pontypridd"),
        ("Pontypirdd", "pontypridd"),
        ("bontyprid", "pontypridd"),
        ("mhontyprid", "pontypridd"),
        ("Nghaerdyd", "caerdydd"),
        ("TYRDANWR", "trydanwr"),
        ("elctrican", "electrician"),
        ("Aber-dâr", None),
        ("treorky", "treorci"),
        ("siopp", "siop"),
        ("ardd", "gardd"),
        ("sip", None),
        ("xylophone", None),
        ("pontypridd", None),
        ("", None),
        ("🐉", None),
    ],
)
def test_the_nearest_word_is_suggested(typed, meant):
    assert suggest(typed, VOCABULARY) == meant


def test_short_words_forgive_one_slip_and_long_ones_more():
    assert suggest("cigdyx", ["cigydd"]) == "cigydd"
    assert suggest("sxop", ["siop"]) == "siop"
    assert suggest("sxox", ["siop"]) is None
    assert suggest("elektrishun", ["electrician"]) is None
    assert suggest("elektrisian", ["electrician"]) == "electrician"


def test_of_words_as_near_the_first_in_the_alphabet_is_suggested():
    assert suggest("carren", ["carreg", "carred", "carrey"]) == "carred"


def test_a_word_that_needs_no_mutation_undone_comes_first():
    assert suggest("bannel", ["pannel", "bannal"]) == "pannel"
    assert suggest("bannex", ["pannel", "bannel"]) == "bannel"


def test_a_vocabulary_may_be_any_collection():
    for vocabulary in (VOCABULARY, set(VOCABULARY), dict.fromkeys(VOCABULARY, "x"), iter(VOCABULARY)):
        assert suggest("trydanr", vocabulary) == "trydanwr"
