"""Paper of the directory."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField

from c4s.web.forms import AtMost, Email, Needed, OneOf, StrangersForm, many_lines, one_line, options


class EnquiryForm(StrangersForm):
    """A message to a supplier."""

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
        description=_l("The supplier sees it and answers you there."),
        filters=[one_line],
        validators=[
            Needed(_l("Enter your email address")),
            AtMost(254, _l("Your email address must be 254 characters or fewer")),
            Email(_l("Enter an email address in the correct format, like name@example.com")),
        ],
    )
    language = RadioField(
        _l("In which language would you like an answer?"),
        choices=options({"cy": _l("Welsh"), "en": _l("English"), "both": _l("Either language")}),
        validators=[OneOf(_l("Select the language for your answer"))],
        validate_choice=False,
    )
    words = TextAreaField(
        _l("Your message"),
        description=_l("Say what you need, where and when. Do not write anything private."),
        filters=[many_lines],
        validators=[
            Needed(_l("Write your message")),
            AtMost(3000, _l("Your message must be 3,000 characters or fewer")),
        ],
    )
