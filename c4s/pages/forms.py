"""Paper of the front door."""

from wtforms import RadioField

from c4s.i18n.speech import lazy_gettext as _l
from c4s.web import fields
from c4s.web.forms import OneOf, StrangersForm, options

SUBJECTS = {
    "directory": _l("An entry in the directory"),
    "event": _l("Training or an event"),
    "business": _l("Starting or growing a business"),
    "buying": _l("Buying for a public body"),
    "welsh": _l("The Welsh language: a comment or a complaint"),
    "access": _l("Something on this site that I cannot use"),
    "privacy": _l("My personal information"),
    "other": _l("Something else"),
}


class ContactForm(StrangersForm):
    """A message to the people who run the site."""

    name = fields.full_name()
    email = fields.email(_l("We answer you there. If you have no email, phone us."))
    subject = RadioField(
        _l("What is it about?"),
        choices=options(SUBJECTS),
        validators=[OneOf(_l("Select what your message is about"))],
        validate_choice=False,
    )
    language = fields.answer_language()
    words = fields.message()
