"""Questions about versions of things, about those that wait, and about how long they do."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, CompoundSelect, and_, func, or_, select, union_all
from sqlalchemy.orm import defer, joinedload, selectinload

from c4s.accounts.models import Person, StaffRole
from c4s.core.clock import now
from c4s.core.db import db
from c4s.i18n import formats
from c4s.i18n.references import LARGEST
from c4s.moderation import rules
from c4s.moderation.models import Enterer, Note, Remark, Revision, Watch
from c4s.moderation.rules import OPEN, RevisionState, Spell
from c4s.web.rights import RIGHTS, Right

HAS_BEEN_SEEN = or_(
    Revision.state.in_(
        (RevisionState.SUBMITTED, RevisionState.PUBLISHED, RevisionState.SUPERSEDED, RevisionState.RETURNED)
    ),
    and_(Revision.state == RevisionState.WITHDRAWN, Revision.submitted_at.is_not(None)),
)
"""Versions that are a moderator's affair: nobody but its people reads a draft."""
MODERATORS = select(StaffRole.person_id).where(StaffRole.role.in_(sorted(RIGHTS[Right.MODERATE].who)))
PEOPLE = (joinedload(Revision.author), joinedload(Revision.reader), joinedload(Revision.decided_by))


def _of(kind: str, subject_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Revision.kind == kind, Revision.subject_id == subject_id


# ---- One thing ----


def open_revision(kind: str, subject_id: int) -> Revision | None:
    """The version of a thing that is a draft, or waits."""
    found = select(Revision).where(*_of(kind, subject_id), Revision.state.in_(OPEN))
    return db.session.scalar(found.execution_options(populate_existing=True))


def live_number(kind: str, subject_id: int) -> int | None:
    """The number of the version that readers see; None when no version was ever published."""
    return db.session.scalar(
        select(Revision.number).where(*_of(kind, subject_id), Revision.state == RevisionState.PUBLISHED)
    )


def history(kind: str, subject_id: int) -> Sequence[Revision]:
    """Every version of a thing that was submitted or published, the newest first, with what was said of it."""
    return db.session.scalars(
        select(Revision)
        .where(*_of(kind, subject_id), HAS_BEEN_SEEN)
        .options(*PEOPLE, selectinload(Revision.remarks))
        .order_by(Revision.number.desc())
    ).all()


def version(kind: str, subject_id: int, number: int) -> Revision | None:
    """One version of a thing, if it was ever submitted or published."""
    if max(subject_id, number) > LARGEST:
        return None
    return db.session.scalar(
        select(Revision)
        .where(*_of(kind, subject_id), Revision.number == number, HAS_BEEN_SEEN)
        .options(*PEOPLE, selectinload(Revision.remarks))
    )


def revision(revision_id: int) -> Revision | None:
    """The same by its own number."""
    if revision_id > LARGEST:
        return None
    return db.session.scalar(
        select(Revision)
        .where(Revision.id == revision_id, HAS_BEEN_SEEN)
        .options(*PEOPLE, selectinload(Revision.remarks))
        .execution_options(populate_existing=True)
    )


def last_decision(kind: str, subject_id: int) -> Revision | None:
    """The last submission of a thing that was decided, with what was said of it."""
    return db.session.scalar(
        select(Revision)
        .where(*_of(kind, subject_id), Revision.submitted_at.is_not(None), Revision.decided_at.is_not(None))
        .options(selectinload(Revision.remarks))
        .order_by(Revision.number.desc())
        .limit(1)
    )


def latest_remarks(kind: str, subject_id: int) -> dict[str, Remark]:
    """What a moderator said of each field when they decided last, while its author has a draft in which the field is
    as it was then. Accepted fields have one too, for theirs may not be live yet."""
    draft = open_revision(kind, subject_id)
    if draft is None or draft.state != RevisionState.DRAFT:
        return {}
    decided = last_decision(kind, subject_id)
    if decided is None or decided.state != RevisionState.RETURNED:
        return {}
    return {
        remark.field: remark
        for remark in decided.remarks
        if draft.content.get(remark.field) == decided.content.get(remark.field)
    }


def _entered(person_id: int) -> CompoundSelect[int]:
    """The numbers of versions of which a member of staff wrote something down for somebody, or whose author they
    registered."""
    registered = select(Person.id).where(Person.entered_by_id == person_id)
    return union_all(
        select(Enterer.revision_id).where(Enterer.person_id == person_id),
        select(Revision.id).where(Revision.author_id.in_(registered)),
    )


def entered_by(person_id: int, revision_ids: Collection[int]) -> set[int]:
    """Which of some versions a member of staff wrote something of down for somebody, or is of an author whom they
    registered."""
    theirs = select(Revision.id).where(Revision.id.in_(revision_ids), Revision.id.in_(_entered(person_id)))
    return set(db.session.scalars(theirs))


def enterers(revision_id: int) -> Sequence[int]:
    """Who of our staff wrote some of a version down for somebody."""
    found = select(Enterer.person_id).where(Enterer.revision_id == revision_id).order_by(Enterer.person_id)
    return db.session.scalars(found).all()


@dataclass(frozen=True)
class Standing:
    """How the open version of a thing stands.

    Attributes:
        state: None when there is none.
        position: in the queue, counted from one, while it waits.
        waiting: how many things wait in all.
        promise_by: by which day we promise to have read it.
    """

    state: RevisionState | None
    submitted_at: datetime | None
    position: int | None
    waiting: int
    promise_by: date | None


def standing(kind: str, subject_id: int) -> Standing:
    """How a thing stands: whether something of it is a draft or waits, and where in the queue."""
    found = open_revision(kind, subject_id)
    waits = Revision.state == RevisionState.SUBMITTED
    if found is None or found.submitted_at is None:
        total = db.session.scalar(select(func.count()).select_from(Revision).where(waits)) or 0
        return Standing(found.state if found else None, None, None, total, None)
    is_before = or_(
        Revision.submitted_at < found.submitted_at,
        and_(Revision.submitted_at == found.submitted_at, Revision.id <= found.id),
    )
    total, position = db.session.execute(
        select(func.count(), func.count().filter(is_before)).select_from(Revision).where(waits)
    ).one()
    promised = rules.promised(formats.uk(found.submitted_at).date())
    return Standing(found.state, found.submitted_at, position, total, promised)


# ---- All that wait ----


def _waiting(language: str = "") -> list[ColumnElement[bool]]:
    found = [Revision.state == RevisionState.SUBMITTED]
    return [*found, Revision.language == language] if language else found


def number_waiting(language: str = "") -> int:
    """How many wait, in all or in one language."""
    return db.session.scalar(select(func.count()).select_from(Revision).where(*_waiting(language))) or 0


def waiting(language: str = "", *, skip: int = 0, most: int | None = None) -> Sequence[Revision]:
    """What waits, the oldest first, without its content.

    Args:
        language: ``cy``, ``en`` or ``both``; all when it is empty.
    """
    return db.session.scalars(
        select(Revision)
        .where(*_waiting(language))
        .options(defer(Revision.content), joinedload(Revision.reader))
        .order_by(Revision.submitted_at, Revision.id)
        .offset(skip)
        .limit(most)
    ).all()


def free(by_id: int, rights: Collection[str], language: str = "") -> Sequence[Revision]:
    """What waits and nobody else has taken up, the oldest first; without its content. What the moderator began or
    wrote down for somebody, or somebody began whom they registered, is not among it.

    Args:
        rights: those of the moderator who asks; what needs another is left out.
    """
    is_free = or_(
        Revision.reader_id.is_(None), Revision.reader_id == by_id, Revision.reader_since <= now() - rules.TAKEN_FOR
    )
    is_anothers = or_(Revision.author_id.is_(None), Revision.author_id != by_id)
    return db.session.scalars(
        select(Revision)
        .where(
            *_waiting(language),
            is_free,
            is_anothers,
            Revision.id.not_in(_entered(by_id)),
            Revision.needs.in_(["", *rights]),
        )
        .options(defer(Revision.content))
        .order_by(Revision.submitted_at, Revision.id)
        .limit(50)
    ).all()


@dataclass(frozen=True)
class Promise:
    """How long people wait for us: what waits at this moment, and what was decided of late; by language, and in all
    under an empty one."""

    waiting: Mapping[str, Spell]
    decided: Mapping[str, Spell]


def promise() -> Promise:
    """How long people wait for us."""
    moment = now()
    waits = db.session.execute(select(Revision.language, Revision.submitted_at).where(*_waiting()))
    ages = [_wait(language, since, moment) for language, since in waits if since]
    decided = db.session.execute(
        select(Revision.language, Revision.submitted_at, Revision.decided_at).where(
            Revision.state.in_((RevisionState.PUBLISHED, RevisionState.SUPERSEDED, RevisionState.RETURNED)),
            Revision.decided_at > moment - rules.PROMISE_PERIOD,
            Revision.submitted_at.is_not(None),
        )
    )
    times = [_wait(language, since, until) for language, since, until in decided if since and until]
    return Promise(_by_language(ages), _by_language(times))


@dataclass(frozen=True)
class _Wait:
    """How long one thing waited, or has been waiting."""

    language: str
    time: timedelta
    is_late: bool


def _wait(language: str, since: datetime, until: datetime) -> _Wait:
    return _Wait(language, until - since, rules.is_late(formats.uk(since).date(), formats.uk(until).date()))


def _by_language(waits: Sequence[_Wait]) -> dict[str, Spell]:
    found = {}
    for code in ("cy", "en", "both", ""):
        mine = [one for one in waits if not code or one.language == code]
        found[code] = rules.spell([one.time for one in mine], sum(one.is_late for one in mine))
    return found


# ---- Moderators ----


def notes(kind: str, subject_id: int) -> Sequence[Note]:
    """What moderators noted about a thing, the newest first."""
    return db.session.scalars(
        select(Note)
        .where(Note.kind == kind, Note.subject_id == subject_id)
        .options(joinedload(Note.by))
        .order_by(Note.id.desc())
    ).all()


def watchers(kind: str, subject_id: int) -> Sequence[Person]:
    """The moderators who want to be told when anything is submitted for a thing."""
    return db.session.scalars(
        select(Person)
        .join(Watch, Watch.person_id == Person.id)
        .where(Watch.kind == kind, Watch.subject_id == subject_id, Person.id.in_(MODERATORS))
        .order_by(Person.id)
    ).all()


def is_watching(kind: str, subject_id: int, person_id: int) -> bool:
    """Whether somebody is one of them."""
    return db.session.get(Watch, (kind, subject_id, person_id)) is not None


# ---- What we keep about somebody ----


def by_author(person_id: int) -> Sequence[Revision]:
    """Every version that somebody began, the oldest first."""
    return db.session.scalars(select(Revision).where(Revision.author_id == person_id).order_by(Revision.id)).all()


def remarks_by(person_id: int) -> Sequence[Remark]:
    """What somebody said of fields as a moderator, the oldest first."""
    return db.session.scalars(
        select(Remark)
        .join(Revision, Revision.id == Remark.revision_id)
        .where(Revision.decided_by_id == person_id)
        .order_by(Remark.id)
    ).all()


def notes_by(person_id: int) -> Sequence[Note]:
    """What somebody noted as a moderator, the oldest first."""
    return db.session.scalars(select(Note).where(Note.by_id == person_id).order_by(Note.id)).all()
