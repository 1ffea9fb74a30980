"""What everybody who has a place is told once: reminders before an event, thanks on the morning after it."""

import logging
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import bindparam, delete, func, not_, select

from c4s.core.clock import now
from c4s.core.db import UtcDateTime, db, rows
from c4s.core.units import hold, one_by_one, unit_of_work
from c4s.events import afterwards, letters, queries, rules
from c4s.events.models import Booking, Event, EventSession, Reminder
from c4s.events.places import HOLDS, among
from c4s.events.queries import GOES_AHEAD
from c4s.events.rules import BookingState, EventKind, ReminderKind
from c4s.mail.models import Channel, OutgoingLetter

log = logging.getLogger("c4s.events")

TELLS_OF_A_PLACE = ("events/place_booked", "events/place_moved")
BEGINS = func.coalesce(EventSession.starts_at, Event.starts_at)
ENDS = func.coalesce(EventSession.ends_at, Event.ends_at)
LAST_TOLD = (
    select(func.max(OutgoingLetter.created_at))
    .where(
        OutgoingLetter.about_kind == "booking",
        OutgoingLetter.about_id == Booking.id,
        OutgoingLetter.letter.in_(TELLS_OF_A_PLACE),
    )
    .correlate(Booking)
    .scalar_subquery()
)
# The moments are only near enough for an index to find the events: ``rules.is_told`` decides.
NOT_YET_TOLD = (
    select(Booking.id, Event.state, Booking.state, BEGINS, ENDS, Booking.proved_at, LAST_TOLD, Booking.channel)
    .join(Event, Booking.event_id == Event.id)
    .outerjoin(EventSession, Booking.session_id == EventSession.id)
    .where(
        GOES_AHEAD,
        among(Booking.state, (BookingState.CONFIRMED,)),
        Booking.proved_at.is_not(None),
        Event.starts_at <= bindparam("starts_until", type_=UtcDateTime()),
        Event.ends_at > bindparam("ends_after", type_=UtcDateTime()),
        not_(
            select(Reminder.booking_id)
            .where(Reminder.booking_id == Booking.id, Reminder.kind == bindparam("kind", type_=Reminder.kind.type))
            .exists()
        ),
    )
    .order_by(Booking.id)
)
ONE_NOT_YET_TOLD = NOT_YET_TOLD.where(Booking.id == bindparam("booking"))


def to_tell(kind: ReminderKind, moment: datetime, booking_id: int | None = None) -> list[int]:
    """The bookings whose people are to be told now what everybody is told once, and have not been.

    Args:
        booking_id: of the only one to look at.
    """
    ended = timedelta(days=2) + rules.NOT_AFTER[kind] if kind == ReminderKind.THANKS else timedelta()
    of_events = {
        "starts_until": moment + rules.BEFORE_START.get(kind, timedelta()),
        "ends_after": moment - ended,
        "kind": kind,
    }
    only_one = {"booking": booking_id} if booking_id is not None else {}
    return [
        number
        for number, event, booking, starts_at, ends_at, proved_at, last_told, channel in rows(
            ONE_NOT_YET_TOLD if only_one else NOT_YET_TOLD, **of_events, **only_one
        )
        if rules.is_told(
            kind,
            event,
            booking,
            starts_at=starts_at,
            ends_at=ends_at,
            knows_since=max(proved_at, last_told or proved_at),
            now=moment,
            by_post=channel == Channel.POST,
        )
    ]


def send_due(moment: datetime | None = None) -> int:
    """Post every reminder and every letter of thanks that is due. Again, or in two places at once, it changes nothing.

    Each letter is a unit of work of its own: what goes wrong with one undoes nothing of another.

    Returns:
        how many letters.
    """
    moment = moment or now()
    posted = 0
    for kind in ReminderKind:
        due = to_tell(kind, moment)
        posted += one_by_one(due, partial(_tell, kind=kind, moment=moment), log, f"No {kind} for booking %s")
    return posted


@unit_of_work
def _tell(booking_id: int, kind: ReminderKind, moment: datetime) -> bool:
    """Tell one person, unless that was done or they have given up their place since we looked."""
    booking = db.session.get_one(Booking, booking_id)
    hold(booking.event)
    db.session.refresh(booking)
    if db.session.get(Reminder, (booking_id, kind)) or booking_id not in to_tell(kind, moment, booking_id):
        return False
    if kind == ReminderKind.THANKS and afterwards.was_absent(booking):
        return False
    db.session.add(Reminder(booking_id=booking_id, kind=kind, posted_at=moment))
    if kind == ReminderKind.THANKS:
        letters.thanks(booking, afterwards.links(booking))
    else:
        is_course = booking.event.kind == EventKind.COURSE
        dates = queries.sessions([booking.event_id]).get(booking.event_id, []) if is_course else []
        letters.reminder(booking, kind, dates)
    return True


@unit_of_work
def start_changed(event_id: int) -> None:
    """Let everybody be reminded anew of an event that starts at another time now.

    A reminder that would have been due by now counts as given: the letter that tells of the change says when it is.
    To be called after the change, in its unit of work.
    """
    db.session.flush()
    moment, before = now(), (ReminderKind.WEEK_BEFORE, ReminderKind.DAY_BEFORE)
    theirs = select(Booking.id).where(Booking.event_id == event_id)
    db.session.execute(delete(Reminder).where(Reminder.booking_id.in_(theirs), Reminder.kind.in_(before)))
    for booking in db.session.scalars(select(Booking).where(Booking.event_id == event_id, HOLDS)):
        for kind in before:
            if rules.told_at(kind, booking.starts_at, booking.ends_at) <= moment:
                db.session.add(Reminder(booking_id=booking.id, kind=kind, posted_at=moment))
