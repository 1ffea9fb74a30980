"""The pages on which people take places, see them, change them and give them up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import (
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
from c4s.accounts.models import Person
from c4s.core import once, tokens
from c4s.core.clock import now
from c4s.core.errors import Refused
from c4s.core.once import NotAgain
from c4s.core.throttle import TooMany
from c4s.events import actions, bookings, letters, phrases, places, queries, rules, signing_up
from c4s.events.forms import AccountBookingForm, BookingForm, ChangeForm, SlotForm, WhoComesForm, answer_form, who_comes
from c4s.events.listing import Row, event_address, public_event, when, where
from c4s.events.listing import events as events
from c4s.events.models import Booking, Event
from c4s.events.places import Slot
from c4s.events.rules import BookingState, Did, EventKind, EventState, Places, WhyNot
from c4s.events.signing_up import Answer
from c4s.events.steps import SignUp
from c4s.i18n import formats
from c4s.i18n.languages import current_language
from c4s.i18n.references import Reference, corrected, reference
from c4s.i18n.speech import gettext as _
from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail.models import Channel
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.queries import Terms
from c4s.web.access import EVERYONE, GET_AND_POST
from c4s.web.forms import ActForm, chosen_label, network
from c4s.web.told import told_once

CHECK, CONFIRM = "check", "confirm"
TOO_MANY_CHOSEN = _l("You have chosen too many people. The most who can come with you:")
PlaceForm = BookingForm | AccountBookingForm


# ---- Taking a place ----


@events.page(
    cy="/digwyddiadau/<ref:event_id>/cadw-lle",
    en="/events/<ref:event_id>/book",
    access=EVERYONE,
    methods=GET_AND_POST,
)
def book(event_id: Reference) -> ResponseReturnValue:
    """Ask for a place: fill in, check, confirm."""
    event = public_event(event_id)
    moved = corrected(event_id, event.title)
    if moved and request.method == "GET":
        return moved
    refusal = queries.why_not_book(event)
    if refusal:
        return _not_bookable(event, refusal)
    return _sign_up_page(event, BookingForm(event, _free_slots(event)), None)


@events.page(
    cy="/cyfrif/lleoedd/cadw/<ref:event_id>",
    en="/account/places/book/<ref:event_id>",
    access=session.SIGNED_IN,
    methods=GET_AND_POST,
)
def book_with_account(event_id: Reference) -> ResponseReturnValue:
    """The same for somebody who is signed in: nothing is asked that their account knows, and nothing to prove."""
    event, person = public_event(event_id), session.this_person()
    theirs = bookings.live(event.id, person.email_key) if request.method == "GET" and person.email_key else None
    if theirs:
        return redirect(url_for(".my_place", token=letters.place_token(theirs)), 303)
    refusal = queries.why_not_book(event)
    if refusal:
        return _not_bookable(event, refusal)
    return _sign_up_page(
        event, AccountBookingForm(event, _free_slots(event), bookings.remembered_needs(person.id)), person
    )


def _free_slots(event: Event) -> list[Slot]:
    """The free times of an advice surgery, as the form offers them."""
    return places.free_slots(event.id, now()) if event.kind == EventKind.ADVICE_SURGERY else []


def _sign_up_page(event: Event, form: PlaceForm, person: Person | None) -> ResponseReturnValue:
    step = request.form.get("_step")
    if form.validate_on_submit():
        return _take_place(event, form, person) if step == CONFIRM else _check_page(event, form, person)
    if step == CONFIRM and "_language" in request.form and (person or form.chosen):
        return _check_page(event, form, person)
    return _booking_page(event, form, person)


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


def _booking_page(event: Event, form: PlaceForm, person: Person | None) -> ResponseReturnValue:
    words = reference(event.id, event.title.spoken(current_language())[0])
    page = render_template(
        "events/book.html",
        event=event,
        form=form,
        person=person,
        step=CHECK,
        when=when(event),
        words=phrases,
        places=_standing(event),
        event_page=event_address(event),
        account_page=url_for(".book_with_account", event_id=words),
    )
    return page, form.status, form.headers


def _standing(event: Event) -> Places:
    return places.standing(event.capacity, places.tally(event.id, now()))


def _check_page(event: Event, form: PlaceForm, person: Person | None) -> ResponseReturnValue:
    """The answers to read once more; nothing is kept anywhere but on the page itself."""
    standing = _standing(event)
    return render_template(
        "events/check.html",
        event=event,
        form=form,
        person=person,
        step=CONFIRM,
        answers=form.answers(),
        when=when(event),
        places=standing,
        leads_to=rules.place_for(standing, 1 + len(form.names), part_ok=form.part_is_ok),
        states=BookingState,
        slot=chosen_label(form["session_id"]) if form.slot_id else None,
        words=phrases,
        event_page=event_address(event),
    ), 200


def _sign_up_of(form: PlaceForm, person: Person | None) -> SignUp:
    """What was asked for, together with what the account of whoever is signed in says."""
    if isinstance(form, BookingForm):
        reached = {"channel": Channel(form.channel.data), "address": form[form.chosen].data}
        told = {**form.details(), **reached}
    else:
        assert person
        ways = {Channel.EMAIL: person.email, Channel.PHONE: person.phone, Channel.POST: person.postal_address}
        told = {
            **form.details(),
            "name": person.name,
            "channel": person.channel,
            "address": ways[person.channel],
            "language_written": person.language_written,
            "language_spoken": person.language_spoken,
        }
    return SignUp(
        **told,
        asked_in=current_language(),
        others=tuple(form.names),
        part_ok=form.part_is_ok,
        session_id=form.slot_id,
    )


def _take_place(event: Event, form: PlaceForm, person: Person | None) -> ResponseReturnValue:
    sign_up, key, event_id = _sign_up_of(form, person), form.key.data or "", event.id
    words = reference(event_id, event.title.spoken(current_language())[0])  # now: a commit forgets what was read
    limit = current_app.config.get("SIGN_UPS_PER_NETWORK", rules.PER_NETWORK)
    known: dict[str, Any] = {"network": network(), "per_network": limit}
    if person and isinstance(form, AccountBookingForm):
        known = {"person_id": person.id, "remember": form.remember.data}
    try:
        answer = signing_up.book_place(event_id, sign_up, key=key, **known)
    except Refused as refusal:
        return _not_taken(event, form, person, refusal)
    if person is None:
        return redirect(url_for(".booked", event_id=words, token=tokens.sign("booked", key)), 303)
    flash(signing_up.DID[answer.state].value)
    return _to_place(answer.booking_id)


def _not_taken(event: Event, form: PlaceForm, person: Person | None, refusal: Refused) -> ResponseReturnValue:
    """Why there is no place, with everything that was typed where something else would help."""
    if refusal.reason == NotAgain.ANOTHER_BODY:
        abort(409)
    if refusal.reason == TooMany.TOO_MANY:
        form.refuse_until(refusal.facts["until"])  # type: ignore[arg-type]
        return _booking_page(event, form, person)
    if refusal.reason == WhyNot.ALREADY_BOOKED:
        return _to_place(int(str(refusal.facts["booking_id"])))
    if refusal.reason in (WhyNot.SLOT_TAKEN, WhyNot.NO_SLOT_CHOSEN):
        again = type(form)(event, _free_slots(event))
        problem, advice = phrases.WHY_NOT[WhyNot(refusal.reason)]
        if "session_id" in again:
            again["session_id"].data = None
            again["session_id"].errors = [f"{problem}. {advice}"]
        else:
            again.refuse(f"{problem}.")
        return _booking_page(event, again, person)
    return _not_bookable(event, refusal)


def _to_place(booking_id: int) -> ResponseReturnValue:
    booking = bookings.one(booking_id) or abort(404)
    return redirect(url_for(".my_place", token=letters.place_token(booking)), 303)


@events.page(
    cy="/digwyddiadau/<ref:event_id>/diolch/<token>",
    en="/events/<ref:event_id>/booked/<token>",
    access=EVERYONE,
)
def booked(event_id: Reference, token: str) -> ResponseReturnValue:
    """What happens next. It says the same whether or not the address had a place already."""
    key = (tokens.read("booked", token) or [""])[0]
    kept = once.result_of(str(key)) or abort(404)
    answer = Answer.read(kept)
    booking = bookings.one(answer.booking_id) or abort(404)
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
        when=when(booking.event),
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


@events.page(cy="/cyfrif/lleoedd", en="/account/places", access=session.SIGNED_IN, methods=GET_AND_POST)
def my_places() -> ResponseReturnValue:
    """The places of whoever is signed in: those that their email address has, which they have proved is theirs.

    And what they need, if they asked us to remember it, with a button that forgets it.
    """
    form = ActForm()
    if form.validate_on_submit():
        actions.forget_needs(session.this_person().id)
        return redirect(url_for(".my_places"), 303)
    moment, areas = now(), taxonomy.areas()
    mine = [_mine_as_row(booking, areas, moment) for booking in bookings.of_address(session.this_person().email_key)]
    return render_template(
        "events/my_places.html",
        section="accounts",  # in the main menu it is a part of the account
        to_come=[one.row for one in reversed(mine) if one.is_to_come],
        earlier=[one.row for one in mine if not one.is_to_come],
        form=form,
        remembered=bookings.remembered_needs(session.this_person().id),
    ), form.status


def _mine_as_row(booking: Booking, areas: Terms, moment: datetime) -> Mine:
    event, day = booking.event, formats.uk(booking.event.starts_at)
    is_live, is_cancelled = rules.is_live(booking.state), event.state == EventState.CANCELLED
    is_to_come = is_live and not rules.is_over(event.state, event.ends_at, moment) and not is_cancelled
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
        when(event),
        where(event, areas),
        url_for(".my_place", token=letters.place_token(booking)),
        tags,
    )
    return Mine(row, is_to_come)


# ---- My place ----


def _state(booking: Booking) -> object:
    """How a place stands, in words."""
    if booking.state == BookingState.OFFERED and booking.party > 1:
        return phrases.PLACES_OFFERED
    words = phrases.BOOKING_STATE if booking.is_proved else phrases.BOOKING_STATE_UNPROVED
    return words.get(booking.state, phrases.BOOKING_STATE[booking.state])


def _mine(token: str) -> Booking:
    """The booking of a signed link."""
    number, *reference = tokens.read("booking", token) or [0]
    booking = bookings.one(int(number)) or abort(404)
    return booking if reference == [booking.reference] else abort(404)


@events.page(cy="/fy-lle/<token>", en="/my-place/<token>", access=EVERYONE, methods=GET_AND_POST)
def my_place(token: str) -> ResponseReturnValue:
    """One person's place. Opening it changes nothing: programs that look into mail open every link."""
    booking = _mine(token)
    form, act = answer_form(booking), request.form.get("_act", "")
    if act == "prove" and form.validate_on_submit():
        return _after(token, lambda: signing_up.prove(booking.id))
    if act == "accept" and form.validate_on_submit():
        return _after(token, lambda: actions.accept_offer(booking.id, who_comes(form)), form)
    return _place_page(token, booking, form)


