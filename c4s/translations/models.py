"""Wishes for words in the other language."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from c4s.businesses.models import Business
from c4s.core.db import Model, UtcDateTime, text_enum
from c4s.directory.models import Supplier
from c4s.translations.rules import WishState


class TranslationWish(Model):
    """A business asks for its words in the other language."""

    __tablename__ = "translation_wish"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id", ondelete="CASCADE"), index=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), index=True)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    wanted: Mapped[str] = mapped_column(String(4))
    """Into which language: ``cy``, ``en`` or ``both``, as it was when they asked."""
    state: Mapped[WishState] = mapped_column(text_enum(WishState))
    words: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """What staff have written so far, by the keys of the pieces."""
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    turn: Mapped[int] = mapped_column(Integer, default=0)
    """Counted by ``hold``."""

    supplier: Mapped[Supplier] = relationship()
    business: Mapped[Business] = relationship()

    __table_args__ = (
        Index(
            "uq_translation_wish_waiting",
            "supplier_id",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_translation_wish_queue", "state", "asked_at"),
    )
