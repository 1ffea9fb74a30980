"""What can be done with drafts, events and venues: each verb is one unit of work."""

import logging
import secrets
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.exc import NoResultFound

from c4s.accounts import steps
from c4s.audit import trail
from c4s.audit.trail import Actor
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import held, one_by_one, unit_of_work
from c4s.events import filling, making, reminding
from c4s.events import letters as place_letters
from c4s.events import queries as events
from c4s.events.models import Booking, Event, EventCategory, EventSession, Venue
from c4s.events.rules import LAST_OFFER_BEFORE_START, BookingState, EventKind, EventState
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.formats import uk
from c4s.programme import letters, queries, rules
from c4s.programme.letters import Before
from c4s.programme.models import MOMENTS, TEXTS, EventContent, EventDraft, ImportedEvent
from c4s.programme.rules import Did, Every, Span, WhyNot
from c4s.web.rights import Right

log = logging.getLogger("c4s")

NOTHING = Bilingual()
FAR_AWAY = timedelta(days=365 * 400)
SAME_IN_BOTH = (
    "trainer",
    "opens_at",
    "party_limit",
    "online",
    "online_address",
    "delivery_language",
    "materials_language",
    "welsh_wishes_for_interpreter",
    "interpreter_by",
    "series",
)
"""What a draft and an event call alike, texts apart."""


def _must_run_events(by: str) -> None:
    """Let whoever acts do it: a member of staff needs the right at this very moment; a command and the worker may.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED``. Every verb with a ``by`` may raise it.
    """
    number = _number(by)
    if number is not None:
        steps.must_have(Right.RUN_EVENTS, number)


# ---- Drafts ----


@unit_of_work
def start(content: EventContent, *, by: str) -> int:
    """Begin a draft of a new event.

    Args:
        by: who begins it, as the trail says it.

    Returns:
        its number.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED``.
    """
    _must_run_events(by)
    return _added(content, None, Did.DRAFTED, by)


@unit_of_work
def change(event_id: int, *, by: str) -> int:
    """Begin a change to an event, or go on with the one that is there.

    Returns:
        the number of its draft.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED``.
    """
    _must_run_events(by)
    event = held(Event, event_id)
    found = queries.draft_of(event_id)
    return found.id if found else _added(queries.content_of(event), event_id, Did.DRAFTED, by)


def _added(content: EventContent, event_id: int | None, did: Did, by: str) -> int:
    draft = EventDraft(
        event_id=event_id,
        content=content.kept(),
        stale={},
        saved_at=now(),
        saved_by_id=_number(by),
        turn=0,
    )
    db.session.add(draft)
    db.session.flush()
    trail.record(did, "event_draft", draft.id, by=by, event=event_id)
    return draft.id


def _number(by: str) -> int | None:
    """The account of whoever acts; none for a command or the worker."""
    return int(by.removeprefix(trail.BY_A_PERSON)) if by.startswith(trail.BY_A_PERSON) else None


@unit_of_work
def save(draft_id: int, content: EventContent, *, seen: int, by: str, still_right: Collection[str] = ()) -> None:
    """Keep what somebody has written, complete or not.

    Args:
        content: its kind and series are those that the draft has already.
        seen: the draft's turn when its page was opened.
        still_right: names of texts whose other language somebody has read and left as it is.

    Raises:
        Refused: ``SAVED_MEANWHILE`` when somebody else has saved it since.
    """
    _must_run_events(by)
    draft = held(EventDraft, draft_id)
    if draft.turn != seen + 1:
        raise Refused(WhyNot.SAVED_MEANWHILE)
    before = draft.read
    content = replace(content, kind=before.kind, series=before.series)
    if content.kind == EventKind.ADVICE_SURGERY:
        # A slot is a place, and one person takes it.
        content = replace(content, capacity=len(content.sessions) or None, party_limit=1)
    draft.stale = rules.stale_after(before.texts, content.texts, draft.stale, still_right)
    draft.content = content.kept()
    draft.saved_at, draft.saved_by_id = now(), _number(by)
    trail.record(Did.SAVED, "event_draft", draft_id, by=by, event=draft.event_id)


