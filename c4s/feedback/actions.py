"""Saying what one thought, and forgetting what was written: each verb is one unit of work."""

import secrets
from datetime import datetime

from sqlalchemy import or_, select, update

from c4s.audit import trail
from c4s.core.clock import now
from c4s.core.db import db, inserting, rows_changed
from c4s.core.errors import Refused
from c4s.core.units import unit_of_work
from c4s.events.models import Booking, Event
from c4s.feedback import queries, rules
from c4s.feedback.models import Feedback, FeedbackGiven
from c4s.feedback.rules import Did, Said, WhyNot
from c4s.i18n import formats


@unit_of_work
def give(booking_id: int, said: Said) -> None:
    """Keep what somebody thought, and apart from it that they have said something. The trail is told nothing: it has
    times, and would lead from the one to the other.

    Raises:
        Refused: as ``rules.may_give``; ``NOTHING_SAID``; ``ALREADY_GIVEN``.
    """
    booking = db.session.get_one(Booking, booking_id)
    event = booking.event
    rules.may_give(queries.was_held(event), queries.had_a_place(booking), booking.ends_at, now())
    if not said.is_something:
        raise Refused(WhyNot.NOTHING_SAID)
    claim = inserting(FeedbackGiven).on_conflict_do_nothing().returning(FeedbackGiven.booking_id)
    if db.session.connection().execute(claim, {"booking_id": booking_id}).first() is None:
        raise Refused(WhyNot.ALREADY_GIVEN)
    db.session.add(
        Feedback(
            id=secrets.token_hex(16),
            event_id=event.id,
            given_on=formats.uk(now()).date(),
            language=said.language,
            useful=said.useful,
            pace=said.pace,
            welcome=said.welcome,
            next_step=said.next_step,
            more=said.more,
            name=said.name,
        )
    )


@unit_of_work
def looked(event_id: int, did: Did, *, by_id: int) -> None:
    """Note that a member of staff read what people thought, or took it away."""
    trail.record(did, "event", event_id, by=trail.person(by_id))


@unit_of_work
def forget_old(moment: datetime | None = None) -> int:
    """Forget what people wrote, and their names, two years after the event. Doing it again changes nothing.

    Returns:
        of how many answers.
    """
    before = (moment or now()) - rules.KEEP_WORDS
    has_words = or_(Feedback.next_step != "", Feedback.more != "", Feedback.name != "")
    long_ago = Feedback.event_id.in_(select(Event.id).where(Event.ends_at < before))
    return rows_changed(update(Feedback).where(long_ago, has_words).values(next_step="", more="", name=""))
