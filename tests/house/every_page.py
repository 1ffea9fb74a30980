"""Every page of the site, with something on it to show."""

from typing import Any

from flask import Flask, url_for

from c4s.core import tokens
from c4s.core.db import db
from c4s.events import actions, letters
from c4s.events.models import Booking
from c4s.i18n.addresses import LANGUAGE
from c4s.taxonomy import queries as taxonomy
from tests.builders import a_supplier
from tests.events.builders import a_sign_up, a_venue, an_event

KEY = "the-key-of-one-form-only"
FORMS = ("pages.contact", "directory.message", "events.book", "events.change")
"""Pages on which people type."""


def endpoints(site: Flask) -> set[str]:
    """The names of all pages that have a language."""
    return {rule.endpoint for rule in site.url_map.iter_rules() if LANGUAGE in (rule.defaults or {})}


def filled() -> dict[str, dict[str, Any]]:
    """Fill the site with one of each thing; gives the values that each page’s address needs."""
    categories, areas = taxonomy.categories(), taxonomy.areas()
    category, area = next(iter(categories.by_id.values())), next(iter(areas.by_id.values()))
    supplier = a_supplier("Siop y Felin", email="felin@example.cymru", categories=(category.code,))
    event = an_event(capacity=5, venue_id=a_venue().id)
    answer = actions.book_place(event.id, a_sign_up(language_written="both"), key=KEY)
    actions.prove(answer.booking_id)
    place = {"token": letters.place_token(db.session.get_one(Booking, answer.booking_id))}
    db.session.rollback()
    return {
        "pages.home": {},
        "pages.about": {},
        "pages.how_we_work": {},
        "pages.accessibility": {},
        "pages.privacy": {},
        "pages.cookies": {},
        "pages.welsh_language": {},
        "pages.terms": {},
        "pages.contact": {},
        "pages.contact_sent": {},
        "directory.index": {},
        "directory.letters": {},
        "directory.letter": {"letter": "s"},
        "directory.category": {"category_id": category.id},
        "directory.area": {"area_id": area.id},
        "directory.show": {"supplier_id": supplier.id},
        "directory.message": {"supplier_id": supplier.id},
        "directory.message_sent": {"supplier_id": supplier.id},
        "directory.as_csv": {},
        "directory.as_json": {},
        "events.index": {},
        "events.past": {},
        "events.feed": {},
        "events.show": {"event_id": event.id},
        "events.show_calendar": {"event_id": event.id},
        "events.book": {"event_id": event.id},
        "events.booked": {"event_id": event.id, "token": tokens.sign("booked", KEY)},
        "events.my_place": place,
        "events.change": place,
        "events.give_up": place,
    }


def address_of(site: Flask, endpoint: str, language: str, **values: Any) -> str:
    """A page’s address without the host."""
    with site.test_request_context(f"/{language}/"):
        return url_for(endpoint, **{LANGUAGE: language, **values})
