"""The floors of the house, and the habits that keep them."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from c4s.core.config import ROOT

FILES = sorted(path for path in (ROOT / "c4s").rglob("*.py") if "versions" not in path.parts)
NAMES = [str(path.relative_to(ROOT)) for path in FILES]
FOREIGN_NAMES = ("utils", "util", "helpers", "helper", "common", "misc", "manager", "service")


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def test_every_floor_leans_only_on_those_beneath_it():
    """In a process of its own: the checker takes the log away from those who share one with it."""
    command = [sys.executable, Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_no_import_hides_inside_a_function(path):
    hidden = [
        node.lineno
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_every_file_says_what_it_is(path):
    assert ast.get_docstring(tree(path)) or path.read_text() == ""


def test_no_file_has_a_name_that_says_nothing():
    assert [name for name in NAMES if name.rpartition("/")[2].removesuffix(".py") in FOREIGN_NAMES] == []


def test_views_name_no_language_by_hand():
    """Words come from the catalogue, texts from ``say``, addresses from ``url_for``."""
    found = []
    for path in FILES:
        if path.name not in ("views.py", "staff.py", "actions.py"):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Compare) and any(
                isinstance(one, ast.Constant) and one.value in ("cy", "en") for one in node.comparators
            ):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


def test_nothing_prints_and_nothing_is_left_to_do():
    found = [
        name
        for name, path in zip(NAMES, FILES, strict=True)
        if "TODO" in path.read_text()
        or "FIXME" in path.read_text()
        or any(
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
            for node in ast.walk(tree(path))
        )
    ]
    assert found == []
