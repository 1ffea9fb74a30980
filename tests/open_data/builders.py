"""Suppliers with services, as published."""

from typing import Any

from sqlalchemy import select

from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.text import slug
from c4s.core.units import unit_of_work
from c4s.directory import filing
from c4s.directory.models import Service, Supplier
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.models import Category
from tests.builders import both


@unit_of_work
def a_service(supplier_id: int, called: str = "Garden fences", *, category: str = "", **facts: Any) -> int:
    """A service that a supplier names."""
    usual: dict[str, Any] = {
        "key": slug(called)[:12],
        "position": 0,
        "name": both("", called),
        "description": both("", ""),
        "price_guide": both("", ""),
        "areas": [],
        "updated_at": now(),
    }
    service = Service(
        supplier_id=supplier_id,
        category_id=taxonomy.categories().by_code[category].id if category else None,
        **{**usual, **facts},
    )
    db.session.add(service)
    db.session.flush()
    return service.id


@unit_of_work
def change(supplier_id: int, *, is_filed: bool = True, categories: tuple[str, ...] = (), **values: Any) -> None:
    """Something about a supplier is otherwise from now on.

    Args:
        is_filed: whether search is told.
        categories: the only ones that it is in from now on, if any are given.
        values: of its columns.
    """
    supplier = db.session.get_one(Supplier, supplier_id)
    for name, value in values.items():
        setattr(supplier, name, value)
    if categories:
        supplier.categories = list(db.session.scalars(select(Category).where(Category.code.in_(categories))))
    db.session.flush()
    if is_filed:
        filing.refile([supplier_id])
