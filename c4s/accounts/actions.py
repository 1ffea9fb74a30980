"""What people can do about their accounts: each verb is one unit of work.

What a stranger may ask (to register, to be sent a link, to try a password) is answered alike whether or not
the address has an account, and takes as long: those who know something are told by letter.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import IntegrityError

from c4s.accounts import letters, passwords, queries, rules
from c4s.accounts.models import KeptForm, OneTimeLink, Person, SignIn
from c4s.accounts.rules import Did, Lane, PersonState, Purpose, WhyNot
from c4s.audit import trail
from c4s.audit.trail import Actor
from c4s.core import once, throttle
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.errors import Refused
from c4s.core.text import mailbox
from c4s.core.units import held, unit_of_work

LONGEST_KEPT = 20_000  # characters of a form that somebody sent before they signed in


# ---- Strangers: registering, and asking for a link ----


@unit_of_work
def register(
    *,
    name: str,
    email: str,
    language_written: str,
    language_spoken: str,
    asked_in: str,
    key: str = "",
    network: str = "",
) -> None:
    """Begin an account for an address, and post a link that shows whose it is. Always the same for the caller.

    Who has an account is sent a letter that says so. Who has not proved their address gets a new link, and what
    was typed last is what counts. An address that was sent too many letters is sent no more for a while.

    Args:
        name, email: tidied, and checked by the form that took them.
        language_written: ``cy``, ``en`` or ``both``; ``language_spoken``: ``cy`` or ``en``.
        asked_in: the language of the page that asked.
        key: the random key of the form, by which a repeat is known; empty for none.
        network: as ``throttle.network_of`` says; empty for our own commands.

    Raises:
        Refused: with ``TooMany``; with ``NotAgain`` when the key was used otherwise.
    """
    given = {"name": name, "language_written": language_written, "language_spoken": language_spoken}
    if key and once.earlier_result(key, once.fingerprint(email, given, asked_in)) is not None:
        return
    may_write = _may_write_to(email, network, rules.REGISTER_PER_NETWORK)
    person = queries.person_by_email(email)
    if may_write and (person is None or person.state == PersonState.UNPROVED):
        if person is None:
            person = _begin_account(email, rules.email_key(email), given, asked_in)
        else:
            person = held(Person, person.id)
            person.email, person.asked_in, person.asked_at = email, asked_in, now()
            for field, value in given.items():
                setattr(person, field, value)
        _send_proof(person)
        with _taken_back():
            letters.you_have_an_account(email, person)
    elif may_write and person:
        letters.you_have_an_account(person.email, person)
        with _taken_back():
            _send_proof(_begin_account(email, "", given, asked_in))
    if key:
        once.remember(key, "done")


@unit_of_work
def ask_for_link(email: str, *, network: str = "", asked_in: str = "cy", back: str = "") -> None:
    """Post somebody a link to sign in with. Always the same for the caller.

    An address without an account gets nothing, one that nobody has proved its first letter again, and one whose
    account is suspended a letter that says so.

    Args:
        asked_in: the language of the page that asked.
        back: where they wanted to go, as ``session.back`` signed it.

    Raises:
        Refused: with ``TooMany``, for a network or the whole site; what one address was sent is nobody's business.
    """
    may_write = _may_write_to(email, network, rules.LINKS_PER_NETWORK)
    person = queries.person_by_email(email)
    if not may_write:
        return
    nobody = {"name": "", "language_written": asked_in, "language_spoken": asked_in}
    if person is None:
        with _taken_back():
            stranger = _begin_account(email, "", nobody, asked_in)
            token, until = _new_link(Purpose.SIGN_IN, stranger)
            letters.sign_in_link(stranger, token, until, back)
        return
    if person.state == PersonState.UNPROVED:
        _send_proof(person)
    elif rules.may_sign_in(person.state):
        token, until = _new_link(Purpose.SIGN_IN, person)
        letters.sign_in_link(person, token, until, back)
    else:
        letters.account_suspended(person)
    with _taken_back():
        _begin_account(email, "", nobody, asked_in)


@contextmanager
def _taken_back() -> Iterator[None]:
    """Write what another answer would have written, and take it back: no answer is quicker than another, so that
    the time it takes tells nobody who has an account."""
    db.session.flush()
    nothing = db.session.begin_nested()
    yield
    db.session.flush()
    nothing.rollback()


def _may_write_to(email: str, network: str, per_network: int = 0) -> bool:
    """Count one more letter that a stranger asks for; False when its address has had enough of them.

    The count of an address holds it until our unit of work ends: of two who register it at once, one waits.
    """
    if network:
        throttle.count(f"account letter, {per_network}", network, limit=per_network, window=rules.LETTERS_WINDOW)
        throttle.count("account letter", "the whole site", limit=rules.PER_SITE, window=rules.LETTERS_WINDOW)
    try:
        throttle.count("account letter to", mailbox(email), limit=rules.PER_ADDRESS, window=rules.LETTERS_WINDOW)
    except Refused:
        return False
    return True


def _begin_account(email: str, key: str, given: dict[str, str], asked_in: str) -> Person:
    moment = now()
    person = Person(
        lane=Lane.RESIDENT,
        state=PersonState.UNPROVED,
        email=email,
        email_key=key,
        **given,
        asked_in=asked_in,
        asked_at=moment,
        over_16_at=moment,
        created_at=moment,
        last_seen_at=rules.day_of(moment),
    )
    db.session.add(person)
    db.session.flush()
    trail.record(Did.REGISTERED, "person", person.id, by=Actor.VISITOR)
    return person


def _send_proof(person: Person) -> None:
    token, until = _new_link(Purpose.PROVE, person)
    letters.prove_your_address(person, token, until)


def _new_link(purpose: Purpose, person: Person, email: str = "") -> tuple[str, datetime]:
    """A link that takes the place of any earlier one: its token, kept nowhere, and when it ends."""
    token, moment = secrets.token_urlsafe(32), now()
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


# ---- Opening a link ----


def _used(purpose: Purpose, token: str) -> tuple[OneTimeLink, Person]:
    """A link, now used up, and its person, held. Of two who open it at once, one comes too late."""
    found = queries.valid_link(purpose, token)
    if found is None:
        raise Refused(WhyNot.LINK_NOT_VALID)
    person = held(Person, found.person_id)
    link = db.session.get(OneTimeLink, found.id, populate_existing=True)
    if link is None or not queries.is_valid(link, person, now()):
        raise Refused(WhyNot.LINK_NOT_VALID)
    link.used_at = now()
    return link, person


@unit_of_work
def prove(token: str, *, browser: str, network: str) -> str:
    """Somebody opened the link in their first letter and pressed the button: the address is theirs.

    Args:
        browser: as ``rules.browser_words`` says; ``network``: as ``throttle.network_of`` says.

    Returns:
        the token of a new sign-in, for ``session.start``.

    Raises:
        Refused: ``LINK_NOT_VALID``.
    """
    _, person = _used(Purpose.PROVE, token)
    person.state, person.proved_at = PersonState.ACTIVE, now()
    trail.record(Did.PROVED, "person", person.id, by=_by(person))
    return _begin_sign_in(person, browser, network)


@unit_of_work
def sign_in_by_link(token: str, *, browser: str, network: str) -> str:
    """Sign somebody in who opened the link in their letter and pressed the button.

    Returns:
        the token of the new sign-in, for ``session.start``.

    Raises:
        Refused: ``LINK_NOT_VALID``.
    """
    _, person = _used(Purpose.SIGN_IN, token)
    return _begin_sign_in(person, browser, network)


def _by(person: Person) -> str:
    return f"person:{person.id}"


def _begin_sign_in(person: Person, browser: str, network: str) -> str:
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
    trail.record(Did.SIGNED_IN, "person", person.id, by=_by(person))
    return token


# ---- Passwords ----


def sign_in_by_password(email: str, password: str, *, browser: str, network: str) -> str:
    """Sign somebody in who knows their password. Slow on purpose, and no slower for one address than for another.

    Returns:
        the token of the new sign-in, for ``session.start``.

    Raises:
        Refused: ``WRONG``, whatever was wrong; with ``TooMany``.
    """
    _count_try(rules.email_key(email), network)
    person = queries.person_by_email(email)
    kept = person.password_hash if person and rules.may_sign_in(person.state) else ""
    person_id = person.id if person else 0
    if not passwords.fits(password, kept):
        raise Refused(WhyNot.WRONG)
    new = passwords.hashed(password) if passwords.needs_hashing_again(kept) else ""
    return _sign_in_with(person_id, kept, new, browser, network)


@unit_of_work
def _count_try(key: str, network: str) -> None:
    """Count a password that is about to be tried; before it is, so that many at once gain nothing."""
    if network:
        throttle.count("password", network, limit=rules.TRIES_PER_NETWORK, window=rules.TRIES_WINDOW)
        throttle.count("password", "the whole site", limit=rules.TRIES_ON_SITE, window=rules.TRIES_WINDOW)
    throttle.count("password of", key, limit=rules.TRIES, window=rules.TRIES_WINDOW)


@unit_of_work
def _sign_in_with(person_id: int, kept: str, new: str, browser: str, network: str) -> str:
    """The part that writes. The password was right a moment ago: it must still be the one."""
    person = held(Person, person_id)
    if person.password_hash != kept or not rules.may_sign_in(person.state):
        raise Refused(WhyNot.WRONG)
    person.password_hash = new or kept
    return _begin_sign_in(person, browser, network)


def set_password(person_id: int, password: str, *, keep: int) -> str:
    """Set or change somebody's password, and sign them out everywhere but here.

    Args:
        keep: the sign-in that asked.

    Returns:
        a new token for that sign-in, for ``session.start``.

    Raises:
        Refused: ``PASSWORD_SHORT``, ``PASSWORD_LONG`` or ``PASSWORD_KNOWN``; ``NOT_THIS_STATE`` when the sign-in
            has ended meanwhile.
    """
    rules.may_be_a_password(password)
    person = db.session.get_one(Person, person_id)
    if passwords.too_easy(password, [person.name, person.email]):
        raise Refused(WhyNot.PASSWORD_KNOWN)
    return _change_password(person_id, passwords.hashed(password), keep, Did.SET_PASSWORD)


def remove_password(person_id: int, *, keep: int) -> str:
    """Take somebody's password away: from now on they sign in by links alone. Otherwise as ``set_password``."""
    return _change_password(person_id, "", keep, Did.REMOVED_PASSWORD)


