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
from c4s.attendance import data as attendance_data
from c4s.attendance import phrases as attendance_phrases
from c4s.attendance import queries as attendance_queries
from c4s.attendance import staff as attendance_staff
from c4s.attendance import views as attendance_views
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
from c4s.directory import claiming, claims, removing, showing, tasks
from c4s.directory import personal as directory_personal
from c4s.directory import phrases as directory_phrases
from c4s.directory import printing as directory_printing
from c4s.directory import staff as directory_staff
from c4s.directory import tools as entry_tools
from c4s.directory import views as directory_views
from c4s.entries import phrases as entries_phrases
from c4s.entries import staff as entries_staff
from c4s.events import actions as events_actions
from c4s.events import afterwards
from c4s.events import personal as events_personal
from c4s.events import phrases as events_phrases
from c4s.events import staff as events_staff
from c4s.events import tools as event_tools
from c4s.events import views as events_views
from c4s.feedback import data as feedback_data
from c4s.feedback import letters as feedback_letters
from c4s.feedback import phrases as feedback_phrases
from c4s.feedback import staff as feedback_staff
from c4s.feedback import views as feedback_views
from c4s.freshness import phrases as freshness_phrases
from c4s.freshness import staff as freshness_staff
from c4s.freshness import views as freshness_views
from c4s.guide import data as guide_data
from c4s.guide import phrases as guide_phrases
from c4s.guide import staff as guide_staff
from c4s.guide import views as guide_views
from c4s.i18n import addresses, references
from c4s.i18n.languages import LANGUAGES, current_language
from c4s.i18n.speech import Speech
from c4s.mail import phrases as mail_phrases
from c4s.mail import staff as letters_pages
from c4s.mail.transports import transport_for
from c4s.moderation import data as moderation_data
from c4s.moderation import kinds as moderated
from c4s.moderation import phrases as moderation_phrases
from c4s.moderation import staff as moderation_staff
from c4s.moderation import views as moderation_views
from c4s.news import actions as news_actions
from c4s.news import data as news_data
from c4s.news import phrases as news_phrases
from c4s.news import views as news_views
from c4s.on_behalf import beginning_pages, words_pages
from c4s.on_behalf import phrases as on_behalf_phrases
from c4s.on_behalf import staff as on_behalf_staff
from c4s.open_data import views as open_data_views
from c4s.pages import actions as pages_actions
from c4s.pages import views as pages_views
from c4s.profiles import actions as profiles_actions
from c4s.profiles import content as profiles_content
from c4s.profiles import data as profiles_data
from c4s.profiles import (
    joint_work,
    joint_work_pages,
    now_pages,
    pictures,
    pictures_pages,
    pieces_phrases,
    services,
    services_pages,
)
from c4s.profiles import phrases as profiles_phrases
from c4s.profiles import views as profiles_views
from c4s.profiles.rules import Section
from c4s.programme import data as programme_data
from c4s.programme import phrases as programme_phrases
from c4s.programme import staff as programme_staff
from c4s.programme import views as programme_views
from c4s.quality import actions as quality_actions
from c4s.quality import data as quality_data
from c4s.quality import passport as quality_passport
from c4s.quality import phrases as quality_phrases
from c4s.quality import staff as quality_staff
from c4s.quality import views as quality_views
from c4s.reports import actions as reports_actions
from c4s.reports import data as reports_data
from c4s.reports import phrases as reports_phrases
from c4s.reports import staff as reports_staff
from c4s.reports import views as reports_views
from c4s.shortlists import views as shortlists_views
from c4s.sign_ups import phrases as sign_ups_phrases
from c4s.sign_ups import staff as sign_ups_staff
from c4s.speed_networking import data as speed_networking_data
from c4s.speed_networking import phrases as speed_networking_phrases
from c4s.speed_networking import staff as speed_networking_staff
from c4s.speed_networking import views as speed_networking_views
from c4s.takedowns import actions as takedowns_actions
from c4s.takedowns import data as takedowns_data
from c4s.takedowns import phrases as takedowns_phrases
from c4s.takedowns import staff as takedowns_staff
from c4s.takedowns import views as takedowns_views
from c4s.translations import data as translations_data
from c4s.translations import phrases as translations_phrases
from c4s.translations import staff as translations_staff
from c4s.translations import views as translations_views
from c4s.web import access, assets, desk, errors, forms, headers, jinja
from c4s.web.routing import LateRule

