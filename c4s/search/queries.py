"""Asking the index.

Cost is bounded: of the entries that match, at most ``MOST`` are ranked and counted, so that a search over a
hundred thousand takes little longer than one over a thousand. Rank has three steps anybody can check: names that
answer every word come first, then those whose categories and place do, then all others; within each the alphabet
decides, so that both engines agree.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import cos, radians, sqrt
from typing import Any

from sqlalchemy import Row, bindparam, or_, select, text

from c4s.core.db import db, rows
from c4s.core.text import fold
from c4s.search import mutations, places, suggestions, words
from c4s.search.index import ALL, FACET, PLACE, SUBJECT, TITLE
from c4s.search.models import FacetTotal, SearchWord

MOST = 1_000


@dataclass(frozen=True)
class Question:
    """What somebody asks of the index."""

    kind: str
    words: str = ""
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Filters: the name of each group, and the facets of which one is enough."""
    near: places.Position | None = None
    within: float = 10.0
    """Kilometres."""
    by_name: bool = False
    language: str = "cy"
    page: int = 1
    size: int = 20


@dataclass(frozen=True)
class Hit:
    """One record found."""

    record_id: int
    facets: tuple[str, ...]
    distance: float | None = None
    """Kilometres, when the question said near where."""


@dataclass(frozen=True)
class Answer:
    """One page of what was found."""

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    is_more: bool = False
    """There are more than ``total``: only so many were ranked."""
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    """For each group, how many would be found with each facet in its place. A group with too many is left out."""


def find(question: Question, group_names: Sequence[str] = ()) -> Answer:
    """One page of answers, in order, with counts for filters.

    Args:
        question: any words at all are allowed: they are only ever words.
        group_names: the groups for which counts are wanted.
    """
    asked = words.query_words(question.words)
    if question.words.strip() and not asked:
        return Answer(counts={name: Counter() for name in group_names})
    search = _Search(question, asked)
    if not (asked or question.groups or question.near):
        everything = totals(question.kind)
        return Answer(search.alphabet(), everything[ALL], counts=dict.fromkeys(group_names, everything))
    best = search.best()
    begun = words.with_prefix(asked)
    if best is not None and not best and begun != asked:
        search = _Search(question, begun)
        best = search.best()
    return search.answer(best, group_names)


