"""A table of the tests' own, so that the ground floor is tested without a capability."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

import pytest
from flask import Flask
from sqlalchemy import ForeignKey, Integer, String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from c4s.core.changes import PAGES
from c4s.core.db import UtcDateTime, db, text_enum
from c4s.core.units import unit_of_work


class Mood(StrEnum):
    CALM = "calm"
    CROSS = "cross"


class Own(DeclarativeBase):
    """Kept apart from the site's tables, which the migrations must match."""


class Thing(Own):
    """Something with a name that counts its turns."""

    __tablename__ = "thing_of_a_test"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    turn: Mapped[int] = mapped_column(Integer, default=0)
    number: Mapped[int] = mapped_column(Integer, default=0)
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mood: Mapped[Mood | None] = mapped_column(text_enum(Mood))


class PublicThing(Own):
    """Something that people read on public pages."""

    __tablename__ = "public_thing_of_a_test"
    public = (PAGES,)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    thing_id: Mapped[int | None] = mapped_column(ForeignKey(Thing.id))


@pytest.fixture
def things(site: Flask) -> Iterator[None]:
    """The tests' own tables, empty."""
    Own.metadata.create_all(db.engine)
    yield
    db.session.rollback()
    Own.metadata.drop_all(db.engine)


@unit_of_work
def add(name: str) -> Thing:
    thing = Thing(name=name)
    db.session.add(thing)
    db.session.flush()
    return thing


def names() -> list[str]:
    """What somebody else sees: the names, read through another connection."""
    with db.engine.connect() as another:
        return list(another.scalars(select(Thing.name).order_by(Thing.name)))
