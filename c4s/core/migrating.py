"""The tables of the database, brought to the form that this code expects."""

import click
from alembic import command
from alembic.config import Config
from flask.cli import with_appcontext

from c4s.core.schema import MIGRATIONS, is_newest, newest


def config() -> Config:
    """What Alembic is told; the database is the site's own."""
    told = Config()
    told.set_main_option("script_location", str(MIGRATIONS))
    told.set_main_option("path_separator", "os")
    return told


def migrate() -> bool:
    """Migrate to head; cheap when there already. True when something was done.

    Every group of commands begins with it, so that none meets a database without tables.
    """
    if is_newest():
        return False
    command.upgrade(config(), "head")
    return True


@click.command()
@click.argument("what")
@with_appcontext
def migration(what: str) -> None:
    """Write a migration for what the models have and the database has not; WHAT names it. Read it before it runs."""
    migrate()
    command.revision(config(), what, autogenerate=True, rev_id=f"{int(newest()) + 1:04}")
