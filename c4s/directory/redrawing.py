"""Decodes pictures and writes them anew. ``picturing`` loads this when somebody sends one.

Of what strangers send only the header is read before its size is known to be small. What a picture carries besides
(where it was taken, by which camera, notes, another file behind it) is lost, because it is never written.
"""

import io
from threading import Lock
from typing import Any

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from c4s.directory.picturing import FALLBACK, MOST_PIXELS, TALLEST, WIDTHS, Drawn, NotTaken, Unfit
from c4s.directory.rules import PictureRole

TAKEN = ("PNG", "JPEG", "WEBP")
DEEP = ("I;16", "I;16B", "I;16L", "I")
"""Greys of 65,536 shades: to be brought down to 256 by us, or all the light ones would be white."""
WRITTEN: dict[str, dict[str, Any]] = {
    "webp": {"quality": 80, "method": 4},
    "jpeg": {"quality": 82, "optimize": True, "progressive": True},
    "png": {"optimize": True},
}
ONE = Lock()
"""A picture of the most pixels takes some 300 MB while it is decoded: of several in one process, one after another."""
Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # the library's own alarm, before it decodes anything


def drawn(data: bytes, role: PictureRole) -> Drawn:
    """See ``picturing.drawn``.

    Raises:
        NotTaken: it moves, is too large, or cannot be decoded.
    """
    with ONE:
        lenient = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False  # whoever makes PDF files allows it, for the whole process
        try:
            return _drawn(data, role)
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _drawn(data: bytes, role: PictureRole) -> Drawn:
    try:
        with Image.open(io.BytesIO(data), formats=TAKEN) as sent:
            whole = _decoded(sent, role)
    except UnidentifiedImageError:
        raise NotTaken(Unfit.NOT_A_PICTURE) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotTaken(Unfit.TOO_MANY_PIXELS) from None
    except NotTaken:
        raise
    except Exception:
        # The bytes are a stranger's, and decoders stumble in every way there is.
        raise NotTaken(Unfit.BROKEN) from None
    files, sizes = {}, []
    for width in reversed(WIDTHS[role]):
        whole.thumbnail((width, width * TALLEST), Image.Resampling.LANCZOS)  # in its place: a copy may be large
        sizes.append(whole.size)
        for kind in ("webp", FALLBACK[role]):
            files[whole.width, kind] = _written(whole, kind)
    return Drawn(role, *sizes[0], files)


def _decoded(sent: Image.Image, role: PictureRole) -> Image.Image:
    """The picture itself, the right way up, in plain colours, and nothing else."""
    if sent.width * sent.height > MOST_PIXELS:
        raise NotTaken(Unfit.TOO_MANY_PIXELS)
    # Telephones put a small second picture behind a JPEG; only the first is ever read.
    if sent.format != "MPO" and getattr(sent, "n_frames", 1) > 1:
        raise NotTaken(Unfit.MOVES)
    widest = WIDTHS[role][-1]
    sent.draft(None, (widest * TALLEST, widest * TALLEST))  # a JPEG is decoded at a part of its size, where it can be
    sent.load()
    upright = ImageOps.exif_transpose(sent)
    plain = _in_plain_colours(upright)
    if role == PictureRole.PHOTO and plain.mode == "RGBA":
        paper = Image.new("RGBA", plain.size, "white")
        plain = Image.alpha_composite(paper, plain).convert("RGB")
    return plain


def _in_plain_colours(picture: Image.Image) -> Image.Image:
    """In red, green and blue; with how much can be seen through, where anything can."""
    if picture.mode in DEEP:
        picture = picture.convert("I").point(lambda shade: shade / 256).convert("L")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _written(picture: Image.Image, kind: str) -> bytes:
    """The bytes of a picture in a format, without what writers copy from the file that was read."""
    picture.info.clear()
    buffer = io.BytesIO()
    picture.save(buffer, kind.upper(), **WRITTEN[kind])
    return buffer.getvalue()
