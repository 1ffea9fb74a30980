"""The pages on which staff write events: drafts, their preview and their publishing."""

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound

from c4s.accounts.session import done_if_allowed, this_person
from c4s.audit import trail
from c4s.core.clock import now
from c4s.core.errors import Refused
from c4s.events import listing, places
from c4s.events import phrases as events
from c4s.events.models import Event
from c4s.events.places import Tally
from c4s.events.rules import EventKind
from c4s.events.rules import WhyNot as PlacesWhyNot
from c4s.i18n import formats
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.languages import current_language
from c4s.i18n.speech import gettext as _
from c4s.programme import actions, phrases, queries, reading, rules
from c4s.programme.forms import CalendarForm, DraftForm, KindForm, PublishForm, SeriesForm
from c4s.programme.models import EventContent, EventDraft
from c4s.programme.rules import Did, Every, Missing, WhyNot
from c4s.taxonomy import queries as taxonomy
from c4s.web.access import GET_AND_POST, May
from c4s.web.forms import ActForm, number_in
from c4s.web.paging import Page, page_asked_for
from c4s.web.rights import Right
from c4s.web.told import told_once

programme = BilingualBlueprint("programme", __name__)

RUNS = May(Right.RUN_EVENTS)
PUBLISH = "publish"
"""The button of the form that saves a draft and goes on to publish it."""


def me() -> str:
    """What the trail calls the one who is signed in."""
    return trail.person(this_person().id)


@dataclass(frozen=True)
class Row:
    """One event in the list, with how many of its places are taken and how many people wait."""

    event: Event
    when: str
    taken: int
    waiting: int


def _rows(found: Any) -> list[Row]:
    tallies = places.tallies([event.id for event in found], now())
    seen = [tallies.get(event.id, Tally()) for event in found]
    return [Row(event, listing.when(event), one.taken, one.waiting) for event, one in zip(found, seen, strict=True)]


@dataclass(frozen=True)
class Draft:
    """A draft in the list, with all that it lacks; and what this page calls it, in its own language."""

    name: str
    draft: EventDraft
    content: EventContent
    when: str
    lacks: list[Missing]


def _shown(draft: EventDraft) -> Draft:
    content = draft.read
    starts, ends = content.starts_at, content.ends_at
    when = formats.at_start(formats.span(starts, ends)) if starts and ends else ""
    lacks = queries.missing(draft, max(now(), draft.publish_at or now()))
    return Draft(_name(draft.id, content), draft, content, when, lacks)


def _name(number: int, content: EventContent) -> str:
    """A draft's title in the language of the page; its number while it has none there."""
    return getattr(content.title, current_language()) or f"{_('Draft event')} {number}"


def _found(draft_id: int) -> EventDraft:
    return queries.draft(draft_id) or abort(404)


@programme.page(cy="/staff/rhaglen", en="/staff/programme", access=RUNS)
def index() -> ResponseReturnValue:
    """The drafts, and the events to come with their places."""
    return _list(is_past=False)


@programme.page(cy="/staff/rhaglen/gorffennol", en="/staff/programme/past", access=RUNS)
def past() -> ResponseReturnValue:
    """Events that are over, the latest first."""
    return _list(is_past=True)


def _list(*, is_past: bool) -> ResponseReturnValue:
    number = page_asked_for()
    found, total = queries.events(past=is_past, moment=now(), page=number)
    page = Page.of(total, number, queries.PER_PAGE)
    if page.is_too_far:
        return page.lead_to_first()
    return render_template(
        "programme/index.html",
        drafts=[] if is_past else [_shown(draft) for draft in queries.drafts()],
        rows=_rows(found),
        is_past=is_past,
        page=page,
        kinds=events.KIND,
        states=events.EVENT_STATE,
        lacks=phrases.LACK,
        outcome=told_once(phrases.OUTCOME),
    )


@programme.page(cy="/staff/rhaglen/newydd", en="/staff/programme/new", access=RUNS, methods=GET_AND_POST)
def new() -> ResponseReturnValue:
    """Choose a kind, and a draft is there."""
    form = KindForm()
    if form.validate_on_submit():
        draft_id = done_if_allowed(actions.start, EventContent(EventKind(form.kind.data)), by=me())
        flash(Did.DRAFTED.value)
        return redirect(url_for(".edit", draft_id=draft_id), 303)
    return render_template("programme/new.html", form=form), form.status


# ---- One draft ----


@programme.page(cy="/staff/rhaglen/drafftiau/<int:draft_id>", en="/staff/programme/drafts/<int:draft_id>", access=RUNS)
def draft(draft_id: int) -> ResponseReturnValue:
    """How a draft stands, and all that can be done with it."""
    shown = _shown(_found(draft_id))
    return render_template(
        "programme/draft.html",
        shown=shown,
        texts=phrases.TEXT,
        lacks=phrases.LACK,
        kinds=events.KIND,
        may_be_seen=rules.may_be_seen(shown.lacks),
        outcome=told_once(phrases.OUTCOME),
    )