@unit_of_work
def drop(draft_id: int, *, by: str) -> None:
    """Delete a draft; the event that it would have changed stays as it is.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED``.
    """
    _must_run_events(by)
    draft = held(EventDraft, draft_id)
    trail.record(Did.DELETED, "event_draft", draft_id, by=by, event=draft.event_id)
    db.session.delete(draft)


@unit_of_work
def make_series(draft_id: int, every: Every, number: int, *, by: str) -> list[int]:
    """Make drafts of the later dates of a series, each like the first, at the same hour of the clock.

    Args:
        number: how many dates in all, with the first.

    Returns:
        the numbers of the new drafts.

    Raises:
        Refused: ``NO_START`` when the first has no date yet, ``NOT_THIS_STATE`` when it is a change to an event.
    """
    _must_run_events(by)
    draft = held(EventDraft, draft_id)
    first = draft.read
    if draft.event_id is not None:
        raise Refused(WhyNot.NOT_THIS_STATE)
    if first.starts_at is None or first.ends_at is None:
        raise Refused(WhyNot.NO_START)
    first = replace(first, series=first.series or secrets.token_hex(16))
    draft.content = first.kept()
    made = [_added(_later(first, every, step), None, Did.DRAFTED, by) for step in range(1, number)]
    for each in made:
        db.session.get_one(EventDraft, each).stale = dict(draft.stale)
    trail.record(Did.SERIES_MADE, "event_draft", draft_id, by=by, number=number)
    return made


def _later(content: EventContent, every: Every, steps: int) -> EventContent:
    def moved(moment: datetime) -> datetime:
        return rules.later(uk(moment), every, steps).astimezone(UTC)

    moments = {name: getattr(content, name) for name in MOMENTS}
    changes: dict[str, Any] = {name: moved(moment) if moment else None for name, moment in moments.items()}
    sessions = tuple((moved(begins), moved(ends)) for begins, ends in content.sessions)
    return replace(content, **changes, sessions=sessions)


@unit_of_work
def take_in(found: Iterable[tuple[str, EventContent]], *, by: str) -> tuple[int, int]:
    """Make drafts of the events of a calendar file; one that has been taken in before is passed over.

    Args:
        found: each with a digest of what the file calls it; the dates of an event that repeats share it.

    Returns:
        how many drafts were made, and how many were passed over.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED``.
    """
    _must_run_events(by)
    made = known = 0
    here: dict[str, bool] = {}
    for uid, content in found:
        if uid not in here:
            here[uid] = queries.is_imported(uid)
            if not here[uid]:
                db.session.add(ImportedEvent(uid=uid, imported_at=now()))
        if here[uid]:
            known += 1
            continue
        _added(content, None, Did.IMPORTED, by)
        made += 1
    return made, known


# ---- Publishing ----


@unit_of_work
def set_time(draft_id: int, moment: datetime, *, by: str, notice: Bilingual = NOTHING) -> None:
    """Have a draft published at a time, if it is still complete then.

    Args:
        notice: as ``publish`` takes it; kept until then.

    Raises:
        Refused: ``TOO_SOON`` when the time is past, ``LACKS`` when something is missing, or ``REASON_NEEDED``.
    """
    _must_run_events(by)
    draft = held(EventDraft, draft_id)
    if moment <= now():
        raise Refused(WhyNot.TOO_SOON)
    content = _must_be_whole(draft, moment)
    if notice:
        rules.must_say_why(notice.cy, notice.en)
    draft.publish_at, draft.content = moment, replace(content, notice=notice).kept()
    trail.record(Did.TIMED, "event_draft", draft_id, by=by, at=moment.isoformat())


@unit_of_work
def forget_time(draft_id: int, *, by: str) -> None:
    """Have a draft wait again until somebody publishes it.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED``.
    """
    _must_run_events(by)
    draft = held(EventDraft, draft_id)
    draft.publish_at = None
    trail.record(Did.UNTIMED, "event_draft", draft_id, by=by)


