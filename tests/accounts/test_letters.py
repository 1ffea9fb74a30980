"""Every letter about an account: in the language that was chosen, and with no more in it than its reader may know."""

import pytest

from c4s.accounts import letters
from c4s.accounts.models import Person
from c4s.core.config import ROOT
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.mail.models import OutgoingLetter
from c4s.web.rights import Who
from tests.accounts.builders import a_person, kinds_of_letters_to, letters_to, who_registered
from tests.accounts.rows import NIA, unproved
from tests.conftest import NOW

TOKEN = "t" * 43
LETTERS = {
    "prove_your_address": lambda person: letters.prove_your_address(person, TOKEN, NOW),
    "you_have_an_account": lambda person: letters.you_have_an_account(person.email, person),
    "sign_in_link": lambda person: letters.sign_in_link(person, TOKEN, NOW),
    "account_suspended": letters.account_suspended,
    "confirm_who_you_are": lambda person: letters.confirm_who_you_are(person, TOKEN, NOW),
    "confirm_new_address": lambda person: letters.confirm_new_address(person, "new@example.cymru", TOKEN, NOW),
    "email_is_changing": letters.email_is_changing,
    "email_was_changed": lambda person: letters.email_was_changed(person, "old@example.cymru"),
    "password_was_changed": letters.password_was_changed,
    "account_is_closing": letters.account_is_closing,
    "account_will_close": lambda person: letters.account_will_close(person, NOW),
    "second_factor_is_set": letters.second_factor_is_set,
    "second_factor_is_gone": letters.second_factor_is_gone,
    "recovery_codes_are_new": letters.recovery_codes_are_new,
    "recovery_code_was_used": lambda person: letters.recovery_code_was_used(person, 9),
    "roles_were_changed": lambda person: letters.roles_were_changed(person, [Who.EDITOR], lost_password=True),
    "you_are_suspended": lambda person: letters.you_are_suspended(person, "7"),
    "you_are_restored": lambda person: letters.you_are_restored(person, "7"),
}
IN_BOTH = {"you_have_an_account"}
WITH_A_TOKEN = {"prove_your_address", "sign_in_link", "confirm_who_you_are", "confirm_new_address"}
WITHOUT_A_NAME = {"confirm_new_address"}
WITHOUT_EMAIL = {"welcome", "claim_code", "claim_your_account", "account_was_claimed", "account_stays"}
"""Letters about accounts without e-mail: ``test_entering`` tries them."""


@unit_of_work
def written(name: str, person: Person, wish: str = "both") -> OutgoingLetter:
    person.closing_at, person.language_written = NOW, wish
    LETTERS[name](person)
    db.session.flush()
    letter = db.session.query(OutgoingLetter).order_by(OutgoingLetter.id.desc()).first()
    assert letter is not None
    return letter


def test_every_letter_is_tried_here():
    assert {file.stem for file in (ROOT / "templates/accounts/letters").glob("*.txt")} == {*LETTERS, *WITHOUT_EMAIL}


@pytest.mark.parametrize("wish", ["cy", "en", "both"])
@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_is_in_the_language_that_was_chosen(site, name, wish):
    nia = a_person()
    letter = written(name, nia, wish)
    expected = "both" if name in IN_BOTH else wish
    assert letter.language == expected
    assert ("/cy/" in letter.body, "/en/" in letter.body) == (expected != "en", expected != "cy")
    assert ("Ffôn:" in letter.body, "Phone:" in letter.body) == (expected != "en", expected != "cy")
    assert (TOKEN in letter.body) == (name in WITH_A_TOKEN)
    assert (letter.about_kind, letter.about_id) == ("person", nia.id)


@pytest.mark.parametrize("name", LETTERS)
def test_a_name_is_said_only_where_the_address_is_known_to_be_theirs(site, name):
    letter = written(name, a_person(name="Llŷr O’Neill"))
    assert ("Llŷr O’Neill" in letter.body, letter.to_name) == (
        (False, "") if name in WITHOUT_A_NAME else (True, "Llŷr O’Neill")
    )


@pytest.mark.parametrize("name", LETTERS)
def test_what_a_stranger_typed_as_a_name_reaches_nobody(site, name):
    letter = written(name, unproved(name="Win at http://evil.example"))
    assert "evil" not in letter.body + letter.subject + letter.to_name


@pytest.mark.parametrize("name", ["email_is_changing", "email_was_changed"])
def test_letters_to_an_old_address_do_not_say_the_new_one(site, name):
    nia = a_person()
    letter = written(name, nia)
    new = nia.email if name == "email_was_changed" else "new@example.cymru"
    assert new not in letter.body


def test_letters_go_where_they_should(site):
    nia = who_registered()
    for name in LETTERS:
        written(name, nia)
    assert (kinds_of_letters_to("new@example.cymru"), kinds_of_letters_to("old@example.cymru")) == (
        ["confirm_new_address"],
        ["email_was_changed"],
    )
    assert len(letters_to(NIA)) == len(LETTERS) - 2 + 1  # and the one by which she proved her address


def test_links_lead_to_our_own_address_whatever_host_was_asked_for(site):
    with site.test_request_context("/cy/cofrestru", headers={"Host": "evil.example"}):
        nia = unproved()
    assert "evil" not in letters_to(nia.email)[-1].body
    assert "http://127.0.0.1:5000/" in letters_to(nia.email)[-1].body


def test_no_letter_that_a_stranger_can_cause_says_whether_there_is_a_password(site):
    for name in ("you_have_an_account", "sign_in_link"):
        without, with_one = (written(name, somebody).body for somebody in (a_person(f"{name}1"), secret(f"{name}2")))
        assert without.replace(f"{name}1".title(), "") == with_one.replace(f"{name}2".title(), "")


def secret(who: str) -> Person:
    return a_person(who, password="cennin gwlyb ar y to")
