"""Questions about categories, areas and postcodes."""

from dataclasses import dataclass, field
from functools import lru_cache

from sqlalchemy import select

from c4s.core.changes import TAXONOMY, version
from c4s.core.db import db
from c4s.core.text import fold
from c4s.i18n.bilingual import Bilingual
from c4s.taxonomy.models import Area, Category, Postcode


@dataclass(frozen=True)
class Term:
    """A category or an area, as lists and pages use it."""

    id: int
    code: str
    parent_id: int | None
    name: Bilingual
    sort: Bilingual
    inside: Bilingual = Bilingual()
    synonyms: tuple[str, ...] = ()
    cpv: tuple[str, ...] = ()
    sic: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Terms:
    """All categories, or all areas: a hundred or so, kept in memory until one of them changes."""

    by_id: dict[int, Term]
    by_code: dict[str, Term]
    by_words: dict[str, Term] = field(default_factory=dict)
    """Areas by every spelling of their names, folded; of two with one name, the narrower."""

    def children(self, parent_id: int | None, language: str) -> list[Term]:
        """The terms right below one (or at the top), in the alphabet of a language."""
        mine = [term for term in self.by_id.values() if term.parent_id == parent_id]
        return sorted(mine, key=lambda term: getattr(term.sort, language))

    def with_parents(self, term: Term) -> list[Term]:
        """A term and those above it, itself first."""
        line = [term]
        while line[-1].parent_id is not None:
            line.append(self.by_id[line[-1].parent_id])
        return line

    def with_children(self, term: Term) -> list[Term]:
        return [term, *(other for other in self.by_id.values() if other.parent_id == term.id)]


_kept: dict[str, tuple[str, int, Terms]] = {}


def _keep(name: str, number: int, terms: Terms) -> Terms:
    _kept[name] = (str(db.engine.url), number, terms)
    return terms


def _known(name: str, number: int) -> Terms | None:
    where, when, terms = _kept.get(name, ("", -1, None))
    return terms if when == number and where == str(db.engine.url) else None


def categories() -> Terms:
    """Every category."""
    number = version(TAXONOMY)
    known = _known("categories", number)
    if known:
        return known
    terms = [
        Term(
            row.id,
            row.code,
            row.parent_id,
            row.name,
            Bilingual(row.sort_cy, row.sort_en),
            synonyms=tuple(row.synonyms),
            cpv=tuple(row.cpv),
            sic=tuple(row.sic),
        )
        for row in db.session.scalars(select(Category))
    ]
    return _keep("categories", number, Terms({t.id: t for t in terms}, {t.code: t for t in terms}))


def areas() -> Terms:
    """Every area."""
    number = version(TAXONOMY)
    known = _known("areas", number)
    if known:
        return known
    rows = list(db.session.scalars(select(Area).order_by(Area.id)))
    terms = [
        Term(
            row.id,
            row.code,
            row.parent_id,
            row.name,
            Bilingual(row.sort_cy, row.sort_en),
            inside=row.inside,
            latitude=row.latitude,
            longitude=row.longitude,
        )
        for row in rows
    ]
    by_id = {term.id: term for term in terms}
    by_words: dict[str, Term] = {}
    for row in sorted(rows, key=lambda row: row.parent_id is not None):  # the narrower overwrites the wider
        for spelling in (row.name.cy, row.name.en, *row.also):
            by_words[fold(spelling)] = by_id[row.id]
    return _keep("areas", number, Terms(by_id, {t.code: t for t in terms}, by_words))


def position(code: str) -> tuple[float, float] | None:
    """Latitude and longitude of a postcode, or None if the list of postcodes does not have it.

    People look on from where they are, from page to page and with one filter more: what was asked for lately
    is kept in memory until the list changes.
    """
    return _position(str(db.engine.url), version(TAXONOMY), code)


@lru_cache(maxsize=4_096)
def _position(where: str, number: int, code: str) -> tuple[float, float] | None:
    return positions({code}).get(code)


def positions(codes: set[str]) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of the postcodes that are known."""
    rows = db.session.execute(
        select(Postcode.code, Postcode.latitude, Postcode.longitude).where(Postcode.code.in_(codes))
    )
    return {row.code: (row.latitude, row.longitude) for row in rows}
