"""Which words exist in Welsh and in English, and which word each is a form of.

The words are simplemma's (half a million forms, from Michal Měchura's lists). Read into memory as simplemma
does it they take 80 MB a process and most of a second, so they are written once into a sorted file under
instance/, folded and without the mutated forms that ``mutations`` accounts for. The file is mapped, not
read: it costs nothing at the start, its pages are shared by all workers, and a word is found in some twenty
steps.

The file is made when first needed, or by ``python -m c4s.search.dictionary_making``. It is not part of the
source: the lists are under the Open Database Licence 1.0, and come with simplemma.
"""

import mmap
import os
import subprocess
import sys
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from c4s.search.mutations import radicals

_CHECKOUT = Path(__file__).parents[2]
FILE = _CHECKOUT / "instance" / "dictionary.tsv"
NO_WORD = "-"
"""In the file: not a word of the language, whatever undoing a mutation would make of it."""
RECIPE = 1
"""How the file is written and read; a file of another recipe is made again."""


class Readings(NamedTuple):
    """What a folded word can be: words of each language, none where the language does not know it."""

    welsh: tuple[str, ...]
    english: tuple[str, ...]
    welsh_only_by_mutation: bool = False


# Ours, before all others: words that suppliers live by, places and people, where the lists are wrong.
_THEMSELVES = "ceri dewi elai elen geraint gethin gwen ieuan iwan mali megan sam sion"
_CORRECTED: dict[str, Readings] = {
    **{name: Readings((name,), ()) for name in _THEMSELVES.split()},
    "art": Readings((), ("art",)),
    "car": Readings(("car",), ("car",)),
    "ceir": Readings(("car",), ()),
    "dai": Readings((), ()),
    "dy": Readings(("ty",), ()),
    "form": Readings((), ("form",)),
    "gar": Readings(("car",), ()),
    "geir": Readings(("car",), ()),
    "gerddi": Readings(("gardd",), ()),
    "mentrau": Readings(("menter",), ()),
    "tai": Readings(("ty",), ()),
    "thy": Readings(("ty",), ("thy",)),
}


def edition() -> str:
    """What the first line of the file must say for it to be the right one."""
    return f"#\tsimplemma {version('simplemma')}\trecipe {RECIPE}"


def prepare() -> None:
    """Make the file if it is not there or is of another edition; many processes may call this at once.

    Raises:
        subprocess.CalledProcessError: it could not be made, as where the folder cannot be written to.
    """
    if not _is_current():
        _make(FILE)


@lru_cache(maxsize=16384)
def readings(word: str) -> Readings:
    """What a folded word of a-z can be: ``wyr`` is gwr, ``plant`` is plentyn in Welsh and plant in English.

    A form that the lists lack is still known where undoing a mutation gives a word that they have.
    """
    if word in _CORRECTED:
        return _CORRECTED[word]
    listed = _listed(word)
    if listed and listed.welsh:
        return listed if listed.welsh != (NO_WORD,) else Readings((), listed.english)
    english = listed.english if listed else ()
    found: dict[str, None] = {}
    for radical in radicals(word):
        known = _CORRECTED.get(radical) or _listed(radical)
        if known and known.welsh != (NO_WORD,):
            found |= dict.fromkeys(known.welsh)
    return Readings(tuple(found), english, bool(found))


def _is_current() -> bool:
    try:
        with FILE.open(encoding="ascii") as file:
            return file.readline().rstrip("\n") == edition()
    except OSError:
        return False


def _make(place: Path) -> None:
    # In a process of its own: making it takes memory that a web worker would never give back.
    place.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "c4s.search.dictionary_making", str(place)]
    subprocess.run(command, check=True, cwd=_CHECKOUT)


@cache
def _lines() -> mmap.mmap:
    nearest = FILE.parent if FILE.parent.exists() else FILE.parents[1]
    if _is_current() or os.access(nearest, os.W_OK):
        prepare()
        return _mapped(FILE)
    with TemporaryDirectory() as folder:  # nothing can be written there: a copy of this process's own
        own = Path(folder) / FILE.name
        _make(own)
        return _mapped(own)


def _mapped(place: Path) -> mmap.mmap:
    with place.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _listed(word: str) -> Readings | None:
    lines = _lines()
    wanted = f"{word}\t".encode("ascii")
    low, high = 0, len(lines)
    while low < high:  # the line we want begins at low or after it, and before high
        start = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = lines.find(b"\n", start)
        found = lines[start : start + len(wanted)]
        if found == wanted:
            welsh, english = lines[start + len(wanted) : end].decode("ascii").split("\t")
            return Readings(_words(welsh, word), _words(english, word))
        if found < wanted:
            low = end + 1
        else:
            high = start
    return None


def _words(field: str, word: str) -> tuple[str, ...]:
    return tuple(word if part == "=" else part for part in field.split())
