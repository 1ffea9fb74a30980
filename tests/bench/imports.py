"""Taking in a file of suppliers, indexed as they come."""

import json
import subprocess
import sys
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import perf_counter

from c4s.directory import importing
from c4s.directory.reading import Format, open_reader
from tests.bench import filled, invented
from tests.bench.figures import ROOT, Bench, Figure, Target
from tests.bench.load import middle

FAST = Target(aim=2_000)
CONSTANT = Target(aim=1.2, at_most=True)


def imports(bench: Bench) -> list[Figure]:
    """A file in the layout of the Food Standards Agency; each import in a process of its own, on a new database."""
    few, many = (500, 5_000) if bench.quick else (2_000, 20_000)
    ten = 1_000 if bench.quick else 10_000
    again = [_imported(bench.folder, ten) for _ in range(1 if bench.quick else 3)]
    figures = []
    for name, key in (("new suppliers", "new"), ("the same file again", "again")):
        speed = middle([ten / one[key] for one in again])
        figures.append(Figure(f"{name}, {ten:,}", f"{speed:,.0f}/s", speed, target=FAST if key == "new" else Target()))
    memory = {number: _imported(bench.folder, number)["memory"] for number in (few, many)}
    figures.append(
        Figure(
            f"most memory, {many:,}",
            f"{memory[many]:.0f} MB",
            memory[many] / memory[few],
            f"{few:,}: {memory[few]:.0f} MB",
            CONSTANT,
        )
    )
    return figures


def _imported(folder: Path, number: int) -> dict[str, float]:
    """Seconds that an import took, and that it took again, and megabytes that it needed at most."""
    file = folder / f"hygiene-{number}.xml"
    if not file.exists():
        invented.hygiene_file(file, number)
    command = [sys.executable, "-m", "tests.bench.imports", str(file), str(folder / "imported.sqlite3")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def main(file: Path, database: Path) -> None:
    """One import, twice, in this process; what was measured is printed as JSON."""
    for old in database.parent.glob(f"{database.name}*"):
        old.unlink()
    took = {}
    with filled.site(database):
        filled.add_lists()
        for name in ("new", "again"):
            began = perf_counter()
            with open_reader(Format.FHRS, file) as entries:
                importing.import_suppliers(entries)
            took[name] = perf_counter() - began
    print(json.dumps({**took, "memory": getrusage(RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
