"""What machines read: the maps of the site, robots.txt, security.txt, and whether the site is well."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from c4s.directory.rules import SupplierStatus
from c4s.i18n.bilingual import Bilingual
from c4s.pages import views
from c4s.taxonomy import queries as taxonomy
from tests.builders import a_supplier
from tests.conftest import NOW, said
from tests.events.builders import an_event

pytestmark = pytest.mark.pages

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
ROOT = "http://127.0.0.1:5000"


def read(visitor, address):
    answer = visitor.ask("GET", address)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    return ElementTree.fromstring(answer.get_data())


def mapped(visitor, name):
    """The addresses of one map, each with the pair it belongs to."""
    entries = read(visitor, f"/sitemap-{name}.xml").findall(f"{MAP}url")
    return {
        entry.findtext(f"{MAP}loc"): {link.get("hreflang"): link.get("href") for link in entry.findall(LINK)}
        for entry in entries
    }


def test_the_map_of_maps_names_every_map(visitor):
    index = read(visitor, "/sitemap.xml")
    found = [one.text for one in index.iter(f"{MAP}loc")]
    assert found == [f"{ROOT}/sitemap-pages.xml", f"{ROOT}/sitemap-suppliers-0.xml"]
    for address in found:
        read(visitor, urlsplit(address).path)


@pytest.mark.either_database
def test_every_address_of_the_map_opens_at_once_and_names_its_pair(visitor):
    an_event()
    a_supplier("Tŷ & Gardd <1>")
    found = {**mapped(visitor, "pages"), **mapped(visitor, "suppliers-0")}
    assert len(found) > 100
    for address, pair in found.items():
        assert address.startswith(f"{ROOT}/")
        assert set(pair) == {"cy", "en"} and address in pair.values()
        assert found[pair["cy"]] == found[pair["en"]] == pair
    wrong = {
        address: answer.status_code
        for address in found
        if (answer := visitor.ask("HEAD", address.removeprefix(ROOT))).status_code != 200
    }
    assert wrong == {}


def test_the_map_has_every_kind_of_public_page(visitor):
    event, supplier = an_event(), a_supplier("Siop y Felin")
    category = next(iter(taxonomy.categories().by_id.values()))
    pages, suppliers = mapped(visitor, "pages"), mapped(visitor, "suppliers-0")
    assert {
        f"{ROOT}/en/",
        f"{ROOT}/cy/preifatrwydd",
        f"{ROOT}/en/directory/a-to-z",
        f"{ROOT}/en/events/{event.id}-starting-a-business",
        f"{ROOT}/cy/digwyddiadau/{event.id}-dechrau-busnes",
    } <= set(pages)
    assert [one for one in pages if f"/en/directory/category/{category.id}-" in one] != []
    assert set(suppliers) == {
        f"{ROOT}/cy/cyfeiriadur/{supplier.id}-siop-y-felin",
        f"{ROOT}/en/directory/{supplier.id}-siop-y-felin",
    }


def test_the_map_leaves_out_what_is_closed_or_gone_or_not_published(visitor):
    a_supplier("Wedi cau", status=SupplierStatus.CLOSED)
    a_supplier("Wedi mynd", gone_on=NOW.date())
    an_event(title=Bilingual("Wedi bod", "Past"), starts_at=NOW - timedelta(days=3), closes_at=NOW - timedelta(days=4))
    found = [*mapped(visitor, "pages"), *mapped(visitor, "suppliers-0")]
    assert [one for one in found if "wedi" in one] == []


def test_a_long_list_of_suppliers_is_cut_into_maps(visitor, monkeypatch):
    monkeypatch.setattr(views, "PER_MAP", 2)
    numbers = [a_supplier(f"Siop {number}").id for number in range(5)]
    found = [one.text for one in read(visitor, "/sitemap.xml").iter(f"{MAP}loc")]
    assert found[1:] == [f"{ROOT}/sitemap-suppliers-{after}.xml" for after in (0, numbers[1], numbers[3])]
    listed = [address for one in found[1:] for address in mapped(visitor, one.split("-", 1)[1].removesuffix(".xml"))]
    assert sorted(listed) == sorted(
        f"{ROOT}/{folder}/{number}-siop-{i}"
        for i, number in enumerate(numbers)
        for folder in ("cy/cyfeiriadur", "en/directory")
    )


@pytest.mark.either_database
@pytest.mark.parametrize(
    "name", ["none", "suppliers-", "suppliers-x", "suppliers--1", "suppliers-%C2%B2", "suppliers-9999999999"]
)
def test_a_map_that_is_not_there_is_not_found(visitor, name):
    page = visitor.open(f"/sitemap-{name}.xml", 404)
    assert (page.language, page.h1) == ("cy", said("cy", "Page not found"))  # as at any address without a language
    assert page.switch == "/en/"


@pytest.mark.either_database
def test_a_demonstration_is_kept_out_of_search_engines(visitor):
    answer = visitor.ask("GET", "/robots.txt")
    assert (answer.mimetype, answer.text) == ("text/plain", "User-agent: *\nDisallow: /\n")


def test_a_real_site_lets_search_engines_in_and_shows_them_the_map(real):
    answer = real.ask("GET", "/robots.txt", headers={"Host": "site.example.wales"})
    assert answer.text == ("User-agent: *\nAllow: /\nSitemap: https://site.example.wales/sitemap.xml\n")


def test_a_real_site_does_not_call_itself_a_demonstration(real, visitor):
    said = "This is a demonstration"
    assert said in visitor.ask("GET", "/en/").text
    assert said not in real.ask("GET", "/en/", headers={"Host": "site.example.wales"}).text


@pytest.mark.either_database
def test_whoever_finds_a_weakness_knows_whom_to_tell(visitor):
    answer = visitor.ask("GET", "/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    expires = datetime.fromisoformat(fields.pop("Expires"))
    assert timedelta(0) < expires - NOW < timedelta(days=365)
    assert fields == {
        "Contact": "mailto:helo@example.wales",
        "Preferred-Languages": "cy, en",
        "Canonical": f"{ROOT}/.well-known/security.txt",
    }


def test_the_site_says_that_it_is_well(visitor, statements):
    statements.clear()
    answer = visitor.ask("GET", "/healthz")
    assert (answer.status_code, answer.mimetype, answer.text) == (200, "text/plain", "ok\n")
    assert [one for one in statements if "FROM supplier" in one] != []  # it has asked the database
