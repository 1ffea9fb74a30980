"""Nia says that she is insured, shows it and signs the code; readers see each apart; the insurance leaves by itself."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.i18n.formats import UK, uk
from c4s.quality import actions
from c4s.quality.models import QualityFact
from c4s.web.rights import Who
from tests.accounts.builders import a_person, a_sign_in
from tests.browser.machine import Town
from tests.journeys.conftest import Post, Somebody, words_of
from tests.journeys.test_a_profile import signed_in
from tests.journeys.test_without_email import at_the_desk
from tests.quality.builders import an_entry

pytestmark = pytest.mark.browser

NOON = 12


@unit_of_work
def _said_long_ago(entry: int, days_left: int) -> None:
    """What an entry says was said six weeks ago, and ends in so many days."""
    ends_on = uk(now()).date() + timedelta(days=days_left)
    facts = update(QualityFact).where(QualityFact.supplier_id == entry)
    db.session.execute(facts.values(ends_on=ends_on, expires_on=ends_on, since=now() - timedelta(weeks=6)))


def later(town: Town, entry: int, days_left: int) -> None:
    """The days go by, and the worker does its rounds, at noon."""
    with town.site.app_context():
        _said_long_ago(entry, days_left)
        actions.end_past()
        actions.remind_due(uk(now()).replace(hour=NOON, tzinfo=UK))
        db.session.remove()


def test_nia_says_and_shows_that_she_is_insured_signs_the_code_and_the_insurance_leaves_on_its_day(
    somebody: Somebody, post: Post, town: Town, language: str
) -> None:
    address, name = f"nia.ansawdd.{language}@example.cymru", f"Gofal y Daith {language}"
    with town.site.app_context():
        person = a_person(f"nia.ansawdd.{language}", language_written=language)
        token = a_sign_in(person)
        business, entry = an_entry(person, name)
        db.session.remove()
    day = (uk(now()) + timedelta(days=60)).date()

    # She says when her insurance ends, mends a day that there is not, and offers to show the paper.
    nia = somebody()
    signed_in(nia, town, token)
    nia.open(town.address("passport.facts", language, business_id=business, supplier_id=entry))
    nia.use(nia.page.locator('main a[href$="public_liability"]'))
    nia.fill(expires_on="31/2/2027", is_offered=True)
    nia.press()
    assert (nia.status, len(nia.errors), nia.values()["expires_on"]) == (422, 1, "31/2/2027")
    nia.fill(expires_on=day.strftime("%d/%m/%Y"))
    nia.press()
    assert nia.words("Saved. Readers can see it now.") in nia.main

    # She reads the code and signs it.
    nia.open(town.address("passport.sign", language, business_id=business, supplier_id=entry))
    nia.fill(is_agreed=True)
    nia.press()
    assert nia.words("You have signed the code of conduct.") in nia.main

    # Somebody reads her entry: what is said and what is signed stand apart, and nothing is shown yet.
    reader = somebody()
    reader.open(town.address("directory.show", language, supplier_id=str(entry)))
    assert [reader.words(part) in reader.main for part in ("What they say", "What they have signed")] == [True, True]
    assert reader.words("What they have shown us") not in reader.main

    # Mair finds it on her desk, sees the paper, and writes down its last day.
    mair = somebody()
    at_the_desk(mair, town, f"mair.ansawdd.{language}", Who.MODERATOR)
    mair.open(town.address("backoffice.desk", language))
    mair.follow("Evidence that businesses offer to show")
    mair.use(mair.page.locator("main a", has_text=name))
    mair.use(mair.page.locator('main a[href$="public_liability"]'))
    mair.press()
    assert mair.words("Recorded. The business has been told.") in mair.main
    assert mair.words("We have seen your evidence") in post.last_to(address)["Subject"]
    reader.page.reload()
    assert reader.words("What they have shown us") in reader.main

    # Weeks go by: she is reminded once, by the worker, of what ends in a week.
    later(town, entry, 7)
    reminder = post.last_to(address)
    assert nia.words("Your entry in the directory: something ends soon") in reminder["Subject"]
    assert nia.words("Public liability insurance") in words_of(reminder)
    letters = len(post.to(address))
    later(town, entry, 7)
    assert len(post.to(address)) == letters

    # Its last day passes: the insurance is gone from the page, and the entry and the signature stay.
    later(town, entry, -1)
    reader.page.reload()
    assert (reader.heading, reader.words("Public liability insurance") in reader.main) == (name, False)
    assert reader.words("What they have signed") in reader.main
    nia.open(town.address("passport.facts", language, business_id=business, supplier_id=entry))
    assert nia.words("Ended on") in nia.main
