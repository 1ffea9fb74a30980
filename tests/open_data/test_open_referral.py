"""Open Referral UK: every answer keeps to the standard, says what pages say, and nothing else."""

import gzip
import json
import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory import removing
from c4s.directory.models import Claim, Supplier
from c4s.directory.rules import Capacity, SupplierStatus
from c4s.open_data import data, phrases, queries, rules
from c4s.open_data.contract import BASE
from c4s.open_data.models import SiteIdentity
from c4s.quality import actions as quality
from c4s.search import queries as searching
from c4s.taxonomy import queries as taxonomy
from tests.accounts.builders import a_person
from tests.builders import a_supplier, both, postcodes
from tests.open_data.builders import a_service, change
from tests.open_data.reading import contents, names, read
from tests.quality.builders import INSURANCE, an_entry, until
from tests.visitor import Visitor

SITE = "http://127.0.0.1:5000"
OURS, THEIRS = UUID(int=1), UUID(int=2)


@pytest.fixture
def fencer(site: Flask) -> int:
    """Somebody with everything there is to tell, and two services."""
    supplier = a_supplier(
        "Ffensys Dŵr",
        name_cy="Ffensys y Dŵr a’r Tŷ",
        summary=both("Ffensys.", "Fences."),
        description=both("Ffensys ŵyn â phren lleol.", "Lamb fences of local wood."),
        categories=("food-makers",),
        address=("1 Mill Street",),
        town="Pontypridd",
        postcode="CF37 1AA",
        phone="01632 960001",
        email="siân@example.cymru",
        website="https://ffensys.example.cymru",
        welsh=True,
        hours=both("Bob dydd.", "Every day."),
        access_notes=both("Dim grisiau.", "No steps."),
        served=("pontypridd",),
        confirmed_on=date(2026, 1, 2),
    )
    change(supplier.id, company_number="01234567", charity_number="1234567", team_languages=["cy", "pl"])
    a_service(
        supplier.id,
        "Garden fences",
        name=both("Ffensys gardd â ŵ", "Garden fences"),
        description=both("Gosod a thrwsio.", "Put up and mended."),
        price_guide=both("O £50", "From £50"),
        areas=["pontypridd"],
        direct_payments=True,
        capacity=Capacity.SOON,
        capacity_on=date(2026, 2, 3),
        serves_in_welsh=True,
    )
    a_service(supplier.id, "Gates", category="food-makers")
    return supplier.id


@pytest.fixture
def baker(site: Flask) -> int:
    """Somebody who names no services."""
    return a_supplier("Bakehouse", summary=both("", "Bread."), categories=("food-makers",)).id


def whole(visitor: Visitor, number: int = 0, language: str = "en") -> dict[str, Any]:
    one = contents(visitor, "/services")[number]["id"]
    told: dict[str, Any] = read(visitor, f"/services/{one}?language={language}")
    return told


# ---- The standard ----


@pytest.mark.parametrize("path", [address for _, address in phrases.EXAMPLES])
def test_every_example_of_the_page_about_it_keeps_to_the_standard(visitor: Visitor, fencer: int, path: str) -> None:
    read(visitor, path)


def test_the_beginning_says_which_standard_this_is_and_what_may_be_done_with_it(visitor: Visitor) -> None:
    told = read(visitor, "/")
    assert (told["version"], told["openapi_url"]) == ("HSDS-UK-3.0", f"{SITE}{BASE}/openapi.json")
    assert told["x_licence"]["url"].startswith("https://www.nationalarchives.gov.uk/doc/open-government-licence/")


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("path", ["/services", "/service_at_locations"])
def test_lists_and_single_things_keep_to_the_standard(visitor: Visitor, fencer: int, path: str, language: str) -> None:
    for question in (f"?language={language}", f"?language={language}&full=true"):
        found = contents(visitor, f"{path}{question}")
        assert len(found) == 2
    for one in found:
        assert read(visitor, f"{path}/{one['id']}?language={language}") == one


