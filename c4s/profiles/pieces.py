"""What a business does with the pieces of its draft that come and go: services, pictures, joint work. Each verb is one
unit of work; readers see nothing of it before a moderator has.

Locks are taken as in ``actions``: the business first.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from c4s.audit import trail
from c4s.businesses import steps
from c4s.businesses.rules import MemberRole
from c4s.core import throttle
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import unit_of_work
from c4s.directory import queries as entries
from c4s.directory.models import Picture, PictureFile, Supplier
from c4s.directory.picturing import Drawn
from c4s.directory.rules import PictureRole
from c4s.i18n.bilingual import Bilingual
from c4s.profiles import actions, pieces_rules, queries
from c4s.profiles.pieces_rules import Did, WhyNot
from c4s.profiles.rules import JOINT, PICTURE, SERVICE

Value = dict[str, Any]


def _entry(business_id: int, supplier_id: int, by_id: int) -> Supplier:
    """An entry of a business that somebody speaks for; the business is held.

    Raises:
        Refused: ``GONE``; businesses' ``NOT_THERE``.
    """
    steps.held_for(business_id, by_id, MemberRole.OWNER, MemberRole.EDITOR)
    supplier = entries.entry_of(business_id, supplier_id)
    if supplier is None:
        raise Refused(WhyNot.GONE)
    return supplier


def _new_key() -> str:
    return secrets.token_hex(4)


# ---- Any of them ----


@unit_of_work
def move(business_id: int, supplier_id: int, prefix: str, key: str, step: int, *, by_id: int) -> None:
    """Let one change places with its neighbour; at the end of the row, nothing changes.

    Args:
        step: -1 towards the front, 1 towards the end.

    Raises:
        Refused: ``GONE``; moderation's ``SUBMITTED``; businesses' ``NOT_THERE``.
    """
    supplier = _entry(business_id, supplier_id, by_id)
    changed = pieces_rules.moved(queries.current(supplier), prefix, key, step)
    if changed:
        actions.save(business_id, supplier_id, changed, by_id=by_id)


@unit_of_work
def remove(business_id: int, supplier_id: int, prefix: str, key: str, *, by_id: int) -> None:
    """Take one out of the draft.

    Raises:
        Refused: as ``move``.
    """
    supplier = _entry(business_id, supplier_id, by_id)
    found = pieces_rules.piece(queries.current(supplier), prefix, key)
    actions.save(business_id, supplier_id, {}, by_id=by_id, drop=[found.field])


# ---- Services ----


@unit_of_work
def add_service(business_id: int, supplier_id: int, value: Value, *, by_id: int) -> str:
    """Put a service into the draft, after those that are there.

    Args:
        value: all that a content says of a service but its position.

    Returns:
        its key.

    Raises:
        Refused: ``TOO_MANY_SERVICES``, ``GONE``; moderation's ``SUBMITTED``; businesses' ``NOT_THERE``.
    """
    content, key = queries.current(_entry(business_id, supplier_id, by_id)), _new_key()
    pieces_rules.may_add_service(content)
    position = pieces_rules.next_position(content, SERVICE)
    actions.save(business_id, supplier_id, {SERVICE + key: {**value, "position": position}}, by_id=by_id)
    return key


@unit_of_work
def change_service(business_id: int, supplier_id: int, key: str, value: Value, *, seen: str, by_id: int) -> None:
    """Say something else of a service.

    Args:
        seen: its mark when the page was opened.

    Raises:
        Refused: ``GONE``; profiles' ``SAVED_MEANWHILE``; moderation's ``SUBMITTED``; businesses' ``NOT_THERE``.
    """
    _change(business_id, supplier_id, SERVICE, key, value, seen=seen, by_id=by_id)


def _change(
    business_id: int, supplier_id: int, prefix: str, key: str, value: Mapping[str, Any], *, seen: str, by_id: int
) -> None:
    found = pieces_rules.piece(queries.current(_entry(business_id, supplier_id, by_id)), prefix, key)
    actions.save(business_id, supplier_id, {found.field: {**found.value, **value}}, by_id=by_id, seen=seen)


# ---- Pictures ----


@unit_of_work
def count_picture(business_id: int, supplier_id: int, *, by_id: int) -> None:
    """Count a file that somebody has just sent, before anything of it is decoded: one that turns out to be no picture
    is as much work for the machine.

    Raises:
        Refused: ``GONE``; with ``TooMany``; businesses' ``NOT_THERE``.
    """
    _entry(business_id, supplier_id, by_id)
    throttle.count("picture", str(supplier_id), limit=pieces_rules.UPLOADS, window=pieces_rules.UPLOADS_WINDOW)


@unit_of_work
def keep_picture(business_id: int, supplier_id: int, drawn: Drawn, *, by_id: int) -> str:
    """Keep a picture that somebody has just sent, so that it need not be sent again when something else is still to be
    mended. It is in no profile yet; if it comes into none, it goes after a day.

    Returns:
        its token.

    Raises:
        Refused: ``GONE``; businesses' ``NOT_THERE``.
    """
    _entry(business_id, supplier_id, by_id)
    picture = Picture(
        token=secrets.token_urlsafe(16),
        supplier_id=supplier_id,
        role=drawn.role,
        width=drawn.width,
        height=drawn.height,
        created_at=now(),
    )
    db.session.add(picture)
    db.session.flush()
    db.session.add_all(
        PictureFile(picture_id=picture.id, width=width, format=kind, data=data)
        for (width, kind), data in drawn.files.items()
    )
    trail.record(Did.PICTURE_SENT, "supplier", supplier_id, by=trail.person(by_id), picture=picture.id)
    return picture.token


@unit_of_work
def add_picture(
    business_id: int, supplier_id: int, token: str, role: PictureRole, alt: Bilingual, *, by_id: int
) -> None:
    """Put a picture that was kept into the draft, after those that are there. The same again changes its words alone.

    Raises:
        Refused: ``GONE`` when this entry has no such picture; ``HAS_LOGO``, ``TOO_MANY_PHOTOS``; moderation's
            ``SUBMITTED``; businesses' ``NOT_THERE``.
    """
    content = queries.current(_entry(business_id, supplier_id, by_id))
    _kept(supplier_id, token, role)
    field = PICTURE + token
    if field in content:
        position = content[field]["position"]
    else:
        pieces_rules.may_add_picture(content, role)
        position = pieces_rules.next_position(content, PICTURE)
    value = {"role": str(role), "alt": _pair(alt), "position": position}
    actions.save(business_id, supplier_id, {field: value}, by_id=by_id)


@unit_of_work
def change_picture(
    business_id: int, supplier_id: int, token: str, alt: Bilingual, *, seen: str, by_id: int, replacement: str = ""
) -> None:
    """Describe a picture in other words, or put another in its place.

    Args:
        seen: its mark when the page was opened.
        replacement: the token of one that was kept.

    Raises:
        Refused: ``GONE``; profiles' ``SAVED_MEANWHILE``; moderation's ``SUBMITTED``; businesses' ``NOT_THERE``.
    """
    content = queries.current(_entry(business_id, supplier_id, by_id))
    found = pieces_rules.piece(content, PICTURE, token)
    value = {**found.value, "alt": _pair(alt)}
    if not replacement:
        actions.save(business_id, supplier_id, {found.field: value}, by_id=by_id, seen=seen)
        return
    _kept(supplier_id, replacement, PictureRole(value["role"]))
    actions.save(business_id, supplier_id, {PICTURE + replacement: value}, by_id=by_id, drop=[found.field])


def _kept(supplier_id: int, token: str, role: PictureRole) -> None:
    """Let a picture pass that is of this entry and made for this."""
    found = db.session.query(Picture).filter_by(token=token, supplier_id=supplier_id, role=role).one_or_none()
    if found is None:
        raise Refused(WhyNot.GONE)


def _pair(text: Bilingual) -> dict[str, str]:
    return {"cy": text.cy, "en": text.en}


# ---- Joint work ----


@unit_of_work
def add_joint_work(
    business_id: int, supplier_id: int, other_id: int, what: Bilingual, year: int | None, *, by_id: int
) -> str:
    """Say in the draft that work was done together with another business.

    Returns:
        its key.

    Raises:
        Refused: ``NOT_THAT_PARTY``, ``TOO_MANY_JOINT``, ``GONE``; moderation's ``SUBMITTED``; businesses'
            ``NOT_THERE``.
    """
    supplier = _entry(business_id, supplier_id, by_id)
    content, other, key = queries.current(supplier), entries.supplier(other_id), _new_key()
    pieces_rules.may_name(
        is_oneself=other_id == supplier_id or (other is not None and other.business_id == business_id),
        is_listed=other is not None and other.is_listed,
        is_kept=other is not None and other.business_id is not None,
    )
    pieces_rules.may_add_joint_work(content)
    value = {"supplier_id": other_id, "what": _pair(what), "year": year}
    actions.save(business_id, supplier_id, {JOINT + key: value}, by_id=by_id)
    return key


@unit_of_work
def change_joint_work(
    business_id: int, supplier_id: int, key: str, what: Bilingual, year: int | None, *, seen: str, by_id: int
) -> None:
    """Say it in other words: once they are live, the other business is asked again.

    Raises:
        Refused: ``GONE``; profiles' ``SAVED_MEANWHILE``; moderation's ``SUBMITTED``; businesses' ``NOT_THERE``.
    """
    _change(business_id, supplier_id, JOINT, key, {"what": _pair(what), "year": year}, seen=seen, by_id=by_id)
