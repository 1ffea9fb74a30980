"""An event with people of every state, and those who look after them; nothing is random."""

from datetime import timedelta
from typing import Any

from c4s.accounts.models import Person
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.events.models import Booking, Event, EventSession
from c4s.events.rules import DeliveryLanguage, EventKind
from c4s.events.steps import SignUp
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel
from c4s.sign_ups import actions
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff
from tests.events.builders import a_sign_up, an_event

SUBJECT, BODY = (
    Bilingual("Ystafell arall", "Another room"),
    Bilingual("Ewch i’r llofft.\n\nDiolch.", "Go upstairs.\n\nThanks."),
)


def gwen() -> Person:
    """A helper, who answers the phone."""
    return a_member_of_staff("gwen", Who.HELPER)


def mair() -> Person:
    """An editor, who runs events."""
    return a_member_of_staff("mair", Who.EDITOR)


@unit_of_work
def set_event(event: Event, **facts: Any) -> None:
    """An event is otherwise from here on."""
    for name, value in facts.items():
        setattr(db.session.get_one(Event, event.id), name, value)


@unit_of_work
def with_times(event: Event, number: int = 3) -> list[int]:
    """The event has so many sittings, or times of half an hour. Returns their numbers."""
    starts = db.session.get_one(Event, event.id).starts_at
    half = timedelta(minutes=30)
    made = [
        EventSession(event_id=event.id, starts_at=starts + half * place, ends_at=starts + half * (place + 1))
        for place in range(number)
    ]
    db.session.add_all(made)
    db.session.flush()
    return [one.id for one in made]


def an_advice_session(number: int = 3, **facts: Any) -> tuple[Event, list[int]]:
    """One-to-one advice with so many times, and their numbers."""
    event = an_event(kind=EventKind.ADVICE_SURGERY, capacity=number, **facts)
    return event, with_times(event, number)


def in_english(**facts: Any) -> Event:
    """An event held in English, for which two wishes to use Welsh make an interpreter a task."""
    facts = {"capacity": 5, "welsh_offer": Bilingual("Gofynnwch.", "Ask."), **facts}
    event = an_event(delivery_language=DeliveryLanguage.EN, **facts)
    set_event(event, welsh_wishes_for_interpreter=2)
    return event


def added(event: Event, sign_up: SignUp, by: Person, key: str = "") -> Booking:
    """Somebody whom a member of staff signs up."""
    key = key or f"the-key-of-{sign_up.name}-{event.id}".replace(" ", "-")
    answer = actions.add(event.id, sign_up, by_id=by.id, key=key)
    return db.session.get_one(Booking, answer.booking_id)


def welsh_by_post(who: str = "elin", **facts: Any) -> SignUp:
    """Somebody without e-mail who reads and speaks Welsh."""
    defaults = {
        "name": f"{who.title()} Ŵyn",
        "channel": Channel.POST,
        "address": "1 Stryd y Bont\nPontypridd\nCF37 1AA",
        "language_written": "cy",
        "language_spoken": "cy",
    }
    return a_sign_up(who, **{**defaults, **facts})
