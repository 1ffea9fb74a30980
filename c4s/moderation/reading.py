"""What a moderator reads: two versions side by side, and what differs between them, marked word by word."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import LANGUAGES, current_language
from c4s.moderation import rules
from c4s.moderation.kinds import Content, Field, Kind, Said
from c4s.moderation.rules import Verdict

WORD = re.compile(r"\S+\s*")
LONGEST, AROUND = 40, 12  # words in a row that did not change; how many of them stand before a gap, and after it
MOST_STEPS = 500
"""Words gone and new, from one text to the other: where there are more, it counts as written anew; so nobody can keep
us busy with texts that are hard to compare."""
CRUMB = 2
"""So few words that are the same between longer ones that are not say nothing: they count as written anew too."""


@dataclass(frozen=True)
class Decision:
    """What a moderator says of one field.

    Attributes:
        phrase: the code of a ready reason, one of ``rules.Reason``.
        words: their own, in the languages of those who are told.
        suggestion: what they would write instead; None for nothing.
    """

    verdict: Verdict | None
    phrase: str = ""
    words: Bilingual = Bilingual()
    suggestion: Any = None


ACCEPTED = Decision(Verdict.ACCEPTED)


@dataclass(frozen=True)
class Piece:
    """Some words of a text, and what became of them: ``same``, ``gone``, ``new``, or ``left_out`` for a gap."""

    what: str
    words: str


@dataclass(frozen=True)
class Version:
    """One text in one language, as a column shows it; none in particular when its author does not write it twice."""

    language: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Change:
    """One field of two versions.

    Attributes:
        before, now: its values; None where it does not come at all.
        said_before, said_now: the same in words.
    """

    field: Field
    before: Any
    now: Any
    said_before: Said
    said_now: Said

    @property
    def is_changed(self) -> bool:
        return differ(self.before, self.now)

    @property
    def takes_suggestion(self) -> bool:
        """Whether a moderator can write other words: not for what is picked from a list, or drawn."""
        if self.now is None or self.said_now.picture:
            return False
        if self.said_now.is_bilingual:
            return isinstance(self.now, Mapping) and set(self.now) == set(LANGUAGES)
        return isinstance(self.now, str) and self.now != "" and self.said_now.words.spoken("cy")[0] == self.now

    def sides(self) -> list[tuple[Version, Version]]:
        """The text before and now, marked: once in each language in which its author writes it, the page’s own
        first; or once."""
        if self.said_before.is_bilingual or self.said_now.is_bilingual:
            codes = sorted(LANGUAGES, key=lambda code: code != current_language())
            pairs = [
                (code, getattr(self.said_before.words, code), getattr(self.said_now.words, code)) for code in codes
            ]
        else:
            # Words about a value, not its author's: each reader has them in their own language.
            pairs = [("", _spoken(self.said_before), _spoken(self.said_now))]
        marks = [(code, *marked(before, now)) for code, before, now in pairs]
        return [(Version(code, before), Version(code, now)) for code, before, now in marks]


def _spoken(said: Said) -> str:
    return said.words.spoken(current_language())[0]


def compared(kind: Kind, before: Content, now: Content) -> list[Change]:
    """Every field of two versions, in the order in which people read them."""
    nothing = Said(Bilingual())

    def said(field: Field, content: Content) -> Said:
        return kind.say(field.name, content[field.name]) if field.name in content else nothing

    return [
        Change(field, before.get(field.name), now.get(field.name), said(field, before), said(field, now))
        for field in kind.fields(before, now)
    ]


def changed(kind: Kind, before: Content, now: Content) -> list[Field]:
    """The fields that differ."""
    return [field for field in kind.fields(before, now) if differ(before.get(field.name), now.get(field.name))]


def differ(before: Any, now: Any) -> bool:
    """Whether two values say other things: one that does not come at all is like one with nothing in it."""
    return bool(before != now) and not (rules.is_empty(before) and rules.is_empty(now))


def language(changes: Sequence[Change]) -> str:
    """In which languages what changed is written: ``cy``, ``en`` or ``both``."""
    found = {
        code
        for change in changes
        if change.is_changed and (change.said_before.is_bilingual or change.said_now.is_bilingual)
        for code in LANGUAGES
        if getattr(change.said_before.words, code) != getattr(change.said_now.words, code)
    }
    return rules.language_of(found)


def plain(content: Content) -> dict[str, Any]:
    """A content as JSON keeps it, so that it can be compared with one that was kept."""
    kept: dict[str, Any] = json.loads(json.dumps(dict(content)))
    return kept


def digest(before: Content, now: Content) -> str:
    """A mark of exactly these two versions: a decision carries the mark of what its moderator read."""
    both = json.dumps([dict(before), dict(now)], sort_keys=True)
    return hashlib.blake2s(both.encode(), digest_size=16).hexdigest()


def marked(before: str, now: str) -> tuple[list[Piece], list[Piece]]:
    """Two texts, cut where they differ: what is gone in the first, what is new in the second; long stretches that
    are the same in both are left out but for their ends."""
    old, new = WORD.findall(before.strip()), WORD.findall(now.strip())
    first: list[Piece] = []
    second: list[Piece] = []
    i = k = 0
    for j, m, length in [*_same([word.strip() for word in old], [word.strip() for word in new])]:
        first += [Piece("gone", "".join(old[i:j]))] if i < j else []
        second += [Piece("new", "".join(new[k:m]))] if k < m else []
        at_start, at_end = j == m == 0, j + length == len(old) and m + length == len(new)
        i, k = j + length, m + length
        if length:
            first += _folded(old[j:i], at_start, at_end)
            second += _folded(new[m:k], at_start, at_end)
    return first, second


def _same(old: list[str], new: list[str]) -> list[tuple[int, int, int]]:
    """Where two rows of words are the same: from which word in the one and in the other, and for how many; the last
    is none at the end of both."""
    runs = [[0, 0, 0]]
    for x, y in _pairs(old, new):
        if (x, y) == (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]):
            runs[-1][2] += 1
        else:
            runs.append([x, y, 1])
    runs.append([len(old), len(new), 0])
    found: list[tuple[int, int, int]] = []
    for number, (x, y, length) in enumerate(runs):
        if 0 < number < len(runs) - 1 and length <= CRUMB:
            start = found[-1] if found else (0, 0, 0)
            gap = max(x - start[0] - start[2], y - start[1] - start[2])
            following = runs[number + 1]
            if gap > CRUMB and max(following[0] - x, following[1] - y) - length > CRUMB:
                continue
        found.append((x, y, length))
    return found


def _pairs(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Which word of one row stands for which of the other, in the shortest way from the one to the other (Myers, 1986);
    but for those at the ends none, when the way is long. What it costs grows with the way, whatever the words are.

    ``ways[steps][j]`` is how far into the old row one gets in so many steps on the diagonal ``2 * j - steps``.
    """
    ways: list[list[int]] = []
    for steps in range(min(len(old) + len(new), MOST_STEPS) + 1):
        before, way = ways[-1] if ways else [], []
        for j in range(steps + 1):
            x = _step(before, j, steps)[0]
            y = x - 2 * j + steps
            while x < len(old) and y < len(new) and old[x] == new[y]:
                x, y = x + 1, y + 1
            way.append(x)
            if (x, y) == (len(old), len(new)):
                return _back(ways, x, y)
        ways.append(way)
    start = next((n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    rest = min(len(old), len(new)) - start
    end = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    last = [(len(old) - n, len(new) - n) for n in range(end, 0, -1)]
    return [*((n, n) for n in range(start)), *last]


def _step(before: list[int], j: int, steps: int) -> tuple[int, int]:
    """How far one gets with one more step, and from which place of the row before."""
    if steps == 0:
        return 0, 0
    if j == 0 or (j < steps and before[j] > before[j - 1]):
        return before[j], j  # a new word
    return before[j - 1] + 1, j - 1  # a word that is gone


def _back(ways: list[list[int]], x: int, y: int) -> list[tuple[int, int]]:
    """The words that were passed on the way, from the end of it."""
    found = []
    for steps in range(len(ways), -1, -1):
        j = (x - y + steps) // 2
        start, origin = _step(ways[steps - 1] if steps else [], j, steps)
        while x > start:
            x, y = x - 1, y - 1
            found.append((x, y))
        if steps:
            x = ways[steps - 1][origin]
            y = x - 2 * origin + steps - 1
    return found[::-1]


def _folded(words: list[str], at_start: bool, at_end: bool) -> list[Piece]:
    """Words that did not change, those left out that are far from anything that did."""
    if len(words) <= LONGEST:
        return [Piece("same", "".join(words))]
    ends = [] if at_start else [Piece("same", "".join(words[:AROUND]))]
    gap = Piece("left_out", "…")
    return [*ends, gap] if at_end else [*ends, gap, Piece("same", "".join(words[-AROUND:]))]
