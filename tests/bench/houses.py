"""The same pages in two sites, a small one and a large one: what they ask of the database, and how long they take."""

from contextvars import Context
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from flask import Flask
from sqlalchemy import event as happenings

from c4s.core.db import db
from tests.bench.figures import Bench, Figure, Target
from tests.bench.load import middle, quantile
from tests.visitor import Visitor

FLAT = Target(must=3, good=2, aim=1.5, at_most=True)
ROUND, LEAST = 4.0, 5
"""Seconds that a page is asked for in one round, and how often at least."""
SAME = Target(aim=0, at_most=True)


@dataclass
class House:
    """One of the two sites, with a member of staff at the desk."""

    app: Flask
    staff: Visitor
    pages: dict[str, str]

    def took(self, name: str) -> float:
        """Seconds to open a page in a context of its own, as on a server."""
        began = perf_counter()
        answer = Context().run(self.staff.client.get, self.pages[name])
        seconds = perf_counter() - began
        assert answer.status_code == 200, (self.pages[name], answer.status)
        return seconds

    def statements(self, name: str) -> int:
        """How many statements a page asks the second time that it is opened."""
        asked: list[str] = []

        def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
            asked.append(statement)

        self.took(name)
        with self.app.app_context():
            engine = db.engine
        happenings.listen(engine, "before_cursor_execute", note)
        self.took(name)
        happenings.remove(engine, "before_cursor_execute", note)
        return len(asked)


def compared(bench: Bench, small: House, large: House, sizes: tuple[str, str]) -> list[Figure]:
    """Questions asked and p95 of each page, the two sites in turn; ratios are medians over the rounds.

    Args:
        sizes: what the two hold, in words.
    """
    figures, (few, many) = [], sizes
    for name in small.pages:
        asked = [house.statements(name) for house in (small, large)]
        times = max(LEAST, min(20 if bench.quick else 60, int(ROUND / large.took(name))))
        rounds = [
            [quantile([house.took(name) for _ in range(times)], 0.95) for house in (small, large)]
            for _ in range(bench.rounds)
        ]
        here, there = (middle([one[which] for one in rounds]) for which in (0, 1))
        growth = middle([after / before for before, after in rounds])
        figures += [
            Figure(f"{name}, statements", f"{asked[1]} over {many}, {asked[0]} over {few}", asked[1] - asked[0],
                   target=SAME),
            Figure(f"{name}, p95", f"{there:.1f} ms over {many}", growth, f"{here:.1f} ms over {few}", FLAT),
        ]  # fmt: skip
    return figures
