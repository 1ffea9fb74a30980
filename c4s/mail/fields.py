"""How somebody is reached, as forms ask it: one of several ways, with a box for each; and in which language."""

from collections.abc import Iterable
from typing import Any

from wtforms import RadioField

from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail import phrases
from c4s.mail.models import Channel
from c4s.web.forms import Form, OneOf, options

CHANNEL_FIELDS = {Channel.EMAIL: "email", Channel.PHONE: "phone", Channel.POST: "postal_address"}
"""The box that each way needs."""
MISSING = {
    "email": _l("Enter your email address"),
    "phone": _l("Enter your phone number"),
    "postal_address": _l("Enter your postal address"),
}


def channel(ways: Iterable[Channel] = tuple(CHANNEL_FIELDS)) -> RadioField:
    """One of the ways to reach somebody.

    Args:
        ways: those that the form has a box for.
    """
    return RadioField(
        _l("How should we reach you?"),
        choices=options({way.value: phrases.CHANNEL[way] for way in ways}),
        description=_l("Choose one way, and fill in the box under it. Leave the other boxes empty."),
        validate_choice=False,
        validators=[OneOf(_l("Choose how we should reach you"))],
    )


def language_written() -> RadioField:
    """The language, or both, in which somebody reads what we write."""
    return RadioField(
        _l("Which language should we write to you in?"),
        choices=options(phrases.WRITTEN),
        validate_choice=False,
        validators=[OneOf(_l("Choose the language for our messages to you"))],
    )


class ReachedForm(Form):
    """A form with a ``channel`` and a box for each way; only the box of the chosen one counts."""

    @property
    def chosen(self) -> str:
        """The name of the box that the chosen way needs; empty while nothing is chosen."""
        way = self["channel"].data
        return CHANNEL_FIELDS[Channel(way)] if way in list(Channel) else ""

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        for name in CHANNEL_FIELDS.values():
            if name not in self:
                continue
            if name != self.chosen:
                self[name].errors = []  # what stands in a box that is not needed is no mistake
            elif not self[name].data:
                self[name].errors = [MISSING[name]]
        return not self.errors
