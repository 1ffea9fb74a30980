"""Putting things into the index and taking them out."""

from collections import Counter
from dataclasses import replace
from enum import StrEnum
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import unit_of_work
from c4s.directory import filing
from c4s.search import index, queries
from c4s.search.models import FacetTotal, SearchEntry, SearchWord
from tests.builders import a_supplier, both
from tests.search.plainly import KIND, a_document, found, put, remove


class Why(StrEnum):
    NOT = "not"


def totals(kind: str = KIND) -> dict[str, int]:
    """The totals that are kept, without those that have come down to nothing."""
    rows = db.session.execute(select(FacetTotal.facet, FacetTotal.total).where(FacetTotal.kind == kind))
    return {row.facet: row.total for row in rows if row.total}


def recounted(kind: str = KIND) -> dict[str, int]:
    """The totals as they ought to be."""
    facets = db.session.scalars(select(SearchEntry.facets).where(SearchEntry.kind == kind))
    return dict(Counter(facet for entry in facets for facet in (index.ALL, *entry.split())))


def contents() -> tuple[list[Any], list[Any], dict[str, int]]:
    """All that the index holds, numbers of its own left out."""
    of_engine = {
        "sqlite": "SELECT rowid, title, subject, words, facets FROM search_words",
        "postgresql": "SELECT entry_id, CAST(words AS text) FROM search_words",
    }
    entries = {entry.id: entry for entry in db.session.scalars(select(SearchEntry))}
    rows = db.session.execute(text(of_engine[db.engine.dialect.name]))
    told = [(entries[row[0]].record_id, *row[1:]) for row in rows]
    kept = [
        (one.kind, one.record_id, one.facets, one.sort_cy, one.sort_en, one.latitude, one.longitude, one.digest)
        for one in entries.values()
    ]
    return sorted(told), sorted(kept), totals("supplier")


def test_what_has_not_changed_is_left_alone(site: Flask) -> None:
    one, two = a_document(1, "Crochendy Taf"), a_document(2, "Gwynfa")
    assert put(one, two) == 2
    assert put(one, two) == 0
    assert put(one, replace(two, titles=("Bronfa",))) == 1


def test_an_entry_is_replaced_with_all_its_words(site: Flask) -> None:
    put(a_document(1, "Crochendy Taf", facets=("c1", "lcy")))
    put(a_document(1, "Gwaith Coed", facets=("c2",)))
    assert (found("crochendy"), found("gwaith")) == ([], [1])
    assert (found(groups=(("category", ("c1",)),)), found(groups=(("category", ("c2",)),))) == ([], [1])


def test_an_entry_is_taken_out_with_all_its_words(site: Flask) -> None:
    put(a_document(1, "Crochendy Taf"), a_document(2, "Crochendy Nedd"))
    remove(1, 99)
    assert found("crochendy") == [2]
    assert found() == [2]


def test_only_the_kind_that_is_named_is_taken_out(site: Flask) -> None:
    put(a_document(1, "Crochendy Taf"))
    remove(1, kind="another")
    assert found("crochendy") == [1]


def test_totals_stay_true_through_additions_changes_and_removals(site: Flask) -> None:
    put(*(a_document(n, facets=("c1", f"c{n % 3 + 2}", "lcy")) for n in range(1, 10)))
    assert totals() == recounted() == {"": 9, "c1": 9, "c2": 3, "c3": 3, "c4": 3, "lcy": 9}
    put(a_document(1, facets=("c9",)), a_document(2, facets=()), a_document(20, facets=("c1",)))
    assert totals() == recounted()
    remove(3, 4, 20, 77)
    put(a_document(3, facets=("c1",)))
    assert totals() == recounted() == {"": 8, "c1": 6, "c2": 2, "c3": 1, "c4": 2, "c9": 1, "lcy": 5}


def test_a_unit_of_work_that_fails_leaves_nothing_in_the_index(site: Flask) -> None:
    @unit_of_work
    def fail() -> None:
        index.put([a_document(1, "Crochendy Taf", facets=("c1",))])
        raise Refused(Why.NOT)

    with pytest.raises(Refused):
        fail()
    assert (found("crochendy"), totals(), recounted()) == ([], {}, {})


def test_more_entries_than_one_batch_are_all_put_and_all_taken_out(site: Flask) -> None:
    number = index.BATCH * 2 + 1
    assert put(*(a_document(n, facets=("c1",)) for n in range(1, number + 1))) == number
    assert totals() == {"": number, "c1": number}
    remove(*range(1, number + 1))
    assert (totals(), recounted(), found()) == ({}, {}, [])


def test_a_rebuild_gives_the_same_index(site: Flask) -> None:
    suppliers = [
        a_supplier("Caffi’r Bont", summary=both("Cinio a the.", "Lunch and tea."), categories=("food-cafes",)),
        a_supplier("Adeiladwyr Cwm", categories=("construction-building",), served=("aberdare",), welsh=True),
    ]
    before = contents()
    assert filing.refile() == len(suppliers)
    assert contents() == before
    _empty()
    assert (contents()[:2], totals("supplier")) == (([], []), {})
    assert filing.refile() == len(suppliers)
    assert contents() == before


@unit_of_work
def _empty() -> None:
    index.remove("supplier", list(db.session.scalars(select(SearchEntry.record_id))))


def test_a_new_form_of_the_index_makes_a_rebuild_write_everything(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    document = a_document(1)
    put(document)
    monkeypatch.setattr(index, "FORM", index.FORM + 1)
    assert put(document) == 1


def test_words_are_kept_as_they_are_written_for_whoever_slips(site: Flask) -> None:
    put(a_document(1, "Crochendy Tŷ’r Graig", texts=(("Llestri “lliwgar”, o glai.", "cy"),)))
    kept = {row.word: row.shown for row in db.session.scalars(select(SearchWord))}
    assert kept == {
        "crochendy": "crochendy",
        "graig": "graig",
        "lliwgar": "lliwgar",
        "llestri": "llestri",
        "glai": "glai",
    }


def test_how_many_there_are_of_a_kind(site: Flask) -> None:
    assert queries.total(KIND) == 0
    put(a_document(1), a_document(2))
    assert (queries.total(KIND), queries.total("another")) == (2, 0)
