"""The questions that the worker asks every hour find each fault that is planted, and nothing in a house in order."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, text, update

from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.events import actions, checking, filling, making, places
from c4s.events.checking import Fault
from c4s.events.models import Booking, Event
from c4s.events.rules import EventKind
from c4s.mail.models import OutgoingLetter
from tests.conftest import NOW
from tests.events.builders import an_event, booked
from tests.events.test_actions import later


@unit_of_work
def put(booking, **values):
    db.session.execute(update(Booking).where(Booking.id == booking.id).values(**values))


@unit_of_work
def shrink(event):
    db.session.execute(update(Event).where(Event.id == event.id).values(capacity=1))


@unit_of_work
def lose_letters(booking):
    db.session.execute(delete(OutgoingLetter).where(OutgoingLetter.about_id == booking.id))


def a_busy_house():
    """Parties, a queue, an offer of a part, a surgery, and a party too large that waits while one place is free."""
    event = an_event(capacity=3, party_limit=4)
    first = booked(event, "nia", others=("A", "B"))
    booked(event, "mair", others=("C", "D", "E"), part_ok=True)
    booked(event, "huw", others=("F",))
    actions.keep_some(first.id, ["A"])
    start = NOW + timedelta(days=14)
    surgery = an_event(
        kind=EventKind.ADVICE_SURGERY, starts_at=start, sessions=[(start, start + timedelta(minutes=30))]
    )
    slot = places.slots(surgery.id)[0].id
    return event, first, booked(surgery, "siân", session_id=slot)


def test_nothing_is_wrong_with_a_busy_house_at_any_hour(site):
    a_busy_house()
    assert checking.faults() == []
    for hours in (1, 30, 60, 24 * 13):
        with later(timedelta(hours=hours)):
            filling.lapse_due()
            assert checking.faults() == []


def test_each_fault_that_is_planted_is_found_and_named(site):
    event, first, at_surgery = a_busy_house()

    def found():
        db.session.rollback()
        return [(one.fault, one.number) for one in checking.faults()]

    shrink(event)
    assert found() == [(Fault.TOO_MANY, event.id)]
    making.change_capacity(event.id, 3)
    put(first, party=1)
    assert (Fault.PARTY, first.id) in found()
    put(first, state="cancelled", party=2)
    assert found() == [(Fault.GAP, event.id)]
    put(first, state="confirmed", offer_until=NOW + timedelta(days=1))
    assert found() == [(Fault.TIMES, first.id)]
    put(first, offer_until=None)
    put(at_surgery, session_id=None)
    assert found() == [(Fault.SLOTS, at_surgery.id)]
    put(at_surgery, state="cancelled")
    lose_letters(at_surgery)
    assert found() == [(Fault.NO_LETTER, at_surgery.id)]


def test_the_command_says_which_and_ends_with_code_1(site):
    event, first, _ = a_busy_house()
    command = site.test_cli_runner()
    assert command.invoke(args=["check"]).exit_code == 0
    put(first, state="cancelled")
    told = command.invoke(args=["check"])
    assert (told.exit_code, told.output.strip()) == (1, f"event {event.id}: {Fault.GAP}")


def test_the_worker_writes_each_fault_in_the_log(site, caplog):
    event, first, _ = a_busy_house()
    assert (checking.watch(), caplog.messages) == (0, [])
    put(first, state="cancelled")
    assert (checking.watch(), caplog.messages) == (1, [f"Not as it must be: event {event.id}: {Fault.GAP}"])


def test_the_database_itself_refuses_a_time_to_two_people(site):
    _, _, at_surgery = a_busy_house()
    other = booked(an_event(), "gwen")
    with pytest.raises(Exception, match=r"(?i)unique"):
        put(other, session_id=at_surgery.session_id)
    db.session.rollback()
    assert db.session.execute(text("select 1")).scalar() == 1
