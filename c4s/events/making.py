"""Venues and events come to be, and how many places an event has."""

from collections.abc import Sequence
from datetime import datetime

from c4s.audit import trail
from c4s.audit.trail import Actor
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.text import tidy
from c4s.core.units import held, unit_of_work
from c4s.events import filling, places, rules
from c4s.events.models import Event, EventCategory, EventSession, Venue
from c4s.events.rules import DeliveryLanguage, Did, EventKind, EventState, MaterialsLanguage, WhyNot
from c4s.i18n.bilingual import Bilingual

NOTHING = Bilingual()


@unit_of_work
def create_venue(
    *,
    name: Bilingual,
    address: Sequence[str] = (),
    postcode: str = "",
    area_id: int | None = None,
    step_free: bool = False,
    hearing_loop: bool = False,
    quiet_space: bool = False,
    access_notes: Bilingual = NOTHING,
    parking: Bilingual = NOTHING,
    transport: Bilingual = NOTHING,
) -> Venue:
    """Add a place that events are held at."""
    venue = Venue(
        name=name,
        address=[tidy(line) for line in address],
        postcode=postcode,
        area_id=area_id,
        step_free=step_free,
        hearing_loop=hearing_loop,
        quiet_space=quiet_space,
        access_notes=access_notes,
        parking=parking,
        transport=transport,
    )
    db.session.add(venue)
    db.session.flush()
    return venue


@unit_of_work
def create_event(
    *,
    kind: EventKind,
    title: Bilingual,
    summary: Bilingual,
    starts_at: datetime,
    ends_at: datetime,
    capacity: int,
    delivery_language: DeliveryLanguage,
    materials_language: MaterialsLanguage,
    description: Bilingual = NOTHING,
    joining_notes: Bilingual = NOTHING,
    audience: Bilingual = NOTHING,
    cost: Bilingual = NOTHING,
    trainer: str = "",
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    venue_id: int | None = None,
    online: bool = False,
    online_address: str = "",
    area_id: int | None = None,
    welsh_offer: Bilingual = NOTHING,
    network: Bilingual = NOTHING,
    party_limit: int = 1,
    welsh_wishes_for_interpreter: int | None = None,
    interpreter_by: datetime | None = None,
    series: str = "",
    sessions: Sequence[tuple[datetime, datetime]] = (),
    category_ids: Sequence[int] = (),
    state: EventState = EventState.PUBLISHED,
    by: str = Actor.COMMAND,
) -> Event:
    """Add an event, on the public pages at once unless ``state`` says otherwise.

    Args:
        closes_at: when sign-up closes; when the event starts, when left out.
        area_id: the area it is listed under; the venue's, when left out.
        sessions: when each sitting of a course, or slot of an advice surgery, starts and ends.
        category_ids: the themes that it is listed under.

    Raises:
        Refused: as ``rules.may_publish``, for an event that is to be published.
    """
    texts = {
        "title": title,
        "summary": summary,
        "description": description,
        "joining_notes": joining_notes,
        "audience": audience,
        "cost": cost,
        "network": network,
        "welsh_offer": welsh_offer,
    }
    if state == EventState.PUBLISHED:
        both = {name: (text.cy, text.en) for name, text in texts.items()}
        rules.may_publish(both, {"title", "summary"}, delivery_language)
    moment = now()
    venue = db.session.get_one(Venue, venue_id) if venue_id is not None else None
    event = Event(
        kind=kind,
        state=state,
        **texts,
        trainer=trainer,
        starts_at=starts_at,
        ends_at=ends_at,
        opens_at=opens_at,
        closes_at=closes_at or starts_at,
        capacity=capacity,
        venue=venue,
        online=online,
        online_address=online_address,
        area_id=area_id if area_id is not None or venue is None else venue.area_id,
        delivery_language=delivery_language,
        materials_language=materials_language,
        party_limit=party_limit,
        welsh_wishes_for_interpreter=welsh_wishes_for_interpreter,
        interpreter_by=interpreter_by,
        series=series,
        sequence=0,
        turn=0,
        created_at=moment,
        updated_at=moment,
    )
    db.session.add(event)
    db.session.flush()
    db.session.add_all(EventSession(event_id=event.id, starts_at=begins, ends_at=ends) for begins, ends in sessions)
    db.session.add_all(EventCategory(event_id=event.id, category_id=number) for number in dict.fromkeys(category_ids))
    trail.record(Did.EVENT_CREATED, "event", event.id, by=by)
    return event


@unit_of_work
def change_capacity(event_id: int, capacity: int, *, by: str = Actor.COMMAND) -> None:
    """Change how many places there are; new ones are offered to those who wait.

    Raises:
        Refused: ``FEWER_THAN_TAKEN`` when people would lose their places; with ``taken``, and ``who``: the reference
            and the name of each of those who have them.
    """
    event = held(Event, event_id)
    moment = now()
    seen = filling.settled(event, moment)
    if capacity < seen.taken:
        raise Refused(WhyNot.FEWER_THAN_TAKEN, taken=seen.taken, who=places.holders(event_id))
    trail.record(Did.CAPACITY_CHANGED, "event", event_id, by=by, was=event.capacity, now=capacity)
    event.capacity = capacity
    filling.offer_free_places(event, moment)
