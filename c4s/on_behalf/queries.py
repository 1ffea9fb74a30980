"""What can be asked about people of a business who have no e-mail. Nothing here changes anything."""

from c4s.accounts import rules as accounts
from c4s.accounts.models import Person
from c4s.businesses import queries as businesses
from c4s.businesses.models import Membership
from c4s.directory import queries as directory
from c4s.directory.models import JointWork, Supplier
from c4s.on_behalf.rules import Deed, needs_staff
from c4s.profiles import joint_work
from c4s.profiles.pieces_rules import MOVES
from c4s.profiles.pieces_rules import Did as Moved
from c4s.quality import queries as quality
from c4s.takedowns import queries as takedowns


def needs_us(person: Person) -> bool:
    """Whether somebody can only do something through our staff."""
    return needs_staff(has_email=bool(person.email), is_open=accounts.may_sign_in(person.state))


def can_sign_in(person: Person) -> bool:
    """Whether somebody has an open account and e-mail, and does things there."""
    return bool(person.email) and accounts.may_sign_in(person.state)


def people(supplier: Supplier) -> list[Membership]:
    """Those who speak for the business of an entry and need our staff for it."""
    if supplier.business_id is None:
        return []
    return [one for one in businesses.members_of(supplier.business_id) if needs_us(one.person)]


def is_of_it(supplier: Supplier, person_id: int) -> bool:
    """Whether somebody speaks for the business of an entry."""
    return supplier.business_id is not None and person_id in businesses.roles_in(supplier.business_id)


def claims_it(supplier_id: int, person_id: int) -> bool:
    """Whether a claim to an entry waits that somebody made or wrote down, that is of a business of theirs, or that
    somebody makes whom they registered."""
    return any(
        person_id in (one.person_id, one.entered_by_id, one.person.entered_by_id, *businesses.roles_in(one.business_id))
        for one in directory.waiting_claims(supplier_id)
    )


def works(supplier_id: int, staff_id: int) -> list[tuple[JointWork, Supplier]]:
    """What others say that they did with a business, and who says it; without what a member of staff says for a
    business of their own, for nobody confirms their own words."""
    return [(row, who) for row, who in joint_work.asked_of(supplier_id) if not is_of_it(who, staff_id)]


def deeds(supplier: Supplier, staff_id: int) -> list[Deed]:
    """What there is for a member of staff to do about an entry just now."""
    hidden = takedowns.open_of(supplier.id)
    there = {
        Deed.APPEAL: hidden is not None and hidden.appealed_at is None,
        Deed.REOPEN: supplier.status in MOVES[Moved.REOPENED][0],
        Deed.ANSWER: bool(works(supplier.id, staff_id)),
        Deed.SIGN: quality.current() is not None,
    }
    return [deed for deed, is_there in there.items() if is_there]
