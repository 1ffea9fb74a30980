"""The pages, as people go through them, in both languages."""

import re
from datetime import timedelta

import pytest
import time_machine
from icalendar import Calendar
from sqlalchemy import event as happenings

from c4s.core import tokens
from c4s.core.db import db
from c4s.events import actions, bookings, filling, letters, rules, signing_up
from c4s.events.models import Booking
from c4s.events.rules import BookingState, DeliveryLanguage, EventKind, EventState
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel
from c4s.taxonomy import queries as taxonomy
from tests.conftest import NOW, said
from tests.events.builders import a_sign_up, a_venue, an_event, booked, call_off, last_letter, letters_to, states
from tests.visitor import Visitor, words

pytestmark = pytest.mark.pages

HOUR = timedelta(hours=1)
NAMES = {"cy": "dechrau-busnes", "en": "starting-a-business"}
ANSWERS = {
    "name": "Siân ap Rhŷs",
    "channel": "email",
    "email": "sian@example.cymru",
    "language_written": "cy",
    "language_spoken": "en",
}


def the_list(language):
    return {"cy": "/cy/digwyddiadau", "en": "/en/events"}[language]


def page_of(event, language="en"):
    return f"{the_list(language)}/{event.id}-{NAMES[language]}"


def form_of(event, language="en"):
    return page_of(event, language) + {"cy": "/cadw-lle", "en": "/book"}[language]


def place_of(booking, language="en"):
    path = {"cy": "/cy/fy-lle/", "en": "/en/my-place/"}[language]
    return path + letters.place_token(booking)


def titles(page):
    return [" ".join(link.get_text().split()) for link in page.soup.select(".events a")]


# ---- Lists and events ----


def test_the_list_shows_what_is_to_come_by_month(site, visitor, language):
    an_event(title=Bilingual("Yn ail", "Second"), starts_at=NOW + timedelta(days=40))
    an_event(title=Bilingual("Yn gyntaf", "First"), starts_at=NOW + timedelta(days=2), venue_id=a_venue().id)
    an_event(title=Bilingual("Ddoe", "Yesterday"), starts_at=NOW - timedelta(days=1))
    an_event(title=Bilingual("Drafft", "Draft"), state=EventState.DRAFT)
    page = visitor.open(the_list(language))
    assert titles(page) == {"cy": ["Yn gyntaf", "Yn ail"], "en": ["First", "Second"]}[language]
    months = {"cy": ["Tachwedd 2026", "Ionawr 2027"], "en": ["November 2026", "January 2027"]}[language]
    assert [h.get_text() for h in page.soup.select("main h2")][:2] == months
    assert {
        "cy": "Dydd Mercher 25 Tachwedd 2026, 09:00–11:00",
        "en": "Wednesday 25 November 2026, 09:00–11:00",
    }[language] in page.main


def test_an_event_stays_on_the_list_until_its_day_is_over_in_wales(site, visitor):
    an_event(starts_at=NOW - HOUR)
    assert titles(visitor.open("/en/events")) == ["Starting a business"]
    with time_machine.travel(NOW.replace(hour=23, minute=59, second=59), tick=False):
        assert titles(visitor.open("/en/events")) == ["Starting a business"]
    with time_machine.travel(NOW.replace(hour=0) + timedelta(days=1), tick=False):
        assert titles(visitor.open("/en/events")) == []
        assert titles(visitor.open("/en/events/past")) == ["Starting a business"]


def test_the_list_is_narrowed_by_links_that_can_be_shared(site, visitor, language):
    areas = taxonomy.areas()
    above = areas.children(None, "en")[0]
    child = areas.children(above.id, "en")[0]
    an_event(
        title=Bilingual("A", "A"),
        kind=EventKind.COURSE,
        delivery_language=DeliveryLanguage.CY,
        area_id=child.id,
    )
    an_event(title=Bilingual("B", "B"), delivery_language=DeliveryLanguage.INTERPRETED, online=True)
    full = an_event(title=Bilingual("C", "C"))
    booked(full)

    def found(query):
        return titles(visitor.open(the_list(language) + query))

    assert found("") == ["A", "B", "C"]
    assert found("?kind=course") == ["A"]
    assert found("?held_in=welsh") == ["A"]
    assert found("?held_in=bilingual") == ["B", "C"]
    assert found(f"?area={above.code}") == ["A"]
    assert found(f"?area={child.code}") == ["A"]
    assert found("?online=1") == ["B"]
    assert found("?free=1") == ["A", "B"]
    assert found("?held_in=bilingual&online=1&free=1") == ["B"]
    assert found("?kind=nonsense&held_in=%00&area=nowhere&online=2&page=x") == ["A", "B", "C"]
    page = visitor.open(the_list(language) + "?kind=course")
    assert page.soup.select_one(".chosen a")["href"] == the_list(language)
    assert found("?kind=advice_surgery") == []


