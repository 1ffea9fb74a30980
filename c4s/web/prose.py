"""Plain text to safe HTML: paragraphs and lists. Nothing more, so nothing can be smuggled in."""

import re
from itertools import groupby

from markupsafe import Markup, escape

BULLET = re.compile(r"^\s*[-•*]\s+")


def html(text: str) -> Markup:
    """Paragraphs (blank line between) and lists (lines that begin with a dash), all else escaped.

    Args:
        text: what somebody typed; any characters.
    """
    parts = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line for line in block.splitlines() if line.strip()]
        for is_list, run in groupby(lines, lambda line: bool(BULLET.match(line))):
            if is_list:
                items = Markup("").join(Markup("<li>{}</li>").format(BULLET.sub("", line)) for line in run)
                parts.append(Markup("<ul>{}</ul>").format(items))
            else:
                parts.append(Markup("<p>{}</p>").format(Markup("<br>").join(escape(line.strip()) for line in run)))
    return Markup("\n").join(parts)
