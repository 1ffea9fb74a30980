"""Where a record is, as words of the index: the squares it lies in, so that "near" is one more word to match.

Squares have seven sizes, from 0.2 to 14 kilometres. A record carries one word for each size; a question names the
few squares, of the size that suits its distance, that a circle of it touches. What lies in those squares and not in
the circle is then left out by measuring, so no square ever decides.
"""

from math import cos, floor, radians

DEGREE = 111.195  # kilometres in one degree of latitude (mean radius 6,371 km)
SMALLEST = 1 / 512  # degrees of latitude
SIZES = 7
WIDTH = 1.6  # degrees of longitude for one of latitude: squares in Wales are square

Position = tuple[float, float]
"""Latitude and longitude."""


def squares_of(position: Position) -> list[str]:
    """The words for the squares that a place lies in, the smallest first."""
    return [_word(size, *_square(size, position)) for size in range(SIZES)]


def squares_near(position: Position, kilometres: float) -> list[str]:
    """The words for the squares that a circle touches: at most 36, but for one far larger than any we offer."""
    size = 0
    while SMALLEST * 2**size * DEGREE < kilometres / 2 and size < SIZES - 1:
        size += 1
    (south, west), (north, east) = corners(position, kilometres)
    first, last = _square(size, (south, west)), _square(size, (north, east))
    return [_word(size, row, column) for row in range(first[0], last[0] + 1) for column in range(first[1], last[1] + 1)]


def corners(position: Position, kilometres: float) -> tuple[Position, Position]:
    """The south-west and the north-east corner of the box around a circle."""
    latitude, longitude = position
    high = kilometres / DEGREE
    wide = high / cos(radians(latitude))
    return (latitude - high, longitude - wide), (latitude + high, longitude + wide)


def rings(kilometres: float) -> list[float]:
    """Radii of circles to look through one after the other, each twice as wide, up to the distance asked for."""
    count = 0
    while kilometres / 2 ** (count + 1) > 0.25:
        count += 1
    return [kilometres / 2**step for step in range(count, -1, -1)]


def _square(size: int, position: Position) -> tuple[int, int]:
    height = SMALLEST * 2**size
    return floor((position[0] + 90) / height), floor((position[1] + 180) / (height * WIDTH))


def _word(size: int, row: int, column: int) -> str:
    return f"{size}r{row}c{column}"
