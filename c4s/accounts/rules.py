"""Accounts, their links and their sign-ins: decisions as plain Python."""

import hashlib
import re
import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum

from c4s.core.errors import Refused
from c4s.core.text import fold

UNPROVED_FOR = timedelta(days=7)
"""How long an account is kept whose address nobody has proved."""
IDLE = timedelta(hours=24)
"""How long somebody stays signed in without opening a page."""
LONGEST = timedelta(days=30)
"""How long somebody stays signed in at all."""
RECENT = timedelta(minutes=5)
"""How long ago somebody may have shown who they are, before a change that no one else at their computer must make."""
NOTED_EVERY = timedelta(minutes=5)
"""How often we write down that a sign-in is being used."""
CLOSING_FOR = timedelta(days=14)
"""How long somebody who closes their account can think again."""
WARN_AFTER = timedelta(days=700)
IDLE_CLOSED_AFTER = timedelta(days=730)
"""Two years without a sign-in: the account is closed, a month after a letter that says so."""
KEEP_FORMS = timedelta(hours=24)
"""How long we keep what somebody sent while they were not signed in."""

REGISTER_PER_NETWORK, LINKS_PER_NETWORK, PER_SITE, PER_ADDRESS, LETTERS_WINDOW = 20, 60, 600, 5, timedelta(hours=1)
"""Letters that strangers may cause: from one network, on the whole site, to one address. Many share a network
who have accounts already."""
TRIES, TRIES_PER_NETWORK, TRIES_ON_SITE, TRIES_WINDOW = 10, 60, 2_000, timedelta(minutes=15)
"""Passwords that may be tried: for one address, from one network, on the whole site. A link by e-mail always works."""
ASKED = 6
"""Letters that somebody who is signed in may ask for, in the same time."""
KEPT_PER_NETWORK, KEPT_WINDOW = 30, timedelta(hours=1)

SHORTEST_PASSWORD, LONGEST_PASSWORD, MOST_BYTES = 12, 128, 1_024


class Lane(StrEnum):
    """What somebody comes for: each lane has its own pages and rules."""

    RESIDENT = "resident"


class PersonState(StrEnum):
    UNPROVED = "unproved"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSING = "closing"
    CLOSED = "closed"


class Purpose(StrEnum):
    """The one thing that a link is good for."""

    PROVE = "prove"
    SIGN_IN = "sign_in"
    CHANGE_EMAIL = "change_email"
    CONFIRM = "confirm"


LINK_LIFE: dict[Purpose, timedelta] = {
    Purpose.PROVE: timedelta(hours=24),
    Purpose.SIGN_IN: timedelta(minutes=60),
    Purpose.CHANGE_EMAIL: timedelta(hours=24),
    Purpose.CONFIRM: timedelta(minutes=60),
}
OPENED_IN: dict[Purpose, tuple[PersonState, ...]] = {
    Purpose.PROVE: (PersonState.UNPROVED,),
    Purpose.SIGN_IN: (PersonState.ACTIVE, PersonState.CLOSING),
    Purpose.CHANGE_EMAIL: (PersonState.ACTIVE, PersonState.CLOSING),
    Purpose.CONFIRM: (PersonState.ACTIVE, PersonState.CLOSING),
}
"""The states of an account in which a link is worth anything."""


class Did(StrEnum):
    """What the trail says was done."""

    REGISTERED = "person.registered"
    PROVED = "person.proved"
    SIGNED_IN = "person.signed_in"
    SIGNED_OUT = "person.signed_out"
    ENDED_SIGN_INS = "person.ended_sign_ins"
    CHANGED_DETAILS = "person.changed_details"
    CHANGED_EMAIL = "person.changed_email"
    SET_PASSWORD = "person.set_password"
    REMOVED_PASSWORD = "person.removed_password"
    ASKED_TO_CLOSE = "person.asked_to_close"
    STAYED = "person.stayed"
    CLOSED = "person.closed"
    DOWNLOADED = "person.downloaded"


