"""Asking for a place and proving an address: what it changes, which letter it posts, what the trail says."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from c4s.core import once
from c4s.core.changes import PublicVersion
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.read_aloud import LETTERS
from c4s.core.throttle import TooMany
from c4s.events import actions, bookings, filling, places, rules, signing_up
from c4s.events.models import Booking
from c4s.events.rules import BookingState, Did, EventState, WhyNot
from c4s.events.signing_up import Answer
from tests.conftest import NOW
from tests.events.builders import (
    a_sign_up,
    an_event,
    booked,
    by_phone,
    call_off,
    last_letter,
    letters_to,
    states,
    story_of,
)
from tests.events.test_actions import HOUR, later
from tests.refusals import why_not

# ---- Taking a place ----


def test_nia_gets_a_place_that_is_kept_until_she_proves_her_address(site):
    event = an_event()
    answer = signing_up.book_place(event.id, a_sign_up("nia"))
    place = db.session.get_one(Booking, answer.booking_id)
    assert (place.state, place.proved_at, place.hold_until) == (BookingState.CONFIRMED, None, NOW + 2 * HOUR)
    assert answer == Answer(place.id, BookingState.CONFIRMED, NOW + 2 * HOUR)
    assert letters_to("nia@example.cymru") == ["place_to_confirm"]
    assert story_of(place) == [("visitor", "booking.confirmed")]
    assert re.fullmatch(f"[{LETTERS}]{{4}}-[{LETTERS}]{{4}}", place.reference)


def test_somebody_with_a_phone_has_a_place_at_once(site):
    event = an_event()
    answer = signing_up.book_place(event.id, by_phone(1))
    place = db.session.get_one(Booking, answer.booking_id)
    assert (place.state, place.proved_at, place.hold_until) == (BookingState.CONFIRMED, NOW, None)
    assert (place.phone, place.email, place.postal_address) == ("01632 960001", "", "")
    assert letters_to("01632 960001") == ["place_booked"]


def test_when_it_is_full_people_wait_in_order(site):
    event = an_event(capacity=2)
    for who in ("nia", "gareth", "mair", "siôn"):
        signing_up.book_place(event.id, a_sign_up(who))
    assert states(event) == ["confirmed", "confirmed", "waiting", "waiting"]
    assert "waiting list: 2" in last_letter("siôn@example.cymru").body
    waiting = db.session.query(Booking).order_by(Booking.id)[2:]
    assert [places.position(one) for one in waiting] == [1, 2]


def test_the_same_form_sent_twice_gives_one_place_and_one_letter(site):
    event = an_event(capacity=5)
    first = signing_up.book_place(event.id, a_sign_up(), key="k" * 20)
    again = signing_up.book_place(event.id, a_sign_up(), key="k" * 20)
    assert (again, states(event)) == (first, ["confirmed"])
    assert letters_to("nia@example.cymru") == ["place_to_confirm"]


def test_a_form_sent_again_with_other_answers_is_refused(site):
    event = an_event(capacity=5)
    signing_up.book_place(event.id, a_sign_up(), key="k" * 20)
    assert why_not(signing_up.book_place, event.id, a_sign_up("mair"), key="k" * 20) == once.NotAgain.ANOTHER_BODY
    assert states(event) == ["confirmed"]


def test_a_repeat_is_answered_even_after_sign_up_has_closed(site):
    event = an_event(closes_at=NOW + HOUR)
    first = signing_up.book_place(event.id, a_sign_up(), key="k" * 20)
    with later(HOUR):
        assert signing_up.book_place(event.id, a_sign_up(), key="k" * 20) == first
        assert why_not(signing_up.book_place, event.id, a_sign_up("mair")) == WhyNot.CLOSED


@pytest.mark.parametrize("typed", ["nia@example.cymru", "NIA@example.cymru"])
def test_an_address_that_has_a_place_gets_no_second_one_and_nobody_else_learns_of_it(site, typed):
    event = an_event(capacity=3)
    place = booked(event)
    stranger = signing_up.book_place(event.id, a_sign_up("mair"))
    answer = signing_up.book_place(event.id, a_sign_up(address=typed))
    assert (answer.state, answer.prove_by) == (stranger.state, stranger.prove_by)
    assert (answer.booking_id, states(event)) == (place.id, ["confirmed", "confirmed"])
    assert letters_to("nia@example.cymru") == ["place_to_confirm", "place_booked", "already_have_a_place"]


def test_the_answer_to_an_address_with_a_place_is_the_one_a_stranger_would_get_now(site):
    event = an_event(capacity=1)
    booked(event)
    assert signing_up.book_place(event.id, a_sign_up()).state == BookingState.WAITING
    assert states(event) == ["confirmed"]


def test_signing_up_again_does_not_lengthen_the_time_that_a_place_is_kept(site):
    event = an_event()
    place = booked(event, proved=False)
    with later(HOUR):
        signing_up.book_place(event.id, a_sign_up())
        db.session.refresh(place)
        assert place.hold_until == NOW + 2 * HOUR


def test_after_giving_up_a_place_the_address_can_sign_up_again(site):
    event = an_event()
    place = booked(event)
    actions.cancel(place.id)
    booked(event)
    assert states(event) == ["cancelled", "confirmed"]


def test_access_needs_are_kept_apart_and_only_when_given(site):
    event = an_event(capacity=2)
    first = booked(event, needs="Dolen sain")
    second = booked(event, "mair")
    assert bookings.needs_of(first.id).needs == "Dolen sain"
    assert bookings.needs_of(first.id).consented_at == NOW
    assert bookings.needs_of(second.id) is None


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"opens_at": NOW + HOUR}, WhyNot.NOT_YET_OPEN),
        ({"closes_at": NOW}, WhyNot.CLOSED),
        ({"state": EventState.DRAFT}, WhyNot.CLOSED),
        ({"state": EventState.CANCELLED}, WhyNot.CANCELLED),
        ({"starts_at": NOW - 3 * HOUR}, WhyNot.OVER),
    ],
)
def test_nobody_gets_a_place_when_the_event_takes_none(site, facts, reason):
    event = an_event(**facts)
    assert why_not(signing_up.book_place, event.id, a_sign_up()) == reason
    assert states(event) == []


def test_one_network_and_one_address_can_sign_up_only_so_often(site):
    event = an_event(capacity=100)
    for number in range(3):
        signing_up.book_place(event.id, by_phone(number), network="192.0.2", per_network=3)
    assert why_not(signing_up.book_place, event.id, by_phone(4), network="192.0.2", per_network=3) == TooMany.TOO_MANY
    signing_up.book_place(event.id, by_phone(5), network="198.51.100", per_network=3)
    for _ in range(rules.PER_ADDRESS):
        signing_up.book_place(event.id, a_sign_up(), network="203.0.113")
    assert why_not(signing_up.book_place, event.id, a_sign_up(), network="203.0.113") == TooMany.TOO_MANY
    assert len(letters_to("nia@example.cymru")) == rules.PER_ADDRESS


def test_a_party_counts_as_many_times_as_it_has_people(site):
    event = an_event(capacity=100, party_limit=20)
    few = rules.PER_NETWORK_WITHOUT_PROOF

    def by(number, others, network):
        a_party = replace(by_phone(number), others=("Elin Bowen",) * others)
        signing_up.book_place(event.id, a_party, network=network)

    by(1, few - 2, "192.0.2")
    by(2, 0, "192.0.2")
    assert why_not(by, 3, 0, "192.0.2") == TooMany.TOO_MANY
    by(4, 2 * few, "198.51.100")  # a large party may come, and nobody after it
    assert why_not(by, 5, 0, "198.51.100") == TooMany.TOO_MANY
    for number in range(3):
        a_party = a_sign_up(f"a{number}", others=("Elin Bowen",) * 19)
        signing_up.book_place(event.id, a_party, network="203.0.113")
    assert why_not(signing_up.book_place, event.id, a_sign_up("nia"), network="203.0.113") == TooMany.TOO_MANY


def test_one_sign_up_is_one_commit_and_raises_the_public_number_once(site):
    event = an_event()

    def number():
        db.session.rollback()
        return db.session.get(PublicVersion, "pages", populate_existing=True).number

    before = number()
    signing_up.book_place(event.id, a_sign_up(), key="k" * 20)
    assert number() == before + 1


# ---- Proving the address ----


def test_proving_makes_a_place_sure_and_brings_the_letter_with_the_calendar(site):
    place = booked(an_event(), proved=False)
    assert signing_up.prove(place.id) == Did.PROVED
    assert (place.state, place.proved_at, place.hold_until) == (BookingState.CONFIRMED, NOW, None)
    assert letters_to("nia@example.cymru") == ["place_to_confirm", "place_booked"]
    assert last_letter("nia@example.cymru").attachment_type == "text/calendar; method=PUBLISH; charset=utf-8"
    assert story_of(place) == [("visitor", "booking.confirmed"), ("visitor", "booking.proved")]


def test_proving_twice_changes_nothing(site):
    place = booked(an_event())
    assert signing_up.prove(place.id) == Did.PROVED
    assert letters_to("nia@example.cymru") == ["place_to_confirm", "place_booked"]
    assert len(story_of(place)) == 2


def test_nobody_proves_their_way_into_an_event_that_has_been_cancelled(site):
    event = an_event()
    place, waiting = booked(event, proved=False), booked(event, "mair", proved=False)
    call_off(event)
    assert [why_not(signing_up.prove, one.id) for one in (place, waiting)] == [WhyNot.CANCELLED] * 2
    assert (place.proved_at, letters_to("nia@example.cymru")) == (None, ["place_to_confirm"])
    assert story_of(place) == [("visitor", "booking.confirmed")]


def test_nobody_proves_their_way_into_an_event_that_is_over(site):
    place = booked(an_event(starts_at=NOW + HOUR / 2, ends_at=NOW + HOUR), proved=False)
    with later(HOUR):
        assert why_not(signing_up.prove, place.id) == WhyNot.OVER
    assert (place.proved_at, letters_to("nia@example.cymru")) == (None, ["place_to_confirm"])


def test_a_place_proved_before_the_event_was_cancelled_stays_proved(site):
    place = booked(an_event())
    call_off(place.event)
    assert (signing_up.prove(place.id), letters_to("nia@example.cymru")[-1]) == (Did.PROVED, "place_booked")


def test_an_offer_ends_with_the_event(site):
    event = an_event()
    nia, mair = booked(event), booked(event, "mair")
    actions.cancel(nia.id)
    call_off(event)
    assert (why_not(actions.accept_offer, mair.id), states(event)) == (WhyNot.CANCELLED, ["cancelled", "offered"])


def test_an_unproved_place_lapses_at_the_stated_time_and_goes_to_the_next_person(site):
    event = an_event()
    nia, mair = booked(event, proved=False), booked(event, "mair")
    with later(2 * HOUR - timedelta(seconds=1)):
        assert (filling.lapse_due(), states(event)) == (0, ["confirmed", "waiting"])
    with later(2 * HOUR):
        assert (filling.lapse_due(), states(event)) == (1, ["lapsed", "offered"])
        assert filling.lapse_due() == 0
    assert letters_to("nia@example.cymru") == ["place_to_confirm", "place_lapsed"]
    assert letters_to("mair@example.cymru") == ["joined_waiting_list", "place_offered"]
    assert story_of(nia)[-1] == ("worker", "booking.lapsed")
    assert story_of(mair)[-1] == ("worker", "booking.offered")


def test_one_event_whose_places_cannot_be_passed_on_keeps_no_other_waiting(site, monkeypatch, caplog):
    broken, sound = an_event(), an_event()
    for event in (broken, sound):
        booked(event, "nia", proved=False)
    fill = filling.fill_places

    def fails_for_one(event_id):
        if event_id == broken.id:
            raise ValueError("a letter that cannot be written")
        return fill(event_id)

    monkeypatch.setattr(filling, "fill_places", fails_for_one)
    with time_machine.travel(NOW + timedelta(hours=3), tick=False):
        assert (filling.lapse_due(), states(broken), states(sound)) == (1, ["confirmed"], ["lapsed"])
    assert [record.exc_info[0] for record in caplog.records] == [ValueError]


def test_a_place_past_its_time_is_free_for_the_next_person_even_before_the_worker_comes(site):
    event = an_event()
    booked(event, proved=False)
    with later(2 * HOUR):
        assert places.tally(event.id, now()).taken == 0
        booked(event, "mair")
    assert states(event) == ["lapsed", "confirmed"]


def test_an_unproved_turn_in_the_queue_lapses_too(site):
    event = an_event()
    booked(event)
    booked(event, "mair", proved=False)
    with later(2 * HOUR):
        filling.lapse_due()
    assert states(event) == ["confirmed", "lapsed"]
    assert "waiting list has been released" in last_letter("mair@example.cymru").body


def test_proving_late_gives_a_place_if_there_is_one(site):
    event = an_event()
    place = booked(event, proved=False)
    with later(3 * HOUR):
        filling.lapse_due()
        assert signing_up.prove(place.id) == Did.CAME_BACK
        assert (place.state, place.joined_at) == (BookingState.CONFIRMED, NOW + 3 * HOUR)
    assert letters_to("nia@example.cymru") == ["place_to_confirm", "place_lapsed", "place_booked"]
    assert story_of(place)[-1] == ("visitor", "booking.came_back")


def test_proving_late_leads_to_the_end_of_the_queue_when_the_place_has_gone(site):
    event = an_event()
    place = booked(event, proved=False)
    booked(event, "mair")
    with later(3 * HOUR):
        filling.lapse_due()
        booked(event, "gareth")
    with later(4 * HOUR):
        signing_up.prove(place.id)
        assert (states(event), places.position(place)) == (["waiting", "offered", "waiting"], 2)
    assert letters_to("nia@example.cymru")[-1] == "joined_waiting_list"


def test_proving_late_gives_no_second_place_to_one_address(site):
    event = an_event(capacity=3)
    place = booked(event, proved=False)
    with later(3 * HOUR):
        filling.lapse_due()
        booked(event)
        assert why_not(signing_up.prove, place.id) == WhyNot.ALREADY_BOOKED
    assert states(event) == ["lapsed", "confirmed"]


def test_proving_late_is_no_way_past_the_closing_time(site):
    event = an_event(closes_at=NOW + HOUR)
    place = booked(event, proved=False)
    with later(3 * HOUR):
        filling.lapse_due()
        assert why_not(signing_up.prove, place.id) == WhyNot.CLOSED


def test_a_place_given_up_stays_given_up(site):
    place = booked(an_event(), proved=False)
    actions.cancel(place.id)
    for act in (signing_up.prove, actions.cancel, actions.accept_offer, actions.decline_offer):
        assert why_not(act, place.id) == WhyNot.NOT_THIS_STATE
    changed = why_not(actions.change_details, place.id, name="N", language_written="cy", language_spoken="cy", needs="")
    assert (changed, states(place.event)) == (WhyNot.NOT_THIS_STATE, ["cancelled"])


def test_an_answer_is_read_back_as_it_was_kept():
    for answer in (Answer(7, BookingState.WAITING, None), Answer(8, BookingState.CONFIRMED, NOW)):
        assert Answer.read(answer.kept()) == answer
