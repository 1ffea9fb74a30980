"""Under which letter, in which area and by which codes a supplier is filed."""

import pytest
from flask import Flask

from c4s.directory import filing
from c4s.directory.filing import filed
from c4s.directory.rules import LegalForm, SupplierStatus, has_page, is_listed, shown_address, shown_link
from c4s.taxonomy import queries as taxonomy
from tests.builders import ABERDARE, a_supplier


@pytest.mark.parametrize(
    ("name", "name_cy", "sort_name", "letters"),
    [
        ("Chwarae Teg", "", "", ("icych", "ienc")),
        ("Bakehouse", "Tŷ Bara", "", ("icyt", "ienb")),
        ("Llew Coch", "", "", ("icyll", "ienl")),
        ("Ban Gor", "", "Ban|gor", ("icyb", "ienb")),
        ("The Gate", "Y Glwyd", "Gate", ("icyy", "ieng")),
        ("3 Llwybr", "", "", ("icy0", "ien0")),
    ],
)
def test_the_letter_is_that_of_each_language(name: str, name_cy: str, sort_name: str, letters: tuple[str, str]) -> None:
    assert filing.letters(name, name_cy, sort_name) == letters


def test_lists_in_welsh_go_by_the_welsh_name_and_those_in_english_by_how_to_file_the_other() -> None:
    assert filing.sorting("The Gate", "Y Glwyd", "Gate") == filing.sorting("Gate", "Y Glwyd", "")


def test_letters_have_codes_of_letters_and_digits_only() -> None:
    assert [filing.letter_facet(letter, "cy") for letter in ("Ll", "A", "#")] == ["icyll", "icya", "icy0"]


def test_an_area_is_known_by_a_line_of_the_address_or_else_by_the_nearest_middle(site: Flask) -> None:
    areas = taxonomy.areas()
    porth, aberdare = areas.by_code["porth"], areas.by_code["aberdare"]
    assert filing.area_of(["Y PORTH", "Aberdare"], ABERDARE[1:], areas) is porth
    assert filing.area_of(["Nowhere"], (aberdare.latitude or 0, aberdare.longitude or 0), areas) is aberdare
    assert filing.area_of(["Nowhere"], (55.0, -3.4), areas) is None
    assert filing.area_of([], None, areas) is None


def test_the_codes_of_a_supplier(site: Flask) -> None:
    one = a_supplier(
        "Chwarae",
        categories=("food-cafes",),
        town="Porth",
        served=("aberdare",),
        welsh=True,
        english=False,
        social_enterprise=True,
        micro_enterprise=True,
        legal_form=LegalForm.CHARITY,
    )
    categories, areas = taxonomy.categories(), taxonomy.areas()
    number = {term.code: f"c{term.id}" for term in categories.by_id.values()}
    number |= {term.code: f"a{term.id}" for term in areas.by_id.values()}
    paper = filed(one, [term.id for term in one.categories], [term.id for term in one.areas_served], [])
    assert filing.facets(paper, categories, areas) == (
        number["food-cafes"], number["food"], number["porth"], number["tonypandy-porth"], number["aberdare"],
        number["aberdare-hirwaun"], "icych", "ienc", "lcy", "ksocial", "kmicro", "kcharity", "kclaimed",
    )  # fmt: skip


NO, YES = False, True


@pytest.mark.parametrize(
    ("status", "is_gone", "is_taken_down", "is_archived", "listed", "page"),
    [
        (SupplierStatus.ACTIVE, NO, NO, NO, YES, YES),
        (SupplierStatus.TEMPORARILY_CLOSED, NO, NO, NO, YES, YES),
        (SupplierStatus.CLOSED, NO, NO, NO, NO, YES),
        (SupplierStatus.UNPUBLISHED, NO, NO, NO, NO, NO),
        (SupplierStatus.ACTIVE, YES, NO, NO, NO, YES),
        (SupplierStatus.CLOSED, YES, NO, NO, NO, YES),
        (SupplierStatus.ACTIVE, NO, YES, NO, NO, NO),
        (SupplierStatus.ACTIVE, NO, NO, YES, NO, YES),
        (SupplierStatus.CLOSED, YES, YES, YES, NO, NO),
    ],
)
def test_who_is_listed_and_who_has_a_page(
    status: SupplierStatus, is_gone: bool, is_taken_down: bool, is_archived: bool, listed: bool, page: bool
) -> None:
    stands = {"is_gone": is_gone, "is_taken_down": is_taken_down, "is_archived": is_archived}
    assert (is_listed(status, **stands), has_page(status, is_taken_down=is_taken_down)) == (listed, page)


def test_of_a_home_only_the_town_is_shown() -> None:
    lines = ["9 High Street", "", "Trallwn"]
    assert shown_address(lines, "Pontypridd", "CF37 1AA", True) == ["Pontypridd"]
    assert shown_address(lines, "", "CF37 1AA", True) == []
    assert shown_address(lines, "Pontypridd", "CF37 1AA", False) == [
        "9 High Street", "Trallwn", "Pontypridd", "CF37 1AA",
    ]  # fmt: skip
    assert shown_address(["Pontypridd"], "Pontypridd", "", False) == ["Pontypridd"]


def test_only_addresses_of_the_web_are_linked_to() -> None:
    assert shown_link("https://a.example") == "https://a.example"
    for odd in ("", "javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "//evil.example", " https://a.example"):
        assert shown_link(odd) == ""
