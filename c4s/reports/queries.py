"""What can be asked about reports. Nothing here changes anything."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from c4s.accounts.models import Person
from c4s.accounts.rules import PersonState
from c4s.businesses import queries as businesses
from c4s.core.db import db
from c4s.core.once import Done
from c4s.i18n.references import LARGEST
from c4s.reports.models import Report, ReportNote
from c4s.reports.rules import ReportState

PER_PAGE = 50
WITH_ENTRY = joinedload(Report.supplier)


def report(report_id: int) -> Report | None:
    """One report with its notes; None for none."""
    if report_id > LARGEST:
        return None
    parts = (WITH_ENTRY, selectinload(Report.notes).joinedload(ReportNote.by))
    return db.session.scalar(select(Report).where(Report.id == report_id).options(*parts))


def report_of_key(key: str) -> Report | None:
    """What a form with this key led to."""
    done = db.session.get(Done, key)
    return db.session.scalar(select(Report).where(Report.reference == done.result)) if done else None


def has_reference(reference: str) -> bool:
    """Whether a report has this reference already."""
    return db.session.scalar(select(Report.id).where(Report.reference == reference)) is not None


def reports_by(person_id: int) -> Sequence[Report]:
    """All that somebody told us while they were signed in, the newest first."""
    return db.session.scalars(
        select(Report).where(Report.person_id == person_id).options(WITH_ENTRY).order_by(Report.id.desc())
    ).all()


def notes_by(person_id: int) -> Sequence[ReportNote]:
    """What somebody noted as a member of staff, the oldest first."""
    return db.session.scalars(select(ReportNote).where(ReportNote.by_id == person_id).order_by(ReportNote.id)).all()


def reports_about(supplier_id: int) -> Sequence[Report]:
    """All that we were told of one entry, the newest first."""
    return db.session.scalars(
        select(Report).where(Report.supplier_id == supplier_id).options(WITH_ENTRY).order_by(Report.id.desc())
    ).all()


def still_open() -> Sequence[Report]:
    """Every report that waits for staff, the oldest first."""
    return db.session.scalars(
        select(Report)
        .where(Report.state == ReportState.OPEN)
        .options(WITH_ENTRY)
        .order_by(Report.due_on, Report.told_at, Report.id)
    ).all()


def answered(page: int) -> tuple[Sequence[Report], int]:
    """A page of the reports that are answered, the last answered first, and how many there are."""
    is_answered = Report.state == ReportState.ANSWERED
    found = db.session.scalars(
        select(Report)
        .where(is_answered)
        .options(WITH_ENTRY)
        .order_by(Report.answered_at.desc(), Report.id.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()
    return found, db.session.scalar(select(func.count()).select_from(Report).where(is_answered)) or 0


def people_of(business_id: int | None) -> list[Person]:
    """Those who speak for the business of an entry, and have an open account."""
    members = businesses.members_of(business_id) if business_id is not None else ()
    return [one.person for one in members if one.person.state == PersonState.ACTIVE]


def speaking_for(business_id: int | None) -> set[int]:
    """The numbers of all who speak for the business of an entry, whatever became of their accounts."""
    return set(businesses.roles_in(business_id)) if business_id is not None else set()


def is_ones_own(report: Report, person_id: int) -> bool:
    """Whether somebody told us of it themselves, or speaks for the business that it is about."""
    return report.person_id == person_id or is_about(report, person_id, kept_by(person_id))


def is_about(report: Report, person_id: int, kept: set[int | None]) -> bool:
    """Whether a report is about an entry that somebody speaks for, or spoke for when we were told or when it went.

    Args:
        kept: the businesses that they speak for.
    """
    return person_id in report.gone_people or (report.supplier is not None and report.supplier.business_id in kept)


def kept_by(person_id: int) -> set[int | None]:
    """The businesses that somebody speaks for: who told us of one of these is no affair of theirs."""
    return {one.business_id for one in businesses.memberships_of(person_id)}
