"""How somebody without e-mail comes to speak for a business, through our staff: each verb is one unit of work.

Locks are taken in one order: the person (of two, the one with the lower number first), the business, the entry.
"""

from c4s.audit.trail import Entered
from c4s.businesses import actions as businesses
from c4s.businesses import phrases as businesses_phrases
from c4s.businesses.actions import Answer
from c4s.businesses.rules import Details, Did, MemberRole
from c4s.core.errors import Refused
from c4s.core.text import fold
from c4s.core.units import unit_of_work
from c4s.directory import claiming
from c4s.directory import phrases as directory_phrases
from c4s.directory import queries as directory
from c4s.directory import rules as directory_rules
from c4s.i18n import addresses
from c4s.i18n.speech import lazy_gettext as _l
from c4s.on_behalf import letters, phrases, queries, rules, steps
from c4s.on_behalf.rules import WhyNot


@unit_of_work
def add_business(person_id: int, details: Details, *, key: str, entered: Entered, is_another: bool = False) -> Answer:
    """Add a business for somebody, who owns it and is told. Otherwise as ``businesses.actions.add``.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when the member of staff may not; ``NOT_THERE``; ``ONES_OWN`` for themself;
            ``NOT_FOR_THEM``; otherwise as ``businesses.actions.add``.
    """
    person = steps.asked_by(person_id, entered, Did.ADDED)
    answer = businesses.add(person_id, details, key=key, is_another=is_another, entered=entered)
    if answer.is_new:
        assert answer.business_id is not None
        about = ("business", answer.business_id)
        letters.done(person, about, entered.came_by, phrases.ADDED, phrases.details(details))
    return answer


@unit_of_work
def let_in(
    business_id: int, newcomer_id: int, name: str, role: MemberRole, *, person_id: int, entered: Entered
) -> bool:
    """Let somebody without e-mail speak for a business, at the word of an owner; both are told. An owner who has e-mail
    is told there, so that a false word is seen at once, and sees on their own page who speaks for the business.

    Args:
        newcomer_id: who is let in; ``name``: what the owner calls them, so that a wrong number lets in nobody.
        person_id: the owner; of one who can sign in the newcomer becomes an editor, and no owner.

    Returns:
        whether anything changed.

    Raises:
        Refused: ``NO_SUCH_NEWCOMER``; as ``rules.may_let_in``; otherwise as ``steps.asked_for`` and
            ``businesses.actions.let_in``.
    """
    steps.hold_people(newcomer_id, person_id)
    try:
        newcomer = steps.asked_by(newcomer_id, entered, Did.LET_IN, business=business_id)
    except Refused as refusal:
        if refusal.reason in (WhyNot.NOT_THERE, WhyNot.NOT_FOR_THEM):
            raise Refused(WhyNot.NO_SUCH_NEWCOMER) from None
        raise
    if fold(newcomer.name) != fold(name):
        raise Refused(WhyNot.NO_SUCH_NEWCOMER)
    business, person = steps.asked_for(business_id, person_id, entered, Did.LET_IN, may_have_email=True)
    has_registered_them = newcomer.entered_by_id == entered.by_id
    rules.may_let_in(role, can_sign_in=bool(person.email), has_registered_them=has_registered_them)
    if not businesses.let_in(business_id, newcomer, role, by_id=person_id, entered=entered):
        return False
    said = (
        (_l("Business"), business.name),
        (_l("Name"), newcomer.name),
        (_l("Their role from now on"), businesses_phrases.ROLE[role]),
    )
    told = businesses_phrases.OUTCOME[Did.LET_IN]
    link = addresses.links("businesses.show", business_id=business_id)
    letters.done(person, ("business", business_id), entered.came_by, told, said, link=link)
    return True


@unit_of_work
def withdraw(business_id: int, claim_id: int, *, person_id: int, entered: Entered) -> None:
    """Withdraw a claim that waits for somebody who thought again; they are told.

    Raises:
        Refused: ``OTHER_CLAIM``; otherwise as ``steps.asked_for`` and ``directory.claiming.withdraw``.
    """
    business, person = steps.asked_for(business_id, person_id, entered, directory_rules.Did.WITHDREW)
    claiming.withdraw(business_id, claim_id, by_id=person_id, entered=entered)
    found = directory.claim(claim_id)
    assert found is not None
    if queries.claims_it(found.supplier_id, entered.by_id):
        raise Refused(WhyNot.OTHER_CLAIM)
    said = ((_l("Business"), business.name), (_l("Entry"), found.supplier.names))
    told = directory_phrases.OUTCOME[directory_rules.Did.WITHDREW]
    letters.done(person, ("business", business_id), entered.came_by, told, said)


@unit_of_work
def claim(business_id: int, supplier_id: int, evidence: str, *, person_id: int, entered: Entered) -> bool:
    """Say for somebody that an entry is their business; they are told, and another member of staff will check it.

    Returns:
        whether anything changed.

    Raises:
        Refused: as ``steps.asked_for`` and ``directory.claiming.ask``.
    """
    business, person = steps.asked_for(business_id, person_id, entered, directory_rules.Did.CLAIMED)
    is_new = claiming.ask(business_id, supplier_id, evidence, by_id=person_id, entered=entered)
    supplier = directory.supplier(supplier_id)
    if is_new and supplier is not None:
        said = (
            (_l("Business"), business.name),
            (_l("Entry"), supplier.names),
            (phrases.EVIDENCE, evidence),
        )
        told = directory_phrases.OUTCOME[directory_rules.Did.CLAIMED]
        letters.done(person, ("business", business_id), entered.came_by, told, said)
    return is_new
