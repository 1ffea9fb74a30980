"""Questions about suppliers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, bindparam, literal, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from c4s.core.db import db, rows
from c4s.directory.models import Supplier, supplier_area, supplier_category
from c4s.directory.rules import SupplierStatus
from c4s.i18n.bilingual import Bilingual

PER_PAGE = 20
LISTED = (Supplier.gone_on.is_(None), Supplier.status != SupplierStatus.CLOSED)


@dataclass(frozen=True)
class Brief:
    """What a list shows of a supplier."""

    id: int
    name: str
    name_cy: str
    summary: Bilingual
    description: Bilingual
    area_id: int | None
    town: str
    serves_in_welsh: bool
    social_enterprise: bool
    micro_enterprise: bool
    status: SupplierStatus
    claim: str

    @property
    def names(self) -> Bilingual:
        return Bilingual(self.name_cy or self.name, self.name)


BRIEF = (
    Supplier.id,
    Supplier.name,
    Supplier.name_cy,
    Supplier.summary_cy,  # type: ignore[attr-defined]
    Supplier.summary_en,  # type: ignore[attr-defined]
    Supplier.description_cy,  # type: ignore[attr-defined]
    Supplier.description_en,  # type: ignore[attr-defined]
    Supplier.area_id,
    Supplier.town,
    Supplier.serves_in_welsh,
    Supplier.social_enterprise,
    Supplier.micro_enterprise,
    Supplier.status,
    Supplier.claim,
)


def _brief(row: Any) -> Brief:
    return Brief(
        row[0], row[1], row[2], Bilingual(row[3], row[4]), Bilingual(row[5], row[6]), row[7], row[8], row[9],
        row[10], row[11], row[12], row[13],
    )  # fmt: skip


# Statements of the most visited pages are put together once, not at every visit.
SOME = select(*BRIEF).where(Supplier.id.in_(bindparam("ids", expanding=True)))
NEWEST = (
    select(*BRIEF)
    .where(*LISTED)
    .order_by(Supplier.confirmed_on.desc().nulls_last(), Supplier.id)
    .limit(bindparam("number", type_=Integer))
)


def briefs(ids: Sequence[int]) -> list[Brief]:
    """Suppliers for a list, in the order asked for."""
    if not ids:
        return []
    found = {row[0]: _brief(row) for row in rows(SOME, ids=list(ids))}
    return [found[i] for i in ids if i in found]


def supplier(supplier_id: int) -> Supplier | None:
    """One supplier, listed or not."""
    return db.session.get(Supplier, supplier_id)


LINKS = union_all(
    select(literal("category"), supplier_category.c.category_id).where(
        supplier_category.c.supplier_id == bindparam("supplier")
    ),
    select(literal("area"), supplier_area.c.area_id).where(supplier_area.c.supplier_id == bindparam("supplier")),
)


def links(supplier_id: int) -> tuple[list[int], list[int]]:
    """The numbers of a supplier's categories, and of the areas it works in."""
    found = rows(LINKS, supplier=supplier_id)
    return [row[1] for row in found if row[0] == "category"], [row[1] for row in found if row[0] == "area"]


def newest(number: int) -> list[Brief]:
    """The suppliers that said last that their entry is still right; imported ones after all others."""
    return [_brief(row) for row in rows(NEWEST, number=number)]


def addresses(after: int, number: int) -> list[tuple[int, str, str]]:
    """Numbers and names of listed suppliers for the map of the site, in order of number."""
    found = db.session.execute(
        select(Supplier.id, Supplier.name, Supplier.name_cy)
        .where(Supplier.id > after, *LISTED)
        .order_by(Supplier.id)
        .limit(number)
    )
    return [(row[0], row[1], row[2] or row[1]) for row in found]


def everything(ids: Sequence[int]) -> list[Supplier]:
    """Whole suppliers, in the order asked for, for exports."""
    found = {
        one.id: one
        for one in db.session.scalars(
            select(Supplier)
            .where(Supplier.id.in_(ids))
            .options(
                joinedload(Supplier.area),
                selectinload(Supplier.categories),
                selectinload(Supplier.areas_served),
            )
        )
    }
    return [found[i] for i in ids if i in found]
