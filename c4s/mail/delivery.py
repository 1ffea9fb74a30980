"""Taking letters out of the outbox. Safe to run twice, and in several places at once."""

import logging
import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Select, Update, and_, case, func, or_, select, update
from sqlalchemy.orm import load_only

from c4s.audit import trail
from c4s.audit.trail import Actor
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.units import unit_of_work
from c4s.i18n.references import LARGEST
from c4s.mail.models import Channel, LetterState, OutgoingLetter
from c4s.mail.outbox import Recipient, shown_name
from c4s.mail.rules import Did
from c4s.mail.transports import Transport, message_of

log = logging.getLogger("c4s.mail")

LEASE = timedelta(hours=1)  # a claim older than this was left by a worker that died
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440))  # then failed
DIED = "The worker ended while it was sending this letter."
KEEP_WORDS = timedelta(days=30)
KEEP_UNPRINTED = timedelta(days=365)
NO_WORDS: dict[str, Any] = dict.fromkeys(
    ("body", "subject", "attachment", "to_name", "to_address", "reply_to", "unsubscribe", "problem"), ""
)
"""A letter of which nothing is left but that it was."""
FOR_LIST = load_only(
    OutgoingLetter.channel,
    OutgoingLetter.to_name,
    OutgoingLetter.to_address,
    OutgoingLetter.language,
    OutgoingLetter.created_at,
)
"""What a list says of a letter: the words of hundreds need not be read for it."""


@unit_of_work
def _claim(letter_id: int) -> bool:
    """Make a letter ours, which counts as a try; False when another worker was quicker."""
    return bool(
        rows_changed(
            update(OutgoingLetter)
            .where(OutgoingLetter.id == letter_id, OutgoingLetter.state == LetterState.QUEUED)
            .values(state=LetterState.SENDING, claimed_at=now(), attempts=OutgoingLetter.attempts + 1)
        )
    )


@unit_of_work
def _was_sent(letter_id: int) -> None:
    rows_changed(
        update(OutgoingLetter)
        .where(OutgoingLetter.id == letter_id)
        .values(state=LetterState.SENT, sent_at=now(), problem="")
    )


@unit_of_work
def _was_not_sent(letter_id: int, attempts: int, problem: str) -> None:
    """Wait longer each time; after the last try, leave it for people to see."""
    if attempts > len(WAITS):
        values: dict[str, Any] = {"state": LetterState.FAILED}
    else:
        wait = WAITS[attempts - 1] * random.uniform(1, 1.2)
        values = {"state": LetterState.QUEUED, "due_at": now() + wait}
    # Not one that was withdrawn meanwhile.
    tried = (OutgoingLetter.id == letter_id, OutgoingLetter.state == LetterState.SENDING)
    rows_changed(update(OutgoingLetter).where(*tried).values(problem=problem[:500], **values))


@unit_of_work
def _free_abandoned() -> None:
    """Queue what dead workers left. Each claim was a try: a letter that they all died of is left for people to see."""
    abandoned = (OutgoingLetter.state == LetterState.SENDING, OutgoingLetter.claimed_at < now() - LEASE)
    rows_changed(
        update(OutgoingLetter)
        .where(*abandoned, OutgoingLetter.attempts > len(WAITS))
        .values(state=LetterState.FAILED, problem=DIED)
    )
    rows_changed(update(OutgoingLetter).where(*abandoned).values(state=LetterState.QUEUED))


def _due(moment: datetime) -> list[int]:
    return list(
        db.session.scalars(
            select(OutgoingLetter.id)
            .where(OutgoingLetter.state == LetterState.QUEUED, OutgoingLetter.due_at <= moment)
            .order_by(OutgoingLetter.due_at, OutgoingLetter.id)
            .limit(100)
        )
    )


