"""Reminders and thanks: once, in time, and only for those who have a place."""

from datetime import UTC, datetime, timedelta
from inspect import unwrap
from itertools import product

import pytest
import time_machine

from c4s.backoffice import commands
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.events import actions, afterwards, reminding, rules, signing_up
from c4s.events.models import Booking, Event, EventSession, Reminder
from c4s.events.rules import BookingState, EventKind, EventState, ReminderKind
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel, LetterState, OutgoingLetter
from tests.conftest import NOW, at_once
from tests.events.builders import a_sign_up, a_venue, an_event, booked, call_off, last_letter, letters_to

WEEK, DAY, THANKS = ReminderKind
MINUTE, HOUR, A_DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NIA = "nia@example.cymru"
TOLD = ("week_before", "day_before", "thanks")


def told(address: str = NIA) -> list[str]:
    """What somebody was told that everybody is told, in order."""
    return [letter for letter in letters_to(address) if letter in TOLD]


def sent_at(clock: time_machine.Traveller, moment: datetime) -> int:
    clock.move_to(moment, tick=False)
    return reminding.send_due()


# ---- The rule ----

STARTS = datetime(2026, 12, 7, 10, tzinfo=UTC)
ENDS = STARTS + 2 * HOUR
DUE = {WEEK: STARTS - 7 * A_DAY, DAY: STARTS - A_DAY, THANKS: datetime(2026, 12, 8, 9, tzinfo=UTC)}


@pytest.mark.parametrize("kind", ReminderKind)
def test_each_is_due_from_its_moment_until_it_would_be_too_late(kind):
    def is_told(moment):
        return rules.is_told(
            kind,
            EventState.PUBLISHED,
            BookingState.CONFIRMED,
            starts_at=STARTS,
            ends_at=ENDS,
            knows_since=NOW - A_DAY,
            now=moment,
        )

    last = DUE[kind] + (A_DAY if kind == DAY else 3 * A_DAY)
    moments = [DUE[kind] - MINUTE / 60, DUE[kind], last - MINUTE / 60, last]
    assert [is_told(moment) for moment in moments] == [False, True, True, False]


def test_only_those_are_told_who_have_a_place_at_an_event_that_goes_ahead_and_knew_of_it_before():
    """The whole truth table, at the moment at which each is due."""
    for kind, event, booking, knows, by_post in product(
        ReminderKind, EventState, BookingState, (None, -HOUR, timedelta(), HOUR), (True, False)
    ):
        is_told = rules.is_told(
            kind,
            event,
            booking,
            starts_at=STARTS,
            ends_at=ENDS,
            knows_since=None if knows is None else DUE[kind] + knows,
            now=DUE[kind] + 2 * HOUR,
            by_post=by_post,
        )
        has_place = (event, booking) == (EventState.PUBLISHED, BookingState.CONFIRMED)
        in_time = knows is not None and (kind == THANKS or knows < timedelta())
        assert is_told == (has_place and in_time and not (kind == DAY and by_post)), (kind, event, booking, knows)


@pytest.mark.parametrize(
    ("ends", "thanked"),
    [
        # Clocks go forward on 29 March 2026 at 01:00 UTC, and back on 25 October.
        (datetime(2026, 3, 27, 15, tzinfo=UTC), datetime(2026, 3, 28, 9, tzinfo=UTC)),
        (datetime(2026, 3, 28, 15, tzinfo=UTC), datetime(2026, 3, 29, 8, tzinfo=UTC)),
        (datetime(2026, 10, 24, 15, tzinfo=UTC), datetime(2026, 10, 25, 9, tzinfo=UTC)),
        (datetime(2026, 10, 24, 22, 59, tzinfo=UTC), datetime(2026, 10, 25, 9, tzinfo=UTC)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), datetime(2026, 10, 26, 9, tzinfo=UTC)),
    ],
)
def test_thanks_come_at_nine_in_wales_on_the_morning_after_whatever_the_clocks_do(ends, thanked):
    starts = ends - 2 * HOUR
    assert rules.told_at(THANKS, starts, ends) == thanked
    assert (starts - rules.told_at(DAY, starts, ends), starts - rules.told_at(WEEK, starts, ends)) == (A_DAY, 7 * A_DAY)


