"""What people are asked to do once an event has been held, and who is not thanked for coming.

Capabilities above events register theirs in ``site.py``: events do not know who was there, nor what is asked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask, current_app

from c4s.events.models import Booking
from c4s.i18n.bilingual import Bilingual

WAYS, ABSENCES = "c4s.afterwards", "c4s.absences"


@dataclass(frozen=True)
class Way:
    """Something that somebody can do after an event: what it is called, and its full address in both languages."""

    label: object
    address: Bilingual


def register(app: Flask, label: object, link: Callable[[Booking], Bilingual | None]) -> None:
    """Add something to do after an event, behind what is there.

    Args:
        label: what it is called, in words of both languages.
        link: the full address, in both languages, for somebody who has a place; None where there is none for them.
    """
    app.extensions.setdefault(WAYS, []).append((label, link))


def links(booking: Booking) -> list[Way]:
    """What somebody can do after the event that they had a place at."""
    ways: Sequence[tuple[object, Callable[[Booking], Bilingual | None]]] = current_app.extensions.get(WAYS, ())
    found = [(label, link(booking)) for label, link in ways]
    return [Way(label, address) for label, address in found if address]


def on_absence(app: Flask, was_absent: Callable[[Booking], bool]) -> None:
    """Say who is not thanked: whoever is known to have stayed away.

    Args:
        was_absent: whether somebody who had a place is known not to have come.
    """
    app.extensions.setdefault(ABSENCES, []).append(was_absent)


def was_absent(booking: Booking) -> bool:
    """Whether anything tells that somebody who had a place did not come."""
    return any(tells(booking) for tells in current_app.extensions.get(ABSENCES, ()))
