"""The pages of the second step of signing in: showing it, setting it up, and looking after it."""

import flask
from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts import codes, phrases, queries, roles, second_factor, session
from c4s.accounts.forms import CodeForm, CurrentCodeForm, HoursForm, RecoveryCodeForm, SetUpForm
from c4s.accounts.rules import Did, WhyNot
from c4s.accounts.session import SIGNED_IN, SIGNED_IN_RECENTLY, SignedIn, this_person
from c4s.core.errors import Refused
from c4s.core.throttle import TooMany
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.languages import current_language, the_other
from c4s.web.access import GET_AND_POST, May
from c4s.web.forms import ActForm, Form, network
from c4s.web.rights import NEED_SECOND_FACTOR, Right
from c4s.web.told import told_once

second_step = BilingualBlueprint("second_step", __name__)


def _mine() -> SignedIn:
    return session.this_sign_in() or abort(403)


def _refuse(form: Form, refusal: Refused, box: str) -> None:
    """Say no on a form: beside its box, unless it is the time that is wrong."""
    if refusal.reason == TooMany.TOO_MANY:
        form.refuse_until(refusal.facts["until"])  # type: ignore[arg-type]
    else:
        form[box].errors = [phrases.WHY_NOT[WhyNot(refusal.reason)]]


def _index(did: Did) -> ResponseReturnValue:
    flash(did.value)
    return redirect(url_for(".index"), 303)


# ---- Showing it ----


@second_step.page(
    cy="/mewngofnodi/ail-gam", en="/sign-in/second-step", access=May(Right.FINISH_SIGN_IN), methods=GET_AND_POST
)
def show() -> ResponseReturnValue:
    """The rest of signing in, for those who have a second step: a code of their app, or one on paper."""
    here, where = _mine(), session.address_back()
    if here.is_whole:
        return redirect(where, 303)
    app, paper = CodeForm(), RecoveryCodeForm()
    is_on_paper = request.form.get("_act") == "paper"
    form = paper if is_on_paper else app
    if form.validate_on_submit():
        act = second_factor.show_recovery_code if is_on_paper else second_factor.show_code
        box = form.recovery_code if is_on_paper else form.code
        try:
            token = act(here.person_id, box.data or "", sign_in_id=here.sign_in_id, network=network())
        except Refused as refusal:
            _refuse(form, refusal, box.name)
            box.data = box.raw_data = None  # a code that was wrong is never right again
        else:
            session.start(token)
            return redirect(where, 303)
    page = render_template("accounts/second_step_show.html", form=form, app=app, paper=paper, hours=_hours(here))
    return page, form.status, form.headers


def _hours(here: SignedIn) -> object | None:
    """How long a member of staff stays signed in, in words; None for everybody else."""
    return phrases.HOURS[this_person().staff_hours] if here.is_staff else None


# ---- Setting it up ----


@second_step.page(cy="/cyfrif/ail-gam", en="/account/second-step", access=SIGNED_IN)
def index() -> ResponseReturnValue:
    """Whether somebody has a second step, and the ways to change that."""
    here, person = _mine(), this_person()
    return render_template(
        "accounts/second_step.html",
        is_on=person.has_second_factor,
        since=person.second_factor.confirmed_at if person.second_factor else None,
        left=queries.recovery_codes_left(person.id),
        is_needed=bool(here.standings & NEED_SECOND_FACTOR),
        outcome=told_once(phrases.OUTCOME),
    )


@second_step.page(
    cy="/cyfrif/ail-gam/gosod", en="/account/second-step/set-up", access=SIGNED_IN_RECENTLY, methods=GET_AND_POST
)
def set_up() -> ResponseReturnValue:
    """Put a new key into an app, and show by a first code that it is there; also in the place of an older one."""
    here = _mine()
    form = SetUpForm(has_one=here.has_second_factor)
    if request.method == "POST" and here.has_second_factor and session.WAITING_KEY not in flask.session:
        # The page with the recovery codes was sent again; they are shown once.
        return _index(Did.SET_SECOND_FACTOR)
    key = _waiting_key(here)
    if form.validate_on_submit():
        try:
            token, on_paper = second_factor.set_up(
                here.person_id,
                flask.session[session.WAITING_KEY],
                form.code.data or "",
                keep=here.sign_in_id,
                current=form.current_code.data or "" if form.current_code else "",
                network=network(),
            )
        except Refused as refusal:
            _refuse(form, refusal, "current_code" if refusal.reason == WhyNot.CURRENT_CODE_WRONG else "code")
        else:
            session.start(token)
            flask.session.pop(session.WAITING_KEY, None)
            return _show_codes(here, on_paper)
    page = render_template(
        "accounts/second_step_set_up.html",
        form=form,
        key=codes.in_groups(key),
        is_needed=not here.has_second_factor and bool(here.standings & NEED_SECOND_FACTOR),
        has_one=here.has_second_factor,
    )
    return page, form.status, form.headers


