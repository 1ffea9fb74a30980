"""The pages on which a business says how things are now: readers see it at once."""

from contextlib import suppress

from flask import url_for
from flask.typing import ResponseReturnValue

from c4s.accounts.session import this_person
from c4s.businesses import queries as businesses
from c4s.businesses.rules import MemberRole
from c4s.core.errors import Refused
from c4s.directory import phrases as directory
from c4s.directory.models import Supplier
from c4s.directory.rules import may_set_status
from c4s.directory.tasks import Task
from c4s.i18n.addresses import BilingualBlueprint
from c4s.profiles import now as living
from c4s.profiles import pieces_phrases, services
from c4s.profiles.pieces_forms import now_form
from c4s.profiles.pieces_pages import CY, EN, OWNS_IT, SPEAKS_FOR_IT, done, found, page, press, refuse
from c4s.profiles.pieces_rules import MOVES, Did
from c4s.web.access import GET_AND_POST
from c4s.web.forms import ActForm

now = BilingualBlueprint("now", __name__)

ENDPOINT = {Did.PAUSED: "now.pause", Did.CLOSED: "now.close", Did.REOPENED: "now.reopen"}


@now.page(cy=f"{CY}/nawr", en=f"{EN}/now", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def index(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """Say whether there is room for work, and whether messages are welcome; and ways to close and to open."""
    supplier = found(business_id, supplier_id)
    form = now_form(
        services.of_entry(supplier_id),
        can_take_work=supplier.can_take_work,
        messages_off=supplier.messages_off_at is not None,
    )
    if form.validate_on_submit():
        try:
            living.say(
                business_id,
                supplier_id,
                can_take_work=form.said_of_work,
                capacities=form.capacities,
                wants_messages=not form.messages_off.data,
                by_id=this_person().id,
            )
        except Refused as refusal:
            refuse(form, refusal)
            supplier = found(business_id, supplier_id)
        else:
            return done(Did.SAID_NOW, ".index", supplier)
    return page(
        "profiles/now.html",
        supplier,
        form,
        status=directory.STATUSES[supplier.status],
        ways=[
            (
                pieces_phrases.PRESS[did].heading,
                url_for(ENDPOINT[did], business_id=business_id, supplier_id=supplier_id),
            )
            for did in _may(business_id, supplier)
        ],
    )


def _may(business_id: int, supplier: Supplier) -> list[Did]:
    """What whoever is signed in may do."""
    is_owner = businesses.roles_in(business_id).get(this_person().id) == MemberRole.OWNER
    found = []
    for did, (before, after) in MOVES.items():
        if supplier.status in before:
            with suppress(Refused):
                may_set_status(supplier.status, after, is_owner=is_owner)
                found.append(did)
    return found


def _act(business_id: int, supplier_id: int, did: Did) -> ResponseReturnValue:
    supplier, form = found(business_id, supplier_id), ActForm()
    if form.validate_on_submit():
        try:
            living.close_or_open(business_id, supplier_id, did, by_id=this_person().id)
        except Refused as refusal:
            refuse(form, refusal)
            supplier = found(business_id, supplier_id)
        else:
            return done(did, ".index", supplier)
    back = url_for(".index", business_id=business_id, supplier_id=supplier_id)
    return press(supplier, form, pieces_phrases.PRESS[did], back, is_warning=did == Did.CLOSED)


@now.page(cy=f"{CY}/nawr/cau-dros-dro", en=f"{EN}/now/pause", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def pause(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """Close for a time."""
    return _act(business_id, supplier_id, Did.PAUSED)


@now.page(cy=f"{CY}/nawr/cau", en=f"{EN}/now/close", access=OWNS_IT, methods=GET_AND_POST)
def close(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """Close for good, which an owner can undo."""
    return _act(business_id, supplier_id, Did.CLOSED)


@now.page(cy=f"{CY}/nawr/agor", en=f"{EN}/now/open", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def reopen(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """Open again."""
    return _act(business_id, supplier_id, Did.REOPENED)


def _state(supplier: Supplier) -> object:
    return pieces_phrases.NOW_STATE[supplier.can_take_work]


TASK = Task(pieces_phrases.NOW, "now.index", "now", _state)
