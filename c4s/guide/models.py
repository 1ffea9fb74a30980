"""The rules that a business keeps on a list of its own. Nobody else sees it."""

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from c4s.core.db import Model, UtcDateTime


class Checklist(Model):
    """What a business answered about one of its entries, and when."""

    __tablename__ = "checklist"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id", ondelete="CASCADE"), unique=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), index=True)
    """Whose list it is: another business that keeps the entry later does not see it."""
    answers: Mapped[dict[str, str]] = mapped_column(JSON)
    """By the keys of questions."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    turn: Mapped[int] = mapped_column(Integer, default=0)
    """Counted by ``hold``."""

    items: Mapped[list["ChecklistItem"]] = relationship(viewonly=True)


class ChecklistItem(Model):
    """One rule on the list."""

    __tablename__ = "checklist_item"

    checklist_id: Mapped[int] = mapped_column(ForeignKey("checklist.id", ondelete="CASCADE"), primary_key=True)
    rule: Mapped[str] = mapped_column(String(40), primary_key=True)
    """Its key in the file."""
    version: Mapped[int] = mapped_column(Integer)
    """Of the rule, as the business last read it."""
    done_on: Mapped[date | None] = mapped_column(Date)
    """When the business ticked it."""
