"""People, the links we send them, and where they are signed in."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from c4s.accounts.rules import Lane, PersonState, Purpose
from c4s.core.db import Model, UtcDateTime, text_enum


class Person(Model):
    """Somebody with an account. Once it is closed, no name, address or password is left in it."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    lane: Mapped[Lane] = mapped_column(text_enum(Lane))
    state: Mapped[PersonState] = mapped_column(text_enum(PersonState), index=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254))
    """The address in lower case: one account for each."""
    proved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When they showed that letters to the address reach them."""
    language_written: Mapped[str] = mapped_column(String(4))
    """``cy``, ``en`` or ``both``."""
    language_spoken: Mapped[str] = mapped_column(String(2))
    asked_in: Mapped[str] = mapped_column(String(2))
    """The language of the page on which the two wishes were asked."""
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    over_16_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When they said that they are 16 or older."""
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    """Empty for those who sign in by links alone."""
    password_changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    turn: Mapped[int] = mapped_column(Integer, default=0)
    """Counted by ``hold``."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """The last day on which they were signed in: its midnight, for we need no more."""
    closing_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When a closing account will be closed for good."""
    warned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When they were told that an account that nobody uses will be closed."""

    @property
    def has_password(self) -> bool:
        return self.password_hash != ""

    __table_args__ = (
        Index(
            "uq_person_email_key",
            "email_key",
            unique=True,
            sqlite_where=text("email_key <> ''"),
            postgresql_where=text("email_key <> ''"),
        ),
        {"sqlite_autoincrement": True},  # a number is never used again: the trail names it
    )


class OneTimeLink(Model):
    """A link in a letter. We keep a digest of it alone: whoever reads the database cannot use it."""

    __tablename__ = "one_time_link"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[Purpose] = mapped_column(text_enum(Purpose))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    """Where it was sent; for a change of address, the new one."""
    bound: Mapped[str] = mapped_column(String(64))
    """A digest of the address and the password as they were: when either changes, the link is dead."""
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()


class SignIn(Model):
    """Where somebody is signed in: ended here, it is ended, whatever a browser still holds."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Written at most every five minutes."""
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When they last showed who they are: by signing in, or by confirming it."""
    browser: Mapped[str] = mapped_column(String(80))
    """A few words such as ``Firefox, Android``."""
    network: Mapped[str] = mapped_column(String(60))
    """As ``throttle.network_of`` says: never the whole address."""

    person: Mapped[Person] = relationship(lazy="joined")

    __table_args__ = ({"sqlite_autoincrement": True},)


class KeptForm(Model):
    """What somebody sent to a page for which they first had to sign in, so that they need not type it twice."""

    __tablename__ = "kept_form"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    address: Mapped[str] = mapped_column(String(500))
    """A path of ours."""
    body: Mapped[str] = mapped_column(Text)
    """As a browser would send it; never a password."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
