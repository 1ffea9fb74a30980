"""People, the links we send them, and where they are signed in."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from c4s.accounts.rules import Lane, PersonState, Purpose
from c4s.core.db import Model, UtcDateTime, text_enum
from c4s.core.text import fold
from c4s.mail.models import Channel
from c4s.web.rights import Who


def name_key(name: str) -> str:
    """What two spellings of one name have in common."""
    return fold(name)[:200]


class Person(Model):
    """Somebody with an account. Once it is closed, no name, address or password is left in it."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    lane: Mapped[Lane] = mapped_column(text_enum(Lane))
    state: Mapped[PersonState] = mapped_column(text_enum(PersonState), index=True)
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(200), index=True)
    """The name without accents and capitals, to find it by. It follows the name by itself."""
    email: Mapped[str] = mapped_column(String(254))
    """Empty for those who have none, whom staff registered."""
    email_key: Mapped[str] = mapped_column(String(254))
    """The address in lower case: one account for each."""
    channel: Mapped[Channel] = mapped_column(text_enum(Channel), default=Channel.EMAIL)
    """How our letters reach them."""
    phone: Mapped[str] = mapped_column(String(40), default="")
    postal_address: Mapped[str] = mapped_column(Text, default="")
    """Its lines, for those whom we write to by post."""
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
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    """The member of staff who registered them, and read back to them what was written down."""
    is_buyer: Mapped[bool] = mapped_column(Boolean, default=False)
    """Staff have checked that they buy for a public body."""
    staff_hours: Mapped[int] = mapped_column(Integer, default=1)
    """How long a member of staff chose to stay signed in without opening a page."""
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

    staff_roles: Mapped[list["StaffRole"]] = relationship(foreign_keys="StaffRole.person_id")
    second_factor: Mapped["SecondFactor | None"] = relationship()

    @validates("name")
    def _name_it(self, key: str, name: str) -> str:
        self.name_key = name_key(name)
        return name

    @property
    def has_password(self) -> bool:
        return self.password_hash != ""

    @property
    def roles(self) -> frozenset[Who]:
        """What they are as a member of staff; nothing for everybody else."""
        return frozenset(one.role for one in self.staff_roles)

    @property
    def has_second_factor(self) -> bool:
        """Whether they have set one up and shown that it works."""
        return self.second_factor is not None and self.second_factor.confirmed_at is not None

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


class StaffRole(Model):
    """A role of a member of staff: it gives rights from the moment it is here, and none once it is gone."""

    __tablename__ = "staff_role"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[Who] = mapped_column(text_enum(Who), primary_key=True)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SecondFactor(Model):
    """An app on somebody's telephone that makes a new code every half minute (TOTP, RFC 6238)."""

    __tablename__ = "second_factor"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(300))
    """The shared secret, encrypted."""
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When a first code showed that the app has it; before that it counts for nothing."""
    last_step: Mapped[int] = mapped_column(Integer, default=0)
    """The half minute of the last code that was taken: each is taken once."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RecoveryCode(Model):
    """A code on paper, for the day on which the telephone is lost. We keep a digest of it alone."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SecondFactorRenewal(Model):
    """A member of staff asked that somebody may set their second factor up anew; another one must agree."""

    __tablename__ = "second_factor_renewal"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(String(2000))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    asked_by: Mapped[Person] = relationship(foreign_keys=asked_by_id)


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
    second_factor_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When they showed their second factor here, if they have one."""
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
