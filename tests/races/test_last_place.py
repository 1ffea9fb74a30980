"""Eight processes ask for the last places at one moment, many times over.

Every round must give out exactly the places there are; with the locks taken away, some round must not:
otherwise the race would prove nothing.
"""

import multiprocessing
from dataclasses import replace
from datetime import timedelta
from itertools import groupby

import pytest
from flask import Flask
from sqlalchemy import text

from c4s.audit.models import Entry
from c4s.core.clock import now
from c4s.core.db import db
from c4s.events.models import Booking
from c4s.mail.models import OutgoingLetter
from tests.conftest import SETTINGS
from tests.events.builders import an_event
from tests.races import racers

RACERS = 8
ROUNDS = 100  # for one place, and as many for five
ROUNDS_WITHOUT_LOCKS = 20

pytestmark = pytest.mark.race


def raced(course: tuple[Flask, str], rounds: list[int], *, locked: bool = True) -> list[list[str]]:
    """Run one round for each number of places; the answers of each racer, in the order of the rounds."""
    site, address = course
    with site.app_context():
        start = now() + timedelta(days=30)
        events = [an_event(capacity=places, starts_at=start).id for places in rounds]
        db.session.remove()
        db.engine.dispose()
    # Processes from a clean server: nothing of this one, open connections least of all, comes along.
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.races.racers"])
    barrier, results = processes.Barrier(RACERS), processes.Queue()
    race = racers.Race(replace(SETTINGS, database_url=address), events, locked)
    running = [processes.Process(target=racers.run, args=(number, race, barrier, results)) for number in range(RACERS)]
    for process in running:
        process.start()
    answers = dict(results.get(timeout=racers.LONGEST_RACE) for _ in running)
    for process in running:
        process.join()
        process.close()
    results.close()
    return [answers[number] for number in range(RACERS)]


def standings(site: Flask) -> list[list[str]]:
    """For each event, its states in the order of the queue."""
    with site.app_context():
        order = (Booking.event_id, Booking.joined_at, Booking.id)
        rows = db.session.query(Booking.event_id, Booking.state).order_by(*order).all()
        return [[str(row.state) for row in of_event] for _, of_event in groupby(rows, lambda row: row.event_id)]


def test_the_last_places_are_given_out_once(course):
    rounds = [1, 5] * ROUNDS
    answers = raced(course, rounds)
    fair = [["confirmed"] * places + ["waiting"] * (RACERS - places) for places in rounds]
    assert standings(course[0]) == fair
    told = [sorted(one_round) for one_round in zip(*answers, strict=True)]
    assert told == fair  # everybody was told what was kept, and nobody met an error
    with course[0].app_context():
        counts = (db.session.query(OutgoingLetter).count(), db.session.query(Entry).count())
        assert counts == (RACERS * len(rounds), (RACERS + 1) * len(rounds))  # the trail tells of the events too


def test_without_the_locks_places_are_given_out_twice(course):
    site, _ = course
    with site.app_context(), db.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER booking_never_oversold_insert"))
            connection.execute(text("DROP TRIGGER booking_never_oversold_update"))
        else:
            connection.execute(text("DROP TRIGGER booking_never_oversold ON booking"))
    raced(course, [1] * ROUNDS_WITHOUT_LOCKS, locked=False)
    assert max(one_round.count("confirmed") for one_round in standings(site)) > 1
