"""What the page of a supplier shows of its quality: what is said, what was shown to us and what is signed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from c4s.core.clock import now
from c4s.directory.showing import Part, Rows
from c4s.i18n import formats
from c4s.quality import phrases, queries, rules
from c4s.quality.models import QualityFact
from c4s.quality.rules import ASKS, DbsLevel, FactKind, FactStanding

NAME, SIGNED = "quality", "signed"


@dataclass(frozen=True)
class Line:
    """One fact as readers see it.

    Attributes:
        on: the day on which it was said, or seen.
        issued_on: the day of the certificate, where it has one.
        ends_on: the last day on which it counts.
    """

    what: object
    level: object | None
    detail: str
    on: date
    issued_on: date | None
    ends_on: date


@dataclass(frozen=True)
class Signed:
    """Which version of the code is signed, since when, and whether it is the one that counts."""

    number: int
    on: date
    is_current: bool


@dataclass(frozen=True)
class Passport:
    """The three facts, apart."""

    says: list[Line]
    shown: list[Line]
    signed: Signed | None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def load(supplier_ids: Sequence[int]) -> Mapping[int, Rows]:
    """The rows of several entries: nothing that is past, and nothing of a fact that readers may not know."""
    today = formats.uk(now()).date()
    facts = queries.facts_of_each(supplier_ids, today)
    found: dict[int, list[dict[str, Any]]] = {}
    for one in queries.standing_of_each(supplier_ids):
        rows = [_row(fact) for fact in facts.get(one.id, ())] if one.is_kept else []
        if one.number is not None:
            on = formats.uk(one.signed_at).date().isoformat()
            rows.append({"what": SIGNED, "number": one.number, "on": on, "is_current": one.number == one.newest})
        found[one.id] = rows
    return found


def _row(fact: QualityFact) -> dict[str, Any]:
    return {
        "what": str(fact.standing),
        "kind": str(fact.kind),
        "level": str(fact.level) if fact.level else "",
        "detail": fact.detail,
        "on": formats.uk(fact.since).date().isoformat(),
        "issued_on": fact.issued_on.isoformat() if fact.issued_on else None,
        "ends_on": fact.ends_on.isoformat(),
    }


def _counting(rows: Rows, standing: FactStanding, today: date) -> list[Mapping[str, Any]]:
    """The facts of one standing whose last day has not passed: exact, however late the night’s work is."""
    return [
        row for row in rows if row["what"] == standing and not rules.is_past(date.fromisoformat(row["ends_on"]), today)
    ]


def _line(row: Mapping[str, Any]) -> Line:
    return Line(
        what=phrases.KIND[FactKind(row["kind"])],
        level=phrases.LEVEL[DbsLevel(row["level"])] if row["level"] else None,
        detail=row["detail"],
        on=date.fromisoformat(row["on"]),
        issued_on=_day(row["issued_on"]),
        ends_on=date.fromisoformat(row["ends_on"]),
    )


def read(rows: Rows, today: date) -> Passport | None:
    """The passport as it stands today; None when there is nothing in it."""
    says, shown = (
        [_line(row) for row in _counting(rows, standing, today)] for standing in (FactStanding.SAYS, FactStanding.SHOWN)
    )
    signed = next(
        (
            Signed(row["number"], date.fromisoformat(row["on"]), row["is_current"])
            for row in rows
            if row["what"] == SIGNED
        ),
        None,
    )
    return Passport(says, shown, signed) if says or shown or signed else None


def facets(rows: Rows, today: date) -> Iterable[str]:
    """What searches find it by: what it has shown us, and whether it signed the code that counts."""
    for row in _counting(rows, FactStanding.SHOWN, today):
        yield shown_facet(FactKind(row["kind"]))
    if any(row["what"] == SIGNED and row["is_current"] for row in rows):
        yield rules.SIGNED_FACET


def shown_facet(kind: FactKind) -> str:
    """The code of those who have shown us evidence of a kind."""
    return rules.SHOWN_FACET + ASKS[kind].code


FILTERS = {
    **{shown_facet(kind): words for kind, words in phrases.FILTER.items()},
    rules.SIGNED_FACET: phrases.SIGNED_IT,
}
PART = Part(NAME, load, read, "quality/part.html", facets=facets, filters=FILTERS)
