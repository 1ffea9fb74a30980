"""Letters about accounts: each is put into words in the unit of work that it tells of."""

from datetime import datetime
from typing import Any

from c4s.accounts.models import Person
from c4s.accounts.rules import PersonState
from c4s.i18n import addresses
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import LANGUAGES
from c4s.mail import outbox
from c4s.mail.outbox import Recipient


def prove_your_address(person: Person, token: str, until: datetime) -> None:
    """Somebody registered with this address: a link to show that it is theirs."""
    _post("prove_your_address", person, link=_link("accounts.prove", token=token), until=until)


def you_have_an_account(address: str, person: Person) -> None:
    """Somebody gave the address of a person who has an account already: only its owner is told.

    In both languages: whoever asked may be somebody else, and this is no answer to a form of theirs.
    """
    _post("you_have_an_account", person, email=address, language="both", link=_link("accounts.sign_in"))


def sign_in_link(person: Person, token: str, until: datetime, back: str = "") -> None:
    """A link to sign in with.

    Args:
        back: where they wanted to go, as ``session.back`` signed it.
    """
    more = {"next": back} if back else {}
    _post("sign_in_link", person, link=_link("accounts.sign_in_link", token=token, **more), until=until)


def account_suspended(person: Person) -> None:
    """They asked for a link to sign in with, and may not sign in."""
    _post("account_suspended", person, link=_link("pages.contact"))


def confirm_who_you_are(person: Person, token: str, until: datetime, back: str = "") -> None:
    """A link for somebody who is signed in and is about to change something that matters."""
    more = {"next": back} if back else {}
    _post("confirm_who_you_are", person, link=_link("accounts.confirm_link", token=token, **more), until=until)


def confirm_new_address(person: Person, address: str, token: str, until: datetime) -> None:
    """To the new address: a link to show that it is theirs."""
    # Until it is proved it may be a stranger's, who need not know the name.
    _post(
        "confirm_new_address",
        person,
        email=address,
        is_known=False,
        link=_link("accounts.confirm_email", token=token),
        until=until,
    )


def email_is_changing(person: Person) -> None:
    """To the address they have: somebody asked to put another in its place."""
    _post("email_is_changing", person, link=_link("accounts.sign_ins"))


def email_was_changed(person: Person, old_address: str) -> None:
    """To the address that they had."""
    _post("email_was_changed", person, email=old_address, link=_link("pages.contact"))


def password_was_changed(person: Person) -> None:
    """A password was set, changed or removed, whichever it was."""
    _post("password_was_changed", person, link=_link("accounts.sign_in"))


def account_is_closing(person: Person, *, is_idle: bool = False) -> None:
    """The account is about to be closed: until when they can think again.

    Args:
        is_idle: nobody has used it for two years; otherwise they asked for it.
    """
    _post("account_is_closing", person, link=_link("accounts.sign_in"), until=person.closing_at, is_idle=is_idle)


def account_will_close(person: Person, until: datetime) -> None:
    """Nobody has used the account for long: by when to sign in, so that it stays."""
    _post("account_will_close", person, link=_link("accounts.sign_in"), until=until)


def _link(endpoint: str, **values: str) -> Bilingual:
    return Bilingual(*(addresses.link(endpoint, code, **values) for code in LANGUAGES))


def _post(
    letter: str,
    person: Person,
    *,
    email: str = "",
    language: str = "",
    is_known: bool = True,
    **facts: Any,
) -> None:
    # What a stranger typed as a name is not sent to an address that may not be theirs.
    name = person.name if is_known and person.state != PersonState.UNPROVED else ""
    outbox.post(
        f"accounts/{letter}",
        to=Recipient(name, email or person.email, language or person.language_written),
        about=("person", person.id),
        name=name,
        **facts,
    )
