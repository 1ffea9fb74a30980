"""The pages on which moderators read changes, decide, and look back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts import rules as accounts
from c4s.accounts.session import this_person, this_sign_in
from c4s.core.clock import now
from c4s.core.errors import Refused
from c4s.core.text import written_to
from c4s.i18n import formats
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.references import LARGEST
from c4s.moderation import actions, kinds, phrases, queries, reading, rules
from c4s.moderation.forms import NoteForm, ReadingForm, RestoreForm
from c4s.moderation.kinds import Field, Kind
from c4s.moderation.models import Note, Remark, Revision
from c4s.moderation.reading import Change
from c4s.moderation.rules import Did, Reason, RevisionState, WhyNot
from c4s.web.access import GET_AND_POST, May
from c4s.web.forms import ActForm
from c4s.web.paging import Page, page_asked_for
from c4s.web.rights import Right
from c4s.web.told import told_once

moderation = BilingualBlueprint("moderation", __name__)

READS = May(Right.MODERATE)
SIZE = 50
OUTCOME: Mapping[Any, object] = {**phrases.OUTCOME, phrases.NOTHING_FREE: phrases.NOTHING_FOR_YOU}
TOO_LATE = (WhyNot.ALREADY_DECIDED, WhyNot.TAKEN_BACK)
NOT_THEIRS = (WhyNot.ONES_OWN, WhyNot.ENTERED_IT, WhyNot.NEEDS_ANOTHER)


# ---- The queue ----


@dataclass(frozen=True)
class Line:
    """One change in the queue."""

    revision: Revision
    name: str
    title: object
    needs: object | None
    reader: str
    """Who has taken it up, if somebody has."""
    promise_by: date | None
    """By which day we promise to have read it; None for what nobody submitted."""
    is_late: bool


def _lines(found: Sequence[Revision]) -> list[Line]:
    names, today = kinds.names_of((one.kind, one.subject_id) for one in found), formats.uk(now()).date()
    lines = []
    for one in found:
        submitted = formats.uk(one.submitted_at).date() if one.submitted_at else None
        lines.append(
            Line(
                one,
                names.get((one.kind, one.subject_id), ""),
                kinds.kind(one.kind).title,
                phrases.NEEDS.get(one.needs),
                one.reader.name if one.reader and _is_fresh(one.reader_since) else "",
                rules.promised(submitted) if submitted else None,
                submitted is not None and rules.is_late(submitted, today),
            )
        )
    return lines


def _is_fresh(since: datetime | None) -> bool:
    return since is not None and now() - since < rules.TAKEN_FOR


@moderation.page(cy="/staff/cymedroli", en="/staff/moderation", access=READS, methods=GET_AND_POST)
def index() -> ResponseReturnValue:
    """All that waits, the oldest first; a button takes up what has waited longest."""
    written = request.args.get("written", "")
    written = written if written in ("cy", "en", "both") else ""
    form = ActForm()
    if form.validate_on_submit():
        taken = actions.take_next(by_id=this_person().id, language=written)
        flash(phrases.NOTHING_FREE if taken is None else Did.TOOK.value)
        return redirect(
            url_for(".show", revision_id=taken) if taken else url_for(".index", written=written or None), 303
        )
    number = page_asked_for()
    page = Page.of(queries.number_waiting(written), number, SIZE)
    if page.is_too_far:
        return page.lead_to_first()
    found = queries.waiting(written, skip=(number - 1) * SIZE, most=SIZE)
    return render_template(
        "moderation/queue.html",
        form=form,
        lines=_lines(found),
        entered=queries.entered_by(this_person().id, [one.id for one in found]),
        page=page,
        written=written,
        promise=queries.promise(),
        words=phrases,
        outcome=told_once(OUTCOME),
    ), form.status


# ---- Reading and deciding ----


def _kind(revision: Revision) -> Kind:
    return kinds.kind(revision.kind)


def _before(revision: Revision) -> Mapping[str, Any]:
    """What readers see, or saw when it was decided; nothing, when nothing was published then."""
    if revision.state == RevisionState.SUBMITTED:
        return reading.plain(_kind(revision).live(revision.subject_id))
    former = queries.version(revision.kind, revision.subject_id, revision.base) if revision.base else None
    return former.content if former else {}


@dataclass(frozen=True)
class Paper:
    """What a moderator has before them: its mark, the form about what changed, and what did not."""

    mark: str
    form: ReadingForm
    unchanged: Sequence[Change]


def _paper(revision: Revision) -> Paper:
    """A change to be read; of one that was decided meanwhile, what was decided on."""
    before, kind = _before(revision), _kind(revision)
    changes = reading.compared(kind, before, revision.content)
    people = kind.people([revision.subject_id]).get(revision.subject_id, ())
    decided = {one.field for one in revision.remarks}
    about = [one for one in changes if (one.field.name in decided if decided else one.is_changed)]
    form = ReadingForm.about(about, written_to({person.language_written for person in people}))
    return Paper(reading.digest(before, revision.content), form, [one for one in changes if one not in about])


@moderation.page(
    cy="/staff/cymedroli/<int:revision_id>",
    en="/staff/moderation/<int:revision_id>",
    access=READS,
    methods=GET_AND_POST,
)
def show(revision_id: int) -> ResponseReturnValue:
    """One change, old beside new; accept each field of it, suggest other words, or return it with a reason."""
    found = queries.revision(revision_id) or abort(404)
    if request.method == "GET":
        if found.state != RevisionState.SUBMITTED:
            return redirect(_version_address(found), 303)
        actions.looked(revision_id, by_id=this_person().id)
    paper = _paper(found)
    status, not_theirs = 200, _not_theirs(found)
    if paper.form.validate_on_submit():
        try:
            done = _pressed(revision_id, paper.form)
            if done != Did.TOOK:
                flash(done.value)
                return redirect(url_for(".index"), 303)
        except Refused as refusal:
            reason = _reason_to_stay(refusal)
            if reason in TOO_LATE:
                return _too_late(revision_id, reason)
            not_theirs = phrases.WHY_NOT[reason] if reason in NOT_THEIRS else None
            paper = _paper(queries.revision(revision_id) or abort(404))
            if reason == WhyNot.UNDECIDED:
                paper.form.tell(refusal.facts["problems"])  # type: ignore[arg-type]
            elif not_theirs:
                status = 409
            else:
                paper.form.refuse(phrases.WHY_NOT[reason])
        found = queries.revision(revision_id) or abort(404)
    paper.form.read.data = paper.mark
    page = render_template(
        "moderation/read.html",
        revision=found,
        line=_lines([found])[0],
        form=paper.form,
        unchanged=paper.unchanged,
        not_theirs=not_theirs,
        former=queries.last_decision(found.kind, found.subject_id),
        label_of=_labels(found),
        is_mine=found.reader_id == this_person().id,
        enterers=queries.enterers(found.id),
        notes=_notes(found.kind, found.subject_id),
        words=phrases,
        reasons=_reason,
        outcome=told_once(OUTCOME),
    )
    return page, status if status != 200 else paper.form.status


def _not_theirs(revision: Revision) -> object | None:
    """Why this moderator may read a change, and not decide it; None when they may."""
    here = this_sign_in()
    people = _kind(revision).people([revision.subject_id]).get(revision.subject_id, ())
    is_ones_own = this_person().id in [revision.author_id, *(person.id for person in people)]
    has_right = not revision.needs or (here is not None and Right(revision.needs) in here.rights)
    has_entered_it = bool(queries.entered_by(this_person().id, [revision.id]))
    try:
        rules.may_moderate(is_ones_own=is_ones_own, has_entered_it=has_entered_it, has_right=has_right)
    except Refused as refusal:
        return phrases.WHY_NOT[WhyNot(refusal.reason)]
    return None


def _pressed(revision_id: int, form: ReadingForm) -> Did:
    """Do what the button says that was pressed."""
    by_id = this_person().id
    if "_take" in request.form:
        actions.take(revision_id, by_id=by_id, over=True)
        return Did.TOOK
    if "_let_go" in request.form:
        actions.let_go(revision_id, by_id=by_id)
        return Did.LET_GO
    state = actions.decide(revision_id, form.decisions, by_id=by_id, read=form.read.data or "")
    return Did.PUBLISHED if state == RevisionState.PUBLISHED else Did.RETURNED


def _reason_to_stay(refusal: Refused) -> WhyNot:
    """Why a press did nothing, when it was one of ours who pressed."""
    if refusal.reason == accounts.WhyNot.NOT_ALLOWED:
        abort(403)
    return WhyNot(refusal.reason)


def _too_late(revision_id: int, reason: WhyNot) -> ResponseReturnValue:
    """Somebody was quicker: who, and when."""
    found = queries.revision(revision_id) or abort(404)
    page = render_template(
        "moderation/too_late.html",
        revision=found,
        line=_lines([found])[0],
        why=phrases.WHY_NOT[reason],
        version=_version_address(found),
        words=phrases,
    )
    return page, 409


def _reason(remark: Remark) -> object:
    return phrases.REASON[Reason(remark.phrase)] if remark.phrase else ""


def _labels(revision: Revision) -> dict[str, object]:
    """What the fields of a version are called."""
    fields: Sequence[Field] = _kind(revision).fields(revision.content, revision.content)
    return {field.name: field.label for field in fields}


@moderation.page(
    cy="/staff/cymedroli/<int:revision_id>/rhagolwg", en="/staff/moderation/<int:revision_id>/preview", access=READS
)
def preview(revision_id: int) -> ResponseReturnValue:
    """A version exactly as readers would see it, in the language of the page."""
    found = queries.revision(revision_id) or abort(404)
    return _kind(found).preview(found.subject_id, found.content)


# ---- Looking back ----


def _notes(kind: str, subject_id: int) -> Sequence[Note]:
    """What moderators noted about a thing; nothing for those whose own it is."""
    people = kinds.kind(kind).people([subject_id]).get(subject_id, ())
    return [] if this_person().id in [person.id for person in people] else queries.notes(kind, subject_id)


def _thing(kind: str, subject_id: int) -> tuple[Kind, Sequence[Revision]]:
    """A thing of which something was ever a moderator's affair."""
    try:
        found = kinds.kind(kind)
    except KeyError:
        abort(404)
    return found, (queries.history(kind, subject_id) if subject_id <= LARGEST else ()) or abort(404)


