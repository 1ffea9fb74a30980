"""Questions about who came, and about certificates."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from c4s.attendance import rules
from c4s.attendance.models import Attendance, Certificate
from c4s.core.clock import now
from c4s.core.db import db
from c4s.events import queries as events
from c4s.events.models import Booking, Event, EventSession
from c4s.events.rules import BookingState, EventKind, EventState
from c4s.i18n import formats

Place = tuple[int, int]
"""One person of a party: the number of the booking, and which of its names, counted from 0."""


@dataclass(frozen=True)
class Sitting:
    """One time at which people come: a session of a course, or the whole of an event that has none."""

    session_id: int | None
    starts_at: datetime
    ends_at: datetime

    @property
    def day(self) -> date:
        """The day in Wales."""
        return formats.uk(self.starts_at).date()

    @property
    def has_come(self) -> bool:
        """Whether its day has come, so that it can be written down who did."""
        return self.day <= formats.uk(now()).date()


@dataclass(frozen=True)
class Line:
    """One sign-up in the register of a sitting.

    Attributes:
        people: names, the one who signed up first.
        came: for each of them whether they did; None until anybody has written it down.
    """

    booking: Booking
    people: tuple[str, ...]
    came: tuple[bool, ...] | None


@dataclass
class Counts:
    """A register in numbers of people."""

    booked: int = 0
    came: int = 0
    away: int = 0
    unknown: int = 0
    """Those of whom nobody has written down anything."""


@dataclass(frozen=True)
class Earned:
    """What one person has to show for an event.

    Attributes:
        attended: the sittings that they came to.
        minutes: how long those took together.
        is_enough: for a certificate.
        has_one: they have a certificate that holds good.
        had_one: a certificate of theirs was withdrawn.
    """

    booking: Booking
    position: int
    name: str
    attended: int
    minutes: int
    is_enough: bool
    has_one: bool
    had_one: bool


@dataclass(frozen=True)
class Course:
    """An event, its sittings, and what everybody who had a place has earned."""

    held: int
    """Sittings for which anybody wrote down who came."""
    earned: list[Earned] = field(default_factory=list)


def is_held(event: Event) -> bool:
    """Whether an event goes ahead, or went ahead."""
    return event.state == EventState.PUBLISHED


def sittings(event: Event) -> list[Sitting]:
    """When people come to an event, in order. The slots of an advice surgery are one sitting: each is one person's."""
    whole = [Sitting(None, event.starts_at, event.ends_at)]
    if event.kind == EventKind.ADVICE_SURGERY:
        return whole
    return [Sitting(one.id, one.starts_at, one.ends_at) for one in events.sessions_of(event.id)] or whole


def sitting_to_show(all_of_them: Sequence[Sitting], session_id: int | None) -> Sitting | None:
    """The sitting that is asked for; the latest whose day has come, or else the first, if none is; None if it is
    another event's."""
    if session_id is not None:
        return next((one for one in all_of_them if one.session_id == session_id), None)
    have_come = [one for one in all_of_them if one.has_come]
    return have_come[-1] if have_come else all_of_them[0]


def _bookings(event_id: int) -> Sequence[Booking]:
    """Everybody who has a place, by their time in a surgery and then by name."""
    statement = (
        select(Booking)
        .options(joinedload(Booking.event), joinedload(Booking.slot))
        .where(Booking.event_id == event_id, Booking.state == BookingState.CONFIRMED)
    )
    return sorted(db.session.scalars(statement), key=lambda one: (one.starts_at, one.name.casefold(), one.id))


def _people(booking: Booking) -> tuple[str, ...]:
    return rules.people(booking.name, booking.others, booking.party)


def rows_of(event_id: int) -> Sequence[Attendance]:
    """Everything that was written down of an event."""
    statement = select(Attendance).join(Booking, Attendance.booking_id == Booking.id)
    return db.session.scalars(statement.where(Booking.event_id == event_id)).all()


