"""What is found, in which order, and how many there would be."""

import random
from dataclasses import replace
from math import cos, pi, radians, sin

import pytest
from flask import Flask

from c4s.backoffice import demonstration
from c4s.core.db import db
from c4s.directory import filing
from c4s.directory.models import Supplier, supplier_area, supplier_category, supplier_network
from c4s.search import places, queries
from c4s.search.index import Document
from c4s.search.queries import Question, find, nearby_word
from c4s.taxonomy import queries as taxonomy
from tests.builders import a_supplier, both
from tests.search.plainly import KIND, a_document, found, ids, kilometres, plainly, put

GROUPS = ("category", "area", "language", "kind")
HERE = 51.6015, -3.3424
NARROW = cos(radians(HERE[0]))


# -- words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["Caerdydd", "Gaerdydd", "Nghaerdydd", "Chaerdydd", "caerdydd", "CAERDYDD"])
def test_a_mutated_name_finds_the_place(site: Flask, typed: str) -> None:
    put(a_document(1, "Canolfan Caerdydd"), a_document(2, "Gwasanaethau yng Nghaerdydd"), a_document(3, "Abertawe"))
    assert set(found(typed)) == {1, 2}


@pytest.mark.parametrize("typed", ["bentrer", "pentrer", "Pentre'r", "Pentre’r", "phentre’r", "pentre"])
def test_a_mutated_name_with_an_apostrophe_or_without_finds_it(site: Flask, typed: str) -> None:
    put(a_document(1, "Pentre’r Eglwys"), a_document(2, "Llantrisant"))
    assert found(typed) == [1]


@pytest.mark.parametrize("typed", ["Pen-y-graig", "pen y graig", "penygraig", "Pen y Graig", "benygraig"])
def test_hyphens_and_gaps_make_no_difference(site: Flask, typed: str) -> None:
    put(a_document(1, "Siop Pen-y-graig"), a_document(2, "Siop Tonypandy"))
    assert found(typed) == [1]


@pytest.mark.parametrize("typed", ["tŷ gwŷdd", "ty gwydd", "TŶ GWŶDD", "ty' gwydd"])
def test_accents_make_no_difference(site: Flask, typed: str) -> None:
    put(a_document(1, "Tŷ Gwŷdd"), a_document(2, "Tŷ Coch"))
    assert found(typed) == [1]


@pytest.mark.parametrize(
    ("typed", "text", "language"),
    [
        ("cwmni", "Dau o gwmnïau lleol.", "cy"),
        ("cwmnïau", "Mae’r cwmni’n fach.", "cy"),
        ("gardd", "Trin gerddi mawr a bach.", "cy"),
        ("gerddi", "Eich gardd chi.", "cy"),
        ("electrician", "Two electricians.", "en"),
        ("electricians", "One electrician.", "en"),
        ("bakeries", "A bakery on the square.", "en"),
        ("child", "Parties for children.", "en"),
    ],
)
def test_one_and_many_find_each_other(site: Flask, typed: str, text: str, language: str) -> None:
    put(a_document(1, "Gwynfa", texts=((text, language),)), a_document(2, "Bronfa"))
    assert found(typed) == [1]


@pytest.mark.parametrize(
    ("cy", "en"), [("plymwr", "plumber"), ("gofal", "care"), ("caffi", "cafe"), ("trydanwr", "electrician")]
)
def test_a_search_in_either_language_finds_the_same_suppliers(site: Flask, cy: str, en: str) -> None:
    a_supplier("Gwres y Cwm", categories=("trades-plumbing",))
    a_supplier("Bronwydd", categories=("care-at-home",))
    a_supplier("Paned Taf", categories=("food-cafes",))
    a_supplier("Goleudy", categories=("trades-electrical",))
    in_welsh = ids(find(Question(filing.KIND, cy, language="cy")))
    in_english = ids(find(Question(filing.KIND, en, language="en")))
    assert in_welsh == in_english and len(in_welsh) == 1


def test_every_word_must_be_there(site: Flask) -> None:
    put(
        a_document(1, "Caffi Glas", names=("Aberdâr",)),
        a_document(2, "Caffi Coch", names=("Tonypandy",)),
        a_document(3, "Siop Goch", names=("Aberdâr",)),
    )
    assert found("caffi aberdar") == found("ABERDÂR caffi") == [1]