def _must_be_whole(draft: EventDraft, moment: datetime) -> EventContent:
    lacks = queries.missing(draft, moment)
    if lacks:
        raise Refused(WhyNot.LACKS, missing=lacks)
    return draft.read


@unit_of_work
def publish(draft_id: int, *, by: str, notice: Bilingual = NOTHING, seen: int | None = None) -> int:
    """Put a draft on the public pages: a new event, or a change to one, whose people are told of what matters to them.

    Args:
        notice: why an event is changed, for its page and the letters; nothing, or in both languages.
        seen: the draft's turn when its page was opened; left out where nobody has looked at it.

    Returns:
        the number of the event.

    Raises:
        Refused: ``LACKS`` with ``missing``; ``SAVED_MEANWHILE``; ``REASON_NEEDED``; ``NOT_THIS_STATE`` for a change
            to a cancelled event; ``SLOT_TAKEN`` with ``who`` when a slot goes that somebody has; or as
            ``making.change_capacity``.
    """
    _must_run_events(by)
    draft = held(EventDraft, draft_id)
    if seen is not None and draft.turn != seen + 1:
        raise Refused(WhyNot.SAVED_MEANWHILE)
    content = _must_be_whole(draft, now())
    if draft.event_id is None:
        event_id = _created(content, by)
    else:
        event_id = draft.event_id
        _changed(event_id, content, notice or content.notice, by)
    db.session.delete(draft)
    return event_id


def publish_due(moment: datetime | None = None) -> int:
    """Publish every draft whose time has come; each is its own unit of work. For the worker, as often as it likes.

    One that is no longer complete stays as it is, and the desk shows it. Says how many were published.
    """
    return one_by_one(queries.due(moment or now()), _published, log, "Draft %s was not published")


def _published(draft_id: int) -> bool:
    """Publish a draft, if it can be."""
    with suppress(Refused, NoResultFound):
        publish(draft_id, by=Actor.WORKER)
        return True
    return False