@unit_of_work
def _change_password(person_id: int, password_hash: str, keep: int, did: Did) -> str:
    person = _held_if_here(person_id)
    person.password_hash, person.password_changed_at = password_hash, now()
    _end_sign_ins(person_id, but=keep)
    _forget_links(person_id)
    letters.password_was_changed(person)
    trail.record(did, "person", person_id, by=_by(person))
    return _turned(_sign_in(person_id, keep, WhyNot.NOT_THIS_STATE))


# ---- Showing once more who one is ----


def confirm_by_password(sign_in_id: int, password: str, *, network: str = "") -> str:
    """Somebody who is signed in gives their password again, before a change that matters.

    Returns:
        a new token for the same sign-in, for ``session.start``.

    Raises:
        Refused: ``WRONG``; with ``TooMany``.
    """
    found = db.session.get(SignIn, sign_in_id)
    key = found.person.email_key if found else ""
    _count_try(key, network)
    found = db.session.get(SignIn, sign_in_id)
    person_id, kept = (found.person_id, found.person.password_hash) if found else (0, "")
    if not passwords.fits(password, kept):
        raise Refused(WhyNot.WRONG)
    return _confirm_with(person_id, sign_in_id, kept)


@unit_of_work
def _confirm_with(person_id: int, sign_in_id: int, kept: str) -> str:
    person = held(Person, person_id)
    if person.password_hash != kept:
        raise Refused(WhyNot.WRONG)
    return _confirmed(person, sign_in_id)


