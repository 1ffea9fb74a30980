"""The pages on which a business says which services it gives."""

from typing import Any

from flask.typing import ResponseReturnValue

from c4s.accounts.session import this_person
from c4s.core.errors import Refused
from c4s.directory.models import Supplier
from c4s.directory.tasks import Task
from c4s.i18n.addresses import BilingualBlueprint
from c4s.profiles import pieces, pieces_phrases, pieces_rules, queries, rules
from c4s.profiles.pieces_forms import ServiceForm
from c4s.profiles.pieces_pages import (
    CY,
    EN,
    SPEAKS_FOR_IT,
    done,
    found,
    list_page,
    page,
    piece_of,
    refuse,
    remove_page,
    somebody_elses,
)
from c4s.profiles.pieces_rules import MOST_SERVICES, Outcome
from c4s.profiles.rules import SERVICE
from c4s.taxonomy import queries as taxonomy
from c4s.web.access import GET_AND_POST

services = BilingualBlueprint("services", __name__)


@services.page(cy=f"{CY}/gwasanaethau", en=f"{EN}/services", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def index(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """The services of an entry, as they are being written."""
    return list_page("profiles/services.html", business_id, supplier_id, SERVICE, _facts)


def _facts(supplier: Supplier, written: queries.Written) -> dict[str, Any]:
    categories = taxonomy.categories().by_code
    rows = pieces_rules.pieces(written.content, SERVICE)
    return {
        "categories": {row.key: categories.get(row.value["category"]) for row in rows},
        "is_full": len(rows) >= MOST_SERVICES,
    }


@services.page(cy=f"{CY}/gwasanaethau/newydd", en=f"{EN}/services/new", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def add(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """Add a service."""
    supplier = found(business_id, supplier_id)
    form = ServiceForm(queries.current(supplier), None, "")
    if form.validate_on_submit():
        try:
            pieces.add_service(business_id, supplier_id, form.value, by_id=this_person().id)
        except Refused as refusal:
            refuse(form, refusal)
            supplier = found(business_id, supplier_id)
        else:
            return done(Outcome.SERVICE_SAVED, ".index", supplier)
    return page("profiles/service.html", supplier, form, row=None, theirs=None)


@services.page(cy=f"{CY}/gwasanaethau/<key>", en=f"{EN}/services/<key>", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def change(business_id: int, supplier_id: int, key: str) -> ResponseReturnValue:
    """Say something else of a service."""
    supplier = found(business_id, supplier_id)
    now, row = piece_of(supplier, SERVICE, key)
    form, theirs = ServiceForm(now, row.value, rules.marks(now, [row.field])), None
    if form.validate_on_submit():
        try:
            pieces.change_service(
                business_id, supplier_id, key, form.value, seen=form.seen.data or "", by_id=this_person().id
            )
        except Refused as refusal:
            refuse(form, refusal)
            supplier = found(business_id, supplier_id)
            theirs = somebody_elses(form, supplier, row, refusal)
        else:
            return done(Outcome.SERVICE_SAVED, ".index", supplier)
    return page("profiles/service.html", supplier, form, row=row, theirs=theirs)


@services.page(
    cy=f"{CY}/gwasanaethau/<key>/tynnu", en=f"{EN}/services/<key>/remove", access=SPEAKS_FOR_IT, methods=GET_AND_POST
)
def remove(business_id: int, supplier_id: int, key: str) -> ResponseReturnValue:
    """Take a service out of the draft."""
    return remove_page(business_id, supplier_id, SERVICE, key, pieces_phrases.REMOVE_SERVICE, Outcome.SERVICE_REMOVED)


TASK = Task(pieces_phrases.SERVICES, "services.index", "profile")
