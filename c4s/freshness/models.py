"""What was asked about entries, and the codes by which people answer from paper."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from c4s.core.db import Model, UtcDateTime, text_enum
from c4s.freshness.rules import Stage


class Asked(Model):
    """One letter of one round went to everybody of a business. The key allows one of each."""

    __tablename__ = "freshness_asked"

    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id", ondelete="CASCADE"), primary_key=True)
    counted_from: Mapped[date] = mapped_column(Date, primary_key=True)
    """The day from which the months of the round are counted, in Wales."""
    stage: Mapped[Stage] = mapped_column(text_enum(Stage), primary_key=True)
    posted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AnswerCode(Model):
    """A short code on paper, good for saying of one entry that it is right or has closed, and for nothing else."""

    __tablename__ = "freshness_code"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Keyed with the site's own key, for the code is short."""
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    counted_from: Mapped[date] = mapped_column(Date)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
