"""What can be asked about hidden entries. Nothing here changes anything."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from c4s.core.db import db
from c4s.i18n.references import LARGEST
from c4s.takedowns.models import Takedown


def of_entry(supplier_id: int) -> Sequence[Takedown]:
    """Every time that an entry was hidden, the newest first."""
    return db.session.scalars(
        select(Takedown).where(Takedown.supplier_id == supplier_id).order_by(Takedown.id.desc())
    ).all()


def open_of(supplier_id: int) -> Takedown | None:
    """Why an entry is hidden now; None when it is not."""
    return db.session.scalar(select(Takedown).where(Takedown.supplier_id == supplier_id, Takedown.ended_at.is_(None)))


def waiting() -> Sequence[Takedown]:
    """The appeals that wait for an answer, the oldest first."""
    return db.session.scalars(
        select(Takedown)
        .where(Takedown.appealed_at.is_not(None), Takedown.answered_at.is_(None), Takedown.ended_at.is_(None))
        .options(joinedload(Takedown.supplier), joinedload(Takedown.appealed_by))
        .order_by(Takedown.appealed_at, Takedown.id)
    ).all()


def of_the_gone() -> Sequence[Takedown]:
    """Every time that an entry was hidden which is no longer there, the newest first."""
    return db.session.scalars(select(Takedown).where(Takedown.supplier_id.is_(None)).order_by(Takedown.id.desc())).all()


def appeal(takedown_id: int) -> Takedown | None:
    """One appeal, whatever became of it."""
    if takedown_id > LARGEST:
        return None
    return db.session.scalar(
        select(Takedown)
        .where(Takedown.id == takedown_id, Takedown.appealed_at.is_not(None))
        .options(joinedload(Takedown.supplier))
    )


def appeals_by(person_id: int) -> Sequence[Takedown]:
    """What somebody wrote for businesses against hiding their entries, the oldest first."""
    return db.session.scalars(
        select(Takedown)
        .where(Takedown.appealed_by_id == person_id)
        .options(joinedload(Takedown.supplier))
        .order_by(Takedown.id)
    ).all()
