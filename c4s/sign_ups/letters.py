"""What staff write to those who take part in an event, as a letter to each."""

from c4s.events import letters
from c4s.events.models import Booking
from c4s.i18n.bilingual import Bilingual


def event_message(booking: Booking, subject: Bilingual, body: Bilingual) -> None:
    """A message, in the languages that this person reads."""
    letters.post_about("sign_ups/event_message", booking, message_subject=subject, message_body=body)
