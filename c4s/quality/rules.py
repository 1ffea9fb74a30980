"""What a business may say of its quality, what we may say that we saw, and until when: plain Python.

Three facts that are never added up: what a business says, what it has shown us, and what it has signed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from c4s.core.errors import Refused

REMIND = (30, 7)
"""How many days before the last day of a fact its business is reminded of it."""
LONGEST_AHEAD = 10
"""How many years ahead something may end: a later year is a slip of the hand."""
OLDEST = 50
"""How many years ago something may have been issued."""
DETAIL = 20
"""Characters of a registration number."""
LONGEST_CODE, LONGEST_CHANGES = 20_000, 1_000


class FactKind(StrEnum):
    """What a fact is about. Nothing else can be said, so that nobody can write praise of themselves."""

    PUBLIC_LIABILITY = "public_liability"
    EMPLOYERS_LIABILITY = "employers_liability"
    PROFESSIONAL_INDEMNITY = "professional_indemnity"
    DBS = "dbs"
    SAFEGUARDING_TRAINING = "safeguarding_training"
    FIRST_AID = "first_aid"
    FOOD_HYGIENE = "food_hygiene"
    MANUAL_HANDLING = "manual_handling"
    HMRC_REGISTERED = "hmrc_registered"
    DATA_PROTECTION_REGISTERED = "data_protection_registered"
    CIW_REGISTERED = "ciw_registered"
    SOCIAL_CARE_WALES_REGISTERED = "social_care_wales_registered"


class FactStanding(StrEnum):
    """Whose word a fact is."""

    SAYS = "says"
    """The business says so."""
    SHOWN = "shown"
    """Our staff saw evidence of it."""


class DbsLevel(StrEnum):
    """How much a check by the Disclosure and Barring Service looks at."""

    BASIC = "basic"
    STANDARD = "standard"
    ENHANCED = "enhanced"
    ENHANCED_WITH_LISTS = "enhanced_with_lists"


class WhyNot(StrEnum):
    """Why something cannot be done."""

    NOT_SAID_HERE = "not_said_here"
    LEVEL_NEEDED = "level_needed"
    ISSUE_NEEDED = "issue_needed"
    EXPIRY_NEEDED = "expiry_needed"
    NUMBER_WRONG = "number_wrong"
    ISSUED_LATER = "issued_later"
    TOO_OLD = "too_old"
    EXPIRED = "expired"
    TOO_FAR = "too_far"
    NO_SUCH_FACT = "no_such_fact"
    NOT_KEPT = "not_kept"
    ONES_OWN = "ones_own"
    REASON_NEEDED = "reason_needed"
    NO_CODE = "no_code"
    NEWER_CODE = "newer_code"
    CHANGED = "changed"
    WORDS_NEEDED = "words_needed"
    SUSPENDED_ALREADY = "suspended_already"
    NOT_SUSPENDED = "not_suspended"


class Did(StrEnum):
    """What the trail says was done."""

    SAID = "quality.said"
    TOOK_BACK = "quality.took_back"
    LOOKED = "quality.looked"
    SAW = "quality.saw"
    NOT_SHOWN = "quality.not_shown"
    ENDED = "quality.ended"
    SIGNED = "code.signed"
    WROTE = "code.wrote"
    PUBLISHED = "code.published"
    SUSPENDED = "code.suspended"
    RESTORED = "code.restored"


@dataclass(frozen=True)
class Asks:
    """What belongs to a fact of one kind.

    Attributes:
        code: by which searches find it.
        level, issue, expiry: whether it has a level, and must have a day of issue, and a last day.
        number: how its registration number is written; none for a kind that has no number, or whose number we do
            not keep.
        years: how long it counts without a last day of its own, from the day of issue, or else from the day on which it
            was said or seen.
        is_said: whether a business says it on its page of facts; otherwise it does so elsewhere.
    """

    code: str
    level: bool = False
    issue: bool = False
    expiry: bool = False
    number: re.Pattern[str] | None = None
    years: int = 3
    is_said: bool = True


ASKS: Mapping[FactKind, Asks] = {
    FactKind.PUBLIC_LIABILITY: Asks("liability", expiry=True),
    FactKind.EMPLOYERS_LIABILITY: Asks("employers", expiry=True),
    FactKind.PROFESSIONAL_INDEMNITY: Asks("indemnity", expiry=True),
    FactKind.DBS: Asks("dbs", level=True, issue=True),
    FactKind.SAFEGUARDING_TRAINING: Asks("safeguarding", issue=True),
    FactKind.FIRST_AID: Asks("firstaid", issue=True),
    FactKind.FOOD_HYGIENE: Asks("food", issue=True),
    FactKind.MANUAL_HANDLING: Asks("handling", issue=True),
    FactKind.HMRC_REGISTERED: Asks("hmrc", years=1),
    FactKind.DATA_PROTECTION_REGISTERED: Asks("icoreg", number=re.compile(r"Z[A-Z0-9][0-9]{6}"), years=1),
    # A business says its number in its profile, where a moderator who knows the law of care reads it first.
    FactKind.CIW_REGISTERED: Asks("ciw", years=1, is_said=False),
    FactKind.SOCIAL_CARE_WALES_REGISTERED: Asks("scw", number=re.compile(r"W/[0-9]{7}"), years=1),
}
SIGNED_FACET, SHOWN_FACET = "pcode", "p"


@dataclass(frozen=True)
class Given:
    """What somebody gave of a fact; nothing for what it has not."""

    level: DbsLevel | None = None
    detail: str = ""
    issued_on: date | None = None
    expires_on: date | None = None


def number_of(kind: FactKind, typed: str) -> str:
    """A registration number as its register writes it; empty for what is none, and for kinds that have none."""
    pattern, plain = ASKS[kind].number, "".join(typed.upper().split())
    if kind == FactKind.SOCIAL_CARE_WALES_REGISTERED:
        plain = re.sub(r"^W(?=[0-9])", "W/", plain)
    return plain if pattern and pattern.fullmatch(plain) else ""


def years_on(day: date, years: int) -> date:
    """The same day in another year; the last of February for a leap day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def last_day(kind: FactKind, given: Given, today: date) -> date:
    """The last day on which a fact counts: nothing that anybody says or sees stands for ever.

    Args:
        today: the day in Wales on which it is said or seen.
    """
    return given.expires_on or years_on(given.issued_on or today, ASKS[kind].years)


