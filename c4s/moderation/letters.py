"""Letters about changes: each is put into words in the unit of work that it tells of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from c4s.accounts.letters import recipient
from c4s.accounts.models import Person
from c4s.i18n import addresses
from c4s.i18n.bilingual import Bilingual
from c4s.mail import outbox
from c4s.moderation import kinds, phrases
from c4s.moderation.models import Revision
from c4s.moderation.reading import Change, Decision
from c4s.moderation.rules import Reason, Verdict


@dataclass(frozen=True)
class Told:
    """What is said of one field: what people call it, a ready reason, the moderator's own words, other words."""

    label: object
    verdict: object
    reason: object
    words: Bilingual
    suggestion: Bilingual


def published(revision: Revision, people: Iterable[Person], name: Bilingual) -> None:
    """A moderator accepted all of a change: readers see it."""
    for person in people:
        _post("published", person, revision, name)


def returned(
    revision: Revision,
    people: Iterable[Person],
    name: Bilingual,
    decided: Sequence[tuple[Change, Decision]],
    *,
    is_partly_live: bool,
) -> None:
    """A moderator returned a part of a change, or all of it: each field with the words about it, and what was accepted.

    Args:
        decided: every field that changed, with what was said of it.
        is_partly_live: what was accepted is published; otherwise it waits for the rest.
    """
    kind = kinds.kind(revision.kind)
    back = [
        Told(
            change.field.label,
            phrases.VERDICT[decision.verdict],
            phrases.REASON[Reason(decision.phrase)] if decision.phrase else "",
            decision.words,
            kind.say(change.field.name, decision.suggestion).words if decision.suggestion is not None else Bilingual(),
        )
        for change, decision in decided
        if decision.verdict is not None and decision.verdict != Verdict.ACCEPTED
    ]
    accepted = [change.field.label for change, decision in decided if decision.verdict == Verdict.ACCEPTED]
    for person in people:
        _post("returned", person, revision, name, back=back, accepted=accepted, is_partly_live=is_partly_live)


def changed_by_staff(
    revision: Revision, people: Iterable[Person], name: Bilingual, labels: Sequence[object], reason: str
) -> None:
    """A member of staff changed what readers see: what, and why if they said it."""
    for person in people:
        _post("changed_by_staff", person, revision, name, labels=labels, reason=reason)


def submitted_again(revision: Revision, watchers: Iterable[Person], name: Bilingual) -> None:
    """To moderators who asked to be told: something was submitted."""
    for person in watchers:
        _post("submitted_again", person, revision, name, addresses.links("moderation.show", revision_id=revision.id))


def _post(
    letter: str, person: Person, revision: Revision, thing: Bilingual, link: Bilingual | None = None, **facts: Any
) -> None:
    kind = kinds.kind(revision.kind)
    outbox.post(
        f"moderation/{letter}",
        to=recipient(person),
        about=("revision", revision.id),
        name=person.name,
        thing=thing,
        title=kind.title,
        link=link or addresses.links(kind.endpoint, **kind.place(revision.subject_id)),
        **facts,
    )
