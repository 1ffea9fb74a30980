"""The pages on which staff look after sign-ups: at the telephone, at the door, and before the day."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts import rules as accounts
from c4s.accounts import session
from c4s.core.clock import now
from c4s.core.errors import Refused
from c4s.core.once import NotAgain
from c4s.core.text import tidy
from c4s.events import bookings, places, tools
from c4s.events import phrases as event_phrases
from c4s.events import queries as events
from c4s.events import rules as event_rules
from c4s.events.forms import ChangeForm, SlotForm, WhoComesForm, answer_form, who_comes
from c4s.events.listing import Row, when, where
from c4s.events.models import Event
from c4s.events.places import Tally
from c4s.events.rules import BookingState, EventKind, EventState
from c4s.events.steps import SignUp
from c4s.events.tools import Tool
from c4s.i18n import formats
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.languages import current_language
from c4s.i18n.speech import gettext as _
from c4s.mail.models import Channel
from c4s.sign_ups import actions, data, phrases, queries
from c4s.sign_ups.forms import AddForm, DateForm, WriteForm
from c4s.sign_ups.queries import SignedUp
from c4s.sign_ups.rules import Audience, Did, Shown, WhyNot
from c4s.taxonomy import queries as taxonomy
from c4s.web.access import GET_AND_POST, May
from c4s.web.desk import Queue, Waits
from c4s.web.exports import CSV, XLSX, csv_file, download, spreadsheet
from c4s.web.forms import ActForm, Form
from c4s.web.paging import Page, page_asked_for
from c4s.web.rights import Right
from c4s.web.told import told_once

sign_ups = BilingualBlueprint("sign_ups", __name__)

LOOKS_AFTER = May(Right.LOOK_AFTER_SIGN_UPS)
WRITES = May(Right.RUN_EVENTS)
EXPORTS = May(Right.EXPORT_SIGN_UPS)
SEND = "send"
LONGEST_ASKED = 200

TOOLS = (
    Tool(phrases.SIGN_UPS, "sign_ups.index", Right.LOOK_AFTER_SIGN_UPS),
    Tool(phrases.MESSAGES, "sign_ups.messages", Right.RUN_EVENTS),
    Tool(phrases.SHEET, "sign_ups.sheet", Right.LOOK_AFTER_SIGN_UPS),
    Tool(phrases.BADGES, "sign_ups.badges", Right.LOOK_AFTER_SIGN_UPS),
)


def _by_id() -> int:
    return session.this_person().id


def _signed_up(event_id: int, booking_id: int) -> SignedUp:
    return queries.signed_up(event_id, booking_id) or abort(404)


def _page(template: str, event: Event, **facts: Any) -> str:
    return tools.page(template, event, words=phrases, event_words=event_phrases, **facts)


def _words(refusal: Refused) -> object:
    """Why not, in words for staff."""
    if refusal.reason == accounts.WhyNot.NOT_ALLOWED:
        abort(403)
    if refusal.reason == NotAgain.ANOTHER_BODY:
        abort(409)
    if isinstance(refusal.reason, WhyNot):
        return phrases.WHY_NOT[refusal.reason]
    return event_phrases.WHY_NOT[event_rules.WhyNot(refusal.reason)][0]


# ---- All events ----


@sign_ups.page(cy="/staff/lleoedd", en="/staff/sign-ups", access=LOOKS_AFTER)
def every_event() -> ResponseReturnValue:
    """Every event with its figures; and one sign-up, by the reference that somebody reads out."""
    asked = tidy(request.args.get("reference", ""))[:LONGEST_ASKED]
    found = bookings.by_reference(asked) if asked else None
    if found:
        return redirect(url_for(".show", event_id=found.event_id, booking_id=found.id), 302)
    number, are_past = page_asked_for(), request.args.get("past") == "1"
    shown, total = queries.all_events(number, are_past=are_past)
    page = Page.of(total, number, queries.PER_PAGE)
    if page.is_too_far:
        return page.lead_to_first()
    return render_template(
        "sign_ups/events.html",
        asked=asked,
        shown=_rows(shown),
        page=page,
        are_past=are_past,
        to_interpret=queries.to_interpret(),
    )


def _rows(shown: Sequence[tuple[Event, Tally]]) -> list[Row]:
    """Events as rows of a list, each leading to its sign-ups."""
    areas, rows = taxonomy.areas(), []
    for event, tally in shown:
        day = formats.uk(event.starts_at)
        tags: list[tuple[str, str | None]] = [(f"{_('Taken')}: {tally.taken} / {event.capacity}", None)]
        if tally.waiting:
            tags.append((f"{_('Waiting')}: {tally.waiting}", "no"))
        if event.state != EventState.PUBLISHED:
            tags.append((str(event_phrases.EVENT_STATE[event.state]), "no"))
        month, address = formats.short_month(day), url_for(".index", event_id=event.id)
        rows.append(Row(event.id, day.day, month, event.title, when(event), where(event, areas), address, tags))
    return rows


# ---- One event ----


@sign_ups.page(
    cy="/staff/digwyddiadau/<int:event_id>/lleoedd",
    en="/staff/events/<int:event_id>/sign-ups",
    access=LOOKS_AFTER,
    methods=GET_AND_POST,
)
def index(event_id: int) -> ResponseReturnValue:
    """Everybody who signed up for an event. Every look at them is told in the trail."""
    event, form, not_now = tools.found(event_id), ActForm(), None
    if form.validate_on_submit():
        try:
            actions.interpreter_booked(event_id, by_id=_by_id())
            flash(Did.INTERPRETER_BOOKED.value)
            return redirect(url_for(".index", event_id=event_id), 303)
        except Refused as refusal:
            not_now, event = _words(refusal), tools.found(event_id)
    narrowed = request.args.get("show", "")
    shown = Shown(narrowed) if narrowed in list(Shown) else None
    asked = tidy(request.args.get("q", ""))[:LONGEST_ASKED]
    number = page_asked_for()
    found, total = queries.listed(event_id, shown, asked, number)
    page = Page.of(total, number, queries.PER_PAGE)
    if page.is_too_far:
        return page.lead_to_first()
    html = _page(
        "sign_ups/index.html",
        event,
        found=found,
        total=total,
        page=page,
        asked=asked,
        shown=shown,
        ways_to_narrow=list(Shown),
        totals=queries.totals(event_id),
        may_export=Right.EXPORT_SIGN_UPS in tools.rights(),
        to_interpret=queries.to_interpret(event_id),
        form=form,
        not_now=not_now,
        outcome=told_once(phrases.OUTCOME),
    )
    needs = sum(bool(one.needs) for one in found)
    actions.looked_at_list(event_id, number=len(found), needs=needs, by_id=_by_id())
    return html, 409 if not_now else form.status


@sign_ups.page(
    cy="/staff/digwyddiadau/<int:event_id>/lleoedd/newydd",
    en="/staff/events/<int:event_id>/sign-ups/new",
    access=LOOKS_AFTER,
    methods=GET_AND_POST,
)
def add(event_id: int) -> ResponseReturnValue:
    """Sign somebody up who phones, or who stands at the door."""
    event = tools.found(event_id)
    form, theirs = AddForm(event, places.free_slots(event_id, now())), None
    if form.validate_on_submit():
        sign_up = SignUp(
            **form.details(),
            others=tuple(form.names),
            part_ok=form.part_is_ok,
            session_id=form.slot_id,
            channel=Channel(form.channel.data),
            address=form[form.chosen].data,
            asked_in=current_language(),
        )
        try:
            answer = actions.add(event_id, sign_up, by_id=_by_id(), key=form.key.data or "")
        except Refused as refusal:
            form.refuse(_words(refusal))
            theirs, event = refusal.facts.get("booking_id"), tools.found(event_id)
        else:
            did = {BookingState.CONFIRMED: event_rules.Did.CONFIRMED, BookingState.OFFERED: event_rules.Did.OFFERED}
            flash(did.get(answer.state, event_rules.Did.JOINED_WAITING_LIST).value)
            return redirect(url_for(".show", event_id=event_id, booking_id=answer.booking_id), 303)
    seen = places.standing(event.capacity, places.tally(event_id, now()))
    return _page("sign_ups/add.html", event, form=form, places=seen, theirs=theirs), form.status


# ---- One sign-up ----

ONE_CY = "/staff/digwyddiadau/<int:event_id>/lleoedd/<int:booking_id>"
ONE_EN = "/staff/events/<int:event_id>/sign-ups/<int:booking_id>"


@sign_ups.page(cy=ONE_CY, en=ONE_EN, access=LOOKS_AFTER, methods=GET_AND_POST)
def show(event_id: int, booking_id: int) -> ResponseReturnValue:
    """One sign-up, and what can be done with it. Every look at it is told in the trail."""
    form, not_now = answer_form(_signed_up(event_id, booking_id).booking), None
    acts: dict[str, tuple[Callable[[], None], event_rules.Did | Did]] = {
        "accept": (lambda: actions.accept(booking_id, who_comes(form), by_id=_by_id()), event_rules.Did.ACCEPTED),
        "decline": (lambda: actions.decline(booking_id, by_id=_by_id()), event_rules.Did.DECLINED),
        "again": (lambda: actions.send_again(booking_id, by_id=_by_id()), Did.SENT_AGAIN),
    }
    asked = request.form.get("_act", "")
    if asked in acts and form.validate_on_submit():
        act, did = acts[asked]
        try:
            act()
            return _done(did, event_id, booking_id)
        except Refused as refusal:
            if refusal.reason == event_rules.WhyNot.PARTY_TOO_LARGE and isinstance(form, WhoComesForm):
                form.others.errors = [_words(refusal)]
            else:
                not_now = _words(refusal)
                form = answer_form(_signed_up(event_id, booking_id).booking)
    one = _signed_up(event_id, booking_id)
    booking, event = one.booking, tools.found(event_id)
    is_live = event_rules.is_live(booking.state) and now() < event.ends_at
    page = _page(
        "sign_ups/show.html",
        event,
        one=one,
        booking=booking,
        is_live=is_live,
        is_offered=is_live and booking.state == BookingState.OFFERED,
        form=form,
        not_now=not_now,
        channels=Channel,
        outcome=told_once(phrases.OUTCOME),
    )
    actions.looked_at(booking_id, needs=bool(one.needs), by_id=_by_id())
    return page, 409 if not_now else form.status


def _done(did: event_rules.Did | Did, event_id: int, booking_id: int) -> ResponseReturnValue:
    flash(did.value)
    return redirect(url_for(".show", event_id=event_id, booking_id=booking_id), 303)


def _act(
    event_id: int,
    booking_id: int,
    template: str,
    form: Form,
    did: event_rules.Did,
    act: Callable[[], int | None],
    **facts: Any,
) -> ResponseReturnValue:
    """A page that does one thing to one sign-up that is still live.

    Args:
        act: does it; gives the number of the sign-up that there is then, if it is another.
    """
    _signed_up(event_id, booking_id)  # before anything is done: of another event there is no such sign-up here
    if form.validate_on_submit():
        try:
            moved_to = act()
        except Refused as refusal:
            form.refuse(_words(refusal))
        else:
            now_at = queries.where_is(moved_to) if moved_to else event_id
            return _done(did, now_at, moved_to or booking_id)
    one = _signed_up(event_id, booking_id)
    if not event_rules.is_live(one.booking.state) and not form.errors:
        return redirect(url_for(".show", event_id=event_id, booking_id=booking_id), 303)
    page = _page(template, tools.found(event_id), form=form, one=one, booking=one.booking, **facts)
    return page, form.status


@sign_ups.page(cy=f"{ONE_CY}/newid", en=f"{ONE_EN}/change", access=LOOKS_AFTER, methods=GET_AND_POST)
def change(event_id: int, booking_id: int) -> ResponseReturnValue:
    """Change the name, the languages, what they need, or the names of those they bring."""
    one = _signed_up(event_id, booking_id)
    form = ChangeForm(one.booking, one.needs)

    def act() -> None:
        actions.change(booking_id, **form.details(), others=form.names, by_id=_by_id())

    answer = _act(event_id, booking_id, "sign_ups/change.html", form, event_rules.Did.CHANGED, act)
    if one.needs and isinstance(answer, tuple):
        actions.looked_at(booking_id, needs=True, by_id=_by_id())
    return answer


@sign_ups.page(cy=f"{ONE_CY}/canslo", en=f"{ONE_EN}/cancel", access=LOOKS_AFTER, methods=GET_AND_POST)
def cancel(event_id: int, booking_id: int) -> ResponseReturnValue:
    """Give somebody's place up: first say what that means, then do it."""

    def act() -> None:
        actions.cancel(booking_id, by_id=_by_id())

    return _act(event_id, booking_id, "sign_ups/cancel.html", ActForm(), event_rules.Did.CANCELLED, act)


