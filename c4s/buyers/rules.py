"""Buyers of public bodies: decisions as plain Python."""

from datetime import timedelta
from enum import StrEnum

from c4s.core.errors import Refused

KEEP_REQUESTS = timedelta(days=365)
"""How long a request is kept that made nobody a buyer, or whose rights have ended."""


class RequestState(StrEnum):
    """Where somebody's request to be a buyer has got to."""

    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    """It was granted, and the rights were taken away again."""


class Ready(StrEnum):
    """Reasons that staff give often enough to have them ready in both languages."""

    NOT_REACHED = "not_reached"
    NOT_KNOWN = "not_known"
    NOT_PUBLIC = "not_public"
    HOW_TO_CHECK = "how_to_check"


class WhyNot(StrEnum):
    """Why something cannot be done with a request."""

    ALREADY_BUYER = "already_buyer"
    ALREADY_WAITING = "already_waiting"
    NOT_WAITING = "not_waiting"
    NOT_GRANTED = "not_granted"
    ONES_OWN = "ones_own"
    REASON_NEEDED = "reason_needed"
    ACCOUNT_NOT_OPEN = "account_not_open"


class Did(StrEnum):
    """What the trail says was done."""

    ASKED = "buyer.asked"
    WITHDREW = "buyer.withdrew"
    LOOKED = "buyer.looked"
    GRANTED = "buyer.granted"
    REFUSED = "buyer.refused"
    ENDED = "buyer.ended"


def domain_of(email: str) -> str:
    """What the addresses of one organisation have in common."""
    return email.rpartition("@")[2].strip().casefold()


def may_ask(*, is_buyer: bool, is_waiting: bool) -> None:
    """Let somebody ask who is no buyer yet, and has no request that waits.

    Raises:
        Refused: ``ALREADY_BUYER`` or ``ALREADY_WAITING``.
    """
    if is_buyer:
        raise Refused(WhyNot.ALREADY_BUYER)
    if is_waiting:
        raise Refused(WhyNot.ALREADY_WAITING)


def may_decide(state: RequestState, person_id: int, by_id: int) -> None:
    """Let a member of staff decide a request that waits, and is not their own.

    Raises:
        Refused: ``ONES_OWN`` or ``NOT_WAITING``.
    """
    if person_id == by_id:
        raise Refused(WhyNot.ONES_OWN)
    if state != RequestState.WAITING:
        raise Refused(WhyNot.NOT_WAITING)


def may_end(state: RequestState, person_id: int, by_id: int) -> None:
    """Let a member of staff take rights away that a request gave, and that are not their own.

    Raises:
        Refused: ``ONES_OWN`` or ``NOT_GRANTED``.
    """
    if person_id == by_id:
        raise Refused(WhyNot.ONES_OWN)
    if state != RequestState.GRANTED:
        raise Refused(WhyNot.NOT_GRANTED)
