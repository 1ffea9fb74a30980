"""Nia, Gareth and others take places at events, as they would at home."""

import pytest
from playwright.sync_api import expect

from tests.browser.machine import Town
from tests.journeys.conftest import Hall, Post, Somebody, link_in

pytestmark = pytest.mark.browser

OTHER = {"cy": "en", "en": "cy"}


def test_nia_takes_a_place_by_email_and_gives_it_up_and_the_next_person_has_it(
    somebody: Somebody, hall: Hall, post: Post, town: Town, language: str
) -> None:
    other, event = OTHER[language], hall.event(capacity=1)
    nia_at, mali_at = f"nia{event}@example.cymru", f"mali{event}@example.cymru"

    # Nia finds the event and fills in the form, but leaves out the “@”.
    nia = somebody()
    nia.open(town.address("events.show", language, event_id=str(event)))
    nia.follow("Take a place")
    nia.fill(name="Nia Wyn", channel="email", email="nia.example.cymru", needs="Dolen sain", consent=True)
    nia.fill(language_written=language, language_spoken=language)
    nia.press()
    assert (nia.status, len(nia.errors)) == (422, 1)
    assert nia.title.startswith(nia.words("Error:"))
    assert nia.focus() == "error-summary"

    # She puts it right, reads the page in the other language, and goes on in her own.
    nia.fill(email=nia_at)
    nia.say_it_in(other)
    assert (nia.page_language, nia.values()["email"], nia.values()["needs"]) == (other, nia_at, "Dolen sain")
    nia.say_it_in(language)
    nia.press()
    assert nia.heading == nia.words("Check your answers")
    assert "Dolen sain" in nia.main and nia_at in nia.main
    nia.press()
    assert nia.heading == nia.words("Check your email")
    assert hall.states(event) == ["confirmed"]

    # The letter is in her language. Its link shows her place, and the button makes it hers.
    letter = post.last_to(nia_at)
    assert letter["Content-Language"] == language
    nia.open(link_in(letter, language))
    assert nia.heading == nia.words("We are keeping a place for you")
    nia.press("Confirm my email address")
    assert nia.heading == nia.words("You have a place")
    assert nia.words("Thank you. Your email address is confirmed.") in nia.main
    nia.page.reload()
    assert nia.words("Thank you. Your email address is confirmed.") not in nia.main
    assert hall.references(event)[0] in nia.main
    with_calendar = post.last_to(nia_at)
    assert [part.get_filename() for part in with_calendar.iter_attachments()] == [
        {"cy": "digwyddiad.ics", "en": "event.ics"}[language]
    ]

    # Mali comes when the event is full, and waits.
    mali = somebody()
    mali.open(town.address("events.show", language, event_id=str(event)))
    mali.follow("Join the waiting list")
    mali.fill(name="Mali", channel="email", email=mali_at, language_written="both", language_spoken=other)
    mali.press()
    mali.press()
    assert mali.heading == mali.words("Check your email")
    mali.open(link_in(post.last_to(mali_at), language))
    mali.press("Confirm my email address")
    assert mali.heading == mali.words("You are on the waiting list")

    # Nia cannot come after all.
    nia.follow("Cancel my place")
    nia.press("Cancel my place")
    assert nia.heading == nia.words("Your place has been cancelled")
    assert hall.states(event) == ["cancelled", "offered"]

    # Mali is told in both languages, and takes the place.
    offer = post.last_to(mali_at)
    assert offer["Content-Language"] == "cy, en"
    for code in ("cy", "en"):
        assert link_in(offer, code)
    mali.open(link_in(offer, language))
    assert mali.heading == mali.words("A place is free for you")
    mali.press("Accept the place")
    assert mali.heading == mali.words("You have a place")
    assert hall.states(event) == ["cancelled", "confirmed"]


def test_gareth_who_has_no_email_signs_up_with_his_telephone(
    somebody: Somebody, hall: Hall, post: Post, town: Town, language: str
) -> None:
    event = hall.event(capacity=2)
    gareth = somebody()
    gareth.open(town.address("events.book", language, event_id=str(event)))
    gareth.fill(name="Gareth Puw", channel="phone", phone="07700 900 982")
    gareth.fill(language_written="cy", language_spoken="cy")
    gareth.press()
    assert "07700 900982" in gareth.main
    gareth.press()
    assert gareth.heading == gareth.words("You have a place")
    assert hall.references(event)[0] in gareth.main
    assert hall.states(event) == ["confirmed"]
    gareth.follow("See, change or cancel your place")
    assert gareth.heading == gareth.words("You have a place")
    gareth.follow("Change your details")
    gareth.fill(name="Gareth Huw Puw").press()
    assert gareth.words("Your details have been changed.") in gareth.main
    assert "Gareth Huw Puw" in gareth.main


