"""Lists as ``.xlsx`` files. ``exports.spreadsheet`` loads this when somebody asks for one."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from c4s.web.exports import is_like_a_formula

LONGEST_CELL = 32_767
"""Characters; a spreadsheet takes no more."""
AS_TEXT = "s"


def written(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A file in which every cell is text: what begins like a formula is none, and is marked as none, so that it stays
    text when somebody edits it.

    Args:
        head: what the columns are called, in our own words.
        rows: of texts that anybody may have typed.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"

    def cell(text: str) -> Any:
        made = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL])
        made.data_type = AS_TEXT
        made.quotePrefix = is_like_a_formula(text)
        return made

    titles = [cell(name) for name in head]
    for title in titles:
        title.font = Font(bold=True)
    sheet.append(titles)
    for row in rows:
        sheet.append([cell(text) for text in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
