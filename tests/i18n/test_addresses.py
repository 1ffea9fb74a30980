"""Two addresses for every page, and the way from the one to the other."""

import pytest
from flask import Flask, g

from c4s.i18n import addresses
from c4s.i18n.addresses import BilingualBlueprint
from tests.visitor import Page, parts_of

pytestmark = pytest.mark.either_database

FOREIGN = [
    "//evil.example",
    "//evil.example/cy/cyfeiriadur",
    "///evil.example",
    "/\\evil.example",
    "/%5Cevil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "/%01//evil.example",
    "/ //evil.example",
    "/%20//evil.example",
    "/https:evil.example",
    "/http:///evil.example",
    "/javascript:alert(1)",
    "/en//evil.example",
    "/en///evil.example/cyfeiriadur",
    "/en/%09//evil.example/cyfeiriadur",
    "/en/%2F%2Fevil.example",
    "/cy/directory%0d%0aLocation:%20//evil.example",
    "/cy/directory/../../evil.example",
    "/cy//evil.example/directory",
]
"""Attack strings of the house's security requirements, and their like."""


def test_forgetting_who_may_enter_stops_the_site_from_starting():
    with pytest.raises(TypeError, match="access"):
        BilingualBlueprint("a", __name__).page(cy="/a", en="/b")


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("/cy/", "/en/"),
        ("/cy/amdanom-ni?q=t%C5%B7%27r+coed&page=2", "/en/about?q=t%C5%B7%27r+coed&page=2"),
        ("/cy/amdanom-ni?q=1&q=2&x=3", "/en/about?q=1&q=2&x=3"),
        ("/cy/amdanom-ni?language=cy", "/en/about?language=cy"),
        ("/cy/amdanom-ni?q=", "/en/about?q="),
        ("/cy/amdanom-ni?q=%2F%2Fevil.example%3Fa%26b", "/en/about?q=%2F%2Fevil.example%3Fa%26b"),
        ("/cy/cyfeiriadur?q=bara&language=cy&sort=name", "/en/directory?q=bara&language=cy&sort=name"),
    ],
)
def test_the_switch_keeps_what_the_address_asks_and_comes_back(visitor, address, other):
    page = visitor.open(address)
    assert (parts_of(page.switch), page.language) == (parts_of(other), "cy")
    assert (parts_of(visitor.switch_language().switch), visitor.page.language) == (parts_of(address), "en")


@pytest.mark.parametrize(
    "asked",
    [
        "endpoint=pages.home",
        "_external=1",
        "_scheme=javascript",
        "_anchor=main",
        "_method=POST",
        "page_language=en",
        "self=1",
        ".self=1",
        ".kwargs=1",
        "filename=x",
        "%5B%5D=1",
        "=",
        "&&",
        "%FF=%FE",
        "q=%00",
    ],
)
def test_nothing_an_address_asks_steers_the_addresses_of_the_page(visitor, asked):
    answer = visitor.ask("GET", f"/cy/amdanom-ni?{asked}")
    page = Page(answer, "/cy/amdanom-ni")
    assert (answer.status_code, page.switch.split("?")[0]) == (200, "/en/about")
    canonical = str(page.soup.select_one("link[rel=canonical]")["href"])
    assert canonical.split("?")[0] == "http://127.0.0.1:5000/cy/amdanom-ni"


def test_the_page_tells_search_engines_of_both_addresses(visitor):
    page = visitor.open("/en/directory?q=bread")
    found = {
        str(link.get("hreflang", link["rel"][0])): str(link["href"])
        for link in page.soup.select("link[rel=canonical], link[rel=alternate]")
    }
    assert found == {
        "canonical": "http://127.0.0.1:5000/en/directory?q=bread",
        "cy": "http://127.0.0.1:5000/cy/cyfeiriadur?q=bread",
        "en": "http://127.0.0.1:5000/en/directory?q=bread",
        "x-default": "http://127.0.0.1:5000/cy/cyfeiriadur?q=bread",
    }


