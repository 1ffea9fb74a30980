"""Nobody has said for nine months that an entry is right: Nia answers by the link of her letter, Elin by a code."""

import re
from datetime import date

import pytest

from c4s.accounts.models import Person
from c4s.businesses.models import Business
from c4s.businesses.steps import let_in
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory.models import Supplier
from c4s.freshness import actions, queries
from c4s.freshness.rules import FIRST_AFTER, months_after
from c4s.i18n.formats import plain_date
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, entered
from tests.browser.machine import Town
from tests.businesses.builders import OWNER
from tests.freshness.builders import a_kept_entry
from tests.journeys.conftest import Post, Somebody
from tests.journeys.test_an_account import page_in
from tests.journeys.test_without_email import last_letter

pytestmark = pytest.mark.browser


@unit_of_work
def owns_too(business_id: int, person_id: int) -> None:
    let_in(db.session.get_one(Business, business_id), db.session.get_one(Person, person_id), OWNER)


def asked_about(town: Town, language: str, number: int) -> tuple[int, str, str]:
    """An entry that was confirmed nine months ago to the day, after the worker’s night: its number, the address of the
    one of its people who has e-mail, and the name of the one who has none."""
    address, elin = f"nia.gywir{number}.{language}@example.cymru", f"Elin Gywir {number} {language.upper()}"
    with town.site.app_context():
        helper = a_member_of_staff(f"helper.gywir{number}.{language}", Who.HELPER)
        nia = a_person(address.partition("@")[0], name="Nia", language_written=language)
        on_paper = entered(f"elin.gywir{number}.{language}", by=helper, name=elin, language_written=language)
        day = months_after(queries.today(), -FIRST_AFTER)
        entry = a_kept_entry(nia, f"Siop y Cof {number} {language}", confirmed_on=day, made_on=date(2024, 1, 1))
        owns_too(entry.business_id or 0, on_paper.id)
        actions.send_due()
        entry_id = entry.id
        db.session.remove()
    return entry_id, address, elin


def confirmed_today(town: Town, entry_id: int) -> bool:
    with town.site.app_context():
        found = db.session.get_one(Supplier, entry_id).confirmed_on == queries.today()
        db.session.remove()
    return found


def test_nia_answers_by_the_link_of_her_letter(somebody: Somebody, post: Post, town: Town, language: str) -> None:
    entry_id, address, _ = asked_about(town, language, 1)
    letter = post.last_to(address)

    # She looks at what readers see, comes back, and says that it is right: she need not sign in.
    nia = somebody()
    nia.open(page_in(letter, language))
    assert nia.heading == nia.words("Is your entry still right?")
    nia.follow("See the entry as readers see it")
    assert "Siop y Cof 1" in nia.heading
    nia.go_back()
    assert not confirmed_today(town, entry_id)
    nia.press("Yes, all of it is still right")
    assert nia.heading == nia.words("Thank you for your answer")
    assert confirmed_today(town, entry_id)

    # Readers see the day; the link says thanks however often it is opened.
    reader = somebody()
    reader.open(town.address("directory.show", language, supplier_id=str(entry_id)))
    with town.site.app_context():
        assert plain_date(queries.today(), language) in reader.main
    nia.open(page_in(letter, language))
    assert nia.heading == nia.words("Thank you for your answer")


def test_elin_answers_by_the_code_of_her_letter(somebody: Somebody, town: Town, language: str) -> None:
    entry_id, _, name = asked_about(town, language, 2)
    _, words = last_letter(town, name)
    code = re.findall(r"Cod?e?: ([A-Z0-9-]+)", words)[0]

    # The letter names the page; a slip of the pen is said beside the box.
    elin = somebody()
    elin.open(town.address("freshness.code", language))
    elin.fill(code=f"{code[:-1]}{'K' if code[-1] != 'K' else 'Q'}")
    elin.press()
    assert (elin.status, len(elin.errors), elin.focus()) == (422, 1, "error-summary")
    elin.fill(code=code.lower().replace("-", " "))
    elin.press()
    assert elin.heading == elin.words("Is your entry still right?")

    # The business has closed: she is asked once more, and thinks again.
    elin.follow("The business has closed for good")
    assert elin.heading == elin.words("Has the business closed for good?")
    elin.follow("No, go back")
    elin.press("Yes, all of it is still right")
    assert elin.heading == elin.words("Thank you for your answer")
    assert confirmed_today(town, entry_id)
