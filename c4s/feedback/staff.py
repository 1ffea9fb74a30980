"""The pages on which staff see what people thought of an event."""

from flask import Response, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts.session import this_person
from c4s.events import tools
from c4s.feedback import actions, letters, phrases, queries, rules
from c4s.feedback.forms import ByPhoneForm
from c4s.feedback.rules import Did
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import current_language
from c4s.i18n.speech import gettext as _
from c4s.web.access import GET_AND_POST, May
from c4s.web.exports import csv_file, download
from c4s.web.rights import Right

results = BilingualBlueprint("feedback_results", __name__)

RUNS_EVENTS = May(Right.RUN_EVENTS)
TAKES_CALLS = May(Right.LOOK_AFTER_SIGN_UPS)
TOOLS = (
    tools.Tool(phrases.TOOL, "feedback_results.show", Right.RUN_EVENTS),
    tools.Tool(phrases.BY_PHONE, "feedback_results.by_phone", Right.LOOK_AFTER_SIGN_UPS),
)
FILE = Bilingual("adborth-{number}.csv", "feedback-{number}.csv")


@results.page(
    cy="/staff/digwyddiadau/<int:event_id>/adborth", en="/staff/events/<int:event_id>/feedback", access=RUNS_EVENTS
)
def show(event_id: int) -> ResponseReturnValue:
    """What people thought of an event, in numbers and in their own words, as far as it may be told."""
    event = tools.found(event_id)
    page = tools.page(
        "feedback/results.html",
        event,
        results=queries.results(event_id),
        fewest=rules.FEWEST,
        words=phrases,
        as_file=url_for(".as_csv", event_id=event_id),
    )
    actions.looked(event_id, Did.LOOKED, by_id=this_person().id)
    return page


@results.page(
    cy="/staff/digwyddiadau/<int:event_id>/adborth.csv",
    en="/staff/events/<int:event_id>/feedback.csv",
    access=RUNS_EVENTS,
)
def as_csv(event_id: int) -> Response:
    """The same as a file for spreadsheets: nothing that the page does not tell."""
    tools.found(event_id)
    found = queries.results(event_id) or abort(404)
    languages = list(found.by_language)
    rows = []
    for question, choices in found.chosen.items():
        for choice, told in choices.items():
            said = str(phrases.QUESTION[question]), str(phrases.ANSWER[question][choice])
            numbers = [_number(told.by_language[code]) if told.by_language else "" for code in languages]
            rows.append([*said, _number(told.of_all), *numbers, ""])
    for question, all_of_them in found.written.items():
        for one in all_of_them:
            rows.append([str(phrases.QUESTION[question]), one.text, *[""] * (1 + len(languages)), one.name])
    head = [_("Question"), _("Answer"), _("Number"), *(str(phrases.LANGUAGE[code]) for code in languages), _("Name")]
    actions.looked(event_id, Did.EXPORTED, by_id=this_person().id)
    name = FILE.spoken(current_language())[0].format(number=event_id)
    return download(csv_file(head, rows), name)


@results.page(
    cy="/staff/digwyddiadau/<int:event_id>/adborth/ffon",
    en="/staff/events/<int:event_id>/feedback/phone",
    access=TAKES_CALLS,
    methods=GET_AND_POST,
)
def by_phone(event_id: int) -> ResponseReturnValue:
    """Somebody without e-mail phones: their reference opens the questions, which are read out to them."""
    event, form = tools.found(event_id), ByPhoneForm()
    if form.validate_on_submit():
        booking = queries.booking_of(event_id, form.reference.data or "")
        if booking:
            address = url_for("feedback.give", token=letters.feedback_token(booking))
            actions.looked(event_id, Did.ASKED, by_id=this_person().id)
            return redirect(address, 303)
        form.reference.errors = [phrases.NO_SUCH_REFERENCE]
    page = tools.page("feedback/by_phone.html", event, form=form)
    return page, form.status


def _number(told: int | None) -> str:
    return _("Fewer than five") if told is None else str(told)
