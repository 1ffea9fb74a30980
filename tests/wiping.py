"""What a test wrote goes after it, through a connection of its own to the site's database.

The clock of that connection is far ahead, so that even the trail, which is kept for six years, is old enough to go.
Nothing about the tables has to change for it: whoever has prepared a statement need not prepare it again.

What many tests begin with, and takes long to write, is written once and put back for the others.
"""

import sqlite3
from collections.abc import Callable
from copy import deepcopy
from typing import Any, Protocol, TypeVar
from weakref import WeakKeyDictionary

from flask import Flask, current_app

from c4s.core.clock import now
from c4s.core.db import Base, db

R = TypeVar("R")

KEPT = ("alembic_version", "public_version", "site_identity", "category", "area")
RISE = """
UPDATE public_version SET number = number + 1
WHERE public_version.name = 'events' OR public_version.name = 'taxonomy' AND EXISTS (SELECT 1 FROM network)
"""
"""The numbers of what is kept in memory, and is about to go."""
LATE = "9999-01-01 00:00:00"


class Wiper(Protocol):
    """Empties the tables of one database."""

    def wipe(self) -> None: ...

    def close(self) -> None: ...


_wipers: WeakKeyDictionary[Flask, Wiper] = WeakKeyDictionary()
_written: WeakKeyDictionary[Flask, dict[Any, tuple[Any, ...]]] = WeakKeyDictionary()


def wipe(site: Flask) -> None:
    """Empty every table that a test wrote to; numbers start at 1 again."""
    _wiper(site).wipe()


def _wiper(site: Flask) -> Wiper:
    if site not in _wipers:
        pooled = db.engine.raw_connection()
        driver: Any = pooled.driver_connection
        pooled.detach()
        _wipers[site] = (OnSQLite if db.engine.dialect.name == "sqlite" else OnPostgreSQL)(driver)
    return _wipers[site]


def written_once(write: Callable[[], R]) -> R:
    """What an action gives. The second time that it begins at this moment with empty tables, nothing is done:
    the rows and the letters of the first time are put back. On PostgreSQL it is done each time.

    Args:
        write: gives plain values, and changes nothing but the database and the letters that have left.
    """
    site = current_app._get_current_object()  # type: ignore[attr-defined]
    wiper, letters, known = _wiper(site), site.extensions["c4s.mail"].messages, _written.setdefault(site, {})
    if not isinstance(wiper, OnSQLite) or letters or wiper.used():
        return write()
    if (write, now()) in known:
        rows, sent, result = known[write, now()]
        wiper.put_back(rows)
        letters.extend(sent)
    else:
        result = write()
        db.session.rollback()
        known[write, now()] = wiper.rows(), list(letters), result
    return deepcopy(result)


def let_go(site: Flask) -> None:
    """Close the connection."""
    if site in _wipers:
        _wipers.pop(site).close()


def _tables() -> list[Any]:
    """Those to empty, in an order that foreign keys allow."""
    return [table for table in reversed(Base.metadata.sorted_tables) if table.name not in KEPT]


class OnSQLite:
    """Asks first which tables have rows: to empty one without writes a page for it and for each of its indexes."""

    def __init__(self, driver: sqlite3.Connection) -> None:
        self.driver = driver
        where = {name: name for name in [*(table.name for table in _tables()), "search_words"]}
        where["sqlite_sequence"] = "sqlite_sequence WHERE seq > 0"
        asks = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {rows})" for name, rows in where.items())
        self.asks = " UNION ALL ".join(asks)
        driver.execute("PRAGMA foreign_keys=0").close()  # all of it goes, and all of it comes
        driver.create_function("datetime", 2, lambda *_: LATE)

    def used(self) -> list[str]:
        """The tables that have rows."""
        return [name for (name,) in self.driver.execute(self.asks)]

    def wipe(self) -> None:
        self.driver.execute("BEGIN IMMEDIATE")
        used = self.used()
        if used:
            self.driver.execute(RISE)
        for name in used:
            self.driver.execute(f"DELETE FROM {name}")
        self.driver.execute("COMMIT")

    def rows(self) -> dict[str, tuple[str, list[Any]]]:
        """All rows, by table: the names of the columns, and what is in them."""
        found = {}
        for name in self.used():
            numbered = "rowid, " if name == "search_words" else ""
            asked = self.driver.execute(f"SELECT {numbered}* FROM {name}")
            found[name] = ", ".join(column[0] for column in asked.description), asked.fetchall()
        return found

    def put_back(self, rows: dict[str, tuple[str, list[Any]]]) -> None:
        """Put rows into empty tables; whatever is kept in memory is out of date then."""
        self.driver.execute("BEGIN IMMEDIATE")
        for name, (columns, values) in rows.items():
            if name == "sqlite_sequence":  # has begun to count by now
                self.driver.execute("DELETE FROM sqlite_sequence")
            places = ", ".join("?" for _ in values[0])
            self.driver.executemany(f"INSERT INTO {name} ({columns}) VALUES ({places})", values)
        self.driver.execute("UPDATE public_version SET number = number + 1")
        self.driver.execute("COMMIT")

    def close(self) -> None:
        self.driver.close()


class OnPostgreSQL:
    """Has a function do it, whose plans the server keeps, in a schema of its own, where ``now`` is late."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver
        tables = _tables()
        names = [*(table.name for table in tables), "search_words"]
        numbers = [f"{table.name}_id_seq" for table in tables if table.autoincrement_column is not None]
        steps = "\n".join(
            [
                *(f"IF EXISTS (SELECT FROM {name}) THEN DELETE FROM {name}; END IF;" for name in names),
                *(
                    f"IF (SELECT is_called FROM {one}) THEN PERFORM setval('{one}', 1, false); END IF;"
                    for one in numbers
                ),
            ]
        )
        driver.autocommit = True
        for statement in (
            "DROP SCHEMA IF EXISTS late CASCADE",
            "CREATE SCHEMA late",
            f"CREATE FUNCTION late.now() RETURNS timestamptz LANGUAGE sql AS $$ SELECT timestamptz '{LATE}' $$",
            f"CREATE FUNCTION late.wipe() RETURNS void LANGUAGE plpgsql AS $$ BEGIN {RISE};\n{steps}\nEND $$",
            "SET search_path = late, pg_catalog, public",
        ):
            driver.execute(statement)

    def wipe(self) -> None:
        self.driver.execute("SELECT late.wipe()")

    def close(self) -> None:
        self.driver.execute("DROP SCHEMA late CASCADE")
        self.driver.close()
