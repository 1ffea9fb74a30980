"""How long a full room of speed networking takes to plan, and how many of its wishes come true."""

from time import perf_counter

from c4s.speed_networking.checker import look
from c4s.speed_networking.planner import make_plan
from c4s.speed_networking.rules import MOST_PEOPLE, MOST_ROUNDS, MOST_TABLES
from tests.bench.figures import Bench, Figure, Target
from tests.speed_networking.rooms import a_room

SOON = Target(must=5, good=2, aim=1, at_most=True)


def rotas(bench: Bench) -> list[Figure]:
    """Sixty people and twelve rounds, of one side and of two; the slowest of several seeds."""
    figures = []
    for name, sides in (("one side", False), ("two sides", True)):
        guests, slowest, met, bound = a_room(MOST_PEOPLE, sides=sides), 0.0, 0, 0
        for seed in range(bench.rounds):
            began = perf_counter()
            plan = make_plan(guests, rounds=MOST_ROUNDS, tables=MOST_TABLES, seed=seed)
            slowest = max(slowest, perf_counter() - began)
            verdict = look(guests, plan.rounds, tables=MOST_TABLES)
            assert verdict.is_right, verdict.broken
            met, bound = met + verdict.wishes_met, bound + verdict.wishes_bound
        figures.append(Figure(f"60 people, 12 rounds, {name}", f"{slowest:.2f} s", slowest, target=SOON))
        figures.append(Figure(f"wishes met, of those that could be, {name}", f"{met / bound:.1%}"))
    return figures
