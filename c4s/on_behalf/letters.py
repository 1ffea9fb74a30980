"""The letter to somebody for whom our staff did something: put into words in the unit of work that it tells of."""

from collections.abc import Sequence

from c4s.accounts.letters import recipient
from c4s.accounts.models import Person
from c4s.accounts.phrases import CAME_BY
from c4s.accounts.rules import CameBy
from c4s.mail import outbox


def done(
    person: Person, about: tuple[str, int], came_by: str, told: object, details: Sequence[tuple[object, object]]
) -> None:
    """What was done in somebody's name, and what to do if that is not what they said.

    Args:
        about: kind and number of what it was done to.
        told: what was done, in words of both languages.
        details: to what, and what they said of it: a label, and their words, or ours of both languages.
    """
    outbox.post(
        "on_behalf/done",
        to=recipient(person),
        about=about,
        name=person.name,
        came_by=CAME_BY[CameBy(came_by)],
        told=told,
        details=details,
    )
