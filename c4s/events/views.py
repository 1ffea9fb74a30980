"""The pages about events, and those on which people take and give up places."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any, TypeVar

from flask import (
    Response,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from c4s.accounts import session
from c4s.core import tokens
from c4s.core.clock import now
from c4s.core.errors import Refused
from c4s.core.once import NotAgain
from c4s.core.throttle import TooMany
from c4s.events import actions, calendar, letters, phrases, queries, rules
from c4s.events.actions import Answer, SignUp
from c4s.events.forms import BookingForm, ChangeForm
from c4s.events.models import Booking, Event
from c4s.events.queries import Brief, Tally, Wanted
from c4s.events.rules import BookingState, DeliveryLanguage, Did, EventKind, EventState, HeldIn, Places
from c4s.i18n import addresses, formats
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import current_language
from c4s.i18n.references import Reference, corrected, reference
from c4s.i18n.speech import gettext as _
from c4s.mail.models import Channel
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.queries import Terms
from c4s.web.access import EVERYONE, GET_AND_POST
from c4s.web.forms import ActForm, network
from c4s.web.paging import Page, page_asked_for
from c4s.web.told import told_once

events = BilingualBlueprint("events", __name__)

CHECK, CONFIRM = "check", "confirm"
CALENDAR_FILE = Bilingual("digwyddiadau.ics", "events.ics")
Member = TypeVar("Member", bound=StrEnum)


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


def event_address(event: Event | Brief, language: str | None = None) -> str:
    """The page of an event, in the page's language or another."""
    language = language or current_language()
    words = reference(event.id, event.title.spoken(language)[0])
    return url_for("events.show", event_id=words, page_language=language)


def _when(event: Event | Brief) -> str:
    return formats.at_start(formats.span(event.starts_at, event.ends_at))


def _where(event: Event | Brief, areas: Terms) -> str:
    parts = [event.venue_name.spoken(current_language())[0]]
    if event.area_id in areas.by_id and parts[0]:
        parts.append(areas.by_id[event.area_id].name.spoken(current_language())[0])
    if event.online:
        parts.append(_("Online"))
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _tags(event: Brief, places: Places | None) -> list[tuple[str, str | None]]:
    in_welsh = event.delivery_language != DeliveryLanguage.EN
    tags: list[tuple[str, str | None]] = [
        (str(phrases.KIND[event.kind]), None),
        (str(phrases.DELIVERY[event.delivery_language]), "cy" if in_welsh else None),
    ]
    if event.state == EventState.CANCELLED:
        tags.append((_("Cancelled"), "no"))
    elif places and now() < event.closes_at:
        left = _("Places left")
        tags.append((f"{left}: {places.left}", "ok") if places.left else (_("Full: waiting list"), "no"))
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
            _when(event),
            _where(event, areas),
            event_address(event, language),
            _tags(event, queries.places(event, tallies[event.id]) if event.id in tallies else None),
        )
        for event in found
    ]


def _by_month(found: list[Brief], rows: list[Row]) -> list[tuple[str, list[Row]]]:
    def month(pair: tuple[Brief, Row]) -> str:
        day = formats.uk(pair[0].starts_at)
        return f"{formats.month_name(day)} {day.year}"

    pairs = zip(found, rows, strict=True)
    return [(name, [row for _event, row in of_month]) for name, of_month in groupby(pairs, month)]


def _member(kind: type[Member], name: str) -> Member | None:
    """An enum's member as the address names it; nonsense is nothing."""
    given = request.args.get(name, "")
    return kind(given) if given in list(kind) else None


def _wanted(areas: Terms) -> Wanted:
    """What the address asks for. The filter is called ``held_in``: ``language`` is the page's own."""
    area = areas.by_code.get(request.args.get("area", ""))
    return Wanted(
        kind=_member(EventKind, "kind"),
        held_in=_member(HeldIn, "held_in"),
        areas=frozenset(term.id for term in areas.with_children(area)) if area else frozenset(),
        online=request.args.get("online") == "1",
        free=request.args.get("free") == "1",
    )


