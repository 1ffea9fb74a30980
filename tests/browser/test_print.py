"""What is worth keeping can be printed: on one page, with its address, and without what only a screen needs."""

import re

import pytest

from c4s.core.db import db
from c4s.events import signing_up
from c4s.events.models import Event
from c4s.events.rules import EventState
from tests.browser.machine import Town
from tests.browser.pages import BY_NAME
from tests.browser.reader import Reader
from tests.events.builders import an_event, by_phone
from tests.sign_ups.builders import set_event

pytestmark = pytest.mark.browser

MARGINS = {"top": "18mm", "right": "18mm", "bottom": "18mm", "left": "18mm"}


def on_paper(reader: Reader, town: Town, name: str) -> tuple[str, int]:
    """What stands on the paper, and how many sheets it takes."""
    BY_NAME[name].go(reader, town, reader.language)
    reader.at(media="print")
    words = str(reader.look("document.body.innerText"))
    return words, len(re.findall(rb"/Type\s*/Page\b(?!s)", reader.page.pdf(format="A4")))


@pytest.mark.parametrize(
    "name", ["my place, confirmed", "my place, waiting", "thanks, phone", "supplier, ordinary", "event, open"]
)
def test_it_takes_one_sheet_with_its_address_and_without_the_menus(reader: Reader, town: Town, name: str) -> None:
    words, sheets = on_paper(reader, town, name)
    menus = [reader.words(one) for one in ("Skip to main content", "How we work", "Privacy notice", "Back")]
    assert [one for one in menus if one in words.splitlines()] == []
    assert sheets == 1
    assert f"{town.root}/{reader.language}/" in words


@pytest.mark.parametrize("name", ["my place, confirmed", "thanks, phone"])
def test_a_ticket_has_its_reference(reader: Reader, town: Town, name: str) -> None:
    words, _sheets = on_paper(reader, town, name)
    assert re.search(r"\b[3-9A-Z]{4}-[3-9A-Z]{4}\b", words)


def test_paper_is_black_on_white_whatever_the_screen(reader: Reader, town: Town) -> None:
    BY_NAME["my place, confirmed"].go(reader, town, reader.language)
    reader.at(scheme="dark", media="print")
    looks = reader.look(
        "[...document.querySelectorAll('main *')].map(it => getComputedStyle(it))"
        ".map(it => [it.color, it.backgroundColor].join(' on '))"
    )
    assert set(looks) == {"rgb(0, 0, 0) on rgba(0, 0, 0, 0)"}


def test_a_letter_takes_one_sheet_with_its_address_in_the_window_of_the_envelope(reader: Reader, town: Town) -> None:
    words, sheets = on_paper(reader, town, "staff, letters to print")
    assert (sheets, reader.words("Mark these letters as posted") in words) == (2, False)  # a long name, both languages
    # From the edges of the sheet's own margins, 20 mm each; in CSS a millimetre is 96/25.4 pixels.
    box = reader.look(
        "(() => { const sheet = document.querySelector('.letter').getBoundingClientRect(),"
        " window_ = document.querySelectorAll('.letter address')[1].getBoundingClientRect();"
        " return [window_.left - sheet.left, window_.top - sheet.top, window_.width, window_.height]"
        ".map(it => Math.round(it * 25.4 / 96)) })()"
    )
    assert box == [0, 25, 90, 35]
    second = "[...document.querySelectorAll('.letter [lang=en]')].map(it => getComputedStyle(it).breakInside)"
    assert reader.look(second) == ["avoid"]  # the English is not torn apart where one sheet has room for it


def test_the_registration_form_takes_one_sheet(reader: Reader, town: Town) -> None:
    words, sheets = on_paper(reader, town, "registration form on paper")
    assert (sheets, reader.words("Create an account") in words.splitlines()) == (1, False)


@pytest.mark.parametrize("name", ["staff, for somebody, appeal", "staff, for somebody, code"])
def test_what_staff_fill_in_on_paper_has_each_box_beside_its_question_and_no_way_out(
    reader: Reader, town: Town, name: str
) -> None:
    words, _sheets = on_paper(reader, town, name)
    assert reader.words("Cancel") not in words.splitlines()
    breaks = reader.look("[...document.querySelectorAll('main .field')].map(it => getComputedStyle(it).breakInside)")
    assert set(breaks) == {"avoid"}


@pytest.fixture(scope="module")
def hall(town: Town) -> int:
    """An event with sixteen people, which no list of the town shows."""
    with town.site.app_context():
        event = an_event(capacity=16)
        for number in range(16):
            signing_up.book_place(event.id, by_phone(number))
        event = db.session.get_one(Event, event.id)
        set_event(event, state=EventState.DRAFT)
        number = event.id
        db.session.remove()
    return number


@pytest.mark.parametrize(("endpoint", "sheets"), [("badges", 2), ("sheet", 2)])
def test_sixteen_people_take_two_sheets_of_badges_and_two_to_sign_with_nothing_else_on_them(
    reader: Reader, town: Town, hall: int, endpoint: str, sheets: int
) -> None:
    BY_NAME["staff, badges"].go(reader, town, reader.language)
    reader.open(town.address(f"sign_ups.{endpoint}", reader.language, event_id=hall))
    reader.at(media="print")
    words = str(reader.look("document.body.innerText"))
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", reader.page.pdf(format="A4"))) == sheets
    assert [one for one in ("Messages", "Name badges", "Staff desk") if reader.words(one) in words.splitlines()] == []
    assert words.count("Person ") == 16


def test_each_timetable_takes_one_sheet_and_the_wall_plan_of_a_small_room_one(reader: Reader, town: Town) -> None:
    words, sheets = on_paper(reader, town, "staff, rota, timetables")
    assert (sheets, reader.words("Feedback") in words) == (reader.page.locator(".sheet").count(), False)
    assert on_paper(reader, town, "staff, rota, wall plan")[1] == 1


@pytest.mark.parametrize(
    "name", ["shortlist, leaflet", "printed directory of an area", "printed directory of a network"]
)
def test_a_leaflet_and_a_printed_directory_have_nothing_of_the_screen(reader: Reader, town: Town, name: str) -> None:
    words, _sheets = on_paper(reader, town, name)
    screen = ("Skip to main content", "How we work", "Privacy notice", "Back", "Leaflet to print")
    assert [one for one in screen if reader.words(one) in words.splitlines()] == []
    assert reader.words("Listed does not mean recommended.") in words
    assert f"{town.root}/{reader.language}/" in words
