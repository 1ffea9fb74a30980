"""Pages fit: a small screen, large letters, wide spacing, a finger, chosen colours; and they are light."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.browser.album import Album, Sight, difference
from tests.browser.machine import Town
from tests.browser.pages import KINDS
from tests.browser.reader import Reader

pytestmark = pytest.mark.browser

FIRST_VIEW = 14_000
"""Bytes of HTML, style and icon, as they come over the wire."""

# What these scripts share. A word for people with a screen reader only is one pixel wide on purpose.
TOOLS = """
    const seen = it => it.checkVisibility({visibilityProperty: true}) && !it.closest('.vh, .skip');
    const name = it => `${it.localName}.${it.className.baseVal ?? it.className} ${it.innerText || it.value || ''}`
        .replace(/\\s+/g, ' ').slice(0, 80);
    const all = selector => [...document.querySelectorAll(selector)].filter(seen);
"""

OVERFLOW = (
    TOOLS
    + """
    const root = document.documentElement;
    // A picture that nobody need see may be cut.
    const out = all('body *').filter(it => !it.closest('svg'))
        .filter(it => (box => box.right > root.clientWidth + 0.5 || box.left < -0.5)(it.getBoundingClientRect()));
    return [...out.map(name).slice(-3), ...(root.scrollWidth > root.clientWidth ? ['it scrolls sideways'] : [])];
"""
)

CUT = (
    TOOLS
    + """
    const cuts = it => {
        const style = getComputedStyle(it);
        return ['hidden', 'clip'].includes(style.overflowY) && it.scrollHeight > it.clientHeight + 1
            || ['hidden', 'clip'].includes(style.overflowX) && it.scrollWidth > it.clientWidth + 1;
    };
    const spills = it => it.scrollWidth > it.clientWidth + 1 || it.scrollHeight > it.clientHeight + 1;
    const words = it => !it.closest('svg') && !it.matches('.hero, input, textarea');
    const cut = all('body *').filter(it => words(it) && cuts(it));
    return [...cut, ...all('.btn, .switch, .tag, .card, summary').filter(spills)].map(name);
