"""A list as a file."""

import csv
import io
import json
from datetime import date
from functools import partial

import pytest
import time_machine
from flask import Flask

from c4s.core.db import db
from c4s.directory import views
from c4s.directory.models import Claim
from c4s.directory.rules import LegalForm, SizeBand
from c4s.quality import actions as quality
from c4s.web.exports import safe_cell
from tests.accounts.builders import a_member_of_staff, a_person
from tests.builders import a_supplier, both
from tests.conftest import NOW, said
from tests.quality.builders import A_CHECK, DAY, DBS, INSURANCE, a_code, an_entry, today, until
from tests.visitor import Visitor

FILE = {"cy": "/cy/cyfeiriadur", "en": "/en/directory"}


def table(visitor: Visitor, language: str = "en", asked: str = "") -> list[dict[str, str]]:
    response = visitor.ask("GET", f"{FILE[language]}.csv{asked}")
    assert (response.status_code, response.mimetype) == (200, "text/csv")
    return list(csv.DictReader(io.StringIO(response.get_data().decode("utf-8-sig"), newline="")))


@pytest.fixture
def baker(site: Flask) -> int:
    return a_supplier(
        "Bakehouse",
        name_cy="Tŷ Bara",
        summary=both("Bara ffres.", "Fresh bread."),
        categories=("food-makers",),
        address=("1 Mill Street",),
        town="Pontypridd",
        postcode="CF37 1AA",
        phone="01632 960001",
        website="https://becws.example.cymru",
        welsh=True,
        size=SizeBand.MICRO,
        legal_form=LegalForm.CO_OPERATIVE,
    ).id


def test_a_spreadsheet_is_in_the_language_of_the_page(visitor: Visitor, baker: int) -> None:
    assert table(visitor, "en") == [
        {
            "Name": "Bakehouse",
            "Summary": "Fresh bread.",
            "What they do": "Food and drink makers",
            "Area": "Pontypridd",
            "Address": "1 Mill Street, Pontypridd, CF37 1AA",
            "Serves in Welsh": "Welsh",
            **dict.fromkeys(("Languages of the team", "Services", "Direct payments", "Work", "Networks"), ""),
            "Phone": "01632 960001",
            "Website": "https://becws.example.cymru",
            "Legal form": "Co-operative",
            "Size": "2 to 9 people",
            **dict.fromkeys(("Company number, as they say", "Charity number, as they say"), ""),
            **dict.fromkeys(("What they say", "What they have shown us", "What they have signed", "Confirmed on"), ""),
            "Source": "",
            "Page": f"http://127.0.0.1:5000/en/directory/{baker}-bakehouse",
        }
    ]
    (row,) = table(visitor, "cy")
    assert (row["Enw"], row["Crynodeb"]) == ("Tŷ Bara", "Bara ffres.")
    assert list(row.values())[-1] == f"http://127.0.0.1:5000/cy/cyfeiriadur/{baker}-ty-bara"


def test_a_spreadsheet_program_sees_the_accents_and_where_lines_end(visitor: Visitor, baker: int) -> None:
    response = visitor.ask("GET", "/cy/cyfeiriadur.csv")
    assert response.get_data().startswith(b"\xef\xbb\xbf")
    assert response.get_data().count(b"\r\n") == 2
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "typed", ["=1+1", "+44", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", '"=1', "'=1", "＝1", "＋1", "－1", "＠1", "\0=1"]
)
def test_no_cell_is_ever_a_formula(typed: str) -> None:
    assert safe_cell(typed) == f"'{typed}"


@pytest.mark.parametrize("typed", ["", "Becws", "01632 960001", "a=b", "x - y", "“=1”"])
def test_other_cells_stay_as_they_are(typed: str) -> None:
    assert safe_cell(typed) == typed


def test_a_name_that_looks_like_a_formula_is_text_in_the_file(visitor: Visitor) -> None:
    a_supplier('=HYPERLINK("http://evil.example","x")', source_id="evil", phone="+44 1632 960001")
    (row,) = table(visitor)
    assert row["Name"] == '\'=HYPERLINK("http://evil.example","x")'
    assert row["Phone"] == "'+44 1632 960001"


def test_a_file_has_what_the_search_finds_by_name_and_beyond_the_first_page(visitor: Visitor) -> None:
    for number in range(30, 0, -1):
        a_supplier(f"Becws {number:02}", categories=("food-makers",))
    a_supplier("Siop")
    names = [row["Name"] for row in table(visitor, asked="?q=becws&category=food")]
    assert names == [f"Becws {number:02}" for number in range(1, 31)]
    assert len(table(visitor)) == 31


