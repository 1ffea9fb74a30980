"""Parties: several places in one sign-up, all of them or as many as there are, and some of them given up again."""

import pytest

from c4s.accounts import data
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.events import actions, bookings, making, signing_up
from c4s.events.models import AccessNeed, Booking
from c4s.events.rules import BookingState, WhyNot
from c4s.mail.models import Channel
from tests.accounts.builders import a_member_of_staff, a_person, enter, entered
from tests.conftest import said
from tests.events.builders import (
    a_sign_up,
    an_event,
    booked,
    by_phone,
    last_letter,
    letters_to,
    states,
    story_of,
)
from tests.events.test_actions import HOUR, NOW, later
from tests.events.test_views import ANSWERS, form_of, place_of
from tests.refusals import why_not

BOTH = ("Mair Llwyd", "Siôn Ŵyn")


def four(capacity=4, **facts):
    """An event at which four people may come together."""
    return an_event(capacity=capacity, party_limit=4, **facts)


def booking_of(number):
    db.session.expire_all()
    return db.session.get_one(Booking, number)


# ---- What is done ----


def test_a_party_gets_its_places_together_and_names_go_to_proved_addresses_alone(site):
    event = four()
    place = booked(event, "nia", others=BOTH, proved=False)
    assert (place.state, place.party, place.others) == (BookingState.CONFIRMED, 3, list(BOTH))
    assert "Mair Llwyd" not in last_letter("nia@example.cymru").body
    signing_up.prove(place.id)
    assert "Places: 3\nWith you: Mair Llwyd, Siôn Ŵyn" in last_letter("nia@example.cymru").body
    assert (
        why_not(signing_up.book_place, event.id, a_sign_up("huw", others=("A", "B", "C", "D")))
        == WhyNot.PARTY_TOO_LARGE
    )


def test_a_party_that_does_not_fit_waits_together_and_those_who_fit_are_served_meanwhile(site):
    event = four(capacity=4)
    first = booked(event, "nia", others=BOTH)
    party = booked(event, "mair", others=("Gwen",))
    assert states(event) == ["confirmed", "waiting"]
    assert "it keeps its turn" in last_letter("mair@example.cymru").body
    one = booked(event, "huw")  # the one place left would not do for the two who wait
    assert states(event) == ["confirmed", "waiting", "confirmed"]
    actions.cancel(one.id)
    assert states(event) == ["confirmed", "waiting", "cancelled"]
    actions.keep_some(first.id, ["Siôn Ŵyn"])
    assert states(event)[:2] == ["confirmed", "offered"]
    assert booking_of(party.id).party == 2
    assert "Places that are free for you: 2" in last_letter("mair@example.cymru").body
    assert letters_to("nia@example.cymru")[-1] == "some_given_up"
    assert story_of(first)[-1] == ("visitor", "booking.gave_up_some")
    kept = booking_of(first.id)
    assert (kept.party, kept.others) == (2, ["Siôn Ŵyn"])


def test_those_who_would_take_fewer_are_offered_what_there_is_and_say_who_comes(site):
    event = four(capacity=3)
    first = booked(event, "huw")
    booked(event, "eleri")
    place = booked(event, "nia", others=BOTH, part_ok=True)
    assert (place.state, place.party, place.asked) == (BookingState.OFFERED, 1, 3)
    assert letters_to("nia@example.cymru") == ["place_offered"]
    actions.decline_offer(place.id)
    actions.cancel(first.id)
    again = booked(event, "gwenno", others=BOTH, part_ok=True)
    assert (again.party, again.asked) == (2, 3)
    assert why_not(actions.accept_offer, again.id, BOTH) == WhyNot.PARTY_TOO_LARGE
    assert why_not(actions.accept_offer, again.id, ["Somebody else"]) == WhyNot.NOT_THIS_STATE
    actions.accept_offer(again.id, ["Siôn Ŵyn"])
    kept = booking_of(again.id)
    assert (kept.state, kept.party, kept.others) == (BookingState.CONFIRMED, 2, ["Siôn Ŵyn"])
    assert "With you: Siôn Ŵyn" in last_letter("gwenno@example.cymru").body


