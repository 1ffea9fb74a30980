"""What can be asked about cases. Nothing here changes anything."""

from collections.abc import Sequence

from sqlalchemy import func, select

from c4s.cases.models import Case
from c4s.cases.rules import CaseState
from c4s.core.db import db
from c4s.i18n.references import LARGEST

PER_PAGE = 50


def case(case_id: int) -> Case | None:
    """One case; None for none."""
    return db.session.get(Case, case_id) if case_id <= LARGEST else None


def has_reference(reference: str) -> bool:
    """Whether a case has this reference already."""
    return db.session.scalar(select(Case.id).where(Case.reference == reference)) is not None


def cases_of(person_id: int) -> Sequence[Case]:
    """All that somebody sent while they were signed in, the newest first."""
    return db.session.scalars(select(Case).where(Case.person_id == person_id).order_by(Case.id.desc())).all()


def still_open() -> Sequence[Case]:
    """Every case that waits for an answer, by the day on which it is due."""
    return db.session.scalars(
        select(Case).where(Case.state == CaseState.OPEN).order_by(Case.due_on, Case.received_at, Case.id)
    ).all()


def answered(page: int) -> tuple[Sequence[Case], int]:
    """A page of the cases that are answered, the last answered first, and how many there are."""
    is_answered = Case.state == CaseState.ANSWERED
    found = db.session.scalars(
        select(Case)
        .where(is_answered)
        .order_by(Case.answered_at.desc(), Case.id.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()
    return found, db.session.scalar(select(func.count()).where(is_answered)) or 0
