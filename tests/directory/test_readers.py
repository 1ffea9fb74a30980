"""What readers see of an entry that its business keeps, and how they find it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory import filing, showing
from c4s.directory.models import Supplier
from c4s.directory.rules import SupplierStatus
from c4s.mail.models import LetterState, OutgoingLetter
from c4s.taxonomy import queries as taxonomy
from c4s.web.rights import ROLES
from tests.accounts.builders import a_member_of_staff, a_person, enter
from tests.browser.cases import UNBROKEN
from tests.builders import a_supplier, both
from tests.businesses.builders import a_business, joined
from tests.conftest import said
from tests.directory.builders import HOME, a_home, a_network, a_service, changed
from tests.directory.test_exports import table
from tests.directory.test_show import facts, show
from tests.directory.test_views import INDEX, LETTERS, listed
from tests.visitor import Visitor, words

pytestmark = pytest.mark.pages

ROOT = INDEX
NETWORK = {"cy": "/cy/cyfeiriadur/rhwydwaith", "en": "/en/directory/network"}
AREA = {"cy": "/cy/cyfeiriadur/ardal", "en": "/en/directory/area"}
PRINT = {"cy": "argraffu", "en": "print"}
MESSAGE = {"cy": "neges", "en": "message"}


# -- the page of a supplier ----------------------------------------------------------------------------------------


def test_a_page_says_what_its_business_says_of_itself(visitor: Visitor, language: str) -> None:
    one = a_supplier("Becws")
    changed(
        one.id,
        team_languages=["cy", "bfi", "xx"],
        wants=both("Gwerthu mwy.", "Sell more."),
        could=both("Pobi gyda’r nos.", "Bake at night."),
        wont=both("Dim cigoedd.", "No meats."),
        buys_locally=both("Blawd.", "Flour."),
        company_number="01234567",
        charity_number="1234567",
        personal_care=True,
        ciw_number="CIW-1",
        safeguarding_contact="Nia Wyn, 01632 960 555",
    )
    page = show(visitor, one.id, language)
    told = facts(page)
    team = {"cy": "Cymraeg Iaith Arwyddion Prydain", "en": "Welsh British Sign Language"}
    assert told[said(language, "Languages of the team")] == team[language]
    for words_of_theirs in (
        *{"cy": ("Gwerthu mwy.", "Pobi gyda’r nos.", "Dim cigoedd.", "Blawd.")}.get(language, ()),
        *{"en": ("Sell more.", "Bake at night.", "No meats.", "Flour.")}.get(language, ()),
    ):
        assert words_of_theirs in page.main
    assert told[said(language, "Company number, as they say")] == "01234567"
    assert told[said(language, "Charity number, as they say")] == "1234567"
    assert told[said(language, "Number with Care Inspectorate Wales, as they say")] == "CIW-1"
    assert told[said(language, "Safeguarding contact")] == "Nia Wyn, 01632 960 555"
    assert [tag["content"] for tag in page.soup.select("[itemprop=knowsLanguage]")] == ["cy", "bfi", "xx"]


def test_no_page_says_that_anybody_is_approved(visitor: Visitor) -> None:
    one = a_supplier("Becws")
    changed(one.id, personal_care=True, ciw_why_none=both("Dim ond glanhau.", "Cleaning alone."))
    page = show(visitor, one.id)
    assert "Listed does not mean recommended." in page.main
    assert not [word for word in ("approved", "accredited", "vetted") if word in page.main.casefold()]


@pytest.mark.parametrize(
    ("can", "status", "tags"),
    [
        (True, SupplierStatus.ACTIVE, ["Can take work now"]),
        (False, SupplierStatus.ACTIVE, ["Cannot take more work now"]),
        (None, SupplierStatus.ACTIVE, []),
        (True, SupplierStatus.TEMPORARILY_CLOSED, []),
    ],
)
def test_a_page_says_whether_they_can_take_work_once_they_have_said(
    visitor: Visitor, can: bool | None, status: SupplierStatus, tags: list[str]
) -> None:
    one = a_supplier("Becws", status=status)
    changed(one.id, can_take_work=can)
    assert [words(tag) for tag in show(visitor, one.id).soup.select("main .tags .tag")] == tags


def test_a_page_leads_to_the_networks_that_still_meet(visitor: Visitor, language: str) -> None:
    one = a_supplier("Becws")
    a_network(one.id)
    a_network(one.id, code="old", name=both("Hen rwydwaith", "Old network"), ended_on=date(2026, 1, 1))
    page = show(visitor, one.id, language)
    name = {"cy": "Rhwydwaith y Cwm", "en": "Valley Network"}[language]
    assert listed(visitor.open(page.links()[name])) == ["Becws"]
    assert not {"Hen rwydwaith", "Old network"} & set(page.links())


def test_a_page_is_honest_about_what_it_says_in_one_language_only(visitor: Visitor) -> None:
    notice = "Some of this page is only available in {}."
    one, two = a_supplier("Becws"), a_supplier("Caffi")
    changed(one.id, wants=both("Gwerthu mwy.", ""))
    changed(two.id, shown={"x": [{"name": {"cy": "", "en": "Tea"}}]})
    assert notice.format("Welsh") in show(visitor, one.id).main
    assert notice.format("English") not in show(visitor, two.id).main
    assert said("cy", notice.format("English")) in show(visitor, two.id, "cy").main
    assert said("cy", notice.format("English")) not in show(visitor, one.id, "cy").main


def test_one_that_nobody_confirmed_for_long_says_so_and_is_in_no_list(visitor: Visitor, language: str) -> None:
    one = a_supplier("Becws", email="becws@example.cymru")
    changed(one.id, archived_on=date(2026, 11, 1))
    page = show(visitor, one.id, language)
    notice = words(page.soup.select_one(".notice"))
    assert said(language, "Nobody has told us for a long time whether it is still right.") in notice
    assert not page.soup.select(f'a[href$="{MESSAGE[language]}"], a[href*="shortlist"], a[href*="rhestr-fer"]')
    assert listed(visitor.open(ROOT[language])) == []


def test_one_that_staff_took_down_is_gone_and_one_that_was_never_published_is_nowhere(
    visitor: Visitor, language: str
) -> None:
    hidden, never = a_supplier("Becws", email="becws@example.cymru"), a_supplier("Caffi", email="caffi@example.cymru")
    changed(hidden.id, taken_down_at=now())
    changed(never.id, status=SupplierStatus.UNPUBLISHED)
    for end in ("", f"/{MESSAGE[language]}"):
        assert "Becws" not in visitor.open(f"{ROOT[language]}/{hidden.id}{end}", status=410).html
        assert "Caffi" not in visitor.open(f"{ROOT[language]}/{never.id}{end}", status=404).html
    for address in (ROOT[language], f"{ROOT[language]}?q=becws", f"{ROOT[language]}.csv", "/sitemap-suppliers-0.xml"):
        body = visitor.ask("GET", address).get_data(as_text=True)
        assert not [name for name in (f"{hidden.id}-becws", f"{never.id}-caffi", "Caffi") if name in body]


# -- finding -------------------------------------------------------------------------------------------------------


def test_lists_are_narrowed_by_network_and_by_who_can_take_work_now(visitor: Visitor, language: str) -> None:
    one, two = a_supplier("Becws"), a_supplier("Caffi")
    a_network(one.id, two.id)
    a_supplier("Siop")
    changed(two.id, can_take_work=True)
    name = {"cy": "Rhwydwaith y Cwm", "en": "Valley Network"}[language]
    visitor.open(ROOT[language])
    page = visitor.follow(f"{name} (2)")
    assert (listed(page), page.address) == (["Becws", "Caffi"], f"{ROOT[language]}?network=valley")
    page = visitor.follow(f"{said(language, 'Can take work now')} (1)")
    assert listed(page) == ["Caffi"]
    assert visitor.switch_language().address.endswith("?network=valley&more=now")


@pytest.mark.parametrize("asked", ["pwyleg", "polish", "bilingual baking", "valley network", "rhwydwaith cwm", "blawd"])
def test_a_search_finds_languages_networks_and_what_they_want_to_do(visitor: Visitor, asked: str) -> None:
    one = a_supplier("Caffi")
    a_supplier("Siop")
    changed(one.id, team_languages=["pl"], wants=both("Pobi.", "Bilingual baking."), buys_locally=both("Blawd.", ""))
    a_network(one.id)
    assert listed(visitor.open(f"{ROOT['en']}?q={asked.replace(' ', '+')}")) == ["Caffi"]


def test_a_filter_with_nobody_behind_it_is_left_out(visitor: Visitor) -> None:
    a_supplier("Becws")
    a_network()
    page = visitor.open(ROOT["en"])
    summaries = [words(tag) for tag in page.soup.select("details.filter > summary")]
    assert summaries == ["Language", "Kind of business"]
    assert listed(visitor.open(f"{ROOT['en']}?network=none&more=x&passport=y")) == ["Becws"]


@pytest.fixture
def a_part(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of the page by which suppliers are found: those with tea have shown us their kettle."""

    def load(ids: Any) -> Mapping[int, showing.Rows]:
        found = db.session.query(Supplier).filter(Supplier.id.in_(ids))
        return {one.id: [{"tea": True}] for one in found if "te" in one.summary.cy.casefold()}

    part = showing.Part(
        "tea",
        load,
        lambda rows, today: rows,
        "directory/no_messages.html",
        facets=lambda rows, today: ["pkettle" for row in rows if row["tea"]],
        texts=lambda rows: [("tegell", "cy") for row in rows if row["tea"]],
        filters={"pkettle": "Tegell"},
    )
    monkeypatch.setitem(site.extensions, showing.PARTS, [part])
    monkeypatch.setitem(site.extensions, filing.PARTS, [(part.name, part.facets, part.texts)])