"""
)

SPACING = """
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
        p { margin-bottom: 2em !important }
    `);
    document.adoptedStyleSheets = [sheet];
"""

SMALL = (
    TOOLS
    + """
    const alone = `button, .btn, select, textarea, summary, .switch, .back, input:not([type=radio], [type=checkbox]),
        .choice, nav a, nav b, footer a, .summary a, .chosen a, .filter a, header a, .crumbs a, .links a, .terms a,
        .act a, .sorts a`;
    return all(alone).map(it => [it, it.getBoundingClientRect()])
        .filter(([it, box]) => box.width < 43.9 || box.height < 43.9)
        .map(([it, box]) => `${name(it)}: ${Math.round(box.width)} by ${Math.round(box.height)}`);
"""
)

WITHOUT_EDGE = (
    TOOLS
    + """
    return all('.btn, .switch, .box, .choice, .notice, .tag, .date, .card, .panel').filter(it => {
        const style = getComputedStyle(it);
        return !['top', 'left'].some(side => parseFloat(style[`border-${side}-width`]) >= 1
            && !['none', 'hidden'].includes(style[`border-${side}-style`])
            && !/^rgba.*, 0\\)$/.test(style[`border-${side}-color`]));
    }).map(name);
"""
)

MOVING = (
    TOOLS
    + """
    return [...document.querySelectorAll('*')].filter(it => {
        const style = getComputedStyle(it);
        return style.animationName !== 'none' || style.transitionDuration !== '0s' || style.scrollBehavior !== 'auto';
    }).map(name);
"""
)

OUTLINES = (
    TOOLS
    + """
    const faults = [], stops = [...document.querySelectorAll(
        'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
        .filter(it => it.tabIndex >= 0 && it.checkVisibility());
    for (const it of stops) {
        it.focus();
        const style = getComputedStyle(it), box = it.getBoundingClientRect();
        if (document.activeElement !== it) faults.push(`cannot be reached: ${name(it)}`);
        else if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 3)
            faults.push(`does not show that it is reached: ${name(it)}`);
        // A link may run over two lines, and a large box be shown in part: what counts is where it begins.
        const piece = it.getClientRects()[0];
        const x = Math.max(piece.left, 0) + Math.min(piece.width, 24) / 2;
        const y = Math.max(piece.top, 0) + Math.min(piece.height, 24) / 2;
        const top = document.elementFromPoint(x, y);
        if (!top) faults.push(`is off the screen: ${name(it)}`);
        else if (top !== it && !it.contains(top) && !(it.labels && [...it.labels].includes(top)) && !top.contains(it))
            faults.push(`is covered by ${name(top)}: ${name(it)}`);
    }
    return faults;
"""
)


def ask(sight: Sight, script: str) -> Any:
    return sight.now.look(f"(() => {{ {script} }})()")


def test_it_fits_a_small_screen_and_a_finger(sight: Sight) -> None:
    sight.now.at(320, 256)
    assert (ask(sight, OVERFLOW), ask(sight, CUT), ask(sight, SMALL)) == ([], [], [])


def test_it_fits_when_letters_stand_further_apart(sight: Sight) -> None:
    sight.now.at(320, 256)
    ask(sight, SPACING)
    found = ask(sight, OVERFLOW), ask(sight, CUT)
    ask(sight, "document.adoptedStyleSheets = []")
    assert found == ([], [])


def test_it_fits_with_letters_twice_the_size(sight: Sight) -> None:
    sight.now.at()
    ask(sight, "document.documentElement.style.fontSize = '200%'")
    found = ask(sight, OVERFLOW), ask(sight, CUT)
    ask(sight, "document.documentElement.style.fontSize = ''")
    assert found == ([], [])


def test_nothing_moves_and_every_stop_of_the_keyboard_shows(sight: Sight) -> None:
    sight.now.at()
    sight.now.page.keyboard.press("Tab")  # from now on the browser shows where the keyboard is
    assert (ask(sight, MOVING), ask(sight, OUTLINES)) == ([], [])


def test_edges_and_stops_show_in_colours_of_one_s_own(sight: Sight) -> None:
    sight.now.at(forced="active")
    sight.now.page.keyboard.press("Tab")
    assert (ask(sight, WITHOUT_EDGE), ask(sight, OUTLINES) if sight.language == "cy" else []) == ([], [])


@pytest.mark.parametrize("name", [kind.name for kind in KINDS if "cy" in kind.languages and "en" in kind.languages])
def test_both_languages_are_one_page(album: Album, name: str) -> None:
    welsh, english = album.noted_of(name, "cy"), album.noted_of(name, "en")
    assert difference(welsh, english) == {}
    assert 0.85 < welsh.bytes / english.bytes < 1.15


@pytest.mark.parametrize(
    ("name", "language"),
    [(kind.name, language) for kind in KINDS if kind.is_first for language in kind.languages],
)
def test_a_first_view_is_light(album: Album, town: Town, name: str, language: str) -> None:
    sight, client = album.noted_of(name, language), town.site.test_client()
    wanted = {link["href"] for link in links(sight)}
    assert {one.removeprefix(town.root) for one in sight.loaded} <= wanted
    with_page = [len(client.get(one, headers={"Accept-Encoding": "gzip"}).data) for one in wanted]
    assert 1 + len(wanted) <= 3
    assert sight.bytes + sum(with_page) <= FIRST_VIEW


def links(sight: Sight) -> Any:
    """The style and the icon that a page asks for."""
    return BeautifulSoup(sight.html, "html.parser").select("link[rel=stylesheet], link[rel=icon]")


def test_the_first_view_is_what_the_browser_really_loads(reader: Reader) -> None:
    reader.open(f"/{reader.language}/")
    kinds = sorted(request.resource_type for request in reader.asked)
    assert kinds in (["document", "stylesheet"], ["document", "other", "stylesheet"])
    assert [request.url for request in reader.asked if not request.url.startswith(reader.root)] == []


@pytest.mark.parametrize(
    ("spoilt", "script"),
    [
        ("document.querySelector('h1').style.minWidth = '30rem'", OVERFLOW),
        ("Object.assign(document.querySelector('p.lead').style, {height: '1rem', overflow: 'hidden'})", CUT),
        (
            "document.querySelector('.btn').style.minHeight = document.querySelector('.btn').style.height = '2rem'",
            SMALL,
        ),
        ("document.querySelector('.btn').style.border = '0'", WITHOUT_EDGE),
        ("document.querySelector('.btn').style.transitionDuration = '1s'", MOVING),
        ("document.querySelector('.btn').style.outline = 'none'", OUTLINES),
        ("document.querySelector('footer').style.marginTop = '-40rem'", OUTLINES),
    ],
)
def test_what_is_wrong_is_found(looker: Reader, spoilt: str, script: str) -> None:
    looker.at(320, 256, forced="active").open("/cy/")
    looker.page.keyboard.press("Tab")
    assert looker.look(f"(() => {{ {script} }})()") == []
    looker.look(spoilt)
    assert looker.look(f"(() => {{ {script} }})()") != []
