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
CONTRAST = "color-contrast-enhanced"
"""Seven to one: whatever passes it passes the weaker rule, ``color-contrast``."""
EVERYTHING: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {**{rule: {"enabled": True} for rule in MORE}, "color-contrast": {"enabled": False}},
}
WITHOUT_COLOURS = {**EVERYTHING, "rules": {**EVERYTHING["rules"], CONTRAST: {"enabled": False}}}

Look = tuple[dict[str, Any], dict[str, Any]]
NARROW: Look = ({"width": 320, "height": 256}, WITHOUT_COLOURS)
WIDE: Look = ({}, {"runOnly": [CONTRAST, "target-size"]})
DARK: Look = ({"scheme": "dark"}, {"runOnly": [CONTRAST]})
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


def test_axe_would_find_something(reader: Reader) -> None:
    reader.open("/cy/")
    reader.scripts(on=True)
    reader.look("document.querySelector('label[for=q]').remove()")
    reader.load(checker())
    found = reader.look(RUN, EVERYTHING)
    assert {one[0] for one in found["violations"]} == {"label"}
