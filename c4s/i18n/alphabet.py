"""Alphabetical order, in the Welsh alphabet and in the English one.

Neither database knows that ``ch`` follows all of ``c`` in Welsh, so the order is worked out here and stored:
``ORDER BY`` the stored key is right in both, under any collation. The Welsh order is CLDR's
(``&C<ch &D<dd &F<ff &G<ng &L<ll &P<ph &R<rh &T<th``), with k, q, v, x and z where English has them,
and with what CLDR leaves out: two letters that only look like one (see ``parted``).

A name is ordered as it is written: ``Y Felin`` is under Y and ``The Forge`` under T. Directories differ about
leading articles, and an owner who wants F writes ``Felin, Y`` as the sort name. A sort name can also say that
two letters are not one, with ``|`` or U+034F between them: ``Ban|gor``.
"""

import re
import unicodedata

from c4s.core.text import APOSTROPHES

_WELSH = "A B C Ch D Dd E F Ff G Ng H I J K L Ll M N O P Ph Q R Rh S T Th U V W X Y Z"
LETTERS: dict[str, tuple[str, ...]] = {
    "cy": tuple(_WELSH.split()),
    "en": tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
}
"""The headings of an index, by language. The Welsh ones have k, q, v, x and z too: names begin with them."""
OTHER = "#"
"""The heading of what begins with no Latin letter, which comes before them all; a page says it in words."""

# A key is a row of codes, two characters for a letter: itself and a figure, so "c0" for c and "c1" for ch.
# Any collation then gives the same order: letters never meet (none can find a "ch" of its own), nothing is
# of another case, and figures come before letters everywhere. The accents follow, then the capitals: they
# decide between words that are otherwise the same.
_END, _GAP, _OTHER_SCRIPT = "00", "01", "2"
_LETTERS_COUNTED, _LONGEST_TEXT = 60, 300
_CODES = {letter: f"{letter}0" for letter in "abcdefghijklmnopqrstuvwxyz"} | {
    "ch": "c1", "dd": "d1", "ff": "f1", "ng": "g1", "ll": "l1", "ph": "p1", "rh": "r1", "th": "t1",
    "æ": "a0e0", "ð": "d0", "đ": "d0", "ø": "o0", "œ": "o0e0", "ł": "l0", "ß": "s0s0", "þ": "t0h0",
}  # fmt: skip
_MARKS = "\u0300-\u034e\u0350-\u036f"

# While a key is made, characters of the private area stand for what takes several: two letters that are one
# (ch, Ch and CH, but not the cH of McHugh), an accent, the length of a number.
_LETTER_AT, _ACCENT_AT, _LENGTH_AT = 0xE000, 0xE100, 0xE200
_PAIRS = {
    written: chr(_LETTER_AT + place)
    for place, written in enumerate(
        written for pair in _CODES if len(pair) == 2 for written in (pair, pair.title(), pair.upper())
    )
}
_ACCENTS = {  # in the order in which they tell words apart
    mark: chr(_ACCENT_AT + place) for place, mark in enumerate("\u0300\u0301\u0302\u030c\u030a\u0308\u0303")
}
_OTHER_ACCENT = chr(_ACCENT_AT + len(_ACCENTS))


class _Characters(dict[int, str]):
    """For ``str.translate``: what becomes of each character, and of every other."""

    def __init__(self, known: dict[str, str], others: str) -> None:
        super().__init__({ord(character): value for character, value in known.items()})
        self._others = others

    def __missing__(self, point: int) -> str:
        return self._others or f"{_OTHER_SCRIPT}{point:07}"


_SMALL = {letter: code for letter, code in _CODES.items() if len(letter) == 1}
_LARGE = {letter.upper(): code for letter, code in _SMALL.items() if letter != "ß"}
_COMMON = dict.fromkeys([*_SMALL, *_LARGE, *_PAIRS.values(), *"0123456789 "], "1")

_LETTER_CODES = _Characters(
    _SMALL
    | _LARGE
    | {sign: _CODES[written.lower()] for written, sign in _PAIRS.items()}
    | {chr(_LENGTH_AT + length): f"1{length}" for length in range(1, 10)}
    | {figure: figure for figure in "0123456789"}
    | {" ": _GAP},
    others="",  # a letter of another script: by its number
)
_ACCENT_CODES = _Characters(
    _COMMON | {_OTHER_ACCENT: "9"} | dict(zip(_ACCENTS.values(), "2345678", strict=True)), others="1"
)
_CAPITAL_CODES = _Characters(
    _COMMON
    | dict.fromkeys(_LARGE, "2")
    | {sign: "2" if written.istitle() else "3" for written, sign in _PAIRS.items() if not written.islower()},
    others="1",
)

