"""The second step of signing in: setting it up, showing it, doing without it, and what happens when it is lost.

Whatever is tried is counted first, in a unit of work of its own: many tries at once gain nothing.
"""

from sqlalchemy import delete

from c4s.accounts import codes, letters, queries, rules, steps
from c4s.accounts.models import Person, RecoveryCode, SecondFactor, SecondFactorRenewal
from c4s.accounts.rules import Did, WhyNot
from c4s.audit import trail
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.errors import Refused
from c4s.core.units import held, unit_of_work
from c4s.web.rights import Right, Who

# ---- Setting it up ----


def set_up(
    person_id: int, key: str, code: str, *, keep: int, current: str = "", network: str = ""
) -> tuple[str, list[str]]:
    """Somebody's app has the key, and they show it by a first code: from now on signing in asks for one.

    It takes the place of the one they had, if they had one and show it. They are signed out everywhere but here.

    Args:
        key: sealed by ``codes.sealed``, for this person to begin with.
        current: a code of the second step that they have, or a recovery code. Who has neither any more needs two
            members of staff (``ask_for_renewal``).
        keep: the sign-in that asks.

    Returns:
        a new token for that sign-in, for ``session.start``; and the recovery codes, kept nowhere.

    Raises:
        Refused: ``CURRENT_CODE_WRONG``; ``KEY_GONE``; ``CODE_WRONG``; with ``TooMany``; ``NOT_THIS_STATE``.
    """
    with steps.code_tried(person_id, network):
        return _set_up(person_id, key, code, keep, current)


@unit_of_work
def _set_up(person_id: int, key: str, code: str, keep: int, current: str) -> tuple[str, list[str]]:
    person = steps.held_if_here(person_id)
    steps.show_second_factor(person_id, current)
    opened = codes.unsealed(codes.WAITING, person_id, key, in_time=True)
    if opened is None:
        raise Refused(WhyNot.KEY_GONE)
    moment = now()
    step = codes.step_that_fits(opened, code, rules.steps_taken(moment, 0))
    if step is None:
        raise Refused(WhyNot.CODE_WRONG)
    _forget(person_id)
    db.session.add(
        SecondFactor(
            person_id=person_id,
            secret=codes.sealed(codes.KEPT, person_id, opened),
            confirmed_at=moment,
            last_step=step,
            created_at=moment,
        )
    )
    on_paper = _new_recovery_codes(person_id)
    steps.end_sign_ins(person_id, but=keep)
    sign_in = steps.sign_in_of(person_id, keep, WhyNot.NOT_THIS_STATE)
    sign_in.second_factor_at = moment
    letters.second_factor_is_set(person)
    trail.record(Did.SET_SECOND_FACTOR, "person", person_id, by=trail.person(person.id))
    return steps.turned(sign_in), on_paper


def make_recovery_codes(person_id: int, current: str, *, network: str = "") -> list[str]:
    """New recovery codes, kept nowhere, in the place of all that somebody had.

    Args:
        current: a code of their second step, or one of the recovery codes that they have.

    Raises:
        Refused: ``CURRENT_CODE_WRONG``; with ``TooMany``; ``NOT_THIS_STATE`` when they have no second step.
    """
    with steps.code_tried(person_id, network):
        return _make_recovery_codes(person_id, current)


@unit_of_work
def _make_recovery_codes(person_id: int, current: str) -> list[str]:
    person = steps.held_if_here(person_id)
    if queries.second_factor_of(person_id) is None:
        raise Refused(WhyNot.NOT_THIS_STATE)
    steps.show_second_factor(person_id, current)
    on_paper = _new_recovery_codes(person_id)
    letters.recovery_codes_are_new(person)
    trail.record(Did.MADE_RECOVERY_CODES, "person", person_id, by=trail.person(person.id))
    return on_paper


def turn_off(person_id: int, code: str, *, keep: int, network: str = "") -> str:
    """Somebody who needs no second step does without one from now on; they are signed out everywhere but here.

    Returns:
        a new token for this sign-in, for ``session.start``.

    Raises:
        Refused: ``CODE_WRONG``; ``FACTOR_NEEDED`` for members of staff and buyers; with ``TooMany``;
            ``NOT_THIS_STATE``.
    """
    with steps.code_tried(person_id, network):
        return _turn_off(person_id, code, keep)


@unit_of_work
def _turn_off(person_id: int, code: str, keep: int) -> str:
    person = steps.held_if_here(person_id)
    rules.may_turn_off(queries.roles_of(person_id) | ({Who.BUYER} if person.is_buyer else set()))
    steps.take_code(person_id, code)
    _forget(person_id)
    steps.end_sign_ins(person_id, but=keep)
    sign_in = steps.sign_in_of(person_id, keep, WhyNot.NOT_THIS_STATE)
    sign_in.second_factor_at = None
    letters.second_factor_is_gone(person)
    trail.record(Did.REMOVED_SECOND_FACTOR, "person", person_id, by=trail.person(person.id))
    return steps.turned(sign_in)


# ---- Showing it ----


def show_code(person_id: int, code: str, *, sign_in_id: int, network: str = "") -> str:
    """Somebody who is half signed in shows a code of their app: now they are signed in.

    Returns:
        a new token for the same sign-in, for ``session.start``.

    Raises:
        Refused: ``CODE_WRONG``, also for one that was taken before; with ``TooMany``; ``NOT_THIS_STATE``.
    """
    with steps.code_tried(person_id, network):
        return _show_code(person_id, code, sign_in_id)


