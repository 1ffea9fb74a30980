"""All that we keep about somebody, to read and to take away.

Each capability registers its part in ``site.py``: accounts do not know who else keeps something.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app
from sqlalchemy import select

from c4s.accounts import phrases, queries
from c4s.accounts.models import Person
from c4s.accounts.rules import Did
from c4s.audit import trail
from c4s.core.db import db
from c4s.i18n import formats
from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail.models import OutgoingLetter

PARTS = "c4s.personal_data"


@dataclass(frozen=True)
class Fact:
    """One thing that we keep: what machines and people call it, what it is, and how it is said."""

    key: str
    label: object
    value: str | int | None
    said: object


Record = list[Fact]


@dataclass(frozen=True)
class Part:
    """What one capability keeps about people.

    Attributes:
        key: what machines call it.
        title: what people call it, in words of both languages.
        load: gives every record about a person.
    """

    key: str
    title: object
    load: Callable[[Person], Sequence[Record]]


@dataclass(frozen=True)
class Shown:
    """A part, with what it keeps about one person."""

    key: str
    title: object
    records: Sequence[Record]


def register(app: Flask, part: Part) -> None:
    """Add a capability's part, after those that are there."""
    app.extensions.setdefault(PARTS, []).append(part)


def parts_of(person: Person) -> list[Shown]:
    """Everything that is kept about somebody, part by part, for a page in the language being spoken."""
    return [Shown(part.key, part.title, part.load(person)) for part in current_app.extensions[PARTS]]


def as_json(person: Person) -> dict[str, list[dict[str, str | int | None]]]:
    """The same for machines: codes and moments as they are kept."""
    return {
        part.key: [{fact.key: fact.value for fact in record} for record in part.records] for part in parts_of(person)
    }


def text(key: str, label: object, value: str, said: object = None) -> Fact:
    """A text; ``said`` is what stands for a code."""
    return Fact(key, label, value, value if said is None else said)


def moment(key: str, label: object, value: datetime | None) -> Fact:
    """A moment, or none."""
    return Fact(
        key,
        label,
        value.isoformat() if value else None,
        formats.at_start(formats.date_and_time(value)) if value else "",
    )


def day(key: str, label: object, value: datetime | None) -> Fact:
    """A day, or none."""
    return Fact(key, label, value.date().isoformat() if value else None, formats.plain_date(value) if value else "")


def _account(person: Person) -> Sequence[Record]:
    roles, factor = sorted(person.roles), person.second_factor
    hours = person.staff_hours if roles else None
    left = queries.recovery_codes_left(person.id) if factor else None
    is_entered = person.entered_by_id is not None
    return [
        [
            Fact("number", _l("Account number"), person.id, str(person.id)),
            text("state", _l("State of the account"), person.state, phrases.STATE[person.state]),
            text("name", _l("Name"), person.name),
            text("lane", _l("You registered as"), person.lane, phrases.LANE[person.lane]),
            text("email", _l("Email address"), person.email),
            text("channel", _l("How we write to you"), person.channel, phrases.CHANNEL[person.channel]),
            text("phone", _l("Phone"), person.phone),
            text("postal_address", _l("Postal address"), person.postal_address),
            Fact(
                "entered_by_staff", _l("Registered by"), is_entered, _l("A member of our staff") if is_entered else ""
            ),
            moment("email_confirmed_at", _l("Email address confirmed"), person.proved_at),
            text(
                "language_written",
                _l("Language of our messages"),
                person.language_written,
                phrases.WRITTEN[person.language_written],
            ),
            text(
                "language_spoken",
                _l("Your language when you speak with us"),
                person.language_spoken,
                phrases.SPOKEN[person.language_spoken],
            ),
            text(
                "languages_asked_in",
                _l("Language of the page that asked about languages"),
                person.asked_in,
                phrases.SPOKEN[person.asked_in],
            ),
            moment("languages_asked_at", _l("Asked about languages"), person.asked_at),
            moment("over_16_said_at", _l("Said to be 16 or older"), person.over_16_at),
            Fact("is_buyer", _l("Buying for a public body"), person.is_buyer, _l("Checked") if person.is_buyer else ""),
            text(
                "staff_roles", _l("Roles as staff"), " ".join(roles), ", ".join(str(phrases.ROLE[one]) for one in roles)
            ),
            Fact("staff_hours", _l("Hours signed in as staff without opening a page"), hours, hours),
            moment(
                "second_factor_set_at", _l("Second step for signing in set up"), factor.confirmed_at if factor else None
            ),
            Fact("recovery_codes_left", _l("Recovery codes left"), left, left),
            moment("password_set_at", _l("Password set or removed"), person.password_changed_at),
            moment("created_at", _l("Account created"), person.created_at),
            day("last_seen_on", _l("Last day signed in"), person.last_seen_at),
            moment("closes_at", _l("The account closes"), person.closing_at),
            moment("warned_at", _l("Warned that the account is not used"), person.warned_at),
        ]
    ]


def _sign_ins(person: Person) -> Sequence[Record]:
    return [
        [
            text("browser", _l("Browser"), one.browser),
            text("network", _l("Network"), one.network),
            moment("created_at", _l("Signed in"), one.created_at),
            moment("last_used_at", _l("Last used"), one.last_used_at),
            moment("second_factor_at", _l("Second step shown"), one.second_factor_at),
        ]
        for one in queries.sign_ins_of(person.id)
    ]


def _letters(person: Person) -> Sequence[Record]:
    sent = select(OutgoingLetter).where(
        OutgoingLetter.about_kind == "person",
        OutgoingLetter.about_id == person.id,
    )
    return [
        [
            text("subject", _l("Subject"), letter.subject),
            text("address", _l("Email address"), letter.to_address),
            moment("written_at", _l("Written"), letter.created_at),
            moment("sent_at", _l("Sent"), letter.sent_at),
        ]
        for letter in db.session.scalars(sent.order_by(OutgoingLetter.id))
    ]


def _history(person: Person) -> Sequence[Record]:
    said = {str(did): phrases.DID[did] for did in Did}
    return [
        [
            text("action", _l("What was done"), entry.action, said.get(entry.action)),
            moment("at", _l("When"), entry.at),
        ]
        for entry in trail.history_of("person", person.id)
    ]


def install(app: Flask) -> None:
    """Register what accounts themselves keep."""
    register(app, Part("account", _l("Your account"), _account))
    register(app, Part("sign_ins", _l("Where you are signed in"), _sign_ins))
    register(app, Part("letters", _l("Letters about your account"), _letters))
    register(app, Part("history", _l("What was done with your account"), _history))