def test_the_filters_count_what_each_would_leave(site, visitor):
    an_event(title=Bilingual("A", "A"), kind=EventKind.COURSE)
    an_event(title=Bilingual("B", "B"), kind=EventKind.COURSE, online=True)
    an_event(title=Bilingual("C", "C"), online=True)
    page = visitor.open("/en/events?online=1")
    labels = [" ".join(link.get_text().split()) for link in page.soup.select(".filter a")]
    assert labels == [
        "Course (1)",
        "Workshop (1)",
        "Bilingual or interpreted (2)",
        "Remove filter: Online (2)",
        "Only events with places left (2)",
    ]


def test_a_long_list_has_pages_and_a_page_too_far_leads_to_the_first(site, visitor):
    for number in range(21):
        an_event(title=Bilingual(f"D{number}", f"E{number}"), starts_at=NOW + timedelta(days=number + 1))
    assert len(titles(visitor.open("/en/events"))) == 20
    page = visitor.open("/en/events?page=2")
    assert (titles(page), "(page 2 of 2)" in page.soup.title.get_text()) == (["E20"], True)
    assert visitor.open("/en/events?page=9").address == "/en/events"


def test_an_event_page_says_all_that_helps_to_decide(site, visitor, language):
    event = an_event(
        venue_id=a_venue(hearing_loop=True, parking=Bilingual("Maes parcio.", "A car park.")).id,
        delivery_language=DeliveryLanguage.EN,
        welsh_offer=Bilingual("Gofynnwch am sesiwn yn Gymraeg.", "Ask for a session in Welsh."),
        cost=Bilingual("Am ddim", "Free"),
        audience=Bilingual("Pobl sy’n dechrau busnes", "People who start a business"),
        description=Bilingual("Byddwn ni’n trafod:\n\n- y cynllun", "We talk about:\n\n- the plan"),
        trainer="Mair Haf",
    )
    page = visitor.open(page_of(event, language))
    expected = {
        "cy": [
            "Am ddim",
            "Mair Haf",
            "Lleoedd ar gael 1",
            "Gofynnwch am sesiwn yn Gymraeg.",
            "Dolen glyw",
            "Maes parcio.",
        ],
        "en": [
            "Free",
            "Mair Haf",
            "Places left 1",
            "Ask for a session in Welsh.",
            "Hearing loop",
            "A car park.",
        ],
    }[language]
    assert [words for words in expected if words not in page.main] == []
    properties = {tag["itemprop"]: tag.get("content") or tag.get("href") for tag in page.soup.select("[itemprop]")}
    assert properties["startDate"] == "2026-12-07T10:00+00:00"
    assert properties["eventStatus"] == "https://schema.org/EventScheduled"
    assert (properties["remainingAttendeeCapacity"], properties["postalCode"]) == ("1", "CF37 1AA")
    assert visitor.page.response.headers["Cache-Control"].startswith("public")
    visitor.switch_language()


def test_a_date_has_a_capital_where_it_stands_alone_and_none_inside_a_line(site, visitor):
    event = an_event()
    facts = visitor.open(page_of(event, "cy")).soup.select("dl.facts dd")
    said_alone = [words(fact) for fact in facts if "2026" in words(fact)]
    assert said_alone == ["Dydd Llun 7 Rhagfyr 2026, 10:00–12:00", "Dydd Llun 7 Rhagfyr 2026, 10:00"]
    booked(event, language_written="cy")
    assert "Pryd: dydd Llun 7 Rhagfyr 2026, 10:00–12:00" in last_letter("nia@example.cymru").body


