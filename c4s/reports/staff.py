"""The pages on which staff deal with what readers say is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts import rules as accounts
from c4s.accounts.session import this_person
from c4s.core.clock import now
from c4s.core.errors import Refused
from c4s.directory import tools
from c4s.i18n import formats
from c4s.i18n.addresses import BilingualBlueprint
from c4s.mail.phrases import WRITTEN
from c4s.reports import actions, phrases, queries, rules
from c4s.reports.forms import AnswerForm, NoteForm
from c4s.reports.models import Report
from c4s.reports.rules import Did, Outcome, ReportState, WhyNot
from c4s.web.access import GET_AND_POST, May
from c4s.web.paging import Page, page_asked_for
from c4s.web.rights import Right
from c4s.web.told import told_once

report_work = BilingualBlueprint("report_work", __name__)

ANSWERS = May(Right.ANSWER_REPORTS)
TOOL = tools.Tool(phrases.TOOL, "report_work.of_entry", Right.ANSWER_REPORTS)
NOTE = "note"


@dataclass(frozen=True)
class Shown:
    """A report, and whether its day has passed."""

    report: Report
    is_overdue: bool


def _shown(reports: Iterable[Report]) -> list[Shown]:
    today = formats.uk(now()).date()
    return [Shown(one, rules.is_overdue(one.state, one.due_on, today)) for one in reports]


def _of_others(reports: Iterable[Report]) -> list[Report]:
    """Those about businesses that this member of staff does not speak for, nor did: a business never learns who told
    us."""
    me = this_person().id
    theirs = queries.kept_by(me)
    return [one for one in reports if not queries.is_about(one, me, theirs)]


@report_work.page(cy="/staff/adroddiadau", en="/staff/reports", access=ANSWERS)
def index() -> ResponseReturnValue:
    """Every report: those that wait, by the day on which they are due, and those that are answered."""
    number = page_asked_for()
    answered, total = queries.answered(number)
    page = Page.of(total, number, queries.PER_PAGE)
    if page.is_too_far:
        return page.lead_to_first()
    return render_template(
        "reports/list.html",
        waiting=_shown(_of_others(queries.still_open())),
        answered=_shown(_of_others(answered)),
        page=page,
        words=phrases,
        outcome=told_once(phrases.OUTCOME),
    )


@report_work.page(
    cy="/staff/cofnodion/<int:supplier_id>/adroddiadau", en="/staff/entries/<int:supplier_id>/reports", access=ANSWERS
)
def of_entry(supplier_id: int) -> ResponseReturnValue:
    """What readers said of one entry."""
    supplier = tools.found(supplier_id)
    return tools.page(
        "reports/of_entry.html", supplier, reports=_shown(_of_others(queries.reports_about(supplier_id))), words=phrases
    )


@report_work.page(
    cy="/staff/adroddiadau/<int:report_id>", en="/staff/reports/<int:report_id>", access=ANSWERS, methods=GET_AND_POST
)
def show(report_id: int) -> ResponseReturnValue:
    """One report: read it, note something for colleagues, say what came of it."""
    report, by_id = queries.report(report_id) or abort(404), this_person().id
    if not _of_others([report]):
        abort(403)
    is_note = request.form.get("_act") == NOTE
    answer_form, note_form, not_now = AnswerForm(report.language_written), NoteForm(), None
    form = note_form if is_note else answer_form
    if form.validate_on_submit():
        try:
            did = _done(report_id, note_form if is_note else answer_form, by_id)
        except Refused as refusal:
            not_now = _refuse(answer_form, refusal)
        else:
            flash(did.value)
            return redirect(url_for(".show", report_id=report_id) if is_note else url_for(".index"), 303)
    elif request.method == "GET":
        actions.looked(report_id, by_id=by_id)
    [one] = _shown([queries.report(report_id) or abort(404)])
    page = render_template(
        "reports/show.html",
        report=one.report,
        is_overdue=one.is_overdue,
        is_open=one.report.state == ReportState.OPEN and not not_now,
        form=None if not_now else form,
        answer_form=answer_form,
        note_form=note_form,
        not_now=not_now,
        ways=tools.ways(one.report.supplier) if one.report.supplier else [],
        words=phrases,
        written=WRITTEN,
        outcome=told_once(phrases.OUTCOME),
    )
    return page, 409 if not_now else form.status


def _done(report_id: int, form: AnswerForm | NoteForm, by_id: int) -> Did:
    if isinstance(form, NoteForm):
        actions.note(report_id, form.note.data or "", by_id=by_id)
        return Did.NOTED
    actions.answer(report_id, Outcome(form.outcome.data), form.words, by_id=by_id)
    return Did.ANSWERED


def _refuse(form: AnswerForm, refusal: Refused) -> object | None:
    """Say beside the boxes what is missing; what other words would not help is given back instead."""
    if refusal.reason == accounts.WhyNot.NOT_ALLOWED:
        abort(403)
    reason = WhyNot(refusal.reason)
    if reason != WhyNot.WORDS_NEEDED:
        return phrases.WHY_NOT[reason]
    form.ask_for(refusal.facts["languages"])  # type: ignore[arg-type]
    return None
