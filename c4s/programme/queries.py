"""Questions about drafts, and about events as those who run them see them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from c4s.core.db import db
from c4s.events.models import Booking, Event, EventCategory, Venue
from c4s.events.places import LIVE
from c4s.events.queries import sessions_of
from c4s.events.rules import EventState
from c4s.i18n.bilingual import Bilingual
from c4s.programme import rules
from c4s.programme.models import TEXTS, EventContent, EventDraft, ImportedEvent
from c4s.programme.rules import Lack, Missing
from c4s.taxonomy.queries import Terms

PER_PAGE = 25
MOST_DRAFTS = 500


def draft(draft_id: int) -> EventDraft | None:
    """A draft, of a new event or of a change to one."""
    return db.session.get(EventDraft, draft_id)


def draft_of(event_id: int) -> EventDraft | None:
    """The change to an event that somebody is writing."""
    return db.session.scalar(select(EventDraft).where(EventDraft.event_id == event_id))


def drafts() -> Sequence[EventDraft]:
    """Every draft, the one saved last first."""
    statement = select(EventDraft).options(joinedload(EventDraft.event))
    newest_first = statement.order_by(EventDraft.saved_at.desc(), EventDraft.id.desc())
    return db.session.scalars(newest_first.limit(MOST_DRAFTS)).all()


def due(moment: datetime) -> Sequence[int]:
    """Numbers of the drafts whose time to be published has come."""
    waits = select(EventDraft.id).where(EventDraft.publish_at <= moment).order_by(EventDraft.publish_at, EventDraft.id)
    return db.session.scalars(waits).all()


def events(*, past: bool, moment: datetime, page: int) -> tuple[Sequence[Event], int]:
    """One page of the events to come, soonest first, or of those that are over, latest first; and how many in all.

    An event without a date yet is to come.
    """
    is_to_come = or_(Event.ends_at > moment, Event.state == EventState.POSTPONED)
    wanted = ~is_to_come if past else is_to_come
    order = (Event.starts_at.desc(), Event.id.desc()) if past else (Event.starts_at, Event.id)
    total = db.session.scalar(select(func.count()).select_from(Event).where(wanted)) or 0
    found = select(Event).options(joinedload(Event.venue)).where(wanted).order_by(*order)
    return db.session.scalars(found.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all(), total


def categories_of(event_id: int) -> list[int]:
    """Numbers of the themes that an event is listed under."""
    statement = select(EventCategory.category_id).where(EventCategory.event_id == event_id)
    return sorted(db.session.scalars(statement))


def content_of(event: Event) -> EventContent:
    """An event as somebody would edit it: what it only has from its venue or its start is left out."""
    of_venue = event.venue is not None and event.area_id == event.venue.area_id
    return EventContent(
        kind=event.kind,
        **{name: getattr(event, name) for name in TEXTS},
        trainer=event.trainer,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        opens_at=event.opens_at,
        closes_at=None if event.closes_at == event.starts_at else event.closes_at,
        sessions=tuple((one.starts_at, one.ends_at) for one in sessions_of(event.id)),
        capacity=event.capacity,
        party_limit=event.party_limit,
        venue_id=event.venue_id,
        online=event.online,
        online_address=event.online_address,
        area_id=None if of_venue else event.area_id,
        category_ids=tuple(categories_of(event.id)),
        delivery_language=event.delivery_language,
        materials_language=event.materials_language,
        welsh_wishes_for_interpreter=event.welsh_wishes_for_interpreter,
        interpreter_by=event.interpreter_by,
        series=event.series,
    )


def missing(draft: EventDraft, moment: datetime) -> list[Missing]:
    """All that keeps a draft from being published. The words of an event that is over may still be put right."""
    content = draft.read
    found = rules.missing(content.texts, draft.stale, content.plan, moment)
    if draft.event and draft.event.ends_at == content.ends_at:
        return [one for one in found if one.lack != Lack.OVER]
    return found


def live_bookings(event_id: int) -> Sequence[Booking]:
    """Everybody who has a place at an event, is offered one or waits for one, in the order in which they came."""
    return db.session.scalars(
        select(Booking).where(Booking.event_id == event_id, LIVE).order_by(Booking.joined_at, Booking.id)
    ).all()


@dataclass(frozen=True)
class ToTell:
    """How many people would be told: in all, by the language they read, and by the way a letter reaches them."""

    number: int
    languages: Mapping[str, int]
    channels: Mapping[str, int]


def to_tell(event_id: int) -> ToTell:
    """Whom a change to an event would be told."""
    wishes = select(Booking.language_written, Booking.channel).where(Booking.event_id == event_id, LIVE)
    found = db.session.execute(wishes).all()
    return ToTell(len(found), Counter(row[0] for row in found), Counter(row[1] for row in found))


def people_in(session_ids: Sequence[int]) -> Sequence[Booking]:
    """Whoever has, or waits for, one of these slots."""
    statement = select(Booking).where(Booking.session_id.in_(session_ids), LIVE).order_by(Booking.id)
    return db.session.scalars(statement).all()


def venues() -> Sequence[Venue]:
    """Every venue, in the order in which they were added; who shows them puts them in the alphabet of the page."""
    return db.session.scalars(select(Venue).order_by(Venue.id)).all()


def venue(venue_id: int) -> Venue | None:
    """One venue, whether anything is held there or not."""
    return db.session.get(Venue, venue_id)


def uses_of_venues() -> Mapping[int, int]:
    """How many events each venue has had, by its number."""
    counted = select(Event.venue_id, func.count()).where(Event.venue_id.is_not(None)).group_by(Event.venue_id)
    return {number: count for number, count in db.session.execute(counted).all() if number is not None}


def is_imported(uid: str) -> bool:
    """Whether an event of a calendar file was taken in before, by the digest of what the file calls it."""
    return db.session.get(ImportedEvent, uid) is not None


def names_in_order(terms: Terms, language: str) -> list[tuple[int, Bilingual]]:
    """Categories or areas as a list to choose from: each upper one, and those under it; in the page's alphabet."""
    return [
        (term.id, term.name)
        for top in terms.children(None, language)
        for term in (top, *terms.children(top.id, language))
    ]
