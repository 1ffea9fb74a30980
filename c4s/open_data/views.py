"""The directory for machines, and the page that says how to use it."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from flask import Blueprint, Response, abort, current_app, g, render_template, request, url_for
from flask.sansio.blueprints import BlueprintSetupState

from c4s.core.config import Settings
from c4s.i18n import addresses
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.speech import gettext as _
from c4s.open_data import contract, data, phrases, queries
from c4s.open_data.queries import Narrowed
from c4s.open_data.rules import (
    AT_LOCATIONS,
    LANGUAGES,
    LIST,
    SERVICES,
    Asked,
    BadParameter,
    Kind,
    Why,
    number_of,
    read,
    service_of,
    uuid_in,
)
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.queries import Terms
from c4s.taxonomy.rules import postcode as read_postcode
from c4s.web import errors
from c4s.web.access import EVERYONE, open_to_all
from c4s.web.exports import download
from c4s.web.paging import page_asked_for

open_data = BilingualBlueprint("open_data", __name__)
open_referral = Blueprint("open_referral", __name__, url_prefix=contract.BASE)

PER_FILE = 1_000
"""Services in one spreadsheet."""


# ---- Answers ----


def _answer(told: Any, language: str) -> Response:
    response = Response(json.dumps(told, ensure_ascii=False, separators=(",", ":")), mimetype="application/json")
    response.headers["Content-Language"] = language
    response.headers["Link"] = (
        f'<{data.licence(language)["url"]}>; rel="license", '
        f'<{addresses.link("open_data.about", language)}>; rel="service-doc", '
        f'<{contract.BASE}/openapi.json>; rel="service-desc"'
    )
    return response


def _problem(status: int, parameter: str = "", why: Why | None = None) -> Response:
    """What is wrong, in a form that programs read (RFC 9457); its sentences are for people, in the language that was
    asked for, or in both."""
    asked = request.args.get("language")
    said = [_said(code, status, why) for code in LANGUAGES if asked == code or asked not in LANGUAGES]
    title, detail = (" / ".join(filter(None, sentences)) for sentences in zip(*said, strict=True))
    body = {"type": "about:blank", "title": title, "status": status}
    body |= {"detail": detail} if detail else {}
    body |= {"parameter": parameter} if parameter else {}
    response = Response(json.dumps(body, ensure_ascii=False), status, mimetype="application/problem+json")
    response.headers["Content-Language"] = asked if asked in LANGUAGES else ", ".join(LANGUAGES)
    return response


def _said(code: str, status: int, why: Why | None) -> tuple[str, str]:
    """What is wrong, and more of it, in one language."""
    g.language = code
    if why:
        return str(phrases.PARAMETER), str(phrases.WHY[why])
    known = status if status in phrases.TITLE else 400 if status < 500 else 500
    return str(phrases.TITLE[known]), str(phrases.LATER.get(known, ""))


@open_referral.errorhandler(BadParameter)
def bad_parameter(problem: BadParameter) -> Response:
    """A question that cannot be answered: which part of it, and why."""
    return _problem(400, problem.name, problem.why)


@open_referral.record
def answer_programs_in_their_own_form(state: BlueprintSetupState) -> None:
    """Whatever goes wrong at any address for programs, also at one that there is not, is no page."""
    errors.answer_otherwise(state.app, contract.FOR_PROGRAMS, _problem)


@open_referral.after_app_request
def open_to_scripts(response: Response) -> Response:
    """Let scripts on any page of the web read this: it is public, takes no cookie and changes nothing."""
    if not request.path.startswith(contract.FOR_PROGRAMS):
        return response
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link, Content-Language, Retry-After"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        response.headers["Access-Control-Max-Age"] = "86400"
    return response


# ---- Questions ----


def _asked(allowed: Collection[str] = ("language",)) -> Asked:
    asked = read(request.args.to_dict(flat=False), allowed)
    g.language = asked.language
    return asked


def _teller(language: str) -> data.Teller:
    return data.Teller(language, taxonomy.categories(), taxonomy.areas())


def _narrowed(asked: Asked, categories: Terms) -> Narrowed | None:
    """What a question comes down to; None where nothing can answer."""
    site, category_ids, supplier_id, near = data.site(), None, None, None
    if asked.postcode:
        code = read_postcode(asked.postcode)
        if not code:
            raise BadParameter("postcode", Why.NOT_A_POSTCODE)
        near = taxonomy.position(code)
        if near is None:
            raise BadParameter("postcode", Why.UNKNOWN_POSTCODE)
    if asked.taxonomy is not None:
        if number_of(site, Kind.TAXONOMY, asked.taxonomy) is None:
            return None
        category_ids = tuple(sorted(categories.by_id))
    if asked.term is not None:
        term = categories.by_id.get(number_of(site, Kind.CATEGORY, asked.term) or 0)
        if term is None:
            return None
        category_ids = tuple(sorted(one.id for one in categories.with_children(term)))
    if asked.organization is not None:
        supplier_id = number_of(site, Kind.ORGANIZATION, asked.organization)
        if supplier_id is None:
            return None
    return None if asked.is_of_nothing else Narrowed(category_ids, supplier_id, near)


def _found(asked: Asked) -> queries.Found:
    narrowed = _narrowed(asked, taxonomy.categories())
    return queries.services(asked, narrowed) if narrowed else queries.Found((), 0)


def _listed(asked: Asked, contents: Sequence[data.Thing], total: int, *, is_more: bool = False) -> Response:
    told = data.listed(contents, total=total, page=asked.page, per_page=asked.per_page, language=asked.language)
    return _answer({**told, **({"x_is_more": True} if is_more else {})}, asked.language)


def _number(kind: Kind, given: str) -> int:
    uuid = uuid_in(given)
    number = number_of(data.site(), kind, uuid) if uuid else None
    return abort(404) if number is None else number


@open_referral.route("/")
@open_to_all(is_public=True)
def about_this() -> Response:
    """What this interface is, and where it is described."""
    asked = _asked()
    settings: Settings = current_app.extensions["c4s.settings"]
    told = {
        "version": contract.STANDARD,
        "profile": contract.PROFILE,
        "openapi_url": addresses.root() + url_for("open_referral.openapi"),
        "description": str(phrases.ABOUT),
        "publisher": {"name": settings.organisation, "website": addresses.link("pages.contact", asked.language)},
        "x_documentation": addresses.link("open_data.about", asked.language),
        "x_licence": data.licence(asked.language),
    }
    return _answer(told, asked.language)


@open_referral.route("/openapi.json")
@open_to_all(is_public=True)
def openapi() -> Response:
    """The same for programs."""
    asked = _asked()
    return _answer(contract.document(addresses.root()), asked.language)


@open_referral.route("/services")
@open_to_all(is_public=True)
def services() -> Response:
    """A page of services."""
    asked = _asked(SERVICES)
    found, teller = _found(asked), _teller(asked.language)
    contents = [
        data.minimal(offer) if asked.is_minimal else teller.service(offer, is_full=asked.is_full)
        for offer in found.offers
    ]
    return _listed(asked, contents, found.total, is_more=found.is_more)


@open_referral.route("/services/<uuid>")
@open_to_all(is_public=True)
def service(uuid: str) -> Response:
    """One service, with all that belongs to it."""
    asked = _asked()
    offer = queries.service(*service_of(_number(Kind.SERVICE, uuid))) or abort(404)
    return _answer(_teller(asked.language).service(offer, is_full=True), asked.language)


@open_referral.route("/service_at_locations")
@open_to_all(is_public=True)
def service_at_locations() -> Response:
    """A page of services, each with the place where it is."""
    asked = _asked(AT_LOCATIONS)
    found, teller = _found(asked), _teller(asked.language)
    contents = [teller.at_location(offer, is_full=asked.is_full) for offer in found.offers]
    return _listed(asked, contents, found.total, is_more=found.is_more)


@open_referral.route("/service_at_locations/<uuid>")
@open_to_all(is_public=True)
def service_at_location(uuid: str) -> Response:
    """One service with its place, and all that belongs to it."""
    asked = _asked()
    offer = queries.service(*service_of(_number(Kind.SERVICE_AT_LOCATION, uuid))) or abort(404)
    return _answer(_teller(asked.language).at_location(offer, is_full=True), asked.language)


@open_referral.route("/taxonomies")
@open_to_all(is_public=True)
def taxonomies() -> Response:
    """Our lists of categories: the one."""
    asked = _asked(LIST)
    contents = [_teller(asked.language).taxonomy()] if asked.page == 1 else []
    return _listed(asked, contents, 1)


@open_referral.route("/taxonomies/<uuid>")
@open_to_all(is_public=True)
def one_taxonomy(uuid: str) -> Response:
    """Our list of categories, with the categories in it."""
    asked = _asked()
    _number(Kind.TAXONOMY, uuid)
    teller = _teller(asked.language)
    terms = [teller.term(term) for term in teller.categories.by_id.values()]
    return _answer({**teller.taxonomy(), "taxonomy_terms": terms}, asked.language)


@open_referral.route("/taxonomy_terms")
@open_to_all(is_public=True)
def taxonomy_terms() -> Response:
    """A page of categories."""
    asked = _asked((*LIST, "taxonomy_id"))
    teller = _teller(asked.language)
    terms = sorted(teller.categories.by_id.values(), key=lambda term: term.id)
    if asked.taxonomy is not None and number_of(data.site(), Kind.TAXONOMY, asked.taxonomy) is None:
        terms = []
    start = (asked.page - 1) * asked.per_page
    return _listed(asked, [teller.term(term) for term in terms[start : start + asked.per_page]], len(terms))


@open_referral.route("/taxonomy_terms/<uuid>")
@open_to_all(is_public=True)
def taxonomy_term(uuid: str) -> Response:
    """One category."""
    asked = _asked()
    teller = _teller(asked.language)
    term = teller.categories.by_id.get(_number(Kind.CATEGORY, uuid)) or abort(404)
    return _answer(teller.term(term), asked.language)


@open_referral.route("/<path:rest>")
@open_to_all(is_public=True)
def nothing_here(rest: str) -> Response:
    """Programs read no pages: they are told in their own form that there is nothing."""
    abort(404)


# ---- For people ----


@open_data.page(cy="/data-agored", en="/open-data", access=EVERYONE, is_public=True)
def about() -> str:
    """What there is for machines, how to ask for it, and what may be done with it."""
    return render_template(
        "open_data/about.html",
        root=addresses.root() + contract.BASE,
        base=contract.BASE,
        words=phrases,
        licence=data.licence(g.language),
        profile=contract.PROFILE,
        per_file=PER_FILE,
    )


@open_data.page(cy="/gwasanaethau.csv", en="/services.csv", access=EVERYONE, is_public=True)
def as_csv() -> Response:
    """Services as a spreadsheet, in the language of the page."""
    offers = queries.each((page_asked_for() - 1) * PER_FILE, PER_FILE)
    return download(data.csv(offers, _teller(g.language)), _("services.csv"))
