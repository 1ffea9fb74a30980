"""People who want news, and what there is to tell them."""

from typing import Any

from c4s.accounts.models import Person
from c4s.core.db import db
from c4s.mail.models import OutgoingLetter
from c4s.news import actions
from c4s.news.models import NewsWish
from c4s.news.rules import Letter
from c4s.taxonomy import queries as taxonomy
from tests.accounts.builders import a_person


def a_reader(who: str = "nia", *wanted: Letter, **about: Any) -> Person:
    """Somebody who wants all the news, unless told otherwise."""
    person = a_person(who)
    actions.choose(person.id, wanted or tuple(Letter), **about)
    return person


def category(code: str) -> int:
    """The number of a category."""
    return taxonomy.categories().by_code[code].id


def area(code: str) -> int:
    """The number of an area."""
    return taxonomy.areas().by_code[code].id


def news_for(who: str = "nia") -> list[OutgoingLetter]:
    """The letters with news that somebody was sent, the oldest first."""
    db.session.rollback()
    found = db.session.query(OutgoingLetter).filter_by(letter="news/weekly", to_address=f"{who}@example.cymru")
    return list(found.order_by(OutgoingLetter.id))


def wishes() -> list[NewsWish]:
    """All that people want to hear of."""
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.query(NewsWish).order_by(NewsWish.person_id))
