"""Drafts with obvious defaults; nothing is random."""

from datetime import timedelta
from typing import Any

from c4s.audit import trail
from c4s.audit.trail import Actor
from c4s.core.clock import now
from c4s.core.db import db
from c4s.events.models import Event
from c4s.events.rules import DeliveryLanguage, EventKind, MaterialsLanguage
from c4s.i18n.bilingual import Bilingual
from c4s.programme import actions, queries
from c4s.programme.models import EventContent, EventDraft
from tests.events.builders import TITLE

BY = str(Actor.COMMAND)


def a_content(**facts: Any) -> EventContent:
    """A workshop in a fortnight, on line, complete in both languages unless told otherwise."""
    starts = facts.pop("starts_at", now() + timedelta(days=14, hours=1))
    defaults = {
        "kind": EventKind.WORKSHOP,
        "title": TITLE,
        "summary": Bilingual("Y camau cyntaf.", "The first steps."),
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2) if starts else None,
        "capacity": 2,
        "online": True,
        "online_address": "https://meet.example.wales/1",
        "delivery_language": DeliveryLanguage.BILINGUAL,
        "materials_language": MaterialsLanguage.BILINGUAL,
    }
    return EventContent(**{**defaults, **facts})


def a_draft(**facts: Any) -> int:
    """The number of a draft of a new event."""
    return actions.start(a_content(**facts), by=BY)


def published(**facts: Any) -> int:
    """The number of an event that was a draft."""
    return actions.publish(a_draft(**facts), by=BY)


def turn_of(draft_id: int) -> int:
    return draft_again(draft_id).turn


def draft_again(draft_id: int) -> EventDraft:
    """A draft as it is now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(EventDraft, draft_id)


def event_again(event_id: int) -> Event:
    """An event as it is now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Event, event_id)


def saved(draft_id: int, **more: Any) -> None:
    """Save a draft whose content differs in what is given."""
    content = draft_again(draft_id).read
    still_right = more.pop("still_right", ())
    wanted = EventContent(**{**content.__dict__, **more})
    actions.save(draft_id, wanted, seen=turn_of(draft_id), still_right=still_right, by=BY)


def changed(event_id: int, *, notice: Bilingual = Bilingual(), **more: Any) -> None:
    """Publish a change to an event."""
    draft_id = actions.change(event_id, by=BY)
    content = queries.content_of(event_again(event_id))
    actions.save(draft_id, EventContent(**{**content.__dict__, **more}), seen=turn_of(draft_id), by=BY)
    actions.publish(draft_id, notice=notice, by=BY)


def story_of(kind: str, number: int) -> list[str]:
    """What the trail says was done to a thing."""
    return [entry.action for entry in trail.history_of(kind, number)]