def test_a_full_event_offers_the_waiting_list(site, visitor, language):
    event = an_event()
    booked(event)
    page = visitor.open(page_of(event, language))
    words = {"cy": "Llawn: gallwch chi ymuno â’r rhestr aros", "en": "Full: you can join the waiting list"}[language]
    assert words in page.main


def test_public_pages_change_when_a_place_is_taken(site, visitor):
    event = an_event()
    first = visitor.open(page_of(event)).response.headers["ETag"]
    again = visitor.ask("GET", page_of(event), headers={"If-None-Match": first})
    assert (again.status_code, again.data) == (304, b"")
    booked(event)
    page = visitor.open(page_of(event))
    assert page.response.headers["ETag"] != first
    assert "Full: you can join the waiting list" in page.main


@pytest.mark.parametrize("state", [EventState.DRAFT])
def test_what_is_not_public_is_not_there(site, visitor, state):
    event = an_event(state=state, online=True, online_address="https://meet.example.com/x")
    for address in (page_of(event), form_of(event), page_of(event) + "/calendar.ics", "/en/events/999999"):
        visitor.open(address, 404)


def test_the_address_of_an_online_event_is_on_no_public_page(site, visitor):
    event = an_event(online=True, online_address="https://meet.example.com/felin")
    for address in (page_of(event), "/en/events", form_of(event), "/en/events/calendar.ics"):
        assert "meet.example.com" not in visitor.open(address).response.get_data(as_text=True)


def test_calendars_are_files_narrowed_by_the_same_filters(site, visitor, language):
    an_event(kind=EventKind.COURSE)
    workshop = an_event()
    feed = the_list(language) + {"cy": "/calendr.ics", "en": "/calendar.ics"}[language]
    answer = visitor.open(feed + "?kind=workshop").response
    assert answer.mimetype == "text/calendar"
    [entry] = Calendar.from_ical(answer.data).walk("VEVENT")
    assert str(entry["UID"]) == f"event-{workshop.id}@127.0.0.1"
    one = visitor.open(page_of(workshop, language) + {"cy": "/calendr.ics", "en": "/calendar.ics"}[language])
    assert [str(e["UID"]) for e in Calendar.from_ical(one.response.data).walk("VEVENT")] == [str(entry["UID"])]
    links = visitor.open(the_list(language) + "?kind=workshop").soup.select('a[href^="webcal:"]')
    assert [link["href"] for link in links] == [f"webcal://127.0.0.1:5000{feed}?kind=workshop"]


class Questions:
    """Counts what the database is asked while it is entered."""

    def __enter__(self):
        self.asked = []
        happenings.listen(db.engine, "before_cursor_execute", self.note)
        return self

    def note(self, connection, cursor, statement, *rest):
        if not statement.startswith(("PRAGMA", "BEGIN")):
            self.asked.append(statement)

    def __exit__(self, *rest):
        happenings.remove(db.engine, "before_cursor_execute", self.note)


def test_the_list_and_an_event_ask_the_database_five_things_at_most_however_much_there_is(site, visitor):
    event = an_event(venue_id=a_venue().id, area_id=1, capacity=50)
    asked, address = [], page_of(event)
    for more in (0, 15):
        for number in range(more):
            booked(event, f"person{number}")
            an_event(title=Bilingual(f"D{number}", f"E{number}"), venue_id=a_venue().id)
        visitor.open("/en/events")
        with Questions() as of_list:
            visitor.ask("GET", "/en/events")
        with Questions() as of_event:
            visitor.ask("GET", address)
        asked.append((len(of_list.asked), len(of_event.asked)))
    assert asked[0] == asked[1]
    assert max(asked[0]) <= 5


# ---- Taking a place ----


