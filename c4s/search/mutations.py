"""Initial mutations: which words a Welsh word may be a form of, and which forms it may take.

Words are folded: small letters, no accents. Nothing here knows whether a word exists; the dictionary does.
"""

_VOWELS = frozenset("aeiouwy")
_TWO_LETTERS = frozenset(("ch", "dd", "ff", "ng", "ll", "ph", "rh", "th"))

# Soft, nasal and aspirate mutation and the h before a vowel, from the radical letter. G softens to nothing.
_FORMS: dict[str, tuple[str, ...]] = {
    "p": ("b", "mh", "ph"),
    "t": ("d", "nh", "th"),
    "c": ("g", "ngh", "ch"),
    "b": ("f", "m"),
    "d": ("dd", "n"),
    "g": ("", "ng"),
    "m": ("f",),
    "ll": ("l",),
    "rh": ("r",),
}
_RADICALS: dict[str, tuple[str, ...]] = {
    "b": ("p",),
    "d": ("t",),
    "g": ("c",),
    "f": ("b", "m"),
    "dd": ("d",),
    "l": ("ll", "gl"),
    "r": ("rh", "gr"),
    "m": ("b",),
    "n": ("d", "gn"),
    "ng": ("g",),
    "mh": ("p",),
    "nh": ("t",),
    "ngh": ("c",),
    "ph": ("p",),
    "th": ("t",),
    "ch": ("c",),
}


def radicals(word: str) -> tuple[str, ...]:
    """The words that this one may be a mutated form of: ``nghaerdydd`` may be ``caerdydd``.

    Empty for a word that can only be its own radical, such as ``pentre``.
    """
    first = word[:1]
    if first in _VOWELS:
        return (f"g{word}",)
    if first == "h" and word[1:2] in _VOWELS:
        return (word[1:],)
    initial = _initial(word)
    return tuple(radical + word[len(initial) :] for radical in _RADICALS.get(initial, ()))


def mutated(word: str) -> tuple[str, ...]:
    """The forms that a radical may take: ``pentre`` becomes ``bentre``, ``mhentre`` and ``phentre``."""
    first = word[:1]
    if first in _VOWELS:
        return (f"h{word}",)
    initial = _initial(word)
    return tuple(form + word[len(initial) :] for form in _FORMS.get(initial, ()))


def _initial(word: str) -> str:
    if word.startswith("ngh"):
        return "ngh"
    two = word[:2]
    return two if two in _TWO_LETTERS or two in _RADICALS else word[:1]
