"""What is worth keeping can be printed: on one page, with its address, and without what only a screen needs."""

import re

import pytest

from tests.browser.machine import Town
from tests.browser.pages import BY_NAME
from tests.browser.reader import Reader

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


def test_the_registration_form_takes_one_sheet(reader: Reader, town: Town) -> None:
    words, sheets = on_paper(reader, town, "registration form on paper")
    assert (sheets, reader.words("Create an account") in words.splitlines()) == (1, False)
