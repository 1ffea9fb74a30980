"""A question of the guide, and the boxes to tick on a list."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from wtforms import RadioField, SelectChoice

from c4s.guide import phrases
from c4s.guide.queries import Line
from c4s.guide.rules import Question
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l
from c4s.web.forms import Form
from c4s.web.told import TicksField

ASKED = "asked"
"""The name in addresses of the question that somebody answers: without it a page only shows its question."""


class QuestionForm(Form):
    """One question. It changes nothing, so its answer goes into the address, with those before it."""

    class Meta(Form.Meta):
        csrf = False

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            return request.args if request.args.get(ASKED) == form.asked else None

    choice = RadioField(validate_choice=False)

    def __init__(self, question: Question) -> None:
        self.asked = question.key
        super().__init__()
        language = current_language()
        self.choice.name = question.key
        self.choice.label.text, self.choice.description = question.text[language], question.hint[language]
        self.choice.choices = [SelectChoice(answer.key, answer.text[language]) for answer in question.answers]

    @property
    def is_sent(self) -> bool:
        """Whether somebody pressed the button of this very question."""
        return request.args.get(ASKED) == self.asked

    def complain(self) -> None:
        """Say beside the question that it wants an answer."""
        self.choice.errors = [phrases.CHOOSE]


class TicksForm(Form):
    """Which rules of a list are done."""

    done = TicksField(_l("Tick what you have done"))

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__(data={"done": [line.rule.key for line in lines if line.done_on]})
        language = current_language()
        self.done.choices = [SelectChoice(line.rule.key, line.rule.title[language]) for line in lines]

    @property
    def seen(self) -> Mapping[str, int]:
        """The version of each rule that the page showed, as the form carries it."""
        given = {name.removeprefix("version-"): value for name, value in request.form.items()}
        return {
            name: int(value)
            for name, value in given.items()
            if value.isascii() and value.isdecimal() and len(value) < 9
        }
