"""Wrong mutations and wrong forms of little words (y/yr, a/ac, yn/ym/yng) in Welsh text.

The words that cause a mutation come from the rule file of cymraeg-mcp, and are added to here; what mutates,
and how, is read in the dictionary, which marks every form. A rule speaks only when it can be sure: the word
must be known, and must have no other reading that would be right. Names of people stay as they are, so
names.txt is left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import yaml
from cymraeg_mcp.paths import mutation_rules_path

from c4s.i18n.wording import SLOT, Hit
from tests.house.welsh.lexicon import (
    ASPIRATE,
    BREATHED,
    NASAL,
    RADICAL,
    SOFT,
    VOWELS,
    Lexicon,
    initial,
    lexicon,
    listed,
    mutate,
)

_HERE = Path(__file__).parent
_LETTERS = "A-Za-zÀ-ÖØ-öø-ÿŴŵŶŷẀẁẂẃẄẅỲỳ"
_TOKEN = re.compile(rf"[{_LETTERS}0-9]*[{_LETTERS}][{_LETTERS}0-9]*(?:['’-][{_LETTERS}0-9]+)*['’]?|['’][{_LETTERS}]+")
_BREAK = re.compile(rf"[.!?;:,\n\r()\[\]“”‘\"«»‹›—–/•·|…0-9%£@+=*#<>{SLOT}]")
_CLITIC = re.compile(r"^(.*[^'])'(r|n|i|u|w|m|th|ch)$", re.IGNORECASE)

# Never mutated, or lexically mutated already, or followed by something the rules below cannot see.
_NEVER = set(
    """
    mi ti fe fo fi hi ni chi nhw hwy hwythau minnau tithau hithau finnau chithau ninnau mae maen
    maent mod bod bu y yr yn i a ac na nac dim do dy mewn bron tua tuag fy ei eich ein eu law gilydd
    braf mor pan fel mai byth gan gen gennyf gennych gennym gennyn ganddo ganddi ganddyn ganddynt
    gyda gydag gydol trwy drwy dros dan tan tros drosodd draw dramor tramor beth ble lle pryd pam
    pwy pa cyn ger pe ddim megis mwyach bellach ddoe dydy dyw dydw dyna dyma dacw gynt gynnau pun
    byddwch byddai bydd cystal bach tra dylid rhag rhwng rhy oddi doedd does gerllaw gartref
    """.split()
)
# Borrowed words keep their g.
_NEVER |= set(
    """
    glwten gêm gemau gôl goliau golff grŵp grwpiau garej garejis gram gramau grant grantiau gril
    gitâr gitarau graff
""".split()
)

# Words of the rule file whose other senses are too common to judge without understanding.
_NOT_FROM_THE_FILE = {"pur", "go", "na", "dy", "tan", "hyd"}
_MORE_TRIGGERS = {
    **dict.fromkeys(
        ("unrhyw", "holl", "ambell", "rhyw", "prif", "cryn", "pan", "pha", "ychydig", "ddau", "ddwy", "oddi"),
        SOFT,
    ),
    **dict.fromkeys(("thri", "dri"), ASPIRATE),
}
_EXCEPT_LL_RH = {"mor", "rhy", "y", "yr", "'r", "un"}
_MUTATION_NAMES = {"soft": SOFT, "nasal": NASAL, "aspirate": ASPIRATE}
_SPOKEN = {
    SOFT: "soft mutation",
    NASAL: "nasal mutation",
    ASPIRATE: "aspirate mutation",
    BREATHED: "h before a vowel",
}

_NO_MUTATION_AFTER = {
    "wedi",
    "mewn",
    "pob",
    "fel",
    "rhwng",
    "ger",
    "sawl",
    "rhai",
    "ein",
    "eich",
    "eu",
    "'ch",
    "'u",
}
_NO_MUTATION_AFTER |= {"mae", "oes", "yw", "ydy", "angen", "eisiau", "gyfer"}
# Nouns that stand mutated when they say when.
_TIMES = {"dydd", "diwrnod", "mis", "blwyddyn", "bore", "prynhawn", "noson", "wythnos", "munud", "dwywaith"}
_ASKING = set(
    """
    all alla allaf allai allan allwch allwn ddaw ddylai ddylid ddyliwn ddylwn ddylech ddylem fydd fydda fyddaf
    fyddai fyddan fyddech fyddem fyddwch fyddwn fedrwch fedra gaf gafodd gaiff gallaf geir gewch gawn gawsoch
    wnaeth wnaethoch wnaethon wnaiff wneith wnewch welwch wyddoch ddim ddoe weithiau bob fwy fwyfwy ddwywaith
    """.split()
)
# How verb-nouns end that are nothing else.
_VERB_NOUN = re.compile(r"(?:io|hau|[^aeo]u)$")
_NOT_VERB_NOUNS = {
    "teulu",
    "gallu",
    "llu",
    "radio",
    "stiwdio",
    "portffolio",
    "tristáu",
    "canu",
    "rhiw",
    "barbeciw",
}
_FIRST_PERSON = set(
    """
    dw rydw ydw mod fod hoffwn hoffwn byddaf bydda alla galla gallaf roeddwn oeddwn wnes gwnes rwy
    rwyf
""".split()
)
_ABLE = set(
    """
    gallwch gallwn gallech gallem allwch allwn allech cewch chewch gewch cawn hoffech hoffem hoffwn
    dylech dylem dylwn ddylech ddylem ddylwn medrwch medrwn fedrwch gwnaethoch wnaethoch gwnaethon
    wnaethon gwnaethom wnaethom
    """.split()
)
_ENDS_IN_OUR = {"i", "o", "a", "â", "gyda", "na"}  # i’n, o’n: “ein”, not “yn”
_SUBJECTS = {
    "mae",
    "sy",
    "chi",
    "ni",
    "nhw",
    "hi",
    "e",
    "fe",
    "fi",
    "hwn",
    "hon",
    "roedd",
    "oedd",
    "yma",
    "yno",
}
_PRONOUNS = {"chi", "ni", "nhw", "hi", "fe", "ef", "fi"}
_WCH_NOUNS = set(
    """
    diogelwch heddwch tristwch harddwch tawelwch llwch blwch flwch mlwch cyfeillgarwch hyfrydwch
    tywyllwch llonyddwch dieithrwch eiddilwch llawenwch ddiogelwch diolchgarwch gwydnwch wydnwch
    brawdgarwch hawddgarwch prydferthwch cynhesrwydd segurdod fflwch cuwch hwch uwch buwch fuwch
    cwch gwch ychwanegwch-at eich wch euogrwydd trwch drwch fflachlwch awch gwych uwchlaw
    """.split()
)
_FINITE = re.compile(r"(?:wch|wyd|odd|ir|id|ech|ith|iff|ant|asant)$")
_PASSIVE = re.compile(r"(?:wyd|ir|id)$")
# What “ni” and “na” are not the pronoun, or “or”, before; and what follows “pan”.
_NEGATED = set(
    """
    gall gallwch gallwn gallaf gallan gellir gellid cewch cawn caiff cafodd cafwyd cawsom dylech
    dylid dylai dylen dylem derbynnir caniateir cynhelir codir telir rhoddir dangosir gwelir cedwir
    gwerthir gofynnir cyhoeddir rhennir bydd byddwch byddwn byddai byddaf byddan byddem byddech daw
    daeth gwnaeth gwnaed gwelwyd cofnodwyd derbyniwyd defnyddir bu buodd
    """.split()
)
_EXCEPT_AETH = {"gwahaniaeth", "lluniaeth"}
_AC_TAKES = set(
    """
    mae maen maent mai mewn megis mor meddai na nac nad ni nid nis fe mi felly fel sydd sy fodd wedi
    roedd roeddwn roeddech roedden rydw rydych rydyn rydym rwy rwyf roeddent fy'n hyn byddai bydd
    fyddech sut y'i di-oed hefyd-hyn maddau bod
    """.split()
)
_AND_BEFORE_VOWEL = set(
    """
    eraill arall anfon agor ychwanegu ymuno ysgrifennu ailosod ateb adolygu argraffu aros unrhyw un
    am ar at o yn yna efallai ymateb uwchlwytho adnewyddu arwyddo esbonio egluro elwa ehangu
    """.split()
)
_CONTRACTED = {
    "i": {"y": "i’r", "yr": "i’r", "eich": "i’ch", "ei": "i’w", "eu": "i’w", "ein": "i’n"},
    "o": {"y": "o’r", "yr": "o’r", "eich": "o’ch", "ei": "o’i", "eu": "o’u", "ein": "o’n"},
    "a": {"y": "a’r", "yr": "a’r", "eich": "a’ch", "ei": "a’i", "eu": "a’u", "ein": "a’n"},
    "â": {"y": "â’r", "yr": "â’r", "eich": "â’ch", "ei": "â’i", "eu": "â’u", "ein": "â’n"},
    "gyda": {
        "y": "gyda’r",
        "yr": "gyda’r",
        "eich": "gyda’ch",
        "ei": "gyda’i",
        "eu": "gyda’u",
        "ein": "gyda’n",
    },
}
_GENDERED_NUMBERS = {
    "dau": ("m", "dwy"),
    "ddau": ("m", "ddwy"),
    "tri": ("m", "tair"),
    "thri": ("m", "thair"),
    "pedwar": ("m", "pedair"),
    "dwy": ("f", "dau"),
    "ddwy": ("f", "ddau"),
    "tair": ("f", "tri"),
    "pedair": ("f", "pedwar"),
}
_NUMBER_WORDS = {
    *_GENDERED_NUMBERS,
    "pum",
    "chwe",
    "saith",
    "wyth",
    "naw",
    "deg",
    "deng",
    "sawl",
    "pob",
    "ambell",
}
_YEAR_NUMBERS = {"pum", "saith", "wyth", "naw", "deng", "deg", "pymtheng", "ugain", "can"}
_YEAR_DIGITS = {5, 7, 8, 9, 10, 12, 15, 18, 20, 50, 100}
_FEMININE_PAIRS_LEFT_ALONE = {("wythnos", "diwethaf"), ("nos", "da"), ("noson", "da"), ("rhan", "gorau")}
_NOT_COUNTED_AFTER = set(
    """
    rhan cam tudalen adran rhif cwestiwn lefel uned ystafell erthygl categori cymal atodiad
