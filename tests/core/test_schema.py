"""Commands on a database that nobody has prepared."""

from dataclasses import replace

import pytest

from c4s.core.migrating import migrate
from c4s.site import create_app
from tests.conftest import SETTINGS, close


@pytest.fixture
def bare(tmp_path):
    """A site whose database is not there yet."""
    site = create_app(replace(SETTINGS, database_url=f"sqlite:///{tmp_path / 'new.sqlite3'}"))
    yield site
    close(site)


@pytest.mark.parametrize(
    "words", ["mail failed", "mail print letters.html", "search rebuild", "taxonomy load", "nightly"], ids=str
)
def test_every_command_prepares_the_database_first(bare, words):
    done = bare.test_cli_runner().invoke(args=words.split())
    assert (done.exit_code, done.exception) == (0, None), done.output


def test_the_second_time_there_is_nothing_to_do(bare):
    with bare.app_context():
        assert [migrate(), migrate()] == [True, False]


def test_suppliers_taken_in_first_are_in_categories_all_the_same(bare, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("id,name,categories,town\n1,Becws y Bont,food-makers,Pontypridd\n", encoding="utf-8")
    done = bare.test_cli_runner().invoke(args=["import", "suppliers", str(file), "--format", "csv"])
    assert done.exit_code == 0, done.output
    page = bare.test_client().get("/en/directory?category=food-makers&area=pontypridd")
    assert "Becws y Bont" in page.text
