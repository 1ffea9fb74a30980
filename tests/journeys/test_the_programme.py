"""Mair makes a workshop over two visits, publishes, moves and cancels it; Nia, who has a place, is told each time."""

import re

import pytest

from c4s.core.db import db
from c4s.events.models import Event
from c4s.web.rights import Who
from tests.browser.machine import Town
from tests.events import builders
from tests.journeys.conftest import Post, Somebody, words_of
from tests.journeys.test_without_email import at_the_desk

pytestmark = pytest.mark.browser

OTHER = {"cy": "en", "en": "cy"}
REASON = {"cy": "Mae’r ystafell ar gau am y tro.", "en": "The room is closed for now."}


def method_of(letter) -> str:
    """What the calendar file of a letter asks of somebody’s calendar."""
    [file] = letter.iter_attachments()
    found = re.search(r"METHOD:(\w+)", file.get_content())
    assert found is not None
    return found[1]


def test_mair_makes_moves_and_cancels_a_workshop_and_nia_is_told_each_time(
    somebody: Somebody, post: Post, town: Town, language: str
) -> None:
    other, who = OTHER[language], f"nia.rhaglen.{language}"
    nia_at = f"{who}@example.cymru"
    title = {"cy": f"Prisio’ch gwaith {language}", "en": f"Pricing your work {language}"}

    # The first visit: Mair writes what she has, in her own language, and saves it.
    mair = somebody()
    at_the_desk(mair, town, f"mair.{language}.rhaglen", Who.EDITOR)
    mair.open(town.address("backoffice.desk", language))
    mair.follow("Programme")
    mair.follow("Write a new event")
    mair.fill(kind="workshop")
    mair.press()
    mair.fill(**{f"title_{language}": title[language]}, starts_on="31/02/2027", starts_time="10:00")
    mair.press()
    assert (mair.status, len(mair.errors), mair.focus()) == (422, 1, "error-summary")
    assert mair.values()["starts_on"] == "31/02/2027"
    mair.fill(starts_on="18/02/2027")
    mair.press()
    assert mair.words("The draft is saved.") in mair.main
    assert mair.heading == title[language]

    # The second visit: what is missing is said beside its box, also in the other language of the page.
    mair.follow("Edit the draft")
    mair.fill(ends_time="12:00", capacity="3", online=True, online_address="https://meet.example.wales/prisio")
    mair.press("Save, and go on to publish")
    assert (mair.status, len(mair.errors)) == (422, 3)
    mair.say_it_in(other)
    assert mair.values()[f"title_{language}"] == title[language]
    mair.say_it_in(language)
    mair.fill(title_cy=title["cy"], title_en=title["en"], summary_cy="Beth i’w godi.", summary_en="What to charge.")
    mair.press()
    mair.follow("Preview")
    seen = "This is a preview. Readers do not see it yet. Change the language at the top to see the other one."
    assert (title[language] in mair.main, mair.words(seen) in mair.main) == (True, True)
    mair.go_back()
    mair.follow("Publish")
    mair.press()
    assert mair.words("The event is published.") in mair.main
    event = int(mair.path.rpartition("/")[2])

    # Nia takes a place.
    with town.site.app_context():
        builders.booked(db.session.get_one(Event, event), who, language_written=language)
        db.session.remove()
    post.to(nia_at)

    # Mair gives it another day: she is told who will hear of it, and Nia’s calendar moves.
    mair.follow("Change the event or give it a new date")
    mair.press()
    mair.fill(starts_on="25/02/2027")
    mair.press("Save, and go on to publish")
    assert mair.words("Who will be told") in mair.main
    mair.fill(notice_cy=REASON["cy"], notice_en=REASON["en"])
    mair.press()
    moved = post.last_to(nia_at)
    assert "25" in words_of(moved) and "18" in words_of(moved)
    assert (REASON[language] in words_of(moved), REASON[other] in words_of(moved)) == (True, False)
    assert (moved["Content-Language"], method_of(moved)) == (language, "PUBLISH")

    # She has to cancel it. A reason in one language alone will not do.
    mair.follow("Cancel the event")
    mair.fill(**{f"notice_{language}": REASON[language]})
    mair.press()
    assert (mair.status, len(mair.errors)) == (422, 1)
    mair.fill(**{f"notice_{other}": REASON[other]})
    mair.press()
    assert mair.words("The event is cancelled, and messages to everybody are on their way.") in mair.main
    cancelled = post.last_to(nia_at)
    assert (REASON[language] in words_of(cancelled), method_of(cancelled)) == (True, "CANCEL")
    assert REASON[language] in mair.main
