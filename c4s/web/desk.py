"""What waits for staff: each capability registers its queues in ``site.py``, and the desk shows them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Flask

from c4s.web.rights import Right

QUEUES = "c4s.desk"


@dataclass(frozen=True)
class Waits:
    """One thing that waits for a member of staff.

    Attributes:
        name: what it is called; words of people, of no one language.
        address: of the page on which it is dealt with.
        since: when it came.
        language: in which the answer is wanted: ``cy``, ``en`` or ``both``.
        due_at: by when it must be dealt with, if anything says so.
    """

    name: str
    address: str
    since: datetime
    language: str
    due_at: datetime | None = None


@dataclass(frozen=True)
class Queue:
    """Things of one kind that wait, for those who have a right.

    Attributes:
        key: what machines call it.
        right: whoever has it sees the queue.
        title: what people call it, in words of both languages.
        endpoint: of the page that lists them.
        load: gives all that wait, the oldest first, in a fixed number of statements.
    """

    key: str
    right: Right
    title: object
    endpoint: str
    load: Callable[[], Sequence[Waits]]


def register(app: Flask, queue: Queue) -> None:
    """Add a queue to the desk, after those that are there."""
    app.extensions.setdefault(QUEUES, []).append(queue)
