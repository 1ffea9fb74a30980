"""The pages on which people open an account, sign in, and look after what is theirs."""

from collections.abc import Callable

import flask
from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts import actions, data, entering, leaving, phrases, queries, rules, session
from c4s.accounts.forms import (
    ClaimForm,
    ConfirmForm,
    CurrentCodeForm,
    DetailsForm,
    EmailForm,
    EnterForm,
    LinkForm,
    PasswordForm,
    PasswordSignInForm,
    RegisterForm,
)
from c4s.accounts.phrases import Press
from c4s.accounts.rules import Did, Lane, PersonState, Purpose, WhyNot
from c4s.accounts.session import SIGNED_IN, SIGNED_IN_RECENTLY, SignedIn, this_person
from c4s.core.config import Settings
from c4s.core.errors import Refused
from c4s.core.once import NotAgain
from c4s.core.throttle import TooMany
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import current_language
from c4s.web.access import EVERYONE, GET_AND_POST
from c4s.web.forms import ActForm, Form, network
from c4s.web.rights import ROLES
from c4s.web.told import told_once

accounts = BilingualBlueprint("accounts", __name__)

SENT_TO = "sent_to"
"""Where the session keeps the address that somebody has just typed, to show them where to look."""
DATA_FILE = Bilingual("fy-nata.json", "my-data.json")


def _here() -> dict[str, str]:
    """Where somebody signs in: the little that is written down of it."""
    return {"browser": rules.browser_words(request.user_agent.string), "network": network()}


def _refuse(form: Form, refusal: Refused) -> None:
    """Say no on a form: beside the box that it is about, where there is one."""
    if refusal.reason == NotAgain.ANOTHER_BODY:
        abort(409)
    if refusal.reason == TooMany.TOO_MANY:
        form.refuse_until(refusal.facts["until"])  # type: ignore[arg-type]
        return
    reason = WhyNot(refusal.reason)
    box = BESIDE.get(reason, "")
    if box in form:
        form[box].errors = [phrases.WHY_NOT[reason]]
    else:
        form.refuse(phrases.WHY_NOT[reason])


BESIDE = {
    WhyNot.PASSWORD_SHORT: "password",
    WhyNot.PASSWORD_LONG: "password",
    WhyNot.PASSWORD_KNOWN: "password",
    WhyNot.SAME_EMAIL: "email",
    WhyNot.CURRENT_CODE_WRONG: "current_code",
}


def _mine() -> SignedIn:
    """The sign-in that asks, on a page that has let in nobody else."""
    return session.this_sign_in() or abort(403)


def _account(did: Did) -> ResponseReturnValue:
    flash(did.value)
    return redirect(url_for(".account"), 303)


def _sent(purpose: Purpose, again: str) -> ResponseReturnValue:
    """What to do next, the same for an address with an account and for one without."""
    return render_template(
        "accounts/check_email.html",
        sent=phrases.SENT[purpose],
        address=flask.session.get(SENT_TO, ""),
        again=again,
    )


# ---- Opening an account ----


@accounts.page(cy="/cofrestru", en="/register", access=EVERYONE)
def register() -> ResponseReturnValue:
    """Ask what somebody comes for: each lane has a page of its own."""
    return render_template(
        "accounts/lanes.html", lanes=[(url_for(endpoint), phrases.LANES[lane]) for lane, endpoint in LANE_PAGES.items()]
    )


def _register(lane: Lane) -> ResponseReturnValue:
    """Ask for an account. What it answers does not tell whether the address has one already."""
    form = RegisterForm()
    if form.validate_on_submit():
        try:
            actions.register(
                name=form.name.data or "",
                email=form.email.data or "",
                language_written=form.language_written.data,
                language_spoken=form.language_spoken.data,
                asked_in=current_language(),
                lane=lane,
                key=form.key.data or "",
                network=network(),
            )
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            flask.session[SENT_TO] = form.email.data
            return redirect(url_for(".check_email"), 303)
    page = render_template("accounts/register.html", form=form, lane=phrases.LANES[lane])
    return page, form.status, form.headers


@accounts.page(cy="/cofrestru/preswylydd", en="/register/resident", access=EVERYONE, methods=GET_AND_POST)
def register_resident() -> ResponseReturnValue:
    """Ask for an account as a resident or supporter."""
    return _register(Lane.RESIDENT)


