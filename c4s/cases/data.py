"""What we keep of somebody's cases, and what of them waits for staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from flask import url_for

from c4s.accounts import data
from c4s.accounts.data import Part, Record
from c4s.accounts.models import Person
from c4s.cases import phrases, queries, rules
from c4s.cases.models import Case
from c4s.core.clock import now
from c4s.i18n import formats
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail.phrases import CHANNEL, WRITTEN
from c4s.web.desk import Queue, Waits
from c4s.web.rights import Right


@dataclass(frozen=True)
class Shown:
    """A case, and whether its day has passed."""

    case: Case
    is_overdue: bool


def shown(case: Case) -> Shown:
    """A case as lists show it."""
    return Shown(case, rules.is_overdue(case.state, case.due_on, formats.uk(now()).date()))


def _cases(person: Person) -> Sequence[Record]:
    return [
        [
            data.text("reference", _l("Reference"), case.reference),
            data.text("kind", _l("What it is about"), case.kind, phrases.SHORT[case.kind]),
            data.text("state", _l("How it stands"), case.state, phrases.STATE[case.state]),
            data.text("name", _l("Name"), case.name),
            data.text("channel", _l("How we answer"), case.channel, CHANNEL[case.channel]),
            data.text("address", _l("Where we answer"), case.address),
            data.text(
                "language_written",
                _l("Language of our messages"),
                case.language_written,
                WRITTEN[case.language_written],
            ),
            data.text("words", _l("What you wrote"), case.words),
            data.moment("received_at", _l("Received"), case.received_at),
            data.moment("acknowledged_at", _l("Acknowledged"), case.acknowledged_at),
            data.text("due_on", _l("We answer by"), case.due_on.isoformat(), formats.plain_date(case.due_on)),
            data.moment("extended_at", _l("Told that it takes longer"), case.extended_at),
            data.text("why_longer", _l("Why it takes longer"), case.why_longer.spoken(current_language())[0]),
            data.text("answer", _l("Our answer"), case.answer.spoken(current_language())[0]),
            data.moment("answered_at", _l("Answered at"), case.answered_at),
        ]
        for case in queries.cases_of(person.id)
    ]


PART = Part("cases", _l("Requests and complaints about your information"), _cases)


def _waiting() -> Sequence[Waits]:
    return [
        Waits(
            name=f"{case.reference}: {case.name}",
            address=url_for("case_work.show", case_id=case.id),
            since=case.received_at,
            language=case.language_written,
            due_at=datetime.combine(case.due_on, time(12), UTC),
        )
        for case in sorted(queries.still_open(), key=lambda case: (case.received_at, case.id))
    ]


QUEUE = Queue(
    "cases", Right.ANSWER_CASES, _l("Requests and complaints about personal information"), "case_work.index", _waiting
)
