"""Signed links, bound to one purpose."""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def _signer(purpose: str) -> URLSafeSerializer:
    keys = [*reversed(current_app.config["SECRET_KEY_FALLBACKS"]), current_app.config["SECRET_KEY"]]
    return URLSafeSerializer(keys, salt=f"c4s.{purpose}")


def sign(purpose: str, *values: str | int) -> str:
    """A token that only this site can make, for an address in a letter.

    Args:
        purpose: a word naming the one use, such as ``booking``; a token never serves another.
        values: what the token carries, readable by its holder but not changeable.
    """
    return str(_signer(purpose).dumps(values))


def read(purpose: str, token: str) -> list[str | int] | None:
    """The values a token carries, or None if it was not made here for this purpose."""
    try:
        values = _signer(purpose).loads(token)
    except BadSignature:
        return None
    return values if isinstance(values, list) else None