def _asked() -> dict[str, str]:
    """The filters in this address that mean something."""
    areas = taxonomy.areas()
    meant: dict[str, Callable[[str], bool]] = {
        "kind": lambda value: value in list(EventKind),
        "held_in": lambda value: value in list(HeldIn),
        "area": lambda value: value in areas.by_code,
        "online": lambda value: value == "1",
        "free": lambda value: value == "1",
    }
    return {name: request.args[name] for name, means in meant.items() if means(request.args.get(name, ""))}


def _filters(areas: Terms, wanted: Wanted) -> list[tuple[str, list[Option]]]:
    """Every way to narrow the list, with how many events it would leave; none that leaves nothing."""
    traits, asked, here = queries.traits(), _asked(), url_for(".index")

    def options(name: str, choices: list[tuple[str, str, Wanted]]) -> list[Option]:
        made = []
        for value, label, narrowed in choices:
            number = sum(t.number for t in traits if narrowed.allows(t.kind, t.delivery, t.area_id, t.online))
            current = asked.get(name) == value
            if number or current:
                rest = {key: kept for key, kept in asked.items() if key != name}
                target = here + _query(rest if current else {**rest, name: value})
                made.append(Option(label, None if wanted.free else number, target, current))
        return made

    held_in = [areas.by_id[t.area_id] for t in traits if t.area_id in areas.by_id]
    places = {term.id for area in held_in for term in areas.with_parents(area)}
    near = [
        term
        for top in areas.children(None, current_language())
        if top.id in places
        for term in (top, *areas.children(top.id, current_language()))
        if term.id in places
    ]

    def but(**changes: Any) -> Wanted:
        return Wanted(**{**wanted.__dict__, **changes})

    return [
        (
            _("Kind of event"),
            options("kind", [(k.value, str(phrases.KIND[k]), but(kind=k)) for k in EventKind]),
        ),
        (
            _("Language"),
            options("held_in", [(h.value, str(phrases.HELD_IN[h]), but(held_in=h)) for h in HeldIn]),
        ),
        (
            _("Area"),
            options(
                "area",
                [
                    (
                        term.code,
                        term.name.spoken(current_language())[0],
                        but(areas=frozenset(other.id for other in areas.with_children(term))),
                    )
                    for term in near
                ],
            ),
        ),
        (
            _("Other filters"),
            [
                *options("online", [("1", _("Online"), but(online=True))]),
                *options("free", [("1", _("Only events with places left"), but())]),
            ],
        ),
    ]


@events.page(cy="/digwyddiadau", en="/events", access=EVERYONE, is_public=True)
def index() -> ResponseReturnValue:
    """Events to come, by month."""
    areas, number, moment = taxonomy.areas(), page_asked_for(), now()
    wanted = _wanted(areas)
    found, total = queries.upcoming(wanted, number, moment)
    page = Page.of(total, number, queries.PER_PAGE)
    if page.is_too_far:
        return page.lead_to_first()
    filters = _filters(areas, wanted)
    tallies = queries.tallies([event.id for event in found], moment)
    rows = rows_of(found, {event.id: tallies.get(event.id, Tally()) for event in found})
    feed = addresses.link("events.feed", current_language()) + _query(_asked())
    return render_template(
        "events/index.html",
        months=_by_month(found, rows),
        total=total,
        filters=filters,
        chosen=[(one.label, one.address) for _heading, options in filters for one in options if one.current],
        feed=feed,
        subscribe="webcal:" + feed.partition(":")[2],
        page=page,
    )


def _query(values: dict[str, str]) -> str:
    return "?" + "&".join(f"{name}={value}" for name, value in values.items()) if values else ""


@events.page(cy="/digwyddiadau/gorffennol", en="/events/past", access=EVERYONE, is_public=True)
def past() -> ResponseReturnValue:
    """Events that have been, latest first."""
    number = page_asked_for()
    found, total = queries.past(number)
    page = Page.of(total, number, queries.PER_PAGE)
    if page.is_too_far:
        return page.lead_to_first()
    return render_template(
        "events/past.html",
        months=_by_month(found, rows_of(found, {})),
        page=page,
    )


