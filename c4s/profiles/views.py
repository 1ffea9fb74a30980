"""The pages on which a business keeps its profile: a list of short pages, a preview, and a check before it is read."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts.phrases import Press
from c4s.accounts.session import this_person
from c4s.businesses import queries as businesses
from c4s.core.errors import Refused
from c4s.directory import phrases as directory
from c4s.directory.models import Supplier
from c4s.directory.tasks import Task
from c4s.directory.tasks import tasks as registered_tasks
from c4s.i18n.addresses import BilingualBlueprint
from c4s.moderation import phrases as moderation_phrases
from c4s.moderation import queries as moderation
from c4s.profiles import actions, content, phrases, queries, rules
from c4s.profiles.forms import FORMS
from c4s.profiles.pieces_pages import CY, EN, OWNS_IT, SPEAKS_FOR_IT, found, refuse
from c4s.profiles.queries import Written
from c4s.profiles.rules import Outcome, Section
from c4s.profiles.sheets import Lines, Sheet
from c4s.web.access import GET_AND_POST
from c4s.web.forms import ActForm
from c4s.web.told import told_once

profiles = BilingualBlueprint("profiles", __name__)

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


def _lines(supplier: Supplier, written: Written) -> Lines:
    """What the pages say of the fields of an entry of a business."""

    def address(page: str, box: str | None) -> str:
        return url_for(page, business_id=supplier.business_id, supplier_id=supplier.id, _anchor=box)

    return Lines(written, address)


@profiles.page(cy=CY, en=EN, access=SPEAKS_FOR_IT)
def tasks(business_id: int, supplier_id: int) -> ResponseReturnValue:
    """An entry as its business sees it: how it stands, what there is to do, and what is in one language alone."""
    supplier = found(business_id, supplier_id)
    written = queries.written(supplier)
    lines = _lines(supplier, written)
    return _page(
        "profiles/tasks.html",
        supplier,
        written=written,
        standing=moderation.standing(content.NAME, supplier_id),
        states=moderation_phrases.STATE,
        statuses=directory.STATUSES,
        groups=_groups(supplier, written),
        returned=lines.returned,
        one_language=lines.one_language,
        outcome=told_once(phrases.OUTCOME),
    )


# ---- One section ----


def _next(endpoint: str) -> str:
    """Where one goes on from a section: to the next task, or back to the list after the last."""
    all_of_them = [task.endpoint for task in registered_tasks() if task.group != "now"]
    after = all_of_them[all_of_them.index(endpoint) + 1 :] if endpoint in all_of_them else []
    return after[0] if after else "profiles.tasks"


def _section(section: Section, business_id: int, supplier_id: int) -> ResponseReturnValue:
    """Write one section: saved complete or not; bad values are said beside their boxes, and nothing is lost."""
    supplier = found(business_id, supplier_id)
    sheet = Sheet(FORMS[section], supplier)
    form = sheet.form
    if form.validate_on_submit():
        try:
            is_changed = actions.save(
                business_id,
                supplier_id,
                form.values,
                by_id=this_person().id,
                seen=form.seen.data or "",
                taking=sheet.taking,
            )
        except Refused as refusal:
            refuse(form, refusal)
            supplier = found(business_id, supplier_id)
            sheet.see_again(supplier, refusal)
        else:
            flash((Outcome.SAVED if is_changed else Outcome.NOTHING_CHANGED).value)
            then = "profiles.tasks" if request.form.get("then") == THEN_LIST else _next(f"profiles.{section}")
            return redirect(url_for(then, business_id=business_id, supplier_id=supplier_id), 303)
    return _page("profiles/section.html", supplier, **sheet.facts, outcome=told_once(phrases.OUTCOME)), form.status


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
    lines = _lines(supplier, written)
    page = _page(
        "profiles/check.html",
        supplier,
        form=form,
        written=written,
        changed=lines.changed,
        missing=lines.missing,
        returned=lines.returned,
    )
    return page, form.status


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
