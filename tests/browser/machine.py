"""One server and one browser for every test that needs them, started when the first one asks."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from flask import Blueprint, Flask, abort
from playwright.sync_api import Browser, Playwright, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from c4s.core.db import db
from c4s.i18n import addresses
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.references import reference
from c4s.web.access import EVERYONE
from tests import parts
from tests.browser import cases
from tests.browser.cases import Cases
from tests.conftest import close, made_on

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --disable-dev-shm-usage --in-process-gpu"
    " --disable-features=SpareRendererForSitePerProcess,Translate,OptimizationHints,MediaRouter"
    " --js-flags=--no-flush-bytecode,--no-opt,--no-maglev,--single-threaded-gc"
)
"""The last keeps what axe was compiled to, from one page to the next, and compiles nothing again to run faster: each
page is left after a moment."""
STILL = "--disable-threaded-compositing --num-raster-threads=1"
"""Nothing is drawn that nobody asks for: a page can be measured, but waits for ever for a picture of itself."""

_open = ExitStack()


@dataclass(frozen=True)
class Town:
    """The site at a real address, and what is special in it."""

    site: Flask
    root: str
    cases: Cases

    def address(self, endpoint: str, language: str, **values: Any) -> str:
        """The path of a page in a language."""
        with self.site.app_context():
            return addresses.link(endpoint, language, **values).removeprefix(self.root)

    def reference(self, number: int) -> str:
        """A number for an address; the site adds the words itself."""
        return reference(number, "")


class Quiet(WSGIRequestHandler):
    """Keeps a connection for the next request, as gunicorn does, and says nothing."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:
        pass


def _error_pages() -> Blueprint:
    """Addresses that go wrong in a way of one's choice."""
    trouble = BilingualBlueprint("trouble", __name__)

    @trouble.page(cy="/helynt/<int:status>", en="/trouble/<int:status>", access=EVERYONE)
    def go_wrong(status: int) -> None:
        abort(status)

    return trouble


@contextmanager
def _served() -> Iterator[Town]:
    with TemporaryDirectory(prefix="c4s-", dir=parts.in_memory()) as folder:
        file = Path(folder, "c4s.sqlite3")
        site = made_on(f"sqlite:///{file}")
        site.register_blueprint(_error_pages())
        with site.app_context():
            made = cases.fill()
            db.session.remove()
        server = make_server("127.0.0.1", 0, site, threaded=True, request_handler=Quiet)
        root = f"http://127.0.0.1:{server.server_port}"
        site.config["SITE_ADDRESS"] = root
        site.extensions["c4s.settings"] = replace(site.extensions["c4s.settings"], site_address=root)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield Town(site, root, made)
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            close(site)


@cache
def town() -> Town:
    """The site, full, at an address of its own."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    return _open.enter_context(_served())


@cache
def _playwright() -> Playwright:
    return _open.enter_context(sync_playwright())


@cache
def browser(flags: str = "") -> Browser:
    """Chromium without a screen.

    Args:
        flags: more than those of every browser.
    """
    program = parts.require(parts.chromium(), parts.GET_CHROMIUM)
    started = _playwright().chromium.launch(executable_path=program, args=f"{FLAGS} {flags}".split())
    _open.callback(started.close)
    return started


def stop() -> None:
    """End both, the second time as the first."""
    _open.close()
