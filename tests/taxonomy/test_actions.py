"""Loading categories, areas and postcodes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select

from c4s.core.changes import TAXONOMY
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.i18n.alphabet import sort_key
from c4s.taxonomy import actions
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.actions import WrongList
from c4s.taxonomy.models import Area, Category, Postcode
from tests.builders import number_of_postcodes, postcodes

OURS = """
[[category]]
code = "test-trades"
name_cy = "Crefftwyr y prawf"
name_en = "Test trades"
synonyms_cy = ["crefftwr"]
synonyms_en = ["tradesperson"]

[[category]]
code = "test-roofs"
parent = "test-trades"
name_cy = "Toeau"
name_en = "Roofs"
cpv = ["45261000"]
sic = ["43910"]
"""
AREAS = """
[[area]]
code = "test-valley"
name_cy = "Cwm y Prawf"
name_en = "Test Valley"

[[area]]
code = "test-bangor"
parent = "test-valley"
name_cy = "Rhangor"
name_en = "Rhangor"
sort_cy = "Rhan|gor"
in_cy = "yn Rhangor"
in_en = "in Rhangor"
also = ["Rhangor Fach"]
latitude = 51.6
longitude = -3.4
"""


@pytest.fixture
def lists(site: Flask) -> Iterator[None]:
    """The lists outlive a test, so what it adds to them is taken out again."""
    yield
    _take_out()


@unit_of_work
def _take_out() -> None:
    for model in (Category, Area):
        for is_below in (True, False):
            mine = model.code.startswith("test-")
            db.session.execute(delete(model).where(mine, model.parent_id.is_not(None) if is_below else True))
    actions.publish(TAXONOMY)


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "list.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_categories_are_loaded_and_loaded_again_without_change(lists: None, tmp_path: Path) -> None:
    file = written(tmp_path, OURS)
    assert actions.load_categories(file) == 2
    trades, roofs = (taxonomy.categories().by_code[code] for code in ("test-trades", "test-roofs"))
    assert (roofs.parent_id, roofs.cpv, roofs.sic) == (trades.id, ("45261000",), ("43910",))
    assert trades.synonyms == ("crefftwr", "tradesperson")
    before = taxonomy.categories()
    assert actions.load_categories(file) == 2
    assert taxonomy.categories() is before  # kept in memory: nothing has changed


def test_areas_loaded_again_change_nothing(lists: None, tmp_path: Path) -> None:
    file = written(tmp_path, AREAS)
    actions.load_areas(file)
    before = taxonomy.areas()
    assert actions.load_areas(file) == 2
    assert taxonomy.areas() is before


def test_a_renamed_category_keeps_its_number(lists: None, tmp_path: Path) -> None:
    actions.load_categories(written(tmp_path, OURS))
    number = taxonomy.categories().by_code["test-roofs"].id
    actions.load_categories(written(tmp_path, OURS.replace('"Roofs"', '"Roofing"')))
    roofs = taxonomy.categories().by_code["test-roofs"]
    assert (roofs.id, roofs.name.en) == (number, "Roofing")


def test_an_area_is_filed_by_its_sort_name_and_found_by_every_spelling(lists: None, tmp_path: Path) -> None:
    assert actions.load_areas(written(tmp_path, AREAS)) == 2
    bangor = taxonomy.areas().by_code["test-bangor"]
    assert bangor.inside.cy == "yn Rhangor"
    assert taxonomy.areas().by_words["rhangor"] is taxonomy.areas().by_words["rhangor fach"] is bangor
    assert bangor.sort.cy == sort_key("Rhan|gor", "cy") != sort_key("Rhangor", "cy")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OURS.replace("test-roofs", "test-trades"), "twice the same code"),
        (OURS.replace('parent = "test-trades"', 'parent = "nowhere"'), "not at the top"),
        (OURS.replace('name_cy = "Toeau"', 'name_cy = ""'), "both languages"),
        (OURS.replace("[[category]]", "[[kategorie]]"), "KeyError"),
        ("[[category", "TOMLDecodeError"),
    ],
)
def test_a_list_that_contradicts_itself_is_not_loaded(lists: None, tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(WrongList, match=said):
        actions.load_categories(written(tmp_path, text))
    assert "test-trades" not in taxonomy.categories().by_code


def test_postcodes_are_replaced_as_a_whole(site: Flask) -> None:
    postcodes()
    postcodes(("CF40 1AA", 51.62, -3.45))
    assert list(db.session.scalars(select(Postcode.code))) == ["CF40 1AA"]
    with pytest.raises(RuntimeError):
        actions.replace_postcodes(_broken())
    assert number_of_postcodes() == 1


def _broken() -> Iterator[dict[str, object]]:
    raise RuntimeError
    yield {}


def test_more_postcodes_than_one_batch(site: Flask) -> None:
    number = actions.BATCH + 1
    postcodes(*((f"CF{n}", 51.6, -3.4) for n in range(number)))
    assert number_of_postcodes() == number


# -- our own lists -------------------------------------------------------------------------------------------------


def test_our_lists_say_everything_in_both_languages(site: Flask) -> None:
    for terms in (taxonomy.categories(), taxonomy.areas()):
        assert len(terms.by_id) > 50
        assert [term.code for term in terms.by_id.values() if not (term.name.cy and term.name.en)] == []
        tops = {term.id for term in terms.by_id.values() if term.parent_id is None}
        assert {term.parent_id for term in terms.by_id.values()} - {None} <= tops


def test_every_area_has_its_in_ready_made_and_its_place_on_the_map(site: Flask) -> None:
    for term in taxonomy.areas().by_id.values():
        assert (term.code, bool(term.inside.cy and term.inside.en)) == (term.code, True)
        if term.parent_id is not None:
            assert (term.code, 51 < (term.latitude or 0) < 52, -4 < (term.longitude or 0) < -3) == (
                term.code, True, True,
            )  # fmt: skip


def test_codes_for_procurement_and_industry_have_their_shape(site: Flask) -> None:
    for term in taxonomy.categories().by_id.values():
        assert (term.code, [code for code in term.cpv if not (len(code) == 8 and code.isdecimal())]) == (term.code, [])
        assert (term.code, [code for code in term.sic if not (len(code) == 5 and code.isdecimal())]) == (term.code, [])
        assert (term.code, bool(term.cpv), bool(term.sic)) == (term.code, True, True)
