"""Attempts, counted in a table that all workers share and a restart does not forget."""

import hashlib
import hmac
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from flask import current_app
from sqlalchemy import Integer, String, delete
from sqlalchemy.orm import Mapped, mapped_column

from c4s.core.clock import now
from c4s.core.db import Model, UtcDateTime, db, inserting, rows_changed
from c4s.core.errors import Refused

WIDER = 4
"""How many times as much a /48 of IPv6 may do as one network in it."""


class TooMany(StrEnum):
    """The one reason a throttle gives; ``facts["until"]`` says when to come back."""

    TOO_MANY = "too_many"


class Attempts(Model):
    """How often one key was used in one window of time."""

    __tablename__ = "attempts"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    window: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


@cache
def _counting(engine: str) -> Any:
    """The statement that counts: put together once for an engine, for every sign-up counts several times."""
    counted = inserting(Attempts)
    more = {"count": Attempts.count + counted.excluded.count}
    return counted.on_conflict_do_update(index_elements=[Attempts.key, Attempts.window], set_=more).returning(
        Attempts.count
    )


def network_of(address: str) -> str:
    """The /24 (IPv4) or /56 (IPv6) an address belongs to: one household or office, more or less.

    Args:
        address: as the server gives it; what is no address at all comes back as it is.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    bits = 24 if isinstance(found, IPv4Address) else 56
    return str(ip_network((found.packed, bits), strict=False))


def count_network(purpose: str, network: str, *, limit: int, window: timedelta, times: int = 1) -> None:
    """Count one attempt from a network; of IPv6 also from the /48 that it is a part of.

    One customer may hold a whole /48: 256 networks as we count them, enough to use up what the site allows to all.

    Args:
        network: as ``network_of`` says.
        limit: for the network; ``WIDER`` times as many for the /48.
        times: how many attempts it counts as.

    Raises:
        Refused: as ``count``.
    """
    count(purpose, network, limit=limit, window=window, times=times)
    wider = _wider(network)
    if wider:
        count(f"{purpose}, wider", wider, limit=WIDER * limit, window=window, times=times)


def _wider(network: str) -> str:
    """The /48 that a network of IPv6 is a part of; empty for every other."""
    try:
        found = ip_network(network)
    except ValueError:
        return ""
    return str(found.supernet(new_prefix=48)) if isinstance(found, IPv6Network) and found.prefixlen > 48 else ""


def count(purpose: str, who: str, *, limit: int, window: timedelta, times: int = 1) -> None:
    """Count one attempt, inside the caller's unit of work, so that a refused action is not counted.

    Args:
        purpose: what is being tried, such as ``booking``.
        who: whose attempts are counted together; stored only as a keyed hash.
        limit: how many are allowed in one window.
        window: the length of the window.
        times: how many attempts it counts as.

    Raises:
        Refused: with ``TooMany.TOO_MANY`` and ``until`` (aware UTC), when the limit is passed.
    """
    secret = current_app.config["SECRET_KEY"].encode()
    key = hmac.new(secret, f"{purpose}:{who}".encode(), hashlib.sha256).hexdigest()
    seconds = int(window.total_seconds())
    began = datetime.fromtimestamp(int(now().timestamp()) // seconds * seconds, tz=now().tzinfo)
    counted = _counting(db.session.get_bind().dialect.name)
    seen = db.session.connection().execute(counted, {"key": key, "window": began, "count": times}).scalar_one()
    if seen > limit:
        raise Refused(TooMany.TOO_MANY, until=began + window)


def forget_old(before: datetime) -> int:
    """Remove counts of windows that began before a moment; says how many."""
    return rows_changed(delete(Attempts).where(Attempts.window < before))
