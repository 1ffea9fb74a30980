"""Where postcodes are, with the ward and the health board: a CSV made from Code-Point Open.

Columns: postcode, lat, lon, and if there are any la_code, ward_code, ward_en, ward_cy, nhs_board. Others
(quality, easting, northing) are passed over. A row without a place on the map is rejected: it is of no use
for measuring distance.
"""

from collections.abc import Generator
from typing import BinaryIO

from c4s.directory.reading.cleaning import one_line, position
from c4s.directory.reading.records import (
    LINE_LIMIT,
    PostcodeRecord,
    Reject,
    RejectReason,
    Remarks,
    Unreadable,
    UnreadableFile,
)
from c4s.directory.reading.spreadsheet import table
from c4s.i18n.bilingual import Bilingual
from c4s.taxonomy.rules import postcode

SOURCE = "postcodes"
NEEDED = ("postcode", "lat", "lon")
HEADER = (*NEEDED, "la_code", "ward_code", "ward_en", "ward_cy", "nhs_board")
_PASSED_OVER = ("quality", "easting", "northing")
_CODE_LIMIT = 9  # ONS codes: a letter and eight digits


def read(stream: BinaryIO, source: str, remarks: Remarks) -> Generator[PostcodeRecord | Reject, None, None]:
    """Postcodes in the order of the file. Raises UnreadableFile as ``spreadsheet.read`` does."""
    seen: set[str] = set()
    count = 0
    with table(stream, (*HEADER, *_PASSED_OVER), NEEDED, remarks) as rows:
        for line, row in rows:
            count += 1
            yield row if isinstance(row, Reject) else _record(row, line, seen)
    if not count:
        raise UnreadableFile(Unreadable.EMPTY, line=2)


def _record(row: dict[str, str], line: int, seen: set[str]) -> PostcodeRecord | Reject:
    code = postcode(row["postcode"])
    if not code:
        return Reject(line, "", RejectReason.BAD_POSTCODE, one_line(row["postcode"])[:LINE_LIMIT])
    if code in seen:
        return Reject(line, code, RejectReason.REPEATED_ID)
    seen.add(code)
    latitude, longitude = position(row["lat"], row["lon"])
    if latitude is None or longitude is None:
        given = one_line(f"{row['lat']} {row['lon']}")[:LINE_LIMIT]
        return Reject(line, code, RejectReason.BAD_POSITION, given)
    return PostcodeRecord(
        postcode=code,
        latitude=latitude,
        longitude=longitude,
        council_code=_code(row, "la_code"),
        ward_code=_code(row, "ward_code"),
        ward=Bilingual(cy=one_line(row.get("ward_cy"))[:LINE_LIMIT], en=one_line(row.get("ward_en"))[:LINE_LIMIT]),
        health_board=_code(row, "nhs_board"),
    )


def _code(row: dict[str, str], column: str) -> str:
    code = one_line(row.get(column)).upper()
    return code if len(code) == _CODE_LIMIT and code.isascii() and code.isalnum() else ""
