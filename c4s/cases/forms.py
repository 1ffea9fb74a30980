"""The paper of requests and complaints about personal data."""

import secrets
from datetime import date
from typing import Any

from wtforms import HiddenField, RadioField, StringField, TextAreaField

from c4s.cases import phrases
from c4s.core.clock import now
from c4s.i18n import formats
from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail import fields as mail
from c4s.mail.models import Channel
from c4s.web import fields
from c4s.web.forms import AtMost, Needed, OneOf, StrangersForm, many_lines, one_line, options
from c4s.web.told import ToldForm

WAYS = (Channel.EMAIL, Channel.POST)
"""An answer is written: it may be long, and carries personal data."""


class _CaseForm(mail.ReachedForm):
    """What somebody asks about their personal data, and how to answer. Only the chosen way to reach them is kept."""

    kind = RadioField(
        _l("What is it about?"),
        choices=options({kind.value: words for kind, words in phrases.KIND.items()}),
        validate_choice=False,
        validators=[OneOf(_l("Choose what it is about"))],
    )
    words = TextAreaField(
        _l("What should we know?"),
        description=_l("Say what it is about: an account, an event, an entry, a message. Never send a password."),
        filters=[many_lines],
        validators=[
            Needed(_l("Write what we should know")),
            AtMost(fields.LONGEST_MESSAGE, _l("What we should know must be 3,000 characters or fewer")),
        ],
    )
    name = fields.full_name()
    channel = mail.channel(WAYS)
    email = fields.email("", is_needed=False)
    postal_address = fields.postal_address()
    language_written = mail.language_written()

    @property
    def address(self) -> str:
        """What stands in the box of the chosen way."""
        return (self[self.chosen].data or "") if self.chosen in self else ""


class CaseForm(_CaseForm, StrangersForm):
    """What somebody asks by themselves."""


class EnterCaseForm(_CaseForm):
    """The same, from the telephone, from paper or face to face: a member of staff fills it in.

    Attributes:
        received: the day on which it came, once the form is valid.
    """

    key = HiddenField(default=lambda: secrets.token_urlsafe(16))
    received_on = StringField(
        _l("On which day did it reach us?"),
        description=_l("For example 14/01/2027"),
        default=lambda: formats.uk(now()).strftime("%d/%m/%Y"),
        filters=[one_line],
        validators=[Needed(_l("Enter the day on which it reached us"))],
    )
    received: date | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if self["received_on"].data:
            self.received = formats.read_day(self["received_on"].data)
            if self.received is None:
                self["received_on"].errors = [_l("Enter a day like 14/01/2027")]
        return not self.errors


class AnswerForm(ToldForm):
    """The answer to somebody."""


class LongerForm(ToldForm):
    """Why an answer takes longer."""