def test_the_beginning_of_a_word_is_enough_when_the_whole_word_finds_nothing(site: Flask) -> None:
    put(a_document(1, "Crochendy Taf"), a_document(2, "Croch"))
    assert found("croche") == [1]
    assert found("croch") == [2]  # a word of its own is not taken for a beginning
    assert found("taf croche") == [1]
    assert found("cr") == []


def test_a_slip_suggests_the_word_that_was_meant(site: Flask) -> None:
    put(a_document(1, "Crochendy Pontypridd"), a_document(2, "Tŷ’r Felin"))
    assert nearby_word("ponytpridd") == "pontypridd"
    assert nearby_word("corchendy pontypridd") == "crochendy pontypridd"
    assert nearby_word("crochendy") is None
    assert nearby_word("zzzzzzz") is None


# -- order ---------------------------------------------------------------------------------------------------------


def test_names_come_first_then_what_it_is_about_then_texts_each_by_the_alphabet(site: Flask) -> None:
    put(
        a_document(1, "Bronfa", texts=(("Cawn fara o’r becws bob bore.", "cy"),)),
        a_document(2, "Ael-y-bryn", texts=(("Becws cynnar.", "cy"),)),
        a_document(3, "Siop y Sgwâr", names=("Becws",)),
        a_document(4, "Arwel", names=("Becws",)),
        a_document(5, "Becws Taf"),
        a_document(6, "Becws Aman"),
    )
    assert found("becws") == [6, 5, 4, 3, 2, 1]


def test_a_name_must_answer_every_word_to_come_first(site: Flask) -> None:
    put(a_document(1, "Becws", names=("Aberdâr",)), a_document(2, "Becws Aberdâr"), a_document(3, "Aman"))
    assert found("becws aberdâr") == [2, 1]


def test_the_alphabet_is_that_of_the_page(site: Flask) -> None:
    a_supplier("Dŵr Glân")
    a_supplier("Ddoe a Heddiw")
    a_supplier("Chwarae Teg")
    a_supplier("Cwm Clyd")
    names = {one.id: one.name for one in db.session.query(Supplier)}

    def listed(language: str) -> list[str]:
        return [names[i] for i in ids(find(Question(filing.KIND, language=language)))]

    assert listed("cy") == ["Cwm Clyd", "Chwarae Teg", "Dŵr Glân", "Ddoe a Heddiw"]
    assert listed("en") == ["Chwarae Teg", "Cwm Clyd", "Ddoe a Heddiw", "Dŵr Glân"]


def test_pages_follow_on_from_one_another(site: Flask) -> None:
    put(*(a_document(n, f"Becws {n:03}") for n in range(1, 46)))
    pages = [found("becws", page=number, size=20) for number in (1, 2, 3, 4)]
    assert pages == [[*range(1, 21)], [*range(21, 41)], [*range(41, 46)], []]
    assert [found(page=number, size=20) for number in (1, 2, 3, 4)] == pages


# -- near ----------------------------------------------------------------------------------------------------------


def scattered(number: int, chance: random.Random) -> list[Document]:
    """Documents strewn around a place, each two per cent farther away than the one before it, in no order."""
    far = [0.2 * 1.019**step for step in range(number)]
    documents = []
    for record_id, kilometres_away in enumerate(chance.sample(far, number), 1):
        way = chance.uniform(0, 2 * pi)
        north, east = kilometres_away * cos(way) / 111.195, kilometres_away * sin(way) / (111.195 * NARROW)
        documents.append(a_document(record_id, latitude=HERE[0] + north, longitude=HERE[1] + east))
    return documents


@pytest.mark.parametrize("within", [2, 5, 10, 20])
def test_nearest_come_first_and_those_farther_away_are_left_out(site: Flask, within: int) -> None:
    documents = scattered(250, random.Random(1536))
    put(*documents, a_document(999, "Heb le"))
    answer = find(Question(KIND, near=HERE, within=within, size=300))
    right = sorted((kilometres(HERE, (one.latitude or 0, one.longitude or 0)), one.record_id) for one in documents)
    right = [(far, record_id) for far, record_id in right if far <= within]
    assert ids(answer) == [record_id for _, record_id in right]
    assert answer.total == len(right)
    for hit, (far, _) in zip(answer.hits, right, strict=True):
        assert hit.distance == pytest.approx(far, rel=0.001, abs=0.001)


