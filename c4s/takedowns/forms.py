"""The paper of hiding entries and of appeals."""

from collections.abc import Iterable
from typing import Any

from wtforms import RadioField, TextAreaField

from c4s.core.text import unsaid
from c4s.i18n.speech import lazy_gettext as _l
from c4s.takedowns import phrases
from c4s.takedowns.rules import LONGEST_APPEAL, Ground
from c4s.web.forms import AtMost, Form, Needed, OneOf, many_lines, options
from c4s.web.told import ToldForm

IN_EITHER = _l("Write it in Welsh or in English")


class _ReasonForm(ToldForm):
    """Words to the people of a business; in either language when there is nobody to tell."""

    def __init__(self, language_written: str) -> None:
        self.language_written = language_written or "both"
        super().__init__(self.language_written)
        self.tells_nobody = not language_written

    def ask_for(self, languages: Iterable[str]) -> None:
        if self.tells_nobody:
            self["words_cy"].errors = [IN_EITHER]
        else:
            super().ask_for(languages)


class HideForm(_ReasonForm):
    """Why an entry is hidden. What is missing is said before the page on which it is checked."""

    ground = RadioField(
        _l("Why is the entry hidden?"),
        choices=options({ground.value: words for ground, words in phrases.GROUND.items()}),
        validate_choice=False,
        validators=[OneOf(_l("Choose why the entry is hidden"))],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        if super().validate(extra_validators) and (self.words or self.ground.data == Ground.OTHER):
            said = {"cy": self.words.cy, "en": self.words.en}
            missing = unsaid(said, self.language_written)
            if missing and not (self.tells_nobody and self.words):
                self.ask_for(missing)
        return not self.errors


class RestoreForm(_ReasonForm):
    """Why readers may see an entry again."""


class AnswerForm(_ReasonForm):
    """What another member of staff decides about an appeal."""

    outcome = RadioField(
        _l("What have you decided?"),
        choices=options({one.value: words for one, words in phrases.OUTCOME_OF.items()}),
        validate_choice=False,
        validators=[OneOf(_l("Choose whether the entry stays hidden"))],
    )


def appeal_words() -> TextAreaField:
    """The box for an appeal, made anew for every form."""
    return TextAreaField(
        _l("Why should the entry be shown again?"),
        description=_l("Write in Welsh or in English. Say what has changed, or what we got wrong."),
        filters=[many_lines],
        validators=[
            Needed(_l("Write why the entry should be shown again")),
            AtMost(LONGEST_APPEAL, _l("The appeal must be 3,000 characters or fewer")),
        ],
    )


class AppealForm(Form):
    """Why a business thinks that its entry should not be hidden."""

    words = appeal_words()
