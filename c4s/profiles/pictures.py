"""The pictures of profiles: where they are, what readers see of them, and when they go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app, has_request_context, request
from sqlalchemy import ColumnElement, delete, select

from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.units import unit_of_work
from c4s.directory import picturing
from c4s.directory.models import Picture, PictureFile, Supplier
from c4s.directory.rules import PictureRole, has_page
from c4s.directory.showing import Part, Rows
from c4s.i18n import addresses
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import current_language
from c4s.i18n.references import LARGEST
from c4s.moderation.models import Revision
from c4s.moderation.rules import RevisionState
from c4s.profiles.pieces_rules import KEEP_UNUSED
from c4s.profiles.rules import PICTURE

PROFILE = "profile"
"""What moderation calls versions of profiles."""
NEEDED_BY = (RevisionState.DRAFT, RevisionState.SUBMITTED, RevisionState.PUBLISHED, RevisionState.SUPERSEDED)
"""Versions whose pictures are kept: those that are being written or read, and those that can be restored."""
AT_ONCE = 200


# ---- Where they are ----


def private_path(supplier_id: int, token: str) -> str:
    """Where the files of a picture are that readers may not see yet: the beginning of their addresses, on the page of
    its business or of a moderator that is being made."""
    values = (request.view_args or {}) if has_request_context() else {}
    if "business_id" not in values:
        return address_for_moderators(token) + "/"
    of_entry = {"business_id": values["business_id"], "supplier_id": supplier_id}
    return addresses.path(current_app, "pictures.change", current_language(), token=token, **of_entry) + "/"


def address_for_moderators(token: str) -> str:
    """Where a moderator sees a picture, live or not."""
    return addresses.path(current_app, "moderated_pictures.whole", current_language(), token=token)


@dataclass(frozen=True)
class Kept:
    """One file of a picture, and whether readers may see it."""

    data: bytes
    format: str
    supplier_id: int
    is_public: bool


def kept(token: str, width: int | None = None, kind: str = "") -> Kept | None:
    """One file of a picture.

    Args:
        width, kind: of the file; the largest that every browser knows when they are left out.
    """
    if (width or 0) > LARGEST or not f"{token}{kind}".isprintable():
        return None  # a database would stumble over these
    where: tuple[ColumnElement[bool], ...] = (PictureFile.width == width, PictureFile.format == kind)
    if width is None:
        where = (PictureFile.format != "webp",)
    found = db.session.execute(
        select(
            PictureFile.data,
            PictureFile.format,
            Supplier.id,
            Picture.is_live,
            Supplier.status,
            Supplier.taken_down_at,
        )
        .join(Picture, Picture.id == PictureFile.picture_id)
        .join(Supplier, Supplier.id == Picture.supplier_id)
        .where(Picture.token == token, *where)
        .order_by(PictureFile.width.desc())
        .limit(1)
    ).first()
    if found is None:
        return None
    is_public = found[3] and has_page(found[4], is_taken_down=found[5] is not None)
    return Kept(found[0], found[1], found[2], is_public)


@dataclass(frozen=True)
class Shown:
    """A picture as a page shows it.

    Attributes:
        path: where its files are: the beginning of their addresses.
        widths: in which it is, the narrowest first.
        width, height: of the largest.
        fallback: the format for browsers without WebP.
    """

    path: str
    alt: Bilingual
    widths: Sequence[int]
    width: int
    height: int
    fallback: str


def _sizes(where: ColumnElement[bool]) -> list[tuple[Picture, list[int]]]:
    """Pictures in their order, each with its widths, in one statement."""
    found: dict[Picture, list[int]] = {}
    for picture, width in db.session.execute(
        select(Picture, PictureFile.width)
        .join(PictureFile, (PictureFile.picture_id == Picture.id) & (PictureFile.format == "webp"))
        .where(where)
        .order_by(Picture.position, Picture.id, PictureFile.width)
    ):
        found.setdefault(picture, []).append(width)
    return list(found.items())


def of_entry(supplier_id: int) -> dict[str, Shown]:
    """The pictures of an entry by their tokens, live or not, for a page of its business."""
    return {
        picture.token: Shown(
            private_path(supplier_id, picture.token),
            picture.alt,
            widths,
            picture.width,
            picture.height,
            picturing.FALLBACK[picture.role],
        )
        for picture, widths in _sizes(Picture.supplier_id == supplier_id)
    }


# ---- What readers see ----


def _load(role: PictureRole, supplier_ids: Sequence[int]) -> Mapping[int, Rows]:
    rows: dict[int, list[dict[str, Any]]] = {}
    where = Picture.supplier_id.in_(supplier_ids) & (Picture.role == role) & Picture.is_live
    for picture, widths in _sizes(where):
        rows.setdefault(picture.supplier_id, []).append(
            {
                "token": picture.token,
                "alt": {"cy": picture.alt.cy, "en": picture.alt.en},
                "widths": widths,
                "width": picture.width,
                "height": picture.height,
                "fallback": picturing.FALLBACK[role],
            }
        )
    return rows


def _load_photos(supplier_ids: Sequence[int]) -> Mapping[int, Rows]:
    return _load(PictureRole.PHOTO, supplier_ids)


def _load_logo(supplier_ids: Sequence[int]) -> Mapping[int, Rows]:
    return _load(PictureRole.LOGO, supplier_ids)


def _read(rows: Rows, today: date) -> list[Shown]:
    return [
        Shown(
            picturing.public_path(row["token"]),
            Bilingual(**row["alt"]),
            row["widths"],
            row["width"],
            row["height"],
            row["fallback"],
        )
        for row in rows
    ]


PHOTOS = Part("photos", _load_photos, _read, "profiles/shown_photos.html")
LOGO = Part("logo", _load_logo, _read, "profiles/shown_logo.html", beside=True)


# ---- When they go ----


@unit_of_work
def forget_unused(moment: datetime | None = None) -> int:
    """Forget the pictures that readers do not see and that no version needs any more, a day after they were sent.
    Doing it again changes nothing.

    Returns:
        how many.
    """
    before = (moment or now()) - KEEP_UNUSED
    waiting = db.session.execute(
        select(Picture.id, Picture.token, Picture.supplier_id)
        .where(Picture.is_live.is_(False), Picture.created_at <= before)
        .order_by(Picture.supplier_id)
    ).all()
    number = 0
    suppliers = sorted({row[2] for row in waiting})
    for start in range(0, len(suppliers), AT_ONCE):
        some = suppliers[start : start + AT_ONCE]
        needed = {
            name.removeprefix(PICTURE)
            for content in db.session.scalars(
                select(Revision.content).where(
                    Revision.kind == PROFILE, Revision.subject_id.in_(some), Revision.state.in_(NEEDED_BY)
                )
            )
            for name in content
            if name.startswith(PICTURE)
        }
        gone = [row[0] for row in waiting if row[2] in some and row[1] not in needed]
        rows_changed(delete(PictureFile).where(PictureFile.picture_id.in_(gone)))
        number += rows_changed(delete(Picture).where(Picture.id.in_(gone)))
    return number
