"""What a business can do about its entry: each capability registers its tasks in ``site.py``; the list shows them.

The pages of a task take the numbers of the business and of the entry, ``business_id`` and ``supplier_id``, and are
for those who speak for the business (``May(Right.SEE_BUSINESS)``); ``queries.entry_of`` finds the entry, if it is
that business's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask, current_app

from c4s.directory.models import Supplier

TASKS = "c4s.directory.tasks"


@dataclass(frozen=True)
class Task:
    """One line of the list.

    Attributes:
        title: what people call it, in words of both languages.
        endpoint: of its page.
        state: how far it has got, in words of both languages; None for a page that is never finished.
        group: ``profile`` for what moderators read before readers do; ``quality`` for what is shown as claimed, seen or
            signed; ``now`` for what changes from one day to the next, without a moderator.
        is_for: whether it concerns an entry; the others are spared a line that says nothing to them.
    """

    title: object
    endpoint: str
    group: str
    state: Callable[[Supplier], object | None] = lambda supplier: None
    is_for: Callable[[Supplier], bool] = lambda supplier: True


def register(app: Flask, task: Task) -> None:
    """Add a task to the list, after those of its group that are there."""
    app.extensions.setdefault(TASKS, []).append(task)


def tasks() -> Sequence[Task]:
    """All of them, in their order."""
    found: Sequence[Task] = current_app.extensions.get(TASKS, ())
    return found
