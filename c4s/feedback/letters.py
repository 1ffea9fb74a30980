"""The way from a letter to the page on which somebody says what they thought."""

from c4s.core import tokens
from c4s.events.models import Booking
from c4s.feedback import queries
from c4s.i18n import addresses
from c4s.i18n.bilingual import Bilingual


def feedback_token(booking: Booking) -> str:
    """What opens the page for one sign-up. Its reference is part of it: a number may come round again."""
    return tokens.sign("feedback", booking.id, booking.reference)


def address(booking: Booking) -> Bilingual | None:
    """The page in both languages, for a letter; none for whoever has said something already."""
    return None if queries.has_given(booking.id) else addresses.links("feedback.give", token=feedback_token(booking))
