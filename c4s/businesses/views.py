"""The pages on which people add the businesses that they speak for, and say who else does."""

from collections.abc import Sequence
from typing import Any, NoReturn

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts import phrases as accounts_phrases
from c4s.accounts import rules as accounts
from c4s.accounts.phrases import Press
from c4s.accounts.session import SIGNED_IN, this_person
from c4s.businesses import actions, phrases, queries
from c4s.businesses.forms import AddForm, DetailsForm, HandOverForm, InviteForm, RoleForm
from c4s.businesses.models import Membership
from c4s.businesses.rules import Did, MemberRole, WhyNot
from c4s.core.errors import Refused
from c4s.core.once import NotAgain
from c4s.core.throttle import TooMany
from c4s.i18n.addresses import BilingualBlueprint
from c4s.web.access import GET_AND_POST, May
from c4s.web.forms import ActForm, Form, options
from c4s.web.rights import Right
from c4s.web.told import told_once

businesses = BilingualBlueprint("businesses", __name__)

SPEAKS_FOR_IT, OWNS_IT = May(Right.SEE_BUSINESS), May(Right.LEAD_BUSINESS)
GIVES_IT_AWAY = May(Right.HAND_BUSINESS_OVER)
TOLD: dict[Any, object] = {**phrases.OUTCOME, **accounts_phrases.OUTCOME}
"""What somebody is told of what they have just done, here or with their account."""


def _to_mine(did: Did) -> ResponseReturnValue:
    flash(did.value)
    return redirect(url_for(".index"), 303)


def _to(did: Did, business_id: int) -> ResponseReturnValue:
    flash(did.value)
    return redirect(url_for(".show", business_id=business_id), 303)


def _refuse(form: Form, refusal: Refused, box: str = "") -> None:
    """Say no: as the guard of the page does, on the form, or beside the box that it is about."""
    if refusal.reason == TooMany.TOO_MANY:
        form.refuse_until(refusal.facts["until"])  # type: ignore[arg-type]
        return
    if refusal.reason not in list(WhyNot):
        _gone(refusal)
    reason = WhyNot(refusal.reason)
    if reason in (WhyNot.NOT_THERE, WhyNot.NOT_YOURS):
        _gone(refusal)
    if box:
        form[box].errors = [phrases.WHY_NOT[reason]]
    else:
        form.refuse(phrases.WHY_NOT[reason])


def _gone(refusal: Refused) -> NoReturn:
    """The same answers as the guard gives, for a page that has been open since things were otherwise."""
    if refusal.reason in (NotAgain.ANOTHER_BODY, accounts.WhyNot.NOT_THIS_STATE):
        abort(409)
    abort(403 if refusal.reason == WhyNot.NOT_YOURS else 404)


# ---- Mine ----


@businesses.page(cy="/cyfrif/busnesau", en="/account/businesses", access=SIGNED_IN)
def index() -> ResponseReturnValue:
    """The businesses that somebody speaks for."""
    return render_template(
        "businesses/index.html",
        memberships=queries.memberships_of(this_person().id),
        outcome=told_once(TOLD),
        words=phrases,
    )


@businesses.page(cy="/cyfrif/busnesau/newydd", en="/account/businesses/new", access=SIGNED_IN, methods=GET_AND_POST)
def add() -> ResponseReturnValue:
    """Add a business; where one like it is here, ask first whether it is the same."""
    person_id, form, step = this_person().id, AddForm(), request.form.get("_step", "")
    is_alike = "_alike" in request.form and "_language" in request.form
    if form.validate_on_submit():
        try:
            if step == "ask":
                actions.ask_to_join(person_id, form.details)
                return _to_mine(Did.ASKED_TO_JOIN)
            answer = actions.add(person_id, form.details, key=form.key.data or "", is_another=step == "another")
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            if answer.business_id is not None:
                return _to(Did.ADDED, answer.business_id)
            is_alike = True
    template = "businesses/alike.html" if is_alike else "businesses/add.html"
    page = render_template(template, form=form, outcome=told_once(TOLD))
    return page, form.status, form.headers


