"""What happens to accounts at night: what is only kept for a time is forgotten, and what is due is closed."""

from datetime import datetime

from sqlalchemy import delete

from c4s.accounts import leaving, letters, queries, rules, steps
from c4s.accounts.models import KeptForm, OneTimeLink, Person, RecoveryCode, SecondFactor, SignIn, StaffRole
from c4s.accounts.rules import Did, PersonState
from c4s.audit import trail
from c4s.audit.trail import Actor
from c4s.core.clock import now
from c4s.core.db import rows_changed
from c4s.core.units import held, unit_of_work
from c4s.mail import delivery


def forget_old(moment: datetime | None = None) -> dict[str, int]:
    """Forget in time what is only kept for a time, and close what is due. Doing it again changes nothing.

    Each person's account is its own unit of work: what goes wrong with one undoes nothing of another.

    Returns:
        how many of each.
    """
    moment = moment or now()
    done = _forget_old_rows(moment)
    done["accounts warned"] = sum(_warn(person_id) for person_id in queries.to_be_warned(moment))
    done["idle accounts closing"] = sum(_close_idle(person_id) for person_id in queries.idle_too_long(moment))
    done["accounts closed"] = sum(_close(person_id, moment) for person_id in queries.due_to_close(moment))
    return done


@unit_of_work
def _forget_old_rows(moment: datetime) -> dict[str, int]:
    return {
        "unproved accounts": steps.delete_people(Person.asked_at < moment - rules.UNPROVED_FOR),
        "links": rows_changed(delete(OneTimeLink).where(OneTimeLink.expires_at <= moment)),
        "sign-ins": rows_changed(
            delete(SignIn).where(
                (SignIn.last_used_at <= moment - rules.IDLE) | (SignIn.created_at <= moment - rules.LONGEST)
            )
        ),
        "kept forms": rows_changed(delete(KeptForm).where(KeptForm.created_at <= moment - rules.KEEP_FORMS)),
    }


@unit_of_work
def _warn(person_id: int) -> bool:
    person = held(Person, person_id)
    moment = now()
    if person.state not in rules.MAY_LIE_IDLE or person.warned_at or person.last_seen_at > moment - rules.WARN_AFTER:
        return False
    person.warned_at = moment
    letters.account_will_close(person, moment + (rules.IDLE_CLOSED_AFTER - rules.WARN_AFTER))
    return True


@unit_of_work
def _close_idle(person_id: int) -> bool:
    """Begin to close an account that nobody uses. Its businesses find another owner; the site finds no other
    administrator, so that the only one stays, warned."""
    steps.hold_with_administrators(person_id)
    person = held(Person, person_id)
    if person.state not in rules.MAY_LIE_IDLE or person.closing_at or person.warned_at is None:
        return False
    if list(queries.administrators(PersonState.ACTIVE)) == [person_id]:
        return False
    steps.begin_to_close(person, by=Actor.WORKER, is_idle=True)
    return True


@unit_of_work
def _close(person_id: int, moment: datetime) -> bool:
    """Erase somebody: only the number stays, for the trail."""
    person = held(Person, person_id)
    if person.state not in (PersonState.CLOSING, PersonState.SUSPENDED):
        return False
    if person.closing_at is None or person.closing_at > moment:
        return False
    # Before anything else is: what is written to them about it still goes out.
    delivery.forget_letters("person", person_id, letters.recipient(person))
    leaving.left(person)
    steps.end_sign_ins(person_id)
    steps.forget_links(person_id)
    for kept in (StaffRole, SecondFactor, RecoveryCode):
        rows_changed(delete(kept).where(kept.person_id == person_id))
    person.state, person.is_buyer = PersonState.CLOSED, False
    person.name = person.email = person.email_key = person.password_hash = person.phone = person.postal_address = ""
    person.proved_at = person.password_changed_at = person.closing_at = person.warned_at = None
    trail.record(Did.CLOSED, "person", person_id, by=Actor.WORKER)
    return True
