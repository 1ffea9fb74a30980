"""The pages on which staff run the speed networking of an event, and what they print for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.exc import NoResultFound

from c4s.accounts import rules as accounts
from c4s.accounts import session
from c4s.core.errors import Refused
from c4s.core.text import languages_read
from c4s.events import tools
from c4s.events.listing import when
from c4s.events.models import Event
from c4s.events.rules import EventKind
from c4s.events.tools import Tool
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.bilingual import Bilingual, in_both
from c4s.i18n.languages import speaking
from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail.models import Channel
from c4s.speed_networking import actions, checker, phrases, queries
from c4s.speed_networking.actions import Details, SetUp
from c4s.speed_networking.forms import AgainForm, MakeForm, PersonForm, SetUpForm
from c4s.speed_networking.models import Rota, RotaPerson
from c4s.speed_networking.rules import Did, Presence, WhyNot
from c4s.web.access import GET_AND_POST, May
from c4s.web.forms import ActForm, Form
from c4s.web.rights import Right
from c4s.web.told import told_once

rotas = BilingualBlueprint("rotas", __name__)

RUNS = May(Right.RUN_EVENTS)
CY, EN = "/staff/digwyddiadau/<int:event_id>/rhwydweithio-cyflym", "/staff/events/<int:event_id>/speed-networking"
GATHER, ROUND, CLOSE = "gather", "round-", "close"

TOOL = Tool(_l("Speed networking"), "rotas.index", Right.RUN_EVENTS, frozenset({EventKind.SPEED_NETWORKING}))


@dataclass(frozen=True)
class Seat:
    """One meeting for a page: the table and two people."""

    table: int
    one: RotaPerson
    other: RotaPerson

    def opposite(self, person: RotaPerson) -> RotaPerson:
        return self.other if person.id == self.one.id else self.one


@dataclass(frozen=True)
class Turn:
    """One round for a page: who sits where, and who has a break."""

    number: int
    is_done: bool
    seats: list[Seat]
    resting: list[RotaPerson]


def _event(event_id: int) -> Event:
    return queries.event(event_id) or abort(404)


def _rota(event_id: int) -> Rota:
    return (queries.event(event_id) and queries.rota_of(event_id)) or abort(404)


def _by_id() -> int:
    return session.this_person().id


def _page(template: str, event: Event, **facts: Any) -> str:
    return tools.page(template, event, words=phrases, outcome=told_once(phrases.OUTCOME), **facts)


def _people_page(template: str, event: Event, **facts: Any) -> str:
    """A page with names on it: that somebody opened it is told in the trail."""
    event_id, page = event.id, _page(template, event, **facts)
    if request.method == "GET":
        actions.looked(event_id, by_id=_by_id())
    return page


def _turns(rota: Rota) -> list[Turn]:
    """Every round with names, if there is a rota."""
    if rota.seed is None:
        return []
    plan, everybody = queries.plan(rota), queries.people(rota.id)
    known, resting = {one.id: one for one in everybody}, plan.breaks(queries.guests(rota, everybody))
    return [
        Turn(
            number,
            number <= rota.rounds_done,
            [Seat(one.table, known[one.one], known[one.other]) for one in meetings],
            [one for one in everybody if one.id in resting[number - 1]],
        )
        for number, meetings in enumerate(plan.rounds, 1)
    ]


def _say_no(form: Form, refusal: Refused, **fields: str) -> None:
    """Say why not: beside a box, where one is to be mended, and otherwise above the form.

    Args:
        fields: the name of the box, for each reason that belongs to one.
    """
    if refusal.reason == accounts.WhyNot.NOT_ALLOWED:
        abort(403)
    sentence = phrases.WHY_NOT[WhyNot(refusal.reason)]
    box = fields.get(WhyNot(refusal.reason).name)
    if box and box in form:
        form[box].errors = [sentence]
    else:
        form.refuse(sentence)


# ---- The rota ----


@rotas.page(cy=CY, en=EN, access=RUNS, methods=GET_AND_POST)
def index(event_id: int) -> ResponseReturnValue:
    """How it is set up, who takes part, who meets whom, and whether the rota keeps the rules."""
    event, form, act = _event(event_id), ActForm(), request.form.get("_act", "")
    if form.validate_on_submit() and act:
        try:
            done = _do(event_id, act)
        except Refused as refusal:
            _say_no(form, refusal)
        else:
            flash(done.value)
            return redirect(url_for(".index", event_id=event_id), 303)
    rota = queries.rota_of(event_id)
    if rota is None:
        return _page("speed_networking/none.html", event, form=form), form.status
    everybody = queries.people(rota.id)
    page = _people_page(
        "speed_networking/rota.html",
        event,
        form=form,
        rota=rota,
        people=everybody,
        has_gone=queries.has_gone,
        not_gathered=0 if rota.is_closed else queries.not_gathered(rota),
        turns=_turns(rota),
        verdict=_verdict(rota),
        result=queries.outcome(rota) if rota.is_closed else None,
        by_hand=_asked_by_hand(rota, everybody),
    )
    return page, form.status


def _do(event_id: int, act: str) -> Did:
    """Do what a button says."""
    if act == GATHER:
        actions.gather(event_id, by_id=_by_id())
        return Did.GATHERED
    if act == CLOSE:
        actions.close(event_id, by_id=_by_id())
        return Did.CLOSED
    number = act.removeprefix(ROUND)
    if number == act or not number.isdecimal() or len(number) > 2:
        abort(400)
    actions.finish_round(event_id, int(number), by_id=_by_id())
    return Did.ROUND_DONE


def _verdict(rota: Rota) -> checker.Verdict | None:
    if rota.seed is None:
        return None
    rounds = queries.plan(rota).rounds
    return checker.look(queries.guests(rota), rounds, tables=rota.tables, rounds_done=rota.rounds_done)


def _asked_by_hand(rota: Rota, everybody: Sequence[RotaPerson]) -> list[RotaPerson]:
    """Those whom staff are to ask whom they would like to meet again: nobody can write to them."""
    if not rota.is_closed:
        return []
    have_met = {number for meetings in queries.plan(rota).rounds for one in meetings for number in one.people}
    unasked = [one for one in everybody if one.answered_at is None and one.booking.channel != Channel.EMAIL]
    return [one for one in unasked if one.id in have_met]


@rotas.page(cy=f"{CY}/trefnu", en=f"{EN}/set-up", access=RUNS, methods=GET_AND_POST)
def set_up(event_id: int) -> ResponseReturnValue:
    """Rounds, minutes, tables and sides."""
    event, form = _event(event_id), SetUpForm.of(queries.rota_of(event_id))
    if form.validate_on_submit():
        try:
            actions.set_up(event_id, SetUp(**form.asked), by_id=_by_id())
        except Refused as refusal:
            _say_no(form, refusal, SIDE_NAMES_NEEDED="side_one_cy")
        else:
            flash(Did.SET_UP.value)
            return redirect(url_for(".index", event_id=event_id), 303)
    rota = queries.rota_of(event_id)
    page = _page("speed_networking/set_up.html", event, form=form, is_made=rota is not None and rota.seed is not None)
    return page, form.status


@rotas.page(cy=f"{CY}/gwneud-rota", en=f"{EN}/make-rota", access=RUNS, methods=GET_AND_POST)
def make(event_id: int) -> ResponseReturnValue:
    """Make the rota, or plan what is left of it again."""
    event, rota, form = _event(event_id), _rota(event_id), MakeForm()
    if form.validate_on_submit():
        try:
            actions.make(event_id, by_id=_by_id(), seed=int(form.seed.data) if form.seed.data else None)
        except Refused as refusal:
            _say_no(form, refusal)
        else:
            flash(Did.MADE.value)
            return redirect(url_for(".index", event_id=event_id), 303)
    rota = _rota(event_id)
    return _page("speed_networking/make.html", event, form=form, rota=rota), form.status


@rotas.page(cy=f"{CY}/pobl/<int:person_id>", en=f"{EN}/people/<int:person_id>", access=RUNS, methods=GET_AND_POST)
def person(event_id: int, person_id: int) -> ResponseReturnValue:
    """What the rota is to know of somebody: side, language, table, wishes, and whether they are there."""
    event, rota, one = _event(event_id), _rota(event_id), _person(event_id, person_id)
    others = [other for other in queries.people(rota.id) if other.id != person_id]
    guest = next(guest for guest in queries.guests(rota) if guest.number == person_id)
    known = {
        "presence": (Presence.HERE if guest.leaves is None else Presence.AWAY).value,
        "side": one.side.value if one.side else None,
        "speaks_welsh": one.speaks_welsh,
        "fixed_table": str(one.fixed_table or ""),
        "wants": [str(number) for number in guest.wants],
        "must_nots": [str(number) for number in guest.must_nots],
    }
    form = PersonForm(rota, others, data=known)
    if form.validate_on_submit():
        try:
            actions.change_person(person_id, Details(**form.details), by_id=_by_id())
        except NoResultFound:
            abort(404)
        except Refused as refusal:
            _say_no(
                form,
                refusal,
                TABLE_TAKEN="fixed_table",
                NO_SUCH_TABLE="fixed_table",
                WISH_AND_MUST_NOT="must_nots",
            )
        else:
            flash(Did.CHANGED_PERSON.value)
            return redirect(url_for(".index", event_id=event_id), 303)
    return _people_page("speed_networking/person.html", event, form=form, one=_person(event_id, person_id)), form.status


def _person(event_id: int, person_id: int) -> RotaPerson:
    found = queries.person(person_id)
    return found if found and found.rota.event_id == event_id else abort(404)


@rotas.page(
    cy=f"{CY}/pobl/<int:person_id>/cwrdd-eto",
    en=f"{EN}/people/<int:person_id>/meet-again",
    access=RUNS,
    methods=GET_AND_POST,
)
def answer_for(event_id: int, person_id: int) -> ResponseReturnValue:
    """Type in whom somebody without e-mail would like to meet again. What they have said before is not shown."""
    event, rota, one = _event(event_id), _rota(event_id), _person(event_id, person_id)
    if not rota.is_closed or one.booking.channel == Channel.EMAIL:
        abort(404)
    form = AgainForm(queries.met(one))
    if form.validate_on_submit():
        try:
            actions.say_whom_again(person_id, form.chosen, form.reach.data or "", by_id=_by_id())
        except NoResultFound:
            abort(404)
        except Refused as refusal:
            _say_no(form, refusal, REACH_NEEDED="reach")
        else:
            flash(Did.SAID_WHOM_AGAIN.value)
            return redirect(url_for(".index", event_id=event_id), 303)
    one = _person(event_id, person_id)
    return _people_page(
        "speed_networking/answer_for.html", event, form=form, one=one, has_met=bool(queries.met(one))
    ), form.status


# ---- Paper ----


@rotas.page(cy=f"{CY}/amserlenni", en=f"{EN}/timetables", access=RUNS)
def timetables(event_id: int) -> ResponseReturnValue:
    """Each person's own timetable, a sheet in each language that they read: nothing of wishes is on it."""
    event, rota = _event(event_id), _rota(event_id)
    turns = _turns(rota)
    sheets = [
        (code, _timetable(event, rota, one, mine, code))
        for one in queries.people(rota.id)
        for mine in [_mine(one, turns)]
        if any(seat for _number, seat in mine)
        for code in languages_read(one.booking.language_written)
    ]
    return _people_page("speed_networking/timetables.html", event, rota=rota, sheets=sheets)