def _waiting_key(here: SignedIn, *, is_new: bool = True) -> str:
    """The key that waits for its first code: in the visitor's own cookie, where only the site can read it.

    Args:
        is_new: make one where there is none; otherwise there is no such page.
    """
    sealed = flask.session.get(session.WAITING_KEY, "")
    key = codes.unsealed(codes.WAITING, here.person_id, sealed, in_time=True) if sealed else None
    if key is None:
        if not is_new:
            abort(404)
        key = codes.new_key()
        flask.session[session.WAITING_KEY] = codes.sealed(codes.WAITING, here.person_id, key)
    return key


@second_step.page(cy="/cyfrif/ail-gam/gosod/llun", en="/account/second-step/set-up/picture", access=SIGNED_IN_RECENTLY)
def picture() -> ResponseReturnValue:
    """The key as a picture for the camera of a telephone."""
    key = _waiting_key(_mine(), is_new=False)
    issuer = flask.current_app.extensions["c4s.settings"].organisation
    return Response(codes.picture(key, name=this_person().email, issuer=issuer), mimetype="image/svg+xml")


def _show_codes(here: SignedIn, on_paper: list[str]) -> ResponseReturnValue:
    """Show new recovery codes in the answer itself: they wait nowhere, in no cookie and no table."""
    return _codes_page(on_paper, codes.sealed(codes.ON_PAPER, here.person_id, "\n".join(on_paper)))


def _codes_page(on_paper: list[str], sealed: str) -> ResponseReturnValue:
    """The page itself carries the codes, sealed, for the button that says it in the other language."""
    other = the_other(current_language())
    page = render_template(
        "accounts/recovery_codes.html",
        form=ActForm(),
        codes=on_paper,
        sealed=sealed,
        done=url_for(".recovery_codes", next=session.back() or None),
        in_other=url_for(".recovery_codes", next=session.back() or None, page_language=other),
        switch_address=url_for(".index", page_language=other),
    )
    return page, 200, {"Cache-Control": "no-store"}


@second_step.page(cy="/cyfrif/ail-gam/codau", en="/account/second-step/codes", access=SIGNED_IN, methods=GET_AND_POST)
def recovery_codes() -> ResponseReturnValue:
    """Where the page with new recovery codes leads: on to where its owner was going, or to itself in the other
    language. Opened without the codes, it has nothing to show."""
    form, sealed = ActForm(), request.form.get("codes", "")
    if form.validate_on_submit():
        return redirect(session.address_back(), 303)
    words = codes.unsealed(codes.ON_PAPER, _mine().person_id, sealed, in_time=True) if sealed else None
    if words is None:
        return redirect(url_for(".index"), 303)
    return _codes_page(words.split("\n"), sealed)


@second_step.page(
    cy="/cyfrif/ail-gam/codau-newydd",
    en="/account/second-step/new-codes",
    access=SIGNED_IN_RECENTLY,
    methods=GET_AND_POST,
)
def new_recovery_codes() -> ResponseReturnValue:
    """Recovery codes in the place of those that somebody had."""
    here, form = _mine(), CurrentCodeForm()
    if not here.has_second_factor:
        return redirect(url_for(".index"), 303)
    if form.validate_on_submit():
        try:
            on_paper = second_factor.make_recovery_codes(
                here.person_id, form.current_code.data or "", network=network()
            )
        except Refused as refusal:
            _refuse(form, refusal, "current_code")
        else:
            return _show_codes(here, on_paper)
    page = render_template("accounts/press.html", form=form, press=phrases.NEW_RECOVERY_CODES)
    return page, form.status, form.headers


@second_step.page(
    cy="/cyfrif/ail-gam/diffodd", en="/account/second-step/turn-off", access=SIGNED_IN_RECENTLY, methods=GET_AND_POST
)
def turn_off() -> ResponseReturnValue:
    """Do without a second step, for those who need none."""
    here, form = _mine(), CodeForm()
    if not here.has_second_factor or here.standings & NEED_SECOND_FACTOR:
        return redirect(url_for(".index"), 303)  # which says why
    if form.validate_on_submit():
        try:
            token = second_factor.turn_off(
                here.person_id, form.code.data or "", keep=here.sign_in_id, network=network()
            )
        except Refused as refusal:
            _refuse(form, refusal, "code")
        else:
            session.start(token)
            return _index(Did.REMOVED_SECOND_FACTOR)
    return render_template("accounts/second_step_off.html", form=form), form.status, form.headers


# ---- How long members of staff stay signed in ----


@second_step.page(cy="/cyfrif/oriau", en="/account/hours", access=May(Right.WORK_AT_DESK), methods=GET_AND_POST)
def hours() -> ResponseReturnValue:
    """How long a member of staff stays signed in without opening a page."""
    person = this_person()
    form = HoursForm(data={"hours": str(person.staff_hours)})
    if form.validate_on_submit():
        roles.choose_hours(person.id, int(form.hours.data))
        flash(Did.CHANGED_HOURS.value)
        return redirect(url_for("accounts.account"), 303)
    return render_template("accounts/hours.html", form=form), form.status
