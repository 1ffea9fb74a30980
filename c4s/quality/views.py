"""The pages on which a business says what it has and signs the code; and those on which everybody reads the code."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts.phrases import CAME_BY
from c4s.accounts.session import this_person
from c4s.businesses import queries as businesses
from c4s.businesses.rules import MemberRole
from c4s.businesses.rules import WhyNot as BusinessWhyNot
from c4s.core.clock import now
from c4s.core.errors import Refused
from c4s.directory import queries as directory
from c4s.directory.models import Supplier
from c4s.directory.tasks import Task
from c4s.i18n import formats
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.languages import current_language
from c4s.quality import actions, phrases, queries, rules
from c4s.quality.forms import FactForm, SignForm
from c4s.quality.rules import ASKS, Did, FactKind, FactStanding, WhyNot
from c4s.web.access import EVERYONE, GET_AND_POST, May
from c4s.web.forms import ActForm, Form
from c4s.web.rights import Right
from c4s.web.told import told_once

code = BilingualBlueprint("code", __name__)
passport = BilingualBlueprint("passport", __name__)

SPEAKS_FOR_IT = May(Right.SEE_BUSINESS)
SAYS, SHOWN = FactStanding.SAYS, FactStanding.SHOWN


# ---- What everybody reads ----


@code.page(cy="/cod-ymddygiad", en="/code-of-conduct", access=EVERYONE, is_public=True)
def show() -> str:
    """The code of conduct that businesses sign."""
    versions = queries.versions()
    live = versions[0] if versions else None
    return render_template("quality/code.html", version=live, versions=versions, is_numbered=False)


@code.page(cy="/cod-ymddygiad/<int:number>", en="/code-of-conduct/<int:number>", access=EVERYONE, is_public=True)
def version(number: int) -> str:
    """An earlier version of it, for whoever signed that one."""
    found = queries.version(number) or abort(404)
    return render_template("quality/code.html", version=found, versions=queries.versions(), is_numbered=True)


@code.page(cy="/beth-rydyn-ni-yn-ei-wirio", en="/what-we-check", access=EVERYONE, is_public=True)
def what_we_check() -> str:
    """What we check of a business and what we do not."""
    return render_template("quality/what_we_check.html", kinds=phrases.KIND)


# ---- What a business says ----


def _entry(business_id: int, supplier_id: int) -> Supplier:
    return directory.entry_of(business_id, supplier_id) or abort(404)


def _kind(name: str) -> FactKind:
    """The kind that an address names, if businesses say it here."""
    if name not in list(FactKind) or not ASKS[FactKind(name)].is_said:
        abort(404)
    return FactKind(name)


def _refuse(form: Form, refusal: Refused) -> None:
    """Say no beside the box that it is about, or on the form; or as the guard does, for what is theirs no more."""
    if refusal.reason in list(BusinessWhyNot) or refusal.reason == WhyNot.NO_SUCH_FACT:
        abort(404)
    sentence, box = phrases.WHY_NOT[WhyNot(refusal.reason)], str(refusal.facts.get("box", ""))
    if box in form:
        form[box].errors = [sentence]
    else:
        form.refuse(sentence)


@passport.page(
    cy="/cyfrif/busnesau/<int:business_id>/proffil/<int:supplier_id>/ansawdd",
    en="/account/businesses/<int:business_id>/profile/<int:supplier_id>/quality",
    access=SPEAKS_FOR_IT,
)
def facts(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """All that a business can say of its insurance, checks and registrations, and what we have seen."""
    supplier = _entry(business_id, supplier_id)
    found = queries.facts(supplier_id)
    return render_template(
        "quality/facts.html",
        business=businesses.business(business_id),
        supplier=supplier,
        lines=[(kind, found.get((kind, SAYS)), found.get((kind, SHOWN))) for kind in FactKind],
        sayable={kind for kind in FactKind if ASKS[kind].is_said},
        today=formats.uk(now()).date(),
        words=phrases,
        tasks_page=url_for("profiles.tasks", business_id=business_id, supplier_id=supplier_id),
        outcome=told_once(phrases.OUTCOME),
    )


@passport.page(
    cy="/cyfrif/busnesau/<int:business_id>/proffil/<int:supplier_id>/ansawdd/<kind>",
    en="/account/businesses/<int:business_id>/profile/<int:supplier_id>/quality/<kind>",
    access=SPEAKS_FOR_IT,
    methods=GET_AND_POST,
)
def say(business_id: int, supplier_id: int, kind: str) -> ResponseReturnValue:
    """Say one of them, or say it otherwise."""
    supplier, what = _entry(business_id, supplier_id), _kind(kind)
    fact = queries.fact(supplier_id, what, SAYS)
    form = FactForm(what, SAYS, fact)
    if form.validate_on_submit():
        try:
            actions.say(business_id, supplier_id, what, form.given, is_offered=form.offers, by_id=this_person().id)
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            flash(Did.SAID.value)
            return redirect(url_for(".facts", business_id=business_id, supplier_id=supplier_id), 303)
        supplier, fact = _entry(business_id, supplier_id), queries.fact(supplier_id, what, SAYS)
    page = render_template(
        "quality/say.html",
        form=form,
        supplier=supplier,
        business=businesses.business(business_id),
        kind=what,
        fact=fact,
        years=ASKS[what].years,
        words=phrases,
    )
    return page, form.status


@passport.page(
    cy="/cyfrif/busnesau/<int:business_id>/proffil/<int:supplier_id>/ansawdd/<kind>/tynnu",
    en="/account/businesses/<int:business_id>/profile/<int:supplier_id>/quality/<kind>/remove",
    access=SPEAKS_FOR_IT,
    methods=GET_AND_POST,
)
def take_back(business_id: int, supplier_id: int, kind: str) -> ResponseReturnValue:
    """Say one of them no more."""
    _entry(business_id, supplier_id)
    what, form = _kind(kind), ActForm()
    if queries.fact(supplier_id, what, SAYS) is None:
        abort(404)
    if form.validate_on_submit():
        try:
            actions.take_back(business_id, supplier_id, what, by_id=this_person().id)
        except Refused:
            abort(404)
        flash(Did.TOOK_BACK.value)
        return redirect(url_for(".facts", business_id=business_id, supplier_id=supplier_id), 303)
    page = render_template(
        "quality/take_back.html",
        form=form,
        press=phrases.TAKE_BACK,
        business=businesses.business(business_id),
        about=phrases.KIND[what],
        back_to=url_for(".say", business_id=business_id, supplier_id=supplier_id, kind=kind),
    )
    return page, form.status


@passport.page(
    cy="/cyfrif/busnesau/<int:business_id>/proffil/<int:supplier_id>/cod",
    en="/account/businesses/<int:business_id>/profile/<int:supplier_id>/code",
    access=SPEAKS_FOR_IT,
    methods=GET_AND_POST,
)
def sign(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """Read the code of conduct, sign it, and see who of the business has signed which version."""
    supplier = _entry(business_id, supplier_id)
    person_id, live = this_person().id, queries.current()
    shown = live.number if live else 0
    form = SignForm(data={"number": str(shown)})
    if form.validate_on_submit():
        try:
            actions.sign(business_id, form.version, current_language(), by_id=person_id)
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            flash(Did.SIGNED.value)
            return redirect(url_for(".sign", business_id=business_id, supplier_id=supplier_id), 303)
        supplier, live = _entry(business_id, supplier_id), queries.current()
        form.number.data = str(live.number if live else 0)
        form.is_agreed.data = False
    mine = queries.signed_by(person_id, business_id, live.id) if live else None
    is_owner = businesses.roles_in(business_id).get(person_id) == MemberRole.OWNER
    page = render_template(
        "quality/sign.html",
        form=form,
        version=live,
        may_sign=live is not None and (mine is None or (is_owner and not mine.is_owner)),
        is_owner=is_owner,
        signatures=queries.signatures(business_id),
        came_by=CAME_BY,
        suspension=queries.suspension(supplier),
        business=businesses.business(business_id),
        tasks_page=url_for("profiles.tasks", business_id=business_id, supplier_id=supplier_id),
        outcome=told_once(phrases.OUTCOME),
    )
    return page, form.status


# ---- How far a business has got ----


def _state_of_facts(supplier: Supplier) -> object | None:
    """Whether anything is said yet, and whether something of it has ended."""
    said = [one for (_, standing), one in queries.facts(supplier.id).items() if standing == SAYS]
    today = formats.uk(now()).date()
    if any(rules.is_past(one.ends_on, today) for one in said):
        return phrases.ONE_ENDED
    return None if said else phrases.TO_DO


def _state_of_signature(supplier: Supplier) -> object | None:
    """Whether an owner has signed the version that counts."""
    live = queries.current()
    if live is None or supplier.business_id is None:
        return None
    if queries.suspension(supplier):
        return phrases.IS_SUSPENDED
    numbers = [one.version.number for one in queries.signatures(supplier.business_id) if one.is_owner]
    if not numbers:
        return phrases.SIGN_IT
    return phrases.SIGNED if max(numbers) == live.number else phrases.NEWER


TASKS = (
    Task(phrases.FACTS, "passport.facts", "quality", _state_of_facts),
    Task(phrases.CODE, "passport.sign", "quality", _state_of_signature),
)
