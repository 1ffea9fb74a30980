"""Nia registers as a business, adds it, invites Huw, and hands it over to him."""

import re

import pytest

from tests.browser.machine import Town
from tests.browser.reader import Reader
from tests.journeys.conftest import Post, Somebody, words_of

pytestmark = pytest.mark.browser


def page_in(letter: object, language: str, part: str = "") -> str:
    """The first address in a letter that leads to one of our pages in a language."""
    found = re.search(rf"http://\S+/{language}/{part}\S+", words_of(letter))  # type: ignore[arg-type]
    assert found is not None
    return found[0]


def registers(person: Reader, town: Town, post: Post, name: str, address: str, lane: str, language: str) -> None:
    """Somebody opens an account in a lane, from the page that asks which."""
    person.open(town.address("accounts.register", language))
    person.use(person.page.locator(f'main a[href="{town.address(lane, language)}"]'))
    person.fill(name=name, email=address, language_written=language, language_spoken="cy", over_16=True)
    person.press()
    person.open(page_in(post.last_to(address), language))
    person.press("Confirm my email address")


def test_nia_registers_as_a_business_adds_it_invites_huw_and_hands_it_over(
    somebody: Somebody, post: Post, town: Town, language: str
) -> None:
    owner, helper = f"nia.busnes.{language}@example.cymru", f"huw.busnes.{language}@example.cymru"
    business = f"Becws y Daith {language}"

    # She registers as a business; once her address is proved she is asked what the business is.
    nia = somebody()
    registers(nia, town, post, "Nia", owner, "accounts.register_business", language)
    assert nia.heading == nia.words("Add a business")
    nia.fill(business_name=business, company_number="12")
    nia.press()
    assert (nia.status, len(nia.errors), nia.focus()) == (422, 2, "error-summary")
    nia.fill(kind="social_enterprise", company_number="")
    nia.press()
    assert nia.heading == business
    assert nia.words("Your business has been added. You are its owner.") in nia.main

    # She invites Huw, who has no account yet: the letter is in both languages.
    nia.follow("Invite somebody")
    nia.fill(their_email=helper, role="editor")
    nia.press()
    assert helper in nia.main
    letter = post.last_to(helper)
    invitation = page_in(letter, language)
    assert page_in(letter, {"cy": "en", "en": "cy"}[language])

    # Huw opens an account with that address, comes back by the link, and accepts.
    huw = somebody()
    huw.open(invitation)
    assert huw.heading == huw.words("Sign in")
    registers(huw, town, post, "Huw", helper, "accounts.register_resident", language)
    huw.open(invitation)
    assert business in huw.main
    huw.press("Accept the invitation")
    assert huw.heading == business
    huw.open(invitation)
    assert (huw.status, huw.heading) == (410, huw.words("This invitation does not work"))

    # She is told, hands the business over, and is an editor; the page that Huw has open gives him the rest.
    assert "Huw" in words_of(post.last_to(owner))
    nia.page.reload()
    nia.follow("Hand the business over")
    nia.page.locator("main label", has_text="Huw").click()
    nia.press("Hand the business over")
    assert nia.words("The business has a new owner. You are an editor now.") in nia.main
    assert nia.page.get_by_role("link", name=nia.words("Invite somebody"), exact=True).count() == 0
    huw.open(town.address("businesses.index", language))
    huw.follow(business)
    huw.follow("Invite somebody")
    assert huw.heading == huw.words("Invite somebody")
