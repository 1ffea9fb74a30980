"""Everything works from the keyboard, and the keyboard is always somewhere sensible."""

import pytest

from tests.browser.machine import Town
from tests.browser.pages import BY_NAME, NIA
from tests.browser.reader import Reader

pytestmark = pytest.mark.browser

HERE = "document.activeElement"
STOPS = """(() => {
    const group = it => [...document.getElementsByName(it.name)];
    const first = it => it.type !== 'radio' || it === (group(it).find(one => one.checked) ?? group(it)[0]);
    window.stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
        .filter(it => it.tabIndex >= 0 && it.type !== 'hidden' && it.checkVisibility() && first(it));
    return window.stops.length;
})()"""
"""Notes every stop in the order of the page, and says how many there are."""


def go(reader: Reader, town: Town, name: str) -> None:
    BY_NAME[name].go(reader, town, reader.language)


def press(reader: Reader, *keys: str) -> None:
    for key in keys:
        reader.page.keyboard.press(key)


def test_the_skip_link_comes_first_and_the_other_language_soon_after(reader: Reader, town: Town) -> None:
    for name in ("home", "event, open", "booking", "error 404"):
        go(reader, town, name)
        press(reader, "Tab")
        assert reader.look(f"{HERE}.getAttribute('href')") == "#main"
        assert reader.look(f"{HERE}.getBoundingClientRect().top") >= 0
        stops = []
        for _ in range(4):
            press(reader, "Tab")
            stops.append(reader.look(f"{HERE}.className"))
        assert "switch" in stops


def test_the_skip_link_skips(reader: Reader, town: Town) -> None:
    go(reader, town, "supplier, ordinary")
    press(reader, "Tab", "Enter")
    assert reader.focus() == "main"
    press(reader, "Tab")
    assert reader.look(f"{HERE}.closest('main') !== null")


@pytest.mark.parametrize("name", ["directory, found", "booking, half"])
def test_tab_reaches_everything_once_in_the_order_of_the_page_and_back(reader: Reader, town: Town, name: str) -> None:
    go(reader, town, name)
    number = reader.look(STOPS)
    reader.look(f"{HERE}.blur()")
    reader.page.keyboard.press("Tab")
    if reader.look("window.stops.indexOf(document.activeElement)") != 0:  # it began in the error summary
        reader.look("window.stops[0].focus()")
    for expected in range(number):
        assert reader.look("window.stops.indexOf(document.activeElement)") == expected
        press(reader, "Tab")
    reader.look(f"window.stops[{number - 1}].focus()")
    for expected in reversed(range(number)):
        assert reader.look("window.stops.indexOf(document.activeElement)") == expected
        press(reader, "Shift+Tab")


@pytest.mark.parametrize("field", ["name", "email", "phone"])
def test_enter_in_a_field_presses_the_main_button(reader: Reader, town: Town, field: str) -> None:
    go(reader, town, "booking")
    with reader.page.expect_navigation():
        reader.page.locator(f"#{field}").press("Enter")
    assert (reader.status, reader.page_language) == (422, reader.language)


def test_the_language_button_keeps_what_was_typed(reader: Reader, town: Town) -> None:
    other = {"cy": "en", "en": "cy"}[reader.language]
    go(reader, town, "booking")
    reader.fill(**NIA, needs="Dolen sain\n\nLle tawel", phone="12", consent=True)
    before = reader.values()
    reader.say_it_in(other)
    assert (reader.status, reader.page_language, reader.errors) == (200, other, [])
    assert reader.values() == before


def test_after_an_error_the_keyboard_is_in_the_summary_and_goes_on_to_the_field(reader: Reader, town: Town) -> None:
    go(reader, town, "booking, empty")
    assert reader.focus() == "error-summary"
    press(reader, "Tab")
    assert reader.look(f"{HERE} === document.querySelector('#error-summary a')")
    press(reader, "Enter")
    assert reader.focus() == "name"
    for link in reader.look("[...document.querySelectorAll('#error-summary a')].map(it => it.hash)"):
        reader.page.locator(f"#error-summary a[href='{link}']").first.press("Enter")
        assert f"#{reader.focus()}" == link


def test_arrows_choose_space_ticks_and_enter_unfolds(reader: Reader, town: Town) -> None:
    go(reader, town, "booking")
    reader.page.locator("#channel-0").focus()
    press(reader, "Space", "ArrowDown")
    assert reader.values()["channel"] == "phone"
    press(reader, "ArrowUp")
    assert reader.values()["channel"] == "email"
    reader.page.locator("#consent").focus()
    press(reader, "Space")
    assert reader.values()["consent"] == "y"
    go(reader, town, "directory")
    fold = reader.page.locator("details:not([open]) > summary").first
    fold.focus()
    press(reader, "Enter")
    assert reader.look(f"{HERE}.parentElement.open")
    press(reader, "Tab")
    assert reader.look(f"{HERE}.closest('details') !== null")
