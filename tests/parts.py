"""The parts of a machine that some tests need: a browser, PostgreSQL, two checkers of pages.

Each is found where it is, or its absence is said loudly: skipped on a person's own
machine, a failure in CI. Nothing is installed here; ``.ci/run`` shows how.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pytest

ROOT = Path(__file__).resolve().parent.parent
NODE = ROOT / ".ci" / "node" / "node_modules"
OLDEST_POSTGRESQL = 15

GET_CHROMIUM = "Chromium is missing. To get it: sudo apt install chromium-headless-shell, or chromium"
GET_POSTGRESQL = f"PostgreSQL {OLDEST_POSTGRESQL} or newer is missing. To get it: sudo apt install postgresql"
GET_AXE = "axe is missing. To get it: npm install --no-save --prefix .ci/node axe-core@4.14.1"
GET_VNU = (
    "The HTML checker is missing. To get it: sudo apt install default-jre-headless, "
    "then npm install --no-save --prefix .ci/node vnu-jar@26.9.27"
)
GET_PDF = (
    "WeasyPrint, or Pango, which it needs, is missing. To get them: sudo apt install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0, then .venv/bin/pip install --require-hashes --requirement requirements-pdf.txt"
)

Part = TypeVar("Part")
_missing: set[str] = set()


def in_ci() -> bool:
    """Whether a missing part is a failure."""
    return os.environ.get("CI", "").lower() in ("1", "true")


def require(part: Part | None, how_to_get: str) -> Part:
    """The part, when there is one.

    Without it the test that asks is skipped, and the end of the run says loudly how to get it;
    in CI the test fails.
    """
    if part is not None:
        return part
    if in_ci():
        pytest.fail(how_to_get, pytrace=False)
    _missing.add(how_to_get)
    pytest.skip(how_to_get)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end which parts were missing; ``tests/conftest.py`` imports this hook."""
    if _missing:
        terminalreporter.section("NOT EVERYTHING WAS TESTED", sep="!", red=True, bold=True)
        for how_to_get in sorted(_missing):
            terminalreporter.write_line(how_to_get, red=True, bold=True)


def in_memory() -> str | None:
    """A folder that is never written to a disk, for databases that go when the run ends; None where there is none, or
    too small a one. What stays after a power cut is not tested in it."""
    folder = Path("/dev/shm")
    usable = folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > 2**30
    return str(folder) if usable else None


def _given(variable: str) -> Path | None:
    named = os.environ.get(variable)
    return Path(named) if named else None


def chromium() -> str | None:
    """The browser's program: ``C4S_TEST_CHROMIUM``, or the one on the path.

    Best of all the one without windows: it shows pages alike, and takes two thirds of the time.
    """
    names = (
        *(os.environ.get("C4S_TEST_CHROMIUM") or "", "chromium-headless-shell"),
        *("chromium", "chromium-browser", "google-chrome"),
    )
    return next((found for name in names if name and (found := shutil.which(name))), None)


def axe() -> Path | None:
    """The accessibility checker's script: ``C4S_TEST_AXE``, or the one that ``.ci/run`` put aside."""
    script = _given("C4S_TEST_AXE") or NODE / "axe-core" / "axe.min.js"
    return script if script.is_file() else None


def vnu_jar() -> Path | None:
    """The HTML checker: ``C4S_TEST_VNU``, or the one that ``.ci/run`` put aside; it needs Java too."""
    jar = _given("C4S_TEST_VNU") or NODE / "vnu-jar" / "build" / "dist" / "vnu.jar"
    return jar if jar.is_file() and shutil.which("java") else None


def _postgresql_programs() -> Path | None:
    """The folder with the newest initdb and pg_ctl that are new enough."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    versions = {}
    for folder in folders:
        asked = subprocess.run([folder / "initdb", "--version"], capture_output=True, text=True, check=True)
        number = re.search(r"\) (\d+)", asked.stdout)
        if number and int(number[1]) >= OLDEST_POSTGRESQL and (folder / "pg_ctl").exists():
            versions[int(number[1])] = folder
    return versions[max(versions)] if versions else None


@contextmanager
def postgresql() -> Iterator[str | None]:
    """The address of an empty PostgreSQL database, owned by an ordinary role; None without PostgreSQL.

    ``C4S_TEST_POSTGRESQL`` names a database to use. Otherwise a server of our own starts in a
    temporary folder, reached only through a socket there, and both are gone afterwards.
    Being for tests, it does not wait for the disk.
    """
    given = os.environ.get("C4S_TEST_POSTGRESQL")
    if given:
        yield given
        return
    programs = _postgresql_programs()
    if programs is None:
        yield None
        return
    # PostgreSQL refuses to run as root; Debian's package brings this user.
    as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with TemporaryDirectory(prefix="c4s-") as folder:
        if as_owner:
            shutil.chown(folder, "postgres")
        data, log = f"{folder}/data", f"{folder}/log"

        def run(program: str, *words: str) -> None:
            # To a file, not a pipe: the server inherits what we give, and a pipe would stay open with it.
            with Path(folder, "said").open("a+") as said:
                done = subprocess.run(
                    [*as_owner, str(programs / program), *words],
                    cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
                )  # fmt: skip
                if done.returncode:
                    said.seek(0)
                    raise RuntimeError(f"PostgreSQL's {program} did not work:\n{said.read()}")

        run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        careless = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        settings = f"-k {folder} -c listen_addresses= {careless}"
        run("pg_ctl", "-D", data, "-l", log, "-o", settings, "-w", "start")
        try:
            create = ("-c", "create role c4s login createdb", "-c", "create database c4s owner c4s")
            run("psql", "-h", folder, "-U", "postgres", "-d", "postgres", "-v", "ON_ERROR_STOP=1", *create)
            yield f"postgresql://c4s@/c4s?host={folder}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
