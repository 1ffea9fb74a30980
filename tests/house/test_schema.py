"""The migrations: from nothing to the models and back, on both databases."""

import os
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Index, UniqueConstraint, inspect, text
from sqlalchemy.exc import DatabaseError

from c4s.core.db import Base, db
from c4s.core.migrating import config
from c4s.core.schema import newest
from tests.conftest import close, made_on, one_more


def by_hand(site: Flask) -> set[str]:
    """Triggers and functions: what Alembic does not see."""
    with site.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            found = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        else:
            found = connection.execute(
                text(
                    "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal UNION SELECT proname FROM pg_proc"
                    " WHERE pronamespace = 'public'::regnamespace"
                )
            )
        return set(found.scalars())


def tables(site: Flask) -> set[str]:
    with site.app_context():
        return set(inspect(db.engine).get_table_names())


@pytest.fixture(scope="module")
def fresh(database, tmp_path_factory):
    """A site on a database of its own, made by the migrations."""
    name = f"c4s_schema_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with one_more(database, name, tmp_path_factory.mktemp("schema")) as address:
        site = made_on(address)
        yield site
        close(site)


def test_the_migrations_make_what_the_models_say(fresh):
    with fresh.app_context():
        command.check(config())
    made = {name for name in tables(fresh) if not name.startswith("search_words")}
    assert made == {"alembic_version", *Base.metadata.tables}


def test_every_foreign_key_leads_an_index_so_that_nothing_goes_slowly_however_much_there_is():
    """To delete or to change a row, a database looks for all that belongs to it: without an index, through all rows."""
    without = []
    for table in Base.metadata.sorted_tables:
        led = [tuple(table.primary_key.columns), *(tuple(one.columns) for one in table.indexes if is_of_all_rows(one))]
        led += [tuple(one.columns) for one in table.constraints if isinstance(one, UniqueConstraint)]
        for key in table.foreign_key_constraints:
            columns = tuple(key.columns)
            if not any(one[: len(columns)] == columns for one in led):
                without.append(f"{table.name}: {', '.join(key.column_keys)}")
    assert without == []


def is_of_all_rows(index: Index) -> bool:
    """Whether an index holds every row of its table: one of some rows finds no other."""
    return index.dialect_options["sqlite"]["where"] is None


def test_what_only_the_newest_tables_have_a_word_for_does_not_stand_in_the_way_back(fresh):
    moment = "'2026-11-22 09:00:00'"
    person = (
        "INSERT INTO person (id, lane, state, name, name_key, email, email_key, channel, phone, postal_address,"
        " is_buyer, staff_hours, language_written, language_spoken, asked_in, asked_at, over_16_at, password_hash,"
        " turn, created_at, last_seen_at)"
        " VALUES (1, 'business', 'active', 'Nia', 'nia', '', '', 'post', '', '1 Stryd', false,"
        f" 1, 'cy', 'cy', 'cy', {moment}, {moment}, '', 0, {moment}, {moment})"
    )
    link = (
        "INSERT INTO one_time_link (id, token_hash, purpose, person_id, email, bound, expires_at, created_at)"
        f" VALUES (1, 'x', 'claim_account', 1, '', '', {moment}, {moment})"
    )
    with fresh.app_context():
        with db.engine.begin() as connection:
            for statement in (person, link):
                connection.execute(text(statement))
        command.downgrade(config(), "0002")
        command.upgrade(config(), "head")
        command.check(config())
        with db.engine.begin() as connection:
            kept = connection.execute(text("SELECT lane, name FROM person")).all()
            if connection.dialect.name == "sqlite":
                made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name IN ('person', 'sign_in')"))
                assert [("AUTOINCREMENT" in sql) for sql in made.scalars()] == [True, True]
            connection.execute(text("DELETE FROM one_time_link"))
            connection.execute(text("DELETE FROM person"))
    assert [tuple(row) for row in kept] == [("resident", "Nia")]


