"""Shortlists: a few suppliers to read again, to print or to compare, without an account.

A list is its address, so it can be sent to anybody; the one that a visitor keeps lies in a cookie of their own
browser, from the first entry that they put on it until they close the browser. We keep nothing of it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask import abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from c4s.core.clock import now
from c4s.core.errors import Refused
from c4s.directory import phrases as directory
from c4s.directory import queries
from c4s.directory.models import Claim, Supplier
from c4s.directory.rules import shown_address, shown_link
from c4s.i18n import addresses, formats
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.references import Reference, corrected
from c4s.i18n.speech import gettext as _
from c4s.shortlists import phrases, rules
from c4s.shortlists.rules import Numbers
from c4s.web.access import EVERYONE, GET_AND_POST
from c4s.web.forms import ActForm
from c4s.web.jinja import say, say_prose
from c4s.web.paging import Page, page_asked_for

shortlists = BilingualBlueprint("shortlists", __name__)

LIST = "e"
"""What addresses call the list."""


# ---- Where a list lies ----


def _cookie() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-list"


def _mine() -> Numbers:
    """The list that the visitor keeps."""
    return rules.read(request.cookies.get(_cookie(), ""))


def _asked_for() -> Numbers:
    """The list in the address, else the visitor's own."""
    return rules.read(request.args[LIST]) if LIST in request.args else _mine()


def _here(numbers: Numbers) -> Response:
    """To the page of a list."""
    values: dict[str, Any] = {LIST: rules.written(numbers)} if numbers else {}
    return redirect(url_for(".show", **values), 303)


