"""The trail in words: each capability registers its own in ``site.py``; the trail itself keeps codes."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, current_app

from c4s.audit.trail import BY_A_PERSON, Actor, Did
from c4s.i18n.speech import lazy_gettext as _l

ACTIONS, KINDS = "c4s.trail.actions", "c4s.trail.kinds"
DID = {
    Did.LOOKED_AT: _l("Looked at the record of who did what"),
    Did.EXPORTED: _l("Downloaded a part of the record"),
}
ACTOR = {
    Actor.VISITOR: _l("A visitor"),
    Actor.WORKER: _l("The site, by itself"),
    Actor.COMMAND: _l("A command"),
}
KIND = {
    "trail": _l("Record of who did what"),
}


def register(app: Flask, actions: Mapping[Any, object], kinds: Mapping[str, object]) -> None:
    """Add what a capability's codes are called.

    Args:
        actions: what was done, by its code.
        kinds: what it was done to, by its kind.

    Raises:
        ValueError: something else is called by one of the codes already.
    """
    known = app.extensions.setdefault(ACTIONS, {})
    for code, words in actions.items():
        if known.setdefault(str(code), words) is not words:
            raise ValueError(f"Two things that can be done have the same code: {code}")
    app.extensions.setdefault(KINDS, {}).update(kinds)


def actions() -> dict[str, object]:
    """What every code of an action is called, in words of both languages."""
    known: dict[str, object] = current_app.extensions[ACTIONS]
    return known


def kinds() -> dict[str, object]:
    """What every kind of thing is called that the trail tells of."""
    known: dict[str, object] = current_app.extensions[KINDS]
    return known


def person_of(actor: str) -> int | None:
    """The account number of whoever did something; None for those who have none."""
    number = actor.removeprefix(BY_A_PERSON)
    return int(number) if actor.startswith(BY_A_PERSON) and number.isdecimal() else None


def install(app: Flask) -> None:
    """Register what the trail tells of itself."""
    register(app, DID, KIND)
