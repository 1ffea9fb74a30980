"""Entries that staff have hidden, and what came of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from c4s.accounts.models import Person
from c4s.accounts.rules import CameBy
from c4s.core.db import Model, UtcDateTime, text_enum
from c4s.directory.models import Supplier
from c4s.i18n.bilingual import Bilingual, bilingual
from c4s.takedowns.rules import Ground, Outcome


class Takedown(Model):
    """One time that an entry was hidden: why, what its business says to that, and how it ended."""

    __tablename__ = "takedown"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("supplier.id", ondelete="SET NULL"), index=True)
    """The entry; none once that is no longer there: that it was hidden outlives it."""
    gone_name: Mapped[Bilingual] = bilingual("gone_name", 200)
    """What the entry was called when it went; empty while it is there."""
    ground: Mapped[Ground] = mapped_column(text_enum(Ground))
    reason: Mapped[Bilingual] = bilingual("reason")
    """As the people of the business were told, in the languages that they are written to in."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    appeal: Mapped[str] = mapped_column(Text, default="")
    """In the business's own words, in whichever language they chose."""
    appealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    appealed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    """The member of staff who wrote the appeal down for somebody without e-mail."""
    came_by: Mapped[CameBy | None] = mapped_column(text_enum(CameBy))
    """How that person told them."""
    business_id: Mapped[int | None] = mapped_column(ForeignKey("business.id", ondelete="SET NULL"), index=True)
    """Whose words the appeal is: another business that has the entry since does not read them."""
    outcome: Mapped[Outcome | None] = mapped_column(text_enum(Outcome))
    answer: Mapped[Bilingual] = bilingual("answer")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When readers could see the entry again, or when it went."""
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    why_ended: Mapped[Bilingual] = bilingual("why_ended")
    turn: Mapped[int] = mapped_column(Integer, default=0)
    """Counted by ``hold``."""

    supplier: Mapped[Supplier | None] = relationship()
    by: Mapped[Person | None] = relationship(foreign_keys=by_id)
    appealed_by: Mapped[Person | None] = relationship(foreign_keys=appealed_by_id)

    __table_args__ = (
        Index(
            "uq_takedown_open",
            "supplier_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_takedown_appealed", "appealed_at"),
    )

    @property
    def names(self) -> Bilingual:
        """What the entry is called, or was when it went."""
        return self.supplier.names if self.supplier else self.gone_name

    def was_entered_by(self, person_id: int) -> bool:
        """Whether a member of staff wrote the appeal down, or registered whoever makes it."""
        registered_by_id = self.appealed_by.entered_by_id if self.appealed_by else None
        return person_id in (self.entered_by_id, registered_by_id)

    @property
    def went_hidden(self) -> bool:
        """Whether the entry went while it was hidden: nobody showed it again."""
        return self.supplier_id is None and not self.why_ended and self.outcome != Outcome.LIFTED

    @property
    def is_waiting(self) -> bool:
        """Whether its business waits for an answer."""
        return self.appealed_at is not None and self.answered_at is None and self.ended_at is None
