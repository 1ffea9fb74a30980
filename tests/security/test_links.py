"""Signed links open one person's place, and never another's."""

from sqlalchemy import delete

from c4s.core import tokens
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.events import letters
from c4s.events.models import Booking
from tests.builders import a_supplier
from tests.events.builders import an_event, booked


@unit_of_work
def forget(booking_id):
    db.session.execute(delete(Booking).where(Booking.id == booking_id))


@unit_of_work
def renumber(booking, number):
    booking.id = number


def test_an_old_link_does_not_open_the_place_that_has_its_number_now(site, visitor):
    gone = booked(an_event(), "gareth")
    number, link = gone.id, letters.place_token(gone)
    forget(number)
    place = booked(an_event(), "nia")
    renumber(place, number)  # SQLite does so by itself
    visitor.open(f"/en/my-place/{link}", 404)
    visitor.open(f"/en/my-place/{letters.place_token(place)}")


def test_a_number_alone_opens_nothing(site, visitor):
    place = booked(an_event())
    for values in ((place.id,), (), (place.id, ""), (place.id, "AAAA-AAAA"), (place.id, place.reference, "more")):
        visitor.open("/en/my-place/" + tokens.sign("booking", *values), 404)


def test_a_spreadsheet_links_to_our_own_address_whatever_host_was_asked(site, visitor):
    a_supplier("Siop y Felin")
    answer = visitor.ask("GET", "/en/directory.csv", headers={"Host": "localhost:81"})
    assert "localhost:81" not in answer.text
    assert "http://127.0.0.1:5000/en/directory/" in answer.text
