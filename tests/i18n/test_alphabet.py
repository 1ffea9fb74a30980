"""Alphabetical order in both languages."""

import random
import re
import unicodedata
from importlib.util import find_spec
from pathlib import Path

import icu
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4s.i18n.alphabet import LETTERS, OTHER, initial, parted, sort_key
from tests.parts import require

GET_DICTIONARY = (
    "The Welsh dictionary is missing. To get it: .venv/bin/python -m pip install --no-deps cymraeg-mcp==0.1.0"
)


def shuffled_and_sorted(names: list[str], language: str) -> list[str]:
    shuffled = random.Random(1).sample(names, len(names))
    return sorted(shuffled, key=lambda name: sort_key(name, language))


@pytest.mark.parametrize(
    "names",
    [
        "Cwm, Cymru, Chwaer, Dŵr, Dyfed, Ddoe, Ddraig, Enfys, Fyn, Fferm, Gŵyl, Ngwlad, Haf",
        "Lôn, Lwc, Lyn, Llan, Llŷn, Mam, Pontypridd, Phoenix, Rygbi, Rhondda, Syr, Tylorstown, Theatr",
        "Un, Ŵyl, Ynys",
        "Jac, Kath, Lili, Pwll, Phil, Quilt, Rafft, Uwch, Veg, Waun, Xyl, Ynyr, Zest",
        "Llogi, Llong, Llom, Llongyfarch, Llonydd",
        "Bae, Bala, Banc, Bangor, Bara",
        "Llanelli, Llangefni, Llangollen, Llanhari, Llanilltud",
        "Cyfle, Cyngor, Cymuned, Cynnig",
        "Anrheg, Argymell, Arholiad, Ariannol, Arwydd",
        "McGill, McHugh, McIntyre, Mchenry",
    ],
)
def test_welsh_names_follow_the_welsh_alphabet(names):
    assert shuffled_and_sorted(names.split(", "), "cy") == names.split(", ")


@pytest.mark.parametrize(
    "names",
    [
        "Chwaer, Cwm, Cymru, Ddraig, Dŵr, Llan, Lôn, Lyn, Theatr, Tylorstown, Ŵyl, Ynys, Zest",
        "Bala, Banc, Bangor, Bara",
    ],
)
def test_english_pages_follow_the_english_alphabet(names):
    assert shuffled_and_sorted(names.split(", "), "en") == names.split(", ")


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_space_a_hyphen_and_a_number_count_as_people_expect(language):
    names = ["2 Sied", "Siop 9", "Siop 10", "Siop a Mwy", "Siop-goch", "Siop/Hud", "Siopa"]
    assert shuffled_and_sorted(names, language) == names


@pytest.mark.parametrize("language", ["cy", "en"])
def test_an_apostrophe_and_a_full_stop_do_not_count(language):
    assert sort_key("Tŷ’r Coed Cyf.", language) == sort_key(" Tŷr  Coed Cyf", language)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_an_accent_and_then_a_capital_decide_between_the_same_words(language):
    names = ["mor a thir", "Mor a thir", "môr a thir", "Môr a thir"]
    assert shuffled_and_sorted(names, language) == names


def test_a_sort_name_can_part_letters():
    assert sort_key("Man|gre", "cy") == sort_key("Man\u034fgre", "cy")
    assert shuffled_and_sorted(["Mangre", "Mam", "Man|gre"], "cy") == ["Mangre", "Mam", "Man|gre"]


@pytest.mark.parametrize(
    ("word", "as_letters"),
    [
        ("Bangor", "Ban|gor"),
        ("BANGOR", "BAN|GOR"),
        ("ym Mangor", "ym Man|gor"),
        ("Hengoed", "Hen|goed"),
        ("Tongwynlais", "Ton|gwynlais"),
        ("Yr Arddangosfa", "Yr Arddan|gosfa"),
        ("llongyfarchiadau", "llon|gyfarchiadau"),
        ("parhau", "par|hau"),
        ("Penyrheol", "Penyr|heol"),
        ("Engineering", "En|gineering"),
        ("Cyngor", "Cyngor"),
        ("Ynysangharad", "Ynysangharad"),
        ("Angen", "Angen"),
        ("Training", "Training"),
        ("anrheg", "anrheg"),
        ("Rhondda", "Rhondda"),
        ("Penrhiwceiber", "Penrhiwceiber"),
    ],
)
def test_two_letters_that_only_look_like_one_are_parted(word, as_letters):
    assert parted(word) == as_letters


@pytest.mark.parametrize(
    ("name", "welsh", "english"),
    [
        ("Chwarae Teg", "Ch", "C"),
        ("’r Ddraig", "R", "R"),
        ("ddraig", "Dd", "D"),
        ("LLANHARI", "Ll", "L"),
        ("Rhiannon", "Rh", "R"),
        ("Ŵyl Fwyd", "W", "W"),
        ("Ysgol", "Y", "Y"),
        ("Zest", "Z", "Z"),
        ("Q8", "Q", "Q"),
        ("Æther", "A", "A"),
        ("Ørsted", "O", "O"),
        ("“Iawn”", "I", "I"),
        ("24/7 Plymwyr", OTHER, OTHER),
        ("Київ", OTHER, OTHER),
        ("🐉", OTHER, OTHER),
        ("", OTHER, OTHER),
    ],
)
def test_each_name_has_its_heading(name, welsh, english):
    assert (initial(name, "cy"), initial(name, "en")) == (welsh, english)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_headings_stand_in_their_own_order(language):
    headings = list(LETTERS[language])
    assert shuffled_and_sorted(headings, language) == headings
    assert [initial(heading, language) for heading in headings] == headings


anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=150)
names = anything | st.text("cdfglnprthCH ’-ŵ2", max_size=12)


@settings(max_examples=1000, deadline=None)
@given(names, st.sampled_from(["cy", "en"]))
def test_every_key_is_plain_and_short(name, language):
    key = sort_key(name, language)
    assert re.fullmatch("[a-z0-9]*", key)
    assert len(key) <= 255
    assert not re.search("[a-z][a-z]", key)


@settings(max_examples=500, deadline=None)
@given(names, names, st.sampled_from(["cy", "en"]))
def test_names_under_one_heading_stand_together(one, another, language):
    headings = [OTHER, *LETTERS[language]]
    in_order = sorted((one, another), key=lambda name: sort_key(name, language))
    places = [headings.index(initial(name, language)) for name in in_order]
    assert places == sorted(places)


@pytest.mark.parametrize(("language", "locale"), [("cy", "cy"), ("en", "en_GB")])
def test_the_order_is_that_of_icu_for_every_word_of_the_dictionary(language, locale):
    found = find_spec("cymraeg_mcp")
    package = Path(found.origin).parent if found and found.origin else None
    dictionary = require(package and package / "data" / "dictionaries" / "cy_GB.dic", GET_DICTIONARY)
    lines = dictionary.read_text(encoding="utf-8-sig").splitlines()[1:]
    listed = {unicodedata.normalize("NFC", line.split("/")[0].strip()) for line in lines}
    words = sorted(word for word in listed if re.fullmatch(r"[^\W\d_]+(?:-[^\W\d_]+)*", word))
    assert len(words) > 60_000

    collator = icu.Collator.createInstance(icu.Locale(locale))
    # ICU does not know which letters only look like one; it takes our word for it.
    told = {word: parted(word).replace("|", "\u034f") if language == "cy" else word for word in words}
    by_icu = sorted(words, key=lambda word: collator.getSortKey(told[word]))
    assert sorted(words, key=lambda word: sort_key(word, language)) == by_icu
