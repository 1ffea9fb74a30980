"""What we keep of what somebody told us about entries, and what of it waits for staff."""

from collections.abc import Sequence
from datetime import UTC, datetime, time

from flask import url_for

from c4s.accounts import data
from c4s.accounts.data import Part, Record
from c4s.accounts.models import Person
from c4s.i18n import formats
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail.phrases import WRITTEN
from c4s.reports import phrases, queries
from c4s.web.desk import Queue, Waits
from c4s.web.rights import Right


def _reports(person: Person) -> Sequence[Record]:
    return [
        [
            data.text("reference", _l("Reference"), report.reference),
            data.text("entry", _l("Entry"), report.names.spoken(current_language())[0]),
            data.text("kind", _l("What is wrong?"), report.kind, phrases.KIND[report.kind]),
            data.text("words", _l("What you wrote"), report.words),
            data.text("state", _l("How it stands"), report.state, phrases.STATE[report.state]),
            data.text("name", _l("Name"), report.name),
            data.text("email", _l("Where we answer"), report.email),
            data.text(
                "language_written",
                _l("Language of our messages"),
                report.language_written,
                WRITTEN.get(report.language_written, ""),
            ),
            data.moment("told_at", _l("Received"), report.told_at),
            data.text("due_on", _l("We answer by"), report.due_on.isoformat(), formats.plain_date(report.due_on)),
            data.text(
                "outcome",
                _l("What came of it"),
                report.outcome or "",
                phrases.OUTCOME_OF[report.outcome] if report.outcome else "",
            ),
            data.text("answer", _l("Our answer"), report.answer.spoken(current_language())[0]),
            data.moment("answered_at", _l("Answered at"), report.answered_at),
        ]
        for report in queries.reports_by(person.id)
    ]


PART = Part("reports", _l("What you told us about entries"), _reports)


def _notes(person: Person) -> Sequence[Record]:
    return [
        [
            data.text("note", _l("A note for colleagues"), one.words),
            data.moment("written_at", _l("Written"), one.at),
        ]
        for one in queries.notes_by(person.id)
    ]


NOTES = Part("report_notes", _l("What you noted, as a member of staff, of what readers told us"), _notes)


def _waiting() -> Sequence[Waits]:
    return [
        Waits(
            name=f"{report.reference}: {report.names.en}",
            address=url_for("report_work.show", report_id=report.id),
            since=report.told_at,
            language=report.language_written or report.asked_in,
            due_at=datetime.combine(report.due_on, time(12), UTC),
        )
        for report in sorted(queries.still_open(), key=lambda report: (report.told_at, report.id))
    ]


QUEUE = Queue(
    "reports", Right.ANSWER_REPORTS, _l("Reports that something is wrong with an entry"), "report_work.index", _waiting
)
