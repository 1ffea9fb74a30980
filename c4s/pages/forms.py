"""Paper of the front door."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField

from c4s.web.forms import AtMost, Email, Needed, OneOf, StrangersForm, many_lines, one_line, options

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

    name = StringField(
        _l("Your full name"),
        filters=[one_line],
        validators=[
            Needed(_l("Enter your full name")),
            AtMost(200, _l("Your full name must be 200 characters or fewer")),
        ],
    )
    email = StringField(
        _l("Your email address"),
        description=_l("We answer you there. If you have no email, phone us."),
        filters=[one_line],
        validators=[
            Needed(_l("Enter your email address")),
            AtMost(254, _l("Your email address must be 254 characters or fewer")),
            Email(_l("Enter an email address in the correct format, like name@example.com")),
        ],
    )
    subject = RadioField(
        _l("What is it about?"),
        choices=options(SUBJECTS),
        validators=[OneOf(_l("Select what your message is about"))],
        validate_choice=False,
    )
    language = RadioField(
        _l("In which language would you like an answer?"),
        choices=options({"cy": _l("Welsh"), "en": _l("English"), "both": _l("Either language")}),
        validators=[OneOf(_l("Select the language for your answer"))],
        validate_choice=False,
    )
    words = TextAreaField(
        _l("Your message"),
        filters=[many_lines],
        validators=[
            Needed(_l("Write your message")),
            AtMost(3000, _l("Your message must be 3,000 characters or fewer")),
        ],
    )
