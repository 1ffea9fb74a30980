"""Who works here, and who may not enter: roles, given and taken; accounts, suspended and restored.

Whoever does it must still be who they were when they opened the page: each action asks anew.
"""

from collections.abc import Sequence

from flask import current_app
from sqlalchemy import delete

from c4s.accounts import letters, phrases, queries, rules, steps
from c4s.accounts.leaving import Tie, Ties
from c4s.accounts.models import Person, SecondFactorRenewal, StaffRole
from c4s.accounts.rules import Did, PersonState, WhyNot
from c4s.audit import trail
from c4s.audit.trail import Actor
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.errors import Refused
from c4s.core.units import unit_of_work
from c4s.web.rights import ROLES, Right, Who


@unit_of_work
def change_roles(person_id: int, roles: frozenset[Who], *, by_id: int) -> None:
    """Give somebody these roles and no others. They are signed out everywhere, and told; the same again does nothing.

    Whoever becomes a member of staff loses their password, for we cannot know that it is long enough for one: they
    sign in by a link, and may set another.

    Args:
        by_id: the administrator who does it.

    Raises:
        Refused: as ``rules.may_change_roles``; ``NOT_ALLOWED`` when ``by_id`` may not.
    """
    steps.hold_with_administrators(by_id, person_id)
    steps.must_have(Right.CHANGE_ROLES, by_id)
    person, has = db.session.get_one(Person, person_id), queries.roles_of(person_id)
    rules.may_change_roles(
        has=has,
        wanted=roles,
        is_oneself=by_id == person_id,
        is_open=rules.may_sign_in(person.state),
        has_email=bool(person.email) and person.proved_at is not None,
        others=_others(person_id),
    )
    if roles != has:
        _set_roles(person, has, roles, by=trail.person(by_id))


@unit_of_work
def make_administrator(email: str, *, name: str, language: str, another: bool = False) -> bool:
    """Make the first administrator, from the machine itself; whoever has the address gets a letter with a link.

    Doing it again sends the letter again, and changes nothing else.

    Args:
        name: for an account that is not there yet; that of one that is stays as it is.
        language: ``cy``, ``en`` or ``both``, likewise.
        another: also when there is an administrator already.

    Returns:
        whether the account is new.

    Raises:
        Refused: ``LAST_ADMINISTRATOR`` when there is one, with another address; ``NOT_THIS_STATE``.
    """
    person = queries.person_by_email(email)
    there_are = [one for one in queries.administrators() if person is None or one != person.id]
    if there_are and not another:
        raise Refused(WhyNot.LAST_ADMINISTRATOR)
    is_new = person is None
    if person is None:
        given = {"name": name, "language_written": language, "language_spoken": "en" if language == "en" else "cy"}
        person = steps.begin_account(email, rules.email_key(email), given, given["language_spoken"], Actor.COMMAND)
    steps.hold_with_administrators(person.id)
    if person.state in (PersonState.SUSPENDED, PersonState.CLOSED):
        raise Refused(WhyNot.NOT_THIS_STATE)
    has = queries.roles_of(person.id)
    if Who.ADMINISTRATOR not in has:
        _set_roles(person, has, has | {Who.ADMINISTRATOR}, by=Actor.COMMAND)
    steps.send_way_in(person)
    return is_new


@unit_of_work
def suspend(person_id: int, reason: str, *, by_id: int) -> None:
    """Shut somebody out until they are restored: they are signed out everywhere, and told why.

    Args:
        reason: for the person to read, and for the trail.
        by_id: the member of staff who does it.

    Raises:
        Refused: as ``rules.may_suspend``; ``NOT_ALLOWED`` when ``by_id`` may not; ``NOT_THIS_STATE`` when nobody
            could sign in to the account anyhow.
    """
    person = _may_suspend(person_id, reason, by_id)
    if not rules.may_sign_in(person.state):
        raise Refused(WhyNot.NOT_THIS_STATE)
    person.state = PersonState.SUSPENDED
    steps.end_sign_ins(person_id)
    steps.forget_links(person_id)
    _forget_renewals(person_id)
    letters.you_are_suspended(person, reason)
    trail.record(Did.SUSPENDED, "person", person_id, by=trail.person(by_id), reason=reason)


