"""The few names that templates may use."""

from typing import Any

from flask import Flask, g, request
from markupsafe import Markup

from c4s.core.config import Settings
from c4s.i18n import addresses, formats
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import LANGUAGES, Language, current_language, the_other
from c4s.i18n.references import reference
from c4s.i18n.speech import Spoken, lazy_gettext
from c4s.web import prose
from c4s.web.forms import chosen_label


def say(text: Bilingual, language: str | None = None) -> str | Markup:
    """The words of a bilingual text for this page; marked with their own language when it is the other one."""
    mine = language or current_language()
    words, spoken_in = text.spoken(mine)
    return words if spoken_in == mine or not words else Markup('<span lang="{}">{}</span>').format(spoken_in, words)


def say_prose(text: Bilingual, *, has_marks: bool = False) -> Markup:
    """Paragraphs and lists of a bilingual text, marked with their language when it is not the page's.

    Args:
        has_marks: as ``prose.html`` takes it: for what staff write about events and venues, and for nothing else.
    """
    words, spoken_in = text.spoken(current_language())
    html = prose.html(words, has_marks=has_marks)
    if not words or spoken_in == current_language():
        return html
    return Markup('<div lang="{}">{}</div>').format(spoken_in, html)


def refer(thing: Any) -> str:
    """The reference of a record for an address: its number, and its name in the page's language."""
    names: Bilingual = getattr(thing, "names", None) or thing.name
    return reference(thing.id, names.spoken(current_language())[0])


TITLES = {
    "pages.about": lazy_gettext("About us"),
    "pages.how_we_work": lazy_gettext("How we work"),
    "pages.contact": lazy_gettext("Contact us"),
    "pages.terms": lazy_gettext("Terms of use"),
    "pages.accessibility": lazy_gettext("Accessibility statement"),
    "pages.privacy": lazy_gettext("Privacy notice"),
    "pages.cookies": lazy_gettext("Cookies"),
    "pages.welsh_language": lazy_gettext("The Welsh language"),
}


def section() -> str:
    """Where in the main menu we are: a capability, or one page of the front door."""
    return (request.endpoint if request.blueprint == "pages" else request.blueprint) or ""


def install(app: Flask, settings: Settings, words: Spoken) -> None:
    """Give templates their names; nothing here asks the database, so that error pages never need it."""
    environment = app.jinja_env
    environment.policies["ext.i18n.trimmed"] = True
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: words.get_translations().gettext(message),
        lambda one, many, number: words.get_translations().ngettext(one, many, number),
        newstyle=True,
        pgettext=lambda context, message: words.get_translations().pgettext(context, message),
    )
    environment.globals.update(
        say=say,
        say_prose=say_prose,
        refer=refer,
        chosen_label=chosen_label,
        long_date=formats.long_date,
        plain_date=formats.plain_date,
        clock_time=formats.clock_time,
        date_and_time=formats.date_and_time,
        at_start=formats.at_start,
        short_month=formats.short_month,
        format_count=formats.count,
        format_distance=formats.distance,
        organisation=settings.organisation,
        area=Bilingual(settings.area_cy, settings.area_en),
        phone=settings.phone,
        demonstration=settings.is_demonstration,
    )

    site_address = settings.site_address.rstrip("/")

    @app.context_processor
    def page_names() -> dict[str, object]:
        language = g.get("language", "cy")
        other: Language = LANGUAGES[the_other(language)]
        here = addresses.alternates()
        return {
            "language": language,
            "section": section(),
            "other_language": other,
            "switch_address": here[other.code].removeprefix(site_address),
            "alternates": here,
            "canonical": here[language],
        }
