"""The pages on which a business keeps its pictures, and where pictures are seen: by everybody once they are live, and
before that by its business and by moderators."""

from typing import Any

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from c4s.accounts.session import this_person
from c4s.core.errors import Refused
from c4s.directory import picturing
from c4s.directory.models import Supplier
from c4s.directory.picturing import LARGEST, NotTaken, Unfit
from c4s.directory.rules import PictureRole
from c4s.directory.tasks import Task
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.bilingual import Bilingual
from c4s.profiles import pictures as kept_pictures
from c4s.profiles import pieces, pieces_phrases, pieces_rules, queries, rules
from c4s.profiles.pictures import Kept
from c4s.profiles.pieces_forms import PictureForm
from c4s.profiles.pieces_pages import (
    CY,
    EN,
    SPEAKS_FOR_IT,
    done,
    found,
    list_page,
    page,
    piece_of,
    refuse,
    remove_page,
    somebody_elses,
)
from c4s.profiles.pieces_rules import MOST_PHOTOS, Outcome
from c4s.profiles.rules import PICTURE
from c4s.web.access import GET_AND_POST, May, open_to_all
from c4s.web.headers import PUBLIC
from c4s.web.rights import Right

pictures = BilingualBlueprint("pictures", __name__)
moderated_pictures = BilingualBlueprint("moderated_pictures", __name__)
public_pictures = Blueprint("public_pictures", __name__)

MOST_SENT = 3 * LARGEST
"""Bytes that these pages read at all. More than a picture may have, so that it is said beside the box that it is too
large, and nothing typed is lost."""
MODERATES = May(Right.MODERATE)
ALONE = "default-src 'none'; sandbox"
"""The policy of a file that somebody opens by itself: it is nothing but a picture."""


# ---- Seeing them ----


def _answer(found: Kept | None) -> Response:
    """A file of a picture, or 404. The address never holds another, but readers lose it as soon as it is not live."""
    if found is None:
        abort(404)
    response = Response(found.data, mimetype=picturing.TYPES[found.format])
    response.headers["Content-Security-Policy"] = ALONE
    return response


@public_pictures.get("/pictures/<token>/<int:width>.<kind>")
@open_to_all()
def file(token: str, width: int, kind: str) -> Response:
    """A picture that readers may see: kept for a minute, and then asked for again by its name."""
    found = kept_pictures.kept(token, width, kind)
    response = _answer(found if found and found.is_public else None)
    response.headers["Cache-Control"] = PUBLIC
    response.set_etag(f"{token}-{width}-{kind}")
    return response.make_conditional(request)  # type: ignore[return-value]


@pictures.page(
    cy=f"{CY}/lluniau/<token>/<int:width>.<kind>",
    en=f"{EN}/pictures/<token>/<int:width>.<kind>",
    access=SPEAKS_FOR_IT,
)
def waiting(business_id: int, supplier_id: int, token: str, width: int, kind: str) -> ResponseReturnValue:
    """A picture as its business sees it, live or not."""
    supplier, one = found(business_id, supplier_id), kept_pictures.kept(token, width, kind)
    return _answer(one if one and one.supplier_id == supplier.id else None)


@moderated_pictures.page(
    cy="/staff/cymedroli/lluniau/<token>/<int:width>.<kind>",
    en="/staff/moderation/pictures/<token>/<int:width>.<kind>",
    access=MODERATES,
)
def show(token: str, width: int, kind: str) -> ResponseReturnValue:
    """A picture as moderators see it, live or not."""
    return _answer(kept_pictures.kept(token, width, kind))


@moderated_pictures.page(
    cy="/staff/cymedroli/lluniau/<token>", en="/staff/moderation/pictures/<token>", access=MODERATES
)
def whole(token: str) -> ResponseReturnValue:
    """The largest file of a picture that every browser knows."""
    return _answer(kept_pictures.kept(token))


# ---- Keeping them ----


