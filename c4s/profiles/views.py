"""The pages on which a business keeps its profile: a list of short pages, a preview, and a check before it is read."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts.phrases import Press
from c4s.accounts.session import this_person
from c4s.businesses import queries as businesses
from c4s.core.errors import Refused
from c4s.directory import phrases as directory
from c4s.directory import queries as entries
from c4s.directory.models import Supplier
from c4s.directory.tasks import Task
from c4s.directory.tasks import tasks as registered_tasks
from c4s.i18n import alphabet
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.languages import current_language
from c4s.moderation import phrases as moderation_phrases
from c4s.moderation import queries as moderation
from c4s.profiles import actions, content, phrases, queries, rules
from c4s.profiles.forms import BOXES, FORMS, Group, SectionForm
from c4s.profiles.pieces_pages import CY, EN, OWNS_IT, SPEAKS_FOR_IT, found, refuse
from c4s.profiles.queries import Written
from c4s.profiles.rules import Outcome, Section, WhyNot
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.queries import Terms
from c4s.web.access import GET_AND_POST
from c4s.web.forms import ActForm
from c4s.web.told import told_once

profiles = BilingualBlueprint("profiles", __name__)

OUR_OWN = 3
"""How many languages of the list are spoken or signed by many here, and come before the alphabet."""
THEN_LIST = "list"
"""What the button says that saves and goes back to the list."""


def _page(template: str, supplier: Supplier, **facts: Any) -> str:
    """A page about an entry of a business."""
    return render_template(
        template, supplier=supplier, business=businesses.business(supplier.business_id or 0), words=phrases, **facts
    )


# ---- A new one ----


@profiles.page(
    cy="/cyfrif/busnesau/<int:business_id>/proffil/newydd",
    en="/account/businesses/<int:business_id>/profile/new",
    access=OWNS_IT,
    methods=GET_AND_POST,
)
def new(business_id: int) -> ResponseReturnValue:
    """Begin an entry for a business that has none."""
    form = ActForm()
    if form.validate_on_submit():
        try:
            supplier_id = actions.make(business_id, by_id=this_person().id)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            flash(Outcome.MADE.value)
            return redirect(url_for(".tasks", business_id=business_id, supplier_id=supplier_id), 303)
    page = render_template(
        "profiles/press.html",
        form=form,
        press=phrases.MAKE,
        business=businesses.business(business_id),
        supplier=None,
        back=url_for("claims.entry", business_id=business_id),
        kind=None,
    )
    return page, form.status


# ---- The list ----


def _groups(supplier: Supplier, written: Written) -> list[tuple[object, list[tuple[Task, object | None]]]]:
    """What can be done about an entry, under headings, each with how far it has got. The states of our own sections
    are told from what was read already."""
    states = {f"profiles.{section}": written.state_of(rules.FIELDS[section]) for section in Section}
    states |= {endpoint: written.state_of_part(begins) for begins, (_, endpoint) in content.PAGES.items()}
    own = {endpoint: phrases.SECTION_STATE[state] for endpoint, state in states.items()}
    groups: dict[str, list[tuple[Task, object | None]]] = {name: [] for name in phrases.GROUP}
    for task in (task for task in registered_tasks() if task.is_for(supplier)):
        state = own[task.endpoint] if task.endpoint in own else task.state(supplier)
        groups[task.group].append((task, state))
    return [(phrases.GROUP[name], lines) for name, lines in groups.items() if lines]


def _where(name: str, supplier: Supplier, fields: Sequence[Any]) -> str:
    """The address of the very box in which a field is written."""
    field = next(one for one in fields if one.name == name)
    return url_for(field.page, business_id=supplier.business_id, supplier_id=supplier.id, _anchor=_box(name))


def _box(name: str) -> str | None:
    if name in rules.TEXTS:
        return f"{name}_{current_language()}"
    if name in rules.CODES or name == "personal_care":
        return f"{name}-0"
    return BOXES.get(name, name) if name in rules.SECTION_OF else None


@profiles.page(cy=CY, en=EN, access=SPEAKS_FOR_IT)
def tasks(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """An entry as its business sees it: how it stands, what there is to do, and what is in one language alone."""
    supplier = found(business_id, supplier_id)
    written = queries.written(supplier)
    fields = content.fields(written.live, written.content)
    return _page(
        "profiles/tasks.html",
        supplier,
        written=written,
        standing=moderation.standing(content.NAME, supplier_id),
        states=moderation_phrases.STATE,
        statuses=directory.STATUSES,
        groups=_groups(supplier, written),
        returned=[(one.label, _where(one.name, supplier, fields)) for one in fields if one.name in written.returned],
        one_language=[
            (
                phrases.FIELD[name],
                phrases.ONLY_IN["cy" if written.content[name]["cy"] else "en"],
                _where(name, supplier, fields),
            )
            for name in rules.one_language(written.content)
        ],
        outcome=told_once(phrases.OUTCOME),
    )


# ---- One section ----


def _grouped(terms: Terms) -> list[Group]:
    """Terms to choose from, in the alphabet of the page: each at the top with those below it."""
    language = current_language()

    def named(some: Sequence[Any]) -> list[tuple[str, str]]:
        return [(one.code, one.name.spoken(language)[0]) for one in some]

    return [
        (top.name.spoken(language)[0], named([top, *terms.children(top.id, language)]))
        for top in terms.children(None, language)
    ]


def _choices(section: Section) -> dict[str, Sequence[Group]]:
    """What there is to choose from in a section."""
    choices: dict[str, Sequence[Group]] = {}
    if section == Section.WHO:
        names = [(code, str(words)) for code, words in directory.TEAM_LANGUAGES.items()]
        first, rest = names[:OUR_OWN], names[OUR_OWN:]
        rest.sort(key=lambda one: alphabet.sort_key(one[1], current_language()))
        choices["team_languages"] = [("", first), (str(phrases.OTHER_LANGUAGES), rest)]
    if section == Section.WHAT:
        choices["categories"] = _grouped(taxonomy.categories())
    if section == Section.WHERE:
        choices["areas_served"] = _grouped(taxonomy.areas())
    if section == Section.TOGETHER:
        networks = entries.networks()
        own = [
            (one.code, one.name.spoken(current_language())[0]) for one in networks.children(None, current_language())
        ]
        choices["networks"] = [("", own)]
    return choices


def _next(endpoint: str) -> str:
    """Where one goes on from a section: to the next task, or back to the list after the last."""
    all_of_them = [task.endpoint for task in registered_tasks() if task.group != "now"]
    after = all_of_them[all_of_them.index(endpoint) + 1 :] if endpoint in all_of_them else []
    return after[0] if after else "profiles.tasks"


def _section(section: Section, business_id: int, supplier_id: int) -> ResponseReturnValue:
    """Write one section: saved complete or not; bad values are said beside their boxes, and nothing is lost."""
    supplier = found(business_id, supplier_id)
    written = queries.written(supplier)
    form = FORMS[section](written.content, _choices(section))
    taking = [name for name in form.names if f"use_{name}" in request.form and name in written.returned]
    clashes: Sequence[str] = []
    if form.validate_on_submit():
        try:
            is_changed = actions.save(
                business_id,
                supplier_id,
                form.values,
                by_id=this_person().id,
                seen=form.seen.data or "",
                taking=taking,
            )
        except Refused as refusal:
            refuse(form, refusal)
            if refusal.reason == WhyNot.SAVED_MEANWHILE:
                clashes = list(refusal.facts["fields"])  # type: ignore[call-overload]
            supplier = found(business_id, supplier_id)
            written = queries.written(supplier)
            _see_now(form, clashes, written)
        else:
            flash((Outcome.SAVED if is_changed else Outcome.NOTHING_CHANGED).value)
            then = "profiles.tasks" if request.form.get("then") == THEN_LIST else _next(f"profiles.{section}")
            return redirect(url_for(then, business_id=business_id, supplier_id=supplier_id), 303)
    page = _page(
        "profiles/section.html",
        supplier,
        form=form,
        section=section,
        written=written,
        reasons=moderation_phrases.REASON,
        suggested={
            name: content.say(name, one.suggestion)
            for name, one in written.returned.items()
            if one.suggestion is not None
        },
        taking=taking,
        theirs={name: content.say(name, written.content[name]) for name in clashes},
        said={name: content.say(name, written.content[name]) for name in form.names},
        texts=rules.TEXTS,
        codes=rules.CODES,
        boxes=BOXES,
        outcome=told_once(phrases.OUTCOME),
    )
    return page, form.status


def _see_now(form: SectionForm, clashes: Sequence[str], written: Written) -> None:
    """Whoever saves again has seen what the other saved in these fields; the others they have still not looked at."""
    known = dict(one.partition("=")[::2] for one in (form.seen.data or "").split(",") if one)
    form.seen.data = ",".join(
        f"{name}={mark}"
        for name, mark in {**known, **{name: rules.mark(written.content[name]) for name in clashes}}.items()
    )


@profiles.page(cy=f"{CY}/pwy", en=f"{EN}/who", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def who(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """Who the business is."""
    return _section(Section.WHO, business_id, supplier_id)


@profiles.page(cy=f"{CY}/beth", en=f"{EN}/what", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def what(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """What it does."""
    return _section(Section.WHAT, business_id, supplier_id)


@profiles.page(cy=f"{CY}/ble", en=f"{EN}/where", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def where(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """Where it is, and where it works."""
    return _section(Section.WHERE, business_id, supplier_id)


@profiles.page(cy=f"{CY}/cysylltu", en=f"{EN}/contact", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def contact(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """How people reach it."""
    return _section(Section.CONTACT, business_id, supplier_id)


@profiles.page(cy=f"{CY}/gydag-eraill", en=f"{EN}/together", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def together(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """How it works with others."""
    return _section(Section.TOGETHER, business_id, supplier_id)


@profiles.page(cy=f"{CY}/gofal", en=f"{EN}/care", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def quality(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """What the law asks of those who give care."""
    return _section(Section.QUALITY, business_id, supplier_id)


# ---- Looking at it, and having it read ----


@profiles.page(cy=f"{CY}/rhagolwg", en=f"{EN}/preview", access=SPEAKS_FOR_IT)
def preview(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """The page of the entry as readers would see it, in either language; whoever likes it goes on to submit it."""
    written = queries.written(found(business_id, supplier_id))
    back, check = (
        url_for(endpoint, business_id=business_id, supplier_id=supplier_id) for endpoint in (".tasks", ".check")
    )
    return content.preview(supplier_id, written.content, back=back, check=check if written.is_draft else "")


@profiles.page(cy=f"{CY}/gwirio", en=f"{EN}/check", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def check(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """See all that changed and all that is missing, and have it read."""
    supplier, form = found(business_id, supplier_id), ActForm()
    if form.validate_on_submit():
        try:
            actions.submit(business_id, supplier_id, by_id=this_person().id)
        except Refused as refusal:
            refuse(form, refusal)
            supplier = found(business_id, supplier_id)
        else:
            flash(Outcome.SUBMITTED.value)
            return redirect(url_for(".tasks", business_id=business_id, supplier_id=supplier_id), 303)
    written = queries.written(supplier)
    fields = content.fields(written.live, written.content)
    changed = written.changed
    page = _page(
        "profiles/check.html",
        supplier,
        form=form,
        written=written,
        changed=[
            (one.label, content.say(one.name, written.content.get(one.name)), _where(one.name, supplier, fields))
            for one in fields
            if one.name in changed
        ],
        missing=[(_lack(name, written), _where(name, supplier, fields)) for name in written.missing],
        returned=[(one.label, _where(one.name, supplier, fields)) for one in fields if one.name in written.returned],
    )
    return page, form.status


def _lack(name: str, written: Written) -> object:
    """What to do about a field, so that it can be submitted."""
    if rules.is_too_long(written.content, name):
        return f"{phrases.FIELD[name]}: {phrases.TOO_LONG}"
    return phrases.MISSING[name]


@profiles.page(cy=f"{CY}/tynnu-yn-ol", en=f"{EN}/withdraw", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def withdraw(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """Take back what waits."""
    return _act(business_id, supplier_id, phrases.WITHDRAW, actions.withdraw, Outcome.WITHDRAWN)


@profiles.page(cy=f"{CY}/dileu", en=f"{EN}/discard", access=SPEAKS_FOR_IT, methods=GET_AND_POST)
def discard(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """Delete what was written and nobody has agreed to."""
    return _act(business_id, supplier_id, phrases.DISCARD, actions.discard, Outcome.DISCARDED)


def _act(
    business_id: int, supplier_id: int, press: Press, action: Callable[..., object], done: Outcome
) -> ResponseReturnValue:
    """A page with one button."""
    supplier, form = found(business_id, supplier_id), ActForm()
    if form.validate_on_submit():
        try:
            is_there = action(business_id, supplier_id, by_id=this_person().id)
        except Refused as refusal:
            refuse(form, refusal)
            supplier = found(business_id, supplier_id)
        else:
            if is_there is False:
                return redirect(url_for("claims.entry", business_id=business_id), 303)
            flash(done.value)
            return redirect(url_for(".tasks", business_id=business_id, supplier_id=supplier_id), 303)
    page = _page(
        "profiles/press.html",
        supplier,
        form=form,
        press=press,
        back=url_for(".tasks", business_id=business_id, supplier_id=supplier_id),
        kind="warn" if press is phrases.DISCARD else None,
    )
    return page, form.status


TASKS = {
    section: Task(words, f"profiles.{section}", "quality" if section == Section.QUALITY else "profile")
    for section, words in phrases.SECTION.items()
}
"""The line of each section in the list."""
