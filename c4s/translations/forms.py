"""The paper on which staff write words in the other language."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import HiddenField, TextAreaField

from c4s.i18n.speech import lazy_gettext as _l
from c4s.translations import phrases, queries
from c4s.translations.queries import Found
from c4s.translations.rules import WhyNot
from c4s.web.forms import Form, many_lines

LANGUAGE = {"cy": _l("Welsh"), "en": _l("English")}
TOO_LONG = _l("Write this in fewer characters. There is room for:")


class WordsForm(Form):
    """A box for each text that is in one language alone; ``words_form`` makes one."""

    found: Sequence[Found]
    read = HiddenField()
    """The digest of the texts that were on the page."""

    def box_of(self, one: Found) -> Any:
        """The box in which the other language of a text is written."""
        return self[_name(one)]

    @property
    def said(self) -> dict[str, str]:
        """What is written, by the keys of the texts."""
        return {one.piece.key: self.box_of(one).data or "" for one in self.found}

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        for one in self.found:
            room = queries.longest(one.piece)
            if len(self.box_of(one).data or "") > room:
                self.box_of(one).errors = [f"{TOO_LONG} {room:,}"]
        return not self.errors

    def say_what_is_left(self, keys: Sequence[str]) -> None:
        """Say beside the boxes that are empty that something must be written."""
        for one in self.found:
            if one.piece.key in keys:
                self.box_of(one).errors = [phrases.WHY_NOT[WhyNot.INCOMPLETE]]


def words_form(found: Sequence[Found], saved: Mapping[str, str], read: str) -> WordsForm:
    """A form for these texts.

    Args:
        saved: what was written before, by the keys of the texts.
        read: their digest.
    """
    boxes = {_name(one): TextAreaField(title(one), filters=[many_lines]) for one in found}
    made = type("WordsForm", (WordsForm,), {**boxes, "found": found})
    form: WordsForm = made(data={"read": read, **{_name(one): saved.get(one.piece.key, "") for one in found}})
    return form


def _name(one: Found) -> str:
    """By the text, not by its place: another may have come before it since the page was opened."""
    return f"words_{one.piece.code}"


def title(one: Found) -> str:
    """What a box is called: the field, which part of it, and the language that is wanted."""
    part = phrases.PART.get(one.piece.part, "")
    return f"{one.field.label}{', ' if part else ''}{part} ({LANGUAGE[one.piece.wanted]})"