@unit_of_work
def restore(person_id: int, reason: str, *, by_id: int) -> None:
    """Let somebody in again, and tell them. An account that was closing goes on closing.

    Args:
        reason: for the person to read, and for the trail.
        by_id: the member of staff who does it.

    Raises:
        Refused: as ``rules.may_suspend``; ``NOT_ALLOWED`` when ``by_id`` may not; ``NOT_THIS_STATE`` when they are
            not suspended.
    """
    person = _may_suspend(person_id, reason, by_id)
    if person.state != PersonState.SUSPENDED:
        raise Refused(WhyNot.NOT_THIS_STATE)
    person.state = PersonState.CLOSING if person.closing_at else PersonState.ACTIVE
    person.last_seen_at, person.warned_at = rules.day_of(now()), None
    letters.you_are_restored(person, reason)
    trail.record(Did.RESTORED, "person", person_id, by=trail.person(by_id), reason=reason)


def _may_suspend(person_id: int, reason: str, by_id: int) -> Person:
    """Somebody, held, whom this member of staff may suspend or restore."""
    steps.hold_with_administrators(by_id, person_id)
    by = steps.must_have(Right.SUSPEND_PEOPLE, by_id)
    rules.may_suspend(
        by=by,
        roles=queries.roles_of(person_id),
        is_oneself=by_id == person_id,
        others=_others(person_id),
        reason=reason,
    )
    return db.session.get_one(Person, person_id)


def _others(person_id: int) -> int:
    """How many administrators there are besides somebody, with an account that is open and not about to close."""
    return sum(one != person_id for one in queries.administrators(PersonState.ACTIVE))


def _set_roles(person: Person, has: frozenset[Who], wanted: frozenset[Who], *, by: str) -> None:
    for role in has - wanted:
        rows_changed(delete(StaffRole).where(StaffRole.person_id == person.id, StaffRole.role == role))
    db.session.add_all(StaffRole(person_id=person.id, role=role, given_at=now()) for role in sorted(wanted - has))
    if not has and person.has_password:
        person.password_hash, person.password_changed_at = "", now()
        lost_password = True
    else:
        lost_password = False
    if not wanted:
        _forget_renewals(person.id)
    steps.end_sign_ins(person.id)
    steps.forget_links(person.id)
    # An administrator from the command line may not have proved the address yet: nothing is told to it before that.
    if person.state != PersonState.UNPROVED:
        letters.roles_were_changed(person, [role for role in ROLES if role in wanted], lost_password=lost_password)
    trail.record(Did.CHANGED_ROLES, "person", person.id, by=by, before=sorted(has), after=sorted(wanted))


def _forget_renewals(person_id: int) -> None:
    """What somebody asked for who no longer may."""
    rows_changed(delete(SecondFactorRenewal).where(SecondFactorRenewal.asked_by_id == person_id))


@unit_of_work
def choose_hours(person_id: int, hours: int) -> None:
    """A member of staff chooses how long they stay signed in without opening a page.

    Raises:
        Refused: ``NOT_ALLOWED`` for somebody who is none, or hours that cannot be chosen.
    """
    person = steps.held_if_here(person_id)
    if hours not in rules.STAFF_HOURS or not queries.roles_of(person_id):
        raise Refused(WhyNot.NOT_ALLOWED)
    if person.staff_hours != hours:
        person.staff_hours = hours
        trail.record(Did.CHANGED_HOURS, "person", person_id, by=trail.person(person.id), hours=hours)


# ---- When a member of staff leaves ----


def _left(person: Person) -> None:
    """Nobody agrees any more to what somebody asked for, or what was asked on their behalf."""
    _forget_renewals(person.id)
    rows_changed(delete(SecondFactorRenewal).where(SecondFactorRenewal.person_id == person.id))


def _only_administrator(person_id: int) -> Sequence[Tie]:
    if Who.ADMINISTRATOR not in queries.roles_of(person_id) or _others(person_id):
        return ()
    organisation = current_app.extensions["c4s.settings"].organisation
    return [Tie(organisation, "staff.people", {}, holds_back=True)]


TIES = Ties(_left, _only_administrator, held_back=phrases.ONLY_ADMINISTRATOR)