COMMANDS = {
    "accounts": "c4s.accounts.commands.accounts",
    "catalogues": "c4s.i18n.catalogues.catalogues",
    "check": "c4s.events.commands.check",
    "demo": "c4s.backoffice.preparing.demo",
    "events": "c4s.programme.commands.events",
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
    app = _bare(settings, config)
    _lay_floors(app, settings)
    _tie_people(app)
    _tie_staff(app)
    _tie_directory(app)
    _tie_events(app)
    _tell_the_trail(app)
    _open_pages(app)
    app.cli = OnDemand(COMMANDS)
    return app


def _bare(settings: Settings, config: dict[str, object]) -> Flask:
    """An application that knows its settings, and nothing else."""
    app = Flask(
        "c4s",
        root_path=str(ROOT),
        template_folder="templates",
        static_folder=None,
        instance_path=str(ROOT / "instance"),
    )
    app.url_rule_class = LateRule
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
    return app


def _lay_floors(app: Flask, settings: Settings) -> None:
    """What every capability stands on: the database, the two languages, and what all pages share."""
    logging.getLogger("c4s").setLevel(logging.INFO)
    (ROOT / "instance").mkdir(exist_ok=True)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    speech = Speech(ROOT / "translations")
    speech.init_app(app, locale_selector=lambda: LANGUAGES[current_language()].locale)
    for floor in (addresses, references, errors, access, forms, session, data, trail_words, headers):
        floor.install(app)
    assets.install(app, ROOT / "static")
    jinja.install(app, settings, speech.words)


def _tie_people(app: Flask) -> None:
    """What the account pages show of somebody, in this order, and what becomes of it all when they leave."""
    for part in (
        events_personal.PLACES,
        events_personal.NEEDS,
        businesses_personal.BUSINESSES,
        businesses_personal.INVITATIONS,
        directory_personal.CLAIMS,
        takedowns_data.PART,
        translations_data.PART,
        buyers_data.PART,
        cases_data.PART,
        reports_data.PART,
        news_data.PART,
        attendance_data.ATTENDANCE,
        attendance_data.CERTIFICATES,
        feedback_data.PART,
        speed_networking_data.PART,
        moderation_data.VERSIONS,
        moderation_data.SAID,
        quality_data.PART,
        quality_data.FACTS,
        profiles_data.JOINT_WORK,
        reports_data.NOTES,
    ):
        data.register(app, part)
    for ties in (
        leaving.Ties(events_actions.leave),
        leaving.Ties(news_actions.leave),
        leaving.Ties(claiming.left),
        leaving.Ties(takedowns_actions.left),
        leaving.Ties(reports_actions.left),
        leaving.Ties(buyers_actions.leave, moved=buyers_actions.moved),
        businesses_leaving.TIES,
        roles.TIES,
    ):
        leaving.register(app, ties)
    session.knows(app, "business_id", businesses_queries.standings)
    businesses_actions.on_ending(app, profiles_actions.released)  # before the directory forgets whose entries they are
    businesses_actions.on_ending(app, quality_actions.released)
    businesses_actions.on_ending(app, reports_actions.released)
    businesses_actions.on_ending(app, claiming.released)
    removing.on_removal(app, reports_actions.entry_gone)
    removing.on_removal(app, takedowns_actions.entry_gone)


def _tie_staff(app: Flask) -> None:
    """What waits on the desk of staff, in this order, and where they find people."""
    for queue in (
        moderation_data.QUEUE,
        buyers_data.QUEUE,
        directory_staff.QUEUE,
        quality_staff.QUEUE,
        cases_data.QUEUE,
        takedowns_data.QUEUE,
        translations_data.QUEUE,
        reports_data.QUEUE,
        freshness_staff.QUEUE,
        *programme_data.QUEUES,
        *letters_pages.QUEUES,
        renewal_pages.QUEUE,
        sign_ups_staff.QUEUE,
        guide_data.QUEUE,
    ):
        desk.register(app, queue)
    finding.register(app, events_personal.people_by_reference)
    finding.show(app, events_personal.SIGN_UPS)


def _tie_directory(app: Flask) -> None:
    """What pages of suppliers show, what businesses and staff can do about them, and whose changes wait to be read;
    each in this order."""
    parts: tuple[showing.Part, ...] = (
        pictures.LOGO,
        services.PART,
        pictures.PHOTOS,
        joint_work.PART,
        quality_passport.PART,
    )
    sections = profiles_views.TASKS
    lines: tuple[tasks.Task, ...] = (
        sections[Section.WHO],
        sections[Section.WHAT],
        services_pages.TASK,
        pictures_pages.TASK,
        sections[Section.WHERE],
        sections[Section.CONTACT],
        sections[Section.TOGETHER],
        joint_work_pages.TASK,
        sections[Section.QUALITY],
        *quality_views.TASKS,
        guide_data.RULES,
        freshness_views.TASK,
        takedowns_views.TASK,
        translations_views.TASK,
        now_pages.TASK,
        joint_work_pages.ASKED,
    )
    tools: tuple[entry_tools.Tool, ...] = (
        entries_staff.TOOL,
        *quality_staff.TOOLS,
        takedowns_staff.TOOL,
        directory_staff.MESSAGES,
        freshness_staff.TOOL,
        on_behalf_staff.TOOL,
        reports_staff.TOOL,
    )
    waits: tuple[moderated.Kind, ...] = (profiles_content.KIND,)
    for part in parts:
        showing.register(app, part)
    for task in lines:
        tasks.register(app, task)
    for tool in tools:
        entry_tools.register(app, tool)
    for kind in waits:
        moderated.register(app, kind)


def _tie_events(app: Flask) -> None:
    """The pages of staff about one event, in this order, and what follows when it is over."""
    for tool in (
        programme_views.TOOL,
        events_staff.TOOL,
        *sign_ups_staff.TOOLS,
        *attendance_staff.TOOLS,
        *feedback_staff.TOOLS,
        speed_networking_staff.TOOL,
    ):
        event_tools.register(app, tool)
    afterwards.register(app, feedback_phrases.GIVE, feedback_letters.address)
    afterwards.on_absence(app, attendance_queries.was_absent)


def _tell_the_trail(app: Flask) -> None:
    """What the trail calls every deed, and every kind of thing to which it is done."""
    for deeds, kinds in (
        (accounts_phrases.DID, accounts_phrases.KIND),
        (events_phrases.DID, events_phrases.KIND_OF_THING),
        (mail_phrases.DID, mail_phrases.KIND),
        (buyers_phrases.DID, buyers_phrases.KIND),
        (cases_phrases.DID, cases_phrases.TRAIL_KIND),
        (freshness_phrases.DID, freshness_phrases.TRAIL_KIND),
        (reports_phrases.DID, reports_phrases.TRAIL_KIND),
        (news_phrases.DID, {}),
        (businesses_phrases.DID, businesses_phrases.TRAIL_KIND),
        (directory_phrases.DID, directory_phrases.TRAIL_KIND),
        (moderation_phrases.DID, moderation_phrases.TRAIL_KIND),
        (directory_phrases.TRAIL_ALSO, directory_phrases.TRAIL_ALSO_KIND),
        (entries_phrases.DID, entries_phrases.TRAIL_KIND),
        (takedowns_phrases.DID, {}),
        (translations_phrases.DID, translations_phrases.TRAIL_KIND),
        (pages_actions.DID, pages_actions.KIND),
        (sign_ups_phrases.DID, {}),
        (profiles_phrases.DID, {}),
        (pieces_phrases.DID, pieces_phrases.TRAIL_KIND),
        (programme_phrases.DID, programme_phrases.KIND_OF_THING),
        (attendance_phrases.DID, attendance_phrases.TRAIL_KIND),
        (feedback_phrases.DID, {}),
        (guide_phrases.DID, {}),
        (on_behalf_phrases.DID, {}),
        (speed_networking_phrases.DID, {}),
        (quality_phrases.DID, quality_phrases.TRAIL_KIND),
    ):
        trail_words.register(app, deeds, kinds)


def _open_pages(app: Flask) -> None:
    """Every page of every capability."""
    for blueprint in (
        pages_views.pages,
        directory_views.directory,
        directory_printing.printing,
        directory_staff.messages,
        shortlists_views.shortlists,
        events_views.events,
        events_staff.surgeries,
        accounts_views.accounts,
        second_step_pages.second_step,
        renewal_pages.renewals,
        businesses_views.businesses,
        claims.claims,
        profiles_views.profiles,
        services_pages.services,
        pictures_pages.pictures,
        pictures_pages.moderated_pictures,
        pictures_pages.public_pictures,
        joint_work_pages.joint_work,
        now_pages.now,
        directory_staff.claim_checks,
        moderation_staff.moderation,
        moderation_views.promises,
        entries_staff.entries,
        entries_staff.networks,
        takedowns_staff.hiding,
        takedowns_views.takedowns,
        translations_staff.translating,
        translations_views.translations,
        buyers_views.buyers,
        buyers_staff.buyer_checks,
        cases_views.cases,
        cases_staff.case_work,
        freshness_views.freshness,
        freshness_staff.stale,
        on_behalf_staff.on_behalf,
        beginning_pages.beginnings,
        words_pages.entry_words,
        reports_views.reports,
        reports_staff.report_work,
        news_views.news,
        backoffice_views.backoffice,
        accounts_staff.staff,
        programme_staff.programme,
        programme_views.running,
        programme_views.venues,
        speed_networking_staff.rotas,
        speed_networking_views.meeting_again,
        letters_pages.letters,
        trail_pages.trail_pages,
        attendance_staff.attendance,
        attendance_views.certificates,
        feedback_views.feedback,
        feedback_staff.results,
        sign_ups_staff.sign_ups,
        quality_views.code,
        quality_views.passport,
        quality_staff.evidence,
        quality_staff.code_work,
        open_data_views.open_data,
        open_data_views.open_referral,
        guide_views.guide,
        guide_views.checklist,
        guide_staff.guide_review,
    ):
        app.register_blueprint(blueprint)
