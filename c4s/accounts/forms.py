"""The paper on which people open an account, sign in, and change what is theirs."""

from wtforms import BooleanField, PasswordField, RadioField

from c4s.accounts import phrases
from c4s.i18n.speech import lazy_gettext as _l
from c4s.web import fields
from c4s.web.forms import Form, Needed, OneOf, StrangersForm, options

# Fields that several of our forms share; as in ``web.fields``, each is made anew for each form.


def _language_written() -> RadioField:
    return RadioField(
        _l("Which language should we write to you in?"),
        choices=options(phrases.WRITTEN),
        validate_choice=False,
        validators=[OneOf(_l("Choose the language for our messages to you"))],
    )


def _language_spoken() -> RadioField:
    return RadioField(
        _l("Which language would you like to speak with us?"),
        choices=options(phrases.SPOKEN),
        validate_choice=False,
        validators=[OneOf(_l("Choose the language you would like to speak with us"))],
    )


class RegisterForm(StrangersForm):
    """A new account. No password is asked: an emailed link is enough, and one can be set later."""

    name = fields.full_name()
    email = fields.email(_l("We send a link there. Opening it proves that the address is yours."))
    language_written = _language_written()
    language_spoken = _language_spoken()
    over_16 = BooleanField(
        _l("I am 16 or over"),
        validators=[Needed(_l("Tick to say that you are 16 or over. Accounts are only for people of that age."))],
    )


class LinkForm(Form):
    """Signing in without a password: where to send the link."""

    email = fields.email(_l("We send a link there. You sign in with it."))


class PasswordSignInForm(Form):
    """Signing in with a password. What is typed in its box is compared as it comes: no filter touches it."""

    email = fields.email("")
    password = PasswordField(_l("Password"), validators=[Needed(_l("Enter your password"))])


class ConfirmForm(Form):
    """The password once more, before something that matters."""

    password = PasswordField(_l("Password"), validators=[Needed(_l("Enter your password"))])


class DetailsForm(Form):
    """What somebody is called, and their languages."""

    name = fields.full_name()
    language_written = _language_written()
    language_spoken = _language_spoken()


class EmailForm(Form):
    """Another email address."""

    email = fields.email(_l("We send a link there. The address changes when you open it and press the button."))


class PasswordForm(Form):
    """A password to set. Whether it is long enough and hard to guess is for the rules to say."""

    password = PasswordField(
        _l("New password"),
        description=_l(
            "At least 12 characters. Three words that have nothing to do with each other are a good choice."
        ),
        validators=[Needed(_l("Enter a new password"))],
    )


class ActForm(Form):
    """A page of buttons: it carries only the token."""
