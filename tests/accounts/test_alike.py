"""Whether an address has an account is answered alike, and with as much work: how long it takes tells nothing.

Speed itself is measured by ``make bench``; here the work is counted, statement by statement and hash by hash.
"""

from collections import Counter
from collections.abc import Callable

import pytest
from argon2 import PasswordHasher

from c4s.accounts import actions, rules
from c4s.accounts.models import Person
from c4s.audit.models import Entry
from c4s.core.db import db
from c4s.core.errors import Refused
from tests.accounts.builders import HERE, PASSWORD, a_person, registered
from tests.accounts.rows import number_of, story_of, suspend, unproved

NETWORK = "192.0.2.0/24"
KNOWN = ("proved", "unproved", "closing", "suspended")


def somebody(how: str, who: str) -> Person:
    """Somebody whose account is in a state."""
    if how == "unproved":
        return unproved(who)
    person = a_person(who, password=PASSWORD)
    if how == "closing":
        actions.ask_to_close(person.id)
    elif how == "suspended":
        suspend(person)
    return person


def register(address: str, number: int) -> None:
    key = f"the-key-of-the-form-for-{address.partition('@')[0]}"
    registered(email=address, key=key, network=NETWORK, language_written="en")


def ask_for_link(address: str, number: int) -> None:
    actions.ask_for_link(address, network=NETWORK, asked_in="en")


def sign_in_by_password(address: str, number: int) -> None:
    try:
        actions.sign_in_by_password(address, "a password that is wrong", **HERE)
    except Refused:
        return
    raise AssertionError


def change_email(address: str, number: int) -> None:
    actions.ask_to_change_email(number, address, network=NETWORK)


ASKED: dict[str, Callable[[str, int], None]] = {
    "register": register,
    "link": ask_for_link,
    "password": sign_in_by_password,
    "change of email": change_email,
}


def work_of(statements: list[str], asked: Callable[[str, int], None], address: str, number: int) -> Counter[str]:
    """What is asked of the database: how many statements of which kind."""
    db.session.rollback()
    db.session.expire_all()
    statements.clear()
    asked(address, number)
    # What is taken back is asked for as what is kept is.
    return Counter(statement.split()[0].replace("RELEASE", "ROLLBACK") for statement in statements)


@pytest.mark.parametrize("how", KNOWN)
@pytest.mark.parametrize("asked", ASKED)
def test_as_much_is_asked_of_the_database_for_a_known_address_as_for_an_unknown_one(site, statements, asked, how):
    somebody(how, "nia")
    number = a_person("huw").id
    ASKED[asked]("warm.up@example.cymru", number)
    known = work_of(statements, ASKED[asked], "nia@example.cymru", number)
    unknown = work_of(statements, ASKED[asked], "nobody@example.cymru", number)
    if (asked, how) == ("register", "unproved"):
        # What they typed first is changed, where others begin: not the same work, but as much.
        assert abs(known.total() - unknown.total()) <= 1
    else:
        assert known == unknown


@pytest.mark.either_database
@pytest.mark.parametrize("how", (*KNOWN, "nobody"))
def test_one_hash_is_tried_for_a_password_whosever_it_is(site, monkeypatch, how):
    if how != "nobody":
        somebody(how, "nia")
    tried = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", lambda *given: tried.append(1) or verify(*given))
    sign_in_by_password("nia@example.cymru", 0)
    assert len(tried) == 1


@pytest.mark.parametrize("asked", ["register", "link", "change of email"])
@pytest.mark.either_database
def test_nothing_is_hashed_where_no_password_is_asked(site, monkeypatch, asked):
    number = a_person("huw").id
    somebody("proved", "nia")
    hashed = []
    monkeypatch.setattr(PasswordHasher, "hash", lambda *given: hashed.append(1))
    monkeypatch.setattr(PasswordHasher, "verify", lambda *given: hashed.append(1))
    for address in ("nia@example.cymru", "nobody@example.cymru"):
        ASKED[asked](address, number)
    assert hashed == []


# ---- What the trail says of failures ----


def test_a_password_that_was_wrong_is_in_the_trail_of_its_account_once_an_hour(site, clock):
    nia = somebody("proved", "nia")
    for _ in range(3):
        sign_in_by_password("NIA@example.cymru", 0)
    assert story_of(nia.id).count("failed_sign_in") == 1
    clock.shift(rules.FAILURES_NOTED_EVERY)
    sign_in_by_password("nia@example.cymru", 0)
    assert story_of(nia.id).count("failed_sign_in") == 2


def test_a_password_for_nobodys_address_leaves_nothing_in_the_trail(site):
    sign_in_by_password("nobody@example.cymru", 0)
    assert db.session.query(Entry).all() == []


def test_who_failed_signs_in_with_the_right_one(site):
    nia = somebody("proved", "nia")
    sign_in_by_password("nia@example.cymru", 0)
    assert number_of(actions.sign_in_by_password("nia@example.cymru", PASSWORD, **HERE))
    assert story_of(nia.id)[-2:] == ["failed_sign_in", "signed_in"]