@pytest.mark.parametrize("language", ["cy", "en"])
def test_what_does_not_fit_in_a_file_is_in_the_next_one(
    visitor: Visitor, site: Flask, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    address = f"{FILE[language]}?category=food"
    for number in range(5):
        a_supplier(f"Becws {number}", categories=("food-makers",))
    follow = said(language, "The next file has those that come after")
    assert visitor.open(address).soup.find("a", string=follow) is None
    monkeypatch.setattr(views, "PER_FILE", 2)
    link = visitor.open(address).soup.find("a", string=follow)
    assert link["href"] == f"{FILE[language]}.csv?page=2&category=food"
    names, heads = [], []
    for page in ("", "&page=2", "&page=3", "&page=4"):
        names.append([next(iter(row.values())) for row in table(visitor, language, f"?category=food{page}")])
        heads.append(visitor.ask("GET", f"{FILE[language]}.json?category=food{page}").headers.get("Link"))
    assert names == [["Becws 0", "Becws 1"], ["Becws 2", "Becws 3"], ["Becws 4"], []]
    following = [f'<{FILE[language]}.json?page={page}&category=food>; rel="next"' for page in (2, 3)]
    assert heads == [*following, None, None]


def test_an_empty_list_is_a_file_with_a_heading(visitor: Visitor) -> None:
    assert visitor.ask("GET", "/en/directory.csv").get_data() == b"\xef\xbb\xbfName\r\n"
    assert json.loads(visitor.ask("GET", "/en/directory.json").get_data()) == {"totalElements": 0, "content": []}


@pytest.fixture
def insured(site: Flask) -> int:
    """An entry whose business says one thing, has shown another and signed the code; something else is past."""
    a_code()
    owner = a_person("nia")
    business, entry = an_entry(owner, confirmed_on=date(2026, 11, 2))
    quality.say(business, entry, INSURANCE, until(90), by_id=owner.id)
    quality.see(entry, DBS, A_CHECK, by_id=a_member_of_staff("mair").id)
    quality.sign(business, 1, "cy", by_id=owner.id)
    db.session.rollback()
    return entry


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_file_keeps_apart_what_is_said_shown_and_signed_each_with_its_days(
    visitor: Visitor, insured: int, language: str
) -> None:
    (row,) = table(visitor, language)
    word = partial(said, language)
    lasts = (today() + 90 * DAY).isoformat()
    assert row[word("What they say")] == f"{word('Public liability insurance')} (2026-11-23 – {lasts})"
    shown = row[word("What they have shown us")]
    assert shown.startswith(f"{word('DBS check')}, {word('Enhanced')} (2026-11-23 – ")
    assert row[word("What they have signed")] == f"{word('Version')} 1 (2026-11-23)"
    assert row[word("Confirmed on")] == "2026-11-02"


def test_data_keeps_apart_what_is_said_shown_and_signed(visitor: Visitor, insured: int) -> None:
    (one,) = json.loads(visitor.ask("GET", "/en/directory.json").get_data())["content"]
    (says,), (shown,) = one["quality"]["says"], one["quality"]["shown"]
    assert (says["kind"], says["on"], says["issued_on"]) == ("public_liability", "2026-11-23", None)
    assert (shown["kind"], shown["level"], shown["issued_on"]) == ("dbs", "enhanced", "2026-03-02")
    assert one["quality"]["signed"] == {"version": 1, "on": "2026-11-23", "is_current": True}
    assert one["confirmed_on"] == "2026-11-02"


def test_what_has_ended_is_in_no_file_from_the_next_day_on(visitor: Visitor, insured: int) -> None:
    with time_machine.travel(NOW + 91 * DAY, tick=False):
        (row,) = table(visitor)
        (one,) = json.loads(visitor.ask("GET", "/en/directory.json").get_data())["content"]
    assert row["What they say"] == ""
    assert row["What they have shown us"] != ""
    assert "says" not in one["quality"]


def test_nobody_has_confirmed_what_was_imported(visitor: Visitor) -> None:
    a_supplier("Caffi", claim=Claim.IMPORTED, source="fhrs", source_id="1", confirmed_on=date(2026, 11, 2))
    assert table(visitor)[0]["Confirmed on"] == ""
    assert json.loads(visitor.ask("GET", "/en/directory.json").get_data())["content"][0]["confirmed_on"] is None


def test_data_has_both_languages_side_by_side(visitor: Visitor, baker: int) -> None:
    response = visitor.ask("GET", "/cy/cyfeiriadur.json")
    (one,) = json.loads(response.get_data())["content"]
    assert (one["id"], one["name"], one["name_cy"], one["name_en"]) == (str(baker), "Tŷ Bara", "Tŷ Bara", "Bakehouse")
    assert (one["description_cy"], one["description_en"]) == ("Bara ffres.", "Fresh bread.")
    assert (one["status"], one["languages"], one["area"]) == ("active", ["cy", "en"], "pontypridd")
    assert [kind["id"] for kind in one["taxonomies"]] == ["food-makers"]
    assert one["source"] is None


def test_a_file_says_where_imported_entries_come_from(visitor: Visitor) -> None:
    a_supplier("Caffi", claim=Claim.IMPORTED, source="fhrs", source_id="1")
    assert table(visitor)[0]["Source"] == "Food Hygiene Rating Scheme, Food Standards Agency"
    assert json.loads(visitor.ask("GET", "/en/directory.json").get_data())["content"][0]["source"] == "fhrs"