class WhyNot(StrEnum):
    """Why somebody cannot have what they asked for."""

    LINK_NOT_VALID = "link_not_valid"
    WRONG = "wrong"
    PASSWORD_SHORT = "password_short"
    PASSWORD_LONG = "password_long"
    PASSWORD_KNOWN = "password_known"
    SAME_EMAIL = "same_email"
    NOT_THIS_STATE = "not_this_state"


def email_key(address: str) -> str:
    """What two spellings of one e-mail address have in common."""
    return address.strip().casefold()


def as_kept(password: str) -> str:
    """A password in the one form of its characters that we keep and compare: a keyboard may send ``ŵ`` as two."""
    return unicodedata.normalize("NFC", password)


def is_too_long(password: str) -> bool:
    """Whether a password is longer than any that we keep: never cut, never given to the slow hash."""
    return len(password) > LONGEST_PASSWORD or len(password.encode("utf-8", "surrogatepass")) > MOST_BYTES


def may_be_a_password(password: str) -> None:
    """Let a password pass that is long enough, and not too long for us.

    Raises:
        Refused: ``PASSWORD_SHORT`` or ``PASSWORD_LONG``, with the limit as ``characters``.
    """
    if is_too_long(password):
        raise Refused(WhyNot.PASSWORD_LONG, characters=LONGEST_PASSWORD)
    if len(as_kept(password)) < SHORTEST_PASSWORD:
        raise Refused(WhyNot.PASSWORD_SHORT, characters=SHORTEST_PASSWORD)


def may_sign_in(state: PersonState) -> bool:
    """Whether somebody in this state may be, and stay, signed in."""
    return state in (PersonState.ACTIVE, PersonState.CLOSING)


def is_over(created_at: datetime, last_used_at: datetime, now: datetime) -> bool:
    """Whether a sign-in has ended by itself: unused for a day, or a month old."""
    return now - last_used_at >= IDLE or now - created_at >= LONGEST


def is_recent(confirmed_at: datetime, now: datetime) -> bool:
    """Whether somebody has just shown who they are."""
    return now - confirmed_at < RECENT


BROWSERS = (
    # The first that fits: the later ones' names stand in the former ones' lines too.
    (re.compile(r"Edg(e|A|iOS)?/"), "Edge"),
    (re.compile(r"OPR/|Opera"), "Opera"),
    (re.compile(r"SamsungBrowser/"), "Samsung Internet"),
    (re.compile(r"Firefox/|FxiOS/"), "Firefox"),
    (re.compile(r"Chrome/|CriOS/|Chromium/"), "Chrome"),
    (re.compile(r"Safari/"), "Safari"),
)
MACHINES = (
    (re.compile(r"iPhone|iPod"), "iPhone"),
    (re.compile(r"iPad"), "iPad"),
    (re.compile(r"Android"), "Android"),
    (re.compile(r"Windows"), "Windows"),
    (re.compile(r"Macintosh|Mac OS X"), "Mac"),
    (re.compile(r"CrOS"), "ChromeOS"),
    (re.compile(r"Linux|X11"), "Linux"),
)


def browser_words(agent: str) -> str:
    """A browser and a machine by their own names, such as ``Firefox, Android``: enough to know one's own again.

    Args:
        agent: the ``User-Agent`` line; nothing else of it is kept.

    Returns:
        one or two names, or nothing when neither is known.
    """
    agent = agent[:400]
    found = (next((name for pattern, name in kinds if pattern.search(agent)), "") for kinds in (BROWSERS, MACHINES))
    return ", ".join(name for name in found if name)


def words_of(*texts: str) -> list[str]:
    """The words in names and addresses that a password must not be made of, as typed without accents."""
    return sorted({word for text in texts for word in fold(text).split() if len(word) > 2})


def digest(text: str) -> str:
    """What we keep of a secret that is long and random enough to need no salt."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def bound(key: str, password_hash: str) -> str:
    """What a link is bound to: the address and the password as they are."""
    return digest(f"{key}\n{password_hash}")


def day_of(moment: datetime) -> datetime:
    """The midnight before a moment: a day is all that we note of when somebody was last here."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
