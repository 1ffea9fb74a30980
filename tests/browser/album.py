"""Every page as it is seen: opened once, in a language, and looked at by one test after another."""

from dataclasses import dataclass, field
from typing import Any

from tests.browser.machine import Town
from tests.browser.pages import BY_NAME, Kind
from tests.browser.reader import Reader


@dataclass(frozen=True)
class Sight:
    """A page in one language, and what was noted when it was opened."""

    kind: Kind
    language: str
    status: int
    html: str
    bytes: int
    """Of the HTML, as it came over the wire."""
    loaded: frozenset[str]
    """Addresses that the browser asked for besides the page."""
    roles: tuple[str, ...]
    """What the page’s main part is made of, without any words: each element that means something by itself."""
    counts: dict[str, int]
    now: Reader = field(compare=False)
    """Who looks at it just now; the page is open there as long as no other is asked for."""


class Album:
    """Opens each page when it is first asked for, and keeps what was noted."""

    def __init__(self, reader: Reader, town: Town) -> None:
        self.reader, self.town = reader, town
        self.noted: dict[tuple[str, str], Sight] = {}
        self.shown: tuple[str, str] | None = None

    def noted_of(self, name: str, language: str) -> Sight:
        """What was noted of a page, whatever is open now."""
        return self.noted.get((name, language)) or self.open(name, language)

    def open(self, name: str, language: str) -> Sight:
        """The page itself, open."""
        if self.shown != (name, language):
            kind = BY_NAME[name]
            self.reader.at()
            kind.go(self.reader, self.town, language)
            self.shown = (name, language)
            self.noted[name, language] = self._look(kind, language)
        return self.noted[name, language]

    def _look(self, kind: Kind, language: str) -> Sight:
        reader = self.reader
        answer = reader.answer
        assert answer is not None
        return Sight(
            kind,
            language,
            answer.status,
            answer.text(),
            answer.request.sizes()["responseBodySize"],
            frozenset(one.url for one in reader.asked if not one.is_navigation_request()),
            tuple(reader.look(SHAPE)),
            dict(reader.look(COUNT)),
            reader,
        )


COUNT = """Object.fromEntries(['a[href]', 'form', 'h1', 'h2', 'h3', 'nav', 'button', 'input', 'li', 'dt']
    .map(name => [name, document.querySelectorAll(name).length]))"""


SHAPE = """[...document.querySelectorAll('main *')]
    .filter(it => !['span', 'div', 'br', 'b'].includes(it.localName) && !it.closest('svg') && it.checkVisibility())
    .map(it => [it.localName, it.getAttribute('role'), it.type].filter(Boolean).join(' '))"""
"""Without what only holds words: those that are there in one language alone stand in a span or div of their own."""


def difference(one: Sight, other: Sight) -> dict[str, Any]:
    """What two languages of a page tell differently."""
    found: dict[str, Any] = {}
    if one.kind.in_order:
        return found
    if one.roles != other.roles:
        pairs = zip(one.roles, other.roles, strict=False)
        found["roles"] = next((pair for pair in pairs if pair[0] != pair[1]), (len(one.roles), len(other.roles)))
    found |= {name: (number, other.counts[name]) for name, number in one.counts.items() if number != other.counts[name]}
    return found
