"""``flask mail send | failed | retry | print | purge``."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from markupsafe import Markup

from c4s.core.config import ROOT, Settings
from c4s.core.migrating import migrate
from c4s.mail import delivery, outbox

mail = AppGroup("mail", help="Letters in the outbox.", callback=with_appcontext(migrate))


@mail.command()
def send() -> None:
    """Send every letter that is due."""
    sent, failed = delivery.send_due()
    click.echo(f"sent: {sent}, not sent: {failed}")


@mail.command()
def failed() -> None:
    """List the letters that could not be sent."""
    for letter in delivery.failed():
        click.echo(f"{letter.id}\t{letter.letter}\t{letter.problem}")


@mail.command()
@click.argument("letter_id", type=int)
def retry(letter_id: int) -> None:
    """Try a failed letter again."""
    if not delivery.retry(letter_id):
        raise click.ClickException(f"letter {letter_id} has not failed")
    click.echo(f"queued again: {letter_id}")


@mail.command("print")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def print_letters(file: Path) -> None:
    """Write the letters for people without e-mail to one page each of FILE (HTML), ready to print."""
    letters = delivery.to_print()
    if not letters:
        click.echo("letters: 0")
        return
    # Not render_template: what pages are given (their address, the switch) needs a request.
    settings: Settings = current_app.extensions["c4s.settings"]
    paper = current_app.jinja_env.get_template("mail/paper.html").render(
        letters=[(letter, outbox.parts(letter)) for letter in letters],
        sender=settings.postal_address.split("|"),
        styles=Markup((ROOT / "static" / "css" / "paper.css").read_text(encoding="utf-8")),
    )
    file.write_text(paper, encoding="utf-8")
    delivery.mark_printed([letter.id for letter in letters])
    click.echo(f"letters: {len(letters)}, in {file}")


@mail.command()
def purge() -> None:
    """Forget the words of letters sent more than 30 days ago."""
    click.echo(f"forgotten: {delivery.purge()}")