# ---- What is posted ----


def test_somebody_is_told_each_thing_once_and_at_its_time(site, clock):
    event = an_event(
        capacity=3,
        venue_id=a_venue().id,
        online=True,
        online_address="https://meet.example.com/felin",
        joining_notes=Bilingual("Dewch â gliniadur.", "Bring a laptop."),
    )
    booked(event)
    assert sent_at(clock, event.starts_at - 7 * A_DAY - MINUTE) == 0
    assert [sent_at(clock, event.starts_at - 7 * A_DAY + late) for late in (timedelta(), MINUTE, A_DAY)] == [1, 0, 0]
    week = last_letter(NIA)
    assert "meet.example.com" not in week.body and "laptop" not in week.body
    assert [sent_at(clock, event.starts_at - A_DAY + late) for late in (-MINUTE, timedelta(), HOUR)] == [0, 1, 0]
    day = last_letter(NIA)
    assert ("https://meet.example.com/felin" in day.body, "Bring a laptop." in day.body) == (True, True)
    assert (day.about_kind, day.language) == ("booking", "en")
    assert [sent_at(clock, datetime(2026, 12, 8, hour, tzinfo=UTC)) for hour in (8, 9, 10)] == [0, 1, 0]
    assert told() == list(TOLD)
    assert sent_at(clock, datetime(2026, 12, 9, 9, tzinfo=UTC)) == 0


@pytest.mark.parametrize("wish", ["cy", "en", "both"])
def test_everything_is_in_the_language_that_somebody_chose_alone(site, clock, wish):
    event = an_event()
    booked(event, language_written=wish)
    for moment in (event.starts_at - 7 * A_DAY, event.starts_at - A_DAY, event.ends_at + A_DAY):
        sent_at(clock, moment)
        letter = last_letter(NIA)
        titles = ("Dechrau busnes" in letter.subject, "Starting a business" in letter.subject)
        assert (letter.language, titles) == (wish, (wish != "en", wish != "cy"))
    assert told() == list(TOLD)


def test_nobody_is_told_who_gave_up_waits_never_proved_the_address_or_came_later(site, clock):
    event = an_event(capacity=3)
    actions.cancel(booked(event, "gone").id)
    moment = event.starts_at - 7 * A_DAY
    clock.move_to(moment - HOUR, tick=False)
    booked(event, "unproved", proved=False)
    clock.move_to(moment + MINUTE, tick=False)
    booked(event, "late")
    assert sent_at(clock, moment + HOUR) == 0
    clock.move_to(event.starts_at - 20 * HOUR, tick=False)
    booked(event, "later")
    assert (sent_at(clock, event.starts_at - 19 * HOUR), told("late@example.cymru")) == (1, ["day_before"])
    assert [told(f"{who}@example.cymru") for who in ("gone", "unproved", "later")] == [[], [], []]


def test_somebody_who_has_just_taken_an_offered_place_is_not_reminded_of_it_at_once(site, clock):
    event = an_event()
    first, second = booked(event, "mair"), booked(event)
    clock.move_to(event.starts_at - 6 * A_DAY, tick=False)
    actions.cancel(first.id)
    actions.accept_offer(second.id)
    assert (reminding.send_due(), told()) == (0, [])
    assert (sent_at(clock, event.starts_at - A_DAY), told()) == (1, ["day_before"])


@pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.POSTPONED])
def test_nothing_is_told_of_an_event_that_does_not_go_ahead(site, clock, state):
    event = an_event()
    booked(event)

    @unit_of_work
    def changed():
        db.session.get_one(Event, event.id).state = state

    changed()
    for moment in (event.starts_at - 7 * A_DAY, event.starts_at - A_DAY, event.ends_at + A_DAY):
        assert sent_at(clock, moment) == 0


