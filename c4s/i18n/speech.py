"""Flask-Babel, told once which words belong to which language.

Flask-Babel asks for the locale and its catalogue again at every word; a page has a hundred of them. Ours asks the one
thing that pages and letters set, ``g.language`` (see ``languages.speaking``).
"""

from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, has_app_context
from flask_babel import Babel, Domain
from flask_babel.speaklater import LazyString

from c4s.i18n.languages import LANGUAGES, current_language
from c4s.i18n.templates import BilingualEnvironment

catalogues: dict[str, NullTranslations] = {}
"""Those of the site; every site in one process has the same."""


def gettext(message: str, **values: Any) -> str:
    """A sentence in the language being spoken, as it stands where nobody speaks yet.

    Flask-Babel's, without its three questions about where we are: forms and lists have fifty sentences each.
    """
    words: str = catalogues[current_language()].gettext(message) if has_app_context() else message
    return words % values if values else words


def ngettext(one: str, many: str, number: int) -> str:
    """The same for a sentence with a number in it, ``%(num)d``."""
    return str(catalogues[current_language()].ngettext(one, many, number)) % {"num": number}


def pgettext(context: str, message: str) -> str:
    """The same for a word that means several things."""
    return str(catalogues[current_language()].pgettext(context, message)) if has_app_context() else message


class Later(LazyString):
    """A sentence that is put into words whenever it is shown."""

    def __bool__(self) -> bool:
        return True


def lazy_gettext(message: str) -> Later:
    """A sentence in the language of whoever it is shown to."""
    return Later(gettext, message)


def lazy_pgettext(context: str, message: str) -> Later:
    """The same for a word that means several things."""
    return Later(pgettext, context, message)


class Spoken(Domain):
    """The two catalogues, read when the site starts; English is what the templates say already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(translation_directories=[str(folder)])
        self.spoken: dict[str, NullTranslations] = {
            code: Translations.load(str(folder), [code]) if code == "cy" else NullTranslations() for code in LANGUAGES
        }
        catalogues.update(self.spoken)

    def get_translations(self) -> NullTranslations:
        return self.spoken[current_language()]


class Speech(Babel):
    """Flask-Babel with our own look-up."""

    def __init__(self, folder: Path) -> None:
        self.words = Spoken(folder)
        super().__init__()

    def init_app(self, app: Flask, *args: Any, **kwargs: Any) -> None:
        # Before Flask-Babel, or anybody else, asks for one.
        app.jinja_environment = BilingualEnvironment  # type: ignore[assignment]
        super().init_app(app, *args, **kwargs)

    @property
    def domain_instance(self) -> Spoken:
        return self.words
