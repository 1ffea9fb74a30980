"""How the site words things: signs, spaces, register, terms and the length of sentences, in both languages.

Rules that need no dictionary. The catalogue gate uses them, and so does the proof-reading of prose and data
in tests/house/welsh. Sources: Cymraeg Clir (twelve rules), the Welsh Government style guide (no "&"), our
own glossary. A placeholder becomes a sign that no rule reads across: NUMBER where a number will stand, SLOT
where anything may.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

NUMBER = "\N{OBJECT REPLACEMENT CHARACTER}\N{DIGIT FIVE}"
SLOT = "\N{OBJECT REPLACEMENT CHARACTER}"

_NUMBER_NAMES = "n|num|number|count|total|places|minutes|hours|days|words|limit|size|how_many|years|seconds|length"
_PLACEHOLDER = re.compile(
    r"%\((?P<python>\w+)\)[#0\- +]?\d*(?:\.\d+)?(?P<kind>[sdrfi])"
    r"|%(?P<bare>[sd])(?!\w)"
    r"|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"
    r"|\{(?P<brace>\w*)(?:[.!:][^{}]*)?\}",
    re.DOTALL,
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.|mailto:|tel:)[^\s<>”’]*[\w/]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\b(?:[a-z0-9-]+\.)+(?:com|org|net|wales|cymru|uk|example|txt|csv|xlsx|html|ics|pdf)\b(?:/[^\s<>]*[\w/])?"
    r"|(?<![\w<])/[a-z][\w/.-]*",
    re.IGNORECASE,
)
_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)
INLINE_TAGS = frozenset(
    """
    a abbr b bdi cite code em i mark q s small span strong sub sup time u wbr
    """.split()
)
LONGEST_SENTENCE = 25


class Hit(NamedTuple):
    """What is wrong in a text, where it begins, and how to mend it."""

    start: int
    what: str
    mend: str


_MONTHS = "Ionawr|Chwefror|Mawrth|Ebrill|Mai|Mehefin|Gorffennaf|Awst|Medi|Hydref|Tachwedd|Rhagfyr"
_MUTATED_MONTHS = _MONTHS + "|Fawrth|Fai|Fehefin|Orffennaf|Fedi|Dachwedd|Ragfyr"

_SIGNS = [
    (r"'", "straight apostrophe", "write ’"),
    (r'"', "straight quotation mark", "write “ and ”"),
    (r"&", "“&” is not Welsh", "write “a” or “ac”"),
    (r"(?<=\S)[  ]{2,}(?=\S)", "two spaces", "leave one"),
    (r"[^\S\n]+[,;:!?.](?=\s|$)", "a space before a sign", "take the space out"),
    (r"\w[ \t]+’(?:r|n|i|u|w|ch|m|th)\b", "a space before ’", "join it to the word before, as in “i’r”"),
    (r"(?<=\w)’[ \t]+(?:r|n|u|w|ch|m|th)\b", "a space after ’", "join it up, as in “i’r”"),
]

_WELSH = [
    (r"(?i)\b(?:ebost|ebyst|email|e-mail|eboist)\w*", "e-mail is spelled “e-bost”", "write “e-bost”"),
    (r"(?i)\barlein\b", "“ar-lein” has a hyphen", "write “ar-lein”"),
    (
        r"(?i)\bpeidiwch\b(?!\s+(?:â|ag)\b|\s*[.!?,]|\s*$)",
        "“peidiwch” without “â”",
        "write “Peidiwch â …” (“ag” before a vowel)",
    ),
    (
        r"(?i)(?<!ai )\bpeidio\s+(?!(?:â|ag|yn|mewn|os|neu|a|ac|gan|am|i|â’\w+|chi)\b)[^\W\d]+",
        "“peidio” without “â”",
        "write “peidio â …” (“ag” before a vowel)",
    ),
    (r"\b[Cc]ysylltwch\s+(?:ni|nhw|hi|[A-Z]\w*)\b", "“cysylltwch” without “â”", "write “Cysylltwch â …”"),
    (r"(?i)\bpan\s+(?:mae|y)\b", "“pan mae” and “pan y” are not Welsh", "write “pan fydd” or “pan fo”"),
    (
        r"(?i)\bos\s+(?:fydd\w*|gewch|allwch|mae’n)\b",
        "“os” does not mutate",
        "write “os bydd”, “os cewch”, “os gallwch”, “os yw’n”",
    ),
    (r"(?i)\bunrhyw pryd\b", "no mutation in “unrhyw pryd”", "write “unrhyw bryd”"),
    (r"(?i)\bdewiswch\s+os\b", "“os” is not “whether”", "write “Dewiswch a ydych …”"),
    (
        r"(?i)(?<![\w’-])(?:ti|tithau|dy|dithau|rwyt|wyt|gennyt|iti|arnat|atat|hoffet|gelli|dylet|di)(?![\w-])",
        "a “ti” form",
        "write to the reader as “chi”",
    ),
    (
        r"(?i)(?<![£\d.,])\d{1,2}(?:[:.]\d\d)?(?:\s?(?:pm|yb|yh|y\.b|y\.h|a\.m|p\.m)|(?-i:am|\s?AM))(?!\w)"
        r"|(?<![£\d])\d{1,2}[:.]\d\d\sam(?!\s+[^\W\d]|\w)",
        "a twelve-hour time",
        "write the time as 14:30",
    ),
    (
        rf"(?i)\b\d{{1,2}}(?:af|il|ail|ydd|fed|eg|ain|st|nd|rd|th)\b(?:\s+o)?\s+(?:{_MUTATED_MONTHS})\b",
        "an ordinal date",
        "write “12 Chwefror”",
    ),
    (rf"\b(?:{_MONTHS})\s+\d{{1,2}}\b(?!\d|:)", "the month before the day", "write “12 Chwefror”"),
    (
        r"(?<=[^\W\d_] )Dydd (?=Llun|Mawrth|Mercher|Iau|Gwener|Sadwrn|Sul)",
        "“Dydd” in the middle of a sentence",
        "write “dydd”",
    ),
    (r"(?i)\bclicio?(?:wch)? yma\b", "a link that does not say where it goes", "name the page it opens"),
    (r"(?i)\brŵan\b", "a northern word", "write “nawr”"),
    (r"(?i)\bayy?b\b", "“ayb”", "write “etc”, or end the list"),
    (
        r"(?i)\bnid\s+(?:ydym|ydych|ydynt|ydw|wyf|oes|yw)\b",
        "a formal negative",
        "write “Dydyn ni ddim”, “Dydych chi ddim”, “Does dim”, “Dydy … ddim”",
    ),
    (
        r"(?i)\b(?:lanlwytho|lanlwythwch|llwytho i fyny)\b",
        "a term other than the site’s own",
        "write “uwchlwytho”",
    ),
    (r"(?i)\b(?:arbedwch|arbed a )", "a term other than the site’s own", "“save” is “cadw”"),
    (r"(?i)\byn eich blaen\b", "a term other than the site’s own", "“continue” is “parhau”"),
]

_COMPILED_WELSH = [(re.compile(pattern), what, mend) for pattern, what, mend in _WELSH]
_COMPILED_SIGNS = [(re.compile(pattern), what, mend) for pattern, what, mend in _SIGNS]
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n+|:\s*(?=\n|$)|(?<=\s)[•·|](?=\s)|;")
_WORD = re.compile(rf"[^\W_]+(?:[’'-][^\W_]+)*|{SLOT}5?")


def placeholders_out(text: str) -> str:
    """The text with NUMBER or SLOT in place of each placeholder or template expression."""

    def stand_in(found: re.Match[str]) -> str:
        name = found["python"] or found["brace"] or ""
        is_number = found["kind"] in ("d", "i", "f") or found["bare"] == "d"
        return NUMBER if is_number or re.fullmatch(_NUMBER_NAMES, name) else SLOT

    return _PLACEHOLDER.sub(stand_in, text).replace("%%", "%")


def addresses_out(text: str) -> str:
    """The text with SLOT in place of each web or e-mail address and path."""
    return _ADDRESS.sub(SLOT, text)


def tags_out(text: str) -> str:
    """The text without its HTML tags and with its character references written out."""

    def replacement(found: re.Match[str]) -> str:
        name = re.match(r"</?([a-zA-Z][\w-]*)", found[0])
        return "" if name and name[1].lower() in INLINE_TAGS else "\n"

    return html.unescape(_TAG.sub(replacement, text))


def plain(text: str) -> str:
    """What there is to read of a message: tags, placeholders and addresses taken out."""
    return addresses_out(placeholders_out(tags_out(text)))


def signs(text: str, language: str) -> Iterator[Hit]:
    """Wrong signs and spaces, in either language; what holds for Welsh only is kept to Welsh."""
    for number, (pattern, what, mend) in enumerate(_COMPILED_SIGNS):
        if language == "cy" or number not in (2, 5, 6):
            for found in pattern.finditer(text):
                yield Hit(found.start(), what, mend)


def usage(text: str) -> Iterator[Hit]:
    """Wrong usage and register in a Welsh text."""
    for pattern, what, mend in _COMPILED_WELSH:
        for found in pattern.finditer(text):
            yield Hit(found.start(), f"{what}: “{found[0].strip()}”", mend)


def long_sentences(text: str) -> Iterator[Hit]:
    """Sentences of more than 25 words; a semicolon, a line break or a bullet ends a sentence too."""
    start = 0
    for end in [*(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]:
        words = _WORD.findall(text[start:end])
        if len(words) > LONGEST_SENTENCE:
            yield Hit(
                start,
                f"a sentence of {len(words)} words: “{' '.join(words[:5])} …”",
                f"split it; {LONGEST_SENTENCE} words is the most",
            )
        start = end
