"""Writing the trail and reading it back."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from c4s.audit.models import Entry
from c4s.core.clock import now
from c4s.core.db import db


class Actor(StrEnum):
    """Who acts when nobody is signed in."""

    VISITOR = "visitor"
    WORKER = "worker"
    COMMAND = "command"


def record(action: StrEnum, kind: str, subject_id: int, *, by: str, reason: str = "", **facts: Any) -> None:
    """Write one entry, inside the unit of work of the change it tells of: both happen or neither.

    Args:
        action: what was done, from the capability's own list.
        kind, subject_id: what it was done to.
        by: an ``Actor``, or ``person:<id>``.
        facts: plain values that JSON can keep; never an access need, a password or a whole letter.
    """
    db.session.add(
        Entry(
            at=now(),
            actor=str(by),
            action=str(action),
            subject_kind=kind,
            subject_id=subject_id,
            reason=reason,
            facts=facts,
        )
    )


def history_of(kind: str, subject_id: int) -> Sequence[Entry]:
    """Everything that was done to one thing, oldest first."""
    return db.session.scalars(
        select(Entry).where(Entry.subject_kind == kind, Entry.subject_id == subject_id).order_by(Entry.id)
    ).all()
