"""Mali sets up a second step, signs in with it, loses her telephone, gets in with a code on paper, and gives it up."""

import re

import pyotp
import pytest

from c4s.accounts import codes
from c4s.core.clock import now
from tests.browser.machine import Town
from tests.browser.reader import Reader
from tests.journeys.conftest import Post, Somebody
from tests.journeys.test_an_account import page_in

pytestmark = pytest.mark.browser

KEY = re.compile(r"\b(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}\b")
ON_PAPER = re.compile(rf"\b(?:[{codes.CHARACTERS}]{{4}}-){{5}}[{codes.CHARACTERS}]{{4}}\b")


def shown_by_the_app(key: str, late: int = 0) -> str:
    """The code of an app; the next one when the last has been used, for each works once."""
    return pyotp.TOTP(key).at(now(), counter_offset=late)


def asks_for_a_link(reader: Reader, post: Post, town: Town, address: str, language: str) -> None:
    reader.open(town.address("accounts.details", language))
    reader.fill(email=address)
    reader.press("Send me a link")
    reader.open(page_in(post.last_to(address), language))
    reader.press("Sign in")
    assert reader.heading == reader.words("Enter the code from your app")


def test_mali_sets_up_a_second_step_and_loses_her_telephone(
    somebody: Somebody, post: Post, town: Town, language: str
) -> None:
    address = f"mali.ail.{language}@example.cymru"
    mali = somebody()
    mali.open(town.address("accounts.register_resident", language))
    mali.fill(name="Mali", email=address, language_written=language, language_spoken="cy", over_16=True)
    mali.press()
    mali.open(page_in(post.last_to(address), language))
    mali.press("Confirm my email address")

    # She sets it up: the picture is there, and the key to type; a first code that is wrong turns nothing on.
    mali.use(mali.page.locator(f'main a[href="{town.address("second_step.index", language)}"]'))
    assert mali.words("Your second step is off.") in mali.main
    mali.follow("Set up the second step")
    picture = mali.page.locator("main img")
    assert mali.look("document.querySelector('main img').naturalWidth") > 100
    assert picture.get_attribute("alt")
    found = KEY.search(mali.main)
    assert found is not None
    key = found[0].replace(" ", "")
    mali.fill(code="12345")
    mali.press("Turn on the second step")
    assert (mali.status, len(mali.errors), mali.focus()) == (422, 1, "error-summary")
    mali.fill(code=shown_by_the_app(key, -1))
    mali.press("Turn on the second step")
    assert mali.heading == mali.words("Your recovery codes")
    on_paper = ON_PAPER.findall(mali.main)
    assert len(on_paper) == 10
    mali.press("I have written them down")
    assert mali.words("Turned on") in mali.main

    # On another machine, the link alone is not enough; the code of the app is, and she is where she was going.
    library = somebody()
    asks_for_a_link(library, post, town, address, language)
    library.open(town.address("accounts.account", language))
    assert library.heading == library.words("Enter the code from your app")
    library.open(town.address("accounts.details", language))
    library.fill(code=shown_by_the_app(key))
    library.press("Sign in")
    assert library.heading == library.words("Your name and languages")

    # Without her telephone, a code on paper lets her in, once; a letter tells her so.
    for code, heading in ((on_paper[0], "Your name and languages"), (on_paper[0], "Enter the code from your app")):
        without = somebody()
        asks_for_a_link(without, post, town, address, language)
        without.fill(recovery_code=code.lower())
        without.press("Sign in with a recovery code")
        assert without.heading == without.words(heading)
    assert without.status == 422
    told = [one["Subject"] for one in post.to(address)]
    assert without.words("One of your recovery codes was used") in told

    # Where she is signed in, she turns it off with a code.
    library.open(town.address("second_step.turn_off", language))
    library.fill(code=shown_by_the_app(key, 1))
    library.press("Turn off the second step")
    assert library.words("Your second step is off.") in library.main