def register(event_id: int, session_id: int | None) -> list[Line]:
    """The register of a sitting."""
    rows = {row.booking_id: row for row in rows_of(event_id) if row.session_id == session_id}
    lines = []
    for booking in _bookings(event_id):
        names, row = _people(booking), rows.get(booking.id)
        lines.append(Line(booking, names, rules.ticked(names, row.names) if row else None))
    return lines


def counted(lines: Sequence[Line]) -> Counts:
    """A register in numbers."""
    counts = Counts()
    for line in lines:
        counts.booked += len(line.people)
        if line.came is None:
            counts.unknown += len(line.people)
        else:
            counts.came += sum(line.came)
            counts.away += len(line.people) - sum(line.came)
    return counts


def course(event: Event) -> Course:
    """What everybody who had a place at an event has earned by coming."""
    rows = rows_of(event.id)
    of_booking: dict[int, list[Attendance]] = {}
    for row in rows:
        of_booking.setdefault(row.booking_id, []).append(row)
    times = {one.session_id: one for one in sittings(event)}
    held = len({row.session_id for row in rows} & times.keys())
    good, gone = Counter[tuple[int | None, str]](), set()
    for one in certificates(event.id):
        if one.withdrawn_at:
            gone.add((one.booking_id, one.name))
        else:
            good[one.booking_id, one.name] += 1
    earned = []
    for booking in _bookings(event.id):
        names = _people(booking)
        attended, minutes = [0] * len(names), [0] * len(names)
        for row in of_booking.get(booking.id, ()):
            if row.session_id not in times:
                continue
            sitting = booking if row.session_id is None else times[row.session_id]  # a surgery: as long as their slot
            length = int((sitting.ends_at - sitting.starts_at).total_seconds() // 60)
            for position, did in enumerate(rules.ticked(names, row.names)):
                attended[position] += did
                minutes[position] += did * length
        for position, name in enumerate(names):
            has_one = good[booking.id, name] > 0
            good[booking.id, name] -= 1
            is_enough = rules.came_to_enough(attended[position], held) and minutes[position] > 0
            had_one = (booking.id, name) in gone
            earned.append(
                Earned(booking, position, name, attended[position], minutes[position], is_enough, has_one, had_one)
            )
    return Course(held, earned)


def certificates(event_id: int) -> Sequence[Certificate]:
    """Every certificate of an event, by name."""
    statement = select(Certificate).options(joinedload(Certificate.booking)).where(Certificate.event_id == event_id)
    return sorted(db.session.scalars(statement), key=lambda one: (one.name.casefold(), one.id))


def certificate(certificate_id: int) -> Certificate | None:
    """The certificate with a number, withdrawn or not."""
    return db.session.get(Certificate, certificate_id)


def certificate_by_code(code: str) -> Certificate | None:
    """The certificate that bears a code, withdrawn or not."""
    return db.session.scalar(select(Certificate).where(Certificate.code == code))


def certificates_of(booking_ids: Sequence[int]) -> Sequence[Certificate]:
    """Every certificate that some sign-ups led to, in the order in which they were issued."""
    statement = select(Certificate).where(Certificate.booking_id.in_(booking_ids)).order_by(Certificate.id)
    return db.session.scalars(statement).all()


def attendance_of(booking_ids: Sequence[int]) -> Sequence[tuple[Attendance, EventSession | None]]:
    """What was written down of some sign-ups, each with its session, if it is of one."""
    statement = (
        select(Attendance, EventSession)
        .outerjoin(EventSession, Attendance.session_id == EventSession.id)
        .where(Attendance.booking_id.in_(booking_ids))
        .order_by(Attendance.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def was_absent(booking: Booking) -> bool:
    """Whether it was written down that nobody of a sign-up came to anything."""
    rows = db.session.scalars(select(Attendance.came).where(Attendance.booking_id == booking.id)).all()
    return bool(rows) and not any(rows)
