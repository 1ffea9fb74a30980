"""A kind of thing that only tests have: a noticeboard, with a few fields, kept in a table of its own."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import JSON, Column, Integer, MetaData, String, Table, delete, insert, select, update

from c4s.accounts.models import Person
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.speech import lazy_gettext as _l
from c4s.moderation import actions, kinds, queries, reading
from c4s.moderation.kinds import Field, Kind, Said
from c4s.moderation.models import Revision
from c4s.moderation.reading import Decision
from c4s.moderation.rules import Verdict
from c4s.web.rights import Right

BOARD = "board"
TABLE = Table(
    "test_board",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("name", String(100)),
    Column("people", JSON),
    Column("content", JSON),
)
EMPTY: dict[str, Any] = {"name": "", "words": {"cy": "", "en": ""}, "phone": "", "kind": "", "care": ""}
FULL = {
    "name": "Bwrdd y Bont",
    "words": {"cy": "Bara bob bore.", "en": "Bread every morning."},
    "phone": "01632 960 001",
    "kind": "shop",
    "care": "",
}
LABELS: dict[str, object] = {
    "name": _l("Name"),
    "words": _l("Description"),
    "phone": _l("Phone"),
    "kind": _l("Kind of business"),
    "care": _l("Access"),
}
KINDS = {"shop": Bilingual("Siop", "Shop"), "cafe": Bilingual("Caffi", "Café"), "": Bilingual()}
PAGE, PICTURE = "<!doctype html><title>{}</title>", "picture:"


def _row(subject_id: int) -> Any:
    return db.session.execute(select(TABLE).where(TABLE.c.id == subject_id)).one()


def _fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> Sequence[Field]:
    more = sorted({*before, *after} - set(LABELS))
    return [
        *(
            Field(name, label, "pages.home", Right.MODERATE_CARE if name == "care" else None)
            for name, label in LABELS.items()
        ),
        *(Field(name, _l("Picture"), "pages.home") for name in more),
    ]


def _say(name: str, value: Any) -> Said:
    if name == "words":
        return Said(Bilingual(value["cy"], value["en"]), is_bilingual=True)
    if name == "kind":
        return Said(KINDS[value])
    if name.startswith(PICTURE):
        return Said(Bilingual(value["cy"], value["en"]), is_bilingual=True, picture=f"/static/{name}.webp")
    return Said(Bilingual(value, value))


def _publish(subject_id: int, content: Mapping[str, Any], by_id: int) -> None:
    published.append((subject_id, dict(content), by_id))
    db.session.execute(update(TABLE).where(TABLE.c.id == subject_id).values(content=dict(content)))


published: list[tuple[int, dict[str, Any], int]] = []
"""What was made to be seen by readers, in a test: whatever became of the unit of work."""


def _people(ids: Sequence[int]) -> dict[int, list[Person]]:
    rows = db.session.execute(select(TABLE.c.id, TABLE.c.people).where(TABLE.c.id.in_(ids))).all()
    numbers = {number for row in rows for number in row.people}
    known = {one.id: one for one in db.session.scalars(select(Person).where(Person.id.in_(numbers)))}
    return {row.id: [known[number] for number in row.people if number in known] for row in rows}


KIND = Kind(
    name=BOARD,
    title=_l("Business"),
    live=lambda subject_id: _row(subject_id).content,
    fields=_fields,
    say=_say,
    missing=lambda content: [name for name in ("name", "words") if not _say(name, content[name]).words],
    publish=_publish,
    names=lambda ids: dict(
        tuple(row) for row in db.session.execute(select(TABLE.c.id, TABLE.c.name).where(TABLE.c.id.in_(ids)))
    ),
    people=_people,
    place=lambda subject_id: {},
    endpoint="pages.about",
    preview=lambda subject_id, content: PAGE.format(content["name"]),
)


@contextmanager
def boards(site: Flask) -> Iterator[None]:
    """Boards are moderated here, for a while."""
    published.clear()
    TABLE.create(db.engine, checkfirst=True)
    kinds.register(site, KIND)
    yield
    del site.extensions[kinds.KINDS][BOARD]
    db.session.rollback()
    TABLE.drop(db.engine)


@unit_of_work
def a_board(*people: Person, name: str = "Bwrdd y Bont", content: dict[str, Any] | None = None) -> int:
    """A board of some people, with nothing on it that readers see unless told otherwise; gives its number."""
    numbers = [person.id for person in people]
    row = insert(TABLE).values(name=name, people=numbers, content=content or EMPTY)
    return int(db.session.execute(row).inserted_primary_key[0])


def live(board: int) -> dict[str, Any]:
    """What readers see of a board."""
    db.session.rollback()
    found: dict[str, Any] = _row(board).content
    return found


@unit_of_work
def forget_boards() -> None:
    db.session.execute(delete(TABLE))


def submitted(board: int, by: Person, **values: Any) -> int:
    """Somebody changes a board and submits it: all of it, if nothing else is said. Gives the version’s number."""
    actions.save(BOARD, board, values or FULL, by_id=by.id)
    return actions.submit(BOARD, board, by_id=by.id).id


def found(revision_id: int) -> Revision:
    """A version as it is now, a draft too."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Revision, revision_id)


def draft(board: int) -> Revision | None:
    """What is open of a board."""
    db.session.rollback()
    return queries.open_revision(BOARD, board)


def states(board: int) -> list[tuple[int, str]]:
    """Every version of a board: its number and its state."""
    db.session.rollback()
    of_it = select(Revision.number, Revision.state).where(Revision.kind == BOARD, Revision.subject_id == board)
    return [(number, str(state)) for number, state in db.session.execute(of_it.order_by(Revision.number))]


YES = Decision(Verdict.ACCEPTED)
NO = Decision(Verdict.RETURNED, "unclear")


def read(revision_id: int) -> str:
    """What a form says of what its moderator has before them."""
    revision = found(revision_id)
    return reading.digest(reading.plain(KIND.live(revision.subject_id)), revision.content)


def decided(revision_id: int, by: Person, but: Mapping[str, Decision] | None = None) -> str:
    """A moderator accepts every field that changed, but for what is said of some. Gives the state it is in then."""
    revision = found(revision_id)
    before = reading.plain(KIND.live(revision.subject_id))
    fields = [field.name for field in reading.changed(KIND, before, revision.content)]
    decisions = dict.fromkeys(fields, YES) | dict(but or {})
    return str(actions.decide(revision_id, decisions, by_id=by.id, read=read(revision_id)))


def waiting_since(revision_id: int) -> Any:
    """When a version was submitted."""
    return found(revision_id).submitted_at or now()
