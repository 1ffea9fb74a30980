"""Taking letters out of the outbox. Safe to run twice, and in several places at once."""

import logging
import random
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import func, select, update

from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.units import unit_of_work
from c4s.mail.models import LetterState, OutgoingLetter
from c4s.mail.transports import Transport, message_of

log = logging.getLogger("c4s.mail")

LEASE = timedelta(hours=1)  # a claim older than this was left by a worker that died
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440))  # then failed
DIED = "The worker ended while it was sending this letter."
KEEP_WORDS = timedelta(days=30)


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
    rows_changed(update(OutgoingLetter).where(OutgoingLetter.id == letter_id).values(problem=problem[:500], **values))


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
    """Forget the words of letters sent, or given up, long ago; that they were stays. Says how many."""
    return rows_changed(
        update(OutgoingLetter)
        .where(
            OutgoingLetter.state.in_(
                (LetterState.SENT, LetterState.PRINTED, LetterState.WITHDRAWN, LetterState.FAILED)
            ),
            func.coalesce(OutgoingLetter.sent_at, OutgoingLetter.created_at) < now() - KEEP_WORDS,
            OutgoingLetter.body != "",
        )
        .values(body="", subject="", attachment="", to_name="", to_address="", reply_to="")
    )


@unit_of_work
def retry(letter_id: int) -> bool:
    """Queue a failed letter again; False when it is not one."""
    return bool(
        rows_changed(
            update(OutgoingLetter)
            .where(OutgoingLetter.id == letter_id, OutgoingLetter.state == LetterState.FAILED)
            .values(state=LetterState.QUEUED, attempts=0, due_at=now(), problem="")
        )
    )


@unit_of_work
def mark_printed(letter_ids: list[int]) -> None:
    """Note that letters for post or phone are on paper now."""
    rows_changed(
        update(OutgoingLetter)
        .where(OutgoingLetter.id.in_(letter_ids), OutgoingLetter.state == LetterState.TO_PRINT)
        .values(state=LetterState.PRINTED, sent_at=now())
    )


def to_print() -> list[OutgoingLetter]:
    """Letters that wait for paper, oldest first."""
    return list(
        db.session.scalars(
            select(OutgoingLetter)
            .where(OutgoingLetter.state == LetterState.TO_PRINT)
            .order_by(OutgoingLetter.created_at, OutgoingLetter.id)
        )
    )


def failed() -> list[OutgoingLetter]:
    """Letters that every try has failed, oldest first."""
    return list(
        db.session.scalars(
            select(OutgoingLetter).where(OutgoingLetter.state == LetterState.FAILED).order_by(OutgoingLetter.id)
        )
    )
