"""What belongs together goes to one process of a test run."""

from types import SimpleNamespace

from tests.conftest import pytest_xdist_make_scheduler
from tests.sharing import piece, turn

AXE, LAYOUT = "tests/browser/test_axe.py::test_axe_finds_nothing", "tests/browser/test_layout.py::test_it_fits"
TESTS = [
    f"{AXE}[event, open-cy]",
    f"{AXE}[home-cy]",
    f"{LAYOUT}[event, open-en]",
    f"{LAYOUT}[home-cy]",
    "tests/web/test_paging.py::test_one[sqlite]",
    f"{LAYOUT}[event, open]",
    "tests/web/test_paging.py::test_other",
    "tests/browser/test_axe.py::test_axe_would_find_something[cy]",
]


class Process:
    """One that is given tests, and takes note."""

    shutting_down = False
    gateway = SimpleNamespace(id="one of them")

    def __init__(self) -> None:
        self.given: list[int] = []

    def send_runtest_some(self, numbers: list[int]) -> None:
        self.given += numbers

    def shutdown(self) -> None:
        self.shutting_down = True


def test_all_that_looks_at_one_page_is_one_piece_and_so_is_any_other_file():
    assert [piece(test) for test in TESTS] == [
        *("the page event, open", "the page home", "the page event, open", "the page home"),
        *("tests/web/test_paging.py", "the page event, open", "tests/web/test_paging.py", "the page cy"),
    ]


def test_what_takes_long_begins_and_pages_end():
    files = ["tests/browser/test_html.py::test_x[home-cy]", "tests/web/test_paging.py::a", "tests/races/test_x.py::a"]
    assert sorted(files, key=turn) == files[::-1]


def test_a_process_gets_whole_pieces_in_the_order_of_the_tests():
    option = SimpleNamespace(tx=["popen", "popen"])
    config = SimpleNamespace(option=option, getvalue=lambda name: getattr(option, name))
    scheduler = pytest_xdist_make_scheduler(config, None)
    processes = [Process(), Process()]
    for process in processes:
        scheduler.add_node(process)
        scheduler.add_node_collection(process, TESTS)
    scheduler.schedule()
    assert [process.given for process in processes] == [[0, 2, 5], [1, 3, 4, 6]]
