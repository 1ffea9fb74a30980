"""People with accounts, the links in their letters, and visitors who are signed in; nothing is random but the links."""

import re
from typing import Any
from urllib.parse import urlsplit

import pyotp
from sqlalchemy import select

from c4s.accounts import actions, codes, entering, passwords, queries, rules
from c4s.accounts.models import Person, SecondFactor, SignIn, StaffRole
from c4s.accounts.rules import CameBy, Lane, PersonState
from c4s.accounts.session import TOKEN
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.mail.models import Channel, OutgoingLetter
from c4s.web.rights import Who
from tests.visitor import Visitor

PASSWORD = "pysgod melyn dan y lleuad 7"
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
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


def who_registered(who: str = "nia", *, password: str = "", **facts: Any) -> Person:
    """Somebody who asked for an account and proved their address by the link in our letter; signed in nowhere."""
    address = registered(who, **facts)
    here = queries.live_sign_in(actions.prove(token_to(address), **HERE))
    assert here is not None
    person_id, sign_in_id = here.person_id, here.id
    if password:
        actions.set_password(person_id, password, keep=sign_in_id)
    actions.sign_out(sign_in_id)
    return again(person_id)


def a_person(who: str = "nia", *, password: str = "", **facts: Any) -> Person:
    """The same, put in at once: no letter went to them, and the trail says nothing of them yet."""
    given = {
        "name": who.title(),
        "email": f"{who}@example.cymru",
        "language_written": "both",
        "language_spoken": "cy",
        "asked_in": "cy",
        **facts,
    }
    return again(_put_in(given, password))


@unit_of_work
def _put_in(given: dict[str, Any], password: str) -> int:
    moment = now()
    person = Person(
        lane=Lane.RESIDENT,
        state=PersonState.ACTIVE,
        **given,
        email_key=rules.email_key(given["email"]),
        asked_at=moment,
        over_16_at=moment,
        proved_at=moment,
        created_at=moment,
        last_seen_at=rules.day_of(moment),
    )
    if password:
        person.password_hash = passwords.hashed(password)
    db.session.add(person)
    db.session.flush()
    return person.id


def reads(person: Person, language: str) -> Person:
    """Somebody who is written to in this language from here on."""
    actions.change_details(person.id, name=person.name, language_written=language, language_spoken="cy", asked_in="cy")
    return again(person.id)


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


@unit_of_work
def set_roles(person: Person, *roles: Who) -> None:
    """Somebody is a member of staff, in these roles and no others."""
    db.session.query(StaffRole).filter_by(person_id=person.id).delete()
    db.session.add_all(StaffRole(person_id=person.id, role=role, given_at=now()) for role in roles)


@unit_of_work
def give_second_factor(person: Person) -> None:
    """Somebody has an app for codes, whose key is ``KEY``."""
    secret = codes.sealed(codes.KEPT, person.id, KEY)
    db.session.add(SecondFactor(person_id=person.id, secret=secret, confirmed_at=now(), created_at=now()))


def code_now(late: int = 0, key: str = KEY) -> str:
    """What the app shows, or showed or will show so many half minutes from now; made by the library, not by us."""
    return pyotp.TOTP(key).at(now(), counter_offset=late)


def a_member_of_staff(who: str = "mair", *roles: Who, **facts: Any) -> Person:
    """Somebody with an account, a role (a moderator, if nothing is said) and a second factor."""
    person = a_person(who, **facts)
    set_roles(person, *(roles or (Who.MODERATOR,)))
    give_second_factor(person)
    return again(person.id)


@unit_of_work
def a_sign_in(person: Person, *, is_whole: bool = True) -> str:
    """The token of somebody who is signed in, and has just shown who they are.

    Args:
        is_whole: with the second factor, if they have one.
    """
    token = f"token-of-{person.id}-{db.session.query(SignIn).count()}"
    db.session.add(
        SignIn(
            token_hash=rules.digest(token),
            person_id=person.id,
            created_at=now(),
            last_used_at=now(),
            confirmed_at=now(),
            second_factor_at=now() if is_whole and person.has_second_factor else None,
            **HERE,
        )
    )
    return token


def enter(visitor: Visitor, person: Person, *, is_whole: bool = True) -> Visitor:
    """The visitor is signed in as somebody from here on, without a page opened for it."""
    token = a_sign_in(again(person.id), is_whole=is_whole)
    with visitor.client.session_transaction() as held:
        held[TOKEN], held["_fresh"] = token, True
    return visitor


def entered(who: str = "elin", channel: Channel = Channel.POST, *, by: Person | None = None, **facts: Any) -> Person:
    """Somebody without e-mail, whom a member of staff (a helper, if nobody is given) registered."""
    helper = by or queries.person_by_email("gwen@example.cymru") or a_member_of_staff("gwen", Who.HELPER)
    address = {Channel.POST: "1 Stryd y Bont\nPontypridd\nCF37 1AA", Channel.PHONE: "01632 960 001"}[channel]
    given = {
        "came_by": CameBy.PHONE,
        "lane": Lane.RESIDENT,
        "name": who.title(),
        "channel": channel,
        "address": address,
        "language_written": "both",
        "language_spoken": "cy",
        "asked_in": "cy",
        "key": f"the-key-of-the-form-of-{who}",
    }
    return again(entering.enter(by_id=helper.id, **{**given, **facts}))


def code_of(person: Person) -> str:
    """The code for claiming an account, as the last letter to its owner has it."""
    found = re.search(r"Code: ([A-Z0-9-]+)", letters_to(person.postal_address or person.phone)[-1].body)
    assert found is not None
    return found[1]