def test_sian_takes_a_place(site, visitor, language):
    event = an_event(capacity=2)
    visitor.open(page_of(event, language))
    visitor.follow({"cy": "Cadw lle", "en": "Take a place"}[language])
    check = visitor.send(**ANSWERS)
    assert check.h1 == {"cy": "Gwiriwch eich atebion", "en": "Check your answers"}[language]
    assert [words for words in ("Siân ap Rhŷs", "sian@example.cymru") if words not in check.main] == []
    assert states(event) == []  # nothing is kept before the last step
    # Nor does the button say more than it does: a place is confirmed when the address has been proved.
    assert words(check.form().select_one(".btn")) == {"cy": "Cadw’r lle hwn", "en": "Take this place"}[language]
    done = visitor.send()
    assert done.h1 == {"cy": "Gwiriwch eich e-bost", "en": "Check your email"}[language]
    assert "sian@example.cymru" in done.main
    assert {"cy": "dydd Llun 23 Tachwedd 2026, 11:00", "en": "Monday 23 November 2026, 11:00"}[language] in done.main
    booking = db.session.query(Booking).one()
    assert booking.reference not in done.html
    facts = (booking.name, booking.language_written, booking.language_spoken, booking.asked_in)
    assert facts == ("Siân ap Rhŷs", "cy", "en", language)
    assert visitor.open(done.address).h1 == done.h1  # it can be opened again
    visitor.switch_language()
    link = re.search(r"http://127\.0\.0\.1:5000(/cy/fy-lle/\S+)", last_letter("sian@example.cymru").body)[1]
    place = visitor.open(link)
    assert (place.h1, booking.proved_at) == ("Rydyn ni’n cadw lle i chi", None)  # opening it proved nothing
    proved = visitor.send()
    assert proved.h1 == "Mae gennych chi le"
    assert letters_to("sian@example.cymru") == ["place_to_confirm", "place_booked"]
    assert proved.soup.select_one("[role=alert]") is not None
    assert visitor.open(link).soup.select_one("[role=alert]") is None  # said once


def test_somebody_with_a_phone_sees_their_reference(site, visitor, language):
    event = an_event()
    visitor.open(form_of(event, language))
    visitor.send(**{**ANSWERS, "channel": "phone", "phone": "(01632) 960-001", "email": "left over"})
    done = visitor.send()
    booking = db.session.query(Booking).one()
    assert (booking.channel, booking.phone, booking.email) == (Channel.PHONE, "01632 960001", "")
    assert booking.reference in done.main
    visitor.follow({"cy": "Gweld, newid neu ganslo eich lle", "en": "See, change or cancel your place"}[language])


def test_the_page_after_a_sign_up_tells_nobody_that_an_address_had_a_place(site):
    event = an_event(capacity=5)
    booked(event, address="Sian@example.cymru")
    pages = []
    for email in ("sian@example.cymru", "SIAN@example.cymru", "mair@example.cymru"):
        visitor = Visitor(site)
        visitor.open(form_of(event))
        key = visitor.send(**{**ANSWERS, "email": email}).values()["key"]
        done = visitor.send()
        address = re.sub(r"/(booked|diolch)/[^\"/]+", "/TOKEN", done.html)
        pages.append(address.replace(email.lower(), "ADDRESS"))
        # The token says nothing but what the form brought: a number of a booking would tell how old it is.
        assert tokens.read("booked", done.address.rpartition("/")[2]) == [key]
    assert pages[0] == pages[1] == pages[2]
    assert letters_to("Sian@example.cymru")[-2:] == ["already_have_a_place", "already_have_a_place"]
    assert states(event) == ["confirmed", "confirmed"]


def test_a_second_click_takes_no_second_place(site, visitor):
    event = an_event(capacity=5)
    visitor.open(form_of(event))
    check = visitor.send(**ANSWERS)
    values, address = check.values(), check.address
    first = visitor.ask("POST", address, data=values)
    second = visitor.ask("POST", address, data=values)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"]
    assert (states(event), letters_to("sian@example.cymru")) == (["confirmed"], ["place_to_confirm"])
    other = visitor.ask("POST", address, data={**values, "name": "Somebody else"})
    assert other.status_code == 409


WRONG = {
    "cy": {
        "name": "Rhowch eich enw llawn",
        "channel": "Dewiswch sut y dylen ni gysylltu â chi",
        "language_written": "Dewiswch iaith ein negeseuon atoch chi",
        "language_spoken": "Dewiswch yr iaith yr hoffech chi ei defnyddio yn y digwyddiad",
    },
    "en": {
        "name": "Enter your full name",
        "channel": "Choose how we should reach you",
        "language_written": "Choose the language for our messages to you",
        "language_spoken": "Choose the language you would like to use at the event",
    },
}