def _mine(one: RotaPerson, turns: list[Turn]) -> list[tuple[int, Seat | None]]:
    """For each round that somebody is there for, where they sit; nothing for a break."""
    found: list[tuple[int, Seat | None]] = []
    for turn in turns:
        seat = next((seat for seat in turn.seats if one.id in (seat.one.id, seat.other.id)), None)
        if seat or one in turn.resting:
            found.append((turn.number, seat))
    return found


def _timetable(event: Event, rota: Rota, one: RotaPerson, mine: list[tuple[int, Seat | None]], code: str) -> Markup:
    """Somebody's own timetable in one language, whatever that of the page: a part of it that a template has escaped."""
    with speaking(code):
        page = render_template(
            "speed_networking/parts/timetable.html",
            title=event.title.spoken(code)[0],
            when=when(event),
            rota=rota,
            one=one,
            mine=mine,
            side=rota.side_name(one.side).spoken(code)[0],
        )
    return Markup(page)


@rotas.page(cy=f"{CY}/cardiau-bwrdd", en=f"{EN}/table-cards", access=RUNS)
def table_cards(event_id: int) -> ResponseReturnValue:
    """A card for each table, in both languages: who sits there in which round."""
    event, rota = _event(event_id), _rota(event_id)
    cards: dict[int, list[tuple[int, Seat]]] = {}
    for turn in _turns(rota):
        for seat in turn.seats:
            cards.setdefault(seat.table, []).append((turn.number, seat))
    return _people_page(
        "speed_networking/table_cards.html", event, rota=rota, cards=sorted(cards.items()), headings=_headings()
    )


@rotas.page(cy=f"{CY}/cynllun-wal", en=f"{EN}/wall-plan", access=RUNS)
def wall_plan(event_id: int) -> ResponseReturnValue:
    """The whole rota for the wall, in both languages: each person's table in each round, 0 for a break."""
    event, rota = _event(event_id), _rota(event_id)
    turns = _turns(rota)
    rows = []
    for one in queries.people(rota.id):
        at = {number: seat.table if seat else 0 for number, seat in _mine(one, turns)}
        if any(at.values()):
            rows.append((one, [(turn.number, at.get(turn.number)) for turn in turns]))
    return _people_page(
        "speed_networking/wall_plan.html", event, rota=rota, turns=turns, rows=rows, headings=_headings()
    )


def _headings() -> dict[str, Bilingual]:
    return {name: in_both(partial(str, sentence)) for name, sentence in HEADINGS.items()}


HEADINGS = {
    "table": _l("Table"),
    "tables": _l("Table in each round"),
    "round": _l("Round"),
    "name": _l("Name"),
    "with": _l("Who meets"),
    "break": _l("Break"),
}
"""The words of paper in both languages."""
