"""What people can do about their accounts: each verb is one unit of work.

What a stranger may ask (to register, to be sent a link, to try a password) is answered alike whether or not
the address has an account, and takes as long: those who know something are told by letter.
"""

import secrets
from contextlib import AbstractContextManager, nullcontext

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from c4s.accounts import leaving, letters, passwords, queries, rules, steps
from c4s.accounts.models import KeptForm, Person, SignIn
from c4s.accounts.rules import Did, Lane, PersonState, Purpose, WhyNot
from c4s.audit import trail
from c4s.core import once, throttle
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.errors import Refused
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
    lane: Lane = Lane.RESIDENT,
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
        lane: what they come for.
        key: the random key of the form, by which a repeat is known; empty for none.
        network: as ``throttle.network_of`` says; empty for our own commands.

    Raises:
        Refused: with ``TooMany``; with ``NotAgain`` when the key was used otherwise.
    """
    given = {"name": name, "lane": lane, "language_written": language_written, "language_spoken": language_spoken}
    if key and once.earlier_result(key, once.fingerprint(email, given, asked_in)) is not None:
        return
    may_write = steps.may_write_to(email, Purpose.PROVE, network, rules.REGISTER_PER_NETWORK)
    person = queries.known_at(email)
    if may_write and (person is None or person.state == PersonState.UNPROVED):
        if person is None:
            person = steps.begin_account(email, rules.email_key(email), given, asked_in)
        else:
            person = held(Person, person.id)
            person.email, person.asked_in, person.asked_at = email, asked_in, now()
            for field, value in given.items():
                setattr(person, field, value)
        steps.send_proof(person)
        with steps.taken_back():
            letters.you_have_an_account(email, person)
    elif may_write and person:
        letters.you_have_an_account(person.email, person)
        with steps.taken_back():
            steps.send_proof(steps.begin_account(email, "", given, asked_in))
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
    may_write = steps.may_write_to(email, Purpose.SIGN_IN, network, rules.LINKS_PER_NETWORK)
    person = queries.person_by_email(email)
    if not may_write:
        return
    nobody = {"name": "", "language_written": asked_in, "language_spoken": asked_in}
    if person is None:
        with steps.taken_back():
            stranger = steps.begin_account(email, "", nobody, asked_in)
            token, until = steps.new_link(Purpose.SIGN_IN, stranger)
            letters.sign_in_link(stranger, token, until, back)
        return
    steps.send_way_in(person, back)
    with steps.taken_back():
        stranger = steps.begin_account(email, "", nobody, asked_in)
        if person.state == PersonState.SUSPENDED:
            steps.new_link(Purpose.SIGN_IN, stranger)  # they got no link


# ---- Opening a link ----


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
    _, person = steps.used(Purpose.PROVE, token)
    person.state, person.proved_at = PersonState.ACTIVE, now()
    trail.record(Did.PROVED, "person", person.id, by=trail.person(person.id))
    return steps.begin_sign_in(person, browser, network)


@unit_of_work
def sign_in_by_link(token: str, *, browser: str, network: str) -> str:
    """Sign somebody in who opened the link in their letter and pressed the button.

    Returns:
        the token of the new sign-in, for ``session.start``.

    Raises:
        Refused: ``LINK_NOT_VALID``.
    """
    _, person = steps.used(Purpose.SIGN_IN, token)
    return steps.begin_sign_in(person, browser, network)


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
        _note_failure(person_id, rules.email_key(email))
        raise Refused(WhyNot.WRONG)
    new = passwords.hashed(password) if passwords.needs_hashing_again(kept) else ""
    return _sign_in_with(person_id, kept, new, browser, network)


@unit_of_work
def _count_try(key: str, network: str) -> None:
    """Count a password that is about to be tried; before it is, so that many at once gain nothing."""
    if network:
        steps.count_on_site("password", network, rules.TRIES_PER_NETWORK, rules.TRIES_ON_SITE, rules.TRIES_WINDOW)
    throttle.count("password of", key, limit=rules.TRIES, window=rules.TRIES_WINDOW)


@unit_of_work
def _note_failure(person_id: int, key: str) -> None:
    steps.note_failure(person_id, key)


@unit_of_work
def _sign_in_with(person_id: int, kept: str, new: str, browser: str, network: str) -> str:
    """The part that writes. The password was right a moment ago: it must still be the one."""
    person = held(Person, person_id)
    if person.password_hash != kept or not rules.may_sign_in(person.state):
        raise Refused(WhyNot.WRONG)
    person.password_hash = new or kept
    return steps.begin_sign_in(person, browser, network)


def set_password(person_id: int, password: str, *, keep: int) -> str:
    """Set or change somebody's password, and sign them out everywhere but here.

    Args:
        keep: the sign-in that asked.

    Returns:
        a new token for that sign-in, for ``session.start``.

    Raises:
        Refused: ``PASSWORD_SHORT``, ``PASSWORD_SHORT_OF_STAFF``, ``PASSWORD_LONG`` or ``PASSWORD_KNOWN``;
            ``NOT_THIS_STATE`` when the sign-in has ended meanwhile.
    """
    person = db.session.get_one(Person, person_id)
    rules.may_be_a_password(password, is_staff=bool(person.roles))
    if passwords.too_easy(password, [person.name, person.email]):
        raise Refused(WhyNot.PASSWORD_KNOWN)
    return _change_password(person_id, passwords.hashed(password), keep, Did.SET_PASSWORD)


def remove_password(person_id: int, *, keep: int) -> str:
    """Take somebody's password away: from now on they sign in by links alone, and the other sign-ins end.

    Returns:
        a new token for the sign-in that is kept, for ``session.start``.

    Raises:
        Refused: ``NOT_THIS_STATE`` when the account or the sign-in has ended meanwhile.
    """
    return _change_password(person_id, "", keep, Did.REMOVED_PASSWORD)


@unit_of_work
def _change_password(person_id: int, password_hash: str, keep: int, did: Did) -> str:
    person = steps.held_if_here(person_id)
    person.password_hash, person.password_changed_at = password_hash, now()
    steps.end_sign_ins(person_id, but=keep)
    steps.forget_links(person_id)
    letters.password_was_changed(person)
    trail.record(did, "person", person_id, by=trail.person(person.id))
    return steps.turned(steps.sign_in_of(person_id, keep, WhyNot.NOT_THIS_STATE))


# ---- Showing once more who one is ----


def confirm_by_password(sign_in_id: int, password: str, code: str = "", *, network: str = "") -> str:
    """Somebody who is signed in gives their password again, before a change that matters.

    Args:
        code: of their second step, or a recovery code; for those who have a second step.

    Returns:
        a new token for the same sign-in, for ``session.start``.

    Raises:
        Refused: ``WRONG``; ``CURRENT_CODE_WRONG``; with ``TooMany``.
    """
    found = db.session.get(SignIn, sign_in_id)
    key = found.person.email_key if found else ""
    _count_try(key, network)
    found = db.session.get(SignIn, sign_in_id)
    person_id, kept = (found.person_id, found.person.password_hash) if found else (0, "")
    if not passwords.fits(password, kept):
        raise Refused(WhyNot.WRONG)
    with _code_tried(person_id, network):
        return _confirm_with(person_id, sign_in_id, kept, code)


@unit_of_work
def _confirm_with(person_id: int, sign_in_id: int, kept: str, code: str) -> str:
    person = held(Person, person_id)
    if person.password_hash != kept:
        raise Refused(WhyNot.WRONG)
    return _confirmed(person, sign_in_id, code)


def _code_tried(person_id: int, network: str) -> AbstractContextManager[None]:
    """Those who have no second step try no code."""
    return steps.code_tried(person_id, network) if queries.second_factor_of(person_id) else nullcontext()


def _confirmed(person: Person, sign_in_id: int, code: str) -> str:
    if steps.show_second_factor(person.id, code):
        letters.recovery_code_was_used(person, queries.recovery_codes_left(person.id))
    sign_in = steps.sign_in_of(person.id, sign_in_id, WhyNot.LINK_NOT_VALID)
    sign_in.confirmed_at = now()
    return steps.turned(sign_in)


@unit_of_work
def send_confirm_link(person_id: int, *, network: str = "", back: str = "") -> None:
    """Post somebody who is signed in a link by which they show who they are.

    Args:
        back: where they wanted to go, as ``session.back`` signed it.

    Raises:
        Refused: with ``TooMany``; ``NOT_THIS_STATE``.
    """
    person = steps.held_if_here(person_id)
    steps.count_letter_to(person.email, Purpose.CONFIRM, network)
    token, until = steps.new_link(Purpose.CONFIRM, person)
    letters.confirm_who_you_are(person, token, until, back)


def confirm_by_link(sign_in_id: int, token: str, code: str = "", *, network: str = "") -> str:
    """Somebody who is signed in opened the link that ``send_confirm_link`` posted.

    Args:
        code: as in ``confirm_by_password``. While it is wrong, the link stays good.

    Returns:
        a new token for the same sign-in, for ``session.start``.

    Raises:
        Refused: ``LINK_NOT_VALID``, also when the link is another person's; ``CURRENT_CODE_WRONG``; with ``TooMany``.
    """
    found = queries.valid_link(Purpose.CONFIRM, token)
    here = db.session.get(SignIn, sign_in_id)
    if found is None or here is None or here.person_id != found.person_id:
        raise Refused(WhyNot.LINK_NOT_VALID)
    with _code_tried(here.person_id, network):
        return _confirm_by_link(sign_in_id, token, code)


@unit_of_work
def _confirm_by_link(sign_in_id: int, token: str, code: str) -> str:
    _, person = steps.used(Purpose.CONFIRM, token)
    return _confirmed(person, sign_in_id, code)


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
        trail.record(Did.SIGNED_OUT, "person", found.person_id, by=trail.person(found.person_id))
        rows_changed(delete(SignIn).where(SignIn.id == sign_in_id))


@unit_of_work
def replace_sign_in(token: str) -> None:
    """End the sign-in that a browser had, because somebody signs in there anew."""
    rows_changed(delete(SignIn).where(SignIn.token_hash == rules.digest(token)))


@unit_of_work
def end_sign_in(person_id: int, sign_in_id: int) -> None:
    """Sign somebody out in another place; another person's sign-in stays as it is.

    Nobody need show who they are for that: it takes rights away and gives none, and whoever has lost a telephone
    should have to do as little as possible.
    """
    ended = delete(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id == person_id)
    if rows_changed(ended):
        trail.record(Did.ENDED_SIGN_INS, "person", person_id, by=trail.person(person_id), number=1)


@unit_of_work
def end_all_others(person_id: int, keep: int) -> int:
    """Sign somebody out everywhere but here; says in how many places."""
    ended = steps.end_sign_ins(person_id, but=keep)
    if ended:
        trail.record(Did.ENDED_SIGN_INS, "person", person_id, by=trail.person(person_id), number=ended)
    return ended


# ---- Details ----


@unit_of_work
def change_details(person_id: int, *, name: str, language_written: str, language_spoken: str, asked_in: str) -> None:
    """Change what somebody told us; the trail keeps which details, not what they were.

    Args:
        asked_in: the language of the page that asked.

    Raises:
        Refused: ``NOT_THIS_STATE``.
    """
    person = steps.held_if_here(person_id)
    given = {"name": name, "language_written": language_written, "language_spoken": language_spoken}
    changed = [field for field, value in given.items() if getattr(person, field) != value]
    for field, value in given.items():
        setattr(person, field, value)
    if set(changed) - {"name"}:
        person.asked_in, person.asked_at = asked_in, now()
    if changed:
        trail.record(Did.CHANGED_DETAILS, "person", person_id, by=trail.person(person.id), fields=changed)


@unit_of_work
def ask_to_change_email(person_id: int, email: str, *, network: str = "") -> None:
    """Post a link to the new address, and a letter that says so to the old one. The same for the caller, whether or
    not another person has the new address: then its owner is told.

    Raises:
        Refused: ``SAME_EMAIL``; with ``TooMany``; ``NOT_THIS_STATE``.
    """
    person = steps.held_if_here(person_id)
    if rules.email_key(email) == person.email_key:
        raise Refused(WhyNot.SAME_EMAIL)
    steps.count_letter_to(person.email, Purpose.CHANGE_EMAIL, network)
    may_write = steps.may_write_to(email, Purpose.CHANGE_EMAIL)
    other = queries.person_by_email(email)
    if may_write and (other is None or other.state == PersonState.UNPROVED):
        _send_change_link(person, email)
        with steps.taken_back():
            letters.you_have_an_account(email, person)
    elif may_write and other:
        letters.you_have_an_account(other.email, other)
        with steps.taken_back():
            _send_change_link(person, email)
    letters.email_is_changing(person)


def _send_change_link(person: Person, email: str) -> None:
    token, until = steps.new_link(Purpose.CHANGE_EMAIL, person, email)
    letters.confirm_new_address(person, email, token, until)


@unit_of_work
def change_email(token: str, *, keep: int | None = None) -> None:
    """Somebody opened the link at their new address and pressed the button: it takes the place of the old one.

    They are signed out everywhere else, and the old address is told.

    Args:
        keep: the sign-in of the one who opened it, if they are signed in; another person's is not kept.

    Raises:
        Refused: ``LINK_NOT_VALID``, also when the address has meanwhile become another person's.
    """
    link, person = steps.used(Purpose.CHANGE_EMAIL, token)
    old, key = person.email, rules.email_key(link.email)
    # Whoever began an account with the address and never proved it has no claim on it.
    steps.delete_people(Person.email_key == key)
    person.email, person.email_key, person.proved_at = link.email, key, now()
    try:
        db.session.flush()
    except IntegrityError as problem:
        raise Refused(WhyNot.LINK_NOT_VALID) from problem
    steps.end_sign_ins(person.id, but=keep)
    steps.forget_links(person.id)
    letters.email_was_changed(person, old)
    trail.record(Did.CHANGED_EMAIL, "person", person.id, by=trail.person(person.id))
    leaving.moved(person, old)


@unit_of_work
def downloaded(person_id: int) -> None:
    """Note that somebody opened or downloaded all that we keep about them."""
    trail.record(Did.DOWNLOADED, "person", person_id, by=trail.person(person_id))


# ---- Leaving ----


@unit_of_work
def ask_to_close(person_id: int) -> None:
    """Somebody wants to leave: in two weeks their account is closed for good, unless they come back and stay.

    They are signed out everywhere. Doing it again changes nothing.

    Raises:
        Refused: ``NOT_THIS_STATE``; ``STILL_NEEDED`` while something must first be handed over (``leaving``).
    """
    steps.hold_with_administrators(person_id)
    person = steps.held_if_here(person_id)
    if person.state == PersonState.CLOSING:
        return
    if leaving.holding_back(person_id):
        raise Refused(WhyNot.STILL_NEEDED)
    steps.begin_to_close(person, by=trail.person(person.id))


@unit_of_work
def stay(person_id: int) -> None:
    """Somebody thought again. Doing it again changes nothing.

    Raises:
        Refused: ``NOT_THIS_STATE``.
    """
    person = steps.held_if_here(person_id)
    if person.state == PersonState.CLOSING:
        steps.keep_after_all(person, by=trail.person(person.id))


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
        throttle.count_network("kept form", network, limit=rules.KEPT_PER_NETWORK, window=rules.KEPT_WINDOW)
    token = secrets.token_urlsafe(32)
    db.session.add(KeptForm(token_hash=rules.digest(token), address=address, body=body, created_at=now()))
    return token


@unit_of_work
def drop_form(token: str) -> None:
    """Forget what somebody sent before they signed in: they have sent it again."""
    rows_changed(delete(KeptForm).where(KeptForm.token_hash == rules.digest(token)))