class Shown(Exception):
    """A draft was made into an event, to be looked at; all of it is undone. ``page`` is what was seen."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page


def rehearse(draft_id: int, show: Callable[[Event], str]) -> str:
    """What ``show`` makes of the event that a draft would be: made inside a unit of work that is undone.

    Args:
        draft_id: of a draft with a start and an end; all else may be missing.
        show: given the event as it would be; what it returns is kept, and all else undone.
    """

    @unit_of_work
    def undone() -> None:
        draft = db.session.get_one(EventDraft, draft_id)
        content = draft.read
        content = replace(content, capacity=content.capacity or 1)
        if draft.event_id is None:
            event = _made(content, EventState.DRAFT, Actor.WORKER)
        else:
            event = held(Event, draft.event_id)
            _fill(event, content)
            event.capacity = max(event.capacity, content.capacity or 1)
        event.state = EventState.PUBLISHED
        db.session.flush()
        raise Shown(show(event))

    try:
        undone()
    except Shown as shown:
        return shown.page
    raise AssertionError  # it always ends by being undone


def _made(content: EventContent, state: EventState, by: str) -> Event:
    assert content.starts_at and content.ends_at and content.capacity  # a draft without them lacks something
    return making.create_event(
        kind=content.kind,
        **{name: getattr(content, name) for name in (*TEXTS, *SAME_IN_BOTH)},
        starts_at=content.starts_at,
        ends_at=content.ends_at,
        closes_at=content.closes_at,
        capacity=content.capacity,
        venue_id=content.venue_id,
        area_id=content.area_id,
        sessions=content.sessions,
        category_ids=content.category_ids,
        state=state,
        by=by,
    )


def _created(content: EventContent, by: str) -> int:
    event = _made(content, EventState.PUBLISHED, by)
    trail.record(Did.PUBLISHED, "event", event.id, by=by)
    return event.id


def _fill(event: Event, content: EventContent) -> None:
    """Bring an event to what a draft says, places and state apart."""
    assert content.starts_at and content.ends_at
    _set_sessions(event.id, content.sessions)
    for name in (*TEXTS, *SAME_IN_BOTH):
        setattr(event, name, getattr(content, name))
    event.starts_at, event.ends_at = content.starts_at, content.ends_at
    event.closes_at = content.closes_at or content.starts_at
    event.venue = db.session.get_one(Venue, content.venue_id) if content.venue_id is not None else None
    event.area_id = content.area_id if content.area_id is not None or event.venue is None else event.venue.area_id
    _set_categories(event.id, content.category_ids)


def _changed(event_id: int, content: EventContent, notice: Bilingual, by: str) -> None:
    assert content.capacity
    event = held(Event, event_id)
    if event.state == EventState.CANCELLED:
        raise Refused(WhyNot.NOT_THIS_STATE)
    if notice:
        rules.must_say_why(notice.cy, notice.en)
    was = queries.content_of(event)
    title, when, venue = event.title, place_letters.when_of(event), event.venue_name
    new_link = bool(content.online_address) and event.online_address != content.online_address
    new_time = (was.starts_at, was.ends_at, was.sessions) != (content.starts_at, content.ends_at, content.sessions)
    _fill(event, content)
    was_put_off = event.state == EventState.POSTPONED
    before = Before(
        title if title != event.title else NOTHING,
        when if new_time else NOTHING,
        venue if venue != event.venue_name else NOTHING,
        new_link,
    )
    moves = was_put_off or before != Before()
    if moves:
        event.state, event.notice = EventState.PUBLISHED, notice
        event.sequence += 1
    event.updated_at = now()
    db.session.flush()
    if new_time:
        reminding.start_changed(event_id)
    if was.starts_at != content.starts_at:
        _keep_before_start(event)
    if event.capacity != content.capacity:
        making.change_capacity(event_id, content.capacity, by=by)
    if moves:
        _tell(event, lambda booking: letters.event_moved(booking, before))
        filling.fill_places(event_id)
    changed = [name for name in was.kept() if getattr(was, name) != getattr(content, name)]
    trail.record(Did.MOVED if moves else Did.CHANGED, "event", event_id, by=by, fields=changed)


def _set_categories(event_id: int, category_ids: Sequence[int]) -> None:
    if queries.categories_of(event_id) == sorted(category_ids):
        return
    db.session.execute(delete(EventCategory).where(EventCategory.event_id == event_id))
    db.session.add_all(EventCategory(event_id=event_id, category_id=number) for number in dict.fromkeys(category_ids))


def _set_sessions(event_id: int, wanted: Sequence[Span]) -> None:
    """Bring the sessions of an event to what is wanted: as many as before keep whoever has chosen them."""
    rows = list(events.sessions_of(event_id))
    if [(one.starts_at, one.ends_at) for one in rows] == sorted(wanted):
        return
    if len(rows) == len(wanted):
        pairs = list(zip(rows, sorted(wanted), strict=True))
    else:
        by_start = {one.starts_at: one for one in rows}
        pairs = [(by_start[span[0]], span) for span in wanted if span[0] in by_start]
        gone = [one.id for one in rows if one not in [row for row, _span in pairs]]
        who = [(one.reference, one.name) for one in queries.people_in(gone)]
        if who:
            raise Refused(WhyNot.SLOT_TAKEN, who=who)
        db.session.execute(update(Booking).where(Booking.session_id.in_(gone)).values(session_id=None))
        db.session.execute(delete(EventSession).where(EventSession.id.in_(gone)))
        new = [span for span in wanted if span[0] not in by_start]
        db.session.add_all(EventSession(event_id=event_id, starts_at=begins, ends_at=ends) for begins, ends in new)
    # Out of the way first: no two may start at once, not even while they are being moved.
    for row, span in pairs:
        row.starts_at, row.ends_at = span[0] + FAR_AWAY, span[1] + FAR_AWAY
    db.session.flush()
    for row, span in pairs:
        row.starts_at, row.ends_at = span
    db.session.flush()


def _keep_before_start(event: Event) -> None:
    """Nobody is promised an answer's time that ends after the new start."""
    latest = event.starts_at - LAST_OFFER_BEFORE_START
    for booking in queries.live_bookings(event.id):
        booking.hold_until = min(booking.hold_until, event.starts_at) if booking.hold_until else None
        booking.offer_until = min(booking.offer_until, latest) if booking.offer_until else None
    db.session.flush()


