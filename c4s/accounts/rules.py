"""Accounts, their links and their sign-ins: decisions as plain Python."""

import hashlib
import re
import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum

from c4s.core import read_aloud
from c4s.core.errors import Refused
from c4s.core.text import fold
from c4s.web.rights import NEED_SECOND_FACTOR, ROLES, Who

UNPROVED_FOR = timedelta(days=7)
"""How long an account is kept whose address nobody has proved."""
IDLE, LONGEST = timedelta(hours=24), timedelta(days=30)
"""How long somebody stays signed in without opening a page, and at all."""
STAFF_HOURS, STAFF_LONGEST = (1, 10), timedelta(hours=12)
"""The same for members of staff: an hour or, if they choose so, ten; and at all."""
RECENT = timedelta(minutes=5)
"""How long ago somebody may have shown who they are, before a change that no one else at their computer must make."""
NOTED_EVERY, NOTED_EVERY_OF_STAFF = timedelta(minutes=5), timedelta(minutes=1)
"""How often we write down that a sign-in is being used; more often where an hour is all there is."""
CLOSING_FOR = timedelta(days=14)
"""How long somebody who closes their account can think again."""
WARN_AFTER = timedelta(days=700)
IDLE_CLOSED_AFTER = timedelta(days=730)
"""Two years without a sign-in: the account is closed, a month after a letter that says so."""
KEEP_FORMS = timedelta(hours=24)
"""How long we keep what somebody sent while they were not signed in."""

REGISTER_PER_NETWORK, LINKS_PER_NETWORK, PER_SITE, PER_ADDRESS, LETTERS_WINDOW = 20, 60, 600, 5, timedelta(hours=1)
"""Letters that strangers may cause, for each purpose: from one network, on the whole site, to one address. Many share
a network who have accounts already."""
TRIES, TRIES_PER_NETWORK, TRIES_ON_SITE, TRIES_WINDOW = 10, 60, 2_000, timedelta(minutes=15)
"""Passwords that may be tried: for one address, from one network, on the whole site. A link by e-mail always works."""
ASKED = 6
"""Letters that somebody who is signed in may ask for, in the same time."""
KEPT_PER_NETWORK, KEPT_WINDOW = 30, timedelta(hours=1)

SHORTEST_PASSWORD, LONGEST_PASSWORD, MOST_BYTES = 12, 128, 1_024
SHORTEST_OF_STAFF = 15

CODES_TRIED, CODES_WINDOW = 6, timedelta(minutes=15)
"""Codes of a second step that may be tried for one person; from one network and on the site, as many as passwords."""
CODE_LIFE, CODES_LATE = 30, 1
"""Seconds that a code of an app is shown for, and how many codes early or late a telephone's clock may be."""
RECOVERY_CODES = 10
SHOWN_FOR = timedelta(hours=1)
"""How long a new key waits for its first code, and new recovery codes to be written down."""
FAILURES_NOTED_EVERY = timedelta(hours=1)
"""One entry in the trail tells of all failures to sign in of that time: strangers cannot fill it."""


CLAIMS_PER_NETWORK, CLAIMS_ON_SITE, CLAIMS_WINDOW = 20, 200, timedelta(hours=1)
"""Codes of letters that may be tried: from one network, and on the whole site."""
CODE_LENGTH = 20
"""Letters in a code: twenty of the twenty that there are, which is 86 bits."""
QUESTIONS = (
    ("name",),
    ("email", "channel"),
    ("language_written",),
    ("language_spoken",),
    ("over_16",),
)
"""What everybody is asked who registers, in order: on the page, on paper and by staff by the same numbers. What stands
together is one question: the page asks for an e-mail address alone."""


class Lane(StrEnum):
    """What somebody comes for: each lane has its own pages and rules."""

    RESIDENT = "resident"
    BUSINESS = "business"
    PUBLIC_BODY = "public_body"


class PersonState(StrEnum):
    """How an account stands. Only those that are active or closing can be signed in to."""

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
    CLAIM_ACCOUNT = "claim_account"
    """A code on paper, with which somebody takes over the account that staff opened for them."""
    CLAIM_EMAIL = "claim_email"
    """The link to the address that they gave together with the code."""