@pictures.page(cy=f"{CY}/lluniau", en=f"{EN}/pictures", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def index(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """The pictures of an entry, as they are being written."""
    return list_page("profiles/pictures.html", business_id, supplier_id, PICTURE, _facts)


def _facts(supplier: Supplier, written: queries.Written) -> dict[str, Any]:
    return {
        "shown": kept_pictures.of_entry(supplier.id),
        "has_logo": pieces_rules.logo(written.content) is not None,
        "is_full": len(pieces_rules.photos(written.content)) >= MOST_PHOTOS,
    }


@pictures.page(cy=f"{CY}/lluniau/logo", en=f"{EN}/pictures/logo", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def logo(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """Add a logo."""
    return _add(business_id, supplier_id, PictureRole.LOGO)


@pictures.page(cy=f"{CY}/lluniau/llun", en=f"{EN}/pictures/photo", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def photo(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """Add a photograph."""
    return _add(business_id, supplier_id, PictureRole.PHOTO)


def _take_up(form: PictureForm, supplier: Supplier, role: PictureRole, *, is_needed: bool) -> None:
    """Keep the file that was sent, if there is one: it need not be sent again when something else must be mended.
    ``form.kept`` names it; what is wrong with it is said beside its box."""
    if form.form_errors:
        return  # the page had been open for too long, or the form is none of ours
    sent = request.files.get("file")
    data = sent.read(LARGEST + 1) if sent else b""
    here = kept_pictures.of_entry(supplier.id)
    if form.kept.data not in here:
        form.kept.data = ""
    if not data and (form.kept.data or not is_needed):
        return
    business_id, supplier_id, by_id = supplier.business_id or 0, supplier.id, this_person().id
    try:
        if data:
            pieces.count_picture(business_id, supplier_id, by_id=by_id)
        drawn = picturing.drawn(data, role)
        form.kept.data = pieces.keep_picture(business_id, supplier_id, drawn, by_id=by_id)
    except NotTaken as problem:
        form.file.errors = [picturing.WORDS[problem.why if sent and sent.filename else Unfit.NOTHING]]
    except Refused as refusal:
        refuse(form, refusal)


def _add(business_id: int, supplier_id: int, role: PictureRole) -> ResponseReturnValue:
    request.max_content_length = MOST_SENT  # before anything of the form is read
    supplier, form = found(business_id, supplier_id), PictureForm()
    if request.method == "POST" and not form.only_shows_again:
        is_right = form.validate_on_submit()
        _take_up(form, supplier, role, is_needed=True)
        if is_right and not form.errors:
            token = form.kept.data or ""
            try:
                pieces.add_picture(business_id, supplier_id, token, role, form.text("alt"), by_id=this_person().id)
            except Refused as refusal:
                refuse(form, refusal)
            else:
                return done(Outcome.PICTURE_SAVED, ".index", found(business_id, supplier_id))
        supplier = found(business_id, supplier_id)
    return _form_page(supplier, form, role, None)


def _form_page(
    supplier: Supplier, form: PictureForm, role: PictureRole, row: pieces_rules.Piece | None, theirs: object = None
) -> ResponseReturnValue:
    shown = kept_pictures.of_entry(supplier.id)
    sent = shown.get(form.kept.data or "")
    return page(
        "profiles/picture.html",
        supplier,
        form,
        role=role,
        row=row,
        theirs=theirs,
        sent=sent,
        picture=sent or (shown.get(row.key) if row else None),
    )


@pictures.page(cy=f"{CY}/lluniau/<token>", en=f"{EN}/pictures/<token>", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def change(business_id: int, supplier_id: int, token: str) -> ResponseReturnValue:
    """Describe a picture in other words, or put another in its place."""
    request.max_content_length = MOST_SENT  # before anything of the form is read
    supplier = found(business_id, supplier_id)
    now, row = piece_of(supplier, PICTURE, token)
    role = PictureRole(row.value["role"])
    form, theirs = PictureForm(Bilingual(**row.value["alt"]), rules.marks(now, [row.field])), None
    if request.method == "POST" and not form.only_shows_again:
        is_right = form.validate_on_submit()
        _take_up(form, supplier, role, is_needed=False)
        if is_right and not form.errors:
            try:
                pieces.change_picture(
                    business_id,
                    supplier_id,
                    token,
                    form.text("alt"),
                    seen=form.seen.data or "",
                    replacement=form.kept.data or "",
                    by_id=this_person().id,
                )
            except Refused as refusal:
                refuse(form, refusal)
                theirs = somebody_elses(form, found(business_id, supplier_id), row, refusal)
            else:
                return done(Outcome.PICTURE_SAVED, ".index", found(business_id, supplier_id))
        supplier = found(business_id, supplier_id)
    return _form_page(supplier, form, role, row, theirs)


@pictures.page(
    cy=f"{CY}/lluniau/<token>/tynnu", en=f"{EN}/pictures/<token>/remove", access=SPEAKS_FOR_IT, methods=GET_AND_POST
)
def remove(business_id: int, supplier_id: int, token: str) -> ResponseReturnValue:
    """Take a picture out of the draft."""
    return remove_page(business_id, supplier_id, PICTURE, token, pieces_phrases.REMOVE_PICTURE, Outcome.PICTURE_REMOVED)


TASK = Task(pieces_phrases.PICTURES, "pictures.index", "profile")
