"""Letters that need people: those for post or phone, and e-mails that would not go."""

from collections.abc import Sequence

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.audit import trail
from c4s.core.config import Settings
from c4s.core.db import db
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.references import LARGEST
from c4s.mail import delivery, outbox, phrases, rules
from c4s.mail.models import Channel, LetterState, OutgoingLetter
from c4s.mail.rules import Did
from c4s.web.access import GET_AND_POST, May, visitor_id
from c4s.web.desk import Queue, Waits
from c4s.web.forms import ActForm
from c4s.web.rights import Right
from c4s.web.told import told_once

letters = BilingualBlueprint("letters", __name__)

POST_LETTERS = May(Right.POST_LETTERS)
AT_ONCE = 50
"""Letters in one go at the printer."""


def _by() -> str:
    return trail.person(visitor_id())


def _chosen(given: Sequence[str]) -> list[int]:
    """The numbers of letters that an address or a form names; nonsense names none."""
    return [int(one) for one in given if one.isascii() and one.isdecimal() and len(one) < 10][:AT_ONCE]


def _done(did: Did, endpoint: str) -> ResponseReturnValue:
    flash(did.value)
    return redirect(url_for(endpoint), 303)


@letters.page(cy="/staff/llythyrau", en="/staff/letters", access=POST_LETTERS)
def waiting() -> ResponseReturnValue:
    """What waits to be printed or read out, the oldest first. Every look at it is told in the trail."""
    found = delivery.to_print(is_for_list=True)
    page = render_template(
        "mail/waiting.html",
        to_post=[one for one in found if one.channel == Channel.POST],
        to_say=[one for one in found if one.channel == Channel.PHONE],
        at_once=AT_ONCE,
        words=phrases,
        outcome=told_once(phrases.OUTCOME),
    )
    delivery.listed(LetterState.TO_PRINT, len(found), by=_by())
    return page


@letters.page(cy="/staff/llythyrau/argraffu", en="/staff/letters/print", access=POST_LETTERS, methods=GET_AND_POST)
def paper() -> ResponseReturnValue:
    """The chosen letters, a page of A4 each; opening it marks none of them, the button those that were shown."""
    form = ActForm()
    if form.validate_on_submit():
        delivery.mark_printed(_chosen(request.form.getlist("letter")), Did.POSTED, by=_by())
        return _done(Did.POSTED, ".waiting")
    numbers = request.form.getlist("letter") if request.method == "POST" else request.args.getlist("letter")
    found = delivery.waiting_letters(_chosen(numbers), Channel.POST)
    if not found:
        return redirect(url_for(".waiting"), 303)
    settings: Settings = current_app.extensions["c4s.settings"]
    page = render_template(
        "mail/print.html",
        form=form,
        letters=[(letter, outbox.parts(letter)) for letter in found],
        sender=settings.postal_address.split("|"),
    )
    status = form.status
    delivery.looked_at([letter.id for letter in found], by=_by())
    return page, status


@letters.page(
    cy="/staff/llythyrau/<int:letter_id>",
    en="/staff/letters/<int:letter_id>",
    access=POST_LETTERS,
    methods=GET_AND_POST,
)
def say(letter_id: int) -> ResponseReturnValue:
    """A message to read out: the number to ring, and the words."""
    found = delivery.waiting_letters([letter_id], Channel.PHONE)
    if not found:
        letter = db.session.get(OutgoingLetter, letter_id) if letter_id <= LARGEST else None
        if letter is None or letter.channel != Channel.PHONE:
            abort(404)
        return redirect(url_for(".waiting"), 303)  # somebody else has read it out meanwhile
    form = ActForm()
    if form.validate_on_submit():
        delivery.mark_printed([letter_id], Did.READ_OUT, by=_by())
        return _done(Did.READ_OUT, ".waiting")
    page = render_template("mail/say.html", form=form, letter=found[0], parts=outbox.parts(found[0]), words=phrases)
    status = form.status
    delivery.looked_at([letter_id], by=_by())
    return page, status


@letters.page(cy="/staff/llythyrau/heb-fynd", en="/staff/letters/not-sent", access=POST_LETTERS, methods=GET_AND_POST)
def failed() -> ResponseReturnValue:
    """E-mails that every try has failed: try one again, or give it up. Every look at them is told in the trail."""
    form = ActForm()
    if form.validate_on_submit():
        numbers = _chosen(request.form.getlist("letter"))
        act = request.form.get("_act", "")
        if numbers and act == "withdraw" and delivery.withdraw(numbers[0], by=_by()):
            flash(Did.WITHDRAWN.value)
        elif numbers and act == "retry" and delivery.retry(numbers[0], by=_by()):
            flash(Did.TRIED_AGAIN.value)
        return redirect(url_for(".failed"), 303)
    found = [(one, phrases.TROUBLE[rules.trouble(one.problem)]) for one in delivery.failed()]
    page = render_template(
        "mail/failed.html", form=form, letters=found, words=phrases, outcome=told_once(phrases.OUTCOME)
    )
    status = form.status
    delivery.listed(LetterState.FAILED, len(found), by=_by())
    return page, status


# ---- On the desk ----


def _waits(letter: OutgoingLetter, address: str) -> Waits:
    name = letter.to_name or letter.to_address.partition("\n")[0]
    return Waits(f"{name} ({letter.id})", address, letter.created_at, letter.language)


def _to_post() -> list[Waits]:
    found = delivery.to_print(Channel.POST, is_for_list=True)
    return [_waits(one, url_for("letters.paper", letter=one.id)) for one in found]


def _to_say() -> list[Waits]:
    found = delivery.to_print(Channel.PHONE, is_for_list=True)
    return [_waits(one, url_for("letters.say", letter_id=one.id)) for one in found]


def _failed() -> list[Waits]:
    return [_waits(one, url_for("letters.failed")) for one in delivery.failed(is_for_list=True)]


QUEUES = (
    Queue("letters", Right.POST_LETTERS, phrases.QUEUE["post"], "letters.waiting", _to_post),
    Queue("calls", Right.POST_LETTERS, phrases.QUEUE["phone"], "letters.waiting", _to_say),
    Queue("not_sent", Right.POST_LETTERS, phrases.QUEUE["failed"], "letters.failed", _failed),
)
