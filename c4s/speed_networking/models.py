"""Rotas of speed networking: who takes part, who meets whom at which table, and who would like to meet again."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from c4s.core.db import Model, UtcDateTime, text_enum
from c4s.events.models import Booking, Event
from c4s.i18n.bilingual import Bilingual, bilingual
from c4s.speed_networking.rules import Side, WishKind


class Rota(Model):
    """How the speed networking of one event is set up, and how far it has come."""

    __tablename__ = "rota"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), unique=True)
    rounds: Mapped[int] = mapped_column(Integer)
    minutes: Mapped[int] = mapped_column(Integer)
    """How long a round is."""
    tables: Mapped[int] = mapped_column(Integer)
    side_one: Mapped[Bilingual] = bilingual("side_one", 60)
    """What the side is called that sits; both names are empty where there are no sides."""
    side_other: Mapped[Bilingual] = bilingual("side_other", 60)
    seed: Mapped[int | None] = mapped_column(Integer)
    """What the rota was made from; none before there is one."""
    rounds_done: Mapped[int] = mapped_column(Integer, default=0)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When everybody was asked whom they would like to meet again."""
    turn: Mapped[int] = mapped_column(Integer, default=0)
    """Counted by ``hold``: a rota that was planned from what has changed since is not kept."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    event: Mapped[Event] = relationship()

    @property
    def has_sides(self) -> bool:
        return bool(self.side_one)

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    def side_name(self, side: Side | None) -> Bilingual:
        """What a side is called; nothing where there are none."""
        return {Side.ONE: self.side_one, Side.OTHER: self.side_other}.get(side, Bilingual()) if side else Bilingual()

    __table_args__ = (
        CheckConstraint("rounds > 0 AND minutes > 0 AND tables > 0", name="numbers_above_zero"),
        CheckConstraint("rounds_done >= 0 AND rounds_done <= rounds", name="rounds_done_within_rounds"),
    )


class RotaPerson(Model):
    """Somebody who takes part: the one who signed up, or one of those whom they bring."""

    __tablename__ = "rota_person"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    rota_id: Mapped[int] = mapped_column(ForeignKey("rota.id", ondelete="CASCADE"))
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"), index=True)
    brought: Mapped[str] = mapped_column(String(200), default="")
    """The name of somebody who is brought along; empty for the one who signed up."""
    side: Mapped[Side | None] = mapped_column(text_enum(Side))
    speaks_welsh: Mapped[bool] = mapped_column(Boolean, default=False)
    fixed_table: Mapped[int | None] = mapped_column(Integer)
    """The one table that they sit at, for whoever needs one."""
    arrives: Mapped[int] = mapped_column(Integer, default=1)
    """The first round that they are there for."""
    leaves: Mapped[int | None] = mapped_column(Integer)
    """The last round that they are there for: 0 for whoever never came, none for whoever stays."""
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When they said whom they would like to meet again."""
    reach: Mapped[str] = mapped_column(String(200), default="")
    """How those may reach them who said the same of them, as they put it."""

    booking: Mapped[Booking] = relationship()
    rota: Mapped[Rota] = relationship()

    @property
    def name(self) -> str:
        return self.brought or self.booking.name

    __table_args__ = (UniqueConstraint("rota_id", "booking_id", "brought", name="uq_rota_person_of_booking"),)


class RotaWish(Model):
    """Whom somebody wishes to meet, or must not: what staff were told."""

    __tablename__ = "rota_wish"

    person_id: Mapped[int] = mapped_column(ForeignKey("rota_person.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(
        ForeignKey("rota_person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    kind: Mapped[WishKind] = mapped_column(text_enum(WishKind))


class RotaMeeting(Model):
    """Two people at a table in a round."""

    __tablename__ = "rota_meeting"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    rota_id: Mapped[int] = mapped_column(ForeignKey("rota.id", ondelete="CASCADE"))
    round: Mapped[int] = mapped_column(Integer)
    table_number: Mapped[int] = mapped_column(Integer)
    one_id: Mapped[int] = mapped_column(ForeignKey("rota_person.id", ondelete="CASCADE"), index=True)
    """Whoever sits."""
    other_id: Mapped[int] = mapped_column(ForeignKey("rota_person.id", ondelete="CASCADE"), index=True)

    __table_args__ = (
        CheckConstraint("one_id <> other_id", name="two_people"),
        UniqueConstraint("rota_id", "round", "table_number", name="uq_rota_meeting_table"),
        UniqueConstraint("rota_id", "round", "one_id", name="uq_rota_meeting_one"),
        UniqueConstraint("rota_id", "round", "other_id", name="uq_rota_meeting_other"),
        UniqueConstraint("rota_id", "one_id", "other_id", name="uq_rota_meeting_pair"),
    )


class MeetAgain(Model):
    """Somebody would like to meet another again. Nobody hears of it unless the other says the same."""

    __tablename__ = "meet_again"

    person_id: Mapped[int] = mapped_column(ForeignKey("rota_person.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(
        ForeignKey("rota_person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When they were told that the other says the same; once."""