def _confirmed(person: Person, sign_in_id: int) -> str:
    sign_in = _sign_in(person.id, sign_in_id, WhyNot.LINK_NOT_VALID)
    sign_in.confirmed_at = now()
    return _turned(sign_in)


@unit_of_work
def send_confirm_link(person_id: int, *, network: str = "", back: str = "") -> None:
    """Post somebody who is signed in a link by which they show who they are.

    Args:
        back: where they wanted to go, as ``session.back`` signed it.

    Raises:
        Refused: with ``TooMany``; ``NOT_THIS_STATE``.
    """
    person = _held_if_here(person_id)
    _count_letter_to(person.email, network)
    token, until = _new_link(Purpose.CONFIRM, person)
    letters.confirm_who_you_are(person, token, until, back)


@unit_of_work
def confirm_by_link(sign_in_id: int, token: str) -> str:
    """Somebody who is signed in opened the link that ``send_confirm_link`` posted.

    Returns:
        a new token for the same sign-in, for ``session.start``.

    Raises:
        Refused: ``LINK_NOT_VALID``, also when the link is another person's.
    """
    _, person = _used(Purpose.CONFIRM, token)
    return _confirmed(person, sign_in_id)


def _count_letter_to(email: str, network: str) -> None:
    """Count a letter that somebody who is signed in asks for: they may be told that there were too many."""
    if network:
        throttle.count("account letter asked", network, limit=rules.LINKS_PER_NETWORK, window=rules.LETTERS_WINDOW)
    throttle.count("account letter asked", mailbox(email), limit=rules.ASKED, window=rules.LETTERS_WINDOW)


