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
from c4s.directory.rules import SupplierStatus
from c4s.events.models import Venue
from c4s.freshness import queries as freshness
from c4s.freshness.rules import Shown
from c4s.guide import queries as guide
from c4s.i18n.formats import uk
from c4s.moderation import queries as moderation
from c4s.moderation.rules import RevisionState
from c4s.profiles.joint_work import number_to_answer
from c4s.quality import queries as quality
from c4s.quality.passport import read
from c4s.reports import queries as reports
from c4s.search.queries import Question, find
from c4s.speed_networking import actions as speed_networking
from c4s.speed_networking import queries as rotas
from c4s.speed_networking.checker import look
from c4s.speed_networking.models import Rota
from c4s.takedowns import queries as takedowns
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.rules import postcode as read_postcode
from c4s.translations import queries as translations
from c4s.web.rights import Right, Who
from tests.wiping import written_once

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
    written_once(demonstration.fill)
    db.session.remove()
    visitor.open("/en/sign-in/password")
    visitor.send(email=invented.EMAIL, password=invented.PASSWORD)
    assert (visitor.page.h1, invented.NAME in visitor.page.main) == ("My account", True)
    assert visitor.open("/en/account/places").soup.select("main li, main tr, main article") != []


def test_the_person_whom_everybody_may_be_speaks_for_two_businesses_and_one_claim_waits(site):
    written_once(demonstration.fill)
    person = people.person_by_email(invented.EMAIL)
    names = {one.business.name: one.business_id for one in businesses.memberships_of(person.id)}
    kept = [entry.source_id for number in names.values() for entry in directory.entries_of(number)]
    assert (kept, [claim.supplier.source_id for claim in directory.waiting_claims()]) == (
        ["dwy-gadair"],
        ["kettle-and-keys"],
    )


def entry(key):
    """The entry of an invented supplier."""
    return db.session.scalars(select(Supplier).where(Supplier.source_id == key)).one()


def test_the_business_that_keeps_its_entry_says_shows_and_has_signed_something_and_some_evidence_waits(site):
    written_once(demonstration.fill)
    kept, today = entry("dwy-gadair"), uk(now()).date()
    passport = read(kept.shown["quality"], today)
    assert (len(passport.says), len(passport.shown), passport.signed.is_current) == (3, 1, True)
    assert [one.supplier_id for one in quality.offered()] == [kept.id]
    [soon] = read(entry("robin-ar-y-rhiniog").shown["quality"], today).shown
    assert 7 < (soon.ends_on - today).days < 30  # its business is reminded of it


def test_every_part_of_the_entry_that_is_kept_has_something_to_show(site):
    written_once(demonstration.fill)
    kept = entry("dwy-gadair")
    services, work = kept.shown["services"], kept.shown["joint work"]
    assert [len(kept.shown[part]) for part in ("services", "photos", "logo", "joint work")] == [2, 1, 1, 1]
    assert (services[0]["direct_payments"], work[0]["with"]) == (True, entry("robin-ar-y-rhiniog").id)
    assert (kept.can_take_work, bool(kept.wants), bool(kept.wont), len(kept.networks)) == (True, True, True, 1)
    assert number_to_answer(kept.id) == 1  # another says that they worked together
    assert set(moderation.latest_remarks("profile", kept.id)) == {"summary", "hours"}
    assert moderation.open_revision("profile", kept.id).content["summary"] != kept.summary
    assert guide.checklist(kept.business_id, kept.id).items != []


def test_something_of_every_kind_waits_for_staff_and_a_moderator_of_care_is_among_them(site):
    written_once(demonstration.fill)
    keys = ("robin-ar-y-rhiniog", "cydweithfa-ofal-ffynnon-oer")
    waiting = [moderation.open_revision("profile", entry(key).id) for key in keys]
    assert [(one.state, one.language, one.needs) for one in waiting] == [
        (RevisionState.SUBMITTED, "both", ""),
        (RevisionState.SUBMITTED, "cy", Right.MODERATE_CARE),
    ]
    assert sum(Who.CARE_MODERATOR in one.roles for one in invented.STAFF) == 2
    [appeal] = takedowns.waiting()
    assert appeal.supplier.source_id == "ripple-and-rook"
    [wish] = translations.waiting()
    assert (wish.supplier.source_id, wish.wanted) == ("gerddi-rhaca-arian", "cy")
    assert [one.supplier.source_id for one in reports.still_open()] == ["salt-cellar-lane", "plug-and-patience"]
    assert entry("crochendyr-ddraenen-ddu").status == SupplierStatus.TEMPORARILY_CLOSED
    stale = freshness.numbers(uk(now()).date())
    assert [stale[one] for one in (Shown.FIRST, Shown.SECOND, Shown.NOBODY)] == [1, 1, 1]


def test_nobody_in_the_demonstration_decides_on_their_own_business(site):
    written_once(demonstration.fill)
    owners = {invented.EMAIL, *(one.email for one in invented.NEIGHBOURS)}
    assert owners.isdisjoint({one.email for one in invented.STAFF})
    hider = takedowns.waiting()[0].by_id
    assert hider == people.person_by_email(invented.CARE).id  # so that another has an appeal to answer


def test_the_members_of_staff_whom_everybody_may_be_sign_in_with_the_code_that_a_command_prints(site, visitor):
    written_once(demonstration.fill)
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
