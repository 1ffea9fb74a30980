"""The directory's lists, as people see them."""

import json
from datetime import date
from urllib.parse import urlencode

import pytest
from flask import Flask

from c4s.directory.models import Claim
from c4s.directory.rules import LegalForm, SupplierStatus
from c4s.search import queries as searching
from c4s.taxonomy import queries as taxonomy
from tests.builders import a_supplier, both, postcodes
from tests.visitor import Page, Visitor, check, words

pytestmark = pytest.mark.pages

INDEX = {"cy": "/cy/cyfeiriadur", "en": "/en/directory"}
LETTERS = {"cy": "/cy/cyfeiriadur/a-i-y", "en": "/en/directory/a-to-z"}


def listed(page: Page) -> list[str]:
    """The names on the cards of a list, in order."""
    return [words(card.find(["h2", "h3"])) for card in page.soup.select("ul.cards > li")]


def search(visitor: Visitor, page_in: str = "en", /, **asked: object) -> Page:
    return visitor.open(f"{INDEX[page_in]}?{urlencode(asked, doseq=True)}")


def the_heading(page: Page) -> str:
    return words(page.soup.select_one("#results"))


# -- searching -----------------------------------------------------------------------------------------------------


def test_an_empty_directory_says_what_to_try(visitor: Visitor, language: str) -> None:
    page = visitor.open(INDEX[language])
    assert listed(page) == []
    assert the_heading(page) == {"cy": "Cyflenwyr: 0", "en": "Suppliers: 0"}[language]
    assert LETTERS[language] in page.links().values()


def test_everyone_is_listed_by_the_alphabet_of_the_page(visitor: Visitor) -> None:
    for name in ("Chwarae Teg", "Cwm Clyd", "Ddoe", "Dŵr"):
        a_supplier(name)
    assert listed(visitor.open(INDEX["cy"])) == ["Cwm Clyd", "Chwarae Teg", "Dŵr", "Ddoe"]
    assert listed(visitor.open(INDEX["en"])) == ["Chwarae Teg", "Cwm Clyd", "Ddoe", "Dŵr"]


def test_a_search_marks_the_words_where_it_found_them(visitor: Visitor, language: str) -> None:
    a_supplier("Bronfa", summary=both("Mae gerddi mawr yma.", "There are large gardens here."))
    a_supplier("Gwynfa")
    page = search(visitor, language, q={"cy": "gardd", "en": "garden"}[language])
    assert listed(page) == ["Bronfa"]
    assert [words(mark) for mark in page.soup.select("mark")] == [{"cy": "gerddi", "en": "gardens"}[language]]
    assert page.soup.select_one("input[name=q]")["value"] == {"cy": "gardd", "en": "garden"}[language]


def test_words_found_in_the_other_language_are_shown_in_it_and_marked_as_such(visitor: Visitor) -> None:
    a_supplier("Bronfa", summary=both("Blodau.", "Flowers."), description=both("Gerddi mawr.", "Large lawns."))
    page = search(visitor, "en", q="gerddi")
    told = page.soup.select_one("ul.cards p[lang=cy]")
    assert words(told) == "Gerddi mawr."


def test_a_search_can_be_shared_in_the_other_language(visitor: Visitor) -> None:
    a_supplier("Bronfa", categories=("food-cafes",))
    page = search(visitor, "cy", q="caffi", category="food", language="en", sort="name")
    assert listed(page) == ["Bronfa"]
    page = visitor.switch_language()
    assert page.address.startswith("/en/directory?")
    assert listed(page) == ["Bronfa"]


def test_nothing_found_suggests_a_nearby_word_that_finds_something(visitor: Visitor, language: str) -> None:
    a_supplier("Crochendy Pontypridd")
    page = search(visitor, language, q="ponytpridd")
    assert listed(page) == []
    assert listed(visitor.follow("pontypridd")) == ["Crochendy Pontypridd"]


def test_nothing_found_and_nothing_near_still_says_what_to_try(visitor: Visitor, language: str) -> None:
    postcodes()
    hints = [
        len(search(visitor, language, q="zzzzzzzz", **more).soup.select("main .notice li, main .empty li"))
        for more in ({}, {"category": "food"}, {"category": "food", "near": "CF37 1AA"})
    ]
    assert hints == [2, 3, 4]  # only what would help: no filter is taken away that is not there


