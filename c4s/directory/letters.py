"""Letters about suppliers."""

from collections.abc import Iterable

from c4s.accounts.letters import recipient
from c4s.accounts.models import Person
from c4s.directory.models import EntryClaim, Supplier
from c4s.i18n import addresses
from c4s.i18n.bilingual import Bilingual
from c4s.mail import outbox


def enquiry(
    supplier: Supplier, written_in: str, *, name: str, email: str, language: str, words: str, body_name: str = ""
) -> None:
    """A visitor's message for a supplier, who answers straight to the visitor; the supplier's address stays hidden.

    Args:
        written_in: the language of what we say around it: ``cy``, ``en`` or ``both``.
        language: the one in which the visitor would like an answer.
        body_name: the public body that the visitor buys for, as our staff have checked.
    """
    outbox.post(
        "directory/enquiry",
        to=outbox.Recipient(supplier.name, supplier.email, written_in),
        about=("supplier", supplier.id),
        reply_to=email,
        supplier=supplier,
        name=name,
        email=email,
        wished=language,
        words=words,
        body_name=body_name,
    )


def claim_granted(claim: EntryClaim, people: Iterable[Person]) -> None:
    """Staff agreed that an entry is this business: where it can keep the entry from now on."""
    for person in people:
        _post("claim_granted", person, claim, addresses.links("claims.entry", business_id=claim.business_id))


def claim_refused(claim: EntryClaim, people: Iterable[Person]) -> None:
    """Staff did not agree: why, and where to correct the claim and ask again."""
    for person in people:
        _post("claim_refused", person, claim, addresses.links("claims.entry", business_id=claim.business_id))


def closed(people: Iterable[Person], supplier: Supplier) -> None:
    """Somebody of the business that keeps an entry said, in whatever way, that it has closed for good."""
    link = addresses.links("now.index", business_id=supplier.business_id, supplier_id=supplier.id)
    for person in people:
        outbox.post(
            "directory/closed",
            to=recipient(person),
            about=("supplier", supplier.id),
            name=person.name,
            supplier=supplier,
            link=link,
        )


def _post(letter: str, person: Person, claim: EntryClaim, link: Bilingual) -> None:
    outbox.post(
        f"directory/{letter}",
        to=recipient(person),
        about=("business", claim.business_id),
        name=person.name,
        business=claim.business,
        supplier=claim.supplier,
        why=claim.reason,
        link=link,
    )
