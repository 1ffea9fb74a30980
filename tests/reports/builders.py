"""What readers say is wrong with entries, with obvious defaults."""

from itertools import count
from typing import Any

from c4s.audit import trail
from c4s.core.db import db
from c4s.directory.models import Supplier
from c4s.mail.models import OutgoingLetter
from c4s.reports import actions, queries
from c4s.reports.models import Report
from c4s.reports.rules import ReportKind

NIA = "nia.darllenydd@example.cymru"
WORDS = "Mae’r rhif ffôn wedi newid."
KEYS = count()


def a_report(supplier: Supplier, kind: ReportKind = ReportKind.OUT_OF_DATE, **facts: Any) -> Report:
    """Nia, whom nobody knows, says that something is out of date, and wants an answer in both languages."""
    key = f"the-key-of-one-report-{next(KEYS)}"
    given = {
        "name": "Nia",
        "email": NIA,
        "language": "both",
        "words": WORDS,
        "asked_in": "cy",
        "network": "192.0.2.0/24",
    }
    given = {"key": key, **given, **facts}
    actions.tell(supplier.id, kind, **given)
    found = queries.report_of_key(given["key"])
    assert found is not None
    return again(found.id)


def again(report_id: int) -> Report:
    """A report as it is now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Report, report_id)


def letters_about(report: Report) -> list[OutgoingLetter]:
    """Every letter about a report, the oldest first."""
    db.session.rollback()
    found = db.session.query(OutgoingLetter).filter_by(about_kind="report", about_id=report.id)
    return list(found.order_by(OutgoingLetter.id))


def story_of(report: Report) -> list[tuple[str, str]]:
    """What the trail says of a report: who, and what."""
    db.session.rollback()
    return [(entry.actor, entry.action) for entry in trail.history_of("report", report.id)]


def number_of_reports() -> int:
    db.session.rollback()
    return db.session.query(Report).count()
