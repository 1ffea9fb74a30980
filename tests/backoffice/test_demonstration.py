"""Invented suppliers, events and people, so that a new site has something to show."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from c4s.accounts import queries as people
from c4s.accounts import rules
from c4s.backoffice import demonstration, invented
from c4s.businesses import queries as businesses
from c4s.core.clock import now
from c4s.core.db import db
from c4s.directory import queries as directory
from c4s.directory.models import Supplier
from c4s.events.models import Venue
from c4s.i18n.formats import uk
from c4s.quality import queries as quality
from c4s.quality.passport import read
from c4s.search.queries import Question, find
from c4s.speed_networking import actions as speed_networking
from c4s.speed_networking import queries as rotas
from c4s.speed_networking.checker import look
from c4s.speed_networking.models import Rota
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.rules import postcode as read_postcode

pytestmark = pytest.mark.either_database


def test_it_is_filled_once_and_somebody_is_found_near_every_postcode_that_it_shows(site):
    assert [demonstration.fill_if_empty(), demonstration.fill_if_empty()] == [True, False]
    shown = {*db.session.scalars(select(Supplier.postcode)), *db.session.scalars(select(Venue.postcode))} - {""}
    assert {code for code in shown if read_postcode(code) != code} == set()
    where = {code: taxonomy.position(code) for code in shown}
    assert [code for code, position in where.items() if not position] == []
    assert [code for code, position in where.items() if not find(Question("supplier", near=position)).total] == []
    rota = db.session.scalars(select(Rota)).one()
    gwenllian = people.person_by_email(invented.STAFF[0].email)
    speed_networking.make(rota.event_id, by_id=gwenllian.id, seed=1)
    plan, guests = rotas.plan(rota), rotas.guests(rota)
    assert (len(guests), look(guests, plan.rounds, tables=rota.tables).is_right) == (26, True)


def test_the_person_whom_everybody_may_be_can_sign_in_and_has_places(site, visitor):
    demonstration.fill()
    db.session.remove()
    visitor.open("/en/sign-in/password")
    visitor.send(email=invented.EMAIL, password=invented.PASSWORD)
    assert (visitor.page.h1, invented.NAME in visitor.page.main) == ("My account", True)
    assert visitor.open("/en/account/places").soup.select("main li, main tr, main article") != []


def test_the_person_whom_everybody_may_be_speaks_for_two_businesses_and_one_claim_waits(site):
    demonstration.fill()
    person = people.person_by_email(invented.EMAIL)
    names = {one.business.name: one.business_id for one in businesses.memberships_of(person.id)}
    kept = [entry.source_id for number in names.values() for entry in directory.entries_of(number)]
    assert (kept, [claim.supplier.source_id for claim in directory.waiting_claims()]) == (
        ["dwy-gadair"],
        ["kettle-and-keys"],
    )


def test_the_business_that_keeps_its_entry_says_shows_and_has_signed_something_and_some_evidence_waits(site):
    demonstration.fill()
    [entry] = directory.entries_of(businesses.memberships_of(people.person_by_email(invented.EMAIL).id)[0].business_id)
    passport = read(entry.shown["quality"], uk(now()).date())
    assert (len(passport.says), len(passport.shown), passport.signed.is_current) == (3, 1, True)
    assert [one.supplier_id for one in quality.offered()] == [entry.id]


def test_the_members_of_staff_whom_everybody_may_be_sign_in_with_the_code_that_a_command_prints(site, visitor):
    demonstration.fill()
    db.session.remove()
    printed = site.test_cli_runner().invoke(args=["demo", "code"]).output.splitlines()
    shown = dict(line.split(": ") for line in printed)
    assert list(shown) == [one.email for one in invented.STAFF]
    for one in invented.STAFF:
        assert len(one.password) >= rules.SHORTEST_OF_STAFF
        visitor.open("/en/sign-in/password")
        visitor.send(email=one.email, password=one.password)
        assert visitor.page.h1 == "Enter the code from your app"
        visitor.send(code=shown[one.email])
        assert (visitor.page.h1, one.name in visitor.page.main) == ("My account", True)
        assert visitor.ask("GET", "/en/staff").status_code == 200


def test_no_code_is_printed_outside_a_demonstration(site, monkeypatch):
    monkeypatch.setitem(site.extensions, "c4s.settings", replace(site.extensions["c4s.settings"], demonstration="0"))
    done = site.test_cli_runner().invoke(args=["demo", "code"])
    assert (done.exit_code, invented.STAFF[0].email in done.output) == (1, False)
