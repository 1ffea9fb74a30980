"""The Food Standards Agency's food hygiene ratings: one XML file for each council, over and over.

The layout is that of https://ratings.food.gov.uk/open-data: FHRSEstablishment, Header, and an
EstablishmentCollection of EstablishmentDetail. The rating itself is left where it is: it ages, and the
agency's own page, which every record links to, has the one of today.
"""

import re
from collections.abc import Generator
from datetime import date
from typing import BinaryIO
from xml.parsers import expat

from c4s.directory.reading.cleaning import one_line, position
from c4s.directory.reading.records import (
    LINE_LIMIT,
    NAME_LIMIT,
    TOWN_LIMIT,
    Reject,
    RejectReason,
    RemarkKind,
    Remarks,
    SupplierRecord,
    Unreadable,
    UnreadableFile,
)
from c4s.taxonomy.rules import postcode

SOURCE = "fhrs"
ADDRESS_OF_BUSINESS = "https://ratings.food.gov.uk/business/"

# The agency's BusinessTypeID, the same in its English and Welsh editions -> our category.
CATEGORIES = {
    "1": "food-cafes",  # Restaurant/Cafe/Canteen
    "5": "care",  # Hospitals/Childcare/Caring Premises
    "7": "food-wholesale",  # Distributors/Transporters
    "4613": "retail-shops",  # Retailers - other
    "7838": "food-growers",  # Farmers/growers
    "7839": "food-makers",  # Manufacturers/packers
    "7840": "retail-shops",  # Retailers - supermarkets/hypermarkets
    "7841": "food-catering",  # Other catering premises
    "7842": "food-hotels",  # Hotel/bed & breakfast/guest house
    "7843": "food-pubs",  # Pub/bar/nightclub
    "7844": "food-takeaways",  # Takeaway/sandwich shop
    "7845": "learning-schools",  # School/college/university
    "7846": "food-catering",  # Mobile caterer
}

_CHUNK = 65536
_TOKEN_LIMIT = 1 << 20  # bytes the parser may hold back while it waits for the end of something
_PIECES_LIMIT = 8  # of 8 KB each: far above any real value, far below trouble
_ADDRESS_LINES = ("AddressLine1", "AddressLine2", "AddressLine3", "AddressLine4")
_WANTED = {
    "FHRSID",
    "BusinessName",
    "BusinessTypeID",
    *_ADDRESS_LINES,
    "PostCode",
    "Longitude",
    "Latitude",
    "LocalAuthorityCode",
}
_HEADER = {"ExtractDate", "ItemCount", "ReturnCode"}
_ID = re.compile(r"^[0-9]{1,15}$")
_COUNTIES = {
    "rhondda cynon taf",
    "rhondda cynon taff",
    "mid glamorgan",
    "south glamorgan",
    "glamorgan",
    "wales",
    "cymru",
    "uk",
    "united kingdom",
}
_STREET = re.compile(
    r"\b(?:street|road|avenue|terrace|lane|close|drive|place|square|crescent|row|way|court|estate|park|"
    r"heol|stryd|rhodfa|lôn|ffordd|clos|maes|parc|unit|flat|house)\b",
    re.IGNORECASE,
)


def read(stream: BinaryIO, source: str, remarks: Remarks) -> Generator[SupplierRecord | Reject, None, None]:
    """Suppliers from the agency's XML, in the order of the file, a piece of the file at a time.

    Raises UnreadableFile where the file is not that XML, has a DOCTYPE (the agency's have none, and it is
    the door to every attack by XML), says that it failed, is empty or ends too early.
    """
    header: dict[str, str] = {}
    seen: set[int] = set()
    count = 0
    edition: date | None = None
    for line, fields in _establishments(stream, header):
        if not count:
            if header.get("ReturnCode", "Success") not in ("Success", ""):
                raise UnreadableFile(Unreadable.UNSUCCESSFUL, one_line(header["ReturnCode"])[:LINE_LIMIT])
            edition = _date(header.get("ExtractDate", ""))
        count += 1
        yield _record(fields, line, source, edition, seen)
    if not count:
        raise UnreadableFile(Unreadable.EMPTY, "EstablishmentCollection")
    promised = header.get("ItemCount", "").strip()
    if promised and promised != str(count):
        remarks.add(RemarkKind.COUNT_DIFFERS, one_line(promised)[:LINE_LIMIT])