def _after(token: str, act: Callable[[], Did], form: ActForm | WhoComesForm | None = None) -> ResponseReturnValue:
    """Do something to a place, and show how it is then.

    Args:
        form: the one that was sent, if it has a box beside which to say what is wrong.
    """
    try:
        flash(act().value)
    except Refused as refusal:
        booking = _mine(token)
        if refusal.reason == WhyNot.PARTY_TOO_LARGE and isinstance(form, WhoComesForm):
            form.others.errors = [f"{TOO_MANY_CHOSEN} {booking.party - 1}"]
            return _place_page(token, booking, form)
        return _place_page(token, booking, answer_form(booking), refusal)
    return redirect(url_for(".my_place", token=token), 303)


def _place_page(
    token: str, booking: Booking, form: ActForm | WhoComesForm, refusal: Refused | None = None
) -> ResponseReturnValue:
    event = booking.event
    is_over = rules.is_over(event.state, event.ends_at, now())
    is_sure = booking.state == BookingState.CONFIRMED and booking.is_proved
    needs = bookings.needs_of(booking.id)
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
        is_live=rules.is_live(booking.state) and not is_over,
        is_cancelled=event.state == EventState.CANCELLED,
        is_sure=is_sure,
        may_come_with=booking.party - 1,
        slot=formats.at_start(formats.span(booking.starts_at, booking.ends_at)) if booking.slot else "",
        may_choose_slot=bool(booking.slot) and bool(_free_slots(event)),
        may_keep_some=rules.may_keep_some(booking.state, booking.party) and not is_over,
        may_come_back=rules.may_come_back(booking.state, booking.is_proved)
        and not queries.why_not_book(event)
        and not _is_slot_gone(booking),
        may_sign_up=not rules.is_live(booking.state) and not queries.why_not_book(event),
        position=places.position(booking) if booking.state == BookingState.WAITING else None,
        needs=needs.needs if needs else "",
        words=phrases,
        when=when(event),
        event_page=event_address(event),
        book_page=url_for(".book", event_id=reference(event.id, event.title.spoken(current_language())[0])),
    ), 409 if refusal else form.status


