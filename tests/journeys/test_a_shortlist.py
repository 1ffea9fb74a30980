"""Mair looks for two bakers for her mother, and takes them home on paper."""

import pytest

from tests.browser.machine import Town
from tests.journeys.conftest import Somebody

pytestmark = pytest.mark.browser

NETWORK = {"cy": "Rhwydwaith y Cwm", "en": "Valley Network"}
FOUND = ["Pobyddion y Cwm", "Gwasg y Gloch"]


def test_mair_finds_two_suppliers_by_a_filter_and_prints_and_compares_them(
    somebody: Somebody, town: Town, language: str
) -> None:
    mair = somebody()
    mair.open(town.address("directory.index", language))
    mair.page.locator("details.filter > summary", has_text=mair.words("Network")).click()
    mair.use(mair.page.locator("details.filter[open] a", has_text=NETWORK[language]))
    narrowed = mair.path
    assert mair.page.locator(".chosen").inner_text().endswith(NETWORK[language])

    # She puts two of them on a list, without an account.
    assert mair.context.cookies() == []
    for name in FOUND:
        mair.open(narrowed)
        mair.use(mair.page.get_by_role("link", name=name, exact=True))
        mair.follow("Add to your shortlist")
        mair.press()
    assert mair.heading == mair.words("Your shortlist")
    assert mair.page.locator(".panel h2").all_inner_texts() == FOUND
    shared = mair.path

    # On paper, for her mother, who reads the other language better.
    mair.follow("Print as a leaflet")
    mair.use(mair.page.locator("a.switch"))
    assert all(name in mair.main for name in FOUND)
    assert mair.words("Listed does not mean recommended.") in mair.main
    mair.use(mair.page.locator("a.switch"))

    # Side by side.
    mair.open(shared)
    mair.follow("Compare in a table")
    assert mair.page.locator("thead th").all_inner_texts()[1:] == FOUND

    # Her sister opens the address that Mair sends her; nothing is kept in her browser.
    sister = somebody()
    sister.open(shared)
    assert sister.page.locator(".panel h2").all_inner_texts() == FOUND
    assert sister.context.cookies() == []

    # One is enough, in the end.
    mair.open(shared)
    mair.page.locator("button[name=remove]").last.click()
    assert mair.page.locator(".panel h2").all_inner_texts() == FOUND[:1]