MAY_LIE_IDLE = (PersonState.ACTIVE, PersonState.SUSPENDED)
"""The states of an account that is closed when nobody has used it for two years."""
LINK_LIFE: dict[Purpose, timedelta] = {
    Purpose.PROVE: timedelta(hours=24),
    Purpose.SIGN_IN: timedelta(minutes=60),
    Purpose.CHANGE_EMAIL: timedelta(hours=24),
    Purpose.CONFIRM: timedelta(minutes=60),
    Purpose.CLAIM_ACCOUNT: timedelta(days=90),
    Purpose.CLAIM_EMAIL: timedelta(hours=24),
}
OPENED_IN: dict[Purpose, tuple[PersonState, ...]] = {
    Purpose.PROVE: (PersonState.UNPROVED,),
    Purpose.SIGN_IN: (PersonState.ACTIVE, PersonState.CLOSING),
    Purpose.CHANGE_EMAIL: (PersonState.ACTIVE, PersonState.CLOSING),
    Purpose.CONFIRM: (PersonState.ACTIVE, PersonState.CLOSING),
    Purpose.CLAIM_ACCOUNT: (PersonState.ACTIVE, PersonState.CLOSING),
    Purpose.CLAIM_EMAIL: (PersonState.ACTIVE, PersonState.CLOSING),
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
    FAILED_SIGN_IN = "person.failed_sign_in"
    SHOWED_SECOND_FACTOR = "person.showed_second_factor"
    USED_RECOVERY_CODE = "person.used_recovery_code"
    SET_SECOND_FACTOR = "person.set_second_factor"
    REMOVED_SECOND_FACTOR = "person.removed_second_factor"
    MADE_RECOVERY_CODES = "person.made_recovery_codes"
    ASKED_FOR_RENEWAL = "person.asked_for_renewal"
    TOOK_RENEWAL_BACK = "person.took_renewal_back"
    RENEWED_SECOND_FACTOR = "person.renewed_second_factor"
    CHANGED_HOURS = "person.changed_hours"
    CHANGED_ROLES = "person.changed_roles"
    SUSPENDED = "person.suspended"
    RESTORED = "person.restored"
    ENTERED = "person.entered"
    MADE_CLAIM_CODE = "person.made_claim_code"
    CLAIMED = "person.claimed"
    LOOKED_AT = "person.looked_at"
    SEARCHED = "person.searched"


class CameBy(StrEnum):
    """How somebody without e-mail reached the member of staff who registered them."""

    PHONE = "phone"
    PAPER = "paper"
    FACE_TO_FACE = "face_to_face"


class WhyNot(StrEnum):
    """Why somebody cannot have what they asked for."""

    LINK_NOT_VALID = "link_not_valid"
    WRONG = "wrong"
    PASSWORD_SHORT = "password_short"
    PASSWORD_LONG = "password_long"
    PASSWORD_KNOWN = "password_known"
    SAME_EMAIL = "same_email"
    NOT_THIS_STATE = "not_this_state"
    STILL_NEEDED = "still_needed"
    PASSWORD_SHORT_OF_STAFF = "password_short_of_staff"
    CODE_WRONG = "code_wrong"
    KEY_GONE = "key_gone"
    FACTOR_NEEDED = "factor_needed"
    NOT_ALLOWED = "not_allowed"
    ONESELF = "oneself"
    THE_SAME_TWO = "the_same_two"
    LAST_ADMINISTRATOR = "last_administrator"
    REASON_NEEDED = "reason_needed"
    EMAIL_NEEDED = "email_needed"
    CURRENT_CODE_WRONG = "current_code_wrong"


def email_key(address: str) -> str:
    """What two spellings of one e-mail address have in common."""
    return address.strip().casefold()


def as_kept(password: str) -> str:
    """A password in the one form of its characters that we keep and compare: a keyboard may send ``ŵ`` as two."""
    return unicodedata.normalize("NFC", password)


def is_too_long(password: str) -> bool:
    """Whether a password is longer than any that we keep: never cut, never given to the slow hash."""
    return len(password) > LONGEST_PASSWORD or len(password.encode("utf-8", "surrogatepass")) > MOST_BYTES


def may_be_a_password(password: str, *, is_staff: bool = False) -> None:
    """Let a password pass that is long enough, and not too long for us.

    Raises:
        Refused: ``PASSWORD_SHORT``, ``PASSWORD_SHORT_OF_STAFF`` or ``PASSWORD_LONG``, with the limit as
            ``characters``.
    """
    if is_too_long(password):
        raise Refused(WhyNot.PASSWORD_LONG, characters=LONGEST_PASSWORD)
    shortest = SHORTEST_OF_STAFF if is_staff else SHORTEST_PASSWORD
    if len(as_kept(password)) < shortest:
        raise Refused(WhyNot.PASSWORD_SHORT_OF_STAFF if is_staff else WhyNot.PASSWORD_SHORT, characters=shortest)


# ---- Second steps ----


def step_of(moment: datetime) -> int:
    """The number of the half minute that a moment is in (RFC 6238): each has a code of its own."""
    return int(moment.timestamp()) // CODE_LIFE


def steps_taken(moment: datetime, last_step: int) -> list[int]:
    """The half minutes whose codes are taken at a moment: a telephone's clock may be a little early or late, and no
    code is taken after one that was taken before.

    Args:
        last_step: of the last code that was taken; 0 for none.
    """
    here = step_of(moment)
    return [step for step in range(here - CODES_LATE, here + CODES_LATE + 1) if step > last_step]


def may_turn_off(standings: frozenset[Who]) -> None:
    """Let those do without a second step who need none.

    Args:
        standings: what somebody is to the site.

    Raises:
        Refused: ``FACTOR_NEEDED``, for members of staff and buyers.
    """
    if standings & NEED_SECOND_FACTOR:
        raise Refused(WhyNot.FACTOR_NEEDED)


def may_ask_for_renewal(asker_id: int, person_id: int, reason: str) -> None:
    """Let a member of staff ask that somebody's second step is set up anew.

    Raises:
        Refused: ``ONESELF``, or ``REASON_NEEDED``.
    """
    if asker_id == person_id:
        raise Refused(WhyNot.ONESELF)
    if not reason.strip():
        raise Refused(WhyNot.REASON_NEEDED)


def may_agree_to_renewal(agreer_id: int, asked_by_id: int, person_id: int) -> None:
    """Let another member of staff agree: never the one who asked, nor the one whom it is about.

    Raises:
        Refused: ``ONESELF`` or ``THE_SAME_TWO``.
    """
    if not is_third(agreer_id, asked_by_id, person_id):
        raise Refused(WhyNot.ONESELF if agreer_id == person_id else WhyNot.THE_SAME_TWO)


def is_third(agreer_id: int, asked_by_id: int, person_id: int) -> bool:
    """Whether somebody is neither the one who asked nor the one whom it is about."""
    return agreer_id not in (asked_by_id, person_id)


# ---- Members of staff ----


def may_change_roles(
    *, has: frozenset[Who], wanted: frozenset[Who], is_oneself: bool, is_open: bool, has_email: bool, others: int
) -> None:
    """Let an administrator give and take roles.

    Args:
        has, wanted: the roles before and after.
        is_oneself: the administrator changes their own.
        is_open: the account is one that can be signed in to; to take roles away it need not be.
        has_email: they have shown that letters to their e-mail address reach them. Whoever has none could be given
            another by a code that staff make.
        others: how many other administrators there are whose accounts are open.

    Raises:
        Refused: ``NOT_ALLOWED`` for what is no role; ``ONESELF`` for more rights for oneself; ``NOT_THIS_STATE``;
            ``EMAIL_NEEDED``; ``LAST_ADMINISTRATOR``.
    """
    if not wanted <= frozenset(ROLES):
        raise Refused(WhyNot.NOT_ALLOWED)
    if wanted - has and is_oneself:
        raise Refused(WhyNot.ONESELF)
    if wanted - has and not is_open:
        raise Refused(WhyNot.NOT_THIS_STATE)
    if wanted - has and not has_email:
        raise Refused(WhyNot.EMAIL_NEEDED)
    if Who.ADMINISTRATOR in has - wanted and not others:
        raise Refused(WhyNot.LAST_ADMINISTRATOR)


def may_suspend(*, by: frozenset[Who], roles: frozenset[Who], is_oneself: bool, others: int, reason: str) -> None:
    """Let a member of staff suspend an account, or restore it.

    Args:
        by: the roles of the one who does it; ``roles``: of the one whom it is done to.
        is_oneself: the two are one.
        others: how many other administrators there are whose accounts are open.

    Raises:
        Refused: ``ONESELF``; ``NOT_ALLOWED`` when a member of staff is suspended or restored by anybody but an
            administrator; ``LAST_ADMINISTRATOR``; ``REASON_NEEDED``.
    """
    if is_oneself:
        raise Refused(WhyNot.ONESELF)
    if roles and Who.ADMINISTRATOR not in by:
        raise Refused(WhyNot.NOT_ALLOWED)
    if Who.ADMINISTRATOR in roles and not others:
        raise Refused(WhyNot.LAST_ADMINISTRATOR)
    if not reason.strip():
        raise Refused(WhyNot.REASON_NEEDED)


def may_sign_in(state: PersonState) -> bool:
    """Whether somebody in this state may be, and stay, signed in."""
    return state in (PersonState.ACTIVE, PersonState.CLOSING)


def is_over(created_at: datetime, last_used_at: datetime, now: datetime, staff_hours: int = 0) -> bool:
    """Whether a sign-in has ended by itself: unused for too long, or too old.

    Args:
        staff_hours: how many hours a member of staff chose to stay signed in without opening a page; 0 for
            everybody else.
    """
    idle, longest = (timedelta(hours=staff_hours), STAFF_LONGEST) if staff_hours else (IDLE, LONGEST)
    return now - last_used_at >= idle or now - created_at >= longest


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


POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][0-9A-Z]?)\s*([0-9][A-Z]{2})\b")


def postcode_in(address: str) -> str:
    """The last postcode in a postal address, without its space; empty when there is none."""
    found = POSTCODE.findall(address.upper())
    return "".join(found[-1]) if found else ""


def digits_of(phone: str) -> str:
    """The digits of a telephone number as it is dialled in Wales; empty for a text that is no number."""
    digits = "".join(character for character in phone if character.isascii() and character.isdigit())
    international = "44" if phone.strip().startswith("+44") else "0044" if digits.startswith("0044") else ""
    return f"0{digits.removeprefix(international).removeprefix('0')}" if international else digits


def plain_code(typed: str) -> str:
    """The letters of a code, however somebody typed it; no more than tell that it has too many."""
    return read_aloud.letters_in(typed)[: CODE_LENGTH + 1]


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
