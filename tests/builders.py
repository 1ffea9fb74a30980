"""Suppliers with obvious defaults; nothing is random."""

from datetime import date
from typing import Any

from sqlalchemy import update

from c4s.core.changes import PAGES, publish
from c4s.core.db import db
from c4s.core.text import slug
from c4s.core.units import unit_of_work
from c4s.directory import filing, importing
from c4s.directory.models import Claim, Supplier
from c4s.directory.reading import SupplierRecord
from c4s.i18n.bilingual import Bilingual
from c4s.taxonomy import actions as lists
from c4s.taxonomy.models import Postcode

SOURCE = "test"
PONTYPRIDD = "CF37 1AA", 51.6015, -3.3424
ABERDARE = "CF44 7AA", 51.7140, -3.4460


def a_record(name: str = "Siop y Felin", **facts: Any) -> SupplierRecord:
    """What a source says of a supplier; its name is its number there, unless told otherwise."""
    return SupplierRecord(**{"source": SOURCE, "source_id": slug(name), "name": name, **facts})


def a_supplier(
    name: str = "Siop y Felin",
    *,
    served: tuple[str, ...] = (),
    claim: Claim = Claim.CLAIMED,
    confirmed_on: date | None = None,
    gone_on: date | None = None,
    **facts: Any,
) -> Supplier:
    """A supplier that keeps its own entry, unless told otherwise.

    Args:
        served: codes of the areas it works in.
        gone_on: the edition in which its source no longer had it.
        facts: of its ``SupplierRecord``.
    """
    supplier_id = importing.add_supplier(a_record(name, **facts), served, claim, confirmed_on)
    if gone_on:
        _gone(supplier_id, gone_on)
    return db.session.get_one(Supplier, supplier_id)


@unit_of_work
def _gone(supplier_id: int, gone_on: date) -> None:
    db.session.execute(update(Supplier).where(Supplier.id == supplier_id).values(gone_on=gone_on))
    filing.refile([supplier_id])
    publish(PAGES)


def both(cy: str, en: str) -> Bilingual:
    return Bilingual(cy, en)


def postcodes(*places: tuple[str, float, float]) -> None:
    """The list of postcodes: code, latitude, longitude; two of them unless told otherwise."""
    lists.replace_postcodes(
        {
            "code": code,
            "latitude": latitude,
            "longitude": longitude,
            "council_code": "W06000016",
            "ward_code": "W05000000",
            "ward_cy": "Tref",
            "ward_en": "Town",
            "health_board": "W11000030",
        }
        for code, latitude, longitude in places or (PONTYPRIDD, ABERDARE)
    )


def everyone() -> list[Supplier]:
    """Every supplier, oldest first."""
    db.session.expire_all()
    return list(db.session.query(Supplier).order_by(Supplier.id))


def number_of_postcodes() -> int:
    return db.session.query(Postcode).count()
