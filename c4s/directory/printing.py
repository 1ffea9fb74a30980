"""The directory on paper: everybody of an area or of a network, in one page in both languages."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Response, abort, g, render_template

from c4s.core.clock import now
from c4s.directory import filing, queries, rules
from c4s.directory.filing import KIND
from c4s.directory.models import Supplier
from c4s.i18n import formats
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.bilingual import Bilingual, in_both
from c4s.i18n.references import Reference, corrected
from c4s.i18n.speech import gettext as _
from c4s.search import queries as searching
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.queries import Term, Terms
from c4s.web.access import EVERYONE

printing = BilingualBlueprint("printing", __name__)

MOST = 500
"""Entries on one page; who wants more prints a narrower area."""


@dataclass(frozen=True)
class Line:
    """A supplier on paper: nothing that its own page would not show."""

    names: Bilingual
    summary: Bilingual
    phone: str
    website: str
    address: list[str]
    serves_in_welsh: bool


def _line(supplier: Supplier) -> Line:
    return Line(
        supplier.names,
        supplier.summary,
        supplier.phone,
        rules.shown_link(supplier.website),
        rules.shown_address(supplier.address, supplier.town, supplier.postcode, supplier.home_based),
        supplier.serves_in_welsh,
    )


def _by_category(suppliers: Iterable[Supplier], categories: Terms) -> list[tuple[Bilingual | None, list[Line]]]:
    """The suppliers under their main categories, in the alphabet of the page; those without one come last."""
    found: dict[int | None, list[Line]] = {}
    for supplier in suppliers:
        main = filing.main_of([categories.by_id[one.id] for one in supplier.categories])
        found.setdefault(main.id if main else None, []).append(_line(supplier))
    terms = sorted((categories.by_id[one] for one in found if one), key=lambda term: getattr(term.sort, g.language))
    ends: list[tuple[Bilingual | None, list[Line]]] = [(None, found[None])] if None in found else []
    return [*((term.name, found[term.id]) for term in terms), *ends]


def _printed(name: str, term: Term | None, given: Reference) -> str | Response:
    """The page of everybody under a term: ``area`` or ``network``."""
    if term is None:
        abort(404)
    moved = corrected(given, term.name)
    if moved:
        return moved  # type: ignore[return-value]
    groups = ((name, (f"{name[0]}{term.id}",)),)
    answer = searching.find(searching.Question(KIND, groups=groups, language=g.language, size=MOST))
    suppliers = [one for one in queries.everything([hit.record_id for hit in answer.hits]) if one.is_listed]
    today = formats.uk(now()).date()
    return render_template(
        "directory/printed.html",
        name=name,
        term=term,
        by_category=_by_category(suppliers, taxonomy.categories()),
        number=len(suppliers),
        is_cut=answer.total > MOST or answer.is_more,
        printed_on=Bilingual(formats.plain_date(today, "cy"), formats.plain_date(today, "en")),
        words={
            "directory": in_both(lambda: _("Supplier directory")),
            "printed": in_both(lambda: _("Date printed")),
            "source": in_both(lambda: _("Source")),
            "listed": in_both(lambda: _("Listed does not mean recommended.")),
            "cut": in_both(lambda: _("Only the first 500 by name are here. The rest are on the website.")),
            "others": in_both(lambda: _("Others")),
            "phone": in_both(lambda: _("Phone")),
            "welsh": in_both(lambda: _("Serves in Welsh")),
        },
    )


@printing.page(
    cy="/cyfeiriadur/ardal/<ref:area_id>/argraffu",
    en="/directory/area/<ref:area_id>/print",
    access=EVERYONE,
    is_public=True,
)
def area(area_id: Reference) -> str | Response:
    """Those who are in an area or work there, to print."""
    return _printed("area", taxonomy.areas().by_id.get(int(area_id)), area_id)


@printing.page(
    cy="/cyfeiriadur/rhwydwaith/<ref:network_id>/argraffu",
    en="/directory/network/<ref:network_id>/print",
    access=EVERYONE,
    is_public=True,
)
def network(network_id: Reference) -> str | Response:
    """Those who belong to a network, to print."""
    return _printed("network", queries.networks().by_id.get(int(network_id)), network_id)