def _kept(numbers: Numbers) -> Response:
    """To the page of a list that is the visitor's own from now on."""
    response = _here(numbers)
    is_secure: bool = current_app.config["SESSION_COOKIE_SECURE"]
    if numbers:
        response.set_cookie(_cookie(), rules.written(numbers), secure=is_secure, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(_cookie(), secure=is_secure, httponly=True, samesite="Lax")
    return response


def _listed(numbers: Numbers) -> list[Supplier]:
    """Those of a list whom the directory lists today."""
    return [one for one in queries.everything(numbers) if one.is_listed]


def _address_of(supplier: Supplier) -> list[str]:
    return shown_address(supplier.address, supplier.town, supplier.postcode, supplier.home_based)


# ---- Pages ----


@shortlists.page(cy="/rhestr-fer", en="/shortlist", access=EVERYONE, methods=GET_AND_POST)
def show() -> ResponseReturnValue:
    """A list: the one in the address, or the visitor's own, from which a button removes an entry."""
    mine = _mine()
    numbers = _asked_for()
    form = ActForm() if request.method == "POST" or (mine and numbers == mine) else None
    if form and form.validate_on_submit():
        return _kept(rules.without(mine, rules.read(request.form.get("remove", ""))))
    if request.method == "GET" and mine and LIST not in request.args:
        return _here(mine)  # so that the address of the page is the one to send to somebody
    suppliers = _listed(numbers)
    page = render_template(
        "shortlists/show.html",
        form=form,
        suppliers=suppliers,
        address_of=_address_of,
        missing=rules.without(numbers, [one.id for one in suppliers]),
        written=rules.written,
        given={LIST: rules.written(numbers)},
    )
    return page, form.status if form else 200


@shortlists.page(
    cy="/rhestr-fer/ychwanegu/<ref:supplier_id>",
    en="/shortlist/add/<ref:supplier_id>",
    access=EVERYONE,
    methods=GET_AND_POST,
)
def add(supplier_id: Reference) -> ResponseReturnValue:
    """Put an entry on the visitor's own list."""
    supplier = queries.supplier(supplier_id)
    if supplier is None or not supplier.is_listed:
        abort(404)
    moved = corrected(supplier_id, supplier.names) if request.method == "GET" else None
    if moved:
        return moved
    form, mine = ActForm(), _mine()
    if form.validate_on_submit():
        try:
            return _kept(rules.added(mine, supplier.id))
        except Refused as refusal:
            form.refuse(phrases.WHY_NOT[refusal.reason])  # type: ignore[index]
    is_there = supplier.id in mine
    page = render_template("shortlists/add.html", form=form, supplier=supplier, number=len(mine), is_there=is_there)
    return page, form.status


@shortlists.page(cy="/rhestr-fer/cadw", en="/shortlist/keep", access=EVERYONE, methods=GET_AND_POST)
def keep() -> ResponseReturnValue:
    """Make the list in the address the visitor's own."""
    mine, numbers = _mine(), _asked_for()
    if not numbers or numbers == mine:
        return _here(numbers)
    form = ActForm()
    if form.validate_on_submit():
        return _kept(numbers)
    page = render_template(
        "shortlists/keep.html",
        form=form,
        suppliers=_listed(numbers),
        has_own=bool(mine),
        given={LIST: rules.written(numbers)},
    )
    return page, form.status


@shortlists.page(cy="/rhestr-fer/taflen", en="/shortlist/leaflet", access=EVERYONE)
def leaflet() -> ResponseReturnValue:
    """A list to print and to give to somebody, in the language of the page."""
    numbers = _asked_for()
    suppliers = _listed(numbers)
    if not suppliers:
        return _here(numbers)
    return render_template(
        "shortlists/leaflet.html",
        suppliers=suppliers,
        address_of=_address_of,
        website_of=lambda one: shown_link(one.website),
        today=formats.uk(now()).date(),
        link=addresses.link("shortlists.show", g.language, **{LIST: rules.written(numbers)}),
        given={LIST: rules.written(numbers)},
    )


@shortlists.page(cy="/rhestr-fer/cymharu", en="/shortlist/compare", access=EVERYONE)
def compare() -> ResponseReturnValue:
    """A list as a table, four entries side by side."""
    numbers = _asked_for()
    suppliers = _listed(numbers)
    if not suppliers:
        return _here(numbers)
    page = Page.of(len(suppliers), page_asked_for(), rules.SIDE_BY_SIDE)
    if page.is_too_far:
        return page.lead_to_first()
    first = (page.number - 1) * rules.SIDE_BY_SIDE
    shown = suppliers[first : first + rules.SIDE_BY_SIDE]
    return render_template(
        "shortlists/compare.html",
        suppliers=shown,
        rows=_rows(shown),
        page=page,
        given={LIST: rules.written(numbers)},
    )


# ---- Side by side ----


def _rows(suppliers: Sequence[Supplier]) -> list[tuple[str, list[object]]]:
    """The lines of the table: what each is called, and its words on each supplier; without those that say nothing."""
    lines: list[tuple[str, Callable[[Supplier], object]]] = [
        (_("Summary"), lambda one: say(one.summary)),
        (_("What they do"), lambda one: _many(term.name.spoken(g.language)[0] for term in one.categories)),
        (_("Services"), lambda one: _many(service.name.spoken(g.language)[0] for service in one.services)),
        (_("Work"), lambda one: directory.CAN_TAKE_WORK.get(one.can_take_work, "")),
        (_("Direct payments"), _direct_payments),
        (_("Languages"), _languages),
        (_("Languages of the team"), lambda one: _many(map(directory.language_name, one.team_languages))),
        (_("Area"), lambda one: say(one.area.name) if one.area else ""),
        (_("Areas they work in"), lambda one: _many(area.name.spoken(g.language)[0] for area in one.areas_served)),
        (_("Opening hours"), lambda one: say_prose(one.hours)),
        (_("Access"), lambda one: say_prose(one.access_notes)),
        (_("Phone"), lambda one: one.phone),
        (_("Legal form"), lambda one: directory.LEGAL_FORMS[one.legal_form] if one.legal_form else ""),
        (_("Size"), lambda one: directory.SIZES[one.size] if one.size else ""),
        (_("Confirmed on"), _confirmed),
    ]
    rows = [(label, [say_of(one) for one in suppliers]) for label, say_of in lines]
    return [(label, cells) for label, cells in rows if any(cells)]


def _many(names: Iterable[str]) -> str:
    return ", ".join(name for name in names if name)


def _direct_payments(one: Supplier) -> object:
    return directory.MORE["direct"] if any(service.direct_payments for service in one.services) else ""


def _languages(one: Supplier) -> str:
    """In which languages they serve; a source that does not say is not quoted as saying."""
    if one.claim == Claim.IMPORTED:
        return ""
    spoken = (_("Welsh") if one.serves_in_welsh else "", _("English") if one.serves_in_english else "")
    return _many(spoken)


def _confirmed(one: Supplier) -> str:
    return formats.plain_date(one.confirmed_on) if one.confirmed_on and one.claim != Claim.IMPORTED else ""
