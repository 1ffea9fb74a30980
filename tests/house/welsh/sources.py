"""Where the project keeps its words:

the catalogue, prose pages, data files; and the names those files declare.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from tests.house.welsh.texts import Source, Text, read_html

# A number that each of the six plural forms is for, so that "2 cyflenwr" is read as it will be printed.
_NUMBER_OF_FORM = (0, 1, 2, 3, 6, 10)
_COUNT = re.compile(r"%\((?:n|num|number|count|total)\)[sd]|%d|\{(?:n|num|number|count|total)\}")

ROOT = Path(__file__).parents[3]
CATALOGUE = ROOT / "translations" / "cy" / "LC_MESSAGES" / "messages.po"
_DATA = sorted([*(ROOT / "c4s").glob("*/data/*.toml"), *(ROOT / "c4s").glob("*/demonstration/*.toml")])

# Fields that hold names of people, businesses, streets: right as they are, in both languages.
_NAME_FIELDS = {"name", "trainer", "address", "sort_name", "also", "post", "email", "website"}
# Fields ending _cy or _en that hold names or search words, which are not sentences.
_NAME_LIKE = {"synonyms", "sort", "name", "in"}
_NOT_READ = {"sort"}


def covered() -> list[Path]:
    """Every file the gate reads, as it stands in the checkout."""
    files = [CATALOGUE] if CATALOGUE.exists() else []
    files += sorted((ROOT / "templates").rglob("*.cy.html")) + sorted((ROOT / "templates").rglob("*.en.html"))
    files += sorted((ROOT / "templates").rglob("*.cy.txt")) + sorted((ROOT / "templates").rglob("*.en.txt"))
    return files + _DATA


@cache
def project_names() -> frozenset[str]:
    """The names that the data files of the project declare."""
    names: set[str] = set()
    for path in _DATA:
        try:
            names |= read(path).names
        except tomllib.TOMLDecodeError:
            continue  # the file's own turn says so
    return frozenset(names)


@cache
def place_words() -> frozenset[str]:
    """The words of the Welsh names of places: known, and free to mutate."""
    words: set[str] = set()
    for path in _DATA:
        try:
            rows = tomllib.loads(path.read_text(encoding="utf-8")).get("area", [])
        except tomllib.TOMLDecodeError:
            continue
        for row in rows:
            for part in re.split(r"[\s/(),]+", str(row.get("name_cy", ""))):
                words |= {part.replace("’", "'")} if part[:1].isupper() else set()
    return frozenset(words)


def read(path: Path) -> Source:
    """The words of one file.

    The language of a plain or HTML file is in its name (.cy. or .en.); Welsh if neither is.
    """
    if path.suffix == ".po":
        return _catalogue(path)
    if path.suffix == ".toml":
        return _data(path)
    language = "en" if ".en." in path.name else "cy"
    words = path.read_text(encoding="utf-8")
    if path.suffix in (".html", ".htm"):
        words, attributes = read_html(_templates_out(words), language)
        return Source([Text(path.name, language, words), *(Text(path.name, language, extra) for extra in attributes)])
    return Source([Text(path.name, language, words)])


def _templates_out(markup: str) -> str:
    return re.sub(r"\{#.*?#\}|\{%.*?%\}", "", markup, flags=re.DOTALL)


def _catalogue(path: Path) -> Source:
    source = Source()
    with path.open("rb") as file:
        catalogue = read_po(file, locale="cy")
    for message in catalogue:
        if not message.id:
            continue
        where = f"line {message.lineno}"
        forms = _strings(message.string)
        source.texts += [
            Text(where, "cy", with_number(words, number) if len(forms) > 1 else words)
            for words, number in zip(forms, _NUMBER_OF_FORM, strict=False)
            if words
        ]
        source.texts += [Text(where, "en", words) for words in _strings(message.id)]
    return source


def with_number(words: str, number: int) -> str:
    """A plural form with the number written in."""
    return _COUNT.sub(str(number), words)


def _strings(words: Any) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ())


def _data(path: Path) -> Source:
    raw = path.read_text(encoding="utf-8")
    source = Source()
    lines = raw.splitlines()

    def line_of(words: str) -> str:
        piece = next((part for part in words.splitlines() if part.strip()), "")[:40]
        number = next((n for n, line in enumerate(lines, 1) if piece and piece in line), 0)
        return f"line {number}" if number else "somewhere"

    for label, field, words in _fields(tomllib.loads(raw), ""):
        stem, _, language = field.rpartition("_")
        where = f"{line_of(words)}, {label} {field}"
        if field in _NAME_FIELDS:
            source.names.add(words)
        elif language in ("cy", "en") and stem not in _NOT_READ:
            if stem == "name":
                source.names |= {words} if "supplier" in path.name else set()
            source.texts.append(Text(where, language, words, names_only=stem in _NAME_LIKE))
    return source


def _fields(value: Any, label: str, field: str = "") -> Iterator[tuple[str, str, str]]:
    if isinstance(value, dict):
        named = str(value.get("key") or value.get("code") or value.get("name") or label)
        for key, inner in value.items():
            yield from _fields(inner, named, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _fields(inner, label, field)
    elif isinstance(value, str):
        yield label, field, value