@accounts.page(cy="/cofrestru/busnes", en="/register/business", access=EVERYONE, methods=GET_AND_POST)
def register_business() -> ResponseReturnValue:
    """Ask for an account for a business; what it is, is asked once the address is proved."""
    return _register(Lane.BUSINESS)


@accounts.page(cy="/cofrestru/corff-cyhoeddus", en="/register/public-body", access=EVERYONE, methods=GET_AND_POST)
def register_public_body() -> ResponseReturnValue:
    """Ask for an account for a public body; which one it is, is asked once the address is proved."""
    return _register(Lane.PUBLIC_BODY)


LANE_PAGES = {
    Lane.RESIDENT: "accounts.register_resident",
    Lane.BUSINESS: "accounts.register_business",
    Lane.PUBLIC_BODY: "accounts.register_public_body",
}
AFTER_PROVING = {Lane.BUSINESS: "businesses.add", Lane.PUBLIC_BODY: "buyers.ask"}
"""Where each lane asks the rest of what it needs; a resident needs no more."""


@accounts.page(cy="/cofrestru/edrychwch-ar-eich-e-bost", en="/register/check-your-email", access=EVERYONE)
def check_email() -> ResponseReturnValue:
    """After asking for an account."""
    return _sent(Purpose.PROVE, url_for(".register"))


def _gone() -> ResponseReturnValue:
    return render_template("accounts/link_gone.html", not_now=phrases.WHY_NOT[WhyNot.LINK_NOT_VALID]), 410


def _press(
    purpose: Purpose, token: str, words: Press, act: Callable[[], ResponseReturnValue], form: Form | None = None
) -> ResponseReturnValue:
    """A link of a letter: opening it changes nothing, for programs that look into mail open every link."""
    form = form or ActForm()
    if not queries.valid_link(purpose, token):
        return _gone()
    if form.validate_on_submit():
        try:
            return act()
        except Refused as refusal:
            if refusal.reason == WhyNot.LINK_NOT_VALID:
                return _gone()
            _refuse(form, refusal)
    return render_template("accounts/press.html", form=form, press=words), form.status, form.headers


@accounts.page(cy="/cyfrif/profi/<token>", en="/account/prove/<token>", access=EVERYONE, methods=GET_AND_POST)
def prove(token: str) -> ResponseReturnValue:
    """Prove that an address is one's own; the account opens."""

    def act() -> ResponseReturnValue:
        session.start(actions.prove(token, **_here()))
        flash(Did.PROVED.value)
        return redirect(url_for(AFTER_PROVING.get(this_person().lane, session.ACCOUNT)), 303)

    return _press(Purpose.PROVE, token, phrases.PROVE, act)


# ---- Opening an account without e-mail, and claiming it ----


@accounts.page(cy="/cofrestru/papur", en="/register/paper", access=EVERYONE, is_public=True)
def paper() -> ResponseReturnValue:
    """The questions that open an account, to print, fill in and post."""
    settings: Settings = current_app.extensions["c4s.settings"]
    # Nobody sends it from here: without a token the page is the same for everyone.
    form = EnterForm(meta={"csrf": False})
    return render_template("accounts/paper.html", form=form, words=phrases, sender=settings.postal_address.split("|"))


@accounts.page(cy="/cyfrif/hawlio", en="/account/claim", access=EVERYONE, methods=GET_AND_POST)
def claim() -> ResponseReturnValue:
    """Take over an account that staff opened, with the code of a letter. What it answers tells nothing of the code."""
    form = ClaimForm()
    if form.validate_on_submit():
        try:
            entering.ask_to_claim(
                form.code.data or "", form.email.data or "", network=network(), asked_in=current_language()
            )
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            flask.session[SENT_TO] = form.email.data
            return redirect(url_for(".claim_sent"), 303)
    return render_template("accounts/claim.html", form=form), form.status, form.headers


@accounts.page(cy="/cyfrif/hawlio/edrychwch-ar-eich-e-bost", en="/account/claim/check-your-email", access=EVERYONE)
def claim_sent() -> ResponseReturnValue:
    """After asking to claim an account."""
    return _sent(Purpose.CLAIM_EMAIL, url_for(".claim"))


