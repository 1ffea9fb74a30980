"""The page on which a business sees why its entry is hidden, and appeals."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts.session import this_person
from c4s.businesses import queries as businesses
from c4s.core.errors import Refused
from c4s.directory import queries as directory
from c4s.directory.models import Supplier
from c4s.directory.tasks import Task
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.speech import lazy_gettext as _l
from c4s.takedowns import actions, phrases, queries
from c4s.takedowns.forms import AppealForm
from c4s.takedowns.rules import Did, WhyNot
from c4s.web.access import GET_AND_POST, May
from c4s.web.rights import Right
from c4s.web.told import told_once

takedowns = BilingualBlueprint("takedowns", __name__)


def _state(supplier: Supplier) -> object | None:
    return _l("Hidden: see why, and appeal") if supplier.taken_down_at is not None else None


def _was_ever_hidden(supplier: Supplier) -> bool:
    return bool(queries.of_entry(supplier.id))


TASK = Task(_l("Hiding of the entry by our staff"), "takedowns.show", "now", _state, _was_ever_hidden)


@takedowns.page(
    cy="/cyfrif/busnesau/<int:business_id>/proffil/<int:supplier_id>/cuddiwyd",
    en="/account/businesses/<int:business_id>/profile/<int:supplier_id>/hidden",
    access=May(Right.SEE_BUSINESS),
    methods=GET_AND_POST,
)
def show(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """Why the entry of a business is or was hidden; and an appeal, once for each time."""
    directory.entry_of(business_id, supplier_id) or abort(404)
    form, not_now = AppealForm(), None
    if form.validate_on_submit():
        try:
            actions.appeal(business_id, supplier_id, form.words.data or "", by_id=this_person().id)
        except Refused as refusal:
            if refusal.reason not in (WhyNot.NOT_HIDDEN, WhyNot.ALREADY_APPEALED):
                abort(404)
            not_now = phrases.WHY_NOT[WhyNot(refusal.reason)]
        else:
            flash(Did.APPEALED.value)
            return redirect(url_for(".show", business_id=business_id, supplier_id=supplier_id), 303)
    supplier = directory.entry_of(business_id, supplier_id) or abort(404)
    times = queries.of_entry(supplier_id)
    is_open = bool(times) and times[0].ended_at is None
    page = render_template(
        "takedowns/show.html",
        business=businesses.business(business_id),
        supplier=supplier,
        times=times,
        is_hidden=is_open,
        form=form if is_open and times[0].appealed_at is None and not not_now else None,
        not_now=not_now,
        words=phrases,
        outcome=told_once(phrases.OUTCOME),
    )
    return page, 409 if not_now else form.status
