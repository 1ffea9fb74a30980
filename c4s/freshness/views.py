"""The pages on which people of a business say whether its entry is still right: with a letter, or signed in."""

from dataclasses import dataclass
from datetime import date

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts.session import this_person
from c4s.core import tokens
from c4s.core.errors import Refused
from c4s.directory import phrases as directory_phrases
from c4s.directory import queries as directory
from c4s.directory.models import Supplier
from c4s.directory.rules import SupplierStatus, may_set_status, shown_address
from c4s.directory.rules import WhyNot as DirectoryWhyNot
from c4s.directory.tasks import Task
from c4s.freshness import actions, phrases, queries, rules
from c4s.freshness.forms import CodeForm
from c4s.freshness.letters import PURPOSE
from c4s.freshness.rules import Did, WhyNot
from c4s.i18n.addresses import BilingualBlueprint
from c4s.web.access import EVERYONE, GET_AND_POST, May
from c4s.web.forms import ActForm, network
from c4s.web.rights import Right
from c4s.web.told import told_once

freshness = BilingualBlueprint("freshness", __name__)

TASK = Task(
    phrases.TASK,
    "freshness.confirm",
    "now",
    is_for=lambda supplier: supplier.status != SupplierStatus.UNPUBLISHED,  # nobody sees it yet, right or wrong
)


@freshness.page(cy="/dal-yn-gywir", en="/still-right", access=EVERYONE, methods=GET_AND_POST)
def code() -> ResponseReturnValue:
    """Ask for the short code of a letter on paper."""
    form = CodeForm()
    if form.validate_on_submit():
        try:
            token = actions.try_code(form.code.data or "", network=network())
        except Refused as refusal:
            form.refuse_until(refusal.facts["until"])  # type: ignore[arg-type]
        else:
            if token:
                return redirect(url_for(".answer", token=token), 303)
            form.code.errors = [phrases.NO_SUCH_CODE]
    return render_template("freshness/code.html", form=form), form.status, form.headers


@dataclass(frozen=True)
class Question:
    """What a letter asks of one person, as it stands now."""

    supplier: Supplier
    person_id: int
    counted_from: date
    is_closed: bool
    is_answered: bool
    may_close: bool


def _question(token: str) -> Question:
    """The question that a letter asks; there is no page for those who speak for the business no more."""
    match tokens.read(PURPOSE, token):
        case [int(supplier_id), int(person_id), str(day)]:
            supplier = directory.supplier(supplier_id) or abort(404)
        case _:
            abort(404)
    counted_from = date.fromisoformat(day)
    theirs = {person.id for person in queries.answering(supplier.business_id)}
    if person_id not in theirs or supplier.status == SupplierStatus.UNPUBLISHED:
        abort(404)
    return Question(
        supplier,
        person_id,
        counted_from,
        is_closed=supplier.status == SupplierStatus.CLOSED,
        is_answered=rules.is_answered(supplier.confirmed_on, counted_from),
        may_close=_may_close(supplier, person_id),
    )


def _may_close(supplier: Supplier, person_id: int) -> bool:
    try:
        is_owner = queries.is_owner(supplier.business_id, person_id)
        may_set_status(supplier.status, SupplierStatus.CLOSED, is_owner=is_owner)
    except Refused:
        return False
    return True


@freshness.page(cy="/dal-yn-gywir/<token>", en="/still-right/<token>", access=EVERYONE, methods=GET_AND_POST)
def answer(token: str) -> ResponseReturnValue:
    """The link of a letter: say that the entry is right. Opening it changes nothing, for programs that look into mail
    open every link; and it needs no sign-in, for it says nothing that readers do not see."""
    question, form = _question(token), ActForm()
    if form.validate_on_submit():
        try:
            actions.confirm(question.supplier.id, person_id=question.person_id, counted_from=question.counted_from)
        except Refused as refusal:
            if refusal.reason != WhyNot.ALREADY_CLOSED:
                abort(404)
        return redirect(url_for(".answer", token=token), 303)
    return _shown("freshness/answer.html", question.supplier, form, token=token, question=_question(token))


@freshness.page(
    cy="/dal-yn-gywir/<token>/wedi-cau", en="/still-right/<token>/closed", access=EVERYONE, methods=GET_AND_POST
)
def closed(token: str) -> ResponseReturnValue:
    """The same link: say that the business has closed for good, on a page that asks once more."""
    question, form = _question(token), ActForm()
    if form.validate_on_submit():
        try:
            actions.close(question.supplier.id, person_id=question.person_id, counted_from=question.counted_from)
        except Refused as refusal:
            if refusal.reason != DirectoryWhyNot.FOR_OWNERS:
                abort(404)
        return redirect(url_for(".answer", token=token), 303)
    if not form.errors and (question.is_closed or question.is_answered or not question.may_close):
        return redirect(url_for(".answer", token=token), 303)
    page = render_template(
        "freshness/closed.html", form=form, press=phrases.CLOSE, supplier=question.supplier, token=token
    )
    return page, form.status


@freshness.page(
    cy="/cyfrif/busnesau/<int:business_id>/proffil/<int:supplier_id>/dal-yn-gywir",
    en="/account/businesses/<int:business_id>/profile/<int:supplier_id>/still-right",
    access=May(Right.SEE_BUSINESS),
    methods=GET_AND_POST,
)
def confirm(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """Say that an entry is right, for somebody who is signed in; no letter needs to have asked."""
    supplier, form = directory.entry_of(business_id, supplier_id) or abort(404), ActForm()
    if form.validate_on_submit():
        try:
            actions.confirm(supplier_id, person_id=this_person().id)
        except Refused as refusal:
            if refusal.reason != WhyNot.ALREADY_CLOSED:
                abort(404)
        else:
            flash(Did.CONFIRMED.value)
        return redirect(url_for(".confirm", business_id=business_id, supplier_id=supplier_id), 303)
    return _shown("freshness/confirm.html", supplier, form, business_id=business_id)


def _shown(template: str, supplier: Supplier, form: ActForm, **facts: object) -> ResponseReturnValue:
    status = form.status
    page = render_template(
        template,
        form=form,
        supplier=supplier,
        address=shown_address(supplier.address, supplier.town, supplier.postcode, supplier.home_based),
        statuses=directory_phrases.STATUSES,
        outcome=told_once(phrases.OUTCOME),
        **facts,
    )
    return page, status
