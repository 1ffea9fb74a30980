"""Files to read: small ones written on the spot, and the real ones that lie beside the project."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from c4s.directory.reading import Reading, open_reader

SHARED_DATA = Path(__file__).resolve().parents[4] / "shared" / "data"


def shared_data(name: str) -> Path:
    """The path of a real file, by its name under ../shared/data; the test is skipped where it is absent."""
    path = SHARED_DATA / name
    if not path.is_file():
        pytest.skip(f"NOT TESTED ON REAL DATA: {path} is missing. It lies beside the project, not in it.")
    return path


def reading(format: str, content: str | bytes, source: str | None = "test") -> Reading[Any]:
    """Begin to read a file given as text or bytes."""
    return open_reader(format, BytesIO(content.encode() if isinstance(content, str) else content), source)


def read(format: str, content: str | bytes, source: str | None = "test") -> list[Any]:
    """Read it to its end."""
    return list(reading(format, content, source))
