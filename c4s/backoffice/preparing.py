"""What a site needs before it is served: ``flask prepare``; the demonstration again: ``flask demo --again``; and
the codes with which its invented members of staff sign in: ``flask demo code``."""

import click
from flask import current_app
from flask.cli import with_appcontext

from c4s.accounts import codes, rules
from c4s.backoffice import contents, demonstration, invented
from c4s.core.clock import now
from c4s.core.config import Settings
from c4s.core.migrating import migrate
from c4s.quality import actions as code_of_conduct


@click.command()
@with_appcontext
def prepare() -> None:
    """Bring the database to the newest form, and fill it when it is a demonstration's and empty."""
    settings: Settings = current_app.extensions["c4s.settings"]
    if migrate():
        click.echo("The database is ready.")
    contents.must_be_for_real(settings)
    if code_of_conduct.load_first_code():
        click.echo("The first code of conduct is in place.")
    if settings.is_demonstration and demonstration.fill_if_empty():
        click.echo("The demonstration is in place.")


@click.group(invoke_without_command=True)
@click.option("--again", is_flag=True, help="Empty the site first, apart from the trail.")
@click.pass_context
@with_appcontext
def demo(context: click.Context, again: bool) -> None:
    """Fill a demonstration with invented suppliers, events and people."""
    settings: Settings = current_app.extensions["c4s.settings"]
    if not settings.is_demonstration:
        raise click.ClickException("This is not a demonstration (C4S_DEMONSTRATION=1): nothing was changed.")
    if context.invoked_subcommand:
        return
    migrate()
    if again:
        demonstration.empty()
    if demonstration.fill_if_empty():
        click.echo("The demonstration is in place.")
    else:
        raise click.ClickException("The site is not empty. To start the demonstration again: flask demo --again")


@demo.command()
@with_appcontext
def code() -> None:
    """Print the code that each invented member of staff would see in their app at this moment; it works once."""
    for one in invented.STAFF:
        click.echo(f"{one.email}: {codes.code_at(one.key, rules.step_of(now()))}")
