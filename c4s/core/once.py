"""A form that creates something creates it once, however often it is sent."""

import hashlib
import json
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import String, bindparam, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from c4s.core.clock import now
from c4s.core.db import Model, UtcDateTime, db, inserting, rows, rows_changed
from c4s.core.errors import Refused


class NotAgain(StrEnum):
    """The key was used before, for something else."""

    ANOTHER_BODY = "another_body"


class Done(Model):
    """What one form's key led to; written in the same unit of work as the thing itself."""

    __tablename__ = "done_once"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    result: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


RESULT = select(Done.result).where(Done.key == bindparam("key"))
REMEMBER = update(Done).where(Done.key == bindparam("of_key")).values(result=bindparam("what"))


@cache
def _claiming(engine: str) -> Any:
    """The statement that makes a key ours: put together once for an engine."""
    return inserting(Done).on_conflict_do_nothing().returning(Done.key)


def fingerprint(*values: object) -> str:
    """A digest of what a form asked for, to tell a repeat from a different request."""
    return hashlib.sha256(json.dumps(values, default=str, ensure_ascii=False).encode()).hexdigest()


def earlier_result(key: str, body: str) -> str | None:
    """What this key led to before, or None for a first time, which then belongs to this unit of work.

    Two at once: the second waits for the first to end, then sees its result.

    Args:
        key: the random key the form carried.
        body: its ``fingerprint``.

    Raises:
        Refused: with ``NotAgain.ANOTHER_BODY`` when the key was used for other contents.
    """
    claim = _claiming(db.session.get_bind().dialect.name)
    values = {"key": key, "fingerprint": body, "result": "", "at": now()}
    if db.session.connection().execute(claim, values).first():
        return None
    earlier = db.session.get_one(Done, key)
    if earlier.fingerprint != body:
        raise Refused(NotAgain.ANOTHER_BODY)
    return earlier.result


def result_of(key: str) -> str | None:
    """What a form with this key led to; None while it has led to nothing."""
    found = rows(RESULT, key=key)
    return found[0][0] if found else None


def remember(key: str, result: str) -> None:
    """Keep what a key led to, for the next time it is sent."""
    db.session.connection().execute(REMEMBER, {"of_key": key, "what": result})


def forget_old(before: datetime) -> int:
    """Remove keys older than a moment; says how many."""
    return rows_changed(delete(Done).where(Done.at < before))
