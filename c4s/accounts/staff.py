"""The pages on which staff find people, see what they may of them, and register those who have no e-mail."""

from collections.abc import Callable
from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts import entering, finding, phrases, queries, roles, session
from c4s.accounts.forms import EnterForm, ReasonForm, RolesForm
from c4s.accounts.letters import recipient
from c4s.accounts.models import Person
from c4s.accounts.phrases import Press
from c4s.accounts.rules import CameBy, Did, Lane, PersonState, WhyNot
from c4s.accounts.session import SignedIn
from c4s.audit import trail, words
from c4s.audit.models import Entry
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.once import NotAgain
from c4s.core.text import tidy
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.languages import current_language
from c4s.mail import delivery
from c4s.mail.models import Channel
from c4s.web.access import GET_AND_POST, May
from c4s.web.forms import ActForm, Form
from c4s.web.paging import Page, page_asked_for
from c4s.web.rights import ROLES, Right
from c4s.web.told import told_once

staff = BilingualBlueprint("staff", __name__)

SIZE = 25
LAST_DONE = 50
"""Entries of the trail on the page of a person; the trail's own page has all of them."""
LONGEST_ASKED = 200


def _here() -> SignedIn:
    """The member of staff who asks, on a page that has let in nobody else."""
    return session.this_sign_in() or abort(403)


def _person(person_id: int) -> Person:
    return db.session.get(Person, person_id) or abort(404)


def _done(did: Did, person_id: int) -> ResponseReturnValue:
    flash(did.value)
    return redirect(url_for(".person", person_id=person_id), 303)


def _reason() -> str:
    """Why a member of staff looks, as they said on our own page: a link in a message or on another site could put
    words into the trail in their name. A browser that does not say where it comes from gives none."""
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    return tidy(request.args.get("why", ""))[:LONGEST_ASKED] if is_ours else ""


def _refuse(form: Form, refusal: Refused) -> None:
    if refusal.reason == NotAgain.ANOTHER_BODY:
        abort(409)
    reason = WhyNot(refusal.reason)
    if reason == WhyNot.REASON_NEEDED and "reason" in form:
        form["reason"].errors = [phrases.WHY_NOT[reason]]
    else:
        form.refuse(phrases.WHY_NOT[reason])


@staff.page(cy="/staff/pobl", en="/staff/people", access=May(Right.FIND_PEOPLE))
def people() -> ResponseReturnValue:
    """Find people by what they say of themselves: a name, an address, a number. Every search is told in the trail."""
    asked, why = tidy(request.args.get("q", ""))[:LONGEST_ASKED], _reason()
    number = page_asked_for()
    meant = finding.people_meant(asked) if asked else ()
    found = queries.find_people(asked, meant, skip=(number - 1) * SIZE, most=SIZE)
    page = Page.of(found.number, number, SIZE)
    if page.is_too_far:
        return page.lead_to_first()
    shown = render_template(
        "accounts/staff/people.html",
        asked=asked,
        why=why,
        found=found,
        page=page,
        words=phrases,
        rights=_here().rights,
        may=Right,
    )
    if asked:
        entering.searched(found.number, by_id=_here().person_id, reason=why)
    return shown


@staff.page(cy="/staff/pobl/<int:person_id>", en="/staff/people/<int:person_id>", access=May(Right.FIND_PEOPLE))
def person(person_id: int) -> ResponseReturnValue:
    """What staff may see of somebody. Every look at it is told in the trail, with the reason if one was given."""
    found = _person(person_id)
    is_closed = found.state == PersonState.CLOSED
    # Not the looks: there are many, and the trail's own page has them.
    told = trail.Asked(kind="person", thing=person_id, but=Did.LOOKED_AT)
    done: list[Entry] = list(reversed(trail.entries(told, most=LAST_DONE)))
    page = render_template(
        "accounts/staff/person.html",
        person=found,
        is_closed=is_closed,
        is_oneself=person_id == _here().person_id,
        roles=[phrases.ROLE[role] for role in ROLES if role in found.roles],
        shown=[] if is_closed else finding.shown_of(found),
        waiting=[] if is_closed else delivery.waiting_for("person", person_id, recipient(found)),
        done=done,
        person_of=words.person_of,
        action_words=words.actions(),
        actor_words=words.ACTOR,
        words=phrases,
        states=PersonState,
        channels=Channel,
        rights=_here().rights,
        may=Right,
        form=ActForm(),
        outcome=told_once(phrases.STAFF_OUTCOME),
    )
    entering.looked_at(person_id, by_id=_here().person_id, reason=_reason())
    return page


# ---- People without e-mail ----


