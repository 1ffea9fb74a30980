"""Writing the trail and reading it back."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select

from c4s.audit.models import Entry
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.units import unit_of_work
from c4s.i18n.formats import UK

KEEP = timedelta(days=6 * 366)
"""Six years and a little: the database itself refuses to let go of an entry sooner."""
KEEP_SECURITY = timedelta(days=366)
"""A year and a little, for entries that tell of nothing but signing in and out."""
OF_SECURITY = (
    "person.ended_sign_ins",
    "person.failed_sign_in",
    "person.showed_second_factor",
    "person.signed_in",
    "person.signed_out",
)
"""Those entries; the trigger of the database names the same."""


class Actor(StrEnum):
    """Who acts when nobody is signed in."""

    VISITOR = "visitor"
    WORKER = "worker"
    COMMAND = "command"


BY_A_PERSON = "person:"


def person(number: int) -> str:
    """What the trail calls somebody who was signed in; ``words.person_of`` gives the number back."""
    return f"{BY_A_PERSON}{number}"


@dataclass(frozen=True)
class Entered:
    """How something came to be done for somebody who cannot do it themself: a member of staff does it, at their word.

    Attributes:
        by_id: the member of staff.
        came_by: how the word reached them, as a code.
    """

    by_id: int
    came_by: str


def doer(person_id: int, entered: Entered | None) -> dict[str, Any]:
    """Who did something, as ``record`` takes it: somebody by themself, or a member of staff for them."""
    if entered is None:
        return {"by": person(person_id)}
    return {"by": person(entered.by_id), "person": person_id, "came_by": str(entered.came_by)}


class Did(StrEnum):
    """What the trail says was done with the trail."""

    LOOKED_AT = "trail.looked_at"
    EXPORTED = "trail.exported"


def record(action: StrEnum, kind: str, subject_id: int, *, by: str, reason: str = "", **facts: Any) -> None:
    """Write one entry, inside the unit of work of the change it tells of: both happen or neither.

    Args:
        action: what was done, from the capability's own list.
        kind, subject_id: what it was done to.
        by: an ``Actor``, or what ``person`` gives.
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


@dataclass(frozen=True)
class Asked:
    """Which entries somebody looks for; what is left out narrows nothing.

    Attributes:
        person: the number of somebody who did it, or to whom it was done.
        thing: the number of what it was done to; it means something together with its kind.
        but: a code to leave out.
        since, until: days in Wales, both of them included.
    """

    person: int | None = None
    thing: int | None = None
    kind: str = ""
    action: str = ""
    but: str = ""
    since: date | None = None
    until: date | None = None

    def said(self) -> dict[str, str]:
        """What was asked, as the trail keeps it."""
        return {name: str(value) for name, value in asdict(self).items() if value}


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.person is not None:
        by_them = Entry.actor == person(asked.person)
        found.append(by_them | ((Entry.subject_kind == "person") & (Entry.subject_id == asked.person)))
    if asked.kind:
        found.append(Entry.subject_kind == asked.kind)
    if asked.thing is not None:
        found.append(Entry.subject_id == asked.thing)
    if asked.action:
        found.append(Entry.action == asked.action)
    if asked.but:
        found.append(Entry.action != asked.but)
    if asked.since:
        found.append(Entry.at >= datetime.combine(asked.since, time(), UK))
    if asked.until:
        found.append(Entry.at < datetime.combine(asked.until + timedelta(days=1), time(), UK))
    return found


def number_of(asked: Asked) -> int:
    """How many entries there are."""
    return db.session.scalar(select(func.count()).select_from(Entry).where(*_conditions(asked))) or 0


def entries(asked: Asked, *, skip: int = 0, most: int) -> Sequence[Entry]:
    """The entries, the newest first.

    Args:
        skip: how many of them to pass over.
        most: how many to give.
    """
    found = select(Entry).where(*_conditions(asked)).order_by(Entry.id.desc())
    return db.session.scalars(found.offset(skip).limit(most)).all()


@unit_of_work
def looked_at(asked: Asked, *, by: str) -> None:
    """Note that somebody read the trail: it tells of people."""
    record(Did.LOOKED_AT, "trail", 0, by=by, asked=asked.said())


@unit_of_work
def exported(asked: Asked, number: int, *, by: str) -> None:
    """Note that somebody took a part of the trail away as a file."""
    record(Did.EXPORTED, "trail", 0, by=by, asked=asked.said(), number=number)


@unit_of_work
def forget_old(moment: datetime) -> int:
    """Forget what was told long ago; says how many entries.

    The database goes by a clock of its own when it refuses to let go of one: where that is behind, so are we.
    """
    theirs = db.session.scalars(select(func.current_timestamp())).one()
    moment = min(moment, theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC))
    of_security = Entry.action.in_(OF_SECURITY) & (Entry.at < moment - KEEP_SECURITY)
    return rows_changed(delete(Entry).where((Entry.at < moment - KEEP) | of_security))
