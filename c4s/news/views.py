"""The pages on which people choose their news, and end it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound

from c4s.accounts.session import SIGNED_IN, this_person
from c4s.core import tokens
from c4s.core.errors import Refused
from c4s.i18n.addresses import BilingualBlueprint
from c4s.news import actions, data, phrases, queries
from c4s.news.forms import ChooseForm
from c4s.news.models import NewsWish
from c4s.news.rules import Letter
from c4s.web.access import EVERYONE, GET_AND_POST
from c4s.web.forms import ActForm
from c4s.web.told import told_once

news = BilingualBlueprint("news", __name__)


@news.page(cy="/cyfrif/newyddion", en="/account/news", access=SIGNED_IN, methods=GET_AND_POST)
def choose() -> ResponseReturnValue:
    """Choose which news to have, and what it should be about; or none."""
    person = this_person()
    wish = queries.wish_of(person.id)
    form = ChooseForm(data=_chosen(wish) if wish else None)
    form.offer()
    if form.validate_on_submit():
        try:
            did = actions.choose(
                person.id,
                [Letter(code) for code in form.letters.data or []],
                categories=[int(number) for number in form.categories.data or []],
                areas=[int(number) for number in form.areas.data or []],
            )
        except Refused:
            return redirect(url_for("accounts.account"), 303)
        flash(did.value)
        return redirect(url_for(".choose"), 303)
    page = render_template(
        "news/choose.html",
        form=form,
        person=person,
        is_reached=queries.reached(person),
        outcome=told_once(phrases.OUTCOME),
    )
    return page, form.status


def _chosen(wish: NewsWish) -> dict[str, list[str]]:
    return {
        "letters": [str(one) for one in data.wanted(wish)],
        "categories": [str(one.id) for one in wish.categories],
        "areas": [str(one.id) for one in wish.areas],
    }


@news.page(cy="/newyddion/stopio/<token>", en="/news/stop/<token>", access=EVERYONE, methods=GET_AND_POST)
def stop(token: str) -> ResponseReturnValue:
    """End somebody's news by the link of a letter. A mail program may post it by itself (RFC 8058): it has no cookie
    and no token of a form, so the signed address alone says whose news it is, and the answer is a page, for such
    programs follow nobody. Opening it changes nothing, for programs that look into mail open every link."""
    match tokens.read("news", token):
        case [int(person_id)]:
            pass
        case _:
            abort(404)
    if request.method == "POST" and "_language" not in request.form:
        try:
            actions.stop(person_id)
        except NoResultFound:
            abort(404)
        return render_template("news/stopped.html")
    return render_template("news/stop.html", form=ActForm())