@sign_ups.page(cy=f"{ONE_CY}/rhan", en=f"{ONE_EN}/part", access=LOOKS_AFTER, methods=GET_AND_POST)
def part(event_id: int, booking_id: int) -> ResponseReturnValue:
    """Give up the places of some of those who were to come along."""
    one = _signed_up(event_id, booking_id)
    if not one.booking.others:
        return redirect(url_for(".show", event_id=event_id, booking_id=booking_id), 303)
    form = WhoComesForm(one.booking)

    def act() -> None:
        actions.keep_some(booking_id, form.names, by_id=_by_id())

    return _act(event_id, booking_id, "sign_ups/part.html", form, event_rules.Did.GAVE_UP_SOME, act)


@sign_ups.page(cy=f"{ONE_CY}/symud", en=f"{ONE_EN}/move", access=LOOKS_AFTER, methods=GET_AND_POST)
def move(event_id: int, booking_id: int) -> ResponseReturnValue:
    """Give somebody a place at another date instead: one at which there is room for all of them."""
    asked = _signed_up(event_id, booking_id).booking.asked
    dates = [
        (other, places.standing(other.capacity, tally)) for other, tally in queries.other_dates(tools.found(event_id))
    ]
    with_room = [(other, seen) for other, seen in dates if seen.left >= asked]
    form = DateForm([(other, _about_date(other, seen)) for other, seen in with_room])

    def act() -> int:
        return actions.move(booking_id, int(form.to.data), by_id=_by_id())

    return _act(event_id, booking_id, "sign_ups/move.html", form, event_rules.Did.MOVED, act, has_dates=bool(with_room))


