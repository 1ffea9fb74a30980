"""The only clock."""

import ast
from datetime import UTC, timedelta
from pathlib import Path

from c4s.core.clock import now
from c4s.core.config import ROOT
from tests.conftest import NOW


def test_now_is_in_utc_and_stands_where_the_tests_put_it(clock):
    assert (now(), now().tzinfo) == (NOW, UTC)
    clock.shift(timedelta(hours=2, microseconds=1))
    assert now() == NOW + timedelta(hours=2, microseconds=1)


def _reads_the_clock(file: Path) -> bool:
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in ("now", "utcnow", "today")
        and isinstance(node.value, ast.Name)
        and node.value.id in ("datetime", "date")
        for node in ast.walk(ast.parse(file.read_text()))
    )


def test_nothing_else_reads_the_clock():
    assert [str(f.relative_to(ROOT)) for f in (ROOT / "c4s").rglob("*.py") if _reads_the_clock(f)] == [
        "c4s/core/clock.py"
    ]
