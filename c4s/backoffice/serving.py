"""``flask serve``: the whole site with one command, the web server and the worker side by side.

The site is loaded once, here, and both are forked from it: one start instead of three,
and one copy in memory of what nobody changes. Nothing here needs root, and nothing is
left running when it ends, however it ends.
"""

import ctypes
import errno
import gc
import os
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from subprocess import CalledProcessError
from time import monotonic
from typing import Any, NoReturn

import click
from flask import Flask, current_app
from flask.cli import ScriptInfo, with_appcontext
from gunicorn.app.base import BaseApplication
from gunicorn.http import message

from c4s.backoffice import commands, contents, invented
from c4s.core.config import ROOT, Settings
from c4s.core.db import db
from c4s.core.schema import is_newest
from c4s.i18n import addresses, catalogues
from c4s.i18n.languages import LANGUAGES
from c4s.search import dictionary

LAST_PORT = 65_535
MOST_WORKERS = 64
THREADS = 2
WAITING = 512  # connections that may queue while the workers are busy
LONGEST_ADDRESS = 65_536  # bytes; ten thousand letters with accents are an odd search, but only a search
GRACE = 8.0  # seconds for requests and letters in hand to be finished
WATCHED = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD}
PDEATHSIG = 1  # prctl's "send me this signal when my parent dies" (Linux)


@click.command("serve")
@click.option("--host", help="The address to listen on; HOST in the environment when left out.")
@click.option("--port", type=click.IntRange(0, LAST_PORT), help="The port; PORT when left out. 0 is any free one.")
@with_appcontext
def serve(host: str | None, port: int | None) -> None:
    """Start the site: the web server, and the worker that sends letters."""
    settings: Settings = current_app.extensions["c4s.settings"]
    asked = (settings.host if host is None else host, settings.port if port is None else str(port))
    if asked != (settings.host, settings.port):
        os.environ["HOST"], os.environ["PORT"] = asked  # the site has read them already: letters link to it
        start_again()
    listener = listen(settings.host, number(settings.port, "PORT", LAST_PORT))
    if compile_words(catalogues.Folder()):
        listener.close()
        start_again()
    prepare(settings)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    open_home_page(app, settings)
    db.session.remove()
    db.engine.dispose()  # a connection must not be shared by two processes
    sys.exit(supervise(app, settings, listener))


def number(text: str, name: str, most: int) -> int:
    """A whole number from the environment.

    Raises:
        click.ClickException: naming the setting, when it is something else, or too much.
    """
    if not text.isdecimal() or int(text) > most:
        raise click.ClickException(f"{name} must be a whole number, {most} at most, and is: {text}")
    return int(text)


def listen(host: str, port: int) -> socket.socket:
    """Take the port before anything else is begun: visitors who come early wait, a second site is told.

    Raises:
        click.ClickException: when the port is taken, or the address is not one of this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=WAITING)
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            raise click.ClickException(
                f"Port {port} is in use already. Perhaps the site is running in another window? "
                f"To use another port: PORT={port + 1} make run"
            ) from None
        raise click.ClickException(f"Cannot listen on {host}, port {port}: {problem}") from None


def compile_words(folder: catalogues.Folder) -> bool:
    """Compile the Welsh catalogue when its compiled form is missing or older. True when that was done."""
    if not folder.welsh.exists():
        return False
    written = folder.welsh.stat().st_mtime_ns
    if folder.compiled.exists() and folder.compiled.stat().st_mtime_ns >= written:
        return False
    catalogues.compile_welsh(folder)
    # The same time as its source, so that a clock set wrongly cannot make it look old for ever.
    os.utime(folder.compiled, ns=(written, written))
    return True


def start_again() -> NoReturn:
    """Load the site once more, because it was loaded before what it reads at the start was in place."""
    sys.stdout.flush()
    os.execv(sys.executable, sys.orig_argv)


def prepare(settings: Settings) -> None:
    """Bring the database to the newest form, and fill it when it is a demonstration's and empty.

    Raises:
        click.ClickException: when that cannot be done, or the database of a demonstration is not served as one.
    """
    with suppress(CalledProcessError):  # where nothing can be written, search makes do with a copy of its own
        dictionary.prepare()
    if is_newest() and not (settings.is_demonstration and contents.is_empty()):
        contents.must_be_for_real(settings)
        return
    # In a process of its own: what it loads is large, and no page needs it.
    sys.stdout.flush()
    if subprocess.run([sys.executable, "-m", "flask", "--app", str(ROOT / "app.py"), "prepare"], cwd=ROOT).returncode:
        raise click.ClickException("The database could not be prepared.")


def open_home_page(app: Flask, settings: Settings) -> None:
    """Open it in each language, so that what every page compiles and loads is shared by all workers."""
    visitor = app.test_client(use_cookies=False)
    for language in LANGUAGES:
        address = addresses.path(app, "pages.home", language)
        visitor.get(address, base_url=settings.site_address, buffered=True).close()


class Server(BaseApplication):
    """gunicorn, told everything here: no file, no command line, no environment of its own."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self.app, self.options = app, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app


