"""Welsh and English: their codes, their locales, their own names."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import g
from flask_babel import force_locale


@dataclass(frozen=True)
class Language:
    """One of the two languages: its code in addresses, its Babel locale, what it calls itself."""

    code: str
    locale: str
    own_name: str


CY = Language("cy", "cy", "Cymraeg")
EN = Language("en", "en_GB", "English")  # en alone would print American dates
LANGUAGES = {"cy": CY, "en": EN}


def the_other(code: str) -> str:
    """The code of the other language."""
    return "en" if code == "cy" else "cy"


def language_of(path: str) -> str | None:
    """The language an address is in, read from its first part; None where it has none."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in LANGUAGES else None


_here = (
    g._get_current_object
)  # what ``g`` stands for; the proxy itself is slow, and this is asked a hundred times a page


def current_language() -> str:
    """The code of the language being spoken: the page's, or that of ``speaking``; Welsh where nothing has said."""
    language: str = _here().get("language", "cy")
    return language


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Say everything inside in one language, whatever page or worker we are in: for letters.

    Args:
        code: ``cy`` or ``en``.
    """
    before = g.get("language")
    g.language = code
    try:
        with force_locale(LANGUAGES[code].locale):
            yield
    finally:
        if before is None:
            del g.language
        else:
            g.language = before
