"""The HTML is right to the letter: the Nu checker finds neither errors nor warnings."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from socket import create_server
from time import monotonic, sleep
from typing import Any
from xml.etree import ElementTree

import pytest

from c4s.core.db import db
from c4s.events import signing_up
from c4s.mail.models import Channel
from tests import parts
from tests.browser import cases
from tests.browser.album import Sight
from tests.browser.machine import Town
from tests.events.builders import a_sign_up, by_phone

pytestmark = pytest.mark.browser

ALLOWED: dict[str, str] = {}
"""What the checker may say, as a pattern for the whole sentence, with the reason."""


class Checker:
    """The Nu checker, running as a server: it starts once and reads a page in a twentieth of a second."""

    def __init__(self, port: int) -> None:
        self.port = port

    def read(self, html: str) -> list[str]:
        """What is wrong with a page."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as wire:
            headers = {"Content-Type": "text/html; charset=utf-8", "User-Agent": "tests"}
            wire.request("POST", "/?out=json", html.encode(), headers)
            said: list[dict[str, Any]] = json.loads(wire.getresponse().read())["messages"]
        return [
            f"{one.get('subType') or one['type']}: {one['message']} [{one.get('extract', '')}]"
            for one in said
            if not any(re.fullmatch(pattern, one["message"]) for pattern in ALLOWED)
        ]

    def is_there(self) -> bool:
        try:
            self.read("<!DOCTYPE html>")
        except OSError:
            return False
        return True


@pytest.fixture(scope="session")
def checker() -> Iterator[Checker]:
    jar = parts.require(parts.vnu_jar(), parts.GET_VNU)
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    java = [
        str(shutil.which("java")),
        "-Xss4m",
        "-XX:TieredStopAtLevel=1",
        "-Dnu.validator.servlet.bind-address=127.0.0.1",
    ]
    command = [*java, "-cp", str(jar), "nu.validator.servlet.Main", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        checker, patience = Checker(port), monotonic() + 60
        while not checker.is_there():
            assert server.poll() is None and monotonic() < patience, "the HTML checker does not start"
            sleep(0.1)  # Java takes its time, and says nothing when it is ready
        yield checker
    finally:
        server.kill()
        server.wait()


def test_the_checker_finds_nothing(sight: Sight, checker: Checker) -> None:
    assert checker.read(sight.html) == []


def test_the_checker_would_find_something(checker: Checker) -> None:
    assert len(checker.read("<!DOCTYPE html><html lang=cy><title>x</title><p id=a><p id=a>")) == 2


def test_letters_on_paper_are_right_too(town: Town, checker: Checker, tmp_path: Path) -> None:
    def printed(name: str) -> str:
        """What is on the paper; the letters of the town itself wait again afterwards, for its pages show them."""
        file = tmp_path / name
        assert town.site.test_cli_runner().invoke(args=["mail", "print", str(file)]).exit_code == 0
        with town.site.app_context():
            cases.let_wait(town.cases.asked["letter"], town.cases.asked["call"])
            db.session.remove()
        return file.read_text(encoding="utf-8")

    printed("of-earlier-stories.html")
    with town.site.app_context():
        event = town.cases.events["online"]
        signing_up.book_place(event, by_phone(88))
        post = a_sign_up("mali", channel=Channel.POST, address="1 Heol y Bryn\nTreorci", language_written="both")
        signing_up.book_place(event, post)
        db.session.remove()
    page = printed("letters.html")
    assert (page.count("<article"), checker.read(page)) == (4, [])


def test_the_maps_of_the_site_can_be_read_and_lead_to_pages_in_both_languages(town: Town) -> None:
    space = {"": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    client = town.site.test_client()
    index = ElementTree.fromstring(client.get("/sitemap.xml").data)
    maps = [str(one.text).removeprefix(town.root) for one in index.iterfind("sitemap/loc", space)]
    pages = [page for one in maps for page in ElementTree.fromstring(client.get(one).data).iterfind("url", space)]
    assert len(maps) == 2 and len(pages) > 100
    for page in pages:
        pair = {str(one.get("hreflang")): str(one.get("href")) for one in page.iterfind("x:link", space)}
        assert set(pair) >= {"cy", "en"} and page.findtext("loc", None, space) in pair.values()
    sample = [str(page.findtext("loc", None, space)).removeprefix(town.root) for page in pages[::10]]
    assert [address for address in sample if client.get(address).status_code != 200] == []
