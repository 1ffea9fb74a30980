"""Letters about reports: to those who told us, and to the business that it is about."""

from typing import Any

from c4s.accounts.letters import recipient
from c4s.i18n import addresses, formats
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import LANGUAGES
from c4s.mail import outbox
from c4s.mail.outbox import Recipient
from c4s.reports import phrases, queries
from c4s.reports.models import Report

KIND = "report"


def received(report: Report, *, is_known: bool) -> None:
    """We have it: the reference, and by when we answer. Nothing that a stranger typed is sent to an address that may
    not be theirs.

    Args:
        is_known: it goes to the proved address of somebody who is signed in.
    """
    _post_to_teller("received", report, name=report.name if is_known else "")


def answered(report: Report) -> None:
    """What came of it."""
    assert report.outcome is not None
    outcome = phrases.OUTCOME_OF[report.outcome]
    _post_to_teller("answered", report, name=report.name, outcome=outcome, answer=report.answer)


def to_business(report: Report) -> None:
    """To everybody of the business: what is said to be wrong; never who says so."""
    supplier = report.supplier
    assert supplier is not None
    for person in queries.people_of(supplier.business_id):
        link = addresses.links("profiles.tasks", business_id=supplier.business_id, supplier_id=supplier.id)
        outbox.post(
            "reports/to_business",
            to=recipient(person),
            about=(KIND, report.id),
            name=person.name,
            supplier=supplier,
            topic=phrases.KIND[report.kind],
            words=report.words,
            link=link,
        )


def _post_to_teller(letter: str, report: Report, *, name: str, **facts: Any) -> None:
    outbox.post(
        f"reports/{letter}",
        to=Recipient(name, report.email, report.language_written),
        about=(KIND, report.id),
        name=name,
        party=report.names,
        reference=report.reference,
        topic=phrases.KIND[report.kind],
        due=Bilingual(*(formats.long_date(report.due_on, code) for code in LANGUAGES)),
        **facts,
    )
