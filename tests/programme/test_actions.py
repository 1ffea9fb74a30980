"""What can be done with drafts and events, on both databases."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from c4s.accounts import rules as accounts
from c4s.audit import trail
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import unit_of_work
from c4s.events import actions as places
from c4s.events import checking, signing_up
from c4s.events.models import EventCategory, EventSession, Reminder
from c4s.events.queries import sessions_of
from c4s.events.rules import EventKind, EventState, ReminderKind
from c4s.events.rules import WhyNot as PlacesWhyNot
from c4s.events.steps import SignUp
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import OutgoingLetter
from c4s.programme import actions, queries
from c4s.programme.models import EventContent, EventDraft
from c4s.programme.rules import Did, Every, Lack, WhyNot
from c4s.taxonomy import queries as taxonomy
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff
from tests.builders import both
from tests.conftest import at_once
from tests.events.builders import a_venue, booked, by_phone, last_letter, letters_to, states
from tests.programme.builders import (
    BY,
    a_content,
    a_draft,
    changed,
    draft_again,
    event_again,
    published,
    saved,
    story_of,
    turn_of,
)

WHY = both("Mae’r neuadd ar gau.", "The hall is shut.")


@pytest.fixture(autouse=True)
def nothing_amiss(site):
    """Whatever is done here, places are as they must be afterwards."""
    yield
    db.session.rollback()
    assert checking.faults() == []


def lacks_of(draft_id):
    draft = draft_again(draft_id)
    return [(one.box, one.lack) for one in queries.missing(draft, now())]


def calendar_of(letter: OutgoingLetter):
    """The method, state and sequence of the calendar entry of a letter."""
    calendar = Calendar.from_ical(letter.attachment)
    [entry] = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), str(entry["STATUS"]), int(entry["SEQUENCE"])


# ---- Drafts ----


def test_everything_of_a_draft_is_kept_and_becomes_the_event(site):
    theme = next(iter(taxonomy.categories().by_id))
    starts = now() + timedelta(days=20)
    sitting = (starts, starts + timedelta(hours=1))
    content = a_content(
        kind=EventKind.COURSE,
        starts_at=starts,
        description=both("Disgrifiad", "Description"),
        network=both("Rhwydwaith", "Network"),
        sessions=(sitting,),
        opens_at=now(),
        closes_at=starts - timedelta(days=1),
        party_limit=2,
        venue_id=a_venue().id,
        category_ids=(theme,),
        welsh_wishes_for_interpreter=3,
        interpreter_by=starts - timedelta(days=5),
    )
    draft_id = actions.start(content, by=BY)
    assert draft_again(draft_id).read == content
    event = event_again(actions.publish(draft_id, by=BY))
    assert queries.content_of(event) == content
    assert event.state == EventState.PUBLISHED
    assert [db.session.query(model).count() for model in (EventSession, EventCategory, EventDraft)] == [1, 1, 0]
    assert story_of("event", event.id)[-1] == Did.PUBLISHED


def test_what_is_not_complete_is_not_published(site):
    draft_id = a_draft(title=Bilingual("Teitl", ""))
    with pytest.raises(Refused) as refusal:
        actions.publish(draft_id, by=BY)
    assert (refusal.value.reason, refusal.value.facts["missing"][0].box) == (WhyNot.LACKS, "title_en")
    assert draft_again(draft_id).event_id is None


def test_whoever_saves_over_somebody_else_is_told(site):
    draft_id = a_draft()
    seen = turn_of(draft_id)
    actions.save(draft_id, a_content(trainer="Elin"), seen=seen, by=BY)
    with pytest.raises(Refused) as refusal:
        actions.save(draft_id, a_content(trainer="Huw"), seen=seen, by=BY)
    assert (refusal.value.reason, draft_again(draft_id).read.trainer) == (WhyNot.SAVED_MEANWHILE, "Elin")


def test_of_two_who_save_at_once_one_is_told(site):
    draft_id = a_draft()
    seen = turn_of(draft_id)
    done = at_once(
        site, *(lambda: actions.save(draft_id, a_content(trainer="Elin"), seen=seen, by=BY) for _number in range(2))
    )
    assert sorted(type(one).__name__ for one in done) == ["NoneType", "Refused"]


def test_a_text_left_behind_in_one_language_keeps_a_change_back_until_somebody_looks(site):
    event_id = published(description=both("Hen", "Old"))
    draft_id = actions.change(event_id, by=BY)
    saved(draft_id, description=Bilingual("Newydd", "Old"))
    assert lacks_of(draft_id) == [("description_en", Lack.STALE)]
    with pytest.raises(Refused):
        actions.publish(draft_id, by=BY)
    assert event_again(event_id).description.cy == "Hen"
    saved(draft_id, still_right=("description",))
    actions.publish(draft_id, by=BY)
    assert event_again(event_id).description == Bilingual("Newydd", "Old")


def test_there_is_one_change_to_an_event_at_a_time(site):
    event_id = published()
    assert actions.change(event_id, by=BY) == actions.change(event_id, by=BY)


def test_a_series_keeps_its_hour_when_the_clocks_change(site):
    # From winter time into summer time: 28 March 2027 is between.
    starts = now().replace(year=2027, month=3, day=22, hour=10, minute=0)
    draft_id = a_draft(starts_at=starts, sessions=((starts, starts + timedelta(hours=1)),))
    made = actions.make_series(draft_id, Every.WEEK, 3, by=BY)
    contents = [draft_again(number).read for number in (draft_id, *made)]
    assert [one.starts_at.hour for one in contents] == [10, 9, 9]
    assert [one.sessions[0][0] for one in contents] == [one.starts_at for one in contents]
    assert {one.series for one in contents} == {contents[0].series} != {""}
    with pytest.raises(Refused):
        actions.make_series(a_draft(starts_at=None), Every.WEEK, 3, by=BY)


def test_an_advice_surgery_has_as_many_places_as_slots(site):
    starts = now() + timedelta(days=9)
    slots = tuple((starts + timedelta(minutes=30 * n), starts + timedelta(minutes=30 * (n + 1))) for n in range(4))
    draft_id = a_draft(kind=EventKind.ADVICE_SURGERY, starts_at=starts, party_limit=3)
    saved(draft_id, sessions=slots)
    assert (draft_again(draft_id).read.capacity, draft_again(draft_id).read.party_limit) == (4, 1)


# ---- At a time ----


def test_a_draft_is_published_when_its_time_comes_and_not_before_and_once(site, clock):
    draft_id = a_draft()
    with pytest.raises(Refused) as refusal:
        actions.set_time(draft_id, now(), by=BY)
    assert refusal.value.reason == WhyNot.TOO_SOON
    actions.set_time(draft_id, now() + timedelta(days=1), by=BY)
    assert actions.publish_due() == 0
    clock.shift(timedelta(days=1))
    assert sorted(at_once(site, actions.publish_due, actions.publish_due)) == [0, 1]
    assert db.session.query(EventDraft).count() == 0


def test_a_change_at_a_time_tells_its_reason_when_the_time_comes(site, clock):
    event_id = published()
    booked(event_again(event_id), "nia")
    draft_id = actions.change(event_id, by=BY)
    saved(draft_id, title=both("Arall", "Other"))
    with pytest.raises(Refused):
        actions.set_time(draft_id, now() + timedelta(days=1), notice=Bilingual("Am reswm", ""), by=BY)
    actions.set_time(draft_id, now() + timedelta(days=1), notice=WHY, by=BY)
    saved(draft_id, trainer="Elin")
    clock.shift(timedelta(days=1))
    assert (actions.publish_due(), event_again(event_id).notice, event_again(event_id).trainer) == (1, WHY, "Elin")
    assert WHY.en in last_letter("nia@example.cymru").body


def test_one_that_is_no_longer_complete_stays(site, clock):
    draft_id, other = a_draft(), a_draft()
    for each in (draft_id, other):
        actions.set_time(each, now() + timedelta(days=1), by=BY)
    saved(draft_id, title=Bilingual("Teitl", ""))
    clock.shift(timedelta(days=1))
    turn = turn_of(draft_id)
    assert actions.publish_due() == 1
    assert (turn_of(draft_id), db.session.get(EventDraft, other)) == (turn, None)
    actions.forget_time(draft_id, by=BY)
    assert draft_again(draft_id).publish_at is None


def test_one_that_cannot_be_published_keeps_no_other_waiting(site, clock, monkeypatch, caplog):
    broken, other = a_draft(), a_draft()
    for each in (broken, other):
        actions.set_time(each, now() + timedelta(days=1), by=BY)
    publish = actions.publish

    def fails_for_one(draft_id, **facts):
        if draft_id == broken:
            raise ValueError("a text that cannot be read")
        return publish(draft_id, **facts)

    monkeypatch.setattr(actions, "publish", fails_for_one)
    clock.shift(timedelta(days=1))
    assert (actions.publish_due(), db.session.get(EventDraft, other)) == (1, None)
    assert draft_again(broken).publish_at == now()
    assert [record.exc_info[0] for record in caplog.records] == [ValueError]


# ---- A change ----


def test_a_new_time_is_told_to_everybody_and_calendars_move(site):
    event_id = published(capacity=1)
    event = event_again(event_id)
    booked(event, "nia")
    booked(event, "mali", language_written="cy")
    signing_up.book_place(event_id, by_phone(1))
    old = event.starts_at
    changed(event_id, starts_at=old + timedelta(days=1), ends_at=old + timedelta(days=1, hours=2), notice=WHY)
    event = event_again(event_id)
    assert (event.sequence, event.notice, event.state) == (1, WHY, EventState.PUBLISHED)
    assert states(event) == ["confirmed", "waiting", "waiting"]
    for address in ("nia@example.cymru", "mali@example.cymru", "01632 960001"):
        assert letters_to(address)[-1] == "programme/event_moved"
    nia, mali = last_letter("nia@example.cymru"), last_letter("mali@example.cymru")
    assert (WHY.en in nia.body, WHY.cy in mali.body, WHY.en in mali.body) == (True, True, False)
    assert calendar_of(nia) == ("PUBLISH", "CONFIRMED", 1)
    assert mali.attachment == ""
    assert story_of("event", event_id)[-1] == Did.MOVED


def test_the_words_of_an_event_that_is_over_are_put_right_and_nobody_is_told(site, clock):
    event_id = published()
    booked(event_again(event_id), "nia")
    before = letters_to("nia@example.cymru")
    clock.shift(timedelta(days=30))
    changed(event_id, title=both("Teitl cywir", "The right title"))
    assert (event_again(event_id).title.en, letters_to("nia@example.cymru")) == ("The right title", before)
    with pytest.raises(Refused) as refusal:
        changed(event_id, ends_at=event_again(event_id).ends_at + timedelta(hours=1))
    assert refusal.value.facts["missing"][0].lack == Lack.OVER


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"title": both("Teitl arall", "Another title")}, True),
        ({"online_address": "https://meet.example.wales/2"}, True),
        ({"description": both("Mwy", "More")}, False),
        ({"trainer": "Elin"}, False),
        ({"capacity": 9}, False),
    ],
)
def test_people_are_told_of_what_calendars_must_hear_of_and_of_nothing_else(site, facts, told):
    event_id = published()
    booked(event_again(event_id), "nia")
    before = len(letters_to("nia@example.cymru"))
    changed(event_id, **facts)
    assert (len(letters_to("nia@example.cymru")) - before, event_again(event_id).sequence) == (told, told)
    assert {name: getattr(event_again(event_id), name) for name in facts} == facts


def test_another_venue_is_told_with_the_old_one(site):
    event_id = published(venue_id=a_venue().id)
    booked(event_again(event_id), "nia")
    changed(event_id, venue_id=a_venue(name=both("Neuadd y Bont", "Bridge Hall")).id)
    words = last_letter("nia@example.cymru").body
    assert "Bridge Hall" in words and "The Mill Centre" in words


def test_more_places_are_offered_and_fewer_than_are_taken_are_refused(site):
    event_id = published(capacity=1)
    booked(event_again(event_id), "nia")
    booked(event_again(event_id), "mali")
    changed(event_id, capacity=2)
    assert states(event_again(event_id)) == ["confirmed", "offered"]
    with pytest.raises(Refused) as refusal:
        changed(event_id, capacity=1, trainer="Elin")
    assert refusal.value.reason == PlacesWhyNot.FEWER_THAN_TAKEN
    assert (event_again(event_id).capacity, event_again(event_id).trainer) == (2, "")


def test_a_reason_is_in_both_languages_or_in_none(site):
    event_id = published()
    with pytest.raises(Refused) as refusal:
        changed(event_id, title=both("A", "B"), notice=Bilingual("Am reswm", ""))
    assert refusal.value.facts["languages"] == ["en"]


def test_whoever_was_reminded_of_the_old_day_is_reminded_of_the_new_one(site):
    event_id = published()
    nia = booked(event_again(event_id), "nia")

    @unit_of_work
    def reminded():
        db.session.add(Reminder(booking_id=nia.id, kind=ReminderKind.WEEK_BEFORE, posted_at=now()))

    reminded()
    changed(event_id, trainer="Elin")
    assert db.session.query(Reminder).count() == 1
    event = event_again(event_id)
    changed(event_id, starts_at=event.starts_at + timedelta(days=30), ends_at=event.ends_at + timedelta(days=30))
    assert db.session.query(Reminder).count() == 0


def test_the_slots_of_a_day_that_moves_keep_their_people_and_one_that_somebody_has_cannot_go(site):
    starts = now() + timedelta(days=9)
    half = timedelta(minutes=30)
    slots = tuple((starts + half * n, starts + half * (n + 1)) for n in range(3))
    event_id = published(kind=EventKind.ADVICE_SURGERY, starts_at=starts, sessions=slots, capacity=3)
    second = sessions_of(event_id)[1].id
    signing_up.book_place(event_id, SignUp(**{**by_phone(1).__dict__, "session_id": second}))
    later = tuple((begins + half, ends + half) for begins, ends in slots)
    changed(event_id, starts_at=starts + half, sessions=later)
    assert [one.starts_at for one in sessions_of(event_id)] == [begins for begins, _ends in later]
    assert sessions_of(event_id)[1].id == second
    with pytest.raises(Refused) as refusal:
        changed(event_id, sessions=(later[0], later[2]))
    assert (refusal.value.reason, len(refusal.value.facts["who"])) == (WhyNot.SLOT_TAKEN, 1)
    changed(event_id, sessions=later[:2])
    assert (len(sessions_of(event_id)), event_again(event_id).capacity) == (2, 2)


# ---- Postponed, cancelled, restored ----


def test_an_event_is_put_off_and_given_a_new_date(site):
    event_id = published(capacity=1)
    event = event_again(event_id)
    nia = booked(event, "nia")
    booked(event, "mali")
    places.cancel(nia.id)
    assert states(event) == ["cancelled", "offered"]
    booked(event, "nia")
    actions.postpone(event_id, WHY, by=BY)
    # Mali’s offer cannot be accepted: she waits again, before Nia.
    assert states(event) == ["cancelled", "waiting", "waiting"]
    assert letters_to("mali@example.cymru")[-1] == "programme/event_postponed"
    event = event_again(event_id)
    changed(event_id, starts_at=event.starts_at + timedelta(days=7), ends_at=event.ends_at + timedelta(days=7))
    event = event_again(event_id)
    assert (event.state, event.sequence, event.notice) == (EventState.PUBLISHED, 2, Bilingual())
    assert states(event) == ["cancelled", "offered", "waiting"]
    assert letters_to("mali@example.cymru")[-2:] == ["programme/event_moved", "place_offered"]


def test_a_cancelled_event_leaves_calendars_and_comes_back_with_everybody(site):
    event_id = published()
    booked(event_again(event_id), "nia", language_written="both")
    signing_up.book_place(event_id, by_phone(1))
    actions.cancel(event_id, WHY, by=BY)
    letter = last_letter("nia@example.cymru")
    assert calendar_of(letter) == ("CANCEL", "CANCELLED", 1)
    assert "method=CANCEL" in letter.attachment_type
    assert WHY.cy in letter.body and WHY.en in letter.body
    assert letters_to("01632 960001")[-1] == "programme/event_cancelled"
    with pytest.raises(Refused) as refusal:
        changed(event_id, trainer="Elin")
    assert refusal.value.reason == WhyNot.NOT_THIS_STATE
    actions.restore(event_id, by=BY)
    assert calendar_of(last_letter("nia@example.cymru")) == ("PUBLISH", "CONFIRMED", 2)
    assert states(event_again(event_id)) == ["confirmed", "confirmed"]
    assert story_of("event", event_id)[-2:] == [Did.CANCELLED, Did.RESTORED]


@pytest.mark.parametrize("notice", [Bilingual(), Bilingual("Am reswm", ""), Bilingual("", "For a reason")])
def test_nothing_is_cancelled_or_put_off_without_a_reason_in_both_languages(site, notice):
    event_id = published()
    for stop in (actions.cancel, actions.postpone):
        with pytest.raises(Refused) as refusal:
            stop(event_id, notice, by=BY)
        assert refusal.value.reason == WhyNot.REASON_NEEDED
    assert event_again(event_id).state == EventState.PUBLISHED


def test_somebody_who_gave_up_their_place_is_told_nothing_more(site):
    event_id = published()
    places.cancel(booked(event_again(event_id), "nia").id)
    before = letters_to("nia@example.cymru")
    actions.cancel(event_id, WHY, by=BY)
    assert letters_to("nia@example.cymru") == before


def test_a_rehearsal_leaves_nothing_behind(site):
    event_id = published()
    booked(event_again(event_id), "nia")
    draft_id = actions.change(event_id, by=BY)
    saved(draft_id, title=both("Arall", "Other"))
    before = letters_to("nia@example.cymru")
    assert actions.rehearse(draft_id, lambda event: event.title.en) == "Other"
    assert event_again(event_id).title.en == "Starting a business"
    assert letters_to("nia@example.cymru") == before
    assert actions.rehearse(a_draft(capacity=None), lambda event: str(event.state)) == "published"


def test_a_venue_is_changed_and_the_trail_says_what(site):
    number = actions.save_venue(None, by=BY, name=both("Neuadd", "Hall"))
    actions.save_venue(number, by=BY, name=both("Neuadd", "Hall"), step_free=True)
    actions.save_venue(number, by=BY, step_free=True)
    assert story_of("venue", number) == [Did.VENUE_ADDED, Did.VENUE_CHANGED]


def test_content_reads_back_what_it_wrote_even_of_almost_nothing():
    nothing = EventContent(EventKind.WORKSHOP)
    assert EventContent.read(nothing.kept()) == nothing
    assert EventContent.read({"kind": "workshop", "no_longer": "known"}) == nothing


# ---- Rights ----


def test_whoever_has_not_the_right_at_that_moment_does_nothing(site):
    event_id, draft_id = published(), a_draft()
    by = trail.person(a_member_of_staff("gwen", Who.HELPER).id)
    before = draft_again(draft_id).turn
    tries = [
        (actions.start, (a_content(),), {}),
        (actions.change, (event_id,), {}),
        (actions.save, (draft_id, a_content()), {"seen": before}),
        (actions.drop, (draft_id,), {}),
        (actions.make_series, (draft_id, Every.WEEK, 3), {}),
        (actions.take_in, ([("uid", a_content())],), {}),
        (actions.set_time, (draft_id, now() + timedelta(days=1)), {}),
        (actions.forget_time, (draft_id,), {}),
        (actions.publish, (draft_id,), {}),
        (actions.postpone, (event_id, WHY), {}),
        (actions.cancel, (event_id, WHY), {}),
        (actions.restore, (event_id,), {}),
        (actions.save_venue, (None,), {"name": both("Neuadd", "Hall")}),
    ]
    for act, given, named in tries:
        with pytest.raises(Refused) as refused:
            act(*given, **named, by=by)
        assert refused.value.reason == accounts.WhyNot.NOT_ALLOWED, act
    assert (draft_again(draft_id).turn, event_again(event_id).state) == (before, EventState.PUBLISHED)
    assert db.session.query(EventDraft).count() == 1
