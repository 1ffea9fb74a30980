"""The page on which somebody of a public body asks for the rights of a buyer."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts.session import SIGNED_IN, this_person
from c4s.buyers import actions, phrases, queries
from c4s.buyers.forms import AskForm
from c4s.buyers.rules import Did, RequestState, WhyNot
from c4s.core.errors import Refused
from c4s.core.throttle import TooMany
from c4s.i18n.addresses import BilingualBlueprint
from c4s.web.access import GET_AND_POST
from c4s.web.forms import ActForm
from c4s.web.told import told_once

buyers = BilingualBlueprint("buyers", __name__)


@buyers.page(cy="/cyfrif/prynwr", en="/account/buyer", access=SIGNED_IN, methods=GET_AND_POST)
def ask() -> ResponseReturnValue:
    """Ask for buyer rights, see what became of it, correct it and ask again, or withdraw it."""
    person = this_person()
    last = queries.last_of(person.id)
    if request.form.get("_act") == "withdraw":
        act = ActForm()
        if act.validate_on_submit():
            actions.withdraw(person.id)
            flash(Did.WITHDREW.value)
            return redirect(url_for(".ask"), 303)
    form = AskForm(obj=last)
    if "_act" not in request.form and form.validate_on_submit():
        try:
            actions.ask(
                person.id,
                organisation=form.organisation.data or "",
                position=form.position.data or "",
                evidence=form.evidence.data or "",
            )
        except Refused as refusal:
            if refusal.reason == TooMany.TOO_MANY:
                form.refuse_until(refusal.facts["until"])  # type: ignore[arg-type]
            elif refusal.reason in list(WhyNot):
                form.refuse(phrases.WHY_NOT[WhyNot(refusal.reason)])
            else:
                return redirect(url_for("accounts.account"), 303)
        else:
            flash(Did.ASKED.value)
            return redirect(url_for(".ask"), 303)
    person, last = this_person(), queries.last_of(person.id)
    page = render_template(
        "buyers/ask.html",
        form=form,
        person=person,
        last=last,
        is_waiting=last is not None and last.state == RequestState.WAITING,
        outcome=told_once(phrases.OUTCOME),
        words=phrases,
    )
    return page, form.status, form.headers
