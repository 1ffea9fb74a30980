"""What can be asked about news: who wants it, and what there is. Nothing here changes anything."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import selectinload

from c4s.accounts.models import Person
from c4s.accounts.rules import PersonState
from c4s.core.db import db
from c4s.directory.models import Supplier, supplier_area, supplier_category
from c4s.directory.queries import LISTED
from c4s.events.models import Event
from c4s.events.rules import EventState
from c4s.mail.models import Channel
from c4s.news.models import NewsWish
from c4s.taxonomy.queries import Terms


def wish_of(person_id: int) -> NewsWish | None:
    """What somebody wants to hear of; None for nothing."""
    return db.session.get(
        NewsWish, person_id, options=[selectinload(NewsWish.categories), selectinload(NewsWish.areas)]
    )


def reached(person: Person) -> bool:
    """Whether news can reach somebody: their account is open, and they have proved an e-mail address."""
    is_here = person.state == PersonState.ACTIVE and person.proved_at is not None
    return is_here and person.channel == Channel.EMAIL and person.email != ""


def told_before(moment: datetime) -> Sequence[int]:
    """Who wants news, and was last told some before a moment."""
    return db.session.scalars(
        select(NewsWish.person_id)
        .join(Person, Person.id == NewsWish.person_id)
        .where(NewsWish.told_until < moment, Person.state == PersonState.ACTIVE)
        .order_by(NewsWish.person_id)
    ).all()


def within(terms: Terms, chosen: Collection[int]) -> set[int]:
    """The numbers of the chosen terms, and of those beneath them."""
    return {term.id for term in terms.by_id.values() if term.id in chosen or term.parent_id in chosen}


def new_events(since: datetime, moment: datetime, areas: Collection[int], number: int) -> Sequence[Event]:
    """The next events to which somebody can still sign up that have come since a moment, the soonest first.

    Args:
        areas: only events there, online ones, and those that say nothing of where; empty for every area.
    """
    where: list[ColumnElement[bool]] = [
        Event.state == EventState.PUBLISHED,
        Event.created_at > since,
        Event.created_at <= moment,
        Event.closes_at > moment,
    ]
    if areas:
        where.append(or_(Event.area_id.in_(areas), Event.area_id.is_(None), Event.online))
    return db.session.scalars(select(Event).where(*where).order_by(Event.starts_at, Event.id).limit(number)).all()


def new_suppliers(
    since: datetime, moment: datetime, categories: Collection[int], areas: Collection[int], number: int
) -> Sequence[Supplier]:
    """Entries of the directory that have come since a moment, the newest first.

    Args:
        categories, areas: only entries in one of them; empty for all.
    """
    where: list[ColumnElement[bool]] = [*LISTED, Supplier.created_at > since, Supplier.created_at <= moment]
    if categories:
        filed = select(supplier_category.c.supplier_id).where(supplier_category.c.category_id.in_(categories))
        where.append(Supplier.id.in_(filed))
    if areas:
        works = select(supplier_area.c.supplier_id).where(supplier_area.c.area_id.in_(areas))
        where.append(or_(Supplier.area_id.in_(areas), Supplier.id.in_(works)))
    return db.session.scalars(
        select(Supplier).where(*where).order_by(Supplier.created_at.desc(), Supplier.id.desc()).limit(number)
    ).all()
