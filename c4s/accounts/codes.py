"""Codes of a second step: of an app that shares a key with us (TOTP, RFC 6238), and on paper for the day it is lost.

Keys are kept encrypted, so that the database alone is of no use; codes on paper as digests, for each is long and
random enough. The libraries are loaded at the first use: most visitors never come near them.
"""

import base64
import io
import secrets
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import Any

from flask import current_app

from c4s.accounts import rules

CHARACTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without those that look like others: 0 and O, 1, I and L."""
LENGTH = 24
"""Characters of a code on paper: 118 bits, more than the 112 for which a plain digest is enough (ASVS 6.5.2)."""
GROUP = 4
KEPT, WAITING, ON_PAPER = "kept", "waiting", "on paper"
"""What something was sealed for; it opens for nothing else."""


# ---- Sealed, for the database and for the visitor's own cookie ----


def sealed(purpose: str, person_id: int, words: str) -> str:
    """Words that this site alone can read again, for one purpose and one person."""
    return str(_keys(purpose).encrypt(f"{person_id}\n{words}".encode()).decode())


def unsealed(purpose: str, person_id: int, token: str, *, in_time: bool = False) -> str | None:
    """The words in ``token``; None when they were sealed otherwise, for another, or altered since.

    Args:
        in_time: and None when it is longer ago than ``rules.SHOWN_FOR``.
    """
    life = int(rules.SHOWN_FOR.total_seconds()) if in_time else None
    try:
        owner, _, words = _keys(purpose).decrypt(token, ttl=life).decode().partition("\n")
    except _fernet().InvalidToken:
        return None
    return str(words) if owner == str(person_id) else None


def sealed_anew(purpose: str, token: str) -> str:
    """The same, sealed with the site's own key of today, in case that has been changed since."""
    return str(_keys(purpose).rotate(token).decode())


def _keys(purpose: str) -> Any:
    config = current_app.config
    return _derived((config["SECRET_KEY"], *config["SECRET_KEY_FALLBACKS"]), purpose)


@cache
def _derived(site_keys: tuple[str, ...], purpose: str) -> Any:
    """A key for each purpose, from the one that signs cookies: none of them gives another away."""
    hashes = import_module("cryptography.hazmat.primitives.hashes")
    hkdf = import_module("cryptography.hazmat.primitives.kdf.hkdf")
    made = []
    for site_key in site_keys:
        derive = hkdf.HKDF(hashes.SHA256(), length=32, salt=None, info=f"c4s second step, {purpose}".encode()).derive
        made.append(_fernet().Fernet(base64.urlsafe_b64encode(derive(site_key.encode()))))
    return _fernet().MultiFernet(made)


def _fernet() -> Any:
    return import_module("cryptography.fernet")


# ---- Of an app ----


def new_key() -> str:
    """A key for an app: 160 random bits, as letters and digits that apps understand."""
    return str(import_module("pyotp").random_base32(32))


def in_groups(words: str, between: str = " ") -> str:
    """Letters and digits in groups of four, for people to read and to type."""
    return between.join(words[start : start + GROUP] for start in range(0, len(words), GROUP))


def code_at(key: str, step: int) -> str:
    """The code that an app shows in one half minute."""
    return str(import_module("pyotp").TOTP(key).generate_otp(step))


def step_that_fits(key: str, code: str, steps: Iterable[int]) -> int | None:
    """The half minute that a code is of, among those that are taken; None when it is of none.

    Each is compared, and in constant time: how long it takes tells nothing.

    Args:
        code: as somebody typed it; spaces in it do not matter.
    """
    typed, found = "".join(code.split()).encode("utf-8", "surrogatepass"), None
    for step in steps:
        if secrets.compare_digest(code_at(key, step).encode(), typed):
            found = step
    return found


def picture(key: str, *, name: str, issuer: str) -> bytes:
    """The key as a picture (a QR code, in SVG) that apps read with a telephone's camera.

    Args:
        name: by which its owner knows the account, in the app.
        issuer: the site's name there.
    """
    address = import_module("pyotp").TOTP(key).provisioning_uri(name=name, issuer_name=issuer)
    file = io.BytesIO()
    import_module("segno").make(address, error="m", micro=False).save(
        file, kind="svg", scale=6, border=4, dark="#000", light="#fff", xmldecl=False, omitsize=False
    )
    return file.getvalue()


# ---- On paper ----


def new_recovery_codes() -> list[str]:
    """Codes to write down or print, each good for one sign-in."""
    return [
        in_groups("".join(secrets.choice(CHARACTERS) for _ in range(LENGTH)), "-") for _ in range(rules.RECOVERY_CODES)
    ]


def recovery_digest(code: str) -> str:
    """What we keep of a code on paper, and find it by: small letters, spaces and hyphens do not matter."""
    return rules.digest("".join(code.upper().replace("-", " ").split()))
