"""What the Bangor Hunspell dictionary knows of a Welsh word: is it a word, and how is it mutated.

The dictionary comes in the package cymraeg-mcp (LGPL-3 or later; its copyright notices stay in the package).
A general Hunspell reader takes five milliseconds a word to say how it came by a form, and the gate asks
that of every word. So this one reads only what cy_GB.aff uses: prefixes (the three mutations and h before a
vowel), and suffixes, of which some carry a second suffix.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cymraeg_mcp.paths import data_dir

RADICAL = ""
SOFT = "M"
NASAL = "T"
ASPIRATE = "L"
BREATHED = "H"

OUR_WORDS = Path(__file__).with_name("words.txt")

_SOFT = {"p": "b", "t": "d", "c": "g", "b": "f", "d": "dd", "g": "", "m": "f", "ll": "l", "rh": "r"}
_NASAL = {"p": "mh", "t": "nh", "c": "ngh", "b": "m", "d": "n", "g": "ng"}
_ASPIRATE = {"p": "ph", "t": "th", "c": "ch"}
_TABLES = {SOFT: _SOFT, NASAL: _NASAL, ASPIRATE: _ASPIRATE}
_DIGRAPHS = ("ngh", "mh", "nh", "ch", "dd", "ff", "ng", "ll", "ph", "rh", "th")
VOWELS = "aeiouwyâêîôûŵŷäëïöüáéíóúẁẃ"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word: its mutation (RADICAL when there is none) and its unmutated form."""

    mutation: str
    radical: str


@dataclass(frozen=True, slots=True)
class _Suffix:
    flag: str
    strip: str
    condition: re.Pattern[str]
    further: frozenset[str]
    prefixes: frozenset[str]


def initial(word: str) -> str:
    """The first Welsh letter of a word, in lower case: "ll" for "Llan", "t" for "teulu"."""
    low = word.lower()
    return next((letters for letters in _DIGRAPHS if low.startswith(letters)), low[:1])


def mutate(word: str, mutation: str) -> str | None:
    """The word with its first letter mutated; None when that letter does not take this mutation."""
    if mutation == BREATHED:
        return _like(word, "h" + word.lower()) if word[:1].lower() in VOWELS else None
    first = initial(word)
    table = _TABLES[mutation]
    return _like(word, table[first] + word[len(first) :]) if first in table else None


def _like(model: str, word: str) -> str:
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word[:1].lower() + word[1:]


def radicals(word: str, mutation: str) -> list[str]:
    """Every form that this mutation would turn into the word, known to the dictionary or not."""
    low = word.lower()
    if mutation == BREATHED:
        return [_like(word, word[1:])] if low[:1] == "h" and low[1:2] in tuple(VOWELS) else []
    found = []
    for first, mutated in _TABLES[mutation].items():
        if mutated and low.startswith(mutated) and initial(low) == mutated:
            found.append(_like(word, first + word[len(mutated) :]))
        elif not mutated and initial(low) in (*VOWELS, "l", "r", "n"):
            found.append(_like(word, "g" + word[:1].lower() + word[1:]))
    return found