def test_on_the_phone_the_first_who_were_named_come_and_what_is_not_taken_goes_on(site):
    event = four(capacity=2)
    first = booked(event, "huw", others=("Gwen",))
    party = booked(event, "nia", others=BOTH, part_ok=True)
    last = booked(event, "eleri")
    actions.cancel(first.id)
    assert [booking_of(one.id).state for one in (party, last)] == ["offered", "waiting"]
    actions.accept_offer(party.id)
    assert booking_of(party.id).others == ["Mair Llwyd"]
    actions.cancel(party.id)
    assert booking_of(last.id).state == "offered"


def test_a_part_that_is_not_all_taken_is_offered_to_the_next(site):
    event = four(capacity=2)
    first = booked(event, "huw", others=("Gwen",))
    party, last = booked(event, "nia", others=BOTH, part_ok=True), booked(event, "eleri")
    actions.cancel(first.id)
    actions.accept_offer(party.id, [])
    assert [(booking_of(one.id).state, booking_of(one.id).party) for one in (party, last)] == [
        ("confirmed", 1),
        ("offered", 1),
    ]


def test_a_party_whose_proof_comes_late_asks_for_all_its_places_again(site):
    event = four(capacity=3)
    place = booked(event, "nia", others=BOTH, proved=False)
    with later(2 * HOUR):
        booked(event, "huw")
        assert booking_of(place.id).state == "lapsed"
        signing_up.prove(place.id)
        assert (booking_of(place.id).state, booking_of(place.id).party) == ("waiting", 3)


def test_capacity_is_not_made_less_than_what_is_taken_and_it_is_said_by_whom(site):
    event = four(capacity=4)
    nia, huw = booked(event, "nia", others=BOTH), booked(event, "huw")
    with pytest.raises(Refused) as refusal:
        making.change_capacity(event.id, 3)
    assert refusal.value.reason == WhyNot.FEWER_THAN_TAKEN
    assert refusal.value.facts == {"taken": 4, "who": [(nia.reference, "Nia"), (huw.reference, "Huw")]}


# ---- Staff ----


def test_staff_sign_people_up_before_and_after_its_time_with_nothing_to_prove(site):
    mair = a_member_of_staff("mair")
    early = four(opens_at=NOW + HOUR)
    late = an_event(starts_at=NOW - HOUR, capacity=2)
    for event, who in ((early, a_sign_up("nia")), (late, by_phone(1))):
        answer = signing_up.book_place(event.id, who, entered_by_id=mair.id)
        place = booking_of(answer.booking_id)
        assert (place.state, place.proved_at, place.hold_until) == (BookingState.CONFIRMED, NOW, None)
        assert (place.entered_by_id, story_of(place)) == (mair.id, [(f"person:{mair.id}", "booking.confirmed")])
    with pytest.raises(Refused) as refusal:
        signing_up.book_place(early.id, a_sign_up("nia"), entered_by_id=mair.id)
    assert refusal.value.reason == WhyNot.ALREADY_BOOKED
    assert letters_to("nia@example.cymru") == ["place_booked"]


def test_a_place_is_moved_with_one_letter_and_the_one_it_leaves_is_offered_on(site):
    here, there = four(capacity=3), four(capacity=3)
    place = booked(here, "nia", others=BOTH, needs="Ramp")
    waiting = booked(here, "huw")
    number = actions.move(place.id, there.id, by="person:7")
    old, new = booking_of(place.id), booking_of(number)
    assert (old.state, new.state, new.party, new.others) == ("cancelled", "confirmed", 3, list(BOTH))
    assert [needs.booking_id for needs in db.session.query(AccessNeed)] == [number]
    letter = last_letter("nia@example.cymru")
    assert letters_to("nia@example.cymru")[-2:] == ["place_booked", "place_moved"]
    calendar = letter.attachment.replace("\r\n ", "")
    assert (calendar.count("STATUS:CONFIRMED"), calendar.count("STATUS:CANCELLED")) == (1, 1)
    assert (old.reference in calendar, new.reference in calendar) == (True, True)
    assert booking_of(waiting.id).state == "offered"
    assert story_of(old)[-1] == ("person:7", "booking.moved")


