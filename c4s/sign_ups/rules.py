"""The desk of sign-ups: decisions as plain Python."""

from datetime import datetime
from enum import StrEnum

from c4s.core.errors import Refused
from c4s.events.rules import DeliveryLanguage, EventState

LONGEST_SUBJECT = 200
LONGEST_BODY = 5_000


class Shown(StrEnum):
    """What the list of one event is narrowed to."""

    CONFIRMED = "confirmed"
    OFFERED = "offered"
    WAITING = "waiting"
    ENDED = "ended"
    """Cancelled, or released because a time had passed."""
    NEEDS = "needs"
    WELSH = "welsh"


class Audience(StrEnum):
    """Whom a message is for."""

    HAVE_A_PLACE = "have_a_place"
    WAIT = "wait"
    NEEDS = "needs"
    """Those with a place who have told us what they need."""
    SESSION = "session"
    """Those with one slot of an advice surgery."""


class WhyNot(StrEnum):
    """Why staff cannot do what they asked for."""

    NOT_IN_BOTH_LANGUAGES = "not_in_both_languages"
    NOBODY = "nobody"
    NO_INTERPRETER_NEEDED = "no_interpreter_needed"


class Did(StrEnum):
    """What the trail says was done."""

    LISTED = "sign_ups.listed"
    LOOKED_AT = "sign_ups.looked_at"
    PRINTED = "sign_ups.printed"
    EXPORTED = "sign_ups.exported"
    WROTE = "sign_ups.wrote"
    SENT_AGAIN = "sign_ups.sent_again"
    INTERPRETER_BOOKED = "sign_ups.interpreter_booked"


def interpreter_until(by: datetime | None, starts_at: datetime) -> datetime:
    """Until when an interpreter can be booked: the day that was set, or else the start."""
    return min(by, starts_at) if by else starts_at


def needs_interpreter(
    *,
    wishes: int,
    threshold: int | None,
    until: datetime,
    is_booked: bool,
    delivery: DeliveryLanguage,
    state: EventState,
    now: datetime,
) -> bool:
    """Whether somebody must book an interpreter now, so that those who wish to can use their Welsh.

    Args:
        wishes: sign-ups that have a place or wait for one, and would like to use Welsh.
        threshold: how many of them it takes; None when nobody has set a number.
        until: as ``interpreter_until`` says.
        delivery: an event in Welsh, in both languages or with an interpreter is one where they can use it already.
    """
    return (
        threshold is not None
        and wishes >= max(1, threshold)
        and not is_booked
        and delivery == DeliveryLanguage.EN
        and state == EventState.PUBLISHED
        and now < until
    )


def must_be_in_both(texts: dict[str, tuple[str, str]]) -> None:
    """Let a message to several people go out, at the same moment in Welsh and in English.

    Args:
        texts: by name, the Welsh and the English.

    Raises:
        Refused: ``NOT_IN_BOTH_LANGUAGES`` with ``missing``: names and languages that are empty.
    """
    missing = [
        (name, code)
        for name, both in texts.items()
        for code, words in zip(("cy", "en"), both, strict=True)
        if not words
    ]
    if missing:
        raise Refused(WhyNot.NOT_IN_BOTH_LANGUAGES, missing=missing)