class _Search:
    """One question in the engine's own words."""

    def __init__(self, question: Question, asked: Sequence[words.QueryWord]) -> None:
        self.question, self.asked = question, asked
        self.is_sqlite = db.engine.dialect.name == "sqlite"
        self.is_by_name = not question.near and (question.by_name or not asked)
        self.skip = (question.page - 1) * question.size
        self.values: dict[str, Any] = {"kind": question.kind, "most": MOST + 1}
        if question.near:
            latitude, longitude = question.near
            self.values |= {"lat": latitude, "lon": longitude, "narrow": cos(radians(latitude)) ** 2}

    # -- the match -------------------------------------------------------------------------------------------------

    def condition(self, without: str = "", mark: str = "", within: float = 0.0) -> str:
        """The full-text condition; every part is made of letters and digits, so nothing needs escaping.

        Args:
            without: the group whose filter is left out.
            mark: ``TITLE`` or ``SUBJECT``, when the words must stand there.
            within: kilometres, when the place is part of it.
        """
        parts = [self._any([mark + word for word in one.alternatives], one.prefix) for one in self.asked]
        for name, facets in self.question.groups:
            if not all(facet.isalnum() for facet in facets):
                raise ValueError("A facet is a code of letters and digits.")
            if name != without:
                parts.append(self._any([FACET + facet for facet in facets]))
        if self.question.near and within:
            squares = places.squares_near(self.question.near, within)
            parts.append(self._any([PLACE + square for square in squares]))
        return (" AND " if self.is_sqlite else " & ").join(parts)

    def _any(self, of: Sequence[str], begins: bool = False) -> str:
        """One of these words; with ``begins``, also any that begins with the first."""
        first, *others = of if self.is_sqlite else [f"'{word}'" for word in of]
        if begins:
            first += "*" if self.is_sqlite else ":*"
        return f"({(' OR ' if self.is_sqlite else ' | ').join([first, *others])})"

    def ids(self, condition: str, *, bounded: bool) -> str:
        """A select of the entries that match."""
        match = self._value(condition)
        if self.is_sqlite:
            found = f"SELECT rowid AS id FROM search_words WHERE search_words MATCH {match}"
        else:
            found = f"SELECT entry_id AS id FROM search_words WHERE words @@ CAST({match} AS tsquery)"
        return f"{found} LIMIT :most" if bounded else found

    def nearby(self) -> str:
        """A bounded select of the entries in circles around the place, one circle after the other, so that the
        bound cuts off those farthest away."""
        columns = f"e.record_id, e.kind, e.facets, e.sort_{self.question.language}"
        parts, inner = [], -1.0
        for radius in places.rings(self.question.within):
            outer = (radius / places.DEGREE) ** 2
            found = self.ids(self.condition(within=radius), bounded=False)
            parts.append(
                f"SELECT {columns}, {SQUARED} AS squared FROM ({found}) AS m CROSS JOIN search_entry AS e "
                f"WHERE e.id = m.id AND {SQUARED} > {self._value(inner)} AND {SQUARED} <= {self._value(outer)}"
            )
            inner = outer
        return " UNION ALL ".join(parts) + " LIMIT :most"

    def source(self, without: str) -> str:
        """The facets of entries that match, bounded, when the filter of one group is left out."""
        within = self.question.within if self.question.near else 0.0
        inside = f"AND {SQUARED} <= {self._value((within / places.DEGREE) ** 2)}" if within else ""
        found = self.ids(self.condition(without, within=within), bounded=not within)
        return (
            f"SELECT e.facets FROM ({found}) AS m CROSS JOIN search_entry AS e "
            f"WHERE e.id = m.id AND e.kind = :kind {inside} LIMIT :most"
        )

    def _value(self, value: object) -> str:
        name = f"value{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    # -- which -----------------------------------------------------------------------------------------------------

    def narrow(self) -> Sequence[Row[Any]] | None:
        """The entries that match, in order; None where more do than can be ranked.

        The words alone tell how many there are, so that no entry of a broad match is read for nothing. Near a place
        the squares do: they hold all of the circle, and somewhat more.
        """
        within, squared = (self.question.within, SQUARED) if self.question.near else (0.0, "NULL")
        inside = f"AND {SQUARED} <= {self._value((within / places.DEGREE) ** 2)}" if within else ""
        statement = (
            f"WITH m AS MATERIALIZED ({self.ids(self.condition(within=within), bounded=True)}), "
            "t AS MATERIALIZED (SELECT count(*) AS total FROM m) SELECT record_id, facets, squared FROM ("
            f"SELECT e.record_id, e.facets, {squared} AS squared, e.sort_{self.question.language} AS sort "
            "FROM m CROSS JOIN search_entry AS e "
            f"WHERE e.id = m.id AND e.kind = :kind {inside} AND (SELECT total FROM t) < :most "
            "UNION ALL SELECT NULL, NULL, NULL, NULL FROM t WHERE total >= :most"
            f") AS f ORDER BY {self.nearest_first}sort, record_id"
        )
        found = rows(text(statement), **self.values)
        return None if len(found) == 1 and found[0].record_id is None else found

    @property
    def nearest_first(self) -> str:
        return "squared, " if self.question.near and not self.question.by_name else ""

    def best(self) -> Sequence[Row[Any]] | None:
        """The first of the entries that match, in order, more than ``MOST`` if there are more; None where they
        are to be listed by name alone and are too many."""
        if not (self.question.near or self.is_by_name):
            return self._rows(self.in_steps(), "step, ")
        found = self.narrow()
        if found is None and self.question.near:
            return self._rows(f"({self.nearby()}) AS e WHERE e.kind = :kind", self.nearest_first)
        return found

    def in_steps(self) -> str:
        """The entries that match, bounded, each with its rank, as a FROM clause; a step is left out when those
        before it are more than can be ranked."""
        steps, enough = [], ""
        for step, mark in enumerate((TITLE, SUBJECT, "")):
            found = f"SELECT id FROM ({self.ids(self.condition(mark=mark), bounded=True)}) AS f{step} {enough}"
            steps.append(f"s{step} AS MATERIALIZED ({found})")
            enough = f"WHERE (SELECT count(*) FROM s{step}) < :most {enough.replace('WHERE', 'AND')}"
        every = " UNION ALL ".join(f"SELECT id, {step} AS step FROM s{step}" for step in range(len(steps)))
        ranked = f"WITH {', '.join(steps)} SELECT id, min(step) AS step FROM ({every}) AS s GROUP BY id"
        return f"({ranked}) AS m CROSS JOIN search_entry AS e WHERE e.id = m.id AND e.kind = :kind"

    def answer(self, best: Sequence[Row[Any]] | None, group_names: Sequence[str]) -> Answer:
        """A page of the best; or, of more than can be ranked, a page by name where that is the order."""
        if best is None:
            hits = self.alphabet()
        else:
            hits = [self._hit(row) for row in best[:MOST][self.skip : self.skip + self.question.size]]
            if len(best) <= MOST:
                return Answer(hits, len(best), counts=self.counts(best, group_names))
        if self.is_one_group:
            everything, (name, facets) = totals(self.question.kind), self.question.groups[0]
            counts = {name: everything} if name in group_names else {}
            if len(facets) == 1:  # its total is known, however large
                return Answer(hits, everything[facets[0]], counts=counts)
            return Answer(hits, MOST, is_more=True, counts=counts)
        return Answer(hits, MOST, is_more=True)

    @property
    def is_one_group(self) -> bool:
        """Nothing is asked but the facets of one group: without them it is everything."""
        return not (self.asked or self.question.near) and len(self.question.groups) == 1

    def alphabet(self) -> list[Hit]:
        """A page by name of all that match, however many: the index of the alphabet alone tells which they are."""
        condition = self.condition()
        matches = f"AND e.id IN ({self.ids(condition, bounded=False)})" if condition else ""
        page = f"LIMIT {self._value(self.question.size)} OFFSET {self._value(self.skip)}"
        return [self._hit(row) for row in self._rows(f"search_entry AS e WHERE e.kind = :kind {matches}", page=page)]

    def _rows(self, source: str, order: str = "", page: str = "") -> Sequence[Row[Any]]:
        squared = "e.squared" if self.question.near else "NULL"
        statement = (
            f"SELECT e.record_id, e.facets, {squared} AS squared FROM {source} "
            f"ORDER BY {order}e.sort_{self.question.language}, e.record_id {page or 'LIMIT :most'}"
        )
        return rows(text(statement), **self.values)

    def _hit(self, row: Row[Any]) -> Hit:
        distance = None if row.squared is None else sqrt(row.squared) * places.DEGREE
        return Hit(row.record_id, tuple(row.facets.split()), distance)

    # -- how many --------------------------------------------------------------------------------------------------

    def counts(self, best: Sequence[Row[Any]], group_names: Sequence[str]) -> dict[str, Counter[str]]:
        """What each filter would give: what carries its facets, with the other filters as they are."""
        found = Counter(" ".join(row.facets for row in best).split())
        counts = dict.fromkeys(group_names, found)
        filtered = [name for name, _ in self.question.groups if name in group_names]
        if self.is_one_group and filtered:
            counts[filtered[0]] = totals(self.question.kind)
        elif filtered:
            gather = "group_concat(facets, '')" if self.is_sqlite else "string_agg(facets, '')"
            parts = [
                f"SELECT {number} AS number, count(*) AS total, {gather} AS facets "
                f"FROM ({self.source(without=name)}) AS f{number}"
                for number, name in enumerate(filtered)
            ]
            for row in rows(text(" UNION ALL ".join(parts)), **self.values):
                counts[filtered[row.number]] = Counter((row.facets or "").split())
                if row.total > MOST:
                    del counts[filtered[row.number]]
        return counts


