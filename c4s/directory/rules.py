"""What the directory shows of a supplier, and how; and who may say that an entry is theirs."""

from datetime import timedelta
from enum import StrEnum

from c4s.core.errors import Refused

KEEP_CLAIMS = timedelta(days=365)
"""How long a claim is kept that was refused or withdrawn."""
CLAIMS, CLAIMS_WINDOW = 10, timedelta(hours=24)
"""Claims that one business may make in a day: each is work for staff."""


class ClaimState(StrEnum):
    """Where the claim of a business to an entry has got to."""

    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Did(StrEnum):
    """What the trail says was done about claims."""

    CLAIMED = "claim.made"
    WITHDREW = "claim.withdrew"
    LOOKED = "claim.looked"
    GRANTED = "claim.granted"
    REFUSED = "claim.refused"


class WhyNot(StrEnum):
    """Why something cannot be done with a claim, or an entry not be written to."""

    NO_SUCH_ENTRY = "no_such_entry"
    ALREADY_TAKEN = "already_taken"
    ALREADY_WAITING = "already_waiting"
    NOT_WAITING = "not_waiting"
    ONES_OWN = "ones_own"
    ENTERED_IT = "entered_it"
    """They wrote this claim or another to the same entry down for somebody without e-mail, or registered whoever makes
    it."""
    REASON_NEEDED = "reason_needed"
    NO_MESSAGES = "no_messages"
    NO_BUYER = "no_buyer"
    FOR_OWNERS = "for_owners"


class LegalForm(StrEnum):
    """How a business is set up in law."""

    SOLE_TRADER = "sole_trader"
    PARTNERSHIP = "partnership"
    LIMITED_COMPANY = "limited_company"
    COMMUNITY_INTEREST_COMPANY = "community_interest_company"
    CO_OPERATIVE = "co_operative"
    CHARITY = "charity"
    ASSOCIATION = "association"
    PUBLIC_BODY = "public_body"


class SizeBand(StrEnum):
    """How many people work there."""

    ONE = "one"
    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class SupplierStatus(StrEnum):
    """Whether it is at work."""

    UNPUBLISHED = "unpublished"
    """A business is making it, and no moderator has let any of it go live."""
    ACTIVE = "active"
    TEMPORARILY_CLOSED = "temporarily_closed"
    CLOSED = "closed"


class Capacity(StrEnum):
    """Whether there is room for one more customer."""

    NOW = "now"
    SOON = "soon"
    FULL = "full"


class PictureRole(StrEnum):
    """What a picture is for."""

    LOGO = "logo"
    PHOTO = "photo"


class JointWorkState(StrEnum):
    """What the other party says of work that was done together."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


def may_claim(*, is_taken: bool, is_waiting: bool) -> None:
    """Let a business claim an entry that nobody keeps yet, once.

    Raises:
        Refused: ``ALREADY_TAKEN`` or ``ALREADY_WAITING``.
    """
    if is_taken:
        raise Refused(WhyNot.ALREADY_TAKEN)
    if is_waiting:
        raise Refused(WhyNot.ALREADY_WAITING)


def may_decide(state: ClaimState, *, is_ones_own: bool, has_entered_it: bool) -> None:
    """Let a member of staff decide a claim that waits, that is of no business of their own, and that they did not help
    to make.

    Args:
        has_entered_it: as ``ENTERED_IT`` says.

    Raises:
        Refused: ``ONES_OWN``, ``ENTERED_IT`` or ``NOT_WAITING``.
    """
    if is_ones_own:
        raise Refused(WhyNot.ONES_OWN)
    if has_entered_it:
        raise Refused(WhyNot.ENTERED_IT)
    if state != ClaimState.WAITING:
        raise Refused(WhyNot.NOT_WAITING)


LISTED = frozenset({SupplierStatus.ACTIVE, SupplierStatus.TEMPORARILY_CLOSED})


def is_listed(status: SupplierStatus, *, is_gone: bool, is_taken_down: bool, is_archived: bool) -> bool:
    """Whether lists and searches show it."""
    return status in LISTED and not (is_gone or is_taken_down or is_archived)


def has_page(status: SupplierStatus, *, is_taken_down: bool) -> bool:
    """Whether readers find a page of it: one that is no longer listed says why, one that never was has none."""
    return status != SupplierStatus.UNPUBLISHED and not is_taken_down


def may_set_status(before: SupplierStatus, after: SupplierStatus, *, is_owner: bool) -> None:
    """Let somebody who speaks for a business close it or open it again, by whichever door they come: whoever speaks for
    it for a time, an owner alone for good, and after that.

    Raises:
        Refused: ``FOR_OWNERS``.
    """
    if SupplierStatus.CLOSED in (before, after) and before != after and not is_owner:
        raise Refused(WhyNot.FOR_OWNERS)


def takes_messages(email: str, *, is_listed: bool, is_off: bool) -> bool:
    """Whether visitors may write to a supplier through the site.

    Args:
        is_off: the business wants no messages.
    """
    return bool(email) and is_listed and not is_off


def shown_link(address: str) -> str:
    """An address that a page may link to: any but one of the web is none, whoever typed it."""
    return address if address.startswith(("https://", "http://")) else ""


def shown_address(lines: list[str], town: str, postcode: str, home_based: bool) -> list[str]:
    """The lines of an address that a page may show: of a home, the town and nothing else."""
    if home_based:
        return [town] if town else []
    lines = [line for line in lines if line]
    if town and town not in lines:
        lines = [*lines, town]
    return [*lines, postcode] if postcode else lines
