"""Letters about places: each is put into words in the unit of work that it tells of."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from c4s.core import tokens
from c4s.events import calendar
from c4s.events.afterwards import Way
from c4s.events.models import Booking, Event
from c4s.events.rules import BookingState, ReminderKind
from c4s.i18n import addresses, formats
from c4s.i18n.bilingual import Bilingual, in_both
from c4s.i18n.references import reference
from c4s.mail import outbox
from c4s.mail.models import Channel
from c4s.mail.outbox import Attachment, Recipient


def place_to_confirm(booking: Booking) -> None:
    """A place is kept for an address until somebody proves that it is theirs."""
    post_about("events/place_to_confirm", booking, until=booking.hold_until)


def place_booked(booking: Booking) -> None:
    """The place is theirs; with an entry for their calendar."""
    post_about("events/place_booked", booking, attachment=entry(booking))


def joined_waiting_list(booking: Booking, position: int) -> None:
    """They wait; with a link to prove the address where that is still to do."""
    post_about("events/joined_waiting_list", booking, until=booking.hold_until, position=position)


def place_offered(booking: Booking) -> None:
    """A place is free for them until a stated time."""
    post_about("events/place_offered", booking, until=booking.offer_until)


def place_lapsed(booking: Booking, was: BookingState) -> None:
    """Nobody proved the address in time."""
    post_about("events/place_lapsed", booking, was_waiting=was == BookingState.WAITING)


def offer_lapsed(booking: Booking) -> None:
    """Nobody accepted the offered place in time."""
    post_about("events/offer_lapsed", booking)


def place_given_up(booking: Booking, was: BookingState) -> None:
    """They gave up their place, their turn or an offer; their calendar forgets a place that was theirs."""
    had_a_place = was == BookingState.CONFIRMED
    post_about("events/place_given_up", booking, was=str(was), attachment=entry(booking) if had_a_place else None)


def already_have_a_place(booking: Booking, position: int | None) -> None:
    """Somebody signed up once more with an address that has a place: only its owner is told."""
    post_about(
        "events/already_have_a_place", booking, until=booking.hold_until or booking.offer_until, position=position
    )


def reminder(booking: Booking, kind: ReminderKind, dates: Sequence[tuple[datetime, datetime]]) -> None:
    """The event is near. Whom only the post reaches is told a week before what others are told the day before.

    Args:
        dates: when each sitting of a course starts and ends; none for other events.
    """
    post_about(
        f"events/{kind}",
        booking,
        dates=[in_both(partial(formats.span, *date)) for date in dates],
        is_last=kind == ReminderKind.DAY_BEFORE or booking.channel == Channel.POST,
    )


def thanks(booking: Booking, ways: Sequence[Way]) -> None:
    """It has been.

    Args:
        ways: what they can do now.
    """
    post_about("events/thanks", booking, ways=ways)


def some_given_up(booking: Booking) -> None:
    """Some of a party do not come; the rest keep their places, or their turn."""
    post_about("events/some_given_up", booking)


def slot_chosen(booking: Booking) -> None:
    """They swapped their time for another; their calendar is put right, once the place is theirs."""
    is_sure = booking.state == BookingState.CONFIRMED and booking.is_proved
    until = booking.hold_until or booking.offer_until
    post_about("events/slot_chosen", booking, until=until, attachment=entry(booking) if is_sure else None)


def place_moved(booking: Booking, given_up: Booking, *, had_a_place: bool) -> None:
    """Their place is at another event now; their calendar is given the new one and forgets the old.

    Args:
        booking: the new place.
        given_up: what it takes the place of.
        had_a_place: whether that was more than a turn or an offer.
    """
    file = entry(booking, given_up if had_a_place else None)
    post_about("events/place_moved", booking, attachment=file, left_event=given_up.event, left_when=when_of(given_up))


def entry(booking: Booking, given_up: Booking | None = None) -> Attachment | None:
    """The file that puts an event in somebody's calendar, or takes it out; none for those without e-mail.

    Args:
        given_up: a place that this one takes the place of, to be taken out of the calendar with the same file.
    """
    if booking.channel != Channel.EMAIL:
        return None
    language = "en" if booking.language_written == "en" else "cy"
    method = "CANCEL" if calendar.is_gone(booking) else "PUBLISH"
    name = {"cy": "digwyddiad.ics", "en": "event.ics"}[language]
    text = calendar.of_booking(booking, language, given_up)
    return Attachment(name, f"{calendar.TYPE}; method={method}; charset=utf-8", text)


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


def when_of(of: Event | Booking) -> Bilingual:
    """When an event is, or when it is for somebody, in words of both languages."""
    return in_both(lambda: formats.span(of.starts_at, of.ends_at))


def post_about(
    letter: str,
    booking: Booking,
    *,
    attachment: Attachment | None = None,
    until: datetime | None = None,
    **facts: Any,
) -> None:
    """Write to somebody about their place, in the unit of work that it tells of.

    Args:
        letter: the name of its template, such as ``events/place_booked``.
        until: by when they must do something.
        facts: what else the template says.
    """
    has_link = booking.channel == Channel.EMAIL
    # What a stranger typed as a name is not sent to an address that may not be theirs.
    name = booking.name if booking.is_proved else ""
    outbox.post(
        letter,
        to=Recipient(name, booking.address, booking.language_written, booking.channel),
        about=("booking", booking.id),
        attachment=attachment,
        booking=booking,
        event=booking.event,
        name=name,
        when=when_of(booking),
        until=until,
        place_address=place_addresses(booking) if has_link else Bilingual(),
        event_address=_event_addresses(booking) if has_link else Bilingual(),
        **facts,
    )
