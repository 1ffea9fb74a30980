"""The letter to somebody for whom our staff did something: put into words in the unit of work that it tells of."""

from collections.abc import Sequence

from c4s.accounts.letters import recipient
from c4s.accounts.models import Person
from c4s.accounts.phrases import CAME_BY
from c4s.accounts.rules import CameBy
from c4s.directory.models import Supplier
from c4s.i18n.bilingual import Bilingual
from c4s.mail import outbox
from c4s.moderation.kinds import Said


def done(
    person: Person,
    about: tuple[str, int],
    came_by: str,
    told: object,
    details: Sequence[tuple[object, object]],
    *,
    link: Bilingual = Bilingual(),
) -> None:
    """What was done in somebody's name, and what to do if that is not what they said.

    Args:
        about: kind and number of what it was done to.
        told: what was done, in words of both languages.
        details: to what, and what they said of it: a label, and their words, or ours of both languages.
        link: where somebody with e-mail sees who speaks for their business.
    """
    outbox.post(
        "on_behalf/done",
        to=recipient(person),
        about=about,
        name=person.name,
        came_by=CAME_BY[CameBy(came_by)],
        told=told,
        details=details,
        link=link,
    )


def submitted(person: Person, supplier: Supplier, came_by: str, said: Sequence[tuple[object, Said]]) -> None:
    """All that staff wrote in the entry of somebody’s business, in their name, once it is submitted.

    Args:
        said: each part that is not as readers see it: what it is called, and what it says now.
    """
    outbox.post(
        "on_behalf/submitted",
        to=recipient(person),
        about=("supplier", supplier.id),
        name=person.name,
        came_by=CAME_BY[CameBy(came_by)],
        entry=supplier.names,
        parts=said,
    )
