"""What can be asked about requests to be a buyer. Nothing here changes anything."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from c4s.buyers.models import BuyerRequest
from c4s.buyers.rules import RequestState
from c4s.core.db import db
from c4s.i18n.references import LARGEST

PER_PAGE = 50


def request(request_id: int) -> BuyerRequest | None:
    """One request, with its person; None for none."""
    if request_id > LARGEST:
        return None
    return db.session.get(BuyerRequest, request_id, options=[joinedload(BuyerRequest.person)])


def requests_of(person_id: int) -> Sequence[BuyerRequest]:
    """All that somebody has asked, the last first."""
    return db.session.scalars(
        select(BuyerRequest).where(BuyerRequest.person_id == person_id).order_by(BuyerRequest.id.desc())
    ).all()


def last_of(person_id: int) -> BuyerRequest | None:
    """What somebody asked last; None for nothing."""
    return db.session.scalar(
        select(BuyerRequest).where(BuyerRequest.person_id == person_id).order_by(BuyerRequest.id.desc()).limit(1)
    )


def granted_to(person_id: int) -> BuyerRequest | None:
    """The request that somebody has the rights of a buyer by; None for nobody's."""
    is_theirs = (BuyerRequest.person_id == person_id, BuyerRequest.state == RequestState.GRANTED)
    return db.session.scalar(select(BuyerRequest).where(*is_theirs).order_by(BuyerRequest.id.desc()).limit(1))


def waiting() -> Sequence[BuyerRequest]:
    """Every request that waits for staff, with its person, the oldest first."""
    return db.session.scalars(
        select(BuyerRequest)
        .where(BuyerRequest.state == RequestState.WAITING)
        .options(joinedload(BuyerRequest.person))
        .order_by(BuyerRequest.created_at, BuyerRequest.id)
    ).all()


def granted(page: int) -> tuple[Sequence[BuyerRequest], int]:
    """A page of the requests that made somebody a buyer, the newest first, and how many there are."""
    is_granted = BuyerRequest.state == RequestState.GRANTED
    found = db.session.scalars(
        select(BuyerRequest)
        .where(is_granted)
        .options(joinedload(BuyerRequest.person))
        .order_by(BuyerRequest.decided_at.desc(), BuyerRequest.id.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()
    return found, db.session.scalar(select(func.count()).where(is_granted)) or 0
