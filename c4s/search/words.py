"""What a text and a query become, so that they meet.

A word stands in the index as it was written, folded, and as the words that it is a form of: *gwmnïau* as
``gwmniau`` and ``cwmni``, *electricians* as ``electricians`` and ``electrician``. A query asks for the same
of each of its words, and any one of them is enough: both sides carry the base word, so two forms of it find
each other. Names of places and people that no dictionary has are indexed as they stand; the query asks for
their possible mutations instead, leaving out any that is a word of its own (*Porthcawl* finds *Mhorthcawl*,
but *Brown* does not find *frown*).

Every word that leaves this module is 1 to 40 characters of a-z and 0-9, in lower case, so it can stand
unquoted in an FTS5 query and in a ``tsvector`` or ``tsquery``: no operator of either can be written with
it.

Synonyms need no part in this: the index is given the names and synonyms of a record's categories, in both
languages, as if they stood in its text. Queries become no longer and no slower by it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from c4s.core.text import APOSTROPHES, HYPHENS, MARKS, bare, shorten
from c4s.search.dictionary import readings
from c4s.search.mutations import mutated, radicals

EDITION = 1
"""Raise it when texts become other words than before: an index of another edition has to be rebuilt."""
LONGEST_QUERY = 100
MOST_WORDS = 12
LONGEST_WORD = 40
SHORTEST_PREFIX = 3

_LONGEST_JOINED_QUERY = 6
_LETTER = rf"(?:[^\W_]|[{MARKS}])"
_PART = re.compile(f"{_LETTER}+(?:[{APOSTROPHES}]+{_LETTER}+)*")
_WRITTEN = re.compile(f"{_LETTER}+(?:(?:[{APOSTROPHES}]+|[{re.escape(HYPHENS)}]+){_LETTER}+)*")
_BARE_WORD = re.compile("[a-z0-9]+(?:(?:'+|-+)[a-z0-9]+)*")
_SENTENCE_END = re.compile(r"[.!?]\s")

# What follows an apostrophe and is no word: tŷ’r, mae’n, i’w, gyda’ch; Dai’s, don’t, we’re.
_CLITICS = frozenset("r n i u w m th ch s t re ve ll d".split())

# Words that are in nearly every text, in both languages. Alone they are searched for; beside others let go.
_STOP_WORDS = frozenset(
    """
    a ac ag ai am an and ar are as at be been bod but by dan ddim dim does dont dros drwy dy e ei eich ein
    er ers eu fe fel fo fod for from fy gan gyda gydag had has have he heb hefyd her hi his hon how hwn
    hwnnw hyd hyn hynny i if in into is it its mae maen mai me mewn mi my na nac nad neu nhw ni nid no nor
    not o oedd oes of on ond or os our out pan pob rhwng roedd rydych rydym rydyn she so such sy sydd than
    that the their them then there these they this those ti to too trwy un us was we wedi were what when
    where which who will with wrth y ydy ydych ydym ydyn ym yma yn yna yng yno you your yr yw
    """.split()
)
# Some of them are something else too: to (roof), her (challenge), dy (tŷ without its accent), Dan.
_WORDS_ALL_THE_SAME = frozenset(("to", "her", "dy", "dan"))
_LEFT_OUT = _STOP_WORDS - _WORDS_ALL_THE_SAME


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One word of a query: found where any of its alternatives stands."""

    typed: str
    """As the person wrote it."""
    alternatives: tuple[str, ...]
    """What to look for; the first is the word itself, folded."""
    prefix: bool = False
    """The first alternative is also enough as the beginning of a word."""


def analyse(text: str, language: str | None = None, *, name: bool = False) -> list[str]:
    """The words by which a text can be found, in order, with repeats.

    Args:
        text: anything.
        language: ``cy`` or ``en`` where it is known; otherwise a word may be of either.
        name: this is a name or a title: no word of it is too common to count, and neighbours are joined as
            well, so that ``penygraig`` finds Pen y Graig, and ``website`` Web Site.
    """
    found: list[str] = []
    written = _BARE_WORD.findall(bare(text))
    for word in written:
        found += _terms(word[:LONGEST_QUERY], language, name)
    if name:
        found += joined(_pieces(written))
    return found


