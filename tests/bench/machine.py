"""What the whole site needs of a machine: memory, and time to start. As ``make run`` starts it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep

from tests.bench import filled
from tests.bench.figures import ROOT, Bench, Figure, Target
from tests.bench.load import HOST, Wrong, ask, in_turn, load, middle
from tests.bench.pages import PAGES, at

TOGETHER = Target(must=130, good=90, aim=100, at_most=True)
PROMPT = Target(must=1.0, good=0.6, aim=1.0, at_most=True)
BESIDE_BARE = Target(must=4.0, aim=4.0, at_most=True)
AGAIN = Target(must=3.0, aim=3.0, at_most=True)
PATIENCE = 60.0


def free_port() -> int:
    with socket.create_server((HOST, 0)) as found:
        return int(found.getsockname()[1])


@contextmanager
def running(command: list[str], file: Path, page: str = "/en/") -> Iterator[tuple[subprocess.Popen[bytes], int, float]]:
    """The whole site over one file: its first process, its port, and the seconds until it answered with a page.

    Args:
        command: with ``PORT`` where it wants to be told the port, besides in the environment.
        page: the first that is asked for.
    """
    port = free_port()
    settings = {
        "C4S_DATABASE_URL": filled.address(file),
        "C4S_MAIL": str(file.parent / "letters"),
        "C4S_WORKERS": "2",
        "HOST": HOST,
        "PORT": str(port),
    }
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("C4S_")}
    inherited.pop("PYTHONDONTWRITEBYTECODE", None)  # at home, what is compiled once is kept
    began = perf_counter()
    process = subprocess.Popen(
        [part.replace("PORT", str(port)) for part in command],
        cwd=ROOT,
        env={**inherited, **settings},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while True:
            try:
                status = ask(port, page).status
                break
            except ConnectionError:
                if process.poll() is not None or perf_counter() - began > PATIENCE:
                    raise Wrong(f"{' '.join(command)} did not come up.") from None
                sleep(0.002)
        if status != 200:
            raise Wrong(f"The first page was {status}.")
        yield process, port, perf_counter() - began
    finally:
        os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C does: to make, and to what it runs
        process.wait(30)


SERVE = [sys.executable, "-m", "flask", "--app", "app", "serve"]
GUNICORN = [sys.executable, "-m", "gunicorn", "--bind", f"{HOST}:PORT", "--worker-class", "gthread", "--threads", "2"]


def bare(bench: Bench) -> list[str]:
    """The bare site in the same server, with one worker: the least that Flask takes to start."""
    site = f"tests.bench.bare:create({str(filled.floor(bench.folder))!r})"
    # When it is told to stop while it still answers, its worker may hang until this many seconds have passed.
    return [*GUNICORN, "--workers", "1", "--preload", "--graceful-timeout", "1", "--log-level", "critical", site]


def memory(bench: Bench) -> list[Figure]:
    """Megabytes that are ours alone plus our part of what is shared (PSS), after traffic to every kind of page."""
    file = filled.suppliers(bench.folder, 1_000 if bench.quick else 10_000)
    with running(SERVE, file) as (process, port, _):
        paths = [at(port, address) for addresses in PAGES.values() for address in addresses]
        load(port, in_turn(paths), bench.seconds * 3)
        sizes = {number: _share(number) for number in _family(process.pid)}
        parts = dict.fromkeys(("first process", "gunicorn", "web workers", "letters"), 0.0)
        for number, size in sizes.items():
            parts[_part(number, process.pid)] += size
    total = sum(sizes.values())
    figures = [Figure(name, f"{size:.0f} MB") for name, size in parts.items()]
    web = parts["web workers"] + parts["gunicorn"]
    figures.append(Figure("web server, 2 workers", f"{web:.0f} MB", web, target=TOGETHER))
    return [*figures, Figure("all together", f"{total:.0f} MB in {len(sizes)} processes", total, target=TOGETHER)]


def _children(number: int) -> list[int]:
    tasks = Path(f"/proc/{number}/task")
    return [int(child) for task in tasks.iterdir() for child in (task / "children").read_text().split()]


def _family(number: int) -> list[int]:
    return [number, *(other for child in _children(number) for other in _family(child))]


def _part(number: int, first: int) -> str:
    """Which process this is: the first has two children, and only the web server has some of its own."""
    if number == first:
        return "first process"
    parent = int(re.search(r"^PPid:\s+(\d+)", Path(f"/proc/{number}/status").read_text(), re.MULTILINE)[1])  # type: ignore[index]
    if parent != first:
        return "web workers"
    return "gunicorn" if _children(number) else "letters"


def _share(number: int) -> float:
    """Megabytes of proportional set size."""
    text = Path(f"/proc/{number}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1]) / 1024  # type: ignore[index]


def start(bench: Bench) -> list[Figure]:
    """Seconds from the command to the first page, on a database that is filled already, beside a bare site in turn."""
    file = filled.demonstration(bench.folder)
    peers = {"bare": (bare(bench), "/page"), "serve": (SERVE, "/en/")}
    if shutil.which("make"):
        peers["make"] = (["make", "run"], "/en/")
    took: dict[str, list[float]] = {name: [] for name in peers}
    for _ in range(bench.rounds + 1):
        for name, (command, page) in peers.items():
            with running(command, file, page) as (_process, _port, seconds):
                took[name].append(seconds)
    # The first round has the disk to wait for.
    said = {n: f"{middle(one[1:]):.2f} s (from {min(one):.2f} to {max(one):.2f})" for n, one in took.items()}
    times = middle([ours / floor for ours, floor in zip(took["serve"][1:], took["bare"][1:], strict=True)])
    figures = [
        Figure("flask serve", said["serve"], middle(took["serve"][1:]), target=PROMPT),
        Figure("the same, beside bare", said["serve"], times, f"bare Flask: {said['bare']}", BESIDE_BARE),
    ]
    if "make" in took:
        figures.append(Figure("make run, again", said["make"], middle(took["make"][1:]), target=AGAIN))
    return figures
