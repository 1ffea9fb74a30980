"""Wishes for words in the other language, with obvious defaults; nothing is random."""

from typing import Any

from c4s.accounts.models import Person
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory import showing
from c4s.directory.models import Service, Supplier
from c4s.i18n.bilingual import Bilingual
from c4s.translations import actions, queries, rules
from c4s.translations.models import TranslationWish
from tests.conftest import NOW
from tests.takedowns.builders import kept

WELSH = Bilingual("Bara bob bore.", "")
SAID = {"summary/": "Bread every morning."}


def an_entry(owner: Person, name: str = "Becws y Bont", **facts: Any) -> tuple[int, int]:
    """An entry that says what it is in Welsh alone; gives the numbers of its business and of itself."""
    return kept(owner, name, **{"summary": WELSH, **facts})


@unit_of_work
def with_service(supplier_id: int, name: Bilingual, description: Bilingual) -> None:
    """Give an entry a service."""
    db.session.add(
        Service(
            supplier_id=supplier_id,
            key="s1",
            position=1,
            name=name,
            description=description,
            price_guide=Bilingual(),
            areas=[],
            updated_at=NOW,
        )
    )
    db.session.flush()
    showing.renew([supplier_id])


def wished(owner: Person, place: tuple[int, int]) -> TranslationWish:
    """Somebody asks for words in the other language; gives the wish."""
    db.session.rollback()
    actions.ask(*place, by_id=owner.id)
    return wishes()[-1]


def wishes() -> list[TranslationWish]:
    """Every wish as the database has it, the oldest first."""
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.query(TranslationWish).order_by(TranslationWish.id))


def read(supplier_id: int) -> str:
    """The digest of what is missing now, as a page carries it."""
    db.session.rollback()
    db.session.expire_all()
    return rules.digest([one.piece for one in queries.missing(supplier_id)])


def entry(supplier_id: int) -> Supplier:
    """An entry as the database has it."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Supplier, supplier_id)