def test_lists_are_narrowed_by_what_parts_of_pages_say(visitor: Visitor, a_part: None, language: str) -> None:
    one, two = a_supplier("Caffi", summary=both("Te.", "Tea.")), a_supplier("Siop")
    for supplier in (one, two):
        changed(supplier.id)
    visitor.open(ROOT[language])
    page = visitor.follow("Tegell (1)")
    assert (listed(page), page.address) == (["Caffi"], f"{ROOT[language]}?passport=kettle")
    assert listed(visitor.open(f"{ROOT[language]}?q=tegell")) == ["Caffi"]


def test_the_alphabet_page_lists_the_networks(visitor: Visitor, language: str) -> None:
    a_network(a_supplier("Becws").id)
    name = {"cy": "Rhwydwaith y Cwm", "en": "Valley Network"}[language]
    visitor.open(LETTERS[language])
    assert listed(visitor.follow(f"{name} (1)")) == ["Becws"]


def test_the_map_of_the_site_has_the_networks_that_meet(visitor: Visitor) -> None:
    number = a_network()
    ended = a_network(code="old", ended_on=date(2026, 1, 1))
    told = visitor.ask("GET", "/sitemap-pages.xml").get_data(as_text=True)
    assert f"/en/directory/network/{number}-valley-network" in told
    assert f"/directory/network/{ended}-" not in told