def test_after_a_night_without_power_what_is_too_late_is_left_out(site, clock):
    event = an_event(capacity=2)
    booked(event)
    assert sent_at(clock, event.starts_at - 4 * A_DAY + MINUTE) == 0  # three days late: the day before is near
    assert (sent_at(clock, event.starts_at - HOUR), told()) == (1, ["day_before"])
    assert sent_at(clock, event.starts_at) == 0


def test_on_paper_a_letter_comes_a_week_before_and_says_all_and_by_phone_both_are_read_out(site, clock):
    event = an_event(capacity=2, joining_notes=Bilingual("Dewch â gliniadur.", "Bring a laptop."))
    booked(event, proved=False, channel=Channel.POST, address="1 Stryd y Bont")
    booked(event, proved=False, channel=Channel.PHONE, address="01632 960001")
    assert sent_at(clock, event.starts_at - 7 * A_DAY) == 2
    assert ("Bring a laptop." in last_letter("1 Stryd y Bont").body) is True
    assert sent_at(clock, event.starts_at - A_DAY) == 1
    assert (told("1 Stryd y Bont"), told("01632 960001")) == (["week_before"], ["week_before", "day_before"])


def test_a_course_is_reminded_of_before_its_first_sitting_with_every_date(site, clock):
    starts = NOW + timedelta(days=14)
    sittings = [(starts + n * 7 * A_DAY, starts + n * 7 * A_DAY + HOUR) for n in range(3)]
    event = an_event(kind=EventKind.COURSE, starts_at=starts, ends_at=sittings[-1][1], sessions=sittings)
    booked(event)
    assert sent_at(clock, starts - A_DAY) == 1
    body = last_letter(NIA).body
    assert [day for day in ("7 December", "14 December", "21 December") if f"- Monday {day} 2026" in body] == [
        "7 December",
        "14 December",
        "21 December",
    ]
    assert [sent_at(clock, sittings[1][0] + late) for late in (-A_DAY, A_DAY)] == [0, 0]
    assert sent_at(clock, sittings[-1][1] + A_DAY) == 1


def test_somebody_with_a_time_of_their_own_is_reminded_of_that_time(site, clock):
    starts = NOW + timedelta(days=14)
    times = [(starts + n * HOUR, starts + (n + 1) * HOUR) for n in range(5)]
    event = an_event(kind=EventKind.ADVICE_SURGERY, starts_at=starts, ends_at=times[-1][1], sessions=times, capacity=5)
    slots = db.session.query(EventSession).filter_by(event_id=event.id).order_by(EventSession.starts_at).all()
    booked(event, session_id=slots[4].id)
    assert [sent_at(clock, starts - A_DAY + late * HOUR) for late in (0, 3, 4)] == [0, 0, 1]


def test_a_moved_event_is_reminded_of_anew_but_not_of_what_the_news_of_the_move_has_just_said(site, clock):
    event = an_event(capacity=2)
    booked(event)
    sent_at(clock, event.starts_at - 7 * A_DAY)

    @unit_of_work
    def moved(starts):
        row = db.session.get_one(Event, event.id)
        row.starts_at = row.closes_at = starts
        row.ends_at = starts + HOUR
        reminding.start_changed(row.id)

    moved(now() + 30 * A_DAY)
    assert db.session.query(Reminder).count() == 0
    assert (sent_at(clock, event.starts_at - 7 * A_DAY), told()) == (1, ["week_before"] * 2)
    moved(now() + 5 * A_DAY)
    assert reminding.send_due() == 0
    assert (sent_at(clock, event.starts_at - A_DAY), told()) == (1, ["week_before", "week_before", "day_before"])


