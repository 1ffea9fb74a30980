"""How the processes of a test run share the work: a file goes to one of them, and so does a page in the browser.

A scheduler of our own, because the mark of pytest-xdist 3.8 for this, ``xdist_group``, does nothing with pytest 9.2,
and says nothing either: every page was opened by every process.
"""

from typing import Any

from xdist.scheduler import LoadScopeScheduling

ALBUM = tuple(f"tests/browser/test_{name}.py" for name in ("axe", "html", "layout"))
"""Files in which one test after another looks at the same page."""
FIRST = ("tests/races/", "tests/backoffice/", "tests/house/", "tests/events/test_model.py")
"""What takes long in one piece. Pages, which are many small pieces, come last: so all processes end together."""


def piece(test: str) -> str:
    """What a test must stay together with: its page, when it looks at one, or else its file.

    Args:
        test: its name in full, as pytest prints it.
    """
    file, _, rest = test.partition("::")
    page = rest.partition("[")[2].removesuffix("]").removesuffix("-cy").removesuffix("-en")
    return f"the page {page}" if page and file in ALBUM else file


def turn(test: str) -> int:
    """When a piece has its turn: the smaller the number, the sooner."""
    return 0 if test.startswith(FIRST) else 2 if test.startswith(ALBUM) else 1


class InPieces(LoadScopeScheduling):
    """Gives each process piece after piece, in the order in which the tests were collected."""

    def __init__(self, config: Any, log: Any) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return piece(nodeid)
