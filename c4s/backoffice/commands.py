"""Commands that keep the house: ``flask worker | nightly``."""

import logging
import signal
from datetime import timedelta
from threading import Event
from types import FrameType

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from c4s.accounts import actions as accounts
from c4s.core import once, throttle
from c4s.core.clock import now
from c4s.core.migrating import migrate
from c4s.core.units import unit_of_work
from c4s.events import actions as events
from c4s.i18n.formats import uk
from c4s.mail import delivery

log = logging.getLogger("c4s")

LETTERS_EVERY = 2.0  # seconds
PLACES_EVERY = timedelta(minutes=1)
NIGHT = 3  # o'clock, in Wales


def tonight() -> dict[str, int]:
    """Everything that is only kept for a time, forgotten in its time. Safe to run twice.

    Returns:
        how many of each were forgotten.
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
        **accounts.forget_old(),
    }


@click.command()
@with_appcontext
def nightly() -> None:
    """Forget what is kept only for a time; run every night (the worker does)."""
    migrate()
    for name, number in tonight().items():
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
