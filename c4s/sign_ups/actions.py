"""What staff do for those who take part in an event: each verb is one unit of work, and the trail says who did it."""

from collections.abc import Sequence

from c4s.accounts import steps
from c4s.audit import trail
from c4s.core import once
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import held, unit_of_work
from c4s.events import actions as events
from c4s.events import rules as event_rules
from c4s.events import signing_up
from c4s.events.models import Booking, Event
from c4s.events.signing_up import Answer
from c4s.events.steps import SignUp, tell_how_it_stands
from c4s.i18n.bilingual import Bilingual
from c4s.sign_ups import letters, queries, rules
from c4s.sign_ups.models import EventMessage
from c4s.sign_ups.rules import Audience, Did, WhyNot
from c4s.web.rights import Right


def _by(by_id: int, right: Right = Right.LOOK_AFTER_SIGN_UPS) -> str:
    """What the trail calls a member of staff who has the right at this very moment.

    Raises:
        Refused: ``NOT_ALLOWED`` when they have not.
    """
    steps.must_have(right, by_id)
    return trail.person(by_id)


# ---- One person ----


@unit_of_work
def add(event_id: int, sign_up: SignUp, *, by_id: int, key: str) -> Answer:
    """Give a place, or a turn in the queue, to somebody who phoned or stands at the door; they are told.

    Args:
        by_id: the member of staff who asked them; the sign-up keeps who it was.
        key: the random key of the form, by which a repeat is known.

    Raises:
        Refused: ``NOT_ALLOWED``, or as ``events.signing_up.book_place``.
    """
    _by(by_id)
    return signing_up.book_place(event_id, sign_up, key=key, entered_by_id=by_id)


@unit_of_work
def change(
    booking_id: int,
    *,
    name: str,
    others: Sequence[str],
    language_written: str,
    language_spoken: str,
    needs: str,
    by_id: int,
) -> None:
    """Change what somebody told us, at their wish. Raises as ``events.actions.change_details``.

    Args:
        others: the names of those they bring, as many as before: fewer is ``keep_some``.
        needs: what they need, given with consent; empty removes it.
    """
    events.change_details(
        booking_id,
        name=name,
        others=others,
        language_written=language_written,
        language_spoken=language_spoken,
        needs=needs,
        by=_by(by_id),
    )


@unit_of_work
def cancel(booking_id: int, *, by_id: int) -> None:
    """Give somebody's place or turn up, at their wish; they are told. Raises as ``events.actions.cancel``."""
    events.cancel(booking_id, by=_by(by_id))


@unit_of_work
def keep_some(booking_id: int, others: Sequence[str], *, by_id: int) -> None:
    """Give a part of a party's places up.

    Args:
        others: those who still come along.

    Raises:
        Refused: ``NOT_ALLOWED``, or as ``events.actions.keep_some``.
    """
    events.keep_some(booking_id, others, by=_by(by_id))


@unit_of_work
def accept(booking_id: int, others: Sequence[str] | None = None, *, by_id: int) -> None:
    """Take what is offered, for somebody who says so on the phone. Raises as ``events.actions.accept_offer``.

    Args:
        others: those who come along, where there are not places for everybody.
    """
    events.accept_offer(booking_id, others, by=_by(by_id))


@unit_of_work
def decline(booking_id: int, *, by_id: int) -> None:
    """Let the next person have the place offered. Raises as ``events.actions.decline_offer``."""
    events.decline_offer(booking_id, by=_by(by_id))


@unit_of_work
def move(booking_id: int, to_event_id: int, *, by_id: int) -> int:
    """Give somebody a place at another date in return for this one, with one letter about both.

    Returns:
        the number of the new sign-up.

    Raises:
        Refused: ``NOT_ALLOWED``, or as ``events.actions.move``.
    """
    return events.move(booking_id, to_event_id, by=_by(by_id))


@unit_of_work
def choose_slot(booking_id: int, session_id: int, *, by_id: int) -> None:
    """Give somebody another time at an advice session. Raises as ``events.actions.choose_slot``."""
    events.choose_slot(booking_id, session_id, by=_by(by_id))


