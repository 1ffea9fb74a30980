"""What readers and staff do about reports: each verb is one unit of work."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, select, update

from c4s.accounts import steps
from c4s.accounts.models import Person
from c4s.accounts.rules import PersonState
from c4s.audit import trail
from c4s.audit.trail import Actor
from c4s.core import once, read_aloud, throttle
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.text import mailbox, must_be_said
from c4s.core.units import held, unit_of_work
from c4s.directory import queries as directory
from c4s.directory.models import Supplier
from c4s.i18n import formats
from c4s.i18n.bilingual import Bilingual
from c4s.reports import letters, queries, rules
from c4s.reports.models import Report, ReportNote
from c4s.reports.rules import Did, Outcome, ReportKind, ReportState, WhyNot
from c4s.web.rights import Right

KIND = "report"


@unit_of_work
def tell(
    supplier_id: int,
    kind: ReportKind,
    *,
    key: str,
    network: str,
    name: str,
    email: str,
    language: str,
    words: str,
    asked_in: str,
    person_id: int | None = None,
) -> None:
    """A reader says that something is wrong with an entry: staff have it, the business is told unless the kind is for
    staff alone, and whoever left an address has a letter with the reference. The same form sent twice is one.

    Args:
        key: the form's own random key.
        network: where the visitor is, for the limit; kept only as a hash.
        email: empty when no answer is wanted; then ``language`` does not matter.
        asked_in: the language of the page.
        person_id: who is signed in, if anybody is.

    Raises:
        Refused: ``TooMany`` or ``NotAgain``.
    """
    body = once.fingerprint(supplier_id, kind, name, email, language, words)
    if once.earlier_result(key, body) is not None:
        return
    throttle.count_network(KIND, network, limit=rules.PER_NETWORK, window=rules.HOUR)
    throttle.count(KIND, "the whole site", limit=rules.PER_SITE, window=rules.HOUR)
    throttle.count("report about", str(supplier_id), limit=rules.PER_ENTRY, window=rules.HOUR)
    if email:
        throttle.count("report by", mailbox(email), limit=rules.PER_ADDRESS, window=rules.HOUR)
    moment = now()
    report = Report(
        reference=_new_reference(),
        supplier_id=supplier_id,
        kind=kind,
        state=ReportState.OPEN,
        words=words,
        person_id=person_id,
        name=name,
        email=email,
        language_written=language if email else "",
        asked_in=asked_in,
        told_at=moment,
        due_on=rules.due_on(formats.uk(moment).date()),
    )
    db.session.add(report)
    db.session.flush()
    _never_tell([report], report.supplier)
    if email:
        person = db.session.get_one(Person, person_id) if person_id else None
        letters.received(report, is_known=person is not None and email == person.email)
    if rules.is_for_business(kind):
        letters.to_business(report)
    by = trail.person(person_id) if person_id else Actor.VISITOR
    trail.record(Did.TOLD, KIND, report.id, by=by, report_kind=kind, supplier=supplier_id)
    once.remember(key, report.reference)


def _new_reference() -> str:
    while True:
        reference = rules.reference_from(read_aloud.drawn(rules.REFERENCE_LENGTH))
        if not queries.has_reference(reference):
            return reference


@unit_of_work
def looked(report_id: int, *, by_id: int) -> None:
    """Note that a member of staff read a report."""
    trail.record(Did.LOOKED, KIND, report_id, by=trail.person(by_id))


@unit_of_work
def note(report_id: int, words: str, *, by_id: int) -> None:
    """Write something about a report for colleagues. The same words by the same member twice in a row are one note.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``ONES_OWN``, ``ALREADY_ANSWERED``.
    """
    report = _held(report_id, by_id)
    rules.may_deal_with(report.state, is_ones_own=queries.is_ones_own(report, by_id))
    last = select(ReportNote).where(ReportNote.report_id == report_id).order_by(ReportNote.id.desc()).limit(1)
    before = db.session.scalar(last)
    if before is not None and (before.by_id, before.words) == (by_id, words):
        return
    db.session.add(ReportNote(report_id=report_id, by_id=by_id, words=words, at=now()))
    trail.record(Did.NOTED, KIND, report_id, by=trail.person(by_id))


@unit_of_work
def answer(report_id: int, outcome: Outcome, words: Bilingual, *, by_id: int) -> None:
    """Say what came of a report; whoever left an address is told in the languages in which they are written to. The
    same member's second click changes nothing.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``ONES_OWN``, ``ALREADY_ANSWERED``;
            ``WORDS_NEEDED``, with the ``languages`` in which they are missing.
    """
    report = _held(report_id, by_id)
    given = (ReportState.ANSWERED, by_id, outcome, words)
    if (report.state, report.answered_by_id, report.outcome, report.answer) == given:
        return
    rules.may_deal_with(report.state, is_ones_own=queries.is_ones_own(report, by_id))
    if report.email:
        must_be_said({"cy": words.cy, "en": words.en}, report.language_written, WhyNot.WORDS_NEEDED)
    report.state, report.outcome, report.answer = ReportState.ANSWERED, outcome, words
    report.answered_at, report.answered_by_id = now(), by_id
    if report.email:
        letters.answered(report)
    was_late = formats.uk(now()).date() > report.due_on
    trail.record(Did.ANSWERED, KIND, report_id, by=trail.person(by_id), outcome=outcome, was_late=was_late)


def _held(report_id: int, by_id: int) -> Report:
    """A report, held, for a member of staff who may deal with them."""
    steps.must_have(Right.ANSWER_REPORTS, by_id)
    return held(Report, report_id)


# ---- When somebody goes ----


def left(person: Person) -> None:
    """Somebody's account is closed for good: who they are has done its work in what they told us, once it is answered.
    A part of that unit of work."""
    _no_more_of(Report.person_id == person.id)


def entry_gone(supplier: Supplier) -> None:
    """An entry is about to go, and what was said of it stays: staff still answer it, and none of those who spoke for it
    ever learns who told us. A part of that unit of work."""
    reports = queries.reports_about(supplier.id)
    _never_tell(reports, supplier)
    for report in reports:
        report.gone_name = supplier.names


def released(business_id: int) -> None:
    """A business is about to go, while an entry that it claimed stays: none of those who spoke for it ever learns who
    told us. A part of that unit of work, and to be called before the directory lets go of its entries."""
    for supplier in directory.entries_of(business_id):
        _never_tell(queries.reports_about(supplier.id), supplier)


def _never_tell(reports: Iterable[Report], supplier: Supplier | None) -> None:
    """Keep it from those who speak for an entry today who told us of it: also once they do so no more."""
    people = queries.speaking_for(supplier.business_id) if supplier else set()
    for report in reports:
        report.gone_people = sorted(people.union(report.gone_people))


def _no_more_of(those: ColumnElement[bool]) -> None:
    is_known = or_(Report.name != "", Report.email != "")
    rows_changed(
        update(Report)
        .where(those, Report.state == ReportState.ANSWERED, is_known)
        .values(name="", email="", language_written="")
    )


@unit_of_work
def forget_old(moment: datetime | None = None) -> int:
    """Forget reports a year after their answer; who told us at once, when they have closed their account. Doing it
    again changes nothing.

    Returns:
        how many reports are forgotten whole.
    """
    _no_more_of(Report.person_id.in_(select(Person.id).where(Person.state == PersonState.CLOSED)))
    before = (moment or now()) - rules.KEEP_ANSWERED
    return rows_changed(delete(Report).where(Report.state == ReportState.ANSWERED, Report.answered_at <= before))
