"""Businesses, the people who speak for them, and those who are asked to."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from c4s.accounts.models import Person
from c4s.businesses.rules import BusinessKind, MemberRole
from c4s.core.db import Model, UtcDateTime, text_enum


class Business(Model):
    """What somebody runs or is about to start; its entry in the directory, if it has one, is the directory's."""

    __tablename__ = "business"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(200), index=True)
    """The name folded, to find others of the same name."""
    kind: Mapped[BusinessKind] = mapped_column(text_enum(BusinessKind))
    company_number: Mapped[str] = mapped_column(String(8), default="", index=True)
    """As Companies House writes it: eight characters."""
    charity_number: Mapped[str] = mapped_column(String(10), default="", index=True)
    postcode: Mapped[str] = mapped_column(String(8), default="")
    website: Mapped[str] = mapped_column(String(400), default="")
    domain: Mapped[str] = mapped_column(String(253), default="", index=True)
    """The host of its website without ``www.``, to find others that share it."""
    turn: Mapped[int] = mapped_column(Integer, default=0)
    """Counted by ``hold``."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = ({"sqlite_autoincrement": True},)  # a number is never used again: the trail names it


class Membership(Model):
    """Somebody speaks for a business."""

    __tablename__ = "membership"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[MemberRole] = mapped_column(text_enum(MemberRole))
    since: Mapped[datetime] = mapped_column(UtcDateTime)

    business: Mapped[Business] = relationship()
    person: Mapped[Person] = relationship()

    __table_args__ = (UniqueConstraint("business_id", "person_id"),)


class Invitation(Model):
    """Somebody is asked by e-mail to speak for a business. We keep a digest of the link alone."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254))
    """The address in lower case: one invitation for each, and only who has this address can take it up."""
    role: Mapped[MemberRole] = mapped_column(text_enum(MemberRole))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    business: Mapped[Business] = relationship()

    __table_args__ = (UniqueConstraint("business_id", "email_key"),)
