"""How many events each way of narrowing a list would leave: kept in memory until an event changes.

Counting looks at every event of a list, and thousands of visitors ask for the same few lists between two changes.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, cast, func, literal_column, select, union_all

from c4s.core.changes import EVENTS, version
from c4s.core.db import db, rows
from c4s.events import queries, rules
from c4s.events.models import Event, EventCategory
from c4s.events.queries import Wanted
from c4s.events.rules import DeliveryLanguage, HeldIn
from c4s.taxonomy.models import Category

MOST_KEPT = 200
"""Lists whose counts a process keeps; those that were not asked for lately make room."""


@dataclass(frozen=True)
class Counts:
    """Of a list, places apart: how many events it has, and how many it would have with another value of each filter."""

    total: int
    kinds: Mapping[str, int]
    delivered: Mapping[str, int]
    areas: Mapping[int, int]
    """By the area itself, not those below it."""
    themes: Mapping[int, int]
    """By the category of the upper level, which those below it count in."""
    online: int

    def held_in(self, choice: HeldIn) -> int:
        return sum(self.delivered.get(one, 0) for one in rules.DELIVERED[choice])

    def within(self, areas: Iterable[int]) -> int:
        return sum(self.areas.get(area, 0) for area in areas)


_kept: OrderedDict[tuple[Any, ...], Counts] = OrderedDict()


def of(wanted: Wanted, moment: datetime, *, past: bool = False) -> Counts:
    """The counts of a list of events to come, or of those that have been.

    Args:
        wanted: whether there are places left makes no difference.
    """
    wanted, day = replace(wanted, free=False), queries.today(moment)
    key = (str(db.engine.url), version(EVENTS), day, past, wanted)
    counts = _kept.pop(key, None) or _counted(wanted, day, past)
    _kept[key] = counts
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return counts


def _counted(wanted: Wanted, day: datetime, past: bool) -> Counts:
    def part(name: str, by: Any, among: Wanted, number: Any = None) -> Select[Any]:
        number = func.count() if number is None else number
        statement = select(literal_column(f"'{name}'"), cast(by, String), number).select_from(Event)
        return queries.narrowed(statement, among).where(*queries.LISTED[past]).group_by(by)

    top = func.coalesce(Category.parent_id, Category.id)
    every: Any = literal_column("'all'")
    total = select(literal_column("'total'"), every, func.count()).select_from(Event)
    themes = part("theme", top, replace(wanted, categories=frozenset()), func.count(Event.id.distinct()))
    whole = union_all(
        queries.narrowed(total, wanted).where(*queries.LISTED[past]),
        part("kind", Event.kind, replace(wanted, kind=None)),
        part("delivered", Event.delivery_language, replace(wanted, held_in=None)),
        part("area", Event.area_id, replace(wanted, areas=frozenset())),
        part("online", Event.online, replace(wanted, online=True)),
        themes.join(EventCategory, EventCategory.event_id == Event.id).join(
            Category, EventCategory.category_id == Category.id
        ),
    )
    found: dict[str, Counter[str]] = {}
    for name, value, number in rows(whole, today=day):
        found.setdefault(name, Counter())[value or ""] += int(number)

    def numbers(name: str) -> dict[int, int]:
        return {int(value): number for value, number in found.get(name, Counter()).items() if value}

    return Counts(
        total=found["total"]["all"],
        kinds=found.get("kind", {}),
        delivered={str(DeliveryLanguage(code)): n for code, n in found.get("delivered", Counter()).items()},
        areas=numbers("area"),
        themes=numbers("theme"),
        online=sum(found.get("online", Counter()).values()),
    )
