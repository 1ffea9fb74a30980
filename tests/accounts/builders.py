"""People with accounts, the links in their letters, and visitors who are signed in; nothing is random but the links."""

import re
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select

from c4s.accounts import actions, queries
from c4s.accounts.models import Person
from c4s.core.db import db
from c4s.mail.models import OutgoingLetter
from tests.visitor import Visitor

PASSWORD = "pysgod melyn dan y lleuad 7"
HERE = {"browser": "Firefox, Linux", "network": "192.0.2.0/24"}


def letters_to(address: str) -> list[OutgoingLetter]:
    """What the outbox has for an address, the oldest first."""
    db.session.rollback()
    sent = select(OutgoingLetter).where(OutgoingLetter.to_address == address).order_by(OutgoingLetter.id)
    return list(db.session.scalars(sent))


def kinds_of_letters_to(address: str) -> list[str]:
    """Their names, without the capability’s."""
    return [letter.letter.removeprefix("accounts/") for letter in letters_to(address)]


def link_to(address: str, language: str = "en") -> str:
    """The first page of ours that the last letter to an address names in a language, without the host."""
    found = re.search(rf"https?://[^/\s]+(/{language}/\S+)", letters_to(address)[-1].body)
    assert found is not None
    return found[1]


def token_to(address: str) -> str:
    """The secret end of that link."""
    return urlsplit(link_to(address)).path.rpartition("/")[2]


def registered(who: str = "nia", **facts: Any) -> str:
    """Somebody who asked for an account, written to in both languages unless told otherwise. Returns their address."""
    address = str(facts.get("email", f"{who}@example.cymru"))
    defaults = {
        "name": who.title(),
        "email": address,
        "language_written": "both",
        "language_spoken": "cy",
        "asked_in": "cy",
    }
    actions.register(**{**defaults, **facts})
    return address


def a_person(who: str = "nia", *, password: str = "", **facts: Any) -> Person:
    """Somebody with an account whose address is proved; signed in nowhere."""
    address = registered(who, **facts)
    token = actions.prove(token_to(address), **HERE)
    here = queries.live_sign_in(token)
    assert here is not None
    person_id, sign_in_id = here.person_id, here.id
    if password:
        actions.set_password(person_id, password, keep=sign_in_id)
    actions.sign_out(sign_in_id)
    return again(person_id)


def again(person_id: int) -> Person:
    """A person as they are now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Person, person_id)


def sign_in(visitor: Visitor, address: str, language: str = "en") -> Visitor:
    """The visitor asks for a link, opens it and presses the button."""
    actions.ask_for_link(address)
    visitor.open(link_to(address, language))
    visitor.send()
    return visitor
