"""The page about open data, and the spreadsheet."""

import csv
import io

import pytest
from flask import Flask

from c4s.open_data import phrases, rules, views
from c4s.open_data.contract import BASE
from tests.builders import a_supplier, both
from tests.conftest import said
from tests.open_data.builders import a_service
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


def test_more_services_than_fit_are_in_the_next_spreadsheet(
    visitor: Visitor, site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PER_FILE", 2)
    for number in range(3):
        a_supplier(f"Becws {number}")
    assert [row["Name"] for row in table(visitor, "en")] == ["Becws 0", "Becws 1"]
    assert [row["Name"] for row in table(visitor, "en", "?page=2")] == ["Becws 2"]
