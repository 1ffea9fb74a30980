"""Steps that several actions about businesses share: each is a part of its caller's unit of work."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete
from sqlalchemy.exc import NoResultFound

from c4s.accounts.models import Person
from c4s.businesses import queries
from c4s.businesses.models import Business, Invitation, Membership
from c4s.businesses.rules import MemberRole, WhyNot
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.errors import Refused
from c4s.core.units import held


def held_for(business_id: int, person_id: int, *allowed: MemberRole) -> tuple[Business, Sequence[Membership]]:
    """A business, held, and those who speak for it, for one who may act for it in one of these roles.

    Raises:
        Refused: ``NOT_THERE`` when it is none of theirs, or is gone; ``NOT_YOURS`` when their role does not allow it.
    """
    try:
        business = held(Business, business_id)
    except NoResultFound:
        raise Refused(WhyNot.NOT_THERE) from None
    members = queries.members_of(business_id)
    role = roles(members).get(person_id)
    if role is None:
        raise Refused(WhyNot.NOT_THERE)
    if role not in allowed:
        raise Refused(WhyNot.NOT_YOURS)
    return business, members


def roles(members: Iterable[Membership]) -> dict[int, MemberRole]:
    """Who is what, by the number of the person."""
    return {one.person_id: one.role for one in members}


def owners(members: Iterable[Membership], *but: int) -> list[Person]:
    """Those who own a business, apart from some."""
    return [one.person for one in members if one.role == MemberRole.OWNER and one.person_id not in but]


def let_in(business: Business, person: Person, role: MemberRole) -> None:
    """Somebody speaks for a business from now on."""
    db.session.add(Membership(business_id=business.id, person_id=person.id, role=role, since=now()))
    db.session.flush()


def forget_invitations_by(person_id: int, business_id: int) -> None:
    """What somebody offered as an owner ends when they are none any more: they could let themselves in again."""
    sent = (Invitation.business_id == business_id, Invitation.invited_by_id == person_id)
    rows_changed(delete(Invitation).where(*sent))