@businesses.page(
    cy="/cyfrif/busnesau/<int:business_id>", en="/account/businesses/<int:business_id>", access=SPEAKS_FOR_IT
)
def show(business_id: int) -> ResponseReturnValue:
    """A business: what it says of itself, and who speaks for it."""
    members = queries.members_of(business_id)
    mine = _member(members, this_person().id)
    return render_template(
        "businesses/show.html",
        business=queries.business(business_id),
        members=members,
        invitations=queries.invitations_of(business_id),
        me=mine.person_id,
        is_owner=mine.role == MemberRole.OWNER,
        others=len(members) > 1,
        outcome=told_once(TOLD),
        words=phrases,
    )


def _member(members: Sequence[Membership], person_id: int) -> Membership:
    return next((one for one in members if one.person_id == person_id), None) or abort(404)


@businesses.page(
    cy="/cyfrif/busnesau/<int:business_id>/manylion",
    en="/account/businesses/<int:business_id>/details",
    access=SPEAKS_FOR_IT,
    methods=GET_AND_POST,
)
def details(business_id: int) -> ResponseReturnValue:
    """Change what is said of a business."""
    business = queries.business(business_id)
    form = DetailsForm(obj=business, business_name=business.name)
    if form.validate_on_submit():
        try:
            actions.change_details(business_id, form.details, by_id=this_person().id)
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            return _to(Did.CHANGED_DETAILS, business_id)
    return render_template("businesses/details.html", form=form, business=business), form.status


# ---- Inviting ----


@businesses.page(
    cy="/cyfrif/busnesau/<int:business_id>/gwahodd",
    en="/account/businesses/<int:business_id>/invite",
    access=OWNS_IT,
    methods=GET_AND_POST,
)
def invite(business_id: int) -> ResponseReturnValue:
    """Ask somebody by e-mail to speak for a business."""
    form = InviteForm()
    if form.validate_on_submit():
        try:
            actions.invite(business_id, form.their_email.data or "", form.chosen_role, by_id=this_person().id)
        except Refused as refusal:
            _refuse(form, refusal, "their_email")
        else:
            return _to(Did.INVITED, business_id)
    page = render_template("businesses/invite.html", form=form, business=queries.business(business_id))
    return page, form.status, form.headers


@businesses.page(
    cy="/cyfrif/busnesau/<int:business_id>/gwahoddiadau/<int:invitation_id>",
    en="/account/businesses/<int:business_id>/invitations/<int:invitation_id>",
    access=OWNS_IT,
    methods=GET_AND_POST,
)
def take_back(business_id: int, invitation_id: int) -> ResponseReturnValue:
    """Withdraw an invitation."""
    found = next((one for one in queries.invitations_of(business_id) if one.id == invitation_id), None)
    name, form = (found or abort(404)).email, ActForm()
    if form.validate_on_submit():
        try:
            actions.take_back(business_id, invitation_id, by_id=this_person().id)
        except Refused as refusal:
            _gone(refusal)
        return _to(Did.TOOK_INVITATION_BACK, business_id)
    return _press(business_id, phrases.TAKE_BACK, form, name)


@businesses.page(
    cy="/cyfrif/gwahoddiad/<token>", en="/account/invitation/<token>", access=SIGNED_IN, methods=GET_AND_POST
)
def accept(token: str) -> ResponseReturnValue:
    """Accept an invitation; only the one whose address it was sent to can."""
    form, invitation = ActForm(), queries.valid_invitation(token, this_person())
    if invitation is None:
        return _no_invitation()
    name, role = invitation.business.name, invitation.role
    if form.validate_on_submit():
        try:
            business_id = actions.join(token, person_id=this_person().id)
        except Refused:
            return _no_invitation()
        return _to(Did.JOINED, business_id)
    page = render_template("businesses/accept.html", form=form, name=name, role=role, press=phrases.JOIN, words=phrases)
    return page, form.status


