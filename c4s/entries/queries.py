"""What can be asked about entries and networks. Nothing here changes anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from c4s.audit.models import Entry
from c4s.businesses.models import Business
from c4s.core.db import db
from c4s.core.text import fold
from c4s.directory import queries as directory
from c4s.directory.models import Network, Supplier, supplier_network
from c4s.directory.rules import SupplierStatus
from c4s.entries.rules import Standing
from c4s.entries.rules import standing as standing_of
from c4s.i18n.references import LARGEST
from c4s.moderation.models import Revision
from c4s.moderation.rules import Did as Looked

PER_PAGE = 20
MOST_NAMES = 5_000
"""Names that are looked at for what somebody typed; a longer piece of the name finds the rest."""
SURE = frozenset("bdfghjkmpqrtvx0123456789")
"""Characters that a database finds however they are written: no accent, and no other letter, folds to them."""
PROFILE = "profile"
OF_ENTRIES = ("supplier", PROFILE)
"""What the trail calls an entry, and what its business writes for it."""
HISTORY = 200
"""Entries of the trail that a page shows."""

IS_DOWN = Supplier.taken_down_at.is_not(None)
IS_UP = Supplier.taken_down_at.is_(None)
IN_USE = Supplier.status.in_((SupplierStatus.ACTIVE, SupplierStatus.TEMPORARILY_CLOSED))
IS_CURRENT = and_(IS_UP, Supplier.gone_on.is_(None), Supplier.archived_on.is_(None))
STANDING: dict[Standing, ColumnElement[bool]] = {
    Standing.LISTED: and_(IS_CURRENT, Supplier.status == SupplierStatus.ACTIVE),
    Standing.PAUSED: and_(IS_CURRENT, Supplier.status == SupplierStatus.TEMPORARILY_CLOSED),
    Standing.UNPUBLISHED: and_(IS_UP, Supplier.status == SupplierStatus.UNPUBLISHED),
    Standing.CLOSED: and_(IS_UP, Supplier.status == SupplierStatus.CLOSED),
    Standing.TAKEN_DOWN: IS_DOWN,
    Standing.ARCHIVED: and_(IS_UP, IN_USE, Supplier.gone_on.is_(None), Supplier.archived_on.is_not(None)),
    Standing.GONE: and_(IS_UP, IN_USE, Supplier.gone_on.is_not(None)),
}
"""What ``rules.standing`` says, to the database."""


@dataclass(frozen=True)
class Found:
    """An entry in the list of staff."""

    supplier: Supplier
    standing: Standing
    business: str
    """The name of the business that keeps it; empty when none does."""


def standing(supplier: Supplier) -> Standing:
    """How an entry stands."""
    return standing_of(
        supplier.status,
        is_taken_down=supplier.taken_down_at is not None,
        is_archived=supplier.archived_on is not None,
        is_gone=supplier.gone_on is not None,
    )


def find(words: str, wanted: Standing | None, page: int) -> tuple[list[Found], int]:
    """Entries by a piece of their name or by their number, in any state, the newest first; in a fixed number of
    statements.

    Args:
        words: as somebody typed them; none for all.
        page: counted from 1, ``PER_PAGE`` on each.

    Returns:
        one page of them, and how many there are on all.
    """
    where = [] if wanted is None else [STANDING[wanted]]
    skip = (page - 1) * PER_PAGE
    if words:
        ids = _named(words, where)
        total, ids = len(ids), ids[skip : skip + PER_PAGE]
    else:
        total = db.session.scalar(select(func.count()).select_from(Supplier).where(*where)) or 0
        asked = select(Supplier.id).where(*where).order_by(Supplier.id.desc()).offset(skip).limit(PER_PAGE)
        ids = list(db.session.scalars(asked))
    rows = db.session.execute(
        select(Supplier, Business.name)
        .outerjoin(Business, Supplier.business_id == Business.id)
        .where(Supplier.id.in_(ids))
        .order_by(Supplier.id.desc())
    )
    return [Found(row[0], standing(row[0]), row[1] or "") for row in rows], total


def _named(words: str, where: Sequence[ColumnElement[bool]]) -> list[int]:
    """The numbers of entries with all these words in one of their names, or with this very number.

    The search index holds none that readers must not find, and neither engine folds accents: the database finds
    those whose letters without accents come in this order, and the rest is compared here.
    """
    wanted = fold(words).split()
    number = int(words) if words.isascii() and words.isdecimal() and int(words) <= LARGEST else None
    if not wanted:
        return []
    pattern = [f"%{'%'.join(letter for letter in word if letter in SURE)}%" for word in wanted]
    by_name = and_(*((Supplier.name.ilike(one) | Supplier.name_cy.ilike(one)) for one in pattern))
    found = db.session.execute(
        select(Supplier.id, Supplier.name, Supplier.name_cy)
        .where(by_name if number is None else by_name | (Supplier.id == number), *where)
        .order_by(Supplier.id.desc())
        .limit(MOST_NAMES)
    )
    return [row[0] for row in found if row[0] == number or _has_all(wanted, row[1], row[2])]


def _has_all(wanted: Sequence[str], *names: str) -> bool:
    return any(all(word in fold(name) for word in wanted) for name in names)


def story_of(supplier_id: int) -> list[Entry]:
    """What was done to an entry, and to what its business writes for it, the newest first; who read it is left to the
    trail's own page."""
    # Asked for first: PostgreSQL would read the whole trail for numbers that are still a question.
    versions = db.session.scalars(
        select(Revision.id).where(Revision.kind == PROFILE, Revision.subject_id == supplier_id)
    ).all()
    about_it = and_(Entry.subject_kind.in_(OF_ENTRIES), Entry.subject_id == supplier_id)
    about_versions = and_(Entry.subject_kind == "revision", Entry.subject_id.in_(versions))
    asked = select(Entry).where(or_(about_it, about_versions), Entry.action != str(Looked.LOOKED))
    return list(db.session.scalars(asked.order_by(Entry.id.desc()).limit(HISTORY)))


# ---- Networks ----


def networks() -> list[Network]:
    """Every network, also those that meet no more."""
    return list(db.session.scalars(select(Network).order_by(Network.id)))


def members() -> dict[int, int]:
    """How many entries that readers find are in each network, by its number."""
    found = db.session.execute(
        select(supplier_network.c.network_id, func.count())
        .join(Supplier, Supplier.id == supplier_network.c.supplier_id)
        .where(*directory.LISTED)
        .group_by(supplier_network.c.network_id)
    )
    return {row[0]: row[1] for row in found}


def network(network_id: int) -> Network | None:
    """One network."""
    return db.session.get(Network, network_id) if network_id <= LARGEST else None


def renamed() -> list[tuple[int, datetime]]:
    """The networks whose members are still found by other names than theirs, and since when."""
    found = select(Network.id, Network.renamed_at).where(Network.renamed_at.is_not(None)).order_by(Network.id)
    return [(number, at) for number, at in db.session.execute(found) if at]


def members_of(network_id: int) -> list[int]:
    """The numbers of every entry in a network, whatever its state."""
    asked = select(supplier_network.c.supplier_id).where(supplier_network.c.network_id == network_id)
    return list(db.session.scalars(asked))
