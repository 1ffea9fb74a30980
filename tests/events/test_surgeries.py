"""Advice surgeries: people pick a time, swap it and give it up; each time is one person's."""

from datetime import timedelta

import pytest

from c4s.audit import trail
from c4s.core.db import db
from c4s.events import actions, places, signing_up
from c4s.events.models import Booking
from c4s.events.rules import BookingState, Did, EventKind, WhyNot
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, enter
from tests.conftest import NOW, said
from tests.events.builders import a_sign_up, an_event, booked, by_phone, last_letter, letters_to, states, story_of
from tests.events.test_actions import HOUR, later
from tests.events.test_views import ANSWERS, form_of, place_of
from tests.refusals import why_not

STARTS = NOW + timedelta(days=14)
"""Nine o'clock in Wales."""
HALF = timedelta(minutes=30)


def a_surgery(times=2, **facts):
    slots = [(STARTS + number * HALF, STARTS + (number + 1) * HALF) for number in range(times)]
    facts = {"starts_at": STARTS, "capacity": times, "party_limit": 4, **facts}
    return an_event(kind=EventKind.ADVICE_SURGERY, sessions=slots, **facts)


def times_of(event):
    return [slot.id for slot in places.slots(event.id)]


def booking_of(number):
    db.session.expire_all()
    return db.session.get_one(Booking, number)


def test_the_last_time_goes_once_and_a_time_that_comes_free_is_offered_with_its_hour(site):
    event = a_surgery()
    first, second = times_of(event)
    nia = booked(event, "nia", session_id=second)
    assert "09:30–10:00" in last_letter("nia@example.cymru").body
    assert "DTSTART:20261207T093000Z" in last_letter("nia@example.cymru").attachment
    assert why_not(signing_up.book_place, event.id, a_sign_up("huw", session_id=second)) == WhyNot.SLOT_TAKEN
    assert why_not(signing_up.book_place, event.id, a_sign_up("huw")) == WhyNot.NO_SLOT_CHOSEN
    assert why_not(signing_up.book_place, event.id, a_sign_up("huw", session_id=99_999)) == WhyNot.SLOT_TAKEN
    assert why_not(signing_up.book_place, event.id, a_sign_up("huw", others=("A",))) == WhyNot.PARTY_TOO_LARGE
    booked(event, "huw", session_id=first)
    mair = booked(event, "mair")
    assert (mair.state, mair.session_id) == (BookingState.WAITING, None)
    actions.cancel(nia.id)
    offered = booking_of(mair.id)
    assert (offered.state, offered.session_id) == (BookingState.OFFERED, second)
    assert "09:30–10:00" in last_letter("mair@example.cymru").body
    actions.decline_offer(mair.id)
    gwen = signing_up.book_place(event.id, a_sign_up("gwen", session_id=second))
    assert booking_of(gwen.booking_id).state == "confirmed"


def test_a_time_is_swapped_for_one_that_is_free(site):
    event = a_surgery(times=3)
    first, second, third = times_of(event)
    nia, huw = booked(event, "nia", session_id=first), booked(event, "huw", session_id=second)
    assert why_not(actions.choose_slot, nia.id, second) == WhyNot.SLOT_TAKEN
    actions.choose_slot(nia.id, third)
    assert (booking_of(nia.id).session_id, booking_of(nia.id).sequence) == (third, 1)
    assert letters_to("nia@example.cymru")[-1] == "slot_chosen"
    assert "DTSTART:20261207T100000Z" in last_letter("nia@example.cymru").attachment
    actions.choose_slot(huw.id, first)
    actions.choose_slot(huw.id, first)
    assert letters_to("huw@example.cymru")[-2:] == ["place_booked", "slot_chosen"]
    assert story_of(huw)[-1] == ("visitor", "booking.slot_chosen")
    actions.cancel(nia.id)
    assert why_not(actions.choose_slot, nia.id, second) == WhyNot.NOT_THIS_STATE


def test_somebody_whose_proof_comes_late_has_their_time_again_unless_it_is_gone(site):
    event = a_surgery(times=3)
    first, second, _ = times_of(event)
    nia, huw = (booked(event, who, proved=False, session_id=slot) for who, slot in (("nia", first), ("huw", second)))
    with later(2 * HOUR):
        booked(event, "mair", session_id=first)
        assert why_not(signing_up.prove, nia.id) == WhyNot.SLOT_TAKEN
        signing_up.prove(huw.id)
        assert (booking_of(huw.id).state, booking_of(huw.id).session_id) == ("confirmed", second)


def test_people_are_moved_to_the_first_time_that_is_free(site):
    here, there = an_event(), a_surgery()
    place = booked(here, "nia")
    booked(there, "huw", session_id=times_of(there)[0])
    number = actions.move(place.id, there.id)
    assert booking_of(number).session_id == times_of(there)[1]
    assert "09:30–10:00" in last_letter("nia@example.cymru").body


@pytest.mark.pages
def test_nia_picks_a_time_that_somebody_takes_first_and_swaps_the_next(site, visitor, language):
    event = a_surgery(times=3)
    first, second, third = times_of(event)
    visitor.open(form_of(event, language))
    assert visitor.send(**ANSWERS, status=422).errors == [said(language, "Choose a time")]
    page = visitor.send(session_id=str(first))
    assert "09:00–09:30" in page.main
    signing_up.book_place(event.id, by_phone_at(first))
    page = visitor.send(status=422)
    assert page.errors == [said(language, "The time that you chose has been taken. Choose another time.")]
    assert page.values()["name"] == ANSWERS["name"]
    visitor.send(session_id=str(second))
    visitor.send()
    place = db.session.query(Booking).filter_by(session_id=second).one()
    signing_up.prove(place.id)
    page = visitor.open(place_of(place, language))
    assert "09:30–10:00" in page.main
    visitor.follow(said(language, "Choose another time"))
    page = visitor.send(session_id=str(third))
    assert said(language, "You have chosen another time.") in page.main
    assert booking_of(place.id).session_id == third


def by_phone_at(slot):
    return a_sign_up("person 1", channel=by_phone(1).channel, address=by_phone(1).address, session_id=slot)


@pytest.mark.pages
def test_a_time_that_is_none_is_no_error_of_ours(site, visitor):
    book = form_of(a_surgery(), "en")
    typed = {**visitor.open(book).values(), **ANSWERS}
    for time in ("tomorrow", "99999", "9" * 400):
        for more, status in (({"_step": "confirm"}, 422), ({"_step": "confirm", "_language": "cy"}, 200)):
            answer = visitor.ask("POST", book, data={**typed, "session_id": time, **more})
            assert answer.status_code == status, (time, more)


@pytest.mark.pages
def test_staff_see_the_day_as_a_table(site, visitor, language):
    event = a_surgery()
    place = booked(event, "nia", session_id=times_of(event)[1])
    enter(visitor, a_member_of_staff("mair", Who.HELPER))
    path = {"cy": "/cy/staff/digwyddiadau/{}/amserau", "en": "/en/staff/events/{}/times"}[language]
    page = visitor.open(path.format(event.id))
    rows = [" ".join(row.get_text(" ").split()) for row in page.soup.select("main tbody tr")]
    assert rows[0].endswith(said(language, "Free"))
    assert rows[1].endswith(f"Nia {place.reference}") and "09:30–10:00" in rows[1]
    visitor.open(path.format(an_event().id), status=404)
    assert states(event) == ["confirmed"]
    assert trail.history_of("event", event.id)[-1].action == Did.LOOKED_AT_TIMES