@unit_of_work
def _show_code(person_id: int, code: str, sign_in_id: int) -> str:
    person = steps.held_if_here(person_id)
    steps.take_code(person_id, code)
    return _shown(person, sign_in_id, Did.SHOWED_SECOND_FACTOR)


def show_recovery_code(person_id: int, code: str, *, sign_in_id: int, network: str = "") -> str:
    """The same with a code on paper, which is used up; its owner is told how many are left.

    Returns:
        a new token for the same sign-in, for ``session.start``.

    Raises:
        Refused: as ``show_code``.
    """
    with steps.code_tried(person_id, network):
        return _show_recovery_code(person_id, code, sign_in_id)


@unit_of_work
def _show_recovery_code(person_id: int, code: str, sign_in_id: int) -> str:
    person = steps.held_if_here(person_id)
    steps.take_recovery_code(person_id, code)
    letters.recovery_code_was_used(person, queries.recovery_codes_left(person_id))
    return _shown(person, sign_in_id, Did.USED_RECOVERY_CODE)


def _shown(person: Person, sign_in_id: int, did: Did) -> str:
    sign_in = steps.sign_in_of(person.id, sign_in_id, WhyNot.NOT_THIS_STATE)
    sign_in.second_factor_at = now()
    trail.record(did, "person", person.id, by=trail.person(person.id))
    return steps.turned(sign_in)


def _new_recovery_codes(person_id: int) -> list[str]:
    rows_changed(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    made = codes.new_recovery_codes()
    db.session.add_all(RecoveryCode(person_id=person_id, code_hash=codes.recovery_digest(one)) for one in made)
    return made


def _forget(person_id: int) -> None:
    """No second step, no recovery codes, and nobody asks for them to be renewed."""
    for kept in (RecoveryCode, SecondFactorRenewal):
        rows_changed(delete(kept).where(kept.person_id == person_id))
    factor = db.session.get(SecondFactor, person_id)
    if factor:
        db.session.delete(factor)
        db.session.flush()


# ---- When it is lost ----


@unit_of_work
def ask_for_renewal(person_id: int, reason: str, *, by_id: int) -> None:
    """A member of staff asks that somebody's second step is taken away, so that they can set it up again.

    Asking again changes nothing: what was asked first stands until somebody agrees or it is withdrawn.

    Args:
        reason: how they know that it is the person who asks; for the one who is to agree, and for the trail.

    Raises:
        Refused: ``ONESELF`` or ``REASON_NEEDED``; ``NOT_ALLOWED``; ``NOT_THIS_STATE`` when there is no second step.
    """
    steps.must_have(Right.RENEW_SECOND_FACTOR, by_id)
    rules.may_ask_for_renewal(by_id, person_id, reason)
    steps.held_if_here(person_id)
    if queries.second_factor_of(person_id) is None:
        raise Refused(WhyNot.NOT_THIS_STATE)
    if db.session.get(SecondFactorRenewal, person_id):
        return
    db.session.add(SecondFactorRenewal(person_id=person_id, asked_by_id=by_id, reason=reason, asked_at=now()))
    trail.record(Did.ASKED_FOR_RENEWAL, "person", person_id, by=trail.person(by_id), reason=reason)


@unit_of_work
def take_renewal_back(person_id: int, *, by_id: int) -> None:
    """A member of staff says that nothing is to come of it; also the one who asked. Again, it changes nothing.

    Raises:
        Refused: ``NOT_ALLOWED``; ``ONESELF``.
    """
    steps.must_have(Right.RENEW_SECOND_FACTOR, by_id)
    if by_id == person_id:
        raise Refused(WhyNot.ONESELF)
    held(Person, person_id)
    if rows_changed(delete(SecondFactorRenewal).where(SecondFactorRenewal.person_id == person_id)):
        trail.record(Did.TOOK_RENEWAL_BACK, "person", person_id, by=trail.person(by_id))


@unit_of_work
def agree_to_renewal(person_id: int, *, by_id: int) -> None:
    """Another member of staff agrees: the second step is gone, and its owner is signed out everywhere and told.

    Raises:
        Refused: ``ONESELF`` or ``THE_SAME_TWO``; ``NOT_ALLOWED``; ``NOT_THIS_STATE`` when nobody asks for it (any
            more).
    """
    steps.must_have(Right.RENEW_SECOND_FACTOR, by_id)
    person = held(Person, person_id)
    asked = db.session.get(SecondFactorRenewal, person_id, populate_existing=True)
    if asked is None:
        raise Refused(WhyNot.NOT_THIS_STATE)
    asked_by = asked.asked_by_id
    rules.may_agree_to_renewal(by_id, asked_by, person_id)
    steps.must_have(Right.RENEW_SECOND_FACTOR, asked_by)
    _forget(person_id)
    steps.end_sign_ins(person_id)
    steps.forget_links(person_id)
    letters.second_factor_is_gone(person, is_renewal=True)
    trail.record(Did.RENEWED_SECOND_FACTOR, "person", person_id, by=trail.person(by_id), asked_by=asked_by)
