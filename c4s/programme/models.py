"""Drafts: events, and changes to events, that readers do not see yet."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any, Self

from sqlalchemy import JSON, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from c4s.core.db import Model, UtcDateTime
from c4s.events.models import Event
from c4s.events.rules import DeliveryLanguage, EventKind, MaterialsLanguage
from c4s.i18n.bilingual import Bilingual
from c4s.programme.rules import Plan, Span

NOTHING = Bilingual()
TEXTS = ("title", "summary", "description", "audience", "cost", "network", "joining_notes", "welsh_offer")
"""The texts of an event, in the order of their boxes."""
LONGEST = {"title": 200, "summary": 300, "cost": 300, "network": 200}
"""The longest texts, in characters, where the table has a limit."""
LONGEST_TEXT = 10_000
MOMENTS = ("starts_at", "ends_at", "opens_at", "closes_at", "interpreter_by")


@dataclass(frozen=True)
class EventContent:
    """All that a person edits of an event. Any of it may still be missing."""

    kind: EventKind
    title: Bilingual = NOTHING
    summary: Bilingual = NOTHING
    description: Bilingual = NOTHING
    audience: Bilingual = NOTHING
    cost: Bilingual = NOTHING
    network: Bilingual = NOTHING
    joining_notes: Bilingual = NOTHING
    welsh_offer: Bilingual = NOTHING
    trainer: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    """When sign-up closes; when the event starts, if nothing is said."""
    sessions: tuple[Span, ...] = ()
    """The sittings of a course, or the slots of an advice surgery."""
    capacity: int | None = None
    party_limit: int = 1
    venue_id: int | None = None
    online: bool = False
    online_address: str = ""
    area_id: int | None = None
    category_ids: tuple[int, ...] = ()
    delivery_language: DeliveryLanguage = DeliveryLanguage.BILINGUAL
    materials_language: MaterialsLanguage = MaterialsLanguage.BILINGUAL
    welsh_wishes_for_interpreter: int | None = None
    interpreter_by: datetime | None = None
    series: str = ""
    notice: Bilingual = NOTHING
    """Why it is changed: kept with a change that is to be published at a time."""

    @property
    def texts(self) -> dict[str, tuple[str, str]]:
        """The texts by name, as ``rules`` ask for them."""
        found = {name: getattr(self, name) for name in TEXTS}
        return {name: (text.cy, text.en) for name, text in found.items()}

    @property
    def plan(self) -> Plan:
        """The rest, as ``rules`` ask for it."""
        return Plan(
            kind=self.kind,
            delivery=self.delivery_language,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            capacity=self.capacity,
            party_limit=self.party_limit,
            has_venue=self.venue_id is not None,
            online=self.online,
            online_address=self.online_address,
            sessions=self.sessions,
            interpreter_by=self.interpreter_by,
        )

    @property
    def without_dates(self) -> Self:
        """The same event on no day yet, and of no series."""
        no_dates: dict[str, Any] = dict.fromkeys(MOMENTS)
        return replace(self, **no_dates, sessions=(), series="")

    def kept(self) -> dict[str, Any]:
        """As a column of JSON keeps it; ``read`` gives it back."""

        def plainly(value: Any) -> Any:
            if isinstance(value, datetime):
                return value.isoformat()
            if isinstance(value, dict):
                return {name: plainly(one) for name, one in value.items()}
            return [plainly(one) for one in value] if isinstance(value, list | tuple) else value

        kept: dict[str, Any] = plainly(asdict(self))
        return kept

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Self:
        """What ``kept`` wrote; names that are no longer known are left out."""
        known = {one.name for one in fields(cls)}
        values = {name: value for name, value in kept.items() if name in known}
        for name in (*TEXTS, "notice"):
            values[name] = Bilingual(**values.get(name, {}))
        for name in MOMENTS:
            values[name] = datetime.fromisoformat(values[name]) if values.get(name) else None
        values["sessions"] = tuple(
            (datetime.fromisoformat(begins), datetime.fromisoformat(ends))
            for begins, ends in values.get("sessions", ())
        )
        values["category_ids"] = tuple(values.get("category_ids", ()))
        values["kind"] = EventKind(values["kind"])
        for name, members in (("delivery_language", DeliveryLanguage), ("materials_language", MaterialsLanguage)):
            if name in values:
                values[name] = members(values[name])
        return cls(**values)


class EventDraft(Model):
    """An event that nobody sees yet, or a change to one that everybody sees."""

    __tablename__ = "event_draft"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), unique=True)
    """The event that it changes; none for a new one."""
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    stale: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """Texts of which one language was changed, each with the language that was left behind."""
    publish_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    turn: Mapped[int] = mapped_column(Integer, default=0)
    """Counted by ``hold``: who saves says which one they had seen."""

    event: Mapped[Event | None] = relationship()

    __table_args__ = ({"sqlite_autoincrement": True},)

    @property
    def read(self) -> EventContent:
        """What is in it."""
        return EventContent.read(self.content)


class ImportedEvent(Model):
    """An event of a calendar file that has been taken in: it is not taken in again."""

    __tablename__ = "imported_event"

    uid: Mapped[str] = mapped_column(String(64), primary_key=True)
    """A digest of what the file calls it, and of its date where it is one of several."""
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
