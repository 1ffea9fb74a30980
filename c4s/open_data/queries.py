"""Which services there are to tell machines of, in a fixed number of statements however many there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from c4s.core.changes import PAGES, version
from c4s.core.db import db, rows
from c4s.directory import queries as directory
from c4s.directory.filing import KIND
from c4s.directory.models import Service, Supplier, supplier_category
from c4s.i18n.references import LARGEST
from c4s.open_data.models import SiteIdentity
from c4s.open_data.rules import Asked
from c4s.search import queries as searching
from c4s.search.models import SearchEntry
from c4s.search.places import Position

AT_ONCE = 500
Key = tuple[int, int | None]
"""A supplier, and one of its services; or the supplier alone, which then counts as one service."""


@dataclass(frozen=True)
class Offer:
    """One service as machines are told of it: a row, or a supplier that names none."""

    supplier: Supplier
    service: Service | None


@dataclass(frozen=True)
class Found:
    """One page of services.

    Attributes:
        total: how many there are on all pages.
        is_more: there are more, for only the closest of many suppliers were looked at.
    """

    offers: Sequence[Offer]
    total: int
    is_more: bool = False


@dataclass(frozen=True)
class Narrowed:
    """What a question comes down to in numbers of ours.

    Attributes:
        category_ids: one of which a service is in; None for any service, in a category or in none.
        supplier_id: whose alone; None for all.
        near: where, if the question said near where.
    """

    category_ids: tuple[int, ...] | None = None
    supplier_id: int | None = None
    near: Position | None = None


def services(asked: Asked, narrowed: Narrowed) -> Found:
    """A page of the services that answer a question, in order of their suppliers' numbers; those that answer words
    or are near somewhere, the closest first."""
    skip = (asked.page - 1) * asked.per_page
    query = all_of(asked, narrowed)
    if not (asked.words or narrowed.near):
        keys = _keys(query, skip, asked.per_page)
        is_whole = not skip and len(keys) < asked.per_page
        total = len(keys) if is_whole else _total(str(db.engine.url), version(PAGES), asked.modified_after, narrowed)
        return Found(offers(keys), total)
    answer = searching.find(
        searching.Question(
            kind=KIND,
            words=asked.words,
            near=narrowed.near,
            within=asked.metres / 1_000,
            language=asked.language,
            size=searching.MOST,
        )
    )
    place = {hit.record_id: number for number, hit in enumerate(answer.hits)}
    found = rows(query.where(SearchEntry.record_id.in_(place)))
    keys = sorted(((row[0], row[1]) for row in found), key=lambda key: (place[key[0]], key[1] or 0))
    is_more = answer.is_more or answer.total > len(answer.hits)
    return Found(offers(keys[skip : skip + asked.per_page]), len(keys), is_more)


def each(skip: int, number: int) -> Iterator[Offer]:
    """So many services after the first few, in order of their suppliers' numbers: some hundreds at a time, so that what
    is written already can be let go."""
    keys = _keys(all_of(Asked(), Narrowed()), skip, number)
    for start in range(0, len(keys), AT_ONCE):
        yield from offers(keys[start : start + AT_ONCE])


def _keys(query: Select[Any], skip: int, number: int) -> list[Key]:
    return [(row[0], row[1]) for row in rows(in_order(query).limit(number).offset(skip))]


def in_order(query: Select[Any]) -> Select[Any]:
    """The keys as a list has them, page by page: indexes have this order, so that the farthest page reads no row."""
    return query.order_by(SearchEntry.record_id, Service.id)


def all_of(asked: Asked, narrowed: Narrowed, *columns: Any) -> Select[Any]:
    """The keys of all that answer, apart from words and places. The index knows exactly the suppliers that are listed,
    and its rows are small."""
    query = (
        select(*(columns or (SearchEntry.record_id, Service.id)))
        .select_from(SearchEntry)
        .outerjoin(Service, Service.supplier_id == SearchEntry.record_id)
        .where(SearchEntry.kind == KIND)
    )
    if narrowed.supplier_id is not None:
        query = query.where(SearchEntry.record_id == narrowed.supplier_id)
    if narrowed.category_ids is not None:
        query = query.where(_is_in(narrowed.category_ids))
    if asked.modified_after is not None:
        since = asked.modified_after
        query = query.join(Supplier, Supplier.id == SearchEntry.record_id)
        query = query.where(or_(Supplier.updated_at >= since, Service.updated_at >= since))
    return query


def _is_in(category_ids: tuple[int, ...]) -> ColumnElement[bool]:
    """A service in one of these categories; one that names none is in those of its supplier."""
    theirs = select(supplier_category.c.supplier_id).where(supplier_category.c.category_id.in_(category_ids))
    return or_(
        Service.category_id.in_(category_ids),
        and_(Service.category_id.is_(None), SearchEntry.record_id.in_(theirs)),
    )


@lru_cache(maxsize=256)
def _total(where: str, number: int, modified_after: Any, narrowed: Narrowed) -> int:
    """How many services answer: kept until something public changes, for people turn many pages of one list."""
    query = all_of(Asked(modified_after=modified_after), narrowed, func.count())
    return int(rows(query)[0][0])


def offers(keys: Sequence[Key]) -> list[Offer]:
    """Services with all that is told of them, in the order asked for; what is not listed is never among them."""
    if not keys:
        return []
    suppliers = {one.id: one for one in directory.everything(sorted({key[0] for key in keys})) if one.is_listed}
    wanted = [service_id for _, service_id in keys if service_id is not None]
    found = {one.id: one for one in db.session.scalars(select(Service).where(Service.id.in_(wanted)))} if wanted else {}
    return [
        Offer(suppliers[supplier_id], None if service_id is None else found[service_id])
        for supplier_id, service_id in keys
        if supplier_id in suppliers and (service_id is None or service_id in found)
    ]


def service(supplier_id: int | None, service_id: int | None) -> Offer | None:
    """One service, by its row or as its supplier that names none; None if it is not listed."""
    if max(supplier_id or 0, service_id or 0) > LARGEST:
        return None
    condition = Service.id == service_id if supplier_id is None else SearchEntry.record_id == supplier_id
    found = rows(all_of(Asked(), Narrowed()).where(condition).limit(2))
    keys: list[Key] = [(row[0], row[1]) for row in found if supplier_id is None or row[1] is None]
    return next(iter(offers(keys)), None)


def identity() -> UUID:
    """What every identifier that this site gives out rests on."""
    key: UUID = rows(select(SiteIdentity.key))[0][0]
    return key
