"""What a reader sees and hears of a page: the words of its HTML, without the pieces in another language."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from c4s.i18n.wording import INLINE_TAGS, SLOT

_READ_ATTRIBUTES = ("alt", "title", "aria-label", "placeholder")
_NOT_READ = {"script", "style", "code", "svg", "kbd", "samp"}
_EMPTY = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}


@dataclass(frozen=True, slots=True)
class Text:
    """Words to proof-read: where they stand, which language they are in, and the words."""

    where: str
    language: str
    words: str
    names_only: bool = False


@dataclass(slots=True)
class Source:
    """All that one file gives to read, and the names that file declares."""

    texts: list[Text] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


class _Stripper(HTMLParser):
    """Gathers what a reader would see or hear of a piece of HTML, with pieces in the other language left
    out.
    """

    def __init__(self, language: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.attributes: list[str] = []
        self._language = language
        self._silent: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        silent = bool(self._silent and self._silent[-1]) or tag in _NOT_READ
        spoken = values.get("lang")
        if spoken and not spoken.startswith(self._language):
            silent = True
        if not silent:
            self.attributes += [words for name in _READ_ATTRIBUTES if (words := values.get(name))]
        if silent and not (self._silent and self._silent[-1]):
            self.pieces.append(SLOT)
        if tag not in INLINE_TAGS:
            self.pieces.append("\n")
        if tag not in _EMPTY:
            self._silent.append(silent)

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY:
            return
        if self._silent:
            self._silent.pop()
        if tag not in INLINE_TAGS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not (self._silent and self._silent[-1]):
            self.pieces.append(data)


def read_html(markup: str, language: str) -> tuple[str, list[str]]:
    """What a reader sees of the markup (a line break between blocks), and the words in attributes."""
    stripper = _Stripper(language)
    stripper.feed(markup)
    stripper.close()
    return "".join(stripper.pieces), stripper.attributes
