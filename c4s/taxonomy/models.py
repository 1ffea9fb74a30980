"""Categories, areas and postcodes."""

from sqlalchemy import JSON, Float, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from c4s.core.changes import PAGES, TAXONOMY
from c4s.core.db import Model
from c4s.i18n.bilingual import Bilingual, bilingual


class Category(Model):
    """What suppliers do, in two levels."""

    __tablename__ = "category"
    public = (PAGES, TAXONOMY)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"), index=True)
    name: Mapped[Bilingual] = bilingual("name", 120)
    sort_cy: Mapped[str] = mapped_column(String(300))
    sort_en: Mapped[str] = mapped_column(String(300))
    synonyms: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Words of both languages that people type when they mean this."""
    cpv: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Common Procurement Vocabulary 2008, eight digits."""
    sic: Mapped[list[str]] = mapped_column(JSON, default=list)
    """UK Standard Industrial Classification 2007, five digits."""


class Area(Model):
    """Where suppliers are and where they work, in two levels."""

    __tablename__ = "area"
    public = (PAGES, TAXONOMY)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    name: Mapped[Bilingual] = bilingual("name", 120)
    inside: Mapped[Bilingual] = bilingual("inside", 160)
    """The ready-made "in …": Welsh changes the name's first letter, so it is stored, never built."""
    sort_cy: Mapped[str] = mapped_column(String(300))
    sort_en: Mapped[str] = mapped_column(String(300))
    also: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Other spellings, as found in addresses."""
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)


class Postcode(Model):
    """Where a postcode is (OS Code-Point Open)."""

    __tablename__ = "postcode"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    """With its space: ``CF37 1AB``."""
    latitude: Mapped[float] = mapped_column(Float)
    longitude: Mapped[float] = mapped_column(Float)
    council_code: Mapped[str] = mapped_column(String(9))
    ward_code: Mapped[str] = mapped_column(String(9))
    ward: Mapped[Bilingual] = bilingual("ward", 120)
    health_board: Mapped[str] = mapped_column(String(9))
