"""The nightly work: everything that is only kept for a time is forgotten in its time."""

from datetime import timedelta

import time_machine

from c4s.backoffice.commands import tonight
from tests.accounts.rows import people, unproved
from tests.conftest import NOW
from tests.events.builders import an_event, booked


def test_the_night_forgets_of_every_capability_what_is_old_and_twice_is_once(site):
    unproved()
    booked(an_event(), "mair", needs="Dolen glyw")
    with time_machine.travel(NOW + timedelta(days=400), tick=False):
        done = {name: number for name, number in tonight().items() if number}
        assert done == {"access needs": 1, "bookings": 1, "attempts": 1, "unproved accounts": 1}
        assert {name: number for name, number in tonight().items() if number} == {}
    assert people() == []
