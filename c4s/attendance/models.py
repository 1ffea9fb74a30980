"""Who came, and the certificates of it."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from c4s.core.db import Model, UtcDateTime
from c4s.events.models import Booking, Event
from c4s.i18n.bilingual import Bilingual, bilingual


class Attendance(Model):
    """Who of one sign-up came to one session; a row with nobody in it says that they stayed away."""

    __tablename__ = "attendance"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("event_session.id", ondelete="CASCADE"), index=True)
    """None for an event that has no sessions."""
    came: Mapped[int] = mapped_column(Integer)
    """How many of the party."""
    names: Mapped[list[str]] = mapped_column(JSON)
    """Theirs: a party may become smaller between two sessions, and those who are left keep what is theirs."""
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)

    __table_args__ = (
        CheckConstraint("came >= 0", name="came_not_below_zero"),
        # Nothing is like nothing else in a unique index: those without a session need one of their own.
        Index("uq_attendance_booking_session", "booking_id", "session_id", unique=True),
        Index(
            "uq_attendance_booking",
            "booking_id",
            unique=True,
            sqlite_where=text("session_id IS NULL"),
            postgresql_where=text("session_id IS NULL"),
        ),
    )


class Certificate(Model):
    """What one person has to show for having come. It outlives the sign-up, so that others can check it."""

    __tablename__ = "certificate"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    """Twelve letters that nobody guesses: whoever has it may see what the certificate says."""
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id", ondelete="SET NULL"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    minutes: Mapped[int] = mapped_column(Integer)
    """How long they were there, by the sessions that they came to."""
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    why_withdrawn: Mapped[Bilingual] = bilingual("why_withdrawn")

    event: Mapped[Event] = relationship(lazy="joined")
    booking: Mapped[Booking | None] = relationship()

    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes_above_zero"),
        {"sqlite_autoincrement": True},  # the trail names the number
    )