def may_stand(kind: FactKind, standing: FactStanding, given: Given, today: date) -> None:
    """Let a fact be said, or be told as seen.

    Args:
        today: the day in Wales.

    Raises:
        Refused: ``NOT_SAID_HERE``; or, with the ``box`` that it is about, ``LEVEL_NEEDED``, ``NUMBER_WRONG``,
            ``ISSUE_NEEDED``, ``ISSUED_LATER``, ``TOO_OLD``, ``EXPIRY_NEEDED``, ``EXPIRED`` or ``TOO_FAR``.
    """
    asks = ASKS[kind]
    if standing == FactStanding.SAYS and not asks.is_said:
        raise Refused(WhyNot.NOT_SAID_HERE)
    if asks.level != (given.level is not None):
        raise Refused(WhyNot.LEVEL_NEEDED, box="level")
    if given.detail and number_of(kind, given.detail) != given.detail:
        raise Refused(WhyNot.NUMBER_WRONG, box="detail")
    if asks.issue and given.issued_on is None:
        raise Refused(WhyNot.ISSUE_NEEDED, box="issued_on")
    if given.issued_on and given.issued_on > today:
        raise Refused(WhyNot.ISSUED_LATER, box="issued_on")
    if given.issued_on and given.issued_on < years_on(today, -OLDEST):
        raise Refused(WhyNot.TOO_OLD, box="issued_on")
    if asks.expiry and given.expires_on is None:
        raise Refused(WhyNot.EXPIRY_NEEDED, box="expires_on")
    if given.expires_on and given.expires_on > years_on(today, LONGEST_AHEAD):
        raise Refused(WhyNot.TOO_FAR, box="expires_on")
    if last_day(kind, given, today) < today:
        raise Refused(WhyNot.EXPIRED, box="expires_on" if given.expires_on or asks.expiry else "issued_on")


def is_past(ends_on: date, today: date) -> bool:
    """Whether a fact counts no more: from the first minute, in Wales, of the day after its last."""
    return ends_on < today


def reminder_due(ends_on: date, since: date, today: date) -> int | None:
    """Of how many days before the end a business is to be reminded today; None for none.

    A reminder that could not leave in time leaves later, but not once the next is due; and whoever gave the date after
    the day of a reminder needs none, for they know it.

    Args:
        since: the day in Wales on which the fact was said or seen.
    """
    days = (ends_on - today).days
    due = [before for before in REMIND if 0 <= days <= before]
    if not due:
        return None
    nearest = min(due)
    return nearest if (ends_on - since).days > nearest else None


def may_see(*, is_kept: bool, is_ones_own: bool) -> None:
    """Let a member of staff say what they saw, or decide about a signature, of a business that is not their own.

    Raises:
        Refused: ``NOT_KEPT`` when no business keeps the entry; ``ONES_OWN``.
    """
    if not is_kept:
        raise Refused(WhyNot.NOT_KEPT)
    if is_ones_own:
        raise Refused(WhyNot.ONES_OWN)


def may_sign(number: int, current: int | None) -> None:
    """Let somebody sign the version of the code that they have just read, if no newer one has been published since.

    Raises:
        Refused: ``NO_CODE`` or ``NEWER_CODE``.
    """
    if current is None:
        raise Refused(WhyNot.NO_CODE)
    if number != current:
        raise Refused(WhyNot.NEWER_CODE)
