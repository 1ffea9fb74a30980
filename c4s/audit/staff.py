"""The trail, for those who may read it: to look through, and to take away as a file."""

import json
from datetime import date
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.audit import trail, words
from c4s.audit.models import Entry
from c4s.audit.trail import Asked
from c4s.core.text import tidy
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.speech import gettext as _
from c4s.web.access import May, visitor_id
from c4s.web.exports import csv_file, download
from c4s.web.paging import Page, page_asked_for
from c4s.web.rights import Right

trail_pages = BilingualBlueprint("trail", __name__)

READ_TRAIL = May(Right.READ_TRAIL)
SIZE = 50
MOST = 50_000
"""Entries in one file; a narrower question gives the rest."""


def _number(given: str) -> int | None:
    number = given.strip()
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else None


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        return None


def _asked() -> Asked:
    """What the address asks for; what cannot be understood narrows nothing, and its box shows that it is empty."""
    asked = request.args
    return Asked(
        person=_number(asked.get("person", "")),
        kind=tidy(asked.get("kind", ""))[:40],
        action=tidy(asked.get("action", ""))[:60],
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
    )


def _by() -> str:
    return trail.person(visitor_id())


@trail_pages.page(cy="/staff/hanes", en="/staff/trail", access=READ_TRAIL)
def index() -> ResponseReturnValue:
    """What was done, the newest first. That somebody looked is told there too."""
    asked, number = _asked(), page_asked_for()
    total = trail.number_of(asked)
    page = Page.of(total, number, SIZE)
    if page.is_too_far:
        return page.lead_to_first()
    found = trail.entries(asked, skip=(number - 1) * SIZE, most=SIZE)
    html = render_template(
        "audit/trail.html",
        entries=found,
        asked=asked,
        total=total,
        page=page,
        actions=sorted(words.actions().items(), key=lambda one: str(one[1]).casefold()),
        kinds=sorted(words.kinds().items(), key=lambda one: str(one[1]).casefold()),
        action_words=words.actions(),
        kind_words=words.kinds(),
        actor_words=words.ACTOR,
        person_of=words.person_of,
        facts_of=_facts,
        as_file=url_for(".as_csv", **asked.said()),  # type: ignore[arg-type]
    )
    trail.looked_at(asked, by=_by())
    return html


def _facts(entry: Entry) -> str:
    """What else the trail keeps of an entry, in its own codes."""
    return ", ".join(f"{name}: {_plain(value)}" for name, value in entry.facts.items())


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _who(entry: Entry) -> str:
    return str(words.ACTOR.get(entry.actor, entry.actor))  # type: ignore[call-overload]


@trail_pages.page(cy="/staff/hanes.csv", en="/staff/trail.csv", access=May(Right.EXPORT_TRAIL))
def as_csv() -> Response:
    """The same as a file."""
    asked = _asked()
    found = trail.entries(asked, most=MOST)
    head = [_("When"), _("Who"), _("What was done"), _("Code"), _("To what"), _("Number"), _("Reason"), _("Details")]
    known, kinds = words.actions(), words.kinds()
    rows = [
        [
            entry.at.isoformat(),
            _who(entry),
            str(known.get(entry.action, entry.action)),
            entry.action,
            str(kinds.get(entry.subject_kind, entry.subject_kind)),
            str(entry.subject_id),
            entry.reason,
            _facts(entry),
        ]
        for entry in found
    ]
    trail.exported(asked, len(rows), by=_by())
    return download(csv_file(head, rows), _("record.csv"))
