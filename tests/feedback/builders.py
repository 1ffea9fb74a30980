"""What people thought of an event that has been."""

from datetime import timedelta

from c4s.core.clock import now
from c4s.core.db import db
from c4s.events import signing_up
from c4s.events.models import Booking, Event
from c4s.feedback import actions
from c4s.feedback.models import Feedback, FeedbackGiven
from c4s.feedback.rules import Said, Useful
from tests.attendance.builders import over
from tests.events.builders import an_event, by_phone


def an_event_soon() -> Event:
    """A workshop with room for fifty, which is over in three hours."""
    return an_event(starts_at=now() + timedelta(hours=1), capacity=50)


def sign_ups(event: Event, number: int, first: int = 0) -> list[int]:
    """Places of so many people; the clock must still be before the event."""
    return [signing_up.book_place(event.id, by_phone(first + one)).booking_id for one in range(number)]


def say(bookings: list[int], useful: Useful = Useful.VERY, language: str = "en", **facts: str) -> None:
    """They all thought the same."""
    for number in bookings:
        actions.give(number, Said(language=language, useful=useful, **facts))  # type: ignore[arg-type]


def five_answers() -> int:
    """The number of an event that was over this morning, of which five people have said what they thought."""
    event = an_event_soon()
    people = sign_ups(event, 5)
    over(event.id, timedelta(minutes=45))
    say(people, more="Diolch.")
    return event.id


def answers() -> list[Feedback]:
    db.session.rollback()
    return db.session.query(Feedback).order_by(Feedback.id).all()


def given() -> list[int]:
    db.session.rollback()
    return sorted(one.booking_id for one in db.session.query(FeedbackGiven))


def booking(number: int) -> Booking:
    return db.session.get_one(Booking, number)
