"""What people and staff do about buyer rights: each verb is one unit of work."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, func

from c4s.accounts import rules as accounts
from c4s.accounts import steps
from c4s.accounts.models import Person
from c4s.audit import trail
from c4s.buyers import letters, phrases, queries, rules
from c4s.buyers.models import BuyerRequest
from c4s.buyers.rules import Did, Ready, RequestState, WhyNot
from c4s.core import throttle
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.errors import Refused
from c4s.core.text import languages_read, must_be_said
from c4s.core.units import held, unit_of_work
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import speaking
from c4s.web.rights import Right

ASKED_A_DAY, DAY = 5, timedelta(days=1)
"""How often somebody may ask: each time is work for staff."""
KIND = "buyer_request"


@unit_of_work
def ask(person_id: int, *, organisation: str, position: str, evidence: str) -> None:
    """Somebody says that they buy for a public body; staff will check it. The same words twice are one request.

    Raises:
        Refused: ``ALREADY_BUYER``, ``ALREADY_WAITING``; with ``TooMany``; ``NOT_THIS_STATE`` of accounts.
    """
    person = steps.held_if_here(person_id)
    given = {"organisation": organisation, "position": position, "evidence": evidence}
    last = queries.last_of(person_id)
    is_waiting = last is not None and last.state == RequestState.WAITING
    if is_waiting and all(getattr(last, field) == value for field, value in given.items()):
        return
    rules.may_ask(is_buyer=person.is_buyer, is_waiting=is_waiting)
    throttle.count(KIND, str(person_id), limit=ASKED_A_DAY, window=DAY)
    request = BuyerRequest(person_id=person_id, state=RequestState.WAITING, created_at=now(), **given)
    db.session.add(request)
    db.session.flush()
    trail.record(Did.ASKED, KIND, request.id, by=trail.person(person.id), person=person_id)


@unit_of_work
def withdraw(person_id: int) -> None:
    """Somebody thought again before staff decided. Doing it again changes nothing.

    Raises:
        Refused: ``NOT_THIS_STATE`` of accounts.
    """
    person = steps.held_if_here(person_id)
    last = queries.last_of(person_id)
    if last is None or last.state != RequestState.WAITING:
        return
    request = held(BuyerRequest, last.id)
    request.state, request.decided_at = RequestState.WITHDRAWN, now()
    trail.record(Did.WITHDREW, KIND, request.id, by=trail.person(person.id), person=person_id)


@unit_of_work
def looked(request_id: int, *, by_id: int) -> None:
    """Note that a member of staff read a request."""
    trail.record(Did.LOOKED, KIND, request_id, by=trail.person(by_id))


@unit_of_work
def grant(request_id: int, *, by_id: int) -> None:
    """Staff have checked somebody: they have the rights of a buyer, and are told. The same member's second click
    changes nothing.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``NOT_WAITING``, ``ONES_OWN``, ``ACCOUNT_NOT_OPEN``.
    """
    steps.must_have(Right.CHECK_BUYERS, by_id)
    request, person = _held(request_id)
    if not accounts.may_sign_in(person.state):
        raise Refused(WhyNot.ACCOUNT_NOT_OPEN)
    if (request.state, request.decided_by_id) == (RequestState.GRANTED, by_id):
        return
    rules.may_decide(request.state, person.id, by_id)
    _decide(request, person, RequestState.GRANTED, by_id)
    person.is_buyer = True
    letters.granted(request)
    trail.record(Did.GRANTED, KIND, request_id, by=trail.person(by_id), person=person.id)


@unit_of_work
def refuse(request_id: int, ready: Iterable[Ready], words: Bilingual, *, by_id: int) -> None:
    """Staff could not agree: the one who asked is told why, and can correct and ask again. The same member's second
    click changes nothing.

    Args:
        ready: reasons that are ready in both languages.
        words: others, in the member's own words.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``NOT_WAITING``, ``ONES_OWN``, ``ACCOUNT_NOT_OPEN``;
            ``REASON_NEEDED``, with the ``languages`` in which there is none.
    """
    steps.must_have(Right.CHECK_BUYERS, by_id)
    request, person = _held(request_id)
    if not accounts.may_sign_in(person.state):
        raise Refused(WhyNot.ACCOUNT_NOT_OPEN)
    if (request.state, request.decided_by_id) == (RequestState.REFUSED, by_id):
        return
    rules.may_decide(request.state, person.id, by_id)
    reason = _reason(list(ready), words, person.language_written)
    _decide(request, person, RequestState.REFUSED, by_id, reason)
    letters.refused(request)
    trail.record(Did.REFUSED, KIND, request_id, by=trail.person(by_id), reason=_for_trail(reason), person=person.id)


@unit_of_work
def end(request_id: int, words: Bilingual, *, by_id: int) -> None:
    """Take the rights away that a request gave, also from somebody who is suspended; the one who had them is told
    why. The same member's second click changes nothing.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``NOT_GRANTED``, ``ONES_OWN``; ``REASON_NEEDED``.
    """
    steps.must_have(Right.CHECK_BUYERS, by_id)
    request, person = _held(request_id)
    if (request.state, request.decided_by_id) == (RequestState.ENDED, by_id):
        return
    rules.may_end(request.state, person.id, by_id)
    reason = _reason([], words, person.language_written)
    _decide(request, person, RequestState.ENDED, by_id, reason)
    person.is_buyer = False
    letters.ended(request)
    trail.record(Did.ENDED, KIND, request_id, by=trail.person(by_id), reason=_for_trail(reason), person=person.id)


def _held(request_id: int) -> tuple[BuyerRequest, Person]:
    """A request and its person, both held: the person first, as every action takes them."""
    person = held(Person, db.session.get_one(BuyerRequest, request_id).person_id)
    return held(BuyerRequest, request_id), person


def _decide(
    request: BuyerRequest, person: Person, state: RequestState, by_id: int, reason: Bilingual = Bilingual()
) -> None:
    """Write a decision down. Whoever's rights change has to sign in again: a browser gets a new token for them."""
    request.state, request.reason = state, reason
    request.decided_by_id, request.decided_at = by_id, now()
    if state != RequestState.REFUSED:
        steps.end_sign_ins(person.id)