@events.page(cy="/digwyddiadau/calendr.ics", en="/events/calendar.ics", access=EVERYONE, is_public=True)
def feed() -> Response:
    """The same list for calendars, narrowed by the same words in the address."""
    found = queries.for_calendar(_wanted(taxonomy.areas()))
    return _calendar(calendar.of_events(found, current_language(), _("Training and events")))


def _calendar(text: str) -> Response:
    response = Response(text, mimetype=calendar.TYPE)
    name = CALENDAR_FILE.spoken(current_language())[0]
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# ---- One event ----


def _found(event_id: int) -> Event:
    return queries.public_event(event_id) or abort(404)


@events.page(cy="/digwyddiadau/<ref:event_id>", en="/events/<ref:event_id>", access=EVERYONE, is_public=True)
def show(event_id: Reference) -> ResponseReturnValue:
    """Everything about one event, but who comes."""
    event, moment = _found(event_id), now()
    moved = corrected(event_id, event.title)
    if moved:
        return moved
    return render_template(
        "events/show.html",
        event=event,
        area_of_event=taxonomy.areas().by_id.get(event.area_id or 0),
        places=queries.places(event, queries.tally(event.id, moment)),
        refusal=queries.why_not_book(event, moment),
        words=phrases,
        starts=formats.uk(event.starts_at).isoformat(timespec="minutes"),
        ends=formats.uk(event.ends_at).isoformat(timespec="minutes"),
        closes=formats.uk(event.closes_at).isoformat(timespec="minutes"),
        when=_when(event),
    )


@events.page(
    cy="/digwyddiadau/<ref:event_id>/calendr.ics",
    en="/events/<ref:event_id>/calendar.ics",
    access=EVERYONE,
    is_public=True,
)
def show_calendar(event_id: Reference) -> Response:
    """One event for a calendar."""
    return _calendar(calendar.of_event(_found(event_id), current_language()))


# ---- Taking a place ----


@events.page(
    cy="/digwyddiadau/<ref:event_id>/cadw-lle",
    en="/events/<ref:event_id>/book",
    access=EVERYONE,
    methods=GET_AND_POST,
)
def book(event_id: Reference) -> ResponseReturnValue:
    """Ask for a place: fill in, check, confirm."""
    event = _found(event_id)
    moved = corrected(event_id, event.title)
    if moved and request.method == "GET":
        return moved
    refusal = queries.why_not_book(event)
    if refusal:
        return _not_bookable(event, refusal)
    form, step = BookingForm(), request.form.get("_step")
    if form.validate_on_submit():
        return _take_place(event, form) if step == CONFIRM else _check_page(event, form)
    if step == CONFIRM and "_language" in request.form and form.chosen:
        return _check_page(event, form)
    return _booking_page(event, form)


def _not_bookable(event: Event, refusal: Refused) -> ResponseReturnValue:
    heading, advice = phrases.WHY_NOT[refusal.reason]  # type: ignore[index]
    return render_template(
        "events/not_bookable.html",
        event=event,
        not_now=heading,
        advice=advice,
        opens_at=refusal.facts.get("opens_at"),
        event_page=event_address(event),
    ), 200 if request.method == "GET" else 409


def _booking_page(event: Event, form: BookingForm) -> ResponseReturnValue:
    page = render_template(
        "events/book.html",
        event=event,
        form=form,
        step=CHECK,
        when=_when(event),
        places=_places(event),
        event_page=event_address(event),
    )
    return page, form.status, form.headers


def _places(event: Event) -> Places:
    return queries.places(event, queries.tally(event.id, now()))


def _check_page(event: Event, form: BookingForm) -> ResponseReturnValue:
    """The answers to read once more; nothing is kept anywhere but on the page itself."""
    return render_template(
        "events/check.html",
        event=event,
        form=form,
        step=CONFIRM,
        answers=form.answers(),
        when=_when(event),
        places=_places(event),
        words=phrases,
        event_page=event_address(event),
    ), 200


