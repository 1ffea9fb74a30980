"""What is said, shown and signed, as it stands now; how it came about is in the trail."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from c4s.accounts.models import Person
from c4s.accounts.rules import CameBy
from c4s.businesses.models import Business
from c4s.core.changes import PAGES, TAXONOMY
from c4s.core.db import Model, UtcDateTime, text_enum
from c4s.directory.models import Supplier
from c4s.i18n.bilingual import Bilingual, bilingual
from c4s.quality.rules import DETAIL, LONGEST_CHANGES, DbsLevel, FactKind, FactStanding

OPEN = text("ended_at IS NULL")


class QualityFact(Model):
    """One thing that a business says of itself, or that our staff saw evidence of. The evidence is kept nowhere."""

    __tablename__ = "quality_fact"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id", ondelete="CASCADE"))
    kind: Mapped[FactKind] = mapped_column(text_enum(FactKind))
    standing: Mapped[FactStanding] = mapped_column(text_enum(FactStanding))
    level: Mapped[DbsLevel | None] = mapped_column(text_enum(DbsLevel))
    detail: Mapped[str] = mapped_column(String(DETAIL), default="")
    """A registration number that its register publishes; never one of a DBS certificate."""
    issued_on: Mapped[date | None] = mapped_column(Date)
    expires_on: Mapped[date | None] = mapped_column(Date)
    """The last day, where the thing itself has one."""
    ends_on: Mapped[date] = mapped_column(Date)
    """The last day on which it counts: the one above, or the one that ``rules.last_day`` gives."""
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it was said, or seen."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    """Who said it, or saw it."""
    offered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when the business offers to show us evidence of what it says."""
    is_over: Mapped[bool] = mapped_column(Boolean, default=False)
    """Its last day has passed, and searches have been told."""

    supplier: Mapped[Supplier] = relationship()

    __table_args__ = (
        UniqueConstraint("supplier_id", "kind", "standing"),
        Index("ix_quality_fact_ends", "is_over", "ends_on"),
        Index("ix_quality_fact_offered", "offered_at"),
    )


class QualityReminder(Model):
    """A business was told that a fact of it ends soon: once for each last day."""

    __tablename__ = "quality_reminder"

    fact_id: Mapped[int] = mapped_column(ForeignKey("quality_fact.id", ondelete="CASCADE"), primary_key=True)
    ends_on: Mapped[date] = mapped_column(Date, primary_key=True)
    days: Mapped[int] = mapped_column(Integer, primary_key=True)
    """How many days before it."""
    posted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CodeVersion(Model):
    """One version of the code of conduct; a draft until it is published, and never changed after."""

    __tablename__ = "code_version"
    public = (PAGES, TAXONOMY)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[int] = mapped_column(Integer, unique=True)
    words: Mapped[Bilingual] = bilingual("words")
    changes: Mapped[Bilingual] = bilingual("changes", LONGEST_CHANGES)
    """What is different from the version before."""
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    """Who wrote it last, or published it."""
    turn: Mapped[int] = mapped_column(Integer, default=0)
    """Counted by ``hold``."""


class CodeSignature(Model):
    """Somebody signed a version of the code for a business. It stands when they leave: it was the business's."""

    __tablename__ = "code_signature"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("code_version.id", ondelete="CASCADE"))
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    is_owner: Mapped[bool] = mapped_column(Boolean)
    """They owned the business then, and so signed for all of it."""
    language: Mapped[str] = mapped_column(String(4))
    """In which they read it."""
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    came_by: Mapped[CameBy | None] = mapped_column(text_enum(CameBy))
    """How they told our staff, who wrote it down for them; nothing for those who signed here themselves."""

    version: Mapped[CodeVersion] = relationship()
    business: Mapped[Business] = relationship()
    person: Mapped[Person | None] = relationship()

    __table_args__ = (UniqueConstraint("version_id", "business_id", "person_id"),)


class CodeTold(Model):
    """The owners of a business were asked to sign a version of the code: once for each."""

    __tablename__ = "code_told"

    version_id: Mapped[int] = mapped_column(ForeignKey("code_version.id", ondelete="CASCADE"), primary_key=True)
    business_id: Mapped[int] = mapped_column(
        ForeignKey("business.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    posted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CodeSuspension(Model):
    """For a time, or for good, we do not show that a business signed the code, for it did not keep it."""

    __tablename__ = "code_suspension"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    business_id: Mapped[int | None] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"))
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("supplier.id", ondelete="CASCADE"), index=True)
    """Instead: the entry that stayed when its business left the site. Whoever keeps it next is under the suspension."""
    reason: Mapped[Bilingual] = bilingual("reason")
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    why_ended: Mapped[Bilingual] = bilingual("why_ended")
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)

    __table_args__ = (
        CheckConstraint("(business_id IS NULL) <> (supplier_id IS NULL)", name="of_a_business_or_an_entry"),
        Index("ix_code_suspension_business_id", "business_id"),
        Index("uq_code_suspension_open", "business_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )
