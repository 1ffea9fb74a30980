"""What is live at once: room for work, messages, closing and opening."""

from datetime import date, timedelta

import pytest

from c4s.audit.trail import history_of
from c4s.businesses.rules import WhyNot as BusinessWhyNot
from c4s.core.db import db
from c4s.directory.rules import Capacity, SupplierStatus
from c4s.directory.rules import WhyNot as DirectoryWhyNot
from c4s.profiles import actions, now, pieces, services
from c4s.profiles.pieces_rules import Did, WhyNot
from tests.accounts.builders import a_person, letters_to
from tests.businesses.builders import a_business, joined
from tests.conftest import NOW
from tests.profiles.builders import again
from tests.profiles.pieces_builders import SERVICE, an_entry, found, published
from tests.refusals import why_not

NIA, MALI = "nia@example.cymru", "mali@example.cymru"
ACTIVE, PAUSED, CLOSED = SupplierStatus.ACTIVE, SupplierStatus.TEMPORARILY_CLOSED, SupplierStatus.CLOSED


@pytest.fixture
def nia(site):
    return a_person("nia")


@pytest.fixture
def mali(site):
    return a_person("mali")


@pytest.fixture
def entry(nia, mali):
    """Nia’s, in which Mali helps her."""
    found = an_entry(nia)
    joined(found[0], nia, mali)
    return found


def say(entry, by, **facts):
    db.session.rollback()
    given = {"can_take_work": None, "capacities": {}, "wants_messages": True, "by_id": by.id, **facts}
    now.say(*entry, **given)


def act(entry, did, by):
    db.session.rollback()
    now.close_or_open(*entry, did, by_id=by.id)


def status(entry):
    return again(entry[1]).status


def kinds(address):
    return [letter.letter for letter in letters_to(address) if letter.letter.startswith(("profiles/", "directory/"))]


def test_room_is_said_of_each_service_with_the_day_and_readers_find_it_at_once(entry, nia, clock):
    first, second = (pieces.add_service(*entry, SERVICE, by_id=nia.id) for _ in range(2))
    published(entry[1], nia)
    assert found("", "mnow") == []
    say(entry, nia, capacities={first: Capacity.NOW, second: None})
    assert found("", "mnow") == [entry[1]]
    said = {one.key: (one.capacity, one.capacity_on) for one in services.of_entry(entry[1])}
    assert said == {first: (Capacity.NOW, date(2026, 11, 23)), second: (None, None)}
    shown = [(row["capacity"], row["capacity_on"]) for row in again(entry[1]).shown["services"]]
    assert shown == [("now", "2026-11-23"), ("", "")]
    clock.shift(timedelta(days=3))
    say(entry, nia, capacities={first: Capacity.NOW})
    assert again(entry[1]).shown["services"][0]["capacity_on"] == "2026-11-26"  # said again, later
    say(entry, nia, capacities={first: Capacity.FULL})
    assert found("", "mnow") == []


def test_a_version_that_goes_live_leaves_what_is_said_of_room_as_it_is(entry, nia):
    key = pieces.add_service(*entry, SERVICE, by_id=nia.id)
    published(entry[1], nia)
    say(entry, nia, capacities={key: Capacity.SOON})
    db.session.rollback()
    pieces.change_service(*entry, key, {**SERVICE, "direct_payments": True}, seen="", by_id=nia.id)
    published(entry[1], nia)
    [row] = again(entry[1]).shown["services"]
    assert (row["direct_payments"], row["capacity"]) == (True, "soon")


def test_whether_they_can_take_work_is_found_and_can_be_left_unsaid(entry, mali):
    for can, number in ((True, 1), (False, 0), (None, 0)):
        say(entry, mali, can_take_work=can)
        assert (again(entry[1]).can_take_work, len(found("", "mnow"))) == (can, number)
    assert [one.action for one in history_of("supplier", entry[1])] == [Did.SAID_NOW] * 3


def test_messages_are_turned_off_and_on(entry, mali, clock):
    say(entry, mali, wants_messages=False)
    assert again(entry[1]).messages_off_at == NOW
    clock.shift(timedelta(hours=1))
    say(entry, mali, wants_messages=False)
    assert again(entry[1]).messages_off_at == NOW
    say(entry, mali)
    assert again(entry[1]).messages_off_at is None


def test_closing_for_a_time_and_opening_is_told_to_everybody_and_undone_by_either(entry, nia, mali):
    act(entry, Did.PAUSED, mali)
    assert (status(entry), found("becws"), kinds(NIA), kinds(MALI)) == (
        PAUSED,
        [entry[1]],
        ["profiles/paused"],
        ["profiles/paused"],
    )
    act(entry, Did.PAUSED, nia)
    assert kinds(NIA) == ["profiles/paused"]
    act(entry, Did.REOPENED, mali)
    assert (status(entry), kinds(MALI)) == (ACTIVE, ["profiles/paused", "profiles/reopened"])
    assert [one.action for one in history_of("supplier", entry[1])] == [Did.PAUSED, Did.REOPENED]


def test_an_owner_alone_closes_for_good_and_opens_after_that(entry, nia, mali):
    assert why_not(act, entry, Did.CLOSED, mali) == DirectoryWhyNot.FOR_OWNERS
    assert status(entry) == ACTIVE
    act(entry, Did.CLOSED, nia)
    assert (status(entry), found("becws"), kinds(MALI)) == (CLOSED, [], ["directory/closed"])
    assert why_not(act, entry, Did.REOPENED, mali) == DirectoryWhyNot.FOR_OWNERS
    assert why_not(act, entry, Did.PAUSED, nia) == WhyNot.NOT_NOW
    act(entry, Did.REOPENED, nia)
    assert (status(entry), found("becws")) == (ACTIVE, [entry[1]])


def test_what_nobody_has_seen_yet_neither_closes_nor_opens(nia):
    business = a_business(nia)
    entry = (business, actions.make(business, by_id=nia.id))
    for did in (Did.PAUSED, Did.CLOSED, Did.REOPENED):
        assert why_not(act, entry, did, nia) == WhyNot.NOT_NOW
    assert (status(entry), kinds(NIA)) == (SupplierStatus.UNPUBLISHED, [])


def test_strangers_are_told_that_there_is_nothing(entry, nia):
    huw = a_person("huw")
    his = an_entry(huw, "Caffi’r Bont")
    for action, given in ((say, ()), (act, (Did.CLOSED,)), (act, (Did.PAUSED,))):
        arguments = (entry, *given, huw) if given else (entry, huw)
        assert why_not(action, *arguments) == BusinessWhyNot.NOT_THERE
        arguments = ((his[0], entry[1]), *given, huw) if given else ((his[0], entry[1]), huw)
        assert why_not(action, *arguments) == WhyNot.GONE
    assert (status(entry), history_of("supplier", entry[1])) == (ACTIVE, [])