def query_words(text: str) -> list[QueryWord]:
    """What a query asks for: every one of these words. Empty where it has no word at all.

    Nothing in it is an operator. Of a long query the first 100 characters and 12 words count. Words that are
    too common are left out, unless there are no others. Words that stand side by side are also looked for as
    one.
    """
    if len(text) > LONGEST_QUERY:  # and no piece of a word
        text = text[:LONGEST_QUERY].rpartition(" ")[0] or text[:LONGEST_QUERY]
    parts: list[tuple[str, str, str]] = []  # the word as typed, one part of it, and all its parts as one
    for match in _WRITTEN.finditer(text):
        for word in _BARE_WORD.findall(bare(match[0])):
            pieces = [piece for piece in word.split("-") if piece]
            whole = "".join(_pieces([word]))[:LONGEST_WORD] if len(pieces) > 1 else ""
            parts += [(match[0], piece, whole) for piece in pieces]
    parts = parts[:MOST_WORDS]
    pieces = _pieces(part for _, part, _ in parts)
    wanted: dict[tuple[str, ...], QueryWord] = {}
    common = [_is_common(part) for _, part, _ in parts]
    for place, (typed, part, whole) in enumerate(parts):
        if common[place] and not all(common):
            continue
        alternatives = dict.fromkeys(_asked_for(part))
        if whole:
            alternatives |= dict.fromkeys(_forms_asked_for(whole))
        if len(parts) <= _LONGEST_JOINED_QUERY:
            alternatives |= dict.fromkeys(
                "".join(run) for run in _runs(pieces, place) if len("".join(run)) <= LONGEST_WORD
            )
        word = QueryWord(typed, tuple(alternatives))
        wanted.setdefault(word.alternatives, word)
    return list(wanted.values())


def with_prefix(words: Sequence[QueryWord]) -> list[QueryWord]:
    """The same query, its last word also taken for the beginning of one, if it has three letters or more.

    For when the whole word finds nothing: a prefix costs the database far more than a word.
    """
    if not words or len(words[-1].alternatives[0]) < SHORTEST_PREFIX:
        return list(words)
    return [*words[:-1], replace(words[-1], prefix=True)]


class Wanted(dict[str, bool]):
    """Whether a word, as it is written in a text, is one that a query asks for: worked out once for each.

    A list has many texts and few words: what was learned of a word in one of them holds for all the others.
    """

    def __init__(self, words: Sequence[QueryWord], language: str | None = None) -> None:
        """For texts of one language, ``cy`` or ``en``; None for texts of either."""
        super().__init__()
        self._language = language
        self._alternatives = frozenset(alternative for word in words for alternative in word.alternatives)
        self._beginnings = tuple(word.alternatives[0] for word in words if word.prefix)

    def __missing__(self, written: str) -> bool:
        terms = _written_terms(written, self._language)
        begins = bool(self._beginnings) and any(term.startswith(self._beginnings) for term in terms)
        self[written] = begins or not self._alternatives.isdisjoint(terms)
        return self[written]

    def stands_in(self, text: str) -> bool:
        """Whether a word of the query stands in a text."""
        return bool(self._alternatives) and any(map(self.__getitem__, _WRITTEN.findall(text)))


def mark(text: str, wanted: Wanted) -> list[tuple[str, bool]]:
    """The text in pieces that make it up again, each with whether it is a word that was searched for.

    The words are as they were written: escape them as ever. Of a hyphenated word the parts that were searched
    for are marked, or all of it.
    """
    pieces: list[tuple[str, bool]] = []
    end = 0
    for start, stop in _found(text, wanted):
        pieces += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    pieces.append((text[end:], False))
    return [piece for piece in pieces if piece[0]]