def _take_place(event: Event, form: BookingForm) -> ResponseReturnValue:
    answers = form.details()
    sign_up = SignUp(
        **answers,
        channel=Channel(form.channel.data),
        address=form[form.chosen].data,
        asked_in=current_language(),
    )
    key = form.key.data or ""
    words = reference(event.id, event.title.spoken(current_language())[0])  # now: a commit forgets what was read
    try:
        actions.book_place(
            event.id,
            sign_up,
            key=key,
            network=network(),
            per_network=current_app.config.get("SIGN_UPS_PER_NETWORK", rules.PER_NETWORK),
        )
    except Refused as refusal:
        if refusal.reason == NotAgain.ANOTHER_BODY:
            abort(409)
        if refusal.reason == TooMany.TOO_MANY:
            form.refuse_until(refusal.facts["until"])  # type: ignore[arg-type]
            return _booking_page(event, form)
        return _not_bookable(event, refusal)
    return redirect(url_for(".booked", event_id=words, token=tokens.sign("booked", key)), 303)


@events.page(
    cy="/digwyddiadau/<ref:event_id>/diolch/<token>",
    en="/events/<ref:event_id>/booked/<token>",
    access=EVERYONE,
)
def booked(event_id: Reference, token: str) -> ResponseReturnValue:
    """What happens next. It says the same whether or not the address had a place already."""
    key = (tokens.read("booked", token) or [""])[0]
    kept = queries.result_of(str(key)) or abort(404)
    answer = Answer.read(kept)
    booking = queries.booking(answer.booking_id) or abort(404)
    if booking.event_id != event_id:
        abort(404)
    moved = corrected(event_id, booking.event.title)
    if moved:
        return moved
    is_secret = booking.channel == Channel.EMAIL
    return render_template(
        "events/booked.html",
        event=booking.event,
        answer=answer,
        waits=answer.state == BookingState.WAITING,
        # In small letters always: the capitals of an earlier sign-up would tell that there was one.
        email=booking.email_key if is_secret else "",
        booking=None if is_secret else booking,
        place_page=None if is_secret else url_for(".my_place", token=letters.place_token(booking)),
        when=_when(booking.event),
        words=phrases,
        event_page=event_address(booking.event),
    )


# ---- My places ----


@dataclass(frozen=True)
class Mine:
    """One place of somebody with an account."""

    row: Row
    is_to_come: bool
    """Whether it still counts: the event is ahead, and the place has been neither given up nor lost."""


@events.page(cy="/cyfrif/lleoedd", en="/account/places", access=session.SIGNED_IN)
def my_places() -> ResponseReturnValue:
    """The places of whoever is signed in: those that their email address has, which they have proved is theirs."""
    moment, areas = now(), taxonomy.areas()
    mine = [_mine_as_row(booking, areas, moment) for booking in queries.bookings_of(session.this_person().email_key)]
    return render_template(
        "events/my_places.html",
        section="accounts",  # in the main menu it is a part of the account
        to_come=[one.row for one in reversed(mine) if one.is_to_come],
        earlier=[one.row for one in mine if not one.is_to_come],
    )


def _mine_as_row(booking: Booking, areas: Terms, moment: datetime) -> Mine:
    event, day = booking.event, formats.uk(booking.event.starts_at)
    is_live, is_cancelled = rules.is_live(booking.state), event.state == EventState.CANCELLED
    is_to_come = is_live and moment < event.ends_at and not is_cancelled
    tags: list[tuple[str, str | None]] = []
    if is_cancelled:
        tags.append((_("Cancelled"), "no"))
    elif is_to_come or not is_live:
        tags.append((str(_state(booking)), "ok" if is_to_come else None))
    row = Row(
        booking.id,
        day.day,
        formats.short_month(day, current_language()),
        event.title,
        _when(event),
        _where(event, areas),
        url_for(".my_place", token=letters.place_token(booking)),
        tags,
    )
    return Mine(row, is_to_come)


# ---- My place ----


def _state(booking: Booking) -> object:
    """How a place stands, in words."""
    words = phrases.BOOKING_STATE if booking.is_proved else phrases.BOOKING_STATE_UNPROVED
    return words.get(booking.state, phrases.BOOKING_STATE[booking.state])


