"""One text, said twice: a value in Python, two honest columns in the database."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import String, Text
from sqlalchemy.orm import Composite, composite, mapped_column

from c4s.i18n.languages import LANGUAGES, speaking, the_other


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in Welsh and in English; either may be empty until somebody writes it."""

    cy: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.cy or self.en)

    def spoken(self, language: str) -> tuple[str, str]:
        """The words for a reader of this language, and the language they turned out to be in."""
        mine: str = getattr(self, language)
        return (mine, language) if mine else (getattr(self, the_other(language)), the_other(language))

    @property
    def is_complete(self) -> bool:
        return bool(self.cy and self.en)


def in_both(say: Callable[[], object]) -> Bilingual:
    """What ``say`` says while Welsh is spoken, and while English is."""
    said = {}
    for code in LANGUAGES:
        with speaking(code):
            said[code] = str(say())
    return Bilingual(**said)


def bilingual(name: str, length: int | None = None) -> Composite[Bilingual]:
    """Two columns that travel as one value: ``title: Mapped[Bilingual] = bilingual("title", 200)``.

    Args:
        name: the columns become ``name_cy`` and ``name_en``.
        length: the longest text in characters; without it, any length.
    """
    kind = String(length) if length else Text()
    return composite(
        Bilingual,
        mapped_column(f"{name}_cy", kind, default="", nullable=False),
        mapped_column(f"{name}_en", kind, default="", nullable=False),
    )
