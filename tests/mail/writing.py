"""Letters with obvious defaults, for the tests of the outbox."""

from typing import Any

from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.mail import outbox
from c4s.mail.models import OutgoingLetter
from c4s.mail.outbox import Recipient

SIAN = Recipient("Siân Tŷ", "sian@example.cymru", "cy")
FACTS = {
    "name": "Mair",
    "email": "mair@example.cymru",
    "topic": "Bara",
    "wished": "cy",
    "words": "Oes bara ŵy?",
}


@unit_of_work
def write(to: Recipient = SIAN, **facts: Any) -> int:
    """Put a letter in the outbox; gives its number."""
    letter = outbox.post("pages/message", to=to, **{**FACTS, **facts})
    db.session.flush()
    return letter.id


def kept(letter_id: int) -> OutgoingLetter:
    """A letter as the outbox has it now."""
    return db.session.get_one(OutgoingLetter, letter_id, populate_existing=True)
