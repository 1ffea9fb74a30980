"""Pictures that strangers send: hostile ones are refused, all others are written anew."""

import io
import struct
import subprocess
import sys
import zlib

import pytest
from PIL import Image, ImageFile, PngImagePlugin

from c4s.core.config import ROOT
from c4s.directory import picturing
from c4s.directory.picturing import LARGEST, NotTaken, Unfit, drawn
from c4s.directory.rules import PictureRole

pytestmark = pytest.mark.either_database

PHOTO, LOGO = PictureRole.PHOTO, PictureRole.LOGO
SECRET = b"HERE-IS-THE-HOUSE"
ZIP = b"PK\x03\x04\x14\x00\x00\x00\x00\x00" + SECRET
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><script>alert(1)</script>"


def a_file(kind="PNG", size=(1200, 800), mode="RGB", colour=(10, 120, 60), **more):
    """The bytes of a picture of one colour."""
    buffer = io.BytesIO()
    Image.new(mode, size, colour).save(buffer, kind, **more)
    return buffer.getvalue()


def with_everything(kind):
    """A picture that tells where it was taken, by what, and more."""
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()  # the maker of the camera
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[29] = SECRET.decode()  # among what satellites said
    more = {"exif": exif, "icc_profile": SECRET * 3}
    if kind == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", SECRET.decode(), zip=False)
        notes.add_itxt("XML:com.adobe.xmp", SECRET.decode())
        more["pnginfo"] = notes
    if kind in ("JPEG", "WEBP"):
        more["xmp"] = SECRET
    if kind == "JPEG":
        more["comment"] = SECRET
    return a_file(kind, **more)


