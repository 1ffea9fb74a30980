"""What staff do for somebody of a business who has no e-mail: each verb is one unit of work.

Nothing of it is done here: it is what the person would do, by the same rules, and the trail says who did it for whom.
Locks are taken in one order: the person, the business, the entry.
"""

from enum import StrEnum

from c4s.accounts.models import Person
from c4s.audit import trail
from c4s.audit.trail import Entered
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import unit_of_work
from c4s.directory import queries as directory
from c4s.directory.models import Supplier
from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail.phrases import SPOKEN
from c4s.on_behalf import letters, phrases, queries, steps
from c4s.on_behalf.rules import Deed, Did, WhyNot
from c4s.profiles import joint_work
from c4s.profiles import now as living
from c4s.profiles.pieces_rules import Did as Moved
from c4s.quality import actions as quality
from c4s.quality import rules as quality_rules
from c4s.takedowns import actions as takedowns
from c4s.takedowns import queries as hiding
from c4s.takedowns import rules as takedowns_rules

KIND = "supplier"


@unit_of_work
def appeal(supplier_id: int, words: str, *, person_id: int, entered: Entered) -> bool:
    """Appeal for somebody against hiding the entry of their business; they are told. The same again changes nothing.

    Args:
        person_id: whose word it is; ``entered``: who does it for them, and how the word came.

    Returns:
        whether anything changed.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when the member of staff may not; ``NOT_THERE``; as ``rules.may_act``;
            ``HID_IT``; otherwise as ``takedowns.actions.appeal``.
    """
    business_id, supplier, person = _for(supplier_id, person_id, entered, takedowns_rules.Did.APPEALED)
    found = hiding.open_of(supplier_id)
    if found is not None and found.by_id == entered.by_id:
        raise Refused(WhyNot.HID_IT)
    done = takedowns.appeal(business_id, supplier_id, words, by_id=person_id, entered=entered)
    if done:
        _tell(person, supplier, entered, phrases.TOLD[Deed.APPEAL], (_l("Your appeal"), words))
    return done


@unit_of_work
def reopen(supplier_id: int, *, person_id: int, entered: Entered) -> bool:
    """Open a business again for somebody; everybody of it is told, and they are told that it was done at their word.
    Otherwise as ``appeal`` and ``profiles.now.close_or_open``."""
    business_id, supplier, person = _for(supplier_id, person_id, entered, Moved.REOPENED)
    done = living.close_or_open(business_id, supplier_id, Moved.REOPENED, by_id=person_id, entered=entered)
    if done:
        _tell(person, supplier, entered, phrases.TOLD[Deed.REOPEN])
    return done


@unit_of_work
def answer(supplier_id: int, joint_id: int, *, is_so: bool, seen: str, person_id: int, entered: Entered) -> bool:
    """Say for somebody whether what another business says is so; they are told. Otherwise as ``appeal`` and
    ``profiles.joint_work.answer``; ``ONES_OWN`` too when the other business is one of the member of staff: they would
    confirm their own words."""
    deed = Moved.JOINT_CONFIRMED if is_so else Moved.JOINT_DECLINED
    business_id, supplier, person = _for(supplier_id, person_id, entered, deed)
    row = joint_work.answer(
        business_id, supplier_id, joint_id, is_so=is_so, seen=seen, by_id=person_id, entered=entered
    )
    if row is not None:
        party = db.session.get_one(Supplier, row.supplier_id)
        if queries.is_of_it(party, entered.by_id):
            raise Refused(WhyNot.ONES_OWN)
        said = ((_l("The other business"), party.names), (_l("What they say"), row.what))
        _tell(person, supplier, entered, phrases.TOLD_OF_JOINT_WORK[row.state], *said)
    return row is not None


@unit_of_work
def sign(supplier_id: int, number: int, language: str, *, person_id: int, entered: Entered) -> bool:
    """Sign for somebody the version of the code that they have read, or that was read to them; they are told.
    Otherwise as ``appeal`` and ``quality.actions.sign``.

    Args:
        language: in which they read or heard it.
    """
    business_id, supplier, person = _for(supplier_id, person_id, entered, quality_rules.Did.SIGNED)
    done = quality.sign(business_id, number, language, by_id=person_id, entered=entered)
    if done:
        said = ((_l("Version"), str(number)), (_l("Read in"), SPOKEN[language]))
        _tell(person, supplier, entered, phrases.TOLD[Deed.SIGN], *said)
    return done


@unit_of_work
def looked(supplier_id: int, *, by_id: int) -> None:
    """Note that a member of staff saw who of a business has no e-mail."""
    trail.record(Did.LOOKED, KIND, supplier_id, by=trail.person(by_id))


def _for(supplier_id: int, person_id: int, entered: Entered, deed: StrEnum) -> tuple[int, Supplier, Person]:
    """The number of the business that keeps an entry; the entry; and the one of its people at whose word a member of
    staff does something: as ``steps.asked_for`` holds them."""
    supplier = directory.supplier(supplier_id)
    if supplier is None or supplier.business_id is None:
        raise Refused(WhyNot.NOT_THERE)
    business, person = steps.asked_for(supplier.business_id, person_id, entered, deed)
    return business.id, supplier, person


def _tell(person: Person, supplier: Supplier, entered: Entered, told: object, *details: tuple[object, object]) -> None:
    said = ((_l("Entry"), supplier.names), *details)
    letters.done(person, ("supplier", supplier.id), entered.came_by, told, said)
