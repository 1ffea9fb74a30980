"""How an entry stands, as staff are told, and what may be done with a network: as plain Python."""

from enum import StrEnum

from c4s.core.errors import Refused
from c4s.directory.rules import SupplierStatus


class Standing(StrEnum):
    """How an entry stands: exactly one of these."""

    LISTED = "listed"
    PAUSED = "paused"
    """Listed, and says that it is closed for a time."""
    UNPUBLISHED = "unpublished"
    CLOSED = "closed"
    TAKEN_DOWN = "taken_down"
    ARCHIVED = "archived"
    GONE = "gone"
    """Its source no longer has it."""


class Did(StrEnum):
    """What the trail says was done."""

    NAMED = "network.named"
    CHANGED = "network.changed"
    ENDED = "network.ended"
    BEGAN_AGAIN = "network.began_again"


class WhyNot(StrEnum):
    """Why something cannot be done with a network."""

    NOT_THERE = "not_there"
    NAME_TAKEN = "name_taken"


def standing(status: SupplierStatus, *, is_taken_down: bool, is_archived: bool, is_gone: bool) -> Standing:
    """How an entry stands: that staff hid it counts before what its business says, and that before its age."""
    if is_taken_down:
        return Standing.TAKEN_DOWN
    if status == SupplierStatus.UNPUBLISHED:
        return Standing.UNPUBLISHED
    if status == SupplierStatus.CLOSED:
        return Standing.CLOSED
    if is_gone:
        return Standing.GONE
    if is_archived:
        return Standing.ARCHIVED
    return Standing.PAUSED if status == SupplierStatus.TEMPORARILY_CLOSED else Standing.LISTED


def must_be_new(is_taken: bool) -> None:
    """Let a network have a name that no other has.

    Raises:
        Refused: ``NAME_TAKEN``.
    """
    if is_taken:
        raise Refused(WhyNot.NAME_TAKEN)
