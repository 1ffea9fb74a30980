"""What a profile is made of, what it cannot be without, and how far it has got: as plain Python."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any

from c4s.core.errors import Refused

Content = Mapping[str, Any]

MOST_CATEGORIES = 10
"""Of one business: whoever does everything is found by nobody."""


class Section(StrEnum):
    """One short page of the profile."""

    WHO = "who"
    WHAT = "what"
    WHERE = "where"
    CONTACT = "contact"
    TOGETHER = "together"
    QUALITY = "quality"


FIELDS: Mapping[Section, tuple[str, ...]] = {
    Section.WHO: (
        *("name", "name_cy", "legal_form", "size", "company_number", "charity_number"),
        *("social_enterprise", "team_languages"),
    ),
    Section.WHAT: ("summary", "description", "categories"),
    Section.WHERE: ("address", "town", "postcode", "home_based", "areas_served"),
    Section.CONTACT: (
        *("website", "phone", "email", "hours", "access_notes"),
        *("serves_in_welsh", "serves_in_english"),
    ),
    Section.TOGETHER: ("wants", "could", "wont", "buys_locally", "networks"),
    Section.QUALITY: ("personal_care", "ciw_number", "ciw_why_none", "safeguarding_contact"),
}
"""The fields of each section, in the order of its page."""
SECTION_OF = {name: section for section, names in FIELDS.items() for name in names}
CARE = FIELDS[Section.QUALITY]
"""What only a moderator who knows the law of care decides on."""
TEXTS = (
    *("summary", "description", "hours", "access_notes"),
    *("wants", "could", "wont", "buys_locally", "ciw_why_none"),
)
"""What is written once in each language."""
LINES = (
    *("name", "name_cy", "company_number", "charity_number", "town", "postcode"),
    *("website", "phone", "email", "ciw_number", "safeguarding_contact"),
)
FLAGS = ("social_enterprise", "home_based", "serves_in_welsh", "serves_in_english")
CODES = ("team_languages", "categories", "areas_served", "networks")
SERVICE, JOINT, PICTURE = "service:", "joint:", "picture:"
"""How the names of fields begin of which a profile may have none, or several."""
LONGEST = {
    "name": 200,
    "name_cy": 200,
    "summary": 300,
    "description": 5_000,
    "town": 120,
    "address": 300,
    "hours": 500,
    "access_notes": 1_000,
    "wants": 1_000,
    "could": 1_000,
    "wont": 1_000,
    "buys_locally": 1_000,
    "ciw_number": 20,
    "ciw_why_none": 500,
    "safeguarding_contact": 200,
}
"""In characters."""
YES, NO = "yes", "no"


class Did(StrEnum):
    """What the trail says was done with a profile; what becomes of its versions, moderation tells."""

    MADE = "profile.made"


class Outcome(StrEnum):
    """What somebody is told once of what they have just done."""

    MADE = "profile.made"
    SAVED = "profile.saved"
    NOTHING_CHANGED = "profile.nothing_changed"
    SUBMITTED = "profile.submitted"
    WITHDRAWN = "profile.withdrawn"
    DISCARDED = "profile.discarded"


class WhyNot(StrEnum):
    """Why something cannot be done with a profile."""

    NO_SUCH_ENTRY = "no_such_entry"
    HAS_ONE = "has_one"
    SAVED_MEANWHILE = "saved_meanwhile"


class SectionState(StrEnum):
    """How far one section has got."""

    RETURNED = "returned"
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    CHANGED = "changed"
    """Complete, and not as readers see it now."""
    COMPLETE = "complete"
    OPTIONAL = "optional"
    """Nothing is written, and nothing need be."""


def is_written(value: Any) -> bool:
    """Whether somebody has written anything in a field; a tick that is not set is nothing."""
    return any(value.values()) if isinstance(value, Mapping) else bool(value)


def is_care(code: str) -> bool:
    """Whether a category is one of care, by its code, which never changes."""
    return code == "care" or code.startswith("care-")


def missing(content: Content) -> list[str]:
    """The fields as they are now, without which a content cannot be submitted or published: what is not there, in the
    order of the pages, and what is too long. Where one of several would do, the first of them stands for all."""
    found = []
    if not content["name"]:
        found.append("name")
    if not is_written(content["summary"]) and not is_written(content["description"]):
        found.append("summary")
    if not content["categories"]:
        found.append("categories")
    if not (content["town"] or content["postcode"] or content["areas_served"]):
        found.append("town")
    if not (content["website"] or content["phone"] or content["email"] or _is_visited(content)):
        found.append("website")
    if content["personal_care"] == YES and not (content["ciw_number"] or is_written(content["ciw_why_none"])):
        found.append("ciw_number")
    if not content["personal_care"] and any(map(is_care, categories_of(content))):
        found.append("personal_care")
    return [*found, *(name for name in LONGEST if name not in found and is_too_long(content, name))]


def is_too_long(content: Content, name: str) -> bool:
    """Whether there is more in a field than there is room for, such as words that a moderator suggested."""
    value = content[name]
    texts = value.values() if isinstance(value, Mapping) else ["\n".join(value) if name == "address" else value]
    return name in LONGEST and any(len(text) > LONGEST[name] for text in texts)


def _is_visited(content: Content) -> bool:
    """Whether people can go there: the address of a home is shown to nobody."""
    return bool(content["address"] and not content["home_based"])


def categories_of(content: Content) -> list[str]:
    """The codes of the categories that a business is in, by itself or by one of its services."""
    services = [value["category"] for name, value in content.items() if name.startswith(SERVICE)]
    return [*content["categories"], *filter(None, services)]


def one_language(content: Content) -> list[str]:
    """The texts that are written in one language alone."""
    return [name for name in TEXTS if bool(content[name]["cy"]) != bool(content[name]["en"])]


def changed(live: Content, content: Content) -> list[str]:
    """The names of fields that are not as they are live, those that come and go among them."""
    names = [*live, *(name for name in content if name not in live)]
    return [name for name in names if live.get(name) != content.get(name)]


def section_state(
    names: Sequence[str], live: Content, content: Content, lacking: Collection[str], returned: Collection[str]
) -> SectionState:
    """How far the fields of one page have got.

    Args:
        names: of its fields.
        lacking: the fields that the content cannot be without and has not.
        returned: the fields that a moderator has sent back.
    """
    # A language in which one serves is ticked from the start, so it tells nothing about whether somebody was here.
    is_begun = any(is_written(content.get(name)) for name in names if name != "serves_in_english")
    if any(name in returned for name in names):
        return SectionState.RETURNED
    if any(name in lacking for name in names):
        return SectionState.IN_PROGRESS if is_begun else SectionState.NOT_STARTED
    if any(live.get(name) != content.get(name) for name in names):
        return SectionState.CHANGED
    return SectionState.COMPLETE if is_begun else SectionState.OPTIONAL


# ---- Two at once ----


def mark(value: Any) -> str:
    """What tells one value of a field from another: short enough to be carried by a page."""
    whole = json.dumps(value, sort_keys=True, ensure_ascii=True).encode()
    return hashlib.blake2s(whole, digest_size=6).hexdigest()


def marks(content: Content, names: Sequence[str]) -> str:
    """The marks of several fields, for a page to carry."""
    return ",".join(f"{name}={mark(content[name])}" for name in names)


def to_save(content: Content, values: Content, seen: str) -> dict[str, Any]:
    """What somebody changed on a page: what they left as they found it stays as another may have saved it meanwhile.

    Args:
        content: as it is now.
        values: what they sent.
        seen: what ``marks`` gave when the page was opened; empty when nobody looked.

    Raises:
        Refused: ``SAVED_MEANWHILE`` with ``fields``, when both changed the same one to something else.
    """
    known = dict(one.partition("=")[::2] for one in seen.split(",") if one)
    found, clashes = {}, []
    for name, value in values.items():
        before = content.get(name)
        was = known.get(name, mark(before))
        if value == before or mark(value) == was:
            continue
        if was != mark(before):
            clashes.append(name)
        found[name] = value
    if clashes:
        raise Refused(WhyNot.SAVED_MEANWHILE, fields=clashes)
    return found
