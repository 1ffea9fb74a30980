"""Commands that keep the house: ``flask worker | nightly``."""

import logging
import signal
from datetime import timedelta
from threading import Event
from types import FrameType

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from c4s.accounts import night
from c4s.audit import trail
from c4s.businesses import actions as businesses
from c4s.buyers import actions as buyers
from c4s.cases import actions as cases
from c4s.core import once, schema, throttle
from c4s.core.clock import now
from c4s.core.migrating import migrate
from c4s.core.units import unit_of_work
from c4s.directory import claiming
from c4s.events import actions as events
from c4s.i18n.formats import uk
from c4s.mail import delivery
from c4s.news import actions as news

log = logging.getLogger("c4s")

LETTERS_EVERY = 2.0  # seconds
PLACES_EVERY = timedelta(minutes=1)
NIGHT = 3  # o'clock, in Wales


def tonight() -> dict[str, int]:
    """Everything that is only kept for a time, forgotten in its time, and the news of the week. Safe to run twice.

    Returns:
        how many of each were forgotten, and how many letters with news were posted.
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
        "invitations": businesses.forget_old(),
        "claims": claiming.forget_old(),
        **night.forget_old(),
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
        migrate()
    for name, number in (rehearsed() if dry_run else tonight()).items():
        click.echo(f"{name}: {number}")


@click.command()
@with_appcontext
def worker() -> None:
    """Send letters, pass on places and do the nightly work, until told to stop."""
    stopped = Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    places_at, night_done = now(), None  # the nightly work is done at the start too: not every machine is up at night
    while not stopped.wait(LETTERS_EVERY):
        try:
            with app.app_context():
                if now() >= places_at:
                    events.lapse_due()
                    places_at = now() + PLACES_EVERY
                delivery.send_due()
                night = (uk(now()) - timedelta(hours=NIGHT)).date()
                if night_done != night:
                    tonight()
                    night_done = night
        except Exception:
            # A database that is away for a moment must not end the letters for good.
            log.exception("The worker goes on after a problem")
            stopped.wait(LETTERS_EVERY * 5)
