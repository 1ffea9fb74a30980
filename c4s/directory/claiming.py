"""What businesses and staff do about claims to entries of the directory: each verb is one unit of work.

Locks are taken in one order: the business, the entry, the claim.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update

from c4s.accounts import steps as people
from c4s.accounts.models import Person
from c4s.accounts.rules import CameBy, PersonState
from c4s.audit import trail
from c4s.audit.trail import Entered
from c4s.businesses import queries as businesses
from c4s.businesses import steps
from c4s.businesses.models import Business, Membership
from c4s.businesses.rules import MemberRole
from c4s.core import throttle
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.errors import Refused
from c4s.core.text import must_be_said, written_to
from c4s.core.units import held, unit_of_work
from c4s.directory import letters, phrases, queries, rules, showing
from c4s.directory.models import Claim, EntryClaim, Supplier
from c4s.directory.rules import ClaimState, Did, WhyNot
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import LANGUAGES, speaking
from c4s.web.rights import Right

KIND = "entry_claim"


# ---- Businesses ----


@unit_of_work
def ask(business_id: int, supplier_id: int, evidence: str, *, by_id: int, entered: Entered | None = None) -> bool:
    """Say that an entry is this business; staff will check it. The same words twice are one claim.

    Args:
        entered: how a member of staff came to do it for ``by_id``; another will check it.

    Returns:
        whether anything changed.

    Raises:
        Refused: ``NO_SUCH_ENTRY``, ``ALREADY_TAKEN``, ``ALREADY_WAITING``; businesses' ``NOT_THERE`` and
            ``NOT_YOURS``; with ``TooMany``.
    """
    steps.held_for(business_id, by_id, MemberRole.OWNER)
    supplier = _entry(supplier_id)
    waiting = [one for one in queries.waiting_claims(supplier_id) if one.business_id == business_id]
    if [one.evidence for one in waiting] == [evidence]:
        return False
    rules.may_claim(is_taken=supplier.is_taken, is_waiting=bool(waiting))
    throttle.count("claim", str(business_id), limit=rules.CLAIMS, window=rules.CLAIMS_WINDOW)
    claim = EntryClaim(
        supplier_id=supplier_id,
        business_id=business_id,
        person_id=by_id,
        entered_by_id=entered.by_id if entered else None,
        came_by=CameBy(entered.came_by) if entered else None,
        evidence=evidence,
        state=ClaimState.WAITING,
        created_at=now(),
    )
    db.session.add(claim)
    db.session.flush()
    _record(Did.CLAIMED, claim, by_id, entered=entered)
    return True


@unit_of_work
def withdraw(business_id: int, claim_id: int, *, by_id: int, entered: Entered | None = None) -> None:
    """The business thought again before staff decided.

    Args:
        entered: how a member of staff came to do it for ``by_id``.

    Raises:
        Refused: ``NO_SUCH_ENTRY`` when the claim is another's or there is none; ``NOT_WAITING``; businesses'
            ``NOT_THERE`` and ``NOT_YOURS``.
    """
    steps.held_for(business_id, by_id, MemberRole.OWNER)
    found = queries.claim(claim_id)
    if found is None or found.business_id != business_id:
        raise Refused(WhyNot.NO_SUCH_ENTRY)
    claim = held(EntryClaim, claim_id)
    if claim.state != ClaimState.WAITING:
        raise Refused(WhyNot.NOT_WAITING)
    claim.state, claim.decided_at = ClaimState.WITHDRAWN, now()
    _forget_if_gone(claim)
    _record(Did.WITHDREW, claim, by_id, entered=entered)


def _entry(supplier_id: int) -> Supplier:
    """An entry, that nobody else changes until our unit of work ends."""
    found = db.session.get(Supplier, supplier_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise Refused(WhyNot.NO_SUCH_ENTRY)
    return found


def _record(
    did: Did, claim: EntryClaim, by_id: int, reason: Bilingual = Bilingual(), entered: Entered | None = None
) -> None:
    trail.record(
        did,
        KIND,
        claim.id,
        **trail.doer(by_id, entered),
        reason=reason.spoken("en")[0][:2000],
        supplier=claim.supplier_id,
        business=claim.business_id,
    )


# ---- Staff ----


@unit_of_work
def looked(claim_id: int, *, by_id: int) -> None:
    """Note that a member of staff read a claim."""
    trail.record(Did.LOOKED, KIND, claim_id, by=trail.person(by_id))


@unit_of_work
def grant(claim_id: int, *, by_id: int) -> None:
    """Staff have checked a claim: the entry is the business's, and every other claim to it is refused. The same
    member's second click changes nothing.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``NO_SUCH_ENTRY``, ``NOT_WAITING``, ``ONES_OWN``,
            ``ENTERED_IT``, ``ALREADY_TAKEN``.
    """
    people.must_have(Right.CHECK_CLAIMS, by_id)
    claim, supplier = _held(claim_id)
    if (claim.state, claim.decided_by_id) == (ClaimState.GRANTED, by_id):
        return
    _may_decide(claim, by_id)
    if supplier.is_taken:
        raise Refused(WhyNot.ALREADY_TAKEN)
    supplier.business_id, supplier.claim = claim.business_id, Claim.CLAIMED
    _decide(claim, ClaimState.GRANTED, by_id)
    letters.claim_granted(claim, told_of(claim))
    _record(Did.GRANTED, claim, by_id)
    for other in queries.waiting_claims(supplier.id):
        _refuse(held(EntryClaim, other.id), _in_both(phrases.ANOTHER_GOT_IT), by_id)
    db.session.flush()
    showing.renew([supplier.id])


@unit_of_work
def refuse(claim_id: int, words: Bilingual, *, by_id: int) -> None:
    """Staff could not agree: the business is told why, and can correct its claim and ask again. The same member's
    second click changes nothing.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``NO_SUCH_ENTRY``, ``NOT_WAITING``, ``ONES_OWN``,
            ``ENTERED_IT``; ``REASON_NEEDED``, with the ``languages`` in which there is none.
    """
    people.must_have(Right.CHECK_CLAIMS, by_id)
    claim, _ = _held(claim_id)
    if (claim.state, claim.decided_by_id) == (ClaimState.REFUSED, by_id):
        return
    _may_decide(claim, by_id)
    must_be_said({"cy": words.cy, "en": words.en}, language_of(claim), WhyNot.REASON_NEEDED)
    _refuse(claim, words, by_id)


def _refuse(claim: EntryClaim, reason: Bilingual, by_id: int) -> None:
    _decide(claim, ClaimState.REFUSED, by_id, reason)
    letters.claim_refused(claim, told_of(claim))
    _record(Did.REFUSED, claim, by_id, reason)


def _held(claim_id: int) -> tuple[EntryClaim, Supplier]:
    """A claim and its entry, that nobody else changes until our unit of work ends."""
    found = queries.claim(claim_id)
    if found is None:
        raise Refused(WhyNot.NO_SUCH_ENTRY)
    held(Business, found.business_id)
    supplier = _entry(found.supplier_id)
    return held(EntryClaim, claim_id), supplier


def _may_decide(claim: EntryClaim, by_id: int) -> None:
    is_ones_own = by_id == claim.person_id or by_id in businesses.roles_in(claim.business_id)
    # To refuse another’s claim makes way for one’s own, and who is registered may not be there at all.
    to_it = (claim, *queries.waiting_claims(claim.supplier_id))
    has_entered_it = any(by_id in (one.entered_by_id, one.person.entered_by_id) for one in to_it)
    rules.may_decide(claim.state, is_ones_own=is_ones_own, has_entered_it=has_entered_it)


def _decide(claim: EntryClaim, state: ClaimState, by_id: int, reason: Bilingual = Bilingual()) -> None:
    claim.state, claim.reason = state, reason
    claim.decided_by_id, claim.decided_at = by_id, now()
    _forget_if_gone(claim)


def _forget_if_gone(claim: EntryClaim) -> None:
    """What somebody wrote as evidence who has closed their account since was only kept for the decision."""
    if claim.person.state == PersonState.CLOSED:
        claim.evidence = ""


def told_of(claim: EntryClaim) -> list[Person]:
    """Who is told of a decision: the owners of the business, and the one who asked, if they still speak for it."""
    return _told_of(claim, businesses.members_of(claim.business_id))


def _told_of(claim: EntryClaim, members: Iterable[Membership]) -> list[Person]:
    return [one.person for one in members if one.role == MemberRole.OWNER or one.person_id == claim.person_id]


def language_of(claim: EntryClaim) -> str:
    """In which language a decision is told: ``cy``, ``en`` or ``both``."""
    return languages_of([claim])[claim.id]


def languages_of(claims: Sequence[EntryClaim]) -> dict[int, str]:
    """The same for several claims, by the number of the claim; the people are read in one statement."""
    members = businesses.members_of_each(claim.business_id for claim in claims)
    return {
        claim.id: written_to({one.language_written for one in _told_of(claim, members[claim.business_id])})
        for claim in claims
    }


def _in_both(words: object) -> Bilingual:
    said = {}
    for code in LANGUAGES:
        with speaking(code):
            said[code] = str(words)
    return Bilingual(**said)


# ---- When somebody goes ----


def released(business_id: int) -> None:
    """A business is about to go: nobody keeps its entries any more. A part of that unit of work."""
    kept = queries.entries_of(business_id)
    for supplier in kept:
        supplier.business_id = None
        if supplier.claim == Claim.CLAIMED:
            supplier.claim = Claim.DEMONSTRATION if supplier.source == Claim.DEMONSTRATION else Claim.IMPORTED
    db.session.flush()
    rows_changed(delete(EntryClaim).where(EntryClaim.business_id == business_id))
    if kept:
        showing.renew([supplier.id for supplier in kept])


def left(person: Person) -> None:
    """Somebody's account is closed for good: what they wrote as evidence has done its work, once it is decided. A
    part of that unit of work."""
    rows_changed(
        update(EntryClaim)
        .where(EntryClaim.person_id == person.id, EntryClaim.state != ClaimState.WAITING)
        .values(evidence="")
    )


@unit_of_work
def forget_old(moment: datetime | None = None) -> int:
    """Forget claims that came to nothing, after their time, and the evidence of those that were granted; evidence at
    once when the one who wrote it has closed their account. Doing it again changes nothing.

    Returns:
        how many claims are forgotten, whole or in part.
    """
    before = (moment or now()) - rules.KEEP_CLAIMS
    is_old = func.coalesce(EntryClaim.decided_at, EntryClaim.created_at) <= before
    has_gone = EntryClaim.person_id.in_(select(Person.id).where(Person.state == PersonState.CLOSED))
    claims = rows_changed(
        delete(EntryClaim).where(EntryClaim.state.in_((ClaimState.REFUSED, ClaimState.WITHDRAWN)), is_old)
    )
    done_with = (EntryClaim.state != ClaimState.WAITING, EntryClaim.evidence != "", is_old | has_gone)
    return claims + rows_changed(update(EntryClaim).where(*done_with).values(evidence=""))
