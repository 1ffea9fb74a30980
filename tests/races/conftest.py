"""Where races are run."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests import parts
from tests.conftest import close, made_on


@pytest.fixture(params=["sqlite", "postgresql"])
def course(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Flask, str]]:
    """A site on a database of its own, by the real clock, and the database's address."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'race.sqlite3'}"
        site = made_on(address)
        yield site, address
        close(site)
        return
    with parts.postgresql() as given:
        address = parts.require(given, parts.GET_POSTGRESQL)
        site = made_on(address)
        yield site, address
        close(site)
