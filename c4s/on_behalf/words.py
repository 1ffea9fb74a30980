"""What the entry of a business says, written down by our staff for somebody who has no e-mail: each verb is one unit of
work.

It is that person's own writing, by the same rules; whoever wrote any of it down does not decide on it. Locks are taken
in one order: the person, the business, the entry.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from c4s.accounts.models import Person
from c4s.audit.trail import Entered
from c4s.core.errors import Refused
from c4s.core.units import unit_of_work
from c4s.directory import queries as entries
from c4s.directory.models import Supplier
from c4s.i18n.speech import lazy_gettext as _l
from c4s.moderation import steps as versions
from c4s.moderation.rules import Did as Moderated
from c4s.on_behalf import letters, steps
from c4s.on_behalf.rules import WhyNot
from c4s.profiles import actions as profiles
from c4s.profiles import content, queries
from c4s.profiles import phrases as profiles_phrases
from c4s.profiles.rules import Did, Outcome


@unit_of_work
def make(business_id: int, *, person_id: int, entered: Entered) -> int:
    """Begin an entry for a business that keeps none, for somebody who owns it.

    Args:
        person_id: whose word it is; ``entered``: who does it for them, and how the word came.

    Returns:
        the number of the entry.

    Raises:
        Refused: as ``steps.asked_for`` and ``profiles.actions.make``.
    """
    steps.asked_for(business_id, person_id, entered, Did.MADE)
    return profiles.make(business_id, by_id=person_id, entered=entered)


@unit_of_work
def save(
    business_id: int,
    supplier_id: int,
    values: Mapping[str, Any],
    *,
    seen: str = "",
    taking: Collection[str] = (),
    person_id: int,
    entered: Entered,
) -> bool:
    """Keep what somebody says in some fields; they are told once all of it is submitted. Otherwise as ``make`` and
    ``profiles.actions.save``."""
    steps.asked_for(business_id, person_id, entered, Moderated.ENTERED)
    return profiles.save(business_id, supplier_id, values, by_id=person_id, seen=seen, taking=taking, entered=entered)


@unit_of_work
def submit(business_id: int, supplier_id: int, *, person_id: int, entered: Entered) -> bool:
    """Ask a colleague to read what was written for somebody; they are told what that is. The same again changes
    nothing. Otherwise as ``make`` and ``profiles.actions.submit``.

    Returns:
        whether anything changed.
    """
    person, supplier = _of(business_id, supplier_id, person_id, entered, Moderated.SUBMITTED)
    written = queries.written(supplier)
    if written.is_waiting:
        return False
    profiles.submit(business_id, supplier_id, by_id=person_id, entered=entered)
    said = [(field.label, words) for field, words in content.changes(written.live, written.content)]
    letters.submitted(person, supplier, entered.came_by, said)
    return True


@unit_of_work
def withdraw(business_id: int, supplier_id: int, *, person_id: int, entered: Entered) -> bool:
    """Take back what waits, for somebody; they are told. Otherwise as ``submit`` and ``profiles.actions.withdraw``."""
    person, supplier = _of(business_id, supplier_id, person_id, entered, Moderated.WITHDREW)
    is_waiting = queries.written(supplier).is_waiting
    profiles.withdraw(business_id, supplier_id, by_id=person_id, entered=entered)
    if is_waiting:
        told = profiles_phrases.OUTCOME[Outcome.WITHDRAWN]
        letters.done(person, ("supplier", supplier_id), entered.came_by, told, ((_l("Entry"), supplier.names),))
    return is_waiting


def _of(business_id: int, supplier_id: int, person_id: int, entered: Entered, deed: StrEnum) -> tuple[Person, Supplier]:
    """Somebody, held as ``steps.asked_for`` does, and an entry of their business: what is written of it is held before
    it is read, for a moderator may decide meanwhile."""
    _, person = steps.asked_for(business_id, person_id, entered, deed)
    versions.hold(content.NAME, supplier_id)
    supplier = entries.entry_of(business_id, supplier_id)
    if supplier is None:
        raise Refused(WhyNot.NOT_THERE)
    return person, supplier
