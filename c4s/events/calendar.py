"""Events as calendars read them (iCalendar, RFC 5545 and 5546)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import current_app

from c4s.core.config import Settings
from c4s.core.text import tidy
from c4s.events import queries, rules
from c4s.events.models import Booking, Event, Venue
from c4s.events.rules import BookingState, EventKind, EventState
from c4s.i18n import addresses
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.references import reference
from c4s.taxonomy import queries as taxonomy

if TYPE_CHECKING:
    from icalendar import Calendar
    from icalendar import Event as Entry

TYPE = "text/calendar"
ASK_AGAIN = timedelta(hours=6)  # how often a subscribed calendar should look
STATUS = {EventState.CANCELLED: "CANCELLED", EventState.POSTPONED: "TENTATIVE"}


class Method(StrEnum):
    """What a calendar is asked to do with what it is sent."""

    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


def _library() -> Any:
    """Loaded for the first calendar: a site that is starting writes none, and it is slow to load."""
    return import_module("icalendar")


def of_events(events: Iterable[Event], language: str, title: str) -> str:
    """A calendar to subscribe to, in one language.

    Args:
        title: what calendar programs call it.
    """
    calendar = _calendar(Method.PUBLISH, language)
    calendar.add("X-WR-CALNAME", title, parameters={"LANGUAGE": language})
    calendar.add("REFRESH-INTERVAL", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", _library().vDuration(ASK_AGAIN))
    events = list(events)
    about = _About.of(events, language)
    for event in events:
        _add(calendar, _entries(event, language, about))
    return _text(calendar)


def of_event(event: Event, language: str) -> str:
    """One event, for somebody who has not signed up for it."""
    calendar = _calendar(Method.PUBLISH, language)
    _add(calendar, _entries(event, language, _About.of([event], language)))
    return _text(calendar)


def is_gone(booking: Booking) -> bool:
    """Whether a calendar must forget somebody's place: it is given up, or its event is called off or put off."""
    return not rules.is_live(booking.state) or booking.event.state in (EventState.CANCELLED, EventState.POSTPONED)


def of_booking(booking: Booking, language: str, given_up: Booking | None = None) -> str:
    """Somebody's place at an event; once it is given up, the message that takes it out of their calendar.

    Args:
        given_up: a place that this one takes the place of, called off in the same message.
    """
    calendar = _calendar(Method.CANCEL if is_gone(booking) else Method.PUBLISH, language)
    for one in (booking, given_up) if given_up else (booking,):
        _add(calendar, _entries_of_booking(one, language))
    return _text(calendar)


@dataclass(frozen=True)
class _About:
    """What stands beside events: when the sittings of courses are, and what themes each is under, in words."""

    sittings: Mapping[int, Sequence[tuple[datetime, datetime]]]
    themes: Mapping[int, list[str]]

    @classmethod
    def of(cls, events: Sequence[Event], language: str) -> "_About":
        courses = [event.id for event in events if event.kind == EventKind.COURSE]
        names = taxonomy.categories().by_id
        themes = {
            number: [names[one].name.spoken(language)[0] for one in under]
            for number, under in queries.categories_of([event.id for event in events]).items()
        }
        return cls(queries.sessions(courses), themes)


def _entries_of_booking(booking: Booking, language: str) -> list["Entry"]:
    gone, event = is_gone(booking), booking.event
    entries = _entries(event, language, _About.of([event], language), name=booking.reference)
    for entry in entries:
        if booking.slot:
            del entry["DTSTART"], entry["DTEND"]
            entry.add("DTSTART", booking.starts_at)
            entry.add("DTEND", booking.ends_at)
        entry["SEQUENCE"] = event.sequence + booking.sequence
        if gone:
            entry["STATUS"] = "CANCELLED"
        elif booking.state == BookingState.CONFIRMED and booking.is_proved and event.online_address:
            entry.pop("LOCATION", None)
            entry.add("LOCATION", event.online_address)
    return entries


def _add(calendar: "Calendar", entries: Iterable["Entry"]) -> None:
    for entry in entries:
        calendar.add_component(entry)


def _calendar(method: Method, language: str) -> "Calendar":
    calendar: Calendar = _library().Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", f"-//Connect4Success//Events//{language.upper()}")
    calendar.add("METHOD", method.value)
    return calendar


def _entries(event: Event, language: str, about: _About, name: str = "") -> list["Entry"]:
    """An event, or each sitting of a course.

    What calendars know a sitting by is its place among the others: when its time changes, they change theirs.

    Args:
        name: what calendars know the event by; its own number, when left out.
    """
    name = name or f"event-{event.id}"
    sittings = about.sittings.get(event.id) or [(event.starts_at, event.ends_at)]
    themes = about.themes.get(event.id, [])
    entries = []
    for place_in_course, times in enumerate(sittings, 1):
        entry = _entry(event, language, times, themes)
        entry.add("UID", f"{name if place_in_course == 1 else f'{name}-{place_in_course}'}@{_host()}")
        title, title_language = event.title.spoken(language)
        which = f" ({place_in_course}/{len(sittings)})" if len(sittings) > 1 else ""
        entry.add("SUMMARY", f"{tidy(title)}{which}", parameters={"LANGUAGE": title_language})
        entries.append(entry)
    return entries


def _entry(event: Event, language: str, times: tuple[datetime, datetime], themes: list[str]) -> "Entry":
    """An event, its times in UTC, so that no calendar needs to know when clocks change in Wales."""
    title, _ = event.title.spoken(language)
    summary, summary_language = event.summary.spoken(language)
    entry: Entry = _library().Event()
    entry.add("DTSTAMP", event.updated_at)
    entry.add("LAST-MODIFIED", event.updated_at)
    entry.add("SEQUENCE", event.sequence)
    entry.add("DTSTART", times[0])
    entry.add("DTEND", times[1])
    if summary:
        entry.add("DESCRIPTION", tidy(summary, lines=True), parameters={"LANGUAGE": summary_language})
    where, where_language = place(event.venue).spoken(language)
    if where:
        entry.add("LOCATION", where, parameters={"LANGUAGE": where_language})
    entry.add("URL", addresses.link("events.show", language, event_id=reference(event.id, title)))
    if themes:
        entry.add("CATEGORIES", themes, parameters={"LANGUAGE": language})
    entry.add("STATUS", STATUS.get(event.state, "CONFIRMED"))
    organiser = _library().vCalAddress(f"mailto:{_settings().mail_from}")
    organiser.params["CN"] = _settings().organisation
    entry.add("ORGANIZER", organiser)
    return entry


def place(venue: Venue | None) -> Bilingual:
    """A venue's name and address on one line, in both languages; empty without a venue."""
    if venue is None:
        return Bilingual()
    lines = [[venue.name.spoken(code)[0], *venue.address, venue.postcode] for code in ("cy", "en")]
    return Bilingual(*(tidy(", ".join(filter(None, parts))) for parts in lines))


def _settings() -> Settings:
    settings: Settings = current_app.extensions["c4s.settings"]
    return settings


def _host() -> str:
    return urlsplit(_settings().site_address).hostname or "localhost"


def _text(calendar: "Calendar") -> str:
    """The file: lines end in CR LF and are folded at 75 octets, never inside a letter."""
    return str(calendar.to_ical().decode())
