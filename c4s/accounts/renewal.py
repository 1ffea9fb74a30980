"""The pages on which two members of staff take away somebody's second step who has lost it."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts import entering, phrases, queries, rules, second_factor
from c4s.accounts.forms import RenewalForm
from c4s.accounts.rules import Did, WhyNot
from c4s.accounts.session import this_person, this_sign_in
from c4s.core.errors import Refused
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.speech import lazy_gettext as _l
from c4s.web.access import GET_AND_POST, May
from c4s.web.desk import Queue, Waits
from c4s.web.forms import ActForm
from c4s.web.rights import Right
from c4s.web.told import told_once

renewals = BilingualBlueprint("renewals", __name__)

RENEWS = May(Right.RENEW_SECOND_FACTOR)
AGREE, TAKE_BACK = "agree", "take_back"


def _waiting() -> Sequence[Waits]:
    return [
        Waits(
            name=one.person.name,
            address=url_for("renewals.ask", person_id=one.person_id),
            since=one.asked_at,
            language=one.person.language_written,
        )
        for one in queries.renewals()
    ]


QUEUE = Queue(
    "renewals", Right.RENEW_SECOND_FACTOR, _l("People who have lost their second step"), "renewals.index", _waiting
)


@renewals.page(cy="/staff/ail-gam", en="/staff/second-step", access=RENEWS)
def index() -> ResponseReturnValue:
    """Whose second step is to be taken away, once another member of staff agrees."""
    return render_template("accounts/renewals.html", asked=queries.renewals(), outcome=told_once(phrases.STAFF_OUTCOME))


@renewals.page(
    cy="/staff/pobl/<int:person_id>/ail-gam",
    en="/staff/people/<int:person_id>/second-step",
    access=RENEWS,
    methods=GET_AND_POST,
)
def ask(person_id: int) -> ResponseReturnValue:
    """Ask that somebody's second step is taken away; or agree, if another member of staff has asked. Every look at it
    is told in the trail."""
    me = this_person().id
    act = request.form.get("_act", "")
    form = ActForm() if act in (AGREE, TAKE_BACK) else RenewalForm()
    # Whoever may not find people sees of them who has asked for help, and nobody else.
    if queries.open_account(person_id) is None or not (_may_find_people() or queries.renewal_of(person_id)):
        abort(404)
    if form.validate_on_submit():
        try:
            did = _done(person_id, act, form, me)
        except Refused as refusal:
            reason = WhyNot(refusal.reason)
            if reason == WhyNot.REASON_NEEDED:
                form.reason.errors = [phrases.WHY_NOT[reason]]
            else:
                form.refuse(phrases.WHY_NOT[reason])
        else:
            flash(did.value)
            return redirect(url_for(".index"), 303)
    asked = queries.renewal_of(person_id)
    page = render_template(
        "accounts/renewal.html",
        form=form,
        person=queries.open_account(person_id) or abort(404),
        asked=asked,
        has_one=queries.second_factor_of(person_id) is not None,
        is_me=person_id == me,
        may_agree=asked is not None and rules.is_third(me, asked.asked_by_id, person_id),
    )
    status = form.status
    entering.looked_at(person_id, by_id=me)
    return page, status


def _may_find_people() -> bool:
    here = this_sign_in()
    return here is not None and Right.FIND_PEOPLE in here.rights


def _done(person_id: int, act: str, form: ActForm | RenewalForm, me: int) -> Did:
    if act == AGREE:
        second_factor.agree_to_renewal(person_id, by_id=me)
        return Did.RENEWED_SECOND_FACTOR
    if act == TAKE_BACK:
        second_factor.take_renewal_back(person_id, by_id=me)
        return Did.TOOK_RENEWAL_BACK
    second_factor.ask_for_renewal(person_id, form["reason"].data or "", by_id=me)
    return Did.ASKED_FOR_RENEWAL
