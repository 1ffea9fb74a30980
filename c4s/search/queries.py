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
RANKED = 300
"""Of more than ``MOST`` that match, so many at a time are put in order, so that a page of them reads no more."""
TRIED = 60
"""To try so many entries in order of the alphabet costs no more than to list all that a broad search matches."""


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
        hits = [search.hit(row) for row in search.alphabet()]
        return Answer(hits, everything[ALL], counts=dict.fromkeys(group_names, everything))
    best = search.best()
    begun = words.with_prefix(asked)
    if not best.rows and begun != asked:
        search = _Search(question, begun)
        best = search.best()
    return search.answer(best, group_names)


@dataclass(frozen=True)
class _Best:
    """Entries that match, in order."""

    rows: Sequence[Row[Any]]
    is_broad: bool = False
    """More match than can be ranked: these are not all."""
    first: int = 0
    """The place of the first of them among all that match."""


class _Search:
    """One question in the engine's own words."""

    def __init__(self, question: Question, asked: Sequence[words.QueryWord]) -> None:
        self.question, self.asked = question, asked
        self.is_sqlite = db.engine.dialect.name == "sqlite"
        self.key = "rowid" if self.is_sqlite else "entry_id"
        self.is_by_name = not question.near and (question.by_name or not asked)
        self.skip = (question.page - 1) * question.size
        self.values: dict[str, Any] = {"kind": question.kind, "most": MOST + 1}
        if question.near:
            latitude, longitude = question.near
            self.values |= {"lat": latitude, "lon": longitude, "narrow": cos(radians(latitude)) ** 2}

    # -- the match -------------------------------------------------------------------------------------------------

    def condition(self, without: str = "", mark: str = "", squares: Sequence[str] = ()) -> str:
        """The full-text condition; every part is made of letters and digits, so nothing needs escaping.

        Args:
            without: the group whose filter is left out.
            mark: ``TITLE`` or ``SUBJECT``, when the words must stand there.
            squares: places of which one is enough.
        """
        parts = [self._any([mark + word for word in one.alternatives], one.prefix) for one in self.asked]
        for name, facets in self.question.groups:
            if not all(facet.isalnum() for facet in facets):
                raise ValueError("A facet is a code of letters and digits.")
            if name != without:
                parts.append(self._any([FACET + facet for facet in facets]))
        if squares:
            parts.append(self._any([PLACE + square for square in squares]))
        return (" AND " if self.is_sqlite else " & ").join(parts)

    def _any(self, of: Sequence[str], begins: bool = False) -> str:
        """One of these words; with ``begins``, also any that begins with the first."""
        first, *others = of if self.is_sqlite else [f"'{word}'" for word in of]
        if begins:
            first += "*" if self.is_sqlite else ":*"
        return f"({(' OR ' if self.is_sqlite else ' | ').join([first, *others])})"

    def around(self, without: str = "") -> str:
        """The full-text condition with the squares that hold all of the circle, and somewhat more."""
        near = self.question.near
        return self.condition(without, squares=places.squares_near(near, self.question.within) if near else ())

    def ids(self, condition: str, *, bounded: bool) -> str:
        """A select of the entries that match."""
        match = self._value(condition)
        matches = f"search_words MATCH {match}" if self.is_sqlite else f"words @@ CAST({match} AS tsquery)"
        found = f"SELECT {self.key} AS id FROM search_words WHERE {matches}"
        return f"{found} LIMIT :most" if bounded else found

    def source(self, without: str) -> str:
        """The facets of entries that match, bounded, when the filter of one group is left out."""
        within = self.question.within if self.question.near else 0.0
        inside = f"AND {SQUARED} <= {self._value((within / places.DEGREE) ** 2)}" if within else ""
        found = self.ids(self.around(without), bounded=not within)
        return (
            f"SELECT e.facets FROM ({found}) AS m CROSS JOIN search_entry AS e "
            f"WHERE e.id = m.id AND e.kind = :kind {inside} LIMIT :most"
        )

    def _value(self, value: object) -> str:
        name = f"value{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    # -- which -----------------------------------------------------------------------------------------------------

    def best(self) -> _Best:
        """The entries that match, all or the page of them, in order."""
        if not (self.question.near or self.is_by_name):
            return self.in_steps()
        found = self.narrow()
        if not (found and found[0].record_id is None):
            return _Best(found)
        if self.question.near:
            return self.in_rings(self.question.near)
        return _Best(self.alphabet(found[0].sparse), is_broad=True, first=self.skip)

    def narrow(self) -> Sequence[Row[Any]]:
        """The entries that match, in order. Where more do than can be ranked, one row that is none: ``sparse`` is how
        many entries there are for each that matches, as far as the first of them tell.

        The words alone tell how many there are, so that no entry of a broad match is read for nothing. Near a place,
        entries of the squares on the rim of the circle are read to see on which side of it they lie.
        """
        matching, squared = self.ids(self.condition(), bounded=True), "NULL"
        if self.question.near:
            matching, squared = self.in_circle(self.question.near), SQUARED
        statement = (
            f"WITH m AS MATERIALIZED ({matching}), t AS MATERIALIZED "
            "(SELECT count(*) AS total, (max(id) - min(id) + 1.0) / count(*) AS sparse FROM m) "
            "SELECT record_id, facets, squared, sparse FROM ("
            f"SELECT e.record_id, e.facets, {squared} AS squared, NULL AS sparse, "
            f"e.sort_{self.question.language} AS sort FROM m CROSS JOIN search_entry AS e "
            "WHERE e.id = m.id AND e.kind = :kind AND (SELECT total FROM t) < :most "
            "UNION ALL SELECT NULL, NULL, NULL, sparse, NULL FROM t WHERE total >= :most"
            f") AS f ORDER BY {self.nearest_first}sort, record_id"
        )
        return rows(text(statement), **self.values)

    def in_circle(self, near: places.Position) -> str:
        """A bounded select of the entries that match and lie in the circle."""
        inside, rim = places.inside_and_rim(near, self.question.within)
        cut = self.ids(self.condition(squares=rim), bounded=False)
        found = (
            f"SELECT e.id FROM ({cut}) AS r CROSS JOIN search_entry AS e "
            f"WHERE e.id = r.id AND {SQUARED} <= {self._value((self.question.within / places.DEGREE) ** 2)}"
        )
        if inside:
            found = f"{self.ids(self.condition(squares=inside), bounded=False)} UNION ALL {found}"
        return f"SELECT id FROM ({found}) AS c LIMIT :most"

    def in_rings(self, near: places.Position) -> _Best:
        """The nearest entries: those in circles around a place, one circle after the other, until there are enough."""
        enough = MOST if self.question.by_name else min(self.skip + self.question.size, MOST)
        sort, self.values["enough"] = f"sort_{self.question.language}", enough
        rings, inner, so_far = [], -1.0, "0"
        for number, radius in enumerate(places.rings(self.question.within)):
            outer = (radius / places.DEGREE) ** 2
            found = self.ids(self.condition(squares=places.squares_near(near, radius)), bounded=False)
            rings.append(
                f"r{number} AS MATERIALIZED (SELECT e.record_id, e.facets, e.{sort}, {SQUARED} AS squared "
                f"FROM ({found}) AS m CROSS JOIN search_entry AS e WHERE e.id = m.id AND e.kind = :kind "
                f"AND {SQUARED} > {self._value(inner)} AND {SQUARED} <= {self._value(outer)} "
                f"LIMIT (SELECT CASE WHEN {so_far} < :enough THEN :most ELSE 0 END))"
            )
            inner, so_far = outer, f"{so_far} + (SELECT count(*) FROM r{number})"
        every = " UNION ALL ".join(f"SELECT * FROM r{number}" for number in range(len(rings)))
        nearest = rows(
            text(
                f"WITH {', '.join(rings)} SELECT e.record_id, e.facets, e.squared FROM ({every}) AS e "
                f"ORDER BY {self.nearest_first}e.{sort}, e.record_id LIMIT :enough"
            ),
            **self.values,
        )
        return _Best(nearest, is_broad=True)

    @property
    def nearest_first(self) -> str:
        return "squared, " if self.question.near and not self.question.by_name else ""

    def in_steps(self) -> _Best:
        """The entries that match, names first; a step is left out when those before it are more than can be ranked.

        Of more than can be ranked, the part in which the page lies is put in order, and no other.
        """
        part = max(1, RANKED // self.question.size) * self.question.size
        first = min(self.skip, MOST - 1) // part * part
        steps, enough = [], ""
        for step, mark in enumerate((TITLE, SUBJECT, "")):
            ids = self.ids(self.condition(mark=mark), bounded=True)
            steps.append(f"s{step} AS MATERIALIZED (SELECT id FROM ({ids}) AS f{step} {enough})")
            enough = f"WHERE (SELECT count(*) FROM s{step}) < :most {enough.replace('WHERE', 'AND')}"
        every = " UNION ALL ".join(f"SELECT id, {step} AS step FROM s{step}" for step in range(len(steps)))
        broad = "(SELECT CASE WHEN total < :most THEN {} ELSE {} END FROM t)"
        limit = broad.format(":most", self._value(min(part, MOST - first)))
        found = rows(
            text(
                f"WITH {', '.join(steps)}, "
                f"r AS MATERIALIZED (SELECT id, min(step) AS step FROM ({every}) AS s GROUP BY id), "
                "t AS MATERIALIZED (SELECT count(*) AS total FROM r) "
                "SELECT e.record_id, e.facets, NULL AS squared, m.total FROM (SELECT id, step, total FROM r, t "
                f"ORDER BY step, id LIMIT {limit} OFFSET {broad.format(0, self._value(first))}) AS m "
                "CROSS JOIN search_entry AS e WHERE e.id = m.id AND e.kind = :kind "
                f"ORDER BY m.step, e.sort_{self.question.language}, e.record_id"
            ),
            **self.values,
        )
        is_broad = bool(found) and found[0].total > MOST
        return _Best(found, is_broad, first if is_broad else 0)

    def answer(self, best: _Best, group_names: Sequence[str]) -> Answer:
        """A page of what was found, with counts where all of it was read."""
        start = self.skip - best.first
        hits = [self.hit(row) for row in best.rows[start : start + self.question.size]]
        if not best.is_broad:
            return Answer(hits, len(best.rows), counts=self.counts(best.rows, group_names))
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

    def alphabet(self, sparse: float = 1.0) -> Sequence[Row[Any]]:
        """A page by name of all that match, however many: the index of the alphabet alone tells which they are.

        Args:
            sparse: how many entries there are for each that matches. Where few are to be tried, each is; otherwise
                all that match are listed first.
        """
        condition, matches = self.condition(), ""
        if condition:
            found = self.ids(condition, bounded=False)
            is_soon = (self.skip + self.question.size) * sparse <= TRIED
            matches = f"AND EXISTS ({found} AND {self.key} = e.id)" if is_soon else f"AND e.id IN ({found})"
        page = f"LIMIT {self._value(self.question.size)} OFFSET {self._value(self.skip)}"
        return self._rows(f"search_entry AS e WHERE e.kind = :kind {matches}", page=page)

    def _rows(self, source: str, order: str = "", page: str = "") -> Sequence[Row[Any]]:
        squared = "e.squared" if self.question.near else "NULL"
        statement = (
            f"SELECT e.record_id, e.facets, {squared} AS squared FROM {source} "
            f"ORDER BY {order}e.sort_{self.question.language}, e.record_id {page or 'LIMIT :most'}"
        )
        return rows(text(statement), **self.values)

    def hit(self, row: Row[Any]) -> Hit:
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
