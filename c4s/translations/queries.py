"""What can be asked about words that are in one language alone. Nothing here changes anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import joinedload

from c4s.core.db import db
from c4s.directory import queries as directory
from c4s.directory.models import Picture, Service, Supplier
from c4s.i18n.references import LARGEST
from c4s.moderation import kinds
from c4s.moderation import queries as moderation
from c4s.moderation.kinds import Field
from c4s.moderation.rules import RevisionState
from c4s.translations import rules
from c4s.translations.models import TranslationWish
from c4s.translations.rules import Piece, WishState

PROFILE = "profile"
LONGEST = 5_000
TABLES = {"service": Service, "picture": Picture}
"""Where the fields of a profile are kept that come and go; all others are the supplier's own."""


@dataclass(frozen=True)
class Found:
    """Some words that are in one language alone, with what their field is called."""

    field: Field
    piece: Piece


def missing(supplier_id: int) -> list[Found]:
    """What an entry says in one language alone: in its draft, if it has one, else as readers see it. While a change
    waits for a moderator, that one stays as it was sent. What only some moderators may decide on is left to its
    author."""
    kind, draft = kinds.kind(PROFILE), moderation.open_revision(PROFILE, supplier_id)
    is_draft = draft is not None and draft.state == RevisionState.DRAFT
    content: Mapping[str, object] = draft.content if draft is not None and is_draft else kind.live(supplier_id)
    fields = {field.name: field for field in kind.fields(content, content) if field.right is None}
    return [Found(fields[piece.field], piece) for piece in rules.pieces(content, fields)]


def longest(piece: Piece) -> int:
    """How many characters there is room for."""
    table = TABLES.get(piece.field.partition(":")[0], Supplier).__table__
    column = table.c[f"{piece.part or piece.field}_{piece.wanted}"]
    return min(getattr(column.type, "length", None) or LONGEST, LONGEST)


def wish(wish_id: int) -> TranslationWish | None:
    """One wish, whatever became of it."""
    if wish_id > LARGEST:
        return None
    return db.session.scalar(
        select(TranslationWish)
        .where(TranslationWish.id == wish_id)
        .options(joinedload(TranslationWish.supplier), joinedload(TranslationWish.business))
    )


def waiting_for(business_id: int, supplier_id: int) -> TranslationWish | None:
    """What a business wishes for its entry, if it waits."""
    return db.session.scalar(
        select(TranslationWish).where(
            TranslationWish.business_id == business_id,
            TranslationWish.supplier_id == supplier_id,
            TranslationWish.state == WishState.WAITING,
        )
    )


def waiting(language: str = "") -> Sequence[TranslationWish]:
    """The wishes that wait, the oldest first.

    Args:
        language: those into this one alone; into both counts for each.
    """
    wanted = [TranslationWish.wanted.in_((language, "both"))] if language else []
    return db.session.scalars(
        select(TranslationWish)
        .where(TranslationWish.state == WishState.WAITING, *wanted)
        .options(joinedload(TranslationWish.supplier), joinedload(TranslationWish.business))
        .order_by(TranslationWish.asked_at, TranslationWish.id)
    ).all()


def before(one: TranslationWish) -> int:
    """How many wishes came before one that waits."""
    is_before = or_(
        TranslationWish.asked_at < one.asked_at,
        (TranslationWish.asked_at == one.asked_at) & (TranslationWish.id < one.id),
    )
    asked = select(func.count()).select_from(TranslationWish)
    return db.session.scalar(asked.where(TranslationWish.state == WishState.WAITING, is_before)) or 0


def by_person(person_id: int) -> Sequence[TranslationWish]:
    """What somebody wished for businesses, the oldest first."""
    return db.session.scalars(
        select(TranslationWish)
        .where(TranslationWish.asked_by_id == person_id)
        .options(joinedload(TranslationWish.supplier))
        .order_by(TranslationWish.id)
    ).all()


@dataclass(frozen=True)
class Counts:
    """How many listed entries describe themselves in both languages, in one, or not at all."""

    both: int
    welsh: int
    english: int
    neither: int


def counts() -> Counts:
    """The same for the whole directory, in one statement."""
    has = {
        code: or_(
            *(Supplier.__table__.c[f"{name}_{code}"] != "" for name in ("summary", "description")),
        )
        for code in ("cy", "en")
    }
    welsh, english = has["cy"], has["en"]
    ways = (welsh & english, welsh & ~english, english & ~welsh, ~welsh & ~english)
    found = db.session.execute(
        select(*(func.coalesce(func.sum(case((way, 1), else_=0)), 0) for way in ways)).where(*directory.LISTED)
    ).one()
    return Counts(*found)