def test_a_network_has_a_page_until_it_ends(visitor: Visitor, language: str) -> None:
    number = a_network(a_supplier("Becws").id, about=both("Cwrdd bob mis.", "We meet each month."))
    page = visitor.open(f"{NETWORK[language]}/{number}")
    assert (
        page.address == f"{NETWORK[language]}/{number}-" + {"cy": "rhwydwaith-y-cwm", "en": "valley-network"}[language]
    )
    assert {"cy": "Cwrdd bob mis.", "en": "We meet each month."}[language] in page.main
    ended = a_network(code="old", ended_on=date(2026, 1, 1))
    for end in ("", f"/{PRINT[language]}"):
        visitor.open(f"{NETWORK[language]}/{ended}{end}", status=404)
        visitor.open(f"{NETWORK[language]}/999999{end}", status=404)


# -- on paper ------------------------------------------------------------------------------------------------------


def test_a_printed_directory_is_in_both_languages_under_categories(visitor: Visitor, language: str) -> None:
    summary = both("Bara ffres.", "Fresh bread.")
    one = a_supplier("Bakehouse", name_cy="Becws", summary=summary, categories=("food-makers",), town="Porth")
    two = a_supplier("Siop", town="Porth", phone="01632 960 002")
    number = a_network(one.id, two.id)
    visitor.open(f"{NETWORK[language]}/{number}")
    page = visitor.follow(said(language, "Printed directory"))
    assert page.address.endswith(f"/{PRINT[language]}")
    assert [words(tag) for tag in page.soup.select("main h3")] == [
        "Cynhyrchwyr bwyd a diod / Food and drink makers", "Eraill / Others",
    ]  # fmt: skip
    cards = [words(tag) for tag in page.soup.select(".book li")]
    assert cards[0].startswith("Becws / Bakehouse Bara ffres. / Fresh bread.")
    assert "01632 960 002" in cards[1]
    assert [tag["lang"] for tag in page.soup.select("main h2 [lang]")] == ["cy", "en", "cy", "en"]
    assert "23 Tachwedd 2026 / 23 November 2026" in page.main
    assert "Listed does not mean recommended." in page.main