def test_a_service_says_everything_that_its_page_says(visitor: Visitor, fencer: int) -> None:
    told = whole(visitor)
    assert (told["name"], told["description"], told["status"]) == ("Garden fences", "Put up and mended.", "active")
    assert (told["url"], told["assured_date"]) == ("https://ffensys.example.cymru", "2026-01-02")
    assert told["organization"]["name"] == "Ffensys Dŵr"
    assert [
        (one["identifier_scheme"], one["identifier"]) for one in told["organization"]["organization_identifiers"]
    ] == [
        ("GB-COH", "01234567"),
        ("GB-CHC", "1234567"),
    ]
    assert [one["number"] for one in told["contacts"][0]["phones"]] == ["01632 960001"] == [told["phones"][0]["number"]]
    assert told["schedules"][0]["description"] == "Every day."
    assert [one["name"] for one in told["service_areas"]] == ["Pontypridd"]
    assert [one["code"] for one in told["languages"]] == ["cy", "en"]
    assert told["cost_options"][0]["amount_description"] == "From £50"
    assert "direct payments" in told["cost_options"][1]["option"]
    assert (told["x_capacity"], told["x_capacity_on"], told["x_direct_payments"]) == ("soon", "2026-02-03", True)
    assert told["x_team_languages"] == ["cy", "pl"]
    [place] = [one["location"] for one in told["service_at_locations"]]
    assert place["accessibility"][0]["description"] == "No steps."
    assert (place["addresses"][0]["address_1"], place["addresses"][0]["city"]) == ("1 Mill Street", "Pontypridd")


def test_both_languages_are_in_every_answer_and_each_can_be_asked_for(visitor: Visitor, fencer: int) -> None:
    welsh, english = whole(visitor, language="cy"), whole(visitor, language="en")
    assert (welsh["name"], english["name"]) == ("Ffensys gardd â ŵ", "Garden fences")
    assert welsh["x_texts"] == english["x_texts"]
    assert welsh["x_texts"]["cy"] == {"name": "Ffensys gardd â ŵ", "description": "Gosod a thrwsio."}
    assert welsh["organization"]["name"] == "Ffensys y Dŵr a’r Tŷ"
    assert "/cy/cyfeiriadur/" in welsh["x_page"]
    assert "/en/directory/" in english["x_page"]
    answer = visitor.ask("GET", f"{BASE}/services?language=cy")
    assert answer.headers["Content-Language"] == "cy"
    assert "open-government-licence-cymraeg" in answer.headers["Link"]
    assert "ŵ" in answer.get_data(as_text=True)


def test_a_text_in_one_language_only_stands_in_for_the_other(visitor: Visitor, baker: int) -> None:
    told = whole(visitor, language="cy")
    assert told["description"] == "Bread."
    assert told["x_texts"]["en"]["description"] == "Bread."
    assert "description" not in told["x_texts"]["cy"]


def test_a_supplier_that_names_no_services_is_one(visitor: Visitor, baker: int) -> None:
    assert names(visitor) == ["Bakehouse"]
    assert [one["taxonomy_term"]["code"] for one in whole(visitor)["attributes"]] == ["food-makers"]
    old = contents(visitor, "/services")[0]["id"]
    a_service(baker, "Cakes")
    assert names(visitor) == ["Cakes"]
    read(visitor, f"/services/{old}", 404)


def test_where_imported_words_come_from_is_said_with_their_licence(visitor: Visitor, site: Flask) -> None:
    a_supplier("Caffi", claim=Claim.IMPORTED, source="fhrs", source_date=date(2026, 3, 1))
    source = whole(visitor)["x_source"]
    assert (source["date"], source["licence"]["name"]) == ("2026-03-01", "Open Government Licence v3.0")
    assert "Food Standards Agency" in source["name"]


