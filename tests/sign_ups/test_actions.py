"""What staff do for those who take part: on both databases, and the trail says who did it."""

from datetime import timedelta

import pytest

from c4s.accounts import rules as accounts
from c4s.audit import trail
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.once import NotAgain
from c4s.events import actions as event_actions
from c4s.events import bookings, signing_up
from c4s.events import rules as places
from c4s.events.models import Booking
from c4s.events.rules import BookingState
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel, LetterState, OutgoingLetter
from c4s.sign_ups import actions, queries
from c4s.sign_ups.models import EventMessage
from c4s.sign_ups.rules import Audience, Did, WhyNot
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, set_roles
from tests.conftest import at_once
from tests.events.builders import a_sign_up, an_event, booked, last_letter, letters_to, states, story_of
from tests.sign_ups.builders import (
    BODY,
    SUBJECT,
    added,
    an_advice_session,
    gwen,
    in_english,
    mair,
    set_event,
    welsh_by_post,
)

KEY = "the-key-of-one-message"


def again(booking):
    db.session.rollback()
    return db.session.get_one(Booking, booking.id)


def letters_about(booking):
    rows = db.session.query(OutgoingLetter).filter_by(about_kind="booking", about_id=booking.id)
    return [row.letter for row in rows.order_by(OutgoingLetter.id)]


def refused(act, *arguments, **more):
    with pytest.raises(Refused) as refusal:
        act(*arguments, **more)
    db.session.rollback()
    return refusal.value


# ---- Somebody phones ----


def test_somebody_without_email_is_signed_up_and_the_sign_up_says_by_whom(site):
    by, event = gwen(), an_event()
    elin = added(event, welsh_by_post(needs="Dolen sain"), by)
    assert (elin.state, elin.is_proved, elin.entered_by_id) == (BookingState.CONFIRMED, True, by.id)
    assert story_of(elin) == [(f"person:{by.id}", "booking.confirmed")]
    letter = last_letter(elin.postal_address)
    assert (letter.letter, letter.language, letter.state) == ("events/place_booked", "cy", LetterState.TO_PRINT)


def test_a_full_event_gives_a_turn_in_the_queue(site):
    by, event = gwen(), an_event(capacity=1)
    added(event, a_sign_up(), by)
    elin = added(event, welsh_by_post(), by)
    assert states(event) == ["confirmed", "waiting"]
    assert queries.turns(event.id) == {elin.id: 1}


def test_staff_sign_people_up_before_sign_up_opens_and_after_it_has_closed(site):
    by, starts = gwen(), now() + timedelta(days=9)
    early = an_event(starts_at=starts, opens_at=starts - timedelta(days=1))
    late = an_event(starts_at=starts, closes_at=now() - timedelta(days=1))
    assert [added(one, welsh_by_post(), by).state for one in (early, late)] == [BookingState.CONFIRMED] * 2


def test_an_address_that_has_a_place_is_told_of_and_leads_to_it(site):
    by, event = gwen(), an_event(capacity=2)
    nia = booked(event)
    refusal = refused(added, event, a_sign_up(), by)
    assert (refusal.reason, refusal.facts["booking_id"]) == (places.WhyNot.ALREADY_BOOKED, nia.id)


def test_a_form_sent_twice_signs_somebody_up_once(site):
    by, event = gwen(), an_event(capacity=2)
    first, second = (added(event, welsh_by_post(), by, KEY) for _ in range(2))
    assert (first.id, states(event)) == (second.id, ["confirmed"])


# ---- One sign-up ----


def test_every_act_for_somebody_is_in_the_trail_with_who_did_it(site):
    by, event = gwen(), an_event(capacity=4)
    set_event(event, party_limit=3)
    elin = added(event, welsh_by_post(others=("Ifor", "Siân")), by)
    actions.change(
        elin.id,
        name="Elin Wyn",
        others=["Ifor", "Siân Jones"],
        language_written="en",
        language_spoken="cy",
        needs="Dolen sain",
        by_id=by.id,
    )
    changed = again(elin)
    assert (changed.name, changed.others, changed.language_written) == ("Elin Wyn", ["Ifor", "Siân Jones"], "en")
    assert bookings.needs_of(elin.id).needs == "Dolen sain"
    actions.keep_some(elin.id, ["Siân Jones"], by_id=by.id)
    assert (again(elin).party, again(elin).others) == (2, ["Siân Jones"])
    actions.cancel(elin.id, by_id=by.id)
    did = ["confirmed", "changed", "gave_up_some", "cancelled"]
    assert story_of(elin) == [(f"person:{by.id}", f"booking.{one}") for one in did]
    assert letters_about(elin)[-1] == "events/place_given_up"  # they are always told


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_an_offer_is_answered_on_the_phone(site, answer):
    by, event = gwen(), an_event(capacity=1)
    first, elin = booked(event), added(event, welsh_by_post(channel=Channel.PHONE, address="01632 960001"), by)
    event_actions.cancel(first.id)
    assert again(elin).state == BookingState.OFFERED
    getattr(actions, answer)(elin.id, by_id=by.id)
    assert again(elin).state == {"accept": BookingState.CONFIRMED, "decline": BookingState.CANCELLED}[answer]
    assert story_of(elin)[-1] == (
        f"person:{by.id}",
        {"accept": "booking.accepted", "decline": "booking.declined"}[answer],
    )


