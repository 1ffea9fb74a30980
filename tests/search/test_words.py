"""What a text and a query become, and that they meet."""

import re
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4s.search import dictionary
from c4s.search.dictionary_making import folded, without_coincidences, without_mutated
from c4s.search.mutations import mutated, radicals
from c4s.search.words import (
    LONGEST_WORD,
    MOST_WORDS,
    QueryWord,
    Wanted,
    analyse,
    excerpt,
    mark,
    query_words,
    with_prefix,
)


def finds(query: str, text: str, language: str | None = None, *, name: bool = False) -> bool:
    """Whether every word of a query stands in a text, as the index would have it."""
    stands = set(analyse(text, language, name=name))
    asked = query_words(query)
    return bool(asked) and all(stands.intersection(word.alternatives) for word in asked)


@pytest.mark.parametrize("query", ["Caerdydd", "Gaerdydd", "NGHAERDYDD", "chaerdydd"])
@pytest.mark.parametrize("text", ["Caerdydd", "i Gaerdydd", "yng Nghaerdydd", "a Chaerdydd"])
def test_a_mutation_hides_nothing(query, text):
    assert finds(query, text, "cy")
    assert finds(query, text)


@pytest.mark.parametrize(
    ("forms", "language"),
    [
        ("pentref bentref mhentref phentref pentrefi", "cy"),
        ("Tonysguboriau Donysguboriau Nhonysguboriau Thonysguboriau", "cy"),  # in no dictionary
        ("Penrhiwceibr Benrhiwceibr Mhenrhiwceibr", "cy"),
        ("Aberpennar Haberpennar", "cy"),
        ("trydanwr trydanwyr drydanwr drydanwyr nhrydanwr thrydanwyr", "cy"),
        ("plastrwr plastrwyr blastrwr blastrwyr phlastrwyr", "cy"),  # in no dictionary
        ("cwmni gwmni nghwmni chwmni cwmnïau cwmniau gwmnïau", "cy"),
        ("gweithdy weithdy gweithdai weithdai", "cy"),
        ("gardd ardd gerddi erddi ngardd", "cy"),
        ("menter fenter mentrau fentrau", "cy"),
        ("tŷ dŷ tai ty", "cy"),
        ("car ceir gar geir", "cy"),
        ("rhiant rhieni rieni", "cy"),
        ("cymuned gymuned chymuned cymunedau", "cy"),
        ("llawr lawr lloriau loriau", "cy"),
        ("electrician electricians electrician’s electricians’", "en"),
        ("bakery bakeries", "en"),
        ("child children children’s", "en"),
        ("clean cleans cleaned cleaning", "en"),
    ],
)
def test_every_form_of_a_word_finds_every_other(forms, language):
    missed = [
        (query, text)
        for query in forms.split()
        for text in forms.split()
        if not (finds(query, text, language) and finds(query, text))
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("bentrer eglwys", "Pentre’r Eglwys"),
        ("pentre", "Pentre’r Eglwys"),
        ("ty’r coed", "Tŷ’r Coed"),
        ("tyr coed", "Tŷ'r Coed"),
        ("tŷ’r-coed", "Tŷ’r Coed"),
        ("tycoed", "Tŷ Coed"),
        ("Pen-y-graig", "Penygraig"),
        ("Penygraig", "Pen-y-graig"),
        ("pen y graig", "Penygraig"),
        ("penygraig", "Pen y Graig"),
        ("Mhen-y-graig", "Penygraig"),
        ("e-bost", "ebost"),
        ("ebost", "e-bost"),
        ("website", "Web Site"),
        ("web site", "Website"),
        ("oneill", "O’Neill"),
        ("O'Neill", "ONEILL"),
        ("neill", "O’Neill"),
        ("dai", "Dai’s Plumbing"),
        ("dais", "Dai’s Plumbing"),
        ("y felin", "Y Felin"),
        ("y", "Y Felin"),
        ("the who", "The Who"),
        ("24/7", "Plymwyr 24-7"),
        ("CF37 4TT", "cf374tt"),
        ("lodz", "Łódź"),
    ],
)
def test_accents_apostrophes_and_hyphens_hide_nothing(query, name):
    assert finds(query, name, name=True)


def test_words_of_no_weight_never_stand_in_the_way():
    assert finds("y trydanwr yn y Rhondda", "Trydanwyr Rhondda")
    assert finds("the best electricians in the Rhondda", "Best electrician, Rhondda")


