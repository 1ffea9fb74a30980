"""All of an action or none of it, and one writer at a time."""

import logging
from contextlib import suppress

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from c4s.core import units
from c4s.core.db import db
from c4s.core.errors import Busy, Refused
from c4s.core.units import hold, unit_of_work
from tests.conftest import at_once
from tests.core.conftest import Mood, Thing, add, names

pytestmark = pytest.mark.usefixtures("things")


@unit_of_work
def add_and_refuse(name):
    add(name)
    raise Refused(Mood.CROSS, name=name)


def test_what_an_action_did_is_there_for_everybody_when_it_returns():
    add("nia")
    assert names() == ["nia"]


def test_an_action_gives_back_what_it_found():
    assert add("nia").name == "nia"


def test_a_refusal_undoes_all_of_the_action_and_says_why():
    with pytest.raises(Refused) as refusal:
        add_and_refuse("nia")
    assert (names(), refusal.value.reason, refusal.value.facts) == ([], Mood.CROSS, {"name": "nia"})


def test_an_error_of_the_database_undoes_all_and_the_next_action_works():
    @unit_of_work
    def add_twice():
        add("nia")
        add("nia")

    with pytest.raises(IntegrityError):
        add_twice()
    assert names() == []
    add("mair")
    assert names() == ["mair"]


def test_an_action_inside_another_is_part_of_it():
    seen_by_others = []

    @unit_of_work
    def add_two():
        add("nia")
        seen_by_others.append(names())
        add("mair")

    add_two()
    assert (seen_by_others, names()) == ([[]], ["mair", "nia"])


def test_a_refusal_after_an_inner_action_undoes_that_too():
    @unit_of_work
    def add_one_and_refuse():
        add("nia")
        raise Refused(Mood.CROSS)

    with pytest.raises(Refused):
        add_one_and_refuse()
    assert names() == []


def test_a_refusal_inside_undoes_the_larger_action():
    @unit_of_work
    def larger():
        add("nia")
        add_and_refuse("mair")

    with pytest.raises(Refused):
        larger()
    assert names() == []


def test_half_an_inner_action_is_never_kept_even_when_the_larger_one_goes_on():
    @unit_of_work
    def larger():
        add("nia")
        with suppress(Refused):
            add_and_refuse("mair")
        add("sion")

    with pytest.raises(RuntimeError):
        larger()
    assert names() == []
    add("nia")
    assert names() == ["nia"]


def test_a_row_that_changes_outside_a_unit_of_work_is_refused():
    db.session.add(Thing(name="nia"))
    with pytest.raises(RuntimeError):
        db.session.flush()
    db.session.rollback()
    assert names() == []


def test_a_bulk_change_outside_a_unit_of_work_is_refused():
    add("nia")
    with pytest.raises(RuntimeError):
        db.session.execute(update(Thing).values(name="mair"))
    db.session.rollback()
    assert names() == ["nia"]


def test_what_was_read_before_the_action_is_read_again_in_it():
    nia = add("nia")
    assert nia.name == "nia"
    with db.engine.begin() as another:
        another.execute(update(Thing).values(name="mair"))

    @unit_of_work
    def name_now():
        return nia.name

    assert name_now() == "mair"


def test_a_writer_who_waits_too_long_is_told_that_the_database_is_busy(monkeypatch):
    monkeypatch.setattr(units, "PATIENCE", 0.05)
    nia = add("nia")

    @unit_of_work
    def rename():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text("SET LOCAL lock_timeout = '50ms'"))
        hold(nia)
        nia.name = "mair"

    with db.engine.connect() as another:
        if another.dialect.name == "sqlite":
            another.exec_driver_sql("BEGIN IMMEDIATE")
        another.execute(update(Thing).values(turn=1))
        with pytest.raises(Busy):
            rename()
        another.rollback() if another.dialect.name == "postgresql" else another.exec_driver_sql("ROLLBACK")
    assert names() == ["nia"]
    rename()
    assert names() == ["mair"]


def test_on_postgresql_too_nobody_waits_for_ever():
    waits = {"sqlite": "PRAGMA busy_timeout", "postgresql": "SHOW lock_timeout"}
    with db.engine.connect() as connection:
        asked = connection.exec_driver_sql(waits[connection.dialect.name]).scalar_one()
    assert asked in (10_000, "10s")


def test_holding_a_row_counts_its_turns():
    nia = add("nia")

    @unit_of_work
    def hold_twice():
        hold(nia)
        hold(nia)
        return nia.turn

    assert hold_twice() == 2
    assert hold_twice() == 4


def test_holding_a_row_reads_it_again():
    nia = add("nia")

    @unit_of_work
    def change_behind_its_back():
        before = nia.number
        db.session.connection().execute(update(Thing.__table__).values(number=7))
        stale = nia.number
        hold(nia)
        return before, stale, nia.number

    assert change_behind_its_back() == (0, 0, 7)


def test_those_who_hold_a_row_take_turns(site):
    nia_id = add("nia").id

    @unit_of_work
    def count_one():
        nia = db.session.get_one(Thing, nia_id)
        hold(nia)
        nia.number += 1
        return nia.number

    assert sorted(at_once(site, *[count_one] * 8)) == [1, 2, 3, 4, 5, 6, 7, 8]
    db.session.rollback()
    nia = db.session.get_one(Thing, nia_id)
    assert (nia.number, nia.turn) == (8, 8)


def test_writers_who_meet_wait_for_one_another(site):
    found = at_once(site, *[lambda i=i: add(f"person {i}").name for i in range(8)])
    assert sorted(found) == names() == [f"person {i}" for i in range(8)]


def test_of_many_one_that_goes_wrong_undoes_nothing_of_the_others_and_is_in_the_log(caplog):
    @unit_of_work
    def act(number):
        add(f"thing {number}")
        if number == 2:
            raise ValueError("no")
        return number < 4

    assert units.one_by_one([1, 2, 3, 4], act, logging.getLogger("c4s.tests"), "Not done: %s") == 2
    assert (names(), caplog.messages) == (["thing 1", "thing 3", "thing 4"], ["Not done: 2"])
