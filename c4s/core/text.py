"""Text as people type it: tidied to be kept, folded to be compared, cut to fit."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from enum import StrEnum

from c4s.core.errors import Refused

APOSTROPHES = "'’‘‛ʼʻʹ′´`＇ꞌ"
"""Every mark that people type for the apostrophe of ``tŷ’r`` or ``O’Neill``."""
HYPHENS = "-‐‑‒–—―−﹘﹣－"
"""Every mark that people type for the hyphen of ``Pen-y-graig``, and the dashes."""
MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
"""Accents that stand by themselves after a letter, as ranges for a class of a regular expression."""

_ELLIPSIS = "…"
_LONGEST_SLUG = 60

# Letters that NFD does not take apart, as a person without them on the keyboard would type them.
_PLAIN_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
_BARE = str.maketrans({**_PLAIN_LETTERS, **dict.fromkeys(APOSTROPHES, "'"), **dict.fromkeys(HYPHENS, "-")})

_LINE_ENDS = str.maketrans(dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n"))
# What no one can see and a name must not hide. Joiners and other marks that make one emoji of several, the
# tags of the Welsh flag among them, are seen; so is U+034F, which parts letters in a sort name.
_UNSEEN = re.compile(
    "["
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls that are not white space
    "\xad\u061c\u180e\u200b-\u200c\u200e-\u200f\u2060-\u2065\ufeff"  # soft hyphen, zero width, direction
    "\u202a-\u202e\u2066-\u206f"  # turned writing direction
    "\u115f\u1160\u3164\uffa0\u2800"  # letters that show nothing
    "\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"  # annotations, not characters
    "\ud800-\udfff"  # halves of a pair, which no encoding will take
    "]+"
)
_PICTURE = "\u00a9\u00ae\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_STRAY_JOINER = re.compile(f"(?<![{_PICTURE}])\u200d|\u200d(?![{_PICTURE}])")
_MARKS = re.compile(f"[{MARKS}]+")
_MOST_MARKS = 30  # on one letter, as in Unicode's own Stream-Safe Text Format: no language has so many
_MAY_BE_MARKS = re.compile(rf"[^\w\s!-~]{{{_MOST_MARKS + 1},}}")
_NOT_WORDS = re.compile(r"[\W_]+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_PARAGRAPHS = re.compile(r"\n{3,}")


def tidy(text: str, lines: bool = False) -> str:
    """Text as we keep it: composed (NFC), without what cannot be seen, its white space folded and trimmed.

    Args:
        text: anything, lone surrogates and NUL included.
        lines: keep the ends of lines, and one empty line between paragraphs; otherwise all is one line.
    """
    few = _MAY_BE_MARKS.sub(_without_heaps, _STRAY_JOINER.sub("", _UNSEEN.sub("", text)))
    seen = unicodedata.normalize("NFC", few)
    if not lines:
        return " ".join(seen.split())
    unbroken = seen.replace("\r\n", "\n").translate(_LINE_ENDS)
    folded = "\n".join(" ".join(line.split()) for line in unbroken.split("\n"))
    return _PARAGRAPHS.sub("\n\n", folded).strip("\n")


def _without_heaps(run: re.Match[str]) -> str:
    """At most so many accents in a row: to put them in order takes time that grows with the square of their number."""
    kept, heap = [], 0
    for character in run[0]:
        heap = heap + 1 if unicodedata.combining(character) else 0
        if heap <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def bare(text: str) -> str:
    """Small letters without accents, apostrophes all as ``'`` and dashes as ``-``, and the rest as it was."""
    small = text.casefold()
    if small.isascii():
        return small.replace("`", "'")
    return _MARKS.sub("", unicodedata.normalize("NFD", small)).translate(_BARE)


def fold(text: str) -> str:
    """Text for comparison, blind to case, accents, apostrophes, hyphens and all other punctuation.

    ``Tŷ’r-Coed`` and ``TYR COED`` are both ``tyr coed``: an apostrophe is nothing, other punctuation a space.
    """
    return _NOT_WORDS.sub(" ", bare(text).replace("'", "")).strip()


def slug(text: str) -> str:
    """Text for an address: ASCII words joined by hyphens, at most 60 characters, cut between words.

    ``Pentre’r Eglwys`` is ``pentrer-eglwys``. Empty when nothing is left, as for a name in Arabic.
    """
    whole = _NOT_SLUG.sub("-", bare(text).replace("'", "")).strip("-")
    if len(whole) <= _LONGEST_SLUG:
        return whole
    cut = whole[: _LONGEST_SLUG + 1].rpartition("-")[0]
    return cut or whole[:_LONGEST_SLUG]


def shorten(text: str, length: int) -> str:
    """Text of at most so many characters, cut after a whole word, with ``…`` where something was left out.

    Args:
        text: tidied text.
        length: at least 1.

    Raises:
        ValueError: there is no room for anything.
    """
    if length < 1:
        raise ValueError("There is no room for a text of fewer than one character.")
    if len(text) <= length:
        return text
    room = text[:length]  # one more than will be kept: if that one is a space, the last word is whole
    kept, space, _ = room.rpartition(" ")
    if not space or len(kept) < length // 2:
        kept = room[:-1]  # one very long word: cut inside it rather than lose it
        while kept and unicodedata.combining(text[len(kept)]):
            kept = kept[:-1]  # but not between a letter and its accent
    return kept.rstrip(" ,;:.–-") + _ELLIPSIS


def mailbox(address: str) -> str:
    """Where an e-mail address ends up, as far as can be told: all that follows a plus is one person's own."""
    name, at, domain = address.strip().casefold().rpartition("@")
    return name.partition("+")[0] + at + domain


def languages_read(language_written: str) -> tuple[str, ...]:
    """The languages in which somebody is written to.

    Args:
        language_written: ``cy``, ``en`` or ``both``.
    """
    return ("cy", "en") if language_written == "both" else (language_written,)


def written_to(languages: Collection[str]) -> str:
    """The language of words that several people are told: ``both``, unless all of them chose the same one."""
    return next(iter(languages)) if len(set(languages)) == 1 else "both"


def unsaid(words: Mapping[str, str], language_written: str) -> tuple[str, ...]:
    """The languages in which words to somebody are missing: whoever reads both is told the same in each.

    Args:
        words: what was written, by language.
    """
    return tuple(code for code in languages_read(language_written) if not words.get(code))


def must_be_said(words: Mapping[str, str], language_written: str, why_not: StrEnum) -> None:
    """Let words to somebody pass that are there in every language that they read.

    Args:
        words: what was written, by language.
        why_not: the reason to refuse for.

    Raises:
        Refused: ``why_not``, with the ``languages`` in which they are missing.
    """
    missing = unsaid(words, language_written)
    if missing:
        raise Refused(why_not, languages=missing)
