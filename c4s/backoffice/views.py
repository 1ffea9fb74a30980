"""The staff desk: all that waits for people who work here."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from c4s.accounts import session
from c4s.backoffice import phrases, waiting
from c4s.backoffice.waiting import Due, Figures
from c4s.core.clock import now
from c4s.i18n import catalogues, formats
from c4s.i18n.addresses import BilingualBlueprint
from c4s.web.access import May
from c4s.web.desk import QUEUES, Queue, Waits
from c4s.web.rights import Right

backoffice = BilingualBlueprint("backoffice", __name__)

SHOWN = 25
"""How many things the desk shows one by one; the page of each queue has them all."""


@dataclass(frozen=True)
class Figured:
    """A queue, with its figures by language."""

    queue: Queue
    figures: dict[str, Figures]


@dataclass(frozen=True)
class First:
    """One of those that came first: what it is called and where it is dealt with, in which queue, and how its day
    stands, in words, if it has one."""

    name: str
    address: str
    title: object
    since: datetime
    due: object | None


def _words_for_due(one: Waits) -> object | None:
    if one.due_at is None:
        return None
    state = waiting.due(formats.uk(one.due_at).date(), formats.uk(now()).date())
    words = phrases.DUE[state]
    return words if state == Due.TODAY else f"{words}: {formats.long_date(one.due_at)}"


def _first(waits: list[tuple[Queue, Waits]]) -> list[First]:
    """The oldest of all queues together."""
    oldest = sorted(waits, key=lambda both: both[1].since)[:SHOWN]
    return [First(one.name, one.address, queue.title, one.since, _words_for_due(one)) for queue, one in oldest]


@backoffice.page(cy="/staff", en="/staff", access=May(Right.WORK_AT_DESK))
def desk() -> ResponseReturnValue:
    """What waits for the visitor: how much and for how long, queue by queue; and the oldest of it all."""
    here = session.this_sign_in()
    mine = here.rights if here else frozenset()
    queues = [(queue, queue.load()) for queue in current_app.extensions.get(QUEUES, ()) if queue.right in mine]
    reviewed, total = catalogues.review_count()
    return render_template(
        "backoffice/desk.html",
        queues=[Figured(queue, waiting.figures(all_that_wait, now())) for queue, all_that_wait in queues],
        first=_first([(queue, one) for queue, all_that_wait in queues for one in all_that_wait]),
        rights=mine,
        may=Right,
        unreviewed=total - reviewed,
        messages=total,
    )