def test_a_place_is_moved_only_to_where_there_is_room_that_nobody_waits_for(site):
    here, there = four(capacity=4), four(capacity=3)
    place = booked(here, "nia", others=BOTH)
    booked(there, "huw")
    assert why_not(actions.move, place.id, there.id) == WhyNot.FULL
    assert why_not(actions.move, place.id, an_event(capacity=9).id) == WhyNot.PARTY_TOO_LARGE
    assert why_not(actions.move, place.id, here.id) == WhyNot.NOT_THIS_STATE
    unproved = booked(here, "eleri", proved=False)
    assert why_not(actions.move, unproved.id, there.id) == WhyNot.NOT_PROVED
    twice = booked(four(), "huw")
    assert why_not(actions.move, twice.id, there.id) == WhyNot.ALREADY_BOOKED
    assert states(there) == ["confirmed"]


# ---- The pages ----


@pytest.mark.pages
def test_nia_signs_up_with_two_others_and_gives_up_one(site, visitor, language):
    event = four(capacity=3)
    page = visitor.open(form_of(event, language))
    assert said(language, "The most who can come with you:") + " 3" in page.main
    page = visitor.send(**{**ANSWERS, "others": "A\nB\nC\nD"}, status=422)
    assert len(page.errors) == 1
    page = visitor.send(others=f"{BOTH[0]}\n\n  {BOTH[1]} ")
    assert ", ".join(BOTH) in page.main
    visitor.send()
    place = db.session.query(Booking).one()
    assert (place.party, place.others, place.part_ok) == (3, list(BOTH), False)
    signing_up.prove(place.id)
    page = visitor.open(place_of(place, language))
    assert all(name in page.main for name in BOTH)
    page = visitor.follow(said(language, "Fewer of you are coming"))
    ticked = [box["value"] for box in page.soup.select("input[name=others][checked]")]
    assert ticked == [f"0 {BOTH[0]}", f"1 {BOTH[1]}"]
    page = visitor.send(others=[f"1 {BOTH[1]}"])
    assert said(language, "Thank you for telling us. The list of who comes has been changed.") in page.main
    assert booking_of(place.id).others == [BOTH[1]]
    page = visitor.open(place_of(place, language) + {"cy": "/newid", "en": "/change"}[language])
    assert len(visitor.send(others="", status=422).errors) == 1
    visitor.send(others="Gwen Rhys")
    assert booking_of(place.id).others == ["Gwen Rhys"]


@pytest.mark.pages
def test_who_comes_is_chosen_where_fewer_places_are_offered(site, visitor, language):
    event = four(capacity=2)
    visitor.open(form_of(event, language))
    page = visitor.send(**ANSWERS, others="\n".join(BOTH), part_ok="y")
    assert said(language, "Take the places there are") in page.main
    visitor.send()
    place = db.session.query(Booking).one()
    assert place.state == BookingState.OFFERED
    not_you = "If it was not you who signed up, do nothing."  # nobody has proved yet that the address is theirs
    assert said(place.language_written, not_you) in last_letter(place.email).body
    page = visitor.open(place_of(place, language))
    page = visitor.send(others=[f"0 {BOTH[0]}", f"1 {BOTH[1]}"], status=422)
    assert page.errors == [said(language, "You have chosen too many people. The most who can come with you:") + " 1"]
    page = visitor.send(others=[f"1 {BOTH[1]}"])
    assert page.h1 == said(language, "You have a place")
    assert (booking_of(place.id).party, booking_of(place.id).others) == (2, [BOTH[1]])