def _version_address(revision: Revision) -> str:
    return url_for(".version", kind=revision.kind, subject_id=revision.subject_id, number=revision.number)


@moderation.page(
    cy="/staff/cymedroli/<kind>/<int:subject_id>",
    en="/staff/moderation/<kind>/<int:subject_id>",
    access=READS,
    methods=GET_AND_POST,
)
def history(kind: str, subject_id: int) -> ResponseReturnValue:
    """Every version of a thing, and what moderators noted of it; note something, or ask to be told of changes."""
    sort, versions = _thing(kind, subject_id)
    by_id, form = this_person().id, NoteForm()
    if "_watch" in request.form:
        if ActForm().validate_on_submit():
            wanted = request.form["_watch"] == "yes"
            actions.watch(kind, subject_id, wanted, by_id=by_id)
            flash((Did.WATCHED if wanted else Did.STOPPED_WATCHING).value)
            return redirect(url_for(".history", kind=kind, subject_id=subject_id), 303)
    elif form.validate_on_submit():
        try:
            actions.note(kind, subject_id, form.words.data or "", by_id=by_id)
        except Refused as refusal:
            form.refuse(phrases.WHY_NOT[_reason_to_stay(refusal)])
            sort, versions = _thing(kind, subject_id)
        else:
            flash(Did.NOTED.value)
            return redirect(url_for(".history", kind=kind, subject_id=subject_id), 303)
    return render_template(
        "moderation/history.html",
        kind=kind,
        subject_id=subject_id,
        title=sort.title,
        name=kinds.names_of([(kind, subject_id)]).get((kind, subject_id), ""),
        versions=[(one, _labels(one), _version_address(one)) for one in versions],
        form=form,
        is_watching=queries.is_watching(kind, subject_id, by_id),
        notes=_notes(kind, subject_id),
        words=phrases,
        reasons=_reason,
        outcome=told_once(OUTCOME),
    ), form.status


