"""The pages on which staff hide an entry, show it again, and answer appeals."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts import rules as accounts
from c4s.accounts.phrases import CAME_BY
from c4s.accounts.session import this_person
from c4s.core.errors import Refused
from c4s.directory import tools
from c4s.directory.models import Supplier
from c4s.directory.tools import Tool
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail.phrases import WRITTEN
from c4s.takedowns import actions, data, phrases, queries
from c4s.takedowns.forms import AnswerForm, HideForm, RestoreForm
from c4s.takedowns.models import Takedown
from c4s.takedowns.rules import Did, Ground, Outcome, WhyNot
from c4s.web.access import GET_AND_POST, May
from c4s.web.rights import Right
from c4s.web.told import ToldForm, told_once

hiding = BilingualBlueprint("hiding", __name__)

HIDES = May(Right.TAKE_DOWN)
TOOL = Tool(_l("Hide or show"), "hiding.show", Right.TAKE_DOWN)
HIDE, CHECK, RESTORE = "hide", "check", "restore"


@hiding.page(
    cy="/staff/cofnodion/<int:supplier_id>/cuddio",
    en="/staff/entries/<int:supplier_id>/hide",
    access=HIDES,
    methods=GET_AND_POST,
)
def show(supplier_id: int) -> ResponseReturnValue:
    """Hide an entry at once, after a look at what that does; or show one again that is hidden."""
    supplier = tools.found(supplier_id)
    asked = request.form.get("_act", "")
    is_hidden = asked == RESTORE if asked in (HIDE, CHECK, RESTORE) else supplier.taken_down_at is not None
    return _restore(supplier) if is_hidden else _hide(supplier, asked)


def _hide(supplier: Supplier, asked: str) -> ResponseReturnValue:
    language = actions.language_of(actions.members_of(supplier))
    form, not_now, template = HideForm(language), None, "takedowns/hide.html"
    if form.validate_on_submit():
        if asked == HIDE:
            done, not_now = _done(
                form,
                Did.HIDDEN,
                lambda by_id: actions.hide(supplier.id, Ground(form.ground.data), form.words, by_id=by_id),
            )
            if done:
                return redirect(url_for(".show", supplier_id=supplier.id), 303)
        else:
            template = "takedowns/hide_check.html"
    elif asked == HIDE and "_language" in request.form:
        template = "takedowns/hide_check.html"
    return _page(template, supplier, language, form, not_now)


def _restore(supplier: Supplier) -> ResponseReturnValue:
    language = actions.language_of(actions.members_of(supplier))
    form, not_now = RestoreForm(language), None
    if form.validate_on_submit():
        done, not_now = _done(form, Did.RESTORED, lambda by_id: actions.restore(supplier.id, form.words, by_id=by_id))
        if done:
            return redirect(url_for(".show", supplier_id=supplier.id), 303)
    return _page("takedowns/restore.html", supplier, language, form, not_now)


def _page(
    template: str, supplier: Supplier, language: str, form: ToldForm, not_now: object | None
) -> ResponseReturnValue:
    supplier = tools.found(supplier.id)
    page = tools.page(
        template,
        supplier,
        form=None if not_now else form,
        not_now=not_now,
        times=queries.of_entry(supplier.id),
        language_written=language,
        people=len(actions.members_of(supplier)),
        words=phrases,
        written=WRITTEN,
        outcome=told_once(phrases.OUTCOME),
    )
    return page, 409 if not_now else form.status


def _done(form: ToldForm, did: Did, act: Callable[[int], None]) -> tuple[bool, object | None]:
    """Do it; or say beside the boxes what is missing, and give back what other words would not help."""
    try:
        act(this_person().id)
    except Refused as refusal:
        if refusal.reason == accounts.WhyNot.NOT_ALLOWED:
            abort(403)
        reason = WhyNot(refusal.reason)
        if reason == WhyNot.NOT_THERE:
            abort(404)
        if reason != WhyNot.REASON_NEEDED:
            return False, phrases.WHY_NOT[reason]
        form.ask_for(refusal.facts["languages"])  # type: ignore[arg-type]
        return False, None
    flash(did.value)
    return True, None


@hiding.page(cy="/staff/apeliadau", en="/staff/appeals", access=HIDES)
def appeals() -> ResponseReturnValue:
    """The appeals that wait, the oldest first; and what was hidden before it went, so that nobody gets rid of that by
    deleting an entry and beginning another."""
    waiting = queries.waiting()
    return render_template(
        "takedowns/appeals.html",
        waiting=waiting,
        languages=data.languages_of(waiting),
        gone=queries.of_the_gone(),
        words=phrases,
        written=WRITTEN,
        me=this_person().id,
        outcome=told_once(phrases.OUTCOME),
    )


@hiding.page(
    cy="/staff/apeliadau/<int:takedown_id>", en="/staff/appeals/<int:takedown_id>", access=HIDES, methods=GET_AND_POST
)
def appeal(takedown_id: int) -> ResponseReturnValue:
    """One appeal: read it, and answer it."""
    found = queries.appeal(takedown_id) or abort(404)
    language = actions.language_of(actions.members_of(found.supplier))
    form, not_now = AnswerForm(language), None
    if form.validate_on_submit():
        outcome = Outcome(form.outcome.data)
        done, not_now = _done(
            form,
            Did.LIFTED if outcome == Outcome.LIFTED else Did.UPHELD,
            lambda by_id: actions.answer(takedown_id, outcome, form.words, by_id=by_id),
        )
        if done:
            return redirect(url_for(".appeals"), 303)
    else:
        actions.looked(takedown_id, by_id=this_person().id)
    found = queries.appeal(takedown_id) or abort(404)
    for_others = _is_for_others(found)
    page = render_template(
        "takedowns/appeal.html",
        takedown=found,
        supplier=found.supplier,
        form=None if not_now else form,
        shows_form=not not_now and ((found.is_waiting and for_others is None) or bool(form.errors)),
        for_others=for_others,
        came_by=CAME_BY,
        not_now=not_now,
        words=phrases,
        written=WRITTEN.get(language),
    )
    return page, 409 if not_now else form.status


def _is_for_others(takedown: Takedown) -> object | None:
    """Why another member of staff must answer an appeal."""
    me = this_person().id
    if takedown.by_id == me:
        return phrases.WHY_NOT[WhyNot.ONES_OWN_DECISION]
    return phrases.WHY_NOT[WhyNot.ENTERED_IT] if takedown.was_entered_by(me) else None
