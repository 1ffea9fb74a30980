"""Questions about suppliers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

from dateutil.relativedelta import relativedelta
from sqlalchemy import Integer, bindparam, func, literal, or_, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from c4s.audit.models import Entry
from c4s.businesses.models import Business
from c4s.businesses.rules import domain_of, name_key
from c4s.core.changes import TAXONOMY, version
from c4s.core.clock import now
from c4s.core.db import db, rows
from c4s.directory import rules
from c4s.directory.models import (
    EntryClaim,
    Network,
    Service,
    Supplier,
    supplier_area,
    supplier_category,
    supplier_network,
)
from c4s.directory.rules import ClaimState, SupplierStatus
from c4s.i18n import formats
from c4s.i18n.alphabet import sort_key
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import LANGUAGES
from c4s.i18n.references import LARGEST
from c4s.taxonomy.queries import Term, Terms

PER_PAGE = 20
SENT_ENQUIRY = "supplier.enquiry_sent"
"""What the trail calls a message to a supplier: ``actions`` is above this room."""
LISTED = (
    Supplier.status.in_(sorted(rules.LISTED)),
    Supplier.gone_on.is_(None),
    Supplier.taken_down_at.is_(None),
    Supplier.archived_on.is_(None),
)
"""What ``rules.is_listed`` says, to the database."""


@dataclass(frozen=True)
class Brief:
    """What a list shows of a supplier."""

    id: int
    name: str
    name_cy: str
    summary: Bilingual
    description: Bilingual
    area_id: int | None
    town: str
    serves_in_welsh: bool
    social_enterprise: bool
    micro_enterprise: bool
    status: SupplierStatus
    claim: str

    @property
    def names(self) -> Bilingual:
        return Bilingual(self.name_cy or self.name, self.name)


BRIEF = (
    Supplier.id,
    Supplier.name,
    Supplier.name_cy,
    Supplier.summary_cy,  # type: ignore[attr-defined]
    Supplier.summary_en,  # type: ignore[attr-defined]
    Supplier.description_cy,  # type: ignore[attr-defined]
    Supplier.description_en,  # type: ignore[attr-defined]
    Supplier.area_id,
    Supplier.town,
    Supplier.serves_in_welsh,
    Supplier.social_enterprise,
    Supplier.micro_enterprise,
    Supplier.status,
    Supplier.claim,
)


def _brief(row: Any) -> Brief:
    return Brief(
        row[0], row[1], row[2], Bilingual(row[3], row[4]), Bilingual(row[5], row[6]), row[7], row[8], row[9],
        row[10], row[11], row[12], row[13],
    )  # fmt: skip


# Statements of the most visited pages are put together once, not at every visit.
SOME = select(*BRIEF).where(Supplier.id.in_(bindparam("ids", expanding=True)))
NEWEST = (
    select(*BRIEF)
    .where(*LISTED)
    .order_by(Supplier.confirmed_on.desc().nulls_last(), Supplier.id)
    .limit(bindparam("number", type_=Integer))
)


def briefs(ids: Sequence[int]) -> list[Brief]:
    """Suppliers for a list, in the order asked for."""
    if not ids:
        return []
    found = {row[0]: _brief(row) for row in rows(SOME, ids=list(ids))}
    return [found[i] for i in ids if i in found]


def supplier(supplier_id: int) -> Supplier | None:
    """One supplier, listed or not."""
    return db.session.get(Supplier, supplier_id) if supplier_id <= LARGEST else None


LINKS = union_all(
    select(literal("category"), supplier_category.c.category_id).where(
        supplier_category.c.supplier_id == bindparam("supplier")
    ),
    select(literal("area"), supplier_area.c.area_id).where(supplier_area.c.supplier_id == bindparam("supplier")),
    select(literal("network"), supplier_network.c.network_id).where(
        supplier_network.c.supplier_id == bindparam("supplier")
    ),
)


def links(supplier_id: int) -> tuple[list[int], list[int], list[int]]:
    """The numbers of a supplier's categories, of the areas it works in, and of the networks it belongs to."""
    found = rows(LINKS, supplier=supplier_id)
    categories, areas, networks = (
        [row[1] for row in found if row[0] == name] for name in ("category", "area", "network")
    )
    return categories, areas, networks


def networks() -> Terms:
    """The networks that still meet: a few dozen, kept in memory until one of them changes."""
    return _networks(str(db.engine.url), version(TAXONOMY))[0]


def about_network(network_id: int) -> Bilingual:
    """What is said of a network that still meets; nothing of any other."""
    return _networks(str(db.engine.url), version(TAXONOMY))[1].get(network_id, Bilingual())


@lru_cache(maxsize=2)
def _networks(where: str, number: int) -> tuple[Terms, dict[int, Bilingual]]:
    found = db.session.execute(
        select(Network.id, Network.code, Network.name, Network.about).where(Network.ended_on.is_(None))
    ).all()
    terms = [Term(one.id, one.code, None, one.name, _sorting(one.name)) for one in found]
    known = Terms({term.id: term for term in terms}, {term.code: term for term in terms})
    return known, {one.id: one.about for one in found}


