"""How an entry leaves the directory for good: whoever keeps something that was said of it is told while it is still
there. Each registers in ``site.py``."""

from collections.abc import Callable, Sequence

from flask import Flask, current_app
from sqlalchemy import select

from c4s.core.db import db
from c4s.directory import filing
from c4s.directory.models import Supplier
from c4s.search import index

REMOVALS = "c4s.directory.removals"


def on_removal(app: Flask, told: Callable[[Supplier], None]) -> None:
    """Tell somebody in the house whenever an entry is about to go, in that unit of work."""
    app.extensions.setdefault(REMOVALS, []).append(told)


def remove(suppliers: Sequence[Supplier]) -> None:
    """Delete entries. A part of a unit of work; while those who spoke for them still do."""
    ids = [supplier.id for supplier in suppliers]
    # What is just being said of one is waited for, so that whoever keeps it is told of that too.
    db.session.execute(select(Supplier.id).where(Supplier.id.in_(ids)).order_by(Supplier.id).with_for_update())
    for supplier in suppliers:
        for told in current_app.extensions.get(REMOVALS, ()):
            told(supplier)
        db.session.delete(supplier)
    db.session.flush()
    index.remove(filing.KIND, ids)
