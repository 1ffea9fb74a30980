"""Versions of what people write, what moderators said of them, and what they noted for one another."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from c4s.accounts.models import Person
from c4s.core.db import Model, UtcDateTime, text_enum
from c4s.i18n.bilingual import Bilingual, bilingual
from c4s.moderation.rules import RevisionState, Verdict

IS_OPEN = text("state IN ('draft', 'submitted')")


class Revision(Model):
    """One whole version of one thing: never a difference from another."""

    __tablename__ = "revision"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    """Of thing: the name of a ``kinds.Kind``."""
    subject_id: Mapped[int] = mapped_column(Integer)
    number: Mapped[int] = mapped_column(Integer)
    """Counts from one for each thing."""
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Values by the names of fields."""
    state: Mapped[RevisionState] = mapped_column(text_enum(RevisionState))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    """Who began it; a member of staff, when it was made of accepted fields or restored."""
    base: Mapped[int | None] = mapped_column(Integer)
    """The number of the version that was live when it was begun."""
    restored_from: Mapped[int | None] = mapped_column(Integer)
    """The number of the former version that it says again."""
    language: Mapped[str] = mapped_column(String(4), default="both")
    """In which languages what changed is written, once it is submitted: ``cy``, ``en`` or ``both``."""
    needs: Mapped[str] = mapped_column(String(40), default="")
    """The right that a moderator needs beside the ordinary one to decide on it whole."""
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reader_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    """The moderator who has taken it up, so that no other does."""
    reader_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    turn: Mapped[int] = mapped_column(Integer, default=0)
    """Counted by ``hold``."""

    author: Mapped[Person | None] = relationship(foreign_keys=author_id)
    reader: Mapped[Person | None] = relationship(foreign_keys=reader_id)
    decided_by: Mapped[Person | None] = relationship(foreign_keys=decided_by_id)
    remarks: Mapped[list["Remark"]] = relationship(order_by="Remark.id", viewonly=True)

    __table_args__ = (
        UniqueConstraint("kind", "subject_id", "number"),
        Index(
            "uq_revision_open",
            "kind",
            "subject_id",
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        Index("ix_revision_queue", "state", "submitted_at"),
        Index("ix_revision_decided", "state", "decided_at"),
    )


class Enterer(Model):
    """A member of staff who wrote some of a version down, for somebody who cannot do it themself."""

    __tablename__ = "revision_enterer"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)


class Remark(Model):
    """What a moderator said of one field of a version that was decided."""

    __tablename__ = "revision_remark"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"))
    field: Mapped[str] = mapped_column(String(80))
    verdict: Mapped[Verdict] = mapped_column(text_enum(Verdict))
    phrase: Mapped[str] = mapped_column(String(40), default="")
    """The code of a ready reason, said in both languages."""
    words: Mapped[Bilingual] = bilingual("words", 2000)
    """The moderator's own, in the languages that the author is written to in."""
    suggestion: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    """The value that the moderator would put in its place; None for none."""

    __table_args__ = (UniqueConstraint("revision_id", "field"),)


class Note(Model):
    """What a moderator noted about one thing, for moderators alone."""

    __tablename__ = "moderation_note"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int] = mapped_column(Integer)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    words: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    by: Mapped[Person | None] = relationship()

    __table_args__ = (Index("ix_moderation_note_subject", "kind", "subject_id"),)


class Watch(Model):
    """A moderator wants to be told when anything is submitted for one thing."""

    __tablename__ = "moderation_watch"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    subject_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
