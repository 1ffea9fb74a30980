"""A town with its site, a browser, and an album of every page."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.browser import machine
from tests.browser.album import Album, Sight
from tests.browser.machine import Town
from tests.browser.pages import SEEN
from tests.browser.reader import Reader, translator


def pytest_unconfigure() -> None:
    """Close the town when every window in it, of these tests and of others, is closed."""
    machine.stop()


@pytest.fixture(scope="session")
def town() -> Town:
    return machine.town()


@pytest.fixture(scope="session")
def browser() -> Browser:
    """Asked for before the town is built: without a browser nobody needs one."""
    return machine.browser()


@pytest.fixture(scope="session")
def still() -> Browser:
    """For whoever looks and measures, and does nothing else."""
    return machine.browser(machine.STILL)


@pytest.fixture(scope="session")
def album(still: Browser, town: Town) -> Iterator[Album]:
    with Reader(still, town.root, translator(town.site), is_still=True) as reader:
        yield Album(reader, town)


@pytest.fixture(scope="session", params=SEEN, ids=[f"{name}-{language}" for name, language in SEEN])
def sight(album: Album, request: pytest.FixtureRequest) -> Sight:
    """Each page in each language in turn. For the whole session, so that pytest runs every test of one
    page before it turns to the next: a page is opened once."""
    return album.open(*request.param)


@pytest.fixture
def looker(still: Browser, town: Town) -> Iterator[Reader]:
    """Somebody who looks as the album does, at a page that a test spoils."""
    with Reader(still, town.root, translator(town.site), is_still=True) as reader:
        yield reader


@pytest.fixture(scope="session")
def readers(browser: Browser, town: Town) -> Iterator[dict[str, Reader]]:
    """Somebody with a window of their own, for each language."""
    with ExitStack() as windows:
        yield {
            code: windows.enter_context(Reader(browser, town.root, translator(town.site), code))
            for code in ("cy", "en")
        }


@pytest.fixture
def reader(readers: dict[str, Reader], language: str) -> Reader:
    """Each of them in turn, in front of an ordinary screen."""
    return readers[language].at()
