"""Every letter, in every language choice."""

from email.message import EmailMessage

import pytest
from icalendar import Calendar

from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.events import letters
from c4s.events.models import Booking
from c4s.events.rules import BookingState
from c4s.mail import delivery
from c4s.mail.models import Channel, LetterState, OutgoingLetter
from tests.events.builders import a_venue, an_event, booked

LETTERS = {
    "place_to_confirm": letters.place_to_confirm,
    "place_booked": letters.place_booked,
    "joined_waiting_list": lambda place: letters.joined_waiting_list(place, 3),
    "place_offered": letters.place_offered,
    "place_lapsed": lambda place: letters.place_lapsed(place, BookingState.CONFIRMED),
    "offer_lapsed": letters.offer_lapsed,
    "place_given_up": lambda place: letters.place_given_up(place, BookingState.CONFIRMED),
    "already_have_a_place": lambda place: letters.already_have_a_place(place, None),
}
ONLY_BY_EMAIL = {"place_to_confirm", "place_lapsed", "already_have_a_place"}


@unit_of_work
def written(name: str, place: Booking) -> OutgoingLetter:
    place.offer_until = place.joined_at
    place.hold_until = place.joined_at if place.channel == Channel.EMAIL else None
    LETTERS[name](place)
    db.session.flush()
    return db.session.query(OutgoingLetter).order_by(OutgoingLetter.id.desc()).first()


@pytest.mark.parametrize("wish", ["cy", "en", "both"])
@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_is_in_the_language_that_was_chosen(site, name, wish):
    place = booked(an_event(venue_id=a_venue().id), language_written=wish)
    letter = written(name, place)
    titles = {
        "cy": ["Dechrau busnes"],
        "en": ["Starting a business"],
        "both": ["Dechrau busnes", "Starting a business"],
    }
    assert [title for title in ("Dechrau busnes", "Starting a business") if title in letter.subject] == titles[wish]
    assert "\n" not in letter.subject
    assert ("/cy/" in letter.body, "/en/" in letter.body) == (wish != "en", wish != "cy")
    assert place.reference in letter.body
    assert "01632 960 100" in letter.body
    for leftover in ("{{", "{%", "None", "\n\n\n\n", "<span", "&#39;", "Bilingual("):
        assert leftover not in letter.body
    assert letter.language == wish


@pytest.mark.parametrize("channel", [Channel.POST, Channel.PHONE])
@pytest.mark.parametrize("name", sorted(set(LETTERS) - ONLY_BY_EMAIL))
def test_a_letter_for_paper_or_the_phone_has_no_link_but_the_reference_and_our_number(site, name, channel):
    place = booked(an_event(), channel=channel, address="1 Stryd y Bont\nPontypridd")
    letter = written(name, place)
    assert "http" not in letter.body
    assert (place.reference in letter.body, "01632 960 100" in letter.body) == (True, True)
    assert (letter.attachment, letter.state) == ("", LetterState.TO_PRINT)


def test_a_name_that_a_stranger_typed_is_not_sent_to_an_address_nobody_has_proved(site):
    place = booked(an_event(), name="Buy at http://evil.example", proved=False)
    letter = written("place_to_confirm", place)
    assert "evil" not in letter.body + letter.subject + letter.to_name
    assert written("place_booked", booked(an_event(), "siôn", name="Siôn")).to_name == "Siôn"


def test_the_letter_about_a_place_carries_it_for_the_calendar(site, letters):
    booked(an_event(), name="Llŷr O’Neill-Dafydd", language_written="cy")
    delivery.send_due()
    message: EmailMessage = letters[-1]
    [part] = list(message.iter_attachments())
    assert part.get_content_type() == "text/calendar"
    assert (part.get_param("method"), part.get_filename()) == ("PUBLISH", "digwyddiad.ics")
    [entry] = Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
    assert str(entry["SUMMARY"]) == "Dechrau busnes"
    assert "Llŷr" in str(message["To"])