# -- narrowing -----------------------------------------------------------------------------------------------------


@pytest.fixture
def four(site: Flask) -> None:
    a_supplier("Caffi Glas", categories=("food-cafes",), town="Aberdare", welsh=True)
    a_supplier("Caffi Coch", categories=("food-cafes",), town="Porth", social_enterprise=True)
    a_supplier("Becws Gwyn", categories=("food-makers",), town="Aberdare", micro_enterprise=True)
    a_supplier("Siop Ddu", categories=("retail-shops",), town="Porth", english=False, legal_form=LegalForm.CO_OPERATIVE)


def test_filters_have_true_counts_and_can_be_taken_away(visitor: Visitor, four: None, language: str) -> None:
    food = taxonomy.categories().by_code["food"].name.spoken(language)[0]
    page = visitor.open(INDEX[language])
    page = visitor.follow(f"{food} (3)")
    assert listed(page) == ["Becws Gwyn", "Caffi Coch", "Caffi Glas"]
    area = taxonomy.areas().by_code["aberdare-hirwaun"].name.spoken(language)[0]
    page = visitor.follow(f"{area} (2)")
    assert listed(page) == ["Becws Gwyn", "Caffi Glas"]
    remove = [name for name in page.links() if name.endswith(f": {food}")]
    assert len(remove) == 1
    page = visitor.follow(remove[0])
    assert listed(page) == ["Becws Gwyn", "Caffi Glas"]
    assert "category" not in page.address


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"language": "cy"}, ["Caffi Glas"]),
        ({"language": "en"}, ["Becws Gwyn", "Caffi Coch", "Caffi Glas"]),
        ({"kind": "social"}, ["Caffi Coch"]),
        ({"kind": "micro"}, ["Becws Gwyn"]),
        ({"kind": "cooperative"}, ["Siop Ddu"]),
        ({"category": "food-cafes", "area": "porth"}, ["Caffi Coch"]),
        ({"category": "no-such-thing"}, ["Becws Gwyn", "Caffi Coch", "Caffi Glas", "Siop Ddu"]),
        ({"category": "food", "q": "glas"}, ["Caffi Glas"]),
    ],
)
def test_each_filter_narrows_the_list(visitor: Visitor, four: None, asked: dict[str, str], found: list[str]) -> None:
    assert listed(search(visitor, **asked)) == found


def test_a_filter_that_nobody_would_answer_is_not_offered(visitor: Visitor, four: None) -> None:
    offered = [name for name in visitor.open(INDEX["en"]).links() if name.endswith(")")]
    assert "Charity" not in " ".join(offered) and not [name for name in offered if name.endswith("(0)")]


def test_a_search_within_a_filter_keeps_it(visitor: Visitor, four: None) -> None:
    page = search(visitor, category="food", sort="name")
    kept = {str(box["name"]): str(box["value"]) for box in page.soup.select("form.search input[type=hidden]")}
    assert kept == {"category": "food", "sort": "name"}


