"""Entries that businesses keep, hidden and not; nothing is random."""

from c4s.accounts.models import Person
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory import queries
from c4s.directory.models import Supplier
from c4s.i18n.bilingual import Bilingual
from c4s.takedowns import actions
from c4s.takedowns.models import Takedown
from c4s.takedowns.rules import Ground
from tests.builders import a_supplier
from tests.businesses.builders import a_business

WHY = Bilingual("Mae’r pris yn anghywir.", "The price is wrong.")


@unit_of_work
def give(supplier_id: int, business_id: int) -> None:
    """A business keeps an entry from here on."""
    db.session.get_one(Supplier, supplier_id).business_id = business_id


def kept(owner: Person, name: str = "Becws y Bont", **facts: object) -> tuple[int, int]:
    """An entry that a business of somebody's keeps; gives the numbers of both: the business, and the entry."""
    business_id = a_business(owner, name)
    supplier_id = a_supplier(name, **facts).id
    give(supplier_id, business_id)
    return business_id, supplier_id


def hidden(supplier_id: int, by: Person, ground: Ground = Ground.MISLEADING, words: Bilingual = WHY) -> Takedown:
    """An entry is hidden by a member of staff; gives the time that it was."""
    actions.hide(supplier_id, ground, words, by_id=by.id)
    return times(supplier_id)[0]


def times(supplier_id: int) -> list[Takedown]:
    """Every time that an entry was hidden, as the database has it, the newest first."""
    db.session.rollback()
    db.session.expire_all()
    found = db.session.query(Takedown).filter_by(supplier_id=supplier_id)
    return list(found.order_by(Takedown.id.desc()))


def entry(supplier_id: int) -> Supplier:
    """An entry as the database has it."""
    db.session.rollback()
    db.session.expire_all()
    found = queries.supplier(supplier_id)
    assert found is not None
    return found