def test_a_text_in_one_language_is_read_in_it():
    assert "plentyn" in analyse("gofal plant", "cy")
    assert "plentyn" not in analyse("plant hire", "en")
    assert analyse("to let", "en") == ["to", "let"]
    assert analyse("Mae’r to’n gollwng", "cy") == ["ton", "to", "gollwng"]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ty", "Dai’s Plumbing"),
        ("prynu", "Bryn Golau"),
        ("car", "Geraint"),
        ("caru", "young carer"),
        ("rhoi", "room"),
        ("brown", "frown"),
        ("bell", "pall"),
        ("gardd", "cardd"),
        ("gerddi", "cerddi"),
        ("trydanwr", "plymwr"),
        ("trydanwr caerdydd", "trydanwr pontypridd"),
    ],
)
def test_words_that_only_look_alike_do_not_find_each_other(query, text):
    assert not finds(query, text)
    assert not finds(query, text, name=True)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ('"siop" OR NOT (bara*) ^a:b', ["siop", "bara", "b"]),
        ("NEAR(siop, 2)", ["near", "siop", "2"]),
        ("100% -cig +pysgod", ["100", "cig", "pysgod"]),
        ("sio\x00p", ["sio", "p"]),
        ("'; DROP TABLE--", ["drop", "table"]),
        ("🐉", []),
        ("%", []),
        ("", []),
        ("Київ", []),
        ("siop siop SIOP", ["siop"]),
        ("a b", ["b"]),
        ("gair " * 2000, ["gair"]),
    ],
)
def test_odd_queries_are_only_words(query, first):
    if query.startswith("gair"):
        assert {word.alternatives[0] for word in query_words(query)} == set(first)
    else:
        assert [word.alternatives[0] for word in query_words(query)] == first


def test_of_a_long_query_the_beginning_counts():
    assert [word.typed for word in query_words(f"{'a' * 60} {'b' * 60}")] == ["a" * 60]
    assert [word.alternatives[0] for word in query_words("q" * 10_000)] == ["q" * LONGEST_WORD]
    many = query_words(" ".join(f"w{number}" for number in range(30)))
    assert [word.typed for word in many] == [f"w{number}" for number in range(MOST_WORDS)]


def test_only_the_last_word_is_a_beginning_and_not_a_short_one():
    asked = with_prefix(query_words("siop tryd"))
    assert [(word.typed, word.prefix) for word in asked] == [("siop", False), ("tryd", True)]
    assert [word.prefix for word in with_prefix(query_words("siop tr"))] == [False, False]
    assert with_prefix([]) == []


def marked(text: str, query: str, language: str | None = None) -> list[str]:
    return [piece for piece, found in mark(text, Wanted(query_words(query), language)) if found]


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("Trydanwyr Tŷ’r Coed, trydanol & <b>drydanwr</b>", "trydanwr", ["Trydanwyr", "drydanwr"]),
        ("Tŷ’r Coed a thŷ arall", "ty coed", ["Tŷ’r", "Coed", "thŷ"]),
        ("ym Mhen-y-graig", "graig", ["graig"]),
        ("ym Mhen-y-graig", "penygraig", ["Mhen-y-graig"]),
        ("W\u0302yn a Ŵyn", "wyn", ["W\u0302yn", "Ŵyn"]),
        ("Y siop yn y dref", "y siop", ["siop"]),
        ("Dim byd", "siop", []),
        ("", "siop", []),
    ],
)
def test_words_that_were_found_are_marked_as_they_were_written(text, query, found):
    assert marked(text, query) == found


def test_the_beginning_of_a_word_is_marked_whole():
    asked = with_prefix(query_words("tryd"))
    text = "Trydan, a thrydanwr micro-drydan, ond nid mentryd"
    assert [piece for piece, found in mark(text, Wanted(asked)) if found] == ["Trydan", "thrydanwr", "drydan"]


def test_nothing_is_marked_without_a_query():
    assert mark("Trydan", Wanted([])) == [("Trydan", False)]


LONG = (
    "Cwmni teuluol ydyn ni. Dechreuon ni yn y pentref yn 1998, gyda dwy fan. "
    "Rydyn ni’n trwsio toeau o bob math. Rydyn ni hefyd yn gosod cwteri, ac yn glanhau simneiau i bobl leol."
)


def test_an_excerpt_is_the_sentence_in_which_the_word_stands():
    assert (
        excerpt(LONG, Wanted(query_words("cwter")), 60) == "Rydyn ni hefyd yn gosod cwteri, ac yn glanhau simneiau i…"
    )
    assert excerpt(LONG, Wanted(query_words("simnai")), 60) == "…yn gosod cwteri, ac yn glanhau simneiau i bobl leol."


def test_an_excerpt_is_the_beginning_where_no_word_stands_or_the_first_does():
    assert excerpt(LONG, Wanted(query_words("plymwr")), 40) == "Cwmni teuluol ydyn ni. Dechreuon ni yn…"
    assert excerpt(LONG, Wanted(query_words("cwmni")), 40) == "Cwmni teuluol ydyn ni. Dechreuon ni yn…"
    assert excerpt("Un.\n\n Dau.", Wanted(query_words("dau")), 40) == "Un. Dau."


