"""The paper on which people ask for a place."""

from typing import Any

from wtforms import BooleanField, RadioField, TextAreaField

from c4s.events import phrases
from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail import fields as mail
from c4s.web import fields
from c4s.web.forms import AtMost, Form, OneOf, StrangersForm, many_lines, options

LONGEST_NEEDS = 1_000


# Fields that both of our forms share; as in ``web.fields``, each is made anew for each form.


def _language_written() -> RadioField:
    return RadioField(
        _l("Which language should we write to you in?"),
        choices=options(phrases.WRITTEN),
        validate_choice=False,
        validators=[OneOf(_l("Choose the language for our messages to you"))],
    )


def _language_spoken() -> RadioField:
    return RadioField(
        _l("Which language would you like to use at the event?"),
        choices=options(phrases.SPOKEN),
        validate_choice=False,
        validators=[OneOf(_l("Choose the language you would like to use at the event"))],
    )


def _needs() -> TextAreaField:
    return TextAreaField(
        _l("What do you need to be able to take part?"),
        description=_l("For example: step-free access, a hearing loop, a sign language interpreter or a special diet."),
        filters=[many_lines],
        validators=[AtMost(LONGEST_NEEDS, _l("The description of what you need must be 1,000 characters or fewer"))],
    )


def _consent() -> BooleanField:
    return BooleanField(
        _l("I agree that you may keep what I need, to arrange it for this event"),
        description=_l(
            "Tick this only if you have told us what you need. We delete what you told us 30 days after the event."
        ),
    )


class _WithNeeds(Form):
    """A form that asks what somebody needs, and for their consent only when they say so."""

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if self["needs"].data and not self["consent"].data:
            self["consent"].errors = [
                _l("Tick to agree that we may keep what you need, or leave the box about your needs empty")
            ]
        return not self.errors

    def details(self) -> dict[str, str]:
        """What was filled in, by the names that actions use."""
        names = ("name", "language_written", "language_spoken", "needs")
        return {name: self[name].data or "" for name in names}


class ChangeForm(_WithNeeds):
    """What can be changed once somebody has a place, or waits for one."""

    name = fields.full_name()
    language_written = _language_written()
    language_spoken = _language_spoken()
    needs = _needs()
    consent = _consent()


class BookingForm(mail.ReachedForm, StrangersForm, _WithNeeds):
    """A place for one person. Three boxes for three ways to reach them; only the chosen one is kept."""

    name = fields.full_name()
    channel = mail.channel()
    email = fields.email(_l("We send a link there, and you confirm your place with it."), is_needed=False)
    phone = fields.phone()
    postal_address = fields.postal_address()
    language_written = _language_written()
    language_spoken = _language_spoken()
    needs = _needs()
    consent = _consent()

    def answers(self) -> dict[str, str]:
        """Every answer as text by the name of its field, to carry from the check page to the last step."""
        answers = {**self.details(), "channel": self.channel.data or ""}
        if self.chosen:
            answers[self.chosen] = self[self.chosen].data
        if self.consent.data:
            answers["consent"] = "y"
        return {name: value for name, value in answers.items() if value}
