"""Saying what one thought, on each database: once, without a name, and forgotten in its time."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from c4s.audit.models import Entry
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import unit_of_work
from c4s.events import actions as events
from c4s.events import afterwards
from c4s.events.models import Booking
from c4s.feedback import actions, data, queries, rules
from c4s.feedback.rules import Pace, Said, Useful, Welcome, WhyNot
from tests.accounts.builders import a_person
from tests.conftest import at_once
from tests.events.builders import booked, call_off
from tests.feedback.builders import an_event_soon, answers, booking, given, say, sign_ups

EVERYTHING = Said("cy", Useful.FAIRLY, Pace.RIGHT, Welcome.THROUGHOUT, next_step="Gwefan.", more="Diolch.", name="Nia")


def refusal(act, *facts):
    with pytest.raises(Refused) as refused:
        act(*facts)
    return refused.value.reason


def test_an_answer_is_kept_apart_from_who_gave_it(clock):
    event = an_event_soon()
    [nia] = sign_ups(event, 1)
    clock.move_to(event.ends_at)
    entries = db.session.query(Entry).count()
    actions.give(nia, EVERYTHING)
    [answer] = answers()
    assert (answer.useful, answer.pace, answer.welcome, answer.next_step, answer.more, answer.name) == (
        Useful.FAIRLY,
        Pace.RIGHT,
        Welcome.THROUGHOUT,
        "Gwefan.",
        "Diolch.",
        "Nia",
    )
    assert (given(), len(answer.id), answer.language) == ([nia], 32, "cy")
    assert {column.key for column in type(answer).__table__.columns} == {
        *("id", "event_id", "given_on", "language", "useful", "pace", "welcome", "next_step", "more", "name"),
    }  # no number of a sign-up, and no time of day
    assert db.session.query(Entry).count() == entries  # the trail has times


def test_each_sign_up_answers_once_even_with_two_clicks_at_once(site, clock):
    event = an_event_soon()
    nia, huw = sign_ups(event, 2)
    clock.move_to(event.ends_at)
    say([nia])
    assert refusal(say, [nia]) == WhyNot.ALREADY_GIVEN
    db.session.commit()
    done = at_once(site, *[lambda: say([huw])] * 2)
    assert sorted("once" if one is None else one.reason for one in done) == [WhyNot.ALREADY_GIVEN, "once"]
    assert (len(answers()), given()) == (2, [nia, huw])


def test_nothing_is_kept_of_whoever_may_not_answer_or_says_nothing(clock):
    event, other = an_event_soon(), an_event_soon()
    nia, huw = sign_ups(event, 2)
    [gwen] = sign_ups(other, 1, 7)
    assert refusal(say, [nia]) == WhyNot.NOT_OVER
    events.cancel(huw)
    call_off(other)
    clock.move_to(event.ends_at)
    assert [refusal(say, [who]) for who in (huw, gwen)] == [WhyNot.NO_PLACE] * 2
    assert refusal(actions.give, nia, Said("en", name="Nia")) == WhyNot.NOTHING_SAID
    clock.shift(rules.OPEN_FOR)
    assert refusal(say, [nia]) == WhyNot.CLOSED
    assert (answers(), given()) == ([], [])


def test_results_are_shown_from_five_on_and_small_numbers_never(clock):
    event = an_event_soon()
    people = sign_ups(event, 16)
    clock.move_to(event.ends_at)
    say(people[:4], next_step="Cynllun.", language="cy")
    assert queries.results(event.id) is None
    say(people[4:5], language="cy")
    results = queries.results(event.id)
    assert (results.number, results.by_language) == (5, {})
    assert [told.of_all for told in results.chosen["useful"].values()] == [5, None, None, None]
    assert [words.text for words in results.written["next_step"]] == ["Cynllun."] * 4
    say(people[5:11])
    say(people[11:14], Useful.NOT_VERY)
    results = queries.results(event.id)
    assert (results.number, results.by_language) == (10, {"cy": 5, "en": 5})  # of 14, of whom 9 in English
    first, *rest = results.chosen["useful"].values()
    assert (first.of_all, first.by_language) == (11, {"cy": 5, "en": 6})
    assert [(one.of_all, one.by_language) for one in rest] == [(None, {"cy": None, "en": None})] * 3


def test_what_people_wrote_stands_in_an_order_that_tells_nothing_and_stays(clock, monkeypatch):
    event = an_event_soon()
    people = sign_ups(event, 6)
    clock.move_to(event.ends_at)
    numbers = iter("fbdace")
    monkeypatch.setattr(actions.secrets, "token_hex", lambda _size: next(numbers))
    for number, who in enumerate(people):
        say([who], more=str(number))
    read = [[words.text for words in queries.results(event.id).written["more"]] for _ in range(2)]
    assert read == [["3", "1", "4", "2", "5", "0"]] * 2


def test_what_people_wrote_goes_two_years_after_the_event_and_their_choices_stay(clock):
    event = an_event_soon()
    [nia] = sign_ups(event, 1)
    clock.move_to(event.ends_at)
    actions.give(nia, EVERYTHING)
    in_time = event.ends_at + rules.KEEP_WORDS
    assert actions.forget_old(in_time) == 0
    assert actions.forget_old(in_time + timedelta(seconds=1)) == 1
    assert actions.forget_old(in_time + timedelta(seconds=1)) == 0
    [answer] = answers()
    assert (answer.useful, answer.next_step, answer.more, answer.name) == (Useful.FAIRLY, "", "", "")


def test_that_somebody_answered_is_forgotten_with_their_sign_up(clock):
    event = an_event_soon()
    people = sign_ups(event, 1)
    clock.move_to(event.ends_at)
    say(people)
    unit_of_work(lambda: db.session.execute(delete(Booking)))()
    assert (len(answers()), given()) == (1, [])


def test_the_letter_of_thanks_leads_there_until_somebody_has_answered(site, clock):
    event = an_event_soon()
    [nia] = sign_ups(event, 1)
    clock.move_to(event.ends_at)
    assert ["/en/feedback/" in way.address.en for way in afterwards.links(booking(nia))].count(True) == 1
    say([nia])
    assert [way for way in afterwards.links(booking(nia)) if "/en/feedback/" in way.address.en] == []


def test_what_somebody_downloads_says_that_they_answered_and_not_what(clock):
    event = an_event_soon()
    nia = booked(event, "nia")
    person = a_person("nia")
    assert data.PART.load(person) == []
    clock.move_to(event.ends_at)
    actions.give(nia.id, EVERYTHING)
    [[fact]] = data.PART.load(person)
    assert fact.key == "event"
