"""What ties somebody to the site when they close their account, and what hangs on their address.

Each capability registers its own in ``site.py``: accounts do not know what else somebody looks after.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Flask, current_app

from c4s.accounts.models import Person

TIES = "c4s.leaving"


@dataclass(frozen=True)
class Tie:
    """One thing that somebody looks after.

    Attributes:
        name: what it is called, a name of no one language.
        endpoint, values: of the page on which it is handed over.
        holds_back: the account cannot be closed before that; otherwise the thing goes with the account.
    """

    name: str
    endpoint: str
    values: Mapping[str, int]
    holds_back: bool


@dataclass(frozen=True)
class Ties:
    """Things of one kind.

    Attributes:
        left: told that somebody's account is closed for good, in this unit of work; they are held, and nothing of
            them has been erased yet.
        load: every thing of this kind that a person looks after and that holds them back or goes with them.
        held_back: what to say above those that hold somebody back, in words of both languages.
        go: what to say above those that go with the account.
        moved: told that somebody, who is held, has another e-mail address now, and which they had before, in this
            unit of work.
    """

    left: Callable[[Person], None]
    load: Callable[[int], Sequence[Tie]] = lambda person_id: ()
    held_back: object = ""
    go: object = ""
    moved: Callable[[Person, str], None] = lambda person, old: None


@dataclass(frozen=True)
class Group:
    """Things of one kind that somebody looks after, and what is said above them."""

    words: object
    ties: Sequence[Tie]


def register(app: Flask, ties: Ties) -> None:
    """Add a capability's, after those that are there."""
    app.extensions.setdefault(TIES, []).append(ties)


def _all() -> Sequence[Ties]:
    found: Sequence[Ties] = current_app.extensions.get(TIES, ())
    return found


def holding_back(person_id: int) -> list[Group]:
    """What must be handed over before somebody can close their account, kind by kind; empty when nothing must."""
    return _groups(person_id, holds_back=True)


def going_with(person_id: int) -> list[Group]:
    """What goes with somebody's account, kind by kind."""
    return _groups(person_id, holds_back=False)


def _groups(person_id: int, *, holds_back: bool) -> list[Group]:
    groups = [
        Group(
            ties.held_back if holds_back else ties.go,
            [tie for tie in ties.load(person_id) if tie.holds_back == holds_back],
        )
        for ties in _all()
    ]
    return [group for group in groups if group.ties]


def left(person: Person) -> None:
    """Tell every capability that an account is closed for good: a part of that unit of work."""
    for ties in _all():
        ties.left(person)


def moved(person: Person, old: str) -> None:
    """Tell every capability that somebody has changed their e-mail address: a part of that unit of work."""
    for ties in _all():
        ties.moved(person, old)
