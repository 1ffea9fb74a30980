"""Boards are moderated in the tests of moderation."""

from collections.abc import Iterator

import pytest
from flask import Flask

from c4s.accounts.models import Person
from tests.accounts.builders import a_member_of_staff, a_person
from tests.moderation.builders import boards


@pytest.fixture(autouse=True)
def _boards(request: pytest.FixtureRequest) -> Iterator[None]:
    if "site" not in request.fixturenames:
        yield
        return
    with boards(request.getfixturevalue("site")):
        yield


@pytest.fixture
def nia(site: Flask) -> Person:
    return a_person("nia")


@pytest.fixture
def mair(site: Flask) -> Person:
    return a_member_of_staff("mair")
