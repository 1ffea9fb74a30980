"""What a site needs before it is served: ``flask prepare``; and the demonstration again: ``flask demo --again``."""

import click
from flask import current_app
from flask.cli import with_appcontext

from c4s.backoffice import demonstration
from c4s.core.config import Settings
from c4s.core.migrating import migrate


@click.command()
@with_appcontext
def prepare() -> None:
    """Bring the database to the newest form, and fill it when it is a demonstration's and empty."""
    settings: Settings = current_app.extensions["c4s.settings"]
    if migrate():
        click.echo("The database is ready.")
    if settings.is_demonstration and demonstration.fill_if_empty():
        click.echo("The demonstration is in place.")


@click.command()
@click.option("--again", is_flag=True, help="Empty the site first, apart from the trail.")
@with_appcontext
def demo(again: bool) -> None:
    """Fill a demonstration with invented suppliers, events and people."""
    settings: Settings = current_app.extensions["c4s.settings"]
    if not settings.is_demonstration:
        raise click.ClickException("This is not a demonstration (C4S_DEMONSTRATION=1): nothing was changed.")
    migrate()
    if again:
        demonstration.empty()
    if demonstration.fill_if_empty():
        click.echo("The demonstration is in place.")
    else:
        raise click.ClickException("The site is not empty. To start the demonstration again: flask demo --again")
