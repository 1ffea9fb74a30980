"""What can be asked about people, their links and where they are signed in. Nothing here changes anything."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload, load_only

from c4s.accounts import rules
from c4s.accounts.models import (
    KeptForm,
    OneTimeLink,
    Person,
    RecoveryCode,
    SecondFactor,
    SecondFactorRenewal,
    SignIn,
    StaffRole,
    name_key,
)
from c4s.accounts.rules import PersonState, Purpose
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.text import fold
from c4s.web.rights import Who

FEWEST_DIGITS = 5
"""Of a telephone number, for a search by it."""


def person_by_email(address: str) -> Person | None:
    """Who has an account for this address, in whatever state; None for nobody."""
    key = rules.email_key(address)
    return db.session.scalar(select(Person).where(Person.email_key == key)) if key else None


def known_at(address: str) -> Person | None:
    """The same, with no more of them than a letter needs: somebody whom nobody knows takes no time to load either."""
    columns = (Person.state, Person.name, Person.email, Person.channel, Person.language_written)
    found = select(Person).where(Person.email_key == rules.email_key(address)).options(load_only(*columns))
    return db.session.scalar(found)


def roles_of(person_id: int) -> frozenset[Who]:
    """What somebody is as a member of staff at this moment."""
    return frozenset(db.session.scalars(select(StaffRole.role).where(StaffRole.person_id == person_id)))


def administrators(*states: PersonState) -> Sequence[int]:
    """The numbers of all administrators whose accounts are in one of these states, or in any."""
    found = select(StaffRole.person_id).where(StaffRole.role == Who.ADMINISTRATOR).order_by(StaffRole.person_id)
    if states:
        found = found.join(Person, Person.id == StaffRole.person_id).where(Person.state.in_(states))
    return db.session.scalars(found).all()


def second_factor_of(person_id: int) -> SecondFactor | None:
    """The second step of somebody who has set one up, as it is at this moment."""
    found = db.session.get(SecondFactor, person_id, populate_existing=True)
    return found if found and found.confirmed_at else None


def recovery_codes_left(person_id: int) -> int:
    """How many recovery codes somebody has not used."""
    unused = select(func.count()).where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(unused) or 0


def renewal_of(person_id: int) -> SecondFactorRenewal | None:
    """What is asked for somebody who lost their second step, if anything is."""
    asked = select(SecondFactorRenewal).where(SecondFactorRenewal.person_id == person_id)
    return db.session.scalar(asked.options(joinedload(SecondFactorRenewal.asked_by)))


def open_account(person_id: int) -> Person | None:
    """Somebody whose account can be signed in to; None for nobody, and for every other account."""
    found = db.session.get(Person, person_id)
    return found if found and rules.may_sign_in(found.state) else None


def renewals() -> Sequence[SecondFactorRenewal]:
    """Whose second step is asked to be taken away, the longest asked first; with ``person`` and ``asked_by``."""
    people = (joinedload(SecondFactorRenewal.person), joinedload(SecondFactorRenewal.asked_by))
    found = select(SecondFactorRenewal).options(*people)
    return db.session.scalars(found.order_by(SecondFactorRenewal.asked_at, SecondFactorRenewal.person_id)).all()


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
    person = joinedload(SignIn.person)
    found = db.session.scalars(
        select(SignIn)
        .where(SignIn.token_hash == rules.digest(token))
        .options(person.joinedload(Person.staff_roles), person.joinedload(Person.second_factor))
    )
    sign_in = found.unique().one_or_none()
    if sign_in is None or not rules.may_sign_in(sign_in.person.state):
        return None
    return None if is_over(sign_in, now()) else sign_in


def is_over(sign_in: SignIn, moment: datetime) -> bool:
    """Whether a sign-in has ended by itself; that of a member of staff does so sooner."""
    person = sign_in.person
    return rules.is_over(
        sign_in.created_at, sign_in.last_used_at, moment, person.staff_hours if person.staff_roles else 0
    )


def namesakes(name: str, address: str) -> Sequence[Person]:
    """Who may be the same: people of the same name with the same telephone number or postcode, or with neither.

    Args:
        address: a telephone number or a postal address.
    """
    key, digits, postcode = name_key(name), rules.digits_of(address), rules.postcode_in(address)
    found = db.session.scalars(
        select(Person).where(Person.name_key == key, Person.state != PersonState.CLOSED).order_by(Person.id).limit(20)
    )

    def may_be_the_same(one: Person) -> bool:
        phone, code = rules.digits_of(one.phone), rules.postcode_in(one.postal_address)
        return not (phone or code) or (bool(phone) and phone == digits) or (bool(code) and code == postcode)

    return [one for one in found if may_be_the_same(one)] if key else []


@dataclass(frozen=True)
class Found:
    """People who answer a question: how many there are, and those of one page."""

    number: int
    people: Sequence[Person]


def find_people(text: str, also: Collection[int] = (), *, skip: int = 0, most: int) -> Found:
    """Who answers what a member of staff typed: the beginnings of words of a name, an e-mail address or the
    beginning of one, digits of a telephone number, or an account number. In the order of their names.

    Args:
        also: the numbers of people whom somebody else found by the same text.
        skip, most: which page of them.
    """
    asked: list[ColumnElement[bool]] = [Person.id.in_(also)] if also else []
    folded, digits, typed = fold(text).split(), rules.digits_of(text), text.strip()
    if folded and "@" not in typed:
        of_name = [(" " + Person.name_key).contains(f" {word}", autoescape=True) for word in folded]
        asked.append(and_(Person.name_key != "", *of_name))
    if folded:
        asked.append(Person.email_key.startswith(rules.email_key(typed), autoescape=True))
    if len(digits) >= FEWEST_DIGITS:
        asked.append(func.replace(Person.phone, " ", "").contains(digits))
    if typed.isascii() and typed.isdecimal() and len(typed) < 10:
        asked.append(Person.id == int(typed))
    if not asked:
        return Found(0, ())
    number = db.session.scalar(select(func.count()).select_from(Person).where(or_(*asked))) or 0
    found = select(Person).where(or_(*asked)).order_by(Person.name_key, Person.id).offset(skip).limit(most)
    return Found(number, db.session.scalars(found).all())


def sign_ins_of(person_id: int) -> Sequence[SignIn]:
    """Everywhere that somebody is signed in, the last used first."""
    found = db.session.scalars(
        select(SignIn).where(SignIn.person_id == person_id).order_by(SignIn.last_used_at.desc(), SignIn.id.desc())
    )
    return [one for one in found if not is_over(one, now())]


def kept_form(token: str) -> KeptForm | None:
    """What somebody sent while they were not signed in, for a day."""
    found = db.session.scalar(select(KeptForm).where(KeptForm.token_hash == rules.digest(token)))
    return found if found and now() - found.created_at < rules.KEEP_FORMS else None


def due_to_close(moment: datetime) -> Sequence[int]:
    """Who asked to leave, or was told so, and has not come back in time; also those suspended meanwhile."""
    closing = Person.state.in_((PersonState.CLOSING, PersonState.SUSPENDED))
    return db.session.scalars(select(Person.id).where(closing, Person.closing_at <= moment).order_by(Person.id)).all()


def to_be_warned(moment: datetime) -> Sequence[int]:
    """Whose account nobody has used for so long that it will soon be closed."""
    return db.session.scalars(
        select(Person.id)
        .where(
            Person.state.in_(rules.MAY_LIE_IDLE),
            Person.closing_at.is_(None),
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
            Person.state.in_(rules.MAY_LIE_IDLE),
            Person.closing_at.is_(None),
            Person.warned_at <= moment - (rules.IDLE_CLOSED_AFTER - rules.WARN_AFTER),
            Person.last_seen_at <= moment - rules.IDLE_CLOSED_AFTER,
        )
        .order_by(Person.id)
    ).all()
