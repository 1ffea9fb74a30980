"""Letters about hidden entries, to everybody who speaks for the business."""

from collections.abc import Iterable

from c4s.accounts.letters import recipient
from c4s.accounts.models import Person
from c4s.directory.models import Supplier
from c4s.i18n import addresses
from c4s.i18n.bilingual import Bilingual
from c4s.mail import outbox
from c4s.takedowns.rules import Outcome


def hidden(supplier: Supplier, people: Iterable[Person], reason: Bilingual) -> None:
    """Readers do not see the entry any more: why, and how to appeal."""
    _post("hidden", supplier, people, reason)


def answered(supplier: Supplier, people: Iterable[Person], outcome: Outcome, words: Bilingual) -> None:
    """Somebody else has looked again: what they decided, and why."""
    _post(outcome.value, supplier, people, words)


def restored(supplier: Supplier, people: Iterable[Person], words: Bilingual) -> None:
    """Readers see the entry again, without an appeal: why."""
    _post("restored", supplier, people, words)


def _post(letter: str, supplier: Supplier, people: Iterable[Person], why: Bilingual) -> None:
    for person in people:
        outbox.post(
            f"takedowns/{letter}",
            to=recipient(person),
            about=("supplier", supplier.id),
            name=person.name,
            supplier=supplier,
            why=why,
            link=addresses.links("takedowns.show", business_id=supplier.business_id, supplier_id=supplier.id),
        )
