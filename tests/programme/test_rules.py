"""Drafts and what becomes of events, as plain decisions."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c4s.core.errors import Refused
from c4s.events.rules import DeliveryLanguage, EventKind, EventState
from c4s.i18n.formats import UK, read_day
from c4s.programme import rules
from c4s.programme.rules import Every, Lack, Plan, WhyNot

pytestmark = pytest.mark.either_database

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
START = NOW + timedelta(days=14)
WHOLE = {"title": ("Teitl", "Title"), "summary": ("Crynodeb", "Summary"), "welsh_offer": ("", "")}


def a_plan(**facts):
    defaults = {
        "kind": EventKind.WORKSHOP,
        "delivery": DeliveryLanguage.BILINGUAL,
        "starts_at": START,
        "ends_at": START + timedelta(hours=2),
        "opens_at": None,
        "closes_at": None,
        "capacity": 5,
        "party_limit": 1,
        "has_venue": True,
        "online": False,
        "online_address": "",
        "sessions": (),
        "interpreter_by": None,
    }
    return Plan(**{**defaults, **facts})


def lacks(texts=WHOLE, stale=None, **facts):
    return [(one.box, one.lack) for one in rules.missing(texts, stale or {}, a_plan(**facts), NOW)]


def test_a_complete_draft_lacks_nothing():
    assert lacks() == []


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ({"title": ("", ""), "cost": ("", "")}, [("title_cy", Lack.TEXT), ("title_en", Lack.TEXT)]),
        ({"title": ("Teitl", "")}, [("title_en", Lack.TEXT)]),
        ({"cost": ("Am ddim", "")}, [("cost_en", Lack.TEXT)]),
        ({"cost": ("", "Free")}, [("cost_cy", Lack.TEXT)]),
    ],
)
def test_each_text_is_there_in_both_languages_or_in_none_if_it_may_be_empty(texts, found):
    assert lacks(texts) == found


def test_an_event_in_english_only_says_what_the_welsh_offer_is():
    assert lacks(delivery=DeliveryLanguage.EN) == [
        ("welsh_offer_cy", Lack.WELSH_OFFER),
        ("welsh_offer_en", Lack.WELSH_OFFER),
    ]
    assert lacks({**WHOLE, "welsh_offer": ("Gofynnwch", "Ask")}, delivery=DeliveryLanguage.EN) == []


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"starts_at": None}, [("starts_on", Lack.START)]),
        ({"ends_at": None}, [("ends_time", Lack.END)]),
        ({"ends_at": START}, [("ends_time", Lack.ENDS_FIRST)]),
        ({"starts_at": NOW - timedelta(hours=2), "ends_at": NOW}, [("starts_on", Lack.OVER)]),
        ({"closes_at": START + timedelta(minutes=1)}, [("closes_on", Lack.CLOSES_LATE)]),
        ({"closes_at": START}, []),
        ({"opens_at": START}, [("opens_on", Lack.OPENS_LATE)]),
        ({"opens_at": NOW, "closes_at": NOW}, [("opens_on", Lack.OPENS_LATE)]),
        ({"capacity": None}, [("capacity", Lack.CAPACITY)]),
        ({"party_limit": 6}, [("party_limit", Lack.PARTY)]),
        ({"has_venue": False}, [("venue", Lack.PLACE)]),
        ({"has_venue": False, "online": True}, [("online_address", Lack.ADDRESS)]),
        ({"kind": EventKind.ADVICE_SURGERY}, [("sessions", Lack.SLOTS)]),
        ({"sessions": ((START - timedelta(hours=1), START),)}, [("sessions", Lack.SESSION_OUTSIDE)]),
        ({"interpreter_by": START}, [("interpreter_by_on", Lack.INTERPRETER_LATE)]),
    ],
)
def test_what_is_missing_or_cannot_be_is_said_of_its_box(facts, found):
    assert lacks(**facts) == found


def test_what_is_out_of_date_in_one_language_keeps_it_back():
    assert lacks(stale={"title": "en"}) == [("title_en", Lack.STALE)]


ONE = ("Un", "One")


@pytest.mark.parametrize(
    ("before", "after", "stale", "still_right", "found"),
    [
        (ONE, ONE, {}, (), {}),
        (ONE, ("Dau", "One"), {}, (), {"title": "en"}),
        (ONE, ("Un", "Two"), {}, (), {"title": "cy"}),
        (ONE, ("Dau", "Two"), {}, (), {}),
        (("", "One"), ONE, {}, (), {}),
        (ONE, ("", "One"), {"title": "en"}, (), {}),
        (("Dau", "One"), ("Dau", "Two"), {"title": "en"}, (), {}),
        (("Dau", "One"), ("Tri", "One"), {"title": "en"}, (), {"title": "en"}),
        (("Dau", "One"), ("Dau", "One"), {"title": "en"}, (), {"title": "en"}),
        (("Dau", "One"), ("Dau", "One"), {"title": "en"}, ("title",), {}),
        (("Dau", "One"), ("Tri", "One"), {"title": "en"}, ("title",), {"title": "en"}),
    ],
)
def test_a_text_is_out_of_date_in_the_language_that_was_left_behind(before, after, stale, still_right, found):
    assert rules.stale_after({"title": before}, {"title": after}, stale, still_right) == found


@pytest.mark.parametrize(
    ("typed", "read"),
    [("9", time(9)), ("9:30", time(9, 30)), ("09.30", time(9, 30)), ("24:00", None), ("9:5", None), ("naw", None)],
)
def test_hours_are_read_as_people_type_them(typed, read):
    assert rules.read_clock(typed) == read


@given(st.text(max_size=40))
def test_nothing_that_is_typed_as_a_day_an_hour_or_a_session_breaks_anything(typed):
    read_day(typed)
    rules.read_clock(typed)
    rules.read_session(typed, read_day)


def test_an_hour_that_comes_twice_is_the_first_and_one_that_is_left_out_is_none():
    assert rules.on_the_clock(date(2027, 3, 28), time(1, 30), UK) is None
    assert rules.on_the_clock(date(2026, 10, 25), time(1, 30), UK) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("every", "number", "day"),
    [(Every.WEEK, 1, "2027-02-07"), (Every.FORTNIGHT, 2, "2027-02-28"), (Every.MONTH, 1, "2027-02-28"),
     (Every.MONTH, 2, "2027-03-31"), (Every.MONTH, 12, "2028-01-31")],
)  # fmt: skip
def test_a_series_keeps_its_hour_and_its_day(every, number, day):
    first = datetime(2027, 1, 31, 10, tzinfo=UK)
    assert rules.later(first, every, number).isoformat(timespec="minutes")[:16] == f"{day}T10:00"


def test_a_day_of_advice_is_as_many_slots_as_fit_whole():
    found = rules.slots(START, START + timedelta(minutes=100), 30)
    assert [(begins - START).seconds // 60 for begins, _ends in found] == [0, 30, 60]


@pytest.mark.parametrize("state", EventState)
@pytest.mark.parametrize("is_over", [False, True])
def test_what_may_become_of_an_event_depends_on_its_state_and_its_time(state, is_over):
    ends_at = NOW if is_over else NOW + timedelta(hours=1)
    allowed = {
        rules.may_postpone: state == EventState.PUBLISHED and not is_over,
        rules.may_cancel: (state == EventState.PUBLISHED and not is_over) or state == EventState.POSTPONED,
        rules.may_restore: state in (EventState.POSTPONED, EventState.CANCELLED) and not is_over,
    }
    for rule, may in allowed.items():
        if may:
            rule(state, ends_at, NOW)
        else:
            with pytest.raises(Refused) as refusal:
                rule(state, ends_at, NOW)
            assert refusal.value.reason in (WhyNot.NOT_THIS_STATE, WhyNot.EVENT_OVER)
