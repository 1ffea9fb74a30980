"""Suppliers kept in a spreadsheet and saved as CSV.

One header row, then a row for each supplier. Only ``id`` and ``name`` are needed; the columns may come in
any order, and others are passed over and named once. A cell left empty says nothing.

=================  ======================================================================================
column             what to write
=================  ======================================================================================
id                 what names this supplier for ever in this source; at most 100 characters
name, name_cy      the name; its Welsh name too, if it has one of each
sort_name          how to file the name (not name_cy) where its letters mislead ("Ban|gor", "Llew Coch, Y")
summary_cy/en      one sentence, at most 160 characters
description_cy/en  paragraphs with an empty line between; HTML is made plain
categories         our category codes, with spaces, commas, semicolons or | between
address            the lines of the address, with commas, | or line breaks between, without the town
town, postcode     as on a letter
home_based         yes if the address is a home: it is then thrown away, and the town alone kept
website            https://… or www.…
email, phone       as they are; the e-mail address is never printed
hours_cy/en        when open
access_cy/en       steps, parking, toilets, hearing loop…
welsh, english     yes or no: is the service offered in Welsh, in English?
size               one, micro, small, medium or large; or 1, 2-9, 10-49, 50-249, 250+
legal_form         sole_trader, partnership, limited_company, community_interest_company, co_operative,
                   charity, association or public_body
social_enterprise  yes or no
micro_enterprise   yes or no
status             active, temporarily_closed or closed; empty means active
source_url         a page that tells more of where this comes from
date               when this was last known to be true: 2026-11-22 or 22/11/2026
=================  ======================================================================================

Yes and no may be yes, no, true, false, 1, 0, y, n, ie, oes, ydw, ydy, na, nage, nac oes, nac ydw, nac ydy.

Separated by commas, semicolons or tabs; UTF-8 with or without a byte-order mark, or UTF-16. A file that is
not UTF-8 is taken for Windows-1252, and a remark tells so. A cell that looks like a formula is only text.
"""

import codecs
import csv
import re
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from enum import StrEnum
from io import TextIOWrapper
from typing import IO, BinaryIO, TypeVar, cast

from c4s.directory.reading.cleaning import email, html_to_text, one_line, phone, shortened, website
from c4s.directory.reading.records import (
    ACCESS_LIMIT,
    HOURS_LIMIT,
    ID_LIMIT,
    LINE_LIMIT,
    NAME_LIMIT,
    SUMMARY_LIMIT,
    TEXT_LIMIT,
    TOWN_LIMIT,
    Reject,
    RejectReason,
    RemarkKind,
    Remarks,
    SupplierRecord,
    Unreadable,
    UnreadableFile,
)
from c4s.directory.rules import LegalForm, SizeBand, SupplierStatus
from c4s.i18n.bilingual import Bilingual
from c4s.taxonomy.rules import postcode

HEADER = (
    "id", "name", "name_cy", "sort_name", "summary_cy", "summary_en", "description_cy", "description_en",
    "categories", "address", "town", "postcode", "home_based", "website", "email", "phone", "hours_cy",
    "hours_en", "access_cy", "access_en", "welsh", "english", "size", "legal_form", "social_enterprise",
    "micro_enterprise", "status", "source_url", "date",
)  # fmt: skip
NEEDED = ("id", "name")

YES = {"yes", "y", "true", "1", "ie", "oes", "ydw", "ydy", "ydi", "gwir"}
NO = {"no", "n", "false", "0", "na", "nage", "nac oes", "nac ydw", "nac ydy", "nac ydi", "anwir"}
SIZES = {
    **{band.value: band for band in SizeBand},
    "1": SizeBand.ONE,
    "2-9": SizeBand.MICRO,
    "10-49": SizeBand.SMALL,
    "50-249": SizeBand.MEDIUM,
    "250+": SizeBand.LARGE,
}
LEGAL_FORMS = {form.value: form for form in LegalForm}
STATUSES: dict[str, SupplierStatus] = {
    status.value: status for status in SupplierStatus if status != SupplierStatus.UNPUBLISHED
}

_CHUNK = 65536
_LINE_LIMIT = 1 << 20  # characters in one line of the file; a longer one is no spreadsheet
_SPOOL = 4 << 20  # bytes kept in memory of a stream that cannot be read twice
_SEPARATORS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(r'^\ufeff?"?sep=([,;\t])"?\s*$', re.IGNORECASE)  # Excel's own way to say it
_CODE = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_BETWEEN_CODES = re.compile(r"[\s,;|]+")
_BETWEEN_LINES = re.compile(r"\s*[,|\r\n]\s*")
# What our own exports put before a cell that a spreadsheet could take for a formula.
_GUARDED = re.compile(r"^'(?=\s*[=+\-@＝＋－＠\t\r])")
_BRITISH_DATE = re.compile(r"^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$")
_EMPTY_CELLS = {"", "-", "–", "n/a"}