def _sorting(name: Bilingual) -> Bilingual:
    return Bilingual(*(sort_key(name.spoken(code)[0], code) for code in LANGUAGES))


def newest(number: int) -> list[Brief]:
    """The suppliers that said last that their entry is still right; imported ones after all others."""
    return [_brief(row) for row in rows(NEWEST, number=number)]


def addresses(after: int, number: int) -> list[tuple[int, str, str]]:
    """Numbers and names of listed suppliers for the map of the site, in order of number."""
    found = db.session.execute(
        select(Supplier.id, Supplier.name, Supplier.name_cy)
        .where(Supplier.id > after, *LISTED)
        .order_by(Supplier.id)
        .limit(number)
    )
    return [(row[0], row[1], row[2] or row[1]) for row in found]


def everything(ids: Sequence[int]) -> list[Supplier]:
    """Whole suppliers, in the order asked for, for exports."""
    found = {
        one.id: one
        for one in db.session.scalars(
            select(Supplier)
            .where(Supplier.id.in_(ids))
            .options(
                joinedload(Supplier.area),
                selectinload(Supplier.categories),
                selectinload(Supplier.areas_served),
                selectinload(Supplier.networks),
                selectinload(Supplier.services).joinedload(Service.category),
            )
        )
    }
    return [found[i] for i in ids if i in found]


def messages_by_month(supplier_id: int, number: int) -> list[tuple[date, int]]:
    """How many messages visitors sent to a supplier through the site in each of the last months, the latest first.

    Returns:
        the first day of each month, and how many there were in it.
    """
    first = formats.uk(now()).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    starts = [first + relativedelta(months=1 - back) for back in range(number + 1)]
    months = list(pairwise(starts))
    counts = [func.count().filter(Entry.at >= since, Entry.at < until) for until, since in months]
    found = db.session.execute(
        select(*counts).where(
            Entry.subject_kind == "supplier", Entry.subject_id == supplier_id, Entry.action == SENT_ENQUIRY
        )
    ).one()
    return [(since.date(), count) for (_, since), count in zip(months, found, strict=True)]


# ---- Claims ----

MOST_LIKELY = 10
CLAIM_PARTS = (
    joinedload(EntryClaim.supplier),
    joinedload(EntryClaim.business),
    joinedload(EntryClaim.person),
)


def likely_entries(business: Business) -> list[Supplier]:
    """Entries that may be a business's own: those with its website, and those of its name with its postcode."""
    where = []
    if business.domain:
        where.append(func.lower(Supplier.website).contains(business.domain, autoescape=True))
    if business.postcode:
        where.append(Supplier.postcode == business.postcode)
    if not where:
        return []
    found = db.session.scalars(select(Supplier).where(or_(*where)).order_by(Supplier.id).limit(500))
    return [one for one in found if _is_like(one, business)][:MOST_LIKELY]


def _is_like(supplier: Supplier, business: Business) -> bool:
    if business.domain and domain_of(supplier.website) == business.domain:
        return True
    if not business.postcode or supplier.postcode != business.postcode:
        return False
    mine = set(business.name_key.split())
    names = [set(name_key(name).split()) for name in (supplier.name, supplier.name_cy) if name]
    return any(mine and name and (mine <= name or name <= mine) for name in names)


def entries_of(business_id: int) -> Sequence[Supplier]:
    """The entries that a business keeps."""
    return db.session.scalars(select(Supplier).where(Supplier.business_id == business_id).order_by(Supplier.id)).all()


def entry_of(business_id: int, supplier_id: int) -> Supplier | None:
    """One entry, if this business keeps it."""
    found = supplier(supplier_id)
    return found if found is not None and found.business_id == business_id else None


def claims_of(business_id: int) -> Sequence[EntryClaim]:
    """What a business has claimed, the newest first."""
    return db.session.scalars(
        select(EntryClaim)
        .where(EntryClaim.business_id == business_id)
        .options(joinedload(EntryClaim.supplier))
        .order_by(EntryClaim.id.desc())
    ).all()


def claims_by(person_id: int) -> Sequence[EntryClaim]:
    """What somebody has claimed for businesses, the oldest first."""
    return db.session.scalars(
        select(EntryClaim).where(EntryClaim.person_id == person_id).options(*CLAIM_PARTS).order_by(EntryClaim.id)
    ).all()


def waiting_claims(supplier_id: int | None = None) -> Sequence[EntryClaim]:
    """Claims that wait for staff, or those to one entry alone; the oldest first."""
    query = select(EntryClaim).where(EntryClaim.state == ClaimState.WAITING).options(*CLAIM_PARTS)
    if supplier_id is not None:
        query = query.where(EntryClaim.supplier_id == supplier_id)
    return db.session.scalars(query.order_by(EntryClaim.created_at, EntryClaim.id)).all()


def claim(claim_id: int) -> EntryClaim | None:
    """One claim, whatever became of it."""
    if claim_id > LARGEST:
        return None
    return db.session.scalar(select(EntryClaim).where(EntryClaim.id == claim_id).options(*CLAIM_PARTS))
