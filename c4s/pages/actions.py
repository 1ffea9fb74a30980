"""What visitors do at the front door."""

from datetime import timedelta
from enum import StrEnum

from flask import current_app

from c4s.audit import trail
from c4s.core import once, throttle
from c4s.core.units import unit_of_work
from c4s.i18n.speech import lazy_gettext as _l
from c4s.pages import letters

MESSAGES_PER_NETWORK = 10
HOUR = timedelta(hours=1)


class Did(StrEnum):
    """What the trail says was done."""

    SENT_MESSAGE = "contact.message_sent"


DID = {Did.SENT_MESSAGE: _l("Sent a message through the contact page")}
KIND = {"contact": _l("Contact page")}
"""What the trail calls it, and what it was about."""


@unit_of_work
def send_message(*, key: str, network: str, name: str, email: str, topic: object, language: str, words: str) -> None:
    """Pass a message to the people who run the site; the same form sent twice sends one.

    Args:
        topic: what it is about, in words that still know both languages.

    Raises:
        Refused: ``TooMany`` or ``NotAgain``.
    """
    body = once.fingerprint(name, email, str(topic), language, words)
    if once.earlier_result(key, body) is not None:
        return
    throttle.count_network("contact", network, limit=MESSAGES_PER_NETWORK, window=HOUR)
    settings = current_app.extensions["c4s.settings"]
    letters.message(
        to=settings.contact_email,
        organisation=settings.organisation,
        name=name,
        email=email,
        topic=topic,
        language=language,
        words=words,
    )
    once.remember(key, "sent")
    trail.record(Did.SENT_MESSAGE, "contact", 0, by=trail.Actor.VISITOR)
