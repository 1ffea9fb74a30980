"""Putting things into the index and taking them out, inside the unit of work of the change itself."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, text, update

from c4s.core.db import db, inserting
from c4s.core.text import fold
from c4s.search import places, words
from c4s.search.models import FacetTotal, SearchEntry, SearchWord

BATCH = 500
ENTRIES = SearchEntry.metadata.tables["search_entry"]  # straight into the table: faster than through the model
LONGEST_WORD = 60
ALL = ""  # the facet under which all entries of a kind are counted
TITLE, SUBJECT, FACET, PLACE = "ł", "ø", "đ", "ħ"
"""Marks before a word of the index that say where it stands; no word that anybody asks for has such a letter. So
each rank and each filter is a list of its own in the full-text table, read only as far as it is needed: to look
into columns would mean to read all entries of a common word."""
FORM = 2  # raise it when entries are written in another way than before: a rebuild then writes all of them anew


@dataclass(frozen=True)
class Document:
    """What can be found of one record."""

    kind: str
    record_id: int
    titles: tuple[str, ...]
    """Its names, in both languages: a query that they answer in full comes first."""
    names: tuple[str, ...]
    """What it is about: categories and their synonyms, places; in both languages. Second in rank."""
    texts: tuple[tuple[str, str], ...]
    """All else that is said of it, each with its language."""
    facets: tuple[str, ...]
    """Codes of letters and digits, the main one of each sort first."""
    sort_cy: str
    sort_en: str
    latitude: float | None = None
    longitude: float | None = None

    def digest(self) -> str:
        facts = (words.EDITION, FORM, *(getattr(self, item.name) for item in fields(self)))
        return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


def put(documents: Iterable[Document]) -> int:
    """Add or replace entries; what has not changed is left alone. Says how many were written."""
    written = 0
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) == BATCH:
            written += _put(batch)
            batch = []
    return written + (_put(batch) if batch else 0)


def remove(kind: str, record_ids: Sequence[int]) -> None:
    """Take entries out; ids that are not there are no fault."""
    for start in range(0, len(record_ids), BATCH):
        known = db.session.execute(
            select(SearchEntry.id, SearchEntry.facets).where(
                SearchEntry.kind == kind, SearchEntry.record_id.in_(record_ids[start : start + BATCH])
            )
        ).all()
        if known:
            ids = [row.id for row in known]
            _drop_words(ids)
            db.session.execute(delete(SearchEntry).where(SearchEntry.id.in_(ids)))
            _count(kind, Counter(), Counter(facet for row in known for facet in (ALL, *row.facets.split())))


def _put(batch: list[Document]) -> int:
    kinds = {document.kind for document in batch}
    known = {
        (row.kind, row.record_id): row
        for row in db.session.execute(
            select(
                SearchEntry.id,
                SearchEntry.kind,
                SearchEntry.record_id,
                SearchEntry.digest,
                SearchEntry.facets,
            ).where(SearchEntry.kind.in_(kinds), SearchEntry.record_id.in_([d.record_id for d in batch]))
        )
    }
    fresh, changed = [], []
    for document in batch:
        row = known.get((document.kind, document.record_id))
        values = _values(document)
        if row is None:
            fresh.append((document, values))
        elif row.digest != values["digest"]:
            changed.append((document, {**values, "entry_id": row.id}))
    ids: dict[tuple[str, int], int] = {}
    if fresh:
        rows = db.session.execute(
            insert(ENTRIES).returning(ENTRIES.c.id, ENTRIES.c.kind, ENTRIES.c.record_id),
            [values for _, values in fresh],
        )
        ids = {(row.kind, row.record_id): row.id for row in rows}
    if changed:
        db.session.connection().execute(
            update(SearchEntry)
            .where(SearchEntry.id == bindparam("entry_id"))
            .values({name: bindparam(name) for name in _values(batch[0])}),
            [values for _, values in changed],
        )
        _drop_words([values["entry_id"] for _, values in changed])
        ids |= {(document.kind, document.record_id): values["entry_id"] for document, values in changed}
    written = [document for document, _ in (*fresh, *changed)]
    if written:
        _add_words([(ids[document.kind, document.record_id], document) for document in written])
        _add_vocabulary(written)
    for kind in kinds:
        mine = [document for document in written if document.kind == kind]
        added = Counter(facet for document in mine for facet in (ALL, *document.facets))
        former = [known[kind, d.record_id].facets for d in mine if (kind, d.record_id) in known]
        _count(kind, added, Counter(facet for facets in former for facet in (ALL, *facets.split())))
    return len(written)


def _values(document: Document) -> dict[str, Any]:
    return {
        "kind": document.kind,
        "record_id": document.record_id,
        "facets": f" {' '.join(document.facets)} ",
        "sort_cy": document.sort_cy,
        "sort_en": document.sort_en,
        "latitude": document.latitude,
        "longitude": document.longitude,
        "digest": document.digest(),
    }


@lru_cache(4_096)
def _words_of_name(name: str) -> tuple[str, ...]:
    """The words of a name that many records share: a category, a synonym, a place."""
    return tuple(words.analyse(name, name=True))


def _add_words(entries: list[tuple[int, Document]]) -> None:
    values = []
    for entry_id, document in entries:
        titles = {word for title in document.titles for word in words.analyse(title, name=True)}
        subject = titles.union(*(_words_of_name(name) for name in document.names))
        said = subject.union(*(words.analyse(said, language) for said, language in document.texts))
        values.append(
            {
                "id": entry_id,
                "title": _marked(TITLE, titles),
                "subject": _marked(SUBJECT, subject),
                "words": _marked("", said),
                "facets": f"{_marked(FACET, document.facets)} {_marked(PLACE, _squares(document))}",
            }
        )
    if db.engine.dialect.name == "sqlite":
        statement = (
            "INSERT INTO search_words (rowid, title, subject, words, facets) "
            "VALUES (:id, :title, :subject, :words, :facets)"
        )
    else:
        # Words are letters and digits only, so a tsvector can be written as it is, which no parser splits.
        statement = (
            "INSERT INTO search_words (entry_id, words) VALUES (:id, CAST(CAST(:title AS text) || ' ' || "
            ":subject || ' ' || :words || ' ' || :facets AS tsvector))"
        )
    db.session.connection().execute(text(statement), values)


def _marked(mark: str, found: Iterable[str]) -> str:
    return " ".join([mark + word for word in sorted(found)])


def _squares(document: Document) -> list[str]:
    if document.latitude is None or document.longitude is None:
        return []
    return places.squares_of((document.latitude, document.longitude))


def _drop_words(entry_ids: list[int]) -> None:
    column = "rowid" if db.engine.dialect.name == "sqlite" else "entry_id"
    db.session.connection().execute(
        text(f"DELETE FROM search_words WHERE {column} = :id"), [{"id": entry_id} for entry_id in entry_ids]
    )


def _add_vocabulary(documents: list[Document]) -> None:
    seen: dict[str, str] = {}
    names = {name for document in documents for name in document.names}
    said = [told for d in documents for told in (*d.titles, *(words_of_it for words_of_it, _ in d.texts))]
    for shown in {word for told in (*names, *said) for word in told.split()}:
        shown = shown.strip(".,;:!?()[]“”‘’'\"–-").lower()
        word = fold(shown)
        if 4 <= len(word) <= LONGEST_WORD and len(shown) <= LONGEST_WORD and word.isalpha():
            # Of two spellings the one with accents, whatever the order.
            seen[word] = max(shown, seen.get(word, ""))
    wanted = sorted(seen)
    for start in range(0, len(wanted), BATCH * 10):
        known = db.session.scalars(
            select(SearchWord.word).where(SearchWord.word.in_(wanted[start : start + BATCH * 10]))
        )
        for word in known:
            del seen[word]  # most are known already, and looking is cheaper than trying
    if seen:
        db.session.connection().execute(
            inserting(SearchWord).on_conflict_do_nothing(),
            [{"word": word, "shown": shown} for word, shown in sorted(seen.items())],
        )


def _count(kind: str, added: Counter[str], removed: Counter[str]) -> None:
    """Keep the totals of facets true."""
    change = Counter(added)
    change.subtract(removed)
    rows = [{"kind": kind, "facet": facet, "total": n} for facet, n in sorted(change.items()) if n]
    if not rows:
        return
    statement = inserting(FacetTotal)
    db.session.connection().execute(
        statement.on_conflict_do_update(
            index_elements=[FacetTotal.kind, FacetTotal.facet],
            set_={"total": FacetTotal.total + statement.excluded.total},
        ),
        rows,
    )
