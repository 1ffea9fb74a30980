"""A shortlist: kept in the visitor's own browser, and by its address anybody's."""

from datetime import date

import pytest
from flask import Flask

from c4s.core.clock import now
from c4s.directory.rules import LegalForm, SupplierStatus
from c4s.shortlists import rules
from tests.builders import a_supplier, both
from tests.conftest import said
from tests.directory.builders import a_service, changed
from tests.visitor import Page, Visitor, words

pytestmark = pytest.mark.pages

LIST = {"cy": "/cy/rhestr-fer", "en": "/en/shortlist"}
ADD = {"cy": "/cy/rhestr-fer/ychwanegu", "en": "/en/shortlist/add"}
KEEP = {"cy": "/cy/rhestr-fer/cadw", "en": "/en/shortlist/keep"}
LEAFLET = {"cy": "/cy/rhestr-fer/taflen", "en": "/en/shortlist/leaflet"}
COMPARE = {"cy": "/cy/rhestr-fer/cymharu", "en": "/en/shortlist/compare"}
DIRECTORY = {"cy": "/cy/cyfeiriadur", "en": "/en/directory"}
COOKIE = "c4s-list"


def on_it(page: Page) -> list[str]:
    """The names on a list."""
    return [words(tag) for tag in page.soup.select("main .panel h2")]


def kept(visitor: Visitor) -> str | None:
    """What the visitor's browser keeps."""
    cookie = visitor.client.get_cookie(COOKIE)
    return cookie.value if cookie else None


def added(visitor: Visitor, *numbers: int, language: str = "en") -> Page:
    """The visitor puts entries on their list, from their pages."""
    for number in numbers:
        visitor.open(f"{DIRECTORY[language]}/{number}")
        visitor.follow(said(language, "Add to your shortlist"))
        visitor.send()
    return visitor.page


@pytest.fixture
def two(site: Flask) -> tuple[int, int]:
    return a_supplier("Becws").id, a_supplier("Caffi").id


# -- the list ------------------------------------------------------------------------------------------------------


def test_entries_are_added_from_their_pages_and_removed_by_buttons(
    visitor: Visitor, two: tuple[int, int], language: str
) -> None:
    one, other = two
    page = added(visitor, one, other, language=language)
    assert (on_it(page), page.address) == (["Becws", "Caffi"], f"{LIST[language]}?e={one}.{other}")
    assert page.h1 == said(language, "Your shortlist")
    page = visitor.send(press=("remove", str(one)))
    assert (on_it(page), page.address, kept(visitor)) == (["Caffi"], f"{LIST[language]}?e={other}", str(other))
    page = visitor.send(press=("remove", str(other)))
    assert (on_it(page), page.address, kept(visitor)) == ([], LIST[language], None)
    assert said(language, "There is nobody on the list yet.") in page.main


def test_an_entry_is_on_the_list_once(visitor: Visitor, two: tuple[int, int]) -> None:
    one, _ = two
    added(visitor, one)
    visitor.open(f"/en/directory/{one}")
    page = visitor.follow("Add to your shortlist")
    assert "This supplier is on your shortlist already." in page.main
    assert not page.soup.select("main form")
    assert kept(visitor) == str(one)


def test_whoever_comes_back_finds_their_own_list(visitor: Visitor, two: tuple[int, int], language: str) -> None:
    added(visitor, *two)
    page = visitor.open(LIST[language])
    assert (on_it(page), page.address) == (["Becws", "Caffi"], f"{LIST[language]}?e={two[0]}.{two[1]}")
    assert on_it(visitor.switch_language()) == ["Becws", "Caffi"]


def test_nothing_is_kept_before_the_first_entry_and_readers_have_no_cookie(
    visitor: Visitor, two: tuple[int, int]
) -> None:
    numbers = f"?e={two[0]}.{two[1]}"
    for address in (
        f"{LIST['en']}",
        f"{LIST['en']}{numbers}",
        f"{LEAFLET['cy']}{numbers}",
        f"{COMPARE['en']}{numbers}",
    ):
        response = visitor.ask("GET", address)
        assert (address, response.status_code, "Set-Cookie" in response.headers) == (address, 200, False)
        assert response.headers["Cache-Control"] == "no-store"
    added(visitor, two[0])
    for address in ("/en/directory", f"/en/directory/{two[0]}-becws", "/cy/"):
        response = visitor.ask("GET", address)
        assert "public" in response.headers["Cache-Control"]
        assert "Set-Cookie" not in response.headers and "Cookie" not in response.headers.get("Vary", "")


