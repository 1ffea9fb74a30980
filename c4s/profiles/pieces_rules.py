"""What a profile has several of, or none: services, pictures, joint work; and what changes without a moderator: as
plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from c4s.core.errors import Refused
from c4s.directory.rules import PictureRole, SupplierStatus
from c4s.profiles.rules import JOINT, PICTURE, SERVICE, Content

MOST_SERVICES, MOST_PHOTOS, MOST_JOINT = 20, 6, 20
UPLOADS, UPLOADS_WINDOW = 60, timedelta(hours=24)
"""Files that may be sent for one entry in a day, pictures or not: each is work for the machine."""
KEEP_UNUSED = timedelta(days=1)
"""How long a picture is kept that is in no profile: somebody may be about to describe it."""
FIRST_YEAR = 1900
"""The year of the oldest work that anybody may tell of."""


class Did(StrEnum):
    """What the trail says was done: without a moderator, or about the word of another business."""

    SAID_NOW = "entry.said_now"
    PAUSED = "entry.paused"
    CLOSED = "entry.closed"
    REOPENED = "entry.reopened"
    JOINT_CONFIRMED = "joint_work.confirmed"
    JOINT_DECLINED = "joint_work.declined"
    PICTURE_SENT = "picture.sent"


class Outcome(StrEnum):
    """What somebody is told once of what they have just done with a piece."""

    SERVICE_SAVED = "service.saved"
    SERVICE_REMOVED = "service.removed"
    PICTURE_SAVED = "picture.saved"
    PICTURE_REMOVED = "picture.removed"
    JOINT_SAVED = "joint_work.saved"
    JOINT_REMOVED = "joint_work.removed"
    MOVED = "piece.moved"


class WhyNot(StrEnum):
    """Why something cannot be done with a piece, or with what is live at once."""

    GONE = "gone"
    TOO_MANY_SERVICES = "too_many_services"
    TOO_MANY_PHOTOS = "too_many_photos"
    HAS_LOGO = "has_logo"
    TOO_MANY_JOINT = "too_many_joint"
    NOT_THAT_PARTY = "not_that_party"
    SAID_ANEW = "said_anew"
    NOT_NOW = "not_now"


@dataclass(frozen=True)
class Piece:
    """One of several.

    Attributes:
        field: its name in the content.
        value: what the content says of it.
    """

    field: str
    value: Mapping[str, Any]

    @property
    def key(self) -> str:
        """By which it is known from one version to the next."""
        return self.field.partition(":")[2]


def pieces(content: Content, prefix: str) -> list[Piece]:
    """The services, pictures or joint work of a content, in their order; joint work has none of its own, so the
    newest comes first."""
    found = [Piece(name, value) for name, value in content.items() if name.startswith(prefix)]
    return sorted(found, key=lambda one: (one.value.get("position", 0), -(one.value.get("year") or 0), one.key))


def piece(content: Content, prefix: str, key: str) -> Piece:
    """One of them.

    Raises:
        Refused: ``GONE``: there is none, or none any more.
    """
    found = content.get(prefix + key)
    if found is None:
        raise Refused(WhyNot.GONE)
    return Piece(prefix + key, found)


def next_position(content: Content, prefix: str) -> int:
    """Where a new one stands: last."""
    return 1 + max((one.value.get("position", 0) for one in pieces(content, prefix)), default=0)


def moved(content: Content, prefix: str, key: str, step: int) -> dict[str, Any]:
    """What changes when one of them changes places with its neighbour; nothing, at the end of the row. A logo stands in
    no row with photographs.

    Args:
        step: -1 towards the front, 1 towards the end.

    Raises:
        Refused: ``GONE``.
    """
    role = piece(content, prefix, key).value.get("role")
    row = [one for one in pieces(content, prefix) if one.value.get("role") == role]
    here = next(number for number, one in enumerate(row) if one.key == key)
    there = here + step
    if not 0 <= there < len(row):
        return {}
    row[here], row[there] = row[there], row[here]
    ordered = {one.field: {**one.value, "position": number} for number, one in enumerate(row, 1)}
    return {name: value for name, value in ordered.items() if content[name] != value}


def logo(content: Content) -> Piece | None:
    """The logo among the pictures."""
    return next((one for one in pieces(content, PICTURE) if one.value["role"] == PictureRole.LOGO), None)


def photos(content: Content) -> list[Piece]:
    """The photographs among the pictures, in their order."""
    return [one for one in pieces(content, PICTURE) if one.value["role"] == PictureRole.PHOTO]


def may_add_service(content: Content) -> None:
    """Let one service more into a profile.

    Raises:
        Refused: ``TOO_MANY_SERVICES``.
    """
    if len(pieces(content, SERVICE)) >= MOST_SERVICES:
        raise Refused(WhyNot.TOO_MANY_SERVICES)


def may_add_picture(content: Content, role: PictureRole) -> None:
    """Let one picture more into a profile: one logo and six photographs.

    Raises:
        Refused: ``HAS_LOGO`` or ``TOO_MANY_PHOTOS``.
    """
    if role == PictureRole.LOGO and logo(content):
        raise Refused(WhyNot.HAS_LOGO)
    if role == PictureRole.PHOTO and len(photos(content)) >= MOST_PHOTOS:
        raise Refused(WhyNot.TOO_MANY_PHOTOS)


def may_add_joint_work(content: Content) -> None:
    """Let a profile tell of one more piece of joint work.

    Raises:
        Refused: ``TOO_MANY_JOINT``.
    """
    if len(pieces(content, JOINT)) >= MOST_JOINT:
        raise Refused(WhyNot.TOO_MANY_JOINT)


def may_name(*, is_oneself: bool, is_listed: bool, is_kept: bool) -> None:
    """Let a business name another with which it worked: one that readers find, and that can say whether it is so.

    Raises:
        Refused: ``NOT_THAT_PARTY``.
    """
    if is_oneself or not is_listed or not is_kept:
        raise Refused(WhyNot.NOT_THAT_PARTY)


MOVES: Mapping[Did, tuple[frozenset[SupplierStatus], SupplierStatus]] = {
    Did.PAUSED: (frozenset({SupplierStatus.ACTIVE}), SupplierStatus.TEMPORARILY_CLOSED),
    Did.CLOSED: (frozenset({SupplierStatus.ACTIVE, SupplierStatus.TEMPORARILY_CLOSED}), SupplierStatus.CLOSED),
    Did.REOPENED: (frozenset({SupplierStatus.TEMPORARILY_CLOSED, SupplierStatus.CLOSED}), SupplierStatus.ACTIVE),
}
"""From where a business closes, for a time or for good, and opens again; one that nobody has seen yet does neither."""


def status_after(status: SupplierStatus, did: Did) -> SupplierStatus:
    """Where a business is after it has closed or opened again; where it was, when it has done so already.

    Raises:
        Refused: ``NOT_NOW``.
    """
    before, after = MOVES[did]
    if status != after and status not in before:
        raise Refused(WhyNot.NOT_NOW)
    return after
