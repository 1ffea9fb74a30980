"""Reading what others publish about suppliers: files in, clean records out, and nothing written anywhere.

``with open_reader("fhrs", path) as entries: for entry in entries: …`` gives a SupplierRecord or a Reject at a
time. A file is read as a stream: however long it is, only a piece of it, and its ids, are in memory.
"""

import re
from collections.abc import Callable, Generator
from enum import StrEnum
from os import PathLike, fspath, fstat
from pathlib import Path
from typing import Any, BinaryIO

from c4s.core.text import slug
from c4s.directory.reading import fhrs, open_referral, postcodes, spreadsheet
from c4s.directory.reading.records import (
    PostcodeRecord,
    Reading,
    Reject,
    RejectReason,
    Remark,
    RemarkKind,
    Remarks,
    SupplierRecord,
    Unreadable,
    UnreadableFile,
)

__all__ = [
    "Format", "PostcodeRecord", "Reading", "Reject", "RejectReason", "Remark", "RemarkKind", "Remarks",
    "SupplierRecord", "Unreadable", "UnreadableFile", "open_postcodes", "open_reader",
]  # fmt: skip


class Format(StrEnum):
    """The kinds of file that hold suppliers."""

    FHRS = "fhrs"
    OPEN_REFERRAL = "open-referral"
    CSV = "csv"


_READERS: dict[Format, Callable[..., Generator[SupplierRecord | Reject, None, None]]] = {
    Format.FHRS: fhrs.read,
    Format.OPEN_REFERRAL: open_referral.read,
    Format.CSV: spreadsheet.read,
}
_EDITION = re.compile(r"[-_ .]*(?:19|20)\d\d(?:[-_.]?\d\d){0,2}(?=$|[-_ .])")


def open_reader(
    format: Format | str, file: str | PathLike[str] | BinaryIO, source: str | None = None
) -> Reading[SupplierRecord]:
    """Begin to read suppliers.

    Args:
        format: "fhrs", "open-referral" or "csv"; another is a ValueError.
        file: a path, or an open binary stream (which stays open at the end).
        source: the name to keep them under. Without one: "fhrs", or "open-referral:" or "csv:" and the
            file's name, its date taken off, so that the next edition is known for the same source.

    Raises UnreadableFile here if the file cannot be opened, and on the way, at any entry, for all else.
    """
    kind = Format(format)
    named = source or (fhrs.SOURCE if kind is Format.FHRS else f"{kind}:{_name_of(file)}")
    return _begin(_READERS[kind], file, named)


def open_postcodes(file: str | PathLike[str] | BinaryIO) -> Reading[PostcodeRecord]:
    """Begin to read postcodes from their CSV; as ``open_reader`` in everything else."""
    return _begin(postcodes.read, file, postcodes.SOURCE)


def _begin(
    read: Callable[..., Generator[Any, None, None]], file: str | PathLike[str] | BinaryIO, source: str
) -> Reading[Any]:
    remarks = Remarks()
    stream, ours = _opened(file)
    try:
        size: int | None = fstat(stream.fileno()).st_size
    except (OSError, ValueError):  # io.UnsupportedOperation is both: a stream without a file
        size = None
    return Reading(source, remarks, size, read(stream, source, remarks), stream, ours)


def _opened(file: str | PathLike[str] | BinaryIO) -> tuple[BinaryIO, bool]:
    if not isinstance(file, str | PathLike):
        return file, False
    try:
        return open(file, "rb"), True
    except OSError as problem:
        raise UnreadableFile(Unreadable.NO_FILE, problem.strerror or "") from problem


def _name_of(file: str | PathLike[str] | BinaryIO) -> str:
    path = fspath(file) if isinstance(file, str | PathLike) else getattr(file, "name", "")
    stem = Path(path).stem if isinstance(path, str) else ""
    return slug(_EDITION.sub("", stem)) or slug(stem) or "file"
