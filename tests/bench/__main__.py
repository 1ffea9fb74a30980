"""``python -m tests.bench [NAME…] [--quick] [--folder FOLDER]``: measure all, or what is named."""

import argparse
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import strftime

from tests.bench import alike, directory, events, figures, imports, kills, machine, pages, rotas, search, sign_ups

MEASURES: dict[str, Callable[[figures.Bench], list[figures.Figure]]] = {
    "weight": pages.weight,
    "pages": pages.pages,
    "search": search.search,
    "queries": pages.queries,
    "events": events.events,
    "directory": directory.directory,
    "imports": imports.imports,
    "signups": sign_ups.signups,
    "last": sign_ups.last,
    "kills": kills.kills,
    "alike": alike.alike,
    "rotas": rotas.rotas,
    "memory": machine.memory,
    "start": machine.start,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MEASURES))
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds, less data: for a first idea")
    parser.add_argument("--folder", type=Path, help="where databases are made, and kept for the next time")
    asked = parser.parse_args()
    unknown = set(asked.names) - set(MEASURES)
    if unknown:
        parser.error(f"no such measure: {', '.join(sorted(unknown))}. There are: {', '.join(MEASURES)}")
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    bench = figures.Bench(folder.resolve(), asked.quick)
    print(f"{strftime('%Y-%m-%d %H:%M')}  Ratios are medians over {bench.rounds} rounds, peers in turn.\n", flush=True)
    try:
        for name in asked.names or MEASURES:
            measure = MEASURES[name]
            title = (measure.__doc__ or "").splitlines()[0]
            print(figures.table(f"{name.upper()}  {title}", measure(bench)), flush=True)
    finally:
        if not asked.folder:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
