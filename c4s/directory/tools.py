"""What staff can do about one entry: each capability registers its pages in ``site.py``; all of them show the list."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, abort, current_app, render_template, request, url_for

from c4s.accounts import session
from c4s.directory import queries
from c4s.directory.models import Supplier
from c4s.web.rights import Right

TOOLS = "c4s.entry_tools"


@dataclass(frozen=True)
class Tool:
    """A page of staff about one entry.

    Attributes:
        label: what people call it, in words of both languages.
        endpoint: of the page; it takes the number of the entry as ``supplier_id``.
        right: whoever has it sees the tool.
    """

    label: object
    endpoint: str
    right: Right


@dataclass(frozen=True)
class Way:
    """A link to a tool; none to the page that shows it."""

    label: object
    address: str
    is_here: bool


def register(app: Flask, tool: Tool) -> None:
    """Add a page to those about every entry, after those that are there."""
    app.extensions.setdefault(TOOLS, []).append(tool)


def found(supplier_id: int) -> Supplier:
    """An entry in any state; where there is none, there is no page."""
    return queries.supplier(supplier_id) or abort(404)


def page(template: str, supplier: Supplier, **facts: Any) -> str:
    """A page about one entry, with the ways to all else that can be done with it."""
    return render_template(template, supplier=supplier, ways=ways(supplier), **facts)


def ways(supplier: Supplier) -> list[Way]:
    """The tools for an entry that whoever is signed in may use, as ``parts/event_tools.html`` shows them."""
    here = session.this_sign_in()
    theirs = here.rights if here else frozenset()
    return [
        Way(tool.label, url_for(tool.endpoint, supplier_id=supplier.id), request.endpoint == tool.endpoint)
        for tool in current_app.extensions.get(TOOLS, ())
        if tool.right in theirs
    ]
