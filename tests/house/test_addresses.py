"""Every page has two addresses, every link leads somewhere, and no address ever vanishes."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import text

from c4s.core.db import Base, db
from c4s.i18n.addresses import LANGUAGE
from tests.house.every_page import (
    AT_THE_DESK,
    FOR_BUYERS,
    FORMS,
    IN_AN_ACCOUNT,
    WITH_A_SECOND_STEP,
    address_of,
    as_mair,
    as_nia,
    as_rhian,
    endpoints,
    filled,
)
from tests.visitor import Page, Visitor

pytestmark = pytest.mark.pages

KNOWN = Path(__file__).parent / "addresses.txt"
"""Every address the site has ever had. People have kept them: write new ones in, take none out."""


def rules(site):
    """Each address with the ways of asking it."""
    return sorted(
        f"{rule.rule}  {' '.join(sorted(set(rule.methods) - {'HEAD', 'OPTIONS'}))}"
        for rule in site.url_map.iter_rules()
    )


@pytest.mark.either_database
def test_no_address_has_vanished_and_every_new_one_is_written_down(site):
    known = KNOWN.read_text(encoding="utf-8").splitlines()
    assert rules(site) == known


@pytest.mark.either_database
def test_every_page_has_an_address_in_each_language(site):
    found: dict[str, list[str]] = {}
    for rule in site.url_map.iter_rules():
        if rule.rule[:4] in ("/cy/", "/en/"):
            found.setdefault(rule.endpoint, []).append(rule.rule[1:3])
            assert rule.defaults[LANGUAGE] == rule.rule[1:3]
    assert {name: sorted(codes) for name, codes in found.items()} == {name: ["cy", "en"] for name in endpoints(site)}


@pytest.mark.either_database
def test_the_two_addresses_of_a_page_ask_for_the_same_things(site):
    asked: dict[str, list[set[str]]] = {}
    for rule in site.url_map.iter_rules():
        if LANGUAGE in (rule.defaults or {}):
            asked.setdefault(rule.endpoint, []).append(rule.arguments | rule.methods)
    assert [name for name, (welsh, english) in asked.items() if welsh != english] == []


@pytest.mark.either_database
def test_no_two_pages_share_an_address(site):
    addresses = [rule.rule for rule in site.url_map.iter_rules()]
    assert len(set(addresses)) == len(addresses)


@pytest.mark.either_database
def test_every_page_can_be_asked_for_so_that_the_switch_never_fails(site):
    assert [rule.rule for rule in site.url_map.iter_rules() if "GET" not in rule.methods] == []


@pytest.mark.either_database
def test_addresses_are_plain_words_without_a_slash_at_the_end(site):
    found = [rule.rule for rule in site.url_map.iter_rules() if LANGUAGE in (rule.defaults or {})]
    odd = [one for one in found if not one.isascii() or one != one.lower() or "_" in one.split("<")[0]]
    assert odd == []
    assert [one for one in found if one.endswith("/")] == ["/cy/", "/en/"]


def test_every_page_opens_and_has_a_title_of_its_own(visitor, language):
    places = filled()
    assert set(places) == endpoints(visitor.site)
    nia, mair = as_nia(Visitor(visitor.site), language), as_mair(Visitor(visitor.site))
    rhian, titles = as_rhian(Visitor(visitor.site)), {}
    for endpoint, values in places.items():
        if endpoint in WITH_A_SECOND_STEP:
            continue  # who has none is led elsewhere
        who = nia if endpoint in IN_AN_ACCOUNT else mair if endpoint in AT_THE_DESK else visitor
        who = rhian if endpoint in FOR_BUYERS else who
        address = address_of(visitor.site, endpoint, language, **values)
        page = who.open(address)
        assert page.address == address or endpoint not in IN_AN_ACCOUNT
        if page.response.mimetype == "text/html":
            titles[endpoint] = page.title
    assert len(set(titles.values())) == len(titles), sorted(titles.values())


@pytest.mark.either_database
@pytest.mark.parametrize("endpoint", FORMS)
def test_every_form_keeps_its_answers_when_it_changes_language(visitor, language, endpoint):
    other = {"cy": "en", "en": "cy"}[language]
    values = filled()[endpoint]
    if endpoint in IN_AN_ACCOUNT:
        as_nia(visitor)
    visitor.open(address_of(visitor.site, endpoint, language, **values))
    box = visitor.page.form().select_one("input[type=text], input[type=email], textarea")
    visitor.page.soup.select_one(f'[name="{box["name"]}"]')["value"] = "Siân"
    visitor.say_it_in(other)
    visitor.say_it_in(language)


NOTED_PAGE = "accounts.my_data_as_json"
NOTED = ("/cy/cyfrif/fy-nata.json", "/en/account/my-data.json")
"""That somebody has taken this file is noted."""
COUNTED_PAGE, COUNTED_LINK = "certificates.checked", "?pdf=1"
"""How often codes are looked up, and files made, is counted."""


def everything_kept():
    """All that lies in the database."""
    with db.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(text(f"SELECT * FROM {table.name}"))))
            for table in Base.metadata.sorted_tables
        }


@pytest.mark.parametrize("is_signed_in", [False, True], ids=["stranger", "signed in"])
def test_every_link_leads_somewhere_and_changes_nothing(visitor, is_signed_in):
    places = filled()
    del places[COUNTED_PAGE]
    if is_signed_in:
        as_nia(visitor)
        # That is noted, and so is every look of a member of staff.
        places = {
            name: values for name, values in places.items() if name not in {NOTED_PAGE, *AT_THE_DESK, *FOR_BUYERS}
        }
    waiting = ["/"] + [
        address_of(visitor.site, endpoint, language, **values)
        for endpoint, values in places.items()
        for language in ("cy", "en")
    ]
    before, seen, broken = everything_kept(), set(waiting), []
    first = len(waiting)
    for number, address in enumerate(waiting):
        answer = visitor.ask("GET", address)
        if answer.status_code in (301, 303, 308):
            answer = visitor.ask("GET", answer.headers["Location"])
        if answer.status_code != 200:
            broken.append((address, answer.status_code))
        if number >= first or answer.mimetype != "text/html":
            continue
        soup = BeautifulSoup(answer.text, "html.parser")
        for tag in soup.select("a[href], link[href]"):
            parts = urlsplit(str(tag["href"]))
            link = parts.path + (f"?{parts.query}" if parts.query else "")
            is_ours = parts.netloc in ("", "127.0.0.1:5000") and parts.scheme in ("", "http")
            if link and is_ours and link not in seen and link not in NOTED and not link.endswith(COUNTED_LINK):
                seen.add(link)
                waiting.append(link)
    assert broken == []
    assert everything_kept() == before


@pytest.mark.either_database
def test_links_on_a_page_are_in_the_language_of_the_page(visitor, language):
    other = {"cy": "/en/", "en": "/cy/"}[language]
    strays, places = [], filled()
    as_nia(visitor)
    for endpoint, values in places.items():
        address = address_of(visitor.site, endpoint, language, **values)
        page = Page(visitor.ask("GET", address), address)
        strays += [
            (endpoint, str(link["href"]))
            for link in page.soup.select("a[href]")
            if str(link["href"]).removeprefix(visitor.site.config["SITE_ADDRESS"]).startswith(other)
            and not link.has_attr("hreflang")
        ]
    assert strays == []