def read(stream: BinaryIO, source: str, remarks: Remarks) -> Generator[SupplierRecord | Reject, None, None]:
    """Suppliers from the rows of the file, in its order.

    Raises UnreadableFile where the file is not text, has not the header, has no rows, or has a quotation
    mark that is opened and never closed.
    """
    seen: set[str] = set()
    count = 0
    with table(stream, HEADER, NEEDED, remarks) as rows:
        for line, row in rows:
            count += 1
            yield row if isinstance(row, Reject) else _record(row, line, source, seen, remarks)
    if not count:
        raise UnreadableFile(Unreadable.EMPTY, line=2)


# --- A row ------------------------------------------------------------------------------------------------


class _Unknown(Exception):
    """A cell that has to be one of a few words, and is another."""


E = TypeVar("E", bound=StrEnum)


def _record(row: dict[str, str], line: int, source: str, seen: set[str], remarks: Remarks) -> SupplierRecord | Reject:
    source_id = one_line(row["id"])
    if not source_id:
        return Reject(line, "", RejectReason.NO_ID)
    if len(source_id) > ID_LIMIT:
        return Reject(line, "", RejectReason.BAD_ID, source_id[:LINE_LIMIT])
    if source_id in seen:
        return Reject(line, source_id, RejectReason.REPEATED_ID)
    seen.add(source_id)
    names = {column: one_line(row.get(column)) for column in ("name", "name_cy", "sort_name")}
    if not names["name"]:
        return Reject(line, source_id, RejectReason.NO_NAME)
    for name in names.values():
        if len(name) > NAME_LIMIT:
            return Reject(line, source_id, RejectReason.NAME_TOO_LONG, name[:LINE_LIMIT])

    def kept(column: str, clean: str) -> str:
        if not clean and one_line(row.get(column)).casefold() not in _EMPTY_CELLS:
            remarks.add(RemarkKind.VALUE_LEFT_OUT, column, line)
        return clean

    def words(column: str, limit: int) -> str:
        text = html_to_text(row.get(column, ""))
        if len(text) > limit:
            remarks.add(RemarkKind.VALUE_SHORTENED, column, line)
        return shortened(text, limit)

    def both(name: str, limit: int) -> Bilingual:
        return Bilingual(words(f"{name}_cy", limit), words(f"{name}_en", limit))

    try:
        home_based = _yes_or_no(row, "home_based") or False
        return SupplierRecord(
            source=source,
            source_id=source_id,
            name=names["name"],
            name_cy=names["name_cy"] if names["name_cy"] != names["name"] else "",
            sort_name=names["sort_name"],
            summary=both("summary", SUMMARY_LIMIT),
            description=both("description", TEXT_LIMIT),
            categories=_categories(row),
            address=() if home_based else _address(row),
            town=one_line(row.get("town"))[:TOWN_LIMIT],
            postcode=kept("postcode", postcode(row.get("postcode"))),
            home_based=home_based,
            website=kept("website", website(row.get("website"))),
            email=kept("email", email(row.get("email"))),
            phone=kept("phone", phone(row.get("phone"))),
            hours=both("hours", HOURS_LIMIT),
            access_notes=both("access", ACCESS_LIMIT),
            welsh=_yes_or_no(row, "welsh"),
            english=_yes_or_no(row, "english"),
            size=_one_of(row, "size", SIZES),
            legal_form=_one_of(row, "legal_form", LEGAL_FORMS),
            social_enterprise=_yes_or_no(row, "social_enterprise"),
            micro_enterprise=_yes_or_no(row, "micro_enterprise"),
            status=_one_of(row, "status", STATUSES) or SupplierStatus.ACTIVE,
            source_url=kept("source_url", website(row.get("source_url"))),
            source_date=_date(row),
        )
    except _Unknown as unknown:
        return Reject(line, source_id, RejectReason.UNKNOWN_VALUE, str(unknown)[:LINE_LIMIT])


def _cell(row: dict[str, str], column: str) -> str:
    text = one_line(row.get(column)).casefold()
    return "" if text in _EMPTY_CELLS else text


def _unknown(row: dict[str, str], column: str) -> _Unknown:
    return _Unknown(f"{column}: {one_line(row[column])}")


def _yes_or_no(row: dict[str, str], column: str) -> bool | None:
    answer = _cell(row, column)
    if answer in YES:
        return True
    if answer in NO:
        return False
    if answer:
        raise _unknown(row, column)
    return None


def _one_of(row: dict[str, str], column: str, choices: dict[str, E]) -> E | None:
    answer = _cell(row, column)
    if not answer:
        return None
    hyphened = answer.replace("–", "-")
    found = choices.get(hyphened) or choices.get(re.sub(r"[\s-]+", "_", hyphened))
    if not found:
        raise _unknown(row, column)
    return found


def _categories(row: dict[str, str]) -> tuple[str, ...]:
    codes = [code for code in _BETWEEN_CODES.split(row.get("categories", "").strip().lower()) if code]
    if not all(map(_CODE.match, codes)):
        raise _unknown(row, "categories")
    return tuple(sorted(set(codes)))


def _address(row: dict[str, str]) -> tuple[str, ...]:
    lines = (one_line(line)[:LINE_LIMIT] for line in _BETWEEN_LINES.split(row.get("address", "")))
    return tuple(filter(None, lines))


