"""The site, put together: the only file that knows every capability."""

import logging

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from c4s.accounts import data, finding, leaving, roles, session
from c4s.accounts import phrases as accounts_phrases
from c4s.accounts import renewal as renewal_pages
from c4s.accounts import second_step as second_step_pages
from c4s.accounts import staff as accounts_staff
from c4s.accounts import views as accounts_views
from c4s.audit import staff as trail_pages
from c4s.audit import words as trail_words
from c4s.backoffice import views as backoffice_views
from c4s.businesses import actions as businesses_actions
from c4s.businesses import leaving as businesses_leaving
from c4s.businesses import personal as businesses_personal
from c4s.businesses import phrases as businesses_phrases
from c4s.businesses import queries as businesses_queries
from c4s.businesses import views as businesses_views
from c4s.buyers import actions as buyers_actions
from c4s.buyers import data as buyers_data
from c4s.buyers import phrases as buyers_phrases
from c4s.buyers import staff as buyers_staff
from c4s.buyers import views as buyers_views
from c4s.cases import data as cases_data
from c4s.cases import phrases as cases_phrases
from c4s.cases import staff as cases_staff
from c4s.cases import views as cases_views
from c4s.core.commands import OnDemand
from c4s.core.config import ROOT, Settings, kept_key, read_settings
from c4s.core.db import db, prepare
from c4s.directory import claiming, claims
from c4s.directory import personal as directory_personal
from c4s.directory import phrases as directory_phrases
from c4s.directory import staff as directory_staff
from c4s.directory import views as directory_views
from c4s.events import personal as events_personal
from c4s.events import phrases as events_phrases
from c4s.events import views as events_views
from c4s.i18n import addresses, references
from c4s.i18n.languages import LANGUAGES, current_language
from c4s.i18n.speech import Speech
from c4s.mail import phrases as mail_phrases
from c4s.mail import staff as letters_pages
from c4s.mail.transports import transport_for
from c4s.news import actions as news_actions
from c4s.news import data as news_data
from c4s.news import phrases as news_phrases
from c4s.news import views as news_views
from c4s.pages import actions as pages_actions
from c4s.pages import views as pages_views
from c4s.web import access, assets, desk, errors, forms, headers, jinja

COMMANDS = {
    "accounts": "c4s.accounts.commands.accounts",
    "catalogues": "c4s.i18n.catalogues.catalogues",
    "demo": "c4s.backoffice.preparing.demo",
    "import": "c4s.directory.commands.importing",
    "mail": "c4s.mail.commands.mail",
    "migration": "c4s.core.migrating.migration",
    "nightly": "c4s.backoffice.commands.nightly",
    "prepare": "c4s.backoffice.preparing.prepare",
    "search": "c4s.directory.commands.search",
    "serve": "c4s.backoffice.serving.serve",
    "taxonomy": "c4s.taxonomy.commands.taxonomy",
    "worker": "c4s.backoffice.commands.worker",
}


def create_app(settings: Settings | None = None, **config: object) -> Flask:
    """The whole site, ready to serve.

    Args:
        settings: what the owner decided; read from the environment when left out.
        config: Flask settings that override ours, for tests and benchmarks.

    Raises:
        UnsafeSettings: when a setting is not safe; it names each.
    """
    settings = settings or read_settings()
    settings.check()
    app = Flask(
        "c4s",
        root_path=str(ROOT),
        template_folder="templates",
        static_folder=None,
        instance_path=str(ROOT / "instance"),
    )
    app.config.update(
        SECRET_KEY=settings.secret_key or kept_key(),  # only a demonstration may come without one
        SECRET_KEY_FALLBACKS=settings.secret_key_old.split(),
        SQLALCHEMY_DATABASE_URI=settings.database,
        SESSION_COOKIE_NAME="__Host-c4s" if settings.is_https else "c4s",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        TRUSTED_HOSTS=settings.hosts,
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=500_000,
        MAX_FORM_PARTS=200,
        WTF_CSRF_TIME_LIMIT=None,  # the token lives as long as the session; an hour would be a hidden limit
        WTF_CSRF_SSL_STRICT=False,  # forms.came_from_here looks at where a post comes from
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
        SITE_ADDRESS=settings.site_address,
        FORM_SECONDS=2,
    )
    app.config.update(config)
    app.extensions["c4s.settings"] = settings
    app.extensions["c4s.mail"] = transport_for(settings)
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=0
        )
    logging.getLogger("c4s").setLevel(logging.INFO)

    (ROOT / "instance").mkdir(exist_ok=True)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    speech = Speech(ROOT / "translations")
    speech.init_app(app, locale_selector=lambda: LANGUAGES[current_language()].locale)

    addresses.install(app)
    references.install(app)
    errors.install(app)
    access.install(app)
    forms.install(app)
    session.install(app)
    data.install(app)
    data.register(app, events_personal.PLACES)
    for part in (businesses_personal.BUSINESSES, businesses_personal.INVITATIONS, directory_personal.CLAIMS):
        data.register(app, part)
    for part in (buyers_data.PART, cases_data.PART, news_data.PART):
        data.register(app, part)
    for waiting in (buyers_data.QUEUE, directory_staff.QUEUE, cases_data.QUEUE):
        desk.register(app, waiting)
    for leave in (news_actions.leave, claiming.left):
        leaving.register(app, leaving.Ties(leave))
    leaving.register(app, leaving.Ties(buyers_actions.leave, moved=buyers_actions.moved))
    leaving.register(app, businesses_leaving.TIES)
    leaving.register(app, roles.TIES)
    session.knows(app, "business_id", businesses_queries.standings)
    businesses_actions.on_ending(app, claiming.released)
    finding.register(app, events_personal.people_by_reference)
    finding.show(app, events_personal.SIGN_UPS)
    trail_words.install(app)
    trail_words.register(app, accounts_phrases.DID, accounts_phrases.KIND)
    trail_words.register(app, events_phrases.DID, events_phrases.KIND_OF_THING)
    trail_words.register(app, mail_phrases.DID, mail_phrases.KIND)
    trail_words.register(app, buyers_phrases.DID, buyers_phrases.KIND)
    trail_words.register(app, cases_phrases.DID, cases_phrases.TRAIL_KIND)
    trail_words.register(app, news_phrases.DID, {})
    trail_words.register(app, businesses_phrases.DID, businesses_phrases.TRAIL_KIND)
    trail_words.register(app, directory_phrases.DID, directory_phrases.TRAIL_KIND)
    trail_words.register(app, directory_phrases.TRAIL_ALSO, directory_phrases.TRAIL_ALSO_KIND)
    trail_words.register(app, pages_actions.DID, pages_actions.KIND)
    for queue in letters_pages.QUEUES:
        desk.register(app, queue)
    desk.register(app, renewal_pages.QUEUE)
    headers.install(app)
    assets.install(app, ROOT / "static")
    jinja.install(app, settings, speech.words)

    for blueprint in (
        pages_views.pages,
        directory_views.directory,
        events_views.events,
        accounts_views.accounts,
        second_step_pages.second_step,
        renewal_pages.renewals,
        businesses_views.businesses,
        claims.claims,
        directory_staff.claim_checks,
        buyers_views.buyers,
        buyers_staff.buyer_checks,
        cases_views.cases,
        cases_staff.case_work,
        news_views.news,
        backoffice_views.backoffice,
        accounts_staff.staff,
        letters_pages.letters,
        trail_pages.trail_pages,
    ):
        app.register_blueprint(blueprint)
    app.cli = OnDemand(COMMANDS)
    return app