def test_the_cookie_lasts_until_the_browser_closes_and_no_script_reads_it(
    visitor: Visitor, two: tuple[int, int]
) -> None:
    visitor.open(f"{ADD['en']}/{two[0]}")
    answer = visitor.ask("POST", visitor.page.address, data=visitor.page.values())
    cookie = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith(f"{COOKIE}="))
    parts = {part.strip().partition("=")[0] for part in cookie.split(";")[1:]}
    assert parts == {"HttpOnly", "Path", "SameSite"}


def test_the_cookies_page_tells_of_it(visitor: Visitor, language: str) -> None:
    page = visitor.open({"cy": "/cy/cwcis", "en": "/en/cookies"}[language])
    assert COOKIE in page.main


def test_a_list_that_somebody_sent_is_read_and_kept_only_when_asked(
    visitor: Visitor, two: tuple[int, int], language: str
) -> None:
    address = f"{LIST[language]}?e={two[1]}.{two[0]}"
    page = visitor.open(address)
    assert (on_it(page), page.h1) == (["Caffi", "Becws"], said(language, "Shortlist"))
    assert not page.soup.select("main form") and kept(visitor) is None
    visitor.follow(said(language, "Make this list yours"))
    page = visitor.send()
    assert (kept(visitor), page.address) == (f"{two[1]}.{two[0]}", address)
    assert len(page.soup.select("main button[name=remove]")) == 2


def test_whoever_keeps_another_list_is_told_that_it_takes_the_place_of_theirs(
    visitor: Visitor, two: tuple[int, int], language: str
) -> None:
    warning = said(language, "It takes the place of the list that you have now.")
    assert warning not in visitor.open(f"{KEEP[language]}?e={two[1]}").main
    added(visitor, two[0])
    assert warning in visitor.open(f"{KEEP[language]}?e={two[1]}").main
    visitor.send()
    assert kept(visitor) == str(two[1])
    assert visitor.open(f"{KEEP[language]}?e={two[1]}").address == f"{LIST[language]}?e={two[1]}"


def test_a_list_is_full_at_twenty_and_says_so(visitor: Visitor, two: tuple[int, int], language: str) -> None:
    many = [a_supplier(f"Siop {number:02}").id for number in range(rules.MOST)]
    visitor.client.set_cookie(COOKIE, rules.written(tuple(many)), path="/")
    visitor.open(f"{ADD[language]}/{two[0]}")
    page = visitor.send(status=422)
    assert page.errors == [said(language, "A shortlist can hold up to 20 suppliers. Remove one first")]
    assert kept(visitor) == rules.written(tuple(many))


@pytest.mark.parametrize(
    "values",
    [
        {"taken_down_at": now()},
        {"status": SupplierStatus.UNPUBLISHED},
        {"status": SupplierStatus.CLOSED},
        {"archived_on": date(2026, 11, 1)},
    ],
)
def test_who_is_no_longer_listed_is_shown_nowhere_and_can_be_removed(
    visitor: Visitor, two: tuple[int, int], values: dict[str, object]
) -> None:
    one, other = two
    added(visitor, one, other)
    changed(other, **values)
    page = visitor.open(LIST["en"])
    assert (on_it(page), "Entries that are no longer listed: 1" in page.main) == (["Becws"], True)
    for address in (LIST, LEAFLET, COMPARE, KEEP):
        assert "Caffi" not in visitor.ask("GET", f"{address['en']}?e={one}.{other}").get_data(as_text=True)
    visitor.open(f"{ADD['en']}/{other}", status=404)
    visitor.open(LIST["en"])
    visitor.send(press=("remove", str(other)))
    assert kept(visitor) == str(one)


@pytest.mark.parametrize(
    "odd",
    ["", "x", "0", "-1", "1..2", "1,2", "%00", "%FF", "9" * 400, "1." * 400, "٣", "999999999", "%3Cscript%3E", "1&e=2"],
)
def test_no_address_of_a_list_is_an_error(visitor: Visitor, two: tuple[int, int], odd: str) -> None:
    visitor.client.set_cookie(COOKIE, odd[:200], path="/")
    for address in (LIST, LEAFLET, COMPARE, KEEP):
        response = visitor.ask("GET", f"{address['en']}?e={odd}")
        assert (address["en"], response.status_code in (200, 303)) == (address["en"], True)
        assert "<script" not in response.get_data(as_text=True)


