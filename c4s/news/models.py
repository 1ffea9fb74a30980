"""What people care about, and the news that they want of it."""

from datetime import datetime

from sqlalchemy import Boolean, Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from c4s.accounts.models import Person
from c4s.core.db import Base, Model, UtcDateTime
from c4s.taxonomy.models import Area, Category

news_category = Table(
    "news_category",
    Base.metadata,
    Column("person_id", ForeignKey("news_wish.person_id", ondelete="CASCADE"), primary_key=True),
    Column("category_id", ForeignKey("category.id", ondelete="CASCADE"), primary_key=True, index=True),
)
news_area = Table(
    "news_area",
    Base.metadata,
    Column("person_id", ForeignKey("news_wish.person_id", ondelete="CASCADE"), primary_key=True),
    Column("area_id", ForeignKey("area.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class NewsWish(Model):
    """What somebody wants to hear of; no row for those who were never asked."""

    __tablename__ = "news_wish"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    events: Mapped[bool] = mapped_column(Boolean, default=False)
    """A letter about new training and events."""
    businesses: Mapped[bool] = mapped_column(Boolean, default=False)
    """A letter about new entries of the directory."""
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When they last said so."""
    told_until: Mapped[datetime] = mapped_column(UtcDateTime)
    """What has come since then is new to them."""

    person: Mapped[Person] = relationship()
    categories: Mapped[list[Category]] = relationship(secondary=news_category)
    areas: Mapped[list[Area]] = relationship(secondary=news_area)
