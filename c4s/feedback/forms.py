"""The paper on which people say what they thought."""

from enum import StrEnum
from typing import Any

from wtforms import RadioField, StringField, TextAreaField

from c4s.feedback import phrases
from c4s.feedback.rules import Pace, Said, Useful, Welcome
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l
from c4s.web.fields import LONGEST_NAME
from c4s.web.forms import AtMost, Form, Needed, many_lines, one_line, options

LONGEST = 2_000
TOO_LONG = _l("What you write must be 2,000 characters or fewer")


def _question(name: str) -> RadioField:
    words = {member.value: said for member, said in phrases.ANSWER[name].items()}
    return RadioField(phrases.QUESTION[name], choices=options(words), validate_choice=False)


def _words(name: str) -> TextAreaField:
    return TextAreaField(phrases.QUESTION[name], filters=[many_lines], validators=[AtMost(LONGEST, TOO_LONG)])


class ByPhoneForm(Form):
    """The reference of somebody who phones to say what they thought."""

    reference = StringField(
        _l("The reference of the place"),
        filters=[one_line],
        validators=[Needed(_l("Enter the reference of the place"))],
    )


class FeedbackForm(Form):
    """Five questions, none of which must be answered, and a name, for those who want us to know theirs."""

    useful = _question("useful")
    pace = _question("pace")
    welcome = _question("welcome")
    next_step = _words("next_step")
    more = _words("more")
    name = StringField(
        _l("Your name"),
        description=_l("Only if you want us to know who you are. Without it, nobody can tell who answered."),
        filters=[one_line],
        validators=[AtMost(LONGEST_NAME, _l("Your full name must be 200 characters or fewer"))],
    )

    def said(self) -> Said:
        """What was answered; what is none of the choices is no answer."""

        def chosen(field: Any, members: type[StrEnum]) -> Any:
            return members(field.data) if field.data in list(members) else None

        return Said(
            language=current_language(),
            useful=chosen(self.useful, Useful),
            pace=chosen(self.pace, Pace),
            welcome=chosen(self.welcome, Welcome),
            next_step=self.next_step.data or "",
            more=self.more.data or "",
            name=self.name.data or "",
        )