@programme.page(
    cy="/staff/rhaglen/drafftiau/<int:draft_id>/golygu",
    en="/staff/programme/drafts/<int:draft_id>/edit",
    access=RUNS,
    methods=GET_AND_POST,
)
def edit(draft_id: int) -> ResponseReturnValue:
    """Write a draft: saved at any time, complete or not."""
    found, outcome = _found(draft_id), told_once(phrases.OUTCOME)
    form = _draft_form(found)
    if form.validate_on_submit():
        try:
            done_if_allowed(actions.save, draft_id, form.read, seen=form.turn, still_right=form.ticked, by=me())
        except NoResultFound:
            abort(404)
        except Refused as refusal:
            form.refuse(phrases.WHY_NOT[WhyNot(refusal.reason)])
            form.seen.data = str(_found(draft_id).turn)
        else:
            if PUBLISH not in request.form:
                flash(Did.SAVED.value)
                return redirect(url_for(".draft", draft_id=draft_id), 303)
            found = _found(draft_id)
            lacks = queries.missing(found, now())
            if not lacks:
                return redirect(url_for(".publish", draft_id=draft_id), 303)
            # It is kept, and says beside each box what is missing.
            form = _draft_form(found, is_saved=True)
            form.ask_for(lacks)
            outcome = phrases.OUTCOME[Did.SAVED]
    page = render_template(
        "programme/edit.html",
        form=form,
        draft=found,
        name=_name(draft_id, found.read),
        kind=events.KIND[found.read.kind],
        outcome=outcome,
    )
    return page, form.status


def _draft_form(found: EventDraft, *, is_saved: bool = False) -> DraftForm:
    """The form of a draft: as somebody sent it, or, once it is saved, as it is kept."""
    language = current_language()
    areas, categories = taxonomy.areas(), taxonomy.categories()
    names = [(one.id, one.name.spoken(language)[0]) for one in queries.venues()]
    form = DraftForm(
        found.read,
        stale=found.stale,
        turn=found.turn,
        venues=sorted(names, key=lambda one: one[1].casefold()),
        areas=[(number, name.spoken(language)[0]) for number, name in queries.names_in_order(areas, language)],
        categories=[(one.id, one.name.spoken(language)[0]) for one in categories.children(None, language)],
    )
    if is_saved:
        form.validate()
        form.seen.data = str(found.turn)
    return form


@programme.page(
    cy="/staff/rhaglen/drafftiau/<int:draft_id>/rhagolwg",
    en="/staff/programme/drafts/<int:draft_id>/preview",
    access=RUNS,
)
def preview(draft_id: int) -> ResponseReturnValue:
    """The page of the event as readers will see it, in either language."""
    shown = _shown(_found(draft_id))
    if not rules.may_be_seen(shown.lacks):
        return redirect(url_for(".draft", draft_id=draft_id), 303)

    def show(event: Event) -> str:
        return render_template("programme/preview.html", **listing.facts_of(event, now()), draft_id=draft_id)

    try:
        return actions.rehearse(draft_id, show)
    except Refused:
        # A slot goes that somebody has: the page on which it is published says whose.
        return redirect(url_for(".publish", draft_id=draft_id), 303)


@programme.page(
    cy="/staff/rhaglen/drafftiau/<int:draft_id>/cyhoeddi",
    en="/staff/programme/drafts/<int:draft_id>/publish",
    access=RUNS,
    methods=GET_AND_POST,
)
def publish(draft_id: int) -> ResponseReturnValue:
    """See what will come of it, and publish now or at a time."""
    found, who = _found(draft_id), []
    form = PublishForm(
        turn=found.turn,
        is_change=found.event_id is not None,
        publish_at=found.publish_at,
        notice=found.read.notice,
    )
    if form.validate_on_submit():
        try:
            if form.at is not None:
                done_if_allowed(actions.set_time, draft_id, form.at, notice=form.notice, by=me())
                flash(Did.TIMED.value)
                return redirect(url_for(".draft", draft_id=draft_id), 303)
            event_id = done_if_allowed(actions.publish, draft_id, notice=form.notice, seen=form.turn, by=me())
        except NoResultFound:
            abort(404)
        except Refused as refusal:
            who = _refuse(form, refusal)
        else:
            flash(Did.PUBLISHED.value)
            return redirect(url_for("running.show", event_id=event_id), 303)
    found = _found(draft_id)
    page = render_template(
        "programme/publish.html",
        form=form,
        shown=_shown(found),
        who=who,
        texts=phrases.TEXT,
        lacks=phrases.LACK,
        told=queries.to_tell(found.event_id) if found.event_id is not None else None,
        written=events.WRITTEN,
        channels=events.CHANNEL,
    )
    return page, form.status


