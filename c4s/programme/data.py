"""What of the programme waits for staff, on their desk."""

from collections.abc import Sequence

from flask import url_for

from c4s.core.clock import now
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l
from c4s.programme import queries
from c4s.programme.models import EventDraft
from c4s.programme.rules import Lack
from c4s.web.desk import Queue, Waits
from c4s.web.rights import Right


def _name(draft: EventDraft) -> str:
    """The title of a draft; its number while it has none."""
    return draft.read.title.spoken(current_language())[0] or str(draft.id)


def _overdue() -> Sequence[Waits]:
    """Drafts whose time to be published has come, and which are not complete."""
    moment = now()
    return sorted(
        (
            Waits(
                name=_name(draft),
                address=url_for("programme.draft", draft_id=draft.id),
                since=draft.publish_at,
                language="both",
                due_at=draft.publish_at,
            )
            for draft in queries.drafts()
            if draft.publish_at and draft.publish_at <= moment
        ),
        key=lambda one: one.since,
    )


def _stale() -> Sequence[Waits]:
    """Drafts with a text of which one language was changed and the other was not."""
    found = []
    for draft in queries.drafts():
        lacks = queries.missing(draft, now())
        behind = {one.language for one in lacks if one.lack == Lack.STALE}
        if behind:
            language = behind.pop() if len(behind) == 1 else "both"
            address = url_for("programme.edit", draft_id=draft.id)
            found.append(Waits(_name(draft), address, draft.saved_at, language))
    return sorted(found, key=lambda one: one.since)


QUEUES = (
    Queue("drafts_due", Right.RUN_EVENTS, _l("Drafts to publish that are not complete"), "programme.index", _overdue),
    Queue("drafts_stale", Right.RUN_EVENTS, _l("Drafts with one language out of date"), "programme.index", _stale),
)
