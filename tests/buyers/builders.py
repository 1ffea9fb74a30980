"""Requests to be a buyer, in each of their states."""

from typing import Any

from c4s.accounts.models import Person
from c4s.audit import trail
from c4s.buyers import actions, queries
from c4s.buyers.models import BuyerRequest
from c4s.core.db import db

WORDS = {"organisation": "Cyngor y Bryniau", "position": "Caffael", "evidence": "Ffoniwch yr adran."}


def asked(person: Person, **facts: Any) -> BuyerRequest:
    """Somebody’s request, which waits."""
    actions.ask(person.id, **{**WORDS, **facts})
    found = queries.last_of(person.id)
    assert found is not None
    return again(found.id)


def again(request_id: int) -> BuyerRequest:
    """A request as it is now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(BuyerRequest, request_id)


def story_of(request_id: int) -> list[tuple[str, str]]:
    """What the trail says of a request: who, and what."""
    return [(entry.actor, entry.action) for entry in trail.history_of("buyer_request", request_id)]