def web_server(app: Flask, workers: int, listener: socket.socket, ready: int) -> None:
    """Serve until told to stop. Writes one byte to ``ready`` whenever a worker can take requests."""

    def leave_the_parents_connections(server: object, worker: object) -> None:
        with app.app_context():
            db.engine.dispose(close=False)

    def say_ready(worker: object) -> None:
        os.write(ready, b".")

    # gunicorn allows 8,190 bytes or no limit at all; we want one between.
    message.MAX_REQUEST_LINE = LONGEST_ADDRESS
    shared_memory = Path("/dev/shm")  # where a worker's sign of life never waits for a disk
    Server(
        app,
        {
            "bind": f"fd://{listener.detach()}",
            "workers": workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "preload_app": True,
            "control_socket_disable": True,
            "forwarded_allow_ips": "",  # which proxies to believe is C4S_TRUSTED_PROXIES, in one place
            "limit_request_line": LONGEST_ADDRESS,
            "graceful_timeout": int(GRACE) - 3,
            "keepalive": 5,
            "backlog": WAITING,
            "loglevel": "warning",
            "proc_name": "connect4success",
            "worker_tmp_dir": str(shared_memory) if os.access(shared_memory, os.W_OK) else None,
            "post_fork": leave_the_parents_connections,
            "post_worker_init": say_ready,
        },
    ).run()


def worker(app: Flask) -> None:
    """Send letters and do the nightly work until told to stop."""
    commands.worker.main(args=[], prog_name="flask", standalone_mode=False, obj=ScriptInfo(create_app=lambda: app))


def fork(work: Callable[[], None]) -> int:
    """Do ``work`` in a process of its own, which ends with it, and ends when we do.

    Returns:
        The new process's number, to us; the new process never returns.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    us = os.getpid()
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        os.setsid()  # Ctrl-C in a terminal is for us, and we pass it on
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PDEATHSIG, signal.SIGTERM)
        if os.getppid() == us:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)
            work()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def supervise(app: Flask, settings: Settings, listener: socket.socket) -> int:
    """Keep the web server and the worker running together.

    Returns:
        What to tell the shell: 0 when we were asked to stop, 1 when one of the two ended by itself.
    """
    web_workers = number(settings.workers, "C4S_WORKERS", MOST_WORKERS)
    stopping = {signal.SIGINT, signal.SIGTERM}
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # started with nohup, we outlive the terminal
        stopping.add(signal.SIGHUP)
    host, port = listener.getsockname()[:2]
    settle()
    signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
    can_hear, ready = os.pipe()
    os.set_blocking(can_hear, False)

    def serve_pages() -> None:
        os.close(can_hear)
        web_server(app, web_workers, listener, ready)

    def send_letters() -> None:
        for unneeded in (can_hear, ready, listener.detach()):
            os.close(unneeded)
        worker(app)

    running = {fork(serve_pages): "The web server", fork(send_letters): "The worker"}
    listener.close()
    os.close(ready)
    said = False
    while True:
        caught = signal.sigtimedwait(WATCHED, 60 if said else 0.01)
        if caught is not None and caught.si_signo in stopping:
            stop(running)
            return 0
        ended = reap(running)
        if ended:
            name, status = ended
            click.echo(f"{name} ended by itself ({status}), so the site stops.", err=True)
            stop(running)
            return 1
        if not said and heard(can_hear):
            said = True
            announce(settings, host, port)


def settle() -> None:
    """Keep what is loaded by now, untouched and shared by all; look for rubbish after every two thousand things that
    stay, which is some twenty pages: oftener takes no less memory, and seldomer no less time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(2_000, 10, 10)


def heard(can_hear: int) -> bool:
    """Whether a worker has said that it is ready."""
    try:
        return bool(os.read(can_hear, 1))
    except BlockingIOError:
        return False


def reap(running: dict[int, str]) -> tuple[str, str] | None:
    """Take leave of one process that has ended, if any has; say which and how."""
    for process, name in running.items():
        gone, status = os.waitpid(process, os.WNOHANG)
        if gone:
            del running[process]
            code = os.waitstatus_to_exitcode(status)
            return name, f"status {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"
    return None


def stop(running: dict[int, str]) -> None:
    """Ask every process to finish what it has in hand; end those that do not, or at a second Ctrl-C."""
    for process in running:
        os.kill(process, signal.SIGTERM)
    patience = monotonic() + GRACE
    while running:
        if reap(running):
            continue
        caught = signal.sigtimedwait(WATCHED, max(0.0, patience - monotonic()))
        if caught is None or caught.si_signo == signal.SIGINT:
            for process in running:
                with suppress(ProcessLookupError):
                    os.killpg(process, signal.SIGKILL)
            patience = monotonic() + GRACE


def announce(settings: Settings, host: str, port: int) -> None:
    """Say where the site is, and where its letters go."""
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Connect4Success is at http://{shown}:{port}")
    if settings.mail.startswith(("smtp://", "smtps://")):
        click.echo("Letters leave by the mail server of C4S_MAIL.")
    else:
        click.echo(f"Letters are not sent: read them in {ROOT / settings.mail}")
    if settings.is_demonstration:
        click.echo("This is a demonstration: its businesses and people are invented.")
        click.echo(f"To sign in: {invented.EMAIL}, with the password: {invented.PASSWORD}")
        for one in invented.STAFF:
            click.echo(f"As a member of staff: {one.email}, with the password: {one.password}")
        click.echo("The code of their second step: . .venv/bin/activate && flask --app app demo code")
    click.echo("To stop: Ctrl-C")
