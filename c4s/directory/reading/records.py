"""What a file says of a supplier or a postcode, in our words, whatever the file was."""

import hashlib
import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import BinaryIO, Generic, TypeVar

from c4s.directory.rules import LegalForm, SizeBand, SupplierStatus
from c4s.i18n.bilingual import Bilingual

# The longest texts kept, in characters. A longer name or id is refused; a longer text is shortened.
ID_LIMIT = 100
NAME_LIMIT = 200
LINE_LIMIT = 200
TOWN_LIMIT = 120
SUMMARY_LIMIT = 160
HOURS_LIMIT = 500
ACCESS_LIMIT = 1000
TEXT_LIMIT = 6000

NOWHERE = Bilingual()


@dataclass(frozen=True, slots=True)
class SupplierRecord:
    """One supplier as one edition of one source tells it: every value cleaned, nothing guessed.

    ``source`` and ``source_id`` together name the supplier for ever. ``postcode`` is "CF37 1AB" or "";
    that of a home-based supplier is for measuring distance only and never shown. ``address`` has neither
    town nor postcode in it, and is empty for a home. ``website`` is http or https or "". ``phone`` is
    written as people in this country write it. ``welsh`` and ``english`` are None where the source says
    nothing. ``facts`` are other harmless values by name, in a fixed order.
    """

    source: str
    source_id: str
    name: str
    name_cy: str = ""
    sort_name: str = ""
    summary: Bilingual = NOWHERE
    description: Bilingual = NOWHERE
    categories: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    town: str = ""
    postcode: str = ""
    home_based: bool = False
    latitude: float | None = None
    longitude: float | None = None
    website: str = ""
    email: str = ""
    phone: str = ""
    hours: Bilingual = NOWHERE
    access_notes: Bilingual = NOWHERE
    welsh: bool | None = None
    english: bool | None = None
    size: SizeBand | None = None
    legal_form: LegalForm | None = None
    social_enterprise: bool | None = None
    micro_enterprise: bool | None = None
    status: SupplierStatus = SupplierStatus.ACTIVE
    source_url: str = ""
    source_date: date | None = None
    facts: tuple[tuple[str, str], ...] = ()

    def fact(self, name: str) -> str:
        """The fact of this name, or ""."""
        return next((value for known, value in self.facts if known == name), "")

    def digest(self) -> str:
        """A fingerprint of all that is said, dates left out: the same words next year, the same digest.

        It is kept in the database, so a new field with its empty value must not change it: only what is
        filled goes in, by name.
        """
        told: dict[str, object] = {}
        for name in _DIGESTED:
            value = getattr(self, name)
            if isinstance(value, Bilingual):
                value = [value.cy, value.en] if value else None
            if value not in (None, "", (), False) or (value is False and name in _THREE_WAYS):
                told[name] = value
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


_DIGESTED = tuple(name for name in SupplierRecord.__dataclass_fields__ if name != "source_date")
_THREE_WAYS = {"welsh", "english", "social_enterprise", "micro_enterprise"}  # no is not the same as unsaid


@dataclass(frozen=True, slots=True)
class PostcodeRecord:
    """Where a postcode is. ``council_code`` and ``ward_code`` are ONS codes, "" where the file has none."""

    postcode: str
    latitude: float
    longitude: float
    council_code: str = ""
    ward_code: str = ""
    ward: Bilingual = NOWHERE
    health_board: str = ""


class RejectReason(StrEnum):
    """Why one entry of a file is left out."""

    NOT_AN_ENTRY = "not_an_entry"
    BROKEN_ROW = "broken_row"
    TOO_MANY_CELLS = "too_many_cells"
    NO_ID = "no_id"
    BAD_ID = "bad_id"
    REPEATED_ID = "repeated_id"
    NO_NAME = "no_name"
    NAME_TOO_LONG = "name_too_long"
    UNKNOWN_STATUS = "unknown_status"
    UNKNOWN_VALUE = "unknown_value"
    BAD_POSTCODE = "bad_postcode"
    BAD_POSITION = "bad_position"


@dataclass(frozen=True, slots=True)
class Reject:
    """An entry left out: the line it starts on where known, its id if it has one, the reason, the value."""

    line: int | None
    source_id: str
    reason: RejectReason
    detail: str = ""


class RemarkKind(StrEnum):
    """What a reader tells of a file that it could read."""

    UNKNOWN_COLUMN = "unknown_column"  # detail: the column
    WINDOWS_1252 = "windows_1252"  # the file is not UTF-8; letters such as ŵ cannot have been in it
    VALUE_LEFT_OUT = "value_left_out"  # detail: the field; it did not make sense
    VALUE_SHORTENED = "value_shortened"  # detail: the field; it was too long
    COUNT_DIFFERS = "count_differs"  # detail: how many the file says it has; it may be a part of a whole


@dataclass(slots=True)
class Remark:
    """Something worth telling once: the line where it was first seen, and how many times in all."""

    kind: RemarkKind
    detail: str = ""
    line: int | None = None
    count: int = 1


class Remarks:
    """The remarks on one file; as many as there are kinds and fields, however long the file."""

    def __init__(self) -> None:
        self._known: dict[tuple[RemarkKind, str], Remark] = {}

    def add(self, kind: RemarkKind, detail: str = "", line: int | None = None) -> None:
        """Say it, or count it if it has been said."""
        known = self._known.get((kind, detail))
        if known:
            known.count += 1
        else:
            self._known[kind, detail] = Remark(kind, detail, line)

    def __iter__(self) -> Iterator[Remark]:
        return iter(self._known.values())

    def __len__(self) -> int:
        return len(self._known)


class Unreadable(StrEnum):
    """Why a whole file cannot be read."""

    NO_FILE = "no_file"
    EMPTY = "empty"
    NOT_XML = "not_xml"
    NOT_JSON = "not_json"
    NOT_TEXT = "not_text"
    DOCTYPE = "doctype"
    WRONG_ROOT = "wrong_root"
    WRONG_HEADER = "wrong_header"
    CUT_OFF = "cut_off"
    UNCLOSED_QUOTE = "unclosed_quote"
    TOO_LARGE = "too_large"
    UNSUCCESSFUL = "unsuccessful"


class UnreadableFile(Exception):
    """The file as a whole is not what it should be; nothing read from it so far can be relied upon."""

    def __init__(self, reason: Unreadable, detail: str = "", line: int | None = None) -> None:
        at = f"line {line}" if line else ""
        super().__init__(": ".join(part for part in (str(reason), at, detail) if part))
        self.reason = reason
        self.detail = detail
        self.line = line


T = TypeVar("T")


@dataclass(slots=True)
class Reading(Generic[T]):
    """A file being read: give it to ``for`` and get records and rejects, one at a time.

    ``remarks`` fill up on the way and are complete at the end. ``position`` and ``size`` are bytes, for a
    progress bar; ``size`` is None where the file does not say.
    """

    source: str
    remarks: Remarks
    size: int | None
    _entries: Generator[T | Reject, None, None] = field(repr=False)
    _stream: BinaryIO = field(repr=False)
    _ours_to_close: bool = field(repr=False)

    @property
    def position(self) -> int | None:
        """How far the reader has come, in bytes; None where the file cannot say, or is closed."""
        try:
            return self._stream.tell()
        except (OSError, ValueError):
            return None

    def __iter__(self) -> Iterator[T | Reject]:
        return self

    def __next__(self) -> T | Reject:
        try:
            return next(self._entries)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Stop reading, and close the file if it was opened here."""
        self._entries.close()
        if self._ours_to_close:
            self._stream.close()

    def __enter__(self) -> "Reading[T]":
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()
