"""What can be asked about what is said, shown and signed. Nothing here changes anything."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from c4s.core.changes import TAXONOMY
from c4s.core.changes import version as version_of
from c4s.core.db import db
from c4s.directory.models import Supplier
from c4s.quality.models import CodeSignature, CodeSuspension, CodeTold, CodeVersion, QualityFact, QualityReminder
from c4s.quality.rules import REMIND, FactKind, FactStanding

ORDER = {kind: place for place, kind in enumerate(FactKind)}


def facts(supplier_id: int) -> dict[tuple[FactKind, FactStanding], QualityFact]:
    """Everything that is said and shown of an entry, past or not, by its kind and whose word it is."""
    found = db.session.scalars(select(QualityFact).where(QualityFact.supplier_id == supplier_id))
    return {(one.kind, one.standing): one for one in sorted(found, key=lambda one: ORDER[one.kind])}


def fact(supplier_id: int, kind: FactKind, standing: FactStanding) -> QualityFact | None:
    """One of them."""
    return facts(supplier_id).get((kind, standing))


def facts_of_each(supplier_ids: Sequence[int], today: date) -> dict[int, list[QualityFact]]:
    """What counts today of several entries, by their numbers, in one statement."""
    counts = (QualityFact.supplier_id.in_(supplier_ids), QualityFact.ends_on >= today)
    found: dict[int, list[QualityFact]] = {}
    for one in sorted(db.session.scalars(select(QualityFact).where(*counts)), key=lambda one: ORDER[one.kind]):
        found.setdefault(one.supplier_id, []).append(one)
    return found


def offered() -> Sequence[QualityFact]:
    """What businesses offer to show us, the longest waiting first."""
    return db.session.scalars(
        select(QualityFact)
        .join(QualityFact.supplier)
        .where(QualityFact.offered_at.is_not(None), Supplier.business_id.is_not(None))
        .options(joinedload(QualityFact.supplier))
        .order_by(QualityFact.offered_at, QualityFact.id)
    ).all()


def just_over(today: date, supplier_ids: Sequence[int] | None = None) -> Sequence[QualityFact]:
    """What counted until yesterday or before, and is still found by searches; of all entries, or of some."""
    past = select(QualityFact).where(QualityFact.is_over.is_(False), QualityFact.ends_on < today)
    if supplier_ids is not None:
        past = past.where(QualityFact.supplier_id.in_(supplier_ids))
    return db.session.scalars(past.order_by(QualityFact.id)).all()


def ending_soon(today: date, supplier_id: int | None = None) -> Sequence[QualityFact]:
    """What ends within the time of reminders, of entries that a business keeps; or of one entry alone."""
    soon = (QualityFact.ends_on >= today, QualityFact.ends_on <= today + timedelta(days=max(REMIND)))
    query = (
        select(QualityFact)
        .join(QualityFact.supplier)
        .where(*soon, QualityFact.is_over.is_(False), Supplier.business_id.is_not(None))
        .options(joinedload(QualityFact.supplier))
        .order_by(QualityFact.supplier_id, QualityFact.id)
    )
    return db.session.scalars(
        query if supplier_id is None else query.where(QualityFact.supplier_id == supplier_id)
    ).all()


def reminded(fact_ids: Sequence[int]) -> set[tuple[int, date, int]]:
    """Which reminders have been posted: the fact, its last day, and how many days before."""
    keys = select(QualityReminder.fact_id, QualityReminder.ends_on, QualityReminder.days)
    return {(row[0], row[1], row[2]) for row in db.session.execute(keys.where(QualityReminder.fact_id.in_(fact_ids)))}


# ---- The code ----


def versions() -> Sequence[CodeVersion]:
    """Every published version of the code, the newest first."""
    return db.session.scalars(
        select(CodeVersion).where(CodeVersion.published_at.is_not(None)).order_by(CodeVersion.number.desc())
    ).all()


def current() -> CodeVersion | None:
    """The version that counts."""
    return db.session.scalars(
        select(CodeVersion)
        .where(CodeVersion.published_at.is_not(None))
        .order_by(CodeVersion.number.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    ).first()


def current_number() -> int | None:
    """The number of the version that counts; kept in memory until a version is written or published."""
    return _current_number(str(db.engine.url), version_of(TAXONOMY))


@lru_cache(maxsize=2)
def _current_number(where: str, number: int) -> int | None:
    return db.session.scalar(select(func.max(CodeVersion.number)).where(CodeVersion.published_at.is_not(None)))


def version(number: int) -> CodeVersion | None:
    """A published version by its number."""
    return db.session.scalars(
        select(CodeVersion).where(CodeVersion.number == number, CodeVersion.published_at.is_not(None))
    ).first()


def draft() -> CodeVersion | None:
    """The version that is being written."""
    return db.session.scalars(select(CodeVersion).where(CodeVersion.published_at.is_(None))).first()


def signatures(business_id: int) -> Sequence[CodeSignature]:
    """Who signed which version for a business, the newest first."""
    return db.session.scalars(
        select(CodeSignature)
        .where(CodeSignature.business_id == business_id)
        .options(joinedload(CodeSignature.version), joinedload(CodeSignature.person))
        .order_by(CodeSignature.signed_at.desc(), CodeSignature.id.desc())
    ).all()


def facts_by(person_id: int) -> Sequence[QualityFact]:
    """What somebody said for businesses, or saw as a member of staff, the oldest first."""
    return db.session.scalars(
        select(QualityFact)
        .where(QualityFact.by_id == person_id)
        .options(joinedload(QualityFact.supplier))
        .order_by(QualityFact.id)
    ).all()


def signatures_by(person_id: int) -> Sequence[CodeSignature]:
    """What somebody signed for businesses, the oldest first."""
    return db.session.scalars(
        select(CodeSignature)
        .where(CodeSignature.person_id == person_id)
        .options(joinedload(CodeSignature.version), joinedload(CodeSignature.business))
        .order_by(CodeSignature.id)
    ).all()


def signed_by(person_id: int, business_id: int, version_id: int) -> CodeSignature | None:
    """Somebody’s own signature of a version for a business."""
    return db.session.scalars(
        select(CodeSignature).where(
            CodeSignature.person_id == person_id,
            CodeSignature.business_id == business_id,
            CodeSignature.version_id == version_id,
        )
    ).first()


def suspensions(supplier: Supplier) -> Sequence[CodeSuspension]:
    """Every suspension of the business that keeps an entry, and of the entry from a business before; the newest
    first."""
    about = CodeSuspension.supplier_id == supplier.id
    if supplier.business_id is not None:
        about |= CodeSuspension.business_id == supplier.business_id
    return db.session.scalars(select(CodeSuspension).where(about).order_by(CodeSuspension.id.desc())).all()


def open_suspensions(supplier: Supplier) -> Sequence[CodeSuspension]:
    """Those that count now: more than one only where a business that is suspended claims an entry that is."""
    return [one for one in suspensions(supplier) if one.ended_at is None]


def suspension(supplier: Supplier) -> CodeSuspension | None:
    """The newest of them, if there is any."""
    return next(iter(open_suspensions(supplier)), None)


def suspension_of_business(business_id: int) -> CodeSuspension | None:
    """The suspension that a business itself is under, if any."""
    return db.session.scalars(
        select(CodeSuspension).where(CodeSuspension.business_id == business_id, CodeSuspension.ended_at.is_(None))
    ).first()


def standing_of_each(supplier_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """Of several entries, in one statement: whether a business keeps them; the newest version of the code that an owner
    of it signed, and when: nothing for one that is suspended, or was when the business before left the site."""
    theirs = select(Supplier.business_id).where(Supplier.id.in_(supplier_ids))
    signed = (
        select(
            CodeSignature.business_id,
            CodeVersion.number,
            func.min(CodeSignature.signed_at).label("signed_at"),
            func.row_number()
            .over(partition_by=CodeSignature.business_id, order_by=CodeVersion.number.desc())
            .label("place"),
        )
        .join(CodeSignature.version)
        .where(CodeSignature.is_owner, CodeSignature.business_id.in_(theirs))
        .group_by(CodeSignature.business_id, CodeVersion.number)
        .subquery()
    )
    suspended = or_(CodeSuspension.business_id == Supplier.business_id, CodeSuspension.supplier_id == Supplier.id)
    is_suspended = exists().where(suspended, CodeSuspension.ended_at.is_(None))
    of_it = and_(signed.c.business_id == Supplier.business_id, signed.c.place == 1, ~is_suspended)
    return db.session.execute(
        select(
            Supplier.id,
            Supplier.business_id.is_not(None).label("is_kept"),
            signed.c.number,
            signed.c.signed_at,
        )
        .outerjoin(signed, of_it)
        .where(Supplier.id.in_(supplier_ids))
    ).all()


def to_ask(version_id: int, limit: int) -> Sequence[int]:
    """Businesses with an entry whose owners have neither signed this version nor been asked to."""
    known = (
        exists().where(CodeTold.version_id == version_id, CodeTold.business_id == Supplier.business_id),
        exists().where(
            CodeSignature.version_id == version_id,
            CodeSignature.business_id == Supplier.business_id,
            CodeSignature.is_owner,
        ),
    )
    query = select(Supplier.business_id).where(Supplier.business_id.is_not(None), *(~one for one in known))
    found = db.session.scalars(query.distinct().order_by(Supplier.business_id).limit(limit))
    return [number for number in found if number is not None]
