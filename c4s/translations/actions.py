"""What businesses and staff do about words in the other language: each verb is one unit of work.

Locks are taken in one order: the business, the wish, and then what moderation holds.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete

from c4s.accounts import steps as people
from c4s.audit import trail
from c4s.businesses import queries as businesses
from c4s.businesses import steps
from c4s.businesses.models import Business
from c4s.businesses.rules import MemberRole
from c4s.core import throttle
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.errors import Refused
from c4s.core.units import held, unit_of_work
from c4s.directory import queries as directory
from c4s.moderation import actions as moderation
from c4s.moderation import kinds
from c4s.moderation import queries as versions
from c4s.moderation.rules import RevisionState
from c4s.translations import letters, queries, rules
from c4s.translations.models import TranslationWish
from c4s.translations.queries import PROFILE, Found
from c4s.translations.rules import Did, WhyNot, WishState
from c4s.web.rights import Right

KIND = "translation_wish"


# ---- Businesses ----


@unit_of_work
def ask(business_id: int, supplier_id: int, *, by_id: int) -> None:
    """Ask, for a business, that staff put its words into the other language. One wish waits at a time.

    Raises:
        Refused: ``NOT_THERE`` when the entry is another's; ``NOTHING_MISSING``; businesses' ``NOT_THERE``; with
            ``TooMany``.
    """
    steps.held_for(business_id, by_id, MemberRole.OWNER, MemberRole.EDITOR)
    if directory.entry_of(business_id, supplier_id) is None:
        raise Refused(WhyNot.NOT_THERE)
    if queries.waiting_for(business_id, supplier_id) is not None:
        return
    wanted = rules.wanted([one.piece for one in queries.missing(supplier_id)])
    throttle.count("translation wish", str(business_id), limit=rules.ASKED, window=rules.ASKED_WINDOW)
    wish = TranslationWish(
        supplier_id=supplier_id,
        business_id=business_id,
        asked_by_id=by_id,
        asked_at=now(),
        wanted=wanted,
        state=WishState.WAITING,
    )
    db.session.add(wish)
    db.session.flush()
    _record(Did.ASKED, wish, by_id)


@unit_of_work
def withdraw(business_id: int, supplier_id: int, *, by_id: int) -> None:
    """The business thought again. Doing it again changes nothing.

    Raises:
        Refused: businesses' ``NOT_THERE``.
    """
    steps.held_for(business_id, by_id, MemberRole.OWNER, MemberRole.EDITOR)
    found = queries.waiting_for(business_id, supplier_id)
    if found is None:
        return
    wish = held(TranslationWish, found.id)
    _end(wish, WishState.WITHDRAWN, by_id)
    _record(Did.WITHDREW, wish, by_id)


# ---- Staff ----


@unit_of_work
def save(wish_id: int, said: Mapping[str, str], *, read: str, by_id: int) -> None:
    """Keep what a member of staff has written so far.

    Args:
        said: words by the keys of the pieces.
        read: the ``rules.digest`` of what they had before them.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED``; ``NOT_THERE``, ``ONES_OWN``, ``NOT_WAITING``, ``CHANGED_MEANWHILE``.
    """
    wish, _ = _begun(wish_id, read, by_id)
    _keep(wish, said)
    _record(Did.SAVED, wish, by_id)


@unit_of_work
def finish(wish_id: int, said: Mapping[str, str], *, read: str, by_id: int) -> None:
    """All of it is written: what is live says it in both languages at once, and so does the draft of the business; its
    people are told. The same member's second click changes nothing.

    Raises:
        Refused: as ``save``; ``NOTHING_MISSING``; ``INCOMPLETE``, with the ``keys`` of what is left.
    """
    found = queries.wish(wish_id)
    if found is not None and (found.state, found.ended_by_id) == (WishState.DONE, by_id):
        return
    wish, missing = _begun(wish_id, read, by_id)
    pieces = [one.piece for one in missing]
    rules.must_be_whole(pieces, said)
    _keep(wish, said)
    live = rules.filled(kinds.kind(PROFILE).live(wish.supplier_id), pieces, said)
    if live:
        moderation.publish_now(PROFILE, wish.supplier_id, live, by_id=by_id, tells=False)
    draft = versions.open_revision(PROFILE, wish.supplier_id)
    if draft is not None and draft.state == RevisionState.DRAFT:
        values = rules.filled(draft.content, pieces, said)
        if values:
            moderation.save(PROFILE, wish.supplier_id, values, by_id=by_id)
    _end(wish, WishState.DONE, by_id)
    labels = [one.field.label for one in {one.field.name: one for one in missing}.values()]
    told = [one.person for one in businesses.members_of(wish.business_id)]
    letters.done(wish.supplier, told, labels, is_live=bool(live))
    _record(Did.DONE, wish, by_id)


def _begun(wish_id: int, read: str, by_id: int) -> tuple[TranslationWish, list[Found]]:
    """A wish that this member of staff may work at, held, and what is missing, if it is what they have read."""
    people.must_have(Right.TRANSLATE_PROFILES, by_id)
    found = queries.wish(wish_id)
    if found is None:
        raise Refused(WhyNot.NOT_THERE)
    held(Business, found.business_id)
    wish = held(TranslationWish, wish_id)
    rules.may_work(wish.state, is_ones_own=by_id in businesses.roles_in(wish.business_id))
    missing = queries.missing(wish.supplier_id)
    if rules.digest([one.piece for one in missing]) != read:
        raise Refused(WhyNot.CHANGED_MEANWHILE)
    return wish, missing


def _keep(wish: TranslationWish, said: Mapping[str, str]) -> None:
    wish.words, wish.saved_at = {key: words for key, words in said.items() if words}, now()


def _end(wish: TranslationWish, state: WishState, by_id: int) -> None:
    wish.state, wish.ended_at, wish.ended_by_id = state, now(), by_id
    db.session.flush()


def _record(did: Did, wish: TranslationWish, by_id: int) -> None:
    trail.record(did, KIND, wish.id, by=trail.person(by_id), supplier=wish.supplier_id, business=wish.business_id)


@unit_of_work
def forget_old(moment: datetime | None = None) -> int:
    """Forget wishes a year after they were fulfilled or withdrawn. Doing it again changes nothing.

    Returns:
        how many.
    """
    before = (moment or now()) - rules.KEEP_ENDED
    return rows_changed(delete(TranslationWish).where(TranslationWish.ended_at <= before))
