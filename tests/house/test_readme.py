"""What the README tells people to type exists, with the options it names; so do the files it points to."""

import re

import click
import pytest
from flask.cli import FlaskGroup

from app import app
from c4s.core.config import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
SPANS = [
    " ".join(span.split()) for span in re.findall(r"`([^`]+)`", re.sub(r"^```.*?^```", "", README, flags=re.M | re.S))
]
LINES = [line.strip() for text in (*SPANS, *BLOCKS) for line in text.splitlines()]
COMMANDS = sorted({line.removeprefix("flask --app app ") for line in LINES if line.startswith("flask --app app ")})
PATHS = sorted({span for span in SPANS if re.fullmatch(r"(?:c4s|tests|templates|static|translations)/[\w./-]+", span)})


def in_the_tree() -> list[str]:
    """The folders and files that the drawing of the tree names in full."""
    drawing = next(block for block in BLOCKS if block.startswith("app.py"))
    return sorted(set(re.findall(r"\bc4s/\w+|^\w[\w.]*", drawing, re.MULTILINE)))


def test_there_is_something_to_check():
    assert (len(COMMANDS) > 8, len(PATHS) > 2) == (True, True)


def test_every_target_of_make_exists():
    asked = {target for line in LINES for target in re.findall(r"^make ([\w-]+)", line)}
    offered = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"run", "test", "check", "bench", "demo"} - asked == set()
    assert asked - offered == set()


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_exists_with_its_options_and_arguments(line):
    words = re.findall(r'"[^"]*"|\S+', line)
    cli = FlaskGroup(create_app=lambda: app)
    with app.app_context():
        command = app.cli.get_command(click.Context(app.cli), words[0]) or cli.commands.get(words[0])
        while isinstance(command, click.Group):
            words = words[1:]
            command = command.get_command(click.Context(command), words[0])
    assert command is not None, f"no such command: flask {line}"
    taken = [option for one in command.params for option in one.opts if option.startswith("-")]
    assert [word for word in words[1:] if word.startswith("-") and word not in taken] == []
    needed = [one for one in command.params if isinstance(one, click.Argument) and one.required]
    places = [word for word in words[1:] if word.split(".")[0] in ("FILE", "NUMBER", "EMAIL") or word.startswith('"')]
    assert len(places) == len(needed)


@pytest.mark.parametrize("path", [*PATHS, *in_the_tree()])
def test_every_path_exists(path):
    assert (ROOT / path).exists()


def test_every_module_that_is_run_exists():
    modules = {name for line in LINES for name in re.findall(r"python -m ([\w.]+)", line)}
    files = {name: ROOT / name.replace(".", "/") for name in modules}
    assert [
        n for n, file in files.items() if not (file.with_suffix(".py").exists() or (file / "__main__.py").exists())
    ] == []
