"""Eleri looks for something to learn: by theme, in a month on the wall, and in her own calendar from then on."""

from datetime import timedelta
from urllib.request import urlopen

import pytest
from icalendar import Calendar

from c4s.core.clock import now
from c4s.core.db import db
from c4s.events.models import Event
from c4s.events.rules import EventKind
from c4s.i18n import formats
from c4s.i18n.bilingual import Bilingual
from c4s.taxonomy import queries as taxonomy
from tests.browser.machine import Town
from tests.events.builders import an_event
from tests.journeys.conftest import EVENTS, Somebody

pytestmark = pytest.mark.browser

TITLE = Bilingual("Gofalu am wenyn", "Caring for bees")
OTHER = Bilingual("Plygu papur", "Folding paper")


def a_course() -> Event:
    """A course of two days under a theme that nothing else in the town is under, and a workshop under another."""
    starts = now() + timedelta(days=20, minutes=5 * next(EVENTS))
    themes = taxonomy.categories().by_code
    an_event(title=OTHER, starts_at=starts, category_ids=[themes["food"].id])
    sessions = [(starts + timedelta(days=day), starts + timedelta(days=day, hours=2)) for day in (0, 7)]
    return an_event(
        kind=EventKind.COURSE,
        title=TITLE,
        starts_at=starts,
        ends_at=sessions[-1][1],
        sessions=sessions,
        category_ids=[themes["land"].id],
    )


def test_eleri_finds_a_course_by_its_theme_sees_the_month_and_subscribes(
    somebody: Somebody, town: Town, language: str
) -> None:
    with town.site.app_context():
        course = a_course()
        theme = taxonomy.categories().by_code["land"].name.spoken(language)[0]
        title, number = TITLE.spoken(language)[0], course.id
        first = formats.uk(course.starts_at)
        second = first + timedelta(days=7)
        month = f"{formats.month_name(first, language)} {first.year}"
        db.session.remove()

    eleri = somebody()
    eleri.open(town.address("events.index", language))
    eleri.page.locator("summary", has_text=eleri.words("Theme")).click()
    eleri.use(eleri.page.locator(".filter a", has_text=theme))
    found = eleri.page.locator(".events h3").all_inner_texts()
    assert title in found and OTHER.spoken(language)[0] not in found

    # The month shows the course on the day it starts and, if that is the same month, a week later too.
    eleri.follow("See the month as a calendar")
    assert eleri.heading == month
    days = [cell.inner_text() for cell in eleri.page.locator("td", has_text=title).all()]
    assert len(days) == (2 if second.month == first.month else 1)
    assert f"{first:%H:%M} {title}" in days[0]

    # Back on the list the theme is still chosen, and the calendar to subscribe to is narrowed by it.
    eleri.follow("See as a list, and narrow it")
    feed = str(eleri.page.locator("a[href^='webcal:']").first.get_attribute("href"))
    assert "theme=land" in feed
    path = feed.partition("//")[2].partition("/")[2]
    with urlopen(f"{town.root}/{path}") as answer:
        entries = Calendar.from_ical(answer.read()).walk("VEVENT")
    mine = [str(entry["UID"]).partition("@")[0] for entry in entries if title in str(entry["SUMMARY"])]
    assert [f"event-{number}", f"event-{number}-2"] == mine[-2:]

    # The page of the course has both dates, and leads to a place.
    eleri.use(eleri.page.locator(".events a", has_text=title).last)
    assert len(eleri.page.locator("dl ol li").all()) == 2
    eleri.follow("Take a place")
