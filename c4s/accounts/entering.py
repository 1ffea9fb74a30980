"""People without e-mail: staff register them, and a code in a letter lets them claim the account later."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from c4s.accounts import leaving, letters, queries, rules, steps
from c4s.accounts.models import Person
from c4s.accounts.rules import CameBy, Did, Lane, PersonState, Purpose, WhyNot
from c4s.audit import trail
from c4s.core import once, read_aloud
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import held, unit_of_work
from c4s.mail.models import Channel
from c4s.web.rights import Right


@unit_of_work
def enter(
    *,
    by_id: int,
    came_by: CameBy,
    lane: Lane,
    name: str,
    channel: Channel,
    address: str,
    language_written: str,
    language_spoken: str,
    asked_in: str,
    key: str,
) -> int:
    """Open an account for somebody who has no e-mail, and write them a letter with a code for claiming it.

    Args:
        by_id: the member of staff who asked them, and read back to them what was written down.
        came_by: how they reached us.
        channel: ``PHONE`` or ``POST``; ``address``: the number, or the lines.
        asked_in: the language of the page that asked.
        key: the random key of the form, by which a repeat is known.

    Returns:
        the number of the account.

    Raises:
        Refused: ``NOT_ALLOWED`` when ``by_id`` may not; with ``NotAgain`` when the key was used otherwise.
    """
    steps.must_have(Right.REGISTER_PEOPLE, by_id)
    body = once.fingerprint(came_by, lane, name, channel, address, language_written, language_spoken, asked_in, by_id)
    earlier = once.earlier_result(key, body)
    if earlier is not None:
        return int(earlier)
    moment = now()
    person = Person(
        lane=lane,
        state=PersonState.ACTIVE,
        name=name,
        email="",
        email_key="",
        channel=channel,
        phone=address if channel == Channel.PHONE else "",
        postal_address=address if channel == Channel.POST else "",
        language_written=language_written,
        language_spoken=language_spoken,
        asked_in=asked_in,
        asked_at=moment,
        over_16_at=moment,
        entered_by_id=by_id,
        created_at=moment,
        last_seen_at=rules.day_of(moment),
    )
    db.session.add(person)
    db.session.flush()
    trail.record(Did.ENTERED, "person", person.id, by=trail.person(by_id), came_by=str(came_by), channel=str(channel))
    letters.welcome(person, *_new_code(person))
    once.remember(key, str(person.id))
    return person.id


@unit_of_work
def make_code(person_id: int, *, by_id: int) -> None:
    """Write somebody a letter with a new code; the one before is worth nothing from now on.

    Raises:
        Refused: ``NOT_ALLOWED`` when ``by_id`` may not, and for the account of a member of staff; ``NOT_THIS_STATE``
            when it is not open, or has an e-mail address.
    """
    steps.must_have(Right.MAKE_CLAIM_CODES, by_id)
    person = steps.held_if_here(person_id)
    if queries.roles_of(person_id):
        raise Refused(WhyNot.NOT_ALLOWED)  # the code would make whoever has it a member of staff
    if person.email:
        raise Refused(WhyNot.NOT_THIS_STATE)
    letters.claim_code(person, *_new_code(person))
    person.last_seen_at, person.warned_at = rules.day_of(now()), None  # they have just been in touch with us
    trail.record(Did.MADE_CLAIM_CODE, "person", person_id, by=trail.person(by_id))


@unit_of_work
def close(person_id: int, *, by_id: int) -> None:
    """Close somebody's account at their wish, who has no e-mail to ask with; they are told, and may think again.

    Doing it again changes nothing.

    Raises:
        Refused: ``NOT_ALLOWED`` when ``by_id`` may not, and for the account of a member of staff; ``NOT_THIS_STATE``
            when it is not open, or has an e-mail address; ``STILL_NEEDED`` while something must first be handed over.
    """
    person = _without_email(person_id, by_id)
    if person.state == PersonState.CLOSING:
        return
    if leaving.holding_back(person_id):
        raise Refused(WhyNot.STILL_NEEDED)
    steps.begin_to_close(person, by=trail.person(by_id))


@unit_of_work
def keep(person_id: int, *, by_id: int) -> None:
    """Somebody who has no e-mail thought again, and keeps their account; they are told.

    Doing it again changes nothing.

    Raises:
        Refused: ``NOT_ALLOWED`` and ``NOT_THIS_STATE`` as for ``close``.
    """
    person = _without_email(person_id, by_id)
    if person.state == PersonState.CLOSING:
        steps.keep_after_all(person, by=trail.person(by_id))
        letters.account_stays(person)


def _without_email(person_id: int, by_id: int) -> Person:
    """Somebody without e-mail, held, for whom this member of staff may do what others do by themselves."""
    steps.must_have(Right.REGISTER_PEOPLE, by_id)
    steps.hold_with_administrators(person_id)
    person = steps.held_if_here(person_id)
    if queries.roles_of(person_id):
        raise Refused(WhyNot.NOT_ALLOWED)
    if person.email:
        raise Refused(WhyNot.NOT_THIS_STATE)
    return person


def _new_code(person: Person) -> tuple[str, datetime]:
    """A code that takes the place of any earlier one, as it is printed, and until when it works.

    Nor does a link work that somebody got by the earlier code: it may have been read by the wrong person.
    """
    steps.forget_links(person.id, Purpose.CLAIM_EMAIL)
    code = read_aloud.drawn(rules.CODE_LENGTH)
    until = steps.new_link(Purpose.CLAIM_ACCOUNT, person, token=code)[1]
    return read_aloud.grouped(code), until


@unit_of_work
def ask_to_claim(code: str, email: str, *, network: str = "", asked_in: str = "cy") -> None:
    """Somebody types the code of their letter and an address: a link goes there, if the code is right.

    Always the same for the caller, and as long: a code that is wrong writes what a right one would, and takes it
    back. An address that has an account already is told of that by letter, and keeps its account.

    Args:
        asked_in: the language of the page that asked.

    Raises:
        Refused: with ``TooMany``, for a network or the whole site.
    """
    if network:
        limits = rules.CLAIMS_PER_NETWORK, rules.CLAIMS_ON_SITE, rules.CLAIMS_WINDOW
        steps.count_on_site("claim code", network, *limits)
    found = queries.valid_link(Purpose.CLAIM_ACCOUNT, rules.plain_code(code))
    if found:
        held(Person, found.person_id)  # a new code may just have taken the place of this one
        found = queries.valid_link(Purpose.CLAIM_ACCOUNT, rules.plain_code(code))
    other = queries.person_by_email(email)
    may_write = bool(found) and steps.may_write_to(email, Purpose.CLAIM_EMAIL)
    nobody = {"name": "", "language_written": asked_in, "language_spoken": asked_in}
    if found and may_write and (other is None or other.state == PersonState.UNPROVED):
        letters.claim_your_account(found.person, email, *steps.new_link(Purpose.CLAIM_EMAIL, found.person, email))
        with steps.taken_back():
            steps.begin_account(email, "", nobody, asked_in)
        return
    if found and may_write and other:
        letters.you_have_an_account(other.email, other)
    with steps.taken_back():
        if not found:  # a code that is wrong counts against nobody's address
            steps.may_write_to(email, Purpose.CLAIM_EMAIL)
        stranger = steps.begin_account(email, "", nobody, asked_in)
        letters.claim_your_account(stranger, email, *steps.new_link(Purpose.CLAIM_EMAIL, stranger))


@unit_of_work
def claim(token: str, *, browser: str, network: str) -> str:
    """Somebody opened the link at the address they gave with their code, and pressed the button.

    From now on letters go there; the code is used up, and the way they were reached before is told.

    Args:
        browser: as ``rules.browser_words`` says; ``network``: as ``throttle.network_of`` says.

    Returns:
        the token of a new sign-in, for ``session.start``.

    Raises:
        Refused: ``LINK_NOT_VALID``, also when the address has meanwhile become another person's.
    """
    link, person = steps.used(Purpose.CLAIM_EMAIL, token)
    letters.account_was_claimed(person)
    key = rules.email_key(link.email)
    # Whoever began an account with the address and never proved it has no claim on it.
    steps.delete_people(Person.email_key == key)
    person.email, person.email_key, person.channel, person.proved_at = link.email, key, Channel.EMAIL, now()
    try:
        db.session.flush()
    except IntegrityError as problem:
        raise Refused(WhyNot.LINK_NOT_VALID) from problem
    steps.forget_links(person.id)
    trail.record(Did.CLAIMED, "person", person.id, by=trail.person(person.id))
    return steps.begin_sign_in(person, browser, network)


@unit_of_work
def looked_at(person_id: int, *, by_id: int, reason: str = "") -> None:
    """Note that a member of staff looked at what we keep about somebody.

    Args:
        reason: what for, if they said so.
    """
    trail.record(Did.LOOKED_AT, "person", person_id, by=trail.person(by_id), reason=reason)


@unit_of_work
def searched(number: int, *, by_id: int, reason: str = "") -> None:
    """Note that a member of staff searched people; never what for, which may be a name that nobody here has.

    Args:
        number: how many were found.
        reason: why they searched, if they said so.
    """
    trail.record(Did.SEARCHED, "person", 0, by=trail.person(by_id), reason=reason, number=number)
