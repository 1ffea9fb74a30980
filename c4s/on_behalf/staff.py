"""The pages on which staff do something for somebody of a business who has no e-mail, at their word."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts import rules as accounts
from c4s.accounts.phrases import CAME_BY
from c4s.accounts.session import this_person
from c4s.audit.trail import Entered
from c4s.businesses import phrases as businesses_phrases
from c4s.core.errors import Refused
from c4s.directory import phrases as directory_phrases
from c4s.directory import tools
from c4s.directory.models import Supplier
from c4s.directory.rules import JointWorkState
from c4s.directory.tools import Tool
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import current_language
from c4s.on_behalf import actions, phrases, queries, words_phrases
from c4s.on_behalf.forms import AnswerForm, AppealForm, AskedForm, SignForm
from c4s.on_behalf.rules import Deed, Outcome, WhyNot
from c4s.profiles import joint_work
from c4s.quality import queries as code
from c4s.takedowns import phrases as takedowns_phrases
from c4s.takedowns import queries as takedowns
from c4s.web.access import GET_AND_POST, May
from c4s.web.rights import Right
from c4s.web.told import told_once

on_behalf = BilingualBlueprint("on_behalf", __name__)

ACTS = May(Right.REGISTER_PEOPLE)
TOOL = Tool(phrases.TOOL, "on_behalf.index", Right.REGISTER_PEOPLE)
CY, EN = "/staff/cofnodion/<int:supplier_id>/ar-ran", "/staff/entries/<int:supplier_id>/for-somebody"
ENDPOINT = {
    Deed.APPEAL: "on_behalf.appeal",
    Deed.REOPEN: "on_behalf.reopen",
    Deed.ANSWER: "on_behalf.answer",
    Deed.SIGN: "on_behalf.sign",
}


@dataclass(frozen=True)
class Work:
    """What another business says that it did with this one.

    Attributes:
        value: what the form sends for it; ``label``: with whom and when, and which it is of those on the page.
    """

    value: str
    label: str
    what: Bilingual
    state: JointWorkState


@on_behalf.page(cy=CY, en=EN, access=ACTS)
def index(supplier_id: int) -> ResponseReturnValue:
    """Who of a business has no e-mail, and what there is to do for them."""
    supplier = tools.found(supplier_id)
    page = tools.page(
        "on_behalf/index.html",
        supplier,
        not_now=_not_now(supplier),
        people=queries.people(supplier),
        roles=businesses_phrases.ROLE,
        deeds=[
            (phrases.DEED[deed], url_for(ENDPOINT[deed], supplier_id=supplier_id))
            for deed in queries.deeds(supplier, this_person().id)
        ],
        words=phrases,
        writing=words_phrases,
        outcome=told_once(phrases.OUTCOME),
    )
    actions.looked(supplier_id, by_id=this_person().id)
    return page


def _not_now(supplier: Supplier) -> object | None:
    """Why there is nothing to do here for the member of staff who looks."""
    if supplier.business_id is None:
        return phrases.WHY_NOT[WhyNot.NOT_THERE]
    if queries.is_of_it(supplier, this_person().id):
        return phrases.WHY_NOT[WhyNot.ONES_OWN]
    return None if queries.people(supplier) else phrases.NOBODY


def _done(supplier_id: int, form: AskedForm, act: Callable[[int, Entered], bool]) -> ResponseReturnValue | None:
    """Do it, and go on; or say on the form why not.

    Args:
        act: is given whose word it is, and how it came; says whether anything changed.
    """
    if not form.validate_on_submit():
        return None
    try:
        is_new = act(form.person_id, form.entered(this_person().id))
    except Refused as refusal:
        if refusal.reason == accounts.WhyNot.NOT_ALLOWED:
            abort(403)
        if refusal.reason not in phrases.REFUSED or refusal.reason == WhyNot.NOT_THERE:
            abort(404)
        form.refuse(phrases.REFUSED[refusal.reason])
        return None
    flash((Outcome.DONE if is_new else Outcome.WAS_SO).value)
    return redirect(url_for(".index", supplier_id=supplier_id), 303)


def _page(
    template: str, deed: Deed, supplier_id: int, form: AskedForm, nothing: object | None = None, **facts: Any
) -> ResponseReturnValue:
    """The page of a deed; without its form for whom there is nothing to do.

    Args:
        nothing: what the page says instead of the form when there is none of what the deed is done to.
    """
    supplier = tools.found(supplier_id)
    not_now = _not_now(supplier) or nothing
    page = render_template(
        template,
        supplier=supplier,
        form=None if not_now else form,
        deed=phrases.DEED[deed],
        not_now=not_now,
        words=phrases,
        **facts,
    )
    status = 409 if not_now and form.is_submitted() else form.status
    if request.method == "GET":
        actions.looked(supplier_id, by_id=this_person().id)
    return page, status


@on_behalf.page(cy=f"{CY}/apelio", en=f"{EN}/appeal", access=ACTS, methods=GET_AND_POST)
def appeal(supplier_id: int) -> ResponseReturnValue:
    """Appeal for somebody against hiding the entry of their business."""
    form = AppealForm(queries.people(tools.found(supplier_id)))

    def act(person_id: int, entered: Entered) -> bool:
        return actions.appeal(supplier_id, form.words.data or "", person_id=person_id, entered=entered)

    done = _done(supplier_id, form, act)
    if done is not None:
        return done
    hidden = takedowns.open_of(supplier_id)
    nothing = phrases.WHY_NOT[WhyNot.HID_IT] if hidden is not None and hidden.by_id == this_person().id else None
    said = {"hidden": hidden, "takedowns": takedowns_phrases}
    return _page("on_behalf/appeal.html", Deed.APPEAL, supplier_id, form, nothing, **said)


@on_behalf.page(cy=f"{CY}/agor", en=f"{EN}/open", access=ACTS, methods=GET_AND_POST)
def reopen(supplier_id: int) -> ResponseReturnValue:
    """Open a business again for somebody."""
    form = AskedForm(queries.people(tools.found(supplier_id)))

    def act(person_id: int, entered: Entered) -> bool:
        return actions.reopen(supplier_id, person_id=person_id, entered=entered)

    done = _done(supplier_id, form, act)
    if done is not None:
        return done
    return _page("on_behalf/reopen.html", Deed.REOPEN, supplier_id, form, statuses=directory_phrases.STATUSES)


@on_behalf.page(cy=f"{CY}/cydweithio", en=f"{EN}/joint-work", access=ACTS, methods=GET_AND_POST)
def answer(supplier_id: int) -> ResponseReturnValue:
    """Say for somebody whether what others say that they did with the business is so."""
    people, works = queries.people(tools.found(supplier_id)), _works(supplier_id)
    form = AnswerForm(people, {one.value: one.label for one in works})

    def act(person_id: int, entered: Entered) -> bool:
        (joint_id, seen), is_so = form.answered, form["is_so"].data == "yes"
        return actions.answer(supplier_id, joint_id, is_so=is_so, seen=seen, person_id=person_id, entered=entered)

    done = _done(supplier_id, form, act)
    if done is not None:
        return done
    works = _works(supplier_id)
    nothing = None if works else phrases.NOTHING_TO_ANSWER
    return _page("on_behalf/answer.html", Deed.ANSWER, supplier_id, form, nothing, works=works)


def _works(supplier_id: int) -> list[Work]:
    """What others say that they did with a business and a member of staff may answer, numbered as the page shows it."""
    found = []
    for number, (row, who) in enumerate(queries.works(supplier_id, this_person().id), start=1):
        name = f"{number}. {who.names.spoken(current_language())[0]}"
        label = f"{name}, {row.year}" if row.year else name
        found.append(Work(f"{row.id}.{joint_work.mark(row)}", label, row.what, row.state))
    return found


@on_behalf.page(cy=f"{CY}/cod", en=f"{EN}/code", access=ACTS, methods=GET_AND_POST)
def sign(supplier_id: int) -> ResponseReturnValue:
    """Sign the code of conduct for somebody who has read it, or to whom it was read."""
    supplier, live = tools.found(supplier_id), code.current()
    form = SignForm(queries.people(supplier), number=str(live.number if live else 0))

    def act(person_id: int, entered: Entered) -> bool:
        return actions.sign(supplier_id, form.version, form["language"].data, person_id=person_id, entered=entered)

    done = _done(supplier_id, form, act)
    if done is not None:
        return done
    supplier, live = tools.found(supplier_id), code.current()
    if form.form_errors:  # a newer version has been published: they have not read that one
        form.number.data, form.is_agreed.data = str(live.number if live else 0), False
    signatures = code.signatures(supplier.business_id) if supplier.business_id is not None else ()
    return _page(
        "on_behalf/sign.html", Deed.SIGN, supplier_id, form, version=live, signatures=signatures, came_by=CAME_BY
    )
