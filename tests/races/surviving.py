"""What is left when a site was killed again and again, beside what people were told."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select, update

from c4s.audit.models import Entry
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.events.models import Booking
from c4s.events.rules import BookingState
from c4s.mail import delivery
from c4s.mail.models import LetterState, OutgoingLetter
from tests.bench.sign_ups import somebody
from tests.events.builders import an_event
from tests.races import killing

EVENTS, PLACES = 40, 5


@dataclass(frozen=True)
class Survived:
    """What was found.

    Attributes:
        told: how many people were told that they have a place or wait for one.
        letters: how many left; ``sent_again``: how many of them once more than once.
        wrong: everything that is not as people were told, in words.
    """

    told: int
    letters: int
    sent_again: int
    wrong: list[str]


def survived(site: Flask, death: killing.Death) -> Survived:
    """Let people sign up to a site that dies again and again, then look.

    Args:
        site: over the same database as ``death`` says, which has its tables.
    """
    with site.app_context():
        start = now() + timedelta(days=30)
        events = [an_event(capacity=PLACES, starts_at=start).id for _ in range(EVENTS)]
        db.session.remove()
        db.engine.dispose()
    slugs = [f"{number}-starting-a-business" for number in events]
    with killing.being_killed(death) as (port, is_over):
        told = killing.people(port, slugs, is_over)
    site.extensions["c4s.mail"] = killing.Ledger(Path(death.ledger))
    with site.app_context():
        _send_the_rest()
        wrong = [*_places(told), *_letters()]
        letters = Counter(Path(death.ledger).read_text(encoding="utf-8").splitlines())
        db.session.remove()
    return Survived(len(told), len(letters), sum(letters.values()) - len(letters), wrong)


def _send_the_rest() -> None:
    """What a worker had in its hand when it died is tried again after an hour: say that it has passed."""

    @unit_of_work
    def an_hour_passes() -> None:
        left = update(OutgoingLetter).where(OutgoingLetter.state == LetterState.SENDING)
        db.session.execute(left.values(claimed_at=now() - delivery.LEASE - timedelta(minutes=1)))

    an_hour_passes()
    while any(delivery.send_due()):
        pass


def _places(told: list[int]) -> list[str]:
    """Everybody who was told has one booking; no event has more than it has places, or a place and a queue."""
    rows = db.session.execute(select(Booking.event_id, Booking.email_key, Booking.state)).all()
    times = Counter(row.email_key for row in rows)
    addresses = [somebody(number)[0]["email"] for number in told]
    wrong = [f"{address}: {times[address]} bookings" for address in addresses if times[address] != 1]
    wrong += [f"{address}: {number} bookings" for address, number in times.items() if number > 1]
    taken = Counter(row.event_id for row in rows if row.state == BookingState.CONFIRMED)
    waiting = {row.event_id for row in rows if row.state == BookingState.WAITING}
    wrong += [f"event {event}: {number} places taken" for event, number in taken.items() if number > PLACES]
    return wrong + [f"event {event}: a queue before a free place" for event in waiting if taken[event] < PLACES]


def _letters() -> list[str]:
    """Each booking has the letter and the line of the trail that were written with it, and each letter has left."""
    told_of = {"confirmed": "events/place_to_confirm", "waiting": "events/joined_waiting_list"}
    states = {number: told_of[state] for number, state in db.session.execute(select(Booking.id, Booking.state))}
    letters = db.session.execute(select(OutgoingLetter.about_id, OutgoingLetter.letter)).all()
    wrong = [] if Counter(states.items()) == Counter(map(tuple, letters)) else ["the letters are not the bookings'"]
    entries = db.session.scalar(select(func.count()).where(Entry.subject_kind == "booking"))
    wrong += [] if entries == len(states) else [f"{entries} entries for {len(states)} bookings"]
    kept = db.session.scalars(select(OutgoingLetter.id).where(OutgoingLetter.state != LetterState.SENT)).all()
    return wrong + [f"letter {number} has not left" for number in kept]
