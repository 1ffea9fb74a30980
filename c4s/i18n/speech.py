"""Flask-Babel, told once which words belong to which language.

Flask-Babel asks for the locale and its catalogue again at every word; a page has a hundred of them. Ours asks the one
thing that pages and letters set, ``g.language`` (see ``languages.speaking``).
"""

from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel import Babel, Domain

from c4s.i18n.languages import LANGUAGES, current_language
from c4s.i18n.templates import BilingualEnvironment


class Spoken(Domain):
    """The two catalogues, read when the site starts; English is what the templates say already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(translation_directories=[str(folder)])
        self.spoken: dict[str, NullTranslations] = {
            code: Translations.load(str(folder), [code]) if code == "cy" else NullTranslations() for code in LANGUAGES
        }

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
