"""The same town and browser as the pages’ own tests; people with windows of their own, and the post."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from email.message import EmailMessage
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Browser

from c4s.core import throttle
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.events.models import Booking, Event
from c4s.mail import delivery
from tests.browser import machine
from tests.browser.machine import Town
from tests.browser.reader import Reader, translator
from tests.events import builders

Somebody = Callable[[], Reader]
EVENTS = count(12)


def pytest_unconfigure() -> None:
    """Close the town when every window in it, of these tests and of others, is closed."""
    machine.stop()


@pytest.fixture(scope="session")
def town() -> Town:
    return machine.town()


@pytest.fixture(scope="session")
def browser() -> Browser:
    return machine.browser()


@pytest.fixture
def somebody(browser: Browser, town: Town, language: str) -> Iterator[Somebody]:
    """Another person, with a window of their own, who speaks the language of the story."""
    with ExitStack() as windows:

        def come() -> Reader:
            return windows.enter_context(Reader(browser, town.root, translator(town.site), language))

        yield come


class Post:
    """The letters of the town: each is delivered when somebody looks for theirs."""

    def __init__(self, town: Town) -> None:
        self.town = town

    def to(self, address: str) -> list[EmailMessage]:
        with self.town.site.app_context():
            delivery.send_due()
            db.session.remove()
        return [one for one in self.town.site.extensions["c4s.mail"].messages if address in one["To"]]

    def last_to(self, address: str) -> EmailMessage:
        return self.to(address)[-1]


def words_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link_in(letter: EmailMessage, language: str) -> str:
    """The address in a letter that leads to somebody’s place, in a language."""
    path = {"cy": "/cy/fy-lle/", "en": "/en/my-place/"}[language]
    found = re.search(rf"http://\S+{path}\S+", words_of(letter))
    assert found is not None
    return found[0]


@pytest.fixture
def post(town: Town) -> Post:
    return Post(town)


class Hall:
    """Where the story’s events are held."""

    def __init__(self, town: Town) -> None:
        self.town = town

    def event(self, capacity: int = 1, **facts: Any) -> int:
        """A workshop in a fortnight, at a time of its own: the town’s other tests see it in its lists.

        Returns its number.
        """
        starts = now() + timedelta(days=14, minutes=5 * next(EVENTS))
        with self.town.site.app_context():
            venue = builders.a_venue().id
            number = builders.an_event(capacity=capacity, venue_id=venue, starts_at=starts, **facts).id
            db.session.remove()
        return number

    def states(self, event: int) -> list[str]:
        """How everybody stands who asked for a place, in the order they asked."""
        with self.town.site.app_context():
            states = builders.states(db.session.get_one(Event, event))
            db.session.remove()
        return states

    def references(self, event: int) -> list[str]:
        with self.town.site.app_context():
            found = [one.reference for one in db.session.query(Booking).filter_by(event_id=event)]
            db.session.remove()
        return found


@pytest.fixture
def hall(town: Town) -> Hall:
    return Hall(town)


@pytest.fixture(autouse=True)
def another_hour(town: Town) -> None:
    """Each story happens in an hour of its own: all its people share one network with those of the others."""
    with town.site.app_context():
        unit_of_work(throttle.forget_old)(now() + timedelta(days=2))
        db.session.remove()
