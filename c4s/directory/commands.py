"""``flask import suppliers | postcodes`` and ``flask search rebuild``."""

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup, with_appcontext

from c4s.core.errors import Busy
from c4s.core.migrating import migrate
from c4s.directory import filing
from c4s.directory import importing as actions
from c4s.directory.reading import (
    Format,
    PostcodeRecord,
    Reading,
    Reject,
    Remark,
    UnreadableFile,
    open_postcodes,
    open_reader,
)
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.actions import load_areas, load_categories, replace_postcodes
from c4s.web.exports import safe_cell

importing = AppGroup("import", help="Take in what others publish.", callback=with_appcontext(migrate))
search = AppGroup("search", help="The index behind the search.", callback=with_appcontext(migrate))
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@importing.command()
@click.argument("file", type=FILE)
@click.option("--format", "kind", type=click.Choice([kind.value for kind in Format]), required=True)
@click.option("--source", help="The name of the source; from the file's name when left out.")
@click.option("--dry-run", is_flag=True, help="Count only; nothing is kept.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--gone",
    type=click.Choice([g.value for g in actions.Gone]),
    default=actions.Gone.MARK.value,
    help="What to do with entries that the file no longer has.",
)
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write what could not be used, with line and reason (FILE.rejects.csv).",
)
@click.option("--keep-going", is_flag=True, help="Keep what was read even if the file breaks off; marks nothing gone.")
def suppliers(
    file: Path,
    kind: str,
    source: str | None,
    dry_run: bool,
    as_json: bool,
    gone: str,
    rejects: Path | None,
    keep_going: bool,
) -> None:
    """Take in a FILE of suppliers: all of it or, when something is wrong with the file, nothing."""
    if not dry_run and not taxonomy.categories().by_id:
        # Taken in without them, suppliers would have neither, and the same file again changes nothing.
        load_categories()
        load_areas()
    with ExitStack() as stack:
        reading = stack.enter_context(open_reader(kind, file, source))
        note = _Rejects(rejects or file.with_name(file.name + ".rejects.csv"))
        stack.callback(note.close)
        entries = _with_progress(reading, stack)
        try:
            report = actions.import_suppliers(
                entries, gone=actions.Gone(gone), dry_run=dry_run, rejected=note.add, in_parts=keep_going
            )
        except UnreadableFile as problem:
            raise click.ClickException(f"{file}: {problem}. Nothing was taken in.") from problem
        except Busy as problem:
            raise click.ClickException("Others were writing all the time. Nothing was taken in.") from problem
        except actions.NotTheSameKind as problem:
            raise click.ClickException(f"{file}: no entry could be read. Nothing was taken in.") from problem
        except actions.TooManyGone as problem:
            raise click.ClickException(
                f"{file}: more than half of the entries of {reading.source} are not in it. If that is right, "
                "use --gone mark-all; if the file is a part or another place's, --gone ignore or --source NAME. "
                "Nothing was taken in."
            ) from problem
        remarks = list(reading.remarks)
    if as_json:
        click.echo(json.dumps(report.numbers()))
    else:
        for name, number in report.numbers().items():
            click.echo(f"{name}: {number}")
        _say(remarks)
        if note.is_open:
            click.echo(f"rejects: {note.file}")
    if report.problem:
        raise click.ClickException(f"{file}: {report.problem}. What came before was taken in.")


@importing.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def postcodes(file: Path, as_json: bool) -> None:
    """Replace the list of postcodes by that of a CSV FILE, and place by it the suppliers that wait for it."""
    rejected = 0

    def rows(reading: Reading[PostcodeRecord]) -> Iterator[dict[str, Any]]:
        nonlocal rejected
        for entry in reading:
            if isinstance(entry, Reject):
                rejected += 1
                continue
            yield {
                "code": entry.postcode,
                "latitude": entry.latitude,
                "longitude": entry.longitude,
                "council_code": entry.council_code,
                "ward_code": entry.ward_code,
                "ward_cy": entry.ward.cy,
                "ward_en": entry.ward.en,
                "health_board": entry.health_board,
            }

    with open_postcodes(file) as reading:
        try:
            number = replace_postcodes(rows(reading))
        except UnreadableFile as problem:
            raise click.ClickException(f"{file}: {problem}. Nothing was taken in.") from problem
    numbers = {"postcodes": number, "rejected": rejected, "suppliers placed": actions.place_by_postcode()}
    click.echo(json.dumps(numbers) if as_json else "\n".join(f"{name}: {n}" for name, n in numbers.items()))


@search.command()
def rebuild() -> None:
    """Make the index say what the directory says."""
    click.echo(f"suppliers: {filing.refile()}")


class _Rejects:
    """A file that appears with the first entry that could not be used."""

    def __init__(self, file: Path) -> None:
        self.file, self.is_open = file, False

    def add(self, reject: Reject) -> None:
        if not self.is_open:
            self.stream = self.file.open("w", encoding="utf-8-sig", newline="")
            self.writer = csv.writer(self.stream)
            self.writer.writerow(("line", "id", "reason", "detail"))
            self.is_open = True
        cells = (str(reject.line or ""), reject.source_id, reject.reason.value, reject.detail)
        self.writer.writerow([safe_cell(cell) for cell in cells])

    def close(self) -> None:
        if self.is_open:
            self.stream.close()


def _with_progress(reading: Reading[Any], stack: ExitStack) -> Reading[Any]:
    """The same entries, with a bar on a terminal."""
    if not sys.stderr.isatty() or not reading.size:
        return reading
    bar = stack.enter_context(click.progressbar(length=reading.size, file=sys.stderr))
    return _Watched(reading, bar)  # type: ignore[return-value]


class _Watched:
    def __init__(self, reading: Reading[Any], bar: Any) -> None:
        self.reading, self.bar, self.source = reading, bar, reading.source

    def __iter__(self) -> Iterator[Any]:
        for number, entry in enumerate(self.reading):
            if number % 100 == 0 and self.reading.position is not None:
                self.bar.update(max(0, self.reading.position - self.bar.pos))
            yield entry


def _say(remarks: list[Remark]) -> None:
    for remark in remarks:
        line = f" (line {remark.line})" if remark.line else ""
        click.echo(f"note: {remark.kind.value} {remark.detail}{line}: {remark.count}", err=True)
