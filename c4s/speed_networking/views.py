"""The page on which people say whom they would like to meet again."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from c4s.core import tokens
from c4s.core.errors import Refused
from c4s.i18n.addresses import BilingualBlueprint
from c4s.speed_networking import actions, phrases, queries
from c4s.speed_networking.forms import AgainForm
from c4s.speed_networking.models import RotaPerson
from c4s.speed_networking.rules import Did, WhyNot
from c4s.web.access import EVERYONE, GET_AND_POST
from c4s.web.told import told_once

meeting_again = BilingualBlueprint("meeting_again", __name__)


def _person(token: str) -> RotaPerson:
    """Whose page a signed link opens."""
    number, *reference = tokens.read("meet-again", token) or [0]
    found = queries.person(int(number)) or abort(404)
    return found if reference == [found.booking.reference] and found.rota.is_closed else abort(404)


@meeting_again.page(cy="/cwrdd-eto/<token>", en="/meet-again/<token>", access=EVERYONE, methods=GET_AND_POST)
def answer(token: str) -> ResponseReturnValue:
    """Say whom one would like to meet again, and see who says the same."""
    one = _person(token)
    before = {"others": [str(number) for number in queries.wanted_again(one.id)], "reach": one.reach}
    form = AgainForm(queries.met(one), data=before)
    if form.validate_on_submit():
        try:
            actions.say_whom_again(one.id, form.chosen, form.reach.data or "")
        except Refused as refusal:
            form.reach.errors = [phrases.WHY_NOT[WhyNot(refusal.reason)]]
        else:
            flash(Did.SAID_WHOM_AGAIN.value)
            return redirect(url_for(".answer", token=token), 303)
    one = _person(token)
    page = render_template(
        "speed_networking/answer.html",
        form=form,
        one=one,
        event=one.rota.event,
        told_of=queries.told_of(one.id),
        outcome=told_once(phrases.OUTCOME),
    )
    return page, form.status