def _about_date(event: Event, seen: event_rules.Places) -> str:
    left = _("Places left")
    return f"{formats.span(event.starts_at, event.ends_at)} ({left}: {seen.left})"


@sign_ups.page(cy=f"{ONE_CY}/amser", en=f"{ONE_EN}/time", access=LOOKS_AFTER, methods=GET_AND_POST)
def slot(event_id: int, booking_id: int) -> ResponseReturnValue:
    """Give somebody another time at an advice session."""
    free = places.free_slots(event_id, now())
    form = SlotForm(free)

    def act() -> None:
        actions.choose_slot(booking_id, int(form.session_id.data), by_id=_by_id())

    return _act(
        event_id, booking_id, "sign_ups/slot.html", form, event_rules.Did.SLOT_CHOSEN, act, has_slots=bool(free)
    )


# ---- Messages ----

MESSAGES_CY, MESSAGES_EN = "/staff/digwyddiadau/<int:event_id>/negeseuon", "/staff/events/<int:event_id>/messages"


@sign_ups.page(cy=MESSAGES_CY, en=MESSAGES_EN, access=WRITES)
def messages(event_id: int) -> ResponseReturnValue:
    """What has been written to those of an event."""
    event = tools.found(event_id)
    return _page(
        "sign_ups/messages.html",
        event,
        messages=queries.messages(event_id),
        outcome=told_once(phrases.OUTCOME),
    )