def send_due() -> tuple[int, int]:
    """Send every letter that is due, each claimed first.

    Never lost; sent twice only if a worker dies between the mail server's yes and our note of it,
    and then with the same Message-ID.

    Returns:
        how many were sent, and how many could not be.
    """
    transport: Transport = current_app.extensions["c4s.mail"]
    settings = current_app.extensions["c4s.settings"]
    if db.session.scalar(
        select(func.count()).where(
            OutgoingLetter.state == LetterState.SENDING, OutgoingLetter.claimed_at < now() - LEASE
        )
    ):
        _free_abandoned()
    sent = failed = 0
    for letter_id in _due(now()):
        if not _claim(letter_id):
            continue
        letter = db.session.get_one(OutgoingLetter, letter_id, populate_existing=True)
        attempts = letter.attempts
        try:
            transport.send(message_of(letter, settings))
        except Exception as problem:
            # Whatever a mail server or an address does, the letter stays and the worker goes on.
            log.warning("Letter %s not sent: %s", letter_id, type(problem).__name__)
            db.session.rollback()
            _was_not_sent(letter_id, attempts, f"{type(problem).__name__}: {problem}")
            failed += 1
        else:
            db.session.rollback()
            _was_sent(letter_id)
            sent += 1
    db.session.rollback()
    return sent, failed


@unit_of_work
def purge() -> int:
    """Forget the words of letters sent, printed or given up long ago, and of those that nobody has printed for a year;
    that they were stays. Says how many. One that nobody can try again any more has been given up."""
    never_printed = rows_changed(
        update(OutgoingLetter)
        .where(OutgoingLetter.state == LetterState.TO_PRINT, OutgoingLetter.created_at < now() - KEEP_UNPRINTED)
        .values(state=LetterState.WITHDRAWN, **NO_WORDS)
    )
    failed = OutgoingLetter.state == LetterState.FAILED
    return never_printed + rows_changed(
        update(OutgoingLetter)
        .where(
            OutgoingLetter.state.in_(
                (LetterState.SENT, LetterState.PRINTED, LetterState.WITHDRAWN, LetterState.FAILED)
            ),
            func.coalesce(OutgoingLetter.sent_at, OutgoingLetter.created_at) < now() - KEEP_WORDS,
            OutgoingLetter.body != "",
        )
        .values(state=case((failed, LetterState.WITHDRAWN), else_=OutgoingLetter.state), **NO_WORDS)
    )


def _theirs(kind: str, number: int, to: Recipient) -> ColumnElement[bool]:
    """Letters about something, and whatever else is addressed to somebody."""
    to_them = [OutgoingLetter.channel == to.channel, OutgoingLetter.to_address == to.address]
    if to.channel != Channel.EMAIL:
        # Of two of one name at one door, what tells of the other is surely not theirs.
        about_no_other = or_(OutgoingLetter.about_kind != kind, OutgoingLetter.about_id == number)
        to_them += [OutgoingLetter.to_name == shown_name(to), about_no_other]
    about_it = and_(OutgoingLetter.about_kind == kind, OutgoingLetter.about_id == number)
    return or_(about_it, and_(*to_them))


@unit_of_work
def forget_letters(kind: str, number: int, to: Recipient) -> int:
    """Forget the words of every letter about something: one that has not gone yet never goes. Says how many.

    Args:
        kind, number: what the letters are about.
        to: somebody to whom nothing else that was written is kept either. A household may share a telephone or a
            door, but no e-mail address: there the name must be theirs as well.
    """
    theirs = _theirs(kind, number, to)
    db.session.flush()
    gone = OutgoingLetter.state.in_((LetterState.SENT, LetterState.PRINTED))
    state = case((gone, OutgoingLetter.state), else_=LetterState.WITHDRAWN)
    return rows_changed(update(OutgoingLetter).where(theirs, OutgoingLetter.body != "").values(state=state, **NO_WORDS))


@unit_of_work
def retry(letter_id: int, *, by: str = Actor.COMMAND) -> bool:
    """Queue a failed letter again; False when it is not one, or its words are forgotten."""
    again = (
        update(OutgoingLetter)
        .where(OutgoingLetter.id == letter_id, OutgoingLetter.state == LetterState.FAILED, OutgoingLetter.body != "")
        .values(state=LetterState.QUEUED, attempts=0, due_at=now(), problem="")
    )
    return _changed(again, letter_id, Did.TRIED_AGAIN, by)


