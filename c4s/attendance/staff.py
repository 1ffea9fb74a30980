"""The pages on which staff write down who came, and issue certificates."""

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts import rules as accounts
from c4s.accounts.session import this_person
from c4s.attendance import actions, letters, phrases, queries, rules
from c4s.attendance.forms import IssueForm, RegisterForm, WithdrawForm
from c4s.attendance.models import Certificate
from c4s.attendance.queries import Sitting
from c4s.attendance.rules import Did, WhyNot
from c4s.core.clock import now
from c4s.core.errors import Refused
from c4s.events import tools
from c4s.events.models import Event
from c4s.i18n import formats
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.languages import current_language
from c4s.mail.models import Channel
from c4s.web.access import GET_AND_POST, May
from c4s.web.rights import Right
from c4s.web.told import told_once

attendance = BilingualBlueprint("attendance", __name__)

LOOKS_AFTER = May(Right.LOOK_AFTER_SIGN_UPS)
TOOLS = (
    tools.Tool(phrases.ATTENDANCE, "attendance.show", Right.LOOK_AFTER_SIGN_UPS),
    tools.Tool(phrases.CERTIFICATES, "attendance.certificates", Right.LOOK_AFTER_SIGN_UPS),
)


def _seen(event_id: int, page: str) -> str:
    """A page with names on it: that somebody opened it is told in the trail."""
    if request.method == "GET":
        actions.looked(event_id, by_id=this_person().id)
    return page


def _not_now(refusal: Refused) -> object:
    """Why something cannot be done, in words; whoever may not do it at all is told that instead."""
    if refusal.reason == accounts.WhyNot.NOT_ALLOWED:
        abort(403)
    return phrases.WHY_NOT[WhyNot(refusal.reason)]


