"""What this site is told from others by."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Integer, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from c4s.core.db import Model


class SiteIdentity(Model):
    """One row, made by the migrations and never changed: every identifier that this site gives out rests on it.

    Programs keep identifiers for years, while the address of a site may change, and its database move house.
    """

    __tablename__ = "site_identity"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[UUID] = mapped_column(Uuid)
    """Random."""

    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
