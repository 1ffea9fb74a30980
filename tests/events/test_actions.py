"""What each action on a place changes, which letter it posts, what the trail says."""

from datetime import timedelta

import pytest
import time_machine

from c4s.core.db import db
from c4s.events import actions, bookings, filling, making
from c4s.events.models import AccessNeed, Booking, Event
from c4s.events.rules import BookingState, DeliveryLanguage, Did, WhyNot
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel, OutgoingLetter
from tests.conftest import NOW
from tests.events.builders import (
    an_event,
    booked,
    last_letter,
    letters_to,
    postpone,
    states,
    story_of,
)
from tests.refusals import why_not

HOUR = timedelta(hours=1)


def later(time: timedelta):
    return time_machine.travel(NOW + time, tick=False)


# ---- The queue ----


def test_giving_up_a_place_offers_it_to_the_first_who_waits(site):
    event = an_event()
    nia, mair, _gareth = booked(event), booked(event, "mair"), booked(event, "gareth")
    actions.cancel(nia.id)
    assert states(event) == ["cancelled", "offered", "waiting"]
    assert mair.offer_until == NOW + 48 * HOUR
    assert letters_to("nia@example.cymru")[-1] == "place_given_up"
    assert last_letter("nia@example.cymru").attachment_type == "text/calendar; method=CANCEL; charset=utf-8"
    assert (nia.ended_at, nia.sequence) == (NOW, 1)
    assert story_of(nia)[-1] == ("visitor", "booking.cancelled")


def test_a_newcomer_does_not_overtake_the_queue(site):
    event = an_event()
    nia = booked(event)
    booked(event, "mair")
    actions.cancel(nia.id)
    booked(event, "gareth")
    assert states(event) == ["cancelled", "offered", "waiting"]


def test_an_accepted_offer_is_a_place(site):
    event = an_event()
    nia, mair = booked(event), booked(event, "mair", proved=False)
    actions.cancel(nia.id)
    assert mair.offer_until == NOW + 2 * HOUR  # nobody has proved this address
    actions.accept_offer(mair.id)
    assert (mair.state, mair.offer_until, mair.proved_at) == (BookingState.CONFIRMED, None, NOW)
    assert letters_to("mair@example.cymru") == ["joined_waiting_list", "place_offered", "place_booked"]
    assert story_of(mair)[-1] == ("visitor", "booking.accepted")


def test_an_offer_replaces_the_time_that_an_unproved_turn_had(site):
    event = an_event()
    nia, mair = booked(event), booked(event, "mair", proved=False)
    with later(HOUR):
        actions.cancel(nia.id)
    assert (mair.offer_until, mair.hold_until) == (NOW + 3 * HOUR, None)
    with later(2 * HOUR):
        assert filling.lapse_due() == 0


def test_a_declined_offer_goes_to_the_next(site):
    event = an_event()
    nia, mair, _ = booked(event), booked(event, "mair"), booked(event, "gareth")
    actions.cancel(nia.id)
    actions.decline_offer(mair.id)
    assert states(event) == ["cancelled", "cancelled", "offered"]
    assert letters_to("mair@example.cymru")[-1] == "place_given_up"
    assert last_letter("mair@example.cymru").attachment == ""
    assert story_of(mair)[-1] == ("visitor", "booking.declined")


def test_an_offer_that_nobody_answers_lapses_and_goes_on(site):
    event = an_event()
    nia, mair, _ = booked(event), booked(event, "mair"), booked(event, "gareth")
    actions.cancel(nia.id)
    with later(48 * HOUR):
        assert why_not(actions.accept_offer, mair.id) == WhyNot.OFFER_LAPSED
        filling.lapse_due()
        assert why_not(actions.accept_offer, mair.id) == WhyNot.OFFER_LAPSED
    assert states(event) == ["cancelled", "lapsed", "offered"]
    assert letters_to("mair@example.cymru")[-1] == "offer_lapsed"


def test_an_offer_by_post_has_a_week(site):
    event = an_event()
    nia = booked(event)
    by_post = booked(event, "siôn", channel=Channel.POST, address="1 Stryd y Bont\nPontypridd")
    actions.cancel(nia.id)
    assert by_post.offer_until == NOW + 7 * 24 * HOUR