def test_more_than_can_be_ranked_says_more_than(
    visitor: Visitor, four: None, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(searching, "MOST", 1)
    page = search(visitor, language, q="caffi")
    assert the_heading(page) == {"cy": "Cyflenwyr: mwy na 1", "en": "Suppliers: more than 1"}[language]
    assert not [name for name in page.links() if name.endswith(")")]


# -- near ----------------------------------------------------------------------------------------------------------


def test_nearest_first_with_how_far(visitor: Visitor, language: str) -> None:
    postcodes()
    a_supplier("Pell", postcode="CF44 7AA")
    a_supplier("Agos", postcode="CF37 1AA")
    page = search(visitor, language, near="cf371aa", within=20)
    assert listed(page) == ["Agos", "Pell"]
    assert [words(card.select_one("p")).split(" · ")[-1] for card in page.soup.select("ul.cards > li")] == [
        "0.0 km", "14.4 km",
    ]  # fmt: skip
    assert listed(search(visitor, language, near="CF37 1AA")) == ["Agos"]
    assert page.soup.select_one("input[name=near]")["value"] == "CF37 1AA"


def test_an_unknown_postcode_is_said_and_everyone_is_listed(visitor: Visitor, language: str) -> None:
    a_supplier("Pell")
    for near in ("CF99 9ZZ", "nonsense"):
        page = search(visitor, language, near=near)
        assert near in page.main
        assert listed(page) == ["Pell"]
        assert page.soup.select_one("input[name=near]")["value"] == near


def test_the_distance_to_a_home_does_not_tell_where_it_is(visitor: Visitor) -> None:
    postcodes()
    a_supplier("Cartref", home_based=True, town="Aberdare", postcode="CF44 7AA")
    area = taxonomy.areas().by_code["aberdare"]
    page = search(visitor, near="CF44 7AA")
    far = words(page.soup.select_one("ul.cards p")).split(" · ")[-1]
    assert far not in ("0.0 km", "") and (area.latitude, area.longitude) != (51.7140, -3.4460)


# -- pages of a list -----------------------------------------------------------------------------------------------


def test_a_long_list_has_pages_and_a_page_beyond_the_end_leads_to_the_first(visitor: Visitor, language: str) -> None:
    for number in range(1, 46):
        a_supplier(f"Siop {number:02}")
    assert listed(visitor.open(INDEX[language])) == [f"Siop {n:02}" for n in range(1, 21)]
    page = visitor.open(f"{INDEX[language]}?page=3")
    assert listed(page) == [f"Siop {n:02}" for n in range(41, 46)]
    assert "3" in words(page.soup.title)
    page = visitor.open(f"{INDEX[language]}?page=99&q=siop")
    assert page.address == f"{INDEX[language]}?q=siop"


# -- odd addresses -------------------------------------------------------------------------------------------------

ODD = (
    "q=%22", "q=%22becws", "q=AND", "q=NOT+becws", "q=OR", "q=NEAR(a+b,2)", "q=becws*", "q=%5Ebecws", "q=title:x",
    "q=%25", "q=%", "q=%zz", "q=%00", "q=bec%00ws", "q=%ED%A0%80", "q=%FF%FE", "q=%F0%9F%98%80", "q=%E2%80%AEx",
    "q=" + "x" * 3_000, "q=" + "becws+" * 500, "q='", "q=%E2%80%99", "q=((((", "q=))))", "q=%5C", "q=%7B%7B7*7%7D%7D",
    "q=%3Cscript%3Ealert(1)%3C/script%3E", "q=%22%3E%3Cimg+src=x+onerror=alert(1)%3E", "q=becws&q=caffi", "q[]=a",
    "q", "=", "&&&", "page=0", "page=0x", "page=-1", "page=1e9", "page=999999", "page=99999999999999999999", "page=",
    "page=%00", "page=%D9%A1", "page=1&page=2", "page_language=en", "page_language=xx", "_external=1",
    "_scheme=javascript", "_anchor=x", "_method=POST", "endpoint=x", "values=x", "self=x", ".self=x", "language=xx",
    "language=cy&language=en", "kind=%00", "category=food&category=care", "category=" + "x" * 2_000, "area=%ED%A0%80",
    "sort=name;drop", "sort=relevance", "near=%00", "near=CF37%001AA", "near=" + "x" * 2_000, "near=%F0%9F%98%80",
    "within=0", "within=-5", "within=1e309", "within=0010999999", "within=" + "9" * 3_000, "within=%D9%A5",
    "near=CF37+1AA&within=0010" + "9" * 400, "q=%E1%B8%9Dw&category=food&area=porth&language=cy&kind=social",
)  # fmt: skip


def test_no_address_of_the_directory_is_ever_an_error(visitor: Visitor) -> None:
    postcodes()
    a_supplier("Becws Taf", categories=("food-makers",), town="Porth", postcode="CF37 1AA")
    for odd in ODD:
        for language in ("cy", "en"):
            response = visitor.ask("GET", f"{INDEX[language]}?{odd}")
            if response.status_code == 302:  # a page beyond the end
                assert response.headers["Location"].startswith(INDEX[language])
                continue
            assert (odd[:60], response.status_code) == (odd[:60], 200)
            body = response.get_data(as_text=True)
            assert "<script" not in body and "<img" not in body
            assert f'<html lang="{language}">' in body
            assert "javascript:" not in body
            assert 'hreflang="en" href="http://127.0.0.1:5000/en/directory' in body


def test_odd_words_are_shown_and_kept_as_they_are(visitor: Visitor) -> None:
    for odd in ('"><img src=x onerror=alert(1)>', "{{7*7}}", "becws AND NOT caffi", "100%", "a'b\"c"):
        response = visitor.ask("GET", f"{INDEX['en']}?{urlencode({'q': odd})}")
        page = Page(response, INDEX["en"])
        assert page.soup.select_one("input[name=q]")["value"] == odd
        assert f"Supplier directory: {odd} – " in words(page.soup.title)


# -- letters, categories, areas ------------------------------------------------------------------------------------


def test_the_welsh_alphabet_has_its_own_letters(visitor: Visitor) -> None:
    for name in ("Chwarae", "Cwm", "Ddoe", "Ffordd", "Ngaio", "Llan", "Philip", "Rhiw", "Thomas", "Angor"):
        a_supplier(name)
    page = visitor.open(LETTERS["cy"])
    assert [name for name in page.links() if 1 <= len(name) <= 2] == [
        "A", "C", "Ch", "Dd", "Ff", "Ng", "Ll", "Ph", "Rh", "Th",
    ]  # fmt: skip
    names = {"ch": ["Chwarae"], "c": ["Cwm"], "ng": ["Ngaio"], "ll": ["Llan"], "th": ["Thomas"]}
    assert {letter: listed(opened(visitor, page.links()[letter.title()])) for letter in names} == names
    assert listed(visitor.open("/en/directory/a-to-z/c")) == ["Chwarae", "Cwm"]


def opened(visitor: Visitor, address: str) -> Page:
    """A page checked but for its switch, which leads to a letter from which there is no way back to this one."""
    page = Page(visitor.ask("GET", address), address)
    check(page)
    return page


def test_the_switch_on_a_welsh_letter_leads_to_its_english_one(visitor: Visitor) -> None:
    a_supplier("Llan")
    a_supplier("Lwc")
    page = opened(visitor, "/cy/cyfeiriadur/a-i-y/ll?page=1")
    assert (listed(page), page.switch) == (["Llan"], "/en/directory/a-to-z/l?page=1")
    assert listed(visitor.open(page.switch)) == ["Llan", "Lwc"]
    response = visitor.ask("GET", "/en/directory/a-to-z/ll")
    assert (response.status_code, response.headers["Location"]) == (302, "/en/directory/a-to-z/l")


def test_a_letter_without_anybody_says_so_and_a_strange_one_is_not_found(visitor: Visitor, language: str) -> None:
    assert listed(visitor.open(f"{LETTERS[language]}/z")) == []
    for strange in ("zz", "1", "%00", "aa", "%C5%B5"):
        visitor.open(f"{LETTERS[language]}/{strange}", status=404)


def test_names_that_begin_with_a_number_have_a_page(visitor: Visitor, language: str) -> None:
    a_supplier("3 Llwybr")
    page = visitor.open(LETTERS[language])
    address = next(address for address in page.links().values() if address.endswith("0-9"))
    assert listed(visitor.open(address)) == ["3 Llwybr"]


def test_a_long_letter_has_pages(visitor: Visitor, language: str) -> None:
    for number in range(1, 23):
        a_supplier(f"Siop {number:02}")
    page = visitor.open(f"{LETTERS[language]}/s?page=2")
    assert listed(page) == ["Siop 21", "Siop 22"]
    assert visitor.open(f"{LETTERS[language]}/s?page=3").address == f"{LETTERS[language]}/s"


def test_every_category_and_area_has_a_page_with_true_counts(visitor: Visitor, four: None, language: str) -> None:
    categories, areas = taxonomy.categories(), taxonomy.areas()
    visitor.open(LETTERS[language])
    page = visitor.follow(f"{areas.by_code['aberdare'].name.spoken(language)[0]} (2)")
    assert listed(page) == ["Becws Gwyn", "Caffi Glas"]
    visitor.open(LETTERS[language])
    page = visitor.follow(f"{categories.by_code['food'].name.spoken(language)[0]} (3)")
    assert listed(page) == ["Becws Gwyn", "Caffi Coch", "Caffi Glas"]
    page = visitor.follow(f"{categories.by_code['food-cafes'].name.spoken(language)[0]} (2)")
    assert listed(page) == ["Caffi Coch", "Caffi Glas"]


def test_an_area_lists_those_who_are_there_and_those_who_work_there(visitor: Visitor, language: str) -> None:
    a_supplier("Gwynfa", town="Porth")
    a_supplier("Bronfa", town="Aberdare", served=("porth",))
    a_supplier("Arfryn", town="Aberdare")
    porth = taxonomy.areas().by_code["porth"]
    page = visitor.open(LETTERS[language])
    page = visitor.follow(f"{porth.name.spoken(language)[0]} (2)")
    assert listed(page) == ["Bronfa", "Gwynfa"]
    assert page.address.startswith({"cy": "/cy/cyfeiriadur/ardal/", "en": "/en/directory/area/"}[language])


def test_a_stale_name_in_the_address_of_a_category_leads_to_the_right_one(visitor: Visitor) -> None:
    food = taxonomy.categories().by_code["food"]
    response = visitor.ask("GET", f"/en/directory/category/{food.id}-old-name?page=1")
    assert response.status_code == 301
    assert response.headers["Location"] == f"/en/directory/category/{food.id}-food-and-drink?page=1"
    for address in ("/en/directory/category/999999", "/cy/cyfeiriadur/ardal/999999-porth"):
        visitor.open(address, status=404)


# -- who is not listed ---------------------------------------------------------------------------------------------


def test_those_who_closed_or_are_gone_are_in_no_list(visitor: Visitor, language: str) -> None:
    gone = date(2026, 9, 1)
    a_supplier("Gwynfa Llan", categories=("food-cafes",), town="Porth", claim=Claim.IMPORTED, gone_on=gone)
    a_supplier("Gwynfa Bach", categories=("food-cafes",), town="Porth", status=SupplierStatus.CLOSED)
    a_supplier("Gwynfa Fawr", categories=("food-cafes",), town="Porth", status=SupplierStatus.TEMPORARILY_CLOSED)
    cafes, porth = taxonomy.categories().by_code["food-cafes"], taxonomy.areas().by_code["porth"]
    addresses = (
        INDEX[language],
        f"{INDEX[language]}?q=gwynfa",
        f"{INDEX[language]}?q=caffi&area=porth",
        f"{LETTERS[language]}/g",
        {"cy": f"/cy/cyfeiriadur/categori/{cafes.id}", "en": f"/en/directory/category/{cafes.id}"}[language],
        {"cy": f"/cy/cyfeiriadur/ardal/{porth.id}", "en": f"/en/directory/area/{porth.id}"}[language],
    )
    for address in addresses:
        assert set(listed(visitor.open(address))) <= {"Gwynfa Fawr"}
    for name in ("csv", "json"):
        text = visitor.ask("GET", f"{INDEX[language]}.{name}").get_data(as_text=True)
        assert "Llan" not in text and "Bach" not in text and "Gwynfa Fawr" in text


# -- unchanged -----------------------------------------------------------------------------------------------------


def test_an_unchanged_list_is_not_sent_again(visitor: Visitor) -> None:
    a_supplier("Siop")
    for address in (INDEX["en"], LETTERS["cy"], f"{INDEX['en']}.json", f"{INDEX['cy']}.csv"):
        first = visitor.ask("GET", address)
        assert "public" in first.headers["Cache-Control"] and "Set-Cookie" not in first.headers
        again = visitor.ask("GET", address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.get_data()) == (304, b"")
        a_supplier(f"Siop {address}")
        assert visitor.ask("GET", address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


# -- files ---------------------------------------------------------------------------------------------------------


def test_a_list_as_data_has_what_the_search_finds(visitor: Visitor, four: None) -> None:
    response = visitor.ask("GET", f"{INDEX['en']}.json?category=food&sort=name&q=caffi")
    assert response.mimetype == "application/json"
    data = json.loads(response.get_data())
    assert [one["name"] for one in data["content"]] == ["Caffi Coch", "Caffi Glas"]
    assert data["totalElements"] == 2
