"""What people can do about the businesses that they speak for: each verb is one unit of work.

Every action asks again, inside it, whether the one who acts still may: a page may have been open for a long time.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from flask import Flask, current_app
from sqlalchemy import delete, select

from c4s.accounts import steps as people
from c4s.accounts.models import Person
from c4s.accounts.rules import digest, email_key
from c4s.audit import trail
from c4s.audit.trail import Actor, Entered
from c4s.businesses import letters, queries, rules, steps
from c4s.businesses.models import Business, Invitation, Membership
from c4s.businesses.rules import Details, Did, Likeness, MemberRole, WhyNot
from c4s.core import once, throttle
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.errors import Refused
from c4s.core.text import mailbox
from c4s.core.units import held, unit_of_work

ENDINGS = "c4s.businesses.ending"
OWNER, EDITOR = MemberRole.OWNER, MemberRole.EDITOR


@dataclass(frozen=True)
class Answer:
    """What came of adding a business.

    Attributes:
        business_id: its number; none when it was not added.
        alike: in what it is like one that is here already.
        is_new: it was added now, and not by an earlier press of the same button.
    """

    business_id: int | None
    alike: frozenset[Likeness] = frozenset()
    is_new: bool = False


def on_ending(app: Flask, ended: Callable[[int], None]) -> None:
    """Tell somebody in the house whenever a business is about to go, in that unit of work; it is given its number."""
    app.extensions.setdefault(ENDINGS, []).append(ended)


# ---- Adding one ----


def _business_of(details: Details) -> Business:
    return Business(
        **asdict(details),
        name_key=rules.name_key(details.name),
        domain=rules.domain_of(details.website),
        created_at=now(),
    )


@unit_of_work
def add(
    person_id: int, details: Details, *, key: str, is_another: bool = False, entered: Entered | None = None
) -> Answer:
    """Add a business, which the one who adds it owns; or say in what it is like one that is here already.

    Args:
        key: the random key of the form, by which a repeat is known.
        is_another: they have been told that one like it is here, and say that theirs is another.
        entered: how a member of staff came to do it for them.

    Raises:
        Refused: with ``TooMany``; with ``NotAgain``; with accounts' ``NOT_THIS_STATE``.
    """
    person = people.held_if_here(person_id)
    throttle.count("business added", str(person_id), limit=rules.ADDED, window=rules.ADDED_WINDOW)
    business, mine = _business_of(details), {one.business_id for one in queries.memberships_of(person_id)}
    found = [likeness for number, likeness in queries.alike(business).items() if number not in mine]
    alike: frozenset[Likeness] = frozenset().union(*found)
    if alike and not is_another:
        return Answer(None, alike)
    earlier = once.earlier_result(key, once.fingerprint(person_id, asdict(details)))
    if earlier is not None:
        return Answer(int(earlier))
    db.session.add(business)
    db.session.flush()
    steps.let_in(business, person, OWNER)
    once.remember(key, str(business.id))
    trail.record(Did.ADDED, "business", business.id, **trail.doer(person.id, entered), alike=sorted(alike))
    return Answer(business.id, is_new=True)


@unit_of_work
def ask_to_join(person_id: int, details: Details) -> None:
    """Ask the owners of every business like one's own to be let in. The same for the caller, whoever they are; a
    business that was asked too often is asked no more for a while.

    Raises:
        Refused: with ``TooMany``; with accounts' ``NOT_THIS_STATE``.
    """
    person = people.held_if_here(person_id)
    throttle.count("business asked by", str(person_id), limit=rules.ASKED_BY, window=rules.LETTERS_WINDOW)
    for business_id in queries.alike(_business_of(details)):
        members = queries.members_of(business_id)
        if person_id in [one.person_id for one in members]:
            continue
        try:
            throttle.count("business asked", str(business_id), limit=rules.ASKED_OF, window=rules.LETTERS_WINDOW)
        except Refused:
            continue
        letters.may_i_join(steps.owners(members), db.session.get_one(Business, business_id), person)
        trail.record(Did.ASKED_TO_JOIN, "business", business_id, by=trail.person(person.id))


# ---- What it says of itself ----


@unit_of_work
def change_details(business_id: int, details: Details, *, by_id: int) -> None:
    """Change what is said of a business; the trail keeps which details, not what they were.

    Raises:
        Refused: ``NOT_THERE``.
    """
    business, _ = steps.held_for(business_id, by_id, OWNER, EDITOR)
    new = _business_of(details)
    changed = [name for name, value in asdict(details).items() if getattr(business, name) != value]
    for name in (*asdict(details), "name_key", "domain"):
        setattr(business, name, getattr(new, name))
    if changed:
        trail.record(Did.CHANGED_DETAILS, "business", business_id, by=trail.person(by_id), fields=changed)


# ---- Inviting ----


@unit_of_work
def invite(business_id: int, email: str, role: MemberRole, *, by_id: int) -> None:
    """Ask somebody by e-mail to speak for a business; an earlier invitation to the same address works no more.

    Raises:
        Refused: ``NOT_THERE``, ``NOT_YOURS``, ``ALREADY_IN``; with ``TooMany``.
    """
    business, members = steps.held_for(business_id, by_id, OWNER)
    key = email_key(email)
    if key in [one.person.email_key for one in members]:
        raise Refused(WhyNot.ALREADY_IN)
    # Each is a letter to a stranger, with words in it that somebody chose.
    throttle.count("invitation by", str(by_id), limit=rules.INVITED, window=rules.LETTERS_WINDOW)
    throttle.count("invitation of", str(business_id), limit=rules.INVITED, window=rules.LETTERS_WINDOW)
    throttle.count("invitation", "the whole site", limit=rules.INVITED_ON_SITE, window=rules.LETTERS_WINDOW)
    throttle.count("invitation to", mailbox(email), limit=rules.INVITED_TO, window=rules.LETTERS_WINDOW)
    token, moment = secrets.token_urlsafe(32), now()
    db.session.execute(delete(Invitation).where(Invitation.business_id == business_id, Invitation.email_key == key))
    invitation = Invitation(
        business=business,
        email=email,
        email_key=key,
        role=role,
        token_hash=digest(token),
        invited_by_id=by_id,
        expires_at=moment + rules.INVITED_FOR,
        created_at=moment,
    )
    db.session.add(invitation)
    db.session.flush()
    letters.invited(invitation, token, invitation.expires_at)
    trail.record(Did.INVITED, "business", business_id, by=trail.person(by_id), role=role)


@unit_of_work
def take_back(business_id: int, invitation_id: int, *, by_id: int) -> None:
    """Withdraw an invitation of this very business; its link stops working, and says so to whoever opens it.

    Raises:
        Refused: ``NOT_THERE``, also when it has been accepted meanwhile; ``NOT_YOURS``.
    """
    steps.held_for(business_id, by_id, OWNER)
    invitation = db.session.scalar(
        select(Invitation).where(Invitation.id == invitation_id, Invitation.business_id == business_id)
    )
    if invitation is None:
        raise Refused(WhyNot.NOT_THERE)
    db.session.delete(invitation)
    trail.record(Did.TOOK_INVITATION_BACK, "business", business_id, by=trail.person(by_id))


@unit_of_work
def join(token: str, *, person_id: int) -> int:
    """Somebody who is signed in accepts an invitation that was sent to their very address, by one who still owns the
    business.

    Returns:
        the number of the business.

    Raises:
        Refused: ``INVITATION_NOT_VALID``; with accounts' ``NOT_THIS_STATE``.
    """
    person = people.held_if_here(person_id)
    found = queries.valid_invitation(token, person)
    if found is None:
        raise Refused(WhyNot.INVITATION_NOT_VALID)
    invitation_id, business_id, role, sender_id = found.id, found.business_id, found.role, found.invited_by_id
    business = held(Business, business_id)
    if not rows_changed(delete(Invitation).where(Invitation.id == invitation_id)):
        raise Refused(WhyNot.INVITATION_NOT_VALID)  # taken back, or used, while we waited
    members = queries.members_of(business_id)
    if sender_id not in [owner.id for owner in steps.owners(members)]:
        raise Refused(WhyNot.INVITATION_NOT_VALID)
    if person_id not in steps.roles(members):
        steps.let_in(business, person, role)
        letters.people_changed(steps.owners(members), business, person, role)
        trail.record(Did.JOINED, "business", business_id, by=trail.person(person.id), role=role)
    return business_id


@unit_of_work
def let_in(business_id: int, person: Person, role: MemberRole, *, by_id: int, entered: Entered) -> bool:
    """Somebody without e-mail, whom no invitation reaches, speaks for a business, because an owner says so to our
    staff. They and the other owners are told. The same again changes nothing.

    Args:
        person: held.
        entered: how a member of staff came to do it for the owner.

    Returns:
        whether anything changed.

    Raises:
        Refused: ``NOT_THERE``, ``NOT_YOURS``; ``ALREADY_IN`` in another role.
    """
    business, members = steps.held_for(business_id, by_id, OWNER)
    role_before = steps.roles(members).get(person.id)
    if role_before == role:
        return False
    if role_before is not None:
        raise Refused(WhyNot.ALREADY_IN)
    steps.let_in(business, person, role)
    letters.your_role(person, business, role)
    letters.people_changed(steps.owners(members, by_id), business, person, role)
    trail.record(Did.LET_IN, "business", business_id, **trail.doer(by_id, entered), let_in=person.id, role=role)
    return True


# ---- Roles ----


@unit_of_work
def change_role(business_id: int, person_id: int, role: MemberRole, *, by_id: int) -> None:
    """Make somebody an owner or an editor, oneself included. Doing it again changes nothing.

    Raises:
        Refused: ``NOT_THERE``, ``NOT_YOURS``, ``LAST_OWNER``.
    """
    business, members = steps.held_for(business_id, by_id, OWNER)
    rules.would_be(steps.roles(members), person_id, role)
    member = next(one for one in members if one.person_id == person_id)
    if member.role == role:
        return
    member.role = role
    if role != OWNER:
        steps.forget_invitations_by(person_id, business_id)
    letters.your_role(member.person, business, role)
    letters.people_changed(steps.owners(members, person_id), business, member.person, role)
    trail.record(Did.CHANGED_ROLE, "business", business_id, by=trail.person(by_id), person=person_id, role=role)


@unit_of_work
def remove(business_id: int, person_id: int, *, by_id: int) -> None:
    """Somebody speaks for a business no more, because an owner says so.

    Raises:
        Refused: ``NOT_THERE``, ``NOT_YOURS``, ``LAST_OWNER``.
    """
    business, members = steps.held_for(business_id, by_id, OWNER)
    _take_out(business, members, person_id)
    trail.record(Did.REMOVED, "business", business_id, by=trail.person(by_id), person=person_id)


@unit_of_work
def leave(business_id: int, *, by_id: int) -> None:
    """Somebody speaks for a business no more, because they want to.

    Raises:
        Refused: ``NOT_THERE``, ``LAST_OWNER``.
    """
    business, members = steps.held_for(business_id, by_id, OWNER, EDITOR)
    _take_out(business, members, by_id)
    trail.record(Did.LEFT, "business", business_id, by=trail.person(by_id))


def _take_out(business: Business, members: Sequence[Membership], person_id: int) -> None:
    rules.would_be(steps.roles(members), person_id, None)
    member = next(one for one in members if one.person_id == person_id)
    letters.your_role(member.person, business, None)
    letters.people_changed(steps.owners(members, person_id), business, member.person, None)
    steps.forget_invitations_by(person_id, business.id)
    db.session.delete(member)


@unit_of_work
def hand_over(business_id: int, person_id: int, *, by_id: int) -> None:
    """Make somebody who speaks for a business its owner in one's own place; oneself stays on as an editor.

    Raises:
        Refused: ``NOT_THERE``, also for oneself; ``NOT_YOURS``.
    """
    business, members = steps.held_for(business_id, by_id, OWNER)
    people = {one.person_id: one for one in members}
    if person_id == by_id or person_id not in people:
        raise Refused(WhyNot.NOT_THERE)
    for number, role in ((person_id, OWNER), (by_id, EDITOR)):
        people[number].role = role
        letters.your_role(people[number].person, business, role)
    steps.forget_invitations_by(by_id, business_id)
    others = steps.owners(members, person_id)
    letters.people_changed(others, business, people[person_id].person, OWNER)
    letters.people_changed(others, business, people[by_id].person, EDITOR)
    trail.record(Did.HANDED_OVER, "business", business_id, by=trail.person(by_id), person=person_id)


# ---- The end ----


@unit_of_work
def close(business_id: int, *, by_id: int) -> None:
    """Take a business off the site, with its people and invitations; everybody who spoke for it is told.

    Raises:
        Refused: ``NOT_THERE``, ``NOT_YOURS``.
    """
    business, members = steps.held_for(business_id, by_id, OWNER)
    letters.business_closed([one.person for one in members], business)
    _end(business, by=trail.person(by_id))


def _end(business: Business, *, by: str) -> None:
    trail.record(Did.CLOSED, "business", business.id, by=by)
    for ended in current_app.extensions.get(ENDINGS, ()):
        ended(business.id)
    for kept in (Membership, Invitation):
        rows_changed(delete(kept).where(kept.business_id == business.id))
    rows_changed(delete(Business).where(Business.id == business.id))


@unit_of_work
def left(person: Person) -> None:
    """Somebody's account is closed for good: where nobody else speaks for a business it goes, and where none of the
    others owns it, the one who has been there longest does, and is told."""
    for membership in queries.memberships_of(person.id):
        business = held(Business, membership.business_id)
        members = queries.members_of(business.id)
        roles = steps.roles(members)
        if rules.goes_with(roles, person.id):
            _end(business, by=Actor.WORKER)
            continue
        if rules.holds_back(roles, person.id):
            heir = min((one for one in members if one.person_id != person.id), key=lambda one: (one.since, one.id))
            heir.role = OWNER
            letters.your_role(heir.person, business, OWNER)
            trail.record(Did.CHANGED_ROLE, "business", business.id, by=Actor.WORKER, person=heir.person_id, role=OWNER)
        others = [one for one in members if one.person_id != person.id]
        letters.people_changed(steps.owners(others), business, person, None)
        steps.forget_invitations_by(person.id, business.id)
        rows_changed(delete(Membership).where(Membership.business_id == business.id, Membership.person_id == person.id))
        trail.record(Did.LEFT, "business", business.id, by=trail.person(person.id))
    rows_changed(delete(Invitation).where(Invitation.email_key == person.email_key, Invitation.email_key != ""))


@unit_of_work
def forget_old(moment: datetime | None = None) -> int:
    """Forget invitations that nobody can take up any more. Doing it again changes nothing.

    Returns:
        how many.
    """
    return rows_changed(delete(Invitation).where(Invitation.expires_at <= (moment or now())))