def _mine(token: str) -> Booking:
    """The booking of a signed link."""
    number, *reference = tokens.read("booking", token) or [0]
    booking = queries.booking(int(number)) or abort(404)
    return booking if reference == [booking.reference] else abort(404)


ACTS: dict[str, Callable[[int], Did]] = {"prove": actions.prove, "accept": actions.accept_offer}


@events.page(cy="/fy-lle/<token>", en="/my-place/<token>", access=EVERYONE, methods=GET_AND_POST)
def my_place(token: str) -> ResponseReturnValue:
    """One person's place. Opening it changes nothing: programs that look into mail open every link."""
    booking, form = _mine(token), ActForm()
    act = request.form.get("_act", "")
    if act in ACTS and form.validate_on_submit():
        return _after(token, lambda: ACTS[act](booking.id))
    return _place_page(token, booking, form)


def _after(token: str, act: Callable[[], Did]) -> ResponseReturnValue:
    """Do something to a place, and show how it is then."""
    try:
        flash(act().value)
    except Refused as refusal:
        return _place_page(token, _mine(token), ActForm(), refusal)
    return redirect(url_for(".my_place", token=token), 303)


def _place_page(token: str, booking: Booking, form: ActForm, refusal: Refused | None = None) -> ResponseReturnValue:
    event = booking.event
    is_sure = booking.state == BookingState.CONFIRMED and booking.is_proved
    needs = queries.needs_of(booking.id)
    return render_template(
        "events/my_place.html",
        booking=booking,
        event=event,
        form=form,
        token=token,
        state=_state(booking),
        states=BookingState,
        outcome=told_once(phrases.OUTCOME),
        refusal=phrases.WHY_NOT[refusal.reason] if refusal else None,  # type: ignore[index]
        is_live=rules.is_live(booking.state) and now() < event.ends_at,
        is_cancelled=event.state == EventState.CANCELLED,
        is_sure=is_sure,
        may_come_back=rules.may_come_back(booking.state, booking.is_proved) and not queries.why_not_book(event),
        may_sign_up=not rules.is_live(booking.state) and not queries.why_not_book(event),
        position=queries.position(booking) if booking.state == BookingState.WAITING else None,
        needs=needs.needs if needs else "",
        words=phrases,
        when=_when(event),
        event_page=event_address(event),
        book_page=url_for(".book", event_id=reference(event.id, event.title.spoken(current_language())[0])),
    ), 409 if refusal else form.status


@events.page(cy="/fy-lle/<token>/newid", en="/my-place/<token>/change", access=EVERYONE, methods=GET_AND_POST)
def change(token: str) -> ResponseReturnValue:
    """Change the name, the languages or the access needs."""
    booking = _mine(token)
    needs = queries.needs_of(booking.id)
    kept = {"needs": needs.needs if needs else "", "consent": needs is not None}
    form = ChangeForm(obj=booking, data=kept)
    if form.validate_on_submit():
        return _after(token, lambda: _changed(booking.id, form))
    return render_template(
        "events/change.html", form=form, event=booking.event, place_page=url_for(".my_place", token=token)
    ), form.status


def _changed(booking_id: int, form: ChangeForm) -> Did:
    actions.change_details(booking_id, **form.details())
    return Did.CHANGED


@events.page(cy="/fy-lle/<token>/canslo", en="/my-place/<token>/cancel", access=EVERYONE, methods=GET_AND_POST)
def give_up(token: str) -> ResponseReturnValue:
    """Give up a place, a turn or an offer: first say what that means, then do it."""
    booking, form = _mine(token), ActForm()
    if form.validate_on_submit():
        act = actions.decline_offer if booking.state == BookingState.OFFERED else actions.cancel
        return _after(token, lambda: act(booking.id))
    if not rules.is_live(booking.state):
        return redirect(url_for(".my_place", token=token), 303)
    return render_template(
        "events/give_up.html",
        form=form,
        booking=booking,
        event=booking.event,
        states=BookingState,
        when=_when(booking.event),
        place_page=url_for(".my_place", token=token),
    ), form.status
