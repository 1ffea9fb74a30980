"""What the database has of people, and people in particular states; later days, and reasons why not."""

from datetime import timedelta
from typing import Any

import time_machine

from c4s.accounts import actions, queries
from c4s.accounts.models import KeptForm, OneTimeLink, Person, SignIn
from c4s.accounts.rules import PersonState
from c4s.audit import trail
from c4s.core.db import db
from c4s.core.units import unit_of_work
from tests.accounts.builders import HERE, registered, token_to
from tests.conftest import NOW

NIA, MAIR = "nia@example.cymru", "mair@example.cymru"
DAY = timedelta(days=1)


def later(time: timedelta) -> time_machine.travel:
    """That much later, with the clock stopped again."""
    return time_machine.travel(NOW + time, tick=False)


def _all(model: type[Any]) -> list[Any]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.query(model).order_by(model.id))


def people() -> list[Person]:
    return _all(Person)


def links() -> list[OneTimeLink]:
    return _all(OneTimeLink)


def sign_ins() -> list[SignIn]:
    return _all(SignIn)


def kept_forms() -> list[KeptForm]:
    return _all(KeptForm)


def story_of(person_id: int) -> list[str]:
    """What the trail says of somebody, without the first word."""
    return [entry.action.removeprefix("person.") for entry in trail.history_of("person", person_id)]


def unproved(who: str = "nia", **facts: Any) -> Person:
    """Somebody who asked for an account and has not opened the letter."""
    address = registered(who, **facts)
    db.session.expire_all()
    found = queries.person_by_email(address)
    assert found is not None
    return found


def signed_in(person: Person, **where: str) -> tuple[str, int]:
    """Somebody signs in by a link: the token of the browser, and the number of the sign-in."""
    address = person.email
    actions.ask_for_link(address)
    token = actions.sign_in_by_link(token_to(address), **{**HERE, **where})
    return token, number_of(token)


def number_of(token: str) -> int:
    """The number of the sign-in that a browser's token stands for."""
    found = queries.live_sign_in(token)
    assert found is not None
    return found.id


@unit_of_work
def suspend(person: Person) -> None:
    """Suspend an account, as staff will."""
    db.session.get_one(Person, person.id).state = PersonState.SUSPENDED
