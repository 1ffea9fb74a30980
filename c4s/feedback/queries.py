"""Questions about what people thought."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from c4s.core.db import db
from c4s.events import bookings
from c4s.events.models import Booking, Event
from c4s.events.rules import BookingState, EventState
from c4s.feedback import rules
from c4s.feedback.models import Feedback, FeedbackGiven
from c4s.feedback.rules import FEWEST, Pace, Told, Useful, Welcome
from c4s.i18n.languages import LANGUAGES

CHOSEN: dict[str, type[StrEnum]] = {"useful": Useful, "pace": Pace, "welcome": Welcome}
"""The questions with answers to choose from, by the names of their columns."""
WRITTEN = ("next_step", "more")
"""Those that people answer in their own words."""


@dataclass(frozen=True)
class Words:
    """What somebody wrote, in the language of the page on which they did, and who, if they say."""

    text: str
    language: str
    name: str


@dataclass(frozen=True)
class Results:
    """What may be told of an event.

    Attributes:
        number: how many answered, in whole fives.
        by_language: the same for each language; empty when it may not be told.
        chosen: by question and answer.
        written: by question; in an order that tells nothing.
    """

    number: int
    by_language: dict[str, int]
    chosen: dict[str, dict[StrEnum, Told]]
    written: dict[str, list[Words]]


def had_a_place(booking: Booking) -> bool:
    """Whether somebody had a place at an event, and did not give it up."""
    return booking.state == BookingState.CONFIRMED


def was_held(event: Event) -> bool:
    """Whether an event went ahead."""
    return event.state == EventState.PUBLISHED


def booking_of(event_id: int, reference: str) -> Booking | None:
    """The sign-up for an event that a reference names, however somebody typed it."""
    booking = bookings.by_reference(reference)
    return booking if booking and booking.event_id == event_id else None


def has_given(booking_id: int) -> bool:
    """Whether somebody has said what they thought."""
    return db.session.get(FeedbackGiven, booking_id) is not None


def given_by(booking_ids: Sequence[int]) -> Sequence[int]:
    """Those of some sign-ups with which somebody has said what they thought."""
    statement = select(FeedbackGiven.booking_id).where(FeedbackGiven.booking_id.in_(booking_ids))
    return db.session.scalars(statement.order_by(FeedbackGiven.booking_id)).all()


def results(event_id: int) -> Results | None:
    """What may be told of an event; None while fewer than five have answered."""
    # By their random numbers: the same order each time, and not the one in which they came.
    found = db.session.scalars(select(Feedback).where(Feedback.event_id == event_id).order_by(Feedback.id)).all()
    if len(found) < FEWEST:
        return None
    answers = {code: sum(one.language == code for one in found) for code in LANGUAGES}
    is_by_language = all(number >= FEWEST for number in answers.values())
    chosen = {}
    for question, choices in CHOSEN.items():
        counts = [Counter(one.language for one in found if getattr(one, question) == choice) for choice in choices]
        chosen[question] = dict(zip(choices, rules.told(counts, answers), strict=True))
    return Results(
        rules.about(len(found)),
        {code: rules.about(number) for code, number in answers.items()} if is_by_language else {},
        chosen,
        {
            question: [Words(getattr(one, question), one.language, one.name) for one in found if getattr(one, question)]
            for question in WRITTEN
        },
    )
