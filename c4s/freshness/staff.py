"""The pages on which staff see which entries nobody has confirmed for long, and note what they hear by phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts import rules as accounts
from c4s.accounts.models import Person
from c4s.accounts.session import this_person
from c4s.core.errors import Refused
from c4s.core.text import written_to
from c4s.directory import tools
from c4s.directory.models import Claim, Supplier
from c4s.directory.rules import SupplierStatus
from c4s.freshness import actions, phrases, queries, rules
from c4s.freshness.forms import HeardForm
from c4s.freshness.models import Asked
from c4s.freshness.queries import Round
from c4s.freshness.rules import Did, Shown, Stage, WhyNot
from c4s.i18n import formats
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.languages import current_language
from c4s.i18n.speech import gettext as _
from c4s.i18n.speech import lazy_gettext as _l
from c4s.web.access import GET_AND_POST, May
from c4s.web.desk import Queue, Waits
from c4s.web.exports import csv_file, download
from c4s.web.paging import Page, page_asked_for
from c4s.web.rights import Right
from c4s.web.told import told_once

stale = BilingualBlueprint("stale", __name__)

KEEPS = May(Right.KEEP_FRESH)
TOOL = tools.Tool(phrases.TOOL, "stale.show", Right.KEEP_FRESH)
ON_THE_DESK = (Shown.NOBODY, Shown.LAST)
"""What waits for staff: to ring those who have not answered, while there is time, and to find those whom no letter
reaches."""
AT_ONCE = 500


@dataclass(frozen=True)
class Line:
    """One entry as the lists show it."""

    supplier: Supplier
    counted_from: date
    leaves_on: date
    letters: Sequence[Asked]
    people: Sequence[Person]


def _lines(found: Sequence[Round]) -> list[Line]:
    letters = queries.letters_of_each(found)
    people = queries.answering_each(one.supplier.business_id for one in found)
    return [
        Line(
            one.supplier,
            one.counted_from,
            rules.archive_day(one.counted_from),
            letters[one.supplier.id],
            people[one.supplier.business_id],
        )
        for one in found
    ]


def _asked_for() -> Shown:
    """Which of the lists the address asks for; the first of them for none, and for nonsense."""
    wanted = request.args.get("list", "")
    return Shown(wanted) if wanted in {shown.value for shown in Shown} else Shown.FIRST


@stale.page(cy="/staff/dal-yn-gywir", en="/staff/still-right", access=KEEPS)
def index() -> ResponseReturnValue:
    """The entries that nobody has confirmed for long: how many, and one list of them, the oldest first."""
    shown, number, day = _asked_for(), page_asked_for(), queries.today()
    numbers = queries.numbers(day)
    page = Page.of(numbers[shown], number, queries.PER_PAGE)
    if page.is_too_far:
        return page.lead_to_first()
    lines = _lines(queries.listed(shown, day, page=number))
    rendered = render_template(
        "freshness/list.html", lines=lines, numbers=numbers, shown=shown, page=page, words=phrases
    )
    actions.saw_list(Did.LISTED, shown, len(lines), by_id=this_person().id)
    return rendered


@stale.page(cy="/staff/dal-yn-gywir.csv", en="/staff/still-right.csv", access=KEEPS)
def as_csv() -> Response:
    """One of the lists as a file, for those who ring."""
    shown, day, language = _asked_for(), queries.today(), current_language()
    rows, page = [], 1
    while lines := _lines(queries.listed(shown, day, page=page, most=AT_ONCE)):
        rows += [_row(line, language) for line in lines]
        page += 1
    head = [
        _("Entry"),
        _("Confirmed on"),
        _("Leaves the lists on"),
        _("Letters"),
        _("Phone number in the entry"),
        _("People to ring"),
    ]
    actions.saw_list(Did.EXPORTED, shown, len(rows), by_id=this_person().id)
    return download(csv_file(head, rows), _("entries-to-confirm.csv"))


def _row(line: Line, language: str) -> list[str]:
    return [
        line.supplier.names.spoken(language)[0],
        line.supplier.confirmed_on.isoformat() if line.supplier.confirmed_on else "",
        line.leaves_on.isoformat(),
        "; ".join(str(phrases.STAGE[letter.stage]) for letter in line.letters),
        line.supplier.phone,
        "; ".join(f"{person.name} {person.phone}".strip() for person in line.people),
    ]


@stale.page(
    cy="/staff/cofnodion/<int:supplier_id>/dal-yn-gywir",
    en="/staff/entries/<int:supplier_id>/still-right",
    access=KEEPS,
    methods=GET_AND_POST,
)
def show(supplier_id: int) -> ResponseReturnValue:
    """One entry: when it was confirmed, what was asked, whom to ring; and what was heard."""
    supplier, form = tools.found(supplier_id), HeardForm()
    if form.validate_on_submit():
        try:
            did = actions.heard(supplier_id, form.what, form.reason.data or "", by_id=this_person().id)
        except Refused as refusal:
            if refusal.reason == accounts.WhyNot.NOT_ALLOWED:
                abort(403)
            form.refuse(phrases.WHY_NOT[WhyNot(refusal.reason)])
        else:
            flash(did.value)
            return redirect(url_for(".show", supplier_id=supplier_id), 303)
    [line] = _lines(queries.rounds([supplier]))
    status = form.status
    page = tools.page(
        "freshness/show.html",
        supplier,
        form=form,
        line=line,
        is_kept=supplier.claim == Claim.CLAIMED
        and supplier.status not in (SupplierStatus.UNPUBLISHED, SupplierStatus.CLOSED),
        words=phrases,
        outcome=told_once(phrases.OUTCOME),
    )
    actions.looked(supplier_id, by_id=this_person().id)
    return page, status


def _waiting() -> Sequence[Waits]:
    day = queries.today()
    found = [one for shown in ON_THE_DESK for one in queries.listed(shown, day, most=AT_ONCE)]
    people = queries.answering_each(one.supplier.business_id for one in found)
    waits = [
        Waits(
            name=one.supplier.name,
            address=url_for("stale.show", supplier_id=one.supplier.id),
            since=_noon(rules.day_of(Stage.FIRST, one.counted_from)),
            language=written_to({person.language_written for person in people[one.supplier.business_id]}),
            due_at=_noon(rules.archive_day(one.counted_from)),
        )
        for one in found
    ]
    return sorted(waits, key=lambda one: one.since)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), formats.UK).astimezone(UTC)


QUEUE = Queue("still_right", Right.KEEP_FRESH, _l("Entries that somebody must ring about"), "stale.index", _waiting)