def header_of(width, height):
    """A PNG whose header says how large it is, with hardly anything behind it."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def moving(kind):
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green")]
    buffer = io.BytesIO()
    frames[0].save(buffer, kind, save_all=True, append_images=frames[1:], duration=100)
    return buffer.getvalue()


def why_not(data, role=PHOTO):
    with pytest.raises(NotTaken) as refusal:
        drawn(data, role)
    return refusal.value.why


def seen(made, width, kind):
    return Image.open(io.BytesIO(made.files[width, kind]))


# ---- Refused ----


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", Unfit.NOTHING),
        (b"\x89PNG\r\n\x1a\n" + b"x" * LARGEST, Unfit.TOO_LARGE),
        (SVG, Unfit.NOT_A_PICTURE),
        (HTML, Unfit.NOT_A_PICTURE),
        (ZIP, Unfit.NOT_A_PICTURE),
        (b"GIF89a" + SECRET, Unfit.NOT_A_PICTURE),
        (moving("GIF"), Unfit.NOT_A_PICTURE),
        (a_file("GIF"), Unfit.NOT_A_PICTURE),
        (a_file("BMP"), Unfit.NOT_A_PICTURE),
        (a_file("TIFF"), Unfit.NOT_A_PICTURE),
        (ZIP + a_file(), Unfit.NOT_A_PICTURE),
        (HTML + a_file("JPEG"), Unfit.NOT_A_PICTURE),
        (b"no picture at all", Unfit.NOT_A_PICTURE),
        (header_of(5_100, 5_100), Unfit.TOO_MANY_PIXELS),
        (header_of(65_000, 65_000), Unfit.TOO_MANY_PIXELS),
        (header_of(2**31 - 1, 2**31 - 1), Unfit.TOO_MANY_PIXELS),
        (moving("PNG"), Unfit.MOVES),
        (moving("WEBP"), Unfit.MOVES),
        (header_of(3_000, 3_000), Unfit.BROKEN),
        (a_file("JPEG")[:-400], Unfit.BROKEN),
        (a_file("PNG")[:200], Unfit.BROKEN),
        (a_file("PNG")[:-40], Unfit.BROKEN),
    ],
    ids=lambda value: str(value) if isinstance(value, Unfit) else f"{len(value)} bytes",
)
def test_what_is_no_picture_that_we_take_is_refused_and_we_say_why(data, why):
    assert (why_not(data, PHOTO), why_not(data, LOGO)) == (why, why)


def test_a_webp_that_ends_too_soon_is_refused():
    assert why_not(a_file("WEBP")[:-100]) in (Unfit.BROKEN, Unfit.NOT_A_PICTURE)


def test_a_picture_of_26_megapixels_is_refused_however_well_it_packs():
    data = a_file("PNG", (5_200, 5_000), "L", 0)
    assert (len(data) < 100_000, why_not(data)) == (True, Unfit.TOO_MANY_PIXELS)


def test_a_file_of_six_mib_is_refused_though_it_is_a_picture():
    assert why_not(a_file() + b"\0" * 6 * 1024 * 1024) == Unfit.TOO_LARGE


def test_what_is_cut_off_is_refused_also_where_somebody_allowed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever makes PDF files allows it for the whole process; once we have looked, it is as they left it."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert why_not(a_file("JPEG")[:-400]) == Unfit.BROKEN
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def test_words_that_unfold_to_a_gigabyte_are_not_unfolded():
    bomb = zlib.compress(b"\0" * 100_000_000, 9)
    body = b"Comment\0\0" + bomb
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    plain = a_file()
    assert why_not(plain[:33] + chunk + plain[33:]) == Unfit.BROKEN


# ---- Taken ----


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("role", [PHOTO, LOGO])
def test_nothing_is_kept_but_what_is_seen(kind, role):
    sent = with_everything(kind) + ZIP
    assert SECRET in sent
    made = drawn(sent, role)
    assert [key for key, data in made.files.items() if SECRET in data or b"Exif" in data or b"ICCP" in data] == []
    for width, name in made.files:
        told = {"exif", "icc_profile", "xmp", "comment", "Comment", "XML:com.adobe.xmp"}
        assert told & seen(made, width, name).info.keys() == set()


def test_photographs_and_logos_are_written_in_two_sizes_and_two_formats():
    assert set(drawn(a_file(), PHOTO).files) == {(480, "webp"), (480, "jpeg"), (960, "webp"), (960, "jpeg")}
    assert set(drawn(a_file(), LOGO).files) == {(160, "webp"), (160, "png"), (320, "webp"), (320, "png")}


def test_every_file_is_what_it_says_and_as_wide_as_it_says():
    for role in (PHOTO, LOGO):
        made = drawn(a_file(), role)
        for width, name in made.files:
            picture = seen(made, width, name)
            assert (picture.format, picture.width) == (name.upper(), width)
        assert (made.width, made.height) == (max(width for width, _ in made.files), round(made.width * 2 / 3))


def test_a_small_picture_is_never_made_larger():
    made = drawn(a_file(size=(300, 200)), PHOTO)
    assert ((made.width, made.height), set(made.files)) == ((300, 200), {(300, "webp"), (300, "jpeg")})


def test_a_picture_that_is_as_tall_as_a_tower_is_made_to_fit():
    made = drawn(a_file(size=(20, 20_000)), PHOTO)
    assert (made.height, made.width) == (1_920, 2)


def test_a_photograph_that_was_taken_sideways_is_turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    made = drawn(a_file("JPEG", (2_400, 1_600), exif=exif), PHOTO)
    assert (made.width, made.height) == (960, 1_440)


@pytest.mark.parametrize(
    ("kind", "mode", "colour"),
    [
        ("JPEG", "CMYK", (255, 0, 255, 0)),
        ("JPEG", "L", 150),
        ("PNG", "1", 1),
        ("PNG", "L", 150),
        ("PNG", "LA", (150, 128)),
        ("PNG", "P", 3),
        ("PNG", "RGBA", (10, 120, 60, 128)),
        ("PNG", "I;16", 40_000),
        ("WEBP", "RGBA", (10, 120, 60, 128)),
    ],
)
@pytest.mark.parametrize("role", [PHOTO, LOGO])
def test_every_sort_of_colour_is_understood(kind, mode, colour, role):
    made = drawn(a_file(kind, (400, 300), mode, colour), role)
    assert len(made.files) >= 2


def test_a_grey_of_sixteen_bits_stays_grey():
    made = drawn(a_file("PNG", (400, 300), "I;16", 0x8000), LOGO)
    assert seen(made, 320, "png").convert("L").getpixel((5, 5)) in range(126, 131)


def test_a_logo_stays_see_through_and_a_photograph_is_put_on_white_paper():
    sent = a_file("PNG", (400, 300), "RGBA", (255, 0, 0, 0))
    assert seen(drawn(sent, LOGO), 320, "png").convert("RGBA").getpixel((5, 5))[3] == 0
    red, green, blue = seen(drawn(sent, PHOTO), 400, "jpeg").getpixel((5, 5))
    assert min(red, green, blue) > 250


def test_a_palette_with_a_hole_is_seen_through():
    picture = Image.new("P", (400, 300), 0)
    picture.putpalette([255, 0, 0, 0, 255, 0])
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", transparency=0)
    assert seen(drawn(buffer.getvalue(), LOGO), 320, "png").convert("RGBA").getpixel((5, 5))[3] == 0


def test_what_stands_behind_a_picture_is_left_behind():
    made = drawn(a_file("JPEG") + ZIP, PHOTO)
    assert all(SECRET not in data and b"PK\x03\x04" not in data for data in made.files.values())


def test_the_decoder_is_not_loaded_before_a_picture_comes():
    code = "import sys, c4s.site; print(sorted(name for name in sys.modules if name.partition('.')[0] == 'PIL'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_type_is_said_of_every_format_that_is_written():
    assert {name for role in PictureRole for name in ("webp", picturing.FALLBACK[role])} == set(picturing.TYPES)
