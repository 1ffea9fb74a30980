"""The pages on which staff check claims to entries of the directory."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts import rules as accounts
from c4s.accounts.phrases import CAME_BY
from c4s.accounts.session import this_person
from c4s.businesses import phrases as businesses_phrases
from c4s.core.errors import Refused
from c4s.directory import claiming, phrases, queries, tools
from c4s.directory.forms import GRANT, DecisionForm
from c4s.directory.models import EntryClaim
from c4s.directory.rules import ClaimState, Did, WhyNot, shown_address
from c4s.i18n import formats
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail.phrases import WRITTEN
from c4s.web.access import GET_AND_POST, May
from c4s.web.desk import Queue, Waits
from c4s.web.rights import Right
from c4s.web.told import told_once

claim_checks = BilingualBlueprint("claim_checks", __name__)
messages = BilingualBlueprint("entry_messages", __name__)

CHECKS = May(Right.CHECK_CLAIMS)
MONTHS = 12


@claim_checks.page(cy="/staff/hawliadau", en="/staff/claims", access=CHECKS)
def index() -> ResponseReturnValue:
    """The claims that wait, the oldest first."""
    waiting = queries.waiting_claims()
    return render_template(
        "directory/claims.html",
        waiting=waiting,
        languages=claiming.languages_of(waiting),
        written=WRITTEN,
        outcome=told_once(phrases.OUTCOME),
    )


@claim_checks.page(
    cy="/staff/hawliadau/<int:claim_id>", en="/staff/claims/<int:claim_id>", access=CHECKS, methods=GET_AND_POST
)
def show(claim_id: int) -> ResponseReturnValue:
    """One claim: what the entry says, what the business says, the evidence; agree to it or refuse it."""
    found = queries.claim(claim_id) or abort(404)
    form, not_now = DecisionForm(claiming.language_of(found)), None
    if form.validate_on_submit():
        try:
            flash(_decided(claim_id, form).value)
            return redirect(url_for(".index"), 303)
        except Refused as refusal:
            not_now = _refuse(form, refusal)
    else:
        claiming.looked(claim_id, by_id=this_person().id)
    found = queries.claim(claim_id) or abort(404)
    supplier = found.supplier
    page = render_template(
        "directory/claim_check.html",
        claim=found,
        supplier=supplier,
        place=", ".join(shown_address(supplier.address, supplier.town, supplier.postcode, supplier.home_based)),
        others=[one for one in queries.waiting_claims(supplier.id) if one.id != claim_id],
        form=None if not_now else form,
        shows_form=not not_now and (found.state == ClaimState.WAITING or bool(form.errors)),
        not_now=not_now,
        words=phrases,
        kinds=businesses_phrases.KIND_OF,
        came_by=CAME_BY,
        legal_form=phrases.LEGAL_FORMS.get(supplier.legal_form) if supplier.legal_form else None,
        written=WRITTEN[claiming.language_of(found)],
    )
    return page, 409 if not_now else form.status


def _decided(claim_id: int, form: DecisionForm) -> Did:
    """Do what the form says."""
    by_id = this_person().id
    if form.decision.data == GRANT:
        claiming.grant(claim_id, by_id=by_id)
        return Did.GRANTED
    claiming.refuse(claim_id, form.words, by_id=by_id)
    return Did.REFUSED


def _refuse(form: DecisionForm, refusal: Refused) -> object | None:
    """Say beside the boxes what is missing; what other words would not help is given back instead."""
    if refusal.reason == accounts.WhyNot.NOT_ALLOWED:
        abort(403)
    reason = WhyNot(refusal.reason)
    if reason == WhyNot.NO_SUCH_ENTRY:
        abort(404)
    if reason != WhyNot.REASON_NEEDED:
        return phrases.WHY_NOT[reason]
    form.ask_for(refusal.facts["languages"])  # type: ignore[arg-type]
    return None


def _name(claim: EntryClaim) -> str:
    return f"{claim.supplier.name}: {claim.business.name}"


def _waiting() -> Sequence[Waits]:
    claims = queries.waiting_claims()
    languages = claiming.languages_of(claims)
    return [
        Waits(
            name=_name(claim),
            address=url_for("claim_checks.show", claim_id=claim.id),
            since=claim.created_at,
            language=languages[claim.id],
        )
        for claim in claims
    ]


@messages.page(
    cy="/staff/cofnodion/<int:supplier_id>/negeseuon",
    en="/staff/entries/<int:supplier_id>/messages",
    access=May(Right.SEE_ENTRIES),
)
def show_messages(supplier_id: int) -> str:
    """How many messages visitors have sent to a supplier, month by month; nobody here sees what they say."""
    supplier = tools.found(supplier_id)
    counts = queries.messages_by_month(supplier_id, MONTHS)
    months = [(f"{formats.month_name(day)} {day.year}", number) for day, number in counts]
    return tools.page("directory/messages.html", supplier, months=months)


MESSAGES = tools.Tool(_l("Messages from visitors"), "entry_messages.show_messages", Right.SEE_ENTRIES)
QUEUE = Queue("claims", Right.CHECK_CLAIMS, _l("Claims to entries of the directory"), "claim_checks.index", _waiting)
