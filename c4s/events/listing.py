"""The pages on which people find an event, and its calendars."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain, groupby
from typing import Any

from flask import Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.core.clock import now
from c4s.events import calendar, phrases, places, queries
from c4s.events import counts as counting
from c4s.events.counts import Counts
from c4s.events.finding import Asked, chosen, query, read
from c4s.events.models import Event
from c4s.events.months import Month, near
from c4s.events.places import Tally
from c4s.events.queries import Brief, Heading
from c4s.events.rules import DeliveryLanguage, EventKind, EventState, HeldIn, Places
from c4s.i18n import addresses, formats
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import current_language
from c4s.i18n.references import Reference, corrected, reference
from c4s.i18n.speech import gettext as _
from c4s.i18n.speech import lazy_gettext as _l
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.queries import Term, Terms
from c4s.web.access import EVERYONE
from c4s.web.paging import Page, page_asked_for

events = BilingualBlueprint("events", __name__)

PER_DAY = 3
"""So many events of a day the calendar of a month shows; the others are a link away."""
CALENDAR_FILE = Bilingual("digwyddiadau.ics", "events.ics")
STATE_OF_NOTE = {EventState.CANCELLED: _l("Cancelled"), EventState.POSTPONED: _l("Postponed")}


# ---- Lists ----


@dataclass(frozen=True)
class Row:
    """One event in a list, as ``parts/event.html`` shows it."""

    id: int
    """That no other row of the page has."""
    day: int
    month_short: str
    title: Bilingual
    when: str
    where: str
    address: str
    tags: list[tuple[str, str | None]]


@dataclass(frozen=True)
class Option:
    """One way to narrow the list, as ``parts/filter.html`` shows it."""

    label: str
    count: int | None
    address: str
    current: bool


def event_address(event: Event | Brief | Heading, language: str | None = None) -> str:
    """The page of an event, in the page's language or another."""
    language = language or current_language()
    words = reference(event.id, event.title.spoken(language)[0])
    return url_for("events.show", event_id=words, page_language=language)


def when(event: Event | Brief) -> str:
    """From when to when an event is, where it begins a line."""
    return span_at_start(event.starts_at, event.ends_at)


def span_at_start(starts_at: datetime, ends_at: datetime) -> str:
    """From when to when, where it begins a line."""
    return formats.at_start(formats.span(starts_at, ends_at))


def where(event: Event | Brief, areas: Terms) -> str:
    """The venue and its area, and whether people can take part online."""
    parts = [event.venue_name.spoken(current_language())[0]]
    if event.area_id in areas.by_id and parts[0]:
        parts.append(areas.by_id[event.area_id].name.spoken(current_language())[0])
    if event.online:
        parts.append(_("Online"))
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _tags(event: Brief, standing: Places | None) -> list[tuple[str, str | None]]:
    in_welsh = event.delivery_language != DeliveryLanguage.EN
    tags: list[tuple[str, str | None]] = [
        (str(phrases.KIND[event.kind]), None),
        (str(phrases.DELIVERY[event.delivery_language]), "cy" if in_welsh else None),
    ]
    if event.state in STATE_OF_NOTE:
        tags.append((str(STATE_OF_NOTE[event.state]), "no"))
    elif standing and now() < event.closes_at:
        left = _("Places left")
        tags.append((f"{left}: {standing.left}", "ok") if standing.left else (_("Full: waiting list"), "no"))
    return tags


def rows_of(found: list[Brief], tallies: dict[int, Tally]) -> list[Row]:
    """Events as rows of a list.

    Args:
        tallies: places by event; an event that is not in it says nothing of places.
    """
    areas, language = taxonomy.areas(), current_language()
    return [
        Row(
            event.id,
            formats.uk(event.starts_at).day,
            formats.short_month(formats.uk(event.starts_at), language),
            event.title,
            when(event),
            where(event, areas),
            event_address(event, language),
            _tags(event, places.standing(event.capacity, tallies[event.id]) if event.id in tallies else None),
        )
        for event in found
    ]


