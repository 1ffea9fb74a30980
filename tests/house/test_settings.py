"""The README's table of settings is the code's."""

import re
from dataclasses import fields

from c4s.core.config import ROOT, Settings

HEAD = ("setting", "meaning", "default")


def cells(line: str) -> tuple[str, ...]:
    """The cells of a row of a Markdown table; a bar inside one is written ``\\|``."""
    inner = line.strip().removeprefix("|").removesuffix("|")
    return tuple(cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner))


def documented() -> list[tuple[str, ...]]:
    """The rows of the README's table of settings, without its head."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    heads = [number for number, line in enumerate(lines) if cells(line) == HEAD]
    assert len(heads) == 1, f"README.md must have one table with the head: {' | '.join(HEAD)}"
    rows = []
    for line in lines[heads[0] + 2 :]:
        if not line.startswith("|"):
            break
        name, meaning, default = cells(line)
        rows.append((name.strip("`"), meaning, default.strip("`")))
    return rows


def test_the_readme_tells_of_every_setting_as_it_is():
    assert documented() == [
        (item.metadata["name"], item.metadata["meaning"], item.default) for item in fields(Settings)
    ]
