"""Letters to everybody who has a place at an event, or waits for one, when something becomes of it."""

from dataclasses import dataclass
from typing import Any

from c4s.events import letters
from c4s.events.models import Booking
from c4s.events.rules import BookingState
from c4s.i18n.bilingual import Bilingual


@dataclass(frozen=True)
class Before:
    """What people knew of an event before it was changed: nothing of what has stayed the same."""

    title: Bilingual = Bilingual()
    when: Bilingual = Bilingual()
    venue: Bilingual = Bilingual()
    is_link_new: bool = False


def event_moved(booking: Booking, before: Before) -> None:
    """Something is different that calendars must hear of."""
    _tell("programme/event_moved", booking, before=before)


def event_postponed(booking: Booking) -> None:
    """The event is put off, to a day that nobody knows yet; their calendar forgets it."""
    _tell("programme/event_postponed", booking)


def event_cancelled(booking: Booking) -> None:
    """The event is called off; their calendar forgets it."""
    _tell("programme/event_cancelled", booking)


def event_restored(booking: Booking) -> None:
    """The event goes ahead after all, at its old time."""
    _tell("programme/event_restored", booking)


def _tell(letter: str, booking: Booking, **facts: Any) -> None:
    in_calendar = booking.state == BookingState.CONFIRMED and booking.is_proved
    attachment = letters.entry(booking) if in_calendar else None
    letters.post_about(letter, booking, attachment=attachment, notice=booking.event.notice, **facts)
