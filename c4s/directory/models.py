"""Suppliers, as published."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from c4s.accounts.models import Person
from c4s.accounts.rules import CameBy
from c4s.businesses.models import Business
from c4s.core.changes import PAGES, TAXONOMY
from c4s.core.db import Base, Model, UtcDateTime, text_enum
from c4s.directory.rules import (
    Capacity,
    ClaimState,
    JointWorkState,
    LegalForm,
    PictureRole,
    SizeBand,
    SupplierStatus,
    has_page,
    is_listed,
    takes_messages,
)
from c4s.i18n.bilingual import Bilingual, bilingual
from c4s.taxonomy.models import Area, Category


class Claim(StrEnum):
    """Whose words an entry holds."""

    IMPORTED = "imported"
    """From open data; nobody has claimed it yet."""
    DEMONSTRATION = "demonstration"
    CLAIMED = "claimed"
    """A business keeps it, whether it found it here or made it."""


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


supplier_network = Table(
    "supplier_network",
    Base.metadata,
    Column("supplier_id", ForeignKey("supplier.id", ondelete="CASCADE"), primary_key=True),
    Column("network_id", ForeignKey("network.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Network(Model):
    """Businesses that meet and work together, in one place or one trade."""

    __tablename__ = "network"
    public = (PAGES, TAXONOMY)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[Bilingual] = bilingual("name", 120)
    about: Mapped[Bilingual] = bilingual("about", 1000)
    ended_on: Mapped[date | None] = mapped_column(Date)
    """It meets no more: nobody can be put into it, and lists leave it out."""
    renamed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when searches find its members by other names than it has now; none once they are filed anew."""
    turn: Mapped[int] = mapped_column(Integer, default=0)
    """Counted by ``hold``."""


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
    claim: Mapped[Claim] = mapped_column(text_enum(Claim), index=True)
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

    company_number: Mapped[str] = mapped_column(String(8), default="")
    charity_number: Mapped[str] = mapped_column(String(10), default="")
    team_languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    """ISO 639 codes of what the people who work there speak or sign, such as ``cy``, ``pl``, ``bfi``."""
    wants: Mapped[Bilingual] = bilingual("wants", 1000)
    """What they want to do more of, by themselves or with others."""
    could: Mapped[Bilingual] = bilingual("could", 1000)
    """What they could do, with a partner or for the right work."""
    wont: Mapped[Bilingual] = bilingual("wont", 1000)
    """What they do not do, so that nobody asks in vain."""
    buys_locally: Mapped[Bilingual] = bilingual("buys_locally", 1000)
    """What they buy from others near by."""
    can_take_work: Mapped[bool | None] = mapped_column(Boolean)
    """Whether they can take work now; None when they have not said."""
    personal_care: Mapped[bool | None] = mapped_column(Boolean)
    """Whether they help people with their bodies: work for which Care Inspectorate Wales may have to register them."""
    ciw_number: Mapped[str] = mapped_column(String(20), default="")
    """Their registration with Care Inspectorate Wales, as they say."""
    ciw_why_none: Mapped[Bilingual] = bilingual("ciw_why_none", 500)
    """Why they say that they need none."""
    safeguarding_contact: Mapped[str] = mapped_column(String(200), default="")
    shown: Mapped[dict[str, list[dict[str, Any]]]] = mapped_column(JSON, default=dict)
    """What its page shows beside all this, put together when any of it changes (see ``showing``), so that a page of
    a supplier asks as little of the database however much there is to show."""
    taken_down_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Staff have hidden it, with a reason: nobody but its business and staff sees it."""
    archived_on: Mapped[date | None] = mapped_column(Date)
    """Nobody said for so long that it is still right that lists leave it out; its page stays, and says so."""
    messages_off_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when the business wants no messages through the site."""
    turn: Mapped[int] = mapped_column(Integer, default=0)
    """Counted by ``hold``."""

    area: Mapped[Area | None] = relationship()
    categories: Mapped[list[Category]] = relationship(secondary=supplier_category)
    areas_served: Mapped[list[Area]] = relationship(secondary=supplier_area)
    networks: Mapped[list[Network]] = relationship(secondary=supplier_network)
    services: Mapped[list["Service"]] = relationship(order_by="Service.position", viewonly=True)
    business_id: Mapped[int | None] = mapped_column(ForeignKey("business.id", ondelete="SET NULL"), index=True)
    """Whose entry it is, once staff have agreed to its claim."""

    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        {"sqlite_autoincrement": True},  # a number is never used again: others hold it as an identifier
    )

    @property
    def names(self) -> Bilingual:
        """What it is called on a page of each language; English pages always use ``name``."""
        return Bilingual(cy=self.name_cy or self.name, en=self.name)

    @property
    def is_listed(self) -> bool:
        """Whether lists and searches show it."""
        return is_listed(
            self.status,
            is_gone=self.gone_on is not None,
            is_taken_down=self.taken_down_at is not None,
            is_archived=self.archived_on is not None,
        )

    @property
    def has_page(self) -> bool:
        """Whether readers find a page of it."""
        return has_page(self.status, is_taken_down=self.taken_down_at is not None)

    @property
    def takes_messages(self) -> bool:
        """Whether visitors may write to it through the site."""
        return takes_messages(self.email, is_listed=self.is_listed, is_off=self.messages_off_at is not None)

    @property
    def is_taken(self) -> bool:
        """Whether a business keeps it already, so that no other may claim it."""
        return self.business_id is not None or self.claim == Claim.CLAIMED


