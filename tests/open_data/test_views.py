"""The page about open data, and the spreadsheet."""

import csv
import io
from datetime import date

import pytest
from flask import Flask

from c4s.core.db import db
from c4s.directory import showing
from c4s.open_data import phrases, queries, rules, views
from c4s.open_data.contract import BASE
from c4s.quality import actions
from c4s.quality.rules import FactKind
from tests.accounts.builders import a_person
from tests.builders import a_supplier, both
from tests.conftest import said
from tests.open_data.builders import a_service
from tests.quality.builders import INSURANCE, an_entry, until
from tests.visitor import Visitor

FILE = {"cy": "/cy/gwasanaethau.csv", "en": "/en/services.csv"}


def table(visitor: Visitor, language: str, question: str = "") -> list[dict[str, str]]:
    response = visitor.ask("GET", f"{FILE[language]}{question}")
    assert (response.status_code, response.mimetype) == (200, "text/csv")
    return list(csv.DictReader(io.StringIO(response.get_data().decode("utf-8-sig"), newline="")))


def test_the_page_about_open_data_says_everything_that_can_be_asked(visitor: Visitor, language: str) -> None:
    page = visitor.open({"cy": "/cy/data-agored", "en": "/en/open-data"}[language])
    for name, _ in phrases.PARAMETERS:
        assert name in page.main
    assert {name for name, _ in phrases.PARAMETERS} == set(rules.SERVICES) - {"format", *rules.UNHELD}
    assert "open-government-licence" in page.html


def test_every_address_on_the_page_about_open_data_answers(visitor: Visitor, language: str) -> None:
    a_supplier("Becws")
    page = visitor.open({"cy": "/cy/data-agored", "en": "/en/open-data"}[language])
    mine = [address for address in page.links().values() if address.startswith((f"{BASE}/", "/cy/", "/en/"))]
    assert len(mine) > 10
    for address in mine:
        assert visitor.ask("GET", address).status_code == 200, address


def test_the_directory_and_the_map_of_the_site_lead_to_open_data(visitor: Visitor, language: str) -> None:
    a_supplier("Becws")
    visitor.open({"cy": "/cy/cyfeiriadur", "en": "/en/directory"}[language])
    assert visitor.follow(said(language, "Open data")).h1 == said(language, "Open data")
    assert "/en/open-data" in visitor.ask("GET", "/sitemap-pages.xml").get_data(as_text=True)


def test_a_spreadsheet_has_a_row_for_each_service(visitor: Visitor, site: Flask, language: str) -> None:
    supplier = a_supplier("Ffensys", name_cy="Tŷ Ffens", phone="01632 960001", categories=("food-makers",))
    a_service(supplier.id, "Fences", name=both("Ffensys ŵyn", "Fences"), price_guide=both("=1+1", "=1+1"))
    a_supplier("Becws")
    fence, bakery = table(visitor, language)
    assert fence[said(language, "Name")] == {"cy": "Ffensys ŵyn", "en": "Fences"}[language]
    assert fence[said(language, "Business")] == {"cy": "Tŷ Ffens", "en": "Ffensys"}[language]
    assert fence[said(language, "Price guide")] == "'=1+1"
    assert fence[said(language, "Page")].startswith(f"http://127.0.0.1:5000/{language}/")
    assert (bakery[said(language, "Name")], bakery[said(language, "Phone")]) == ("Becws", "")


def test_a_spreadsheet_of_services_has_what_their_supplier_says_shows_and_signs(
    visitor: Visitor, site: Flask, language: str
) -> None:
    owner = a_person("nia")
    business, entry = an_entry(owner, confirmed_on=date(2026, 11, 2))
    for kind in (INSURANCE, FactKind.HMRC_REGISTERED):
        actions.say(business, entry, kind, until(90), by_id=owner.id)
    db.session.rollback()
    a_service(entry)
    (row,) = table(visitor, language)
    first, second = row[said(language, "What they say")].split("; ")
    assert first.startswith(f"{said(language, 'Public liability insurance')} (2026-11-23 – ")
    assert second.startswith(said(language, "Registered with HMRC"))
    assert row[said(language, "What they have shown us")] == row[said(language, "What they have signed")] == ""
    assert row[said(language, "Confirmed on")] == "2026-11-02"


def test_the_page_about_open_data_says_what_each_column_with_days_is_and_every_field_that_is_ours(
    visitor: Visitor, site: Flask, language: str
) -> None:
    page = visitor.open({"cy": "/cy/data-agored", "en": "/en/open-data"}[language])
    terms = [term.get_text() for term in page.soup.select("dt")]
    a_service(a_supplier("Becws").id)
    (row,) = table(visitor, language)
    for name in ("What they say", "What they have shown us", "What they have signed", "Confirmed on"):
        assert said(language, name) in terms
        assert said(language, name) in row
    assert {name for name, _ in phrases.OURS} <= set(terms)
    assert sum(len(part.columns) for part in showing.parts()) == 3


def test_a_spreadsheet_is_the_same_however_many_are_read_at_once(
    visitor: Visitor, site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        a_service(a_supplier(f"Becws {number}").id)
    whole = table(visitor, "en")
    monkeypatch.setattr(queries, "AT_ONCE", 2)
    assert table(visitor, "en") == whole
    assert len(whole) == 3


def test_more_services_than_fit_are_in_the_next_spreadsheet(
    visitor: Visitor, site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PER_FILE", 2)
    for number in range(3):
        a_supplier(f"Becws {number}")
    assert [row["Name"] for row in table(visitor, "en")] == ["Becws 0", "Becws 1"]
    assert [row["Name"] for row in table(visitor, "en", "?page=2")] == ["Becws 2"]
