"""What tests share: one site for each database, made by the real migrations; a stopped clock.

What a test writes is wiped after it. The suite runs on SQLite and on PostgreSQL;
``C4S_TEST_DATABASE`` names the only database to run it on.
"""

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier
from typing import Any

import pytest
import time_machine
from flask import Blueprint, Flask
from flask_babel import gettext
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url

from c4s.core.config import Settings
from c4s.core.db import db
from c4s.core.migrating import migrate
from c4s.i18n.catalogues import Folder, compile_welsh
from c4s.i18n.languages import speaking
from c4s.mail.transports import Memory
from c4s.site import create_app
from c4s.taxonomy import actions as lists
from tests import parts
from tests.parts import pytest_terminal_summary
from tests.sharing import InPieces, turn
from tests.visitor import Visitor
from tests.wiping import let_go, wipe

__all__ = ["pytest_terminal_summary"]

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday morning in winter, when Wales keeps UTC."""
SETTINGS = Settings(secret_key="for-tests-only-" + "x" * 32, demonstration="1", site_address="http://127.0.0.1:5000")
ENGINES = ["given"] if os.environ.get("C4S_TEST_DATABASE") else ["sqlite", "postgresql"]


def pytest_configure(config: pytest.Config) -> None:
    """Compile the Welsh words if somebody has changed them since."""
    config.addinivalue_line("markers", "either_database: what it states has nothing to do with the database")
    config.addinivalue_line("markers", "pages: opens pages, on one database at a time")
    folder = Folder()
    if not folder.compiled.exists() or folder.compiled.stat().st_mtime < folder.welsh.stat().st_mtime:
        compile_welsh(folder)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> InPieces:
    """Where several processes share the work, share it in pieces."""
    return InPieces(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what need not run on this database. Where several processes share the work, what takes long begins."""
    others = {item for item in items if not is_wanted_on(item)}
    if others:
        config.hook.pytest_deselected(items=list(others))
        items[:] = [item for item in items if item not in others]
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: turn(item.nodeid))


def pytest_collection_finish() -> None:
    """Look for rubbish more seldom, and never among what stays for the whole run: a test leaves little behind."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def is_wanted_on(item: pytest.Item) -> bool:
    """Whether a test runs, on the database that it would run on.

    Pages are opened on the first database alone, or on the one that ``C4S_TEST_PAGES`` names, and then nothing else
    runs: CI opens them on both.
    """
    database = item.callspec.params.get("database") if hasattr(item, "callspec") else None
    opens_pages, other = item.get_closest_marker("pages"), os.environ.get("C4S_TEST_PAGES")
    if other:
        return opens_pages is not None and database == other and not item.get_closest_marker("either_database")
    once = opens_pages or item.get_closest_marker("either_database")
    return once is None or database in (None, ENGINES[0])


def made_on(address: str, settings: Settings = SETTINGS, blueprints: Iterable[Blueprint] = ()) -> Flask:
    """A site on a new database, with categories and areas.

    Args:
        address: of an empty database.
        blueprints: pages of a test's own.
    """
    site = create_app(replace(settings, database_url=address), TESTING=True, FORM_SECONDS=0, PROPAGATE_EXCEPTIONS=False)
    for blueprint in blueprints:
        site.register_blueprint(blueprint)
    site.extensions["c4s.mail"] = Memory()
    with site.app_context():
        migrate()
        lists.load_categories()
        lists.load_areas()
        db.session.remove()
    return site


def close(site: Flask) -> None:
    """Let go of every connection to the site's database."""
    let_go(site)
    with site.app_context():
        db.engine.dispose()


@contextmanager
def one_more(address: str, name: str, folder: Path) -> Iterator[str]:
    """The address of one more empty database of the same kind as another.

    Args:
        name: what to call it.
        folder: where to put it, if it is a file.
    """
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        yield f"sqlite:///{folder / name}.sqlite3"
        return
    engine = create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name}"))
        engine.dispose()


@contextmanager
def made_database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database of a kind. Where tests run in several processes, each has its own."""
    process = os.environ.get("PYTEST_XDIST_WORKER", "")
    given = os.environ.get("C4S_TEST_DATABASE" if kind == "given" else "C4S_TEST_POSTGRESQL", "")
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'c4s.sqlite3'}"
    elif given and process:
        with one_more(given, f"c4s_{process}", folder) as address:
            yield address
    elif given:
        yield given
    else:
        with parts.postgresql() as own:
            yield parts.require(own, parts.GET_POSTGRESQL)


@pytest.fixture(scope="session")
def opened() -> Iterator[Callable[..., Any]]:
    """Opens something once and gives it again whenever it is asked for; all is closed when the run ends.

    A fixture with parameters alone would be made anew each time the tests turn from one database to the other.
    """
    with ExitStack() as stack:
        yield cache(lambda make, *arguments: stack.enter_context(make(*arguments)))


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """Where the databases of the whole run are."""
    with TemporaryDirectory(prefix="c4s-", dir=parts.in_memory()) as folder:
        yield Path(folder)


@pytest.fixture(scope="session", params=ENGINES)
def database(request: pytest.FixtureRequest, folder: Path, opened: Callable[..., Any]) -> str:
    """The address of an empty database, of each kind in turn."""
    return str(opened(made_database, request.param, folder))


@contextmanager
def made_house(address: str) -> Iterator[Flask]:
    """A site that is closed afterwards."""
    site = made_on(address)
    yield site
    close(site)


@pytest.fixture(scope="session")
def house(opened: Callable[..., Any], database: str) -> Flask:
    """The site, one for each kind of database."""
    site: Flask = opened(made_house, database)
    return site


@pytest.fixture
def site(house: Flask) -> Iterator[Flask]:
    """The site at nine on a Monday, in an application context of its own; wiped afterwards."""
    house.extensions["c4s.mail"].messages.clear()
    with time_machine.travel(NOW, tick=False), house.app_context():
        yield house
        db.session.rollback()
        db.session.remove()
        wipe(house)


@pytest.fixture
def clock(site: Flask) -> Iterator[time_machine.Traveller]:
    """The stopped clock, for moving: ``clock.shift(timedelta(hours=2))``."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def visitor(site: Flask) -> Visitor:
    """Somebody at the door."""
    return Visitor(site)


@pytest.fixture
def statements(site: Flask) -> Iterator[list[str]]:
    """Every statement that the database is asked from here on."""
    asked: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield asked
    event.remove(db.engine, "before_cursor_execute", note)


def at_once(site: Flask, *actions: Callable[[], Any]) -> list[Any]:
    """What several actions gave that began at the same moment, each in a thread and a context of its own.

    A refusal or another exception counts as an answer.
    """
    ready = Barrier(len(actions))

    def act(action: Callable[[], Any]) -> Any:
        with site.app_context():
            ready.wait(10)
            try:
                return action()
            except Exception as problem:
                return problem
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(actions)) as crowd:
        return list(crowd.map(act, actions))


@pytest.fixture(params=["cy", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Each of the two languages in turn: a test about words runs in both."""
    return str(request.param)


def said(language: str, english: str) -> str:
    """A message of the catalogue in one of the languages, as it reads now: proof-readers mend the Welsh."""
    with speaking(language):
        return gettext(english)


@pytest.fixture
def letters(site: Flask) -> list[EmailMessage]:
    """The letters that have left."""
    messages: list[EmailMessage] = site.extensions["c4s.mail"].messages
    return messages
