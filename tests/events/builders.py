"""Events and sign-ups with obvious defaults; nothing is random."""

from datetime import timedelta
from typing import Any

from c4s.audit import trail
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.events import making, signing_up
from c4s.events.models import Booking, Event, Venue
from c4s.events.rules import DeliveryLanguage, EventKind, EventState, MaterialsLanguage
from c4s.events.steps import SignUp
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel, OutgoingLetter

TITLE = Bilingual("Dechrau busnes", "Starting a business")


def a_venue(**facts: Any) -> Venue:
    defaults = {
        "name": Bilingual("Canolfan y Felin", "The Mill Centre"),
        "address": ["1 Stryd y Felin"],
        "postcode": "CF37 1AA",
        "step_free": True,
        "access_notes": Bilingual("Mae lifft.", "There is a lift."),
    }
    return making.create_venue(**{**defaults, **facts})


def an_event(**facts: Any) -> Event:
    """A workshop in a fortnight with room for one, unless told otherwise; at ten, so that it ends on the same day."""
    in_a_fortnight = now() + timedelta(days=14)
    starts = facts.pop("starts_at", in_a_fortnight.replace(hour=10, minute=0, second=0, microsecond=0))
    defaults = {
        "kind": EventKind.WORKSHOP,
        "title": TITLE,
        "summary": Bilingual("Y camau cyntaf.", "The first steps."),
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "capacity": 1,
        "delivery_language": DeliveryLanguage.BILINGUAL,
        "materials_language": MaterialsLanguage.BILINGUAL,
    }
    return making.create_event(**{**defaults, **facts})


def a_sign_up(who: str = "nia", **facts: Any) -> SignUp:
    """Somebody who writes and speaks English and has e-mail, unless told otherwise."""
    defaults = {
        "name": who.title(),
        "channel": Channel.EMAIL,
        "address": f"{who}@example.cymru",
        "language_written": "en",
        "language_spoken": "en",
        "asked_in": "en",
    }
    return SignUp(**{**defaults, **facts})


def by_phone(number: int) -> SignUp:
    return a_sign_up(f"person {number}", channel=Channel.PHONE, address=f"01632 960{number:03}")


def booked(event: Event, who: str = "nia", *, proved: bool = True, **facts: Any) -> Booking:
    """Somebody's booking, with the address proved unless told otherwise."""
    answer = signing_up.book_place(event.id, a_sign_up(who, **facts))
    if proved:
        signing_up.prove(answer.booking_id)
    return db.session.get_one(Booking, answer.booking_id)


@unit_of_work
def call_off(event: Event) -> None:
    """Cancel an event, as its organiser will."""
    db.session.get_one(Event, event.id).state = EventState.CANCELLED


@unit_of_work
def postpone(event: Event) -> None:
    """Put an event off to a day that is not known yet."""
    db.session.get_one(Event, event.id).state = EventState.POSTPONED


def states(event: Event) -> list[str]:
    """The state of every booking of an event, in the order they were made."""
    db.session.expire_all()
    return [str(one.state) for one in db.session.query(Booking).filter_by(event_id=event.id).order_by(Booking.id)]


def letters_to(address: str) -> list[str]:
    """The letters that an address was sent, oldest first, without the capability’s name."""
    rows = db.session.query(OutgoingLetter).filter_by(to_address=address).order_by(OutgoingLetter.id)
    return [row.letter.removeprefix("events/") for row in rows]


def last_letter(address: str) -> OutgoingLetter:
    rows = db.session.query(OutgoingLetter).filter_by(to_address=address).order_by(OutgoingLetter.id)
    return list(rows)[-1]


def story_of(booking: Booking) -> list[tuple[str, str]]:
    """What the trail says of a booking: who, and what."""
    return [(entry.actor, entry.action) for entry in trail.history_of("booking", booking.id)]
