"""The rules as truth tables."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from c4s.core.errors import Refused
from c4s.events import rules
from c4s.events.rules import BookingState, DeliveryLanguage, EventState, InQueue, Places, WhyNot

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
CONFIRMED, WAITING, OFFERED, CANCELLED, LAPSED = BookingState


@pytest.mark.parametrize(
    ("taken", "waiting", "capacity", "goes_to"),
    [
        (0, 0, 1, CONFIRMED),
        (1, 0, 1, WAITING),
        (0, 1, 1, WAITING),  # nobody overtakes the queue
        (4, 0, 5, CONFIRMED),
        (5, 0, 5, WAITING),
        (6, 0, 5, WAITING),
    ],
)
def test_the_next_person_goes_to_a_free_place_or_behind_the_queue(taken, waiting, capacity, goes_to):
    assert rules.place_for(taken, waiting, capacity) == goes_to


@pytest.mark.parametrize(
    ("capacity", "taken", "waiting", "left"),
    [(5, 0, 0, 5), (5, 4, 0, 1), (5, 5, 0, 0), (5, 6, 0, 0), (5, 4, 1, 0)],
)
def test_no_place_is_left_while_anybody_waits(capacity, taken, waiting, left):
    assert Places(capacity, taken, waiting).left == left


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


@pytest.mark.parametrize(
    ("start", "is_proved", "by_post", "until"),
    [
        (NOON + 240 * HOUR, True, False, NOON + 48 * HOUR),
        (NOON + 240 * HOUR, True, True, NOON + 168 * HOUR),
        (NOON + 240 * HOUR, False, False, NOON + 2 * HOUR),
        (NOON + 24 * HOUR, True, False, NOON + 21 * HOUR),
        (NOON + 24 * HOUR, True, True, NOON + 21 * HOUR),
        (NOON + 4 * HOUR, False, False, NOON + HOUR),
        (NOON + 3 * HOUR, True, False, None),
        (NOON - HOUR, True, False, None),
    ],
)
def test_an_offer_lasts_as_long_as_the_way_it_travels_and_ends_three_hours_before_the_start(
    start, is_proved, by_post, until
):
    assert rules.offer_until(NOON, start, is_proved=is_proved, by_post=by_post) == until


def test_offers_go_to_those_who_joined_first_and_of_two_at_one_moment_to_the_lower_number():
    queue = [InQueue(3, NOON), InQueue(9, NOON - HOUR), InQueue(2, NOON), InQueue(1, NOON + HOUR)]
    assert rules.next_offers(0, queue) == []
    assert rules.next_offers(-1, queue) == []
    assert rules.next_offers(1, queue) == [9]
    assert rules.next_offers(3, queue) == [9, 2, 3]
    assert rules.next_offers(9, queue) == [9, 2, 3, 1]


@given(some.lists(some.tuples(some.integers(1, 50), some.integers(0, 5))), some.integers(-1, 20))
def test_offers_never_skip_anybody(people, free):
    queue = [InQueue(number, NOON + HOUR * when) for number, when in dict(people).items()]
    offered = rules.next_offers(free, queue)
    joined = {one.booking_id: (one.joined_at, one.booking_id) for one in queue}
    assert len(offered) == min(max(0, free), len(queue))
    left = [joined[number] for number in joined if number not in offered]
    assert [joined[number] for number in offered] == sorted(joined[number] for number in offered)
    assert all(joined[number] < other for number in offered for other in left)


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


def test_a_reference_is_read_out_in_two_groups_of_four():
    assert rules.reference_from("K7QM4RTX") == "K7QM-4RTX"
    assert set(rules.REFERENCE_LETTERS).isdisjoint("AEIOUWY01258BISZL")
