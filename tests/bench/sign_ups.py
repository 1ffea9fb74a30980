"""People taking places: as fast as they can, and many at once for the last ones."""

import re
import selectors
import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from time import perf_counter

from sqlalchemy import select

from c4s.core.config import Settings
from c4s.core.db import db
from c4s.events.models import Booking, Event
from c4s.events.rules import BookingState
from c4s.site import create_app
from tests import parts
from tests.bench import filled
from tests.bench.figures import Bench, Figure, Target, ratio
from tests.bench.load import Line, Result, Visit, Visits, Wrong, get, middle, post, quantile
from tests.conftest import close, made_on

EVENTS = 40
CROWDS, PLACES = (2, 8, 50), (1, 5)
ROUNDS = 34  # of each size of crowd for each number of places: 204 in all
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
ENOUGH = Target(must=50, good=120, aim=100)
BESIDE_BARE = Target(must=0.15, good=0.3)
SOON = Target(must=400, good=100, aim=100, at_most=True)
NONE = Target(must=0, aim=0, at_most=True)
AT_ONCE = Target(must=5, good=2, aim=2, at_most=True)


def somebody(number: int) -> tuple[dict[str, str], str]:
    """What the person of this number fills in, and the network they come from."""
    answers = {
        "name": f"Visitor {number}",
        "channel": "email",
        "email": f"visitor{number}@example.cymru",
        "language_written": ("cy", "en", "both")[number % 3],
        "language_spoken": ("cy", "en")[number % 2],
    }
    return answers, f"{11 + (number >> 16) % 80}.{number >> 8 & 255}.{number & 255}.1"  # a network is 256 of these


def hidden(page: str) -> dict[str, str]:
    """What a form carries that nobody sees."""
    return dict(HIDDEN.findall(page))


def up_to_the_last_step(event: str, number: int) -> Visit:
    """A visit from the event's page to the check page; returns the request that would take the place."""
    answers, network = somebody(number)
    come = {"X_Forwarded_For": network}
    page = yield get(f"/en/events/{event}", **come)
    _expect(page.status, 200, page.text)
    form = yield get(f"/en/events/{event}/book", **come)
    _expect(form.status, 200, form.text)
    come["Cookie"] = form.cookies
    check = yield post(f"/en/events/{event}/book", {**hidden(form.text), "website_address": "", **answers}, **come)
    _expect(check.status, 200, check.text)
    come["Cookie"] = check.cookies or come["Cookie"]
    last = {**hidden(check.text), "website_address": ""}
    return post(f"/en/events/{event}/book", last, **come)


def sign_up(event: str, number: int) -> Visit:
    """A whole sign-up: the event, the form, the check page, the confirmation, the page that says thank you."""
    taking = yield from up_to_the_last_step(event, number)
    taken = yield taking
    _expect(taken.status, 303, taken.text)
    thanks = yield get(taken.header("Location"))
    _expect(thanks.status, 200, thanks.text)


def _expect(status: int, wanted: int, page: str) -> None:
    if status != wanted:
        raise Wrong(f"{status} instead of {wanted}: {page[:2000]}")


def everybody(slug: str, first: int) -> Visits:
    """People without end, each to the next event; no two alike, whichever client they come through."""

    def visits(client: int) -> Iterator[Visit]:
        for number in count(first + client * 1_000_000):
            yield sign_up(f"{number % EVENTS + 1}-{slug}", number)

    return visits


def bare_sign_up(client: int) -> Iterator[Visit]:
    """A page, a form, and one row written."""

    def visit(number: int) -> Visit:
        answers, _ = somebody(number)
        yield get("/page")
        yield get("/sign-up")
        taken = yield post("/sign-up", {"name": answers["name"], "email": answers["email"]})
        _expect(taken.status, 303, taken.text)

    for number in count(client * 1_000_000):
        yield visit(number)


def durable_commits(folder: Path, seconds: float) -> float:
    """Commits a second, one after another, that are on the disk when they return: what this disk can do."""
    file = folder / "commits.sqlite3"
    for old in folder.glob("commits.sqlite3*"):
        old.unlink()
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, words TEXT)")
    number, began = 0, perf_counter()
    while perf_counter() - began < seconds:
        connection.execute("INSERT INTO one (words) VALUES (?)", ("x" * 400,))
        number += 1
    took = perf_counter() - began
    connection.close()
    return number / took


