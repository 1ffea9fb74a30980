"""Mair looks for somebody who can mend a tap."""

import pytest

from tests.browser.cases import NEAR
from tests.browser.machine import Town
from tests.journeys.conftest import Post, Somebody, words_of

pytestmark = pytest.mark.browser

PLUMBERS = {"cy": "blymwyr", "en": "plumber"}
"""In Welsh as it comes in a sentence, with its first letter changed."""


def test_mair_finds_a_plumber_near_her_and_writes_to_them(
    somebody: Somebody, post: Post, town: Town, language: str
) -> None:
    mair = somebody()
    mair.open(f"/{language}/")
    mair.fill(q=PLUMBERS[language]).press()
    found = mair.page.locator(".card").count()
    assert found > 0

    # Only those close to home.
    mair.page.locator("details.near > summary").click()
    mair.fill(near=NEAR.replace(" ", "").lower(), within="2").press()
    nearest = mair.page.locator(".card h3").all_inner_texts()
    assert 0 < len(nearest) < found
    assert NEAR in mair.main
    name = {"cy": "Siop y Dyffryn Gwyrdd", "en": "Siop y Dyffryn"}[language]
    mair.use(mair.page.get_by_role("link", name=name, exact=True))
    assert mair.heading == name
    assert "@" not in mair.main

    # She writes, reads it over, and sends it.
    mair.follow("Send a message")
    mair.fill(name="Mair Prys", email="mair@example.cymru", language=language, words="Mae’r tap yn diferu.").press()
    assert mair.heading == mair.words("Check your message")
    mair.press()
    assert mair.heading == mair.words("Your message is on its way")

    letter = post.last_to("ordinary@example.wales")
    assert letter["Reply-To"] == "mair@example.cymru"
    assert "Mae’r tap yn diferu." in words_of(letter)