def test_a_circle_is_not_its_box(site: Flask) -> None:
    corner = HERE[0] + 4 / 111.195, HERE[1] + 4 / (111.195 * 0.621)  # 5.7 km away, inside the box of 5 km
    put(a_document(1, latitude=corner[0], longitude=corner[1]), a_document(2, latitude=HERE[0], longitude=HERE[1]))
    assert (found(near=HERE, within=5), found(near=HERE, within=10)) == ([2], [2, 1])


def test_those_at_the_same_place_come_by_the_alphabet(site: Flask) -> None:
    put(*(a_document(n, title, latitude=HERE[0], longitude=HERE[1]) for n, title in enumerate(("C", "A", "B"))))
    assert found(near=HERE, within=2) == [1, 2, 0]
    assert [hit.distance for hit in find(Question(KIND, near=HERE, within=2)).hits] == [0, 0, 0]


def test_near_with_words_and_by_name(site: Flask) -> None:
    put(
        a_document(1, "Becws Taf", latitude=HERE[0] + 0.02, longitude=HERE[1]),
        a_document(2, "Becws Aman", latitude=HERE[0], longitude=HERE[1]),
        a_document(3, "Becws Afan", latitude=HERE[0] + 1, longitude=HERE[1]),
        a_document(4, "Siop", latitude=HERE[0], longitude=HERE[1]),
        a_document(5, "Becws Abon", latitude=HERE[0] + 0.03, longitude=HERE[1]),
    )
    assert found("becws", near=HERE, within=5) == [2, 1, 5]
    assert found("becws", near=HERE, within=5, by_name=True) == [5, 2, 1]


# -- filters and counts --------------------------------------------------------------------------------------------

WORDS = ("becws", "gardd", "caffi", "pren", "local", "bread", "garden", "care", "plumbing", "Aberdâr", "cwmni")


def strewn(number: int, chance: random.Random) -> list[Document]:
    """Documents with anything in them, so that every kind of question meets some."""
    documents = []
    for place in scattered(number, chance):
        record_id = place.record_id
        facets = [f"c{chance.randint(1, 6)}", f"a{chance.randint(1, 5)}"]
        facets += [one for one in ("lcy", "len", "ksocial", "kmicro") if chance.random() < 0.4]
        title = " ".join(chance.sample(WORDS, 2)) + f" {record_id}"
        documents.append(
            replace(
                place,
                titles=(title,),
                names=tuple(chance.sample(WORDS, 1)),
                texts=((" ".join(chance.sample(WORDS, 3)), chance.choice(("cy", "en"))),),
                facets=tuple(facets),
                sort_cy=title[::-1],
                sort_en=title,
            )
        )
    return documents


def a_question(chance: random.Random) -> Question:
    groups = {
        "category": tuple(f"c{n}" for n in chance.sample(range(1, 7), chance.choice((1, 1, 2)))),
        "area": (f"a{chance.randint(1, 5)}",),
        "language": (chance.choice(("lcy", "len")),),
        "kind": (chance.choice(("ksocial", "kmicro")),),
    }
    asked = chance.choice(("", chance.choice(WORDS), chance.choice(WORDS)[:4], " ".join(chance.sample(WORDS, 2))))
    return Question(
        KIND,
        asked,
        groups=tuple((name, groups[name]) for name in chance.sample(GROUPS, chance.choice((0, 0, 1, 1, 2, 3)))),
        near=HERE if chance.random() < 0.3 else None,
        within=chance.choice((5, 10, 20)),
        by_name=chance.random() < 0.25,
        language=chance.choice(("cy", "en")),
        size=300,
    )


def test_every_answer_is_what_reading_everything_would_give(site: Flask) -> None:
    chance = random.Random(1404)
    documents = strewn(260, chance)
    put(*documents)
    for _ in range(120):
        question = a_question(chance)
        answer = find(question, GROUPS)
        right, counts = plainly(documents, question, GROUPS)
        assert (question, ids(answer)) == (question, right)
        assert (answer.total, answer.is_more) == (len(right), False)
        for name in GROUPS:
            mine = {facet: n for facet, n in answer.counts[name].items() if facet and facet[0] == name[0]}
            assert (question, name, mine) == (
                question,
                name,
                {facet: n for facet, n in counts[name].items() if facet[0] == name[0]},
            )


