"""Events, the places at them and who has those places."""

from datetime import datetime

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from c4s.core.changes import EVENTS, PAGES
from c4s.core.db import Model, UtcDateTime, text_enum
from c4s.events.rules import BookingState, DeliveryLanguage, EventKind, EventState, MaterialsLanguage, ReminderKind
from c4s.i18n.bilingual import Bilingual, bilingual
from c4s.mail.models import Channel


class Venue(Model):
    """A place that events are held at, described once."""

    __tablename__ = "venue"
    public = (PAGES,)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[Bilingual] = bilingual("name", 200)
    address: Mapped[list[str]] = mapped_column(JSON, default=list)
    postcode: Mapped[str] = mapped_column(String(8), default="")
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    step_free: Mapped[bool] = mapped_column(Boolean, default=False)
    hearing_loop: Mapped[bool] = mapped_column(Boolean, default=False)
    quiet_space: Mapped[bool] = mapped_column(Boolean, default=False)
    access_notes: Mapped[Bilingual] = bilingual("access_notes")
    parking: Mapped[Bilingual] = bilingual("parking")
    transport: Mapped[Bilingual] = bilingual("transport")


class Event(Model):
    """A course, a workshop, a meeting: something to take a place at."""

    __tablename__ = "event"
    public = (PAGES, EVENTS)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[EventKind] = mapped_column(text_enum(EventKind))
    state: Mapped[EventState] = mapped_column(text_enum(EventState), default=EventState.DRAFT)
    title: Mapped[Bilingual] = bilingual("title", 200)
    summary: Mapped[Bilingual] = bilingual("summary", 300)
    description: Mapped[Bilingual] = bilingual("description")
    joining_notes: Mapped[Bilingual] = bilingual("joining_notes")
    """Only for those who have a place."""
    audience: Mapped[Bilingual] = bilingual("audience")
    cost: Mapped[Bilingual] = bilingual("cost", 300)
    trainer: Mapped[str] = mapped_column(String(200), default="")
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    capacity: Mapped[int] = mapped_column(Integer)
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"), index=True)
    online: Mapped[bool] = mapped_column(Boolean, default=False)
    online_address: Mapped[str] = mapped_column(String(400), default="")
    """Shown only to those who have a place."""
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    network: Mapped[Bilingual] = bilingual("network", 200)
    """The local network that holds it, if one does."""
    party_limit: Mapped[int] = mapped_column(Integer, default=1)
    """How many people one sign-up may name."""
    delivery_language: Mapped[DeliveryLanguage] = mapped_column(text_enum(DeliveryLanguage))
    materials_language: Mapped[MaterialsLanguage] = mapped_column(text_enum(MaterialsLanguage))
    welsh_offer: Mapped[Bilingual] = bilingual("welsh_offer")
    """Why an event is held in English only, and how to ask for it in Welsh."""
    welsh_wishes_for_interpreter: Mapped[int | None] = mapped_column(Integer)
    """So many people who would like to use Welsh make it a task to book an interpreter."""
    interpreter_by: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The last moment at which an interpreter can still be booked."""
    interpreter_booked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    notice: Mapped[Bilingual] = bilingual("notice", 500)
    """Why it was postponed, moved or cancelled: on its page and in letters."""
    series: Mapped[str] = mapped_column(String(32), default="", index=True)
    """The same for every date of one series; empty for an event that stands alone."""
    sequence: Mapped[int] = mapped_column(Integer, default=0)
    """iCalendar's SEQUENCE: rises with every change that calendars must hear of."""
    turn: Mapped[int] = mapped_column(Integer, default=0)
    """Counted by ``hold``."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    venue: Mapped[Venue | None] = relationship(lazy="joined")

    @property
    def names(self) -> Bilingual:
        """What addresses call it."""
        return self.title

    @property
    def venue_name(self) -> Bilingual:
        """What the venue is called; nothing for an event without one."""
        return self.venue.name if self.venue else Bilingual()

    __table_args__ = (
        CheckConstraint("capacity > 0", name="capacity_above_zero"),
        CheckConstraint("party_limit > 0", name="party_limit_above_zero"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("closes_at <= starts_at", name="closes_before_start"),
        Index("ix_event_state_starts_at", "state", "starts_at"),
    )


class EventCategory(Model):
    """A theme that an event is listed under."""

    __tablename__ = "event_category"
    public = (PAGES, EVENTS)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"), primary_key=True, index=True)


class EventSession(Model):
    """One sitting of a course, or one slot of an advice surgery; an event that is neither has none."""

    __tablename__ = "event_session"
    public = (PAGES,)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        UniqueConstraint("event_id", "starts_at", name="uq_event_session_event_id_starts_at"),
    )


class Booking(Model):
    """One person's place at one event, or their place in the queue."""

    __tablename__ = "booking"
    public = (PAGES,)  # places left are on public pages

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    state: Mapped[BookingState] = mapped_column(text_enum(BookingState))
    name: Mapped[str] = mapped_column(String(200))
    channel: Mapped[Channel] = mapped_column(text_enum(Channel))
    email: Mapped[str] = mapped_column(String(254), default="")
    email_key: Mapped[str] = mapped_column(String(254), default="")
    """The address in lower case: one live booking per event and address."""
    phone: Mapped[str] = mapped_column(String(40), default="")
    postal_address: Mapped[str] = mapped_column(Text, default="")
    language_written: Mapped[str] = mapped_column(String(4))
    language_spoken: Mapped[str] = mapped_column(String(4))
    asked_in: Mapped[str] = mapped_column(String(2))
    """The language of the page on which the two wishes were asked."""
    party: Mapped[int] = mapped_column(Integer, default=1)
    """How many places they hold, are offered or wait for."""
    others: Mapped[list[str]] = mapped_column(JSON, default=list)
    """The names of those who come along; more than ``party`` only while a part of the places is offered."""
    part_ok: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether those who wait would take fewer places than they asked for."""
    session_id: Mapped[int | None] = mapped_column(ForeignKey("event_session.id"), index=True)
    """The slot of an advice surgery."""
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    """The member of staff who signed them up, by phone or at the door."""
    proved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the address was proved; at once for post and phone, where no proof is asked."""
    hold_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When an unproved place lapses."""
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    offer_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was cancelled or lapsed."""
    sequence: Mapped[int] = mapped_column(Integer, default=0)
    """Added to the event's in this person's calendar: rises when their place is given up."""

    event: Mapped[Event] = relationship()
    slot: Mapped[EventSession | None] = relationship()

    @property
    def asked(self) -> int:
        """How many they said they are; more than ``party`` only while a part of the places is offered."""
        return 1 + len(self.others)

    @property
    def starts_at(self) -> datetime:
        """When it begins for them: at the time of their slot, or with the event."""
        return self.slot.starts_at if self.slot else self.event.starts_at

    @property
    def ends_at(self) -> datetime:
        """When it ends for them."""
        return self.slot.ends_at if self.slot else self.event.ends_at

    @property
    def address(self) -> str:
        """Where letters reach this person."""
        by_channel = {Channel.EMAIL: self.email, Channel.PHONE: self.phone, Channel.POST: self.postal_address}
        return by_channel[self.channel]

    @property
    def is_proved(self) -> bool:
        return self.proved_at is not None

    __table_args__ = (
        CheckConstraint("party > 0", name="party_above_zero"),
        Index(
            "uq_booking_live_session",
            "session_id",
            unique=True,
            sqlite_where=text("session_id IS NOT NULL AND state IN ('confirmed', 'offered')"),
            postgresql_where=text("session_id IS NOT NULL AND state IN ('confirmed', 'offered')"),
        ),
        Index("ix_booking_event_state", "event_id", "state", "joined_at"),
        Index(
            "uq_booking_live_email",
            "event_id",
            "email_key",
            unique=True,
            sqlite_where=text("email_key <> '' AND state IN ('confirmed', 'waiting', 'offered')"),
            postgresql_where=text("email_key <> '' AND state IN ('confirmed', 'waiting', 'offered')"),
        ),
        {"sqlite_autoincrement": True},  # a number is never used again: old links and the trail name it
    )


class AccessNeed(Model):
    """What somebody needs to take part: kept apart, with their consent, until 30 days after the event."""

    __tablename__ = "access_need"

    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"), primary_key=True)
    needs: Mapped[str] = mapped_column(Text)
    consented_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RememberedNeed(Model):
    """What somebody with an account needs to take part, kept for their next sign-up because they asked for it."""

    __tablename__ = "remembered_need"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    needs: Mapped[str] = mapped_column(Text)
    consented_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Reminder(Model):
    """A letter about an event that each person with a place gets once."""

    __tablename__ = "reminder"

    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[ReminderKind] = mapped_column(text_enum(ReminderKind), primary_key=True)
    posted_at: Mapped[datetime] = mapped_column(UtcDateTime)