def signups(bench: Bench) -> list[Figure]:
    """Whole sign-ups (5 requests, one commit) by 8 people at once, 2 workers, beside bare ones and the bare disk."""
    file = filled.sign_ups(bench.folder, "sign-ups", EVENTS, capacity=100_000)
    with (
        bench.server("ours", filled.address(file), 2) as port,
        bench.server("bare", str(filled.floor(bench.folder)), 2) as floor,
    ):
        people = iter(count(0, 100_000))

        def ours(client: int) -> Iterator[Visit]:
            return everybody("starting-a-business", next(people) + client * 50_000)(0)

        results = bench.turns(bare=(floor, bare_sign_up), ours=(port, ours))
        commits = middle([durable_commits(bench.folder, bench.seconds / 3) for _ in range(bench.rounds)])
    taken = _count(file)
    done = sum(len(one.visits) for one in results["ours"])
    rates = {name: middle([one.visit_rate for one in of]) for name, of in results.items()}
    whole = [time for one in results["ours"] for time in one.visits]
    shown = f"{rates['ours']:.0f}/s  p50 {quantile(whole, 0.5):.0f}  p99 {quantile(whole, 0.99):.0f} ms"
    value = ratio(results["ours"], results["bare"], _visit_rate)
    commits_shown = f"{commits:,.0f} durable commits/s"
    return [
        Figure("sign-ups a second", shown, rates["ours"], target=ENOUGH),
        Figure("p99 of a whole sign-up", f"{quantile(whole, 0.99):.0f} ms", quantile(whole, 0.99), target=SOON),
        Figure("beside bare sign-ups", f"{rates['ours']:.0f}/s", value, f"{rates['bare']:.0f}/s", BESIDE_BARE),
        Figure("beside the disk", f"{rates['ours']:.0f}/s", rates["ours"] / commits, commits_shown),
        Figure("rows in the store", f"{taken:,} places, {done:,} and those of the warming up answered"),
    ]


def _visit_rate(result: Result) -> float:
    return result.visit_rate


def _count(file: Path) -> int:
    with filled.site(file):
        return Booking.query.count()


def last(bench: Bench) -> list[Figure]:
    """Two, eight and fifty people at once for the last place or the last five, 8 workers, both databases"""
    rounds = 1 if bench.quick else ROUNDS
    figures = _race(bench, filled.address(filled.sign_ups(bench.folder, "last", 0, capacity=1)), "SQLite", rounds)
    with parts.postgresql() as given:
        if given is None:
            return [*figures, Figure("PostgreSQL", f"not measured: {parts.GET_POSTGRESQL}")]
        close(made_on(given))
        return [*figures, *_race(bench, given, "PostgreSQL", rounds)]


def _race(bench: Bench, database: str, engine: str, rounds: int) -> list[Figure]:
    """Every size of crowd for every number of places, so many rounds of each, over an empty database."""
    races = [(crowd, places) for crowd in CROWDS for places in PLACES for _ in range(rounds)]
    site = create_app(Settings(database_url=database, secret_key="x" * 32, demonstration="1"))
    with site.app_context():
        for _, places in races:
            filled.add_events(1, places)
        events = db.session.scalars(select(Event.id).order_by(Event.id)).all()
        db.session.remove()
        db.engine.dispose()
    took = []
    with bench.server("ours", database, 8) as port:
        for number, (event, (crowd, _)) in enumerate(zip(events, races, strict=True)):
            took.append(_rush(port, f"{event}-starting-a-business", number * 256, crowd))
    wrong = 0
    with site.app_context():
        found = db.session.execute(
            select(Booking.event_id, Booking.state, Booking.joined_at, Booking.id).order_by(Booking.id)
        ).all()
        for event, (crowd, places) in zip(events, races, strict=True):
            states = [row.state for row in found if row.event_id == event]
            queue = [row.joined_at for row in found if row.event_id == event and row.state == BookingState.WAITING]
            given = [states.count(state) for state in (BookingState.CONFIRMED, BookingState.WAITING)]
            wrong += given != [min(places, crowd), max(0, crowd - places)] or queue != sorted(queue)
        db.session.remove()
        db.engine.dispose()
    slowest = max(time for time, (crowd, _) in zip(took, races, strict=True) if crowd == CROWDS[-1])
    return [
        Figure(f"{engine}: rounds that went wrong", f"{wrong} of {len(races)}", wrong, target=NONE),
        Figure(f"{engine}: until all {CROWDS[-1]} are answered", f"{slowest:.2f} s at most", slowest, target=AT_ONCE),
    ]


def _rush(port: int, event: str, first: int, crowd: int) -> float:
    """Everybody goes as far as the check page; then all confirm at once. Seconds until the last is answered."""
    lines = []
    for number in range(first, first + crowd):
        visit = up_to_the_last_step(event, number)
        line = Line(port, iter([visit]))
        request = next(visit)
        while True:
            line.socket.sendall(request)
            line.heard = b""
            answer = None
            while answer is None:
                answer = line.hear()
            try:
                request = visit.send(answer)
            except StopIteration as end:
                lines.append((line, end.value))
                break
        line.socket.close()
    waiting = [Line(port, iter(())) for _ in lines]
    with selectors.DefaultSelector() as selector:
        for line in waiting:
            selector.register(line.socket, selectors.EVENT_READ, line)
        began = perf_counter()
        for line, (_, request) in zip(waiting, lines, strict=True):
            line.socket.sendall(request)
        left = crowd
        while left:
            for key, _ in selector.select(60) or ():
                answer = key.data.hear()
                if answer is not None:
                    _expect(answer.status, 303, answer.text)
                    selector.unregister(key.data.socket)
                    key.data.socket.close()
                    left -= 1
    return perf_counter() - began
