"""Calendars are read back by two readers: the library that wrote them, and one of a few lines here."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from icalendar import Calendar

from c4s.core.db import db
from c4s.events import actions, calendar
from c4s.events.models import Event
from c4s.i18n.bilingual import Bilingual
from tests.events.builders import a_venue, an_event, booked

LONGEST_LINE = 75  # octets, RFC 5545 3.1


def raw(text: str) -> list[tuple[str, str]]:
    """Names and values of a calendar's lines, unfolded; a second reader, so that no library checks itself."""
    assert text.endswith("\r\n")
    lines = text.encode().split(b"\r\n")[:-1]
    assert [line for line in lines if len(line) > LONGEST_LINE or b"\n" in line or b"\r" in line] == []
    whole: list[str] = []
    for line in lines:
        said = line.decode()  # fails where a letter was cut in two
        if said.startswith(" "):
            whole[-1] += said[1:]
        else:
            whole.append(said)
    return [tuple(line.partition(":")[::2]) for line in whole]


def entries(text: str) -> list:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def test_an_event_says_when_where_and_in_which_language(site, language):
    event = an_event(venue_id=a_venue().id)
    text = calendar.of_event(event, language)
    [entry] = entries(text)
    title, venue = {
        "cy": ("Dechrau busnes", "Canolfan y Felin"),
        "en": ("Starting a business", "The Mill Centre"),
    }[language]
    assert (str(entry["SUMMARY"]), str(entry["LOCATION"])) == (title, f"{venue}, 1 Stryd y Felin, CF37 1AA")
    assert entry["SUMMARY"].params["LANGUAGE"] == language
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (event.starts_at, event.ends_at)
    assert (str(entry["UID"]), entry["SEQUENCE"], str(entry["STATUS"])) == (
        f"event-{event.id}@127.0.0.1",
        0,
        "CONFIRMED",
    )
    assert f"/{language}/" in str(entry["URL"])
    assert str(entry["ORGANIZER"]) == "mailto:connect4success@example.wales"
    names = dict(raw(text))
    assert (names["METHOD"], names["VERSION"]) == ("PUBLISH", "2.0")


@pytest.mark.parametrize(
    ("starts", "ends", "written"),
    [
        # Clocks go forward on 29 March 2026 at 01:00 UTC, and back on 25 October.
        (
            datetime(2026, 3, 28, 23, 30, tzinfo=UTC),
            datetime(2026, 3, 29, 2, 0, tzinfo=UTC),
            "20260328T233000Z",
        ),
        (
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            "20261025T003000Z",
        ),
    ],
)
def test_times_are_the_same_moment_across_both_changes_of_the_clock(site, starts, ends, written):
    event = an_event(starts_at=starts, ends_at=ends)
    text = calendar.of_event(event, "cy")
    [entry] = entries(text)
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (starts, ends)
    assert dict(raw(text))["DTSTART"] == written


def test_a_title_cannot_smuggle_in_another_line(site):
    title = "Gŵyl\r\nATTACH:http://evil.example\rX-A:1\n;,\\"
    event = an_event(title=Bilingual(title, "Festival"))
    text = calendar.of_event(event, "cy")
    [entry] = entries(text)
    assert str(entry["SUMMARY"]) == "Gŵyl ATTACH:http://evil.example X-A:1 ;,\\"
    assert [name for name, _ in raw(text) if name in ("ATTACH", "X-A")] == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.text(max_size=200).map("Gŵyl ".__add__), some.text(max_size=300).map("Y ".__add__))
def test_any_words_survive_folding_and_escaping(site, title, summary):
    event = Event(
        id=7,
        title=Bilingual(title, title),
        summary=Bilingual(summary, summary),
        starts_at=datetime(2026, 5, 1, tzinfo=UTC),
        ends_at=datetime(2026, 5, 2, tzinfo=UTC),
        updated_at=datetime(2026, 1, 1, tzinfo=UTC),
        sequence=0,
    )
    text = calendar.of_event(event, "cy")
    [entry] = entries(text)
    assert str(entry["SUMMARY"]) == calendar.tidy(title)
    allowed = set(
        "BEGIN END UID DTSTAMP LAST-MODIFIED SEQUENCE DTSTART DTEND URL STATUS VERSION PRODID METHOD "
        "SUMMARY;LANGUAGE=cy DESCRIPTION;LANGUAGE=cy ORGANIZER;CN=Connect4Success".split()
    )
    assert {name for name, _ in raw(text)} <= allowed


def test_a_place_has_an_entry_of_its_own_that_a_later_message_takes_away(site):
    event = an_event(online=True, online_address="https://meet.example.com/felin")
    place = booked(event)
    given_out = entries(calendar.of_booking(place, "en"))[0]
    assert str(given_out["UID"]) == f"{place.reference}@127.0.0.1"
    assert (str(given_out["LOCATION"]), given_out["SEQUENCE"]) == ("https://meet.example.com/felin", 0)
    actions.cancel(place.id)
    text = calendar.of_booking(place, "en")
    taken_back = entries(text)[0]
    assert dict(raw(text))["METHOD"] == "CANCEL"
    assert (taken_back["UID"], taken_back["SEQUENCE"], str(taken_back["STATUS"])) == (
        given_out["UID"],
        1,
        "CANCELLED",
    )
    assert "LOCATION" not in taken_back


def test_the_address_of_an_online_event_is_in_no_public_calendar(site):
    event = an_event(online=True, online_address="https://meet.example.com/felin")
    assert "meet.example.com" not in calendar.of_event(event, "cy")
    unproved = booked(event, proved=False)
    assert "meet.example.com" not in calendar.of_booking(unproved, "cy")


def test_a_feed_has_a_name_and_asks_to_be_read_again(site):
    events = [an_event(), an_event(starts_at=datetime(2026, 12, 24, 10, 0, tzinfo=UTC))]
    text = calendar.of_events(events, "cy", "Hyfforddiant a digwyddiadau")
    assert [str(entry["UID"]) for entry in entries(text)] == [f"event-{event.id}@127.0.0.1" for event in events]
    names = dict(raw(text))
    assert names["X-WR-CALNAME;LANGUAGE=cy"] == "Hyfforddiant a digwyddiadau"
    assert names["REFRESH-INTERVAL;VALUE=DURATION"] == "PT6H"
    assert timedelta(hours=6) == calendar.ASK_AGAIN
    db.session.rollback()