def _tell(event: Event, write: Callable[[Booking], None]) -> None:
    """Write to everybody who is still to come, or waits; nobody is told anything about an event that is over."""
    if event.ends_at <= now() and event.state == EventState.PUBLISHED:
        return
    for booking in queries.live_bookings(event.id):
        write(booking)


# ---- Events ----


@unit_of_work
def postpone(event_id: int, notice: Bilingual, *, by: str) -> None:
    """Put an event off to a day that nobody knows yet; everybody is told, and keeps what they have.

    Raises:
        Refused: as ``rules.may_postpone`` and ``rules.must_say_why``.
    """
    _must_run_events(by)
    event = held(Event, event_id)
    rules.may_postpone(event.state, event.ends_at, now())
    _stop(event, EventState.POSTPONED, notice, Did.POSTPONED, by)
    _tell(event, letters.event_postponed)


@unit_of_work
def cancel(event_id: int, notice: Bilingual, *, by: str) -> None:
    """Call an event off; everybody is told.

    Raises:
        Refused: as ``rules.may_cancel`` and ``rules.must_say_why``.
    """
    _must_run_events(by)
    event = held(Event, event_id)
    rules.may_cancel(event.state, event.ends_at, now())
    _stop(event, EventState.CANCELLED, notice, Did.CANCELLED, by)
    _tell(event, letters.event_cancelled)


def _stop(event: Event, state: EventState, notice: Bilingual, did: Did, by: str) -> None:
    rules.must_say_why(notice.cy, notice.en)
    was = event.state
    event.state, event.notice = state, notice
    event.sequence += 1
    event.updated_at = now()
    taken_back = [one for one in queries.live_bookings(event.id) if one.state == BookingState.OFFERED]
    for booking in taken_back:
        # There is nothing to accept: they wait again, where they were, and are the first to be offered a place.
        booking.state, booking.offer_until = BookingState.WAITING, None
        booking.party = 1 + len(booking.others)  # all of them, if only a part could be offered
    db.session.flush()
    numbers = [one.id for one in taken_back]
    trail.record(did, "event", event.id, by=by, was=str(was), offers_taken_back=numbers)


@unit_of_work
def restore(event_id: int, *, by: str) -> None:
    """Have an event go ahead after all, at its old time; everybody is told, and free places are offered again.

    Raises:
        Refused: as ``rules.may_restore``.
    """
    _must_run_events(by)
    event = held(Event, event_id)
    rules.may_restore(event.state, event.ends_at, now())
    was = event.state
    event.state, event.notice = EventState.PUBLISHED, NOTHING
    event.sequence += 1
    event.updated_at = now()
    db.session.flush()
    trail.record(Did.RESTORED, "event", event_id, by=by, was=str(was))
    _tell(event, letters.event_restored)
    filling.fill_places(event_id)


# ---- Venues ----


@unit_of_work
def save_venue(venue_id: int | None, *, by: str, **facts: object) -> int:
    """Add a venue, or change one: every event that is held there shows it from now on.

    Args:
        venue_id: none for a new one.
        facts: as ``making.create_venue`` takes them.

    Returns:
        its number.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED``.
    """
    _must_run_events(by)
    if venue_id is None:
        number = making.create_venue(**facts).id  # type: ignore[arg-type]
        trail.record(Did.VENUE_ADDED, "venue", number, by=by)
        return number
    venue = db.session.get_one(Venue, venue_id, with_for_update=True)
    changed = [name for name, value in facts.items() if getattr(venue, name) != value]
    for name, value in facts.items():
        setattr(venue, name, value)
    if changed:
        trail.record(Did.VENUE_CHANGED, "venue", venue_id, by=by, fields=changed)
    return venue_id
