"""The trail: written once, never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from c4s.core.db import Model, UtcDateTime


class Entry(Model):
    """Who did what to which thing. Triggers in the database refuse to change it, or to remove it within six years."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor: Mapped[str] = mapped_column(String(80))
    """``person:12``, or what acted without one: ``visitor``, ``worker``, ``command``."""
    action: Mapped[str] = mapped_column(String(60))
    """A code such as ``booking.confirmed``; never a sentence."""
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(String(2000), default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    __table_args__ = (Index("ix_audit_entry_subject", "subject_kind", "subject_id"),)