def _no_invitation() -> ResponseReturnValue:
    return render_template("businesses/no_invitation.html", not_now=phrases.WHY_NOT[WhyNot.INVITATION_NOT_VALID]), 410


# ---- People ----


@businesses.page(
    cy="/cyfrif/busnesau/<int:business_id>/pobl/<int:person_id>",
    en="/account/businesses/<int:business_id>/people/<int:person_id>",
    access=OWNS_IT,
    methods=GET_AND_POST,
)
def member(business_id: int, person_id: int) -> ResponseReturnValue:
    """Change what somebody may do for a business, or remove them."""
    found = _member(queries.members_of(business_id), person_id)
    form, act = RoleForm(obj=found), ActForm()
    name, by_id = found.person.name, this_person().id
    try:
        if request.form.get("_act") == "remove":
            if act.validate_on_submit():
                actions.remove(business_id, person_id, by_id=by_id)
                return _to_mine(Did.LEFT) if person_id == by_id else _to(Did.REMOVED, business_id)
            form.form_errors = act.form_errors
        elif form.validate_on_submit():
            actions.change_role(business_id, person_id, form.chosen_role, by_id=by_id)
            return _to(Did.CHANGED_ROLE, business_id)
    except Refused as refusal:
        _refuse(form, refusal)
    page = render_template(
        "businesses/member.html",
        form=form,
        act=act,
        business=queries.business(business_id),
        name=name,
        is_me=person_id == by_id,
    )
    return page, form.status


@businesses.page(
    cy="/cyfrif/busnesau/<int:business_id>/gadael",
    en="/account/businesses/<int:business_id>/leave",
    access=SPEAKS_FOR_IT,
    methods=GET_AND_POST,
)
def leave(business_id: int) -> ResponseReturnValue:
    """Speak for a business no more."""
    form = ActForm()
    if form.validate_on_submit():
        try:
            actions.leave(business_id, by_id=this_person().id)
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            return _to_mine(Did.LEFT)
    return _press(business_id, phrases.LEAVE, form)


@businesses.page(
    cy="/cyfrif/busnesau/<int:business_id>/trosglwyddo",
    en="/account/businesses/<int:business_id>/hand-over",
    access=GIVES_IT_AWAY,
    methods=GET_AND_POST,
)
def hand_over(business_id: int) -> ResponseReturnValue:
    """Make somebody else the owner of a business in one's own place."""
    by_id, form = this_person().id, HandOverForm()
    others = [one.person for one in queries.members_of(business_id) if one.person_id != by_id]
    form.person.choices = options({str(person.id): person.name for person in others})
    if form.validate_on_submit():
        try:
            actions.hand_over(business_id, int(form.person.data), by_id=by_id)
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            return _to(Did.HANDED_OVER, business_id)
    page = render_template(
        "businesses/hand_over.html", form=form, business=queries.business(business_id), has_others=bool(others)
    )
    return page, form.status


@businesses.page(
    cy="/cyfrif/busnesau/<int:business_id>/cau",
    en="/account/businesses/<int:business_id>/close",
    access=GIVES_IT_AWAY,
    methods=GET_AND_POST,
)
def close(business_id: int) -> ResponseReturnValue:
    """Take a business off the site."""
    form = ActForm()
    if form.validate_on_submit():
        try:
            actions.close(business_id, by_id=this_person().id)
        except Refused as refusal:
            _gone(refusal)
        return _to_mine(Did.CLOSED)
    return _press(business_id, phrases.CLOSE, form)


def _press(business_id: int, press: Press, form: Form, about: str = "") -> ResponseReturnValue:
    """A page of one button, about a business."""
    page = render_template(
        "businesses/press.html",
        form=form,
        press=press,
        business=queries.business(business_id),
        about=about,
        kind="warn" if press in (phrases.CLOSE, phrases.LEAVE) else None,
    )
    return page, form.status
