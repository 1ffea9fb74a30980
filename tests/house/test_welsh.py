"""The project's Welsh is proof-read, and the proof-reader itself is put to the test."""

import time

import pytest

from tests.house.welsh import english_findings, english_in, findings, welsh_in
from tests.house.welsh.gate import proof
from tests.house.welsh.lexicon import ASPIRATE, NASAL, RADICAL, SOFT, Reading, lexicon, mutate
from tests.house.welsh.phrases import LEFT_ALONE, PAIRS
from tests.house.welsh.sources import CATALOGUE, ROOT, covered, place_words

# Read after the rest: the catalogue is the largest.
FILES = [path for path in covered() if path != CATALOGUE]


@pytest.fixture(autouse=True, scope="module")
def _places():
    lexicon().add(place_words())


def test_the_gate_knows_where_the_words_are():
    assert {"Glynrhedynog", "Tonypandy"} <= place_words()
    assert {path.suffix for path in FILES} == {".html", ".toml"}
    assert {path.stem for path in FILES} >= {"categories", "suppliers", "events"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_prose_and_data_are_in_good_welsh_and_in_the_language_they_say(path):
    assert "\n".join(proof(path)) == ""


def test_the_catalogue_is_in_good_welsh():
    assert "\n".join(proof(CATALOGUE)) == ""


@pytest.mark.parametrize("wrong", [wrong for wrong, _ in PAIRS])
def test_a_wrong_phrase_is_found(wrong):
    assert findings(wrong) != []


@pytest.mark.parametrize("right", sorted({right for _, right in PAIRS} | set(LEFT_ALONE)))
def test_a_right_phrase_is_left_alone(right):
    assert findings(right) == []


def test_a_finding_says_what_is_wrong_and_how_to_mend_it():
    assert [str(finding) for finding in findings("Busnesau yn Caerdydd")] == [
        "“yn Caerdydd”: no nasal mutation – write “yng Nghaerdydd”   [Busnesau yn Caerdydd]"
    ]


def test_a_name_is_neither_misspelt_nor_mutated():
    assert findings("Cwrs gan Prys Fflwff") != []
    assert findings("Cwrs gan Prys Fflwff", ["Prys Fflwff"]) == []


def test_no_rule_reads_across_a_placeholder_or_a_sign():
    assert findings("Lle: yn %(place)s Caerdydd") == []
    assert findings("Rhif 6. Tudalen y busnes") == []


def test_a_sentence_has_25_words_at_most():
    assert findings("Mae hi " + "heddiw hefyd " * 11 + "nawr.") == []
    assert [one.what[:24] for one in findings("Mae hi " + "heddiw hefyd " * 11 + "yma nawr.")] == [
        "a sentence of 26 words: "
    ]


@pytest.mark.parametrize(
    ("word", "readings"),
    [
        ("cyfrif", {Reading(RADICAL, "cyfrif")}),
        ("gyfrif", {Reading(SOFT, "cyfrif")}),
        ("nghyfrif", {Reading(NASAL, "cyfrif")}),
        ("chyfrif", {Reading(ASPIRATE, "cyfrif")}),
        ("fusnesau", {Reading(SOFT, "busnesau")}),
        ("ddewiswch", {Reading(SOFT, "dewiswch")}),
        ("ardd", {Reading(SOFT, "gardd")}),
        ("ngyfrif", set()),
        ("gŵyn", {Reading(SOFT, "cwyn")}),
    ],
)
def test_a_word_is_read_with_its_mutation(word, readings):
    assert set(lexicon().readings(word)) == readings


@pytest.mark.parametrize(
    ("word", "soft", "nasal", "aspirate"),
    [
        ("Pontypridd", "Bontypridd", "Mhontypridd", "Phontypridd"),
        ("Treorci", "Dreorci", "Nhreorci", "Threorci"),
        ("Cymru", "Gymru", "Nghymru", "Chymru"),
        ("Beddau", "Feddau", "Meddau", None),
        ("Dinas", "Ddinas", "Ninas", None),
        ("Glynrhedynog", "Lynrhedynog", "Nglynrhedynog", None),
        ("Llantrisant", "Lantrisant", None, None),
        ("Rhondda", "Rondda", None, None),
        ("Merthyr", "Ferthyr", None, None),
        ("theatr", None, None, None),
        ("ysgol", None, None, None),
    ],
)
def test_initial_letters_mutate_by_the_tables(word, soft, nasal, aspirate):
    assert (mutate(word, SOFT), mutate(word, NASAL), mutate(word, ASPIRATE)) == (soft, nasal, aspirate)


def test_english_words_are_found_on_a_welsh_page_and_shared_words_are_not():
    assert english_in("Croeso i’r dudalen. Please sign in.") == ["Please", "sign"]
    assert english_in("Mae plant yn y to, am un o’r gloch: is-gontract, had, can, her a man da.") == []
    assert english_in("Cadwch le yn The Welsh Bakery", ["The Welsh Bakery"]) == []
    assert english_in("Cadwch le yn The Welsh Bakery, please", ["The Welsh Bakery"]) == ["please"]


def test_welsh_words_are_found_on_an_english_page_and_names_are_not():
    assert welsh_in("Choose a date. Dewiswch ddyddiad.") == ["Dewiswch"]
    assert welsh_in("Bread from Siop yr Hendre", ["Siop yr Hendre"]) == []
    assert welsh_in("A course in Pen-y-graig, or in Cwm Clydach.") == []


def test_english_text_keeps_the_signs_of_the_house():
    assert english_findings("You can’t do that.") == []
    assert [one.what for one in english_findings("You can't  do that .")] == [
        "straight apostrophe",
        "two spaces",
        "a space before a sign",
    ]


def test_fifteen_hundred_strings_are_read_in_three_seconds():
    strings = [right for _, right in PAIRS] * (1500 // len(PAIRS) + 1)
    begun = time.process_time()
    for number, words in enumerate(strings):
        findings(f"{words} {number}")
    assert time.process_time() - begun < 3
