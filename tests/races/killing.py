"""A site whose server and worker are killed, as when the power fails, while people sign up for events.

``python -m tests.races.killing`` is the site and whoever kills it. The people are in another process, and try again
until they are told that they have a place or wait for one.
"""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from email.message import EmailMessage
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

from c4s.backoffice import commands, serving
from c4s.core.config import ROOT, Settings
from c4s.core.db import db
from c4s.site import create_app
from tests.bench.load import HOST, Answer, Line, Visit, Wrong, get
from tests.bench.sign_ups import up_to_the_last_step

SETTINGS = Settings(secret_key="for-tests-only-" + "x" * 32, demonstration="1", trusted_proxies="1")
LONGEST_LIFE = 0.5  # seconds between the first answer of a new server and the next death, at most
PEOPLE_AT_ONCE = 4
TEMPLATES = ("show.html", "book.html", "check.html", "letters/place_to_confirm.txt", "letters/joined_waiting_list.txt")
"""Compiled before the first death, or each new server would spend its short life on them."""
PATIENCE = 30.0  # seconds for one person to be told anything


@dataclass(frozen=True)
class Death:
    """How often each half of the site is killed, and by which dice.

    Attributes:
        database: its address; the tables and the events are there.
        ledger: the file in which each letter that left has a line.
    """

    database: str
    ledger: str
    kills: int
    seed: int


class Ledger:
    """A mail server that never forgets what it was given, and how often."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def send(self, message: EmailMessage) -> None:
        with self.file.open("a", encoding="utf-8") as lines:
            lines.write(f"{message['Message-ID']}\n")
            lines.flush()
            os.fsync(lines.fileno())


def site(death: Death) -> None:
    """Serve the site, and kill half of it again and again; say ``over`` at the end, and serve until told to stop."""
    app = create_app(replace(SETTINGS, database_url=death.database), FORM_SECONDS=0, PROPAGATE_EXCEPTIONS=False)
    app.extensions["c4s.mail"] = Ledger(Path(death.ledger))
    commands.PAUSE = 0.01  # a worker that mostly waits would mostly be killed while it waits
    with app.app_context():
        serving.open_home_page(app, app.extensions["c4s.settings"])
        for template in TEMPLATES:
            app.jinja_env.get_template(f"events/{template}")
        db.session.remove()
        db.engine.dispose()
    listener = serving.listen(HOST, 0)
    halves: dict[str, Callable[[], None]] = {
        "server": lambda: serving.web_server(app, 2, listener, os.open(os.devnull, os.O_WRONLY)),
        "worker": lambda: serving.worker(app),
    }
    running = {name: serving.fork(half) for name, half in halves.items()}
    port = listener.getsockname()[1]
    print(port, flush=True)
    dice = random.Random(death.seed)
    for name in [name for _ in range(death.kills) for name in halves]:
        _until_it_answers(port)
        sleep(dice.uniform(0, LONGEST_LIFE))
        _kill(running[name])
        running[name] = serving.fork(halves[name])
    print("over", flush=True)
    sys.stdin.read()
    for process in running.values():
        _kill(process)


def _until_it_answers(port: int) -> None:
    """However slow the machine is, the dead have been replaced before somebody else dies."""
    until = monotonic() + PATIENCE
    while monotonic() < until:
        with suppress(OSError, Wrong):
            _ask(port, get("/en/"))
            return


def _kill(process: int) -> None:
    """End a process, and all that it has begun, with no word."""
    with suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)
    os.waitpid(process, 0)


@contextmanager
def being_killed(death: Death) -> Iterator[tuple[int, Callable[[], bool]]]:
    """Such a site, in a process of its own: its port, and whether the last kill is over."""
    said = Path(death.ledger).with_name("said")
    words = said.open("w", encoding="utf-8")  # the dying say all kinds of things
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.races.killing", json.dumps(asdict(death))],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=words,
        text=True,
    )
    over = Event()
    assert process.stdout is not None
    port = process.stdout.readline()
    assert port, said.read_text(encoding="utf-8")

    def listen() -> None:
        assert process.stdout is not None
        if process.stdout.readline() == "over\n":
            over.set()

    listener = Thread(target=listen)
    listener.start()
    try:
        yield int(port), lambda: over.is_set() or process.poll() is not None
    finally:
        process.communicate(timeout=PATIENCE)
        words.close()
        listener.join()
        assert process.returncode == 0, process.returncode


def people(port: int, events: list[str], is_over: Callable[[], bool]) -> list[int]:
    """Let people sign up, several at once, until it is over; the numbers of those who were told that it is done."""
    told: list[list[int]] = [[] for _ in range(PEOPLE_AT_ONCE)]

    def come(client: int) -> None:
        number = client * 10_000
        while not is_over():
            if _persistent(port, events[number % len(events)], number):
                told[client].append(number)
            number += 1

    clients = [Thread(target=come, args=(client,)) for client in range(PEOPLE_AT_ONCE)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return sorted(number for numbers in told for number in numbers)


def _persistent(port: int, event: str, number: int) -> bool:
    """Somebody goes as far as the last step, and sends that same step again until it is answered."""
    until = monotonic() + PATIENCE
    last = None
    while monotonic() < until:
        try:
            last = last or _before_the_last_step(port, up_to_the_last_step(event, number))
            answer = _ask(port, last)
        except (OSError, Wrong):
            continue
        if answer.status == 303:
            return True
    return False


def _before_the_last_step(port: int, visit: Visit) -> bytes:
    request = next(visit)
    while True:
        try:
            request = visit.send(_ask(port, request))
        except StopIteration as end:
            return bytes(end.value)


def _ask(port: int, request: bytes) -> Answer:
    line = Line(port, iter(()))
    try:
        line.socket.settimeout(5)
        line.socket.sendall(request)
        while True:
            answer = line.hear()
            if answer is not None:
                return answer
    finally:
        line.socket.close()


if __name__ == "__main__":
    site(Death(**json.loads(sys.argv[1])))
