"""Every page of the site, with something on it to show."""

from typing import Any

from flask import Flask, url_for

from c4s.accounts import actions as account_actions
from c4s.core import tokens
from c4s.core.db import db
from c4s.events import actions, letters
from c4s.events.models import Booking
from c4s.i18n.addresses import LANGUAGE
from c4s.taxonomy import queries as taxonomy
from tests.accounts.builders import PASSWORD, a_person, registered, token_to
from tests.builders import a_supplier
from tests.events.builders import a_sign_up, a_venue, an_event
from tests.visitor import Visitor

KEY = "the-key-of-one-form-only"
NIA, NEW = "nia@example.cymru", "nia.wyn@example.cymru"
FORMS = (
    *("pages.contact", "directory.message", "events.book", "events.change"),
    *("accounts.register", "accounts.sign_in", "accounts.sign_in_with_password", "accounts.details", "accounts.email"),
)
"""Pages on which people type words; passwords alone are typed on others."""
IN_AN_ACCOUNT = {
    "accounts.account",
    "accounts.close",
    "accounts.confirm",
    "accounts.confirm_link",
    "accounts.confirm_sent",
    "accounts.details",
    "accounts.email",
    "accounts.email_sent",
    "accounts.my_data",
    "accounts.my_data_as_json",
    "accounts.password",
    "accounts.sign_ins",
    "accounts.stay",
    "events.my_places",
}
"""Pages for those who are signed in; others are led to where they can be."""


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
        **_accounts(),
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


def _accounts() -> dict[str, dict[str, Any]]:
    """Nia’s account, with a link of each kind on its way to her; and Ifan, who has not opened his first letter."""
    person_id = a_person("nia", password=PASSWORD).id
    tokens_to = {}
    for endpoint, ask, address in (
        ("accounts.prove", lambda: registered("ifan"), "ifan@example.cymru"),
        ("accounts.sign_in_link", lambda: account_actions.ask_for_link(NIA), NIA),
        ("accounts.confirm_email", lambda: account_actions.ask_to_change_email(person_id, NEW), NEW),
        ("accounts.confirm_link", lambda: account_actions.send_confirm_link(person_id), NIA),
    ):
        ask()
        tokens_to[endpoint] = {"token": token_to(address)}
    db.session.rollback()
    pages = (
        *("register", "check_email", "sign_in", "check_email_for_link", "sign_in_with_password", "sign_out"),
        *("signed_out", "account", "details", "email", "email_sent", "password", "sign_ins", "confirm", "confirm_sent"),
        *("my_data", "my_data_as_json", "close", "closing", "stay"),
    )
    return {**{f"accounts.{name}": {} for name in pages}, **tokens_to, "events.my_places": {}}


def as_nia(visitor: Visitor, language: str = "en") -> Visitor:
    """The visitor signs in to Nia’s account, with her password: her links are for other pages."""
    visitor.open(address_of(visitor.site, "accounts.sign_in_with_password", language))
    visitor.send(email=NIA, password=PASSWORD)
    return visitor


def address_of(site: Flask, endpoint: str, language: str, **values: Any) -> str:
    """A page’s address without the host."""
    with site.test_request_context(f"/{language}/"):
        return url_for(endpoint, **{LANGUAGE: language, **values})
