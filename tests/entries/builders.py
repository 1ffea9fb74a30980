"""Entries in every state, and networks; nothing is random."""

from typing import Any

from c4s.accounts.models import Person
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory import showing
from c4s.directory.models import Network, Supplier
from c4s.directory.rules import SupplierStatus
from c4s.entries import actions
from c4s.entries.rules import Standing
from c4s.i18n.bilingual import Bilingual
from tests.builders import a_supplier
from tests.conftest import NOW

NAME = Bilingual("Rhwydwaith Bwyd y Cwm", "Valley Food Network")
ABOUT = Bilingual("Cwrdd bob mis.", "Meets every month.")
STANDS: dict[Standing, dict[str, Any]] = {
    Standing.LISTED: {},
    Standing.PAUSED: {"status": SupplierStatus.TEMPORARILY_CLOSED},
    Standing.UNPUBLISHED: {"status": SupplierStatus.UNPUBLISHED},
    Standing.CLOSED: {"status": SupplierStatus.CLOSED},
    Standing.TAKEN_DOWN: {"taken_down_at": NOW, "status": SupplierStatus.CLOSED},
    Standing.ARCHIVED: {"archived_on": NOW.date()},
    Standing.GONE: {"gone_on": NOW.date(), "archived_on": NOW.date()},
}
"""What the row of an entry has that stands like this."""


@unit_of_work
def put(supplier_id: int, **facts: Any) -> None:
    """Set what the row of an entry has, and file it so."""
    supplier = db.session.get_one(Supplier, supplier_id)
    for name, value in facts.items():
        setattr(supplier, name, value)
    showing.renew([supplier_id])


def one_of_each() -> dict[Standing, int]:
    """An entry in each state; gives their numbers."""
    found = {}
    for standing, facts in STANDS.items():
        found[standing] = a_supplier(f"Siop {standing.value}").id
        put(found[standing], **facts)
    return found


def a_network(by: Person, name: Bilingual = NAME, about: Bilingual = ABOUT) -> int:
    """A network; gives its number."""
    db.session.rollback()
    return actions.name_network(name, about, by_id=by.id)


@unit_of_work
def put_in(network_id: int, *supplier_ids: int) -> None:
    """Put entries into a network."""
    network = db.session.get_one(Network, network_id)
    for number in supplier_ids:
        supplier = db.session.get_one(Supplier, number)
        supplier.networks.append(network)
    db.session.flush()
    showing.renew(supplier_ids)


def again(network_id: int) -> Network:
    """A network as the database has it."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Network, network_id)