def _establishments(stream: BinaryIO, header: dict[str, str]) -> Generator[tuple[int, dict[str, str]], None, None]:
    """The fields of every EstablishmentDetail with the line it starts on; fills the header on the way."""
    # Expat itself rather than ElementTree: it knows the line, and lets a DOCTYPE be refused as it begins.
    parser = expat.ParserCreate()
    parser.buffer_text = True
    ready: list[tuple[int, dict[str, str]]] = []
    fields: dict[str, str] | None = None
    words: list[str] = []
    line, root = 0, ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal fields, line, root
        words.clear()
        if name == "EstablishmentDetail":
            fields, line = {}, parser.CurrentLineNumber
        elif not root:
            root = name
            if name != "FHRSEstablishment":
                raise UnreadableFile(Unreadable.WRONG_ROOT, one_line(name)[:LINE_LIMIT], 1)

    def end(name: str) -> None:
        nonlocal fields
        if fields is None:
            if name in _HEADER:
                header[name] = "".join(words)
        elif name == "EstablishmentDetail":
            ready.append((line, fields))
            fields = None
        elif name in _WANTED:
            fields[name] = "".join(words)
        words.clear()

    def refuse(*doctype: object) -> None:
        raise UnreadableFile(Unreadable.DOCTYPE, line=parser.CurrentLineNumber)

    parser.StartElementHandler = start
    parser.CharacterDataHandler = words.append
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse

    fed = 0
    while True:
        chunk = stream.read(_CHUNK)
        if not chunk and not fed:
            raise UnreadableFile(Unreadable.EMPTY)
        try:
            parser.Parse(chunk, not chunk)
        except (expat.ExpatError, LookupError, ValueError) as problem:  # the latter two: an odd encoding
            reason = Unreadable.NOT_XML if chunk or not root else Unreadable.CUT_OFF
            told = one_line(str(problem))[:LINE_LIMIT]
            raise UnreadableFile(reason, told, parser.ErrorLineNumber) from problem
        fed += len(chunk)
        yield from ready
        ready.clear()
        del words[_PIECES_LIMIT:]  # an element that goes on and on has no more to tell
        if not chunk:
            return
        if fed - parser.CurrentByteIndex > _TOKEN_LIMIT:
            raise UnreadableFile(Unreadable.TOO_LARGE, line=parser.CurrentLineNumber)


def _record(
    fields: dict[str, str], line: int, source: str, edition: date | None, seen: set[int]
) -> SupplierRecord | Reject:
    source_id = fields.get("FHRSID", "").strip()
    if not source_id:
        return Reject(line, "", RejectReason.NO_ID)
    if not (_ID.match(source_id) and source_id.isascii()):
        return Reject(line, "", RejectReason.BAD_ID, one_line(source_id)[:LINE_LIMIT])
    number = int(source_id)
    source_id = str(number)
    if number in seen:
        return Reject(line, source_id, RejectReason.REPEATED_ID)
    seen.add(number)
    name = one_line(fields.get("BusinessName", ""))
    if not name:
        return Reject(line, source_id, RejectReason.NO_NAME)
    if len(name) > NAME_LIMIT:
        return Reject(line, source_id, RejectReason.NAME_TOO_LONG, name[:LINE_LIMIT])
    code = postcode(fields.get("PostCode", ""))
    address, town = _address(fields, name)
    latitude, longitude = position(fields.get("Latitude"), fields.get("Longitude"))
    if not code:
        # The agency holds back the postcode of people who trade from home. Nothing finer than the town
        # may then be kept: a street or a point on the map would say what was held back.
        address, latitude, longitude = (), None, None
    category = CATEGORIES.get(fields.get("BusinessTypeID", "").strip())
    authority = fields.get("LocalAuthorityCode", "").strip()
    return SupplierRecord(
        source=source,
        source_id=source_id,
        name=name,
        categories=(category,) if category else (),
        address=address,
        town=town,
        postcode=code,
        home_based=not code,
        latitude=latitude,
        longitude=longitude,
        source_url=ADDRESS_OF_BUSINESS + source_id,
        source_date=edition,
        facts=(("authority", authority),) if authority.isdecimal() and len(authority) < 10 else (),
    )


def _address(fields: dict[str, str], name: str) -> tuple[tuple[str, ...], str]:
    """The lines, and the town: the last place named, whichever line it is on ("Treherbert, Treorchy")."""
    lines = [
        cleaned[:LINE_LIMIT]
        for key in _ADDRESS_LINES
        if (cleaned := one_line(fields.get(key, "")).strip(" ,")) and cleaned.casefold() != name.casefold()
    ]
    while lines and lines[-1].casefold() in _COUNTIES:
        lines.pop()
    if not lines or any(letter.isdigit() for letter in lines[-1]):
        return tuple(lines), ""
    if len(lines) == 1 and _STREET.search(lines[0]):
        return tuple(lines), ""
    place, _, town = lines[-1].rpartition(",")
    return (*lines[:-1], place.strip(" ,")) if place else tuple(lines[:-1]), town.strip()[:TOWN_LIMIT]


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
