"""Finding suppliers among a thousand, ten thousand and a hundred thousand."""

from pathlib import Path
from time import perf_counter

from c4s.directory.views import GROUPS, read_question
from c4s.search import queries as searching
from c4s.taxonomy import queries as taxonomy
from tests.bench import filled, invented
from tests.bench.figures import Bench, Figure, Target, ratio, spoken, times
from tests.bench.load import always, in_turn, quantile

PATHS = [f"/en/directory?{asked}" for asked in invented.PARAMETERS]
BARE = [f"/search?q={words.replace(' ', '+')}" for words in invented.BARE]
TIMES = 20


def search(bench: Bench) -> list[Figure]:
    """Fifteen questions in turn: the index alone, then whole pages at 8 connections and 2 workers."""
    numbers = (1_000, 10_000) if bench.quick else (1_000, 10_000, 100_000)
    files = {number: filled.suppliers(bench.folder, number) for number in numbers}
    figures, within = [], {}
    for number, file in files.items():
        within[number] = _in_process(file, 3 if bench.quick else TIMES)
        p50, p99 = quantile(within[number], 0.5), quantile(within[number], 0.99)
        figures.append(Figure(f"index alone, {number:,}", f"p50 {p50:.1f}  p99 {p99:.1f} ms"))
    growth = quantile(within[numbers[-1]], 0.99) / quantile(within[1_000], 0.99)
    limit = Target(must=5, good=3, aim=3, at_most=True)
    figures.append(Figure(f"index alone, {numbers[-1]:,} / 1,000", f"{growth:.1f} × p99", growth, target=limit))

    with bench.server("bare", str(filled.floor(bench.folder)), 2) as floor:
        p99 = {}
        for number, file in files.items():
            with bench.server("ours", filled.address(file), 2) as port:
                results = bench.turns(bare=(floor, in_turn(BARE)), ours=(port, in_turn(PATHS)))
                slip = bench.turns(slip=(port, always(f"/en/directory?{invented.SLIP}")))["slip"]
            p99[number] = times(results["ours"], 0.99)
            peer = f"bare over 10,000: {spoken(results['bare'])}"
            floor_for_it = Target(must=0.3, good=0.6, aim=0.4)
            value = ratio(results["ours"], results["bare"])
            figures += [
                Figure(f"pages, {number:,}", spoken(results["ours"]), value, peer, floor_for_it),
                Figure(f"p99 of them, {number:,}", f"{p99[number]:.1f} ms", p99[number], target=SOON),
                Figure(f"a slip corrected, {number:,}", spoken(slip)),
            ]
        growth = p99[numbers[-1]] / p99[1_000]
        figures.append(Figure(f"p99 of pages, {numbers[-1]:,} / 1,000", f"{growth:.1f} ×", growth, target=limit))
    return figures


SOON = Target(must=40, good=15, aim=40, at_most=True)


def _in_process(file: Path, rounds: int) -> list[float]:
    """Seconds that each of many questions took, with everything warm."""
    took = []
    with filled.site(file) as app:
        for turn in range(rounds + 1):
            for path in PATHS:
                with app.test_request_context(path):
                    app.preprocess_request()
                    asked = read_question(taxonomy.categories(), taxonomy.areas()).question()
                    began = perf_counter()
                    searching.find(asked, GROUPS)
                    if turn:
                        took.append(perf_counter() - began)
    return took