def _is_slot_gone(booking: Booking) -> bool:
    """Whether somebody else has the time that they chose, and could still choose another."""
    slots = _free_slots(booking.event)
    return booking.slot is not None and bool(slots) and booking.session_id not in {slot.id for slot in slots}


@events.page(cy="/fy-lle/<token>/newid", en="/my-place/<token>/change", access=EVERYONE, methods=GET_AND_POST)
def change(token: str) -> ResponseReturnValue:
    """Change the name, the languages or the access needs."""
    booking = _mine(token)
    needs = bookings.needs_of(booking.id)
    form = ChangeForm(booking, needs.needs if needs else "")
    if form.validate_on_submit():
        return _after(token, lambda: _changed(booking.id, form))
    return render_template(
        "events/change.html", form=form, event=booking.event, place_page=url_for(".my_place", token=token)
    ), form.status


def _changed(booking_id: int, form: ChangeForm) -> Did:
    actions.change_details(booking_id, **form.details(), others=form.names or None)
    return Did.CHANGED


@events.page(cy="/fy-lle/<token>/llai", en="/my-place/<token>/fewer", access=EVERYONE, methods=GET_AND_POST)
def keep_some(token: str) -> ResponseReturnValue:
    """Say who of a party still comes, and give up the places of the others."""
    booking = _mine(token)
    if not rules.may_keep_some(booking.state, booking.party):
        return redirect(url_for(".my_place", token=token), 303)
    form = WhoComesForm(booking)
    if form.validate_on_submit():
        return _after(token, lambda: actions.keep_some(booking.id, form.names))
    return render_template(
        "events/keep_some.html",
        form=form,
        booking=booking,
        event=booking.event,
        states=BookingState,
        when=when(booking.event),
        place_page=url_for(".my_place", token=token),
    ), form.status


@events.page(cy="/fy-lle/<token>/amser", en="/my-place/<token>/time", access=EVERYONE, methods=GET_AND_POST)
def choose_slot(token: str) -> ResponseReturnValue:
    """Swap the time of an advice surgery for another that is free."""
    booking = _mine(token)
    slots = _free_slots(booking.event)
    if booking.slot is None or booking.state not in rules.HOLDS_A_PLACE or not slots:
        return redirect(url_for(".my_place", token=token), 303)
    form = SlotForm(slots)
    if form.validate_on_submit():
        chosen = int(form.session_id.data)
        return _after(token, lambda: actions.choose_slot(booking.id, chosen))
    return render_template(
        "events/choose_slot.html",
        form=form,
        booking=booking,
        event=booking.event,
        slot=formats.at_start(formats.span(booking.starts_at, booking.ends_at)),
        when=when(booking.event),
        place_page=url_for(".my_place", token=token),
    ), form.status


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
        when=when(booking.event),
        place_page=url_for(".my_place", token=token),
    ), form.status
