"""Businesses and who speaks for them: decisions as plain Python."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from c4s.core.errors import Refused
from c4s.core.text import fold

INVITED_FOR = timedelta(days=7)
"""How long an invitation can be taken up."""
ADDED, ADDED_WINDOW = 20, timedelta(hours=24)
"""Businesses that one person may add, or look for others like, in a day."""
INVITED, INVITED_ON_SITE = 20, 500
"""Invitations in a day: by one person, and of one business; by all together."""
INVITED_TO, ASKED_OF, ASKED_BY, LETTERS_WINDOW = 5, 5, 5, timedelta(hours=24)
"""Letters in a day: invitations to one address, and requests to be let in, to one business and from one person."""


class BusinessKind(StrEnum):
    """What somebody runs, or thinks of starting."""

    BUSINESS = "business"
    SOCIAL_ENTERPRISE = "social_enterprise"
    SOLE_TRADER = "sole_trader"
    STARTING = "starting"


class MemberRole(StrEnum):
    """What somebody is to a business."""

    OWNER = "owner"
    EDITOR = "editor"


class Likeness(StrEnum):
    """In what a business is like one that is here already."""

    COMPANY_NUMBER = "company_number"
    CHARITY_NUMBER = "charity_number"
    NAME_AND_POSTCODE = "name_and_postcode"
    DOMAIN = "domain"


class Did(StrEnum):
    """What the trail says was done."""

    ADDED = "business.added"
    CHANGED_DETAILS = "business.changed_details"
    ASKED_TO_JOIN = "business.asked_to_join"
    INVITED = "business.invited"
    TOOK_INVITATION_BACK = "business.took_invitation_back"
    JOINED = "business.joined"
    LET_IN = "business.let_in"
    CHANGED_ROLE = "business.changed_role"
    REMOVED = "business.removed"
    LEFT = "business.left"
    HANDED_OVER = "business.handed_over"
    CLOSED = "business.closed"


class WhyNot(StrEnum):
    """Why somebody cannot have what they asked for."""

    NOT_THERE = "not_there"
    """There is no such business, person or invitation, as far as the one who asks may know."""
    NOT_YOURS = "not_yours"
    """It is for owners."""
    LAST_OWNER = "last_owner"
    ALREADY_IN = "already_in"
    INVITATION_NOT_VALID = "invitation_not_valid"


# ---- What is typed ----


@dataclass(frozen=True)
class Details:
    """What somebody says of a business, as the form has tidied it: numbers, postcode and website are right or empty."""

    name: str
    kind: BusinessKind
    company_number: str = ""
    charity_number: str = ""
    postcode: str = ""
    website: str = ""


_NOT_IN_NUMBERS = re.compile(r"[\s./-]+")
_COMPANY = re.compile(
    r"[0-9]{8}"
    r"|(?:AC|BR|CE|CS|CU|ES|FC|FE|FS|GE|GN|GS|IC|IP|LP|NA|NC|NF|NI|NL|NO|NP|NR|NV|NZ|OC|OE|PC|RC|RS|SA|SC|SE|SF|SG"
    r"|SI|SL|SO|SP|SR|SZ|ZC)[0-9]{6}"
    r"|R[0-9]{7}"
    r"|(?:IP|NP|SP|RS)[0-9]{5}R"
)
_SHORT = re.compile(r"([A-Z]{0,2})([0-9]+)")
_CHARITY = re.compile(r"[1-9][0-9]{5,6}|SC[0-9]{6}|NIC[0-9]{6}")
_HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_LEGAL_FORMS = frozenset("limited ltd cyfyngedig cyf plc ccc llp cic cbc cio".split())
_SHARED = (
    *("facebook.com", "fb.com", "instagram.com", "linkedin.com", "x.com", "twitter.com", "tiktok.com", "youtube.com"),
    *("etsy.com", "ebay.co.uk", "google.com", "blogspot.com", "wordpress.com", "wixsite.com", "weebly.com"),
    *("square.site", "myshopify.com", "github.io", "linktr.ee"),
)
"""Places on the web where many keep a page: to share one is no likeness."""


def company_number(text: str) -> str:
    """A company number as Companies House writes it, eight characters; empty for what is none.

    Forgives case, spaces and one or two missing noughts: ``sc 12345`` is ``SC012345``.
    """
    plain = _NOT_IN_NUMBERS.sub("", text).upper()
    short = _SHORT.fullmatch(plain)
    if short and 6 <= len(plain) < 8 and short[1] != "R":
        plain = short[1] + short[2].rjust(8 - len(short[1]), "0")
    return plain if plain.isascii() and _COMPANY.fullmatch(plain) and set(plain) != {"0"} else ""


def charity_number(text: str) -> str:
    """A charity number as the regulators of England and Wales, Scotland or Northern Ireland write it; empty for what
    is none."""
    plain = _NOT_IN_NUMBERS.sub("", text).upper()
    return plain if plain.isascii() and _CHARITY.fullmatch(plain) else ""


def website(text: str) -> str:
    """The address of a website, with ``https://`` before one that was typed without; empty for what is none."""
    whole = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(whole)
        host, port = host_of(whole), parts.port
    except ValueError:
        return ""
    if (
        parts.scheme not in ("http", "https")
        or "@" in parts.netloc
        or port == 0
        or re.search(r"[\s\x00-\x1f\\]", whole)
    ):
        return ""
    return whole if host else ""


def host_of(address: str) -> str:
    """The machine that an address of the web names, in the letters that machines use; empty for none."""
    try:
        host = (urlsplit(address).hostname or "").rstrip(".").encode("idna").decode()
    except (UnicodeError, ValueError):
        return ""
    return host if _HOST.fullmatch(host) else ""


def domain_of(address: str) -> str:
    """What two addresses of one website have in common; empty where many share one, such as a social network."""
    host = host_of(address).removeprefix("www.")
    return "" if any(host == shared or host.endswith(f".{shared}") for shared in _SHARED) else host


def holds_an_address(name: str) -> bool:
    """Whether a name holds what mail programs make a link of: invitations carry it to strangers."""
    plain = name.casefold()
    return any(sign in plain for sign in ("://", "www.", "@"))


def name_key(name: str) -> str:
    """What two spellings of one business's name have in common: blind to case, accents and ``Ltd``."""
    words = fold(name).split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)[:200]


# ---- Who speaks for it ----


def would_be(roles: Mapping[int, MemberRole], person_id: int, role: MemberRole | None) -> dict[int, MemberRole]:
    """Who would be what to a business if somebody's role changed.

    Args:
        role: what they would be; None if they would speak for it no more.

    Raises:
        Refused: ``NOT_THERE`` when they do not speak for it; ``LAST_OWNER`` when nobody would own it.
    """
    if person_id not in roles:
        raise Refused(WhyNot.NOT_THERE)
    after = {member: was for member, was in roles.items() if member != person_id}
    if role is not None:
        after[person_id] = role
    if MemberRole.OWNER not in after.values():
        raise Refused(WhyNot.LAST_OWNER)
    return after


def holds_back(roles: Mapping[int, MemberRole], person_id: int) -> bool:
    """Whether somebody cannot close their account yet: others speak for the business, and none of them owns it."""
    others = [role for member, role in roles.items() if member != person_id]
    return roles.get(person_id) == MemberRole.OWNER and bool(others) and MemberRole.OWNER not in others


def goes_with(roles: Mapping[int, MemberRole], person_id: int) -> bool:
    """Whether a business goes when somebody does: nobody else speaks for it."""
    return set(roles) == {person_id}
