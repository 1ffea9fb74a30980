"""The tables of the database, brought to the form that this code expects."""

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import upgrade

from c4s.core.db import db


def migrate() -> bool:
    """Migrate to head; cheap when there already. True when something was done.

    Every group of commands begins with it, so that none meets a database without tables.
    """
    config = current_app.extensions["migrate"].migrate.get_config()
    heads = set(ScriptDirectory.from_config(config).get_heads())
    with db.engine.connect() as connection:
        there = set(MigrationContext.configure(connection).get_current_heads())
    if there == heads:
        return False
    upgrade()
    return True
