"""What people and staff do about cases: each verb is one unit of work."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import delete

from c4s.accounts import steps
from c4s.accounts.models import Person
from c4s.audit import trail
from c4s.audit.trail import Actor
from c4s.cases import letters, queries, rules
from c4s.cases.models import Case
from c4s.cases.rules import CaseKind, CaseState, Did, WhyNot
from c4s.core import once, read_aloud, throttle
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.text import mailbox, must_be_said
from c4s.core.units import held, unit_of_work
from c4s.i18n import formats
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel
from c4s.web.rights import Right

KIND = "case"
PER_NETWORK, PER_SITE, PER_ADDRESS, HOUR = 10, 200, 5, timedelta(hours=1)
"""How many may be sent: each posts a letter, and is work for staff."""


@unit_of_work
def open_case(
    *,
    kind: CaseKind,
    name: str,
    channel: Channel,
    address: str,
    language_written: str,
    words: str,
    person_id: int | None = None,
    key: str = "",
    network: str = "",
) -> int:
    """Take in a request or a complaint, and post the letter that says so. The same form sent twice is one.

    Args:
        address: an e-mail address or the lines of a postal address, as the channel needs.
        person_id: who is signed in, if anybody is.
        key: the random key of the form.
        network: as ``throttle.network_of`` says; empty for our own commands.

    Returns:
        the number of the case.

    Raises:
        Refused: with ``TooMany``; with ``NotAgain`` when the key was used otherwise.
    """
    if key:
        earlier = once.earlier_result(key, once.fingerprint(kind, name, channel, address, language_written, words))
        if earlier is not None:
            return int(earlier)
    if network:
        throttle.count_network(KIND, network, limit=PER_NETWORK, window=HOUR)
        throttle.count(KIND, "the whole site", limit=PER_SITE, window=HOUR)
    reached = mailbox(address) if channel == Channel.EMAIL else address
    throttle.count("case to", reached, limit=PER_ADDRESS, window=HOUR)
    person = db.session.get_one(Person, person_id) if person_id else None
    case = _begun(kind, name, channel, address, language_written, words, now(), person_id)
    letters.received(case, is_known=person is not None and address == person.email)
    trail.record(Did.OPENED, KIND, case.id, by=trail.person(person_id) if person_id else Actor.VISITOR, case_kind=kind)
    if key:
        once.remember(key, str(case.id))
    return case.id


@unit_of_work
def enter_case(
    *,
    kind: CaseKind,
    name: str,
    channel: Channel,
    address: str,
    language_written: str,
    words: str,
    received_on: date,
    by_id: int,
    key: str,
) -> int:
    """Take in a request or a complaint that reached staff by telephone, on paper or face to face, and post the letter
    that says so. The law's month runs from the day on which it came. The same form sent twice is one.

    Args:
        as ``open_case``; received_on: the day on which it came, in Wales.

    Returns:
        the number of the case.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; as ``rules.may_have_come``; with ``NotAgain`` when
            the key was used otherwise.
    """
    steps.must_have(Right.WORK_AT_DESK, by_id)
    given = (kind, name, channel, address, language_written, words)
    earlier = once.earlier_result(key, once.fingerprint(*given, received_on.isoformat(), by_id))
    if earlier is not None:
        return int(earlier)
    rules.may_have_come(received_on, _today())
    came = now() if received_on == _today() else datetime.combine(received_on, time(12), formats.UK)
    case = _begun(*given, came, None)
    letters.received(case, is_known=False)
    trail.record(Did.ENTERED, KIND, case.id, by=trail.person(by_id), case_kind=kind)
    once.remember(key, str(case.id))
    return case.id


def _begun(
    kind: CaseKind,
    name: str,
    channel: Channel,
    address: str,
    language_written: str,
    words: str,
    received_at: datetime,
    person_id: int | None,
) -> Case:
    case = Case(
        reference=_new_reference(),
        kind=kind,
        state=CaseState.OPEN,
        person_id=person_id,
        name=name,
        channel=channel,
        address=address,
        language_written=language_written,
        words=words,
        received_at=received_at,
        acknowledged_at=now(),
        due_on=rules.due_on(formats.uk(received_at).date()),
    )
    db.session.add(case)
    db.session.flush()
    return case


def _new_reference() -> str:
    while True:
        reference = rules.reference_from(read_aloud.drawn(rules.REFERENCE_LENGTH))
        if not queries.has_reference(reference):
            return reference


@unit_of_work
def looked(case_id: int, *, by_id: int) -> None:
    """Note that a member of staff read a case."""
    trail.record(Did.LOOKED, KIND, case_id, by=trail.person(by_id))


@unit_of_work
def take_longer(case_id: int, words: Bilingual, *, by_id: int) -> None:
    """Tell somebody that the answer to their request takes two months longer, and why. The same member's second click
    is refused as any other's.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``ONES_OWN``, ``ALREADY_ANSWERED``, ``COMPLAINT``,
            ``ALREADY_LONGER``, ``TOO_LATE``; ``WORDS_NEEDED``, with the ``languages`` in which they are missing.
    """
    steps.must_have(Right.ANSWER_CASES, by_id)
    case = held(Case, case_id)
    rules.may_answer(case.state, case.person_id, by_id)
    rules.may_take_longer(case.kind, is_longer=case.extended_at is not None, due=case.due_on, today=_today())
    must_be_said({"cy": words.cy, "en": words.en}, case.language_written, WhyNot.WORDS_NEEDED)
    case.extended_at, case.why_longer = now(), words
    case.due_on = rules.longer_due_on(formats.uk(case.received_at).date())
    letters.takes_longer(case)
    trail.record(
        Did.TOOK_LONGER, KIND, case_id, by=trail.person(by_id), reason=_for_trail(words), due_on=case.due_on.isoformat()
    )


@unit_of_work
def answer(case_id: int, words: Bilingual, *, by_id: int) -> None:
    """Answer somebody, in the languages in which they are written to. The same member's second click changes nothing.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``ONES_OWN``, ``ALREADY_ANSWERED``; ``WORDS_NEEDED``,
            with the ``languages`` in which they are missing.
    """
    steps.must_have(Right.ANSWER_CASES, by_id)
    case = held(Case, case_id)
    if (case.state, case.answered_by_id, case.answer) == (CaseState.ANSWERED, by_id, words):
        return
    rules.may_answer(case.state, case.person_id, by_id)
    must_be_said({"cy": words.cy, "en": words.en}, case.language_written, WhyNot.WORDS_NEEDED)
    case.state, case.answer, case.answered_at, case.answered_by_id = CaseState.ANSWERED, words, now(), by_id
    letters.answered(case)
    trail.record(Did.ANSWERED, KIND, case_id, by=trail.person(by_id), was_late=_today() > case.due_on)


def _today() -> date:
    return formats.uk(now()).date()


def _for_trail(words: Bilingual) -> str:
    return words.spoken("en")[0][:2000]


@unit_of_work
def forget_old(moment: datetime | None = None) -> int:
    """Forget cases two years after their answer. Doing it again changes nothing.

    Returns:
        how many.
    """
    before = (moment or now()) - rules.KEEP_ANSWERED
    return rows_changed(delete(Case).where(Case.state == CaseState.ANSWERED, Case.answered_at <= before))