def _sign_in(person_id: int, sign_in_id: int, why_not: WhyNot) -> SignIn:
    """A sign-in of this very person."""
    found = db.session.scalar(select(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id == person_id))
    if found is None:
        raise Refused(why_not)
    return found


def _turned(sign_in: SignIn) -> str:
    """A new token for a sign-in; the old one is dead."""
    token = secrets.token_urlsafe(32)
    sign_in.token_hash = rules.digest(token)
    return token


def _held_if_here(person_id: int) -> Person:
    """A person, held, whose account is open."""
    person = held(Person, person_id)
    if not rules.may_sign_in(person.state):
        raise Refused(WhyNot.NOT_THIS_STATE)
    return person


# ---- Where somebody is signed in ----


@unit_of_work
def note_use(sign_in_id: int) -> None:
    """Note that a sign-in is in use, and on which day its owner was last here. Doing it again changes nothing."""
    moment = now()
    found = db.session.get(SignIn, sign_in_id)
    if found is None:
        return
    if found.person.last_seen_at != rules.day_of(moment) or found.person.warned_at:
        person = held(Person, found.person_id)  # before the sign-in: every action takes them in this order
        person.last_seen_at, person.warned_at = rules.day_of(moment), None
        db.session.flush()
    rows_changed(update(SignIn).where(SignIn.id == sign_in_id).values(last_used_at=moment))


@unit_of_work
def sign_out(sign_in_id: int) -> None:
    """End a sign-in. Doing it again changes nothing."""
    found = db.session.get(SignIn, sign_in_id)
    if found:
        trail.record(Did.SIGNED_OUT, "person", found.person_id, by=_by(found.person))
        rows_changed(delete(SignIn).where(SignIn.id == sign_in_id))


@unit_of_work
def replace_sign_in(token: str) -> None:
    """End the sign-in that a browser had, because somebody signs in there anew."""
    rows_changed(delete(SignIn).where(SignIn.token_hash == rules.digest(token)))


@unit_of_work
def end_sign_in(person_id: int, sign_in_id: int) -> None:
    """Sign somebody out in another place; another person's sign-in stays as it is."""
    ended = delete(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id == person_id)
    if rows_changed(ended):
        trail.record(Did.ENDED_SIGN_INS, "person", person_id, by=f"person:{person_id}", number=1)


@unit_of_work
def end_all_others(person_id: int, keep: int) -> int:
    """Sign somebody out everywhere but here; says in how many places."""
    ended = _end_sign_ins(person_id, but=keep)
    if ended:
        trail.record(Did.ENDED_SIGN_INS, "person", person_id, by=f"person:{person_id}", number=ended)
    return ended


def _end_sign_ins(person_id: int, but: int | None = None) -> int:
    ending = delete(SignIn).where(SignIn.person_id == person_id)
    return rows_changed(ending if but is None else ending.where(SignIn.id != but))


def _forget_links(person_id: int) -> None:
    """No link that was posted before works any more."""
    db.session.flush()
    rows_changed(delete(OneTimeLink).where(OneTimeLink.person_id == person_id))


# ---- Details ----


