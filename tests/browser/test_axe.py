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
EVERYTHING = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {rule: {"enabled": True} for rule in MORE},
}
Look = tuple[dict[str, Any], dict[str, Any]]
NARROW: Look = ({"width": 320}, EVERYTHING)
WIDE: Look = ({"width": 1280}, {"runOnly": ["target-size", *CONTRAST]})
DARK: Look = ({"width": 1280, "scheme": "dark"}, {"runOnly": CONTRAST})
SCREENS: dict[str, dict[str, Look]] = {
    "cy": {"narrow": NARROW, "dark": DARK},
    "en": {"narrow": NARROW, "wide": WIDE},
}
"""Everything in both languages; what only colours or a width can change, in one: Welsh has the longer words."""

UNDECIDED = {
    (320, "color-contrast", "partially obscured"): "A table that scrolls in its own box: seen whole at 1280.",
    (320, "color-contrast-enhanced", "partially obscured"): "The same.",
}
"""What axe cannot decide by itself and we may leave open: width, rule and words of the message; and why."""

RUN = """async options => {
    const found = await axe.run(document, {...options, preload: false, resultTypes: ['violations', 'incomplete']});
    const said = rule => rule.nodes.map(node => [rule.id, node.target.join(' '), (node.any[0] || node.all[0] || node.none[0] || {}).message]);
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
    for rule, element, message in found["undecided"]:
        if not any((look["width"], rule) == (width, one) and said in message for width, one, said in UNDECIDED):
            yield "undecided", rule, element, message


def test_axe_finds_nothing(sight: Sight) -> None:
    source = checker()
    sight.now.scripts(on=True)
    if not sight.now.look("'axe' in window"):
        sight.now.look(source)
    screens = SCREENS[sight.language]
    assert {name: found for name, screen in screens.items() if (found := list(run(sight, *screen)))} == {}


def test_axe_would_find_something(reader: Reader) -> None:
    reader.open("/cy/")
    reader.scripts(on=True)
    reader.look("document.querySelector('label[for=q]').remove()")
    reader.look(checker())
    found = reader.look(RUN, EVERYTHING)
    assert {one[0] for one in found["violations"]} == {"label"}