def _by_month(found: list[Brief], rows: list[Row]) -> list[tuple[str, list[Row]]]:
    def month(pair: tuple[Brief, Row]) -> str:
        day = formats.uk(pair[0].starts_at)
        return f"{formats.month_name(day)} {day.year}"

    pairs = zip(found, rows, strict=True)
    return [(name, [row for _event, row in of_month]) for name, of_month in groupby(pairs, month)]


def _filters(asked: Asked, counts: Counts, here: str, *, past: bool) -> list[tuple[str, list[Option]]]:
    """Every way to narrow a list, with how many events it would leave; none that leaves nothing.

    Args:
        counts: of this list.
        here: its address.
        past: it is the list of those that have been.
    """
    language, areas, categories = current_language(), taxonomy.areas(), taxonomy.categories()

    def option(name: str, value: str, label: str, number: int) -> list[Option]:
        current = asked.given.get(name) == value
        if not number and not current:
            return []
        target = here + query(asked.without(name, **({} if current else {name: value})))
        return [Option(label, None if asked.wanted.free else number, target, current)]

    def of_area(term: Term) -> list[Option]:
        number = counts.within(other.id for other in areas.with_children(term))
        return option("area", term.code, term.name.spoken(language)[0], number)

    def of_theme(term: Term) -> list[Option]:
        # A theme of the lower level is offered only where it is the one chosen: then it is what the list has.
        return option("theme", term.code, term.name.spoken(language)[0], counts.themes.get(term.id, counts.total))

    around = [term for top in areas.children(None, language) for term in (top, *areas.children(top.id, language))]
    about = [term for term in categories.children(None, language) if term.id in counts.themes]
    picked = categories.by_code.get(asked.given.get("theme", ""))
    if picked and picked not in about:
        about.append(picked)
    kinds = [option("kind", k.value, str(phrases.KIND[k]), counts.kinds.get(k, 0)) for k in EventKind]
    languages = [option("held_in", h.value, str(phrases.HELD_IN[h]), counts.held_in(h)) for h in HeldIn]
    others = [option("online", "1", _("Online"), counts.online)]
    if not past:
        others.append(option("free", "1", _("Only events with places left"), counts.total))
    return [
        (_("Kind of event"), list(chain(*kinds))),
        (_("Theme"), list(chain(*map(of_theme, about)))),
        (_("Language"), list(chain(*languages))),
        (_("Area"), list(chain(*map(of_area, around)))),
        (_("Other filters"), list(chain(*others))),
    ]


def _calendars(asked: Asked) -> dict[str, str]:
    """Where a list of events to come is a calendar: to download, and to subscribe to."""
    feed = addresses.link("events.feed", current_language()) + query(asked.given)
    return {"feed": feed, "subscribe": "webcal:" + feed.partition(":")[2]}


def _list(
    template: str, asked: Asked, counts: Counts, found: list[Brief], rows: list[Row], page: Page, total: int
) -> ResponseReturnValue:
    """A list of events, and every way of narrowing it."""
    of_any_day = replace(asked, given=asked.without("since", "until"))  # for lists that those days are not in
    here, past = url_for(str(request.endpoint)), request.endpoint == "events.past"
    html = render_template(
        template,
        months=_by_month(found, rows),
        total=total,
        filters=_filters(asked, counts, here, past=past),
        chosen=chosen(asked, here),
        form=asked.form,
        here=here,
        keep=of_any_day.given.items(),
        wall=_month_address(asked, Month.of(formats.uk(found[0].starts_at if found else now()).date())),
        words=query(of_any_day.given),
        page=page,
        **_calendars(of_any_day if past else asked),
    )
    return html, asked.form.status


@events.page(cy="/digwyddiadau", en="/events", access=EVERYONE, is_public=True)
def index() -> ResponseReturnValue:
    """Events to come, by month."""
    asked, number, moment = read(), page_asked_for(), now()
    counts = counting.of(asked.wanted, moment)
    if asked.wanted.free:
        found, total = queries.upcoming_with_places(asked.wanted, number, moment)
    else:
        found, total = queries.upcoming(asked.wanted, number, moment), counts.total
    page = Page.of(total, number, queries.PER_PAGE)
    if page.is_too_far:
        return page.lead_to_first()
    tallies = places.tallies([event.id for event in found], moment)
    rows = rows_of(found, {event.id: tallies.get(event.id, Tally()) for event in found})
    return _list("events/index.html", asked, counts, found, rows, page, total)