def test_gareth_changes_an_answer_on_the_way(somebody: Somebody, hall: Hall, town: Town, language: str) -> None:
    gareth = somebody()
    gareth.open(town.address("events.book", language, event_id=str(hall.event())))
    gareth.fill(name="Garth", channel="phone", phone="07700 900 982", language_written="cy", language_spoken="cy")
    gareth.press()
    gareth.use(gareth.page.locator("button[name=_change][value=name]"))
    assert gareth.values()["name"] == "Garth"
    gareth.fill(name="Gareth").press()
    assert gareth.heading == gareth.words("Check your answers")
    assert "Gareth" in gareth.main


def test_a_double_click_books_once(somebody: Somebody, hall: Hall, town: Town, language: str) -> None:
    event = hall.event(capacity=3)
    nia = somebody()
    nia.open(town.address("events.book", language, event_id=str(event)))
    nia.fill(name="Nia", channel="phone", phone="01632 960123", language_written="cy", language_spoken="cy")
    nia.press()
    confirm, thanks = nia.words("Take this place"), nia.words("You have a place")
    nia.page.get_by_role("button", name=confirm, exact=True).dblclick()
    # The second press breaks off the first page on its way: only what is there in the end counts.
    expect(nia.page.get_by_role("heading", level=1)).to_have_text(thanks)
    assert hall.states(event) == ["confirmed"]


def test_going_back_and_sending_again_books_nothing_more(
    somebody: Somebody, hall: Hall, town: Town, language: str
) -> None:
    event = hall.event(capacity=3)
    nia = somebody()
    nia.open(town.address("events.book", language, event_id=str(event)))
    nia.fill(name="Nia", channel="phone", phone="01632 960124", language_written="cy", language_spoken="cy")
    nia.press()
    nia.press()
    thanks = nia.path
    nia.go_back()
    assert hall.states(event) == ["confirmed"]
    assert nia.heading == nia.words("Check your answers")
    nia.press()
    assert (nia.path, hall.states(event)) == (thanks, ["confirmed"])


def test_a_browser_that_forgets_its_cookie_loses_nothing(
    somebody: Somebody, hall: Hall, town: Town, language: str
) -> None:
    event = hall.event()
    nia = somebody()
    nia.open(town.address("events.book", language, event_id=str(event)))
    nia.fill(name="Nia", channel="phone", phone="01632 960125", needs="Ramp", consent=True)
    nia.fill(language_written="cy", language_spoken="en")
    typed = nia.values()
    nia.context.clear_cookies()
    nia.press()
    assert (nia.status, len(nia.errors), nia.values()) == (422, 1, typed)
    nia.press()
    assert (nia.heading, nia.errors) == (nia.words("Check your answers"), [])
    nia.press()
    assert (nia.heading, nia.errors) == (nia.words("You have a place"), [])


def test_nia_and_two_others_are_offered_some_of_the_places_and_later_one_gives_hers_up(
    somebody: Somebody, hall: Hall, post: Post, town: Town, language: str
) -> None:
    event = hall.event(capacity=2, party_limit=4)
    first_at, nia_at = f"huw{event}@example.cymru", f"nia{event}@example.cymru"

    # Huw has both places when Nia comes for three, who would take fewer.
    huw = somebody()
    huw.open(town.address("events.book", language, event_id=str(event)))
    huw.fill(name="Huw", channel="email", email=first_at, others="Eleri Huws")
    huw.fill(language_written=language, language_spoken=language)
    huw.press()
    huw.press()
    huw.open(link_in(post.last_to(first_at), language))
    huw.press("Confirm my email address")
    nia = somebody()
    nia.open(town.address("events.book", language, event_id=str(event)))
    nia.fill(name="Nia Wyn", channel="email", email=nia_at, others="Mair Llwyd\nSiôn Puw", part_ok=True)
    nia.fill(language_written=language, language_spoken=language)
    nia.press()
    assert "Mair Llwyd, Siôn Puw" in nia.main
    nia.press()
    nia.open(link_in(post.last_to(nia_at), language))
    nia.press("Confirm my email address")
    assert nia.heading == nia.words("You are on the waiting list")

    # Huw gives up both. Nia is offered two for her three, and says that Siôn comes with her.
    huw.follow("Cancel all our places")
    huw.press("Cancel all our places")
    nia.open(link_in(post.last_to(nia_at), language))
    assert nia.heading == nia.words("Places are free for you")
    nia.page.locator("label", has_text="Siôn Puw").click()
    nia.press("Accept the places")
    assert nia.heading == nia.words("You have a place")
    assert ("Siôn Puw" in nia.main, "Mair Llwyd" in nia.main) == (True, False)
    assert hall.states(event) == ["cancelled", "confirmed"]

    # Then Siôn cannot come either: his place is anybody's, hers is still hers.
    nia.follow("Fewer of you are coming")
    nia.fill(others=False)
    nia.press("Save who is coming")
    assert nia.heading == nia.words("You have a place")
    assert nia.words("Thank you for telling us. The list of who comes has been changed.") in nia.main
    assert "Siôn Puw" not in nia.main
    nia.open(town.address("events.book", language, event_id=str(event)))
    assert f"{nia.words('Places left')}: 1" in " ".join(nia.main.split())