def test_two_workers_tell_everybody_once(site, clock):
    event = an_event(capacity=6)
    people = [f"person{number}" for number in range(6)]
    for who in people:
        booked(event, who)
    clock.move_to(event.starts_at - 7 * A_DAY, tick=False)
    db.session.remove()
    posted = at_once(site, *[reminding.send_due] * 3)
    assert sum(posted) == 6
    assert [told(f"{who}@example.cymru") for who in people] == [["week_before"]] * 6
    assert db.session.query(Reminder).count() == 6


def test_the_worker_reminds_people(site, clock, monkeypatch):
    event = an_event()
    booked(event)
    clock.move_to(event.starts_at - A_DAY, tick=False)

    class OneTurn:
        """The worker goes round once, and is told to stop."""

        turns = iter([False, True])

        def wait(self, seconds: float) -> bool:
            return next(self.turns)

    monkeypatch.setattr(commands, "Event", OneTurn)
    monkeypatch.setattr(commands.signal, "signal", lambda *_: None)
    unwrap(commands.worker.callback)()
    db.session.rollback()
    assert (told(), last_letter(NIA).state) == (["day_before"], LetterState.SENT)


def test_what_goes_wrong_with_one_letter_keeps_nobody_else_from_theirs(site, clock, monkeypatch):
    event = an_event(capacity=2)
    bad, _ = booked(event, "mair"), booked(event)
    write = reminding.letters.reminder

    def fail_for_mair(booking, *rest):
        if booking.id == bad.id:
            raise RuntimeError("no paper")
        write(booking, *rest)

    monkeypatch.setattr(reminding.letters, "reminder", fail_for_mair)
    assert (sent_at(clock, event.starts_at - 7 * A_DAY), told(), told("mair@example.cymru")) == (1, ["week_before"], [])
    monkeypatch.undo()
    assert (reminding.send_due(), told("mair@example.cymru")) == (1, ["week_before"])


# ---- Afterwards ----


def test_thanks_lead_on_and_nobody_is_thanked_who_is_known_to_have_stayed_away(site, clock, monkeypatch):
    monkeypatch.setitem(site.extensions, afterwards.WAYS, [])
    monkeypatch.setitem(site.extensions, afterwards.ABSENCES, [])
    link = Bilingual("https://site.example.wales/cy/barn", "https://site.example.wales/en/opinion")
    afterwards.register(site, "Say", lambda booking: link)
    afterwards.register(site, "Nothing for them", lambda booking: None)
    afterwards.on_absence(site, lambda booking: booking.name == "Mair")
    event = an_event(capacity=3)
    booked(event)
    booked(event, "mair")
    booked(event, proved=False, channel=Channel.PHONE, address="01632 960001")
    assert sent_at(clock, event.ends_at + A_DAY) == 2
    body = last_letter(NIA).body
    assert "Say:\nhttps://site.example.wales/en/opinion" in body
    assert "Nothing for them" not in body
    assert (told("mair@example.cymru"), told("01632 960001")) == ([], ["thanks"])
    assert "http" not in last_letter("01632 960001").body


def test_an_event_called_off_on_the_day_is_not_followed_by_thanks(site, clock):
    event = an_event()
    booked(event)
    sent_at(clock, event.starts_at - HOUR)
    call_off(event)
    assert sent_at(clock, event.ends_at + A_DAY) == 0
    letters = db.session.query(OutgoingLetter).filter(OutgoingLetter.letter.like("%thanks")).count()
    assert (letters, db.session.query(Booking).count()) == (0, 1)


def test_what_is_due_is_found_in_as_many_questions_however_many_there_are(site, clock, statements):
    counts = []
    for more in (1, 12):
        event = an_event(capacity=20)
        for number in range(more):
            signing_up.book_place(
                event.id, a_sign_up(f"p{event.id}x{number}", channel=Channel.PHONE, address=f"01632 {number:06}")
            )
        clock.move_to(NOW, tick=False)
        statements.clear()
        assert reminding.send_due() == 0
        counts.append(len([one for one in statements if one.startswith("SELECT")]))
    assert counts[0] == counts[1] == len(ReminderKind)
