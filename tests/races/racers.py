"""What each process of a race does. A module of its own, because new processes import it and nothing else."""

from dataclasses import dataclass
from datetime import datetime
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier

from c4s.core import units
from c4s.core.config import Settings
from c4s.core.db import db
from c4s.events import reminding, signing_up
from c4s.events.steps import SignUp
from c4s.mail.models import Channel
from c4s.site import create_app

TOGETHER = 60.0  # seconds after which a racer who waits for the others gives up
LONGEST_RACE = 300.0  # seconds


@dataclass(frozen=True)
class Race:
    """Which database, which events in turn, and whether the locks are on."""

    settings: Settings
    events: list[int]
    locked: bool


def run(number: int, race: Race, start: Barrier, results: "Queue[tuple[int, list[str]]]") -> None:
    """Sign up for each event at the moment when all the others do; report every answer, or what went wrong."""
    site = create_app(race.settings)
    if not race.locked:
        units._begin = lambda session: session.expire_all()
        signing_up.held = lambda model, number: db.session.get_one(model, number)
    answers = []
    with site.app_context():
        for event in race.events:
            who = SignUp(f"Racer {number}", Channel.EMAIL, f"racer{number}@example.com", "cy", "cy", "cy")
            start.wait(TOGETHER)
            try:
                answers.append(str(signing_up.book_place(event, who, key=f"race-{event:08}-{number:08}").state))
            except Exception as problem:
                answers.append(f"{type(problem).__name__}: {problem}")
            db.session.remove()
        db.engine.dispose()
    results.put((number, answers))


def remind(settings: Settings, moment: datetime, start: Barrier, results: "Queue[int]") -> None:
    """Be one of several workers who all post what is due at a moment; report how many letters."""
    site = create_app(settings)
    with site.app_context():
        start.wait(TOGETHER)
        results.put(reminding.send_due(moment))
        db.session.remove()
        db.engine.dispose()
