"""axe finds nothing: on any page, in either language, light or dark, wide or narrow, with scripts off."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from tests import parts
from tests.browser.album import Sight
from tests.browser.reader import Reader

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MORE = ["target-size", "color-contrast-enhanced", "identical-links-same-purpose", "meta-refresh-no-exceptions"]
"""What axe does not run unless asked: WCAG 2.2, and the level AAA rules that we promise."""
CONTRAST = ["color-contrast", "color-contrast-enhanced"]
"""Seven to one. Both rules: the second leaves to the first whatever fails that one, and calls it passed."""
EVERYTHING: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {rule: {"enabled": True} for rule in MORE},
}
WITHOUT_COLOURS = {**EVERYTHING, "rules": {**EVERYTHING["rules"], **{rule: {"enabled": False} for rule in CONTRAST}}}

Look = tuple[dict[str, Any], dict[str, Any]]
NARROW: Look = ({"width": 320, "height": 256}, WITHOUT_COLOURS)
WIDE: Look = ({}, {"runOnly": [*CONTRAST, "target-size"]})
DARK: Look = ({"scheme": "dark"}, {"runOnly": CONTRAST})
SCREENS: dict[str, dict[str, Look]] = {"cy": {"dark": DARK, "narrow": NARROW}, "en": {"wide": WIDE, "narrow": NARROW}}
"""Everything in both languages; colours, which know no language, light in the one and dark in the other."""

UNDECIDED: dict[str, str] = {}
"""Rules that axe cannot decide by itself and that we may leave open, with the reason."""

RUN = """async options => {
    const found = await axe.run(document, {...options, preload: false, resultTypes: ['violations', 'incomplete']});
    const why = node => [...node.any, ...node.all, ...node.none][0]?.message;
    const said = rule => rule.nodes.map(node => [rule.id, node.target.join(' '), why(node)]);
    return {violations: found.violations.flatMap(said), undecided: found.incomplete.flatMap(said)};
}"""


@cache
def checker() -> str:
    return parts.require(parts.axe(), parts.GET_AXE).read_text(encoding="utf-8")


def run(sight: Sight, look: dict[str, Any], options: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """What axe finds on one screen: the rule, the element, what is wrong."""
    sight.now.at(**look)
    found = sight.now.look(RUN, options)
    yield from (tuple(one) for one in found["violations"])
    yield from (("undecided", *one) for one in found["undecided"] if one[0] not in UNDECIDED)


def test_axe_finds_nothing(sight: Sight) -> None:
    source = checker()
    sight.now.scripts(on=True)
    sight.now.load(source)
    screens = SCREENS[sight.language]
    assert {name: found for name, screen in screens.items() if (found := list(run(sight, *screen)))} == {}


@pytest.mark.parametrize(
    ("spoilt", "found"),
    [
        ("document.querySelector('label[for=q]').remove()", "label"),
        ("document.querySelector('p.lead').style.color = '#555'", "color-contrast-enhanced"),
        ("document.querySelector('p.lead').style.color = '#999'", "color-contrast"),
        ("document.querySelector('h1').remove()", "page-has-heading-one"),
    ],
)
def test_axe_would_find_something(looker: Reader, spoilt: str, found: str) -> None:
    looker.open("/cy/")
    looker.scripts(on=True)
    looker.load(checker())
    assert looker.look(RUN, EVERYTHING)["violations"] == []
    looker.look(spoilt)
    assert {one[0] for one in looker.look(RUN, EVERYTHING)["violations"]} == {found}
