"""What a business does with its profile: each verb is one unit of work, and asks again who may.

Locks are taken in one order: the business, then the entry. The row of the business keeps two of its people apart.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import delete

from c4s.audit import trail
from c4s.audit.trail import Entered
from c4s.businesses import steps
from c4s.businesses.models import Business
from c4s.businesses.rules import BusinessKind, MemberRole
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.errors import Refused
from c4s.core.units import unit_of_work
from c4s.directory import queries as entries
from c4s.directory import removing
from c4s.directory.models import Claim, Picture, Supplier
from c4s.directory.rules import LegalForm, SupplierStatus
from c4s.moderation import actions as moderation
from c4s.moderation import queries as versions
from c4s.moderation.rules import RevisionState
from c4s.profiles import content, joint_work, queries, rules
from c4s.profiles.rules import Did, WhyNot

OWNER, EDITOR = MemberRole.OWNER, MemberRole.EDITOR
SOURCE = "profile"
"""Of entries that a business made here: no list has them."""
FORMS = {BusinessKind.SOLE_TRADER: LegalForm.SOLE_TRADER}
"""What the kind of a business says of its legal form, where it says anything."""


@unit_of_work
def make(business_id: int, *, by_id: int, entered: Entered | None = None) -> int:
    """Begin an entry for a business that keeps none, with what it has told of itself; readers do not see it yet.

    Args:
        entered: how a member of staff came to do it for ``by_id``.

    Returns:
        the number of the entry.

    Raises:
        Refused: ``HAS_ONE``; businesses' ``NOT_THERE`` and ``NOT_YOURS``.
    """
    business, _ = steps.held_for(business_id, by_id, OWNER)
    if entries.entries_of(business_id):
        raise Refused(WhyNot.HAS_ONE)
    moment = now()
    supplier = Supplier(
        name=business.name,
        status=SupplierStatus.UNPUBLISHED,
        claim=Claim.CLAIMED,
        source=SOURCE,
        source_id=secrets.token_hex(8),
        business_id=business_id,
        created_at=moment,
        updated_at=moment,
    )
    db.session.add(supplier)
    db.session.flush()
    trail.record(Did.MADE, "supplier", supplier.id, **trail.doer(by_id, entered), business=business_id)
    moderation.save(content.NAME, supplier.id, _told(business), by_id=by_id, entered=entered)
    return supplier.id


def _told(business: Business) -> dict[str, Any]:
    """What a business has told of itself already, as the content of a profile."""
    return {
        "name": business.name,
        "legal_form": str(FORMS.get(business.kind, "")),
        "social_enterprise": business.kind == BusinessKind.SOCIAL_ENTERPRISE,
        "company_number": business.company_number,
        "charity_number": business.charity_number,
        "postcode": business.postcode,
        "website": business.website,
        "serves_in_english": True,
    }


def _entry(business_id: int, supplier_id: int, by_id: int) -> Supplier:
    """An entry of a business that somebody speaks for.

    Raises:
        Refused: ``NO_SUCH_ENTRY``; businesses' ``NOT_THERE``.
    """
    steps.held_for(business_id, by_id, OWNER, EDITOR)
    supplier = entries.entry_of(business_id, supplier_id)
    if supplier is None:
        raise Refused(WhyNot.NO_SUCH_ENTRY)
    return supplier


@unit_of_work
def save(
    business_id: int,
    supplier_id: int,
    values: Mapping[str, Any],
    *,
    by_id: int,
    drop: Collection[str] = (),
    seen: str = "",
    taking: Collection[str] = (),
    entered: Entered | None = None,
) -> bool:
    """Keep what somebody has written in some fields, complete or not; readers see nothing of it.

    Args:
        drop: fields that come and go, and go.
        seen: the marks of the fields when the page was opened (see ``rules.to_save``); empty when nobody looked.
        taking: fields in which a moderator's words are to stand.
        entered: how a member of staff came to write it down for ``by_id``.

    Returns:
        whether anything changed.

    Raises:
        Refused: ``SAVED_MEANWHILE`` with ``fields``, ``NO_SUCH_ENTRY``; moderation's ``SUBMITTED`` and
            ``NOTHING_SUGGESTED``; businesses' ``NOT_THERE``.
    """
    supplier = _entry(business_id, supplier_id, by_id)
    own = {name: value for name, value in values.items() if name not in taking}
    changes = rules.to_save(queries.current(supplier), own, seen)
    for field in taking:
        moderation.take_suggestion(content.NAME, supplier_id, field, by_id=by_id, entered=entered)
    if changes or drop:
        moderation.save(content.NAME, supplier_id, changes, by_id=by_id, drop=drop, entered=entered)
    return bool(changes or drop or taking)


@unit_of_work
def submit(business_id: int, supplier_id: int, *, by_id: int, entered: Entered | None = None) -> None:
    """Ask staff to read what was written.

    Args:
        entered: how a member of staff came to do it for ``by_id``.

    Raises:
        Refused: ``NO_SUCH_ENTRY``; moderation's ``INCOMPLETE`` with ``fields``, ``NOTHING_CHANGED``; businesses'
            ``NOT_THERE``.
    """
    _entry(business_id, supplier_id, by_id)
    moderation.submit(content.NAME, supplier_id, by_id=by_id, entered=entered)


@unit_of_work
def withdraw(business_id: int, supplier_id: int, *, by_id: int, entered: Entered | None = None) -> None:
    """Take back what waits: it is a draft again.

    Args:
        entered: how a member of staff came to do it for ``by_id``.

    Raises:
        Refused: ``NO_SUCH_ENTRY``; moderation's ``NOTHING_CHANGED``; businesses' ``NOT_THERE``.
    """
    _entry(business_id, supplier_id, by_id)
    moderation.withdraw(content.NAME, supplier_id, by_id=by_id, entered=entered)


@unit_of_work
def discard(business_id: int, supplier_id: int, *, by_id: int) -> bool:
    """Delete what was written since staff last agreed; with it an entry of which nothing was ever published.

    Returns:
        whether the entry is still there.

    Raises:
        Refused: ``NO_SUCH_ENTRY``; moderation's ``SUBMITTED`` while it waits; businesses' ``NOT_THERE``.
    """
    supplier = _entry(business_id, supplier_id, by_id)
    moderation.discard(content.NAME, supplier_id, by_id=by_id)
    if supplier.source != SOURCE or supplier.status != SupplierStatus.UNPUBLISHED:
        return True
    _remove([supplier])
    return False


# ---- When a business goes ----


def released(business_id: int) -> None:
    """A business is about to go: with it go the entries that it made here, and all that it wrote and nobody has read.
    A part of that unit of work, and to be called before the directory lets go of its entries.

    An entry that it claimed stays, and counts as imported again: so it says what its list said, and not what somebody
    wrote who is gone. Its versions go all the same, for another business may claim it.
    """
    kept = entries.entries_of(business_id)
    ids = [supplier.id for supplier in kept]
    if not ids:
        return
    for supplier in kept:
        if supplier.source != SOURCE:
            _as_its_list_said(supplier)
    moderation.forget(content.NAME, ids)
    rows_changed(delete(Picture).where(Picture.supplier_id.in_(ids), Picture.is_live.is_(False)))
    joint_work.words_end([supplier for supplier in kept if supplier.source != SOURCE])
    _remove([supplier for supplier in kept if supplier.source == SOURCE])


def _as_its_list_said(supplier: Supplier) -> None:
    """Make an entry say again what readers saw before its business changed anything: the first version, by nobody."""
    first = versions.version(content.NAME, supplier.id, 1)
    if first is not None and first.author_id is None and first.state == RevisionState.SUPERSEDED:
        content.publish(supplier.id, first.content, 0)
    supplier.can_take_work = supplier.messages_off_at = supplier.confirmed_on = None


def _remove(made: Sequence[Supplier]) -> None:
    """Delete entries, with all versions of them; whoever did work together with one shows it no more, and is told."""
    ids = [supplier.id for supplier in made]
    moderation.forget(content.NAME, ids)
    joint_work.words_end(made)
    removing.remove(made)
