"""What of the guide waits for staff, and how far a business has got with its list."""

from collections.abc import Sequence
from datetime import datetime, time

from flask import url_for

from c4s.core.clock import now
from c4s.directory.models import Supplier
from c4s.directory.tasks import Task
from c4s.guide import phrases, queries, rules
from c4s.i18n import formats
from c4s.i18n.languages import current_language
from c4s.web.desk import Queue, Waits
from c4s.web.rights import Right


def _waiting() -> Sequence[Waits]:
    """Rules that nobody has held against their source for a year."""
    return [
        Waits(
            name=rule.title[current_language()],
            address=url_for("guide_review.index"),
            since=datetime.combine(rule.review_due, time(), formats.UK),
            language="both",
        )
        for rule in rules.due_for_review(queries.guide(), formats.uk(now()).date())
    ]


def _state(supplier: Supplier) -> object | None:
    kept = queries.checklist(supplier.business_id or 0, supplier.id)
    if kept is None:
        return phrases.NOT_BEGUN
    lines = queries.lines(kept)
    if any(line.is_changed for line in lines):
        return phrases.CHANGED
    return phrases.ALL_DONE if all(line.done_on for line in lines) else phrases.IN_PROGRESS


QUEUE = Queue("rules_to_review", Right.WRITE_CODE, phrases.REVIEW, "guide_review.index", _waiting)
RULES = Task(phrases.TASK, "checklist.show", "quality", _state)
