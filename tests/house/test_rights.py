"""Who may open and send what: every page by every kind of person, held against a table that people can read.

``rights.txt`` has a line for each page and a column for each kind of person, with what a page answers when it is
opened. What it answers when something is sent to it is the same for those who may not, and is tested as such.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from c4s.accounts import actions
from c4s.accounts.models import Person
from c4s.businesses.models import Business, Membership
from c4s.businesses.rules import MemberRole
from c4s.core.clock import now
from c4s.core.db import Base, db
from c4s.core.units import unit_of_work
from c4s.i18n.references import LARGEST
from c4s.profiles import content
from c4s.web import rights
from c4s.web.access import EVERYONE, May
from c4s.web.rights import RIGHTS, ROLES, Right, Who
from tests.accounts.builders import a_member_of_staff, a_person, again, enter, set_roles
from tests.buyers.builders import a_buyer
from tests.house.every_page import address_of, endpoints, filled
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

TABLE = Path(__file__).with_name("rights.txt")
KINDS = (
    *("nobody", "resident", "leaving", "half", "owner", "speaker", "other", "buyer"),
    *("editor", "moderator", "care", "helper", "admin", "one-step"),
)
"""Columns. half: has yet to show the second step; owner and speaker: of the businesses that pages are about; other: of
another business; care: a moderator of care services; one-step: a member of staff in every role who has set no second
step up."""
ROLE_OF = {
    "editor": Who.EDITOR,
    "moderator": Who.MODERATOR,
    "care": Who.CARE_MODERATOR,
    "helper": Who.HELPER,
    "admin": Who.ADMINISTRATOR,
}
REFUSED = (303, 403, 404)


@cache
def kept() -> tuple[str, ...]:
    return tuple(TABLE.read_text(encoding="utf-8").splitlines())


@unit_of_work
def joined(person: Person, business_id: int, role: MemberRole) -> None:
    db.session.add(Membership(business_id=business_id, person_id=person.id, role=role, since=now()))


@unit_of_work
def another_business() -> int:
    business = Business(name="Siop Arall", name_key="siop arall", kind="business", created_at=now())
    db.session.add(business)
    db.session.flush()
    return business.id


def somebody(kind: str, places: dict[str, dict[str, Any]]) -> Person:
    """One of each kind; none of them has anything to do with what the pages are about, but for their businesses."""
    if kind in ROLE_OF:
        return a_member_of_staff(kind, ROLE_OF[kind])
    if kind == "half":
        return a_member_of_staff(kind, *ROLES)
    if kind == "buyer":
        return a_buyer(kind)
    person = a_person(kind)
    if kind == "one-step":
        set_roles(person, *ROLES)
    elif kind == "leaving":
        actions.ask_to_close(person.id)
    elif kind in ("owner", "speaker", "other"):
        role = MemberRole.EDITOR if kind == "speaker" else MemberRole.OWNER
        theirs = {values["business_id"] for values in places.values() if "business_id" in values}
        for business_id in [another_business()] if kind == "other" else sorted(theirs):
            joined(person, business_id, role)
    return again(person.id)


def as_one(site: Flask, kind: str, places: dict[str, dict[str, Any]]) -> Visitor:
    visitor = Visitor(site)
    return visitor if kind == "nobody" else enter(visitor, somebody(kind, places), is_whole=kind != "half")


def lines(found: dict[str, list[int]]) -> Iterator[str]:
    """The table as text: a page, and what it answers each kind of person."""
    width = max(map(len, found)) + 2
    yield "page".ljust(width) + " ".join(kind.rjust(9) for kind in KINDS)
    for page, answers in sorted(found.items()):
        yield page.ljust(width) + " ".join(str(answer).rjust(9) for answer in answers)


def answers(page: str, kind: str) -> int:
    """What a page answers a kind of person, as the table has it."""
    header, *rows = (line.split() for line in kept())
    return next(int(row[header.index(kind)]) for row in rows if row[0] == page)


def everything() -> dict[str, list[tuple[object, ...]]]:
    """All that the database holds, but for what looking about may write: the trail, counts, and who was last here."""
    db.session.rollback()
    left_out = ("audit_entry", "attempts", "kept_form", "sign_in", "person")
    return {
        table.name: [tuple(row) for row in db.session.execute(table.select().order_by(*table.primary_key))]
        for table in Base.metadata.sorted_tables
        if table.name not in left_out
    }


def test_every_page_answers_every_kind_of_person_as_the_table_says(site):
    places = filled()
    found: dict[str, list[int]] = {page: [] for page in places}
    for kind in KINDS:
        visitor = as_one(site, kind, places)
        for page, values in places.items():
            found[page].append(visitor.ask("GET", address_of(site, page, "cy", **values)).status_code)
    assert set(found) == endpoints(site)
    assert tuple(lines(found)) == kept()


def test_whoever_may_not_open_a_page_may_not_send_it_anything_either(site):
    """The guard answers before a form is looked at. What is sent has no token: those who may are told so."""
    places = filled()
    takes = {rule.endpoint for rule in site.url_map.iter_rules() if "POST" in (rule.methods or ())}
    wrong = []
    for kind in KINDS:
        visitor = as_one(site, kind, places)
        before = everything()
        for page in sorted(takes & set(places)):
            may_open = answers(page, kind)
            answer = visitor.ask("POST", address_of(site, page, "cy", **places[page]), data={"name": "x"}).status_code
            if may_open in REFUSED and answer != may_open:
                wrong.append((kind, page, may_open, answer))
        assert everything() == before, kind
    assert wrong == []


@pytest.mark.parametrize("kind", ["resident", "owner", "moderator", "helper", "admin"])
def test_what_is_not_there_and_what_is_anothers_are_the_same_404(site, kind):
    places = filled()
    visitor = as_one(site, kind, places)
    in_address = {rule.endpoint: rule.arguments for rule in site.url_map.iter_rules()}
    for page, values in places.items():
        numbered = [name for name in in_address[page] if isinstance(values.get(name), int)]
        for number in (987_654, LARGEST) if numbered else ():
            wanted = {**values, **dict.fromkeys(numbered, number)}
            missing = visitor.ask("GET", address_of(site, page, "cy", **wanted)).status_code
            there = answers(page, kind)
            assert missing == (there if there in REFUSED else 404), page


def test_a_number_that_no_record_can_have_leads_nowhere(site, visitor):
    filled()
    enter(visitor, a_member_of_staff("mair", *ROLES))
    for number in (LARGEST + 1, 10**30):
        for address in (f"/cy/staff/pobl/{number}", f"/cy/cyfrif/busnesau/{number}", f"/cy/digwyddiadau/{number}"):
            assert visitor.ask("GET", address).status_code == 404


@pytest.mark.either_database
def test_every_right_is_in_the_table_of_rights_and_some_page_or_field_asks_for_it(site):
    by_pages = {
        view.access.right for view in site.view_functions.values() if isinstance(getattr(view, "access", None), May)
    }
    nothing = content.empty()
    by_fields = {field.right for field in content.fields(nothing, nothing)} - {None}
    assert by_fields == {Right.MODERATE_CARE}
    assert by_pages | by_fields == set(RIGHTS) == set(Right)


@pytest.mark.either_database
def test_every_page_is_for_everyone_or_for_those_who_have_a_right(site):
    others = {
        name
        for name, view in site.view_functions.items()
        if not (view.access is EVERYONE or isinstance(view.access, May))
    }
    assert others == set()


@pytest.mark.either_database
def test_no_right_is_anybodys():
    assert [right for right, allowed in RIGHTS.items() if not allowed.who] == []
    assert {*ROLES, Who.BUYER} == rights.NEED_SECOND_FACTOR
