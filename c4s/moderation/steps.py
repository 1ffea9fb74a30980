"""Steps that several actions about versions share: each is a part of its caller's unit of work."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from c4s.accounts import queries as accounts
from c4s.accounts import steps as people
from c4s.accounts.models import Person
from c4s.audit import trail
from c4s.audit.trail import Entered
from c4s.core.changes import PAGES, publish
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.errors import Refused
from c4s.core.units import held
from c4s.i18n.bilingual import Bilingual, in_both
from c4s.moderation import kinds, queries, reading, rules
from c4s.moderation.models import Enterer, Revision
from c4s.moderation.rules import Did, RevisionState, Step, WhyNot
from c4s.web.rights import RIGHTS, Right

REVISION = "revision"


def hold(kind: str, subject_id: int) -> None:
    """Hold a thing: its first version, whatever has become of that."""
    first = db.session.scalar(
        select(Revision.id)
        .where(Revision.kind == kind, Revision.subject_id == subject_id)
        .order_by(Revision.number)
        .limit(1)
    )
    if first is not None:
        held(Revision, first)


def found(revision_id: int) -> Revision:
    """A version that is a moderator's affair.

    Raises:
        Refused: ``NO_SUCH_VERSION``.
    """
    revision = queries.revision(revision_id)
    if revision is None:
        raise Refused(WhyNot.NO_SUCH_VERSION)
    return revision


def hold_version(revision_id: int) -> Revision:
    """The same, its thing held.

    Raises:
        Refused: ``NO_SUCH_VERSION``.
    """
    revision = found(revision_id)
    hold(revision.kind, revision.subject_id)
    return found(revision_id)


def new(
    kind: str,
    subject_id: int,
    content: dict[str, Any],
    author_id: int | None,
    state: RevisionState = RevisionState.DRAFT,
) -> Revision:
    """One more version of a thing that is held. Where there is none yet, what is live is kept as the first."""
    try:
        # Nothing can be held where there is no version: of two who begin at once, one finds what the other began.
        with db.session.begin_nested():
            return _add(kind, subject_id, content, author_id, state)
    except IntegrityError:
        hold(kind, subject_id)
        begun = queries.open_revision(kind, subject_id)
        if begun is not None and state == RevisionState.DRAFT:
            return begun
        return _add(kind, subject_id, content, author_id, state)


def say_again(said: Revision) -> Revision:
    """A new draft that says the same as another version; whoever wrote some of that down wrote this down too."""
    draft = new(said.kind, said.subject_id, said.content, said.author_id)
    as_entered(said, draft)
    return draft


def as_entered(said: Revision, made: Revision) -> None:
    """Whoever wrote some of a version down wrote down what another says of it too."""
    for person_id in queries.enterers(said.id):
        entered(made, person_id)


def entered(revision: Revision, by_id: int) -> None:
    """Remember that a member of staff wrote some of a version down: they do not decide on it."""
    if db.session.get(Enterer, (revision.id, by_id)) is None:
        db.session.add(Enterer(revision_id=revision.id, person_id=by_id))
        db.session.flush()


def _add(kind: str, subject_id: int, content: dict[str, Any], author_id: int | None, state: RevisionState) -> Revision:
    of_it = (Revision.kind == kind, Revision.subject_id == subject_id)
    number = db.session.scalar(select(func.max(Revision.number)).where(*of_it)) or 0
    moment = now()

    def version(number: int, content: dict[str, Any], author_id: int | None, state: RevisionState) -> Revision:
        return Revision(
            kind=kind,
            subject_id=subject_id,
            number=number,
            content=content,
            state=state,
            author_id=author_id,
            base=queries.live_number(kind, subject_id),
            begun_at=moment,
            saved_at=moment,
        )

    if not number:
        live = reading.plain(kinds.kind(kind).live(subject_id))
        if not rules.is_empty(live):
            number = 1
            db.session.add(version(number, live, None, RevisionState.PUBLISHED))
            db.session.flush()
    made = version(number + 1, content, author_id, state)
    if state == RevisionState.PUBLISHED:
        _supersede(kind, subject_id)
        made.decided_by_id, made.decided_at = author_id, moment
    db.session.add(made)
    db.session.flush()
    return made


def _supersede(kind: str, subject_id: int, but: int | None = None) -> None:
    """What readers saw until now is a former version."""
    former = rules.after(RevisionState.PUBLISHED, Step.SUPERSEDE)
    is_live = (Revision.kind == kind, Revision.subject_id == subject_id, Revision.state == RevisionState.PUBLISHED)
    rows_changed(update(Revision).where(*is_live, Revision.id != (but or 0)).values(state=former))


def go_live(made: Revision, by_id: int) -> None:
    """Make a version what readers see."""
    _supersede(made.kind, made.subject_id, made.id)
    kinds.kind(made.kind).publish(made.subject_id, made.content, by_id)
    publish(PAGES)
    db.session.flush()


def must_wait(revision: Revision) -> None:
    """Let a version pass that still waits.

    Raises:
        Refused: ``TAKEN_BACK``, ``ALREADY_DECIDED``.
    """
    if revision.state == RevisionState.WITHDRAWN:
        raise Refused(WhyNot.TAKEN_BACK)
    if revision.state != RevisionState.SUBMITTED:
        raise Refused(WhyNot.ALREADY_DECIDED)


def must_decide(revision: Revision, needs: str, by_id: int) -> Sequence[Person]:
    """Let somebody decide on a version that is none of theirs. Otherwise as ``must_moderate``."""
    return must_moderate(revision.kind, revision.subject_id, revision.author_id, needs, by_id, said=revision)


def must_moderate(
    kind: str, subject_id: int, author_id: int | None, needs: str, by_id: int, *, said: Revision | None = None
) -> Sequence[Person]:
    """Let somebody moderate a thing that is none of theirs.

    Args:
        said: the version that readers would see: they wrote nothing of it down for somebody.

    Returns:
        those who are told of it.

    Raises:
        Refused: ``ONES_OWN``, ``ENTERED_IT``, ``NEEDS_ANOTHER``.
    """
    told = kinds.kind(kind).people([subject_id]).get(subject_id, ())
    is_ones_own = by_id == author_id or by_id in [person.id for person in told]
    has_right = not needs or bool(accounts.roles_of(by_id) & RIGHTS[Right(needs)].who)
    has_entered_it = said is not None and bool(queries.entered_by(by_id, [said.id]))
    rules.may_moderate(is_ones_own=is_ones_own, has_entered_it=has_entered_it, has_right=has_right)
    return told


def is_taken(revision: Revision, by_id: int) -> bool:
    """Whether another moderator has taken a version up."""
    taken_for: timedelta | None = now() - revision.reader_since if revision.reader_since else None
    return rules.is_taken(revision.reader_id, by_id, taken_for)


def people_of(revision: Revision) -> Sequence[Person]:
    """Those who are told of its thing."""
    return kinds.kind(revision.kind).people([revision.subject_id]).get(revision.subject_id, ())


def name_of(revision: Revision) -> Bilingual:
    """What its thing is called, in each language: whoever is told may read another one than whoever acts."""
    names = kinds.kind(revision.kind).names
    return in_both(lambda: names([revision.subject_id]).get(revision.subject_id, ""))


def newest(kind: str, subject_id: int, by_id: int) -> Revision:
    """The newest version of a thing that was ever a moderator's affair; its thing held.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` does not moderate; ``NO_SUCH_VERSION``.
    """
    people.must_have(Right.MODERATE, by_id)
    hold(kind, subject_id)
    known = queries.history(kind, subject_id)
    if not known:
        raise Refused(WhyNot.NO_SUCH_VERSION)
    return known[0]


def record(
    did: Did, revision: Revision, by_id: int, reason: str = "", *, by: Entered | None = None, **facts: Any
) -> None:
    """Note in the trail what was done with a version.

    Args:
        by: how a member of staff came to do it for ``by_id``.
    """
    trail.record(
        did,
        REVISION,
        revision.id,
        **trail.doer(by_id, by),
        reason=reason[:2000],
        thing=revision.kind,
        thing_number=revision.subject_id,
        version=revision.number,
        **facts,
    )