@sign_ups.page(cy=f"{MESSAGES_CY}/newydd", en=f"{MESSAGES_EN}/new", access=WRITES, methods=GET_AND_POST)
def write(event_id: int) -> ResponseReturnValue:
    """Write to all or some: fill in, read it in both languages and see whom it reaches, then send."""
    event = tools.found(event_id)
    form = WriteForm(events.sessions_of(event_id) if event.kind == EventKind.ADVICE_SURGERY else ())
    was_checked, is_checking = request.form.get("_step") == SEND, False
    if form.validate_on_submit():
        audience, slot_id = Audience(form.audience.data), form.slot
        reach = queries.reach(event_id, audience, slot_id)
        is_checking = not was_checked and reach.number > 0
        if not reach.number:
            form.audience.errors = [phrases.WHY_NOT[WhyNot.NOBODY]]
        elif was_checked:
            try:
                actions.write(
                    event_id, form.subject, form.body, audience, slot_id, by_id=_by_id(), key=form.key.data or ""
                )
            except Refused as refusal:
                form.refuse(_words(refusal))
                event = tools.found(event_id)
            else:
                flash(Did.WROTE.value)
                return redirect(url_for(".messages", event_id=event_id), 303)
    elif was_checked and "_language" in request.form and form.audience.data in list(Audience):
        is_checking = True  # the same check page, in the other language
        reach = queries.reach(event_id, Audience(form.audience.data), form.slot)
    if is_checking:
        return _page("sign_ups/check_message.html", event, form=form, reach=reach, step=SEND), 200
    return _page("sign_ups/write.html", event, form=form), form.status


