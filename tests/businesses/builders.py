"""Businesses, and people who speak for them, with obvious defaults; nothing is random but the links."""

from itertools import count
from typing import Any

from c4s.accounts.models import Person
from c4s.businesses import actions
from c4s.businesses.models import Business, Invitation, Membership
from c4s.businesses.rules import BusinessKind, Details, MemberRole
from c4s.core.db import db
from tests.accounts.builders import token_to

KEY = "the-key-of-one-business"
NUMBERS = count()
OWNER, EDITOR = MemberRole.OWNER, MemberRole.EDITOR


def details(name: str = "Becws y Bont", **facts: Any) -> Details:
    """What somebody says of a business; nothing but its name, unless told otherwise."""
    return Details(**{"name": name, "kind": BusinessKind.BUSINESS, **facts})


def a_business(owner: Person, name: str = "Becws y Bont", **facts: Any) -> int:
    """A business that somebody owns; gives its number."""
    db.session.rollback()
    answer = actions.add(owner.id, details(name, **facts), key=f"{KEY}-{next(NUMBERS)}", is_another=True)
    assert answer.business_id is not None
    return answer.business_id


def joined(business_id: int, owner: Person, person: Person, role: MemberRole = EDITOR) -> None:
    """Somebody is invited to speak for a business, and accepts."""
    actions.invite(business_id, person.email, role, by_id=owner.id)
    actions.join(token_to(person.email), person_id=person.id)
    db.session.rollback()


def roles(business_id: int) -> dict[int, str]:
    """Who is what to a business, by the number of the person, as the database has it."""
    db.session.rollback()
    db.session.expire_all()
    found = db.session.query(Membership).filter_by(business_id=business_id).order_by(Membership.person_id)
    return {one.person_id: str(one.role) for one in found}


def invitations(business_id: int) -> list[Invitation]:
    """Every invitation of a business, as the database has it."""
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.query(Invitation).filter_by(business_id=business_id).order_by(Invitation.id))


def number_of_businesses() -> int:
    db.session.rollback()
    return db.session.query(Business).count()
