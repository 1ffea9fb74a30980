"""The pages on which staff check who buys for a public body."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound

from c4s.accounts import rules as accounts
from c4s.accounts.session import this_person
from c4s.buyers import actions, phrases, queries
from c4s.buyers.forms import GRANT, DecisionForm, EndForm
from c4s.buyers.models import BuyerRequest
from c4s.buyers.rules import Did, Ready, RequestState, WhyNot
from c4s.core.errors import Refused
from c4s.i18n.addresses import BilingualBlueprint
from c4s.mail.phrases import WRITTEN
from c4s.web.access import GET_AND_POST, May
from c4s.web.paging import Page, page_asked_for
from c4s.web.rights import Right
from c4s.web.told import told_once

buyer_checks = BilingualBlueprint("buyer_checks", __name__)

CHECKS = May(Right.CHECK_BUYERS)
DECIDE, END = "decide", "end"


@buyer_checks.page(cy="/staff/prynwyr", en="/staff/buyers", access=CHECKS)
def index() -> ResponseReturnValue:
    """Those who ask, the oldest first, and those who have the rights."""
    number = page_asked_for()
    granted, total = queries.granted(number)
    page = Page.of(total, number, queries.PER_PAGE)
    if page.is_too_far:
        return page.lead_to_first()
    return render_template(
        "buyers/list.html",
        waiting=queries.waiting(),
        granted=granted,
        page=page,
        written=WRITTEN,
        outcome=told_once(phrases.OUTCOME),
    )


@buyer_checks.page(
    cy="/staff/prynwyr/<int:request_id>", en="/staff/buyers/<int:request_id>", access=CHECKS, methods=GET_AND_POST
)
def show(request_id: int) -> ResponseReturnValue:
    """One request: read it, decide it, or take the rights away that it gave."""
    asked = queries.request(request_id) or abort(404)
    form, not_now = _form(asked, request.form.get("_act", "")), None
    if form and form.validate_on_submit():
        try:
            flash(_decided(asked, form).value)
            return redirect(url_for(".index"), 303)
        except NoResultFound:
            abort(404)
        except Refused as refusal:
            not_now = _refuse(form, refusal)
    else:
        actions.looked(request_id, by_id=this_person().id)
    asked = queries.request(request_id) or abort(404)
    page = render_template(
        "buyers/show.html",
        asked=asked,
        earlier=[one for one in queries.requests_of(asked.person_id) if one.id != asked.id],
        form=None if not_now else form,
        act="" if not_now else _act(asked),
        not_now=not_now,
        words=phrases,
        written=WRITTEN,
    )
    if not_now:
        return page, 409
    return page, form.status if form else 200


def _act(asked: BuyerRequest) -> str:
    """What can be done about a request as it is."""
    return {RequestState.WAITING: DECIDE, RequestState.GRANTED: END}.get(asked.state, "")


def _form(asked: BuyerRequest, sent: str) -> DecisionForm | EndForm | None:
    """The form that was sent, for a colleague may meanwhile have been quicker; otherwise the one that fits."""
    act = sent if sent in (DECIDE, END) else _act(asked)
    if not act:
        return None
    return (DecisionForm if act == DECIDE else EndForm)(asked.person.language_written)


def _decided(asked: BuyerRequest, form: DecisionForm | EndForm) -> Did:
    """Do what the form says."""
    by_id = this_person().id
    if not isinstance(form, DecisionForm):
        actions.end(asked.id, form.words, by_id=by_id)
        return Did.ENDED
    if form.decision.data == GRANT:
        actions.grant(asked.id, by_id=by_id)
        return Did.GRANTED
    actions.refuse(asked.id, [Ready(code) for code in form.ready.data or []], form.words, by_id=by_id)
    return Did.REFUSED


def _refuse(form: DecisionForm | EndForm, refusal: Refused) -> object | None:
    """Say beside the boxes what is missing; what other words would not help is given back instead."""
    if refusal.reason == accounts.WhyNot.NOT_ALLOWED:
        abort(403)
    reason = WhyNot(refusal.reason)
    if reason != WhyNot.REASON_NEEDED:
        return phrases.WHY_NOT[reason]
    if isinstance(form, DecisionForm) and not (form.ready.data or form.words):
        form.ready.errors = [phrases.WHY_NOT[reason]]
    else:
        form.ask_for(refusal.facts["languages"])  # type: ignore[arg-type]
    return None
