"""``flask check``: whether everything that must be true of places is."""

import click
from flask.cli import with_appcontext

from c4s.core.migrating import migrate
from c4s.events import checking


@click.command()
@with_appcontext
def check() -> None:
    """Look for places and letters that are not as they must be; say which, and end with code 1 if there are any."""
    migrate()
    found = checking.faults()
    for one in found:
        click.echo(str(one))
    if found:
        raise SystemExit(1)
    click.echo("Places, waiting lists and their letters are as they must be.")
