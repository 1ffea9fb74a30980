"""What authors, moderators and other staff do with versions of things: each verb is one unit of work.

None of the verbs of authors checks who may speak for a thing: their callers do. Whatever is done to a thing holds its
first version, so that everything about one thing happens one after another.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, update

from c4s.accounts import steps as people
from c4s.accounts.models import Person
from c4s.audit.trail import Entered
from c4s.core.changes import PAGES, publish
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.errors import Refused
from c4s.core.text import unsaid, written_to
from c4s.core.units import unit_of_work
from c4s.moderation import kinds, letters, queries, reading, rules, steps
from c4s.moderation.models import Note, Remark, Revision, Watch
from c4s.moderation.reading import Decision
from c4s.moderation.rules import Did, RevisionState, Step, Verdict, WhyNot
from c4s.web.rights import RIGHTS, Right

# ---- Authors ----


@unit_of_work
def begin(kind: str, subject_id: int, *, by_id: int, entered: Entered | None = None) -> Revision:
    """The version of a thing that is open; where there is none, a new draft of what is live."""
    steps.hold(kind, subject_id)
    found = queries.open_revision(kind, subject_id)
    if found is None:
        found = steps.new(kind, subject_id, reading.plain(kinds.kind(kind).live(subject_id)), by_id)
        steps.record(Did.BEGAN, found, by_id, by=entered)
    return found


@unit_of_work
def save(
    kind: str,
    subject_id: int,
    values: Mapping[str, Any],
    *,
    by_id: int,
    drop: Collection[str] = (),
    entered: Entered | None = None,
) -> Revision:
    """Put values in the draft of a thing, which is begun if there is none; the other fields stay as they are.

    Args:
        values: by the names of fields.
        drop: fields of those that come and go, to be taken out.
        entered: how a member of staff came to write them down for ``by_id``.

    Raises:
        Refused: ``SUBMITTED`` while a version waits.
    """
    draft = begin(kind, subject_id, by_id=by_id, entered=entered)
    rules.after(draft.state, Step.SAVE)
    kept = {name: value for name, value in draft.content.items() if name not in drop}
    draft.content, draft.saved_at = reading.plain({**kept, **values}), now()
    db.session.flush()
    if entered is not None:
        steps.entered(draft, entered.by_id)
        steps.record(Did.ENTERED, draft, by_id, by=entered, fields=sorted({*values, *drop}))
    return draft


@unit_of_work
def submit(kind: str, subject_id: int, *, by_id: int, entered: Entered | None = None) -> Revision:
    """Let the draft of a thing wait for a moderator; nobody changes it any more. A second click changes nothing.

    Args:
        entered: how a member of staff came to do it for ``by_id``; they do not decide on it.

    Raises:
        Refused: ``NOTHING_CHANGED`` when there is no draft, or readers see all of it already; ``INCOMPLETE``, with
            the names of the ``fields`` that are missing.
    """
    steps.hold(kind, subject_id)
    draft = queries.open_revision(kind, subject_id)
    if draft is not None and draft.state == RevisionState.SUBMITTED:
        return draft
    sort = kinds.kind(kind)
    live = reading.plain(sort.live(subject_id))
    if draft is None or not reading.changed(sort, live, draft.content):
        raise Refused(WhyNot.NOTHING_CHANGED)
    missing = sort.missing(draft.content)
    if missing:
        raise Refused(WhyNot.INCOMPLETE, fields=list(missing))
    changes = [change for change in reading.compared(sort, live, draft.content) if change.is_changed]
    needs = [change.field.right for change in changes if change.field.right]
    draft.state, draft.submitted_at = rules.after(draft.state, Step.SUBMIT), now()
    draft.language, draft.needs = reading.language(changes), str(needs[0]) if needs else ""
    draft.base = queries.live_number(kind, subject_id)
    draft.reader_id = draft.reader_since = None
    db.session.flush()
    if entered is not None:
        steps.entered(draft, entered.by_id)
    publish(PAGES)
    letters.submitted_again(draft, queries.watchers(kind, subject_id), steps.name_of(draft))
    steps.record(Did.SUBMITTED, draft, by_id, by=entered, fields=[change.field.name for change in changes])
    return draft


@unit_of_work
def withdraw(kind: str, subject_id: int, *, by_id: int, entered: Entered | None = None) -> Revision:
    """Take back what waits, to change it: a new draft says the same. A second click changes nothing.

    Raises:
        Refused: ``NOTHING_CHANGED`` when nothing is open.
    """
    steps.hold(kind, subject_id)
    found = queries.open_revision(kind, subject_id)
    if found is None:
        raise Refused(WhyNot.NOTHING_CHANGED)
    if found.state == RevisionState.DRAFT:
        return found
    found.state = rules.after(found.state, Step.WITHDRAW)
    db.session.flush()
    publish(PAGES)
    steps.record(Did.WITHDREW, found, by_id, by=entered)
    return steps.say_again(found)


@unit_of_work
def discard(kind: str, subject_id: int, *, by_id: int) -> None:
    """Throw the draft of a thing away; nothing of what it said is kept. A second click changes nothing.

    Raises:
        Refused: ``SUBMITTED`` while a version waits.
    """
    steps.hold(kind, subject_id)
    found = queries.open_revision(kind, subject_id)
    if found is None:
        return
    found.state, found.content = rules.after(found.state, Step.DISCARD), {}
    steps.record(Did.DISCARDED, found, by_id)
    db.session.flush()


@unit_of_work
def take_suggestion(kind: str, subject_id: int, field: str, *, by_id: int, entered: Entered | None = None) -> Revision:
    """Put the words that a moderator suggested for a field in its draft.

    Raises:
        Refused: ``NOTHING_SUGGESTED``; ``SUBMITTED`` while a version waits.
    """
    found = queries.latest_remarks(kind, subject_id).get(field)
    if found is None or found.suggestion is None:
        raise Refused(WhyNot.NOTHING_SUGGESTED)
    draft = save(kind, subject_id, {field: found.suggestion}, by_id=by_id, entered=entered)
    steps.record(Did.TOOK_SUGGESTION, draft, by_id, by=entered, field=field)
    return draft


# ---- Staff who write ----


@unit_of_work
def publish_now(
    kind: str, subject_id: int, values: Mapping[str, Any], *, by_id: int, reason: str = "", tells: bool = True
) -> Revision:
    """A member of staff changes some of what readers see, at once, and the people of the thing are told. Whatever is
    open keeps what its author wrote; a field that they had left alone says the new from now on.

    Args:
        tells: False when the caller posts a letter of its own.

    Raises:
        Refused: ``NOTHING_CHANGED`` when readers see all of it already.
    """
    steps.hold(kind, subject_id)
    live = reading.plain(kinds.kind(kind).live(subject_id))
    made = _publish_anew(kind, subject_id, live, reading.plain({**live, **values}), by_id)
    if tells:
        _tell_of(made, live, by_id, reason)
    steps.record(Did.CHANGED_BY_STAFF, made, by_id, reason, fields=sorted(values))
    return made


@unit_of_work
def restore(kind: str, subject_id: int, number: int, *, by_id: int, reason: str) -> Revision:
    """Publish again what readers saw before: a new version that says the same as an earlier one.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``NO_SUCH_VERSION`` for one that readers never saw
            whole; ``ONES_OWN``, ``ENTERED_IT``, ``NEEDS_ANOTHER``, ``NOTHING_CHANGED``.
    """
    people.must_have(Right.MODERATE, by_id)
    steps.hold(kind, subject_id)
    former, sort = queries.version(kind, subject_id, number), kinds.kind(kind)
    if former is None or former.state != RevisionState.SUPERSEDED:
        raise Refused(WhyNot.NO_SUCH_VERSION)
    live = reading.plain(sort.live(subject_id))
    needs = [field.right for field in reading.changed(sort, live, former.content) if field.right]
    steps.must_moderate(kind, subject_id, None, str(needs[0]) if needs else "", by_id, said=former)
    made = _publish_anew(kind, subject_id, live, former.content, by_id)
    made.restored_from = number
    steps.as_entered(former, made)
    _tell_of(made, live, by_id, reason)
    steps.record(Did.RESTORED, made, by_id, reason, restored_from=number)
    return made


def _publish_anew(
    kind: str,
    subject_id: int,
    live: Mapping[str, Any],
    content: dict[str, Any],
    by_id: int,
) -> Revision:
    """Make a content what readers see, instead of what they see now."""
    fields = reading.changed(kinds.kind(kind), live, content)
    if not fields:
        raise Refused(WhyNot.NOTHING_CHANGED)
    made = steps.new(kind, subject_id, content, by_id, RevisionState.PUBLISHED)
    steps.go_live(made, by_id)
    # What is open was begun from what readers saw until now: it must not undo, unasked, what staff have changed.
    found = queries.open_revision(kind, subject_id)
    if found is not None:
        left_alone = [field.name for field in fields if found.content.get(field.name) == live.get(field.name)]
        kept = {name: value for name, value in found.content.items() if name not in left_alone}
        found.content = {**kept, **{name: content[name] for name in left_alone if name in content}}
        found.base = made.number
        db.session.flush()
    return made


def _tell_of(made: Revision, live: Mapping[str, Any], by_id: int, reason: str) -> None:
    """Write to the people of a thing what a member of staff changed, and why."""
    fields = reading.changed(kinds.kind(made.kind), live, made.content)
    told = [person for person in steps.people_of(made) if person.id != by_id]
    letters.changed_by_staff(made, told, steps.name_of(made), [field.label for field in fields], reason)


# ---- Moderators ----


@unit_of_work
def looked(revision_id: int, *, by_id: int) -> None:
    """Note that a moderator read a version."""
    found = steps.found(revision_id)
    steps.record(Did.LOOKED, found, by_id)


@unit_of_work
def take(revision_id: int, *, by_id: int, over: bool = False) -> None:
    """A moderator takes up what waits, for half an hour, so that no other reads it too.

    Args:
        over: also when another has it.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED``; ``NO_SUCH_VERSION``, ``ALREADY_DECIDED``, ``TAKEN_BACK``, ``ONES_OWN``,
            ``ENTERED_IT``, ``NEEDS_ANOTHER``; ``TAKEN`` when another has it.
    """
    people.must_have(Right.MODERATE, by_id)
    found = steps.hold_version(revision_id)
    steps.must_wait(found)
    steps.must_decide(found, found.needs, by_id)
    if not over and steps.is_taken(found, by_id):
        raise Refused(WhyNot.TAKEN)
    found.reader_id, found.reader_since = by_id, now()
    steps.record(Did.TOOK, found, by_id)


@unit_of_work
def take_next(*, by_id: int, language: str = "") -> int | None:
    """A moderator takes up what has waited longest of all that is free, and that they may decide.

    Args:
        language: ``cy``, ``en`` or ``both``; any when it is empty.

    Returns:
        its number; None when there is none.
    """
    roles = people.must_have(Right.MODERATE, by_id)
    rights = [str(right) for right, allowed in RIGHTS.items() if roles & allowed.who]
    free = queries.free(by_id, rights, language)
    for kind in sorted({one.kind for one in free}):
        ones_own = kinds.kind(kind).people([one.subject_id for one in free if one.kind == kind])
        mine = {number for number, told in ones_own.items() if by_id in [person.id for person in told]}
        free = [one for one in free if one.kind != kind or one.subject_id not in mine]
    if not free:
        return None
    take(free[0].id, by_id=by_id)
    return free[0].id


@unit_of_work
def let_go(revision_id: int, *, by_id: int) -> None:
    """A moderator leaves what they took up to others; nothing happens when it is not theirs."""
    found = steps.hold_version(revision_id)
    if found.reader_id == by_id:
        found.reader_id = found.reader_since = None
        steps.record(Did.LET_GO, found, by_id)


@unit_of_work
def decide(revision_id: int, decisions: Mapping[str, Decision], *, by_id: int, read: str) -> RevisionState:
    """A moderator says of every field that changed whether readers may see it. What is accepted goes live at once;
    what is not goes back to its author, in a draft that says what they wrote, and everybody is told why. The same
    decision of the same moderator again changes nothing.

    Args:
        decisions: by the name of the field; what is said of fields that did not change counts for nothing.
        read: the ``reading.digest`` of what they had before them.

    Returns:
        ``PUBLISHED`` when all was accepted, else ``RETURNED``.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED``; ``NO_SUCH_VERSION``, ``ONES_OWN``, ``ENTERED_IT``, ``NEEDS_ANOTHER``,
            ``TAKEN``, ``ALREADY_DECIDED``, ``TAKEN_BACK``, ``CHANGED_MEANWHILE``; ``UNDECIDED`` with the ``problems``:
            what is missing, by the name of the field, and the ``languages`` in which its people are told.
    """
    people.must_have(Right.MODERATE, by_id)
    found = steps.hold_version(revision_id)
    if found.decided_by_id == by_id and _said_of(found) == dict(decisions):
        return found.state
    steps.must_wait(found)
    told = steps.must_decide(found, found.needs, by_id)
    if steps.is_taken(found, by_id):
        raise Refused(WhyNot.TAKEN)
    sort = kinds.kind(found.kind)
    live = reading.plain(sort.live(found.subject_id))
    if reading.digest(live, found.content) != read:
        raise Refused(WhyNot.CHANGED_MEANWHILE)
    changes = [change for change in reading.compared(sort, live, found.content) if change.is_changed]
    for right in sorted({str(change.field.right) for change in changes if change.field.right}):
        # Asked again: what readers see may have changed since it was submitted, and with it what there is to decide.
        steps.must_decide(found, right, by_id)
    languages = written_to({person.language_written for person in told})
    problems = {
        change.field.name: problem
        for change in changes
        if (problem := problem_with(change, decisions.get(change.field.name, Decision(None)), languages))
    }
    if problems:
        raise Refused(WhyNot.UNDECIDED, problems=problems, languages=languages)
    said = [(change, decisions[change.field.name]) for change in changes]
    refused = [change for change, decision in said if decision.verdict != Verdict.ACCEPTED]
    _close(found, Step.RETURN if refused else Step.PUBLISH, by_id)
    for change, decision in said:
        db.session.add(_remark(found, change.field.name, decision))
    if refused:
        _send_back(found, live, said, told, by_id)
    else:
        steps.go_live(found, found.author_id or by_id)
        letters.published(found, told, steps.name_of(found))
    db.session.flush()
    steps.record(
        Did.RETURNED if refused else Did.PUBLISHED,
        found,
        by_id,
        read=read,
        verdicts={change.field.name: str(decision.verdict) for change, decision in said},
    )
    return found.state


def problem_with(change: reading.Change, decision: Decision, languages: str) -> WhyNot | None:
    """What is missing in what a moderator says of one change, if anything.

    Args:
        languages: in which its people are told.
    """
    words = {"cy": decision.words.cy, "en": decision.words.en}
    is_other = decision.suggestion is not None and decision.suggestion != change.now
    return rules.problem_with(
        decision.verdict,
        has_reason=bool(decision.phrase),
        has_words=bool(decision.words),
        unsaid=unsaid(words, languages),
        has_suggestion=is_other and change.takes_suggestion and not rules.is_empty(decision.suggestion),
    )


def _close(found: Revision, step: Step, by_id: int) -> None:
    """Decide what waits; of two who do at once, one comes too late, whatever else they held."""
    values = {"state": rules.after(found.state, step), "decided_by_id": by_id, "decided_at": now()}
    still_waits = (Revision.id == found.id, Revision.state == RevisionState.SUBMITTED)
    if not rows_changed(update(Revision).where(*still_waits).values(reader_id=None, reader_since=None, **values)):
        raise Refused(WhyNot.ALREADY_DECIDED)
    db.session.refresh(found)
    publish(PAGES)


def _send_back(
    found: Revision,
    live: Mapping[str, Any],
    said: Sequence[tuple[reading.Change, Decision]],
    told: Sequence[Person],
    by_id: int,
) -> None:
    """A change that was not accepted whole: what was goes live if it can, and its author has a draft again."""
    accepted = [change.field.name for change, decision in said if decision.verdict == Verdict.ACCEPTED]
    merged = {name: value for name, value in live.items() if name not in accepted}
    merged |= {name: found.content[name] for name in accepted if name in found.content}
    can_stand = not rules.is_empty(live) or not kinds.kind(found.kind).missing(merged)
    is_partly_live = bool(accepted) and can_stand
    if is_partly_live:
        # By the moderator: nobody wrote just this. The words are their author's all the same.
        made = steps.new(found.kind, found.subject_id, merged, by_id, RevisionState.PUBLISHED)
        steps.as_entered(found, made)
        steps.go_live(made, found.author_id or by_id)
    steps.say_again(found)
    letters.returned(found, told, steps.name_of(found), said, is_partly_live=is_partly_live)


def _remark(found: Revision, field: str, decision: Decision) -> Remark:
    return Remark(
        revision_id=found.id,
        field=field,
        verdict=decision.verdict,
        phrase=decision.phrase,
        words=decision.words,
        suggestion=decision.suggestion,
    )


def _said_of(found: Revision) -> dict[str, Decision]:
    return {one.field: Decision(one.verdict, one.phrase, one.words, one.suggestion) for one in found.remarks}


@unit_of_work
def note(kind: str, subject_id: int, words: str, *, by_id: int) -> None:
    """A moderator notes something about a thing, for moderators alone. The same note twice is one.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED``; ``NO_SUCH_VERSION`` when nothing of the thing was ever a moderator's affair;
            ``ONES_OWN``.
    """
    newest = steps.newest(kind, subject_id, by_id)
    steps.must_moderate(kind, subject_id, None, "", by_id)
    if [(one.words, one.by_id) for one in queries.notes(kind, subject_id)[:1]] == [(words, by_id)]:
        return
    db.session.add(Note(kind=kind, subject_id=subject_id, by_id=by_id, words=words, created_at=now()))
    steps.record(Did.NOTED, newest, by_id)


@unit_of_work
def watch(kind: str, subject_id: int, wanted: bool, *, by_id: int) -> None:
    """A moderator wants to be told when anything is submitted for a thing, or no longer.

    Raises:
        Refused: as ``note`` does, but for ``ONES_OWN``.
    """
    newest = steps.newest(kind, subject_id, by_id)
    if queries.is_watching(kind, subject_id, by_id) == wanted:
        return
    if wanted:
        db.session.add(Watch(kind=kind, subject_id=subject_id, person_id=by_id))
    else:
        rows_changed(delete(Watch).where(Watch.kind == kind, Watch.subject_id == subject_id, Watch.person_id == by_id))
    steps.record(Did.WATCHED if wanted else Did.STOPPED_WATCHING, newest, by_id)


# ---- When a thing goes ----


@unit_of_work
def forget(kind: str, subject_ids: Collection[int]) -> None:
    """Forget every version of things that are gone, with all that was said and noted of them."""
    db.session.flush()
    for model in (Revision, Note, Watch):
        rows_changed(delete(model).where(model.kind == kind, model.subject_id.in_(list(subject_ids))))
