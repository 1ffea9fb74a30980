"""The entries of a long JSON list, one at a time, with the line each begins on.

Python's own decoder reads one entry from a window on the file; only the window is ever in memory. (A
streaming package would do it too, but does not know lines, and this is all of it.)
"""

import codecs
import json
import re
from collections.abc import Collection, Generator
from typing import BinaryIO

from c4s.directory.reading.records import Unreadable, UnreadableFile

_CHUNK = 65536
_ENTRY_LIMIT = 4 << 20  # characters of one entry
_SPACE = re.compile(r"[ \t\r\n]*")
_NEARLY = 16  # an unfinished number or escape is seen this close to the end of what has been read


def entries(
    stream: BinaryIO, keys: Collection[str], around: dict[str, object]
) -> Generator[tuple[int, object], None, None]:
    """The entries of a list, or of the list that an object holds under one of the keys.

    Whole numbers come as text, so that none is too long. Of the object's other values, those whose keys are
    in ``around`` are put there. Raises UnreadableFile: empty, not JSON, another shape, cut off, or an entry
    over 4 million characters.
    """
    window = _Window(stream)
    opening = window.next_mark()
    if opening == "[":
        yield from _listed(window)
    elif opening == "{":
        yield from _in_object(window, keys, around)
    elif not opening:
        raise UnreadableFile(Unreadable.EMPTY)
    else:
        simple = opening in '"-0123456789tfn'  # a text, a number, true, false or null
        raise UnreadableFile(Unreadable.WRONG_ROOT if simple else Unreadable.NOT_JSON, line=window.line)
    if window.next_mark():
        raise UnreadableFile(Unreadable.NOT_JSON, line=window.line)


def _listed(window: "_Window") -> Generator[tuple[int, object], None, None]:
    window.step()
    if window.next_mark() == "]":
        window.step()
        return
    while True:
        window.next_mark()
        line = window.line
        yield line, window.value()
        mark = window.mark_among(",]")
        window.step()
        if mark == "]":
            return


def _in_object(
    window: "_Window", keys: Collection[str], around: dict[str, object]
) -> Generator[tuple[int, object], None, None]:
    window.step()
    found = False
    if window.next_mark() != "}":
        while True:
            window.mark_among('"')
            key = str(window.value())
            window.mark_among(":")
            window.step()
            if window.next_mark() == "[" and key in keys and not found:
                found = True
                yield from _listed(window)
            else:
                value = window.value()
                if key in around:
                    around[key] = value
            mark = window.mark_among(",}")
            if mark == "}":
                break
            window.step()
    window.step()
    if not found:
        raise UnreadableFile(Unreadable.WRONG_ROOT, ", ".join(sorted(keys)), 1)


class _Window:
    """The piece of the file in hand, and where in the file we are."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        # strict=False: a raw line break inside a text is odd, and harmless.
        self._read_one = json.JSONDecoder(strict=False, parse_int=str, parse_constant=lambda name: None).raw_decode
        self._text = ""
        self._at = 0
        self._line = 1
        self._counted = 0  # up to here in the window, line ends are in _line
        self._ended = False

    @property
    def line(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _more(self, size: int = _CHUNK) -> None:
        read = self._stream.read(size)
        self._ended = not read
        try:
            words = self._decode(read, self._ended)
        except UnicodeDecodeError as problem:
            reason = Unreadable.CUT_OFF if self._ended else Unreadable.NOT_TEXT
            raise UnreadableFile(reason, "UTF-8", self.line) from problem
        _ = self.line
        self._text, self._at, self._counted = self._text[self._at :] + words, 0, 0

    def next_mark(self) -> str:
        """The next character that is not space, without taking it; "" at the end."""
        while True:
            match = _SPACE.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if self._ended:
                return ""
            self._more()

    def step(self) -> None:
        self._at += 1

    def mark_among(self, marks: str) -> str:
        """The next mark, which must be one of these."""
        mark = self.next_mark()
        if not mark:
            raise UnreadableFile(Unreadable.CUT_OFF, line=self.line)
        if mark not in marks:
            raise UnreadableFile(Unreadable.NOT_JSON, line=self.line)
        return mark

    def value(self) -> object:
        """Take one whole value."""
        if not self.next_mark():
            raise UnreadableFile(Unreadable.CUT_OFF, line=self.line)
        size = _CHUNK
        while True:
            try:
                value, end = self._read_one(self._text, self._at)
            except json.JSONDecodeError as problem:
                near_end = problem.pos >= len(self._text) - _NEARLY
                unfinished = near_end or problem.msg.startswith("Unterminated")
                if not unfinished or self._ended:
                    line = self.line + self._text.count("\n", self._at, problem.pos)
                    reason = Unreadable.CUT_OFF if unfinished else Unreadable.NOT_JSON
                    raise UnreadableFile(reason, line=line) from problem
            except RecursionError as problem:
                raise UnreadableFile(Unreadable.NOT_JSON, line=self.line) from problem
            else:
                if end < len(self._text) or self._ended:
                    self._at = end
                    return value
            if len(self._text) - self._at > _ENTRY_LIMIT:
                raise UnreadableFile(Unreadable.TOO_LARGE, line=self.line)
            self._more(size)
            size *= 2  # so that a long entry is tried a few times, not once for every chunk
