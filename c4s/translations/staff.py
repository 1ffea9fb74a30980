"""The pages on which staff put words of businesses into the other language."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts import rules as accounts
from c4s.accounts.session import this_person
from c4s.businesses import queries as businesses
from c4s.core.errors import Refused
from c4s.i18n.addresses import BilingualBlueprint
from c4s.translations import actions, phrases, queries, rules
from c4s.translations.forms import WordsForm, words_form
from c4s.translations.models import TranslationWish
from c4s.translations.rules import OTHER, Did, WhyNot, WishState
from c4s.web.access import GET_AND_POST, May
from c4s.web.rights import Right
from c4s.web.told import told_once

translating = BilingualBlueprint("translating", __name__)

TRANSLATES = May(Right.TRANSLATE_PROFILES)
SAVE = "save"


@translating.page(cy="/staff/cyfieithiadau", en="/staff/translations", access=TRANSLATES)
def index() -> ResponseReturnValue:
    """What waits, the oldest first, and how much of the directory is in one language alone."""
    given = request.args.get("into", "")
    into = given if given in OTHER else ""
    return render_template(
        "translations/index.html",
        waiting=queries.waiting(into),
        into=into,
        counts=queries.counts(),
        words=phrases,
        outcome=told_once(phrases.OUTCOME),
    )


@translating.page(
    cy="/staff/cyfieithiadau/<int:wish_id>",
    en="/staff/translations/<int:wish_id>",
    access=TRANSLATES,
    methods=GET_AND_POST,
)
def show(wish_id: int) -> ResponseReturnValue:
    """The words of one business in the one language, and boxes for the other."""
    wish, not_now = queries.wish(wish_id) or abort(404), None
    form = _form(wish)
    if form.validate_on_submit():
        saves = request.form.get("_act") == SAVE
        act = actions.save if saves else actions.finish
        try:
            act(wish_id, form.said, read=form.read.data or "", by_id=this_person().id)
        except Refused as refusal:
            not_now = _refuse(form, refusal)
            wish = queries.wish(wish_id) or abort(404)
        else:
            flash((Did.SAVED if saves else Did.DONE).value)
            return redirect(url_for(".show", wish_id=wish_id) if saves else url_for(".index"), 303)
    is_ones_own = this_person().id in businesses.roles_in(wish.business_id)
    page = render_template(
        "translations/words.html",
        wish=wish,
        form=None if not_now else form,
        shows_form=not not_now and wish.state == WishState.WAITING and not is_ones_own and bool(form.found),
        is_ones_own=is_ones_own,
        not_now=not_now,
        words=phrases,
        outcome=told_once(phrases.OUTCOME),
    )
    return page, 409 if not_now else form.status


def _form(wish: TranslationWish) -> WordsForm:
    found = queries.missing(wish.supplier_id)
    return words_form(found, wish.words, rules.digest([one.piece for one in found]))


def _refuse(form: WordsForm, refusal: Refused) -> object | None:
    """Say beside the boxes what is missing, or above them that the words have changed; what other words would not help
    is given back instead."""
    if refusal.reason == accounts.WhyNot.NOT_ALLOWED:
        abort(403)
    reason = WhyNot(refusal.reason)
    if reason == WhyNot.NOT_THERE:
        abort(404)
    if reason == WhyNot.INCOMPLETE:
        form.say_what_is_left(refusal.facts["keys"])  # type: ignore[arg-type]
        return None
    if reason == WhyNot.CHANGED_MEANWHILE:
        form.refuse(phrases.WHY_NOT[reason])
        form.read.data = rules.digest([one.piece for one in form.found])
        return None
    return phrases.WHY_NOT[reason]
