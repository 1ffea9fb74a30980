"""Requests to be a buyer."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from c4s.accounts.models import Person
from c4s.buyers.rules import RequestState
from c4s.core.db import Model, UtcDateTime, text_enum
from c4s.i18n.bilingual import Bilingual, bilingual


class BuyerRequest(Model):
    """Somebody says that they buy for a public body; staff check it. Each time they ask is a request of its own."""

    __tablename__ = "buyer_request"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    organisation: Mapped[str] = mapped_column(String(200))
    position: Mapped[str] = mapped_column(String(200))
    """What they do there."""
    evidence: Mapped[str] = mapped_column(Text, default="")
    """How staff can check it, in their own words."""
    state: Mapped[RequestState] = mapped_column(text_enum(RequestState))
    reason: Mapped[Bilingual] = bilingual("reason")
    """Why it was refused, or why the rights ended, as they were told: in the languages that they are written to in."""
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    turn: Mapped[int] = mapped_column(Integer, default=0)
    """Counted by ``hold``."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship(foreign_keys=person_id)

    __table_args__ = (
        Index(
            "uq_buyer_request_waiting",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )
