"""Rooms full of people, in numbers: what rotas are tried on."""

import random
from typing import Any

from hypothesis import strategies as some

from c4s.speed_networking.rules import Guest, Side


def a_room(size: int = 60, *, sides: bool = False, seed: int = 1) -> list[Guest]:
    """A full room with everything in it: wishes, must-nots, Welsh speakers, two people with tables of their own."""
    chance, guests = random.Random(seed), []
    for number in range(1, size + 1):
        others = [other for other in range(1, size + 1) if other != number]
        wants = frozenset(chance.sample(others, 4))
        must_nots = frozenset(chance.sample(others, 1)) - wants if number % 4 == 0 else frozenset()
        side = (Side.ONE if number <= size // 2 else Side.OTHER) if sides else None
        table = number if number in (1, 2) else None
        guests.append(Guest(number, side, number % 3 == 0, table, wants, must_nots))
    return guests


@some.composite
def rooms(draw: Any, *, plain: bool = False) -> tuple[list[Guest], int, int]:
    """Some guests, rounds and tables.

    Args:
        plain: everybody is there all the time, may meet anybody and has no table of their own.
    """
    size, rounds = draw(some.integers(2, 14)), draw(some.integers(1, 9))
    tables = draw(some.integers(1, 8))
    sides = draw(some.booleans())
    numbers = range(1, size + 1)
    chosen = some.frozensets(some.sampled_from(numbers), max_size=0 if plain else 4)
    free_tables = list(range(1, tables + 1))
    guests = []
    for number in numbers:
        wants = draw(some.frozensets(some.sampled_from(numbers), max_size=4)) - {number}
        own = None
        if not plain and free_tables and draw(some.integers(0, 5)) == 0:
            own = free_tables.pop()
        whole = plain or draw(some.integers(0, 3)) > 0
        guests.append(
            Guest(
                number,
                draw(some.sampled_from(Side)) if sides else None,
                draw(some.booleans()),
                own,
                wants,
                draw(chosen) - {number} - wants,
                1 if whole else draw(some.integers(1, rounds)),
                None if whole else draw(some.integers(0, rounds)),
            )
        )
    return guests, rounds, tables