@unit_of_work
def withdraw(letter_id: int, *, by: str) -> bool:
    """Give a failed letter up for good; False when it is not one."""
    gone = (
        update(OutgoingLetter)
        .where(OutgoingLetter.id == letter_id, OutgoingLetter.state == LetterState.FAILED)
        .values(state=LetterState.WITHDRAWN)
    )
    return _changed(gone, letter_id, Did.WITHDRAWN, by)


@unit_of_work
def mark_printed(letter_ids: Iterable[int], did: Did = Did.PRINTED, *, by: str = Actor.COMMAND) -> int:
    """Note that letters for post are on their way, or that those for the phone were read out; says how many were.

    Doing it again changes nothing: those that no longer wait are passed over.

    Args:
        did: what was done with them.
    """
    done = 0
    for letter_id in sorted(set(letter_ids)):
        waiting = (OutgoingLetter.id == letter_id, OutgoingLetter.state == LetterState.TO_PRINT)
        out = update(OutgoingLetter).where(*waiting).values(state=LetterState.PRINTED, sent_at=now())
        done += _changed(out, letter_id, did, by)
    return done


# Accounts are a floor above: who may do this is asked by the guard of the page alone, in the same request. It decides
# nothing about anybody, and a repeat changes nothing.
def _changed(statement: Update, letter_id: int, did: Did, by: str) -> bool:
    if not rows_changed(statement):
        return False
    trail.record(did, "letter", letter_id, by=by)
    return True


@unit_of_work
def looked_at(letter_ids: Iterable[int], *, by: str) -> None:
    """Note that somebody read letters that wait for them to be printed or read out."""
    for letter_id in letter_ids:
        trail.record(Did.LOOKED_AT, "letter", letter_id, by=by)


@unit_of_work
def listed(state: LetterState, number: int, *, by: str) -> None:
    """Note that somebody saw a list of letters, with the names and addresses on them.

    Args:
        state: which list, by the state of those in it.
        number: how many there were.
    """
    trail.record(Did.LISTED, "letter", 0, by=by, state=state, number=number)


def to_print(channel: Channel | None = None, *, is_for_list: bool = False) -> list[OutgoingLetter]:
    """Letters that wait for people to print them or to read them out, oldest first.

    Args:
        channel: of these alone; without it, all.
        is_for_list: they are only to be named, so their words are not read.
    """
    found = _waiting(*[OutgoingLetter.channel == channel] if channel else [])
    return list(db.session.scalars(found.options(FOR_LIST) if is_for_list else found))


def _waiting(*conditions: ColumnElement[bool]) -> Select[OutgoingLetter]:
    waits = OutgoingLetter.state == LetterState.TO_PRINT
    return select(OutgoingLetter).where(waits, *conditions).order_by(OutgoingLetter.created_at, OutgoingLetter.id)


def waiting_letters(letter_ids: Iterable[int], channel: Channel) -> list[OutgoingLetter]:
    """Those of these letters that still wait, oldest first."""
    wanted = {number for number in letter_ids if number <= LARGEST}
    return list(db.session.scalars(_waiting(OutgoingLetter.id.in_(wanted), OutgoingLetter.channel == channel)))


def waiting_for(kind: str, number: int, to: Recipient) -> list[OutgoingLetter]:
    """Those that still wait and tell of somebody, or are addressed to them, oldest first; only to be named.

    Args:
        kind, number: as what letters tell of them.
        to: as letters reach them now; of two at one door, the name tells which are theirs.
    """
    return list(db.session.scalars(_waiting(_theirs(kind, number, to)).options(FOR_LIST)))


def failed(*, is_for_list: bool = False) -> list[OutgoingLetter]:
    """Letters that every try has failed, oldest first.

    Args:
        is_for_list: they are only to be named, so their words are not read.
    """
    found = select(OutgoingLetter).where(OutgoingLetter.state == LetterState.FAILED).order_by(OutgoingLetter.id)
    return list(db.session.scalars(found.options(FOR_LIST) if is_for_list else found))
