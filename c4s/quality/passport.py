"""What the page of a supplier shows of its quality: what is said, what was shown to us and what is signed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from c4s.core.clock import now
from c4s.directory.showing import Part, Rows
from c4s.i18n import formats
from c4s.i18n.speech import gettext as _
from c4s.i18n.speech import lazy_gettext as _l
from c4s.quality import phrases, queries, rules
from c4s.quality.models import QualityFact
from c4s.quality.rules import ASKS, DbsLevel, FactKind, FactStanding

NAME, SIGNED = "quality", "signed"
TOLD = ("kind", "level", "detail", "on", "issued_on", "ends_on")
"""What programs are told of a fact: no more than readers see."""


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
            rows.append({"what": SIGNED, "number": one.number, "on": on})
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


def _is_current(row: Mapping[str, Any]) -> bool:
    """Whether a signature is of the version that counts: looked at when a page is made, for another may be published
    without a word to the entries of those who signed."""
    return bool(row["number"] == queries.current_number())


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
            Signed(row["number"], date.fromisoformat(row["on"]), _is_current(row))
            for row in rows
            if row["what"] == SIGNED
        ),
        None,
    )
    return Passport(says, shown, signed) if says or shown or signed else None


def facets(rows: Rows, today: date) -> Iterable[str]:
    """What searches find it by: what it has shown us, and the version of the code that it signed."""
    for row in _counting(rows, FactStanding.SHOWN, today):
        yield shown_facet(FactKind(row["kind"]))
    yield from (f"{rules.SIGNED_FACET}{row['number']}" for row in rows if row["what"] == SIGNED)


def filed_as(facet: str) -> str:
    """What the filter of those who signed the code finds them by today: the version that counts."""
    return f"{facet}{queries.current_number() or 0}" if facet == rules.SIGNED_FACET else facet


def shown_facet(kind: FactKind) -> str:
    """The code of those who have shown us evidence of a kind."""
    return rules.SHOWN_FACET + ASKS[kind].code


def cells(rows: Rows, today: date) -> Sequence[str]:
    """The three facts in a row of a spreadsheet, apart: each thing with the day on which it was said, seen or signed,
    and the last day on which it counts."""
    said, signed = read(rows, today) or Passport([], [], None), ""
    if said.signed:
        version = f"{_('Version')} {said.signed.number}"
        signed = f"{version} ({said.signed.on.isoformat()})"
        if not said.signed.is_current:
            signed += f" – {_('There is a newer version that they have not signed yet.')}"
    return [*("; ".join(map(_in_words, lines)) for lines in (said.says, said.shown)), signed]


def _in_words(line: Line) -> str:
    what = ", ".join(str(one) for one in (line.what, line.level, line.detail) if one)
    return f"{what} ({line.on.isoformat()} – {line.ends_on.isoformat()})"


def told(rows: Rows, today: date) -> Mapping[str, Any]:
    """The three facts for programs, apart; nothing of what is past."""
    facts: dict[str, Any] = {
        str(standing): [{name: row[name] or None for name in TOLD} for row in _counting(rows, standing, today)]
        for standing in FactStanding
    }
    for row in rows:
        if row["what"] == SIGNED:
            facts[SIGNED] = {"version": row["number"], "on": row["on"], "is_current": _is_current(row)}
    return {name: fact for name, fact in facts.items() if fact}


FILTERS = {
    **{shown_facet(kind): words for kind, words in phrases.FILTER.items()},
    rules.SIGNED_FACET: phrases.SIGNED_IT,
}
PART = Part(
    NAME,
    load,
    read,
    "quality/part.html",
    facets=facets,
    filters=FILTERS,
    filed_as=filed_as,
    columns=(_l("What they say"), _l("What they have shown us"), _l("What they have signed")),
    cells=cells,
    told=told,
)
