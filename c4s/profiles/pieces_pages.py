"""What the pages of services, pictures, joint work and of what is live at once have in common."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts.phrases import Press
from c4s.accounts.session import this_person
from c4s.businesses import queries as businesses
from c4s.businesses import rules as businesses_rules
from c4s.core.errors import Refused
from c4s.core.throttle import TooMany
from c4s.directory import queries as entries
from c4s.directory import rules as entries_rules
from c4s.directory.models import Supplier
from c4s.i18n.languages import current_language
from c4s.moderation import phrases as moderation_phrases
from c4s.moderation import rules as moderation_rules
from c4s.moderation.kinds import Said
from c4s.profiles import content, phrases, pieces, pieces_phrases, pieces_rules, queries, rules
from c4s.profiles.pieces_forms import BilingualForm
from c4s.profiles.pieces_rules import Outcome, Piece, WhyNot
from c4s.web.access import May
from c4s.web.forms import ActForm, Form
from c4s.web.rights import Right
from c4s.web.told import told_once

CY = "/cyfrif/busnesau/<int:business_id>/proffil/<int:supplier_id>"
EN = "/account/businesses/<int:business_id>/profile/<int:supplier_id>"
SPEAKS_FOR_IT, OWNS_IT = May(Right.SEE_BUSINESS), May(Right.LEAD_BUSINESS)


def found(business_id: int, supplier_id: int) -> Supplier:
    """An entry of the business that the guard of the page has let somebody in to; no other has a page."""
    return entries.entry_of(business_id, supplier_id) or abort(404)


def page(template: str, supplier: Supplier, form: Form, **facts: Any) -> ResponseReturnValue:
    """A page about an entry of a business."""
    made = render_template(
        template,
        supplier=supplier,
        business=businesses.business(supplier.business_id or 0),
        form=form,
        words=pieces_phrases,
        reasons=moderation_phrases.REASON,
        outcome=told_once(pieces_phrases.OUTCOME),
        **facts,
    )
    return made, form.status, form.headers


def press(
    supplier: Supplier, form: Form, what: Press, back: str, *, about: str = "", is_warning: bool = False
) -> ResponseReturnValue:
    """A page with one button.

    Args:
        about: what of the entry it is about, in somebody's own words.
    """
    kind = "warn" if is_warning else None
    return page("profiles/press.html", supplier, form, press=what, back=back, about=about, kind=kind)


def refuse(form: Form, refusal: Refused) -> None:
    """Say no on the form; or as the guard does, for a page that has been open since things were otherwise."""
    reason = refusal.reason
    if reason == TooMany.TOO_MANY:
        form.refuse_until(refusal.facts["until"])  # type: ignore[arg-type]
    elif reason in list(businesses_rules.WhyNot):
        abort(403 if reason == businesses_rules.WhyNot.NOT_YOURS else 404)
    elif reason == entries_rules.WhyNot.FOR_OWNERS:
        abort(403)
    elif reason in (WhyNot.GONE, rules.WhyNot.NO_SUCH_ENTRY):
        abort(404)
    elif reason in list(WhyNot):
        form.refuse(pieces_phrases.WHY_NOT[WhyNot(reason)])
    elif reason in list(rules.WhyNot):
        form.refuse(phrases.WHY_NOT[rules.WhyNot(reason)])
    else:
        form.refuse(moderation_phrases.WHY_NOT[moderation_rules.WhyNot(reason)])


def done(did: StrEnum, endpoint: str, supplier: Supplier) -> ResponseReturnValue:
    """On to a page about the entry, which tells once what has been done."""
    flash(did.value)
    return redirect(url_for(endpoint, business_id=supplier.business_id, supplier_id=supplier.id), 303)


# ---- Several pieces of one kind ----

STEPS = {"earlier": -1, "later": 1}
"""The buttons that change the order, and which way each moves a piece."""


def list_page(
    template: str,
    business_id: int,
    supplier_id: int,
    prefix: str,
    more: Callable[[Supplier, queries.Written], dict[str, Any]],
) -> ResponseReturnValue:
    """The list of pieces of one kind, as they are being written; its buttons change their order.

    Args:
        more: gives what else its template needs.
    """
    supplier, form = found(business_id, supplier_id), ActForm()
    pressed = next((name for name in STEPS if name in request.form), "")
    if pressed and form.validate_on_submit():
        try:
            pieces.move(business_id, supplier_id, prefix, request.form[pressed], STEPS[pressed], by_id=this_person().id)
        except Refused as refusal:
            refuse(form, refusal)
            supplier = found(business_id, supplier_id)
        else:
            return done(Outcome.MOVED, ".index", supplier)
    written = queries.written(supplier)
    rows = pieces_rules.pieces(written.content, prefix)
    return page(
        template,
        supplier,
        form,
        written=written,
        rows=rows,
        changed={row.field for row in rows if written.live.get(row.field) != row.value},
        **more(supplier, written),
    )


def piece_of(supplier: Supplier, prefix: str, key: str) -> tuple[Mapping[str, Any], Piece]:
    """A profile as it is being written, and one piece of it; what is not in it has no page."""
    now = queries.current(supplier)
    try:
        return now, pieces_rules.piece(now, prefix, key)
    except Refused:
        abort(404)


def somebody_elses(form: BilingualForm, supplier: Supplier, row: Piece, refusal: Refused) -> Said | None:
    """What somebody else at the business saved of a piece while a page was open, if that is why it was refused; whoever
    saves again has seen it."""
    if refusal.reason != rules.WhyNot.SAVED_MEANWHILE:
        return None
    now = queries.current(supplier)
    form.seen.data = rules.marks(now, [row.field])
    return content.say(row.field, now[row.field])


def remove_page(
    business_id: int, supplier_id: int, prefix: str, key: str, what: Press, outcome: Outcome
) -> ResponseReturnValue:
    """Take a piece out of the draft."""
    supplier, form = found(business_id, supplier_id), ActForm()
    _, row = piece_of(supplier, prefix, key)
    if form.validate_on_submit():
        try:
            pieces.remove(business_id, supplier_id, prefix, key, by_id=this_person().id)
        except Refused as refusal:
            refuse(form, refusal)
            supplier = found(business_id, supplier_id)
        else:
            return done(outcome, ".index", supplier)
    back = url_for(".index", business_id=business_id, supplier_id=supplier_id)
    said = content.say(row.field, row.value).words.spoken(current_language())[0].partition("\n")[0]
    return press(supplier, form, what, back, about=said, is_warning=True)
