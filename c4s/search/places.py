"""Where a record is, as words of the index: the squares it lies in, so that "near" is one more word to match.

Squares have seven sizes, from 0.2 to 14 kilometres. A record carries one word for each size; a question names the
few squares, of the size that suits its distance, that a circle of it touches. What lies in those squares and not in
the circle is then left out by measuring, so no square ever decides.
"""

from math import cos, floor, hypot, radians

DEGREE = 111.195  # kilometres in one degree of latitude (mean radius 6,371 km)
SMALLEST = 1 / 512  # degrees of latitude
SIZES = 7
WIDTH = 1.6  # degrees of longitude for one of latitude: squares in Wales are square
INNERMOST = 0.5  # kilometres; a circle of less is not worth a look of its own

Position = tuple[float, float]
"""Latitude and longitude."""


def squares_of(position: Position) -> list[str]:
    """The words for the squares that a place lies in, the smallest first."""
    row, column = _square(0, *position)
    return [_word(size, row >> size, column >> size) for size in range(SIZES)]  # four to each of the next size


def squares_near(position: Position, kilometres: float) -> list[str]:
    """The words for the squares that a circle touches: some twenty at most, for the distances that we offer."""
    return [word for word, _ in _squares(position, kilometres, kilometres / 2)]


def inside_and_rim(position: Position, kilometres: float) -> tuple[list[str], list[str]]:
    """The words for the squares that lie in a circle whole, and for those that its rim cuts: what the first hold is
    surely near, what the others hold must be measured."""
    squares = _squares(position, kilometres, kilometres / 4)
    return [word for word, whole in squares if whole], [word for word, whole in squares if not whole]


def _squares(position: Position, kilometres: float, least: float) -> list[tuple[str, bool]]:
    """The squares that a circle touches, of the smallest size that is ``least`` kilometres high: the word of each, and
    whether the whole of it lies in the circle."""
    size = next((size for size in range(SIZES) if _height(size) * DEGREE >= least), SIZES - 1)
    latitude, longitude = position
    height, width = _height(size), _height(size) * WIDTH
    narrow = cos(radians(latitude))
    high, wide = kilometres / DEGREE, kilometres / (DEGREE * narrow)
    first, last = _square(size, latitude - high, longitude - wide), _square(size, latitude + high, longitude + wide)
    touched = []
    for row in range(first[0], last[0] + 1):
        south = row * height - 90 - latitude
        for column in range(first[1], last[1] + 1):
            west = (column * width - 180 - longitude) * narrow
            north, east = south + height, west + width * narrow
            nearest, farthest = (
                hypot(max(south, -north, 0), max(west, -east, 0)),
                hypot(max(-south, north), max(-west, east)),
            )
            if nearest <= high * 1.000001:  # rounding must never lose a square
                touched.append((_word(size, row, column), farthest <= high * 0.999999))
    return touched


def rings(kilometres: float) -> list[float]:
    """Radii of circles to look through one after the other, each twice as wide, up to the distance asked for."""
    radii = [kilometres]
    while radii[0] > INNERMOST:
        radii.insert(0, radii[0] / 2)
    return radii


def _height(size: int) -> float:
    """Of a square, in degrees of latitude."""
    return float(SMALLEST * 2**size)


def _square(size: int, latitude: float, longitude: float) -> tuple[int, int]:
    return floor((latitude + 90) / _height(size)), floor((longitude + 180) / (_height(size) * WIDTH))


def _word(size: int, row: int, column: int) -> str:
    return f"{size}r{row}c{column}"