def test_the_radicals_of_a_form_and_the_forms_of_a_radical():
    assert radicals("nghaerdydd") == ("caerdydd",)
    assert set(radicals("fawr")) == {"bawr", "mawr"}
    assert set(radicals("lan")) == {"llan", "glan"}
    assert radicals("ardd") == ("gardd",)
    assert radicals("haf") == ("af",)
    assert radicals("pentre") == ()
    assert radicals("ffair") == ()
    assert radicals("") == ()
    assert mutated("pentre") == ("bentre", "mhentre", "phentre")
    assert mutated("gardd") == ("ardd", "ngardd")
    assert mutated("aber") == ("haber",)
    assert mutated("siop") == ()
    assert mutated("") == ()


@pytest.mark.parametrize(
    "radical", "pentre tref caerdydd blaen dinas gwlad glan gradd mam llan rhondda aber ynys wythnos".split()
)
def test_every_form_leads_back_to_its_radical(radical):
    assert [form for form in mutated(radical) if radical not in radicals(form)] == []


def test_the_dictionary_reads_words_in_both_languages():
    readings = dictionary.readings
    assert readings("plant") == (("plentyn",), ("plant",), False)
    assert readings("ngherddi") == (("cerdd",), (), True)
    assert readings("gerddi") == (("gardd",), (), False)
    assert readings("zzzzzz") == ((), (), False)
    assert readings("a") == ((), (), False)


def test_the_dictionary_is_searched_from_its_first_word_to_its_last():
    dictionary.prepare()
    edition, *lines = dictionary.FILE.read_text(encoding="ascii").splitlines()
    assert edition == dictionary.edition()
    words = [line.split("\t")[0] for line in lines]
    assert words == sorted(set(words))
    for word in (words[0], words[1], *words[::20_011], words[-2], words[-1]):
        assert any(dictionary.readings(word)[:2]) or "\t-\t" in lines[words.index(word)]


def test_making_the_dictionary_corrects_what_the_lists_leave_out():
    listed = [
        ("cymuned", "cymuno"), ("cymunedau", "cymuned"), ("bryn", "prynu"), ("bryniau", "bryn"),
        ("rieni", "rhieni"), ("rhieni", "rhiant"), ("Tŷ", "tŷ"), ("’ch", "chi"), ("ty coch", "ty"),
    ]  # fmt: skip
    assert folded(listed) == {
        "cymuned": {"cymuned", "cymuno"},
        "cymunedau": {"cymuned"},
        "bryn": {"bryn"},
        "bryniau": {"bryn"},
        "rieni": {"rhiant"},
        "rhieni": {"rhiant"},
        "ty": {"ty"},
        "ch": {"chi"},
    }


def test_making_the_dictionary_leaves_out_what_mutations_account_for():
    forms = {"merch": {"merch"}, "ferch": {"merch"}, "fawr": {"mawr"}, "gwell": {"da"}, "well": {"da"}}
    assert without_mutated(forms) == {"merch": {"merch"}, "fawr": {"mawr"}, "gwell": {"da"}}


def test_making_the_dictionary_leaves_out_verbs_that_english_words_look_like():
    verb = {f"car{ending}": {"caru"} for ending in "af i a wn wch ant es aist odd asom aswn ai em ech ent er".split()}
    welsh = {**verb, "plant": {"plentyn"}}
    english = {"carer": {"carer"}, "cared": {"care"}, "plant": {"plant"}}
    assert without_coincidences({**welsh, "cared": {"caru"}}, english) == {
        **welsh,
        "carer": {"-"},
        "cared": {"caru"},
    }


anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
likely = st.text("aeghlntwyŵŷ’'-– .1CN*\"", max_size=30)


@settings(max_examples=1000, deadline=None)
@given(anything | likely, st.sampled_from([None, "cy", "en"]), st.booleans())
def test_every_word_is_plain_and_a_text_is_found_by_its_own_words(text, language, name):
    terms = analyse(text, language, name=name)
    asked = query_words(text)
    for term in (*terms, *(alternative for word in asked for alternative in word.alternatives)):
        assert re.fullmatch(f"[a-z0-9]{{1,{LONGEST_WORD}}}", term)
    assert len(asked) <= MOST_WORDS
    assert finds(text, text, language, name=True) == bool(asked)
    wanted = Wanted(asked, language)
    pieces = mark(text, wanted)
    assert "".join(piece for piece, _ in pieces) == text
    assert any(found for _, found in pieces) == bool(asked)
    assert len(excerpt(text, wanted, 20)) <= 20


@settings(max_examples=300, deadline=None)
@given(anything | likely)
def test_no_query_is_an_error_to_the_full_text_engine(text):
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE VIRTUAL TABLE entry USING fts5(words)")
        database.execute("INSERT INTO entry VALUES (?)", [" ".join(analyse(text, name=True))])
        asked = query_words(text)
        if asked:
            condition = " AND ".join(f"({' OR '.join(word.alternatives)})" for word in asked)
            found = database.execute("SELECT count(*) FROM entry WHERE entry MATCH ?", [condition]).fetchone()
            assert found == (1,)


def test_a_query_word_can_be_kept_in_a_set():
    assert len({QueryWord("a", ("a",)), QueryWord("a", ("a",))}) == 1
