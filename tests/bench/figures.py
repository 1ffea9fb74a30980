"""A figure, what it is held against, and the table that shows them all."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import PIPE, Popen

from tests.bench.load import Result, Visits, ask, load, middle, quantile

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Target:
    """What a figure must be, what would be good, and what we aim for; None where nobody has said."""

    must: float | None = None
    good: float | None = None
    aim: float | None = None
    at_most: bool = False
    """Smaller is better."""

    def verdict(self, value: float) -> str:
        """The best of the three that is reached; ``missed`` when not even the least is."""
        named = [("aim", self.aim), ("good", self.good), ("must", self.must)]
        known = [(name, bound) for name, bound in named if bound is not None]
        if not known:
            return ""
        reached = [name for name, bound in known if (value <= bound if self.at_most else value >= bound)]
        return " ".join(reached) or "missed"

    def __str__(self) -> str:
        sign = "≤" if self.at_most else "≥"
        bounds = [f"{bound:g}" if bound is not None else "–" for bound in (self.must, self.good, self.aim)]
        return f"{sign} {' / '.join(bounds)}" if any(bound != "–" for bound in bounds) else ""


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    name: str
    ours: str
    value: float | None = None
    """What the target is about: the ratio where there is a peer, else the figure itself."""
    peer: str = ""
    target: Target = field(default_factory=Target)

    def cells(self) -> tuple[str, ...]:
        ratio = f"{self.value:.2f}" if self.value is not None and self.peer else ""
        verdict = self.target.verdict(self.value) if self.value is not None else ""
        return (self.name, self.ours, self.peer, ratio, str(self.target), verdict)


HEADINGS = ("figure", "ours", "peer", "ratio", "must / good / aim", "reached")


def table(title: str, figures: list[Figure]) -> str:
    """The figures in columns."""
    rows = [HEADINGS, *(figure.cells() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    rule = "  ".join("─" * width for width in widths)
    return "\n".join([title, "", lines[0], rule, *lines[1:], ""])


@dataclass(frozen=True)
class Bench:
    """What every measure is given."""

    folder: Path
    quick: bool

    @property
    def rounds(self) -> int:
        return 3 if self.quick else 5

    @property
    def seconds(self) -> float:
        """Of each turn."""
        return 1.0 if self.quick else 3.0

    @contextmanager
    def server(self, which: str, data: str, workers: int) -> Iterator[int]:
        """A server in processes of its own, warm. Gives its port."""
        command = [sys.executable, "-m", "tests.bench.served", which, str(workers)]
        with Popen(
            command, cwd=ROOT, env={**os.environ, "BENCH_DATA": data}, stdout=PIPE, text=True, start_new_session=True
        ) as process:
            try:
                assert process.stdout
                port = int(process.stdout.readline())
                ask(port, "/hello" if which == "bare" else "/en/privacy")
                yield port
            finally:
                process.terminate()
                process.wait(20)

    def turns(self, **peers: tuple[int, Visits]) -> dict[str, list[Result]]:
        """Let visitors in to each peer in turn, round after round: what disturbs one disturbs all.

        Args:
            peers: the port of each, and what its visitors do.
        """
        for port, visits in peers.values():
            load(port, visits, 0.3)
        results: dict[str, list[Result]] = {name: [] for name in peers}
        for _ in range(self.rounds):
            for name, (port, visits) in peers.items():
                results[name].append(load(port, visits, self.seconds))
        return results


def ratio(ours: list[Result], peer: list[Result], rate: Callable[[Result], float] = lambda one: one.rate) -> float:
    """How much of the peer's rate is ours: the median of the ratios within each round."""
    return middle([rate(one) / rate(other) for one, other in zip(ours, peer, strict=True)])


def rate(results: list[Result]) -> float:
    return middle([one.rate for one in results])


def times(results: list[Result], share: float) -> float:
    """Milliseconds within which so many requests were answered, over all rounds."""
    return quantile([time for one in results for time in one.requests], share)


def spoken(results: list[Result]) -> str:
    """The rate, and how long it took."""
    return f"{rate(results):,.0f}/s  p50 {times(results, 0.5):.1f}  p99 {times(results, 0.99):.1f} ms"
