"""What the database of a site holds: asked at every start, so that little is loaded for it."""

import click
from sqlalchemy import select

from c4s.accounts.models import Person
from c4s.accounts.rules import email_key
from c4s.backoffice import invented
from c4s.core.config import Settings
from c4s.core.db import db
from c4s.directory.models import Claim, Supplier
from c4s.events.models import Event


def is_empty() -> bool:
    """Whether there is neither a supplier nor an event."""
    return not any(db.session.scalar(select(model.id).limit(1)) for model in (Supplier, Event))


def holds_demonstration() -> bool:
    """Whether there is a supplier of the demonstration, or one of its people, whose passwords anybody can read."""
    # By their source, not by their claim: a business may keep one since.
    supplier = select(Supplier.id).where(Supplier.source == Claim.DEMONSTRATION.value)
    keys = [email_key(address) for address in (invented.EMAIL, *(one.email for one in invented.STAFF))]
    person = select(Person.id).where(Person.email_key.in_(keys))
    return any(db.session.scalar(found.limit(1)) for found in (supplier, person))


def must_be_for_real(settings: Settings) -> None:
    """Keep a demonstration from becoming a site for real people.

    Raises:
        click.ClickException: saying what to do.
    """
    if not settings.is_demonstration and holds_demonstration():
        raise click.ClickException(
            "This database holds the demonstration, whose passwords anybody can read: use another C4S_DATABASE_URL. "
            "To go on with the demonstration: C4S_DEMONSTRATION=1"
        )
