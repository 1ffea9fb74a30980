"""An entry that Nia keeps with Elin, who has no e-mail; nothing is random."""

from sqlalchemy import update

from c4s.accounts.models import Person
from c4s.accounts.rules import CameBy
from c4s.audit import trail
from c4s.audit.trail import Entered
from c4s.businesses.models import Business
from c4s.businesses.rules import MemberRole
from c4s.businesses.steps import let_in
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory import queries
from c4s.directory.models import Supplier
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import OutgoingLetter
from c4s.on_behalf import steps
from c4s.on_behalf.rules import Did as Asked
from c4s.profiles import now, pieces
from c4s.profiles.pieces_rules import Did
from tests.accounts.builders import a_person, again, entered
from tests.profiles.pieces_builders import an_entry, published
from tests.quality.builders import a_code
from tests.takedowns.builders import hidden

WHAT = Bilingual("Priodas fawr", "A big wedding")
OWNER, EDITOR = MemberRole.OWNER, MemberRole.EDITOR


@unit_of_work
def speaks_for(business_id: int, person: Person, role: MemberRole = OWNER) -> None:
    """Somebody speaks for a business from here on."""
    let_in(db.session.get_one(Business, business_id), db.session.get_one(Person, person.id), role)


def with_elin(
    name: str = "Becws y Bont",
    role: MemberRole = OWNER,
    who: str = "nia",
    without: str = "elin",
    by: Person | None = None,
) -> tuple[tuple[int, int], Person, Person]:
    """The numbers of a business and of its entry, which readers see; the one of its people who has e-mail, and the one
    who has none, whom a member of staff registered."""
    owner = a_person(who)
    entry = an_entry(owner, name)
    elin = entered(without, by=by)
    speaks_for(entry[0], elin, role)
    return entry, again(owner.id), again(elin.id)


def with_all_to_do(entry: tuple[int, int], by: Person, hides: Person, who: str = "huw") -> None:
    """An entry is paused and hidden, another says that they worked together, and there is a code to sign.

    Args:
        by: of its business; ``hides``: of staff; ``who``: of the other business.
    """
    now.close_or_open(*entry, Did.PAUSED, by_id=by.id)
    other = a_person(who)
    place = an_entry(other, "Becws Huw")
    pieces.add_joint_work(*place, entry[1], WHAT, 2025, by_id=other.id)
    published(place[1], other)
    a_code()
    hidden(entry[1], hides)


def at_the_word(helper: Person, came_by: CameBy = CameBy.PHONE) -> Entered:
    """A member of staff was told, on the phone if nothing else is said."""
    return Entered(helper.id, came_by)


def supplier(entry: tuple[int, int]) -> Supplier:
    """An entry as the database has it."""
    db.session.rollback()
    db.session.expire_all()
    found = queries.supplier(entry[1])
    assert found is not None
    return found


def held_in_turn(monkeypatch, meanwhile=None) -> list[tuple[str, int]]:
    """Note each row that ``steps`` holds from here on: its table, and its number.

    Args:
        meanwhile: what somebody else does to somebody while we wait for them.
    """
    found, really = [], steps.held

    def held(model, number):
        found.append((model.__tablename__, number))
        if model is Person and meanwhile:
            change = update(Person).where(Person.id == number).values(**meanwhile)
            db.session.execute(change.execution_options(synchronize_session=False))
        return really(model, number)

    monkeypatch.setattr(steps, "held", held)
    return found


def letters_of(person: Person) -> list[OutgoingLetter]:
    """What waits for somebody without e-mail since their account was opened, the oldest first."""
    db.session.rollback()
    found = db.session.query(OutgoingLetter).filter_by(to_address=person.postal_address)
    return [one for one in found.order_by(OutgoingLetter.id) if not one.letter.startswith("accounts/")]


def done_for(person: Person) -> list[tuple[str, object, object, object]]:
    """What the trail says of somebody that staff did at their word: who did it, what, how they were told, and for which
    business."""
    db.session.rollback()
    return [
        (one.actor, one.facts["deed"], one.facts["came_by"], one.facts.get("business"))
        for one in trail.history_of("person", person.id)
        if one.action == Asked.ASKED
    ]


def told(kind: str, number: int, action: str) -> list[tuple[str, object, object]]:
    """What the trail says of one deed: who did it, for whom, and how they were told."""
    db.session.rollback()
    return [
        (one.actor, one.facts.get("person"), one.facts.get("came_by"))
        for one in trail.history_of(kind, number)
        if one.action == action
    ]
