"""The pages on which a business finds its entry in the directory, and says that it is its own."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts.session import SIGNED_IN, this_person
from c4s.businesses import phrases as businesses_phrases
from c4s.businesses import queries as businesses
from c4s.businesses import rules as businesses_rules
from c4s.businesses.models import Business
from c4s.core.errors import Refused
from c4s.core.text import tidy
from c4s.core.throttle import TooMany
from c4s.directory import claiming, phrases, queries
from c4s.directory.filing import KIND
from c4s.directory.forms import ClaimForm
from c4s.directory.models import Supplier
from c4s.directory.rules import ClaimState, Did, WhyNot, shown_address
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.languages import current_language
from c4s.search import queries as searching
from c4s.web.access import GET_AND_POST, May
from c4s.web.forms import ActForm, Form
from c4s.web.rights import Right
from c4s.web.told import told_once

claims = BilingualBlueprint("claims", __name__)

SPEAKS_FOR_IT, OWNS_IT = May(Right.SEE_BUSINESS), May(Right.LEAD_BUSINESS)
CHARACTERS, FOUND = 100, 20  # of a query; entries that it may find


def _found(words: str, number: int) -> list[Supplier]:
    """Entries that a search by name finds."""
    question = searching.Question(KIND, words=words, language=current_language(), page=1, size=number)
    return queries.everything([hit.record_id for hit in searching.find(question).hits]) if words else []


@claims.page(
    cy="/cyfrif/busnesau/<int:business_id>/cofnod",
    en="/account/businesses/<int:business_id>/entry",
    access=SPEAKS_FOR_IT,
)
def entry(business_id: int) -> ResponseReturnValue:
    """The entry of a business in the directory, what it has claimed, and what it may claim."""
    standing = businesses.standings(this_person().id, business_id)
    return render_template(
        "directory/entry.html",
        **entries_for(businesses.business(business_id)),
        is_owner=businesses.STANDING[businesses_rules.MemberRole.OWNER] in standing,
        outcome=told_once(phrases.OUTCOME),
        words=phrases,
    )


def entries_for(business: Business) -> dict[str, Any]:
    """What a page says of a business and its entries: those that it keeps, its claims, and those that it may claim:
    likely ones, or what the page was asked for."""
    words = tidy(request.args.get("q", "").replace("\0", " "))[:CHARACTERS].strip()
    kept, claimed = queries.entries_of(business.id), queries.claims_of(business.id)
    out = {one.id for one in kept} | {one.supplier_id for one in claimed if one.state == ClaimState.WAITING}
    likely = _found(words, FOUND) if words else queries.likely_entries(business)
    return {
        "business": business,
        "kept": kept,
        "claimed": claimed,
        "asked": words,
        "likely": [(one, place_of(one)) for one in likely if one.id not in out and not one.is_taken],
    }


def seen(supplier_id: int) -> Supplier:
    """An entry that readers see; of any other nobody learns by its number as much as a name."""
    found = queries.supplier(supplier_id)
    return found if found is not None and found.has_page else abort(404)


def place_of(supplier: Supplier) -> str:
    """Where an entry is, on one line."""
    return ", ".join(shown_address(supplier.address, supplier.town, supplier.postcode, supplier.home_based))


@claims.page(
    cy="/cyfrif/busnesau/<int:business_id>/cofnod/<int:supplier_id>",
    en="/account/businesses/<int:business_id>/entry/<int:supplier_id>",
    access=OWNS_IT,
    methods=GET_AND_POST,
)
def claim(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """Say that an entry is this business, and how staff can tell."""
    supplier, form = seen(supplier_id), ClaimForm()
    if form.validate_on_submit():
        try:
            claiming.ask(business_id, supplier_id, form.evidence.data or "", by_id=this_person().id)
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            flash(Did.CLAIMED.value)
            return redirect(url_for(".entry", business_id=business_id), 303)
        supplier = seen(supplier_id)
    page = render_template(
        "directory/claim.html",
        form=form,
        business=businesses.business(business_id),
        supplier=supplier,
        place=place_of(supplier),
    )
    return page, form.status, form.headers


def _refuse(form: Form, refusal: Refused) -> None:
    """Say no on the form; or as the guard does, for a page that has been open since things were otherwise."""
    if refusal.reason == TooMany.TOO_MANY:
        form.refuse_until(refusal.facts["until"])  # type: ignore[arg-type]
    elif refusal.reason in list(businesses_rules.WhyNot):
        abort(403 if refusal.reason == businesses_rules.WhyNot.NOT_YOURS else 404)
    elif refusal.reason == WhyNot.NO_SUCH_ENTRY:
        abort(404)
    else:
        form.refuse(phrases.WHY_NOT[WhyNot(refusal.reason)])


@claims.page(
    cy="/cyfrif/busnesau/<int:business_id>/hawliadau/<int:claim_id>",
    en="/account/businesses/<int:business_id>/claims/<int:claim_id>",
    access=OWNS_IT,
    methods=GET_AND_POST,
)
def withdraw(business_id: int, claim_id: int) -> ResponseReturnValue:
    """Withdraw a claim that waits."""
    found = next((one for one in queries.claims_of(business_id) if one.id == claim_id), None) or abort(404)
    form, name = ActForm(), found.supplier.names
    if form.validate_on_submit():
        try:
            claiming.withdraw(business_id, claim_id, by_id=this_person().id)
        except Refused as refusal:
            _refuse(form, refusal)
        else:
            flash(Did.WITHDREW.value)
            return redirect(url_for(".entry", business_id=business_id), 303)
    page = render_template(
        "businesses/press.html",
        form=form,
        press=phrases.WITHDRAW,
        business=businesses.business(business_id),
        about=name.spoken(current_language())[0],
        kind=None,
    )
    return page, form.status


@claims.page(
    cy="/cyfrif/hawlio-cofnod/<int:supplier_id>", en="/account/claim-entry/<int:supplier_id>", access=SIGNED_IN
)
def choose(supplier_id: int) -> ResponseReturnValue:
    """Choose which of one's businesses an entry is."""
    supplier = seen(supplier_id)
    return render_template(
        "directory/choose.html",
        supplier=supplier,
        place=place_of(supplier),
        memberships=[
            one for one in businesses.memberships_of(this_person().id) if one.role == businesses_rules.MemberRole.OWNER
        ],
        taken=phrases.WHY_NOT[WhyNot.ALREADY_TAKEN] if supplier.is_taken else None,
        roles=businesses_phrases.ROLE,
    )
