"""Requests to be a buyer, in each of their states."""

from typing import Any

from c4s.accounts.models import Person
from c4s.audit import trail
from c4s.buyers import actions, queries
from c4s.buyers.models import BuyerRequest
from c4s.core.db import db
from c4s.web.rights import Who
from tests.accounts import builders as accounts
from tests.accounts.builders import a_member_of_staff, a_person, give_second_factor

WORDS = {"organisation": "Cyngor y Bryniau", "position": "Caffael", "evidence": "Ffoniwch yr adran."}


def asked(person: Person, **facts: Any) -> BuyerRequest:
    """Somebody’s request, which waits."""
    actions.ask(person.id, **{**WORDS, **facts})
    found = queries.last_of(person.id)
    assert found is not None
    return again(found.id)


def a_buyer(who: str = "rhian", **facts: Any) -> Person:
    """Somebody who buys for a public body, as staff have checked, and has a second step."""
    person = a_person(who, **facts)
    actions.grant(asked(person).id, by_id=a_member_of_staff(f"checks.{who}", Who.MODERATOR).id)
    give_second_factor(person)
    db.session.commit()
    return accounts.again(person.id)


def again(request_id: int) -> BuyerRequest:
    """A request as it is now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(BuyerRequest, request_id)


def story_of(request_id: int) -> list[tuple[str, str]]:
    """What the trail says of a request: who, and what."""
    return [(entry.actor, entry.action) for entry in trail.history_of("buyer_request", request_id)]
