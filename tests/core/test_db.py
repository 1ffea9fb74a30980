"""The database, the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.exc import IntegrityError, StatementError

from c4s.core import db as database
from c4s.core.db import SQLITE_PRAGMAS, UnsafeDatabase, db, prepare
from c4s.core.units import unit_of_work
from tests.core.conftest import Mood, PublicThing, Thing, add

pytestmark = pytest.mark.usefixtures("things")

LONDON = ZoneInfo("Europe/London")


@unit_of_work
def set_time(thing, moment):
    thing.at = moment


def stored(column):
    """What lies in the column, as the database itself has it."""
    with db.engine.connect() as connection:
        return str(connection.exec_driver_sql(f"SELECT {column} FROM thing_of_a_test").scalar_one())


def test_a_time_without_a_zone_is_refused():
    thing = add("nia")
    with pytest.raises(StatementError, match="zone"):
        set_time(thing, datetime(2026, 6, 1, 12))


@pytest.mark.parametrize(
    ("given", "moment", "column"),
    [
        (
            datetime(2026, 6, 1, 12, 0, 0, 123456, LONDON),
            datetime(2026, 6, 1, 11, 0, 0, 123456, UTC),
            "2026-06-01 11:00:00.123456",
        ),
        (
            datetime(2026, 3, 29, 2, 0, 0, 1, LONDON),  # clocks skip from one to two
            datetime(2026, 3, 29, 1, 0, 0, 1, UTC),
            "2026-03-29 01:00:00.000001",
        ),
        (
            datetime(2026, 3, 29, 0, 59, 59, 1, LONDON),
            datetime(2026, 3, 29, 0, 59, 59, 1, UTC),
            "2026-03-29 00:59:59.000001",
        ),
        (
            datetime(2026, 10, 25, 1, 30, 0, 1, LONDON, fold=0),
            datetime(2026, 10, 25, 0, 30, 0, 1, UTC),
            "2026-10-25 00:30:00.000001",
        ),
        (
            datetime(2026, 10, 25, 1, 30, 0, 1, LONDON, fold=1),
            datetime(2026, 10, 25, 1, 30, 0, 1, UTC),
            "2026-10-25 01:30:00.000001",
        ),
    ],
    ids=["summer", "after the change to summer", "before it", "before the change to winter", "after it"],
)
def test_a_time_comes_back_as_the_same_moment_in_utc(given, moment, column):
    thing = add("nia")
    set_time(thing, given)
    db.session.rollback()
    assert (thing.at, thing.at.tzinfo, stored("at")) == (moment, UTC, column)


def test_times_of_the_night_the_clocks_change_keep_their_order():
    first, second = add("first"), add("second")
    set_time(first, datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=0))
    set_time(second, datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1))
    assert list(db.session.scalars(select(Thing.name).order_by(Thing.at))) == ["first", "second"]


def test_no_time_stays_none():
    thing = add("nia")
    set_time(thing, None)
    assert thing.at is None


def test_an_enum_is_stored_as_its_value():
    @unit_of_work
    def cross(thing):
        thing.mood = Mood.CROSS

    thing = add("nia")
    cross(thing)
    assert (stored("mood"), thing.mood) == ("cross", Mood.CROSS)


def test_the_database_itself_refuses_a_value_that_the_enum_lacks():
    with pytest.raises(IntegrityError), db.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO thing_of_a_test (id, name, turn, number, mood) VALUES (1, 'nia', 0, 0, 'merry')"
        )


def test_the_database_itself_refuses_a_row_that_points_nowhere():
    @unit_of_work
    def point_nowhere():
        db.session.add(PublicThing(thing_id=12345))

    with pytest.raises(IntegrityError):
        point_nowhere()


def test_every_sqlite_connection_is_durable_and_strict(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'file.sqlite3'}")
    prepare(engine)
    with engine.connect() as one, engine.connect() as two:
        for connection in (one, two):
            kept = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in SQLITE_PRAGMAS}
            assert kept == {
                "foreign_keys": 1,
                "journal_mode": "wal",
                "synchronous": 2,
                "busy_timeout": 10_000,
            }
    engine.dispose()


def test_sqlite_that_does_not_take_a_setting_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "SQLITE_PRAGMAS", {"journal_mode": "upside_down"})
    engine = create_engine(f"sqlite:///{tmp_path / 'file.sqlite3'}")
    prepare(engine)
    with pytest.raises(UnsafeDatabase, match="journal_mode"):
        engine.connect()
    engine.dispose()


def test_every_constraint_of_ours_has_a_name_that_migrations_can_find():
    nameless = [
        (table.name, constraint)
        for table in database.Base.metadata.sorted_tables
        for constraint in table.constraints
        if not constraint.name
    ]
    assert nameless == []
