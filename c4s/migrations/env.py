"""How Alembic reaches the database: through the site itself."""

from typing import Any

from alembic import context
from flask import current_app

from c4s.core.db import UtcDateTime, db

OWN_TABLES = ("search_words",)  # full text, made by hand for each engine


def include(name: str | None, kind: str, parents: Any) -> bool:
    """Leave the full-text tables and their shadows out of comparisons."""
    return not (kind == "table" and name is not None and name.startswith(OWN_TABLES))


def render(kind: str, thing: Any, autogen_context: Any) -> str | bool:
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime()"
    return False


def run() -> None:
    engine = db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=True,
            include_name=include,
            render_item=render,
        )
        if engine.dialect.name == "sqlite":
            # A table that changes is made anew: while the old one goes, nothing that belongs to its rows may go too.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # our connections run in autocommit
        with context.begin_transaction():
            context.run_migrations()
        if engine.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError("A migration left rows that belong to nothing: all of it is undone.")
        connection.commit()
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


if context.is_offline_mode():
    raise SystemExit("Migrations run against a database, not to a file.")
assert current_app
run()
