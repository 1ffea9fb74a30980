"""What an address asks of a list of events: which sorts, which themes, which days."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from flask import request
from wtforms import Form, StringField, ValidationError

from c4s.events import phrases
from c4s.events.queries import Wanted
from c4s.events.rules import EventKind, HeldIn
from c4s.i18n import formats
from c4s.i18n.languages import current_language
from c4s.i18n.speech import gettext as _
from c4s.i18n.speech import lazy_gettext as _l
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.queries import Terms
from c4s.web.forms import one_line

Member = TypeVar("Member", bound=StrEnum)
DAY_HINT = _l("For example 14/01/2027")


class Day:
    """A day, if there is anything in the box; ``message`` says how to write one."""

    def __init__(self, message: object) -> None:
        self.message = message

    def __call__(self, form: Form, field: StringField) -> None:
        if field.data and formats.read_day(field.data) is None:
            raise ValidationError(self.message)


class NotBefore(Day):
    """A day that is not before the one in another box."""

    def __init__(self, first: str, message: object) -> None:
        super().__init__(message)
        self.first = first

    def __call__(self, form: Form, field: StringField) -> None:
        super().__call__(form, field)
        since, until = (formats.read_day(one.data or "") for one in (form[self.first], field))
        if since and until and until < since:
            raise ValidationError(_l("Enter a last day that is not before the first day"))


class DaysForm(Form):
    """The first and the last day, asked for in the address itself: nothing is sent, so no token is needed."""

    since = StringField(
        _l("First day"),
        description=DAY_HINT,
        filters=[one_line],
        validators=[Day(_l("Enter the first day like 14/01/2027"))],
    )
    until = StringField(
        _l("Last day"),
        description=DAY_HINT,
        filters=[one_line],
        validators=[NotBefore("since", _l("Enter the last day like 14/01/2027"))],
    )

    @property
    def status(self) -> int:
        """What the page answers with."""
        return 422 if self.errors else 200

    def day(self, name: str) -> date | None:
        """The day in a box; None for none, and for one that something is wrong with."""
        return None if self[name].errors else formats.read_day(self[name].data or "")


@dataclass(frozen=True)
class Asked:
    """What an address asks for.

    Attributes:
        wanted: the events that it means.
        given: its own words, of those that mean something.
        form: its days as they were typed, with what is wrong with them.
    """

    wanted: Wanted
    given: Mapping[str, str]
    form: DaysForm

    def without(self, *names: str, **more: str) -> dict[str, str]:
        """The same words without some of them, or with others."""
        return {**{name: value for name, value in self.given.items() if name not in names}, **more}


def query(values: Mapping[str, str]) -> str:
    """Words of an address, as they stand behind it."""
    return "?" + urlencode(values) if values else ""


def _member(kind: type[Member], given: str) -> Member | None:
    """An enum's member as the address names it; nonsense is nothing."""
    return kind(given) if given in list(kind) else None


def _below(terms: Terms, code: str) -> frozenset[int]:
    """The numbers of a term and of those below it; none for a code that means nothing."""
    term = terms.by_code.get(code)
    return frozenset(one.id for one in terms.with_children(term)) if term else frozenset()


def read() -> Asked:
    """What this page's address asks for. The filter is called ``held_in``: ``language`` is the page's own."""
    form = DaysForm(request.args)
    form.validate()
    given = {name: request.args.get(name, "") for name in ("kind", "held_in", "theme", "area", "online", "free")}
    wanted = Wanted(
        kind=_member(EventKind, given["kind"]),
        held_in=_member(HeldIn, given["held_in"]),
        areas=_below(taxonomy.areas(), given["area"]),
        categories=_below(taxonomy.categories(), given["theme"]),
        since=form.day("since"),
        until=form.day("until"),
        online=given["online"] == "1",
        free=given["free"] == "1",
    )
    means = (wanted.kind, wanted.held_in, wanted.categories, wanted.areas, wanted.online, wanted.free)
    said = {name: value for (name, value), meant in zip(given.items(), means, strict=True) if meant}
    days = {name: day.isoformat() for name, day in (("since", wanted.since), ("until", wanted.until)) if day}
    return Asked(wanted, {**said, **days}, form)


def chosen(asked: Asked, here: str) -> list[tuple[str, str]]:
    """What a list is narrowed to, each with the address of the list without it.

    Args:
        here: the address of the list itself.
    """
    say: dict[str, Callable[[str], str]] = {
        "kind": lambda value: str(phrases.KIND[EventKind(value)]),
        "held_in": lambda value: str(phrases.HELD_IN[HeldIn(value)]),
        "theme": lambda value: taxonomy.categories().by_code[value].name.spoken(current_language())[0],
        "area": lambda value: taxonomy.areas().by_code[value].name.spoken(current_language())[0],
        "online": lambda value: _("Online"),
        "free": lambda value: _("Only events with places left"),
        "since": lambda value: f"{_('First day')}: {formats.plain_date(date.fromisoformat(value))}",
        "until": lambda value: f"{_('Last day')}: {formats.plain_date(date.fromisoformat(value))}",
    }
    return [(say[name](value), here + query(asked.without(name))) for name, value in asked.given.items()]
