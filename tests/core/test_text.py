"""Text as people type it."""

from enum import StrEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4s.core.errors import Refused
from c4s.core.text import bare, fold, must_be_said, shorten, slug, tidy, written_to

WELSH_FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"


def test_tidied_text_is_one_trimmed_line():
    assert tidy("  Siân \t ap\n\n Rhŷs\u00a0\u2028 ") == "Siân ap Rhŷs"


def test_tidied_text_is_composed():
    assert tidy("Tŷ W\u0302yn") == "Tŷ Ŵyn"


@pytest.mark.parametrize(
    "unseen",
    "\x00 \x07 \x7f \x9f \u200b \u200f \u202e \u2066 \u2069 \ufeff \u00ad \ud800 \uffff \u3164 \u200d".split(" "),
)
def test_what_cannot_be_seen_is_dropped(unseen):
    assert tidy(f"Caer{unseen}dydd") == "Caerdydd"


def test_emoji_made_of_several_characters_stay_whole():
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert tidy(f"Cymru {WELSH_FLAG} {family} ❤️") == f"Cymru {WELSH_FLAG} {family} ❤️"


def test_the_mark_that_parts_letters_in_a_sort_name_stays():
    assert tidy("Ban\u034fgor") == "Ban\u034fgor"


def test_paragraphs_are_kept_where_lines_are_asked_for():
    typed = " Un \t dau\r\ntri\r\n\r\n\r\n\r\n pedwar\u2029pump \n\n"
    assert tidy(typed, lines=True) == "Un dau\ntri\n\npedwar\npump"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Tŷ’r-Coed", "tyr coed"),
        ("TYR COED", "tyr coed"),
        ("  Ŵyn, Ŷd & Caffi Môr!", "wyn yd caffi mor"),
        ("O'Neill", "oneill"),
        ("O`Neill", "oneill"),
        ("Pen–y–graig", "pen y graig"),
        ("llofrudd_iaeth", "llofrudd iaeth"),
        ("W\u0302yn", "wyn"),
        ("Łódź, Straße", "lodz strasse"),
        ("Київ", "киів"),
        ("…", ""),
    ],
)
def test_fold_is_blind_to_all_but_letters_and_figures(text, folded):
    assert fold(text) == folded


def test_bare_text_keeps_one_kind_of_apostrophe_and_one_of_hyphen():
    assert bare("TŶ’R–Coed (2)") == "ty'r-coed (2)"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Pentre’r Eglwys", "pentrer-eglwys"),
        ("  Siop Ŵyn & Ŷd, 24/7 ", "siop-wyn-yd-24-7"),
        ("مرحبا", ""),
        ("...", ""),
        ("", ""),
        ("gair " * 20, "gair-gair-gair-gair-gair-gair-gair-gair-gair-gair-gair-gair"),
        ("a" * 59 + " bc", "a" * 59),
        ("a" * 60 + " bc", "a" * 60),
        ("a" * 90, "a" * 60),
    ],
)
def test_slug_is_short_and_plain(text, address):
    assert slug(text) == address


@pytest.mark.parametrize(
    ("length", "short"),
    [
        (40, "Rydyn ni’n trwsio toeau, a simneiau"),
        (35, "Rydyn ni’n trwsio toeau, a simneiau"),
        (34, "Rydyn ni’n trwsio toeau, a…"),
        (25, "Rydyn ni’n trwsio toeau…"),
        (10, "Rydyn…"),
        (2, "R…"),
        (1, "…"),
    ],
)
def test_shortened_text_ends_after_a_word(length, short):
    assert shorten("Rydyn ni’n trwsio toeau, a simneiau", length) == short


def test_a_letter_is_not_parted_from_its_accent():
    assert shorten("aw\u0303w\u0303w\u0303w\u0303", 5) == "aw\u0303…"


def test_no_text_fits_in_nothing():
    with pytest.raises(ValueError, match="no room"):
        shorten("gair", 0)


class WhyNot(StrEnum):
    UNSAID = "unsaid"


@pytest.mark.parametrize(
    ("language", "words", "missing"),
    [
        ("cy", {"cy": "Na."}, None),
        ("cy", {"en": "No."}, ("cy",)),
        ("en", {"en": "No."}, None),
        ("en", {}, ("en",)),
        ("both", {"cy": "Na.", "en": "No."}, None),
        ("both", {"cy": "Na.", "en": ""}, ("en",)),
        ("both", {"cy": "", "en": "No."}, ("cy",)),
        ("both", {}, ("cy", "en")),
    ],
)
def test_words_to_somebody_are_said_in_every_language_that_they_read(language, words, missing):
    if missing is None:
        must_be_said(words, language, WhyNot.UNSAID)
        return
    with pytest.raises(Refused) as refusal:
        must_be_said(words, language, WhyNot.UNSAID)
    assert (refusal.value.reason, refusal.value.facts) == (WhyNot.UNSAID, {"languages": missing})


anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=80)


@settings(max_examples=1000, deadline=None)
@given(anything, st.integers(1, 30))
def test_whatever_is_typed_comes_out_fit_to_keep(text, length):
    for lines in (False, True):
        kept = tidy(text, lines)
        assert kept == tidy(kept, lines)
        assert "\x00" not in kept
        assert kept.encode().decode() == kept
    assert fold(fold(text)) == fold(text)
    address = slug(text)
    assert len(address) <= 60 and address == slug(address)
    assert len(shorten(text, length)) <= length


@pytest.mark.parametrize(
    ("languages", "written"),
    [({"cy"}, "cy"), ({"en"}, "en"), ({"cy", "en"}, "both"), ({"both"}, "both"), (set(), "both")],
)
def test_several_people_are_told_in_the_languages_of_all(languages, written):
    assert written_to(languages) == written
