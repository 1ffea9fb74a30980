"""What each action changes, which letter it posts, what the trail says."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from c4s.core import once
from c4s.core.changes import PublicVersion
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.throttle import TooMany
from c4s.events import actions, filling, making, queries, rules
from c4s.events.actions import Answer
from c4s.events.models import AccessNeed, Booking, Event
from c4s.events.rules import BookingState, DeliveryLanguage, Did, EventState, WhyNot
from c4s.mail.models import Channel, OutgoingLetter
from tests.conftest import NOW
from tests.events.builders import (
    a_sign_up,
    an_event,
    booked,
    by_phone,
    call_off,
    last_letter,
    letters_to,
    postpone,
    states,
    story_of,
)

HOUR = timedelta(hours=1)


def later(time: timedelta):
    return time_machine.travel(NOW + time, tick=False)


def why_not(action, *given, **facts):
    with pytest.raises(Refused) as refusal:
        action(*given, **facts)
    return refusal.value.reason


# ---- Taking a place ----


def test_nia_gets_a_place_that_is_kept_until_she_proves_her_address(site):
    event = an_event()
    answer = actions.book_place(event.id, a_sign_up("nia"))
    place = db.session.get_one(Booking, answer.booking_id)
    assert (place.state, place.proved_at, place.hold_until) == (BookingState.CONFIRMED, None, NOW + 2 * HOUR)
    assert answer == Answer(place.id, BookingState.CONFIRMED, NOW + 2 * HOUR)
    assert letters_to("nia@example.cymru") == ["place_to_confirm"]
    assert story_of(place) == [("visitor", "booking.confirmed")]
    assert re.fullmatch(f"[{rules.REFERENCE_LETTERS}]{{4}}-[{rules.REFERENCE_LETTERS}]{{4}}", place.reference)


def test_somebody_with_a_phone_has_a_place_at_once(site):
    event = an_event()
    answer = actions.book_place(event.id, by_phone(1))
    place = db.session.get_one(Booking, answer.booking_id)
    assert (place.state, place.proved_at, place.hold_until) == (BookingState.CONFIRMED, NOW, None)
    assert (place.phone, place.email, place.postal_address) == ("01632 960001", "", "")
    assert letters_to("01632 960001") == ["place_booked"]


def test_when_it_is_full_people_wait_in_order(site):
    event = an_event(capacity=2)
    for who in ("nia", "gareth", "mair", "siôn"):
        actions.book_place(event.id, a_sign_up(who))
    assert states(event) == ["confirmed", "confirmed", "waiting", "waiting"]
    assert "waiting list: 2" in last_letter("siôn@example.cymru").body
    places = [queries.position(one) for one in db.session.query(Booking).order_by(Booking.id)][2:]
    assert places == [1, 2]


def test_the_same_form_sent_twice_gives_one_place_and_one_letter(site):
    event = an_event(capacity=5)
    first = actions.book_place(event.id, a_sign_up(), key="k" * 20)
    again = actions.book_place(event.id, a_sign_up(), key="k" * 20)
    assert (again, states(event)) == (first, ["confirmed"])
    assert letters_to("nia@example.cymru") == ["place_to_confirm"]


def test_a_form_sent_again_with_other_answers_is_refused(site):
    event = an_event(capacity=5)
    actions.book_place(event.id, a_sign_up(), key="k" * 20)
    assert why_not(actions.book_place, event.id, a_sign_up("mair"), key="k" * 20) == once.NotAgain.ANOTHER_BODY
    assert states(event) == ["confirmed"]


def test_a_repeat_is_answered_even_after_sign_up_has_closed(site):
    event = an_event(closes_at=NOW + HOUR)
    first = actions.book_place(event.id, a_sign_up(), key="k" * 20)
    with later(HOUR):
        assert actions.book_place(event.id, a_sign_up(), key="k" * 20) == first
        assert why_not(actions.book_place, event.id, a_sign_up("mair")) == WhyNot.CLOSED


@pytest.mark.parametrize("typed", ["nia@example.cymru", "NIA@example.cymru"])
def test_an_address_that_has_a_place_gets_no_second_one_and_nobody_else_learns_of_it(site, typed):
    event = an_event(capacity=3)
    place = booked(event)
    stranger = actions.book_place(event.id, a_sign_up("mair"))
    answer = actions.book_place(event.id, a_sign_up(address=typed))
    assert (answer.state, answer.prove_by) == (stranger.state, stranger.prove_by)
    assert (answer.booking_id, states(event)) == (place.id, ["confirmed", "confirmed"])
    assert letters_to("nia@example.cymru") == ["place_to_confirm", "place_booked", "already_have_a_place"]


def test_the_answer_to_an_address_with_a_place_is_the_one_a_stranger_would_get_now(site):
    event = an_event(capacity=1)
    booked(event)
    assert actions.book_place(event.id, a_sign_up()).state == BookingState.WAITING
    assert states(event) == ["confirmed"]


def test_signing_up_again_does_not_lengthen_the_time_that_a_place_is_kept(site):
    event = an_event()
    place = booked(event, proved=False)
    with later(HOUR):
        actions.book_place(event.id, a_sign_up())
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
    assert queries.needs_of(first.id).needs == "Dolen sain"
    assert queries.needs_of(first.id).consented_at == NOW
    assert queries.needs_of(second.id) is None


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
    assert why_not(actions.book_place, event.id, a_sign_up()) == reason
    assert states(event) == []


def test_one_network_and_one_address_can_sign_up_only_so_often(site):
    event = an_event(capacity=100)
    for number in range(3):
        actions.book_place(event.id, by_phone(number), network="192.0.2", per_network=3)
    assert why_not(actions.book_place, event.id, by_phone(4), network="192.0.2", per_network=3) == TooMany.TOO_MANY
    actions.book_place(event.id, by_phone(5), network="198.51.100", per_network=3)
    for _ in range(rules.PER_ADDRESS):
        actions.book_place(event.id, a_sign_up(), network="203.0.113")
    assert why_not(actions.book_place, event.id, a_sign_up(), network="203.0.113") == TooMany.TOO_MANY
    assert len(letters_to("nia@example.cymru")) == rules.PER_ADDRESS


def test_a_party_counts_as_many_times_as_it_has_people(site):
    event = an_event(capacity=100, party_limit=20)
    few = rules.PER_NETWORK_WITHOUT_PROOF

    def by(number, others, network):
        a_party = replace(by_phone(number), others=("Elin Bowen",) * others)
        actions.book_place(event.id, a_party, network=network)

    by(1, few - 2, "192.0.2")
    by(2, 0, "192.0.2")
    assert why_not(by, 3, 0, "192.0.2") == TooMany.TOO_MANY
    by(4, 2 * few, "198.51.100")  # a large party may come, and nobody after it
    assert why_not(by, 5, 0, "198.51.100") == TooMany.TOO_MANY
    for number in range(3):
        a_party = a_sign_up(f"a{number}", others=("Elin Bowen",) * 19)
        actions.book_place(event.id, a_party, network="203.0.113")
    assert why_not(actions.book_place, event.id, a_sign_up("nia"), network="203.0.113") == TooMany.TOO_MANY


def test_one_sign_up_is_one_commit_and_raises_the_public_number_once(site):
    event = an_event()

    def number():
        db.session.rollback()
        return db.session.get(PublicVersion, "pages", populate_existing=True).number

    before = number()
    actions.book_place(event.id, a_sign_up(), key="k" * 20)
    assert number() == before + 1


# ---- Proving the address ----


def test_proving_makes_a_place_sure_and_brings_the_letter_with_the_calendar(site):
    place = booked(an_event(), proved=False)
    assert actions.prove(place.id) == Did.PROVED
    assert (place.state, place.proved_at, place.hold_until) == (BookingState.CONFIRMED, NOW, None)
    assert letters_to("nia@example.cymru") == ["place_to_confirm", "place_booked"]
    assert last_letter("nia@example.cymru").attachment_type == "text/calendar; method=PUBLISH; charset=utf-8"
    assert story_of(place) == [("visitor", "booking.confirmed"), ("visitor", "booking.proved")]


def test_proving_twice_changes_nothing(site):
    place = booked(an_event())
    assert actions.prove(place.id) == Did.PROVED
    assert letters_to("nia@example.cymru") == ["place_to_confirm", "place_booked"]
    assert len(story_of(place)) == 2


def test_nobody_proves_their_way_into_an_event_that_has_been_cancelled(site):
    event = an_event()
    place, waiting = booked(event, proved=False), booked(event, "mair", proved=False)
    call_off(event)
    assert [why_not(actions.prove, one.id) for one in (place, waiting)] == [WhyNot.CANCELLED] * 2
    assert (place.proved_at, letters_to("nia@example.cymru")) == (None, ["place_to_confirm"])
    assert story_of(place) == [("visitor", "booking.confirmed")]


def test_nobody_proves_their_way_into_an_event_that_is_over(site):
    place = booked(an_event(starts_at=NOW + HOUR / 2, ends_at=NOW + HOUR), proved=False)
    with later(HOUR):
        assert why_not(actions.prove, place.id) == WhyNot.OVER
    assert (place.proved_at, letters_to("nia@example.cymru")) == (None, ["place_to_confirm"])


def test_a_place_proved_before_the_event_was_cancelled_stays_proved(site):
    place = booked(an_event())
    call_off(place.event)
    assert (actions.prove(place.id), letters_to("nia@example.cymru")[-1]) == (Did.PROVED, "place_booked")


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
        assert queries.tally(event.id, now()).taken == 0
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
        assert actions.prove(place.id) == Did.CAME_BACK
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
        actions.prove(place.id)
        assert (states(event), queries.position(place)) == (["waiting", "offered", "waiting"], 2)
    assert letters_to("nia@example.cymru")[-1] == "joined_waiting_list"


def test_proving_late_gives_no_second_place_to_one_address(site):
    event = an_event(capacity=3)
    place = booked(event, proved=False)
    with later(3 * HOUR):
        filling.lapse_due()
        booked(event)
        assert why_not(actions.prove, place.id) == WhyNot.ALREADY_BOOKED
    assert states(event) == ["lapsed", "confirmed"]


def test_proving_late_is_no_way_past_the_closing_time(site):
    event = an_event(closes_at=NOW + HOUR)
    place = booked(event, proved=False)
    with later(3 * HOUR):
        filling.lapse_due()
        assert why_not(actions.prove, place.id) == WhyNot.CLOSED


def test_a_place_given_up_stays_given_up(site):
    place = booked(an_event(), proved=False)
    actions.cancel(place.id)
    for act in (actions.prove, actions.cancel, actions.accept_offer, actions.decline_offer):
        assert why_not(act, place.id) == WhyNot.NOT_THIS_STATE
    changed = why_not(actions.change_details, place.id, name="N", language_written="cy", language_spoken="cy", needs="")
    assert (changed, states(place.event)) == (WhyNot.NOT_THIS_STATE, ["cancelled"])


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
    assert queries.needs_of(place.id).needs == "Ramp"
    facts = actions.trail.history_of("booking", place.id)[-1].facts
    assert facts == {"fields": ["name", "language_written", "needs"]}
    actions.change_details(place.id, name="Nia Wyn", language_written="cy", language_spoken="en", needs="")
    assert queries.needs_of(place.id) is None
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
    assert why_not(an_event, title=actions.Bilingual("Dim ond Cymraeg", "")) == WhyNot.NOT_IN_BOTH_LANGUAGES
    assert why_not(an_event, delivery_language=DeliveryLanguage.EN) == WhyNot.NO_WELSH_OFFER
    assert db.session.query(Event).count() == 0


def test_an_answer_is_read_back_as_it_was_kept():
    for answer in (Answer(7, BookingState.WAITING, None), Answer(8, BookingState.CONFIRMED, NOW)):
        assert Answer.read(answer.kept()) == answer