@accounts.page(cy="/cyfrif/hawlio/<token>", en="/account/claim/<token>", access=EVERYONE, methods=GET_AND_POST)
def claim_link(token: str) -> ResponseReturnValue:
    """Prove that the address is one's own; the account is claimed."""

    def act() -> ResponseReturnValue:
        session.start(entering.claim(token, **_here()))
        return _account(Did.CLAIMED)

    return _press(Purpose.CLAIM_EMAIL, token, phrases.CLAIM, act)


# ---- Signing in and out ----


@accounts.page(cy="/mewngofnodi", en="/sign-in", access=EVERYONE, methods=GET_AND_POST)
def sign_in() -> ResponseReturnValue:
    """Ask for a link to sign in with."""
    form, back = LinkForm(), session.back()
    if form.validate_on_submit():
        try:
            actions.ask_for_link(form.email.data or "", network=network(), asked_in=current_language(), back=back)
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            flask.session[SENT_TO] = form.email.data
            return redirect(url_for(".check_email_for_link", next=back or None), 303)
    page = render_template(
        "accounts/sign_in.html",
        form=form,
        outcome=told_once(phrases.OUTCOME),
        kept=session.KEPT in flask.session,
        with_password=url_for(".sign_in_with_password", next=back or None),
    )
    return page, form.status, form.headers


@accounts.page(cy="/mewngofnodi/edrychwch-ar-eich-e-bost", en="/sign-in/check-your-email", access=EVERYONE)
def check_email_for_link() -> ResponseReturnValue:
    """After asking for a link to sign in with."""
    return _sent(Purpose.SIGN_IN, url_for(".sign_in", next=session.back() or None))


@accounts.page(cy="/mewngofnodi/dolen/<token>", en="/sign-in/link/<token>", access=EVERYONE, methods=GET_AND_POST)
def sign_in_link(token: str) -> ResponseReturnValue:
    """Sign in with the link of a letter."""

    def act() -> ResponseReturnValue:
        where = session.address_back()
        session.start(actions.sign_in_by_link(token, **_here()))
        return redirect(where, 303)

    return _press(Purpose.SIGN_IN, token, phrases.SIGN_IN_BY_LINK, act)


@accounts.page(cy="/mewngofnodi/cyfrinair", en="/sign-in/password", access=EVERYONE, methods=GET_AND_POST)
def sign_in_with_password() -> ResponseReturnValue:
    """Sign in with a password."""
    form = PasswordSignInForm()
    if form.validate_on_submit():
        where = session.address_back()
        try:
            token = actions.sign_in_by_password(form.email.data or "", form.password.data or "", **_here())
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            session.start(token)
            return redirect(where, 303)
    page = render_template(
        "accounts/sign_in_with_password.html", form=form, with_link=url_for(".sign_in", next=session.back() or None)
    )
    return page, form.status, form.headers


@accounts.page(cy="/allgofnodi", en="/sign-out", access=EVERYONE, methods=GET_AND_POST)
def sign_out() -> ResponseReturnValue:
    """End this sign-in; nothing that this browser kept of it is left."""
    form = ActForm()
    if not form.validate_on_submit():
        return render_template("accounts/press.html", form=form, press=phrases.SIGN_OUT), form.status
    here = session.this_sign_in()
    if here:
        actions.sign_out(here.sign_in_id)
    return _left(url_for(".signed_out"))


