"""Keeping passwords so that not even we can read them, and refusing those that others would guess."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from c4s.accounts import rules
from c4s.core.text import fold

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # OWASP's first choice of Argon2id
NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$zHKSFnB4dHsfVfC51Am0WA$WcFXpstPejwyn3MMc/CY7J233vwcqpgUoE1jtn1o9Nw"
"""Of a long random text that nobody kept: tried where there is no password, so that the answer takes as long."""
SITE_WORDS = (
    "connect4success connect success c4s cysylltu llwyddiant rhondda cynon taf rct rhct cymru wales welsh cymraeg "
    "pontypridd ponty aberdar aberdare treorchy treorci tonypandy porth valleys cymoedd password cyfrinair "
    "directory cyfeiriadur"
).split()
LEAST = 3  # of zxcvbn's five scores, 0 to 4: 3 means that a hundred million guesses would not find it
LONGEST_LOOKED_AT = 72  # characters; the search for patterns takes long for more, and what begins well may end anyhow
LEFT = 4  # characters that must be left when the site's words and one's own are taken out

_one_at_a_time = Lock()


def hashed(password: str) -> str:
    """A password as the database keeps it. Slow on purpose: never inside a unit of work."""
    return HASHER.hash(rules.as_kept(password))


def fits(password: str, kept: str) -> bool:
    """Whether a password is the one that was kept. As slow for nobody's, and for a wrong one, as for the right one.

    Args:
        password: anything at all.
        kept: from ``hashed``; empty where there is none.
    """
    too_long = rules.is_too_long(password)
    try:
        HASHER.verify(kept or NOBODYS, "" if too_long else rules.as_kept(password))
    except (Argon2Error, InvalidHashError, UnicodeEncodeError):
        return False
    return bool(kept) and not too_long


def needs_hashing_again(kept: str) -> bool:
    """Whether a password was kept in a way that we no longer think strong enough."""
    return HASHER.check_needs_rehash(kept)


def too_easy(password: str, about: Sequence[str] = ()) -> bool:
    """Whether somebody who knows the person, the site or the lists of common passwords would soon guess it.

    Args:
        password: of any length.
        about: names and addresses of the one whose password it is to be.
    """
    own = rules.words_of(*about)
    start = rules.as_kept(password)[:LONGEST_LOOKED_AT]
    if len(_without([*own, *SITE_WORDS], fold(start))) < LEFT:
        return True
    known = [*own, *SITE_WORDS, *welsh_words()]
    spellings = {start, fold(start), fold(start).replace(" ", "")}  # a motto is no better for its spaces
    with _one_at_a_time:  # it keeps the words about somebody in a place that all threads share
        return any(_library().zxcvbn(spelling, known)["score"] < LEAST for spelling in spellings if spelling)


def _without(words: Sequence[str], text: str) -> str:
    """What is left of a text without certain words, without digits and without spaces."""
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, " ")
    return "".join(character for character in text if not character.isdigit() and not character.isspace())


@cache
def welsh_words() -> list[str]:
    """Common Welsh words, as written and as typed without accents: the library knows English ones alone."""
    words = (Path(__file__).parent / "welsh_words.txt").read_text(encoding="utf-8").split()
    return list(dict.fromkeys(form for word in words for form in (word, fold(word))))


@cache
def _library() -> Any:
    """The library that estimates guesses, loaded when the first password is set: its lists of words are long."""
    return import_module("zxcvbn")
