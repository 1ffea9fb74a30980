"""Questions about events: one, the lists that people find them in, and what is in a month."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam, func, literal_column, not_, or_, select, union_all
from sqlalchemy.orm import joinedload

from c4s.core.clock import now
from c4s.core.db import UtcDateTime, db, rows
from c4s.core.errors import Refused
from c4s.events import rules
from c4s.events.models import Booking, Event, EventCategory, EventSession, Venue
from c4s.events.places import HOLDS, IN_TIME, MOMENT, WAITS, WOULD_TAKE, among
from c4s.events.rules import DeliveryLanguage, EventKind, EventState, HeldIn
from c4s.i18n import formats
from c4s.i18n.bilingual import Bilingual

PER_PAGE = 20
LONGEST_CALENDAR = 500
SHOWN = among(Event.state, (EventState.PUBLISHED, EventState.POSTPONED, EventState.CANCELLED))
GOES_AHEAD = among(Event.state, (EventState.PUBLISHED,))


@dataclass(frozen=True)
class Wanted:
    """What a list of events is narrowed to; nothing is asked by default."""

    kind: EventKind | None = None
    held_in: HeldIn | None = None
    areas: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()
    """Themes; an event under any of them is wanted."""
    since: date | None = None
    until: date | None = None
    """The first and the last day, in Wales, on which it may start."""
    online: bool = False
    free: bool = False


class Brief(NamedTuple):
    """What a list shows of an event."""

    id: int
    kind: EventKind
    state: EventState
    title: Bilingual
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime
    capacity: int
    online: bool
    delivery_language: DeliveryLanguage
    area_id: int | None
    venue_name: Bilingual


class Heading(NamedTuple):
    """What a calendar shows of an event."""

    id: int
    state: EventState
    title: Bilingual


# Statements of the most visited pages are put together once, not at every visit.
TODAY = bindparam("today", type_=UtcDateTime())


def today(moment: datetime | None = None) -> datetime:
    """The moment today began in Wales: an event stays on the list until the day is over."""
    return formats.uk(moment or now()).replace(hour=0, minute=0, second=0, microsecond=0)


def _in_days(statement: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.since:
        statement = statement.where(Event.starts_at >= _midnight(wanted.since))
    if wanted.until:
        statement = statement.where(Event.starts_at < _midnight(wanted.until + timedelta(days=1)))
    return statement


def _midnight(day: date) -> datetime:
    """The moment at which a day begins in Wales."""
    return datetime.combine(day, time(), formats.UK)


def _under(statement: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.categories:
        theirs = select(EventCategory.event_id).where(EventCategory.category_id.in_(wanted.categories))
        statement = statement.where(Event.id.in_(theirs))
    return statement


def narrowed(statement: Select[Any], wanted: Wanted) -> Select[Any]:
    """A question about events, about those alone that are wanted; with ``free`` it needs the ``moment``."""
    statement = _under(_in_days(statement, wanted), wanted)
    if wanted.kind:
        statement = statement.where(Event.kind == wanted.kind)
    if wanted.held_in:
        statement = statement.where(Event.delivery_language.in_(rules.DELIVERED[wanted.held_in]))
    if wanted.areas:
        statement = statement.where(Event.area_id.in_(wanted.areas))
    if wanted.online:
        statement = statement.where(Event.online)
    if wanted.free:
        of_event = Booking.event_id == Event.id
        taken = select(func.coalesce(func.sum(Booking.party), 0)).where(of_event, HOLDS, IN_TIME)
        left = Event.capacity - taken.correlate(Event).scalar_subquery()
        would_take = select(Booking.id).where(of_event, WAITS, IN_TIME, left >= WOULD_TAKE)
        statement = statement.where(
            GOES_AHEAD,
            Event.closes_at > MOMENT,
            or_(Event.opens_at.is_(None), Event.opens_at <= MOMENT),
            left > 0,
            not_(would_take.correlate(Event).exists()),
        )
    return statement


BRIEF = (
    Event.id,
    Event.kind,
    Event.state,
    Event.title_cy,  # type: ignore[attr-defined]
    Event.title_en,  # type: ignore[attr-defined]
    Event.starts_at,
    Event.ends_at,
    Event.closes_at,
    Event.capacity,
    Event.online,
    Event.delivery_language,
    Event.area_id,
    Venue.name_cy,  # type: ignore[attr-defined]
    Venue.name_en,  # type: ignore[attr-defined]
)


def _brief(row: Any) -> Brief:
    return Brief(
        row[0], row[1], row[2], Bilingual(row[3], row[4]), row[5], row[6], row[7], row[8], row[9], row[10], row[11],
        Bilingual(row[12] or "", row[13] or ""),
    )  # fmt: skip


BRIEFS = select(*BRIEF).outerjoin(Venue, Event.venue_id == Venue.id)
# Said so that the index of starts alone serves: it has the order too, and the first twenty are soon found.
NOT_DRAFT = Event.state != literal_column(f"'{EventState.DRAFT}'")
UPCOMING = (
    BRIEFS.where(NOT_DRAFT, Event.starts_at >= TODAY)
    .order_by(Event.starts_at, Event.id)
    .limit(PER_PAGE)
    .offset(bindparam("skip", type_=Integer))
)
PAST = (
    BRIEFS.where(GOES_AHEAD, Event.starts_at < TODAY)
    .order_by(Event.starts_at.desc(), Event.id.desc())
    .limit(PER_PAGE)
    .offset(bindparam("skip", type_=Integer))
)
SOONEST = (
    BRIEFS.where(GOES_AHEAD, Event.starts_at >= MOMENT)
    .order_by(Event.starts_at, Event.id)
    .limit(bindparam("number", type_=Integer))
)


def upcoming(wanted: Wanted, page: int, moment: datetime) -> list[Brief]:
    """One page of the events from today on, soonest first."""
    return _page(narrowed(UPCOMING, wanted), page, moment)


def past(wanted: Wanted, page: int, moment: datetime) -> list[Brief]:
    """One page of the events before today, latest first."""
    return _page(narrowed(PAST, wanted), page, moment)


def _page(statement: Select[Any], page: int, moment: datetime) -> list[Brief]:
    found = rows(statement, skip=(page - 1) * PER_PAGE, today=today(moment), moment=moment)
    return [_brief(row) for row in found]


def upcoming_with_places(wanted: Wanted, page: int, moment: datetime) -> tuple[list[Brief], int]:
    """The same of those that have places left, and how many there are in all: which counts cannot tell beforehand."""
    statement = narrowed(UPCOMING.add_columns(func.count().over()), replace(wanted, free=True))
    found = rows(statement, skip=(page - 1) * PER_PAGE, today=today(moment), moment=moment)
    return [_brief(row) for row in found], int(found[0][-1]) if found else 0


def soonest(number: int) -> list[Brief]:
    """The next few events that are going ahead, for the front page."""
    return [_brief(row) for row in rows(SOONEST, number=number, moment=now())]


LISTED = {False: (SHOWN, Event.starts_at >= TODAY), True: (GOES_AHEAD, Event.starts_at < TODAY)}
"""What is in the list of events to come, and in that of those that have been."""
SINCE, UNTIL = (bindparam(name, type_=UtcDateTime()) for name in ("since", "until"))
# No more than numbers and times, each from an index: how much is written of a month is not asked until it is shown.
IN_MONTH: tuple[Any, ...] = (
    select(Event.id, Event.starts_at).where(
        SHOWN,
        Event.starts_at >= SINCE,
        Event.starts_at < UNTIL,
        ~select(EventSession.id).where(EventSession.event_id == Event.id).exists(),
    ),
    # Not by the state of events, of which there are many in a month without a single sitting.
    select(Event.id, EventSession.starts_at)
    .join(EventSession, EventSession.event_id == Event.id)
    .where(NOT_DRAFT, EventSession.starts_at >= SINCE, EventSession.starts_at < UNTIL),
)
"""What starts in a month: events in one piece, and sittings of the others."""
THESE = select(
    Event.id,
    Event.state,
    Event.title_cy,  # type: ignore[attr-defined]
    Event.title_en,  # type: ignore[attr-defined]
).where(Event.id.in_(bindparam("events", expanding=True)))
ANY = select(Event.id).where(SHOWN).limit(1)


def of_month(wanted: Wanted, since: date, until: date, moment: datetime) -> dict[date, list[tuple[datetime, int]]]:
    """What starts on each of these days: an event, or the first of its sittings that day; those called off too.

    Returns:
        for each day that has any, when and which event, in order.
    """
    days = [since + timedelta(days=n) for n in range((until - since).days + 1)]
    # In UTC, as moments come from the database: to compare those of two zones takes ten times as long.
    begins = [_midnight(day).astimezone(UTC) for day in (*days, until + timedelta(days=1))]
    statement = union_all(*(narrowed(part, wanted) for part in IN_MONTH))
    values = {"since": begins[0], "until": begins[-1], "moment": moment}
    found: dict[date, dict[int, datetime]] = {}
    for at, number in sorted((row[1], row[0]) for row in rows(statement, **values)):
        found.setdefault(days[bisect_right(begins, at) - 1], {}).setdefault(number, at)
    return {day: [(at, number) for number, at in starts.items()] for day, starts in found.items()}


def headings(event_ids: Collection[int]) -> dict[int, Heading]:
    """What a calendar shows of several events, by their numbers, in one question."""
    found = rows(THESE, events=list(event_ids)) if event_ids else ()
    return {row[0]: Heading(row[0], row[1], Bilingual(row[2], row[3])) for row in found}


def are_any(wanted: Wanted, moment: datetime) -> bool:
    """Whether there is any event, to come or past, that is wanted."""
    return bool(rows(narrowed(ANY, wanted), moment=moment))


def for_calendar(wanted: Wanted) -> Sequence[Event]:
    """Events from today on, whole, for a calendar; also those called off, so that calendars hear of it."""
    moment = now()
    statement = select(Event).options(joinedload(Event.venue)).where(SHOWN, Event.starts_at >= TODAY)
    return db.session.scalars(
        narrowed(statement, wanted).order_by(Event.starts_at, Event.id).limit(LONGEST_CALENDAR),
        {"today": today(moment), "moment": moment},
    ).all()


SESSIONS = (
    select(EventSession.event_id, EventSession.starts_at, EventSession.ends_at)
    .where(EventSession.event_id.in_(bindparam("events", expanding=True)))
    .order_by(EventSession.event_id, EventSession.starts_at)
)
UNDER = (
    select(EventCategory.event_id, EventCategory.category_id)
    .where(EventCategory.event_id.in_(bindparam("events", expanding=True)))
    .order_by(EventCategory.event_id, EventCategory.category_id)
)
SERIES = BRIEFS.where(
    SHOWN, Event.series == bindparam("series"), Event.id != bindparam("event"), Event.starts_at >= TODAY
).order_by(Event.starts_at, Event.id)


def sessions(event_ids: Collection[int]) -> dict[int, list[tuple[datetime, datetime]]]:
    """When each sitting of several courses, or slot of advice surgeries, starts and ends, in one question."""
    found: dict[int, list[tuple[datetime, datetime]]] = {}
    for event_id, starts_at, ends_at in rows(SESSIONS, events=list(event_ids)) if event_ids else ():
        found.setdefault(event_id, []).append((starts_at, ends_at))
    return found


def categories_of(event_ids: Collection[int]) -> dict[int, list[int]]:
    """The numbers of the themes that several events are under, in one question."""
    found: dict[int, list[int]] = {}
    for event_id, category_id in rows(UNDER, events=list(event_ids)) if event_ids else ():
        found.setdefault(event_id, []).append(category_id)
    return found


def others_of_series(event: Event) -> list[Brief]:
    """The other dates of an event's series from today on, soonest first."""
    if not event.series:
        return []
    statement = SERIES.limit(PER_PAGE)
    return [_brief(row) for row in rows(statement, series=event.series, event=event.id, today=today())]


def event(event_id: int) -> Event | None:
    """An event in any state, with its venue."""
    return db.session.get(Event, event_id)


def sessions_of(event_id: int) -> Sequence[EventSession]:
    """The sittings of a course, or the slots of an advice surgery, in order."""
    statement = select(EventSession).where(EventSession.event_id == event_id).order_by(EventSession.starts_at)
    return db.session.scalars(statement).all()


PUBLIC = select(Event).options(joinedload(Event.venue)).where(Event.id == bindparam("event"), SHOWN)


def public_event(event_id: int) -> Event | None:
    """An event that the public may see, with its venue."""
    return db.session.scalars(PUBLIC, {"event": event_id}).one_or_none()


def why_not_book(event: Event, moment: datetime | None = None) -> Refused | None:
    """Why nobody can sign up for this event now; None when they can."""
    try:
        rules.may_book(event.state, event.opens_at, event.closes_at, event.ends_at, moment or now())
    except Refused as refusal:
        return refusal
    return None


def sitemap() -> list[tuple[int, Bilingual, datetime]]:
    """Number, title and last change of every event that search engines may list."""
    columns = (Event.id, Event.title_cy, Event.title_en, Event.updated_at)  # type: ignore[attr-defined]
    to_come = (GOES_AHEAD, Event.starts_at >= today())
    found = rows(select(*columns).where(*to_come).order_by(Event.id))
    return [(row[0], Bilingual(row[1], row[2]), row[3]) for row in found]