def _reason(ready: list[Ready], words: Bilingual, language_written: str) -> Bilingual:
    """Why, in the languages in which somebody is written to: what is ready, and then the member's own words."""
    own = {"cy": words.cy, "en": words.en}
    if any(own.values()) or not ready:
        must_be_said(own, language_written, WhyNot.REASON_NEEDED)
    said = {}
    for code in languages_read(language_written):
        with speaking(code):
            said[code] = "\n\n".join([*(str(phrases.READY[one]) for one in ready), *([own[code]] if own[code] else [])])
    return Bilingual(**said)


def _for_trail(reason: Bilingual) -> str:
    return reason.spoken("en")[0][:2000]


def moved(person: Person, old: str) -> None:
    """Somebody has another e-mail address: where it is not at the same organisation, what staff checked is so no more.
    Rights end, and a new request waits in their place; the person is told of both. A part of that unit of work.

    Args:
        person: held.
        old: the address that they had before.
    """
    granted = queries.granted_to(person.id)
    if granted is None or rules.domain_of(old) == rules.domain_of(person.email):
        return
    request = held(BuyerRequest, granted.id)
    said = {}
    for code in languages_read(person.language_written):
        with speaking(code):
            said[code] = str(phrases.MOVED)
    moment = now()
    request.state, request.reason = RequestState.ENDED, Bilingual(**said)
    request.decided_by_id, request.decided_at = None, moment
    person.is_buyer = False
    trail.record(
        Did.ENDED, KIND, request.id, by=trail.person(person.id), reason=_for_trail(request.reason), person=person.id
    )
    asked = BuyerRequest(
        person_id=person.id,
        organisation=request.organisation,
        position=request.position,
        evidence=person.email,
        state=RequestState.WAITING,
        created_at=moment,
    )
    db.session.add(asked)
    db.session.flush()
    trail.record(Did.ASKED, KIND, asked.id, by=trail.person(person.id), person=person.id)
    letters.checked_again(asked, request.reason)


def leave(person: Person) -> None:
    """Forget the requests of somebody whose account closes; a part of that unit of work."""
    rows_changed(delete(BuyerRequest).where(BuyerRequest.person_id == person.id))


@unit_of_work
def forget_old(moment: datetime | None = None) -> int:
    """Forget requests that gave no rights, or none any more, after their time. Doing it again changes nothing.

    Returns:
        how many.
    """
    before = (moment or now()) - rules.KEEP_REQUESTS
    return rows_changed(
        delete(BuyerRequest).where(
            BuyerRequest.state.in_((RequestState.REFUSED, RequestState.WITHDRAWN, RequestState.ENDED)),
            func.coalesce(BuyerRequest.decided_at, BuyerRequest.created_at) <= before,
        )
    )
