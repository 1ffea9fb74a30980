"""Squares that stand in for a place."""

import random
from math import cos, pi, radians

from c4s.search import places
from tests.search.plainly import kilometres


def test_whatever_lies_in_a_circle_lies_in_one_of_its_squares() -> None:
    chance = random.Random(1282)
    for _ in range(3_000):
        middle = chance.uniform(51.3, 53.5), chance.uniform(-5.3, -2.6)
        within = chance.choice((0.3, 0.625, 2, 5, 10, 20))
        other = (
            middle[0] + chance.uniform(-1, 1) * within / places.DEGREE,
            middle[1] + chance.uniform(-1, 1) * within / (places.DEGREE * 0.6),
        )
        far, squares = kilometres(middle, other), set(places.squares_of(other))
        inside, rim = places.inside_and_rim(middle, within)
        if far <= within:
            assert not squares.isdisjoint(places.squares_near(middle, within))
            assert not squares.isdisjoint({*inside, *rim})
        elif far >= within * 1.002:  # squares are measured on a plane
            assert squares.isdisjoint(inside)


def test_what_lies_far_away_lies_in_none_of_them() -> None:
    near = set(places.squares_near((51.6, -3.34), 5))
    assert near.isdisjoint(places.squares_of((51.6, -3.1)))
    assert near.isdisjoint(places.squares_of((51.75, -3.34)))


def test_a_question_names_few_squares() -> None:
    numbers = [
        len(places.squares_near((51.4 + step / 97, -3.9 + step / 61), within))
        for within in (2, 5, 10, 20)
        for step in range(60)
    ]
    assert max(numbers) <= 28


def test_squares_inside_a_circle_hold_half_of_it_or_nearly() -> None:
    for step in range(60):
        middle = 51.4 + step / 97, -3.9 + step / 61
        for within in (2, 5, 10, 20):
            inside, rim = places.inside_and_rim(middle, within)
            assert set(inside).isdisjoint(rim)
            height = places.SMALLEST * 2 ** int(inside[0][0]) * places.DEGREE
            assert 0.45 < len(inside) * height**2 * places.WIDTH * cos(radians(middle[0])) / (pi * within**2) < 1
            assert len(inside) + len(rim) <= 90


def test_a_circle_smaller_than_every_square_has_none_inside() -> None:
    inside, rim = places.inside_and_rim((51.6, -3.34), 0.05)
    assert inside == [] and 1 <= len(rim) <= 4


def test_rings_end_with_the_distance_asked_for() -> None:
    assert places.rings(2) == [0.5, 1.0, 2]
    assert places.rings(0.3) == [0.3]


def test_squares_are_words_that_both_engines_take_as_they_are() -> None:
    squares = places.squares_of((-89.99, -179.99)) + places.squares_of((51.6, -3.4))
    assert all(square.isalnum() and square.isascii() for square in squares)
    assert len(set(squares)) == 2 * places.SIZES
