"""The pages on which staff help somebody without e-mail to speak for a business, at their word: they add it, and claim
its entry."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts import entering
from c4s.accounts import rules as accounts
from c4s.accounts.models import Person
from c4s.accounts.session import this_person
from c4s.businesses import phrases as businesses_phrases
from c4s.businesses import queries as businesses
from c4s.businesses.models import Membership
from c4s.businesses.rules import MemberRole
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.once import NotAgain
from c4s.core.throttle import TooMany
from c4s.directory import claims
from c4s.directory import phrases as directory_phrases
from c4s.directory import queries as directory
from c4s.directory.rules import ClaimState
from c4s.directory.rules import WhyNot as NotClaimed
from c4s.i18n.addresses import BilingualBlueprint
from c4s.on_behalf import beginning, phrases, queries, words_phrases
from c4s.on_behalf.forms import AddForm, AtTheirWordForm, ClaimForm, LetInForm, WordForm
from c4s.on_behalf.rules import Outcome, WhyNot
from c4s.web.access import GET_AND_POST, May
from c4s.web.rights import Right
from c4s.web.told import told_once

beginnings = BilingualBlueprint("beginnings", __name__)

ACTS = May(Right.REGISTER_PEOPLE)
CY, EN = "/staff/pobl/<int:person_id>/busnesau", "/staff/people/<int:person_id>/businesses"
ONE_CY, ONE_EN = f"{CY}/<int:membership_id>", f"{EN}/<int:membership_id>"


def person_page(template: str, person_id: int, not_now: object | None, **facts: object) -> str:
    """A page about somebody and a business; whoever opens it has looked at what we keep of them."""
    page = render_template(template, person=_person(person_id), not_now=not_now, words=phrases, **facts)
    if request.method == "GET":
        entering.looked_at(person_id, by_id=this_person().id)
    return page


def _person(person_id: int) -> Person:
    return db.session.get(Person, person_id) or abort(404)


def _not_for(person_id: int) -> object | None:
    """Why there is nothing to do here for somebody."""
    return None if queries.needs_us(_person(person_id)) else phrases.CAN_DO_IT


def membership_of(person_id: int, membership_id: int) -> Membership:
    """What somebody is to a business; the numbers of another’s have no page."""
    found = db.session.get(Membership, membership_id)
    return found if found is not None and found.person_id == person_id else abort(404)


def _to(person_id: int, business_id: int) -> str:
    """The address of the page of somebody and a business of theirs; that of all theirs when they left it meanwhile."""
    of_it = (one.id for one in businesses.memberships_of(person_id) if one.business_id == business_id)
    found = next(of_it, None)
    if found is None:
        return url_for(".index", person_id=person_id)
    return url_for(".entry", person_id=person_id, membership_id=found)


def not_here(one: Membership, *, may_have_email: bool = False) -> object | None:
    """Why there is nothing to do here for somebody and a business of theirs.

    Args:
        may_have_email: it is something that somebody who can sign in cannot do there.
    """
    if this_person().id in businesses.roles_in(one.business_id):
        return phrases.WHY_NOT[WhyNot.ONES_OWN]
    return None if may_have_email and queries.can_sign_in(one.person) else _not_for(one.person_id)


def _back(one: Membership) -> str:
    """The address of the page that leads to what can be done for somebody and a business of theirs."""
    if queries.needs_us(one.person):
        return url_for(".entry", person_id=one.person_id, membership_id=one.id)
    return url_for(".index", person_id=one.person_id)


def refuse(form: AtTheirWordForm, refusal: Refused) -> None:
    """Say no on the form; or as the guard does, for a page that has been open since things were otherwise."""
    if refusal.reason == TooMany.TOO_MANY:
        form.refuse_until(refusal.facts["until"])  # type: ignore[arg-type]
    elif refusal.reason == accounts.WhyNot.NOT_ALLOWED:
        abort(403)
    elif refusal.reason in (NotAgain.ANOTHER_BODY, accounts.WhyNot.NOT_THIS_STATE):
        abort(409)
    elif refusal.reason not in phrases.REFUSED or refusal.reason == WhyNot.NOT_THERE:
        abort(404)
    else:
        form.refuse(phrases.REFUSED[refusal.reason])


def form_page(
    template: str, person_id: int, not_now: object | None, form: AtTheirWordForm, **facts: object
) -> ResponseReturnValue:
    """The same with a form; without it where there is nothing to do."""
    page = person_page(template, person_id, not_now, form=None if not_now else form, **facts)
    return page, 409 if not_now and form.is_submitted() else form.status, form.headers


@beginnings.page(cy=CY, en=EN, access=ACTS)
def index(person_id: int) -> ResponseReturnValue:
    """The businesses for which somebody without e-mail speaks; of others, those for which they may let somebody in."""
    return person_page(
        "on_behalf/businesses.html",
        person_id,
        _not_for(person_id),
        memberships=(found := businesses.memberships_of(person_id)),
        owned=[one for one in found if one.role == MemberRole.OWNER and queries.can_sign_in(one.person)],
        roles=businesses_phrases.ROLE,
        outcome=told_once(phrases.OUTCOME),
    )


@beginnings.page(cy=f"{CY}/newydd", en=f"{EN}/new", access=ACTS, methods=GET_AND_POST)
def add(person_id: int) -> ResponseReturnValue:
    """Add a business for somebody; where one like it is here, ask first whether it is the same."""
    not_now, form = _not_for(person_id), AddForm()
    is_alike = "_alike" in request.form and "_language" in request.form
    if form.validate_on_submit():
        try:
            answer = beginning.add_business(
                person_id,
                form.details,
                key=form.key.data or "",
                entered=form.entered(this_person().id),
                is_another=request.form.get("_step") == "another",
            )
        except Refused as refusal:
            refuse(form, refusal)
        else:
            if answer.business_id is not None:
                flash((Outcome.DONE if answer.is_new else Outcome.WAS_SO).value)
                return redirect(_to(person_id, answer.business_id), 303)
            is_alike = True
    template = "on_behalf/alike.html" if is_alike else "on_behalf/add.html"
    return form_page(template, person_id, not_now, form)


@beginnings.page(cy=ONE_CY, en=ONE_EN, access=ACTS)
def entry(person_id: int, membership_id: int) -> ResponseReturnValue:
    """The entries of a business, what it has claimed, and what staff may claim for it."""
    one = membership_of(person_id, membership_id)
    return person_page(
        "on_behalf/entry.html",
        person_id,
        not_here(one),
        **claims.entries_for(one.business),
        membership=one,
        is_owner=one.role == MemberRole.OWNER,
        directory=directory_phrases,
        writing=words_phrases,
        outcome=told_once(phrases.OUTCOME),
    )


@beginnings.page(cy=f"{ONE_CY}/pobl", en=f"{ONE_EN}/people", access=ACTS, methods=GET_AND_POST)
def let_in(person_id: int, membership_id: int) -> ResponseReturnValue:
    """Let somebody else without e-mail speak for a business, because an owner says so."""
    one = membership_of(person_id, membership_id)
    form = LetInForm(can_sign_in=queries.can_sign_in(one.person))
    if form.validate_on_submit():
        try:
            is_new = beginning.let_in(
                one.business_id,
                int(form.account.data or 0),
                form.person_name.data or "",
                form.chosen_role,
                person_id=person_id,
                entered=form.entered(this_person().id),
            )
        except Refused as refusal:
            if refusal.reason == WhyNot.NO_SUCH_NEWCOMER:
                form["account"].errors = [phrases.WHY_NOT[WhyNot.NO_SUCH_NEWCOMER]]
            else:
                refuse(form, refusal)
        else:
            one = membership_of(person_id, membership_id)
            done = Outcome.LET_IN if queries.can_sign_in(one.person) else Outcome.DONE
            flash((done if is_new else Outcome.WAS_SO).value)
            return redirect(_back(one), 303)
        one = membership_of(person_id, membership_id)
    facts = {"membership": one, "here": _back(one), "roles": businesses_phrases.ROLE}
    return form_page("on_behalf/let_in.html", person_id, not_here(one, may_have_email=True), form, **facts)


@beginnings.page(
    cy=f"{ONE_CY}/cofnod/<int:supplier_id>", en=f"{ONE_EN}/entry/<int:supplier_id>", access=ACTS, methods=GET_AND_POST
)
def claim(person_id: int, membership_id: int, supplier_id: int) -> ResponseReturnValue:
    """Say for somebody that an entry is their business, and how other staff can tell."""
    one, form = membership_of(person_id, membership_id), ClaimForm()
    claims.seen(supplier_id)
    if form.validate_on_submit():
        try:
            is_new = beginning.claim(
                one.business_id,
                supplier_id,
                form.evidence.data or "",
                person_id=person_id,
                entered=form.entered(this_person().id),
            )
        except Refused as refusal:
            refuse(form, refusal)
        else:
            flash((Outcome.DONE if is_new else Outcome.WAS_SO).value)
            return redirect(url_for(".entry", person_id=person_id, membership_id=membership_id), 303)
    one, supplier = membership_of(person_id, membership_id), claims.seen(supplier_id)
    not_now = not_here(one)
    place = claims.place_of(supplier)
    return form_page("on_behalf/claim.html", person_id, not_now, form, membership=one, supplier=supplier, place=place)


@beginnings.page(
    cy=f"{ONE_CY}/hawliadau/<int:claim_id>", en=f"{ONE_EN}/claims/<int:claim_id>", access=ACTS, methods=GET_AND_POST
)
def withdraw(person_id: int, membership_id: int, claim_id: int) -> ResponseReturnValue:
    """Withdraw a claim that waits, because somebody thought again."""
    one, form = membership_of(person_id, membership_id), WordForm()
    if form.validate_on_submit():
        try:
            beginning.withdraw(one.business_id, claim_id, person_id=person_id, entered=form.entered(this_person().id))
        except Refused as refusal:
            refuse(form, refusal)
        else:
            flash(Outcome.DONE.value)
            return redirect(url_for(".entry", person_id=person_id, membership_id=membership_id), 303)
    one = membership_of(person_id, membership_id)
    found = next((asked for asked in directory.claims_of(one.business_id) if asked.id == claim_id), None) or abort(404)
    decided = None if found.state == ClaimState.WAITING else phrases.REFUSED[NotClaimed.NOT_WAITING]
    not_now = not_here(one) or decided
    return form_page("on_behalf/withdraw.html", person_id, not_now, form, membership=one, claim=found)
