"""Writing down who came, and issuing certificates: each verb is one unit of work."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete

from c4s.accounts import steps
from c4s.attendance import letters, queries, rules
from c4s.attendance.models import Attendance, Certificate
from c4s.attendance.queries import Earned, Line, Place
from c4s.attendance.rules import Did, WhyNot
from c4s.audit import trail
from c4s.core import read_aloud, throttle
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.errors import Refused
from c4s.core.text import must_be_said
from c4s.core.units import held, unit_of_work
from c4s.events.models import Event
from c4s.i18n import formats
from c4s.i18n.bilingual import Bilingual
from c4s.web.rights import Right


@unit_of_work
def record(
    event_id: int,
    session_id: int | None,
    *,
    came: Collection[Place],
    was: Collection[Place] = (),
    everybody: bool = False,
    by_id: int,
) -> None:
    """Write down who came to a sitting, and of all the others that they did not.

    Only what was changed on the page changes what is kept: two at two doors, each with a page opened at the
    beginning, do not undo each other's ticks.

    Args:
        session_id: None for an event that has no sessions.
        came: whom the page has ticked.
        was: whom it had ticked when it was opened.
        everybody: all came, whatever is ticked.
        by_id: the member of staff.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED``; as ``rules.may_record``; ``NOT_HELD`` when the session is not the event's.
    """
    steps.must_have(Right.LOOK_AFTER_SIGN_UPS, by_id)
    event = held(Event, event_id)
    sitting = queries.sitting_to_show(queries.sittings(event), session_id)
    if sitting is None or sitting.session_id != session_id:
        raise Refused(WhyNot.NOT_HELD)
    rules.may_record(queries.is_held(event), sitting.day, formats.uk(now()).date())
    rows = {row.booking_id: row for row in queries.rows_of(event_id) if row.session_id == session_id}
    is_new, added, removed = False, set(came) - set(was), set(was) - set(came)
    touched = {booking_id for booking_id, _position in added | removed}
    for line in queries.register(event_id, session_id):
        names = _who_came(line, added, removed, everybody)
        row = rows.get(line.booking.id)
        if row and not everybody and line.booking.id not in touched:
            continue
        if row is None:
            is_new = True
            row = Attendance(booking_id=line.booking.id, session_id=session_id)
            db.session.add(row)
        elif row.names == names:
            continue
        else:
            trail.record(
                Did.CORRECTED,
                "booking",
                line.booking.id,
                by=trail.person(by_id),
                event=event_id,
                session=session_id,
                was=row.came,
                now=len(names),
            )
        row.came, row.names, row.recorded_at, row.recorded_by_id = len(names), names, now(), by_id
    if is_new:
        db.session.flush()
        total = queries.counted(queries.register(event_id, session_id)).came
        trail.record(Did.RECORDED, "event", event_id, by=trail.person(by_id), session=session_id, came=total)


def _who_came(line: Line, added: Collection[Place], removed: Collection[Place], everybody: bool) -> list[str]:
    names = []
    for position, name in enumerate(line.people):
        place = (line.booking.id, position)
        did_before = line.came is not None and line.came[position]
        if everybody or place in added or (did_before and place not in removed):
            names.append(name)
    return names


@unit_of_work
def issue(event_id: int, chosen: Collection[Place], *, by_id: int) -> int:
    """Issue certificates; each sign-up has one letter that tells of its own. The same form sent twice issues nothing.

    Args:
        chosen: for whom; whoever has not come to enough, or has a certificate, is passed over.

    Returns:
        how many.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED``; as ``rules.may_issue``; ``NOBODY_CHOSEN``.
    """
    steps.must_have(Right.LOOK_AFTER_SIGN_UPS, by_id)
    event = held(Event, event_id)
    rules.may_issue(queries.is_held(event), event.ends_at, now())
    if not chosen:
        raise Refused(WhyNot.NOBODY_CHOSEN)
    issued: dict[int, list[Certificate]] = {}
    for one in queries.course(event).earned:
        if (one.booking.id, one.position) in chosen and one.is_enough and one.name and not one.has_one:
            issued.setdefault(one.booking.id, []).append(_issued(event, one, by_id))
    db.session.flush()
    for certificates in issued.values():
        letters.certificate_ready(certificates)
        for certificate in certificates:
            by, booking_id = trail.person(by_id), certificate.booking_id
            trail.record(Did.ISSUED, "certificate", certificate.id, by=by, event=event_id, booking=booking_id)
    return sum(len(certificates) for certificates in issued.values())


def _issued(event: Event, earned: Earned, by_id: int) -> Certificate:
    certificate = Certificate(
        code=_new_code(),
        booking=earned.booking,
        event=event,
        name=earned.name,
        minutes=earned.minutes,
        issued_at=now(),
        issued_by_id=by_id,
    )
    db.session.add(certificate)
    return certificate


def _new_code() -> str:
    while True:
        code = read_aloud.grouped(read_aloud.drawn(rules.CODE_LENGTH))
        if queries.certificate_by_code(code) is None:
            return code


@unit_of_work
def withdraw(certificate_id: int, words: Bilingual, *, languages: str, by_id: int) -> None:
    """Withdraw a certificate; whoever can still be reached is told why.

    Args:
        words: why.
        languages: in which it must be said: those of the one who is told.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED``; ``WITHDRAWN_ALREADY``; ``WORDS_NEEDED``, with the ``languages`` in which
            they are missing.
    """
    steps.must_have(Right.LOOK_AFTER_SIGN_UPS, by_id)
    certificate = db.session.get_one(Certificate, certificate_id)
    held(Event, certificate.event_id)
    db.session.refresh(certificate)
    if certificate.withdrawn_at:
        raise Refused(WhyNot.WITHDRAWN_ALREADY)
    must_be_said({"cy": words.cy, "en": words.en}, languages, WhyNot.WORDS_NEEDED)
    certificate.withdrawn_at, certificate.why_withdrawn = now(), words
    if certificate.booking:
        letters.certificate_withdrawn(certificate)
    trail.record(
        Did.WITHDRAWN,
        "certificate",
        certificate_id,
        by=trail.person(by_id),
        reason=words.spoken("en")[0][:2000],
        event=certificate.event_id,
    )


@unit_of_work
def looked(event_id: int, *, by_id: int) -> None:
    """Note that a member of staff saw who came to an event, or who has a certificate of it."""
    trail.record(Did.LOOKED, "event", event_id, by=trail.person(by_id))


@unit_of_work
def count_look_up(network: str) -> None:
    """Count that somebody looked up a code.

    Raises:
        Refused: with ``TooMany``.
    """
    throttle.count_network("certificate", network, limit=rules.LOOK_UPS, window=rules.LOOK_UP_WINDOW)


@unit_of_work
def count_pdf(network: str) -> None:
    """Count that a PDF is made.

    Raises:
        Refused: with ``TooMany``.
    """
    throttle.count_network("certificate as PDF", network, limit=rules.PDFS, window=rules.LOOK_UP_WINDOW)


@unit_of_work
def forget_old(moment: datetime | None = None) -> int:
    """Forget certificates six years after they were issued; who came is forgotten with their sign-up.

    Returns:
        how many.
    """
    before = (moment or now()) - rules.KEEP_CERTIFICATES
    return rows_changed(delete(Certificate).where(Certificate.issued_at < before))
