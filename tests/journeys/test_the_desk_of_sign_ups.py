"""Elin phones: Gwen signs her up, reads her the offer that comes, accepts it for her, and writes to everybody."""

import pytest

from c4s.core.db import db
from c4s.events import actions, making
from c4s.events.models import Event
from c4s.mail.models import OutgoingLetter
from c4s.web.rights import Who
from tests.browser.machine import Town
from tests.events import builders
from tests.journeys.conftest import Hall, Post, Somebody, words_of
from tests.journeys.test_without_email import at_the_desk

pytestmark = pytest.mark.browser


def last_call(town: Town, to: str) -> OutgoingLetter:
    """The last message that waits to be read out to somebody."""
    with town.site.app_context():
        found = db.session.query(OutgoingLetter).filter_by(to_name=to).order_by(OutgoingLetter.id.desc()).first()
        assert found is not None
        db.session.expunge(found)
        db.session.remove()
    return found


def test_elin_phones_waits_is_offered_a_place_by_phone_and_staff_write_to_everybody(
    somebody: Somebody, post: Post, town: Town, hall: Hall, language: str
) -> None:
    name, nia = f"Elin Ŵyn {language.upper()}", f"nia.desk.{language}"
    event = hall.event(capacity=1)
    with town.site.app_context():
        first = builders.booked(db.session.get_one(Event, event), nia).id
        db.session.remove()

    # Gwen is at the desk. Elin phones; the event is full, so she waits, and hears her turn.
    gwen = somebody()
    at_the_desk(gwen, town, f"gwen.{language}.desk", Who.HELPER, Who.EDITOR)
    gwen.at(width=375, height=700)  # on her phone, at the door of another event
    gwen.open(town.address("backoffice.desk", language))
    gwen.follow("All sign-ups")
    gwen.open(town.address("sign_ups.index", language, event_id=event))
    gwen.follow("Sign somebody up")
    gwen.fill(name=name, channel="phone", language_written="cy", language_spoken="cy")
    gwen.press()
    assert (gwen.status, len(gwen.errors), gwen.focus()) == (422, 1, "error-summary")
    gwen.fill(phone="01632 960 555")
    gwen.press()
    assert gwen.words("They are on the waiting list, and we have told them.") in gwen.main
    assert f"{gwen.words('Number on the waiting list')}: 1" in gwen.main
    reference = gwen.heading.rpartition(" ")[2]

    # Nia gives up her place: an offer waits to be read out, in Elin’s language whatever Gwen’s is.
    with town.site.app_context():
        actions.cancel(first)
        db.session.remove()
    call = last_call(town, name)
    assert (call.letter, call.language) == ("events/place_offered", "cy")
    gwen.open(town.address("letters.say", language, letter_id=call.id))
    assert reference in gwen.main
    gwen.press("I have read it out to them")

    # Elin says yes on the phone, and gives her reference: Gwen accepts the place for her.
    gwen.open(town.address("sign_ups.every_event", language))
    gwen.fill(reference=reference.lower())
    gwen.press("Find the place")
    assert name in gwen.main
    gwen.press("They accept the place")
    assert gwen.words("The place is theirs. We have told them.") in gwen.main
    assert hall.states(event) == ["cancelled", "confirmed"]

    # The room has changed: Gwen writes to everybody in both languages, and nobody is left out.
    with town.site.app_context():
        making.change_capacity(event, 2)
        builders.booked(db.session.get_one(Event, event), f"{nia}.arall", language_written="en")
        db.session.remove()
    gwen.open(town.address("sign_ups.index", language, event_id=event))
    gwen.follow("Messages")
    gwen.follow("Write a message")
    gwen.fill(audience="have_a_place", subject_cy="Ystafell arall", body_cy="Ewch i’r llofft.")
    gwen.press()
    assert (gwen.status, len(gwen.errors)) == (422, 2)
    gwen.fill(subject_en="Another room", body_en="Go upstairs.")
    gwen.press()
    assert gwen.heading == gwen.words("Check your message")
    assert "Ewch i’r llofft." in gwen.main and "Go upstairs." in gwen.main
    gwen.press("Send the message")
    assert gwen.words("The message is on its way.") in gwen.main
    to_elin, to_nia = last_call(town, name), post.last_to(f"{nia}.arall@example.cymru")
    assert (to_elin.language, to_elin.subject) == ("cy", "Ystafell arall")
    assert "Ewch i’r llofft." in to_elin.body and "Go upstairs." not in to_elin.body
    assert to_nia["Subject"] == "Another room" and "Go upstairs." in words_of(to_nia)
