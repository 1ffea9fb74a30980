"""The commands that a newcomer types, and the lists of what they install."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LISTS = ("requirements.txt", "requirements-dev.txt", "requirements-pdf.txt", "requirements-proof.txt")
PINNED = re.compile(r"([a-z0-9-]+)==(\S+)(?: ; [^#]+?)?((?:\s+--hash=sha256:[0-9a-f]{64})+)\s*")
ELSEWHERE = re.compile(r"://|\s/|file:|index-url|find-links")


def make(folder: Path, target: str, path: str = "/usr/bin:/bin") -> subprocess.CompletedProcess[str]:
    """Run one target of our Makefile in a folder of the test's."""
    return subprocess.run(
        ["/usr/bin/make", "--file", str(ROOT / "Makefile"), target],
        cwd=folder, env={"PATH": path}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip


def program(file: Path, lines: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{lines}\n")
    file.chmod(0o755)


def pins(name: str) -> Mapping[str, str]:
    """Each package of a list and its version; every entry must have both, and a hash."""
    entries = (ROOT / name).read_text().replace("\\\n", " ").splitlines()
    found = {}
    for entry in entries:
        if entry.strip() and not entry.strip().startswith("#"):
            whole = PINNED.fullmatch(entry)
            assert whole is not None, entry
            found[whole[1]] = whole[2]
    return found


def test_everything_that_is_installed_is_pinned_and_hashed():
    assert [name for name in LISTS if not pins(name)] == []


def test_the_lists_agree_about_what_they_share():
    run = pins("requirements.txt")
    for others in (pins("requirements-dev.txt"), pins("requirements-pdf.txt")):
        assert {name: others.get(name) for name in run} == run


def test_no_list_names_a_registry_or_a_folder():
    assert [name for name in LISTS if ELSEWHERE.search((ROOT / name).read_text())] == []


def test_help_is_the_default_and_names_every_command(tmp_path):
    commands = {"run", "test", "check", "bench", "demo", "lock"}
    assert set(re.findall(r"^make (\w+)", make(tmp_path, "help").stdout, re.MULTILINE)) == commands
    assert ".DEFAULT_GOAL := help" in (ROOT / "Makefile").read_text()


def test_without_python_the_newcomer_is_told_what_to_install(tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "sh").symlink_to("/bin/sh")
    said = make(tmp_path, "installed", path=str(tmp_path / "bin"))
    assert "sudo apt install python3 python3-venv" in said.stderr
    assert (said.returncode, (tmp_path / ".venv").exists()) == (2, False)


def test_without_venv_the_newcomer_is_told_what_to_install(tmp_path):
    program(tmp_path / "bin" / "python3", 'case "$2" in *ensurepip*) exit 1;; esac')
    said = make(tmp_path, "installed", path=str(tmp_path / "bin"))
    assert "sudo apt install python3-venv" in said.stderr
    assert (said.returncode, (tmp_path / ".venv").exists()) == (2, False)


def test_a_list_is_installed_once_and_again_only_when_it_changes(tmp_path):
    program(tmp_path / ".venv/bin/python", 'echo "$*" >> said; [ "$1" != --version ] || echo Python 3')
    shutil.copy(ROOT / "requirements.txt", tmp_path)

    def installs() -> int:
        return (tmp_path / "said").read_text().count("pip install")

    seen = []
    for change in ("", "", "# changed\n", ""):
        with (tmp_path / "requirements.txt").open("a") as file:
            file.write(change)
        assert make(tmp_path, "installed").returncode == 0
        seen.append(installs())
    assert seen == [1, 1, 2, 2]


def test_a_list_that_did_not_install_is_tried_again(tmp_path):
    program(tmp_path / ".venv/bin/python", '[ "$1" = --version ]')
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    assert [make(tmp_path, "installed").returncode for _ in range(2)] == [2, 2]
