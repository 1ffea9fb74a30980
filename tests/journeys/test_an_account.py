"""Nia opens an account, comes back by every way there is, and nearly leaves."""

import json
import re
from pathlib import Path

import pytest

from tests.browser.machine import Town
from tests.journeys.conftest import Post, Somebody, words_of

pytestmark = pytest.mark.browser

PASSWORD = "pysgod melyn dan y lleuad 7"


def page_in(letter: object, language: str) -> str:
    """The first address in a letter that leads to one of our pages in a language."""
    found = re.search(rf"http://\S+/{language}/\S+", words_of(letter))  # type: ignore[arg-type]
    assert found is not None
    return found[0]


def test_nia_opens_an_account_comes_back_to_it_and_nearly_leaves(
    somebody: Somebody, post: Post, town: Town, language: str, tmp_path: Path
) -> None:
    other = {"cy": "en", "en": "cy"}[language]
    first, second = f"nia.{language}@example.cymru", f"nia.wyn.{language}@example.cymru"

    # She finds the account in the menu, has none yet, and opens one; she changes language half-way.
    nia = somebody()
    nia.open(town.address("pages.home", language))
    nia.follow("My account")
    assert nia.heading == nia.words("Sign in")
    nia.follow("Create an account")
    nia.follow("A resident or supporter")
    nia.fill(name="Nia", email=first, language_written=language, language_spoken="cy")
    nia.say_it_in(other)
    assert (nia.page_language, nia.values()["email"]) == (other, first)
    nia.say_it_in(language)
    nia.press()
    assert (nia.status, len(nia.errors), nia.focus()) == (422, 1, "error-summary")
    nia.fill(over_16=True)
    nia.press()
    assert nia.heading == nia.words("Check your email")
    assert first in nia.main

    # The letter is in her language; its link opens the account, once.
    letter = post.last_to(first)
    assert letter["Content-Language"] == language
    link = page_in(letter, language)
    nia.open(link)
    nia.press("Confirm my email address")
    assert nia.heading == nia.words("My account")
    assert nia.words("Welcome. Your email address is confirmed, and your account is open.") in nia.main
    nia.open(link)
    assert (nia.status, nia.heading) == (410, nia.words("This link does not work any more"))

    # She signs out, and back in with a link, which leads to the page that she wanted.
    nia.follow("My account")
    nia.press("Sign out")
    assert nia.heading == nia.words("You have signed out")
    nia.go_back()
    nia.page.reload()
    assert nia.heading == nia.words("Sign in")
    nia.open(town.address("events.my_places", language))
    assert nia.heading == nia.words("Sign in")
    nia.fill(email=first.upper())
    nia.press("Send me a link")
    assert nia.heading == nia.words("Check your email")
    nia.open(page_in(post.last_to(first), language))
    nia.press("Sign in")
    assert nia.heading == nia.words("My places")

    # She sets a password: the first is too easy.
    nia.open(town.address("accounts.account", language))
    nia.use(nia.page.locator(f'main a[href="{town.address("accounts.password", language)}"]'))
    nia.fill(password="niania niania")
    nia.press("Save the password")
    assert (nia.status, len(nia.errors), nia.values()["password"]) == (422, 1, "")
    nia.fill(password=PASSWORD)
    nia.press("Save the password")
    assert nia.words("Your password is set. You have been signed out in every other place.") in nia.main
    nia.press("Sign out")

    # She signs in with it on another machine.
    library = somebody()
    library.open(town.address("accounts.sign_in", language))
    library.follow("Sign in with a password")
    library.fill(email=first, password="something else entirely")
    library.press("Sign in")
    assert (library.status, len(library.errors)) == (422, 1)
    library.fill(password=PASSWORD)
    library.press("Sign in")
    assert library.heading == library.words("My account")

    # Her address changes when the new one is proved; the old one is told.
    library.use(library.page.locator(f'main a[href="{town.address("accounts.email", language)}"]'))
    library.fill(email=second)
    library.press("Send the link")
    assert second in library.main
    library.open(page_in(post.last_to(second), language))
    library.press("Confirm my email address")
    assert library.words("Your email address has been changed.") in library.main
    assert second in library.main
    assert len(post.to(first)) >= 4

    # She reads what is kept about her, and takes it away.
    library.follow("What we keep about you")
    assert second in library.main
    with library.page.expect_download() as download:
        library.page.get_by_role("link", name=library.words("Download it as a file"), exact=True).click()
    file = tmp_path / "data.json"
    download.value.save_as(file)
    assert json.loads(file.read_text(encoding="utf-8"))["account"][0]["email"] == second

    # She closes the account, thinks again, and stays.
    library.open(town.address("accounts.account", language))
    library.follow("Close your account")
    library.press("Close my account")
    assert library.heading == library.words("Your account is closing")
    library.follow("Sign in")
    library.fill(email=second)
    library.press("Send me a link")
    library.open(page_in(post.last_to(second), language))
    library.press("Sign in")
    library.press("Keep my account")
    assert library.words("Welcome back. Your account stays open.") in library.main
    assert library.page.get_by_role("button", name=library.words("Keep my account")).count() == 0
