"""Who may open what: one table, endpoint by visitor."""

import pytest

from tests.house.every_page import IN_AN_ACCOUNT, address_of, as_nia, endpoints, filled

pytestmark = pytest.mark.pages

FOR_MACHINES = {
    "pages.entry": "/",
    "pages.sitemap": "/sitemap.xml",
    "pages.sitemap_part": "/sitemap-pages.xml",
    "pages.robots": "/robots.txt",
    "pages.security": "/.well-known/security.txt",
    "pages.health": "/healthz",
    "assets.show": "/static/none.css",
    "assets.favicon": "/favicon.ico",
}
NOBODY_IN_PARTICULAR = {
    "accounts.account": 303,
    "accounts.check_email": 200,
    "accounts.check_email_for_link": 200,
    "accounts.close": 303,
    "accounts.closing": 200,
    "accounts.confirm": 303,
    "accounts.confirm_email": 200,
    "accounts.confirm_link": 303,
    "accounts.confirm_sent": 303,
    "accounts.details": 303,
    "accounts.email": 303,
    "accounts.email_sent": 303,
    "accounts.my_data": 303,
    "accounts.my_data_as_json": 303,
    "accounts.password": 303,
    "accounts.prove": 200,
    "accounts.register": 200,
    "accounts.sign_in": 200,
    "accounts.sign_in_link": 200,
    "accounts.sign_in_with_password": 200,
    "accounts.sign_ins": 303,
    "accounts.sign_out": 200,
    "accounts.signed_out": 200,
    "accounts.stay": 303,
    "assets.favicon": 200,
    "assets.show": 404,
    "directory.area": 301,
    "directory.as_csv": 200,
    "directory.as_json": 200,
    "directory.category": 301,
    "directory.index": 200,
    "directory.letter": 200,
    "directory.letters": 200,
    "directory.message": 301,
    "directory.message_sent": 200,
    "directory.show": 301,
    "events.book": 301,
    "events.booked": 301,
    "events.change": 200,
    "events.feed": 200,
    "events.give_up": 200,
    "events.index": 200,
    "events.my_place": 200,
    "events.my_places": 303,
    "events.past": 200,
    "events.show": 301,
    "events.show_calendar": 200,
    "pages.about": 200,
    "pages.accessibility": 200,
    "pages.contact": 200,
    "pages.contact_sent": 200,
    "pages.cookies": 200,
    "pages.entry": 200,
    "pages.health": 200,
    "pages.home": 200,
    "pages.how_we_work": 200,
    "pages.privacy": 200,
    "pages.robots": 200,
    "pages.security": 200,
    "pages.sitemap": 200,
    "pages.sitemap_part": 200,
    "pages.terms": 200,
    "pages.welsh_language": 200,
}
"""What a page answers somebody who is not known, asked by number alone where it has one (301: to its
words; 303: to where they can sign in)."""
WITH_A_SIGNED_LINK = ("events.booked", "events.my_place", "events.change", "events.give_up")


@pytest.mark.either_database
def test_the_table_has_every_page(site):
    assert {rule.endpoint for rule in site.url_map.iter_rules()} == set(NOBODY_IN_PARTICULAR)
    assert endpoints(site) | set(FOR_MACHINES) == set(NOBODY_IN_PARTICULAR)


def test_somebody_who_is_not_known_may_open_what_the_table_says(visitor, language):
    found = {endpoint: visitor.ask("GET", address).status_code for endpoint, address in FOR_MACHINES.items()}
    for endpoint, values in filled().items():
        found[endpoint] = visitor.ask("GET", address_of(visitor.site, endpoint, language, **values)).status_code
    assert found == NOBODY_IN_PARTICULAR


@pytest.mark.either_database
def test_pages_for_people_with_accounts_are_those_that_lead_others_to_sign_in(visitor, language):
    assert {endpoint for endpoint, status in NOBODY_IN_PARTICULAR.items() if status == 303} == IN_AN_ACCOUNT
    places = filled()
    found = {
        endpoint: visitor.ask("GET", address_of(visitor.site, endpoint, language, **places[endpoint])).headers[
            "Location"
        ]
        for endpoint in sorted(IN_AN_ACCOUNT)
    }
    signs_in = address_of(visitor.site, "accounts.sign_in", language)
    assert [one for one in found.values() if one.partition("?")[0] != signs_in] == []


def test_somebody_who_is_signed_in_may_open_those_pages(visitor, language):
    places = filled()
    as_nia(visitor, language)
    found = {
        endpoint: visitor.ask("GET", address_of(visitor.site, endpoint, language, **places[endpoint])).status_code
        for endpoint in IN_AN_ACCOUNT
    }
    assert found == dict.fromkeys(IN_AN_ACCOUNT, 200)


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
