"""Numbers that rise whenever something the public can read has changed.

Pages take their ``ETag`` from the first, so that asking again costs one tiny read and no rendering;
lists that hardly ever change (categories, areas) are kept in memory for as long as the second stands still,
and how many events there are of each sort for as long as the third does: a place taken does not raise it.
"""

from flask import g
from sqlalchemy import Integer, String, bindparam, event, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from c4s.core.db import Model, db

PAGES, TAXONOMY, EVENTS = "pages", "taxonomy", "events"


class PublicVersion(Model):
    """One row for each of the numbers, made by the migrations."""

    __tablename__ = "public_version"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, default=0)


RAISE = (
    update(PublicVersion)
    .where(PublicVersion.name.in_(bindparam("names", expanding=True)))
    .values(number=PublicVersion.number + 1)
)


@event.listens_for(Session, "after_flush")
def notice(session: Session, *_: object) -> None:
    """Remember that this unit of work changed a row of a model that says what it is ``public`` in.

    A row that was given the values it had counts as dirty too, but nothing of it is written.
    """
    changed = (row for row in session.dirty if session.is_modified(row))
    for row in (*session.new, *changed, *session.deleted):
        session.info.setdefault("published", set()).update(getattr(row, "public", ()))


def publish(*names: str) -> None:
    """Say that public content changed, for bulk statements that no flush would show."""
    db.session().info.setdefault("published", set()).update(names)


def publish_if_changed(session: Session) -> None:
    """Raise the numbers once, last of all, so that their rows are locked for the shortest time."""
    names = sorted(session.info.get("published", ()))
    if names:
        session.connection().execute(RAISE, {"names": names})


def forget(session: Session) -> None:
    """Forget what a unit of work touched; numbers that it raised are read again, here too."""
    if session.info.pop("published", None):
        g.pop("versions", None)


def version(name: str) -> int:
    """One of the numbers; all are read once a request.

    Past the session, which a visitor who has the page already never needs.
    """
    if "versions" not in g:
        with db.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT name, number FROM public_version")
            g.versions = {row[0]: row[1] for row in rows}
    return int(g.versions[name])
