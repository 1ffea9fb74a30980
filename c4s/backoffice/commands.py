"""Commands that keep the house: ``flask worker | nightly``."""

import logging
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import import_module
from threading import Event
from types import FrameType

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from c4s.accounts import night
from c4s.attendance import actions as attendance
from c4s.audit import trail
from c4s.businesses import actions as businesses
from c4s.buyers import actions as buyers
from c4s.cases import actions as cases
from c4s.core import once, schema, throttle
from c4s.core.clock import now
from c4s.core.units import unit_of_work
from c4s.directory import claiming
from c4s.entries import actions as entries
from c4s.events import actions as events
from c4s.events import checking, filling, reminding
from c4s.feedback import actions as feedback
from c4s.freshness import actions as freshness
from c4s.i18n.formats import uk
from c4s.mail import delivery
from c4s.news import actions as news
from c4s.profiles import pictures
from c4s.programme import actions as programme
from c4s.quality import actions as quality
from c4s.reports import actions as reports
from c4s.takedowns import actions as takedowns
from c4s.translations import actions as translations

log = logging.getLogger("c4s")

PAUSE = 2.0  # seconds; letters go after each
PLACES_EVERY = timedelta(minutes=1)
CHECK_EVERY = timedelta(hours=1)
AFTER_A_PROBLEM = timedelta(seconds=10)
NIGHT = 3  # o'clock, in Wales


def tonight() -> dict[str, int]:
    """Everything that is only kept for a time, forgotten in its time; entries that nobody confirms; and the news of the
    week. Safe to run twice.

    Returns:
        how many of each were forgotten, archived or asked about, and how many letters with news were posted.
    """
    needs, bookings = events.forget_old()

    @unit_of_work
    def forget() -> tuple[int, int]:
        return throttle.forget_old(now() - timedelta(hours=24)), once.forget_old(now() - timedelta(days=30))

    attempts, keys = forget()
    return {
        "letters": delivery.purge(),
        "access needs": needs,
        "bookings": bookings,
        "attempts": attempts,
        "form keys": keys,
        "trail": trail.forget_old(now()),
        "buyer requests": buyers.forget_old(),
        "cases": cases.forget_old(),
        "reports": reports.forget_old(),
        "codes of entries": freshness.forget_old(),
        "invitations": businesses.forget_old(),
        "claims": claiming.forget_old(),
        "hidden entries": takedowns.forget_old(),
        "translation wishes": translations.forget_old(),
        "pictures": pictures.forget_unused(),
        "certificates": attendance.forget_old(),
        "words of feedback": feedback.forget_old(),
        **night.forget_old(),
        "entries archived": freshness.archive_due(),
        "entries asked about": freshness.send_due(),
        "news": news.send_due(),
    }


class Rehearsed(Exception):
    """The night was gone through; everything in it is undone. ``done`` says what it would have been."""

    def __init__(self, done: dict[str, int]) -> None:
        super().__init__()
        self.done = done


def rehearsed() -> dict[str, int]:
    """What ``tonight`` would forget, as one unit of work that is undone: nothing is changed, and no letter posted."""

    @unit_of_work
    def undone() -> None:
        raise Rehearsed(tonight())

    try:
        undone()
    except Rehearsed as rehearsal:
        return rehearsal.done
    raise AssertionError  # it always ends by being undone


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be forgotten, and forget nothing.")
@with_appcontext
def nightly(dry_run: bool) -> None:
    """Forget what is kept only for a time; run every night (the worker does)."""
    if dry_run and not schema.is_newest():
        raise click.ClickException(
            "The tables are not those of this code yet: any other command brings them up to date."
        )
    if not dry_run:
        import_module("c4s.core.migrating").migrate()  # the worker, which lives long, would be a quarter larger with it
    for name, number in (rehearsed() if dry_run else tonight()).items():
        click.echo(f"{name}: {number}")


@dataclass
class Job:
    """What the worker does again and again, whatever becomes of its other jobs.

    Attributes:
        every: how long it waits in between; nothing for each round.
        next_at: when it is done next.
    """

    do: Callable[[], object]
    every: timedelta
    next_at: datetime

    def take_turn(self, app: Flask) -> None:
        """Do it, if its time has come. What goes wrong is told in the log, and tried again in its time."""
        if now() < self.next_at:
            return
        wait = self.every
        try:
            with app.app_context():
                self.do()
        except Exception:
            # A database that is away for a moment must not end the letters for good, nor one job the others.
            log.exception("The worker goes on after a problem")
            wait = max(wait, AFTER_A_PROBLEM)
        self.next_at = now() + wait


class Nights:
    """The nightly work, once for each night; and at the start, for not every machine is up at night."""

    done: date | None = None

    def __call__(self) -> None:
        night = (uk(now()) - timedelta(hours=NIGHT)).date()
        if self.done != night:
            tonight()
            self.done = night


def jobs() -> Sequence[Job]:
    """All that the worker does, in the order of a round."""
    plan: tuple[tuple[Callable[[], object], timedelta], ...] = (
        (programme.publish_due, PLACES_EVERY),
        (filling.lapse_due, PLACES_EVERY),
        (reminding.send_due, PLACES_EVERY),
        (quality.end_past, PLACES_EVERY),
        (quality.ask_to_sign, PLACES_EVERY),
        (entries.file_renamed, PLACES_EVERY),
        (quality.remind_due, CHECK_EVERY),
        (checking.watch, CHECK_EVERY),
        (delivery.send_due, timedelta()),
        (Nights(), timedelta()),
    )
    return [Job(do, every, now()) for do, every in plan]


@click.command()
@with_appcontext
def worker() -> None:
    """Send letters, publish events, pass on places, remind people and do the nightly work, until told to stop."""
    stopped = Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    round_of_jobs = jobs()
    while not stopped.wait(PAUSE):
        for job in round_of_jobs:
            job.take_turn(app)