@unit_of_work
def send_again(booking_id: int, *, by_id: int) -> None:
    """Put the letter that says how somebody's place stands in the outbox once more: by post, it waits to be printed.

    Raises:
        Refused: ``NOT_ALLOWED``; ``NOT_THIS_STATE`` when the place has been given up or has lapsed.
    """
    by = _by(by_id)
    booking = db.session.get_one(Booking, booking_id)
    if not event_rules.is_live(booking.state):
        raise Refused(event_rules.WhyNot.NOT_THIS_STATE)
    tell_how_it_stands(booking)
    trail.record(Did.SENT_AGAIN, "booking", booking_id, by=by, channel=str(booking.channel))


# ---- All of an event ----


@unit_of_work
def interpreter_booked(event_id: int, *, by_id: int) -> None:
    """An interpreter has been booked: the task is done.

    Raises:
        Refused: ``NOT_ALLOWED``; ``NO_INTERPRETER_NEEDED`` when there is no such task any more.
    """
    by = _by(by_id)
    event = held(Event, event_id)
    if not queries.to_interpret(event_id):
        raise Refused(WhyNot.NO_INTERPRETER_NEEDED)
    event.interpreter_booked_at = now()
    trail.record(Did.INTERPRETER_BOOKED, "event", event_id, by=by)


@unit_of_work
def write(
    event_id: int,
    subject: Bilingual,
    body: Bilingual,
    audience: Audience,
    session_id: int | None,
    *,
    by_id: int,
    key: str,
) -> int:
    """Write to many at once: each gets it in the languages that they read, all in the same unit of work.

    Args:
        session_id: the slot, for ``Audience.SESSION``.
        key: the random key of the form, by which a repeat is known: nobody gets it twice.

    Returns:
        the number of letters.

    Raises:
        Refused: ``NOT_ALLOWED``; ``NOT_IN_BOTH_LANGUAGES``; ``NOBODY``; with ``NotAgain`` when the key was used
            otherwise.
    """
    by = _by(by_id, Right.RUN_EVENTS)
    print_of = once.fingerprint(event_id, subject.cy, subject.en, body.cy, body.en, audience, session_id, by_id)
    earlier = once.earlier_result(key, print_of)
    if earlier is not None:
        return int(earlier)
    rules.must_be_in_both({"subject": (subject.cy, subject.en), "body": (body.cy, body.en)})
    held(Event, event_id)
    found = queries.recipients(event_id, audience, session_id)
    if not found:
        raise Refused(WhyNot.NOBODY)
    for booking in found:
        letters.event_message(booking, subject, body)
    message = EventMessage(
        event_id=event_id,
        subject=subject,
        body=body,
        audience=audience,
        session_id=session_id if audience == Audience.SESSION else None,
        number=len(found),
        posted_at=now(),
        by_id=by_id,
    )
    db.session.add(message)
    db.session.flush()
    trail.record(Did.WROTE, "event", event_id, by=by, message=message.id, audience=str(audience), number=message.number)
    once.remember(key, str(message.number))
    return message.number


# ---- What was looked at ----


@unit_of_work
def looked_at_list(event_id: int, *, number: int, needs: int, by_id: int) -> None:
    """Note that somebody looked at the list of an event.

    Args:
        number: of the sign-ups on the page; ``needs``: how many of them said what they need.
    """
    trail.record(Did.LISTED, "event", event_id, by=trail.person(by_id), number=number, needs=needs)


@unit_of_work
def looked_at(booking_id: int, *, needs: bool, by_id: int) -> None:
    """Note that somebody looked at one sign-up.

    Args:
        needs: whether it says what they need.
    """
    trail.record(Did.LOOKED_AT, "booking", booking_id, by=trail.person(by_id), needs=needs)


@unit_of_work
def printed(event_id: int, what: str, number: int, *, by_id: int) -> None:
    """Note that somebody made a list or badges for the door. ``what``: the name of the page."""
    trail.record(Did.PRINTED, "event", event_id, by=trail.person(by_id), what=what, number=number)


@unit_of_work
def exported(event_id: int, form: str, number: int, *, by_id: int) -> None:
    """Note that somebody took the sign-ups away as a file. ``form``: ``csv`` or ``xlsx``."""
    trail.record(Did.EXPORTED, "event", event_id, by=trail.person(by_id), form=form, number=number)
