"""Entries that businesses keep, last confirmed on a day, and what was asked about them."""

import re
from datetime import UTC, date, datetime
from typing import Any

from c4s.accounts.models import Person
from c4s.audit import trail
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory import filing
from c4s.directory.models import Supplier
from c4s.freshness.models import AnswerCode, Asked
from c4s.mail.models import OutgoingLetter
from tests.builders import a_supplier
from tests.businesses.builders import a_business

LAST_YEAR = date(2026, 1, 15)


def a_kept_entry(
    owner: Person | None,
    name: str = "Siop y Felin",
    *,
    confirmed_on: date | None = LAST_YEAR,
    made_on: date = date(2025, 1, 1),
    **values: Any,
) -> Supplier:
    """An entry that somebody's business keeps; of no business when nobody is given.

    Args:
        values: of its row.
    """
    business_id = a_business(owner, name) if owner else None
    supplier = a_supplier(name, confirmed_on=confirmed_on)
    made_at = datetime(made_on.year, made_on.month, made_on.day, 12, tzinfo=UTC)
    changed(supplier.id, business_id=business_id, created_at=made_at, **values)
    return again(supplier.id)


@unit_of_work
def changed(supplier_id: int, **values: Any) -> None:
    """The row of an entry, as it is from here on."""
    supplier = db.session.get_one(Supplier, supplier_id)
    for name, value in values.items():
        setattr(supplier, name, value)
    db.session.flush()
    filing.refile([supplier_id])


def again(supplier_id: int) -> Supplier:
    """An entry as it is now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Supplier, supplier_id)


def letters_about(supplier: Supplier) -> list[OutgoingLetter]:
    """Every letter about an entry, the oldest first."""
    db.session.rollback()
    found = db.session.query(OutgoingLetter).filter_by(about_kind="supplier", about_id=supplier.id)
    return list(found.order_by(OutgoingLetter.id))


def kinds_of_letters(supplier: Supplier) -> list[str]:
    """Their names, without the capability’s."""
    return [letter.letter.rpartition("/")[2] for letter in letters_about(supplier)]


def stages(supplier: Supplier) -> list[str]:
    """Which letters were posted, in order."""
    db.session.rollback()
    found = db.session.query(Asked).filter_by(supplier_id=supplier.id).order_by(Asked.posted_at)
    return [str(one.stage) for one in found]


def path_in(letter: OutgoingLetter, language: str = "en") -> str:
    """Where the link of a letter leads, without the host."""
    found = re.search(rf"https?://[^/\s]+(/{language}/(?:still-right|dal-yn-gywir)/\S+)", letter.body)
    assert found is not None
    return found[1]


def code_in(letter: OutgoingLetter) -> str:
    """The code of a letter on paper."""
    found = re.search(r"Code?: ([A-Z0-9-]+)", letter.body)
    assert found is not None
    return found[1]


def number_of_codes() -> int:
    db.session.rollback()
    return db.session.query(AnswerCode).count()


def story_of(supplier: Supplier) -> list[tuple[str, str]]:
    """What the trail says of an entry: who, and what."""
    db.session.rollback()
    return [(entry.actor, entry.action) for entry in trail.history_of("supplier", supplier.id)]