def test_what_was_said_of_an_entry_that_has_gone_goes_on_the_way_back_and_nothing_else(fresh):
    """Before tables knew of it, it went with the entry."""
    moment = "'2026-11-22 09:00:00'"
    statements = (
        "INSERT INTO report (id, reference, supplier_id, kind, state, words, name, email, language_written, asked_in,"
        " told_at, due_on, answer_cy, answer_en, turn, gone_name_cy, gone_name_en, gone_people)"
        f" VALUES (1, 'P-K7QM-4RTX', NULL, 'other', 'open', '', '', '', '', 'cy', {moment}, '2026-12-06', '', '', 0,"
        " 'Siop', 'Siop', '[]')",
        f"INSERT INTO report_note (id, report_id, words, at) VALUES (1, 1, 'Ffoniais i.', {moment})",
        "INSERT INTO takedown (id, supplier_id, ground, reason_cy, reason_en, at, appeal, answer_cy, answer_en,"
        " why_ended_cy, why_ended_en, turn, gone_name_cy, gone_name_en)"
        f" VALUES (1, NULL, 'other', '', '', {moment}, '', '', '', '', '', 0, 'Siop', 'Siop')",
    )
    with fresh.app_context():
        with db.engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
        command.downgrade(config(), "0019")
        command.upgrade(config(), "head")
        with db.engine.connect() as connection:
            left = [connection.execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in SAID]
            if connection.dialect.name == "sqlite":
                made = connection.execute(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")).scalars().all()
                [index] = [sql for sql in made if "uq_takedown_open" in sql]
                [table] = [sql for sql in made if sql.startswith(('CREATE TABLE "takedown"', "CREATE TABLE takedown"))]
                assert ("ended_at IS NULL" in index, "ck_takedown_ground" in table) == (True, True)
    assert left == [0, 0, 0]


SAID = ("report", "report_note", "takedown")


def test_the_way_back_leaves_nothing_and_the_way_there_again_leaves_everything(fresh):
    before = by_hand(fresh)
    assert {"audit_entry_is_never_changed", "audit_entry_is_kept_six_years"} < before
    with fresh.app_context():
        command.downgrade(config(), "base")
    assert (tables(fresh), by_hand(fresh)) == ({"alembic_version"}, set())
    with fresh.app_context():
        command.upgrade(config(), "head")
        command.check(config())
        command.upgrade(config(), "head")  # once more changes nothing
    assert by_hand(fresh) == before
    with fresh.app_context(), db.engine.connect() as connection:
        rows = connection.execute(text("SELECT name, number FROM public_version ORDER BY name")).all()
    assert [tuple(row) for row in rows] == [("events", 0), ("pages", 0), ("taxonomy", 0)]


def test_the_database_itself_never_gives_one_place_twice(fresh):
    """Even a programme that forgets every rule of ours cannot oversell an event."""
    event = (
        "INSERT INTO event (id, kind, state, title_cy, title_en, summary_cy, summary_en, description_cy,"
        " description_en, joining_notes_cy, joining_notes_en, audience_cy, audience_en, cost_cy, cost_en, trainer,"
        " starts_at, ends_at, closes_at, capacity, online, online_address, delivery_language, materials_language,"
        " welsh_offer_cy, welsh_offer_en, sequence, turn, created_at, updated_at) VALUES (1, 'course', 'published',"
        " '', '', '', '', '', '', '', '', '', '', '', '', '', '2026-12-01 10:00', '2026-12-01 12:00',"
        " '2026-12-01 09:00', 1, false, '', 'cy', 'cy', '', '', 0, 0, '2026-11-01', '2026-11-01')"
    )
    place = (
        "INSERT INTO booking (id, reference, event_id, state, name, channel, email, email_key, phone, postal_address,"
        " language_written, language_spoken, asked_in, party, joined_at, sequence) VALUES ({0}, 'R{0}', 1, '{1}',"
        " 'Nia', 'phone', '', '', '', '', 'cy', 'cy', 'cy', 1, '2026-11-01', 0)"
    )
    with fresh.app_context(), db.engine.begin() as connection:
        connection.execute(text(event))
        connection.execute(text(place.format(1, "confirmed")))
        connection.execute(text(place.format(2, "waiting")))
    for statement in (place.format(3, "confirmed"), "UPDATE booking SET state = 'offered' WHERE id = 2"):
        with (
            pytest.raises(DatabaseError, match="more places than there are"),
            fresh.app_context(),
            db.engine.begin() as connection,
        ):
            connection.execute(text(statement))


def test_there_is_one_way_through_the_migrations(site):
    scripts = ScriptDirectory.from_config(config())
    assert len(scripts.get_heads()) == len(scripts.get_bases()) == 1
    assert scripts.get_heads() == [newest()]
    files = {Path(one.path).name.partition("_")[0]: one.revision for one in scripts.walk_revisions()}
    assert all(name == revision for name, revision in files.items())
