"""What pages show of a supplier is put together from how it stands now, whoever else is at it."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError

from sqlalchemy import select, update

from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import held, unit_of_work
from c4s.directory import showing
from c4s.directory.filing import KIND
from c4s.directory.models import Supplier
from c4s.directory.showing import Part
from c4s.search.models import SearchEntry
from tests.builders import a_supplier
from tests.conftest import at_once


def shown_of(supplier_id):
    return db.session.scalar(select(Supplier.shown).where(Supplier.id == supplier_id))


def is_filed(supplier_id):
    filed = select(SearchEntry.record_id).where(SearchEntry.kind == KIND, SearchEntry.record_id == supplier_id)
    return db.session.scalar(filed) is not None


@unit_of_work
def behind_our_back(supplier_id, **values):
    """Somebody else writes a row that we have read already, before we put together what it shows."""
    supplier = db.session.get_one(Supplier, supplier_id)
    assert supplier.taken_down_at is None
    db.session.connection().execute(update(Supplier.__table__).where(Supplier.id == supplier_id).values(**values))
    showing.renew([supplier_id], "services")


def test_a_part_that_another_renewed_meanwhile_stays_renewed(site):
    number = a_supplier("Caffi Rhydwen").id
    behind_our_back(number, shown={"photos": [{"token": "new"}]})
    assert shown_of(number) == {"photos": [{"token": "new"}], "services": []}


def test_an_entry_that_was_hidden_meanwhile_is_not_filed_again(site):
    number = a_supplier("Caffi Rhydwen").id
    assert is_filed(number)
    behind_our_back(number, taken_down_at=now())
    assert not is_filed(number)


@unit_of_work
def hide(supplier_id):
    held(Supplier, supplier_id).taken_down_at = now()
    showing.renew([supplier_id])


def test_nobody_hides_an_entry_between_our_reading_and_our_filing_it(site, monkeypatch):
    both, met = Barrier(2), []

    def when_both_are_there(ids):
        with suppress(BrokenBarrierError):
            both.wait(0.5)
            met.append(ids)
        return {}

    part = Part("meeting", when_both_are_there, lambda rows, today: (), "")
    monkeypatch.setattr(showing, "parts", lambda: [part])
    number = a_supplier("Caffi Rhydwen").id
    db.session.remove()
    both.reset()
    met.clear()
    at_once(site, lambda: showing.renew([number]), lambda: hide(number))
    assert met == []
    assert not is_filed(number)