class Service(Model):
    """One thing that a supplier does, as published."""

    __tablename__ = "service"
    public = (PAGES,)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(12))
    """By which it is known from one version of the profile to the next."""
    position: Mapped[int] = mapped_column(Integer)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"), index=True)
    name: Mapped[Bilingual] = bilingual("name", 120)
    description: Mapped[Bilingual] = bilingual("description", 2000)
    price_guide: Mapped[Bilingual] = bilingual("price_guide", 300)
    areas: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Codes of areas; none for all in which the supplier works."""
    serves_in_welsh: Mapped[bool] = mapped_column(Boolean, default=False)
    serves_in_english: Mapped[bool] = mapped_column(Boolean, default=True)
    direct_payments: Mapped[bool] = mapped_column(Boolean, default=False)
    """It can be paid for with a direct payment from social services."""
    capacity: Mapped[Capacity | None] = mapped_column(text_enum(Capacity))
    """Whether there is room now: the business says so from one day to the next, without a moderator."""
    capacity_on: Mapped[date | None] = mapped_column(Date)
    """The day on which it said so."""
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    supplier: Mapped[Supplier] = relationship(viewonly=True)
    category: Mapped[Category | None] = relationship(viewonly=True)

    __table_args__ = (
        UniqueConstraint("supplier_id", "key"),
        {"sqlite_autoincrement": True},  # a number is never used again: others hold it as an identifier
    )


class Picture(Model):
    """A logo or a photograph, decoded and written anew by us; seen by readers only once a moderator accepted it."""

    __tablename__ = "picture"
    public = (PAGES,)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    token: Mapped[str] = mapped_column(String(22), unique=True)
    """Its name in addresses and in profiles: random."""
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id", ondelete="CASCADE"), index=True)
    role: Mapped[PictureRole] = mapped_column(text_enum(PictureRole))
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    """Of the largest size, in pixels."""
    alt: Mapped[Bilingual] = bilingual("alt", 300)
    """As published."""
    position: Mapped[int] = mapped_column(Integer, default=0)
    is_live: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PictureFile(Model):
    """A picture in one size and one format. In the database, so that it comes and goes with what it belongs to."""

    __tablename__ = "picture_file"

    picture_id: Mapped[int] = mapped_column(ForeignKey("picture.id", ondelete="CASCADE"), primary_key=True)
    width: Mapped[int] = mapped_column(Integer, primary_key=True)
    format: Mapped[str] = mapped_column(String(4), primary_key=True)
    """``webp``, and ``jpeg`` or ``png``."""
    data: Mapped[bytes] = mapped_column(LargeBinary)


class JointWork(Model):
    """Work that one supplier says it did with another; shown once the other has said so too."""

    __tablename__ = "joint_work"
    public = (PAGES,)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(12))
    with_id: Mapped[int] = mapped_column(ForeignKey("supplier.id", ondelete="CASCADE"), index=True)
    """The other party."""
    what: Mapped[Bilingual] = bilingual("what", 300)
    year: Mapped[int | None] = mapped_column(Integer)
    state: Mapped[JointWorkState] = mapped_column(text_enum(JointWorkState))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)

    __table_args__ = (UniqueConstraint("supplier_id", "key"),)


class EntryClaim(Model):
    """Somebody says that an entry of the directory is their business; staff decide on the evidence."""

    __tablename__ = "entry_claim"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id", ondelete="CASCADE"), index=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    """Who asked, for the business."""
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    """The member of staff who wrote it down for somebody without e-mail."""
    came_by: Mapped[CameBy | None] = mapped_column(text_enum(CameBy))
    """How that person told them."""
    evidence: Mapped[str] = mapped_column(Text)
    """How staff can tell that it is theirs, in their own words."""
    state: Mapped[ClaimState] = mapped_column(text_enum(ClaimState))
    reason: Mapped[Bilingual] = bilingual("reason")
    """Why it was refused, as they were told: in the languages that they are written to in."""
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
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