@unit_of_work
def change_details(person_id: int, *, name: str, language_written: str, language_spoken: str, asked_in: str) -> None:
    """Change what somebody told us; the trail keeps which details, not what they were.

    Args:
        asked_in: the language of the page that asked.

    Raises:
        Refused: ``NOT_THIS_STATE``.
    """
    person = _held_if_here(person_id)
    given = {"name": name, "language_written": language_written, "language_spoken": language_spoken}
    changed = [field for field, value in given.items() if getattr(person, field) != value]
    for field, value in given.items():
        setattr(person, field, value)
    if set(changed) - {"name"}:
        person.asked_in, person.asked_at = asked_in, now()
    if changed:
        trail.record(Did.CHANGED_DETAILS, "person", person_id, by=_by(person), fields=changed)


@unit_of_work
def ask_to_change_email(person_id: int, email: str, *, network: str = "") -> None:
    """Post a link to the new address, and a letter that says so to the old one. The same for the caller, whether or
    not another person has the new address: then its owner is told.

    Raises:
        Refused: ``SAME_EMAIL``; with ``TooMany``; ``NOT_THIS_STATE``.
    """
    person = _held_if_here(person_id)
    if rules.email_key(email) == person.email_key:
        raise Refused(WhyNot.SAME_EMAIL)
    _count_letter_to(person.email, network)
    may_write = _may_write_to(email, "")
    other = queries.person_by_email(email)
    if may_write and (other is None or other.state == PersonState.UNPROVED):
        token, until = _new_link(Purpose.CHANGE_EMAIL, person, email)
        letters.confirm_new_address(person, email, token, until)
    elif may_write and other:
        letters.you_have_an_account(other.email, other)
    letters.email_is_changing(person)


@unit_of_work
def change_email(token: str, *, keep: int | None = None) -> None:
    """Somebody opened the link at their new address and pressed the button: it takes the place of the old one.

    They are signed out everywhere else, and the old address is told.

    Args:
        keep: the sign-in of the one who opened it, if they are signed in; another person's is not kept.

    Raises:
        Refused: ``LINK_NOT_VALID``, also when the address has meanwhile become another person's.
    """
    link, person = _used(Purpose.CHANGE_EMAIL, token)
    old, key = person.email, rules.email_key(link.email)
    # Whoever began an account with the address and never proved it has no claim on it.
    _delete_people(Person.email_key == key)
    person.email, person.email_key, person.proved_at = link.email, key, now()
    try:
        db.session.flush()
    except IntegrityError as problem:
        raise Refused(WhyNot.LINK_NOT_VALID) from problem
    _end_sign_ins(person.id, but=keep)
    _forget_links(person.id)
    letters.email_was_changed(person, old)
    trail.record(Did.CHANGED_EMAIL, "person", person.id, by=_by(person))


@unit_of_work
def downloaded(person_id: int) -> None:
    """Note that somebody opened or downloaded all that we keep about them."""
    trail.record(Did.DOWNLOADED, "person", person_id, by=f"person:{person_id}")


# ---- Leaving ----


@unit_of_work
def ask_to_close(person_id: int) -> None:
    """Somebody wants to leave: in two weeks their account is closed for good, unless they come back and stay.

    They are signed out everywhere. Doing it again changes nothing.

    Raises:
        Refused: ``NOT_THIS_STATE``.
    """
    person = _held_if_here(person_id)
    if person.state == PersonState.CLOSING:
        return
    _begin_to_close(person, by=_by(person))


def _begin_to_close(person: Person, *, by: str, is_idle: bool = False) -> None:
    person.state, person.closing_at = PersonState.CLOSING, now() + rules.CLOSING_FOR
    _end_sign_ins(person.id)
    _forget_links(person.id)
    letters.account_is_closing(person, is_idle=is_idle)
    trail.record(Did.ASKED_TO_CLOSE, "person", person.id, by=by, idle=is_idle)


@unit_of_work
def stay(person_id: int) -> None:
    """Somebody thought again. Doing it again changes nothing.

    Raises:
        Refused: ``NOT_THIS_STATE``.
    """
    person = _held_if_here(person_id)
    if person.state == PersonState.CLOSING:
        person.state, person.closing_at, person.warned_at = PersonState.ACTIVE, None, None
        person.last_seen_at = rules.day_of(now())
        trail.record(Did.STAYED, "person", person_id, by=_by(person))


# ---- What somebody sent before they signed in ----


@unit_of_work
def keep_form(address: str, body: str, *, network: str = "") -> str:
    """Keep what somebody sent to a page for which they must first sign in.

    Args:
        address: a path of ours.
        body: as a browser would send it, without passwords.

    Returns:
        a token for the one browser that sent it, and for nobody else; empty when there is too much of it.

    Raises:
        Refused: with ``TooMany``.
    """
    if len(body) > LONGEST_KEPT or len(address) > 500:
        return ""
    if network:
        throttle.count("kept form", network, limit=rules.KEPT_PER_NETWORK, window=rules.KEPT_WINDOW)
    token = secrets.token_urlsafe(32)
    db.session.add(KeptForm(token_hash=rules.digest(token), address=address, body=body, created_at=now()))
    return token


@unit_of_work
def drop_form(token: str) -> None:
    """Forget what somebody sent before they signed in: they have sent it again."""
    rows_changed(delete(KeptForm).where(KeptForm.token_hash == rules.digest(token)))


# ---- The night ----


def forget_old(moment: datetime | None = None) -> dict[str, int]:
    """Forget in time what is only kept for a time, and close what is due. Doing it again changes nothing.

    Each person's account is its own unit of work: what goes wrong with one undoes nothing of another.

    Returns:
        how many of each.
    """
    moment = moment or now()
    done = _forget_old_rows(moment)
    done["accounts warned"] = sum(_warn(person_id) for person_id in queries.to_be_warned(moment))
    done["idle accounts closing"] = sum(_close_idle(person_id) for person_id in queries.idle_too_long(moment))
    done["accounts closed"] = sum(_close(person_id, moment) for person_id in queries.due_to_close(moment))
    return done


@unit_of_work
def _forget_old_rows(moment: datetime) -> dict[str, int]:
    return {
        "unproved accounts": _delete_people(Person.asked_at < moment - rules.UNPROVED_FOR),
        "links": rows_changed(delete(OneTimeLink).where(OneTimeLink.expires_at <= moment)),
        "sign-ins": rows_changed(
            delete(SignIn).where(
                (SignIn.last_used_at <= moment - rules.IDLE) | (SignIn.created_at <= moment - rules.LONGEST)
            )
        ),
        "kept forms": rows_changed(delete(KeptForm).where(KeptForm.created_at <= moment - rules.KEEP_FORMS)),
    }


def _delete_people(*which: ColumnElement[bool]) -> int:
    """Delete accounts that never came about, with their links. One that is proved at this very moment stays."""
    db.session.flush()
    unproved = Person.state == PersonState.UNPROVED
    people = select(Person.id).where(unproved, *which)
    rows_changed(delete(OneTimeLink).where(OneTimeLink.person_id.in_(people)))
    return rows_changed(delete(Person).where(unproved, *which))


@unit_of_work
def _warn(person_id: int) -> bool:
    person = held(Person, person_id)
    moment = now()
    if person.state != PersonState.ACTIVE or person.warned_at or person.last_seen_at > moment - rules.WARN_AFTER:
        return False
    person.warned_at = moment
    letters.account_will_close(person, moment + (rules.IDLE_CLOSED_AFTER - rules.WARN_AFTER))
    return True


@unit_of_work
def _close_idle(person_id: int) -> bool:
    person = held(Person, person_id)
    if person.state != PersonState.ACTIVE or person.warned_at is None:
        return False
    _begin_to_close(person, by=Actor.WORKER, is_idle=True)
    return True


@unit_of_work
def _close(person_id: int, moment: datetime) -> bool:
    """Erase somebody: only the number stays, for the trail."""
    person = held(Person, person_id)
    if person.state != PersonState.CLOSING or person.closing_at is None or person.closing_at > moment:
        return False
    _end_sign_ins(person_id)
    _forget_links(person_id)
    person.state = PersonState.CLOSED
    person.name = person.email = person.email_key = person.password_hash = ""
    person.proved_at = person.password_changed_at = person.closing_at = person.warned_at = None
    trail.record(Did.CLOSED, "person", person_id, by=Actor.WORKER)
    return True
