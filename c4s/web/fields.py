"""Fields that several forms share.

Each is made anew for every form, because a form shows its fields and its errors in the order in which they were made.
"""

from importlib import import_module

from wtforms import Field, RadioField, StringField, TextAreaField, ValidationError

from c4s.i18n.speech import lazy_gettext as _l
from c4s.web.forms import AtMost, Email, Form, Needed, OneOf, many_lines, one_line, options

LONGEST_NAME = 200
LONGEST_EMAIL = 254
LONGEST_ADDRESS = 500
LONGEST_MESSAGE = 3_000


class Phone:
    """A telephone number that somebody could ring from Wales; kept the way it is written there."""

    def __init__(self, message: object) -> None:
        self.message = message

    def __call__(self, form: Form, field: Field) -> None:
        if not field.data:
            return
        phonenumbers = import_module("phonenumbers")  # with the first number, not at the start: it is slow to load
        try:
            number = phonenumbers.parse(field.data, "GB")
        except phonenumbers.NumberParseException:
            raise ValidationError(self.message) from None
        # Not is_possible_number: it lets a number pass that could only be rung from next door, such as 01443.
        possible = phonenumbers.is_possible_number_with_reason(number)
        if possible != phonenumbers.ValidationResult.IS_POSSIBLE:
            raise ValidationError(self.message)
        kind = phonenumbers.PhoneNumberFormat
        is_british = number.country_code == 44
        field.data = phonenumbers.format_number(number, kind.NATIONAL if is_british else kind.INTERNATIONAL)


def full_name() -> StringField:
    """What somebody is called."""
    return StringField(
        _l("Your full name"),
        filters=[one_line],
        validators=[
            Needed(_l("Enter your full name")),
            AtMost(LONGEST_NAME, _l("Your full name must be 200 characters or fewer")),
        ],
    )


def email(hint: object, *, is_needed: bool = True) -> StringField:
    """Where mail reaches somebody.

    Args:
        hint: what the address is for.
        is_needed: False where the form itself decides whether it must be filled in.
    """
    needed = [Needed(_l("Enter your email address"))] if is_needed else []
    return StringField(
        _l("Your email address"),
        description=hint,
        filters=[one_line],
        validators=[
            *needed,
            AtMost(LONGEST_EMAIL, _l("Your email address must be 254 characters or fewer")),
            Email(_l("Enter an email address in the correct format, like name@example.com")),
        ],
    )


def phone() -> StringField:
    """A telephone number at which somebody is rung."""
    return StringField(
        _l("Your phone number"),
        filters=[one_line],
        validators=[Phone(_l("Enter a phone number, like 01632 960 001 or 07700 900 982"))],
    )


def postal_address() -> TextAreaField:
    """Where the post reaches somebody."""
    return TextAreaField(
        _l("Your postal address"),
        description=_l("Include the postcode."),
        filters=[many_lines],
        validators=[AtMost(LONGEST_ADDRESS, _l("Your postal address must be 500 characters or fewer"))],
    )


def answer_language() -> RadioField:
    """The language in which somebody who writes would like an answer."""
    return RadioField(
        _l("In which language would you like an answer?"),
        choices=options({"cy": _l("Welsh"), "en": _l("English"), "both": _l("Either language")}),
        validators=[OneOf(_l("Select the language for your answer"))],
        validate_choice=False,
    )


def message(hint: object = "") -> TextAreaField:
    """What somebody wants to say."""
    return TextAreaField(
        _l("Your message"),
        description=hint,
        filters=[many_lines],
        validators=[
            Needed(_l("Write your message")),
            AtMost(LONGEST_MESSAGE, _l("Your message must be 3,000 characters or fewer")),
        ],
    )