def test_a_post_without_our_token_changes_no_list(visitor: Visitor, two: tuple[int, int]) -> None:
    added(visitor, *two)
    for address in (LIST["en"], f"{KEEP['en']}?e={two[0]}", f"{ADD['en']}/{two[0]}-becws"):
        response = visitor.ask("POST", address, data={"remove": str(two[0]), "csrf_token": "x"})
        assert (address, response.status_code) == (address, 422)
    elsewhere = visitor.ask("POST", LIST["en"], data=visitor.page.values(), headers={"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.status_code == 403
    assert kept(visitor) == f"{two[0]}.{two[1]}"


# -- the leaflet ---------------------------------------------------------------------------------------------------


def test_a_leaflet_says_who_they_are_and_how_to_reach_them_in_either_language(
    visitor: Visitor, two: tuple[int, int], language: str
) -> None:
    one = a_supplier(
        "Bakehouse",
        name_cy="Tŷ Bara",
        summary=both("Bara ffres.", "Fresh bread."),
        categories=("food-makers",),
        address=("1 Mill Street",),
        town="Porth",
        phone="01632 960 001",
        website="https://bara.example.cymru",
        email="bara@example.cymru",
        welsh=True,
    )
    visitor.open(f"{LIST[language]}?e={one.id}.{two[0]}")
    page = visitor.follow(said(language, "Print as a leaflet"))
    cards = [words(tag) for tag in page.soup.select("ul.cards > li")]
    assert len(cards) == 2
    for fact in (
        *{"cy": ("Tŷ Bara", "Bara ffres."), "en": ("Bakehouse", "Fresh bread.")}[language],
        "01632 960 001",
        "bara.example.cymru",
        "1 Mill Street, Porth",
        said(language, "Serves in Welsh"),
    ):
        assert fact in cards[0]
    assert "@" not in page.main
    assert said(language, "Listed does not mean recommended.") in page.main
    assert {"cy": "23 Tachwedd 2026", "en": "23 November 2026"}[language] in page.main
    assert f"http://127.0.0.1:5000{LIST[language]}?e={one.id}.{two[0]}" in page.main
    other = {"cy": "Bakehouse", "en": "Tŷ Bara"}[language]
    assert other in visitor.switch_language().main


def test_there_is_no_leaflet_and_no_table_of_nobody(visitor: Visitor, language: str) -> None:
    for address in (LEAFLET, COMPARE):
        assert visitor.open(address[language]).address == LIST[language]
        assert visitor.open(f"{address[language]}?e=999").address.partition("?")[0] == LIST[language]


# -- side by side --------------------------------------------------------------------------------------------------


def test_suppliers_are_compared_side_by_side_in_a_table(visitor: Visitor, two: tuple[int, int], language: str) -> None:
    one = a_supplier("Siop", phone="01632 960 009", legal_form=LegalForm.CHARITY, categories=("retail-shops",)).id
    changed(one, can_take_work=True)
    a_service(one, both("Bara", "Bread"), direct_payments=True)
    visitor.open(f"{LIST[language]}?e={one}.{two[0]}")
    page = visitor.follow(said(language, "Compare in a table"))
    heads = [words(tag) for tag in page.soup.select("thead th")]
    assert heads[1:] == ["Siop", "Becws"]
    rows = {words(row.th): [cell.get_text() for cell in row.select("td")] for row in page.soup.select("tbody tr")}
    assert rows[said(language, "Phone")] == ["Siop: 01632 960 009", "Becws: –"]
    assert rows[said(language, "Services")][0] == {"cy": "Siop: Bara", "en": "Siop: Bread"}[language]
    assert rows[said(language, "Work")][0] == f"Siop: {said(language, 'Can take work now')}"
    assert rows[said(language, "Direct payments")][0] == f"Siop: {said(language, 'Takes direct payments')}"
    assert said(language, "Opening hours") not in rows  # nobody says any


def test_four_are_compared_at_a_time(visitor: Visitor, language: str) -> None:
    many = tuple(a_supplier(f"Siop {number}", phone="01632 960 009").id for number in range(6))
    page = visitor.open(f"{COMPARE[language]}?e={rules.written(many)}")
    assert len(page.soup.select("thead th")) == 5
    page = visitor.follow(said(language, "Next page"))
    assert [words(tag) for tag in page.soup.select("thead th")][1:] == ["Siop 4", "Siop 5"]
    assert "(2)" not in page.title and "2" in page.title


def test_one_alone_is_not_compared(visitor: Visitor, two: tuple[int, int]) -> None:
    page = visitor.open(f"{LIST['en']}?e={two[0]}")
    assert "Compare in a table" not in page.links()


# -- rules ---------------------------------------------------------------------------------------------------------


def test_a_list_reads_as_it_is_written() -> None:
    assert rules.read(rules.written((3, 17, 40))) == (3, 17, 40)
    assert rules.read("3.3.x.17") == (3, 17)
    assert len(rules.read(".".join(map(str, range(1, 60))))) == rules.MOST
