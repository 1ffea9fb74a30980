"""Who may open what: one table, endpoint by visitor."""

import pytest

from tests.house.every_page import address_of, endpoints, filled

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
"""What a page answers somebody who is not known, asked by number alone where it has one (301: to its words)."""
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


def test_a_signed_link_that_somebody_made_up_opens_nothing(visitor, language):
    places = filled()
    found = {
        endpoint: visitor.ask(
            "GET", address_of(visitor.site, endpoint, language, **{**places[endpoint], "token": "WzFd.made-up"})
        ).status_code
        for endpoint in WITH_A_SIGNED_LINK
    }
    assert found == dict.fromkeys(WITH_A_SIGNED_LINK, 404)


def test_the_link_of_one_page_does_not_open_another(visitor, language):
    places = filled()
    booked, mine = places["events.booked"]["token"], places["events.my_place"]["token"]
    assert visitor.ask("GET", address_of(visitor.site, "events.my_place", language, token=booked)).status_code == 404
    swapped = {**places["events.booked"], "token": mine}
    assert visitor.ask("GET", address_of(visitor.site, "events.booked", language, **swapped)).status_code == 404
