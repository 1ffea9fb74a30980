"""What readers see of the services of a supplier, and find it by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from c4s.core.db import db
from c4s.directory.models import Service
from c4s.directory.rules import Capacity
from c4s.directory.showing import Part, Rows
from c4s.i18n.bilingual import Bilingual
from c4s.profiles import pieces_phrases as phrases
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.queries import Term

TEXTS = ("name", "description", "price_guide")


@dataclass(frozen=True)
class Shown:
    """A service as a page shows it.

    Attributes:
        areas: where it is given; none for all in which the supplier works.
        capacity: whether there is room, in words of both languages; None when nobody has said.
        capacity_on: the day on which somebody said so.
    """

    name: Bilingual
    description: Bilingual
    price_guide: Bilingual
    category: Term | None
    areas: Sequence[Term]
    serves_in_welsh: bool
    serves_in_english: bool
    direct_payments: bool
    capacity: object | None
    capacity_on: date | None


def of_entry(supplier_id: int) -> Sequence[Service]:
    """The published services of one supplier, in their order."""
    return db.session.scalars(
        select(Service).where(Service.supplier_id == supplier_id).order_by(Service.position, Service.id)
    ).all()


def _load(supplier_ids: Sequence[int]) -> Mapping[int, Rows]:
    rows: dict[int, list[dict[str, Any]]] = {}
    for one in db.session.scalars(
        select(Service).where(Service.supplier_id.in_(supplier_ids)).order_by(Service.position, Service.id)
    ):
        rows.setdefault(one.supplier_id, []).append(
            {
                **{name: {"cy": getattr(one, name).cy, "en": getattr(one, name).en} for name in TEXTS},
                "category": one.category_id,
                "areas": list(one.areas),
                "serves_in_welsh": one.serves_in_welsh,
                "serves_in_english": one.serves_in_english,
                "direct_payments": one.direct_payments,
                "capacity": str(one.capacity or ""),
                "capacity_on": one.capacity_on.isoformat() if one.capacity_on else "",
            }
        )
    return rows


def _read(rows: Rows, today: date) -> list[Shown]:
    categories, areas = taxonomy.categories().by_id, taxonomy.areas().by_code
    return [
        Shown(
            name=Bilingual(**row["name"]),
            description=Bilingual(**row["description"]),
            price_guide=Bilingual(**row["price_guide"]),
            category=categories.get(row["category"]),
            areas=[areas[code] for code in row["areas"] if code in areas],
            serves_in_welsh=row["serves_in_welsh"],
            serves_in_english=row["serves_in_english"],
            direct_payments=row["direct_payments"],
            capacity=phrases.CAPACITY[Capacity(row["capacity"])] if row["capacity"] else None,
            capacity_on=date.fromisoformat(row["capacity_on"]) if row["capacity_on"] else None,
        )
        for row in rows
    ]


def _facets(rows: Rows, today: date) -> Iterable[str]:
    """The categories of its services, as if they were its own; whether any takes direct payments or has room."""
    categories, areas = taxonomy.categories(), taxonomy.areas()
    for row in rows:
        if row["category"] in categories.by_id:
            yield from (f"c{term.id}" for term in categories.with_parents(categories.by_id[row["category"]]))
        for code in row["areas"]:
            if code in areas.by_code:
                yield from (f"a{term.id}" for term in areas.with_parents(areas.by_code[code]))
        if row["direct_payments"]:
            yield "mdirect"
        if row["capacity"] == Capacity.NOW:
            yield "mnow"


def _texts(rows: Rows) -> Iterable[tuple[str, str]]:
    return [(row[name][code], code) for row in rows for name in ("name", "description") for code in ("cy", "en")]


PART = Part("services", _load, _read, "profiles/shown_services.html", facets=_facets, texts=_texts)
