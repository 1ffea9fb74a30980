"""Lists as files for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = tuple("=+-@\t\r\0＝＋－＠")


def safe_cell(text: str) -> str:
    """A cell that a spreadsheet reads as text, whatever somebody typed (OWASP, CSV injection)."""
    bare = text.lstrip(" \"'")
    return f"'{text}" if bare.startswith(FORMULA) else text


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