TOTALS = select(FacetTotal.facet, FacetTotal.total).where(FacetTotal.kind == bindparam("kind"))
TOTAL = select(FacetTotal.total).where(FacetTotal.kind == bindparam("kind"), FacetTotal.facet == ALL)
SQUARED = "((e.latitude - :lat) * (e.latitude - :lat) + (e.longitude - :lon) * (e.longitude - :lon) * :narrow)"
"""Square of the distance in degrees of latitude, on a plane: within 0.1 % of the sphere below 50 km in Wales,
and needs no mathematical function that some builds of SQLite lack."""


def totals(kind: str) -> Counter[str]:
    """How many entries of a kind carry each facet, and under ``ALL`` how many there are: kept beside the index."""
    return Counter({row.facet: row.total for row in rows(TOTALS, kind=kind)})


def total(kind: str) -> int:
    """How many entries of a kind there are."""
    found = rows(TOTAL, kind=kind)
    return int(found[0][0]) if found else 0


def nearby_word(typed: str) -> str | None:
    """A query in which each word that nobody uses is the nearest that somebody does; None if none is near.

    Only words are looked at that begin like those typed, or with their second letter, or as they would unmutated:
    people rarely slip on the first letter, and there may be a hundred thousand words.

    Args:
        typed: the query that found nothing.
    """
    asked = typed.split()[: words.MOST_WORDS]
    folded = [fold(word).replace(" ", "") for word in asked]
    beginnings = {one[:1] for word in folded for one in (word, word[1:], *mutations.radicals(word))} - {""}
    ranges = [SearchWord.word.between(letter, chr(ord(letter) + 1)) for letter in sorted(beginnings)]
    known = {row.word: row.shown for row in rows(select(SearchWord.word, SearchWord.shown).where(or_(False, *ranges)))}
    better, changed = [], False
    for word in asked:
        near = suggestions.suggest(word, known)
        changed = changed or near is not None
        better.append(known[near] if near else word)
    return " ".join(better) if changed else None
