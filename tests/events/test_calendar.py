"""Calendars are read back by two readers: the library that wrote them, and one of a few lines here."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from icalendar import Calendar

from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.events import actions, calendar
from c4s.events.models import Event
from c4s.events.rules import EventKind, EventState
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


@pytest.mark.parametrize("name", ["Cwmni: Cyf, a’i ffrindiau; oll", 'Y "Felin"'])
def test_the_name_of_the_organisation_may_hold_any_mark(site, monkeypatch, name):
    monkeypatch.setitem(site.extensions, "c4s.settings", replace(site.extensions["c4s.settings"], organisation=name))
    text = calendar.of_event(an_event(), "cy")
    [entry] = entries(text)
    assert entry["ORGANIZER"].params["CN"] == name
    assert str(entry["ORGANIZER"]) == "mailto:connect4success@example.wales"


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
    assert (names["REFRESH-INTERVAL;VALUE=DURATION"], names["X-PUBLISHED-TTL"]) == ("PT6H", "PT6H")
    assert timedelta(hours=6) == calendar.ASK_AGAIN
    db.session.rollback()


def moments(text: str) -> list[tuple[str, datetime, datetime]]:
    """What each entry is known by, and when it starts and ends, as the second reader has them."""
    found, entry = [], {}
    for name, value in raw(text):
        if (name, value) == ("BEGIN", "VEVENT"):
            entry = {}
        entry[name] = value
        if (name, value) == ("END", "VEVENT"):
            times = [datetime.strptime(entry[one], "%Y%m%dT%H%M%S%z") for one in ("DTSTART", "DTEND")]
            found.append((entry["UID"], *times))
    return found


CHANGES = (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC))
"""When clocks go forward, and when they go back."""
MINUTES = some.integers(0, 4 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    some.sampled_from(CHANGES),
    some.lists(some.tuples(MINUTES, some.integers(1, 600)), min_size=1, max_size=5, unique_by=lambda one: one[0]),
    some.sampled_from(list(EventState)[1:]),
)
def test_every_sitting_is_the_same_moment_for_both_readers_around_both_changes_of_the_clock(
    site, change, sittings, state
):
    """A course with any sittings in the two days before a change of the clocks and the two after it."""
    times = sorted(
        (change - timedelta(days=2) + since, change - timedelta(days=2) + since + timedelta(minutes=minutes))
        for since, minutes in sittings
    )

    @unit_of_work
    def made() -> Event:
        course = an_event(
            kind=EventKind.COURSE, starts_at=times[0][0], ends_at=max(ends for _, ends in times), sessions=times
        )
        course.state = state
        return course

    event = made()
    for text in (calendar.of_event(event, "cy"), calendar.of_events([event], "en", "Events")):
        read = entries(text)
        assert [(entry["DTSTART"].dt, entry["DTEND"].dt) for entry in read] == times
        names = [f"event-{event.id}{'' if n == 0 else f'-{n + 1}'}@127.0.0.1" for n in range(len(times))]
        assert moments(text) == [(name, *one) for name, one in zip(names, times, strict=True)]
        assert [str(entry["UID"]) for entry in read] == names
        status = {"cancelled": "CANCELLED", "postponed": "TENTATIVE"}.get(state, "CONFIRMED")
        assert {str(entry["STATUS"]) for entry in read} == {status}


def test_the_place_of_somebody_on_a_course_is_every_sitting_of_it(site):
    starts = datetime(2026, 12, 7, 10, tzinfo=UTC)
    times = [(starts + timedelta(days=7 * n), starts + timedelta(days=7 * n, hours=1)) for n in range(3)]
    event = an_event(kind=EventKind.COURSE, starts_at=starts, ends_at=times[-1][1], sessions=times)
    place = booked(event)
    names = [f"{place.reference}{end}@127.0.0.1" for end in ("", "-2", "-3")]
    given_out = entries(calendar.of_booking(place, "en"))
    assert [str(entry["UID"]) for entry in given_out] == names
    assert str(given_out[1]["SUMMARY"]) == "Starting a business (2/3)"
    actions.cancel(place.id)
    text = calendar.of_booking(place, "en")
    taken_back = entries(text)
    assert dict(raw(text))["METHOD"] == "CANCEL"
    assert [(str(one["UID"]), str(one["STATUS"]), one["SEQUENCE"]) for one in taken_back] == [
        (name, "CANCELLED", 1) for name in names
    ]


@pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.POSTPONED])
def test_an_event_that_is_not_held_as_planned_leaves_the_calendar_of_those_who_have_a_place(site, state):
    """A day that nobody should come on is taken away; when there is a new one, it is put back."""
    place = booked(an_event())

    @unit_of_work
    def changed(state: EventState) -> None:
        event = db.session.get_one(Event, place.event_id)
        event.state, event.sequence = state, event.sequence + 1

    changed(state)
    text = calendar.of_booking(place, "cy")
    assert (dict(raw(text))["METHOD"], dict(raw(text))["STATUS"], dict(raw(text))["SEQUENCE"]) == (
        "CANCEL",
        "CANCELLED",
        "1",
    )
    changed(EventState.PUBLISHED)
    text = calendar.of_booking(place, "cy")
    assert (dict(raw(text))["METHOD"], dict(raw(text))["SEQUENCE"]) == ("PUBLISH", "2")