@pytest.mark.parametrize(
    ("mixed", "right"),
    [
        ("/en/cyfeiriadur", "/en/directory"),
        ("/cy/directory", "/cy/cyfeiriadur"),
        ("/cy/about", "/cy/amdanom-ni"),
        ("/en/cyfeiriadur?q=t%C5%B7&page=2", "/en/directory?q=t%C5%B7&page=2"),
        ("/cy/events/3-gwyl", "/cy/digwyddiadau/3-gwyl"),
    ],
)
def test_an_address_that_mixes_languages_leads_to_the_right_one(visitor, mixed, right):
    answer = visitor.ask("GET", mixed)
    assert (answer.status_code, answer.headers["Location"]) == (308, right)


@pytest.mark.parametrize("address", FOREIGN)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_no_address_leads_to_another_site(visitor, method, address):
    answer = visitor.ask(method, "/", environ_overrides={"PATH_INFO": address, "REQUEST_URI": address})
    where = answer.headers.get("Location", "/")
    assert answer.status_code in (301, 308, 400, 404)
    assert where.startswith("http://localhost/") or (where[:1] == "/" and where[1:2] not in ("/", "\\"))


@pytest.mark.parametrize("asked", ["q=//evil.example", "next=//evil.example", "_external=1&_scheme=https"])
def test_the_address_asked_for_is_rebuilt_and_not_echoed(visitor, asked):
    answer = visitor.ask("GET", f"/en/cyfeiriadur?{asked}")
    assert answer.headers["Location"].split("?")[0] == "/en/directory"


def test_a_post_to_a_mixed_address_is_not_sent_on(visitor):
    assert visitor.ask("POST", "/en/cysylltu").status_code == 404


@pytest.mark.parametrize(
    "address", ["/cy/nid-yw-yma", "/cy/cyfeiriadur/a-i-y/1/2", "/en/not-here", "/en/events/7/nothing"]
)
def test_a_page_that_is_not_there_says_so_in_the_language_of_the_address(visitor, address):
    page = visitor.open(address, 404)
    other = {"cy": "/en/", "en": "/cy/"}[address[1:3]]
    assert (page.language, page.switch) == (address[1:3], other)


def test_a_page_that_is_not_there_in_no_language_speaks_welsh_and_offers_english(visitor):
    page = visitor.open("/nothing-here", 404)
    assert (page.language, page.switch) == ("cy", "/en/")


@pytest.mark.parametrize("address", ["/cy", "/en", "/cy/cyfeiriadur/", "/en/directory/"])
def test_a_slash_too_many_or_too_few_is_no_matter(visitor, address):
    assert visitor.open(address).status == 200


def test_a_letter_gets_full_addresses_in_a_named_language_without_a_request(site):
    assert [
        addresses.link("pages.home", "cy"),
        addresses.link("events.show", "cy", event_id="3-gwyl"),
        addresses.link("events.show", "en", event_id="3-festival"),
        addresses.link("events.index", "en", q="tŷ"),
    ] == [
        "http://127.0.0.1:5000/cy/",
        "http://127.0.0.1:5000/cy/digwyddiadau/3-gwyl",
        "http://127.0.0.1:5000/en/events/3-festival",
        "http://127.0.0.1:5000/en/events?q=t%C5%B7",
    ]


def test_a_letter_never_takes_its_addresses_from_the_request(site, monkeypatch):
    monkeypatch.setitem(site.config, "SITE_ADDRESS", "https://connect4success.example.wales/")
    with site.test_request_context("/en/", headers={"Host": "evil.example"}):
        g.language = "en"
        assert addresses.link("pages.contact", "cy") == "https://connect4success.example.wales/cy/cysylltu"


def test_an_address_keeps_the_language_of_the_page_unless_another_is_named():
    site = Flask(__name__)
    addresses.install(site)
    blueprint = BilingualBlueprint("pages", __name__)
    seen = []

    @blueprint.page(cy="/bara/<int:number>", en="/bread/<int:number>", access=lambda: True)
    def bread(number: int) -> str:
        seen.append((g.language, number))
        return addresses.url_for("pages.bread", number=number + 1)

    site.register_blueprint(blueprint)
    answers = [site.test_client().get(path).text for path in ("/cy/bara/1", "/en/bread/1")]
    assert (answers, seen) == (["/cy/bara/2", "/en/bread/2"], [("cy", 1), ("en", 1)])
    assert site.test_client().get("/en/bara/1").status_code == 404
