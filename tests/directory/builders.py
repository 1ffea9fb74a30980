"""Entries of the directory with more in them than a list from outside has."""

from typing import Any

from sqlalchemy import insert

from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory import showing
from c4s.directory.models import Network, Service, Supplier, supplier_network
from c4s.i18n.bilingual import Bilingual
from tests.builders import a_supplier, both


@unit_of_work
def changed(supplier_id: int, **values: Any) -> None:
    """Give an entry values that no list from outside has, and file it anew."""
    supplier = db.session.get_one(Supplier, supplier_id)
    for name, value in values.items():
        setattr(supplier, name, value)
    showing.renew([supplier_id])


@unit_of_work
def a_network(*supplier_ids: int, name: Bilingual = both("Rhwydwaith y Cwm", "Valley Network"), **facts: Any) -> int:
    """A network that meets, to which some suppliers belong."""
    network = Network(code=facts.pop("code", "valley"), name=name, **facts)
    db.session.add(network)
    db.session.flush()
    if supplier_ids:
        rows = [{"supplier_id": one, "network_id": network.id} for one in supplier_ids]
        db.session.execute(insert(supplier_network), rows)
    showing.renew(supplier_ids)
    return network.id


@unit_of_work
def a_service(supplier_id: int, name: Bilingual, **facts: Any) -> None:
    """Something that a supplier does, as published."""
    key = facts.pop("key", "one")
    service = Service(supplier_id=supplier_id, key=key, position=0, name=name, updated_at=now(), **facts)
    db.session.add(service)
    showing.renew([supplier_id])


HOME = ("9 Gwernifor Row", "Gwernifor", "CF37 1AA", "51.6015", "-3.3424", "cartref@example.cymru")
"""What nobody may read of the home below."""


def a_home(name: str = "Gwaith Llaw") -> int:
    """An entry whose address is somebody's home, with all that would tell where it is."""
    return a_supplier(
        name,
        home_based=True,
        address=("9 Gwernifor Row",),
        town="Pontypridd",
        postcode="CF37 1AA",
        latitude=51.6015,
        longitude=-3.3424,
        email="cartref@example.cymru",
        phone="07700 900001",
        categories=("creative-crafts",),
    ).id