def _date(row: dict[str, str]) -> date | None:
    text = _cell(row, "date")
    if not text:
        return None
    british = _BRITISH_DATE.match(text)
    try:
        if british:
            return date(int(british[3]), int(british[2]), int(british[1]))
        return date.fromisoformat(text[:10])
    except ValueError:
        raise _unknown(row, "date") from None


# --- A table ----------------------------------------------------------------------------------------------


Rows = Iterator[tuple[int, dict[str, str] | Reject]]


@contextmanager
def table(stream: BinaryIO, known: tuple[str, ...], needed: tuple[str, ...], remarks: Remarks) -> Iterator[Rows]:
    """The rows of a CSV file as dictionaries by column, with their line numbers.

    Args:
        stream: the file's bytes; one that cannot go back is copied to a temporary file first.
        known: the columns that are read. Others are passed over, and told once each.
        needed: those without which there is no reading.
        remarks: gets what is to be told.

    In place of a row that is no row comes a Reject. Raises UnreadableFile as ``read`` does.
    """
    with ExitStack() as open_files:
        binary: IO[bytes] = stream
        if not stream.seekable():
            binary = open_files.enter_context(tempfile.SpooledTemporaryFile(_SPOOL))
            shutil.copyfileobj(stream, binary)
            binary.seek(0)
        text = TextIOWrapper(cast(BinaryIO, binary), _encoding(binary, remarks), newline="")
        open_files.callback(text.detach)  # the caller's file stays the caller's to close
        yield _rows(text, known, needed, remarks)


def _rows(text: TextIOWrapper, known: tuple[str, ...], needed: tuple[str, ...], remarks: Remarks) -> Rows:
    lines = _lines(text)
    above, first, separator = 0, "", ""
    for first in lines:
        above += 1
        told = _SEPARATOR_LINE.match(first)
        if told:
            separator = told[1]
        elif first.strip():
            break
    else:
        raise UnreadableFile(Unreadable.EMPTY)
    separator = separator or max(_SEPARATORS, key=first.count)
    columns = _columns(first, separator, known, needed, remarks)
    rows = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        line = above + rows.line_num + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as problem:
            # Too long a cell, or the end of the file inside one: a quotation mark without its fellow has
            # swallowed the rows after it, and nobody can say how many.
            if "end of data" in str(problem) or "field limit" in str(problem):
                raise UnreadableFile(Unreadable.UNCLOSED_QUOTE, line=line) from problem
            yield line, Reject(line, "", RejectReason.BROKEN_ROW, str(problem))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(columns) :]):
            yield line, Reject(line, "", RejectReason.TOO_MANY_CELLS, str(len(cells)))
            continue
        cells += [""] * (len(columns) - len(cells))
        yield line, {column: _GUARDED.sub("", cell) for column, cell in zip(columns, cells, strict=False) if column}


def _lines(text: TextIOWrapper) -> Iterator[str]:
    number = 0
    while line := text.readline(_LINE_LIMIT):
        number += 1
        if len(line) == _LINE_LIMIT and not line.endswith(("\n", "\r")):
            raise UnreadableFile(Unreadable.TOO_LARGE, line=number)
        yield line


def _columns(
    first: str, separator: str, known: tuple[str, ...], needed: tuple[str, ...], remarks: Remarks
) -> list[str]:
    """The known columns in the order of the file; "" for one that is passed over."""
    try:
        given = next(csv.reader([first], delimiter=separator, strict=True))
    except csv.Error:
        given = []
    columns: list[str] = []
    unknown: list[str] = []
    for cell in given:
        column = re.sub(r"[\s-]+", "_", one_line(cell).casefold())
        if column not in known:
            unknown += [one_line(cell)[:LINE_LIMIT]] if column else []
            column = ""
        if column and column in columns:
            raise UnreadableFile(Unreadable.WRONG_HEADER, f"{column}, {column}", 1)
        columns.append(column)
    if not set(needed) <= set(columns):
        raise UnreadableFile(Unreadable.WRONG_HEADER, ", ".join(known), 1)
    for name in unknown:
        remarks.add(RemarkKind.UNKNOWN_COLUMN, name, 1)
    return columns


def _encoding(binary: IO[bytes], remarks: Remarks) -> str:
    """How the letters are written, found by reading the file through once, and back to the start."""
    start = binary.tell()
    beginning = binary.read(4)
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif b"\0" in beginning or beginning.startswith(b"PK\x03\x04"):  # a workbook is a ZIP file
        raise UnreadableFile(Unreadable.NOT_TEXT)
    else:
        encoding = "utf-8-sig"
    binary.seek(start)
    if not _decodes(binary, encoding):
        # Windows-1252 is what spreadsheets in this country wrote before UTF-8.
        binary.seek(start)
        if encoding == "utf-16" or not _decodes(binary, "cp1252"):
            raise UnreadableFile(Unreadable.NOT_TEXT)
        encoding = "cp1252"
        remarks.add(RemarkKind.WINDOWS_1252)
    binary.seek(start)
    return encoding


def _decodes(binary: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := binary.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True
