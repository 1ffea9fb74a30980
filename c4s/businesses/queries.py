"""What can be asked about businesses and who speaks for them. Nothing here changes anything."""

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from c4s.accounts.models import Person
from c4s.accounts.rules import digest
from c4s.businesses.models import Business, Invitation, Membership
from c4s.businesses.rules import Likeness, MemberRole
from c4s.core.clock import now
from c4s.core.db import db
from c4s.i18n.references import LARGEST
from c4s.web.rights import Who

STANDING = {MemberRole.OWNER: Who.BUSINESS_OWNER, MemberRole.EDITOR: Who.BUSINESS_EDITOR}


def standings(person_id: int, business_id: int) -> frozenset[Who]:
    """What a person is to a business; nothing when it is none of theirs, or is not there."""
    if business_id > LARGEST:
        return frozenset()
    role = db.session.scalar(
        select(Membership.role).where(Membership.business_id == business_id, Membership.person_id == person_id)
    )
    return frozenset() if role is None else frozenset({STANDING[role]})


def business(business_id: int) -> Business:
    """A business that a page has been let in to.

    Raises:
        NoResultFound: it has gone meanwhile.
    """
    return db.session.get_one(Business, business_id)


def memberships_of(person_id: int) -> Sequence[Membership]:
    """The businesses that somebody speaks for, by name."""
    return db.session.scalars(
        select(Membership)
        .join(Membership.business)
        .where(Membership.person_id == person_id)
        .order_by(Business.name_key, Business.id)
        .options(joinedload(Membership.business))
    ).all()


def members_of(business_id: int) -> Sequence[Membership]:
    """Everybody who speaks for a business as it is now: owners first, then the longest there."""
    return members_of_each([business_id])[business_id]


def members_of_each(business_ids: Iterable[int]) -> dict[int, list[Membership]]:
    """The same for several businesses in one statement, by the number of the business."""
    members: dict[int, list[Membership]] = {number: [] for number in business_ids}
    found = db.session.scalars(
        select(Membership)
        .where(Membership.business_id.in_(members))
        .options(joinedload(Membership.person))
        .order_by(Membership.since, Membership.id)
        .execution_options(populate_existing=True)
    )
    for one in sorted(found, key=lambda one: one.role != MemberRole.OWNER):
        members[one.business_id].append(one)
    return members


def roles_in(business_id: int) -> dict[int, MemberRole]:
    """Who is what to a business, by the number of the person."""
    return {one.person_id: one.role for one in members_of(business_id)}


def invitations_of(business_id: int) -> Sequence[Invitation]:
    """Who is asked to speak for a business and can still say yes."""
    return db.session.scalars(
        select(Invitation)
        .where(Invitation.business_id == business_id, Invitation.expires_at > now())
        .order_by(Invitation.created_at, Invitation.id)
    ).all()


def invitations_to(person: Person) -> Sequence[Invitation]:
    """What somebody's address is asked to speak for."""
    if not person.email_key:
        return []
    return db.session.scalars(
        select(Invitation)
        .where(Invitation.email_key == person.email_key)
        .options(joinedload(Invitation.business))
        .order_by(Invitation.id)
    ).all()


def valid_invitation(token: str, person: Person) -> Invitation | None:
    """The invitation that a letter carried, if somebody can still take it up: it was sent to their very address."""
    found = db.session.scalar(
        select(Invitation).where(Invitation.token_hash == digest(token)).options(joinedload(Invitation.business))
    )
    if found is None or found.expires_at <= now() or not person.email_key or found.email_key != person.email_key:
        return None
    return found


def alike(given: Business) -> dict[int, frozenset[Likeness]]:
    """Businesses like one that somebody is about to add, by their numbers, and in what they are like it.

    Args:
        given: one that is in no session.
    """
    same = {
        Likeness.COMPANY_NUMBER: given.company_number and Business.company_number == given.company_number,
        Likeness.CHARITY_NUMBER: given.charity_number and Business.charity_number == given.charity_number,
        Likeness.NAME_AND_POSTCODE: given.postcode
        and given.name_key
        and (Business.name_key == given.name_key) & (Business.postcode == given.postcode),
        Likeness.DOMAIN: given.domain and Business.domain == given.domain,
    }
    asked = {likeness: condition for likeness, condition in same.items() if not isinstance(condition, str)}
    found: dict[int, frozenset[Likeness]] = {}
    if not asked:
        return found
    for row in db.session.execute(
        select(Business.id, *(condition.label(likeness) for likeness, condition in asked.items()))
        .where(or_(*asked.values()))
        .order_by(Business.id)
    ):
        found[row[0]] = frozenset(likeness for likeness, holds in zip(asked, row[1:], strict=True) if holds)
    return found
