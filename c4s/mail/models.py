"""Letters on their way out."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from c4s.core.db import Model, UtcDateTime, text_enum


class Channel(StrEnum):
    """How a letter reaches somebody."""

    EMAIL = "email"
    POST = "post"
    PHONE = "phone"


class LetterState(StrEnum):
    """Where a letter has got to."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    TO_PRINT = "to_print"
    PRINTED = "printed"


class OutgoingLetter(Model):
    """A letter already in words, written in the same unit of work as what it tells of."""

    __tablename__ = "outgoing_letter"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    letter: Mapped[str] = mapped_column(String(80))
    """The template's name, such as ``events/place_booked``."""
    channel: Mapped[Channel] = mapped_column(text_enum(Channel))
    to_name: Mapped[str] = mapped_column(String(200))
    to_address: Mapped[str] = mapped_column(Text)
    """An e-mail address, a telephone number, or the lines of a postal address."""
    reply_to: Mapped[str] = mapped_column(String(254), default="")
    unsubscribe: Mapped[str] = mapped_column(String(500), default="")
    """Where a mail program tells us that no more of these letters are wanted (RFC 8058)."""
    language: Mapped[str] = mapped_column(String(4))
    """``cy``, ``en`` or ``both``."""
    subject: Mapped[str] = mapped_column(String(400))
    body: Mapped[str] = mapped_column(Text)
    attachment_name: Mapped[str] = mapped_column(String(80), default="")
    attachment_type: Mapped[str] = mapped_column(String(80), default="")
    attachment: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[LetterState] = mapped_column(text_enum(LetterState))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    problem: Mapped[str] = mapped_column(String(500), default="")
    about_kind: Mapped[str] = mapped_column(String(40), default="")
    about_id: Mapped[int | None] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_outgoing_letter_due", "state", "due_at"),
        Index("ix_outgoing_letter_about", "about_kind", "about_id"),
    )
