"""Words that neither the dictionary nor the project's list knows."""

from collections.abc import Iterator

from c4s.i18n.wording import Hit
from tests.house.welsh.lexicon import Lexicon, lexicon
from tests.house.welsh.mutations import tokens

_ENDS = {"r", "n", "i", "u", "w", "m", "th", "ch", "s"}
_JOINED_FRONT = {"d", "f", "m", "rh", "'r", "'n"}


def misspelt(text: str, names: frozenset[str] = frozenset(), words: Lexicon | None = None) -> Iterator[Hit]:
    """Each unknown word, once per place. `names` are taken as right when written exactly so."""
    known = words or lexicon()
    for token in tokens(text):
        whole = token.word + ("'" + token.clitic if token.clitic else "")
        if not _right(whole, names, known):
            yield Hit(
                token.start,
                f"unknown word “{whole.replace(chr(39), '’')}”",
                "mend the spelling, or add the word to tests/house/welsh/words.txt (a name: names.txt)",
            )


def _right(whole: str, names: frozenset[str], known: Lexicon) -> bool:
    word = whole.strip("'")
    if not word or any(sign.isdigit() for sign in word) or len(word) == 1:
        return True
    if word in names or (word.isupper() and len(word) <= 5) or known.knows(word):
        return True
    head, _, end = word.rpartition("'")
    if head and end.lower() in _ENDS:
        return _right(head, names, known)
    if head and head.lower() in _JOINED_FRONT:
        return _right(end, names, known)
    parts = word.split("-")
    return len(parts) > 1 and all(not part or _right(part, names, known) for part in parts)
