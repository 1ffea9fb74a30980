"""Steps that several actions about people share: each is a part of its caller's unit of work."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select

from c4s.accounts import codes, letters, queries, rules
from c4s.accounts.models import OneTimeLink, Person, RecoveryCode, SignIn
from c4s.accounts.rules import Did, Lane, PersonState, Purpose, WhyNot
from c4s.audit import trail
from c4s.audit.trail import Actor
from c4s.core import throttle
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.errors import Refused
from c4s.core.text import mailbox
from c4s.core.units import held, unit_of_work
from c4s.web.rights import RIGHTS, Right, Who

# ---- People ----


def held_if_here(person_id: int) -> Person:
    """A person, held, whose account is open.

    Raises:
        Refused: ``NOT_THIS_STATE``.
    """
    person = held(Person, person_id)
    if not rules.may_sign_in(person.state):
        raise Refused(WhyNot.NOT_THIS_STATE)
    return person


def hold_with_administrators(*people: int) -> None:
    """Hold these people and every administrator, in the order of their numbers: of two administrators who go at once,
    whoever sends them away or if they go by themselves, one stays."""
    for person_id in sorted({*people, *queries.administrators()}):
        held(Person, person_id)


def begin_account(email: str, key: str, given: dict[str, str], asked_in: str, by: str = Actor.VISITOR) -> Person:
    """An account for an address that nobody has proved yet.

    Args:
        key: what the address is known by; empty for an account that will be taken back.
        given: what somebody told us, by the names of the columns; they are a resident, if it does not say otherwise.
        by: as the trail calls whoever began it.
    """
    moment = now()
    person = Person(
        **{"lane": Lane.RESIDENT, **given},
        state=PersonState.UNPROVED,
        email=email,
        email_key=key,
        asked_in=asked_in,
        asked_at=moment,
        over_16_at=moment,
        created_at=moment,
        last_seen_at=rules.day_of(moment),
    )
    db.session.add(person)
    db.session.flush()
    trail.record(Did.REGISTERED, "person", person.id, by=by)
    return person


def must_have(right: Right, person_id: int) -> frozenset[Who]:
    """What a member of staff is at this moment: a page may have been open since before that changed.

    Raises:
        Refused: ``NOT_ALLOWED`` when they do not have the right.
    """
    found = queries.roles_of(person_id)
    if not found & RIGHTS[right].who or not rules.may_sign_in(db.session.get_one(Person, person_id).state):
        raise Refused(WhyNot.NOT_ALLOWED)
    return found


def begin_to_close(person: Person, *, by: str, is_idle: bool = False) -> None:
    """In two weeks an account is closed for good; until then its owner may come back. One that is suspended stays so.

    Args:
        by: as the trail calls whoever decided it.
        is_idle: nobody has used it for two years; otherwise they asked for it.
    """
    person.closing_at = now() + rules.CLOSING_FOR
    if person.state != PersonState.SUSPENDED:
        person.state = PersonState.CLOSING
    end_sign_ins(person.id)
    forget_links(person.id)
    letters.account_is_closing(person, is_idle=is_idle)
    trail.record(Did.ASKED_TO_CLOSE, "person", person.id, by=by, idle=is_idle)


def keep_after_all(person: Person, *, by: str) -> None:
    """An account that was closing, held, stays open."""
    person.state, person.closing_at, person.warned_at = PersonState.ACTIVE, None, None
    person.last_seen_at = rules.day_of(now())
    trail.record(Did.STAYED, "person", person.id, by=by)


def delete_people(*which: ColumnElement[bool]) -> int:
    """Delete accounts that never came about, with their links. One that is proved at this very moment stays."""
    db.session.flush()
    unproved = Person.state == PersonState.UNPROVED
    people = select(Person.id).where(unproved, *which)
    rows_changed(delete(OneTimeLink).where(OneTimeLink.person_id.in_(people)))
    return rows_changed(delete(Person).where(unproved, *which))


# ---- Letters and their links ----


@contextmanager
def taken_back() -> Iterator[None]:
    """Write what another answer would have written, and take it back: no answer is quicker than another, so that
    the time it takes tells nobody who has an account."""
    db.session.flush()
    nothing = db.session.begin_nested()
    yield
    db.session.flush()
    nothing.rollback()


def may_write_to(email: str, purpose: Purpose, network: str = "", per_network: int = 0) -> bool:
    """Count one more letter that a stranger asks for; False when its address has had enough of them.

    Each purpose is counted apart: whoever has somebody else's address written to for one thing keeps them, and
    everybody else, from nothing else. The count of an address holds it until our unit of work ends: of two who
    register it at once, one waits.

    Raises:
        Refused: with ``TooMany``, for a network or the whole site.
    """
    if network:
        count_on_site(f"account letter, {purpose}", network, per_network, rules.PER_SITE, rules.LETTERS_WINDOW)
    try:
        throttle.count(
            f"account letter to, {purpose}", mailbox(email), limit=rules.PER_ADDRESS, window=rules.LETTERS_WINDOW
        )
    except Refused:
        return False
    return True


def count_on_site(what: str, network: str, per_network: int, on_site: int, window: timedelta) -> None:
    """Count something that strangers do: from one network, and on the whole site.

    Raises:
        Refused: with ``TooMany``.
    """
    throttle.count_network(what, network, limit=per_network, window=window)
    throttle.count(what, "the whole site", limit=on_site, window=window)


def count_letter_to(email: str, purpose: Purpose, network: str) -> None:
    """Count a letter that somebody who is signed in asks for: they may be told that there were too many.

    Raises:
        Refused: with ``TooMany``.
    """
    asked = f"account letter asked, {purpose}"
    if network:
        throttle.count_network(asked, network, limit=rules.LINKS_PER_NETWORK, window=rules.LETTERS_WINDOW)
    throttle.count(asked, mailbox(email), limit=rules.ASKED, window=rules.LETTERS_WINDOW)


def new_link(purpose: Purpose, person: Person, email: str = "", *, token: str = "") -> tuple[str, datetime]:
    """A link that takes the place of any earlier one: its token, kept nowhere, and when it ends.

    Args:
        email: where it is sent, if not to the address that they have.
        token: letters that people can type, and as hard to guess; left out, a token for an address.
    """
    token, moment = token or secrets.token_urlsafe(32), now()
    until = moment + rules.LINK_LIFE[purpose]
    db.session.execute(delete(OneTimeLink).where(OneTimeLink.person_id == person.id, OneTimeLink.purpose == purpose))
    db.session.add(
        OneTimeLink(
            token_hash=rules.digest(token),
            purpose=purpose,
            person_id=person.id,
            email=email or person.email,
            bound=rules.bound(person.email_key, person.password_hash),
            expires_at=until,
            created_at=moment,
        )
    )
    db.session.flush()
    return token, until


def send_way_in(person: Person, back: str = "") -> None:
    """Post somebody the link that lets them in, or a letter that says why there is none.

    Args:
        back: where they wanted to go, as ``session.back`` signed it.
    """
    if person.state == PersonState.UNPROVED:
        send_proof(person)
    elif rules.may_sign_in(person.state):
        token, until = new_link(Purpose.SIGN_IN, person)
        letters.sign_in_link(person, token, until, back)
    else:
        letters.account_suspended(person)


def send_proof(person: Person) -> None:
    """Post a link that shows whose an address is."""
    token, until = new_link(Purpose.PROVE, person)
    letters.prove_your_address(person, token, until)


def used(purpose: Purpose, token: str) -> tuple[OneTimeLink, Person]:
    """A link, now used up, and its person, held. Of two who open it at once, one comes too late.

    Raises:
        Refused: ``LINK_NOT_VALID``.
    """
    found = queries.valid_link(purpose, token)
    if found is None:
        raise Refused(WhyNot.LINK_NOT_VALID)
    person = held(Person, found.person_id)
    link = db.session.get(OneTimeLink, found.id, populate_existing=True)
    if link is None or not queries.is_valid(link, person, now()):
        raise Refused(WhyNot.LINK_NOT_VALID)
    link.used_at = now()
    return link, person


def forget_links(person_id: int, *purposes: Purpose) -> None:
    """No link that was posted before works any more, for these purposes; for none at all, if none is said."""
    db.session.flush()
    which = OneTimeLink.purpose.in_(purposes or tuple(Purpose))
    rows_changed(delete(OneTimeLink).where(OneTimeLink.person_id == person_id, which))


# ---- The second step ----


@contextmanager
def code_tried(person_id: int, network: str) -> Iterator[None]:
    """Somebody tries a code: counted before, in a unit of work of its own, so that many at once gain nothing; and
    told in the trail when it was wrong, after all that was done with it is undone.

    Raises:
        Refused: with ``TooMany``.
    """
    _count_code(person_id, network)
    try:
        yield
    except Refused as refusal:
        if refusal.reason in (WhyNot.CODE_WRONG, WhyNot.CURRENT_CODE_WRONG):
            _note_wrong_code(person_id)
        raise


@unit_of_work
def _note_wrong_code(person_id: int) -> None:
    note_failure(person_id, f"second step of {person_id}")


@unit_of_work
def _count_code(person_id: int, network: str) -> None:
    if network:
        count_on_site("code", network, rules.TRIES_PER_NETWORK, rules.TRIES_ON_SITE, rules.CODES_WINDOW)
    throttle.count("code of", str(person_id), limit=rules.CODES_TRIED, window=rules.CODES_WINDOW)


def take_code(person_id: int, code: str) -> None:
    """Take a code of the app of somebody, held: it is good for nothing from now on.

    Raises:
        Refused: ``CODE_WRONG``; ``NOT_THIS_STATE`` when they have no second step.
    """
    factor = queries.second_factor_of(person_id)
    if factor is None:
        raise Refused(WhyNot.NOT_THIS_STATE)
    key = codes.unsealed(codes.KEPT, person_id, factor.secret)
    step = codes.step_that_fits(key, code, rules.steps_taken(now(), factor.last_step)) if key else None
    if step is None:
        raise Refused(WhyNot.CODE_WRONG)
    factor.last_step, factor.secret = step, codes.sealed_anew(codes.KEPT, factor.secret)


def take_recovery_code(person_id: int, code: str) -> None:
    """The same with a code on paper.

    Raises:
        Refused: ``CODE_WRONG``, also when they have no second step.
    """
    unused = select(RecoveryCode).where(
        RecoveryCode.person_id == person_id,
        RecoveryCode.code_hash == codes.recovery_digest(code),
        RecoveryCode.used_at.is_(None),
    )
    found = db.session.scalar(unused) if queries.second_factor_of(person_id) else None
    if found is None:
        raise Refused(WhyNot.CODE_WRONG)
    found.used_at = now()
    db.session.flush()


def show_second_factor(person_id: int, code: str) -> bool:
    """Somebody, held, shows the second step that they have, by a code of the app or one on paper; who has none need
    not. A part of what ``code_tried`` is about.

    Returns:
        whether a recovery code was used up.

    Raises:
        Refused: ``CURRENT_CODE_WRONG``.
    """
    if queries.second_factor_of(person_id) is None:
        return False
    for take in (take_code, take_recovery_code):
        with suppress(Refused):
            take(person_id, code)
            if take is take_recovery_code:
                trail.record(Did.USED_RECOVERY_CODE, "person", person_id, by=trail.person(person_id))
            return take is take_recovery_code
    raise Refused(WhyNot.CURRENT_CODE_WRONG)


# ---- Where somebody is signed in ----


def note_failure(person_id: int, who: str) -> None:
    """Note in the trail that somebody failed to sign in, once for all failures of an hour. The same work for nobody's
    address as for somebody's.

    Args:
        person_id: whose account it was; 0 for no account.
        who: what failures are counted by, such as the address that was typed.
    """
    try:
        throttle.count("failure noted", who, limit=1, window=rules.FAILURES_NOTED_EVERY)
    except Refused:
        return
    entry = db.session.begin_nested()
    trail.record(Did.FAILED_SIGN_IN, "person", person_id, by=Actor.VISITOR)
    db.session.flush()
    if person_id:
        entry.commit()
    else:
        entry.rollback()


def begin_sign_in(person: Person, browser: str, network: str) -> str:
    """A new sign-in of somebody, held; gives its token, kept nowhere."""
    token, moment = secrets.token_urlsafe(32), now()
    db.session.add(
        SignIn(
            token_hash=rules.digest(token),
            person_id=person.id,
            created_at=moment,
            last_used_at=moment,
            confirmed_at=moment,
            browser=browser[:80],
            network=network[:60],
        )
    )
    person.last_seen_at, person.warned_at = rules.day_of(moment), None
    trail.record(Did.SIGNED_IN, "person", person.id, by=trail.person(person.id))
    return token


def sign_in_of(person_id: int, sign_in_id: int, why_not: WhyNot) -> SignIn:
    """A sign-in of this very person.

    Raises:
        Refused: with ``why_not``, when there is none, or none any more.
    """
    found = db.session.scalar(select(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id == person_id))
    if found is None:
        raise Refused(why_not)
    return found


def turned(sign_in: SignIn) -> str:
    """A new token for a sign-in; the old one is dead."""
    token = secrets.token_urlsafe(32)
    sign_in.token_hash = rules.digest(token)
    return token


def end_sign_ins(person_id: int, but: int | None = None) -> int:
    """Sign somebody out everywhere, or everywhere but in one place; says in how many."""
    ending = delete(SignIn).where(SignIn.person_id == person_id)
    return rows_changed(ending if but is None else ending.where(SignIn.id != but))
