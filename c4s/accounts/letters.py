"""Letters about accounts: each is put into words in the unit of work that it tells of."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from c4s.accounts import phrases
from c4s.accounts.models import Person
from c4s.accounts.rules import PersonState
from c4s.i18n import addresses
from c4s.mail import outbox
from c4s.mail.models import Channel
from c4s.mail.outbox import Recipient
from c4s.web.rights import Who


def prove_your_address(person: Person, token: str, until: datetime) -> None:
    """Somebody registered with this address: a link to show that it is theirs."""
    _post("prove_your_address", person, link=addresses.links("accounts.prove", token=token), until=until)


def you_have_an_account(address: str, person: Person) -> None:
    """Somebody gave the address of a person who has an account already: only its owner is told.

    In both languages: whoever asked may be somebody else, and this is no answer to a form of theirs.
    """
    _post("you_have_an_account", person, email=address, language="both", link=addresses.links("accounts.sign_in"))


def sign_in_link(person: Person, token: str, until: datetime, back: str = "") -> None:
    """A link to sign in with.

    Args:
        back: where they wanted to go, as ``session.back`` signed it.
    """
    more = {"next": back} if back else {}
    _post("sign_in_link", person, link=addresses.links("accounts.sign_in_link", token=token, **more), until=until)


def account_suspended(person: Person) -> None:
    """They asked for a link to sign in with, and may not sign in."""
    _post("account_suspended", person, link=addresses.links("pages.contact"))


def confirm_who_you_are(person: Person, token: str, until: datetime, back: str = "") -> None:
    """A link for somebody who is signed in and is about to change something that matters."""
    more = {"next": back} if back else {}
    link = addresses.links("accounts.confirm_link", token=token, **more)
    _post("confirm_who_you_are", person, link=link, until=until)


def confirm_new_address(person: Person, address: str, token: str, until: datetime) -> None:
    """To the new address: a link to show that it is theirs."""
    # Until it is proved it may be a stranger's, who need not know the name.
    _post(
        "confirm_new_address",
        person,
        email=address,
        is_known=False,
        link=addresses.links("accounts.confirm_email", token=token),
        until=until,
    )


def email_is_changing(person: Person) -> None:
    """To the address they have: somebody asked to put another in its place."""
    _post("email_is_changing", person, link=addresses.links("accounts.sign_ins"))


def email_was_changed(person: Person, old_address: str) -> None:
    """To the address that they had."""
    _post("email_was_changed", person, email=old_address, link=addresses.links("pages.contact"))


def password_was_changed(person: Person) -> None:
    """A password was set, changed or removed, whichever it was."""
    _post("password_was_changed", person, link=addresses.links("accounts.sign_in"))


def account_is_closing(person: Person, *, is_idle: bool = False) -> None:
    """The account is about to be closed: until when they can think again.

    Args:
        is_idle: nobody has used it for two years; otherwise they asked for it.
    """
    is_suspended = person.state == PersonState.SUSPENDED
    link = addresses.links("pages.contact" if is_suspended else "accounts.sign_in")
    facts: dict[str, Any] = {"link": link, "until": person.closing_at, "is_suspended": is_suspended}
    _post("account_is_closing", person, is_idle=is_idle, **facts)


def account_stays(person: Person) -> None:
    """Staff kept an account that was closing, whose owner has no e-mail."""
    _post("account_stays", person)


def account_will_close(person: Person, until: datetime) -> None:
    """Nobody has used the account for long: by when to sign in, so that it stays."""
    is_suspended = person.state == PersonState.SUSPENDED
    link = addresses.links("pages.contact" if is_suspended else "accounts.sign_in")
    _post("account_will_close", person, link=link, until=until, is_suspended=is_suspended)


def second_factor_is_set(person: Person) -> None:
    """From now on, signing in asks for a code of their app."""
    _post("second_factor_is_set", person, link=addresses.links("pages.contact"))


def second_factor_is_gone(person: Person, *, is_renewal: bool = False) -> None:
    """Signing in asks for no code any more.

    Args:
        is_renewal: two members of staff took it away, so that it can be set up again.
    """
    _post("second_factor_is_gone", person, link=addresses.links("accounts.sign_in"), is_renewal=is_renewal)


def recovery_codes_are_new(person: Person) -> None:
    """New recovery codes were made; the ones before are worth nothing."""
    _post("recovery_codes_are_new", person, link=addresses.links("pages.contact"))


def recovery_code_was_used(person: Person, number: int) -> None:
    """Somebody signed in with a recovery code: how many are left."""
    _post("recovery_code_was_used", person, link=addresses.links("second_step.index"), number=number)


def roles_were_changed(person: Person, roles: Sequence[Who], *, lost_password: bool) -> None:
    """What they may do here as a member of staff has changed.

    Args:
        roles: those they have now, none for somebody who no longer works here.
        lost_password: their password was removed, for members of staff need a longer one.
    """
    _post(
        "roles_were_changed",
        person,
        link=addresses.links("accounts.sign_in"),
        roles=[phrases.ROLE[role] for role in roles],
        lost_password=lost_password,
    )


def you_are_suspended(person: Person, reason: str) -> None:
    """A member of staff suspended the account, and why."""
    _post("you_are_suspended", person, link=addresses.links("pages.contact"), reason=reason)


def you_are_restored(person: Person, reason: str) -> None:
    """A member of staff restored an account that was suspended, and why."""
    _post("you_are_restored", person, link=addresses.links("accounts.sign_in"), reason=reason)


def welcome(person: Person, code: str, until: datetime) -> None:
    """Staff opened an account for somebody without e-mail: what it is for, and the code for claiming it."""
    _post("welcome", person, code=code, until=until, claim_page=addresses.links("accounts.claim"))


def claim_code(person: Person, code: str, until: datetime) -> None:
    """A new code for claiming an account; the one before works no more."""
    _post("claim_code", person, code=code, until=until, claim_page=addresses.links("accounts.claim"))


def claim_your_account(person: Person, address: str, token: str, until: datetime) -> None:
    """To the address that somebody gave with their code: a link to show that it is theirs."""
    # It may be mistyped, and then a stranger's, who need not know the name.
    link = addresses.links("accounts.claim_link", token=token)
    _post("claim_your_account", person, email=address, is_known=False, link=link, until=until)


def account_was_claimed(person: Person) -> None:
    """By the way that they were reached until now: somebody claimed the account with their code."""
    _post("account_was_claimed", person)


def recipient(person: Person) -> Recipient:
    """Somebody as our letters reach them."""
    address = {Channel.EMAIL: person.email, Channel.PHONE: person.phone, Channel.POST: person.postal_address}
    return Recipient(person.name, address[person.channel], person.language_written, person.channel)


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
    to = Recipient(name, email, language or person.language_written) if email else recipient(person)
    outbox.post(
        f"accounts/{letter}",
        to=replace(to, name=name, language=language or to.language),
        about=("person", person.id),
        name=name,
        **facts,
    )
