"""The database, the same on SQLite and PostgreSQL."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CursorResult, DateTime, Engine, Enum, Executable, MetaData, event
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, Session
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLITE_PRAGMAS = {"foreign_keys": 1, "journal_mode": "wal", "synchronous": 2, "busy_timeout": 10_000}


class Base(DeclarativeBase):
    """Every table's ancestor; all constraints get a name, so that migrations can find them."""

    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base, disable_autonaming=True, session_options={"autoflush": True})

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in Python, naive UTC in the column, on every engine."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone is not a moment: give it UTC.")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def text_enum(members: type[StrEnum]) -> Enum:
    """A column type that stores an enum's values as text and refuses any other (a check, no PostgreSQL type)."""
    return Enum(
        members,
        native_enum=False,
        length=32,
        create_constraint=True,
        name=members.__name__.lower(),
        values_callable=lambda kind: [member.value for member in kind],
    )


def rows(statement: Executable, **values: Any) -> Sequence[Any]:
    """The rows of a select of columns, without the machinery that rows of models need: for lists on public pages.

    What waits to be written is written first, as before any other question.
    """
    session = db.session()
    session.flush()
    return session.connection().execute(statement, values).all()


def inserting(model: type[Base]) -> Any:
    """An insert that can be told what to do about a row that is there already: SQLAlchemy has one for each engine.

    Args:
        model: whose rows it is about.
    """
    return import_module(f"sqlalchemy.dialects.{db.session.get_bind().dialect.name}").insert(model)


def rows_changed(statement: Executable) -> int:
    """Carry out an update or a delete; say how many rows it was about."""
    return cast("CursorResult[Any]", db.session.execute(statement)).rowcount


class UnsafeDatabase(Exception):
    """SQLite did not take a setting that our promises rest on."""


def prepare(engine: Engine) -> None:
    """Give every new SQLite connection the settings that make it durable and strict, and read each back.

    Readers run in autocommit, so a page that only reads never takes the write lock;
    a unit of work begins its own transaction (see ``units``). PostgreSQL needs no more than to be
    told that nobody waits for ever.
    """
    if engine.dialect.name != "sqlite":
        event.listen(engine, "connect", _set_patience)
        return

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        for name, value in SQLITE_PRAGMAS.items():
            connection.execute(f"PRAGMA {name}={value}").close()
            seen = connection.execute(f"PRAGMA {name}").fetchone()[0]
            if seen not in (value, "memory"):
                raise UnsafeDatabase(f"SQLite keeps {name}={seen}, {value} was asked")


def _set_patience(connection: Any, record: Any) -> None:
    connection.execute(f"SET lock_timeout = {SQLITE_PRAGMAS['busy_timeout']}")
    connection.commit()


@event.listens_for(Session, "before_flush")
def only_inside_a_unit_of_work(session: Session, *_: object) -> None:
    """Refuse a change that no unit of work would carry whole."""
    if not session.info.get("working"):
        raise RuntimeError("Rows change only inside a unit of work.")


@event.listens_for(Session, "do_orm_execute")
def bulk_changes_too(state: ORMExecuteState) -> None:
    """Refuse the same of a bulk statement, which one engine would keep and the other forget."""
    is_change = state.is_insert or state.is_update or state.is_delete
    if is_change and not state.session.info.get("working"):
        raise RuntimeError("Rows change only inside a unit of work.")
