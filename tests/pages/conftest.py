"""A site for real people, beside the demonstration of the other tests."""

from collections.abc import Iterator

import pytest

from c4s.core.config import read_settings
from tests.conftest import close, made_on
from tests.core.test_config import REAL
from tests.visitor import Visitor


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    site = made_on(f"sqlite:///{tmp_path_factory.mktemp('real') / 'c4s.sqlite3'}", read_settings(REAL))
    yield Visitor(site)
    close(site)
