"""What differs between two versions, word by word."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c4s.i18n.bilingual import Bilingual
from c4s.moderation import reading
from c4s.moderation.kinds import Field, Said
from c4s.moderation.reading import Change, Piece, marked

pytestmark = pytest.mark.either_database

TEXTS = st.text(alphabet="ab \n", max_size=60)


def kinds_of(pieces):
    return [(piece.what, piece.words) for piece in pieces]


@pytest.mark.parametrize(
    ("before", "now", "first", "second"),
    [
        ("", "", [], []),
        ("", "Bara da", [], [("new", "Bara da")]),
        ("Bara da", "", [("gone", "Bara da")], []),
        ("Bara da", "Bara da", [("same", "Bara da")], [("same", "Bara da")]),
        (
            "Bara ffres bob dydd",
            "Bara da bob dydd",
            [("same", "Bara "), ("gone", "ffres "), ("same", "bob dydd")],
            [("same", "Bara "), ("new", "da "), ("same", "bob dydd")],
        ),
        ("a b", "a x b", [("same", "a "), ("same", "b")], [("same", "a "), ("new", "x "), ("same", "b")]),
    ],
)
def test_words_that_are_gone_and_words_that_are_new(before, now, first, second):
    found = marked(before, now)
    assert (kinds_of(found[0]), kinds_of(found[1])) == (first, second)


@given(TEXTS, TEXTS)
def test_nothing_of_either_text_is_lost_and_what_is_called_the_same_is(before, now):
    first, second = marked(before, now)
    for pieces, text in ((first, before), (second, now)):
        assert "".join(piece.words for piece in pieces).split() == text.split()
    same = [[piece.words.split() for piece in pieces if piece.what == "same"] for pieces in (first, second)]
    assert same[0] == same[1]


def test_of_a_long_stretch_that_did_not_change_only_the_ends_are_left():
    long = " ".join(str(number) for number in range(100))
    first, _ = marked(f"{long} x", f"{long} y")
    assert kinds_of(first) == [("left_out", "…"), ("same", " ".join(map(str, range(88, 100))) + " "), ("gone", "x")]
    _, second = marked(f"x {long} z", f"y {long} z")
    assert second[1:] == [Piece("same", " ".join(map(str, range(12))) + " "), Piece("left_out", "…")]


def test_nobody_keeps_us_busy_with_a_text_that_is_hard_to_compare():
    began = time.perf_counter()
    for one, other in (("a b ", "a c "), ("a ", "a a b "), ("a a b ", "a b c ")):
        for number in (300, 2_500):
            marked("y " + one * number + "x", "x " + other * number + "y")
    assert time.perf_counter() - began < 5


def test_one_word_changed_in_every_sentence_is_one_word_marked_in_each():
    text = "Rydyn ni’n pobi bara bob dydd. " * 50
    first, second = marked(text, text.replace("dydd", "nos"))
    assert [piece.words.strip() for piece in first if piece.what == "gone"] == ["dydd."] * 50
    assert [piece.words.strip() for piece in second if piece.what == "new"] == ["nos."] * 50


def test_a_few_words_that_are_the_same_by_chance_do_not_tear_new_words_apart():
    first, second = marked("a b c d yn y e f g h", "p q r s yn y t u v w")
    assert (kinds_of(first), kinds_of(second)) == (
        [("gone", "a b c d yn y e f g h")],
        [("new", "p q r s yn y t u v w")],
    )


@pytest.mark.parametrize(
    ("before", "now", "differ"),
    [
        ("a", "a", False),
        ("a", "b", True),
        (None, "", False),
        (None, {"cy": "", "en": ""}, False),
        ([], None, False),
        (None, True, True),
        (False, None, False),
        ({"cy": "a", "en": ""}, {"cy": "a", "en": "b"}, True),
    ],
)
def test_nothing_is_like_something_empty(before, now, differ):
    assert reading.differ(before, now) is differ


def test_the_mark_of_what_was_read_is_of_both_versions_whole():
    marks = {
        reading.digest(before, now)
        for before in ({}, {"a": 1}, {"a": {"cy": "1"}})
        for now in ({}, {"a": 1}, {"a": {"cy": "1"}})
    }
    assert len(marks) == 9
    assert reading.digest({"a": 1, "b": 2}, {}) == reading.digest({"b": 2, "a": 1}, {})


@pytest.mark.parametrize(
    ("now", "said", "takes"),
    [
        ("Becws", Said(Bilingual("Becws", "Becws")), True),
        ("Becws", Said(Bilingual(en="Becws")), True),
        ({"cy": "Bara", "en": ""}, Said(Bilingual("Bara"), is_bilingual=True), True),
        ("micro", Said(Bilingual("2 i 9 o bobl", "2 to 9 people")), False),
        ("", Said(Bilingual()), False),
        (True, Said(Bilingual("Ydy", "Yes")), False),
        (["a"], Said(Bilingual("a", "a")), False),
        ({"cy": "a", "en": "b", "position": 1}, Said(Bilingual("a", "b"), is_bilingual=True), False),
        ({"cy": "a", "en": "b"}, Said(Bilingual("a", "b"), is_bilingual=True, picture="/a.webp"), False),
        (None, Said(Bilingual()), False),
    ],
)
def test_other_words_are_suggested_for_what_somebody_wrote_and_not_for_what_they_picked(now, said, takes):
    field = Field("name", "Name", "pages.home")
    assert Change(field, None, now, Said(Bilingual()), said).takes_suggestion is takes
