"""Suppliers, as published."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from c4s.accounts.models import Person
from c4s.businesses.models import Business
from c4s.core.changes import PAGES
from c4s.core.db import Base, Model, UtcDateTime, text_enum
from c4s.directory.rules import ClaimState, LegalForm, SizeBand, SupplierStatus
from c4s.i18n.bilingual import Bilingual, bilingual
from c4s.taxonomy.models import Area, Category


class Claim(StrEnum):
    """Whose words an entry holds."""

    IMPORTED = "imported"
    """From open data; nobody has claimed it yet."""
    DEMONSTRATION = "demonstration"
    CLAIMED = "claimed"


supplier_category = Table(
    "supplier_category",
    Base.metadata,
    Column("supplier_id", ForeignKey("supplier.id", ondelete="CASCADE"), primary_key=True),
    Column("category_id", ForeignKey("category.id"), primary_key=True, index=True),
)
supplier_area = Table(
    "supplier_area",
    Base.metadata,
    Column("supplier_id", ForeignKey("supplier.id", ondelete="CASCADE"), primary_key=True),
    Column("area_id", ForeignKey("area.id"), primary_key=True, index=True),
)


class Supplier(Model):
    """A business, charity or one person at work: published values only."""

    __tablename__ = "supplier"
    public = (PAGES,)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    name_cy: Mapped[str] = mapped_column(String(200), default="")
    """A Welsh name, where there is one besides ``name``."""
    sort_name: Mapped[str] = mapped_column(String(200), default="")
    """How to file the name when its letters alone would mislead, such as ``Ban|gor``."""
    summary: Mapped[Bilingual] = bilingual("summary", 300)
    description: Mapped[Bilingual] = bilingual("description")
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    address: Mapped[list[str]] = mapped_column(JSON, default=list)
    town: Mapped[str] = mapped_column(String(120), default="")
    postcode: Mapped[str] = mapped_column(String(8), default="")
    home_based: Mapped[bool] = mapped_column(Boolean, default=False)
    """The address is somebody's home: only the town is ever shown."""
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    serves_in_welsh: Mapped[bool] = mapped_column(Boolean, default=False)
    serves_in_english: Mapped[bool] = mapped_column(Boolean, default=True)
    size: Mapped[SizeBand | None] = mapped_column(text_enum(SizeBand))
    legal_form: Mapped[LegalForm | None] = mapped_column(text_enum(LegalForm))
    social_enterprise: Mapped[bool] = mapped_column(Boolean, default=False)
    micro_enterprise: Mapped[bool] = mapped_column(Boolean, default=False)
    website: Mapped[str] = mapped_column(String(400), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    """Never printed: messages go through the form."""
    hours: Mapped[Bilingual] = bilingual("hours", 500)
    access_notes: Mapped[Bilingual] = bilingual("access_notes", 1000)
    status: Mapped[SupplierStatus] = mapped_column(text_enum(SupplierStatus), default=SupplierStatus.ACTIVE)
    claim: Mapped[Claim] = mapped_column(text_enum(Claim))
    source: Mapped[str] = mapped_column(String(80))
    source_id: Mapped[str] = mapped_column(String(120))
    source_url: Mapped[str] = mapped_column(String(400), default="")
    source_date: Mapped[date | None] = mapped_column(Date)
    """The day of the edition that last said this."""
    source_digest: Mapped[str] = mapped_column(String(64), default="")
    gone_on: Mapped[date | None] = mapped_column(Date)
    """The edition in which the source no longer had it."""
    confirmed_on: Mapped[date | None] = mapped_column(Date)
    """When the business last said that this is still right."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    area: Mapped[Area | None] = relationship()
    categories: Mapped[list[Category]] = relationship(secondary=supplier_category)
    areas_served: Mapped[list[Area]] = relationship(secondary=supplier_area)
    business_id: Mapped[int | None] = mapped_column(ForeignKey("business.id", ondelete="SET NULL"), index=True)
    """Whose entry it is, once staff have agreed to its claim."""

    __table_args__ = (UniqueConstraint("source", "source_id"),)

    @property
    def names(self) -> Bilingual:
        """What it is called on a page of each language; English pages always use ``name``."""
        return Bilingual(cy=self.name_cy or self.name, en=self.name)

    @property
    def is_taken(self) -> bool:
        """Whether a business keeps it already, so that no other may claim it."""
        return self.business_id is not None or self.claim == Claim.CLAIMED


class EntryClaim(Model):
    """Somebody says that an entry of the directory is their business; staff decide on the evidence."""

    __tablename__ = "entry_claim"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id", ondelete="CASCADE"), index=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    """Who asked, for the business."""
    evidence: Mapped[str] = mapped_column(Text)
    """How staff can tell that it is theirs, in their own words."""
    state: Mapped[ClaimState] = mapped_column(text_enum(ClaimState))
    reason: Mapped[Bilingual] = bilingual("reason")
    """Why it was refused, as they were told: in the languages that they are written to in."""
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    turn: Mapped[int] = mapped_column(Integer, default=0)
    """Counted by ``hold``."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    supplier: Mapped[Supplier] = relationship()
    business: Mapped[Business] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=person_id)

    __table_args__ = (
        Index(
            "uq_entry_claim_waiting",
            "supplier_id",
            "business_id",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )
