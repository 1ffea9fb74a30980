"""The guide, and the list that a business keeps of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from c4s.core.db import db
from c4s.guide import rules
from c4s.guide.models import Checklist
from c4s.guide.rules import Guide, Rule

FILE = Path(__file__).parent / "data" / "guide.toml"


@cache
def guide() -> Guide:
    """The guide of this site, read once."""
    return rules.read(FILE.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Line:
    """One rule on the list of a business.

    Attributes:
        done_on: when they ticked it.
        is_changed: it says something else than when they last read it.
    """

    rule: Rule
    done_on: date | None
    is_changed: bool


def checklist(business_id: int, supplier_id: int) -> Checklist | None:
    """The list that a business keeps about one of its entries."""
    mine = (Checklist.supplier_id == supplier_id, Checklist.business_id == business_id)
    return db.session.scalar(select(Checklist).where(*mine).options(selectinload(Checklist.items)))


def lines(kept: Checklist) -> Sequence[Line]:
    """The rules on a list, in the order of the file; what the file no longer has is left out."""
    items = {item.rule: item for item in kept.items}
    return [
        Line(rule, items[key].done_on, rules.is_changed(rule, items[key].version))
        for key, rule in guide().rules.items()
        if key in items
    ]
