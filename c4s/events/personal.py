"""What events keep about somebody who has an account: the places that their address took."""

from collections.abc import Sequence

from c4s.accounts import data
from c4s.accounts import queries as people
from c4s.accounts.data import Part, Record
from c4s.accounts.models import Person
from c4s.events import bookings, phrases
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l


def _places(person: Person) -> Sequence[Record]:
    return [
        [
            data.text("event", _l("Event"), booking.event.title.spoken(current_language())[0]),
            data.moment("starts_at", _l("Starts"), booking.event.starts_at),
            data.text("reference", _l("Reference"), booking.reference),
            data.text("state", _l("State of the place"), booking.state, phrases.BOOKING_STATE[booking.state]),
            data.moment("time", _l("Your time"), booking.slot.starts_at if booking.slot else None),
            data.text("places", _l("Places"), str(booking.asked)),
            data.text("name", _l("Name"), booking.name),
            data.text("email", _l("Email address"), booking.email),
            data.text(
                "language_written",
                _l("Language of our messages"),
                booking.language_written,
                phrases.WRITTEN[booking.language_written],
            ),
            data.text(
                "language_spoken",
                _l("Your language at the event"),
                booking.language_spoken,
                phrases.SPOKEN[booking.language_spoken],
            ),
            data.moment("joined_at", _l("Signed up"), booking.joined_at),
            data.moment("email_confirmed_at", _l("Email address confirmed"), booking.proved_at),
            data.moment("ended_at", _l("Cancelled or released"), booking.ended_at),
            data.text("access_needs", _l("What you need"), needs.needs if needs else ""),
        ]
        for booking in bookings.of_address(person.email_key)
        for needs in [bookings.needs_of(booking.id)]
    ]


def people_by_reference(text: str) -> list[int]:
    """The account of whoever has a place with this reference, if they have one."""
    booking = bookings.by_reference(text)
    person = people.person_by_email(booking.email) if booking and booking.email else None
    return [person.id] if person else []


def _sign_ups(person: Person) -> Sequence[Record]:
    """What staff see of somebody's places: never what they need, which is for those who run the event."""
    return [
        [
            data.text("event", _l("Event"), booking.event.title.spoken(current_language())[0]),
            data.moment("starts_at", _l("Starts"), booking.event.starts_at),
            data.text("reference", _l("Reference"), booking.reference),
            data.text("state", _l("State of the place"), booking.state, phrases.BOOKING_STATE[booking.state]),
        ]
        for booking in bookings.of_address(person.email_key)
    ]


def _needs(person: Person) -> Sequence[Record]:
    remembered = bookings.remembered_needs(person.id)
    return [[data.text("needs", _l("What you need"), remembered)]] if remembered else []


NEEDS = Part("remembered_needs", _l("What you asked us to remember for your next sign-up"), _needs)
SIGN_UPS = Part("sign_ups", _l("Places at events"), _sign_ups)
PLACES = Part("places", _l("Your places at events"), _places)
