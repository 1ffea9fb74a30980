"""What staff have written to those who take part in an event."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from c4s.core.db import Model, UtcDateTime, text_enum
from c4s.i18n.bilingual import Bilingual, bilingual
from c4s.sign_ups.rules import LONGEST_SUBJECT, Audience


class EventMessage(Model):
    """One message to several people, in both languages; the letters themselves are in the outbox."""

    __tablename__ = "event_message"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    subject: Mapped[Bilingual] = bilingual("subject", LONGEST_SUBJECT)
    body: Mapped[Bilingual] = bilingual("body")
    audience: Mapped[Audience] = mapped_column(text_enum(Audience))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("event_session.id", ondelete="SET NULL"), index=True)
    """The slot whose people it was for."""
    number: Mapped[int] = mapped_column(Integer)
    """How many letters it became."""
    posted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    """The member of staff who wrote it."""

    __table_args__ = (CheckConstraint("number > 0", name="number_above_zero"),)