def test_an_empty_form_says_what_to_do_and_nothing_is_chosen_for_anybody(site, visitor, language):
    event = an_event()
    page = visitor.open(form_of(event, language))
    assert page.soup.select("[checked]") == []
    failed = visitor.send(422)
    assert failed.errors == list(WRONG[language].values())


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"email": ""}, "Enter your email address"),
        ({"email": "sian"}, "Enter an email address in the correct format, like name@example.com"),
        ({"channel": "phone", "phone": ""}, "Enter your phone number"),
        ({"channel": "phone", "phone": "12"}, "Enter a phone number, like 01632 960 001 or 07700 900 982"),
        ({"channel": "post", "postal_address": " "}, "Enter your postal address"),
        ({"name": "x" * 201}, "Your full name must be 200 characters or fewer"),
        (
            {"needs": "x" * 1001, "consent": "y"},
            "The description of what you need must be 1,000 characters or fewer",
        ),
        (
            {"needs": "A ramp"},
            "Tick to agree that we may keep what you need, or leave the box about your needs empty",
        ),
        ({"language_written": "fr"}, "Choose the language for our messages to you"),
    ],
)
def test_each_mistake_has_its_own_sentence_and_loses_nothing(site, visitor, change, error):
    event = an_event()
    visitor.open(form_of(event))
    typed = {**ANSWERS, **change}
    page = visitor.send(422, **typed)
    assert page.errors == [error]
    kept = {name: value for name, value in page.values().items() if name in typed and name != "postal_address"}
    assert kept == {name: value for name, value in typed.items() if name != "postal_address" and value != "fr"}


def test_changing_language_keeps_what_was_typed_and_takes_nothing(site, visitor, language):
    event = an_event()
    other = {"cy": "en", "en": "cy"}[language]
    typed = {**ANSWERS, "name": "", "needs": "Dolen"}
    visitor.open(form_of(event, language))
    page = visitor.send(200, press=("_language", other), **typed)
    assert (page.soup.html["lang"], page.errors) == (other, [])
    kept = page.values()
    assert {name: kept[name] for name in typed} == typed
    visitor.send(200, name="Siân", consent="y")
    check = visitor.send(200, press=("_language", language))
    assert check.h1 == {"cy": "Gwiriwch eich atebion", "en": "Check your answers"}[language]
    visitor.send()
    assert (states(event), db.session.query(Booking).one().asked_in) == (["confirmed"], language)


def test_each_box_stands_under_the_way_to_reach_somebody_that_needs_it(site, visitor, language):
    visitor.open(form_of(an_event(), language))
    group = visitor.page.soup.select_one("#channel-0").find_parent("fieldset")
    order = [box.get("value") or box["name"] for box in group.select("input, textarea")]
    assert order == ["email", "email", "phone", "phone", "post", "postal_address"]
    page = visitor.send(422, **{**ANSWERS, "channel": "post"})
    assert [link["href"] for link in page.soup.select("#error-summary a")] == ["#postal_address"]


def test_a_change_button_leads_back_to_the_form_with_everything_in_it(site, visitor):
    event = an_event()
    visitor.open(form_of(event))
    visitor.send(**{**ANSWERS, "needs": "A ramp", "consent": "y"})
    form = visitor.send(press=("_change", "name"))
    assert (form.h1, form.values()["name"], form.values()["consent"]) == (
        "Take a place",
        ANSWERS["name"],
        "y",
    )
    visitor.send(name="Siân Haf")
    visitor.send()
    assert db.session.query(Booking).one().name == "Siân Haf"


def test_the_last_step_is_checked_again(site, visitor):
    event = an_event()
    visitor.open(form_of(event))
    visitor.send(**ANSWERS)
    page = visitor.send(422, email="nonsense")
    assert page.errors == ["Enter an email address in the correct format, like name@example.com"]
    assert states(event) == []


def test_a_machine_that_fills_every_box_takes_no_place(site, visitor):
    event = an_event()
    visitor.open(form_of(event))
    visitor.send(422, **ANSWERS, website_address="http://evil.example")
    assert states(event) == []


def test_the_last_place_may_go_while_answers_are_checked(site, visitor, language):
    event = an_event()
    visitor.open(form_of(event, language))
    visitor.send(**ANSWERS)
    booked(event)
    done = visitor.send()
    words = {"cy": "Does dim digon o leoedd nawr", "en": "There are not enough places now"}[language]
    assert (states(event), words in done.main) == (["confirmed", "waiting"], True)


@pytest.mark.parametrize(
    ("facts", "heading"),
    [
        ({"closes_at": NOW}, "Sign-up for this event has closed"),
        ({"opens_at": NOW + HOUR}, "Sign-up for this event has not opened yet"),
        ({"state": EventState.CANCELLED}, "This event has been cancelled"),
        ({"starts_at": NOW - 3 * HOUR}, "This event is over"),
    ],
)
def test_what_cannot_be_booked_has_a_page_that_says_what_to_do_next(site, visitor, facts, heading):
    event = an_event(**facts)
    assert visitor.open(form_of(event)).h1 == heading
    assert "See other events" in visitor.page.links()
    visitor.switch_language()
    visitor.open(page_of(event))


def test_an_event_that_closes_while_the_form_is_open_says_so(site, visitor):
    event = an_event(closes_at=NOW + HOUR)
    visitor.open(form_of(event))
    visitor.send(**ANSWERS)
    with time_machine.travel(NOW + HOUR, tick=False):
        assert visitor.send(409).h1 == "Sign-up for this event has closed"


def test_too_many_sign_ups_from_one_place_are_asked_to_wait_and_lose_nothing(site, visitor):
    event = an_event(capacity=50)
    for _ in range(rules.PER_ADDRESS):
        signing_up.book_place(event.id, a_sign_up("sian"), network="elsewhere")
    visitor.open(form_of(event))
    visitor.send(**ANSWERS)
    page = visitor.send(429)
    assert page.errors[0].startswith("Too many forms have been sent in a short time.")
    assert int(page.response.headers["Retry-After"]) > 0
    assert page.values()["email"] == ANSWERS["email"]


def test_a_made_up_or_misused_link_opens_nothing(site, visitor):
    event = an_event()
    place = booked(event)
    for address in (
        "/en/my-place/nonsense",
        "/en/my-place/" + tokens.sign("booked", place.id, place.reference),
        f"{page_of(event)}/booked/nonsense",
        f"{page_of(event)}/booked/" + tokens.sign("booked", "not a key"),
        f"{page_of(event)}/booked/" + tokens.sign("booking", place.id),
    ):
        visitor.open(address, 404)


# ---- My place ----


def test_nia_sees_what_only_those_with_a_place_may_see(site, visitor, language):
    notes = Bilingual("Dewch â gliniadur.", "Bring a laptop.")
    event = an_event(online=True, online_address="https://meet.example.com/felin", joining_notes=notes)
    place = booked(event, proved=False)
    unproved = visitor.open(place_of(place, language))
    assert ("meet.example.com" in unproved.html, notes.spoken(language)[0] in unproved.main) == (False, False)
    visitor.send()
    sure = visitor.page
    assert ("meet.example.com" in sure.main, notes.spoken(language)[0] in sure.main) == (True, True)
    assert sure.response.headers["Cache-Control"] == "no-store"
    assert sure.response.headers["X-Robots-Tag"] == "noindex"
    visitor.switch_language()


def test_somebody_who_waits_sees_their_number(site, visitor):
    event = an_event()
    for who in ("nia", "mair"):
        booked(event, who)
    place = booked(event, "gareth")
    assert "Your number on the waiting list: 2" in visitor.open(place_of(place)).main
    visitor.follow("Leave the waiting list")
    assert visitor.send().h1 == "Your place has been cancelled"
    assert "You have left the waiting list." in visitor.page.main


def test_an_offer_can_be_accepted_or_declined(site, visitor, language):
    event = an_event(capacity=2)
    nia, sion = booked(event), booked(event, "sion")
    mair, gareth = booked(event, "mair"), booked(event, "gareth")
    for one in (nia, sion):
        actions.cancel(one.id)
    assert (
        visitor.open(place_of(mair, language)).h1
        == {"cy": "Mae lle ar gael i chi", "en": "A place is free for you"}[language]
    )
    assert visitor.send().h1 == {"cy": "Mae gennych chi le", "en": "You have a place"}[language]
    visitor.open(place_of(gareth, language))
    visitor.follow({"cy": "Gwrthod y lle", "en": "Decline the place"}[language])
    visitor.send()
    assert states(event) == ["cancelled", "cancelled", "confirmed", "cancelled"]