@staff.page(cy="/staff/pobl/newydd", en="/staff/people/new", access=May(Right.REGISTER_PEOPLE), methods=GET_AND_POST)
def enter() -> ResponseReturnValue:
    """Register somebody who has no e-mail, from the telephone, from paper or face to face."""
    form = EnterForm()
    if form.validate_on_submit():
        try:
            person_id = entering.enter(
                by_id=_here().person_id,
                came_by=CameBy(form.came_by.data),
                lane=Lane(form.lane.data),
                name=form.name.data or "",
                channel=Channel(form.channel.data),
                address=form[form.chosen].data,
                language_written=form.language_written.data,
                language_spoken=form.language_spoken.data,
                asked_in=current_language(),
                key=form.key.data or "",
            )
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            return _done(Did.ENTERED, person_id)
    page = render_template("accounts/staff/enter.html", form=form)
    if form.namesakes:  # the page names people, as the answer to a search does
        entering.searched(len(form.namesakes), by_id=_here().person_id)
    return page, form.status


# ---- What staff do ----


def _act(person_id: int, form: Form, press: Press, did: Did, act: Callable[[], None]) -> ResponseReturnValue:
    """A page with one button, and a reason where the form asks for one."""
    found = _person(person_id)
    if found.state == PersonState.CLOSED:
        abort(404)
    if form.validate_on_submit():
        try:
            act()
        except Refused as refusal:
            _refuse(form, refusal)
            found = _person(person_id)
        else:
            return _done(did, person_id)
    return render_template("accounts/staff/act.html", form=form, press=press, person=found), form.status


@staff.page(
    cy="/staff/pobl/<int:person_id>/cod",
    en="/staff/people/<int:person_id>/code",
    access=May(Right.MAKE_CLAIM_CODES),
    methods=GET_AND_POST,
)
def code(person_id: int) -> ResponseReturnValue:
    """Write somebody without e-mail a new code for claiming their account."""
    by_id = _here().person_id
    return _act(
        person_id,
        ActForm(),
        phrases.NEW_CODE,
        Did.MADE_CLAIM_CODE,
        lambda: entering.make_code(person_id, by_id=by_id),
    )


@staff.page(
    cy="/staff/pobl/<int:person_id>/cau",
    en="/staff/people/<int:person_id>/close",
    access=May(Right.REGISTER_PEOPLE),
    methods=GET_AND_POST,
)
def close(person_id: int) -> ResponseReturnValue:
    """Close the account of somebody without e-mail, who asked for it."""
    by_id = _here().person_id
    act = partial(entering.close, person_id, by_id=by_id)
    return _act(person_id, ActForm(), phrases.CLOSE, Did.ASKED_TO_CLOSE, act)


@staff.page(
    cy="/staff/pobl/<int:person_id>/cadw",
    en="/staff/people/<int:person_id>/keep",
    access=May(Right.REGISTER_PEOPLE),
    methods=GET_AND_POST,
)
def keep(person_id: int) -> ResponseReturnValue:
    """Keep the account of somebody without e-mail that was closing: they thought again."""
    by_id = _here().person_id
    act = partial(entering.keep, person_id, by_id=by_id)
    return _act(person_id, ActForm(), phrases.KEEP, Did.STAYED, act)


@staff.page(
    cy="/staff/pobl/<int:person_id>/atal",
    en="/staff/people/<int:person_id>/suspend",
    access=May(Right.SUSPEND_PEOPLE),
    methods=GET_AND_POST,
)
def suspend(person_id: int) -> ResponseReturnValue:
    """Shut somebody out, with a reason."""
    by_id, form = _here().person_id, ReasonForm()
    return _act(
        person_id,
        form,
        phrases.SUSPEND,
        Did.SUSPENDED,
        lambda: roles.suspend(person_id, form.reason.data or "", by_id=by_id),
    )


@staff.page(
    cy="/staff/pobl/<int:person_id>/adfer",
    en="/staff/people/<int:person_id>/restore",
    access=May(Right.SUSPEND_PEOPLE),
    methods=GET_AND_POST,
)
def restore(person_id: int) -> ResponseReturnValue:
    """Let somebody in again, with a reason."""
    by_id, form = _here().person_id, ReasonForm()
    return _act(
        person_id,
        form,
        phrases.RESTORE,
        Did.RESTORED,
        lambda: roles.restore(person_id, form.reason.data or "", by_id=by_id),
    )


@staff.page(
    cy="/staff/pobl/<int:person_id>/rolau",
    en="/staff/people/<int:person_id>/roles",
    access=May(Right.CHANGE_ROLES),
    methods=GET_AND_POST,
)
def change_roles(person_id: int) -> ResponseReturnValue:
    """Make somebody a member of staff, or change what they are as one."""
    by_id, found = _here().person_id, _person(person_id)
    form = RolesForm(roles=[str(role) for role in found.roles])
    wanted = frozenset(role for role in ROLES if role.value in (form.roles.data or ()))
    return _act(
        person_id,
        form,
        phrases.CHANGE_ROLES,
        Did.CHANGED_ROLES,
        lambda: roles.change_roles(person_id, wanted, by_id=by_id),
    )
