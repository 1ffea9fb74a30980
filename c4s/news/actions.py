"""What people decide about news, and the weekly letters: each verb is one unit of work."""

import logging
from collections.abc import Collection
from datetime import datetime, time, timedelta

from sqlalchemy import delete, select

from c4s.accounts import steps
from c4s.accounts.models import Person
from c4s.audit import trail
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.units import held, one_by_one, unit_of_work
from c4s.i18n import formats
from c4s.news import letters, queries, rules
from c4s.news.models import NewsWish, news_area, news_category
from c4s.news.rules import Did, Letter
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.models import Area, Category

log = logging.getLogger("c4s.news")


@unit_of_work
def choose(
    person_id: int, wanted: Collection[Letter], *, categories: Collection[int] = (), areas: Collection[int] = ()
) -> Did:
    """Somebody says what news they want, and what it should be about; nothing wanted is nothing kept.

    What has come before they first agreed is not news to them.

    Args:
        categories, areas: numbers; empty for all of them, and those that there are not count for nothing.

    Raises:
        Refused: ``NOT_THIS_STATE`` of accounts.
    """
    person = steps.held_if_here(person_id)
    wish = queries.wish_of(person_id)
    if not wanted:
        return _stop(person_id, trail.person(person.id))
    moment = now()
    if wish is None:
        wish = NewsWish(person_id=person_id, told_until=moment)
        db.session.add(wish)
    wish.events, wish.businesses, wish.agreed_at = Letter.EVENTS in wanted, Letter.BUSINESSES in wanted, moment
    wish.categories = list(db.session.scalars(select(Category).where(Category.id.in_(categories))))
    wish.areas = list(db.session.scalars(select(Area).where(Area.id.in_(areas))))
    trail.record(Did.CHOSE, "person", person_id, by=trail.person(person.id), letters=sorted(wanted))
    return Did.CHOSE


@unit_of_work
def stop(person_id: int) -> None:
    """Somebody wants no more news: by the link of a letter, which needs no sign-in. Doing it again changes nothing."""
    held(Person, person_id)
    _stop(person_id, trail.person(person_id))


def _stop(person_id: int, by: str) -> Did:
    if _forget(person_id):
        trail.record(Did.STOPPED, "person", person_id, by=by)
    return Did.STOPPED


def _forget(person_id: int) -> int:
    db.session.flush()
    for table in (news_category, news_area):
        db.session.execute(delete(table).where(table.c.person_id == person_id))
    return rows_changed(delete(NewsWish).where(NewsWish.person_id == person_id))


def leave(person: Person) -> None:
    """Forget what somebody wanted whose account closes; a part of that unit of work."""
    _forget(person.id)


def send_due() -> int:
    """Post this week's letters that have not been posted yet. Again, or in two places at once, it changes nothing.

    Each person is their own unit of work: what goes wrong with one undoes nothing of another.

    Returns:
        how many letters.
    """
    moment = now()
    monday = formats.uk(moment).date() - timedelta(days=formats.uk(moment).weekday())
    began = datetime.combine(monday, time(), formats.UK)
    return one_by_one(queries.told_before(began), lambda number: _send(number, moment), log, "No news for account %s")


@unit_of_work
def _send(person_id: int, moment: datetime) -> bool:
    """Tell one person what is new to them, if anything is."""
    person = held(Person, person_id)
    wish = db.session.get(NewsWish, person_id, populate_existing=True)
    if wish is None or not queries.reached(person):
        return False
    since = wish.told_until
    if not rules.is_due(formats.uk(since).date(), formats.uk(moment).date()):
        return False
    wish.told_until = moment
    areas = queries.within(taxonomy.areas(), {area.id for area in wish.areas})
    categories = queries.within(taxonomy.categories(), {category.id for category in wish.categories})
    events = queries.new_events(since, moment, areas, rules.MOST + 1) if wish.events else []
    suppliers = queries.new_suppliers(since, moment, categories, areas, rules.MOST + 1) if wish.businesses else []
    if not events and not suppliers:
        return False
    letters.weekly(person, events, suppliers)
    return True
