"""Pictures that strangers send: what we take, and in which sizes we keep it.

Nothing that somebody sent is ever served: ``redrawing`` decodes it and writes it anew. What that takes is large, and
loaded when the first picture comes.
"""

from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module

from c4s.directory.rules import PictureRole
from c4s.i18n.speech import lazy_gettext as _l

LARGEST = 5 * 1024 * 1024
"""Bytes of a file."""
MOST_PIXELS = 25_000_000
WIDTHS = {PictureRole.PHOTO: (480, 960), PictureRole.LOGO: (160, 320)}
"""In pixels; what is narrower is never made wider."""
TALLEST = 2
"""A picture is made so narrow that it is at most this many times as tall as the widest that it may be."""
FALLBACK = {PictureRole.PHOTO: "jpeg", PictureRole.LOGO: "png"}
"""For browsers without WebP: a logo may be seen through, and JPEG cannot."""
TYPES = {"webp": "image/webp", "jpeg": "image/jpeg", "png": "image/png"}
"""What the answer says a file is, by its format: decided by us, when we wrote it."""


class Unfit(StrEnum):
    """Why a file cannot be taken as a picture."""

    NOTHING = "nothing"
    TOO_LARGE = "too_large"
    NOT_A_PICTURE = "not_a_picture"
    TOO_MANY_PIXELS = "too_many_pixels"
    MOVES = "moves"
    BROKEN = "broken"


WORDS = {
    Unfit.NOTHING: _l("Choose a picture"),
    Unfit.TOO_LARGE: _l("The picture must be smaller than 5 MB"),
    Unfit.NOT_A_PICTURE: _l("The picture must be a PNG, JPEG or WebP file"),
    Unfit.TOO_MANY_PIXELS: _l("The picture must have 25 megapixels or fewer. Make it smaller, and send it again"),
    Unfit.MOVES: _l("The picture must not move. Choose one that stands still"),
    Unfit.BROKEN: _l("The picture cannot be read to its end. Save it again, and send the new file"),
}


class NotTaken(Exception):
    """A file is no picture that we can take."""

    def __init__(self, why: Unfit) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Drawn:
    """A picture as we wrote it.

    Attributes:
        width, height: of the largest size, in pixels.
        files: the bytes by width and format.
    """

    role: PictureRole
    width: int
    height: int
    files: dict[tuple[int, str], bytes]


def drawn(data: bytes, role: PictureRole) -> Drawn:
    """A picture that somebody sent, written anew in every size and format: nothing of the file but what is seen.

    Args:
        data: at most one byte more than ``LARGEST``; the rest need not be read to refuse it.

    Raises:
        NotTaken: it is too large, moves, or is no picture at all.
    """
    if not data:
        raise NotTaken(Unfit.NOTHING)
    if len(data) > LARGEST:
        raise NotTaken(Unfit.TOO_LARGE)
    made: Drawn = import_module("c4s.directory.redrawing").drawn(data, role)
    return made


def public_path(token: str) -> str:
    """Where the files of a picture are that readers may see: the beginning of their addresses."""
    return f"/pictures/{token}/"