def test_an_area_prints_those_who_work_there_and_no_more_than_a_book(
    visitor: Visitor, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("c4s.directory.printing.MOST", 2)
    for name in ("Arfryn", "Bronfa", "Gwynfa"):
        a_supplier(name, town="Porth")
    porth = taxonomy.areas().by_code["porth"]
    page = visitor.open(f"{AREA[language]}/{porth.id}/{PRINT[language]}")
    assert [words(tag.strong) for tag in page.soup.select(".book li")] == ["Arfryn", "Bronfa"]
    assert said(language, "Only the first 500 by name are here. The rest are on the website.") in page.main


def test_a_book_of_many_asks_no_more_than_one_of_few(visitor: Visitor, statements: list[str]) -> None:
    found = []
    porth = taxonomy.areas().by_code["porth"]
    for start, stop in ((0, 3), (3, 30)):
        for number in range(start, stop):
            a_supplier(f"Siop {number}", town="Porth", categories=("retail-shops",))
        address = f"/en/directory/area/{porth.id}-porth/print"
        visitor.ask("GET", address)
        statements.clear()
        assert visitor.ask("GET", address).status_code == 200
        found.append(len(statements))
    assert found[0] == found[1] <= 10


def test_the_longest_words_are_printed_whole(visitor: Visitor) -> None:
    number = a_network(a_supplier(UNBROKEN, summary=both(UNBROKEN, "")).id)
    page = visitor.open(f"/en/directory/network/{number}/print")
    assert page.main.count(UNBROKEN) == 2


def test_a_home_is_nowhere_on_paper_in_files_or_in_lists(visitor: Visitor) -> None:
    home = a_home()
    number, pontypridd = a_network(home), taxonomy.areas().by_code["pontypridd"].id
    for address in (
        f"/en/directory/network/{number}-valley-network",
        f"/en/directory/network/{number}-valley-network/print",
        f"/cy/cyfeiriadur/ardal/{pontypridd}-pontypridd/argraffu",
        f"/cy/rhestr-fer?e={home}",
        f"/cy/rhestr-fer/taflen?e={home}",
        f"/en/shortlist/compare?e={home}",
        f"/en/shortlist/keep?e={home}",
        f"/en/shortlist/add/{home}-gwaith-llaw",
        "/en/directory.csv?network=valley",
        "/cy/cyfeiriadur.json?network=valley",
    ):
        response = visitor.ask("GET", address)
        body = response.get_data(as_text=True)
        assert (address, response.status_code, "Gwaith Llaw" in body) == (address, 200, True)
        assert (address, [secret for secret in HOME if secret in body]) == (address, [])


# -- messages ------------------------------------------------------------------------------------------------------

TYPED = {"name": "Siân", "email": "sian@example.cymru", "language": "cy", "words": "Deg torth, os gwelwch yn dda."}


def letters_to(address: str) -> list[OutgoingLetter]:
    db.session.rollback()
    return db.session.query(OutgoingLetter).filter_by(to_address=address).all()


def test_a_business_that_wants_no_messages_has_no_button_and_says_so(visitor: Visitor, language: str) -> None:
    one = a_supplier("Becws", email="becws@example.cymru")
    changed(one.id, messages_off_at=now())
    page = show(visitor, one.id, language)
    assert said(language, "This business takes no messages through this site.") in page.main
    assert not page.soup.select(f'a[href$="/{MESSAGE[language]}"]')
    page = visitor.open(f"{ROOT[language]}/{one.id}-becws/{MESSAGE[language]}")
    assert not page.soup.select("main form")


def test_a_message_on_its_way_when_they_are_turned_off_is_refused_and_kept_on_the_page(
    visitor: Visitor, language: str
) -> None:
    one = a_supplier("Becws", email="becws@example.cymru")
    visitor.open(f"{ROOT[language]}/{one.id}-becws/{MESSAGE[language]}")
    visitor.send(**TYPED)
    changed(one.id, messages_off_at=now())
    page = visitor.send(status=422)
    assert page.errors == [
        said(language, "This business takes no messages through this site any more. Its page says how to reach it")
    ]
    assert page.values()["words"] == TYPED["words"]
    assert letters_to("becws@example.cymru") == []


@pytest.mark.parametrize(("others", "written"), [("en", "both"), ("cy", "cy")])
def test_a_message_comes_in_the_languages_of_those_who_speak_for_the_business(
    visitor: Visitor, others: str, written: str
) -> None:
    nia, dewi = a_person("nia", language_written="cy"), a_person("dewi", language_written=others)
    business = a_business(nia)
    joined(business, nia, dewi)
    one = a_supplier("Becws", email="becws@example.cymru")
    changed(one.id, business_id=business)
    visitor.open(f"/en/directory/{one.id}-becws/message")
    visitor.send(**TYPED)
    visitor.send()
    [letter] = letters_to("becws@example.cymru")
    assert letter.language == written
    assert {"cy": "Iaith yr ateb: Cymraeg", "both": "Language for the answer: Welsh"}[written] in letter.body


@unit_of_work
def not_gone() -> None:
    """Every try to send has failed."""
    db.session.execute(update(OutgoingLetter).values(state=LetterState.FAILED, problem="x"))


def test_staff_see_how_many_messages_there_were_and_not_a_word_of_them(visitor: Visitor, language: str) -> None:
    one = a_supplier("Becws", email="becws@example.cymru")
    visitor.open(f"/en/directory/{one.id}-becws/message")
    visitor.send(**TYPED)
    visitor.send()
    not_gone()
    mair = enter(Visitor(visitor.site), a_member_of_staff("mair", *ROLES))
    address = {"cy": "/cy/staff/cofnodion/{}/negeseuon", "en": "/en/staff/entries/{}/messages"}[language]
    page = mair.open(address.format(one.id))
    counts = {words(row.th): words(row.td) for row in page.soup.select("tbody tr")}
    assert len(counts) == 12
    assert counts[{"cy": "Tachwedd 2026", "en": "November 2026"}[language]] == "1"
    assert sum(map(int, counts.values())) == 1
    for place in (
        address.format(one.id),
        {"cy": "/cy/staff/llythyrau/heb-fynd", "en": "/en/staff/letters/not-sent"}[language],
    ):
        html = mair.open(place).html
        assert not [word for word in ("torth", "Siân", "sian@example.cymru") if word in html]
    assert Visitor(visitor.site).ask("GET", address.format(one.id)).status_code == 303


# -- files ---------------------------------------------------------------------------------------------------------


def test_files_have_services_networks_and_what_a_business_says(visitor: Visitor) -> None:
    one = a_supplier("Becws")
    changed(
        one.id, team_languages=["pl"], can_take_work=True, company_number="01234567", confirmed_on=date(2026, 11, 2)
    )
    a_service(one.id, both("Cacennau", "Cakes"), direct_payments=True)
    a_network(one.id)
    [row] = table(visitor)
    assert (row["Services"], row["Networks"], row["Work"]) == ("Cakes", "Valley Network", "Can take work now")
    assert (row["Direct payments"], row["Languages of the team"]) == ("Takes direct payments", "Polish")
    assert (row["Company number, as they say"], row["Confirmed on"]) == ("01234567", "2026-11-02")
    [data] = visitor.ask("GET", "/en/directory.json").json["content"]
    assert [(one["name_cy"], one["direct_payments"]) for one in data["services"]] == [("Cacennau", True)]
    assert ([one["id"] for one in data["networks"]], data["can_take_work"]) == (["valley"], True)
