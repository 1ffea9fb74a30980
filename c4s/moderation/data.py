"""What of changes waits for staff, and what we keep of whoever wrote or read one."""

from collections.abc import Sequence

from flask import url_for

from c4s.accounts import data
from c4s.accounts.data import Part, Record
from c4s.accounts.models import Person
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l
from c4s.moderation import kinds, phrases, queries
from c4s.moderation.models import Revision
from c4s.moderation.rules import Reason, RevisionState
from c4s.web.desk import Queue, Waits
from c4s.web.rights import Right

SEEN = (RevisionState.PUBLISHED, RevisionState.SUPERSEDED)
"""Versions that readers see or have seen."""


def _waiting() -> Sequence[Waits]:
    found = queries.waiting()
    names = kinds.names_of((one.kind, one.subject_id) for one in found)
    return [
        Waits(
            name=names.get((one.kind, one.subject_id), ""),
            address=url_for("moderation.show", revision_id=one.id),
            since=one.submitted_at,
            language=one.language,
        )
        for one in found
        if one.submitted_at
    ]


QUEUE = Queue("moderation", Right.MODERATE, _l("Changes to read"), "moderation.index", _waiting)


def _words(revision: Revision) -> str:
    """All that a version says, a line for each field."""
    kind = kinds.kind(revision.kind)
    lines = [
        (field.label, kind.say(field.name, revision.content[field.name]).words)
        for field in kind.fields(revision.content, revision.content)
        if field.name in revision.content
    ]
    return "\n".join(f"{label}: {words.spoken(current_language())[0]}" for label, words in lines if words)


def _theirs(person: Person, found: Sequence[Revision]) -> set[tuple[str, int]]:
    """The things among those of some versions whose people somebody is one of today."""
    by_kind: dict[str, set[int]] = {}
    for one in found:
        by_kind.setdefault(one.kind, set()).add(one.subject_id)
    return {
        (name, subject_id)
        for name, ids in by_kind.items()
        for subject_id, people in kinds.kind(name).people(sorted(ids)).items()
        if person.id in [one.id for one in people]
    }


def _versions(person: Person) -> Sequence[Record]:
    """What somebody began; of a thing that is theirs no more only what readers saw: others go on in their drafts."""
    found = queries.by_author(person.id)
    theirs = _theirs(person, found)
    found = [one for one in found if one.state in SEEN or (one.kind, one.subject_id) in theirs]
    names = kinds.names_of((one.kind, one.subject_id) for one in found)
    return [
        [
            data.text("thing", _l("What it is about"), names.get((one.kind, one.subject_id), "")),
            data.Fact("version", _l("Version"), one.number, str(one.number)),
            data.text("state", _l("How it stands"), one.state, phrases.STATE[one.state]),
            data.text("words", _l("What you wrote"), _words(one)),
            data.moment("begun_at", _l("Begun"), one.begun_at),
            data.moment("saved_at", _l("Saved"), one.saved_at),
            data.moment("submitted_at", _l("Submitted"), one.submitted_at),
            data.moment("decided_at", _l("Decided"), one.decided_at),
        ]
        for one in found
    ]


VERSIONS = Part("versions", _l("Changes to entries that you began"), _versions)


def _said(person: Person) -> Sequence[Record]:
    language = current_language()
    remarks = [
        [
            data.text("verdict", _l("Your decision"), one.verdict, phrases.VERDICT[one.verdict]),
            data.text("reason", _l("The reason"), one.phrase, phrases.REASON[Reason(one.phrase)] if one.phrase else ""),
            data.text("words", _l("What you wrote"), one.words.spoken(language)[0]),
        ]
        for one in queries.remarks_by(person.id)
    ]
    notes = [
        [
            data.text("note", _l("A note for moderators"), one.words),
            data.moment("written_at", _l("Written"), one.created_at),
        ]
        for one in queries.notes_by(person.id)
    ]
    return [*remarks, *notes]


SAID = Part("moderated", _l("What you decided and noted as a moderator"), _said)
