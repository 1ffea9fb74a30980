"""The pages on which staff make and run events, in both languages."""

from datetime import timedelta

import pytest

from c4s.core.clock import now
from c4s.core.db import db
from c4s.events.letters import place_token
from c4s.events.queries import sessions_of
from c4s.events.rules import EventKind
from c4s.programme import actions
from c4s.programme.models import EventDraft
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, enter
from tests.builders import both
from tests.conftest import said
from tests.events.builders import a_venue, booked
from tests.house.every_page import address_of
from tests.programme.builders import BY, a_draft, draft_again, event_again, published

pytestmark = pytest.mark.pages

WORDS = {
    "title_cy": "Cadw cyfrifon",
    "title_en": "Keeping accounts",
    "summary_cy": "Pob cam, o’r dechrau.",
    "summary_en": "Every step, from the start.",
    "starts_on": "14/01/2027",
    "starts_time": "10:00",
    "ends_time": "12.30",
    "capacity": "8",
}


SAVED_MEANWHILE = (
    "Somebody else has saved this since you opened it. What you wrote is still here. Look at what they wrote in another"
    " window first: if you save again, yours replaces it."
)


@pytest.fixture
def mair(site):
    return a_member_of_staff("mair", Who.EDITOR, name="Mair")


@pytest.fixture
def at_work(visitor, mair):
    """Mair, signed in."""
    return enter(visitor, mair)


def only_draft():
    db.session.rollback()
    return db.session.query(EventDraft).one()


def test_mair_writes_a_workshop_over_two_visits_and_publishes_it(at_work, language):
    venue = a_venue()
    at_work.open(address_of(at_work.site, "programme.index", language))
    at_work.follow(said(language, "Write a new event"))
    at_work.send(kind="workshop")
    at_work.send(title_cy=WORDS["title_cy"])
    assert said(language, "The draft is saved.") in at_work.page.main
    assert said(language, "Enter how many places there are") in at_work.page.main
    # Another day.
    at_work.follow(said(language, "Edit the draft"))
    assert at_work.page.values()["title_cy"] == WORDS["title_cy"]
    page = at_work.send(422, press=("publish", "1"), **{**WORDS, "title_en": ""})
    english = said(language, "Title in English")
    assert f"{english}: {said(language, 'Write this before you publish')}" in page.errors
    assert len(page.errors) == 2  # and a place
    assert said(language, "The draft is saved.") in page.main
    assert page.values()["ends_time"] == WORDS["ends_time"]
    at_work.send(press=("publish", "1"), title_en=WORDS["title_en"], venue=str(venue.id))
    page = at_work.send()
    assert said(language, "The event is published.") in page.main
    at_work.follow(said(language, "The page that readers see"))
    assert WORDS[f"title_{language}"] in at_work.page.h1


def test_what_is_typed_wrongly_is_said_beside_its_box_and_nothing_is_lost(at_work, language):
    draft = a_draft()
    at_work.open(address_of(at_work.site, "programme.edit", language, draft_id=draft))
    wrong = {"starts_on": "31/02/2027", "ends_time": "25:00", "capacity": "llawer", "sessions": "yfory 10-12"}
    page = at_work.send(422, **wrong, title_cy="x" * 201, online_address="javascript:alert(1)")
    assert len(page.errors) == 6
    assert {name: page.values()[name] for name in wrong} == wrong
    page = at_work.say_it_in({"cy": "en", "en": "cy"}[language])
    assert page.errors == []
    assert draft_again(draft).read.capacity == 2


def test_an_hour_that_the_clocks_leave_out_is_no_hour(at_work):
    draft = a_draft()
    at_work.open(address_of(at_work.site, "programme.edit", "en", draft_id=draft))
    page = at_work.send(422, starts_on="28/03/2027", starts_time="1:30")
    assert page.errors[0].endswith("Enter another time")


