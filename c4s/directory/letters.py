"""Letters about suppliers."""

from c4s.directory.models import Supplier
from c4s.mail import outbox


def enquiry(supplier: Supplier, *, name: str, email: str, language: str, words: str) -> None:
    """A visitor's message for a supplier, who answers straight to the visitor; the supplier's address stays hidden.

    In both languages, for we do not know yet which one the supplier wants.
    """
    outbox.post(
        "directory/enquiry",
        to=outbox.Recipient(supplier.name, supplier.email),
        about=("supplier", supplier.id),
        reply_to=email,
        supplier=supplier,
        name=name,
        email=email,
        wished=language,
        words=words,
    )
