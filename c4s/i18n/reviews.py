"""Sheets for a Welsh proof-reader: the catalogue as a spreadsheet, out and in again.

One row for each message, and one for each of the six forms of a plural. The proof-reader writes in
"corrected Welsh", puts "reviewed" in "state" for what they have read and would sign, and may leave a note.
Taking a sheet in is all or nothing: if one row cannot be taken, nothing is changed and every reason is
listed.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from zipfile import BadZipFile

import click
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from c4s.core.clock import now
from c4s.i18n.catalogues import Entry, Folder, entry_findings, read, same_in_both, save_welsh

COLUMNS = ("id", "context", "English", "Welsh", "where used", "state", "corrected Welsh", "note", "reviewer")
_WIDTHS = (16, 14, 50, 50, 24, 12, 50, 30, 20)
_FORMS = ("0", "1", "2", "3", "6", "4, 5, 7 …")
_MEANS_REVIEWED = {"reviewed", "adolygwyd", "wedi’i adolygu", "iawn", "ok", "x", "yes", "✓"}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_NAME = 60


class SheetRefused(Exception):
    """The sheet was not taken in. `reasons` says why, row by row."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class _Row:
    """One row as it came back; `number` is its number in the sheet."""

    number: int
    values: dict[str, str]

    @property
    def correction(self) -> str:
        # A keyboard writes the straight apostrophe; the site prints the other.
        return self.values["corrected Welsh"].strip().replace("'", "’")

    @property
    def is_reviewed(self) -> bool:
        return self.values["state"].strip().casefold() in _MEANS_REVIEWED


# Out


def rows(folder: Folder) -> Iterator[tuple[str, ...]]:
    """The rows of a sheet, without its header."""
    for entry in read(folder.welsh):
        plural = len(entry.english) > 1
        for form, welsh in enumerate(entry.welsh):
            context = "; ".join(part for part in (entry.context, f"number: {_FORMS[form]}" if plural else "") if part)
            english = entry.english[0] if not plural or form == 1 else entry.english[-1]
            yield (
                f"{entry.key}/{form}" if plural else entry.key,
                context,
                english,
                welsh,
                ", ".join(entry.used_in),
                entry.state,
                "",
                entry.note,
                entry.reviewer,
            )


def export(folder: Folder, path: Path) -> int:
    """Write the sheet: .xlsx, or .csv with a byte-order mark.

    Gives the number of rows; ValueError for another ending.
    """
    if path.suffix.lower() == ".xlsx":
        return _export_workbook(folder, path)
    if path.suffix.lower() == ".csv":
        return _export_csv(folder, path)
    raise ValueError(f"{path.name}: a sheet is .xlsx or .csv")


