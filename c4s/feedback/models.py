"""What people said of an event, and, apart from it, who has said something."""

from datetime import date

from sqlalchemy import Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from c4s.core.db import Model, text_enum
from c4s.feedback.rules import Pace, Useful, Welcome


class Feedback(Model):
    """What somebody thought of an event. Nothing in it leads to their sign-up, and no time of day to a log."""

    __tablename__ = "feedback"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    """Random, so that the order of the answers tells nothing."""
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    given_on: Mapped[date] = mapped_column(Date)
    language: Mapped[str] = mapped_column(String(2))
    """Of the page on which they answered."""
    useful: Mapped[Useful | None] = mapped_column(text_enum(Useful))
    pace: Mapped[Pace | None] = mapped_column(text_enum(Pace))
    welcome: Mapped[Welcome | None] = mapped_column(text_enum(Welcome))
    next_step: Mapped[str] = mapped_column(Text, default="")
    more: Mapped[str] = mapped_column(Text, default="")
    name: Mapped[str] = mapped_column(String(200), default="")
    """Only if they wanted us to know."""


class FeedbackGiven(Model):
    """Somebody has said what they thought, and cannot say it twice."""

    __tablename__ = "feedback_given"

    booking_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("booking.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
