"""The front door and the small print."""

from datetime import date, timedelta

from flask import Response, abort, current_app, g, render_template, url_for
from flask.typing import ResponseReturnValue

from c4s.core.clock import now
from c4s.core.config import Settings
from c4s.directory import queries as directory_queries
from c4s.directory import views as directory_views
from c4s.directory.filing import KIND
from c4s.events import listing as events_listing
from c4s.events import places
from c4s.events import queries as events_queries
from c4s.i18n import addresses, catalogues, formats
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import LANGUAGES
from c4s.i18n.references import reference
from c4s.pages import actions
from c4s.pages.forms import SUBJECTS, ContactForm
from c4s.search import queries as searching
from c4s.taxonomy import queries as taxonomy
from c4s.web.access import EVERYONE, GET_AND_POST, open_to_all
from c4s.web.jinja import TITLES
from c4s.web.messages import write_check_send

pages = BilingualBlueprint("pages", __name__)

LAST_TESTED = date(2026, 11, 22)
"""When the whole site last went through the accessibility tests; its statement says so."""
PER_MAP = 10_000


def _settings() -> Settings:
    settings: Settings = current_app.extensions["c4s.settings"]
    return settings


@pages.route("/")
@open_to_all(is_public=True)
def entry() -> str:
    """Both languages, Welsh first; nothing is chosen for anybody and nothing is remembered."""
    return render_template("pages/entry.html", site_address=_settings().site_address.rstrip("/"))


@pages.page(cy="/", en="/", access=EVERYONE, is_public=True)
def home() -> str:
    """The front page of one language."""
    total = searching.total(KIND)
    categories, areas = taxonomy.categories(), taxonomy.areas()
    soonest = events_queries.soonest(4)
    return render_template(
        "pages/home.html",
        events=events_listing.rows_of(soonest, places.tallies([event.id for event in soonest])),
        total=total,
        cards=[directory_views.card(brief, categories, areas) for brief in directory_queries.newest(6)],
    )


def _prose(name: str, endpoint: str) -> str:
    settings = _settings()
    reviewed, total = catalogues.review_count() if name == "welsh-language" else (0, 0)
    return render_template(
        "pages/prose.html",
        prose=name,
        page_title=TITLES[endpoint],
        controller=settings.controller,
        postal_address=", ".join(settings.postal_address.split("|")),
        contact_email=settings.contact_email,
        area_name=Bilingual(settings.area_cy, settings.area_en).spoken(g.language)[0],
        last_tested=formats.plain_date(LAST_TESTED),
        reviewed=reviewed,
        total=total,
    )


@pages.page(cy="/amdanom-ni", en="/about", access=EVERYONE, is_public=True)
def about() -> str:
    return _prose("about", "pages.about")


@pages.page(cy="/sut-rydyn-ni-n-gweithio", en="/how-we-work", access=EVERYONE, is_public=True)
def how_we_work() -> str:
    return _prose("how-we-work", "pages.how_we_work")


@pages.page(cy="/hygyrchedd", en="/accessibility", access=EVERYONE, is_public=True)
def accessibility() -> str:
    return _prose("accessibility", "pages.accessibility")


@pages.page(cy="/preifatrwydd", en="/privacy", access=EVERYONE, is_public=True)
def privacy() -> str:
    return _prose("privacy", "pages.privacy")


@pages.page(cy="/cwcis", en="/cookies", access=EVERYONE, is_public=True)
def cookies() -> str:
    return _prose("cookies", "pages.cookies")


@pages.page(cy="/y-gymraeg", en="/welsh-language", access=EVERYONE, is_public=True)
def welsh_language() -> str:
    return _prose("welsh-language", "pages.welsh_language")


@pages.page(cy="/telerau", en="/terms", access=EVERYONE, is_public=True)
def terms() -> str:
    return _prose("terms", "pages.terms")


