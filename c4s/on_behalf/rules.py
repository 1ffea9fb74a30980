"""For whom a member of staff may do something about the entry of a business: as plain Python."""

from enum import StrEnum

from c4s.businesses.rules import MemberRole
from c4s.core.errors import Refused


class Deed(StrEnum):
    """What staff do at somebody's word."""

    APPEAL = "appeal"
    REOPEN = "reopen"
    ANSWER = "answer"
    SIGN = "sign"


class Did(StrEnum):
    """What the trail says was done, besides what it says of the deed itself."""

    LOOKED = "on_behalf.looked"
    ASKED = "on_behalf.asked"
    """At somebody’s word, so that whoever looks for that person finds it; the trail says what beside it."""


class Outcome(StrEnum):
    """What came of doing something."""

    DONE = "on_behalf.done"
    LET_IN = "on_behalf.let_in"
    """At the word of somebody who is told by e-mail."""
    WAS_SO = "on_behalf.was_so"


class WhyNot(StrEnum):
    """Why something cannot be done for somebody."""

    NOT_THERE = "not_there"
    """There is no such entry, or no business keeps it."""
    ONES_OWN = "ones_own"
    NOT_FOR_THEM = "not_for_them"
    HID_IT = "hid_it"
    """They hid the entry against whose hiding somebody appeals."""
    NO_SUCH_NEWCOMER = "no_such_newcomer"
    """Nobody without e-mail has an open account of that number and that name."""
    REGISTERED_THEM = "registered_them"
    """They registered whoever is to be let in: alone they could make people up who speak for a business."""
    EDITORS_ALONE = "editors_alone"
    """An owner who can sign in makes somebody an owner there: on the telephone anybody may say that they are one."""
    OTHER_CLAIM = "other_claim"
    """They made or wrote down another claim to the same entry, it is of a business of theirs, or they registered who
    makes it: to withdraw this one makes way for that."""


def needs_staff(*, has_email: bool, is_open: bool) -> bool:
    """Whether somebody who speaks for a business can only do something for it through our staff.

    Args:
        is_open: their account is open; for whom it is not, nobody does anything.
    """
    return is_open and not has_email


def may_let_in(role: MemberRole, *, can_sign_in: bool, has_registered_them: bool) -> None:
    """Let a member of staff write down that an owner lets somebody without e-mail speak for a business.

    Args:
        can_sign_in: the owner has e-mail, and is told there.
        has_registered_them: the member of staff registered whoever is let in.

    Raises:
        Refused: ``REGISTERED_THEM`` or ``EDITORS_ALONE``.
    """
    if has_registered_them:
        raise Refused(WhyNot.REGISTERED_THEM)
    if can_sign_in and role != MemberRole.EDITOR:
        raise Refused(WhyNot.EDITORS_ALONE)


def may_act(*, is_ones_own: bool, needs_us: bool) -> None:
    """Let a member of staff do something for somebody who speaks for a business that is not their own.

    Args:
        needs_us: they speak for it, and as ``needs_staff``.

    Raises:
        Refused: ``ONES_OWN`` or ``NOT_FOR_THEM``.
    """
    if is_ones_own:
        raise Refused(WhyNot.ONES_OWN)
    if not needs_us:
        raise Refused(WhyNot.NOT_FOR_THEM)
