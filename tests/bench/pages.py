"""What a page weighs, how many are served in a second, and how many questions each asks of the database."""

import gzip
import re
from collections.abc import Iterator
from contextvars import Context
from typing import Any

from flask import Flask
from sqlalchemy import event

from c4s.core.db import db
from tests.bench import filled
from tests.bench.figures import Bench, Figure, Target, rate, ratio, spoken
from tests.bench.load import Answer, Visit, Visits, always, ask, get, load, quantile

PAGES = {
    "home": ("/en/", "/cy/"),
    "directory": ("/en/directory", "/cy/cyfeiriadur"),
    "search": ("/en/directory?q=care", "/cy/cyfeiriadur?q=gofal"),
    "A to Z": ("/en/directory/a-to-z", "/cy/cyfeiriadur/a-i-y"),
    "category": ("/en/directory/category/1", "/cy/cyfeiriadur/categori/1"),
    "area": ("/en/directory/area/1", "/cy/cyfeiriadur/ardal/1"),
    "supplier": ("/en/directory/1", "/cy/cyfeiriadur/1"),
    "events": ("/en/events", "/cy/digwyddiadau"),
    "event": ("/en/events/1", "/cy/digwyddiadau/1"),
    "booking form": ("/en/events/1/book", "/cy/digwyddiadau/1/cadw-lle"),
    "privacy": ("/en/privacy", "/cy/preifatrwydd"),
    "contact": ("/en/contact", "/cy/cysylltu"),
}
"""A page of each kind, in English and in Welsh; the site itself adds the words to a number."""
ASSET = re.compile(r'<link rel="(?:stylesheet|icon)"[^>]* href="([^"]+)"|<img[^>]* src="([^"]+)"')
FIRST_VIEW = Target(must=14_600, good=10_000, aim=14 * 1024, at_most=True)
PAGE = Target(must=0.2, good=0.4, aim=0.5)
SEARCH = Target(must=0.3, good=0.6, aim=0.4)
UNCHANGED = Target(aim=0.7)
ALONE = Target(must=20, good=10, at_most=True)
QUESTIONS = Target(aim=5, at_most=True)


def at(port: int, path: str) -> str:
    """Where a page is once the site has put its words right."""
    answer = ask(port, path)
    return answer.header("Location") if answer.status in (301, 308) else path


def weight(bench: Bench) -> list[Figure]:
    """Bytes and requests of a first view: page, stylesheet, icon, headers too, as a browser would have them sent."""
    figures = []
    with bench.server("ours", filled.address(filled.demonstration(bench.folder)), 1) as port:
        for name, addresses in PAGES.items():
            for language, address in zip(("en", "cy"), addresses, strict=True):
                page = ask(port, at(port, address), Accept_Encoding="gzip")
                parts = [page, *(ask(port, other, Accept_Encoding="gzip") for other in _assets(page))]
                total = sum(part.size for part in parts)
                shown = f"{total:>6,} B in {len(parts)}  (page {len(page.body):,})"
                figures.append(Figure(f"{name}, {language}", shown, total, target=FIRST_VIEW))
    return figures


def _assets(page: Answer) -> list[str]:
    return ["".join(found) for found in ASSET.findall(_unpacked(page))]


def _unpacked(page: Answer) -> str:
    return gzip.decompress(page.body).decode()


def unchanged(path: str) -> Visits:
    """Everybody has the page already, and asks whether it is still the same."""

    def visits(client: int) -> Iterator[Visit]:
        tag = ""

        def visit() -> Visit:
            nonlocal tag
            answer = yield get(path, If_None_Match=tag)
            tag = answer.header("ETag")  # it changes every few minutes; the next visit has the new one

        while True:
            yield visit()

    return visits


def pages(bench: Bench) -> list[Figure]:
    """Requests a second with one worker and eight connections, beside bare pages; and how long it takes alone."""
    figures = []
    ours = filled.address(filled.demonstration(bench.folder))
    with (
        bench.server("ours", ours, 1) as port,
        bench.server("bare", str(filled.floor(bench.folder)), 1) as floor,
    ):
        names = ("home", "directory", "search", "supplier", "events", "event", "booking form")
        there = {name: at(port, PAGES[name][0]) for name in names}
        results = bench.turns(
            hello=(floor, always("/hello")),
            page=(floor, always("/page")),
            **{name: (port, always(path)) for name, path in there.items()},
            **{f"{name} again": (port, unchanged(there[name])) for name in ("home", "supplier", "event")},
        )
        for name in ("hello", "page"):
            figures.append(Figure(f"bare {name}", spoken(results[name])))
        for name in names:
            target = PAGE if name in ("home", "supplier", "event") else Target()
            value, peer = ratio(results[name], results["page"]), f"20 KB page {rate(results['page']):,.0f}/s"
            figures.append(Figure(name, spoken(results[name]), value, peer, target))
        for name in ("home", "supplier", "event"):
            one = results[f"{name} again"]
            peer = f"hello {rate(results['hello']):,.0f}/s"
            figures.append(Figure(f"{name}, unchanged", spoken(one), ratio(one, results["hello"]), peer, UNCHANGED))
        for name in names:
            alone = load(port, always(there[name]), bench.seconds, clients=1, lines=1)
            shown = f"p50 {quantile(alone.requests, 0.5):.1f}  p99 {quantile(alone.requests, 0.99):.1f} ms"
            figures.append(Figure(f"{name}, nobody else", shown, quantile(alone.requests, 0.99), target=ALONE))
    return figures


def queries(bench: Bench) -> list[Figure]:
    """Statements a page, over a hundred suppliers and over ten thousand."""
    few, many = 100, 1_000 if bench.quick else 10_000
    counted = []
    for number in (few, many):
        with filled.site(filled.suppliers(bench.folder, number)) as app:
            counted.append({name: _statements(app, addresses[0]) for name, addresses in PAGES.items()})
    return [
        Figure(
            name,
            f"{counted[1][name]} over {many:,}, {counted[0][name]} over {few}",
            max(counted[1][name], counted[0][name]),
            target=QUESTIONS,
        )
        for name in PAGES
    ]


def _statements(app: Flask, path: str) -> int:
    """How many statements a page asks the second time that it is opened."""
    asked: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    def opened(address: str) -> str:
        # In a context of its own, as on a server: what one visit has read is not there for the next.
        answer = Context().run(app.test_client().get, address, follow_redirects=True)
        assert answer.status_code == 200, (address, answer.status)
        return answer.request.full_path.rstrip("?")

    path = opened(path)
    event.listen(db.engine, "before_cursor_execute", note)
    opened(path)
    event.remove(db.engine, "before_cursor_execute", note)
    return len(asked)