_PAIRED = re.compile("d(?=dd)|" + "|".join(_PAIRS))
_MAY_BE_PAIRED = re.compile("[cnprtCNPRT][hgHG]|dd|ff|ll|D[dD]|F[fF]|L[lL]")
_UNHEARD = re.compile(f"[|.\u034f{APOSTROPHES}]+")
_GAPS = re.compile(rf"(?:[^\w{_MARKS}\ue000-\ue0ff]|_)+")
_NUMBERS = re.compile("0*([0-9]+)")
_FIGURE = re.compile("[0-9]")
_ACCENTED = re.compile(f".([{_MARKS}])[{_MARKS}]*", re.DOTALL)
_ACCENTS_ALONE = re.compile(f"[{_MARKS}]+")

# The beginnings of words in which n and g are two letters, mutated too. They were chosen by how the words are
# said (the Bangor Pronouncing Dictionary has them with n+g or ng+g) and by what they are made of: llan +
# Collen, hen + coed, ton + Gwynlais, llon + cyfarch. Cyngor, angen, cyngerdd and Angharad have the letter ng,
# and are not here. The English words are such as names of businesses are made of. A name that still comes in
# the wrong place is put right by its sort name.
_N_AND_G = """
    ban|gor fan|gor man|gor llan|g lan|g pen|g ben|g mhen|g phen|g bryn|g fryn|g mryn|g glan|g
    nglan|g llwyn|g lwyn|g maen|g faen|g melin|g felin|g bron|g fron|g cefn|g gefn|g nghefn|g
    chefn|g ton|gwyn don|gwyn nhon|gwyn thon|gwyn hen|goed hen|gwrt hen|gerdd hen|gel man|goed
    abergwyn|g llanfairpwllgwyn|g lanfairpwllgwyn|g dan|gos ddan|gos nan|gos arddan|gos harddan|gos
    ymddan|gos hymddan|gos ailymddan|gos llon|gyf lon|gyf cyfrin|gyn gyfrin|gyn nghyfrin|gyn
    chyfrin|gyn un|gell un|gorn an|gus ban|glad bin|go bun|gal chan|g con|ge con|go con|gr dan|ger
    en|gag en|gin en|gland en|glish en|grav exchan|g flamin|go gin|ger hun|gar hwn|gar in|gr jun|gl
    kan|g loun|g man|go mon|gol oran|g ran|ge sin|gap sin|gle stran|ge tan|ger tan|go
""".split()
_BEGINNINGS = "|".join(beginning.replace("|", "(?=") + ")" for beginning in _N_AND_G)
_PARTING = re.compile(rf"(?<=[aeiouwyâêîôûŵŷ])r(?=h)|\b(?:{_BEGINNINGS})", re.IGNORECASE)
_MAY_PART = re.compile("ng|rh", re.IGNORECASE)


def parted(text: str) -> str:
    """Welsh text with ``|`` between two letters that only look like one: ``Ban|gor``, ``ar|holiad``.

    No rule of spelling tells n and g from ng, so that goes by a list. R and h after a vowel are always two
    letters (the Bangor Pronouncing Dictionary has no word to the contrary).
    """
    return _PARTING.sub(r"\g<0>|", text) if _MAY_PART.search(text) else text


def sort_key(text: str, language: str) -> str:
    """The key to store and to order by: only a-z and 0-9, at most 255 of them.

    Names that differ only in accents or capitals keep CLDR's order, numbers go by their size (``Uned 2``
    before ``Uned 10``), and apostrophes, full stops and ``|`` do not count; other punctuation parts words,
    as a space does. Two names of more than 60 letters that differ only after that have the same key: order by
    the id as well.

    Args:
        text: a name, or the sort name that was written for it.
        language: ``cy`` or ``en``, the language of the page and not of the name.
    """
    if language == "cy":
        text = parted(text)
    plain = text.isascii()
    if not plain:
        text = unicodedata.normalize("NFD", text)
    if language == "cy" and _MAY_BE_PAIRED.search(text):
        text = _PAIRED.sub(lambda pair: _PAIRS.get(pair[0], pair[0]), text)
    text = _GAPS.sub(" ", _UNHEARD.sub("", text)).strip()[:_LONGEST_TEXT]
    accents = ""
    if not plain:
        marked = _ACCENTED.sub(lambda letter: _ACCENTS.get(letter[1], _OTHER_ACCENT), text)
        accents = marked.translate(_ACCENT_CODES)[:_LETTERS_COUNTED].rstrip("1")
        text = _ACCENTS_ALONE.sub("", text)
    capitals = text.translate(_CAPITAL_CODES)[:_LETTERS_COUNTED].rstrip("1")
    if _FIGURE.search(text):
        text = _NUMBERS.sub(lambda number: chr(_LENGTH_AT + min(len(number[1]), 9)) + number[1], text)
    key = text.translate(_LETTER_CODES)[: 2 * _LETTERS_COUNTED]
    if accents or capitals:
        key += _END + accents
    if capitals:
        key += _END + capitals
    return key


def initial(text: str, language: str) -> str:
    """The heading under which a name stands in an index: one of ``LETTERS[language]``, or ``OTHER``."""
    code = sort_key(text, language)[:2]
    return next((letter for letter in LETTERS[language] if _CODES[letter.lower()] == code), OTHER)
