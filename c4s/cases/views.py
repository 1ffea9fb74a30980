"""The pages on which people ask about their personal data, and see what became of it."""

from flask import abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts.models import Person
from c4s.accounts.session import SIGNED_IN, this_person, this_sign_in
from c4s.cases import actions, phrases, queries
from c4s.cases.forms import WAYS, CaseForm
from c4s.cases.rules import CaseKind
from c4s.core import tokens
from c4s.core.config import Settings
from c4s.core.errors import Refused
from c4s.core.throttle import TooMany
from c4s.i18n.addresses import BilingualBlueprint
from c4s.mail.models import Channel
from c4s.web.access import EVERYONE, GET_AND_POST
from c4s.web.forms import network
from c4s.web.told import told_once

cases = BilingualBlueprint("cases", __name__)


def _somebody() -> Person | None:
    """Who is signed in here, if anybody is, and has nothing left to show."""
    here = this_sign_in()
    return this_person() if here and here.is_whole else None


@cases.page(cy="/eich-data", en="/your-data", access=EVERYONE, methods=GET_AND_POST)
def ask() -> ResponseReturnValue:
    """Ask for what the law gives people over their data, or complain. What we know of them is filled in."""
    person = _somebody()
    form = CaseForm(data=_known(person) if person else None)
    if form.validate_on_submit():
        try:
            case_id = actions.open_case(
                kind=CaseKind(form.kind.data),
                name=form.name.data or "",
                channel=Channel(form.channel.data),
                address=form.address,
                language_written=form.language_written.data,
                words=form.words.data or "",
                person_id=person.id if person else None,
                key=form.key.data or "",
                network=network(),
            )
        except Refused as refusal:
            if refusal.reason != TooMany.TOO_MANY:
                abort(409)
            form.refuse_until(refusal.facts["until"])  # type: ignore[arg-type]
        else:
            return redirect(url_for(".received", token=tokens.sign("case", case_id)), 303)
    settings: Settings = current_app.extensions["c4s.settings"]
    page = render_template(
        "cases/ask.html",
        form=form,
        person=_somebody(),
        postal_address=settings.postal_address.split("|"),
    )
    return page, form.status, form.headers


def _known(person: Person) -> dict[str, str]:
    """What somebody who is signed in need not type."""
    return {
        "name": person.name,
        "email": person.email,
        "postal_address": person.postal_address,
        "language_written": person.language_written,
        "channel": person.channel.value if person.channel in WAYS else "",
    }


@cases.page(cy="/eich-data/diolch/<token>", en="/your-data/thanks/<token>", access=EVERYONE)
def received(token: str) -> ResponseReturnValue:
    """What happens next: the reference, and by when we answer."""
    match tokens.read("case", token):
        case [int(case_id)]:
            found = queries.case(case_id) or abort(404)
        case _:
            abort(404)
    return render_template("cases/received.html", case=found, outcome=told_once(phrases.OUTCOME))


@cases.page(cy="/cyfrif/achosion", en="/account/cases", access=SIGNED_IN)
def mine() -> ResponseReturnValue:
    """What somebody sent while they were signed in, and our answers."""
    return render_template("cases/mine.html", cases=queries.cases_of(this_person().id), words=phrases)