def test_nothing_is_offered_in_the_last_three_hours(site):
    event = an_event(starts_at=NOW + 3 * HOUR)
    nia = booked(event)
    booked(event, "mair")
    actions.cancel(nia.id)
    assert states(event) == ["cancelled", "waiting"]


def test_filling_places_again_changes_nothing(site):
    event = an_event()
    nia = booked(event)
    booked(event, "mair")
    actions.cancel(nia.id)
    letters_before = db.session.query(OutgoingLetter).count()
    filling.fill_places(event.id)
    assert (states(event), db.session.query(OutgoingLetter).count()) == (
        ["cancelled", "offered"],
        letters_before,
    )


def test_a_larger_room_is_offered_to_those_who_wait(site):
    event = an_event()
    for who in ("nia", "mair", "gareth", "siôn"):
        booked(event, who)
    making.change_capacity(event.id, 3)
    assert states(event) == ["confirmed", "offered", "offered", "waiting"]


def test_a_room_is_never_made_smaller_than_those_who_have_places(site):
    event = an_event(capacity=2)
    booked(event)
    booked(event, "mair")
    assert why_not(making.change_capacity, event.id, 1) == WhyNot.FEWER_THAN_TAKEN
    assert db.session.get_one(Event, event.id).capacity == 2


def test_the_database_itself_refuses_one_place_too_many(site):
    event = an_event()
    booked(event)
    mair = booked(event, "mair")

    @actions.unit_of_work
    def by_force():
        mair.state = BookingState.CONFIRMED

    with pytest.raises(Exception, match="more places than there are"):
        by_force()
    assert states(event) == ["confirmed", "waiting"]


# ---- Details, and what is forgotten ----


def test_changing_details_leaves_which_and_not_what_in_the_trail(site):
    place = booked(an_event(), needs="Dolen sain")
    actions.change_details(place.id, name="Nia Wyn", language_written="cy", language_spoken="en", needs="Ramp")
    assert (place.name, place.language_written, place.language_spoken) == ("Nia Wyn", "cy", "en")
    assert bookings.needs_of(place.id).needs == "Ramp"
    facts = actions.trail.history_of("booking", place.id)[-1].facts
    assert facts == {"fields": ["name", "language_written", "needs"]}
    actions.change_details(place.id, name="Nia Wyn", language_written="cy", language_spoken="en", needs="")
    assert bookings.needs_of(place.id) is None
    before = len(story_of(place))
    actions.change_details(place.id, name="Nia Wyn", language_written="cy", language_spoken="en", needs="")
    assert len(story_of(place)) == before


def test_access_needs_go_with_the_place(site):
    place = booked(an_event(), needs="Dolen sain")
    actions.cancel(place.id)
    assert db.session.query(AccessNeed).count() == 0


def test_what_was_kept_for_an_event_is_forgotten_in_its_time(site):
    event = an_event(starts_at=NOW + HOUR, ends_at=NOW + 2 * HOUR)
    booked(event, needs="Dolen sain")
    over = 2 * HOUR
    day = timedelta(days=1)
    assert actions.forget_old(NOW + over + 30 * day) == (0, 0)
    assert actions.forget_old(NOW + over + 30 * day + HOUR) == (1, 0)
    assert actions.forget_old(NOW + over + 365 * day) == (0, 0)
    assert actions.forget_old(NOW + over + 365 * day + HOUR) == (0, 1)
    assert db.session.query(Booking).count() == 0


def test_an_event_that_is_postponed_is_not_over_when_its_old_day_is_past(site):
    day, event = timedelta(days=1), an_event()
    booking = booked(event, needs="Dolen sain")
    postpone(event)
    with time_machine.travel(NOW + 60 * day, tick=False):
        assert actions.forget_old() == (0, 0)
        assert actions.cancel(booking.id) == Did.CANCELLED
    assert states(event) == ["cancelled"]


def test_an_event_is_not_published_in_one_language(site):
    assert why_not(an_event, title=Bilingual("Dim ond Cymraeg", "")) == WhyNot.NOT_IN_BOTH_LANGUAGES
    assert why_not(an_event, delivery_language=DeliveryLanguage.EN) == WhyNot.NO_WELSH_OFFER
    assert db.session.query(Event).count() == 0
