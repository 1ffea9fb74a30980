"""``flask events import FILE.ics``: the events of a calendar file, as drafts."""

from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from c4s.audit.trail import Actor
from c4s.core.clock import now
from c4s.core.migrating import migrate
from c4s.programme import actions, reading
from c4s.programme.reading import Why

events = AppGroup("events", help="Training and events.", callback=with_appcontext(migrate))
WHY = {
    Why.NONE: "the file is empty",
    Why.TOO_LARGE: "the file is larger than 1 MB",
    Why.NO_CALENDAR: "this is not a calendar file that can be read",
    Why.NO_EVENTS: "there are no events in this file",
    Why.TOO_MANY: "there are more than 500 dates in this file",
}


@events.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--language",
    type=click.Choice(["cy", "en"]),
    default="cy",
    show_default=True,
    help="The language of texts that do not say in which they are.",
)
def import_file(file: Path, language: str) -> None:
    """Make a draft of each event in FILE (.ics). What was taken in before is passed over; nothing is published."""
    try:
        found = reading.read(file.read_bytes(), language, now())
    except reading.Unreadable as problem:
        raise click.ClickException(WHY[problem.why]) from problem
    made, known = actions.take_in(((one.uid, one.content) for one in found.events), by=Actor.COMMAND)
    click.echo(f"drafts: {made}, known already: {known}, without a date to come: {found.left_out}")