def _version(kind: str, subject_id: int, number: int) -> Revision:
    _thing(kind, subject_id)
    return queries.version(kind, subject_id, number) or abort(404)


@moderation.page(
    cy="/staff/cymedroli/<kind>/<int:subject_id>/fersiynau/<int:number>",
    en="/staff/moderation/<kind>/<int:subject_id>/versions/<int:number>",
    access=READS,
)
def version(kind: str, subject_id: int, number: int) -> ResponseReturnValue:
    """One version beside what readers saw before it, with what was said of it."""
    found = _version(kind, subject_id, number)
    changes = reading.compared(_kind(found), _before(found), found.content)
    return render_template(
        "moderation/version.html",
        revision=found,
        line=_lines([found])[0],
        changes=[one for one in changes if one.is_changed],
        unchanged=[one for one in changes if not one.is_changed],
        label_of=_labels(found),
        may_restore=found.state == RevisionState.SUPERSEDED,
        words=phrases,
        reasons=_reason,
    )


@moderation.page(
    cy="/staff/cymedroli/<kind>/<int:subject_id>/fersiynau/<int:number>/adfer",
    en="/staff/moderation/<kind>/<int:subject_id>/versions/<int:number>/restore",
    access=READS,
    methods=GET_AND_POST,
)
def restore(kind: str, subject_id: int, number: int) -> ResponseReturnValue:
    """Publish again what readers saw before, and say why."""
    found, form = _version(kind, subject_id, number), RestoreForm()
    if form.validate_on_submit():
        try:
            actions.restore(kind, subject_id, number, by_id=this_person().id, reason=form.reason.data or "")
        except Refused as refusal:
            if refusal.reason == accounts.WhyNot.NOT_ALLOWED:
                abort(403)
            form.refuse(phrases.WHY_NOT[WhyNot(refusal.reason)])
        else:
            flash(Did.RESTORED.value)
            return redirect(url_for(".history", kind=kind, subject_id=subject_id), 303)
        found = _version(kind, subject_id, number)
    if found.state != RevisionState.SUPERSEDED:
        return redirect(_version_address(found), 303)
    return render_template(
        "moderation/restore.html", revision=found, line=_lines([found])[0], form=form, words=phrases
    ), form.status
