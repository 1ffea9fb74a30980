"""The guide to rules: one question to a page, its answers in the address; and the list that a business keeps."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts.session import this_person
from c4s.businesses import rules as businesses_rules
from c4s.core.clock import now
from c4s.core.errors import Refused
from c4s.directory import queries as directory
from c4s.directory.models import Supplier
from c4s.guide import actions, phrases, queries, rules
from c4s.guide.forms import ASKED, QuestionForm, TicksForm
from c4s.guide.rules import Did, Walk
from c4s.i18n import formats
from c4s.i18n.addresses import BilingualBlueprint
from c4s.web.access import EVERYONE, GET_AND_POST, May
from c4s.web.forms import ActForm, Form
from c4s.web.rights import Right
from c4s.web.told import told_once

guide = BilingualBlueprint("guide", __name__)
checklist = BilingualBlueprint("checklist", __name__)

SPEAKS_FOR_IT = May(Right.SEE_BUSINESS)


def _given(walked: Walk) -> dict[str, Any]:
    """The answers that count, for an address."""
    return dict(walked.given)


def _before(walked: Walk) -> dict[str, Any]:
    """The answers without the last, for an address."""
    return dict(walked.before)


def _walked() -> Walk:
    return rules.walk(queries.guide(), request.args.to_dict())


def _ask(question: str, end: str, start: str, supplier: Supplier | None = None, **values: Any) -> ResponseReturnValue:
    """The next question after the answers in the address; or, where there is none left, what they lead to.

    Args:
        question, end, start: the endpoints of the questions, of what comes after the last, and of what is before them.
        supplier: the entry that the answers are about, where a business gives them.
        values: the numbers of that business and that entry, for the addresses.
    """
    walked = _walked()
    if walked.asks is None:
        return redirect(url_for(end, **values, **_given(walked)))
    form = QuestionForm(walked.asks)
    if form.is_sent:
        form.complain()
    page = render_template(
        "guide/question.html",
        form=form,
        walked=walked,
        asked_name=ASKED,
        action=url_for(question, **values),
        supplier=supplier,
        back_to=url_for(question, **values, **_before(walked)) if walked.steps else url_for(start, **values),
        number=len(walked.steps) + 1,
        most=rules.most_questions(queries.guide(), walked),
    )
    return page, form.status


# ---- For everybody ----


@guide.page(cy="/canllaw", en="/guide", access=EVERYONE, is_public=True)
def start() -> str:
    """What the guide is, and what it is not."""
    return render_template("guide/start.html", guide=queries.guide(), words=phrases)


@guide.page(cy="/canllaw/cwestiwn", en="/guide/question", access=EVERYONE, is_public=True)
def question() -> ResponseReturnValue:
    """One question."""
    return _ask("guide.question", "guide.result", "guide.start")


@guide.page(cy="/canllaw/rhestr", en="/guide/checklist", access=EVERYONE, is_public=True)
def result() -> ResponseReturnValue:
    """The rules that the answers in the address lead to, to read or to print."""
    walked = _walked()
    if walked.asks is not None:
        return redirect(url_for("guide.question", **_given(walked)))
    return render_template(
        "guide/result.html",
        walked=walked,
        rules=rules.rules_of(queries.guide(), walked),
        change=url_for("guide.question", **_before(walked)),
        today=formats.uk(now()).date(),
    )


# ---- For a business ----


def _entry(business_id: int, supplier_id: int) -> Supplier:
    return directory.entry_of(business_id, supplier_id) or abort(404)


def _refuse(form: Form, refusal: Refused) -> None:
    """Say no on the form; or as the guard does, of a business that is theirs no more."""
    if refusal.reason in list(businesses_rules.WhyNot):
        abort(404)
    form.refuse(phrases.WHY_NOT[rules.WhyNot(refusal.reason)])


@checklist.page(
    cy="/cyfrif/busnesau/<int:business_id>/proffil/<int:supplier_id>/rheolau",
    en="/account/businesses/<int:business_id>/profile/<int:supplier_id>/rules",
    access=SPEAKS_FOR_IT,
    methods=GET_AND_POST,
)
def show(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """The list of a business, to tick; or, while there is none, the way to one."""
    supplier, kept = _entry(business_id, supplier_id), queries.checklist(business_id, supplier_id)
    lines = queries.lines(kept) if kept else []
    form = TicksForm(lines)
    if form.validate_on_submit():
        try:
            actions.tick(business_id, supplier_id, form.done.data or [], form.seen, by_id=this_person().id)
        except Refused as refusal:
            _refuse(form, refusal)
            abort(409)  # the list is gone, and its boxes with it
        else:
            flash(Did.TICKED.value)
            return redirect(url_for(".show", business_id=business_id, supplier_id=supplier_id), 303)
    page = render_template(
        "guide/checklist.html",
        form=form,
        supplier=supplier,
        business_id=business_id,
        kept=kept,
        lines=lines,
        outcome=told_once(phrases.OUTCOME),
    )
    return page, form.status


@checklist.page(
    cy="/cyfrif/busnesau/<int:business_id>/proffil/<int:supplier_id>/rheolau/cwestiwn",
    en="/account/businesses/<int:business_id>/profile/<int:supplier_id>/rules/question",
    access=SPEAKS_FOR_IT,
)
def ask(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """One question, for the list of a business."""
    supplier = _entry(business_id, supplier_id)
    here: dict[str, Any] = {"business_id": business_id, "supplier_id": supplier_id}
    return _ask("checklist.ask", "checklist.keep", "checklist.show", supplier, **here)


@checklist.page(
    cy="/cyfrif/busnesau/<int:business_id>/proffil/<int:supplier_id>/rheolau/cadw",
    en="/account/businesses/<int:business_id>/profile/<int:supplier_id>/rules/keep",
    access=SPEAKS_FOR_IT,
    methods=GET_AND_POST,
)
def keep(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """Read the list that the answers lead to, and keep it."""
    supplier, walked, form = _entry(business_id, supplier_id), _walked(), ActForm()
    here: dict[str, Any] = {"business_id": business_id, "supplier_id": supplier_id}
    if walked.asks is not None:
        return redirect(url_for(".ask", **here, **_given(walked)), 303)
    if form.validate_on_submit():
        try:
            actions.keep(business_id, supplier_id, walked.given, by_id=this_person().id)
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            flash(Did.KEPT.value)
            return redirect(url_for(".show", **here), 303)
    page = render_template(
        "guide/keep.html",
        form=form,
        supplier=supplier,
        walked=walked,
        rules=rules.rules_of(queries.guide(), walked),
        change=url_for(".ask", **here, **_before(walked)),
    )
    return page, form.status


@checklist.page(
    cy="/cyfrif/busnesau/<int:business_id>/proffil/<int:supplier_id>/rheolau/dileu",
    en="/account/businesses/<int:business_id>/profile/<int:supplier_id>/rules/remove",
    access=SPEAKS_FOR_IT,
    methods=GET_AND_POST,
)
def forget(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """Remove the list."""
    supplier, form = _entry(business_id, supplier_id), ActForm()
    here: dict[str, Any] = {"business_id": business_id, "supplier_id": supplier_id}
    if queries.checklist(business_id, supplier_id) is None:
        abort(404)
    if form.validate_on_submit():
        try:
            actions.forget(business_id, supplier_id, by_id=this_person().id)
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            flash(Did.FORGOT.value)
            return redirect(url_for(".show", **here), 303)
    page = render_template(
        "guide/forget.html", form=form, supplier=supplier, press=phrases.FORGET, back_to=url_for(".show", **here)
    )
    return page, form.status
