"""Businesses with an entry that say, show and sign; nothing is random."""

from datetime import date, timedelta
from typing import Any

from c4s.accounts.models import Person
from c4s.audit import trail
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory import queries as directory
from c4s.directory import showing
from c4s.directory.filing import KIND
from c4s.directory.models import Supplier
from c4s.i18n import formats
from c4s.i18n.bilingual import Bilingual
from c4s.quality import actions, queries
from c4s.quality.passport import Passport, load, read
from c4s.quality.rules import DbsLevel, FactKind, FactStanding, Given
from c4s.search import queries as searching
from tests.accounts.builders import letters_to
from tests.builders import a_supplier
from tests.businesses.builders import a_business

DAY = timedelta(days=1)
INSURANCE, DBS, TRAINING = FactKind.PUBLIC_LIABILITY, FactKind.DBS, FactKind.SAFEGUARDING_TRAINING
SAYS, SHOWN = FactStanding.SAYS, FactStanding.SHOWN
A_CHECK = Given(DbsLevel.ENHANCED, issued_on=date(2026, 3, 2))
WHY = Bilingual("Daeth y polisi i ben.", "The policy has ended.")
WORDS = Bilingual("## Dweud y gwir\nRydyn ni’n dweud y gwir.", "## Tell the truth\nWe tell the truth.")
CHANGES = Bilingual("Pwynt newydd.", "A new point.")


def today() -> date:
    """The day in Wales, on the stopped clock."""
    return formats.uk(now()).date()


def until(days: int) -> Given:
    """Insurance that lasts so many days more."""
    return Given(expires_on=today() + days * DAY)


@unit_of_work
def keeps(business_id: int, supplier_id: int) -> None:
    """A business keeps an entry, as staff have agreed."""
    db.session.get_one(Supplier, supplier_id).business_id = business_id
    showing.renew([supplier_id])


def an_entry(owner: Person, name: str = "Becws y Bont", **facts: Any) -> tuple[int, int]:
    """A business that somebody owns, and its entry: their numbers."""
    business, entry = a_business(owner, name), a_supplier(name, **facts).id
    keeps(business, entry)
    return business, entry


def a_code() -> None:
    """The first version of the code, as every site has it."""
    actions.load_first_code()


def the_next_code(administrator: Person) -> None:
    """The next version is written and published."""
    actions.write_code(WORDS, CHANGES, by_id=administrator.id)
    draft = queries.draft()
    assert draft is not None
    actions.publish_code(draft.turn, by_id=administrator.id)
    db.session.rollback()


def supplier(entry: int) -> Supplier:
    """An entry as the database has it."""
    db.session.rollback()
    db.session.expire_all()
    found = directory.supplier(entry)
    assert found is not None
    return found


def passport(entry: int) -> Passport | None:
    """What readers see of an entry today, from what is kept of it."""
    return read(supplier(entry).shown.get("quality", ()), today())


def loaded(entry: int) -> Passport | None:
    """What would be kept if it were put together at this moment."""
    return read(load([entry])[entry], today())


def found_by(facet: str) -> list[int]:
    """The entries that a filter of the directory finds."""
    groups = (("passport", (showing.filed_as(facet),)),)
    question = searching.Question(KIND, groups=groups, language="en", page=1, size=20)
    return [hit.record_id for hit in searching.find(question).hits]


def story_of(kind: str, number: int) -> list[str]:
    """What the trail says was done about quality and the code."""
    db.session.rollback()
    wanted = ("quality.", "code.")
    return [one.action for one in trail.history_of(kind, number) if one.action.startswith(wanted)]


def names_of_letters(address: str) -> list[str]:
    """The letters about quality that somebody was sent."""
    return [one.letter.removeprefix("quality/") for one in letters_to(address) if one.letter.startswith("quality/")]
