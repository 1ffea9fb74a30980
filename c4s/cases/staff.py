"""The pages on which staff answer requests and complaints about personal data."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts import rules as accounts
from c4s.accounts.session import this_person
from c4s.cases import actions, phrases, queries, rules
from c4s.cases.data import shown
from c4s.cases.forms import AnswerForm, EnterCaseForm, LongerForm
from c4s.cases.models import Case
from c4s.cases.rules import CaseKind, CaseState, Did, WhyNot
from c4s.core import tokens
from c4s.core.clock import now
from c4s.core.errors import Refused
from c4s.core.once import NotAgain
from c4s.i18n import formats
from c4s.i18n.addresses import BilingualBlueprint
from c4s.mail.models import Channel
from c4s.mail.phrases import CHANNEL, WRITTEN
from c4s.web.access import GET_AND_POST, May
from c4s.web.paging import Page, page_asked_for
from c4s.web.rights import Right
from c4s.web.told import ToldForm, told_once

case_work = BilingualBlueprint("case_work", __name__)

ANSWERS = May(Right.ANSWER_CASES)


@case_work.page(cy="/staff/achosion", en="/staff/cases", access=ANSWERS)
def index() -> ResponseReturnValue:
    """Every case: those that wait, by the day on which they are due, and those that are answered."""
    number = page_asked_for()
    answered, total = queries.answered(number)
    page = Page.of(total, number, queries.PER_PAGE)
    if page.is_too_far:
        return page.lead_to_first()
    return render_template(
        "cases/list.html",
        waiting=[shown(case) for case in queries.still_open()],
        answered=answered,
        page=page,
        words=phrases,
        written=WRITTEN,
        outcome=told_once(phrases.OUTCOME),
    )


@case_work.page(
    cy="/staff/achosion/newydd", en="/staff/cases/new", access=May(Right.WORK_AT_DESK), methods=GET_AND_POST
)
def enter() -> ResponseReturnValue:
    """Take in a request or a complaint that came by telephone, on paper or face to face."""
    form = EnterCaseForm()
    if form.validate_on_submit() and form.received:
        try:
            case_id = actions.enter_case(
                kind=CaseKind(form.kind.data),
                name=form.name.data or "",
                channel=Channel(form.channel.data),
                address=form.address,
                language_written=form.language_written.data,
                words=form.words.data or "",
                received_on=form.received,
                by_id=this_person().id,
                key=form.key.data or "",
            )
        except Refused as refusal:
            if refusal.reason == accounts.WhyNot.NOT_ALLOWED:
                abort(403)
            if refusal.reason == NotAgain.ANOTHER_BODY:
                abort(409)
            form["received_on"].errors = [phrases.WHY_NOT[WhyNot(refusal.reason)]]
        else:
            flash(Did.ENTERED.value)
            return redirect(url_for("cases.received", token=tokens.sign("case", case_id)), 303)
    return render_template("cases/enter.html", form=form), form.status


def _found(case_id: int) -> Case:
    return queries.case(case_id) or abort(404)


def _refuse(form: ToldForm, refusal: Refused) -> object | None:
    """Say beside the boxes what is missing; what other words would not help is given back instead."""
    if refusal.reason == accounts.WhyNot.NOT_ALLOWED:
        abort(403)
    reason = WhyNot(refusal.reason)
    if reason != WhyNot.WORDS_NEEDED:
        return phrases.WHY_NOT[reason]
    form.ask_for(refusal.facts["languages"])  # type: ignore[arg-type]
    return None


@case_work.page(
    cy="/staff/achosion/<int:case_id>", en="/staff/cases/<int:case_id>", access=ANSWERS, methods=GET_AND_POST
)
def show(case_id: int) -> ResponseReturnValue:
    """One case: read it, and answer it."""
    form, not_now = AnswerForm(_found(case_id).language_written), None
    if form.validate_on_submit():
        try:
            actions.answer(case_id, form.words, by_id=this_person().id)
        except Refused as refusal:
            not_now = _refuse(form, refusal)
        else:
            flash(Did.ANSWERED.value)
            return redirect(url_for(".index"), 303)
    else:
        actions.looked(case_id, by_id=this_person().id)
    case = _found(case_id)
    page = render_template(
        "cases/show.html",
        case=case,
        is_overdue=shown(case).is_overdue,
        is_open=case.state == CaseState.OPEN and not not_now,
        may_take_longer=_may_take_longer(case),
        form=None if not_now else form,
        not_now=not_now,
        words=phrases,
        channels=CHANNEL,
        written=WRITTEN,
        outcome=told_once(phrases.OUTCOME),
    )
    return page, 409 if not_now else form.status


def _may_take_longer(case: Case) -> bool:
    try:
        rules.may_take_longer(
            case.kind, is_longer=case.extended_at is not None, due=case.due_on, today=formats.uk(now()).date()
        )
    except Refused:
        return False
    return case.state == CaseState.OPEN


@case_work.page(
    cy="/staff/achosion/<int:case_id>/mwy-o-amser",
    en="/staff/cases/<int:case_id>/more-time",
    access=ANSWERS,
    methods=GET_AND_POST,
)
def take_longer(case_id: int) -> ResponseReturnValue:
    """Tell somebody that the answer takes two months longer, and why."""
    case = _found(case_id)
    form, not_now = LongerForm(case.language_written), None
    if form.validate_on_submit():
        try:
            actions.take_longer(case_id, form.words, by_id=this_person().id)
        except Refused as refusal:
            not_now = _refuse(form, refusal)
        else:
            flash(Did.TOOK_LONGER.value)
            return redirect(url_for(".show", case_id=case_id), 303)
    case = _found(case_id)
    page = render_template(
        "cases/take_longer.html",
        case=case,
        until=rules.longer_due_on(formats.uk(case.received_at).date()),
        form=None if not_now else form,
        not_now=not_now,
        written=WRITTEN,
    )
    return page, 409 if not_now else form.status
