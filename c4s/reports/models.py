"""Reports: what somebody told us is wrong with an entry, and what came of it."""

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from c4s.accounts.models import Person
from c4s.core.db import Model, UtcDateTime, text_enum
from c4s.directory.models import Supplier
from c4s.i18n.bilingual import Bilingual, bilingual
from c4s.reports.rules import Outcome, ReportKind, ReportState


class Report(Model):
    """One thing that a reader told us, with the day by which we promised an answer."""

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("supplier.id", ondelete="SET NULL"), index=True)
    """The entry that it is about; none once that is no longer there: what was said of it outlives it."""
    gone_name: Mapped[Bilingual] = bilingual("gone_name", 200)
    """What the entry was called when it went; empty while it is there."""
    gone_people: Mapped[list[int]] = mapped_column(JSON, default=list)
    """The numbers of those who spoke for its business when we were told, and when either went, wherever they have gone
    since: they never learn who told us."""
    kind: Mapped[ReportKind] = mapped_column(text_enum(ReportKind))
    state: Mapped[ReportState] = mapped_column(text_enum(ReportState))
    words: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    """Whose account it was sent from; none when nobody was signed in."""
    name: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    """Where the answer goes; empty when they want none."""
    language_written: Mapped[str] = mapped_column(String(4), default="")
    """In which language it is written: ``cy``, ``en`` or ``both``; empty when they want none."""
    asked_in: Mapped[str] = mapped_column(String(2))
    """The language of the page on which it was told."""
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date] = mapped_column(Date)
    outcome: Mapped[Outcome | None] = mapped_column(text_enum(Outcome))
    answer: Mapped[Bilingual] = bilingual("answer")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    turn: Mapped[int] = mapped_column(Integer, default=0)
    """Counted by ``hold``."""

    supplier: Mapped[Supplier | None] = relationship()
    notes: Mapped[list["ReportNote"]] = relationship(order_by="ReportNote.id", viewonly=True)

    __table_args__ = (Index("ix_report_due", "state", "due_on"),)

    @property
    def names(self) -> Bilingual:
        """What the entry is called, or was when it went."""
        return self.supplier.names if self.supplier else self.gone_name


class ReportNote(Model):
    """What one member of staff wrote about a report for the others."""

    __tablename__ = "report_note"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    by: Mapped[Person | None] = relationship()
