"""Cases: what somebody asked of us about their personal data, and what became of it."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from c4s.cases.rules import CaseKind, CaseState
from c4s.core.db import Model, UtcDateTime, text_enum
from c4s.i18n.bilingual import Bilingual, bilingual
from c4s.mail.models import Channel


class Case(Model):
    """One request or complaint, with the day by which the law wants an answer."""

    __tablename__ = "data_case"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    kind: Mapped[CaseKind] = mapped_column(text_enum(CaseKind))
    state: Mapped[CaseState] = mapped_column(text_enum(CaseState))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    """Whose account it was sent from; none when nobody was signed in."""
    name: Mapped[str] = mapped_column(String(200))
    channel: Mapped[Channel] = mapped_column(text_enum(Channel))
    address: Mapped[str] = mapped_column(Text)
    """Where the answer goes: an e-mail address, or the lines of a postal address."""
    language_written: Mapped[str] = mapped_column(String(4))
    words: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date] = mapped_column(Date)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    extended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When they were told that it takes two months longer."""
    why_longer: Mapped[Bilingual] = bilingual("why_longer")
    """Why it does, as they were told: in the languages that they are written to in."""
    answer: Mapped[Bilingual] = bilingual("answer")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    turn: Mapped[int] = mapped_column(Integer, default=0)
    """Counted by ``hold``."""

    __table_args__ = (Index("ix_data_case_due", "state", "due_on"),)
