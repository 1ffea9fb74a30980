"""The page on which people say what they thought of an event."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from c4s.core import tokens
from c4s.core.clock import now
from c4s.core.errors import Refused
from c4s.events import bookings
from c4s.events.listing import when
from c4s.events.models import Booking
from c4s.feedback import actions, phrases, queries, rules
from c4s.feedback.forms import FeedbackForm
from c4s.feedback.rules import WhyNot
from c4s.i18n.addresses import BilingualBlueprint
from c4s.web.access import EVERYONE, GET_AND_POST

feedback = BilingualBlueprint("feedback", __name__)


def _booking(token: str) -> Booking:
    """The sign-up of a signed link."""
    number, *reference = tokens.read("feedback", token) or [0]
    booking = bookings.one(int(number)) or abort(404)
    return booking if reference == [booking.reference] else abort(404)


@feedback.page(cy="/adborth/<token>", en="/feedback/<token>", access=EVERYONE, methods=GET_AND_POST)
def give(token: str) -> ResponseReturnValue:
    """Five questions about an event, once for each sign-up."""
    booking, form = _booking(token), FeedbackForm()
    refusal = _why_not(booking)
    if refusal is None and form.validate_on_submit():
        try:
            actions.give(booking.id, form.said())
        except Refused as problem:
            if problem.reason == WhyNot.NOTHING_SAID:
                form.refuse(phrases.WHY_NOT[WhyNot.NOTHING_SAID][0])
            elif problem.reason != WhyNot.ALREADY_GIVEN:
                refusal = problem
        if not refusal and not form.errors:
            return redirect(url_for(".thanks"), 303)
        booking = _booking(token)
    if refusal:
        heading, advice = phrases.WHY_NOT[WhyNot(refusal.reason)]
        return render_template("feedback/not_now.html", event=booking.event, not_now=heading, advice=advice)
    return render_template("feedback/give.html", form=form, event=booking.event, when=when(booking.event)), form.status


def _why_not(booking: Booking) -> Refused | None:
    try:
        rules.may_give(queries.was_held(booking.event), queries.had_a_place(booking), booking.ends_at, now())
    except Refused as refusal:
        return refusal
    return Refused(WhyNot.ALREADY_GIVEN) if queries.has_given(booking.id) else None


@feedback.page(cy="/adborth", en="/feedback", access=EVERYONE)
def thanks() -> ResponseReturnValue:
    """Where somebody comes who has answered: it says the same to everybody, and nothing of them."""
    return render_template("feedback/thanks.html")
