"""A site of the tests' own, with pages that go wrong on purpose."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask, abort, request

from c4s.core.config import read_settings
from c4s.core.units import unit_of_work
from c4s.i18n.addresses import BilingualBlueprint
from c4s.web.access import EVERYONE, open_to_all
from tests.conftest import NOW, close, made_on
from tests.core.test_config import REAL
from tests.visitor import Visitor

trouble = BilingualBlueprint("trouble", __name__)


def nobody() -> bool:
    return False


@trouble.page(cy="/trafferth/<int:status>", en="/trouble/<int:status>", access=EVERYONE)
def stop(status: int) -> str:
    abort(status)


@trouble.page(cy="/gwall", en="/mistake", access=EVERYONE, is_public=True)
def mistake() -> str:
    return str(1 // 0)


@trouble.page(cy="/cudd", en="/hidden", access=nobody)
def hidden() -> str:
    return "A secret"


@trouble.page(cy="/ysgrifennu", en="/write", access=EVERYONE)
def write() -> str:
    return unit_of_work(lambda: "written")()


@trouble.route("/where")
@open_to_all()
def where() -> str:
    return str(request.remote_addr)


@trouble.route("/undeclared")
def undeclared() -> str:
    return "A secret"


@pytest.fixture(scope="module")
def troubled_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    site = made_on(f"sqlite:///{tmp_path_factory.mktemp('trouble') / 'c4s.sqlite3'}", blueprints=(trouble,))
    yield site
    close(site)


@pytest.fixture
def troubled(troubled_house: Flask) -> Iterator[Visitor]:
    """Somebody who meets with trouble; on SQLite alone, for the trouble is the same on both."""
    with time_machine.travel(NOW, tick=False):
        yield Visitor(troubled_house)


@pytest.fixture(scope="module")
def secure_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A site for real people: on https, behind one proxy of its own."""
    file = tmp_path_factory.mktemp("secure") / "c4s.sqlite3"
    site = made_on(f"sqlite:///{file}", read_settings({**REAL, "C4S_TRUSTED_PROXIES": "1"}), (trouble,))
    yield site
    close(site)


@pytest.fixture
def secure(secure_house: Flask) -> Visitor:
    return Visitor(secure_house)
