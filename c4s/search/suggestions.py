"""The word that somebody probably meant."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from c4s.core.text import fold
from c4s.search.mutations import radicals

SHORTEST = 4
"""Of shorter words too many are near each other for a guess to help."""


def suggest(word: str, vocabulary: Iterable[str]) -> str | None:
    """The nearest word of a vocabulary, or None if the word is in it, or if nothing is near enough.

    Nearness is counted in letters left out, put in, changed or swapped with the next: one in a word of up
    to five letters, two in a longer one, three from ten on. A mutation is no slip: *bontyprid* is one
    letter from *pontypridd*. Of words as near, one that needs no mutation undone comes first, then the
    first in the alphabet.

    Args:
        word: as it was typed.
        vocabulary: folded words.
    """
    typed = fold(word).replace(" ", "")
    if len(typed) < SHORTEST:
        return None
    words = vocabulary if isinstance(vocabulary, (list, tuple)) else list(vocabulary)
    furthest = 1 if len(typed) <= 5 else 2 if len(typed) < 10 else 3
    candidates = []
    process, osa = _library("process"), _library("distance.OSA")
    for is_radical, tried in enumerate((typed, *(radical for radical in radicals(typed) if len(radical) >= SHORTEST))):
        for near, distance, _ in process.extract(tried, words, scorer=osa.distance, score_cutoff=furthest, limit=None):
            if distance == 0 and near == typed:
                return None
            candidates.append((distance, bool(is_radical), near))
    return min(candidates)[-1] if candidates else None


def _library(part: str) -> Any:
    """Loaded when a search first finds nothing."""
    return import_module(f"rapidfuzz.{part}")