def test_the_counts_of_a_group_do_not_heed_its_own_filter(site: Flask) -> None:
    put(
        a_document(1, "Becws Taf", facets=("c1", "a1")),
        a_document(2, "Becws Aman", facets=("c2", "a1")),
        a_document(3, "Becws Afan", facets=("c2", "a2")),
    )
    answer = find(Question(KIND, "becws", groups=(("category", ("c1",)),)), GROUPS)
    assert ids(answer) == [1]
    assert answer.counts["category"] == {"c1": 1, "c2": 2, "a1": 2, "a2": 1}
    assert answer.counts["area"] == {"c1": 1, "a1": 1}


def test_a_word_is_never_taken_for_a_filter_nor_a_filter_for_a_word(site: Flask) -> None:
    put(a_document(1, "Uned c1 lcy"), a_document(2, "Gwynfa", facets=("c1", "lcy")))
    assert (found("c1"), found("lcy")) == ([1], [1])
    assert found(groups=(("category", ("c1",)),)) == [2]
    assert found("łuned") == found("ħ0r72555c56510") == []


def test_a_facet_with_anything_but_letters_and_digits_is_refused(site: Flask) -> None:
    with pytest.raises(ValueError, match="letters and digits"):
        find(Question(KIND, groups=(("category", ("c1 OR lcy",)),)))


# -- more than can be ranked ---------------------------------------------------------------------------------------


@pytest.fixture
def twelve(site: Flask, monkeypatch: pytest.MonkeyPatch) -> list[Document]:
    """Twelve bakers, of whom only five are ranked; every other one serves in Welsh."""
    monkeypatch.setattr(queries, "MOST", 5)
    chance = random.Random(7)
    letters = chance.sample("abcdefghijkl", 12)
    documents = [
        a_document(
            number,
            f"{letter} becws",
            facets=("c1", "lcy") if number % 2 else ("c1",),
            latitude=HERE[0] + number / 500,
            longitude=HERE[1],
        )
        for number, letter in enumerate(letters, 1)
    ]
    put(*documents, a_document(99, "Siop", facets=("c2",)))
    return documents


def by_name(documents: list[Document]) -> list[int]:
    return [one.record_id for one in sorted(documents, key=lambda one: one.sort_cy)]


def test_more_than_can_be_ranked_says_so_and_counts_nothing_wrongly(twelve: list[Document]) -> None:
    answer = find(Question(KIND, "becws"), GROUPS)
    assert (answer.total, answer.is_more, answer.counts) == (5, True, {})
    assert len(answer.hits) == 5
    assert ids(answer) == [number for number in by_name(twelve) if number in ids(answer)]


def test_the_best_of_more_than_can_be_ranked_are_still_the_names(twelve: list[Document]) -> None:
    put(*(a_document(n, f"Siop {n}", texts=(("Pren a phren.", "cy"),)) for n in range(100, 130)))
    put(a_document(130, "Pren", names=()), a_document(131, "Siop 131", names=("Pren",)))
    assert ids(find(Question(KIND, "pren")))[:2] == [130, 131]