def excerpt(text: str, wanted: Wanted, length: int = 200) -> str:
    """At most so many characters, on one line, from the sentence in which a word of the query first stands.

    Without such a word, or if it stands near the beginning, the beginning. ``mark`` can mark it like any
    text.
    """
    text = " ".join(text.split())
    start, stop = next(_found(text, wanted), (0, 0))
    if len(text) <= length or stop < length * 2 // 3:
        return shorten(text, length)
    earliest = max(0, stop - length * 2 // 3)
    sentences = [end.end() for end in _SENTENCE_END.finditer(text, earliest, start)]
    if sentences:
        return shorten(text[sentences[0] :], length)
    space = text.find(" ", earliest, start)
    return "…" + shorten(text[space + 1 if space >= 0 else start :], length - 1)


def joined(pieces: Sequence[str]) -> list[str]:
    """Neighbouring words as one: each two, and each three."""
    pairs = [first + second for first, second in pairwise(pieces)]
    triples = [pair + third for pair, third in zip(pairs, pieces[2:], strict=False)]
    return [run for run in (*pairs, *triples) if len(run) <= LONGEST_WORD]


def _pieces(written: Iterable[str]) -> list[str]:
    return [piece for word in written for piece in word.replace("'", "").split("-") if piece]


def _apart(part: str) -> list[str]:
    return [piece for piece in part.split("'") if piece]


def _runs(pieces: Sequence[str], place: int) -> Iterator[Sequence[str]]:
    for length in (2, 3):
        for start in range(max(0, place - length + 1), min(place, len(pieces) - length) + 1):
            yield pieces[start : start + length]


@lru_cache(maxsize=8192)
def _terms(word: str, language: str | None, name: bool) -> tuple[str, ...]:
    parts = [part for part in word.split("-") if part]
    terms: dict[str, None] = {}
    for part in parts:
        if name or not _is_common(part, _LEFT_OUT):
            terms |= dict.fromkeys(_part_terms(part, language))
    if len(parts) > 1:
        terms |= dict.fromkeys(_base_words(word.replace("-", "").replace("'", ""), language))
    return tuple(terms)


def _part_terms(part: str, language: str | None) -> Iterator[str]:
    """A word without hyphens: itself and its base words; tŷ’r also as tŷ, O’Neill also as Neill."""
    pieces = _apart(part)
    if len(pieces) == 1:
        yield from _base_words(part, language)
        return
    yield "".join(pieces)[:LONGEST_WORD]
    if set(pieces[1:]) <= _CLITICS:
        yield from _base_words(pieces[0], language)
    else:
        yield from (piece[:LONGEST_WORD] for piece in pieces if len(piece) >= SHORTEST_PREFIX)


def _base_words(word: str, language: str | None) -> Iterator[str]:
    word = word[:LONGEST_WORD]
    yield word
    if not word.isalpha():
        return
    known = readings(word)
    if not _exists(word):
        yield from _singular(word)
    elif language == "cy":
        yield from known.welsh or known.english
    elif language == "en":
        yield from known.english or known.welsh
    elif known.english and known.welsh_only_by_mutation:
        yield from known.english  # ball is not a form of pall
    else:
        yield from known.welsh + known.english


def _asked_for(part: str) -> Iterator[str]:
    pieces = _apart(part)
    if len(pieces) > 1:
        yield "".join(pieces)[:LONGEST_WORD]
        if not set(pieces[1:]) <= _CLITICS:
            return
    yield from _forms_asked_for(pieces[0])


def _forms_asked_for(word: str) -> Iterator[str]:
    word = word[:LONGEST_WORD]
    yield word
    if not word.isalpha():
        return
    if _exists(word):
        known = readings(word)
        yield from known.welsh + known.english
    elif len(word) > 3:
        for base in (word, *_singular(word)):
            radical = radicals(base)
            forms = (base, *radical, *(form for root in (base, *radical) for form in mutated(root)))
            yield from (form for form in forms if not _exists(form))


def _exists(word: str) -> bool:
    known = readings(word)
    return bool(known.welsh or known.english)


def _singular(word: str) -> Iterator[str]:
    """What a word that no dictionary has may be the plural of, if it is what somebody does."""
    for plural, singular in (("wyr", "wr"), ("yddion", "ydd")):
        if word.endswith(plural) and len(word) > len(plural) + 2:
            yield word.removesuffix(plural) + singular


def _is_common(part: str, among: frozenset[str] = _STOP_WORDS) -> bool:
    first, *rest = _apart(part)
    return "".join((first, *rest)) in among or (first in among and bool(rest) and set(rest) <= _CLITICS)


def _found(text: str, wanted: Wanted) -> Iterator[tuple[int, int]]:
    """Where in the text the words of the query stand, in order, never overlapping."""
    if not wanted.stands_in(text):
        return
    for match in _WRITTEN.finditer(text):
        if wanted[match[0]]:
            parts = [part.span() for part in _PART.finditer(text, match.start(), match.end()) if wanted[part[0]]]
            yield from parts or [match.span()]


@lru_cache(maxsize=8192)
def _written_terms(written: str, language: str | None) -> tuple[str, ...]:
    words = _BARE_WORD.findall(bare(written[:LONGEST_QUERY]))
    return tuple(term for word in words for term in _terms(word, language, True))