class Lexicon:
    """The dictionary, with the project's own words beside it."""

    def __init__(self, own_words: Iterable[str] = ()) -> None:
        folder = data_dir() / "dictionaries"
        self._stems: dict[str, set[str]] = defaultdict(set)
        for line in (folder / "cy_GB.dic").read_text(encoding="utf-8").splitlines()[1:]:
            stem, _, flags = line.partition("/")
            self._stems[stem.strip()] |= set(flags.strip())
        self._irregular: dict[str, str] = {}
        for line in own_words:
            word, _, radical = (part.strip() for part in line.partition("<"))
            if radical:
                self._irregular[word] = radical
            else:
                self._stems[word] |= {SOFT, NASAL, ASPIRATE, BREATHED, "S"}
        self._suffixes = _read_suffixes(folder / "cy_GB.aff")
        self._readings: dict[str, tuple[Reading, ...]] = {}

    def add(self, words: Iterable[str]) -> None:
        """Take more words as known (names, for example), with all their mutated forms."""
        for word in words:
            if word not in self._stems:
                self._stems[word] = {SOFT, NASAL, ASPIRATE, BREATHED, "S"}
        self._readings.clear()

    def readings(self, word: str) -> tuple[Reading, ...]:
        """All ways to read the word as it is written;

        empty when it is no word. Apostrophes must be straight.
        """
        if word not in self._readings:
            found = self._read(word)
            if not found and word[:1].isupper():
                found = self._read(word.lower())
                if not found and word.isupper():
                    found = self._read(word.capitalize())
            self._readings[word] = tuple(found)
        return self._readings[word]

    def knows(self, word: str) -> bool:
        """Is it a word, read as Hunspell would read it (a capital is allowed, a hyphen joins two words)?"""
        if self.readings(word):
            return True
        parts = word.split("-")
        return len(parts) > 1 and all(part and (self.readings(part) or len(part) == 1) for part in parts)

    def is_headword(self, word: str) -> bool:
        """Does the dictionary list the word itself, rather than derive it (as it derives most finite
        verbs)?
        """
        return word in self._stems or word.lower() in self._stems

    def is_radical(self, word: str) -> bool:
        """Can the word stand as an unmutated word?"""
        return any(reading.mutation == RADICAL for reading in self.readings(word))

    def radical_of(self, word: str, mutation: str) -> str | None:
        """The unmutated word, when this word is that mutation of a known one."""
        return next((r.radical for r in self.readings(word) if r.mutation == mutation), None)

    def _read(self, word: str) -> list[Reading]:
        if word in self._irregular:
            return [Reading(SOFT, self._irregular[word])]
        found = [Reading(RADICAL, word)] if self._derived(word, "") else []
        for mutation in (SOFT, NASAL, ASPIRATE, BREATHED):
            found += [
                Reading(mutation, radical) for radical in radicals(word, mutation) if self._derived(radical, mutation)
            ]
        return found

    def _derived(self, word: str, prefix: str) -> bool:
        """Is the word a stem, or a stem with suffixes, that also takes the prefix flag?"""
        flags = self._stems.get(word)
        if flags is not None and "X" not in flags and (not prefix or prefix in flags):
            return True
        for length in range(0, min(8, len(word))):
            cut = len(word) - length
            for suffix in self._suffixes.get(word[cut:], ()):
                stem = word[:cut] + suffix.strip
                if suffix.condition.search(stem) and self._takes(stem, suffix, prefix):
                    return True
        return False

    def _takes(self, stem: str, suffix: _Suffix, prefix: str) -> bool:
        flags = self._stems.get(stem, set())
        stem_stands = suffix.flag in flags and "X" not in suffix.prefixes
        if stem_stands and (not prefix or prefix in flags or prefix in suffix.prefixes):
            return True
        for length in range(0, min(8, len(stem))):
            cut = len(stem) - length
            for first in self._suffixes.get(stem[cut:], ()):
                if suffix.flag not in first.further:
                    continue
                root = stem[:cut] + first.strip
                flags = self._stems.get(root)
                if flags is None or first.flag not in flags or not first.condition.search(root):
                    continue
                if not prefix or prefix in flags or prefix in first.prefixes or prefix in suffix.prefixes:
                    return True
        return False


def _read_suffixes(path: Path) -> dict[str, list[_Suffix]]:
    suffixes: dict[str, list[_Suffix]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split()
        if len(parts) < 4 or parts[0] != "SFX" or parts[2] == "Y":
            continue
        added, _, flags = parts[3].partition("/")
        condition = parts[4] if len(parts) > 4 else "."
        strip = "" if parts[2] == "0" else parts[2]
        suffixes["" if added == "0" else added].append(
            _Suffix(
                flag=parts[1],
                strip=strip,
                condition=re.compile("(?:" + condition + ")$"),
                further=frozenset(flags) - set("MTLHX"),
                prefixes=frozenset(flags) & set("MTLHX"),
            )
        )
    return suffixes


def listed(path: Path) -> list[str]:
    """The entries of one of our word lists: one a line, "#" begins a remark."""
    lines = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


@cache
def lexicon() -> Lexicon:
    """The dictionary and the project's word list, read once."""
    return Lexicon(listed(OUR_WORDS))
