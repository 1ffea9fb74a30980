"""What a test leaves behind, and what tests begin with."""

import pytest
from sqlalchemy import text

from c4s.core.db import Base, db
from tests.builders import a_supplier, everyone
from tests.house.every_page import filled
from tests.house.test_addresses import everything_kept
from tests.wiping import wipe, written_once


def begun_anew(site):
    db.session.rollback()
    db.session.remove()
    wipe(site)
    site.extensions["c4s.mail"].messages.clear()


def test_nothing_stays_the_trail_least_of_all_and_numbers_start_at_one(site):
    filled()
    begun_anew(site)
    kept = {"public_version", "site_identity", "category", "area"}
    with db.engine.connect() as connection:
        names = {*(table.name for table in Base.metadata.sorted_tables), "search_words"} - kept
        assert [name for name in sorted(names) if connection.scalar(text(f"SELECT count(*) FROM {name}"))] == []
    assert (a_supplier("Siop y Felin").id, [one.name for one in everyone()]) == (1, ["Siop y Felin"])


@pytest.mark.either_database
def test_what_is_put_back_is_row_by_row_what_was_written(site):
    letters = site.extensions["c4s.mail"].messages
    first, before, sent = filled(), everything_kept(), list(letters)
    begun_anew(site)
    again, after = filled(), everything_kept()
    assert (again, letters) == (first, sent)
    assert [name for name, rows in before.items() if rows != after[name]] == ["public_version"]
    with db.engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        found = "SELECT count(*) FROM search_words WHERE search_words MATCH 'felin'"
        assert connection.scalar(text(found)) > 0
        connection.execute(text("INSERT INTO search_words (search_words) VALUES ('integrity-check')"))


@pytest.mark.either_database
def test_it_is_written_anew_where_something_is_already(site):
    times = []

    def write():
        times.append(1)
        return [a_supplier(f"Siop {len(times)}").id]

    written_once(write).append("a test may change what it is given")
    begun_anew(site)
    assert (written_once(write), len(times)) == ([1], 1)
    assert (written_once(write), len(times)) == ([2], 2)
