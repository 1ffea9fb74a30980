"""How often a page asks the database: seldom, and no more often as the directory grows."""

import pytest
from flask import Flask

from c4s.core.units import unit_of_work
from c4s.directory import importing
from c4s.search import queries as searching
from c4s.taxonomy import queries as taxonomy
from tests.builders import postcodes
from tests.directory.builders import a_network
from tests.directory.reading.files import reading
from tests.visitor import Visitor

AT_MOST = 5
PAGES = (
    "/en/directory",
    "/cy/cyfeiriadur?page=2",
    "/en/directory?q=becws",
    "/cy/cyfeiriadur?q=nothing+at+all",
    "/cy/cyfeiriadur?q=becw",
    "/en/directory?q=becws&category=food&area=pontypridd",
    "/cy/cyfeiriadur?q=becws&category=food&area=pontypridd&language=cy&kind=social",
    "/en/directory?category=food-makers",
    "/en/directory?category=food&language=cy",
    "/en/directory?near=CF37+1AA",
    "/cy/cyfeiriadur?near=CF37+1AA&q=becws&within=20",
    "/en/directory?near=CF37+1AA&category=food",
    "/en/directory?near=CF37+1AA&q=becw&category=food&area=pontypridd&language=cy",
    "/cy/cyfeiriadur?near=CF37+1AA&q=becw",
    "/cy/cyfeiriadur?near=CF37+1AA&q=nothing+at+all&category=food&language=cy",
    "/en/directory?near=CF37+1AA&q=becw&sort=name&kind=social&within=2",
    "/en/directory?q=becws&sort=name",
    "/cy/cyfeiriadur/a-i-y",
    "/cy/cyfeiriadur/a-i-y/b",
    "/en/directory/a-to-z/b?page=2",
    "/en/directory?q=becws&more=now&network=valley1",
    "/en/directory?q=becws&category=food&area=pontypridd&language=cy&kind=social&more=direct&network=valley1",
    "{network}",
    "{category}",
    "{area}",
    "{supplier}",
)


@unit_of_work
def grow(start: int, stop: int) -> None:
    lines = "\n".join(
        f"{number};Becws {number:03};Bara da.;food-makers;Pontypridd;CF37 1AA;ie" for number in range(start, stop)
    )
    header = "id;name;summary_cy;categories;town;postcode;welsh"
    importing.import_suppliers(reading("csv", f"{header}\n{lines}", "list"), gone=importing.Gone.IGNORE)


@pytest.mark.parametrize("most", [1_000, 20], ids=["all ranked", "more than can be ranked"])
def test_no_page_asks_more_than_five_times_however_many_there_are(
    site: Flask, visitor: Visitor, statements: list[str], monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(searching, "MOST", most)
    postcodes()
    category, area = taxonomy.categories().by_code["food-makers"].id, taxonomy.areas().by_code["pontypridd"].id
    found: dict[str, list[int]] = {}
    for start, stop in ((1, 31), (31, 301)):
        grow(start, stop)
        network = a_network(*range(start, stop), code=f"valley{start}")
        for name in PAGES:
            address = name.format(
                network=f"/en/directory/network/{network}-valley-network",
                category=f"/en/directory/category/{category}-food-and-drink-makers",
                area=f"/cy/cyfeiriadur/ardal/{area}-pontypridd",
                supplier="/cy/cyfeiriadur/1-becws-001",
            )
            visitor.ask("GET", address)  # the lists that are kept in memory are read once
            statements.clear()
            assert (address, visitor.ask("GET", address).status_code) == (address, 200)
            found.setdefault(name, []).append(len(statements))
    assert {name: numbers for name, numbers in found.items() if max(numbers) > AT_MOST} == {}
    if most == 1_000:
        assert {name: numbers for name, numbers in found.items() if len(set(numbers)) > 1} == {}