def _export_workbook(folder: Folder, path: Path) -> int:
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has one sheet
    sheet.title = "Cymraeg"
    written = 0
    for number, values in enumerate([COLUMNS, *rows(folder)], 1):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(number, column)
            cell.value = value or None
            if value:
                cell.data_type = "s"  # a text that begins with "=" is a text
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        written = number - 1
    for column, width in enumerate(_WIDTHS, 1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    states = DataValidation(type="list", formula1='"unreviewed,reviewed"', showErrorMessage=False)
    states.add(f"F2:F{written + 1}")
    sheet.add_data_validation(states)
    book.save(path)
    return written


def _export_csv(folder: Folder, path: Path) -> int:
    written = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for values in rows(folder):
            # A spreadsheet would run a text that begins with "=" as a formula; ’ before it keeps it a text.
            writer.writerow(["'" + value if value.startswith(_FORMULA_STARTS) else value for value in values])
            written += 1
    return written


# In


def take_in(folder: Folder, path: Path, by: str, on: date) -> tuple[int, int]:
    """Take a sheet back: corrected Welsh replaces, and entries whose every row is marked reviewed are
    signed by `by`.

    A reviewer named in the row signs in place of `by`. Gives (entries corrected, entries signed).
    Raises SheetRefused, with nothing changed, when a row does not fit the catalogue as it stands.
    """
    entries = read(folder.welsh)
    by_key = {entry.key: entry for entry in entries}
    grouped, reasons = _grouped(_sheet(path), by_key)
    if not by.strip() or len(by) > _LONGEST_NAME:
        reasons.append(f"--by: a name of 1 to {_LONGEST_NAME} characters is needed")
    if reasons:
        raise SheetRefused(reasons)

    allowed = same_in_both(folder)
    changed: dict[str, Entry] = {}
    corrected = signed = 0
    for key, forms in grouped.items():
        entry = by_key[key]
        welsh = tuple(forms[form].correction or old if form in forms else old for form, old in enumerate(entry.welsh))
        became = replace(entry, welsh=welsh)
        notes = [row.values["note"].strip() for row in forms.values() if row.values["note"].strip()]
        became = became.noted(notes[0] if notes else entry.note)
        if welsh != entry.welsh:
            corrected += 1
            reasons += [
                f"row {forms[min(forms)].number}: {finding.what} – {finding.mend}"
                for finding in entry_findings([became], allowed)
            ]
        if len(forms) == len(entry.welsh) and all(row.is_reviewed for row in forms.values()) and not became.reviewer:
            named = {row.values["reviewer"].strip() for row in forms.values()} - {""}
            became = became.signed(min(named) if named else by.strip(), on)
            signed += 1
            if not became.translated:
                reasons.append(f"row {forms[min(forms)].number}: marked reviewed, but there is no Welsh")
        changed[key] = became
    if reasons:
        raise SheetRefused(reasons)
    save_welsh(folder, [changed.get(entry.key, entry) for entry in entries])
    return corrected, signed


def _grouped(sheet: list[_Row], by_key: dict[str, Entry]) -> tuple[dict[str, dict[int, _Row]], list[str]]:
    """The rows by entry and form, and why any of them cannot be taken."""
    grouped: dict[str, dict[int, _Row]] = defaultdict(dict)
    reasons = []
    for row in sheet:
        key, _, form_text = row.values["id"].strip().partition("/")
        entry = by_key.get(key)
        form = int(form_text) if form_text.isdigit() else 0
        if entry is None:
            reasons.append(f"row {row.number}: the English has changed or gone since the sheet was made")
        elif form >= len(entry.welsh) or bool(form_text) != (len(entry.english) > 1):
            reasons.append(f"row {row.number}: no such form, “{row.values['id']}”")
        elif form in grouped[key]:
            reasons.append(f"row {row.number}: the same id as row {grouped[key][form].number}")
        elif row.values["English"] not in entry.english:
            reasons.append(f"row {row.number}: the English has been written over; only the last four columns are yours")
        elif row.values["Welsh"] != entry.welsh[form] and (row.correction or row.is_reviewed):
            reasons.append(
                f"row {row.number}: the Welsh has changed since the sheet was made; it is now “{entry.welsh[form]}”"
            )
        else:
            grouped[key][form] = row
    return grouped, reasons


def _sheet(path: Path) -> list[_Row]:
    if path.suffix.lower() == ".xlsx":
        table = _workbook_table(path)
    elif path.suffix.lower() == ".csv":
        table = _csv_table(path)
    else:
        raise SheetRefused([f"{path.name}: a sheet is .xlsx or .csv"])
    names = [name.strip() for name in table[0]] if table else []
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise SheetRefused([f"row 1: no column {', '.join(missing)}"])
    found = []
    for number, cells in enumerate(table[1:], 2):
        values = dict(zip(names, cells, strict=False))
        if any(values.values()):
            found.append(_Row(number, {name: values.get(name, "") for name in COLUMNS}))
    return found


def _workbook_table(path: Path) -> list[list[str]]:
    try:
        sheet = load_workbook(path, data_only=False).active
    except (OSError, KeyError, ValueError, BadZipFile) as error:
        raise SheetRefused([f"{path.name} cannot be read: {error}"]) from error
    assert sheet is not None  # a workbook has at least one sheet
    return [[_cell(value) for value in values] for values in sheet.iter_rows(values_only=True)]


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").replace("_x000D_", "")


def _csv_table(path: Path) -> list[list[str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetRefused([f"{path.name} is not UTF-8; save it as “CSV UTF-8”"]) from error
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    return [
        [cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_STARTS) else cell for cell in cells]
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    ]


# The commands


@click.group("review")
def review() -> None:
    """Sheets for a Welsh proof-reader."""


@review.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export_command(file: Path) -> None:
    """Write the catalogue to FILE (.xlsx or .csv)."""
    try:
        click.echo(f"{export(Folder(), file)} rows in {file}")
    except ValueError as error:
        raise click.ClickException(str(error)) from error


@review.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", required=True, help="The proof-reader’s name.")
def import_command(file: Path, by: str) -> None:
    """Take FILE back from the proof-reader."""
    try:
        corrected, signed = take_in(Folder(), file, by, now().date())
    except SheetRefused as refused:
        for reason in refused.reasons:
            click.echo(reason)
        raise click.ClickException("The sheet was not taken in; nothing has changed.") from refused
    click.echo(f"{corrected} corrected, {signed} signed")
