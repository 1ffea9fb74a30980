"""Whether the tables of the database have the form that this code expects."""

from sqlalchemy import inspect, text

from c4s.core.config import ROOT
from c4s.core.db import db

MIGRATIONS = ROOT / "c4s" / "migrations"


def newest() -> str:
    """The number of the last migration: its file is named after it."""
    return max(file.name for file in MIGRATIONS.glob("versions/*.py")).partition("_")[0]


def is_newest() -> bool:
    """Whether nothing is to be migrated; asked without Alembic, which takes long to load."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return connection.scalar(text("SELECT version_num FROM alembic_version")) == newest()
