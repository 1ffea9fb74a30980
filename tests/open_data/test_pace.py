"""How often machines make the site ask its database: as seldom for a large directory as for a small one."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory import showing
from c4s.directory.models import Supplier
from c4s.open_data import queries
from c4s.open_data.contract import BASE
from c4s.open_data.queries import Narrowed
from c4s.open_data.rules import Asked
from c4s.quality.models import QualityFact
from c4s.quality.rules import FactKind, FactStanding
from tests.accounts.builders import a_person
from tests.builders import a_supplier, postcodes
from tests.businesses.builders import a_business
from tests.directory.builders import a_network
from tests.open_data.builders import a_service
from tests.open_data.reading import contents
from tests.visitor import Visitor

LISTS = (
    f"{BASE}/services",
    f"{BASE}/services?full=true&per_page=5&page=2",
    f"{BASE}/services?full=true&per_page=100",
    f"{BASE}/services?search=becws&full=true",
    f"{BASE}/services?postcode=CF37+1AA&full=true",
    f"{BASE}/service_at_locations?full=true",
    f"{BASE}/services?minimal=true&per_page=100",
    "/en/services.csv",
    "/cy/cyfeiriadur.csv",
    "/en/directory.json?q=becws",
    "/en/directory",
    "/cy/cyfeiriadur?q=becws",
    "/en/directory?near=CF37+1AA&category=food",
)
"""What is read page by page, as a file, and by people who search."""


def grow(start: int, stop: int) -> None:
    """Suppliers with everything: services, areas, networks, and what they say and have shown."""
    ids = []
    for number in range(start, stop):
        one = a_supplier(
            f"Becws {number:02}", categories=("food-makers",), served=("pontypridd",), phone="01632 960001"
        )
        ids.append(one.id)
        for service in range(number % 3):
            a_service(one.id, f"Bread {service}", category="food-makers" if service else "")
    a_network(*ids, code=f"valley{start}")
    say(ids, a_business(a_person(f"nia{start}")))


@unit_of_work
def say(ids: list[int], business: int) -> None:
    """Each says that it is insured, and has shown us a certificate."""
    for one in db.session.scalars(select(Supplier).where(Supplier.id.in_(ids))):
        one.business_id, one.latitude, one.longitude = business, 51.6015, -3.3424
        for kind, standing in (
            (FactKind.PUBLIC_LIABILITY, FactStanding.SAYS),
            (FactKind.FIRST_AID, FactStanding.SHOWN),
        ):
            ends_on = (now() + timedelta(days=90)).date()
            db.session.add(QualityFact(supplier_id=one.id, kind=kind, standing=standing, since=now(), ends_on=ends_on))
    showing.renew(ids)


def test_nothing_that_lists_services_asks_more_often_as_the_directory_grows(
    visitor: Visitor, site: Flask, statements: list[str]
) -> None:
    postcodes()
    asked: dict[str, list[int]] = {}
    for start, stop in ((0, 10), (10, 60)):
        grow(start, stop)
        one = contents(visitor, "/services?per_page=100")[1]
        assert "x_quality" in contents(visitor, "/services?full=true")[0]["organization"]
        for name, path in (*zip(LISTS, LISTS, strict=True), ("one", f"{BASE}/services/{one['id']}")):
            assert (path, visitor.ask("GET", path).status_code) == (path, 200)  # what is kept in memory is read once
            statements.clear()
            visitor.ask("GET", path)
            asked.setdefault(name, []).append(len(statements))
    assert {name: numbers for name, numbers in asked.items() if max(numbers) > 11} == {}
    assert {name: numbers for name, numbers in asked.items() if len(set(numbers)) > 1} == {}


def test_a_page_far_into_the_list_is_found_in_indexes_alone(site: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        return  # PostgreSQL takes the way that it thinks shortest, which in an empty table is no index
    found = queries.in_order(queries.all_of(Asked(), Narrowed())).limit(50).offset(100_000)
    told = found.compile(db.engine, compile_kwargs={"literal_binds": True})
    plan = [row[3] for row in db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {told}")]
    reads = [line for line in plan if line.startswith(("SCAN", "SEARCH"))]
    assert len(reads) == 2
    assert [line for line in reads if "COVERING INDEX" not in line] == []
    assert [line for line in plan if "TEMP B-TREE FOR ORDER BY" in line] == []


def test_no_more_services_are_read_than_a_page_has(visitor: Visitor, site: Flask, statements: list[str]) -> None:
    """What is wide is asked for by number, once it is known which numbers are on the page."""
    for number in range(12):
        a_service(a_supplier(f"Becws {number:02}").id)
    statements.clear()
    assert len(contents(visitor, "/services?per_page=2&page=6&full=true")) == 2
    skipping = [one for one in statements if "OFFSET" in one.upper()]
    assert len(skipping) == 1
    assert "description" not in skipping[0]
