"""Which words of a profile are in one language alone, and how the others are put beside them: as plain Python."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from c4s.core.errors import Refused

KEEP_ENDED = timedelta(days=365)
"""How long a wish is kept that was fulfilled or withdrawn."""
ASKED, ASKED_WINDOW = 10, timedelta(hours=24)
"""How often a business may ask in a day: each time is work for staff."""
OTHER = {"cy": "en", "en": "cy"}
AGREED = ("joint:",)
"""How the names of fields begin whose words somebody else has agreed to: other words would have to be agreed to again,
so nobody but their author changes them."""


class WishState(StrEnum):
    """What became of a wish."""

    WAITING = "waiting"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class Did(StrEnum):
    """What the trail says was done."""

    ASKED = "translation.asked"
    WITHDREW = "translation.withdrew"
    SAVED = "translation.saved"
    DONE = "translation.done"


class WhyNot(StrEnum):
    """Why something cannot be done."""

    NOT_THERE = "not_there"
    NOTHING_MISSING = "nothing_missing"
    NOT_WAITING = "not_waiting"
    ONES_OWN = "ones_own"
    CHANGED_MEANWHILE = "changed_meanwhile"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True)
class Piece:
    """Some words that are in one language alone.

    Attributes:
        field: the name of their field in the content.
        part: which part of the field, where it has several; empty where it is the text itself.
        language: of the words.
        words: as their author wrote them.
    """

    field: str
    part: str
    language: str
    words: str

    @property
    def key(self) -> str:
        """By which it is known among those of one content."""
        return f"{self.field}/{self.part}"

    @property
    def code(self) -> str:
        """The same for names of boxes: letters and digits alone."""
        return hashlib.blake2s(self.key.encode(), digest_size=8).hexdigest()

    @property
    def wanted(self) -> str:
        """The language that is missing."""
        return OTHER[self.language]


def pieces(content: Mapping[str, Any], fields: Collection[str]) -> list[Piece]:
    """What is written in one language alone, in the order of the fields.

    Args:
        fields: those that may be translated; the others are left out.
    """
    found = []
    for field in fields:
        if field.startswith(AGREED):
            continue
        for part, text in _texts(content.get(field)):
            written = [code for code in OTHER if text[code]]
            if len(written) == 1:
                found.append(Piece(field, part, written[0], text[written[0]]))
    return found


def _texts(value: Any) -> list[tuple[str, Mapping[str, str]]]:
    """Everything in the value of a field that is said once in each language."""
    if _is_text(value):
        return [("", value)]
    if isinstance(value, Mapping):
        return [(part, one) for part, one in value.items() if _is_text(one)]
    return []


def _is_text(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == set(OTHER)


def wanted(found: Sequence[Piece]) -> str:
    """Into which language words are wanted: ``cy``, ``en`` or ``both``.

    Raises:
        Refused: ``NOTHING_MISSING``.
    """
    languages = {one.wanted for one in found}
    if not languages:
        raise Refused(WhyNot.NOTHING_MISSING)
    return "both" if len(languages) == 2 else languages.pop()


def digest(found: Sequence[Piece]) -> str:
    """What tells whether the words are those that somebody has read."""
    whole = json.dumps([[one.key, one.language, one.words] for one in found], ensure_ascii=True).encode()
    return hashlib.blake2s(whole, digest_size=12).hexdigest()


def filled(content: Mapping[str, Any], found: Sequence[Piece], said: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a content that change when words are put beside those pieces that it has in the same words, and
    that it still has in one language alone.

    Args:
        said: the words in the other language, by the key of the piece.
    """
    values: dict[str, Any] = {}
    for piece in found:
        value: Any = values.get(piece.field, content.get(piece.field))
        text = dict(_texts(value)).get(piece.part)
        if text is None or text[piece.language] != piece.words or text[piece.wanted] or not said.get(piece.key):
            continue
        both = {**text, piece.wanted: said[piece.key]}
        values[piece.field] = {**value, piece.part: both} if piece.part else both
    return values


def may_work(state: WishState, *, is_ones_own: bool) -> None:
    """Let a member of staff put words into the other language for a wish that waits, and that is of no business of
    their own: what they write is published without a moderator.

    Raises:
        Refused: ``ONES_OWN`` or ``NOT_WAITING``.
    """
    if is_ones_own:
        raise Refused(WhyNot.ONES_OWN)
    if state != WishState.WAITING:
        raise Refused(WhyNot.NOT_WAITING)


def must_be_whole(found: Sequence[Piece], said: Mapping[str, str]) -> None:
    """Let a translation be finished that leaves nothing out.

    Raises:
        Refused: ``NOTHING_MISSING`` when there is nothing to do; ``INCOMPLETE``, with the ``keys`` of what is left.
    """
    if not found:
        raise Refused(WhyNot.NOTHING_MISSING)
    left = [one.key for one in found if not said.get(one.key)]
    if left:
        raise Refused(WhyNot.INCOMPLETE, keys=left)