def test_an_offer_of_several_places_says_that_they_are_several(site, visitor, language):
    event = an_event(capacity=2, party_limit=4)
    place = booked(event, others=("Siôn Ŵyn", "Mair Llwyd"), part_ok=True)
    assert visitor.open(place_of(place, language)).h1 == said(language, "Places are free for you")


def test_an_offer_answered_too_late_says_so_kindly(site, visitor):
    event = an_event()
    nia, mair = booked(event), booked(event, "mair")
    actions.cancel(nia.id)
    with time_machine.travel(NOW + 49 * HOUR, tick=False):
        visitor.open(place_of(mair))
        page = visitor.send(409)
        assert "The time to accept this place has passed. The place has gone to the next person." in page.main
        filling.lapse_due()
        assert visitor.open(place_of(mair)).h1 == "The time to accept this place has passed"
        visitor.follow("Sign up again")


def test_proving_late_is_told_kindly(site, visitor, language):
    event = an_event()
    place = booked(event, proved=False)
    booked(event, "mair")
    with time_machine.travel(NOW + 3 * HOUR, tick=False):
        filling.lapse_due()
        visitor.open(place_of(place, language))
        page = visitor.send()
        assert page.h1 == {"cy": "Rydych chi ar y rhestr aros", "en": "You are on the waiting list"}[language]
        assert {"cy": "felly fe wnaethon ni chwilio eto", "en": "so we looked again for a place"}[language] in page.main


def test_when_the_event_is_cancelled_nothing_is_confirmed_and_the_page_says_why(site, visitor, language):
    place = booked(an_event(), proved=False)
    visitor.open(place_of(place, language))
    call_off(place.event)
    page = visitor.send(409)
    assert (page.main.count(said(language, "This event has been cancelled")), place.is_proved) == (1, False)
    again = visitor.open(place_of(place, language))
    assert (again.main.count(said(language, "This event has been cancelled")), again.soup.select("main form")) == (
        1,
        [],
    )


def test_a_place_is_given_up_only_after_a_page_that_says_what_it_means(site, visitor, language):
    event = an_event()
    place = booked(event)
    visitor.open(place_of(place, language))
    asked = visitor.follow({"cy": "Canslo fy lle", "en": "Cancel my place"}[language])
    assert states(event) == ["confirmed"]
    assert len(asked.form().select("button")) == 1  # nothing to fill in, so nothing to lose in another language
    page = visitor.send()
    assert page.h1 == {"cy": "Mae eich lle wedi’i ganslo", "en": "Your place has been cancelled"}[language]
    assert (place.state, page.soup.select("main form")) == (BookingState.CANCELLED, [])
    visitor.open(visitor.page.address + {"cy": "/canslo", "en": "/cancel"}[language])
    assert visitor.page.address == place_of(place, language)


def test_details_can_be_changed_in_either_language_without_losing_any(site, visitor, language):
    place = booked(an_event(), needs="Dolen sain")
    visitor.open(place_of(place, language))
    visitor.follow({"cy": "Newid eich manylion", "en": "Change your details"}[language])
    assert (visitor.page.values()["needs"], visitor.page.values()["consent"]) == ("Dolen sain", "y")
    other = {"cy": "en", "en": "cy"}[language]
    visitor.send(press=("_language", other), name="Nia Haf")
    assert (visitor.page.values()["name"], place.name) == ("Nia Haf", "Nia")
    visitor.send(422, name="")
    visitor.send(name="Nia Haf", needs="", consent=None)
    assert (place.name, bookings.needs_of(place.id)) == ("Nia Haf", None)


def test_a_place_cannot_be_changed_by_a_page_of_another_site(site, visitor):
    place = booked(an_event())
    page = visitor.open(place_of(place) + "/cancel")
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    answer = visitor.ask("POST", page.address, data=page.values(), headers=elsewhere)
    assert (answer.status_code, place.state) == (403, BookingState.CONFIRMED)
    stale = visitor.ask("POST", page.address, data={"csrf_token": "stale"})
    assert (stale.status_code, place.state) == (422, BookingState.CONFIRMED)
