"""The only clock, so that tests can stop it."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment, aware, in UTC, to the microsecond."""
    return datetime.now(UTC)
