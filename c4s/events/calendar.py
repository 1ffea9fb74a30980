"""Events as calendars read them (iCalendar, RFC 5545 and 5546)."""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from flask import current_app
from icalendar import Calendar, vCalAddress
from icalendar import Event as Entry

from c4s.core.config import Settings
from c4s.core.text import tidy
from c4s.events import rules
from c4s.events.models import Booking, Event, Venue
from c4s.events.rules import BookingState, EventState
from c4s.i18n import addresses
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.references import reference

TYPE = "text/calendar"
ASK_AGAIN = timedelta(hours=6)  # how often a subscribed calendar should look


class Method(StrEnum):
    """What a calendar is asked to do with what it is sent."""

    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


def of_events(events: Iterable[Event], language: str, title: str) -> str:
    """A calendar to subscribe to, in one language.

    Args:
        title: what calendar programs call it.
    """
    calendar = _calendar(Method.PUBLISH, language)
    calendar.add("X-WR-CALNAME", title, parameters={"LANGUAGE": language})
    calendar.add("REFRESH-INTERVAL", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", ASK_AGAIN)
    for event in events:
        calendar.add_component(_entry(event, language))
    return _text(calendar)


def of_event(event: Event, language: str) -> str:
    """One event, for somebody who has not signed up for it."""
    calendar = _calendar(Method.PUBLISH, language)
    calendar.add_component(_entry(event, language))
    return _text(calendar)


def of_booking(booking: Booking, language: str) -> str:
    """Somebody's place at an event; once it is given up, the message that takes it out of their calendar."""
    gone = not rules.is_live(booking.state)
    calendar = _calendar(Method.CANCEL if gone else Method.PUBLISH, language)
    entry = _entry(booking.event, language)
    entry["UID"] = f"{booking.reference}@{_host()}"
    entry["SEQUENCE"] = booking.event.sequence + booking.sequence
    if gone:
        entry["STATUS"] = "CANCELLED"
    elif booking.state == BookingState.CONFIRMED and booking.is_proved and booking.event.online_address:
        entry.pop("LOCATION", None)
        entry.add("LOCATION", booking.event.online_address)
    calendar.add_component(entry)
    return _text(calendar)


def _calendar(method: Method, language: str) -> Calendar:
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", f"-//Connect4Success//Events//{language.upper()}")
    calendar.add("METHOD", method.value)
    return calendar


def _entry(event: Event, language: str) -> Entry:
    """An event, its times in UTC, so that no calendar needs to know when clocks change in Wales."""
    title, title_language = event.title.spoken(language)
    summary, summary_language = event.summary.spoken(language)
    entry = Entry()
    entry.add("UID", f"event-{event.id}@{_host()}")
    entry.add("DTSTAMP", event.updated_at)
    entry.add("LAST-MODIFIED", event.updated_at)
    entry.add("SEQUENCE", event.sequence)
    entry.add("DTSTART", event.starts_at)
    entry.add("DTEND", event.ends_at)
    entry.add("SUMMARY", tidy(title), parameters={"LANGUAGE": title_language})
    if summary:
        entry.add("DESCRIPTION", tidy(summary, lines=True), parameters={"LANGUAGE": summary_language})
    where, where_language = place(event.venue).spoken(language)
    if where:
        entry.add("LOCATION", where, parameters={"LANGUAGE": where_language})
    entry.add("URL", addresses.link("events.show", language, event_id=reference(event.id, title)))
    entry.add("STATUS", "CANCELLED" if event.state == EventState.CANCELLED else "CONFIRMED")
    organiser = vCalAddress(f"mailto:{_settings().mail_from}")
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


def _text(calendar: Calendar) -> str:
    """The file: lines end in CR LF and are folded at 75 octets, never inside a letter."""
    return str(calendar.to_ical().decode())
