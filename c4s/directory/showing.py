"""What the page of a supplier shows beside its own row: each capability registers its part in ``site.py``.

A part is loaded when something in it changes, and kept in the supplier's row as it was then: a visit loads nothing
of it, and search finds and filters by it without asking again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import Flask, current_app
from sqlalchemy import select

from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory import filing
from c4s.directory.models import Supplier
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import LANGUAGES

PARTS = "c4s.directory.parts"
AT_ONCE = 500

Rows = Sequence[Mapping[str, Any]]
"""What is kept of one part of one supplier: plain values that JSON can keep, public every one."""


def _no_facets(rows: Rows, today: date) -> Iterable[str]:
    return ()


def _no_texts(rows: Rows) -> Iterable[tuple[str, str]]:
    return ()


def _no_cells(rows: Rows, today: date) -> Sequence[str]:
    return ()


def _nothing_told(rows: Rows, today: date) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Part:
    """One part of the page of a supplier.

    Attributes:
        name: under which its rows are kept.
        load: gives the rows of several suppliers by their numbers, in a fixed number of statements.
        read: makes of the rows, on the page, what the template shows; it is given today's day in Wales too, for what
            expires. Nothing to show is an empty answer.
        template: shown in the page with ``facts``, which is what ``read`` gave, and ``supplier``.
        beside: whether it stands in the column beside the words.
        facets: codes of letters and digits that filters go by, as of a day; the first letter is the filter's own.
        texts: what search finds it by: words, each with its language.
        filters: what the directory calls those of its facets by which people may narrow a list, by the facet.
        filed_as: gives the facet under which suppliers are filed today for one of those that people choose.
        columns: what the columns are called that it has in spreadsheets, in words of both languages.
        cells: what stands in those columns as of a day, a text for each, whether there is anything to say or not.
        told: the same for programs, under its name: plain values that JSON can keep; nothing where there is nothing.
    """

    name: str
    load: Callable[[Sequence[int]], Mapping[int, Rows]]
    read: Callable[[Rows, date], Any]
    template: str
    beside: bool = False
    facets: Callable[[Rows, date], Iterable[str]] = _no_facets
    texts: Callable[[Rows], Iterable[tuple[str, str]]] = _no_texts
    filters: Mapping[str, object] = field(default_factory=dict)
    filed_as: Callable[[str], str] = str
    columns: Sequence[object] = ()
    cells: Callable[[Rows, date], Sequence[str]] = _no_cells
    told: Callable[[Rows, date], Mapping[str, Any]] = _nothing_told


def register(app: Flask, part: Part) -> None:
    """Add a part to the page of every supplier, after those that are there; search files suppliers by it too."""
    app.extensions.setdefault(PARTS, []).append(part)
    filing.register(app, part.name, part.facets, part.texts)


def parts() -> Sequence[Part]:
    """The parts, in their order."""
    found: Sequence[Part] = current_app.extensions.get(PARTS, ())
    return found


def filters(letter: str) -> dict[str, object]:
    """What may be chosen in a filter, in words of both languages, by what follows its letter in the facet."""
    return {facet[1:]: label for part in parts() for facet, label in part.filters.items() if facet.startswith(letter)}


def filed_as(facet: str) -> str:
    """The facet under which suppliers are filed today who have what somebody chose in a filter."""
    part = next((part for part in parts() if facet in part.filters), None)
    return part.filed_as(facet) if part else facet


@dataclass(frozen=True)
class Shown:
    """A part with what there is to show of it."""

    template: str
    beside: bool
    facts: Any


def shown(supplier: Supplier, today: date) -> list[Shown]:
    """What there is to show of a supplier today.

    Args:
        today: the day in Wales.
    """
    read = [(part, part.read(supplier.shown.get(part.name, ()), today)) for part in parts()]
    return [Shown(part.template, part.beside, facts) for part, facts in read if facts]


def cells(supplier: Supplier, today: date) -> dict[str, str]:
    """What parts have in the row of a supplier in a spreadsheet, by the column: every column, in the parts' order."""
    found: dict[str, str] = {}
    for part in parts():
        texts = part.cells(supplier.shown.get(part.name, ()), today)
        found |= dict(zip(map(str, part.columns), texts, strict=True))
    return found


def told(supplier: Supplier, today: date) -> dict[str, Mapping[str, Any]]:
    """What parts tell programs of a supplier, by the part."""
    found = {part.name: part.told(supplier.shown.get(part.name, ()), today) for part in parts()}
    return {name: facts for name, facts in found.items() if facts}


def said_in_one(value: Any) -> set[str]:
    """The languages in which something is said that is not said in the other.

    Args:
        value: a bilingual text, what is kept of parts (``{"cy": …, "en": …}`` is a text of both), or a list of these.
    """
    if isinstance(value, Bilingual):
        value = {"cy": value.cy, "en": value.en}
    if isinstance(value, Mapping) and set(value) == set(LANGUAGES):
        said = {code for code in LANGUAGES if value[code]}
        return said if len(said) == 1 else set()
    within = value.values() if isinstance(value, Mapping) else value if isinstance(value, (list, tuple)) else ()
    return set().union(*(said_in_one(one) for one in within))


@unit_of_work
def renew(supplier_ids: Iterable[int], *names: str) -> None:
    """Put together anew what pages show of suppliers, and file them anew: to be called in every unit of work that
    changes anything of theirs that readers see or find them by.

    Args:
        names: the parts that changed; all when there is none.
    """
    wanted = sorted(set(supplier_ids))
    db.session.flush()
    for start in range(0, len(wanted), AT_ONCE):
        ids = wanted[start : start + AT_ONCE]
        # Read anew once they are ours: what another has changed meanwhile, or hidden, must neither be undone nor filed.
        suppliers = db.session.scalars(
            select(Supplier)
            .where(Supplier.id.in_(ids))
            .order_by(Supplier.id)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        ).all()
        loaded = {part.name: part.load(ids) for part in parts() if not names or part.name in names}
        for supplier in suppliers:
            changed = {name: [*map(dict, found.get(supplier.id, ()))] for name, found in loaded.items()}
            supplier.shown = {**supplier.shown, **changed}
    db.session.flush()
    filing.refile(wanted)
