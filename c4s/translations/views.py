"""The page on which a business asks for its words in the other language."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts.session import this_person
from c4s.businesses import queries as businesses
from c4s.core.errors import Refused
from c4s.core.throttle import TooMany
from c4s.directory import queries as directory
from c4s.directory.models import Supplier
from c4s.directory.tasks import Task
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.speech import lazy_gettext as _l
from c4s.translations import actions, phrases, queries
from c4s.translations.forms import title
from c4s.translations.rules import Did, WhyNot, WishState
from c4s.web.access import GET_AND_POST, May
from c4s.web.forms import ActForm
from c4s.web.rights import Right
from c4s.web.told import told_once

translations = BilingualBlueprint("translations", __name__)


def _state(supplier: Supplier) -> object | None:
    waits = supplier.business_id is not None and queries.waiting_for(supplier.business_id, supplier.id)
    return phrases.STATE[WishState.WAITING] if waits else None


TASK = Task(_l("Ask us to put it into the other language"), "translations.show", "profile", _state)


@translations.page(
    cy="/cyfrif/busnesau/<int:business_id>/proffil/<int:supplier_id>/cyfieithu",
    en="/account/businesses/<int:business_id>/profile/<int:supplier_id>/translate",
    access=May(Right.SEE_BUSINESS),
    methods=GET_AND_POST,
)
def show(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """What is in one language alone; ask for the other, or withdraw the wish."""
    supplier, form = directory.entry_of(business_id, supplier_id) or abort(404), ActForm()
    wish = queries.waiting_for(business_id, supplier_id)
    if form.validate_on_submit():
        act, did = (actions.withdraw, Did.WITHDREW) if wish else (actions.ask, Did.ASKED)
        try:
            act(business_id, supplier_id, by_id=this_person().id)
        except Refused as refusal:
            if refusal.reason == TooMany.TOO_MANY:
                form.refuse_until(refusal.facts["until"])  # type: ignore[arg-type]
            elif refusal.reason == WhyNot.NOTHING_MISSING:
                form.refuse(phrases.WHY_NOT[WhyNot.NOTHING_MISSING])
            else:
                abort(404)
        else:
            flash(did.value)
            return redirect(url_for(".show", business_id=business_id, supplier_id=supplier_id), 303)
        supplier = directory.entry_of(business_id, supplier_id) or abort(404)
    page = render_template(
        "translations/ask.html",
        form=form,
        business=businesses.business(business_id),
        supplier=supplier,
        wish=wish,
        before=queries.before(wish) if wish else 0,
        missing=[title(one) for one in queries.missing(supplier_id)],
        outcome=told_once(phrases.OUTCOME),
    )
    return page, form.status, form.headers