@events.page(cy="/digwyddiadau/gorffennol", en="/events/past", access=EVERYONE, is_public=True)
def past() -> ResponseReturnValue:
    """Events that have been, latest first, narrowed in the same ways."""
    asked, number, moment = read(), page_asked_for(), now()
    asked = replace(asked, wanted=replace(asked.wanted, free=False), given=asked.without("free"))
    counts = counting.of(asked.wanted, moment, past=True)
    page = Page.of(counts.total, number, queries.PER_PAGE)
    if page.is_too_far:
        return page.lead_to_first()
    found = queries.past(asked.wanted, number, moment)
    return _list("events/past.html", asked, counts, found, rows_of(found, {}), page, counts.total)


# ---- A month on the wall ----


@dataclass(frozen=True)
class Item:
    """One event on one day of the calendar."""

    id: str
    """That no other item of the page has."""
    at: str
    title: Bilingual
    address: str
    state: str


@dataclass(frozen=True)
class Square:
    """One day of the calendar; nothing for a day of another month."""

    day: date | None
    items: Sequence[Item] = ()
    number: int = 0
    """How many events there are that day, shown or not."""
    whole: str = ""
    """The calendar with all of this day, where not all are shown."""


def _month_address(asked: Asked, month: Month) -> str | None:
    """The calendar of a month, narrowed in the same ways but for its days; none where there is no page."""
    first, last = near(formats.uk(now()).date())
    if not first <= month <= last:
        return None
    return url_for("events.month", year=month.year, month=month.month) + query(asked.without("since", "until"))


@events.page(
    cy="/digwyddiadau/calendr/<int:year>/<int:month>",
    en="/events/calendar/<int:year>/<int:month>",
    access=EVERYONE,
    is_public=True,
)
def month(year: int, month: int) -> ResponseReturnValue:
    """A month of events, as a table of its days, of each the first few; ``day`` names the one that is shown whole.

    Search engines are told to leave out a month without any, and what they have in the month already.
    """
    moment = now()
    first, last = near(formats.uk(moment).date())
    if month not in range(1, 13) or not first <= Month(year, month) <= last:
        abort(404)
    asked, here = read(), Month(year, month)
    asked = replace(asked, given=asked.without("since", "until"))
    wanted = replace(asked.wanted, since=None, until=None)
    before, after = here.later(-1), here.later(1)
    is_before = queries.are_any(replace(wanted, since=first.first, until=before.last), moment)
    is_after = queries.are_any(replace(wanted, since=after.first, until=last.last), moment)
    starts = queries.of_month(wanted, here.first, here.last, moment)
    squares = _squares(starts, _day_asked_for(), _month_address(asked, here) or "")
    response = make_response(
        render_template(
            "events/month.html",
            month=f"{formats.month_name(here.first)} {year}",
            weeks=[[squares.get(day, Square(day)) if day else Square(None) for day in week] for week in here.weeks()],
            days=[formats.day_name(here.first + timedelta(days=n - here.first.weekday())) for n in range(7)],
            is_empty=not starts,
            chosen=chosen(asked, url_for(".month", year=year, month=month)),
            before=(_name(before), _month_address(asked, before)) if is_before else None,
            after=(_name(after), _month_address(asked, after)) if is_after else None,
            as_list=url_for(".past" if here.last < formats.uk(moment).date() else ".index") + query(asked.given),
            **_calendars(asked),
        )
    )
    if not starts or "day" in request.args:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _name(month: Month) -> str:
    return f"{formats.month_name(month.first)} {month.year}"


def _day_asked_for() -> int:
    """The day of the month that is to be shown whole; 0 for none, and for nonsense."""
    given = request.args.get("day", "")
    return int(given) if re.fullmatch("[0-9]{1,2}", given) else 0