def test_an_imported_entry_says_what_it_is_known_by_where_it_comes_from(visitor: Visitor, site: Flask) -> None:
    a_supplier("Caffi", claim=Claim.IMPORTED, source="open-referral", source_id="ac148810-d857-441c-9679-408f346de14b")
    told = whole(visitor)
    assert told["x_source"]["id"] == "ac148810-d857-441c-9679-408f346de14b" != told["id"]


def test_a_uri_is_the_same_in_both_languages_and_whatever_a_supplier_is_called(visitor: Visitor, fencer: int) -> None:
    def uris(language: str) -> list[str]:
        told = whole(visitor, language=language)
        return [told["organization"]["uri"], *(one["uri"] for one in told["service_areas"])]

    before = uris("en")
    change(fencer, name="Fences", name_cy="Ffensys")
    assert uris("cy") == uris("en") == before
    assert all(one.startswith("urn:uuid:") for one in before)


def fields_of_ours(told: Any) -> set[str]:
    """Every name in an answer that the standard does not know."""
    if isinstance(told, dict):
        return {name for name in told if name.startswith("x_")}.union(*map(fields_of_ours, told.values()))
    return set().union(*map(fields_of_ours, told)) if isinstance(told, list) else set()


def test_every_field_of_ours_is_on_the_page_about_it_and_there_is_no_other(
    visitor: Visitor, fencer: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = a_person("nia")
    business, entry = an_entry(owner)
    quality.say(business, entry, INSURANCE, until(90), by_id=owner.id)
    db.session.rollback()
    for number in range(3):
        a_supplier("Caffi", claim=Claim.IMPORTED, source="fhrs", source_id=f"{number}", town="Pontypridd")
    found = fields_of_ours(read(visitor, "/services?full=true")) | fields_of_ours(read(visitor, "/"))
    found |= fields_of_ours(read(visitor, "/taxonomy_terms?per_page=100"))
    monkeypatch.setattr(searching, "MOST", 1)
    found |= fields_of_ours(read(visitor, "/services?search=pontypridd"))
    assert found == {name for name, _about in phrases.OURS}


# ---- What is nobody's business ----


@pytest.mark.parametrize("language", ["cy", "en"])
def test_no_answer_has_the_address_of_a_home_or_any_e_mail_address(
    visitor: Visitor, site: Flask, language: str
) -> None:
    home = a_supplier(
        "Gofal Gartref",
        address=("7 Secret Street",),
        town="Pontypridd",
        postcode="CF37 4ZZ",
        email="secret@example.cymru",
        home_based=True,
        latitude=51.61234,
        longitude=-3.34321,
    )
    change(home.id, latitude=51.61234, longitude=-3.34321, address=["7 Secret Street"], postcode="CF37 4ZZ")
    area = taxonomy.areas().by_code["pontypridd"]
    for path in (
        f"{BASE}/services?full=true&",
        f"{BASE}/service_at_locations?full=true&",
        f"/{language}/services.csv?",
    ):
        path = path.replace("/cy/services.csv", "/cy/gwasanaethau.csv")
        body = visitor.ask("GET", f"{path}language={language}").get_data(as_text=True)
        assert "Gofal Gartref" in body
        for secret in ("Secret", "CF37 4ZZ", "secret@", "61234", "34321"):
            assert secret not in body
    place = whole(visitor)["service_at_locations"][0]["location"]
    assert (place["name"], place["latitude"]) == ("Pontypridd", area.latitude)
    assert "addresses" not in place


HIDDEN = {
    "unpublished": {"status": SupplierStatus.UNPUBLISHED},
    "closed": {"status": SupplierStatus.CLOSED},
    "taken down": {"taken_down_at": "now"},
    "archived": {"archived_on": date(2026, 1, 1)},
    "gone from its source": {"gone_on": date(2026, 1, 1)},
}


@pytest.mark.parametrize("why", HIDDEN)
def test_what_is_not_listed_is_told_to_nobody(visitor: Visitor, fencer: int, baker: int, why: str) -> None:
    [one] = [told for told in contents(visitor, "/services") if told["name"] == "Gates"]
    change(fencer, **{name: now() if value == "now" else value for name, value in HIDDEN[why].items()})
    assert names(visitor) == names(visitor, "?full=true") == ["Bakehouse"]
    assert names(visitor, "?search=ffensys") == []
    assert read(visitor, "/services")["total_items"] == 1
    read(visitor, f"/services/{one['id']}", 404)
    assert "Ffensys" not in visitor.ask("GET", "/en/services.csv").get_data(as_text=True)


def test_what_the_index_still_has_but_is_no_longer_listed_is_left_out(visitor: Visitor, fencer: int) -> None:
    """A second look: not even an entry that somebody forgot to file anew is told of."""
    change(fencer, is_filed=False, taken_down_at=now())
    assert contents(visitor, "/services") == []


def test_one_that_is_closed_for_a_time_says_so(visitor: Visitor, baker: int) -> None:
    change(baker, status=SupplierStatus.TEMPORARILY_CLOSED)
    assert [one["status"] for one in contents(visitor, "/services")] == ["temporarily closed"]


# ---- Asking ----


def test_pages_of_a_list_have_each_service_once(visitor: Visitor, fencer: int, baker: int) -> None:
    first, second = read(visitor, "/services?per_page=2"), read(visitor, "/services?per_page=2&page=2")
    assert [one["name"] for one in first["contents"] + second["contents"]] == ["Garden fences", "Gates", "Bakehouse"]
    assert (first["total_items"], first["total_pages"], first["size"]) == (3, 2, 2)
    assert (first["first_page"], first["last_page"], first["empty"]) == (True, False, False)
    assert (second["page_number"], second["first_page"], second["last_page"], second["size"]) == (2, False, True, 1)
    beyond = read(visitor, "/services?per_page=2&page=3")
    assert (beyond["empty"], beyond["size"], beyond["total_items"], beyond["last_page"]) == (True, 0, 3, True)


def test_a_list_is_narrowed_by_category_supplier_and_date(visitor: Visitor, fencer: int, baker: int) -> None:
    terms = {one["code"]: one["id"] for one in contents(visitor, "/taxonomy_terms?per_page=100")}
    change(fencer, categories=("care",))
    for code in ("food-makers", "food"):
        assert names(visitor, f"?taxonomy_term_id={terms[code]}") == ["Gates", "Bakehouse"]
    assert names(visitor, f"?taxonomy_term_id={terms['care']}") == [
        "Garden fences"
    ]  # as its supplier, for it names none
    [taxonomy_id] = [one["id"] for one in contents(visitor, "/taxonomies")]
    assert len(names(visitor, f"?taxonomy_id={taxonomy_id}")) == 3
    organization = whole(visitor)["organization"]["id"]
    assert names(visitor, f"?organization_id={organization}") == ["Garden fences", "Gates"]
    elsewhere = "00000000-0000-0000-0000-000000000000"
    for name in ("taxonomy_term_id", "taxonomy_id", "organization_id"):
        assert names(visitor, f"?{name}={elsewhere}") == []


def test_a_list_is_narrowed_to_what_has_changed_since(visitor: Visitor, fencer: int, baker: int) -> None:
    change(baker, updated_at=now() - timedelta(days=3))
    change(fencer, updated_at=now() - timedelta(days=3))
    yesterday = (now() - timedelta(days=1)).isoformat()
    assert names(visitor, f"?modified_after={quote(yesterday)}") == ["Garden fences", "Gates"]  # their own rows are new
    assert read(visitor, f"/services?modified_after={yesterday}&per_page=1")["total_items"] == 2
    week_ago = (now() - timedelta(days=7)).date().isoformat()
    assert len(names(visitor, f"?modified_after={week_ago}")) == 3
    assert names(visitor, "?modified_after=2999-01-01") == []


def test_a_list_is_searched_by_words_and_by_place(visitor: Visitor, fencer: int, baker: int) -> None:
    postcodes()
    change(fencer, latitude=51.6015, longitude=-3.3424)
    assert names(visitor, "?search=ffensys") == ["Garden fences", "Gates"]
    assert names(visitor, "?search=nothing+at+all+like+it") == []
    assert names(visitor, "?postcode=CF37+1AA&proximity=1000") == ["Garden fences", "Gates"]
    assert names(visitor, "?postcode=CF44+7AA&proximity=1000") == []


def test_a_search_says_when_there_is_more(visitor: Visitor, site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        a_supplier(f"Becws {number}")
    assert "x_is_more" not in read(visitor, "/services?search=becws")
    monkeypatch.setattr(searching, "MOST", 3)
    told = read(visitor, "/services?search=becws")
    assert (told["x_is_more"], told["total_items"]) == (True, 3)


@pytest.mark.parametrize("question", ["minimum_age=3", "day=MO", "start_time=09:00"])
def test_nothing_answers_to_what_no_entry_says(visitor: Visitor, fencer: int, question: str) -> None:
    assert read(visitor, f"/services?{question}")["empty"] is True


def test_only_identifiers_and_dates_can_be_asked_for(visitor: Visitor, fencer: int) -> None:
    found = contents(visitor, "/services?minimal=true")
    assert [set(one) for one in found] == [{"id", "last_modified"}] * 2


@pytest.mark.parametrize(
    ("question", "parameter"),
    [
        ("page=0", "page"),
        ("page=x", "page"),
        ("page=-1", "page"),
        ("per_page=101", "per_page"),
        ("per_page=", ""),
        ("taxonomy_term_id=1", "taxonomy_term_id"),
        ("taxonomy_id=zz", "taxonomy_id"),
        ("organization_id='", "organization_id"),
        ("modified_after=yesterday", "modified_after"),
        ("modified_after=0001-01-01T00:00:00%2B23:00", "modified_after"),
        ("postcode=CF37", "postcode"),
        ("postcode=CF99+9ZZ", "postcode"),
        ("proximity=100", "proximity"),
        ("proximity=1&postcode=CF37+1AA", "proximity"),
        ("full=perhaps", "full"),
        ("language=fr", "language"),
        ("format=xml", "format"),
        ("search=" + "x" * 101, "search"),
        ("colour=red", "colour"),
        ("page=1&page=2", "page"),
    ],
)
def test_what_cannot_be_answered_says_which_parameter_it_is(
    visitor: Visitor, site: Flask, question: str, parameter: str
) -> None:
    if not parameter:
        read(visitor, f"/services?{question}")
        return
    told = read(visitor, f"/services?{question}", 400)
    assert told["parameter"] == parameter
    assert " / " in told["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/services/1",
        "/services/00000000-0000-0000-0000-000000000000",
        "/services/{SERVICE:8000000001}",
        "/services/{TAXONOMY:0}",
        "/services/" + rules.identifier(THEIRS, rules.Kind.SERVICE, 2),
        "/service_at_locations/{SERVICE_AT_LOCATION:999}",
        "/taxonomies/1",
        "/taxonomy_terms/{CATEGORY:999}",
        "/nothing",
        "/services/1/2",
    ],
)
def test_what_is_not_there_is_told_to_programs_in_their_own_form(visitor: Visitor, baker: int, path: str) -> None:
    mine = re.sub("{(.*):(.*)}", lambda one: rules.identifier(data.site(), rules.Kind[one[1]], int(one[2])), path)
    assert read(visitor, mine, 404)["status"] == 404


# ---- Categories ----


@pytest.mark.parametrize("language", ["cy", "en"])
def test_categories_are_told_in_each_language_with_what_lies_above_them(
    visitor: Visitor, site: Flask, language: str
) -> None:
    [one] = contents(visitor, f"/taxonomies?language={language}")
    told = read(visitor, f"/taxonomies/{one['id']}?language={language}")
    terms = {term["code"]: term for term in told["taxonomy_terms"]}
    assert len(terms) == read(visitor, "/taxonomy_terms")["total_items"] == len(taxonomy.categories().by_id)
    assert terms["food-makers"]["parent_id"] == terms["food"]["id"]
    name = getattr(taxonomy.categories().by_code["food-makers"].name, language)
    assert read(visitor, f"/taxonomy_terms/{terms['food-makers']['id']}?language={language}")["name"] == name
    assert contents(visitor, "/taxonomy_terms?page=99") == []


# ---- How it travels ----


def test_scripts_on_any_page_may_read_it_and_nothing_else_here(visitor: Visitor, baker: int) -> None:
    for path, status in (("/services", 200), ("/services/x", 404), ("/services?page=x", 400)):
        response = visitor.ask("GET", BASE + path)
        assert response.status_code == status
        assert response.headers.getlist("Access-Control-Allow-Origin") == ["*"]
        assert response.headers.getlist("Cross-Origin-Resource-Policy") == ["cross-origin"]
        assert "Set-Cookie" not in response.headers
    before = visitor.ask("OPTIONS", f"{BASE}/services")
    assert before.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    for path in ("/en/directory", "/en/open-data", "/en/services.csv"):
        response = visitor.ask("GET", path)
        assert "Access-Control-Allow-Origin" not in response.headers
        assert response.headers.getlist("Cross-Origin-Resource-Policy") == ["same-origin"]
    assert visitor.ask("POST", f"{BASE}/services").status_code in (400, 403, 405)


def test_whoever_asks_again_is_told_that_nothing_has_changed(
    visitor: Visitor, baker: int, statements: list[str]
) -> None:
    first = visitor.ask("GET", f"{BASE}/services")
    assert first.headers["Cache-Control"] == "public, max-age=60"
    statements.clear()
    again = visitor.ask("GET", f"{BASE}/services", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data(), len(statements)) == (304, b"", 1)
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    change(baker, town="Aberdâr")
    a_service(baker, "Cakes")
    assert visitor.ask("GET", f"{BASE}/services", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_it_is_compressed_for_those_who_can_unpack_it(visitor: Visitor, fencer: int) -> None:
    response = visitor.ask("GET", f"{BASE}/services?full=true", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(response.get_data()))["total_items"] == 2


def test_no_list_asks_the_database_more_often_as_the_directory_grows(
    visitor: Visitor, site: Flask, statements: list[str]
) -> None:
    postcodes()
    asked: dict[str, set[int]] = {}
    for start, stop in ((0, 3), (3, 30)):
        for number in range(start, stop):
            supplier = a_supplier(f"Becws {number:02}", categories=("food-makers",), served=("pontypridd",))
            for one in range(number % 3):
                a_service(supplier.id, f"Bread {one}")
        for path in (
            "/services?full=true",
            "/services?full=true&per_page=2&page=2",
            "/services?search=becws&full=true",
        ):
            read(visitor, path)
            statements.clear()
            read(visitor, path)
            asked.setdefault(path, set()).add(len(statements))
    assert all(max(numbers) <= 10 for numbers in asked.values()), asked
    assert all(max(numbers) - min(numbers) <= 1 for numbers in asked.values()), asked  # the total of a longer list


# ---- Identifiers ----


def test_an_identifier_is_always_the_same_and_tells_its_number_to_this_site_alone() -> None:
    mine = rules.identifier(OURS, rules.Kind.SERVICE, 17, 3)
    assert mine == rules.identifier(OURS, rules.Kind.SERVICE, 17, 3)
    assert UUID(mine).version == 8
    assert rules.number_of(OURS, rules.Kind.SERVICE, UUID(mine)) == 17
    assert rules.number_of(OURS, rules.Kind.PHONE, UUID(mine)) is None
    assert rules.number_of(THEIRS, rules.Kind.SERVICE, UUID(mine)) is None
    assert rules.service_of(rules.service_number(5, None)) == (5, None)
    assert rules.service_of(rules.service_number(5, 9)) == (None, 9)


@pytest.mark.parametrize(("number", "second"), [(2**33, 0), (0, 2**29), (-1, 0)])
def test_no_identifier_is_made_of_a_number_that_does_not_fit(number: int, second: int) -> None:
    with pytest.raises(ValueError, match="No record has such a number"):
        rules.identifier(OURS, rules.Kind.SERVICE, number, second)


def identifiers(told: Any) -> set[str]:
    """Every identifier in an answer, however deep."""
    if isinstance(told, dict):
        mine = {value for name, value in told.items() if name == "id" or name.endswith("_id")}
        return mine.union(*map(identifiers, told.values()))
    return set().union(*map(identifiers, told)) if isinstance(told, list) else set()


def test_identifiers_stay_as_they_are_when_the_site_moves_to_another_address(
    visitor: Visitor, fencer: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read(visitor, "/services?full=true")
    monkeypatch.setitem(visitor.site.config, "SITE_ADDRESS", "https://cyfeiriadur.example.cymru")
    monkeypatch.delitem(visitor.site.extensions, data.IDENTITY)  # as after a start
    after = read(visitor, "/services?full=true")
    assert identifiers(before) == identifiers(after)
    assert len(identifiers(before)) > 20
    assert after["contents"][0]["x_page"].startswith("https://cyfeiriadur.example.cymru/en/directory/")
    for one in identifiers({"id": before["contents"][0]["id"]}):
        read(visitor, f"/services/{one}")


def test_what_identifiers_rest_on_is_made_once_by_the_migrations(site: Flask) -> None:
    assert data.site() == queries.identity()
    assert data.site().version == 4
    with pytest.raises(IntegrityError):
        unit_of_work(db.session.add)(SiteIdentity(id=2, key=OURS))


def test_the_number_of_a_supplier_that_is_gone_is_never_used_again(site: Flask) -> None:
    gone = a_supplier("Becws").id
    unit_of_work(removing.remove)([db.session.get_one(Supplier, gone)])
    assert a_supplier("Caffi").id > gone


# ---- The description for programs ----


def test_the_description_for_programs_names_every_address_and_every_parameter(visitor: Visitor, site: Flask) -> None:
    document = read(visitor, "/openapi.json")
    assert document["openapi"] == "3.1.0"
    assert {"title", "version", "license"} <= set(document["info"])
    mine = {
        str(rule)[len(BASE) :].replace("<uuid>", "{id}")
        for rule in site.url_map.iter_rules()
        if rule.endpoint.startswith("open_referral.") and "path:" not in str(rule)
    }
    assert set(document["paths"]) == mine - {"/openapi.json"}
    known = {f"#/components/parameters/{name}" for name in document["components"]["parameters"]}
    operations = [one["get"] for one in document["paths"].values()]
    assert len({one["operationId"] for one in operations}) == len(operations)
    for one in operations:
        assert {parameter["$ref"] for parameter in one["parameters"]} <= known
        assert {"200", "304", "400"} <= set(one["responses"])
    asked = {one["$ref"].rpartition("/")[2] for one in document["paths"]["/services"]["get"]["parameters"]}
    assert asked == set(rules.SERVICES)


def test_every_reference_in_the_description_leads_somewhere(visitor: Visitor, site: Flask) -> None:
    document = read(visitor, "/openapi.json")

    def references(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [v for k, v in value.items() if k == "$ref"] + [r for v in value.values() for r in references(v)]
        return [r for v in value for r in references(v)] if isinstance(value, list) else []

    found = references(document)
    assert found
    for reference in found:
        place: Any = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
