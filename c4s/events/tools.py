"""What staff can do about one event: each capability registers its pages in ``site.py``; all of them show the list."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, abort, current_app, render_template, request, url_for

from c4s.accounts import session
from c4s.events import queries
from c4s.events.listing import when
from c4s.events.models import Event
from c4s.events.rules import EventKind
from c4s.web.rights import Right

TOOLS = "c4s.event_tools"


@dataclass(frozen=True)
class Tool:
    """A page of staff about one event.

    Attributes:
        label: what people call it, in words of both languages.
        endpoint: of the page; it takes the number of the event as ``event_id``.
        right: whoever has it sees the tool.
        kinds: of the events that it is for; all, when empty.
    """

    label: object
    endpoint: str
    right: Right
    kinds: frozenset[EventKind] = frozenset()


@dataclass(frozen=True)
class Way:
    """A link to a tool; none to the page that shows it."""

    label: object
    address: str
    is_here: bool


def register(app: Flask, tool: Tool) -> None:
    """Add a page to those about every event, after those that are there."""
    app.extensions.setdefault(TOOLS, []).append(tool)


def found(event_id: int) -> Event:
    """An event in any state; where there is none, there is no page."""
    return queries.event(event_id) or abort(404)


def page(template: str, event: Event, **facts: Any) -> str:
    """A page about one event, with when it is, and the ways to all else that can be done with it."""
    return render_template(template, event=event, when=when(event), ways=ways(event), **facts)


def rights() -> frozenset[Right]:
    """What whoever is signed in may do."""
    here = session.this_sign_in()
    return here.rights if here else frozenset()


def ways(event: Event) -> list[Way]:
    """The tools for an event that whoever is signed in may use, as ``parts/event_tools.html`` shows them."""
    theirs = rights()
    return [
        Way(tool.label, url_for(tool.endpoint, event_id=event.id), request.endpoint == tool.endpoint)
        for tool in current_app.extensions.get(TOOLS, ())
        if tool.right in theirs and (not tool.kinds or event.kind in tool.kinds)
    ]
