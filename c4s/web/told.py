"""What people are told: once, of what they have just done; and by a member of staff, in the languages they read."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import get_flashed_messages
from wtforms import SelectMultipleField, TextAreaField
from wtforms.widgets import CheckboxInput

from c4s.core.text import languages_read
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.speech import lazy_gettext as _l
from c4s.web.forms import AtMost, Form, many_lines

LONGEST = 5_000
TOO_LONG = _l("What you write must be 5,000 characters or fewer")
NEEDED = {
    "cy": _l("Write it in Welsh: this person reads it in Welsh"),
    "en": _l("Write it in English: this person reads it in English"),
}


def told_once(outcome: Mapping[Any, object]) -> object | None:
    """What somebody is told of what they have just done; nothing when the page is opened again.

    Args:
        outcome: the words for each code that a view may ``flash``.
    """
    done = [code for code in get_flashed_messages() if code in outcome]
    return outcome[done[-1]] if done else None


class TicksField(SelectMultipleField):
    """Some of several, as boxes to tick; what is not among them counts for nothing."""

    option_widget = CheckboxInput()

    @property
    def first_control(self) -> str:
        """Where a link to this field lands."""
        return f"{self.id}-0"

    def pre_validate(self, form: Form) -> None:
        offered = {choice.value for choice in self.choices}
        self.data: list[str] = [value for value in self.data or [] if value in offered]


class ToldForm(Form):
    """Words to somebody: one box for each language in which they are written to."""

    words_cy = TextAreaField(_l("Your words in Welsh"), filters=[many_lines], validators=[AtMost(LONGEST, TOO_LONG)])
    words_en = TextAreaField(_l("Your words in English"), filters=[many_lines], validators=[AtMost(LONGEST, TOO_LONG)])

    def __init__(self, language_written: str) -> None:
        super().__init__()
        for code in {"cy", "en"}.difference(languages_read(language_written)):
            del self[f"words_{code}"]

    @property
    def words(self) -> Bilingual:
        """What was written."""
        found = {code: self[f"words_{code}"].data or "" for code in ("cy", "en") if f"words_{code}" in self}
        return Bilingual(**found)

    def ask_for(self, languages: Iterable[str]) -> None:
        """Say beside the boxes in which languages something must still be written."""
        for code in languages:
            self[f"words_{code}"].errors = [NEEDED[code]]