def _left(address: str) -> ResponseReturnValue:
    """Lead somebody out who is no longer signed in."""
    session.end()
    response = redirect(address, 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@accounts.page(cy="/wedi-allgofnodi", en="/signed-out", access=EVERYONE)
def signed_out() -> ResponseReturnValue:
    """After signing out."""
    return render_template("accounts/signed_out.html")


# ---- My account ----


@accounts.page(cy="/cyfrif", en="/account", access=SIGNED_IN)
def account() -> ResponseReturnValue:
    """What somebody's account holds, and the ways to change it."""
    person = this_person()
    return render_template(
        "accounts/account.html",
        person=person,
        form=ActForm(),
        outcome=told_once(phrases.OUTCOME),
        closes_at=person.closing_at if person.state == PersonState.CLOSING else None,
        places_page=url_for("events.my_places"),
        words=phrases,
        is_staff=not _mine().standings.isdisjoint(ROLES),
    )


@accounts.page(cy="/cyfrif/manylion", en="/account/details", access=SIGNED_IN, methods=GET_AND_POST)
def details() -> ResponseReturnValue:
    """Change the name or the languages."""
    person = this_person()
    form = DetailsForm(obj=person)
    if form.validate_on_submit():
        actions.change_details(
            person.id,
            name=form.name.data or "",
            language_written=form.language_written.data,
            language_spoken=form.language_spoken.data,
            asked_in=current_language(),
        )
        return _account(Did.CHANGED_DETAILS)
    return render_template("accounts/details.html", form=form), form.status


@accounts.page(cy="/cyfrif/e-bost", en="/account/email", access=SIGNED_IN_RECENTLY, methods=GET_AND_POST)
def email() -> ResponseReturnValue:
    """Ask to change the email address."""
    person, form = this_person(), EmailForm()
    if form.validate_on_submit():
        try:
            actions.ask_to_change_email(person.id, form.email.data or "", network=network())
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            flask.session[SENT_TO] = form.email.data
            return redirect(url_for(".email_sent"), 303)
    page = render_template("accounts/email.html", form=form, person=this_person())
    return page, form.status, form.headers


@accounts.page(cy="/cyfrif/e-bost/edrychwch-ar-eich-e-bost", en="/account/email/check-your-email", access=SIGNED_IN)
def email_sent() -> ResponseReturnValue:
    """After asking to change the email address."""
    return _sent(Purpose.CHANGE_EMAIL, url_for(".email"))


@accounts.page(cy="/cyfrif/e-bost/<token>", en="/account/email/<token>", access=EVERYONE, methods=GET_AND_POST)
def confirm_email(token: str) -> ResponseReturnValue:
    """Prove that the new address is one's own; letters go there from then on."""

    def act() -> ResponseReturnValue:
        here = session.this_sign_in()
        actions.change_email(token, keep=here.sign_in_id if here else None)
        return _account(Did.CHANGED_EMAIL)

    return _press(Purpose.CHANGE_EMAIL, token, phrases.CHANGE_EMAIL, act)


@accounts.page(cy="/cyfrif/cyfrinair", en="/account/password", access=SIGNED_IN_RECENTLY, methods=GET_AND_POST)
def password() -> ResponseReturnValue:
    """Set a password, change it, or remove it."""
    here = _mine()
    form, act = PasswordForm(is_staff=here.is_staff), ActForm()
    if request.form.get("_act") == "remove":
        if act.validate_on_submit():
            session.start(actions.remove_password(here.person_id, keep=here.sign_in_id))
            return _account(Did.REMOVED_PASSWORD)
        form.form_errors = act.form_errors
    elif form.validate_on_submit():
        try:
            token = actions.set_password(here.person_id, form.password.data or "", keep=here.sign_in_id)
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            session.start(token)
            return _account(Did.SET_PASSWORD)
    page = render_template("accounts/password.html", form=form, act=act, has_password=this_person().has_password)
    return page, form.status, form.headers


@accounts.page(cy="/cyfrif/mewngofnodiadau", en="/account/sign-ins", access=SIGNED_IN, methods=GET_AND_POST)
def sign_ins() -> ResponseReturnValue:
    """Everywhere that somebody is signed in; end one of them, or all but this one."""
    here, form = _mine(), ActForm()
    if form.validate_on_submit():
        number = request.form.get("sign_in", "")
        if request.form.get("_act") == "others":
            actions.end_all_others(here.person_id, here.sign_in_id)
            flash(Did.ENDED_SIGN_INS.value)
        elif number.isascii() and number.isdigit() and len(number) < 10:
            actions.end_sign_in(here.person_id, int(number))
            flash(Did.ENDED_SIGN_INS.value)
        return redirect(url_for(".sign_ins"), 303)
    return render_template(
        "accounts/sign_ins.html",
        form=form,
        outcome=told_once(phrases.OUTCOME),
        sign_ins=queries.sign_ins_of(here.person_id),
        this_one=here.sign_in_id,
    ), form.status


@accounts.page(cy="/cyfrif/cadarnhau", en="/account/confirm", access=SIGNED_IN, methods=GET_AND_POST)
def confirm() -> ResponseReturnValue:
    """Show once more who is here, before something that a stranger at the same computer must not do."""
    here, back = _mine(), session.back()
    form, act = ConfirmForm(has_one=here.has_second_factor), ActForm()
    try:
        if request.form.get("_act") == "link":
            if act.validate_on_submit():
                actions.send_confirm_link(here.person_id, network=network(), back=back)
                return redirect(url_for(".confirm_sent", next=back or None), 303)
            form.form_errors = act.form_errors
        elif form.validate_on_submit():
            where = session.address_back()
            code = _shown_code(form)
            token = actions.confirm_by_password(here.sign_in_id, form.password.data or "", code, network=network())
            session.start(token)
            return redirect(where, 303)
    except Refused as refusal:
        _refuse(form, refusal)
    person = this_person()
    page = render_template("accounts/confirm.html", form=form, act=act, person=person, has_password=person.has_password)
    return page, form.status, form.headers


def _shown_code(form: Form) -> str:
    """The code of a second step, on a form that asks for one."""
    return form["current_code"].data or "" if "current_code" in form else ""


@accounts.page(
    cy="/cyfrif/cadarnhau/edrychwch-ar-eich-e-bost", en="/account/confirm/check-your-email", access=SIGNED_IN
)
def confirm_sent() -> ResponseReturnValue:
    """After asking for a link to confirm with."""
    return render_template(
        "accounts/check_email.html",
        sent=phrases.SENT[Purpose.CONFIRM],
        address=this_person().email,
        again=url_for(".confirm", next=session.back() or None),
    )


@accounts.page(cy="/cyfrif/cadarnhau/<token>", en="/account/confirm/<token>", access=SIGNED_IN, methods=GET_AND_POST)
def confirm_link(token: str) -> ResponseReturnValue:
    """Confirm with the link of a letter, in the browser that asked for it."""
    here = _mine()
    form = CurrentCodeForm(has_one=here.has_second_factor)

    def act() -> ResponseReturnValue:
        where = session.address_back()
        session.start(actions.confirm_by_link(here.sign_in_id, token, _shown_code(form), network=network()))
        return redirect(where, 303)

    return _press(Purpose.CONFIRM, token, phrases.CONFIRM_BY_LINK, act, form)


@accounts.page(cy="/cyfrif/fy-nata", en="/account/my-data", access=SIGNED_IN_RECENTLY)
def my_data() -> ResponseReturnValue:
    """All that we keep about somebody."""
    return render_template("accounts/my_data.html", parts=data.parts_of(this_person()))


@accounts.page(cy="/cyfrif/fy-nata.json", en="/account/my-data.json", access=SIGNED_IN_RECENTLY)
def my_data_as_json() -> ResponseReturnValue:
    """The same as a file, to take elsewhere."""
    person = this_person()
    response: Response = flask.jsonify(data.as_json(person))
    actions.downloaded(person.id)
    name = DATA_FILE.spoken(current_language())[0]
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# ---- Leaving ----


@accounts.page(cy="/cyfrif/cau", en="/account/close", access=SIGNED_IN_RECENTLY, methods=GET_AND_POST)
def close() -> ResponseReturnValue:
    """Close the account: first say what that means, then do it."""
    form, person_id = ActForm(), this_person().id
    if form.validate_on_submit():
        try:
            actions.ask_to_close(person_id)
        except Refused as refusal:
            if refusal.reason != WhyNot.STILL_NEEDED:
                return redirect(url_for(".account"), 303)  # it is closing already, and the page says so
            return redirect(url_for(".close"), 303)  # where it says what must be handed over first
        return _left(url_for(".closing"))
    page = render_template(
        "accounts/close.html",
        form=form,
        held_back=leaving.holding_back(person_id),
        goes=leaving.going_with(person_id),
    )
    return page, form.status


@accounts.page(cy="/cyfrif/yn-cau", en="/account/closing", access=EVERYONE)
def closing() -> ResponseReturnValue:
    """After asking to close the account."""
    return render_template("accounts/closing.html")


@accounts.page(cy="/cyfrif/aros", en="/account/stay", access=SIGNED_IN, methods=GET_AND_POST)
def stay() -> ResponseReturnValue:
    """Keep an account that was to be closed."""
    form = ActForm()
    if form.validate_on_submit():
        try:
            actions.stay(this_person().id)
        except Refused:
            return redirect(url_for(".account"), 303)
        return _account(Did.STAYED)
    return render_template("accounts/press.html", form=form, press=phrases.STAY), form.status