@pages.page(cy="/cysylltu", en="/contact", access=EVERYONE, methods=GET_AND_POST)
def contact() -> ResponseReturnValue:
    """Write to us; read it again; send it."""
    form, settings = ContactForm(), _settings()

    def send(**answers: str) -> None:
        actions.send_message(topic=SUBJECTS[form.subject.data], **answers)

    return write_check_send(
        form,
        send,
        writing="pages/contact.html",
        checking="pages/contact_check.html",
        sent=url_for("pages.contact_sent"),
        postal_address=settings.postal_address.split("|"),
        contact_email=settings.contact_email,
    )


@pages.page(cy="/cysylltu/diolch", en="/contact/thanks", access=EVERYONE)
def contact_sent() -> str:
    """The message has been taken in."""
    return render_template("pages/contact_sent.html")


# -- for machines --------------------------------------------------------------------------------------------------


def _xml(body: str) -> Response:
    return Response('<?xml version="1.0" encoding="UTF-8"?>\n' + body, mimetype="application/xml")


@pages.route("/sitemap.xml")
@open_to_all(is_public=True)
def sitemap() -> Response:
    """The list of the site's maps: one of its own pages, and one for each ten thousand suppliers."""
    root = _settings().site_address.rstrip("/")
    names = ["pages", *(f"suppliers-{after}" for after in _starts())]
    return _xml(render_template("pages/sitemap_index.xml", addresses=[f"{root}/sitemap-{n}.xml" for n in names]))


def _starts() -> list[int]:
    starts, after = [0], 0
    while len(found := directory_queries.addresses(after, PER_MAP)) == PER_MAP:
        after = found[-1][0]
        starts.append(after)
    return starts


@pages.route("/sitemap-<name>.xml")
@open_to_all(is_public=True)
def sitemap_part(name: str) -> Response:
    """One map: each page with its address in both languages."""
    if name == "pages":
        pairs = [_pair(endpoint) for endpoint in MAPPED]
        categories, areas = taxonomy.categories(), taxonomy.areas()
        pairs += [_pair("directory.category", "category_id", t.id, t.name) for t in categories.by_id.values()]
        pairs += [_pair("directory.area", "area_id", t.id, t.name) for t in areas.by_id.values()]
        networks = directory_queries.networks()
        pairs += [_pair("directory.network", "network_id", t.id, t.name) for t in networks.by_id.values()]
        pairs += [_pair("events.show", "event_id", i, title) for i, title, _ in events_queries.sitemap()]
    elif name.startswith("suppliers-") and name[10:].isdecimal() and len(name) < 20:
        found = directory_queries.addresses(int(name[10:]), PER_MAP)
        pairs = [_pair("directory.show", "supplier_id", i, Bilingual(welsh, plain)) for i, plain, welsh in found]
    else:
        abort(404)
    return _xml(render_template("pages/sitemap.xml", pairs=pairs))


MAPPED = (
    "pages.home",
    "directory.index",
    "directory.letters",
    "events.index",
    "open_data.about",
    "guide.start",
    *(name for name in TITLES),
)


def _pair(endpoint: str, key: str = "", number: int = 0, name: Bilingual = Bilingual()) -> dict[str, str]:
    return {
        code: addresses.link(endpoint, code, **({key: reference(number, name.spoken(code)[0])} if key else {}))
        for code in LANGUAGES
    }


@pages.route("/robots.txt")
@open_to_all(is_public=True)
def robots() -> Response:
    """What search engines may read: every public page."""
    root = _settings().site_address.rstrip("/")
    if _settings().is_demonstration:
        return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")
    return Response(f"User-agent: *\nAllow: /\nSitemap: {root}/sitemap.xml\n", mimetype="text/plain")


@pages.route("/.well-known/security.txt")
@open_to_all(is_public=True)
def security() -> Response:
    """Whom to tell of a weakness (RFC 9116)."""
    settings = _settings()
    root = settings.site_address.rstrip("/")
    expires = (now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (
        f"Contact: mailto:{settings.contact_email}",
        f"Expires: {expires.strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: cy, en",
        f"Canonical: {root}/.well-known/security.txt",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@pages.route("/healthz")
@open_to_all()
def health() -> Response:
    """Whether the site can read its database: for whatever watches over it."""
    directory_queries.addresses(0, 1)
    return Response("ok\n", mimetype="text/plain", headers={"Cache-Control": "no-store"})
