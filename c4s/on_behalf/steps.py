"""Steps that several actions at somebody’s word share: each is a part of its caller’s unit of work."""

from enum import StrEnum
from typing import Any

from sqlalchemy.exc import NoResultFound

from c4s.accounts import rules as accounts
from c4s.accounts import steps as people
from c4s.accounts.models import Person
from c4s.audit import trail
from c4s.audit.trail import Entered
from c4s.businesses import queries as businesses
from c4s.businesses.models import Business
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import held
from c4s.on_behalf import queries, rules
from c4s.on_behalf.rules import Did, WhyNot
from c4s.web.rights import Right


def hold_people(*numbers: int) -> None:
    """Hold those of these people who are there, in the order of their numbers: before the business, as everything that
    holds both."""
    for number in sorted(set(numbers)):
        if db.session.get(Person, number) is not None:
            held(Person, number)


def asked_for(
    business_id: int, person_id: int, entered: Entered, deed: StrEnum, *, may_have_email: bool = False
) -> tuple[Business, Person]:
    """A business and the one of its people at whose word a member of staff does something: the person is held first,
    then the business, and both are read only then. We have heard from that person today, and their trail says so.

    Args:
        deed: what is done, as its own trail calls it.
        may_have_email: it is something that somebody who can sign in cannot do there.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when the member of staff may not; ``NOT_THERE``; as ``rules.may_act``.
    """
    people.must_have(Right.REGISTER_PEOPLE, entered.by_id)
    hold_people(person_id)
    try:
        business = held(Business, business_id)
    except NoResultFound:
        raise Refused(WhyNot.NOT_THERE) from None
    members = {one.person_id: one.person for one in businesses.members_of(business_id)}
    person = members.get(person_id)
    needs_us = person is not None and (queries.needs_us(person) or (may_have_email and queries.can_sign_in(person)))
    rules.may_act(is_ones_own=entered.by_id in members, needs_us=needs_us)
    assert person is not None
    return business, _heard_from(person, entered, deed, business=business_id)


def asked_by(person_id: int, entered: Entered, deed: StrEnum, **facts: Any) -> Person:
    """Somebody, held, at whose word a member of staff does something that is of no business of theirs yet. Otherwise as
    ``asked_for``.

    Args:
        facts: what else their trail says.
    """
    people.must_have(Right.REGISTER_PEOPLE, entered.by_id)
    if db.session.get(Person, person_id) is None:
        raise Refused(WhyNot.NOT_THERE)
    person = held(Person, person_id)
    rules.may_act(is_ones_own=entered.by_id == person_id, needs_us=queries.needs_us(person))
    return _heard_from(person, entered, deed, **facts)


def _heard_from(person: Person, entered: Entered, deed: StrEnum, **facts: Any) -> Person:
    by, came_by = trail.person(entered.by_id), str(entered.came_by)
    trail.record(Did.ASKED, "person", person.id, by=by, came_by=came_by, deed=str(deed), **facts)
    if not person.email:  # others show by signing in that they are there
        person.last_seen_at, person.warned_at = accounts.day_of(now()), None
    return person