def test_the_pages_of_more_than_can_be_ranked_are_put_in_order_a_part_at_a_time_and_none_comes_twice(
    twelve: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(*(a_document(n, f"Siop {n}", texts=(("Becws gynt.", "cy"),)) for n in range(100, 104)))
    monkeypatch.setattr(queries, "MOST", 10)
    monkeypatch.setattr(queries, "RANKED", 5)
    answers = [find(Question(KIND, "becws", page=page, size=2)) for page in range(1, 8)]
    pages = [ids(answer) for answer in answers]
    assert [len(page) for page in pages] == [2, 2, 2, 2, 2, 0, 0]
    assert {(answer.total, answer.is_more) for answer in answers} == {(10, True)}
    first, second, third = pages[0] + pages[1], pages[2] + pages[3], pages[4]
    assert len({*first, *second, *third}) == 10 and {*first, *second, *third} <= set(range(1, 13))
    for part in (first, second, third):
        assert part == [number for number in by_name(twelve) if number in part]
    assert len(ids(find(Question(KIND, "becws", size=10)))) == 10


@pytest.mark.parametrize("tried", [0, 1_000])
def test_the_alphabet_of_a_broad_search_is_the_same_however_it_is_read(
    twelve: list[Document], monkeypatch: pytest.MonkeyPatch, tried: int
) -> None:
    monkeypatch.setattr(queries, "TRIED", tried)
    put(*(a_document(n, f"Siop {n}") for n in range(100, 130)))
    pages = [ids(find(Question(KIND, "becws", by_name=True, page=page, size=5))) for page in (1, 2, 3)]
    assert [number for page in pages for number in page] == by_name(twelve)


def test_the_alphabet_of_more_than_can_be_ranked_is_right_to_the_end(twelve: list[Document]) -> None:
    pages = [ids(find(Question(KIND, "becws", by_name=True, page=page, size=3))) for page in (1, 2, 3, 4)]
    assert [number for page in pages for number in page] == by_name(twelve)
    odd = [one for one in twelve if "lcy" in one.facets]
    answer = find(Question(KIND, groups=(("language", ("lcy",)), ("category", ("c1",)))), GROUPS)
    assert (ids(answer), answer.is_more) == (by_name(odd), True)


def test_one_facet_has_its_true_total_however_large(twelve: list[Document]) -> None:
    answer = find(Question(KIND, groups=(("category", ("c1",)),), size=4, page=3), GROUPS)
    assert (ids(answer), answer.total, answer.is_more) == (by_name(twelve)[8:], 12, False)
    assert {facet: n for facet, n in answer.counts["category"].items() if facet} == {"c1": 12, "lcy": 6, "c2": 1}
    assert list(answer.counts) == ["category"]
    answer = find(Question(KIND, groups=(("category", ("c1", "c2")),), size=20), GROUPS)
    assert (ids(answer), answer.total, answer.is_more) == ([*by_name(twelve), 99], 5, True)


def test_a_group_that_would_be_too_large_is_left_uncounted_and_the_others_are_counted(
    twelve: list[Document],
) -> None:
    put(a_document(1, "b becws", facets=("c1", "lcy", "ksocial")))
    answer = find(Question(KIND, "becws", groups=(("kind", ("ksocial",)),)), GROUPS)
    assert (ids(answer), answer.is_more) == ([1], False)
    assert sorted(answer.counts) == ["area", "category", "language"]
    assert answer.counts["language"]["lcy"] == 1


def test_of_more_than_can_be_ranked_the_nearest_are_shown(twelve: list[Document]) -> None:
    answer = find(Question(KIND, "becws", near=HERE, within=5), GROUPS)
    assert (ids(answer)[:3], answer.total, answer.is_more) == ([1, 2, 3], 5, True)
    answer = find(Question(KIND, near=HERE, within=5))
    assert (ids(answer)[:3], answer.total, answer.is_more) == ([1, 2, 3], 5, True)


def test_the_pages_of_the_nearest_are_in_order_to_the_end_and_none_comes_twice(
    site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST", 60)
    documents = scattered(150, random.Random(1400))
    put(*documents)
    right = sorted((kilometres(HERE, (one.latitude or 0, one.longitude or 0)), one.record_id) for one in documents)
    answers = [find(Question(KIND, near=HERE, page=page, size=7)) for page in range(1, 11)]
    assert [number for answer in answers for number in ids(answer)] == [number for _, number in right[:60]]
    assert {(answer.total, answer.is_more) for answer in answers} == {(60, True)}


@pytest.mark.parametrize(("near_by", "total", "is_more"), [(4, 4, False), (5, 5, False), (6, 5, True)])
def test_what_lies_in_the_squares_of_a_circle_but_not_in_it_makes_no_search_broad(
    site: Flask, monkeypatch: pytest.MonkeyPatch, near_by: int, total: int, is_more: bool
) -> None:
    monkeypatch.setattr(queries, "MOST", 5)
    corner = HERE[0] + 3.6 / 111.195, HERE[1] + 3.6 / (111.195 * NARROW)  # 5.1 km away
    assert not set(places.squares_of(corner)).isdisjoint(places.squares_near(HERE, 5))
    put(*(a_document(n, latitude=HERE[0] + n / 200, longitude=HERE[1]) for n in range(near_by)))
    put(*(a_document(n, latitude=corner[0], longitude=corner[1]) for n in range(50, 70)))
    answer = find(Question(KIND, near=HERE, within=5), GROUPS)
    assert (answer.total, answer.is_more, ids(answer)) == (total, is_more, list(range(total)))
    assert bool(answer.counts) != is_more


def test_everything_is_counted_however_much_it_is(twelve: list[Document]) -> None:
    answer = find(Question(KIND, page=2, size=10), GROUPS)
    assert (answer.total, answer.is_more, len(answer.hits)) == (13, False, 3)
    assert answer.counts["category"]["c1"] == 12


# -- anything at all is only words ---------------------------------------------------------------------------------

ODD = [
    '"', '""', "'", "''", '"becws', "becws\"", "becws AND", "AND becws", "OR", "AND OR NOT", "NOT becws",
    "NEAR(becws taf, 5)", "becws*", "*", "^becws", "title:becws", "words : becws", "{title subject} : x", "-becws",
    "+", "(", ")", "((becws", "becws))", "a:b", "::", "&", "|", "!becws", "becws & taf", "<->", "\\", "%", "_", "%%",
    "becws%", "; DROP TABLE supplier; --", "' OR 1=1 --", "${7*7}", "{{7*7}}", "\0", "bec\0ws", "😀", "👩‍🍳 becws",
    "\ud800", "\udc00becws", "ł", "łbecws", "ß", "ﬁ", "İstanbul", "x" * 10_000, "becws " * 2_000, "ẅ" * 500,
    "\u202ebecws", "becws\u200b", "\n\t\r", "'" * 300, "-" * 300, "a'" * 400, "漢字", "مرحبا", "𝖇𝖊𝖈𝖜𝖘",
]  # fmt: skip


def test_anything_at_all_is_only_words(site: Flask) -> None:
    put(a_document(1, "Becws Taf"), a_document(2, "Siop"))
    for odd in ODD:
        assert (odd, set(found(odd)) <= {1, 2}) == (odd, True)
        assert (odd, bool(nearby_word(odd))) in ((odd, False), (odd, "b" in odd.casefold()))
    assert {odd: found(odd) for odd in ('"becws', "becws*", "^becws", "-becws", "becws & taf")} == {
        '"becws': [1], "becws*": [1], "^becws": [1], "-becws": [1], "becws & taf": [1],
    }  # fmt: skip


def test_an_operator_is_looked_for_like_any_word(site: Flask) -> None:
    put(a_document(1, "Becws AND Caffi"), a_document(2, "Becws Near Taf"), a_document(3, "Becws"))
    assert found("near") == [2]
    assert found("becws NOT near") == [2]
    assert found('"becws near"') == [2]


# -- the demonstration, on both engines ----------------------------------------------------------------------------

ASKED = (
    "caffi", "cafe", "bwyd", "food", "plymwr", "plumber", "gofal cartref", "home care", "coed", "wood", "Aberdâr",
    "Aberdare", "Bontypridd", "Nhonypandy", "adeiladwr", "builders", "gwefan", "website", "garddio", "gardening",
    "cyfieithu", "translation", "bara", "bread", "Gymraeg", "social enterprise", "menter gymdeithasol", "glanhau",
    "trwsio", "pont", "zzz", "cwmni lleol",
)  # fmt: skip


def test_the_demonstration_is_searched_alike_on_both_engines(site: Flask) -> None:
    demonstration.fill()
    categories, areas = taxonomy.categories(), taxonomy.areas()
    documents = []
    for supplier in db.session.query(Supplier):
        links = [
            set(db.session.scalars(db.select(table.columns[1]).where(table.columns[0] == supplier.id)))
            for table in (supplier_category, supplier_area, supplier_network)
        ]
        paper = filing.filed(supplier, *links, named=filing.names_of_networks())
        if paper.is_listed:
            documents.append(filing.document(paper, categories, areas))
    numbers = []
    for asked in ASKED:
        for language in ("cy", "en"):
            question = Question(filing.KIND, asked, language=language, size=100)
            right, counts = plainly(documents, question, GROUPS)
            answer = find(question, GROUPS)
            assert (asked, ids(answer)) == (asked, right)
            assert (asked, answer.counts) == (asked, counts)
        numbers.append(len(right))
    assert sum(1 for number in numbers if number) >= 25


def test_the_words_of_both_languages_are_searched_whatever_the_page(site: Flask, language: str) -> None:
    a_supplier("Gwynfa", description=both("Crochenwaith o’r cwm.", "Pottery from the valley."))
    for asked in ("crochenwaith", "pottery"):
        assert len(find(Question(filing.KIND, asked, language=language)).hits) == 1