# ---- Files and paper ----


def _file(event_id: int, form: str, write_file: Callable[..., bytes], kind: str) -> Response:
    found = queries.everybody(tools.found(event_id).id)
    contents = write_file(data.head(), [data.row(one) for one in found])
    actions.exported(event_id, form, len(found), by_id=_by_id())
    name = _("sign-ups")
    return download(contents, f"{name}-{event_id}.{form}", kind)


@sign_ups.page(
    cy="/staff/digwyddiadau/<int:event_id>/lleoedd.csv", en="/staff/events/<int:event_id>/sign-ups.csv", access=EXPORTS
)
def as_csv(event_id: int) -> Response:
    """The sign-ups of an event as a file that any program reads."""
    return _file(event_id, "csv", csv_file, CSV)


@sign_ups.page(
    cy="/staff/digwyddiadau/<int:event_id>/lleoedd.xlsx",
    en="/staff/events/<int:event_id>/sign-ups.xlsx",
    access=EXPORTS,
)
def as_xlsx(event_id: int) -> Response:
    """The same as a spreadsheet."""
    return _file(event_id, "xlsx", spreadsheet, XLSX)


@sign_ups.page(
    cy="/staff/digwyddiadau/<int:event_id>/taflen-lofnodi",
    en="/staff/events/<int:event_id>/sign-in-sheet",
    access=LOOKS_AFTER,
)
def sheet(event_id: int) -> ResponseReturnValue:
    """A list for the door, to sign on paper: one for each sitting of a course; the day of an advice session by time."""
    event, comers = tools.found(event_id), data.comers(queries.with_a_place(event_id))
    sessions = events.sessions_of(event_id)
    has_slots = event.kind == EventKind.ADVICE_SURGERY
    by_slot = {one.slot_id: one for one in comers if one.slot_id}
    page = _page(
        "sign_ups/sheet.html",
        event,
        comers=comers,
        sittings=[] if has_slots else [data.span(one.starts_at, one.ends_at) for one in sessions],
        whole=data.span(event.starts_at, event.ends_at),
        slots=[(one, by_slot.get(one.id)) for one in sessions] if has_slots else [],
        more=range(data.ROWS_FOR_MORE),
        headings=data.headings(),
    )
    actions.printed(event_id, "sheet", len(comers), by_id=_by_id())
    return page


@sign_ups.page(
    cy="/staff/digwyddiadau/<int:event_id>/bathodynnau", en="/staff/events/<int:event_id>/badges", access=LOOKS_AFTER
)
def badges(event_id: int) -> ResponseReturnValue:
    """Name badges, eight to a page of A4."""
    event, comers = tools.found(event_id), data.comers(queries.with_a_place(event_id))
    page = _page("sign_ups/badges.html", event, comers=comers)
    actions.printed(event_id, "badges", len(comers), by_id=_by_id())
    return page


# ---- On the desk ----


def _to_interpret() -> list[Waits]:
    return [
        Waits(
            one.event.title.spoken(current_language())[0],
            url_for("sign_ups.index", event_id=one.event.id),
            one.since,
            "cy",
            one.until,
        )
        for one in queries.to_interpret()
    ]


QUEUE = Queue("interpreters", Right.LOOK_AFTER_SIGN_UPS, phrases.QUEUE, "sign_ups.every_event", _to_interpret)
