"""The page in both languages, and the front page of each."""

import pytest

from tests.builders import a_supplier
from tests.conftest import said
from tests.events.builders import an_event
from tests.visitor import words

pytestmark = pytest.mark.pages


def shape(tag):
    """What a part of a page is made of, without its words and what names a language."""
    attributes = {name: value for name, value in tag.attrs.items() if name not in ("lang", "hreflang", "href")}
    return (tag.name, attributes, [shape(child) for child in tag.find_all(True, recursive=False)])


@pytest.mark.either_database
def test_the_door_treats_both_languages_alike_and_welsh_comes_first(visitor):
    welsh, english = visitor.open("/").soup.select("main section")
    assert (welsh["lang"], english["lang"], shape(welsh)) == ("cy", "en", shape(english))
    links = [(link["href"], link["hreflang"]) for link in visitor.page.soup.select("main a")]
    assert links == [("/cy/", "cy"), ("/en/", "en")]
    assert words(welsh.h2) != words(english.h2)
    assert all(words(section.p) for section in (welsh, english))


@pytest.mark.either_database
@pytest.mark.parametrize("wanted", ["en-GB,en;q=0.9", "cy", "fr", ""])
def test_the_door_chooses_for_nobody_and_remembers_nothing(visitor, wanted):
    answer = visitor.ask("GET", "/", headers={"Accept-Language": wanted})
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (200, False)
    assert answer.headers.get("Vary", "") == "Accept-Encoding"
    assert answer.get_data() == visitor.ask("GET", "/").get_data()


@pytest.mark.either_database
def test_the_door_tells_search_engines_of_both_languages(visitor):
    found = {link["hreflang"]: link["href"] for link in visitor.open("/").soup.select("link[rel=alternate]")}
    root = "http://127.0.0.1:5000"
    assert found == {"cy": f"{root}/cy/", "en": f"{root}/en/", "x-default": f"{root}/"}


@pytest.mark.either_database
@pytest.mark.parametrize("page_language", ["cy", "en"])
def test_nobody_is_ever_sent_to_the_other_language_unasked(visitor, page_language):
    other = {"cy": "en-GB", "en": "cy"}[page_language]
    assert visitor.ask("GET", f"/{page_language}/", headers={"Accept-Language": other}).status_code == 200


def test_an_empty_site_says_so_and_offers_a_next_step(visitor, language):
    page = visitor.open(f"/{language}/")
    nothing = said(language, "Nothing is planned just now. Look again soon.")
    assert [one in page.main for one in (nothing, ": 0.")] == [True, True]
    assert {"cy": "/cy/cyfeiriadur/a-i-y", "en": "/en/directory/a-to-z"}[language] in page.links().values()


def test_the_front_page_shows_what_is_on_and_who_is_new(visitor, language):
    event = an_event(capacity=3)
    supplier = a_supplier("Siop y Felin")
    addresses = set(visitor.open(f"/{language}/").links().values())
    wanted = {
        "cy": {f"/cy/digwyddiadau/{event.id}-dechrau-busnes", f"/cy/cyfeiriadur/{supplier.id}-siop-y-felin"},
        "en": {f"/en/events/{event.id}-starting-a-business", f"/en/directory/{supplier.id}-siop-y-felin"},
    }
    assert wanted[language] <= addresses


@pytest.mark.either_database
def test_the_search_box_leads_to_the_directory(visitor, language):
    form = visitor.open(f"/{language}/").soup.select_one("main form")
    assert (form["action"], form["method"]) == ({"cy": "/cy/cyfeiriadur", "en": "/en/directory"}[language], "get")
    box = form.select_one("input[name=q]")
    visitor.open(f"{form['action']}?{box['name']}=bara")


def test_the_front_page_asks_the_database_little_however_much_there_is(visitor, language, statements):
    visitor.ask("GET", f"/{language}/")
    statements.clear()
    visitor.ask("GET", f"/{language}/")
    empty = len(statements)
    for number in range(8):
        a_supplier(f"Siop {number}")
        an_event(capacity=number + 1)
    visitor.ask("GET", f"/{language}/")
    statements.clear()
    visitor.ask("GET", f"/{language}/")
    assert empty <= len(statements) <= 6, statements
