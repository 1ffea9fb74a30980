"""Several workers post the same reminders at one moment: everybody has one letter."""

import multiprocessing
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from c4s.core.clock import now
from c4s.core.db import db
from c4s.events.models import Reminder
from c4s.mail.models import OutgoingLetter
from tests.conftest import SETTINGS
from tests.events.builders import an_event, booked
from tests.races import racers

WORKERS, PEOPLE = 2, 30

pytestmark = pytest.mark.race


def test_two_workers_remind_everybody_once(course):
    site, address = course
    with site.app_context():
        event = an_event(capacity=PEOPLE, starts_at=now() + timedelta(days=14))
        for number in range(PEOPLE):
            booked(event, f"person{number}")
        moment = event.starts_at - timedelta(days=7)
        db.session.remove()
        db.engine.dispose()
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.races.racers"])
    barrier, results = processes.Barrier(WORKERS), processes.Queue()
    given = (replace(SETTINGS, database_url=address), moment, barrier, results)
    running = [processes.Process(target=racers.remind, args=given) for _ in range(WORKERS)]
    for process in running:
        process.start()
    posted = [results.get(timeout=racers.LONGEST_RACE) for _ in running]
    for process in running:
        process.join()
        process.close()
    results.close()
    with site.app_context():
        rows = db.session.query(OutgoingLetter.to_address).filter_by(letter="events/week_before")
        letters = Counter(row.to_address for row in rows)
        assert (sum(posted), db.session.query(Reminder).count()) == (PEOPLE, PEOPLE)
        assert letters == Counter(f"person{number}@example.cymru" for number in range(PEOPLE))
        db.session.remove()
