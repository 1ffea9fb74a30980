"""Events of speed networking, with people who have signed up."""

from typing import Any

from c4s.accounts.models import Person
from c4s.core.db import db
from c4s.events.models import Event
from c4s.events.rules import EventKind
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import OutgoingLetter
from c4s.speed_networking import actions, queries
from c4s.speed_networking.actions import Details, SetUp
from c4s.speed_networking.models import Rota, RotaPerson
from c4s.speed_networking.rules import Presence
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff
from tests.events.builders import an_event, booked

NAMES = ("nia", "ifan", "elin", "gwyn", "mari", "huw")
SIDES = {"side_one": Bilingual("Busnesau", "Businesses"), "side_other": Bilingual("Gweithwyr", "Workers")}


def an_editor(who: str = "mair") -> Person:
    return a_member_of_staff(who, Who.EDITOR, name=who.title())


def an_evening(*names: str, **facts: Any) -> Event:
    """An event of this kind, at which these people have places; six of them unless told otherwise."""
    event = an_event(kind=EventKind.SPEED_NETWORKING, capacity=40, **facts)
    for name in names or NAMES:
        booked(event, name)
    return event


def set_up(event: Event, by: Person, **facts: Any) -> Rota:
    """Three rounds of five minutes at three tables, unless told otherwise."""
    actions.set_up(event.id, SetUp(**{"rounds": 3, "minutes": 5, "tables": 3, **facts}), by_id=by.id)
    return rota_of(event)


def planned(event: Event, by: Person, **facts: Any) -> Rota:
    """The same, with a rota."""
    set_up(event, by, **facts)
    actions.make(event.id, by_id=by.id, seed=1)
    return rota_of(event)


def finished(event: Event, by: Person, **facts: Any) -> Rota:
    """The same, with every round done and everybody asked whom they would like to meet again."""
    rota = planned(event, by, **facts)
    for number in range(1, rota.rounds + 1):
        actions.finish_round(event.id, number, by_id=by.id)
    actions.close(event.id, by_id=by.id)
    return rota_of(event)


def rota_of(event: Event) -> Rota:
    db.session.rollback()
    db.session.expire_all()
    found = queries.rota_of(event.id)
    assert found is not None
    return found


def people(event: Event) -> dict[str, RotaPerson]:
    """Everybody in the rota of an event, by name."""
    return {one.name: one for one in queries.people(rota_of(event).id)}


def change(one: RotaPerson, by: Person, **facts: Any) -> None:
    """Change what the rota knows of somebody; the rest stays as it is on an empty form."""
    defaults = {
        "side": one.side,
        "speaks_welsh": one.speaks_welsh,
        "fixed_table": None,
        "wants": frozenset(),
        "must_nots": frozenset(),
        "presence": Presence.HERE,
    }
    actions.change_person(one.id, Details(**{**defaults, **facts}), by_id=by.id)


def letters(kind: str) -> list[OutgoingLetter]:
    """Every letter of a kind, the oldest first."""
    db.session.rollback()
    found = db.session.query(OutgoingLetter).filter_by(letter=f"speed_networking/{kind}")
    return list(found.order_by(OutgoingLetter.id))