def test_somebody_is_moved_to_another_date_with_one_letter(site):
    by, here, there = gwen(), an_event(), an_event(starts_at=now() + timedelta(days=20))
    elin = added(here, welsh_by_post(), by)
    moved = db.session.get_one(Booking, actions.move(elin.id, there.id, by_id=by.id))
    assert (again(elin).state, moved.event_id, moved.state) == (
        BookingState.CANCELLED,
        there.id,
        BookingState.CONFIRMED,
    )
    assert letters_to(elin.postal_address) == ["place_booked", "place_moved"]
    full = refused(actions.move, added(here, a_sign_up("huw"), by).id, there.id, by_id=by.id)
    assert full.reason == places.WhyNot.FULL


def test_another_time_of_an_advice_session_is_a_swap_and_not_one_that_somebody_has(site):
    by = gwen()
    event, times = an_advice_session()
    elin = added(event, welsh_by_post(session_id=times[0]), by)
    added(event, a_sign_up("huw", session_id=times[1]), by)
    assert refused(actions.choose_slot, elin.id, times[1], by_id=by.id).reason == places.WhyNot.SLOT_TAKEN
    actions.choose_slot(elin.id, times[2], by_id=by.id)
    assert again(elin).session_id == times[2]


def test_a_letter_sent_again_says_how_the_place_stands_now(site):
    by, event = gwen(), an_event(capacity=1)
    nia = booked(event, proved=False)
    actions.send_again(nia.id, by_id=by.id)
    signing_up.prove(nia.id)
    actions.send_again(nia.id, by_id=by.id)
    elin = added(event, welsh_by_post(), by)
    actions.send_again(elin.id, by_id=by.id)
    event_actions.cancel(nia.id)
    actions.send_again(elin.id, by_id=by.id)
    names = [name.removeprefix("events/") for name in (*letters_about(nia), *letters_about(elin))]
    assert names == [
        *("place_to_confirm", "place_to_confirm", "place_booked", "place_booked", "place_given_up"),
        *("joined_waiting_list", "joined_waiting_list", "place_offered", "place_offered"),
    ]
    assert story_of(elin)[-1] == (f"person:{by.id}", Did.SENT_AGAIN)
    assert refused(actions.send_again, nia.id, by_id=by.id).reason == places.WhyNot.NOT_THIS_STATE


def test_somebody_who_is_no_longer_staff_can_do_nothing(site):
    by, event = gwen(), in_english()
    elin = added(event, welsh_by_post(), by)
    set_roles(by)
    tries = [
        (actions.add, (event.id, welsh_by_post("ifor")), {"key": KEY}),
        (actions.cancel, (elin.id,), {}),
        (actions.accept, (elin.id,), {}),
        (actions.decline, (elin.id,), {}),
        (actions.keep_some, (elin.id, []), {}),
        (actions.move, (elin.id, event.id), {}),
        (actions.choose_slot, (elin.id, 1), {}),
        (actions.send_again, (elin.id,), {}),
        (actions.interpreter_booked, (event.id,), {}),
        (actions.write, (event.id, SUBJECT, BODY, Audience.HAVE_A_PLACE, None), {"key": KEY}),
    ]
    for act, arguments, more in tries:
        assert refused(act, *arguments, **more, by_id=by.id).reason == accounts.WhyNot.NOT_ALLOWED, act
    assert states(event) == ["confirmed"]


# ---- Interpreters ----


def test_an_interpreter_is_a_task_once_enough_people_wish_to_use_welsh_and_until_one_is_booked(site, clock):
    by, event = gwen(), in_english()
    added(event, welsh_by_post(), by)
    added(event, a_sign_up("huw"), by)
    assert queries.to_interpret() == []
    refusal = refused(actions.interpreter_booked, event.id, by_id=by.id)
    assert refusal.reason == WhyNot.NO_INTERPRETER_NEEDED
    clock.shift(timedelta(hours=1))
    reached = now()
    added(event, welsh_by_post("ifor"), by)
    clock.shift(timedelta(hours=1))
    added(event, welsh_by_post("non"), by)
    [task] = queries.to_interpret()
    assert (task.event.id, task.wishes, task.since) == (event.id, 3, reached)
    actions.interpreter_booked(event.id, by_id=by.id)
    assert queries.to_interpret() == []
    assert [(one.actor, one.action) for one in trail.history_of("event", event.id)][-1] == (
        f"person:{by.id}",
        Did.INTERPRETER_BOOKED,
    )


def test_those_who_wait_count_and_those_who_gave_up_do_not(site):
    by, event = gwen(), in_english(capacity=1)
    elin, _ifor = (added(event, welsh_by_post(who), by) for who in ("elin", "ifor"))
    assert [task.wishes for task in queries.to_interpret()] == [2]
    actions.cancel(elin.id, by_id=by.id)
    assert queries.to_interpret() == []
    added(event, welsh_by_post("non"), by)
    set_event(event, interpreter_by=now())
    assert queries.to_interpret() == []  # too late to book one


