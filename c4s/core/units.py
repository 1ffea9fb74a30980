"""All of an action or none of it, and one writer at a time."""

import logging
import random
import sqlite3
import time
from collections.abc import Callable, Iterable
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar, cast

from sqlalchemy import Update, bindparam, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from c4s.core import changes
from c4s.core.db import db
from c4s.core.errors import Busy

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M")

PATIENCE = 10.0  # seconds a writer waits for its turn before the page says 503
LOST_TURNS = ("55P03", "40P01")  # PostgreSQL: waited too long for a lock; two waited for each other


def unit_of_work(action: Callable[P, R]) -> Callable[P, R]:
    """Do all of the action or none of it. Inside a larger unit of work, be part of that one.

    What was read before is forgotten at the start, so that decisions rest on fresh rows. When a part
    fails the whole fails, even if the larger action would go on: half of the part may be written.

    Raises:
        Busy: the database was not free to write within ``PATIENCE`` seconds.
    """

    @wraps(action)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        session = db.session()
        if session.info.get("working"):
            try:
                return action(*args, **kwargs)
            except BaseException:
                session.info["spoilt"] = True
                raise
        _begin(session)
        session.info["working"] = True
        try:
            result = action(*args, **kwargs)
            if session.info.get("spoilt"):
                raise RuntimeError("A part of this unit of work has failed: all of it is undone.")
            session.flush()
            changes.publish_if_changed(session)
            session.commit()
            return result
        except OperationalError as problem:
            session.rollback()
            if getattr(problem.orig, "sqlstate", None) in LOST_TURNS:
                raise Busy from problem
            raise
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info["working"] = session.info["spoilt"] = False
            changes.forget(session)

    return whole


def _begin(session: Session) -> None:
    """Take SQLite's write lock before anything is read, so that it cannot fail half way."""
    session.expire_all()
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        return
    # Straight to the driver: those who wait ask hundreds of times a second, and should cost those who work nothing.
    driver: Any = connection.connection.driver_connection
    give_up_at = time.monotonic() + PATIENCE
    # SQLite's own waiting starves some writers for seconds; short random waits are fair.
    driver.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                driver.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as problem:
                if "locked" not in str(problem) or time.monotonic() > give_up_at:
                    raise Busy from problem
                time.sleep(random.uniform(0.0005, 0.004))
    finally:
        driver.execute("PRAGMA busy_timeout=10000")


def hold(row: Any) -> None:
    """Let no one else change this row until our unit of work ends.

    A write takes the row's lock on PostgreSQL and the writer's lock on SQLite, where
    ``SELECT … FOR UPDATE`` does nothing. The row is read again, for it may have changed while we waited.

    Args:
        row: an instance of a model with integer columns ``id`` and ``turn``.
    """
    held(type(row), row.id)


def held(model: type[M], row_id: int) -> M:
    """The row with this number, held as ``hold`` does, and read only once it is ours.

    Args:
        model: a model with integer columns ``id`` and ``turn``.

    Raises:
        NoResultFound: there is no such row.
    """
    session, anything = db.session(), cast(Any, model)
    session.flush()
    session.connection().execute(_turn(anything), {"row": row_id})
    return session.get_one(model, row_id, populate_existing=True)


@cache
def _turn(model: Any) -> Update:
    """The statement that holds a row of a model: put together once, not at every sign-up."""
    table = model.__table__
    return update(table).where(table.c.id == bindparam("row")).values(turn=table.c.turn + 1)


def one_by_one(numbers: Iterable[int], act: Callable[[int], int], log: logging.Logger, problem: str) -> int:
    """Do something with each of many, each a unit of work of its own: what goes wrong with one undoes nothing of
    another. Whoever calls this again in its time tries that one again.

    Args:
        act: what to do with one; how much came of it, or whether anything did.
        problem: what the log says when it goes wrong, with a place for the number.

    Returns:
        how much came of all of them.
    """
    done = 0
    for number in numbers:
        try:
            done += act(number)
        except Exception:
            log.exception(problem, number)
            db.session.rollback()
    return done
