"""All the rules over one text."""

from collections.abc import Iterable
from dataclasses import dataclass

from c4s.i18n import wording
from c4s.i18n.wording import Hit
from tests.house.welsh import leaks, spelling
from tests.house.welsh.lexicon import listed
from tests.house.welsh.mutations import _HERE, Proof


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, how to mend it, and the words around it."""

    what: str
    mend: str
    around: str

    def __str__(self) -> str:
        return f"{self.what} – {self.mend}   [{self.around}]"


NAMES = frozenset(listed(_HERE / "names.txt"))


def findings(text: str, names: Iterable[str] = (), names_only: bool = False) -> list[Finding]:
    """What is wrong in a Welsh text (plain, or with HTML tags and placeholders), in the order of the text.

    `names`: words and phrases that are right as they are and never mutate. `names_only`: the text is a name
    or a list of search words, so only spelling and signs are read.
    """
    allowed = list(names)
    single = NAMES | {word for name in allowed for word in name.replace("’", "'").split()}
    plain = wording.plain(text)
    hits = [*wording.signs(plain, "cy"), *spelling.misspelt(plain, single)]
    if not names_only:
        hits += [*wording.usage(plain), *wording.long_sentences(plain), *Proof(plain, single).hits()]
        hits += _leaks(plain, leaks.english_in(plain, [*allowed, *NAMES]), "English")
    return _in_order(plain, hits)


def english_findings(text: str, names: Iterable[str] = ()) -> list[Finding]:
    """What is wrong in an English text as far as this gate reads it:

    signs, long sentences, Welsh left in it.
    """
    plain = wording.plain(text)
    hits = [*wording.signs(plain, "en"), *wording.long_sentences(plain)]
    return _in_order(plain, [*hits, *_leaks(plain, leaks.welsh_in(plain, [*names, *NAMES]), "Welsh")])


def _leaks(plain: str, words: list[str], language: str) -> list[Hit]:
    return [
        Hit(max(plain.replace("'", "’").find(word), 0), f"{language} word “{word}”", "translate it") for word in words
    ]


def _in_order(plain: str, hits: Iterable[Hit]) -> list[Finding]:
    unique = {(hit.start, hit.what): hit for hit in hits}
    return [
        Finding(hit.what, hit.mend, " ".join(plain[max(0, hit.start - 25) : hit.start + 35].split()))
        for hit in sorted(unique.values())
    ]
