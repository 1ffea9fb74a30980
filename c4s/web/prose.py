"""What people type to safe HTML: paragraphs and lists; where staff write about events, a small part of Markdown.

Every character that comes out was either escaped on its way or is one of the tags below: nothing typed is ever
read as HTML, and an address is a link only if it begins with a scheme that cannot run anything.
"""

import re
from itertools import groupby

from markupsafe import Markup, escape

BULLET = re.compile(r"^\s*[-•*]\s+")
HEADING = re.compile(r"^\s*#{2,3}\s+")
SPAN = re.compile(
    r"\[(?P<words>[^\[\]\n]{1,300})\]\((?P<address>(?:https?://|mailto:|tel:)[^\s()<>\"'\\]{1,500})\)"
    r"|\*\*(?P<strong>[^\s*](?:[^*\n]{0,300}[^\s*])?)\*\*"
    r"|(?<![\w*])\*(?P<emphasis>[^\s*](?:[^*\n]{0,300}[^\s*])?)\*(?![\w*])",
    re.IGNORECASE,
)


def html(text: str, *, has_marks: bool = False) -> Markup:
    """Paragraphs (blank line between) and lists (lines that begin with a dash). All else is escaped.

    Args:
        text: what somebody typed; any characters.
        has_marks: it is our own, so it may also hold headings (lines that begin with ``##``), ``**strong**`` and
            ``*emphasised*`` words, and ``[words](address)`` for a link to a page, an e-mail address or a telephone
            number. Other people's texts stand on our pages without: we have not looked where their links lead.
    """
    words = _spans if has_marks else escape
    parts = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line for line in block.splitlines() if line.strip()]
        for kind, run in groupby(lines, _kind if has_marks else _plain_kind):
            if kind == "ul":
                items = Markup("").join(Markup("<li>{}</li>").format(words(BULLET.sub("", line))) for line in run)
                parts.append(Markup("<ul>{}</ul>").format(items))
            elif kind == "h3":
                parts.extend(Markup("<h3>{}</h3>").format(words(HEADING.sub("", line).strip())) for line in run)
            else:
                parts.append(Markup("<p>{}</p>").format(Markup("<br>").join(words(line.strip()) for line in run)))
    return Markup("\n").join(parts)


def _plain_kind(line: str) -> str:
    """What a line is a part of. A mark with no words after it is words itself: no item and no heading is empty."""
    return "ul" if BULLET.match(line) and BULLET.sub("", line).strip() else "p"


def _kind(line: str) -> str:
    """The same of a text that may hold headings."""
    return "h3" if HEADING.match(line) and HEADING.sub("", line).strip() else _plain_kind(line)


def _spans(line: str) -> Markup:
    """One line, with its strong and emphasised words and its links; nothing stands inside another."""
    made, done = Markup(""), 0
    for found in SPAN.finditer(line):
        made += escape(line[done : found.start()])
        if found["address"]:
            made += Markup('<a href="{}">{}</a>').format(found["address"], found["words"])
        elif found["strong"]:
            made += Markup("<strong>{}</strong>").format(found["strong"])
        else:
            made += Markup("<em>{}</em>").format(found["emphasis"])
        done = found.end()
    return made + escape(line[done:])
