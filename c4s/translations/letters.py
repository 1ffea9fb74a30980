"""Letters about words in the other language."""

from collections.abc import Iterable, Sequence

from c4s.accounts.letters import recipient
from c4s.accounts.models import Person
from c4s.directory.models import Supplier
from c4s.i18n import addresses
from c4s.mail import outbox
from c4s.moderation import kinds

PROFILE = "profile"


def done(supplier: Supplier, people: Iterable[Person], labels: Sequence[object], *, is_live: bool) -> None:
    """Staff have put words into the other language: which, and where to change them.

    Args:
        labels: what the fields are called.
        is_live: readers see them; otherwise they are in the draft.
    """
    kind = kinds.kind(PROFILE)
    for person in people:
        outbox.post(
            "translations/done",
            to=recipient(person),
            about=("supplier", supplier.id),
            name=person.name,
            supplier=supplier,
            labels=labels,
            is_live=is_live,
            link=addresses.links(kind.endpoint, **kind.place(supplier.id)),
        )
