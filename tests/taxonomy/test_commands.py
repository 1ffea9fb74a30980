"""``flask taxonomy``."""

from pathlib import Path

from flask import Flask

from c4s.core.db import db
from tests.taxonomy.test_actions import AREAS, OURS, lists, written

__all__ = ["lists"]


def test_our_own_lists_are_loaded_unless_others_are_given(lists: None, site: Flask, tmp_path: Path) -> None:
    db.session.rollback()
    result = site.test_cli_runner().invoke(args=["taxonomy", "load"])
    assert result.exit_code == 0, result.output
    assert result.output.startswith("categories: ") and "categories: 2," not in result.output
    (tmp_path / "areas").mkdir()
    files = written(tmp_path, OURS), written(tmp_path / "areas", AREAS)
    result = site.test_cli_runner().invoke(
        args=["taxonomy", "load", "--categories", str(files[0]), "--areas", str(files[1])]
    )
    assert (result.exit_code, result.output) == (0, "categories: 2, areas: 2\n")


def test_a_list_that_contradicts_itself_is_said_to(site: Flask, tmp_path: Path) -> None:
    file = written(tmp_path, OURS.replace("test-roofs", "test-trades"))
    result = site.test_cli_runner().invoke(args=["taxonomy", "load", "--categories", str(file)])
    assert result.exit_code == 1
    assert "twice the same code" in result.output
