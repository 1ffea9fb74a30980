"""The papers on which readers say that something is wrong, and staff answer."""

from typing import Any

from wtforms import RadioField, StringField, TextAreaField

from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail.phrases import WRITTEN
from c4s.reports import phrases
from c4s.web import fields
from c4s.web.forms import AtMost, Form, Needed, OneOf, StrangersForm, many_lines, one_line, options
from c4s.web.told import LONGEST, ToldForm


class TellForm(StrangersForm):
    """What is wrong with an entry. Whoever wants an answer says where, and in which language."""

    subject = RadioField(
        _l("What is wrong?"),
        choices=options({kind.value: words for kind, words in phrases.KIND.items()}),
        validate_choice=False,
        validators=[OneOf(_l("Choose what is wrong"))],
    )
    words = TextAreaField(
        _l("What should be put right?"),
        description=_l("Say which words or facts are wrong, and how you know. Do not write anything private."),
        filters=[many_lines],
        validators=[
            Needed(_l("Write what should be put right")),
            AtMost(fields.LONGEST_MESSAGE, _l("What should be put right must be 3,000 characters or fewer")),
        ],
    )
    name = StringField(
        _l("Your name"),
        filters=[one_line],
        validators=[AtMost(fields.LONGEST_NAME, _l("Your name must be 200 characters or fewer"))],
    )
    email = fields.email(_l("If you want to know what came of it. The business never sees it."), is_needed=False)
    language = RadioField(
        _l("Which language should we write to you in?"), choices=options(WRITTEN), validate_choice=False
    )

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        if self["email"].data and self["language"].data not in WRITTEN:
            self["language"].errors = [_l("Choose the language for our messages to you")]
            return False
        return is_valid


class AnswerForm(ToldForm):
    """What came of a report, and what its teller is told: no words when they left no address."""

    outcome = RadioField(
        _l("What came of it?"),
        choices=options({one.value: words for one, words in phrases.OUTCOME_OF.items()}),
        validate_choice=False,
        validators=[OneOf(_l("Choose what came of it"))],
    )


class NoteForm(Form):
    """Words for colleagues."""

    note = TextAreaField(
        _l("A note for colleagues"),
        filters=[many_lines],
        validators=[
            Needed(_l("Write the note")),
            AtMost(LONGEST, _l("The note must be 5,000 characters or fewer")),
        ],
    )