def test_whoever_saves_second_is_told_and_loses_nothing(at_work, site, language):
    draft = a_draft()
    address = address_of(site, "programme.edit", language, draft_id=draft)
    at_work.open(address)
    late = at_work.page.values()
    at_work.send(trainer="Elin")
    at_work.open(address)
    page = at_work.send(422, seen=late["seen"], trainer="Huw")
    assert page.values()["trainer"] == "Huw"
    assert page.errors[0].startswith(said(language, SAVED_MEANWHILE))
    assert draft_again(draft).read.trainer == "Elin"
    at_work.send()
    assert draft_again(draft).read.trainer == "Huw"


def test_a_draft_is_previewed_as_readers_will_see_it_and_nothing_of_it_stays(at_work, site, language):
    draft = a_draft(description=both("Mae **pob** cam yma.", "**Every** step is here."))
    before = only_draft().turn
    page = at_work.open(address_of(site, "programme.preview", language, draft_id=draft))
    assert {"cy": "Mae pob cam yma.", "en": "Every step is here."}[language] in page.main.replace(" .", ".")
    for address in page.links().values():
        assert at_work.ask("GET", address).status_code == 200, address
    assert (draft_again(draft).turn, db.session.query(EventDraft).count()) == (before, 1)
    no_day = a_draft(starts_at=None)
    at_work.open(address_of(site, "programme.preview", language, draft_id=no_day))
    assert at_work.page.address.endswith(f"/{no_day}")


def test_a_change_says_whom_it_will_tell_and_asks_why(at_work, site, language):
    event = published()
    booked(event_again(event), "nia", language_written=language)
    at_work.open(address_of(site, "running.show", language, event_id=event))
    at_work.follow(said(language, "Change the event or give it a new date"))
    at_work.send()
    at_work.send(press=("publish", "1"), starts_time="11:00", ends_time="13:00")
    assert f"{said(language, 'People to tell')} 1" in at_work.page.main
    page = at_work.send(422, notice_cy="Mae’r trên yn hwyr.")
    assert len(page.errors) == 1
    page = at_work.send(notice_en="The train is late.")
    assert {"cy": "Mae’r trên yn hwyr.", "en": "The train is late."}[language] in page.main


def test_an_event_is_postponed_restored_and_cancelled(at_work, site, language):
    event = published()
    booked(event_again(event))
    for step, words in (
        ("postpone", "Postpone the event"),
        ("restore", "Restore the event"),
        ("cancel", "Cancel the event"),
    ):
        at_work.open(address_of(site, "running.show", language, event_id=event))
        at_work.follow(said(language, words))
        [way_out] = at_work.page.soup.select(".acts a")
        assert way_out.text == said(language, "Back")  # "Cancel" beside "Cancel the event" could mean either
        if step != "restore":
            assert len(at_work.send(422, notice_en="The hall is shut.").errors) == 1
            at_work.send(notice_cy="Mae’r neuadd ar gau.")
        else:
            at_work.send()
        assert at_work.page.soup.select(".banner")
    at_work.open(address_of(site, "running.restore", language, event_id=event))
    at_work.send()
    assert event_again(event).state == "published"


def test_a_draft_is_copied_made_a_series_timed_untimed_and_deleted(at_work, site, language):
    draft = a_draft()
    start = address_of(site, "programme.draft", language, draft_id=draft)
    at_work.open(start)
    at_work.follow(said(language, "Make a series"))
    assert len(at_work.send(422, number="99").errors) == 2
    at_work.send(every="week", number="3")
    assert db.session.query(EventDraft).count() == 3
    at_work.open(start)
    at_work.follow(said(language, "Copy"))
    assert at_work.send().values()["starts_on"] == ""
    at_work.open(start)
    at_work.follow(said(language, "Publish"))
    assert len(at_work.send(422, when="later", publish_on="1/1/2020", publish_time="9").errors) == 1
    page = at_work.send(when="later", publish_on="1/12/2026", publish_time="9")
    assert "1 Rhagfyr 2026" in page.main or "1 December 2026" in page.main
    at_work.follow(said(language, "Do not publish at that time"))
    at_work.send()
    assert draft_again(draft).publish_at is None
    at_work.follow(said(language, "Delete the draft"))
    page = at_work.send()
    assert said(language, "The draft is deleted.") in page.main
    assert db.session.get(EventDraft, draft) is None