# ---- Messages ----


def wrote(event, by, audience=Audience.HAVE_A_PLACE, session_id=None, key=KEY):
    return actions.write(event.id, SUBJECT, BODY, audience, session_id, by_id=by.id, key=key)


def messages_to(address):
    db.session.rollback()
    found = db.session.query(OutgoingLetter).filter_by(letter="sign_ups/event_message", to_address=address)
    return found.order_by(OutgoingLetter.id).all()


def test_everybody_with_a_place_is_written_to_in_their_languages_at_the_same_time(site):
    by, event = mair(), an_event(capacity=3)
    nia = booked(event, language_written="both")
    elin = added(event, welsh_by_post(), by)
    unproved = booked(event, "ifan", proved=False)
    waiting = added(event, a_sign_up("huw"), by)
    assert wrote(event, by) == 2
    [to_nia], [to_elin] = messages_to(nia.email), messages_to(elin.postal_address)
    assert messages_to(unproved.email) == messages_to(waiting.email) == []
    assert to_nia.due_at == to_elin.due_at
    assert (to_elin.subject, to_elin.language, to_elin.state) == ("Ystafell arall", "cy", LetterState.TO_PRINT)
    assert "Ewch i’r llofft." in to_elin.body and "Go upstairs" not in to_elin.body
    assert to_nia.subject == "Ystafell arall | Another room"
    assert "Ewch i’r llofft." in to_nia.body and "Go upstairs." in to_nia.body
    [message] = db.session.query(EventMessage)
    assert (message.number, message.by_id, message.audience) == (2, by.id, Audience.HAVE_A_PLACE)
    last = trail.history_of("event", event.id)[-1]
    assert (last.actor, last.action, last.facts["number"]) == (f"person:{by.id}", Did.WROTE, 2)


@pytest.mark.parametrize("audience", list(Audience))
def test_a_message_reaches_those_it_is_for_as_many_as_were_counted(site, audience):
    by = mair()
    event, times = an_advice_session(2)
    elin = added(event, welsh_by_post(session_id=times[0], needs="Dolen sain"), by)
    huw = added(event, a_sign_up("huw", session_id=times[1]), by)
    non = added(event, a_sign_up("non", language_written="both"), by)
    assert states(event) == ["confirmed", "confirmed", "waiting"]
    assert queries.reach(event.id, Audience.SESSION, None).number == 0  # no time chosen: nobody
    session_id = times[1] if audience == Audience.SESSION else None
    reach = queries.reach(event.id, audience, session_id)
    for_whom = {
        Audience.HAVE_A_PLACE: [elin, huw],
        Audience.WAIT: [non],
        Audience.NEEDS: [elin],
        Audience.SESSION: [huw],
    }[audience]
    assert wrote(event, by, audience, session_id) == reach.number == len(for_whom)
    assert [one.id for one in (elin, huw, non) if messages_to(again(one).address)] == [one.id for one in for_whom]
    assert sum(reach.by_channel.values()) == sum(reach.by_language.values()) == len(for_whom)


def test_a_message_sent_twice_goes_once_and_its_key_is_for_no_other(site):
    by, event = mair(), an_event()
    nia = booked(event)
    assert [wrote(event, by), wrote(event, by)] == [1, 1]
    assert len(messages_to(nia.email)) == 1
    other = refused(actions.write, event.id, SUBJECT, SUBJECT, Audience.HAVE_A_PLACE, None, by_id=by.id, key=KEY)
    assert other.reason == NotAgain.ANOTHER_BODY


@pytest.mark.race
def test_a_message_sent_from_two_windows_at_once_goes_once(site):
    by, event = mair(), an_event()
    nia, by_id, event_id = booked(event).email, by.id, event.id

    def send():
        return actions.write(event_id, SUBJECT, BODY, Audience.HAVE_A_PLACE, None, by_id=by_id, key=KEY)

    db.session.rollback()
    assert at_once(site, send, send) == [1, 1]
    assert len(messages_to(nia)) == 1


def test_nothing_is_sent_in_one_language_only_and_nothing_to_nobody(site):
    by, event = mair(), an_event()
    assert refused(wrote, event, by).reason == WhyNot.NOBODY
    nia = booked(event)
    one_language = refused(
        actions.write,
        event.id,
        Bilingual("Pwnc", ""),
        BODY,
        Audience.HAVE_A_PLACE,
        None,
        by_id=by.id,
        key="another-key-for-a-message",
    )
    assert one_language.reason == WhyNot.NOT_IN_BOTH_LANGUAGES
    assert messages_to(nia.email) == []


def test_a_helper_looks_after_sign_ups_and_writes_to_nobody(site):
    event = an_event()
    booked(event)
    helper, outsider = gwen(), a_person("ceri")
    assert refused(wrote, event, helper).reason == accounts.WhyNot.NOT_ALLOWED
    moderator = a_member_of_staff("dewi", Who.MODERATOR)
    for somebody in (outsider, moderator):
        assert refused(added, event, welsh_by_post(), somebody).reason == accounts.WhyNot.NOT_ALLOWED
