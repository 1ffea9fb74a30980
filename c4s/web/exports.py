"""Lists as files for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Sequence
from importlib import import_module

from flask import Response

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = tuple("=+-@\t\r\0＝＋－＠")


def download(contents: bytes | str, name: str, kind: str = CSV) -> Response:
    """A file that the browser keeps under this name."""
    return Response(contents, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def safe_cell(text: str) -> str:
    """A cell that a spreadsheet reads as text, whatever somebody typed (OWASP, CSV injection)."""
    return f"'{text}" if is_like_a_formula(text) else text


def is_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet might run a text, in whatever quotes it stands."""
    return text.lstrip(" \"'").startswith(FORMULA)


def csv_file(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file: RFC 4180, with the byte-order mark that lets spreadsheets see ŵ and ŷ.

    Args:
        head: what the columns are called, in our own words.
        rows: of texts that anybody may have typed.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(head)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def spreadsheet(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """An ``.xlsx`` file, as ``spreadsheets.written`` makes it: what that takes is large, and loaded when first needed.

    Args:
        head: what the columns are called, in our own words.
        rows: of texts that anybody may have typed.
    """
    made: bytes = import_module("c4s.web.spreadsheets").written(head, rows)
    return made
