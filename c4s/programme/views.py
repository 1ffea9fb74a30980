"""The pages on which staff run events that are published, and look after venues."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound

from c4s.accounts.session import done_if_allowed, this_person
from c4s.audit import trail
from c4s.core.clock import now
from c4s.core.errors import Refused
from c4s.events import listing, places, tools
from c4s.events import phrases as events
from c4s.events.models import Event, Venue
from c4s.events.rules import EventState
from c4s.events.tools import Tool
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l
from c4s.programme import actions, phrases, queries, rules
from c4s.programme.forms import NoticeForm, VenueForm
from c4s.programme.rules import Did, WhyNot
from c4s.taxonomy import queries as taxonomy
from c4s.web.access import GET_AND_POST, May
from c4s.web.forms import ActForm
from c4s.web.rights import Right
from c4s.web.told import told_once

running = BilingualBlueprint("running", __name__)
venues = BilingualBlueprint("venues", __name__)

RUNS = May(Right.RUN_EVENTS)
TOOL = Tool(_l("The event"), "running.show", Right.RUN_EVENTS)


def me() -> str:
    """What the trail calls the one who is signed in."""
    return trail.person(this_person().id)


def _may(rule: Callable[..., None], event: Event) -> bool:
    try:
        rule(event.state, event.ends_at, now())
    except Refused:
        return False
    return True


@running.page(cy="/staff/rhaglen/<int:event_id>", en="/staff/programme/<int:event_id>", access=RUNS)
def show(event_id: int) -> ResponseReturnValue:
    """One event: its places, and all that can be done with it."""
    event = tools.found(event_id)
    return tools.page(
        "programme/show.html",
        event,
        places=places.standing(event.capacity, places.tally(event_id, now())),
        draft=queries.draft_of(event_id),
        may_change=event.state != EventState.CANCELLED,
        may_postpone=_may(rules.may_postpone, event),
        may_cancel=_may(rules.may_cancel, event),
        may_restore=_may(rules.may_restore, event),
        is_public=event.state != EventState.DRAFT,
        kinds=events.KIND,
        states=events.EVENT_STATE,
        outcome=told_once(phrases.OUTCOME),
    )


@running.page(
    cy="/staff/rhaglen/<int:event_id>/newid",
    en="/staff/programme/<int:event_id>/change",
    access=RUNS,
    methods=GET_AND_POST,
)
def change(event_id: int) -> ResponseReturnValue:
    """Begin a change to the event, or go on with the one that is there; readers see it when it is published."""
    event, form = tools.found(event_id), ActForm()
    if form.validate_on_submit():
        draft_id = done_if_allowed(actions.change, event_id, by=me())
        return redirect(url_for("programme.edit", draft_id=draft_id), 303)
    page = render_template("programme/change.html", form=form, event=event, draft=queries.draft_of(event_id))
    return page, form.status


@running.page(
    cy="/staff/rhaglen/<int:event_id>/copio",
    en="/staff/programme/<int:event_id>/copy",
    access=RUNS,
    methods=GET_AND_POST,
)
def copy(event_id: int) -> ResponseReturnValue:
    """Begin a draft with the words of the event, on no day yet."""
    event, form = tools.found(event_id), ActForm()
    if form.validate_on_submit():
        made = done_if_allowed(actions.start, queries.content_of(event).without_dates, by=me())
        flash(Did.DRAFTED.value)
        return redirect(url_for("programme.edit", draft_id=made), 303)
    return render_template(
        "programme/copy.html", form=form, name=event.title.spoken(current_language())[0]
    ), form.status


@running.page(
    cy="/staff/rhaglen/<int:event_id>/gohirio",
    en="/staff/programme/<int:event_id>/postpone",
    access=RUNS,
    methods=GET_AND_POST,
)
def postpone(event_id: int) -> ResponseReturnValue:
    """Put the event off to a day that nobody knows yet."""
    return _stop(event_id, rules.may_postpone, actions.postpone, Did.POSTPONED, "programme/postpone.html")


@running.page(
    cy="/staff/rhaglen/<int:event_id>/canslo",
    en="/staff/programme/<int:event_id>/cancel",
    access=RUNS,
    methods=GET_AND_POST,
)
def cancel(event_id: int) -> ResponseReturnValue:
    """Call the event off."""
    return _stop(event_id, rules.may_cancel, actions.cancel, Did.CANCELLED, "programme/cancel.html")


def _stop(
    event_id: int, may: Callable[..., None], stop: Callable[..., None], did: Did, template: str
) -> ResponseReturnValue:
    """A page that says who will be told, and asks why, in both languages."""
    event, form = tools.found(event_id), NoticeForm()
    if form.validate_on_submit():
        try:
            done_if_allowed(stop, event_id, form.notice, by=me())
        except Refused as refusal:
            if refusal.reason == WhyNot.REASON_NEEDED:
                form.ask_for(refusal.facts["languages"])  # type: ignore[arg-type]
            else:
                form.refuse(phrases.WHY_NOT[WhyNot(refusal.reason)])
        else:
            flash(did.value)
            return redirect(url_for(".show", event_id=event_id), 303)
    event = tools.found(event_id)
    return _asked(template, event, form, can=_may(may, event))


def _asked(template: str, event: Event, form: NoticeForm | ActForm, *, can: bool) -> ResponseReturnValue:
    page = render_template(
        template,
        form=form,
        event=event,
        can=can,
        told=queries.to_tell(event.id),
        written=events.WRITTEN,
        channels=events.CHANNEL,
        when=listing.when(event),
    )
    return page, form.status


@running.page(
    cy="/staff/rhaglen/<int:event_id>/adfer",
    en="/staff/programme/<int:event_id>/restore",
    access=RUNS,
    methods=GET_AND_POST,
)
def restore(event_id: int) -> ResponseReturnValue:
    """Have the event go ahead after all, at its old time."""
    event, form = tools.found(event_id), ActForm()
    if form.validate_on_submit():
        try:
            done_if_allowed(actions.restore, event_id, by=me())
        except Refused as refusal:
            form.refuse(phrases.WHY_NOT[WhyNot(refusal.reason)])
        else:
            flash(Did.RESTORED.value)
            return redirect(url_for(".show", event_id=event_id), 303)
    event = tools.found(event_id)
    return _asked("programme/restore.html", event, form, can=_may(rules.may_restore, event))


# ---- Venues ----


def _areas() -> list[tuple[int, str]]:
    language = current_language()
    return [(number, name.spoken(language)[0]) for number, name in queries.names_in_order(taxonomy.areas(), language)]


@venues.page(cy="/staff/lleoliadau", en="/staff/venues", access=RUNS)
def index() -> ResponseReturnValue:
    """Every venue, in the alphabet of the page."""
    language = current_language()
    found = sorted(queries.venues(), key=lambda venue: venue.name.spoken(language)[0].casefold())
    return render_template(
        "programme/venues.html",
        venues=found,
        uses=queries.uses_of_venues(),
        outcome=told_once(phrases.OUTCOME),
    )


@venues.page(cy="/staff/lleoliadau/newydd", en="/staff/venues/new", access=RUNS, methods=GET_AND_POST)
def add() -> ResponseReturnValue:
    """Describe a venue once, for every event that is held there."""
    return _venue(None)


@venues.page(
    cy="/staff/lleoliadau/<int:venue_id>", en="/staff/venues/<int:venue_id>", access=RUNS, methods=GET_AND_POST
)
def edit(venue_id: int) -> ResponseReturnValue:
    """Change a venue: every event that is held there shows it."""
    return _venue(queries.venue(venue_id) or abort(404))


def _venue(venue: Venue | None) -> ResponseReturnValue:
    form = VenueForm(_areas(), data=_boxes(venue) if venue else {})
    if form.validate_on_submit():
        try:
            done_if_allowed(actions.save_venue, venue.id if venue else None, by=me(), **form.facts)
        except NoResultFound:
            abort(404)
        flash((Did.VENUE_CHANGED if venue else Did.VENUE_ADDED).value)
        return redirect(url_for(".index"), 303)
    return render_template("programme/venue.html", form=form, venue=venue), form.status


def _boxes(venue: Venue) -> dict[str, object]:
    """A venue as it stands in the boxes of its form."""
    texts: dict[str, Bilingual] = {
        name: getattr(venue, name) for name in ("name", "access_notes", "parking", "transport")
    }
    return {
        **{f"{name}_{code}": getattr(text, code) for name, text in texts.items() for code in ("cy", "en")},
        "address": "\n".join(venue.address),
        "postcode": venue.postcode,
        "area": str(venue.area_id or ""),
        "step_free": venue.step_free,
        "hearing_loop": venue.hearing_loop,
        "quiet_space": venue.quiet_space,
    }
