"""How staff find people, and what they see of them besides the account.

Each capability registers in ``site.py`` what it can find people by and what of its own staff may see: accounts do not
know who else knows them.
"""

from collections.abc import Callable, Sequence

from flask import Flask, current_app

from c4s.accounts.data import Part, Shown
from c4s.accounts.models import Person

FINDERS, PARTS = "c4s.finders", "c4s.shown_to_staff"
Finder = Callable[[str], Sequence[int]]
"""Takes what a member of staff typed, gives the numbers of the people that it means."""


def register(app: Flask, finder: Finder) -> None:
    """Add one more way to find people."""
    app.extensions.setdefault(FINDERS, []).append(finder)


def show(app: Flask, part: Part) -> None:
    """Add what staff see of a person, after what is there."""
    app.extensions.setdefault(PARTS, []).append(part)


def people_meant(text: str) -> set[int]:
    """The numbers of people whom other capabilities know by a text, such as a reference."""
    finders: Sequence[Finder] = current_app.extensions.get(FINDERS, ())
    return {number for finder in finders for number in finder(text)}


def shown_of(person: Person) -> list[Shown]:
    """What other capabilities show staff of somebody."""
    parts: Sequence[Part] = current_app.extensions.get(PARTS, ())
    return [Shown(part.key, part.title, part.load(person)) for part in parts]
