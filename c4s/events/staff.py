"""The page on which staff see the day of an advice surgery: each time, and who has it."""

from flask import abort
from flask.typing import ResponseReturnValue

from c4s.audit import trail
from c4s.events import actions, phrases, places, tools
from c4s.events.rules import EventKind
from c4s.events.tools import Tool
from c4s.i18n import formats
from c4s.i18n.addresses import BilingualBlueprint
from c4s.web.access import May, visitor_id
from c4s.web.rights import Right

surgeries = BilingualBlueprint("surgeries", __name__)

TOOL = Tool(phrases.TIMES, "surgeries.times", Right.LOOK_AFTER_SIGN_UPS, frozenset({EventKind.ADVICE_SURGERY}))


@surgeries.page(
    cy="/staff/digwyddiadau/<int:event_id>/amserau",
    en="/staff/events/<int:event_id>/times",
    access=May(Right.LOOK_AFTER_SIGN_UPS),
)
def times(event_id: int) -> ResponseReturnValue:
    """Every time of an advice surgery, in order, with the name and the reference of whoever has it."""
    event = tools.found(event_id)
    if event.kind != EventKind.ADVICE_SURGERY:
        abort(404)
    slots = places.slots(event_id)
    page = tools.page(
        "events/times.html",
        event,
        slots=[(slot, formats.at_start(formats.span(slot.starts_at, slot.ends_at))) for slot in slots],
        free=sum(slot.booking_id is None for slot in slots),
        waiting=places.queue(event_id),
        words=phrases,
    )
    actions.looked_at_times(event_id, by=trail.person(visitor_id()))
    return page