@pytest.mark.pages
def test_a_list_of_names_that_has_changed_meanwhile_gives_up_nobody(site, visitor):
    event = four()
    place = booked(event, others=BOTH)
    visitor.open(place_of(place) + "/fewer")
    actions.change_details(
        place.id, name="Nia", language_written="en", language_spoken="en", needs="", others=["Gwen", "Huw"]
    )
    visitor.send(others=[f"0 {BOTH[0]}"], status=409)
    assert booking_of(place.id).others == ["Gwen", "Huw"]


@pytest.mark.pages
def test_whoever_is_signed_in_is_asked_nothing_that_their_account_knows(site, visitor, language):
    event = four()
    enter(visitor, a_person("nia", name="Nia Wyn", language_written="cy", language_spoken="cy"))
    visitor.open(form_of(event, language))
    page = visitor.follow(said(language, "Sign up with your account"))
    assert not {"name", "email", "channel", "language_written"} & set(page.values())
    assert "Nia Wyn" in page.main and "nia@example.cymru" in page.main
    page = visitor.send(others=BOTH[0], needs="Ramp", consent="y")
    assert BOTH[0] in page.main
    page = visitor.send()
    assert page.h1 == said(language, "You have a place")
    place = db.session.query(Booking).one()
    assert (place.is_proved, place.hold_until, place.party, place.language_written) == (True, None, 2, "cy")
    assert letters_to("nia@example.cymru")[-1] == "place_booked"
    # Once more: they are led to the place they have.
    path = {"cy": "/cy/cyfrif/lleoedd/cadw/", "en": "/en/account/places/book/"}[language]
    assert visitor.open(f"{path}{event.id}").h1 == said(language, "You have a place")
    assert states(event) == ["confirmed"]


@pytest.mark.pages
def test_what_somebody_needs_is_remembered_only_when_they_ask_for_it(site, visitor, language):
    nia = a_person("nia")
    enter(visitor, nia)
    path = {"cy": "/cy/cyfrif/lleoedd", "en": "/en/account/places"}[language]
    book = path + {"cy": "/cadw/", "en": "/book/"}[language]
    events = iter([an_event(starts_at=NOW + day * 24 * HOUR) for day in range(1, 9)])

    def sign_up(**typed):
        visitor.open(f"{book}{next(events).id}")
        visitor.send(**typed)
        visitor.send()
        return bookings.remembered_needs(nia.id)

    assert sign_up(needs="Ramp", consent="y") == ""
    assert sign_up(needs="Dolen sain", consent="y", remember="y") == "Dolen sain"
    db.session.rollback()
    with site.test_request_context("/en/"):
        assert data.as_json(nia)["remembered_needs"] == [{"needs": "Dolen sain"}]
    page = visitor.open(f"{book}{next(events).id}")
    assert (page.values()["needs"], page.values()["remember"]) == ("Dolen sain", "y")
    assert "consent" not in page.values()  # for every event anew
    assert sign_up(needs="Dolen sain", consent="y", remember=None) == ""
    assert sign_up(needs="Ramp", consent="y", remember="y") == "Ramp"
    assert "Ramp" in visitor.open(path).main
    assert "Ramp" not in visitor.send().main
    assert bookings.remembered_needs(nia.id) == ""
    assert sign_up(needs="Ramp", consent="y", remember="y") == "Ramp"
    actions.unit_of_work(actions.leave)(nia)
    assert bookings.remembered_needs(nia.id) == ""


@pytest.mark.pages
def test_an_account_that_is_reached_by_phone_signs_up_by_phone(site, visitor):
    event = an_event()
    enter(visitor, entered("elin", Channel.PHONE))
    visitor.open(f"/en/account/places/book/{event.id}")
    visitor.send()
    visitor.send()
    place = db.session.query(Booking).one()
    assert (place.channel, place.phone != "", place.state) == (Channel.PHONE, True, "confirmed")


def test_people_who_take_their_data_see_how_many_they_signed_up(site):
    nia = a_person("nia")
    booked(four(), "nia", others=BOTH)
    with site.test_request_context("/en/"):
        (place,) = data.as_json(nia)["places"]
    assert place["places"] == "3"
