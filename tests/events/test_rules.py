"""The rules as truth tables."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from c4s.core.errors import Refused
from c4s.events import rules
from c4s.events.rules import BookingState, DeliveryLanguage, EventKind, EventState, InQueue, Places, WhyNot

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
CONFIRMED, WAITING, OFFERED, CANCELLED, LAPSED = BookingState


@pytest.mark.parametrize(
    ("places", "party", "part_ok", "goes_to"),
    [
        (Places(1), 1, False, CONFIRMED),
        (Places(1, 1), 1, False, WAITING),
        (Places(1, 0, 1, 1), 1, False, WAITING),  # nobody overtakes those whom the free place would serve
        (Places(5, 4), 1, False, CONFIRMED),
        (Places(5, 5), 1, True, WAITING),
        (Places(5, 6), 1, True, WAITING),
        (Places(5, 2), 3, False, CONFIRMED),
        (Places(5, 3), 3, False, WAITING),  # a party is not torn apart
        (Places(5, 3), 3, True, OFFERED),  # unless it says that it may be
        (Places(5, 3, 3, 3), 2, False, CONFIRMED),  # the two places would not do for the three who wait
        (Places(5, 3, 3, 2), 2, False, WAITING),
        (Places(5, 3, 3, 2), 3, True, WAITING),
    ],
)
def test_those_who_come_next_get_places_or_an_offer_of_some_or_wait(places, party, part_ok, goes_to):
    assert rules.place_for(places, party, part_ok=part_ok) == goes_to


@pytest.mark.parametrize(
    ("places", "left"),
    [
        (Places(5), 5),
        (Places(5, 4), 1),
        (Places(5, 5), 0),
        (Places(5, 6), 0),
        (Places(5, 4, 1, 1), 0),
        (Places(5, 4, 2, 2), 1),
        (Places(5, 5, 2, 2), 0),
    ],
)
def test_no_place_is_left_while_it_would_do_for_anybody_who_waits(places, left):
    assert places.left == left


def test_a_party_says_who_still_comes_by_the_names_it_gave():
    names = ["Mair", "Siôn", "Mair", "Gwen"]
    assert rules.those_kept(names, [], 3) == []
    assert rules.those_kept(names, ["Gwen", "Mair"], 3) == ["Mair", "Gwen"]
    assert rules.those_kept(names, ["Mair", "Mair"], 3) == ["Mair", "Mair"]
    for kept, most, reason in (
        (["Mair", "Siôn"], 1, WhyNot.PARTY_TOO_LARGE),
        (["Nia"], 3, WhyNot.NOT_THIS_STATE),
        (["Siôn", "Siôn"], 3, WhyNot.NOT_THIS_STATE),
    ):
        with pytest.raises(Refused) as refusal:
            rules.those_kept(names, kept, most)
        assert refusal.value.reason == reason


def test_advice_is_given_to_one_and_a_part_is_given_up_only_of_several_places_or_of_the_wait_for_them():
    assert [rules.most_at_once(kind, 4) for kind in (EventKind.COURSE, EventKind.ADVICE_SURGERY)] == [4, 1]
    can = {(state, party) for state in BookingState for party in (1, 2) if rules.may_keep_some(state, party)}
    assert can == {(CONFIRMED, 2), (WAITING, 2)}


def test_staff_sign_people_up_whenever_the_event_is_still_to_be_held():
    def entering(state, ends=NOON + HOUR):
        try:
            rules.may_enter(state, ends, NOON)
        except Refused as refusal:
            return refusal.reason
        return None

    assert {state: entering(state) for state in EventState} == {
        EventState.DRAFT: WhyNot.CLOSED,
        EventState.PUBLISHED: None,
        EventState.POSTPONED: WhyNot.POSTPONED,
        EventState.CANCELLED: WhyNot.CANCELLED,
    }
    assert entering(EventState.PUBLISHED, NOON) == WhyNot.OVER


def why(state=EventState.PUBLISHED, opens=None, closes=NOON + HOUR, ends=NOON + 5 * HOUR):
    try:
        rules.may_book(state, opens, closes, ends, NOON)
    except Refused as refusal:
        return refusal.reason, refusal.facts
    return None


def test_sign_up_is_open_between_its_opening_and_its_closing_moment():
    assert why() is None
    assert why(opens=NOON) is None
    assert why(opens=NOON + HOUR) == (WhyNot.NOT_YET_OPEN, {"opens_at": NOON + HOUR})
    assert why(closes=NOON) == (WhyNot.CLOSED, {})
    assert why(closes=NOON + timedelta(microseconds=1)) is None


def test_a_cancelled_event_a_draft_and_one_that_is_over_say_so():
    assert why(EventState.CANCELLED) == (WhyNot.CANCELLED, {})
    assert why(EventState.DRAFT) == (WhyNot.CLOSED, {})
    assert why(closes=NOON - HOUR, ends=NOON) == (WhyNot.OVER, {})
    assert why(EventState.CANCELLED, ends=NOON) == (WhyNot.CANCELLED, {})


def test_an_unproved_place_is_kept_for_two_hours_and_never_past_the_start():
    assert rules.proof_until(NOON, NOON + 9 * HOUR) == NOON + 2 * HOUR
    assert rules.proof_until(NOON, NOON + HOUR) == NOON + HOUR


def utc(day, hour, minute=0):
    """A moment of March or, for days above 100, of October 2026, in UTC."""
    return datetime(2026, 10 if day > 100 else 3, day % 100, hour, minute, tzinfo=UTC)


FAR = datetime(2026, 12, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "start", "time_to_answer", "until"),
    [
        # By day, and far from the start: the whole time, as the way it travels asks for.
        (NOON, FAR, rules.OFFER, utc(4, 12)),
        (NOON, FAR, rules.OFFER_BY_PHONE, utc(5, 12)),
        (NOON, FAR, rules.OFFER_BY_POST, utc(9, 12)),
        (utc(2, 9), FAR, rules.OFFER, utc(4, 9)),
        (utc(2, 21), FAR, rules.OFFER, utc(4, 21)),
        # Made in the night: until noon after it.
        (utc(2, 21, 1), FAR, rules.OFFER, utc(5, 12)),
        (utc(2, 23, 59), FAR, rules.OFFER, utc(5, 12)),
        (utc(2, 0), FAR, rules.OFFER, utc(4, 12)),
        (utc(2, 8, 59), FAR, rules.OFFER, utc(4, 12)),
        # Near the start: until three hours before it.
        (NOON, utc(3, 15), rules.OFFER, utc(3, 12)),
        (NOON, utc(3, 15), rules.OFFER_BY_POST, utc(3, 12)),
        (NOON, utc(2, 16), rules.OFFER, utc(2, 13)),
        (NOON, utc(2, 15, 59), rules.OFFER, None),  # less than an hour
        (NOON, utc(2, 11), rules.OFFER, None),
        # Three hours before the start is night: until the evening before, while that leaves an hour.
        (NOON, utc(3, 10), rules.OFFER, utc(2, 21)),
        (utc(2, 20), utc(3, 10), rules.OFFER, utc(2, 21)),
        (utc(2, 20, 1), utc(3, 10), rules.OFFER, None),
        (utc(2, 23), utc(3, 10), rules.OFFER, None),
        # And made in the night before an afternoon: an hour of the morning at least.
        (utc(2, 23), utc(3, 13), rules.OFFER, utc(3, 10)),
        (utc(2, 23), utc(3, 12, 59), rules.OFFER, None),
        # The clocks go forward on 29 March 2026: nine in the evening is then eight in UTC.
        (utc(27, 20, 30), FAR, rules.OFFER, utc(30, 11)),
        (utc(27, 19, 30), FAR, rules.OFFER, utc(29, 19, 30)),
        (utc(27, 12), FAR, rules.OFFER, utc(29, 12)),
        (utc(27, 8, 30), FAR, rules.OFFER, utc(29, 8, 30)),  # half past nine there
        # The clocks go back on 25 October 2026.
        (utc(123, 20, 30), FAR, rules.OFFER, utc(125, 20, 30)),
        (utc(123, 21, 30), FAR, rules.OFFER, utc(126, 12)),
        (utc(123, 8, 30), FAR, rules.OFFER, utc(125, 12)),  # half past eight there
        (utc(124, 12), utc(125, 13), rules.OFFER, utc(125, 10)),
    ],
)
def test_an_offer_lasts_as_its_way_asks_for_and_never_lapses_at_night(now, start, time_to_answer, until):
    assert rules.offer_until(now, start, time_to_answer=time_to_answer) == until


def test_an_address_that_nobody_has_proved_holds_an_offer_for_two_hours_whatever_the_time_of_day():
    def until(now, start):
        return rules.offer_until(now, start, is_proved=False)

    assert until(NOON, FAR) == NOON + 2 * HOUR
    assert until(utc(2, 22), FAR) == utc(3, 0)
    assert until(NOON, NOON + 4 * HOUR) == NOON + HOUR
    assert until(NOON, NOON + 3 * HOUR) is None


MINUTES = some.integers(0, 60 * 24 * 14)


@given(MINUTES, MINUTES, some.sampled_from((rules.OFFER, rules.OFFER_BY_PHONE, rules.OFFER_BY_POST)), some.booleans())
def test_every_offer_ends_by_day_before_the_start_and_leaves_an_hour_that_people_are_awake(made, ahead, time, autumn):
    now = utc(118 if autumn else 22, 0) + timedelta(minutes=made)
    start = now + timedelta(minutes=ahead)
    until = rules.offer_until(now, start, time_to_answer=time)
    if until is None:
        return
    there = until.astimezone(rules.UK)
    assert now + HOUR <= until <= start - 3 * HOUR
    assert (9, 0) <= (there.hour, there.minute) <= (21, 0)
    awake = [now + timedelta(minutes=one) for one in range(0, int((until - now).total_seconds()) // 60, 15)]
    assert sum(9 <= one.astimezone(rules.UK).hour < 21 for one in awake) >= 3


def offered(free, *queue):
    """Who is offered how many: of those who wait, (number, party), and a ``*`` after the party where fewer would do."""
    waiting = [
        InQueue(number, NOON + timedelta(minutes=place), int(str(party).rstrip("*")), str(party).endswith("*"))
        for place, (number, party) in enumerate(queue)
    ]
    return [tuple(offer) for offer in rules.next_offers(free, waiting)]


@pytest.mark.parametrize(
    ("free", "queue", "offers"),
    [
        (0, [(1, 1)], []),
        (-1, [(1, 1), (2, "2*")], []),
        (1, [(1, 1), (2, 1)], [(1, 1)]),
        (2, [(1, 3), (2, 1), (3, 1)], [(2, 1), (3, 1)]),  # three do not fit: the next who do
        (3, [(1, 3), (2, 1)], [(1, 3)]),
        (4, [(1, 3), (2, 2), (3, 1)], [(1, 3), (3, 1)]),
        (2, [(1, "3*"), (2, 1)], [(1, 2)]),  # fewer would do for them
        (4, [(1, "3*"), (2, "2*"), (3, 1)], [(1, 3), (2, 1)]),
        (9, [(1, 2), (2, 3)], [(1, 2), (2, 3)]),
    ],
)
def test_places_are_offered_to_the_first_whom_they_serve(free, queue, offers):
    assert offered(free, *queue) == offers


def test_of_those_who_joined_at_one_moment_the_lower_number_is_first():
    queue = [InQueue(3, NOON), InQueue(9, NOON - HOUR), InQueue(2, NOON), InQueue(1, NOON + HOUR)]
    assert [offer.booking_id for offer in rules.next_offers(3, queue)] == [9, 2, 3]


WAITERS = some.lists(
    some.tuples(some.integers(0, 3), some.integers(1, 5), some.booleans()), max_size=10
)  # when they joined, how many, whether fewer would do


@given(some.integers(-1, 12), WAITERS)
def test_an_offer_is_made_only_when_what_was_free_does_not_serve_anybody_earlier_who_still_waits(free, people):
    queue = [
        InQueue(number, NOON + HOUR * when, party, part_ok) for number, (when, party, part_ok) in enumerate(people)
    ]
    offers, left, served = rules.next_offers(free, queue), free, set()
    asked = {one.booking_id: one for one in queue}

    def turn(one):
        return one.joined_at, one.booking_id

    def would_do(one):
        return one.party <= left or (one.part_ok and left > 0)

    for number, places in offers:
        one = asked[number]
        earlier = [other for other in queue if turn(other) < turn(one) and other.booking_id not in served]
        assert not any(would_do(other) for other in earlier)
        assert places == one.party or (one.part_ok and places == left < one.party)
        served.add(number)
        left -= places
    assert left >= 0 or not offers
    assert not any(would_do(other) for other in queue if other.booking_id not in served)


def test_a_hold_is_over_at_the_stated_moment_itself():
    assert [rules.has_lapsed(until, NOON) for until in (None, NOON, NOON - HOUR, NOON + HOUR)] == [
        False,
        True,
        True,
        False,
    ]


def test_only_places_turns_and_offers_can_be_given_up():
    assert {state for state in BookingState if rules.is_live(state)} == {CONFIRMED, WAITING, OFFERED}


def test_only_somebody_whose_proof_came_late_may_come_back():
    back = {(state, proved) for state in BookingState for proved in (True, False) if rules.may_come_back(state, proved)}
    assert back == {(LAPSED, False)}


def test_an_offer_can_be_accepted_until_it_lapses():
    def accepting(state, until=NOON + HOUR):
        try:
            rules.may_accept(state, until, NOON)
        except Refused as refusal:
            return refusal.reason
        return None

    assert accepting(OFFERED) is None
    assert accepting(OFFERED, NOON) == WhyNot.OFFER_LAPSED
    assert {state: accepting(state) for state in BookingState if state != OFFERED} == {
        CONFIRMED: WhyNot.NOT_THIS_STATE,
        WAITING: WhyNot.NOT_THIS_STATE,
        CANCELLED: WhyNot.NOT_THIS_STATE,
        LAPSED: WhyNot.OFFER_LAPSED,
    }


def test_an_event_is_published_only_when_every_text_is_in_both_languages():
    both = {"title": ("T", "T"), "summary": ("C", "S"), "cost": ("", ""), "welsh_offer": ("", "")}
    rules.may_publish(both, {"title", "summary"}, DeliveryLanguage.CY)
    with pytest.raises(Refused) as refusal:
        rules.may_publish({**both, "title": ("", ""), "cost": ("Am ddim", "")}, {"title"}, DeliveryLanguage.CY)
    assert (refusal.value.reason, refusal.value.facts) == (
        WhyNot.NOT_IN_BOTH_LANGUAGES,
        {"missing": ["title", "cost"]},
    )


def test_an_event_in_english_only_says_how_to_ask_for_it_in_welsh():
    texts = {"title": ("T", "T"), "welsh_offer": ("", "")}
    with pytest.raises(Refused) as refusal:
        rules.may_publish(texts, {"title"}, DeliveryLanguage.EN)
    assert refusal.value.reason == WhyNot.NO_WELSH_OFFER
    rules.may_publish({**texts, "welsh_offer": ("Gofynnwch", "Ask")}, {"title"}, DeliveryLanguage.EN)
