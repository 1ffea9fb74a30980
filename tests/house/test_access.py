"""Who may open what: one table, endpoint by visitor."""

import pytest

from tests.house.every_page import address_of, as_nia, endpoints, filled
from tests.house.test_rights import answers

pytestmark = pytest.mark.pages

FOR_MACHINES = {
    "pages.entry": ("/", 200),
    "pages.sitemap": ("/sitemap.xml", 200),
    "pages.sitemap_part": ("/sitemap-pages.xml", 200),
    "pages.robots": ("/robots.txt", 200),
    "pages.security": ("/.well-known/security.txt", 200),
    "pages.health": ("/healthz", 200),
    "assets.show": ("/static/none.css", 404),
    "assets.favicon": ("/favicon.ico", 200),
    "public_pictures.file": ("/pictures/none/480.webp", 404),
    "open_referral.about_this": ("/api/open-referral/", 200),
    "open_referral.openapi": ("/api/open-referral/openapi.json", 200),
    "open_referral.services": ("/api/open-referral/services", 200),
    "open_referral.service": ("/api/open-referral/services/none", 404),
    "open_referral.service_at_locations": ("/api/open-referral/service_at_locations", 200),
    "open_referral.service_at_location": ("/api/open-referral/service_at_locations/none", 404),
    "open_referral.taxonomies": ("/api/open-referral/taxonomies", 200),
    "open_referral.one_taxonomy": ("/api/open-referral/taxonomies/none", 404),
    "open_referral.taxonomy_terms": ("/api/open-referral/taxonomy_terms", 200),
    "open_referral.taxonomy_term": ("/api/open-referral/taxonomy_terms/none", 404),
    "open_referral.nothing_here": ("/api/open-referral/none", 404),
}
"""Addresses without a language, and what they answer anybody."""
WITH_A_SIGNED_LINK = (
    "events.booked",
    "events.my_place",
    "events.change",
    "events.give_up",
    "freshness.answer",
    "freshness.closed",
    "reports.told",
)


def test_every_address_is_for_people_or_for_machines_and_those_answer_anybody(visitor):
    assert endpoints(visitor.site) | set(FOR_MACHINES) == {rule.endpoint for rule in visitor.site.url_map.iter_rules()}
    found = {name: (address, visitor.ask("GET", address).status_code) for name, (address, _) in FOR_MACHINES.items()}
    assert found == FOR_MACHINES


def test_pages_for_people_with_accounts_lead_others_to_sign_in_and_no_other_page_does(visitor, language):
    """``rights.txt`` says which pages those are; the Welsh of them is tested there."""
    signs_in = address_of(visitor.site, "accounts.sign_in", language)
    for page, values in filled().items():
        answer = visitor.ask("GET", address_of(visitor.site, page, language, **values))
        leads_there = answer.headers.get("Location", "").partition("?")[0] == signs_in
        assert (answer.status_code == 303 and leads_there) == (answers(page, "nobody") == 303), page
        assert answer.status_code == answers(page, "nobody"), page


def test_a_signed_link_that_somebody_made_up_opens_nothing(visitor, language):
    places = filled()
    found = {
        endpoint: visitor.ask(
            "GET", address_of(visitor.site, endpoint, language, **{**places[endpoint], "token": "WzFd.made-up"})
        ).status_code
        for endpoint in WITH_A_SIGNED_LINK
    }
    assert found == dict.fromkeys(WITH_A_SIGNED_LINK, 404)


@pytest.mark.parametrize("endpoint", ["prove", "sign_in_link", "confirm_email", "confirm_link"])
def test_a_link_of_an_account_that_somebody_made_up_opens_nothing(visitor, language, endpoint):
    filled()
    as_nia(visitor)
    address = address_of(visitor.site, f"accounts.{endpoint}", language, token="made-up")
    assert visitor.ask("GET", address).status_code == 410


def test_the_link_of_one_page_does_not_open_another(visitor, language):
    places = filled()
    booked, mine = places["events.booked"]["token"], places["events.my_place"]["token"]
    assert visitor.ask("GET", address_of(visitor.site, "events.my_place", language, token=booked)).status_code == 404
    swapped = {**places["events.booked"], "token": mine}
    assert visitor.ask("GET", address_of(visitor.site, "events.booked", language, **swapped)).status_code == 404
