"""What is taken away from the desk: the sign-ups of an event as rows, and who comes to its door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from c4s.events.models import Booking
from c4s.i18n import alphabet, formats
from c4s.i18n.bilingual import Bilingual, in_both
from c4s.i18n.languages import current_language
from c4s.i18n.speech import gettext as _
from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail.phrases import CHANNEL, SPOKEN, WRITTEN
from c4s.sign_ups import phrases
from c4s.sign_ups.queries import SignedUp

ROWS_FOR_MORE = 4
"""Empty lines on a sign-in sheet, for people who come without a sign-up."""


def head() -> list[str]:
    """What the columns of a file are called. What people need is not among them: it stays at the desk."""
    return [
        _("Reference"),
        _("Name"),
        _("How it stands"),
        _("Number on the waiting list"),
        _("People"),
        _("Others who come along"),
        _("How we reach them"),
        _("Email address"),
        _("Phone"),
        _("Postal address"),
        _("Language of our messages"),
        _("Their language at the event"),
        _("Time"),
        _("Signed up"),
        _("Who signed them up"),
    ]


def row(one: SignedUp) -> list[str]:
    """One sign-up, under ``head``."""
    booking = one.booking
    return [
        booking.reference,
        booking.name,
        str(phrases.STATE[booking.state]),
        str(one.turn or ""),
        str(booking.party),
        "; ".join(booking.others),
        str(CHANNEL[booking.channel]),
        booking.email,
        booking.phone,
        booking.postal_address,
        str(WRITTEN[booking.language_written]),
        str(SPOKEN[booking.language_spoken]),
        formats.span(booking.slot.starts_at, booking.slot.ends_at) if booking.slot else "",
        formats.date_and_time(booking.joined_at),
        one.entered_by,
    ]


HEADINGS = {
    "name": _l("Name"),
    "signature": _l("Signature"),
    "time": _l("Time"),
    "came_with": _l("Came with"),
}


def headings() -> dict[str, Bilingual]:
    """What stands at the head of a sign-in sheet: in both languages, for people of both sign it."""
    return {name: in_both(partial(str, words)) for name, words in HEADINGS.items()}


def span(starts: datetime, ends: datetime) -> Bilingual:
    """From when until when, in both languages."""
    return in_both(lambda: formats.at_start(formats.span(starts, ends)))


@dataclass(frozen=True)
class Comer:
    """Somebody who comes to the door.

    Attributes:
        with_whom: who signed them up, if it was somebody else.
        speaks_welsh: whether they said that they would like to use Welsh; of those whom somebody else brings nobody
            has asked.
    """

    name: str
    with_whom: str = ""
    speaks_welsh: bool = False
    slot_id: int | None = None


def comers(bookings: Sequence[Booking]) -> list[Comer]:
    """Everybody who has a place, one by one, in the alphabet of the page."""
    found = []
    for booking in bookings:
        found.append(Comer(booking.name, "", booking.language_spoken == "cy", booking.session_id))
        found += [Comer(name, booking.name, False, booking.session_id) for name in booking.others[: booking.party - 1]]
    return sorted(found, key=lambda one: alphabet.sort_key(one.name, current_language()))
