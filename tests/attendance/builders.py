"""Events that have been, and who came to them; nothing is random but the codes."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from c4s.accounts import queries as people
from c4s.attendance import actions, queries
from c4s.attendance.models import Attendance, Certificate
from c4s.attendance.queries import Place
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.events.models import Booking, Event, EventSession
from c4s.events.rules import EventKind
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff
from tests.events.builders import an_event, booked

HOURS = timedelta(hours=2)


def an_event_today(**facts: Any) -> Event:
    """A workshop with room for thirty, which begins in an hour and takes two, unless told otherwise."""
    return an_event(**{"starts_at": now() + timedelta(hours=1), "capacity": 30, "party_limit": 4, **facts})


@unit_of_work
def _sessions(event_id: int, number: int) -> list[int]:
    starts = db.session.get_one(Event, event_id).starts_at
    sessions = [
        EventSession(event_id=event_id, starts_at=starts + week, ends_at=starts + week + HOURS)
        for week in (timedelta(weeks=count) for count in range(number))
    ]
    db.session.add_all(sessions)
    db.session.flush()
    return [one.id for one in sessions]


def a_course(number: int = 3) -> tuple[Event, list[int]]:
    """A course that begins in an hour, once a week; and the numbers of its sessions."""
    starts = now() + timedelta(hours=1)
    ends = starts + timedelta(weeks=number - 1) + HOURS
    event = an_event_today(kind=EventKind.COURSE, starts_at=starts, ends_at=ends)
    return event, _sessions(event.id, number)


def a_surgery() -> tuple[Event, list[int]]:
    """An advice surgery that begins in an hour, with two slots of which the second is a week later."""
    starts = now() + timedelta(hours=1)
    event = an_event_today(kind=EventKind.ADVICE_SURGERY, starts_at=starts, ends_at=starts + timedelta(days=8))
    return event, _sessions(event.id, 2)


def an_editor(who: str = "mair") -> int:
    known = people.person_by_email(f"{who}@example.cymru")
    return known.id if known else a_member_of_staff(who, Who.EDITOR, name=who.title()).id


def came(*bookings: Booking, by_id: int, session_id: int | None = None) -> None:
    """Everybody of these sign-ups came, and nobody else."""
    places: list[Place] = [(one.id, position) for one in bookings for position in range(one.party)]
    actions.record(bookings[0].event_id, session_id, came=places, by_id=by_id)


def register(event: Event, session_id: int | None = None) -> dict[str, list[str] | None]:
    """Who came, by the name of the one who signed up; None where nothing was written down."""
    db.session.rollback()
    return {
        line.booking.name: None
        if line.came is None
        else [name for name, did in zip(line.people, line.came, strict=True) if did]
        for line in queries.register(event.id, session_id)
    }


def rows() -> Sequence[Attendance]:
    db.session.rollback()
    return db.session.query(Attendance).order_by(Attendance.id).all()


def certificates() -> list[Certificate]:
    """Every certificate, oldest first."""
    db.session.rollback()
    return db.session.query(Certificate).order_by(Certificate.id).all()


def issued(event: Event, by_id: int) -> list[Certificate]:
    """Certificates for everybody who has earned one."""
    actions.issue(event.id, {(one.booking.id, one.position) for one in queries.course(event).earned}, by_id=by_id)
    return certificates()


def a_certificate(who: str = "nia", *, staff: str = "mair", **facts: Any) -> Certificate:
    """Nia’s, for an event that was over this morning."""
    event = an_event_today(starts_at=now() + timedelta(minutes=1), ends_at=now() + timedelta(minutes=121))
    booking = booked(event, who, **facts)
    mair = an_editor(staff)
    over(event.id)
    came(booking, by_id=mair)
    return issued(db.session.get_one(Event, event.id), mair)[-1]


@unit_of_work
def over(event_id: int, ago: timedelta = timedelta(minutes=30)) -> None:
    """The event ended so long ago, after two hours: for tests that do not move the clock."""
    event = db.session.get_one(Event, event_id)
    event.ends_at = now() - ago
    event.closes_at = event.starts_at = event.ends_at - HOURS
