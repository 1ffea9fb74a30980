"""What can be asked about people, their links and where they are signed in. Nothing here changes anything."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from c4s.accounts import rules
from c4s.accounts.models import KeptForm, OneTimeLink, Person, SignIn
from c4s.accounts.rules import PersonState, Purpose
from c4s.core.clock import now
from c4s.core.db import db


def person_by_email(address: str) -> Person | None:
    """Who has an account for this address, in whatever state; None for nobody."""
    key = rules.email_key(address)
    return db.session.scalar(select(Person).where(Person.email_key == key)) if key else None


def valid_link(purpose: Purpose, token: str) -> OneTimeLink | None:
    """The link that a letter carried, if it can still be used, and for this; its ``person`` comes with it."""
    link = db.session.scalar(
        select(OneTimeLink)
        .where(OneTimeLink.token_hash == rules.digest(token), OneTimeLink.purpose == purpose)
        .options(joinedload(OneTimeLink.person))
    )
    return link if link and is_valid(link, link.person, now()) else None


def is_valid(link: OneTimeLink, person: Person, moment: datetime) -> bool:
    """Whether a link is unused, in time, and about the address and password that somebody still has."""
    return (
        link.used_at is None
        and moment < link.expires_at
        and link.bound == rules.bound(person.email_key, person.password_hash)
        and person.state in rules.OPENED_IN[link.purpose]
    )


def live_sign_in(token: str) -> SignIn | None:
    """The sign-in that a browser's token stands for, its ``person`` with it; None once it has ended, or the account."""
    found = db.session.scalar(select(SignIn).where(SignIn.token_hash == rules.digest(token)))
    if found is None or not rules.may_sign_in(found.person.state):
        return None
    return None if rules.is_over(found.created_at, found.last_used_at, now()) else found


def sign_ins_of(person_id: int) -> Sequence[SignIn]:
    """Everywhere that somebody is signed in, the last used first."""
    found = db.session.scalars(
        select(SignIn).where(SignIn.person_id == person_id).order_by(SignIn.last_used_at.desc(), SignIn.id.desc())
    )
    return [one for one in found if not rules.is_over(one.created_at, one.last_used_at, now())]


def kept_form(token: str) -> KeptForm | None:
    """What somebody sent while they were not signed in, for a day."""
    found = db.session.scalar(select(KeptForm).where(KeptForm.token_hash == rules.digest(token)))
    return found if found and now() - found.created_at < rules.KEEP_FORMS else None


def due_to_close(moment: datetime) -> Sequence[int]:
    """Who asked to leave, or was told so, and has not come back in time."""
    return db.session.scalars(
        select(Person.id).where(Person.state == PersonState.CLOSING, Person.closing_at <= moment).order_by(Person.id)
    ).all()


def to_be_warned(moment: datetime) -> Sequence[int]:
    """Whose account nobody has used for so long that it will soon be closed."""
    return db.session.scalars(
        select(Person.id)
        .where(
            Person.state == PersonState.ACTIVE,
            Person.warned_at.is_(None),
            Person.last_seen_at <= moment - rules.WARN_AFTER,
        )
        .order_by(Person.id)
    ).all()


def idle_too_long(moment: datetime) -> Sequence[int]:
    """Whose account is closed because nobody has used it, long enough after the letter that said so."""
    return db.session.scalars(
        select(Person.id)
        .where(
            Person.state == PersonState.ACTIVE,
            Person.warned_at <= moment - (rules.IDLE_CLOSED_AFTER - rules.WARN_AFTER),
            Person.last_seen_at <= moment - rules.IDLE_CLOSED_AFTER,
        )
        .order_by(Person.id)
    ).all()
