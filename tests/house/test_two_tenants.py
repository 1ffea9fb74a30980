"""Whoever speaks for one business finds nothing of another, however they put the numbers of the two together."""

from typing import Any

import pytest
from flask import Flask

from c4s.accounts import queries as people
from c4s.i18n.addresses import LANGUAGE
from tests.accounts.builders import a_person, enter
from tests.house.every_page import NIA, address_of, filled
from tests.house.test_rights import everything
from tests.takedowns.builders import kept
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

FOR_ANY_BUSINESS = {"claims.claim"}
"""Pages about an entry that nobody keeps yet: every business may claim it."""
SHARED = {LANGUAGE, "business_id", "supplier_id", "kind", "width", "format", "other_id"}
"""Parts of addresses that are not the key of anything of one business, or are tried by themselves. Joint work is with
any entry that readers see."""


def of_businesses(site: Flask) -> dict[str, set[str]]:
    """Every page about one business, with the names of what is in its address."""
    return {rule.endpoint: set(rule.arguments) for rule in site.url_map.iter_rules() if "business_id" in rule.arguments}


def mixed(site: Flask, places: dict[str, dict[str, Any]], business: int, entry: int) -> dict[str, list[dict[str, Any]]]:
    """For each page, every way to ask for something of one business that another could try.

    Args:
        places: the values of the one, for every page.
        business, entry: the numbers of the other.
    """
    found = {}
    for page, parts in of_businesses(site).items():
        theirs = places[page]
        found[page] = [theirs]
        if parts - {LANGUAGE, "business_id", "kind"} and page not in FOR_ANY_BUSINESS:
            found[page].append({**theirs, "business_id": business})
        if parts - SHARED and "supplier_id" in parts:
            found[page].append({**theirs, "business_id": business, "supplier_id": entry})
            found[page].append({**theirs, "supplier_id": entry})
    return found


def test_nothing_of_one_business_is_opened_or_changed_by_those_of_another(site):
    everywhere = filled()
    places = {page: everywhere[page] for page in of_businesses(site)}
    huw = a_person("huw", name="Huw")
    business, entry = kept(huw, "Siop Huw Arall")
    visitor = enter(Visitor(site), huw)
    token = visitor.open(address_of(site, "businesses.details", "cy", business_id=business)).values()["csrf_token"]
    sent = {"csrf_token": token, "words": "x", "name": "x", "summary_cy": "x", "_act": "save"}
    before, answers = everything(), {}
    for page, ways in mixed(site, places, business, entry).items():
        for values in ways:
            for language in ("cy", "en"):
                address = address_of(site, page, language, **values)
                for method, more in (("GET", {}), ("POST", {"data": sent})):
                    status = visitor.ask(method, address, **more).status_code
                    # A page without a form takes no post at all, whoever sends one.
                    if status != 404 and not (method == "POST" and status == 405):
                        answers[method, address] = status
    assert answers == {}
    assert everything() == before


def test_the_pages_of_ones_own_business_are_there(site):
    """The same pages, each with the numbers of one business alone, open for its owner: so the numbers are right."""
    places = filled()
    person = people.person_by_email(NIA)
    assert person is not None
    nia = enter(Visitor(site), person)
    closed = {}
    for page in of_businesses(site):
        status = nia.ask("GET", address_of(site, page, "cy", **places[page])).status_code
        if status not in (200, 302, 303):
            closed[page] = status
    assert closed == {}