def test_a_venue_is_added_and_changed(at_work, site, language):
    at_work.open(address_of(site, "venues.index", language))
    at_work.follow(said(language, "Add a venue"))
    assert len(at_work.send(422, name_cy="Neuadd y Bont", parking_en="Behind").errors) == 2
    page = at_work.send(
        name_en="Bridge Hall", parking_cy="Y tu ôl", address="Stryd y Bont\nPontypridd", hearing_loop="y"
    )
    [link] = [text for text in page.links() if text.startswith({"cy": "Neuadd y Bont", "en": "Bridge Hall"}[language])]
    page = at_work.follow(link)
    assert (page.values()["hearing_loop"], page.values()["address"]) == ("y", "Stryd y Bont\nPontypridd")
    page = at_work.send(postcode="cf37 1aa")
    assert said(language, "The venue is changed.") in page.main and "CF37 1AA" in page.main


def test_fewer_places_than_are_taken_are_refused_with_the_list_of_who(at_work, site, language):
    event = published(capacity=2)
    bookings = [booked(event_again(event), who) for who in ("nia", "mali")]
    named = {(one.reference, one.name) for one in bookings}
    at_work.open(address_of(site, "running.change", language, event_id=event))
    at_work.send()
    at_work.send(press=("publish", "1"), capacity="1")
    page = at_work.send(422)
    assert page.errors == [said(language, "More places than that have been taken")]
    assert [(reference in page.main, name in page.main) for reference, name in named] == [(True, True)] * 2
    assert event_again(event).capacity == 2


def test_a_slot_that_somebody_has_cannot_be_taken_away_and_the_page_says_whose_it_is(at_work, site):
    starts = now() + timedelta(days=9)
    slots = tuple((starts + timedelta(minutes=30 * n), starts + timedelta(minutes=30 * (n + 1))) for n in range(4))
    event = published(kind=EventKind.ADVICE_SURGERY, starts_at=starts, sessions=slots, capacity=4)
    nia = booked(event_again(event), "nia", session_id=sessions_of(event)[3].id)
    at_work.open(address_of(site, "running.change", "en", event_id=event))
    at_work.send()
    at_work.send(sessions="\n".join(at_work.page.values()["sessions"].splitlines()[:3]))
    page = at_work.follow("Preview")
    assert page.address.endswith("/publish")
    page = at_work.send(422)
    assert page.errors == ["Somebody has a time that you have taken away. Move them first"]
    assert nia.reference in page.main


def test_the_slots_of_a_day_are_filled_in_from_its_start_to_its_end(at_work, site, language):
    draft = a_draft(kind=EventKind.ADVICE_SURGERY)
    at_work.open(address_of(site, "programme.edit", language, draft_id=draft))
    assert at_work.send(422, slot_minutes="0").errors != []
    at_work.send(slot_minutes="40")
    content = draft_again(draft).read
    assert (len(content.sessions), content.capacity) == (3, 3)
    assert content.sessions[0][0] == content.starts_at


def test_a_long_programme_asks_the_database_no_more_than_a_short_one(at_work, site, statements):
    def asked():
        statements.clear()
        at_work.ask("GET", address_of(site, "programme.index", "en"))
        return len(statements)

    for _number in range(2):
        published(), a_draft()
    asked()
    few = asked()
    for _number in range(8):
        published(), a_draft()
    asked()
    assert asked() == few


def test_the_page_of_a_place_says_that_its_event_is_put_off_and_why(visitor, language):
    event = published()
    nia = booked(event_again(event))
    actions.postpone(event, both("Mae’r neuadd ar gau.", "The hall is shut."), by=BY)
    page = visitor.open(address_of(visitor.site, "events.my_place", language, token=place_token(nia)))
    assert said(language, "This event has been postponed") in page.main
    assert {"cy": "Mae’r neuadd ar gau.", "en": "The hall is shut."}[language] in page.main
