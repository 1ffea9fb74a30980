"""Businesses with an entry, and answers to the guide."""

from c4s.accounts.models import Person
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory.models import Supplier
from c4s.guide import actions, queries
from c4s.guide.models import Checklist
from tests.builders import a_supplier
from tests.businesses.builders import a_business

ANSWERS = {
    **{"set_up": "alone", "turnover": "no", "workers": "none", "details": "yes", "meeting": "yes", "premises": "no"},
    **{"food": "no", "care": "personal", "children": "no", "waste": "no", "passengers": "no", "body": "no"},
}
"""Of somebody who cares for people at home."""
ALL_ANSWERS = {
    **{"set_up": "company", "turnover": "yes", "workers": "more", "details": "yes", "meeting": "yes"},
    **{"premises": "yes", "music": "yes", "food": "yes", "alcohol": "yes", "care": "unsure", "children": "care"},
    **{"waste": "yes", "passengers": "yes", "body": "yes"},
}
"""Of somebody to whom nearly everything applies."""
RULES = [
    *("self-employed", "data-protection", "public-liability", "dbs", "personal-care"),
    *("recycling", "equality", "welsh"),
]
"""What those answers lead to."""


@unit_of_work
def keeps(business_id: int, supplier_id: int) -> None:
    """A business keeps an entry, as staff have agreed."""
    db.session.get_one(Supplier, supplier_id).business_id = business_id


def an_entry(owner: Person, name: str = "Gofal Bryn") -> tuple[int, int]:
    """A business that somebody owns, and its entry: their numbers."""
    business, entry = a_business(owner, name), a_supplier(name).id
    keeps(business, entry)
    return business, entry


def a_checklist(owner: Person, **answers: str) -> tuple[int, int]:
    """The same, with a list of rules."""
    business, entry = an_entry(owner)
    actions.keep(business, entry, {**ANSWERS, **answers}, by_id=owner.id)
    return business, entry


def kept(business: int, entry: int) -> Checklist | None:
    """The list as the database has it."""
    db.session.rollback()
    db.session.expire_all()
    return queries.checklist(business, entry)


def ticks(business: int, entry: int) -> dict[str, bool]:
    """Which rules are on the list, and whether each is ticked."""
    found = kept(business, entry)
    assert found is not None
    return {line.rule.key: line.done_on is not None for line in queries.lines(found)}
