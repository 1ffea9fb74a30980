"""Letters about places: each is put into words in the unit of work that it tells of."""

from datetime import datetime
from typing import Any

from c4s.core import tokens
from c4s.events import calendar
from c4s.events.models import Booking
from c4s.events.rules import BookingState
from c4s.i18n import addresses, formats
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.references import reference
from c4s.mail import outbox
from c4s.mail.models import Channel
from c4s.mail.outbox import Attachment, Recipient


def place_to_confirm(booking: Booking) -> None:
    """A place is kept for an address until somebody proves that it is theirs."""
    _post("place_to_confirm", booking, until=booking.hold_until)


def place_booked(booking: Booking) -> None:
    """The place is theirs; with an entry for their calendar."""
    _post("place_booked", booking, attachment=_entry(booking))


def joined_waiting_list(booking: Booking, position: int) -> None:
    """They wait; with a link to prove the address where that is still to do."""
    _post("joined_waiting_list", booking, until=booking.hold_until, position=position)


def place_offered(booking: Booking) -> None:
    """A place is free for them until a stated time."""
    _post("place_offered", booking, until=booking.offer_until)


def place_lapsed(booking: Booking, was: BookingState) -> None:
    """Nobody proved the address in time."""
    _post("place_lapsed", booking, was_waiting=was == BookingState.WAITING)


def offer_lapsed(booking: Booking) -> None:
    """Nobody accepted the offered place in time."""
    _post("offer_lapsed", booking)


def place_given_up(booking: Booking, was: BookingState) -> None:
    """They gave up their place, their turn or an offer; their calendar forgets a place that was theirs."""
    had_a_place = was == BookingState.CONFIRMED
    _post("place_given_up", booking, was=str(was), attachment=_entry(booking) if had_a_place else None)


def already_have_a_place(booking: Booking, position: int | None) -> None:
    """Somebody signed up once more with an address that has a place: only its owner is told."""
    _post("already_have_a_place", booking, until=booking.hold_until or booking.offer_until, position=position)


def _entry(booking: Booking) -> Attachment | None:
    if booking.channel != Channel.EMAIL:
        return None
    language = "en" if booking.language_written == "en" else "cy"
    method = "PUBLISH" if booking.state == BookingState.CONFIRMED else "CANCEL"
    name = {"cy": "digwyddiad.ics", "en": "event.ics"}[language]
    return Attachment(name, f"{calendar.TYPE}; method={method}; charset=utf-8", calendar.of_booking(booking, language))


def place_token(booking: Booking) -> str:
    """What opens somebody's place. Its reference is part of it: a number comes round again, once the last
    bookings are deleted or a backup is put back, and an old link must not open somebody else's place."""
    return tokens.sign("booking", booking.id, booking.reference)


def place_addresses(booking: Booking) -> Bilingual:
    """The signed link by which somebody sees, changes or gives up their place, in both languages."""
    return addresses.links("events.my_place", token=place_token(booking))


def _event_addresses(booking: Booking) -> Bilingual:
    title = booking.event.title
    return Bilingual(
        *(
            addresses.link("events.show", code, event_id=reference(booking.event_id, title.spoken(code)[0]))
            for code in ("cy", "en")
        )
    )


def _when(booking: Booking) -> Bilingual:
    event = booking.event
    return Bilingual(*(formats.span(event.starts_at, event.ends_at, code) for code in ("cy", "en")))


def _post(
    letter: str,
    booking: Booking,
    *,
    attachment: Attachment | None = None,
    until: datetime | None = None,
    **facts: Any,
) -> None:
    has_link = booking.channel == Channel.EMAIL
    # What a stranger typed as a name is not sent to an address that may not be theirs.
    name = booking.name if booking.is_proved else ""
    outbox.post(
        f"events/{letter}",
        to=Recipient(name, booking.address, booking.language_written, booking.channel),
        about=("booking", booking.id),
        attachment=attachment,
        booking=booking,
        event=booking.event,
        name=name,
        when=_when(booking),
        until=until,
        place_address=place_addresses(booking) if has_link else Bilingual(),
        event_address=_event_addresses(booking) if has_link else Bilingual(),
        **facts,
    )
