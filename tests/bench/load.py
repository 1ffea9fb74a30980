"""Visitors by the dozen: two processes with four connections each, as dull and quick as Python can make them."""

import multiprocessing
import re
import selectors
import socket
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from statistics import median
from time import perf_counter
from urllib.parse import urlencode

HOST = "127.0.0.1"
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
COOKIE = re.compile(r"^set-cookie: *([^;\r\n]*)", re.IGNORECASE | re.MULTILINE)
PATIENCE = 60.0  # seconds without any answer: then something is wrong, and is said


class Wrong(Exception):
    """A server answered what no measure should be taken of."""


@dataclass(slots=True)
class Answer:
    """What came back."""

    status: int
    head: bytes
    body: bytes

    @property
    def size(self) -> int:
        """Bytes on the wire, headers included."""
        return len(self.head) + len(self.body)

    def header(self, name: str) -> str:
        found = re.search(rf"^{name}: *(.*?)\r?$", self.head.decode("latin-1"), re.IGNORECASE | re.MULTILINE)
        return found[1] if found else ""

    @property
    def cookies(self) -> str:
        """As the next request would send them."""
        return "; ".join(COOKIE.findall(self.head.decode("latin-1")))

    @property
    def text(self) -> str:
        return self.body.decode()


Visit = Generator[bytes, Answer, None]
"""One visit: yields requests, and is sent their answers."""
Visits = Callable[[int], Iterator[Visit]]
"""The visits of one client, given its number: an iterator without end."""


def get(path: str, **headers: str) -> bytes:
    """A request for a page; ``If_None_Match`` becomes ``If-None-Match``."""
    return _request("GET", path, headers)


def post(path: str, values: dict[str, str], **headers: str) -> bytes:
    """A request that sends a form."""
    body = urlencode(values)
    more = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
    return _request("POST", path, {**headers, **more}) + body.encode()


def _request(method: str, path: str, headers: dict[str, str]) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items() if value]
    return "\r\n".join([*lines, "", ""]).encode()


def one(path: str, status: int = 200, **headers: str) -> Visit:
    """A visit to one page."""
    answer = yield get(path, **headers)
    if answer.status != status:
        raise Wrong(f"{path}: {answer.status} instead of {status}")


def always(path: str, status: int = 200, **headers: str) -> Visits:
    """Everybody asks for the same page."""
    return in_turn([path], status, **headers)


def in_turn(paths: list[str], status: int = 200, **headers: str) -> Visits:
    """Everybody asks for one page after another, each client beginning elsewhere in the list."""

    def visits(client: int) -> Iterator[Visit]:
        place = client * 7
        while True:
            yield one(paths[place % len(paths)], status, **headers)
            place += 1

    return visits


@dataclass
class Result:
    """How long each request and each whole visit took, in seconds, and how long we went on."""

    seconds: float
    requests: list[float] = field(default_factory=list)
    visits: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.requests) / self.seconds

    @property
    def visit_rate(self) -> float:
        return len(self.visits) / self.seconds


def quantile(times: list[float], share: float) -> float:
    """The time within which so many were done, in milliseconds."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else float("nan")


class Line:
    """One connection that is kept alive, and the visit going on over it."""

    def __init__(self, port: int, visits: Iterator[Visit]) -> None:
        self.port, self.visits = port, visits
        self.socket = self._connected()
        self.heard = b""

    def _connected(self) -> socket.socket:
        made = socket.create_connection((HOST, self.port), timeout=PATIENCE)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def begin(self) -> None:
        """Start a new visit."""
        self.visit = next(self.visits)
        self.begun = perf_counter()
        self._ask(next(self.visit))

    def _ask(self, request: bytes) -> None:
        self.heard = b""
        self.asked = perf_counter()
        self.socket.sendall(request)

    def hear(self) -> Answer | None:
        """What has arrived, when it is whole."""
        piece = self.socket.recv(262_144)
        if not piece:
            raise Wrong("The server hung up in the middle of an answer.")
        self.heard += piece
        end = self.heard.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = self.heard[: end + 4]
        length = LENGTH.search(head)
        if len(self.heard) < len(head) + (int(length[1]) if length else 0):
            return None
        return Answer(int(head[9:12]), head, self.heard[end + 4 :])

    def go_on(self, answer: Answer) -> bool:
        """Give the visit its answer and ask what it wants next. False when the visit is over."""
        try:
            request = self.visit.send(answer)
        except StopIteration:
            return False
        if b"\r\nConnection: close" in answer.head:
            self.socket.close()
            self.socket = self._connected()
        self._ask(request)
        return True


def _client(port: int, visits: Iterator[Visit], lines: int, seconds: float, tell: Connection) -> None:
    """Visit for so long, finish what has begun, and tell how long each took."""
    with selectors.DefaultSelector() as selector:
        for _ in range(lines):
            line = Line(port, visits)
            selector.register(line.socket, selectors.EVENT_READ, line)
            line.begin()
        began = perf_counter()
        end = began + seconds
        result = Result(seconds)
        busy = lines
        while busy:
            ready = selector.select(PATIENCE)
            if not ready:
                raise Wrong("No answer for a minute.")
            for key, _ in ready:
                line = key.data
                answer = line.hear()
                if answer is None:
                    continue
                now = perf_counter()
                result.requests.append(now - line.asked)
                was = line.socket
                if not line.go_on(answer):
                    result.visits.append(now - line.begun)
                    if now >= end:
                        selector.unregister(was)
                        line.socket.close()
                        busy -= 1
                        continue
                    line.begin()
                if line.socket is not was:
                    selector.unregister(was)
                    selector.register(line.socket, selectors.EVENT_READ, line)
        result.seconds = perf_counter() - began
    tell.send(result)


def load(port: int, visits: Visits, seconds: float, clients: int = 2, lines: int = 4) -> Result:
    """Let visitors in for some seconds.

    Args:
        visits: what each client does, over and over.
        clients: processes.
        lines: connections of each.

    Raises:
        Wrong: somebody was given another answer than they should have been.
    """
    fork = multiprocessing.get_context("fork")
    ends = []
    for number in range(clients):
        ours, theirs = fork.Pipe(duplex=False)
        process = fork.Process(target=_client, args=(port, visits(number), lines, seconds, theirs))
        process.start()
        theirs.close()
        ends.append((ours, process))
    results = []
    for ours, process in ends:
        try:
            results.append(ours.recv())
        except EOFError:
            raise Wrong("A client gave up; what it met stands above.") from None
        finally:
            process.join()
    return Result(
        max(result.seconds for result in results),
        [time for result in results for time in result.requests],
        [time for result in results for time in result.visits],
    )


def visit(port: int, visit: Visit) -> list[Answer]:
    """Make one visit, alone, and keep its answers."""
    line = Line(port, iter([visit]))
    line.begin()
    answers = []
    while True:
        answer = line.hear()
        if answer is None:
            continue
        answers.append(answer)
        if not line.go_on(answer):
            line.socket.close()
            return answers


def ask(port: int, path: str, **headers: str) -> Answer:
    """One request, alone."""

    def visiting() -> Visit:
        yield get(path, **headers)

    return visit(port, visiting())[0]


def middle(values: list[float]) -> float:
    """The median; a name shorter to read in a table of figures."""
    return median(values)
