"""The site held against the OWASP Application Security Verification Standard 5.0, levels 1 and 2.

``asvs-l2.csv`` has a row for each requirement, by its number: *met* names the tests that would fail otherwise;
*not applicable* says why; *open* says what is missing, and stands too where something holds but no test says so.
"""

import ast
import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from c4s.core.config import ROOT

TABLE = Path(__file__).with_name("asvs-l2.csv")
COLUMNS = ["requirement", "level", "status", "evidence", "remark"]
MET, NOT_APPLICABLE, OPEN = "met", "not applicable", "open"
IN_LEVEL = {"1": 70, "2": 183}
"""How many requirements version 5.0.0 has in each of the two levels."""


def read() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = read()
NAMED = sorted({node for row in ROWS for node in row["evidence"].split()})


@cache
def names_in(file: str) -> set[str]:
    """The names of the tests in a file; none where there is no such file."""
    path = ROOT / file
    if not path.is_file():
        return set()
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return {node.name for node in body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def in_order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))


def test_there_is_a_row_for_every_requirement_of_both_levels_and_none_twice():
    numbers = [row["requirement"] for row in ROWS]
    assert (list(ROWS[0]), len(set(numbers))) == (COLUMNS, len(numbers))
    assert numbers == sorted(numbers, key=in_order)
    assert Counter(row["level"] for row in ROWS) == IN_LEVEL
    assert [one for one in numbers if not re.fullmatch(r"[1-9]\d?\.[1-9]\.[1-9]\d?", one)] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["requirement"])
def test_a_row_says_all_that_its_status_asks_for_and_no_more(row):
    assert set(row) == set(COLUMNS)
    assert row["status"] in (MET, NOT_APPLICABLE, OPEN)
    assert bool(row["evidence"]) == (row["status"] == MET)
    assert bool(row["remark"]) or row["status"] == MET


@pytest.mark.parametrize("node", NAMED)
def test_what_is_met_names_a_test_that_exists(node):
    file, _, name = node.partition("::")
    assert name in names_in(file)


def test_how_many_there_are_of_each_is_said(capsys):
    counted = Counter(row["status"] for row in ROWS)
    assert set(counted) <= {MET, NOT_APPLICABLE, OPEN}
    with capsys.disabled():
        print("\nASVS 5.0, levels 1 and 2:", ", ".join(f"{status} {counted[status]}" for status in sorted(counted)))
