"""Requests and complaints about personal data."""

from typing import Any

from c4s.audit import trail
from c4s.cases import actions
from c4s.cases.models import Case
from c4s.cases.rules import CaseKind
from c4s.core.db import db
from c4s.mail.models import Channel, OutgoingLetter

NIA = "nia@example.cymru"


def a_case(**facts: Any) -> Case:
    """Nia, whom nobody knows, asks for a copy, and reads both languages, unless told otherwise."""
    defaults = {
        "kind": CaseKind.ACCESS,
        "name": "Nia",
        "channel": Channel.EMAIL,
        "address": NIA,
        "language_written": "both",
        "words": "Popeth, os gwelwch yn dda.",
    }
    return again(actions.open_case(**{**defaults, **facts}))


def again(case_id: int) -> Case:
    """A case as it is now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Case, case_id)


def story_of(case_id: int) -> list[tuple[str, str]]:
    """What the trail says of a case: who, and what."""
    return [(entry.actor, entry.action) for entry in trail.history_of("case", case_id)]


def letters_about(case_id: int) -> list[OutgoingLetter]:
    """Every letter about a case, the oldest first."""
    db.session.rollback()
    found = db.session.query(OutgoingLetter).filter_by(about_kind="case", about_id=case_id)
    return list(found.order_by(OutgoingLetter.id))