def _sitting(event: Event) -> tuple[list[Sitting], Sitting]:
    """The sittings of an event, and the one that the address asks for."""
    sittings, asked = queries.sittings(event), request.args.get("session", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None
    return sittings, queries.sitting_to_show(sittings, number) or abort(404)


def _where_to_add(event: Event) -> str | None:
    """The page on which somebody is signed up at the door, while the event is not over."""
    is_there = "sign_ups.add" in current_app.view_functions and now() < event.ends_at
    return url_for("sign_ups.add", event_id=event.id) if is_there else None


def _why_not_record(event: Event, sitting: Sitting) -> object | None:
    try:
        rules.may_record(queries.is_held(event), sitting.day, formats.uk(now()).date())
    except Refused as refusal:
        return _not_now(refusal)
    return None


@attendance.page(
    cy="/staff/digwyddiadau/<int:event_id>/presenoldeb",
    en="/staff/events/<int:event_id>/attendance",
    access=LOOKS_AFTER,
    methods=GET_AND_POST,
)
def show(event_id: int) -> ResponseReturnValue:
    """Who came to one sitting of an event: on the day, on a phone at the door, or typed in afterwards."""
    event = tools.found(event_id)
    sittings, sitting = _sitting(event)
    lines = queries.register(event_id, sitting.session_id)
    form = RegisterForm(lines)
    not_now = _why_not_record(event, sitting)
    if form.validate_on_submit() and not not_now:
        session_id = sitting.session_id
        try:
            actions.record(
                event_id,
                session_id,
                came=form.who_came,
                was=form.who_was_ticked,
                everybody="everybody" in request.form,
                by_id=this_person().id,
            )
        except Refused as refusal:
            not_now = _not_now(refusal)
        else:
            flash(Did.RECORDED.value)
            return redirect(url_for(".show", event_id=event_id, session=session_id), 303)
        event, lines = tools.found(event_id), queries.register(event_id, session_id)
    status = 409 if not_now and request.method == "POST" else form.status
    page = tools.page(
        "attendance/register.html",
        event,
        sittings=sittings,
        sitting=sitting,
        lines=lines,
        counts=queries.counted(lines),
        form=None if not_now else form,
        not_now=not_now,
        add=_where_to_add(event),
        outcome=told_once(phrases.OUTCOME),
    )
    return _seen(event_id, page), status


@attendance.page(
    cy="/staff/digwyddiadau/<int:event_id>/tystysgrifau",
    en="/staff/events/<int:event_id>/certificates",
    access=LOOKS_AFTER,
    methods=GET_AND_POST,
)
def certificates(event_id: int) -> ResponseReturnValue:
    """Who has earned a certificate, and who has one."""
    event = tools.found(event_id)
    not_now: object | None = None
    course = queries.course(event)
    waiting = [one for one in course.earned if one.is_enough and one.name and not one.has_one]
    form = IssueForm(waiting)
    try:
        rules.may_issue(queries.is_held(event), event.ends_at, now())
    except Refused as refusal:
        not_now = _not_now(refusal)
    if not not_now and form.validate_on_submit():
        try:
            actions.issue(event_id, form.places, by_id=this_person().id)
        except Refused as refusal:
            not_now = _not_now(refusal)
        else:
            flash(Did.ISSUED.value)
            return redirect(url_for(".certificates", event_id=event_id), 303)
        event = tools.found(event_id)
    issued = queries.certificates(event_id)
    status = 409 if not_now and request.method == "POST" else form.status
    page = tools.page(
        "attendance/certificates.html",
        event,
        course=course,
        waiting=waiting,
        form=None if not_now or not waiting else form,
        not_now=not_now,
        issued=issued,
        on_paper=[one for one in issued if _is_for_paper(one)],
        duration=phrases.duration,
        outcome=told_once(phrases.OUTCOME),
    )
    return _seen(event_id, page), status


def _is_for_paper(certificate: Certificate) -> bool:
    """Whether we print a certificate, for whoever it belongs to has no e-mail."""
    booking = certificate.booking
    return certificate.withdrawn_at is None and booking is not None and booking.channel != Channel.EMAIL


@attendance.page(
    cy="/staff/digwyddiadau/<int:event_id>/tystysgrifau/argraffu",
    en="/staff/events/<int:event_id>/certificates/print",
    access=LOOKS_AFTER,
)
def print_certificates(event_id: int) -> ResponseReturnValue:
    """Certificates to print, a sheet each: all of an event, those of people without e-mail, or one."""
    event, asked = tools.found(event_id), request.args
    found = [one for one in queries.certificates(event_id) if one.withdrawn_at is None]
    if "certificate" in asked:
        found = [one for one in found if str(one.id) == asked["certificate"]]
    elif asked.get("for") == "paper":
        found = [one for one in found if _is_for_paper(one)]
    dates = letters.dates(event)
    page = render_template("attendance/print.html", event=event, papers=[letters.paper(one, dates) for one in found])
    return _seen(event_id, page)


@attendance.page(
    cy="/staff/tystysgrifau/<int:certificate_id>/tynnu-yn-ol",
    en="/staff/certificates/<int:certificate_id>/withdraw",
    access=LOOKS_AFTER,
    methods=GET_AND_POST,
)
def withdraw(certificate_id: int) -> ResponseReturnValue:
    """Withdraw a certificate, and say why."""
    certificate = queries.certificate(certificate_id) or abort(404)
    languages = certificate.booking.language_written if certificate.booking else current_language()
    event_id, form = certificate.event_id, WithdrawForm(languages)
    not_now: object | None = None
    if certificate.withdrawn_at:
        not_now = phrases.WHY_NOT[WhyNot.WITHDRAWN_ALREADY]
    elif form.validate_on_submit():
        try:
            actions.withdraw(certificate_id, form.words, languages=languages, by_id=this_person().id)
        except Refused as refusal:
            said = _not_now(refusal)
            if refusal.reason == WhyNot.WORDS_NEEDED:
                form.ask_for(refusal.facts["languages"])  # type: ignore[arg-type]
            else:
                not_now = said
        else:
            flash(Did.WITHDRAWN.value)
            return redirect(url_for(".certificates", event_id=event_id), 303)
        certificate = queries.certificate(certificate_id) or abort(404)
    status = 409 if not_now and request.method == "POST" else form.status
    return render_template(
        "attendance/withdraw.html",
        certificate=certificate,
        is_told=certificate.booking is not None,
        form=None if not_now else form,
        not_now=not_now,
        certificates_page=url_for(".certificates", event_id=event_id),
    ), status