""".split()
)
_ALSO_VERBS = {
    "cynnig",
    "cyfrif",
    "dewis",
    "cyfarfod",
    "ateb",
    "parcio",
    "gofal",
    "cais",
    "llun",
    "mis",
    "bore",
    "gwaith",
    "maint",
    "math",
    "papur",
    "dosbarth",
    "prynhawn",
    "cam",
    "bil",
    "dyn",
    "gwerth",
    "punt",
    "teg",
}


@dataclass(slots=True)
class Token:
    """A word of the text, with straight apostrophes;

    what is joined to its end ('r, 'n, 'u …) is kept apart.
    """

    word: str
    clitic: str
    start: int
    apart: bool  # a sign, a digit or a placeholder stands between this word and the one before
    first: bool  # it begins a sentence

    @property
    def low(self) -> str:
        return self.word.lower()

    @property
    def trigger(self) -> str:
        """What the next word is mutated by: the end that was joined on, or else the word itself."""
        return "'" + self.clitic if self.clitic else self.low


def tokens(text: str) -> list[Token]:
    """The words of the text in order."""
    found: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        between = text[end : match.start()]
        whole = match[0].replace("’", "'").rstrip("'")
        joined = _CLITIC.match(whole)
        word, clitic = (joined[1], joined[2].lower()) if joined else (whole, "")
        first = not found or bool(re.search(r"[.!?:;\n•“]", between))
        found.append(Token(word, clitic, match.start(), first or bool(_BREAK.search(between)), first))
        end = match.end()
    return found


@dataclass(frozen=True)
class Nouns:
    """The nouns of nouns.txt by gender and number."""

    feminine: frozenset[str]
    masculine: frozenset[str]
    plural: dict[str, str]

    @cached_property
    def singular(self) -> frozenset[str]:
        return self.feminine | self.masculine


@cache
def nouns() -> Nouns:
    """nouns.txt, with the feminine nouns of the rule file of cymraeg-mcp."""
    rows = [line.split() for line in listed(_HERE / "nouns.txt")]
    feminine = {row[0] for row in rows if row[1] == "f"} | set(_rules()["feminine_nouns"])
    masculine = {row[0] for row in rows if row[1] == "m"}
    plural = {row[2]: row[0] for row in rows if row[2] != "-" and row[2] not in feminine | masculine}
    return Nouns(frozenset(feminine - masculine), frozenset(masculine - feminine), plural)


@cache
def _rules() -> dict[str, list[str]]:
    rules: dict[str, list[str]] = yaml.safe_load(mutation_rules_path().read_text(encoding="utf-8"))
    return rules


@cache
def triggers() -> dict[str, str]:
    """What always causes a mutation in the next word, and which."""
    from_file = {
        rule["word"]: _MUTATION_NAMES[rule["mutation"]]
        for rule in _rules()["triggers"]  # type: ignore[attr-defined]
        if rule["kind"] == "simple" and rule["word"] not in _NOT_FROM_THE_FILE
    }
    return from_file | _MORE_TRIGGERS


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(listed(_HERE / name))


class Proof:
    """Reads one text. `names` are words that stay as they are."""

    def __init__(self, text: str, names: frozenset[str] = frozenset(), words: Lexicon | None = None) -> None:
        self.text = text
        self.names = names | _words("names.txt")
        self.words = words or lexicon()
        self.tokens = tokens(text)

    def hits(self) -> Iterator[Hit]:
        """Everything the rules find, in no order."""
        seen: set[int] = set()
        for hit in self._all():
            if hit.start not in seen:
                seen.add(hit.start)
                yield hit

    def _all(self) -> Iterator[Hit]:
        for at, word in enumerate(self.tokens):
            if word.first and not self._left_alone(word):
                yield from self._beginning(word)
            before = self.tokens[at - 1] if at and not word.apart else None
            if before is None or self._left_alone(word):
                continue
            earlier = self.tokens[at - 2] if at > 1 and not before.apart else None
            yield from self._forms(before, word)
            yield from self._yn(before, word)
            yield from self._article(before, word)
            yield from self._negative(before, word)
            yield from self._trigger(earlier, before, word)
            yield from self._none(earlier, before, word)
            yield from self._possessive(before, word)
            yield from self._sequence(earlier, before, word)
            yield from self._agreement(earlier, before, word)
            yield from self._numbers(before, word)
        yield from self._digits()

    # What a word is

    def _left_alone(self, word: Token) -> bool:
        return (
            word.word in self.names
            or (len(word.word) > 1 and word.word.isupper())
            or (len(word.word) == 1 and word.low not in "aâioyŷ")
            or any(sign.isdigit() for sign in word.word)
        )

    def _is(self, word: Token, mutation: str) -> bool:
        return any(reading.mutation == mutation for reading in self.words.readings(word.word))

    def _plain(self, word: Token) -> bool:
        """Known unmutated, and with no other reading."""
        readings = self.words.readings(word.word)
        return bool(readings) and all(reading.mutation == RADICAL for reading in readings)

    def _bare(self, word: Token) -> str:
        """The word as it would be unmutated, in lower case."""
        if self._is(word, RADICAL):
            return word.low
        readings = self.words.readings(word.word)
        return readings[0].radical.lower() if readings else word.low

    def _bares(self, word: Token) -> set[str]:
        return {reading.radical.lower() for reading in self.words.readings(word.word)} | {word.low}

    def _should(self, word: Token, mutation: str, why: str) -> Iterator[Hit]:
        """A hit, if the word is surely unmutated where it should be mutated."""
        right = mutate(word.word, mutation)
        if right is not None and word.low not in _NEVER and self._plain(word):
            yield Hit(
                word.start,
                f"“{_shown(why)} {_shown(word.word)}”: no {_SPOKEN[mutation]}",
                f"write “{_shown(why)} {_shown(right)}”",
            )

    def _should_not(self, word: Token, why: str) -> Iterator[Hit]:
        """A hit, if the word is surely mutated where it should not be."""
        if word.low in _NEVER or self._is(word, RADICAL):
            return
        for reading in self.words.readings(word.word):
            if reading.mutation != BREATHED and reading.radical.lower() not in _NEVER:
                yield Hit(
                    word.start,
                    f"“{_shown(why)} {_shown(word.word)}”: {_SPOKEN[reading.mutation]} without cause",
                    f"write “{_shown(why)} {_shown(reading.radical)}”",
                )
                return

    def _is_verb_noun(self, radical: str) -> bool:
        low = radical.lower()
        return low in _words("verbs.txt") or (
            len(low) > 4 and bool(_VERB_NOUN.search(low)) and low not in _NOT_VERB_NOUNS | nouns().singular
        )

    def _mutated_noun(self, word: Token) -> bool:
        """A noun of nouns.txt that is surely mutated, and does not say when."""
        bare = self._bares(word) & (nouns().singular | nouns().plural.keys())
        return bool(bare) and not self._is(word, RADICAL) and not bare & _TIMES and not bare & _ALSO_VERBS

    # The rules

    def _beginning(self, word: Token) -> Iterator[Hit]:
        """A word that begins a sentence has nothing to mutate it, unless it asks, denies or says when."""
        soft = self.words.radical_of(word.word, SOFT)
        before = self.text[: word.start].rstrip(" ‘“(")
        begins = word.word[0].isupper() and (not before or before[-1] in ".!?\n")
        if not soft or not begins or self._is(word, RADICAL) or word.low in _NEVER:
            return
        asks = word.low in _ASKING or (self._finite(word) and not word.low.endswith("wch"))
        if not asks and not self._bares(word) & _TIMES:
            what = f"“{_shown(word.word)}” begins a sentence: soft mutation without cause"
            yield Hit(word.start, what, f"write “{_shown(soft.capitalize())}”")

    def _trigger(self, earlier: Token | None, before: Token, word: Token) -> Iterator[Hit]:
        if before.clitic:
            return
        mutation = triggers().get(before.low)
        if before.low in ("na",) and earlier and re.search(r"(?:ach|mwy|fwy|llai|lai|gwell|well)$", earlier.low):
            mutation = ASPIRATE
        if mutation is None or (initial(word.word) in ("ll", "rh") and before.low in _EXCEPT_LL_RH):
            return
        if before.low == "neu" and self._finite(word):
            return
        if before.low in ("i", "o") and earlier and earlier.low in _FIRST_PERSON:
            return
        if before.low == "gan" and earlier and earlier.low in ("at", "o", "i", "am", "ar", "dros"):
            return  # “hyd at gan cilogram”: a hundred
        yield from self._should(word, mutation, before.word)

    def _none(self, earlier: Token | None, before: Token, word: Token) -> Iterator[Hit]:
        cause = before.trigger
        if (
            cause in _NO_MUTATION_AFTER
            or (cause == "mwyn" and earlier and earlier.low == "er")
            or (cause == "ôl" and earlier and earlier.low == "ar")
        ):
            yield from self._should_not(word, before.word + ("'" + before.clitic if before.clitic else ""))
        elif before.clitic:
            return
        elif (cause == "neu" and word.low.endswith("wch") and self._finite(word)) or (
            self._mutated_noun(word)
            and (self._is(word, SOFT) if cause == "a" else self._bares(before) & _words("verbs.txt"))
        ):
            yield from self._should_not(word, before.word)

    def _article(self, before: Token, word: Token) -> Iterator[Hit]:
        if before.trigger not in ("y", "yr", "'r", "un"):
            return
        why = before.word + ("'" + before.clitic if before.clitic else "")
        bare = self._bares(word)
        feminine = word.low in nouns().feminine or (
            word.low.endswith(("iaeth", "fa")) and len(word.low) > 5 and word.low not in _EXCEPT_AETH
        )
        if feminine and initial(word.word) not in ("ll", "rh"):
            yield from self._should(word, SOFT, why)
        elif before.trigger != "un" and self._is(word, SOFT):
            masculine = bare & nouns().masculine and not bare & nouns().feminine
            plural = bare & nouns().plural.keys() and not bare & nouns().singular
            yield from self._should_not(word, why) if masculine or plural else ()
        if initial(word.word) in ("l", "r") and bare & nouns().feminine and not self._is(word, RADICAL):
            yield from self._should_not(word, why)

    def _possessive(self, before: Token, word: Token) -> Iterator[Hit]:
        cause = before.trigger
        why = before.word + ("'" + before.clitic if before.clitic else "")
        if cause in ("ein", "eu", "'u") and word.low[:1] in VOWELS and word.low[:1] != "w":
            breathed = "h" + word.low
            if self.words.radical_of(breathed, BREATHED) and word.low not in _NEVER:
                yield Hit(
                    word.start,
                    f"“{_shown(why)} {_shown(word.word)}”: no h before the vowel",
                    f"write “{_shown(why)} {_shown(breathed)}”",
                )
        bare = initial(word.word) in ("p", "t", "c") and self._plain(word) and word.low not in _NEVER
        if bare and (cause == "ei" or (cause == "'i" and before.low in ("wedi", "o", "gyda", "â", "heb"))):
            soft, aspirate = mutate(word.word, SOFT), mutate(word.word, ASPIRATE)
            yield Hit(
                word.start,
                f"“{_shown(why)} {_shown(word.word)}”: no mutation",
                f"write “{soft}” (his, a masculine thing) or “{aspirate}” (her, a feminine thing)",
            )
        if bare and cause == "a":
            right = mutate(word.word, ASPIRATE)
            yield Hit(word.start, f"“a {_shown(word.word)}”: no aspirate mutation", f"write “a {right}”")

    def _yn(self, before: Token, word: Token) -> Iterator[Hit]:
        cause = before.trigger
        if cause not in ("yn", "ym", "yng", "'n") or (cause == "'n" and before.low in _ENDS_IN_OUR):
            return
        first = initial(word.word)
        why = before.word + ("'" + before.clitic if before.clitic else "")
        if cause == "ym" and first not in ("m", "mh"):
            right = mutate(word.word, NASAL) if first in ("p", "b") else None
            yield Hit(
                before.start,
                f"“ym {_shown(word.word)}”",
                f"write “ym {right}”" if right else "“ym” stands before m and mh only",
            )
        elif cause == "yng" and first not in ("ng", "ngh"):
            right = mutate(word.word, NASAL) if first in ("c", "g") else None
            yield Hit(
                before.start,
                f"“yng {_shown(word.word)}”",
                f"write “yng {right}”" if right else "“yng” stands before ng and ngh only",
            )
        if cause not in ("yn", "'n") or word.low in _NEVER:
            return
        if cause == "yn" and self._is(word, NASAL) and not self._is(word, RADICAL):
            if first in ("m", "mh", "ng", "ngh") and not self._is(word, SOFT):
                yield Hit(
                    before.start,
                    f"“yn {_shown(word.word)}”",
                    f"write “{'ym' if first[0] == 'm' else 'yng'} {word.word}”",
                )
            return
        if cause == "yn" and word.word[0].isupper() and not self._is(word, SOFT):
            nasal = mutate(word.word, NASAL)
            if first == "m":
                yield Hit(before.start, f"“yn {word.word}”", f"write “ym {word.word}”")
            elif nasal:
                form = {"m": "ym", "n": "yn"}.get(nasal[0].lower(), "yng")
                form = "yn" if initial(nasal) in ("n", "nh") else form
                form = "yng" if initial(nasal) in ("ng", "ngh") else form
                yield Hit(word.start, f"“yn {word.word}”: no nasal mutation", f"write “{form} {nasal}”")
            return
        if word.low in _words("adjectives.txt") and first not in ("ll", "rh"):
            yield from self._should(word, SOFT, why)
        elif (word.low in nouns().singular or word.low in nouns().plural) and word.low not in _ALSO_VERBS:
            if cause == "'n" and before.low not in _SUBJECTS:
                return  # “gwella’n gwasanaeth” is “our service”
            if first not in ("ll", "rh") and mutate(word.word, SOFT) is not None and self._plain(word):
                yield Hit(
                    word.start,
                    f"“{_shown(why)} {_shown(word.word)}”: no mutation",
                    f"write “yn {mutate(word.word, SOFT)}” (as …) or the nasal mutation (in …)",
                )
        elif not self._is(word, RADICAL):
            if first in ("l", "r") and self._is(word, SOFT):
                radical = self.words.radical_of(word.word, SOFT) or ""
                if initial(radical) in ("ll", "rh"):
                    yield Hit(
                        word.start,
                        f"“{_shown(why)} {_shown(word.word)}”: “yn” does not mutate ll and rh",
                        f"write “{_shown(why)} {radical}”",
                    )
                    return
            soft = self.words.radical_of(word.word, SOFT)
            if soft and self._is_verb_noun(soft):
                yield Hit(
                    word.start,
                    f"“{_shown(why)} {_shown(word.word)}”: “yn” does not mutate a verb",
                    f"write “{_shown(why)} {soft}” (or “yn ei {_shown(word.word)}”)",
                )

    def _negative(self, before: Token, word: Token) -> Iterator[Hit]:
        if before.clitic:
            return
        first = initial(word.word)
        if before.low in ("ni", "na", "oni", "pan") and word.low in _NEGATED:
            right = mutate(word.word, ASPIRATE if first in ("p", "t", "c") and before.low != "pan" else SOFT)
            yield Hit(
                word.start,
                f"“{before.word} {_shown(word.word)}”: no mutation",
                f"write “{before.word} {right}”",
            )
            return
        if before.low == "a" and _PASSIVE.search(word.low) and self._finite(word):
            yield from self._should(word, SOFT, before.word)
        if before.low not in ("ni", "oni") or not before.first:
            return
        if first in ("p", "t", "c"):
            yield from self._should(word, ASPIRATE, before.word)
        elif first in ("g", "d", "m", "ll", "rh"):
            yield from self._should(word, SOFT, before.word)

    def _sequence(self, earlier: Token | None, before: Token, word: Token) -> Iterator[Hit]:
        """What follows the subject, or the verb with its subject in it, takes the soft mutation."""
        if before.clitic or word.word[0].isupper():
            return
        if before.low in _ABLE or (before.low in _PRONOUNS and earlier and not earlier.clitic and earlier.low in _ABLE):
            if not self._finite(word):
                yield from self._should(word, SOFT, before.word)
        elif before.low in _PRONOUNS and earlier and earlier.low in ("i", "iddyn", "iddynt") and not earlier.clitic:
            yield from self._should(word, SOFT, f"{earlier.word} {before.word}")
        elif before.low in ("iddo", "iddi"):
            if word.low in _words("verbs.txt"):
                yield from self._should(word, SOFT, before.word)
        elif before.low.endswith("wch") and before.low not in _WCH_NOUNS and self.words.readings(before.word):
            if not self._finite(word):
                yield from self._should(word, SOFT, before.word)
        elif before.low in ("ichi", "inni") or (
            before.low in ("hyn", "hwn", "hon") and earlier and earlier.low in ("gall", "all", "dylai")
        ):
            if word.low in _words("verbs.txt"):
                yield from self._should(word, SOFT, before.word)
        elif before.low in ("gennych", "gennym", "gennyn", "gennyf", "ganddo", "ganddi", "ganddyn"):
            listed_noun = word.low in nouns().singular or word.low in nouns().plural
            yield from self._should(word, SOFT, before.word) if listed_noun else ()

    def _finite(self, word: Token) -> bool:
        """An inflected verb, as far as its ending tells:

        it stays unmutated after “neu” and begins a new clause.
        """
        if word.low.endswith("wch"):
            return word.low not in _WCH_NOUNS
        return bool(_FINITE.search(word.low)) and not self.words.is_headword(word.word)

    def _agreement(self, earlier: Token | None, before: Token, word: Token) -> Iterator[Hit]:
        """Gender: hwn and hon, and the adjective after its noun."""
        if before.clitic:
            return
        heads = self._bares(before)
        feminine = bool(heads & nouns().feminine) and not heads & nouns().masculine
        masculine = bool(heads & nouns().masculine) and not heads & nouns().feminine
        pair = f"“{_shown(before.word)} {_shown(word.word)}”"
        swap = {"hwn": "hon", "hwnnw": "honno"} if feminine else {"hon": "hwn", "honno": "hwnnw"} if masculine else {}
        if word.low in swap and not self._mixed(earlier, masculine):
            yield Hit(
                word.start,
                f"{pair}: “{before.word}” is {'feminine' if feminine else 'masculine'}",
                f"write “{_shown(before.word)} {swap[word.low]}”",
            )
        described = feminine and word.low in _words("adjectives.txt") and not heads & nouns().plural.keys()
        if described and not any((head, word.low) in _FEMININE_PAIRS_LEFT_ALONE for head in heads):
            yield from self._should(word, SOFT, before.word)
        plural = bool(heads & nouns().plural.keys()) and not heads & nouns().singular
        if (masculine or plural) and not self._is(word, RADICAL) and not self._mixed(earlier, True):
            soft = self.words.radical_of(word.word, SOFT)
            if soft and soft.lower() in _words("adjectives.txt"):
                yield Hit(
                    word.start,
                    f"{pair}: “{_shown(before.word)}” is {'masculine' if masculine else 'plural'}",
                    f"write “{_shown(before.word)} {soft}”",
                )

    def _mixed(self, earlier: Token | None, masculine: bool) -> bool:
        """Does a noun of the other gender stand before the pair, which the last word could belong to?"""
        other = nouns().feminine if masculine else nouns().masculine
        return earlier is not None and bool(self._bares(earlier) & other)

    def _numbers(self, before: Token, word: Token) -> Iterator[Hit]:
        if before.clitic:
            return
        bare = self._bares(word)
        number = before.low
        if number in _NUMBER_WORDS:
            plural = bare & nouns().plural.keys()
            if plural and not bare & nouns().singular:
                singular = nouns().plural[plural.pop()]
                yield Hit(
                    word.start,
                    f"“{before.word} {_shown(word.word)}”: a plural after a number",
                    f"the singular follows a number: “{singular}”",
                )
        if number in _GENDERED_NUMBERS:
            gender, other = _GENDERED_NUMBERS[number]
            wrong = nouns().feminine if gender == "m" else nouns().masculine
            right = nouns().masculine if gender == "m" else nouns().feminine
            if bare & wrong and not bare & right:
                yield Hit(
                    before.start,
                    f"“{before.word} {_shown(word.word)}”: the number has the other gender",
                    f"write “{other}”",
                )
        if number in _YEAR_NUMBERS and word.low in ("blynedd", "blwydd"):
            yield Hit(word.start, f"“{before.word} {word.word}”", f"write “{before.word} m{word.low[1:]}”")

    def _digits(self) -> Iterator[Hit]:
        """A number in figures: the noun is singular, and 2, 3 and 6 mutate it."""
        for found in re.finditer(rf"(?<![\d.,:/–£-])(?P<n>\d{{1,3}}(?:,\d{{3}})*)[ \u00a0](?=[{_LETTERS}])", self.text):
            at = next((i for i, word in enumerate(self.tokens) if word.start == found.end()), None)
            if at is None or self._left_alone(self.tokens[at]):
                continue
            word, before = self.tokens[at], self.tokens[at - 1] if at else None
            if before and before.low in _NOT_COUNTED_AFTER:
                continue
            bare, figures = self._bares(word), found["n"]
            number = None if found.start() and self.text[found.start() - 1] == SLOT else int(figures.replace(",", ""))
            shown = f"“{'…' if number is None else figures} {_shown(word.word)}”"
            plural = bare & nouns().plural.keys()
            if plural and not bare & nouns().singular:
                yield Hit(
                    word.start,
                    f"{shown}: a plural after a number",
                    f"write the singular, “{nouns().plural[plural.pop()]}”, or “o” and the plural",
                )
            elif word.low in ("blynedd", "blwydd") and number in _YEAR_DIGITS:
                yield Hit(word.start, shown, f"write “{figures} m{word.low[1:]}”")
            elif word.low in ("mlynedd", "mlwydd") and number in (3, 4, 6):
                yield Hit(word.start, shown, f"write “{figures} b{word.low[1:]}”")
            elif word.low in nouns().singular and number in (2, 3, 6):
                mutation = SOFT if number == 2 else ASPIRATE
                if not (number == 3 and word.low in nouns().feminine):
                    yield from self._should(word, mutation, figures)
            elif word.low in nouns().feminine and number == 1 and initial(word.word) not in ("ll", "rh"):
                yield from self._should(word, SOFT, figures)
            elif number in (4, 5, 9, 10, 11) and bare & nouns().singular:
                yield from self._should_not(word, figures)

    def _forms(self, before: Token, word: Token) -> Iterator[Hit]:
        """y or yr, a or ac, â or ag, and what is written as one word with ’."""
        little = before.low if not before.clitic else ""
        first, second = word.low[:1], word.low[1:2]
        vowel = first in VOWELS and not (first == "w" and (second in tuple(VOWELS) or self._is(word, SOFT)))
        vowel = vowel or word.low.startswith("wythnos")
        unsure = word.low.startswith("wy") and not word.low.startswith("wythnos")
        pair = f"“{before.word} {_shown(word.word)}”"
        if little in _CONTRACTED and word.low in _CONTRACTED[little] and not word.word[0].isupper():
            yield Hit(before.start, pair, f"write “{_CONTRACTED[little][word.low]}”")
        elif little == "y" and (vowel or first == "h") and not unsure and len(word.word) > 1:
            yield Hit(before.start, pair, f"write “yr {_shown(word.word)}”")
        elif little == "yr" and not vowel and first != "h" and not unsure:
            yield Hit(before.start, pair, f"write “y {_shown(word.word)}”")
        elif (
            little == "ac"
            and not vowel
            and first not in "wi"
            and word.low not in _AC_TAKES
            and self.words.readings(word.word)
        ):
            yield Hit(before.start, pair, "“ac” stands before a vowel; write “a”")
        elif (
            little == "a"
            and vowel
            and not unsure
            and (word.low in nouns().singular or word.low in nouns().plural or word.low in _AND_BEFORE_VOWEL)
        ):
            yield Hit(before.start, pair, f"write “ac {_shown(word.word)}”")
        elif (
            little in ("â", "gyda", "tua")
            and vowel
            and not unsure
            and word.low not in ("y", "yr")
            and self._plain(word)
        ):
            yield Hit(
                before.start,
                pair,
                f"write “{ {'â': 'ag', 'gyda': 'gydag', 'tua': 'tuag'}[little] } {_shown(word.word)}”",
            )
        elif little in ("ag", "gydag") and not vowel and first not in "wis" and self.words.readings(word.word):
            yield Hit(before.start, pair, f"write “{'â' if little == 'ag' else 'gyda'}”")


def _shown(word: str) -> str:
    return word.replace("'", "’")
