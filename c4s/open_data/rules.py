"""What machines may ask of the directory, and the identifiers by which they know things: decisions as plain Python."""

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import NoReturn
from uuid import UUID

PER_PAGE, MOST_PER_PAGE = 50, 100
LAST_PAGE = 1_000_000
NEAR, NEAREST, FARTHEST = 10_000, 100, 50_000
"""Metres from a postcode: unless asked otherwise, and the least and the most that may be asked for."""
CHARACTERS = 100
"""Of a search; longer ones are refused, as every parameter is that we could not answer as it was meant."""
LANGUAGES = ("cy", "en")

LIST = ("page", "per_page", "language", "format")
"""What every list can be asked."""
NARROW = (
    *("search", "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "postcode", "proximity"),
    *("minimum_age", "maximum_age", "start_time", "end_time", "day"),
)
AT_LOCATIONS = (*LIST, *NARROW, "full")
SERVICES = (*AT_LOCATIONS, "minimal")
UNHELD = ("minimum_age", "maximum_age", "start_time", "end_time", "day")
"""Filters of the standard by what no entry here says: nothing answers to them."""


class Kind(IntEnum):
    """What an identifier is of. The numbers are part of identifiers that others keep: they never change."""

    TAXONOMY = 1
    CATEGORY = 2
    ORGANIZATION = 3
    SERVICE = 4
    LOCATION = 5
    SERVICE_AT_LOCATION = 6
    ADDRESS = 7
    ACCESSIBILITY = 8
    PHONE = 9
    CONTACT = 10
    SCHEDULE = 11
    SERVICE_AREA = 12
    LANGUAGE = 13
    COST_OPTION = 14
    ATTRIBUTE = 15
    COMPANY_NUMBER = 16
    CHARITY_NUMBER = 17
    AREA = 18


class Why(StrEnum):
    """Why a parameter cannot be answered."""

    UNKNOWN = "unknown"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_UUID = "not_a_uuid"
    NOT_A_MOMENT = "not_a_moment"
    NO_SUCH_VALUE = "no_such_value"
    NOT_A_POSTCODE = "not_a_postcode"
    UNKNOWN_POSTCODE = "unknown_postcode"
    TOO_LONG = "too_long"
    NEEDS_POSTCODE = "needs_postcode"
    REPEATED = "repeated"


class BadParameter(Exception):
    """A question that cannot be answered as it was meant.

    Args:
        name: of the parameter.
        why: what is wrong with it.
    """

    def __init__(self, name: str, why: Why) -> None:
        super().__init__(f"{name}: {why}")
        self.name, self.why = name, why


@dataclass(frozen=True)
class Asked:
    """A question that makes sense."""

    language: str = "en"
    """In which the fields of the standard speak; both are in ``x_texts``."""
    page: int = 1
    per_page: int = PER_PAGE
    words: str = ""
    term: UUID | None = None
    taxonomy: UUID | None = None
    organization: UUID | None = None
    modified_after: datetime | None = None
    postcode: str = ""
    metres: int = NEAR
    is_full: bool = False
    is_minimal: bool = False
    is_of_nothing: bool = False
    """It asks for what no entry says, such as ages."""


def read(given: Mapping[str, list[str]], allowed: Collection[str] = LIST) -> Asked:
    """The question in an address. A filter that was passed over in silence would answer another question.

    Args:
        given: the values of each parameter.
        allowed: the parameters that this address takes.

    Raises:
        BadParameter: the first that is wrong.
    """
    for name, values in given.items():
        if name not in allowed:
            raise BadParameter(name, Why.UNKNOWN)
        if len(values) > 1:
            raise BadParameter(name, Why.REPEATED)
    one = {name: values[0].strip() for name, values in given.items() if values[0].strip()}
    if one.get("language", "en") not in LANGUAGES:
        raise BadParameter("language", Why.NO_SUCH_VALUE)
    if one.get("format", "json") != "json":
        raise BadParameter("format", Why.NO_SUCH_VALUE)
    if len(one.get("search", "")) > CHARACTERS:
        raise BadParameter("search", Why.TOO_LONG)
    if "proximity" in one and "postcode" not in one:
        raise BadParameter("proximity", Why.NEEDS_POSTCODE)
    return Asked(
        language=one.get("language", "en"),
        page=_number(one, "page", 1, 1, LAST_PAGE),
        per_page=_number(one, "per_page", PER_PAGE, 1, MOST_PER_PAGE),
        words=one.get("search", ""),
        term=_uuid(one, "taxonomy_term_id"),
        taxonomy=_uuid(one, "taxonomy_id"),
        organization=_uuid(one, "organization_id"),
        modified_after=_moment(one, "modified_after"),
        postcode=one.get("postcode", ""),
        metres=_number(one, "proximity", NEAR, NEAREST, FARTHEST),
        is_full=_yes(one, "full"),
        is_minimal=_yes(one, "minimal"),
        is_of_nothing=any(name in one for name in UNHELD),
    )


def _number(one: Mapping[str, str], name: str, usual: int, least: int, most: int) -> int:
    text = one.get(name, str(usual))
    if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
        raise BadParameter(name, Why.NOT_A_NUMBER)
    return int(text)


def _uuid(one: Mapping[str, str], name: str) -> UUID | None:
    if name not in one:
        return None
    return uuid_in(one[name]) or _refuse(name, Why.NOT_A_UUID)


def uuid_in(text: str) -> UUID | None:
    """An identifier as the standard writes it; None for anything else."""
    try:
        return UUID(text) if re.fullmatch(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", text) else None
    except ValueError:  # pragma: no cover - the form has been seen to
        return None


def _moment(one: Mapping[str, str], name: str) -> datetime | None:
    """A date, or a date and time; of a time without a zone the zone is UTC."""
    if name not in one:
        return None
    try:
        found = datetime.fromisoformat(one[name].replace(" ", "+"))  # a plus sign that nobody escaped
    except ValueError:
        return _refuse(name, Why.NOT_A_MOMENT)
    try:
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except OverflowError:
        return _refuse(name, Why.NOT_A_MOMENT)


def _yes(one: Mapping[str, str], name: str) -> bool:
    text = one.get(name, "false").lower()
    if text not in ("true", "false"):
        _refuse(name, Why.NO_SUCH_VALUE)
    return text == "true"


def _refuse(name: str, why: Why) -> NoReturn:
    raise BadParameter(name, why)


def identifier(site: UUID, kind: Kind, number: int = 0, second: int = 0) -> str:
    """A UUID (version 8, RFC 9562) for a thing of this site, always the same, from which its number can be read.

    Args:
        site: what the site is told from others by, whatever its address: two sites whose lists somebody joins have no
            identifier in common.
        kind: what it is of.
        number: of the record.
        second: of one of several things of that record.
    """
    if not 0 <= number < 2**33 or not 0 <= second < 2**29:
        raise ValueError("No record has such a number.")
    low = number << 29 | second
    return str(UUID(int=_prefix(site) << 80 | 8 << 76 | kind << 64 | 0b10 << 62 | low))


def number_of(site: UUID, kind: Kind, uuid: UUID) -> int | None:
    """The number of the record that an identifier of ours is of; None if it is of no such thing."""
    number = uuid.int >> 29 & 2**33 - 1
    return number if identifier(site, kind, number, uuid.int & 2**29 - 1) == str(uuid) else None


@lru_cache(maxsize=16)
def _prefix(site: UUID) -> int:
    return int.from_bytes(hashlib.blake2s(site.bytes, digest_size=6).digest(), "big")


def service_number(supplier_id: int, service_id: int | None) -> int:
    """The number by which a service is known: of its own row, or of a supplier that names none and counts as one."""
    return supplier_id * 2 if service_id is None else service_id * 2 + 1


def service_of(number: int) -> tuple[int | None, int | None]:
    """The supplier, or the row, that such a number stands for: one of the two."""
    return (None, number // 2) if number % 2 else (number // 2, None)
