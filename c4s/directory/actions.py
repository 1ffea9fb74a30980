"""What visitors do to suppliers."""

from datetime import timedelta
from enum import StrEnum

from c4s.accounts.models import Person
from c4s.audit import trail
from c4s.businesses import queries as businesses
from c4s.buyers import queries as buyers
from c4s.core import once, throttle
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.text import written_to
from c4s.core.units import held, unit_of_work
from c4s.directory import letters
from c4s.directory.models import Supplier
from c4s.directory.rules import WhyNot

HOUR = timedelta(hours=1)
MESSAGES_PER_NETWORK = 10
MESSAGES_PER_SUPPLIER = 30


class Did(StrEnum):
    """What the trail says was done."""

    SENT_ENQUIRY = "supplier.enquiry_sent"


@unit_of_work
def send_enquiry(supplier_id: int, *, key: str, network: str, name: str, email: str, language: str, words: str) -> None:
    """Pass a message on to a supplier; the same form sent twice sends one.

    Args:
        key: the form's own random key.
        network: where the visitor is, for the limit; kept only as a hash.
        language: the language in which the visitor would like an answer.

    Raises:
        Refused: ``NO_MESSAGES`` when the supplier takes none any more; ``TooMany`` or ``NotAgain``.
    """
    _send(supplier_id, key, network, name=name, email=email, language=language, words=words)


@unit_of_work
def send_buyers_enquiry(supplier_id: int, *, key: str, network: str, language: str, words: str, by_id: int) -> None:
    """Pass a message on from somebody who buys for a public body; the supplier is told for which, and that our staff
    have checked it. Name and address are those of the account that was checked. Otherwise as ``send_enquiry``.

    Raises:
        Refused: ``NO_BUYER`` when they have the rights no more.
    """
    person, granted = held(Person, by_id), buyers.granted_to(by_id)
    if not person.is_buyer or granted is None:
        raise Refused(WhyNot.NO_BUYER)
    said = {"name": person.name, "email": person.email or "", "language": language, "words": words}
    _send(supplier_id, key, network, by_id=by_id, body_name=granted.organisation, **said)


def _send(
    supplier_id: int, key: str, network: str, *, by_id: int | None = None, body_name: str = "", **said: str
) -> None:
    supplier = db.session.get_one(Supplier, supplier_id)
    body = once.fingerprint(supplier_id, body_name, *said.values())
    if once.earlier_result(key, body) is not None:
        return
    if not supplier.takes_messages:
        raise Refused(WhyNot.NO_MESSAGES)
    throttle.count_network("enquiry", network, limit=MESSAGES_PER_NETWORK, window=HOUR)
    throttle.count("enquiry to", str(supplier_id), limit=MESSAGES_PER_SUPPLIER, window=HOUR)
    letters.enquiry(supplier, _read_in(supplier), body_name=body_name, **said)
    once.remember(key, "sent")
    trail.record(Did.SENT_ENQUIRY, "supplier", supplier_id, by=trail.person(by_id) if by_id else trail.Actor.VISITOR)


def _read_in(supplier: Supplier) -> str:
    """The language of letters to a supplier: that of the people who speak for it; both where nobody does, as yet."""
    members = businesses.members_of(supplier.business_id) if supplier.business_id else []
    return written_to({one.person.language_written for one in members})