def _squares(starts: Mapping[date, list[tuple[datetime, int]]], whole: int, address: str) -> dict[date, Square]:
    """The days of a month that have any events.

    Args:
        whole: the day that all events are shown of.
        address: of the month.
    """
    shown = {day: found if day.day == whole else found[:PER_DAY] for day, found in starts.items()}
    headings = queries.headings({number for found in shown.values() for _at, number in found})
    joint = "&" if "?" in address else "?"
    squares = {}
    for day, found in shown.items():
        items = [_item(day, at, headings[number]) for at, number in found if number in headings]
        led = f"{address}{joint}day={day.day}#d{day.day}" if len(found) < len(starts[day]) else ""
        squares[day] = Square(day, items, len(starts[day]), led)
    return squares


def _item(day: date, at: datetime, event: Heading) -> Item:
    state = str(STATE_OF_NOTE.get(event.state, ""))
    return Item(f"{day.day}x{event.id}", formats.clock_time(at), event.title, event_address(event), state)


@events.page(cy="/digwyddiadau/calendr.ics", en="/events/calendar.ics", access=EVERYONE, is_public=True)
def feed() -> Response:
    """The same list for calendars, narrowed by the same words in the address."""
    found = queries.for_calendar(read().wanted)
    return calendar_response(calendar.of_events(found, current_language(), _("Training and events")))


def calendar_response(text: str) -> Response:
    """A calendar file that the browser keeps."""
    response = Response(text, mimetype=calendar.TYPE)
    name = CALENDAR_FILE.spoken(current_language())[0]
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# ---- One event ----


def public_event(event_id: int) -> Event:
    """An event that the public may see; where there is none, there is no page."""
    return queries.public_event(event_id) or abort(404)


@events.page(cy="/digwyddiadau/<ref:event_id>", en="/events/<ref:event_id>", access=EVERYONE, is_public=True)
def show(event_id: Reference) -> ResponseReturnValue:
    """Everything about one event, but who comes."""
    event, moment = public_event(event_id), now()
    moved = corrected(event_id, event.title)
    if moved:
        return moved
    return render_template("events/show.html", **facts_of(event, moment))


def facts_of(event: Event, moment: datetime) -> dict[str, Any]:
    """What ``events/show.html`` needs to show an event: the preview of a draft shows it in the same way."""
    language, categories = current_language(), taxonomy.categories()
    by_sitting = event.kind in (EventKind.COURSE, EventKind.ADVICE_SURGERY)
    sittings = queries.sessions([event.id]).get(event.id, []) if by_sitting else []
    return {
        "event": event,
        "area_of_event": taxonomy.areas().by_id.get(event.area_id or 0),
        "places": places.standing(event.capacity, places.tally(event.id, moment)),
        "refusal": queries.why_not_book(event, moment),
        "words": phrases,
        "starts": formats.uk(event.starts_at).isoformat(timespec="minutes"),
        "ends": formats.uk(event.ends_at).isoformat(timespec="minutes"),
        "closes": formats.uk(event.closes_at).isoformat(timespec="minutes"),
        "when": when(event),
        "sittings": [(formats.uk(one[0]).isoformat(timespec="minutes"), span_at_start(*one)) for one in sittings],
        "themes": [
            (
                categories.by_id[number].name.spoken(language)[0],
                url_for("events.index", theme=categories.by_id[number].code),
            )
            for number in queries.categories_of([event.id]).get(event.id, [])
        ],
        "others": [
            (when(one), where(one, taxonomy.areas()), event_address(one)) for one in queries.others_of_series(event)
        ],
        "may_wish_for_interpreter": event.state not in (EventState.CANCELLED, EventState.POSTPONED)
        and event.welsh_wishes_for_interpreter is not None
        and event.interpreter_booked_at is None
        and event.interpreter_by is not None
        and moment < event.interpreter_by,
    }


@events.page(
    cy="/digwyddiadau/<ref:event_id>/calendr.ics",
    en="/events/<ref:event_id>/calendar.ics",
    access=EVERYONE,
    is_public=True,
)
def show_calendar(event_id: Reference) -> Response:
    """One event for a calendar."""
    return calendar_response(calendar.of_event(public_event(event_id), current_language()))
