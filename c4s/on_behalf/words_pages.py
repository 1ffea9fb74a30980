"""The pages on which staff write the entry of a business for somebody without e-mail, at their word, and submit it."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts.phrases import CAME_BY
from c4s.accounts.session import this_person
from c4s.businesses.models import Membership
from c4s.core.errors import Refused
from c4s.directory import phrases as directory
from c4s.directory import queries as entries
from c4s.directory.models import Supplier
from c4s.i18n.addresses import BilingualBlueprint
from c4s.moderation import phrases as moderation
from c4s.on_behalf import words, words_phrases
from c4s.on_behalf.beginning_pages import ACTS, ONE_CY, ONE_EN, form_page, membership_of, not_here, person_page, refuse
from c4s.on_behalf.forms import SECTIONS, AtTheirWordForm, WordForm
from c4s.profiles import phrases as profiles
from c4s.profiles import queries
from c4s.profiles.rules import FIELDS, Outcome, Section
from c4s.profiles.sheets import Lines, Sheet
from c4s.web.access import GET_AND_POST
from c4s.web.told import told_once

entry_words = BilingualBlueprint("entry_words", __name__)

CY, EN = f"{ONE_CY}/geiriau", f"{ONE_EN}/words"
PAGES = {f"profiles.{section}": f"entry_words.{section}" for section in Section}
"""The page on which staff write what a business writes on another."""
ORDER = list(Section)
THEN_LIST = "list"
"""What the button says that saves and goes back to the list."""


def _entry(one: Membership, supplier_id: int) -> Supplier:
    """An entry of the business of somebody; no other has a page."""
    return entries.entry_of(one.business_id, supplier_id) or abort(404)


def _came_by() -> str | None:
    """How the word came that was written down last, if the page was told; it is asked on each, and seldom differs."""
    told = request.args.get("came_by")
    return told if told in CAME_BY else None


def _there(endpoint: str, one: Membership, supplier_id: int, **more: Any) -> str:
    """The address of a page about an entry of the business of somebody."""
    values: dict[str, Any] = {"person_id": one.person_id, "membership_id": one.id, "supplier_id": supplier_id}
    return url_for(endpoint, **{**values, "came_by": _came_by(), **more})


def _facts(one: Membership, supplier: Supplier) -> dict[str, Any]:
    """What every page about an entry needs."""
    return {
        "membership": one,
        "supplier": supplier,
        "writing": words_phrases,
        "list": _there(".tasks", one, supplier.id),
        "outcome": told_once(words_phrases.OUTCOME),
    }


def _lines(one: Membership, supplier_id: int, written: queries.Written) -> Lines:
    def address(page: str, box: str | None) -> str:
        return _there(PAGES[page], one, supplier_id, _anchor=box) if page in PAGES else ""

    return Lines(written, address)


def _remembered(form: AtTheirWordForm) -> None:
    """Tick how the last word came on a form that is only opened."""
    if not form.is_submitted():
        form["came_by"].data = form["came_by"].data or _came_by()


@entry_words.page(cy=f"{CY}/newydd", en=f"{EN}/new", access=ACTS, methods=GET_AND_POST)
def make(person_id: int, membership_id: int) -> ResponseReturnValue:
    """Begin an entry for a business of somebody that has none."""
    one, form = membership_of(person_id, membership_id), WordForm()
    if form.validate_on_submit():
        entered = form.entered(this_person().id)
        try:
            supplier_id = words.make(one.business_id, person_id=person_id, entered=entered)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            flash(Outcome.MADE.value)
            return redirect(_there(".tasks", one, supplier_id, came_by=entered.came_by), 303)
        one = membership_of(person_id, membership_id)
    facts = {"membership": one, "writing": words_phrases}
    return form_page("on_behalf/words_new.html", person_id, not_here(one), form, **facts)


@entry_words.page(cy=f"{CY}/<int:supplier_id>", en=f"{EN}/<int:supplier_id>", access=ACTS)
def tasks(person_id: int, membership_id: int, supplier_id: int) -> ResponseReturnValue:
    """How an entry stands, and its sections."""
    one = membership_of(person_id, membership_id)
    supplier = _entry(one, supplier_id)
    written = queries.written(supplier)
    return person_page(
        "on_behalf/words.html",
        person_id,
        not_here(one),
        **_facts(one, supplier),
        written=written,
        status=directory.STATUSES[supplier.status],
        state=moderation.STATE[written.state] if written.state else None,
        sections=[
            (
                profiles.SECTION[section],
                _there(f".{section}", one, supplier_id),
                profiles.SECTION_STATE[written.state_of(FIELDS[section])],
            )
            for section in Section
        ],
        returned=_lines(one, supplier_id, written).returned,
        check=_there(".check", one, supplier_id),
        withdraw=_there(".withdraw", one, supplier_id),
    )


def _section(section: Section, person_id: int, membership_id: int, supplier_id: int) -> ResponseReturnValue:
    """Write one section: saved complete or not; bad values are said beside their boxes, and nothing is lost."""
    one = membership_of(person_id, membership_id)
    supplier = _entry(one, supplier_id)
    sheet = Sheet(SECTIONS[section], supplier)
    form = sheet.form
    assert isinstance(form, AtTheirWordForm)
    _remembered(form)
    if form.validate_on_submit():
        entered = form.entered(this_person().id)
        try:
            is_changed = words.save(
                one.business_id,
                supplier_id,
                form.values,
                seen=form.seen.data or "",
                taking=sheet.taking,
                person_id=person_id,
                entered=entered,
            )
        except Refused as refusal:
            refuse(form, refusal)
            one = membership_of(person_id, membership_id)
            supplier = _entry(one, supplier_id)
            sheet.see_again(supplier, refusal)
        else:
            flash((Outcome.SAVED if is_changed else Outcome.NOTHING_CHANGED).value)
            is_last = request.form.get("then") == THEN_LIST or section == ORDER[-1]
            then = "tasks" if is_last else ORDER[ORDER.index(section) + 1]
            return redirect(_there(f".{then}", one, supplier_id, came_by=entered.came_by), 303)
    facts = {**sheet.facts, **_facts(one, supplier), "withdraw": _there(".withdraw", one, supplier_id)}
    del facts["form"]
    return form_page("on_behalf/words_section.html", person_id, not_here(one), form, **facts)


@entry_words.page(cy=f"{CY}/<int:supplier_id>/pwy", en=f"{EN}/<int:supplier_id>/who", access=ACTS, methods=GET_AND_POST)
def who(person_id: int, membership_id: int, supplier_id: int) -> ResponseReturnValue:
    """Who the business is."""
    return _section(Section.WHO, person_id, membership_id, supplier_id)


@entry_words.page(
    cy=f"{CY}/<int:supplier_id>/beth", en=f"{EN}/<int:supplier_id>/what", access=ACTS, methods=GET_AND_POST
)
def what(person_id: int, membership_id: int, supplier_id: int) -> ResponseReturnValue:
    """What it does."""
    return _section(Section.WHAT, person_id, membership_id, supplier_id)


@entry_words.page(
    cy=f"{CY}/<int:supplier_id>/ble", en=f"{EN}/<int:supplier_id>/where", access=ACTS, methods=GET_AND_POST
)
def where(person_id: int, membership_id: int, supplier_id: int) -> ResponseReturnValue:
    """Where it is, and where it works."""
    return _section(Section.WHERE, person_id, membership_id, supplier_id)


@entry_words.page(
    cy=f"{CY}/<int:supplier_id>/cysylltu", en=f"{EN}/<int:supplier_id>/contact", access=ACTS, methods=GET_AND_POST
)
def contact(person_id: int, membership_id: int, supplier_id: int) -> ResponseReturnValue:
    """How people reach it."""
    return _section(Section.CONTACT, person_id, membership_id, supplier_id)


@entry_words.page(
    cy=f"{CY}/<int:supplier_id>/gydag-eraill",
    en=f"{EN}/<int:supplier_id>/together",
    access=ACTS,
    methods=GET_AND_POST,
)
def together(person_id: int, membership_id: int, supplier_id: int) -> ResponseReturnValue:
    """How it works with others."""
    return _section(Section.TOGETHER, person_id, membership_id, supplier_id)


@entry_words.page(
    cy=f"{CY}/<int:supplier_id>/gofal", en=f"{EN}/<int:supplier_id>/care", access=ACTS, methods=GET_AND_POST
)
def quality(person_id: int, membership_id: int, supplier_id: int) -> ResponseReturnValue:
    """What the law asks of those who give care."""
    return _section(Section.QUALITY, person_id, membership_id, supplier_id)


@entry_words.page(
    cy=f"{CY}/<int:supplier_id>/gwirio", en=f"{EN}/<int:supplier_id>/check", access=ACTS, methods=GET_AND_POST
)
def check(person_id: int, membership_id: int, supplier_id: int) -> ResponseReturnValue:
    """See all that changed and all that is missing, and have a colleague read it."""
    one, form = membership_of(person_id, membership_id), WordForm()
    supplier = _entry(one, supplier_id)
    _remembered(form)
    if form.validate_on_submit():
        try:
            words.submit(one.business_id, supplier_id, person_id=person_id, entered=form.entered(this_person().id))
        except Refused as refusal:
            refuse(form, refusal)
            one = membership_of(person_id, membership_id)
            supplier = _entry(one, supplier_id)
        else:
            flash(Outcome.SUBMITTED.value)
            return redirect(_there(".tasks", one, supplier_id), 303)
    written = queries.written(supplier)
    lines = _lines(one, supplier_id, written)
    facts = {"changed": lines.changed, "missing": lines.missing, "returned": lines.returned, "written": written}
    return form_page("on_behalf/words_check.html", person_id, not_here(one), form, **_facts(one, supplier), **facts)


@entry_words.page(
    cy=f"{CY}/<int:supplier_id>/tynnu-yn-ol", en=f"{EN}/<int:supplier_id>/withdraw", access=ACTS, methods=GET_AND_POST
)
def withdraw(person_id: int, membership_id: int, supplier_id: int) -> ResponseReturnValue:
    """Take back what waits."""
    one, form = membership_of(person_id, membership_id), WordForm()
    supplier = _entry(one, supplier_id)
    _remembered(form)
    if form.validate_on_submit():
        try:
            words.withdraw(one.business_id, supplier_id, person_id=person_id, entered=form.entered(this_person().id))
        except Refused as refusal:
            refuse(form, refusal)
            one = membership_of(person_id, membership_id)
            supplier = _entry(one, supplier_id)
        else:
            flash(Outcome.WITHDRAWN.value)
            return redirect(_there(".tasks", one, supplier_id), 303)
    return form_page("on_behalf/words_withdraw.html", person_id, not_here(one), form, **_facts(one, supplier))
