"""What a business says from one day to the next, and readers see at once: room for work, messages, closing and opening.
No moderator reads it first; the trail keeps it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from c4s.audit import trail
from c4s.audit.trail import Entered
from c4s.businesses import steps
from c4s.businesses.models import Membership
from c4s.businesses.rules import MemberRole
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import held, unit_of_work
from c4s.directory import letters as directory_letters
from c4s.directory import queries as entries
from c4s.directory import showing
from c4s.directory.models import Service, Supplier
from c4s.directory.rules import Capacity, may_set_status
from c4s.i18n import formats
from c4s.profiles import pieces_letters as letters
from c4s.profiles import pieces_rules
from c4s.profiles.pieces_rules import Did, WhyNot

KIND = "supplier"


def _held(business_id: int, supplier_id: int, by_id: int) -> tuple[Supplier, Sequence[Membership]]:
    """An entry, held after its business, and those who speak for it.

    Raises:
        Refused: ``GONE``; businesses' ``NOT_THERE``.
    """
    _, members = steps.held_for(business_id, by_id, MemberRole.OWNER, MemberRole.EDITOR)
    if entries.entry_of(business_id, supplier_id) is None:
        raise Refused(WhyNot.GONE)
    return held(Supplier, supplier_id), members


@unit_of_work
def say(
    business_id: int,
    supplier_id: int,
    *,
    can_take_work: bool | None,
    capacities: Mapping[str, Capacity | None],
    wants_messages: bool,
    by_id: int,
) -> None:
    """Say whether there is room for work, and whether messages are welcome. What is said of a service has today's date,
    also when it was said before.

    Args:
        capacities: by the keys of services; what is not among them stays as it is.

    Raises:
        Refused: ``GONE``; businesses' ``NOT_THERE``.
    """
    supplier, _ = _held(business_id, supplier_id, by_id)
    moment = now()
    today = formats.uk(moment).date()
    supplier.can_take_work = can_take_work
    if wants_messages:
        supplier.messages_off_at = None
    elif supplier.messages_off_at is None:
        supplier.messages_off_at = moment
    for service in db.session.scalars(select(Service).where(Service.supplier_id == supplier_id)):
        if service.key in capacities:
            service.capacity = capacities[service.key]
            service.capacity_on = today if service.capacity else None
    trail.record(
        Did.SAID_NOW,
        KIND,
        supplier_id,
        by=trail.person(by_id),
        can_take_work=can_take_work,
        capacities={key: str(value or "") for key, value in capacities.items()},
        messages=wants_messages,
    )
    showing.renew([supplier_id], "services")


@unit_of_work
def close_or_open(business_id: int, supplier_id: int, did: Did, *, by_id: int, entered: Entered | None = None) -> bool:
    """Close a business for a time or for good, or open it again; everybody who speaks for it is told. Doing it again
    changes nothing.

    Args:
        did: ``PAUSED``, ``CLOSED`` or ``REOPENED``.
        entered: how a member of staff came to do it for ``by_id``.

    Returns:
        whether anything changed.

    Raises:
        Refused: ``NOT_NOW``, ``GONE``; as directory's ``may_set_status``; businesses' ``NOT_THERE``.
    """
    supplier, members = _held(business_id, supplier_id, by_id)
    is_owner = steps.roles(members)[by_id] == MemberRole.OWNER
    may_set_status(supplier.status, pieces_rules.MOVES[did][1], is_owner=is_owner)
    after = pieces_rules.status_after(supplier.status, did)
    if supplier.status == after:
        return False
    supplier.status = after
    trail.record(did, KIND, supplier_id, **trail.doer(by_id, entered))
    told = [one.person for one in members]
    if did == Did.CLOSED:
        directory_letters.closed(told, supplier)
    else:
        letters.status_changed(told, supplier, did)
    showing.renew([supplier_id], "services")
    return True
