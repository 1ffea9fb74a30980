"""English words left on a Welsh page, and Welsh words left on an English one.

Only words that the other language does not have are listed: "to", "is", "can", "had", "all", "we", "am",
"on", "her", "hen", "plant", "toes", "problem" and "poster" are words in both, so they say nothing.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from c4s.i18n.wording import addresses_out, placeholders_out
from tests.house.welsh.lexicon import listed

_HERE = Path(__file__).parent
ENGLISH = frozenset(listed(_HERE / "english.txt"))
WELSH = frozenset(listed(_HERE / "welsh.txt"))
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def english_in(text: str, names: Iterable[str] = ()) -> list[str]:
    """The words of a Welsh text that can only be English, in order;

    names (words or phrases) are passed over.
    """
    return _found(text, names, ENGLISH)


def welsh_in(text: str, names: Iterable[str] = ()) -> list[str]:
    """The words of an English text that can only be Welsh, in order;

    names (words or phrases) are passed over.
    """
    return _found(text, names, WELSH)


def _found(text: str, names: Iterable[str], listed_words: frozenset[str]) -> list[str]:
    plain = addresses_out(placeholders_out(text)).replace("'", "’")
    hits = [word for word in _WORD.finditer(plain) if word[0].lower() in listed_words and not _is_tea(plain, word)]
    if not hits:
        return []
    passed_over = [
        (found.start(), found.end())
        for name in names
        if name
        for found in re.finditer(rf"(?<!\w){re.escape(name.replace(chr(39), '’'))}(?!\w)", plain)
    ]
    return [
        word[0] for word in hits if not any(start <= word.start() and word.end() <= end for start, end in passed_over)
    ]


def _is_tea(text: str, word: re.Match[str]) -> bool:
    """“a the” is Welsh: tea, after a word that mutates it."""
    return word[0] == "the" and bool(re.search(r"\b(?:a|â|gyda|tua|ei)\s$", text[: word.start()], re.IGNORECASE))
