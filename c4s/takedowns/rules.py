"""When an entry may be hidden, who may ask to look again, and who may answer: as plain Python."""

from datetime import timedelta
from enum import StrEnum

from c4s.core.errors import Refused

KEEP_ENDED = timedelta(days=730)
"""How long it is kept, once it is over, that an entry was hidden."""
LONGEST_APPEAL = 3_000


class Ground(StrEnum):
    """Why an entry is hidden: each is said in both languages."""

    UNLAWFUL = "unlawful"
    MISLEADING = "misleading"
    PRIVATE = "private"
    DANGER = "danger"
    NOT_THEIRS = "not_theirs"
    CODE = "code"
    OTHER = "other"
    """Only in the member's own words."""


class Outcome(StrEnum):
    """What came of looking again."""

    UPHELD = "upheld"
    LIFTED = "lifted"


class Did(StrEnum):
    """What the trail says was done."""

    HIDDEN = "takedown.hidden"
    APPEALED = "takedown.appealed"
    LOOKED = "takedown.looked"
    UPHELD = "takedown.upheld"
    LIFTED = "takedown.lifted"
    RESTORED = "takedown.restored"


class WhyNot(StrEnum):
    """Why something cannot be done."""

    NOT_THERE = "not_there"
    ALREADY_HIDDEN = "already_hidden"
    NOT_HIDDEN = "not_hidden"
    ONES_OWN = "ones_own"
    ONES_OWN_DECISION = "ones_own_decision"
    ENTERED_IT = "entered_it"
    """They wrote the appeal down for somebody without e-mail, or registered whoever makes it."""
    ALREADY_APPEALED = "already_appealed"
    NO_APPEAL = "no_appeal"
    ALREADY_ANSWERED = "already_answered"
    REASON_NEEDED = "reason_needed"


def may_hide(*, is_hidden: bool, is_ones_own: bool) -> None:
    """Let a member of staff hide an entry that readers can see, and that is of no business of their own.

    Raises:
        Refused: ``ONES_OWN`` or ``ALREADY_HIDDEN``.
    """
    if is_ones_own:
        raise Refused(WhyNot.ONES_OWN)
    if is_hidden:
        raise Refused(WhyNot.ALREADY_HIDDEN)


def may_restore(*, is_hidden: bool, is_ones_own: bool) -> None:
    """Let a member of staff show an entry again that is hidden, and that is of no business of their own.

    Raises:
        Refused: ``ONES_OWN`` or ``NOT_HIDDEN``.
    """
    if is_ones_own:
        raise Refused(WhyNot.ONES_OWN)
    if not is_hidden:
        raise Refused(WhyNot.NOT_HIDDEN)


def may_appeal(*, is_hidden: bool, has_appealed: bool) -> None:
    """Let a business ask, once for each time that its entry is hidden, that somebody else looks again.

    Raises:
        Refused: ``NOT_HIDDEN`` or ``ALREADY_APPEALED``.
    """
    if not is_hidden:
        raise Refused(WhyNot.NOT_HIDDEN)
    if has_appealed:
        raise Refused(WhyNot.ALREADY_APPEALED)


def may_answer(
    *,
    is_hidden: bool,
    has_appealed: bool,
    is_answered: bool,
    is_ones_own: bool,
    hid_it_themselves: bool,
    has_entered_it: bool,
) -> None:
    """Let a member of staff answer an appeal that waits: another than the one who hid the entry or who wrote the appeal
    down, and of another business.

    Raises:
        Refused: ``ONES_OWN``, ``ONES_OWN_DECISION``, ``ENTERED_IT``, ``NO_APPEAL``, ``ALREADY_ANSWERED`` or
            ``NOT_HIDDEN``.
    """
    if is_ones_own:
        raise Refused(WhyNot.ONES_OWN)
    if hid_it_themselves:
        raise Refused(WhyNot.ONES_OWN_DECISION)
    if has_entered_it:
        raise Refused(WhyNot.ENTERED_IT)
    if not has_appealed:
        raise Refused(WhyNot.NO_APPEAL)
    if is_answered:
        raise Refused(WhyNot.ALREADY_ANSWERED)
    if not is_hidden:
        raise Refused(WhyNot.NOT_HIDDEN)