def _refuse(form: PublishForm, refusal: Refused) -> list[tuple[str, str]]:
    """Say what is in the way. Gives the people whose places are, by reference and name."""
    who: Any = refusal.facts.get("who", [])
    if refusal.reason in list(PlacesWhyNot) and refusal.reason not in list(WhyNot):
        form.refuse(events.WHY_NOT[PlacesWhyNot(refusal.reason)][0])
        return list(who)
    reason = WhyNot(refusal.reason)
    if reason == WhyNot.REASON_NEEDED:
        form.ask_for(refusal.facts["languages"])  # type: ignore[arg-type]
    elif reason == WhyNot.TOO_SOON:
        form.too_soon()
    else:
        form.refuse(phrases.WHY_NOT[reason])
    return list(who)


@programme.page(
    cy="/staff/rhaglen/drafftiau/<int:draft_id>/heb-amser",
    en="/staff/programme/drafts/<int:draft_id>/no-time",
    access=RUNS,
    methods=GET_AND_POST,
)
def forget_time(draft_id: int) -> ResponseReturnValue:
    """Take back the time at which a draft would be published."""
    return _act(draft_id, actions.forget_time, Did.UNTIMED, "programme/forget_time.html", ".draft")


@programme.page(
    cy="/staff/rhaglen/drafftiau/<int:draft_id>/dileu",
    en="/staff/programme/drafts/<int:draft_id>/delete",
    access=RUNS,
    methods=GET_AND_POST,
)
def delete(draft_id: int) -> ResponseReturnValue:
    """Delete a draft."""
    return _act(draft_id, actions.drop, Did.DELETED, "programme/delete.html", ".index")


def _act(draft_id: int, action: Any, did: Did, template: str, then: str) -> ResponseReturnValue:
    """A page with one button."""
    found = _found(draft_id)
    form = ActForm()
    if form.validate_on_submit():
        try:
            done_if_allowed(action, draft_id, by=me())
        except NoResultFound:
            abort(404)
        flash(did.value)
        return redirect(url_for(then, draft_id=draft_id) if then == ".draft" else url_for(then), 303)
    return render_template(template, form=form, shown=_shown(found)), form.status


@programme.page(
    cy="/staff/rhaglen/drafftiau/<int:draft_id>/copio",
    en="/staff/programme/drafts/<int:draft_id>/copy",
    access=RUNS,
    methods=GET_AND_POST,
)
def copy(draft_id: int) -> ResponseReturnValue:
    """Begin another draft with the same words, on no day yet."""
    shown = _shown(_found(draft_id))
    form = ActForm()
    if form.validate_on_submit():
        made = done_if_allowed(actions.start, shown.content.without_dates, by=me())
        flash(Did.DRAFTED.value)
        return redirect(url_for(".edit", draft_id=made), 303)
    return render_template("programme/copy.html", form=form, name=shown.name), form.status


@programme.page(
    cy="/staff/rhaglen/drafftiau/<int:draft_id>/cyfres",
    en="/staff/programme/drafts/<int:draft_id>/series",
    access=RUNS,
    methods=GET_AND_POST,
)
def series(draft_id: int) -> ResponseReturnValue:
    """Make drafts of the later dates of a series."""
    shown = _shown(_found(draft_id))
    form = SeriesForm()
    if form.validate_on_submit():
        try:
            done_if_allowed(actions.make_series, draft_id, Every(form.every.data), number_in(form.number) or 2, by=me())
        except NoResultFound:
            abort(404)
        except Refused as refusal:
            form.refuse(phrases.WHY_NOT[WhyNot(refusal.reason)])
        else:
            flash(Did.SERIES_MADE.value)
            return redirect(url_for(".index"), 303)
    return render_template("programme/series.html", form=form, shown=shown), form.status


# ---- Calendar files ----


@programme.page(cy="/staff/rhaglen/mewnforio", en="/staff/programme/import", access=RUNS, methods=GET_AND_POST)
def take_in() -> ResponseReturnValue:
    """Make drafts of the events of a calendar file."""
    form, counted = CalendarForm(), None
    if form.validate_on_submit():
        file = request.files.get("file")
        try:
            text = file.read(reading.LARGEST + 1) if file else b""
            found = reading.read(text, str(form.language.data), now())
        except reading.Unreadable as problem:
            form.file.errors = [reading.WORDS[problem.why]]
        else:
            made, known = done_if_allowed(actions.take_in, ((one.uid, one.content) for one in found.events), by=me())
            counted = (made, known, found.left_out)
    return render_template("programme/import.html", form=form, counted=counted), form.status
