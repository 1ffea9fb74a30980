"""The whole site, started and stopped as a person does it."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import click
import pytest

from c4s.backoffice import serving
from c4s.core.migrating import migrate
from c4s.core.schema import is_newest
from c4s.i18n.catalogues import Folder

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {
    "HOST": "127.0.0.1",
    "PORT": "0",
    "C4S_SECRET_KEY": "for-tests-only-" + "x" * 32,
    "C4S_SITE_ADDRESS": "https://connect4success.example.wales",
    "C4S_MORE_HOSTS": "127.0.0.1",
    "C4S_MAIL": "smtp://127.0.0.1:9",
    "C4S_MAIL_FROM": "llythyrau@example.wales",
    "C4S_ORGANISATION": "Connect4Success Tests",
    "C4S_CONTROLLER": "Connect4Success Tests",
    "C4S_POSTAL_ADDRESS": "1 Test Street|Pontypridd",
    "C4S_PHONE": "01632 960 199",
    "C4S_CONTACT_EMAIL": "tests@example.wales",
}
"""Safe ones, so that nothing is filled in: a demonstration takes seconds."""


class Running:
    """A site that was started as ``make run`` starts it, and where it says it is."""

    def __init__(self, folder: Path) -> None:
        given = {**os.environ, **SETTINGS, "C4S_DATABASE_URL": f"sqlite:///{folder / 'c4s.sqlite3'}"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "app", "serve"],
            cwd=ROOT,
            env=given,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if line.startswith("To stop"):
                break
        found = re.search(r"at http://127\.0\.0\.1:(\d+)", self.said)
        assert found, self.said
        self.port = int(found[1])

    def page(self, address: str) -> str:
        with urlopen(f"http://127.0.0.1:{self.port}{address}") as answer:
            return str(answer.read(), "utf-8")

    def children(self) -> list[int]:
        """The web server, then the worker."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(number) for number in listed.split()]

    def end(self) -> str:
        """Wait for the end; what was said in all."""
        return self.said + self.process.communicate(timeout=20)[0]


@contextmanager
def site_running(folder: Path) -> Iterator[Running]:
    running = Running(folder)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.process.kill()
        running.process.communicate()


def gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_both_languages_and_stops_without_leaving_anything(tmp_path, by):
    with site_running(tmp_path) as running:
        pages = [running.page(f"/{language}/") for language in ("cy", "en")]
        pages.append(running.page(f"/en/directory?q={'w' * 10_000}"))  # only an odd question
        children = running.children()
        running.process.send_signal(by)
        said = running.end()
    assert [re.findall(r'<html[^>]* lang="(\w+)"', page) for page in pages] == [["cy"], ["en"], ["en"]]
    assert (len(children), [gone(child) for child in children]) == (2, [True, True])
    assert (running.process.returncode, "Traceback" in said) == (0, False)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", running.port))


@pytest.mark.parametrize(("which", "name"), [(0, "The web server"), (1, "The worker")])
def test_when_one_half_dies_the_other_is_stopped_and_the_shell_is_told(tmp_path, which, name):
    with site_running(tmp_path) as running:
        children = running.children()
        os.kill(children[which], signal.SIGKILL)
        said = running.end()
    assert said.splitlines()[-1] == f"{name} ended by itself (signal SIGKILL), so the site stops."
    assert (running.process.returncode, gone(children[1 - which])) == (1, True)


def test_a_port_that_is_taken_is_said_before_anything_is_started():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(click.ClickException) as refusal:
            serving.listen("127.0.0.1", port)
    assert refusal.value.message.startswith(f"Port {port} is in use already.")


def test_an_address_that_is_not_this_machines_is_said():
    with pytest.raises(click.ClickException) as refusal:
        serving.listen("192.0.2.1", 5000)
    assert refusal.value.message.startswith("Cannot listen on 192.0.2.1, port 5000: ")


@pytest.mark.parametrize("text", ["five", "-1", "65536", ""])
def test_a_setting_that_is_no_port_is_named(text):
    with pytest.raises(click.ClickException) as refusal:
        serving.number(text, "PORT", serving.LAST_PORT)
    assert refusal.value.message == f"PORT must be a whole number, 65535 at most, and is: {text}"


def test_the_catalogue_is_compiled_when_it_is_newer_and_only_then(tmp_path):
    folder = Folder(tmp_path)
    folder.welsh.parent.mkdir(parents=True)
    seen = [serving.compile_words(folder)]
    folder.welsh.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
    seen += [serving.compile_words(folder), serving.compile_words(folder)]
    os.utime(folder.welsh, (4_000_000_000, 4_000_000_000))
    seen += [serving.compile_words(folder), serving.compile_words(folder)]
    assert seen == [False, True, False, True, False]


def test_what_few_pages_need_is_not_loaded_at_the_start():
    others = ("alembic", "openpyxl", "c4s.directory.reading", "email_validator", "icalendar")
    others += ("phonenumbers", "rapidfuzz")
    loaded = f"print(sorted({set(others)} & {{*sys.modules}}), gc.get_freeze_count() > 100_000, gc.isenabled())"
    command = [sys.executable, "-c", f"import gc, sys, app, c4s.backoffice.serving; {loaded}"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **SETTINGS}, capture_output=True)
    assert (done.returncode, done.stdout.decode().strip()) == (0, "[] True True"), done.stderr


@pytest.mark.either_database
def test_the_home_page_is_compiled_in_both_languages_before_there_are_workers(site, monkeypatch):
    monkeypatch.setattr(site.jinja_env, "ready", {})
    serving.open_home_page(site, site.extensions["c4s.settings"])
    assert {language for language, name in site.jinja_env.ready if name == "pages/home.html"} == {"cy", "en"}


def test_a_database_at_the_newest_form_is_left_alone(site):
    assert (is_newest(), migrate()) == (True, False)
