"""Questions about one sign-up, and about those of one address."""

from collections.abc import Sequence

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from c4s.core import read_aloud
from c4s.core.db import db
from c4s.events import rules
from c4s.events.models import AccessNeed, Booking, Event, RememberedNeed
from c4s.events.places import LIVE

LONGEST_HISTORY = 200
IN_THE_WAY = select(Booking).where(
    or_(
        Booking.reference == bindparam("reference"),
        and_(
            Booking.event_id == bindparam("event"),
            Booking.email_key == bindparam("email_key"),
            Booking.email_key != "",
            LIVE,
        ),
    )
)
BOOKING = (
    select(Booking)
    .options(joinedload(Booking.event).joinedload(Event.venue), joinedload(Booking.slot))
    .where(Booking.id == bindparam("booking"))
)


def in_the_way(event_id: int, email_key: str, reference: str) -> tuple[Booking | None, bool]:
    """What stands in the way of a new booking.

    Returns:
        the place, or the wait for one, that the address has at the event; and whether the reference is in use.
    """
    values = {"event": event_id, "email_key": email_key, "reference": reference}
    found = db.session.scalars(IN_THE_WAY, values).all()
    live = [
        one
        for one in found
        if email_key and (one.event_id, one.email_key) == (event_id, email_key) and rules.is_live(one.state)
    ]
    return (live[0] if live else None), any(one.reference == reference for one in found)


def live(event_id: int, email_key: str) -> Booking | None:
    """The place, or the wait for one, that an address has at an event."""
    return in_the_way(event_id, email_key, "")[0]


def one(booking_id: int) -> Booking | None:
    """One booking, with its event and venue."""
    return db.session.scalars(BOOKING, {"booking": booking_id}).one_or_none()


def of_address(email_key: str) -> Sequence[Booking]:
    """Every place, or wait for one, that an address has or had, the latest event first; with events and venues."""
    return db.session.scalars(
        select(Booking)
        .join(Booking.event)
        .where(Booking.email_key == email_key, Booking.email_key != "")
        .options(contains_eager(Booking.event).joinedload(Event.venue), joinedload(Booking.slot))
        .order_by(Event.starts_at.desc(), Booking.id.desc())
        .limit(LONGEST_HISTORY)
    ).all()


def by_reference(typed: str) -> Booking | None:
    """The place, or the wait for one, that a reference names, however somebody typed it."""
    letters = read_aloud.letters_in(typed)
    if len(letters) != rules.REFERENCE_LENGTH:
        return None
    return db.session.scalar(select(Booking).where(Booking.reference == read_aloud.grouped(letters)))


def needs_of(booking_id: int) -> AccessNeed | None:
    """What access somebody needs at the event that a booking is for; None for nothing."""
    return db.session.get(AccessNeed, booking_id)


def remembered_needs(person_id: int) -> str:
    """What somebody asked us to remember for their next sign-up; empty for nothing."""
    found = db.session.get(RememberedNeed, person_id)
    return found.needs if found else ""
