"""What everybody who has a place is told once: reminders before an event, thanks on the morning after it."""

import logging
from datetime import datetime
from functools import partial

from sqlalchemy import delete, select

from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import hold, one_by_one, unit_of_work
from c4s.events import afterwards, letters, queries, rules
from c4s.events.models import Booking, Reminder
from c4s.events.rules import EventKind, ReminderKind

log = logging.getLogger("c4s.events")


def send_due(moment: datetime | None = None) -> int:
    """Post every reminder and every letter of thanks that is due. Again, or in two places at once, it changes nothing.

    Each letter is a unit of work of its own: what goes wrong with one undoes nothing of another.

    Returns:
        how many letters.
    """
    moment = moment or now()
    posted = 0
    for kind in ReminderKind:
        due = queries.to_tell(kind, moment)
        posted += one_by_one(due, partial(_tell, kind=kind, moment=moment), log, f"No {kind} for booking %s")
    return posted


@unit_of_work
def _tell(booking_id: int, kind: ReminderKind, moment: datetime) -> bool:
    """Tell one person, unless that was done or they have given up their place since we looked."""
    booking = db.session.get_one(Booking, booking_id)
    hold(booking.event)
    db.session.refresh(booking)
    if db.session.get(Reminder, (booking_id, kind)) or booking_id not in queries.to_tell(kind, moment, booking_id):
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
    for booking in db.session.scalars(select(Booking).where(Booking.event_id == event_id, queries.HOLDS)):
        for kind in before:
            if rules.told_at(kind, booking.starts_at, booking.ends_at) <= moment:
                db.session.add(Reminder(booking_id=booking.id, kind=kind, posted_at=moment))
