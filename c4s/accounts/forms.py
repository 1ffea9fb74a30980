"""The paper on which people open an account, sign in, and change what is theirs."""

import secrets
from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput

from c4s.accounts import phrases, queries, rules
from c4s.accounts.models import Person
from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail import fields as mail
from c4s.mail.fields import ReachedForm
from c4s.mail.models import Channel
from c4s.web import fields
from c4s.web.forms import AtMost, Form, Needed, OneOf, StrangersForm, many_lines, one_line, options

LONGEST_REASON = 2_000

# Fields that several of our forms share; as in ``web.fields``, each is made anew for each form.


def _language_spoken() -> RadioField:
    return RadioField(
        _l("Which language would you like to speak with us?"),
        choices=options(phrases.SPOKEN),
        validate_choice=False,
        validators=[OneOf(_l("Choose the language you would like to speak with us"))],
    )


def _over_16() -> BooleanField:
    return BooleanField(
        _l("I am 16 or over"),
        validators=[Needed(_l("Tick to say that you are 16 or over. Accounts are only for people of that age."))],
    )


class Numbered(Form):
    """The questions that open an account: a page, paper and staff ask them by the same numbers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, names in enumerate(rules.QUESTIONS, start=1):
            for name in names:
                if name in self:
                    self[name].number = number


class RegisterForm(Numbered, StrangersForm):
    """A new account. No password is asked: an emailed link is enough, and one can be set later."""

    name = fields.full_name()
    email = fields.email(_l("We send a link there. Opening it proves that the address is yours."))
    language_written = mail.language_written()
    language_spoken = _language_spoken()
    over_16 = _over_16()


class EnterForm(Numbered, ReachedForm):
    """An account for somebody without e-mail, whom a member of staff asks the very same questions.

    Attributes:
        namesakes: accounts that may be theirs already; the form is taken once somebody has looked at them.
    """

    namesakes: Sequence[Person] = ()

    key = HiddenField(default=lambda: secrets.token_urlsafe(16))
    came_by = RadioField(
        _l("How did they reach us?"),
        choices=options({way.value: words for way, words in phrases.CAME_BY.items()}),
        validate_choice=False,
        validators=[OneOf(_l("Choose how they reached us"))],
    )
    lane = RadioField(
        _l("What are you registering as?"),
        choices=options({lane.value: words for lane, words in phrases.LANE.items()}),
        validate_choice=False,
        validators=[OneOf(_l("Choose what they are registering as"))],
    )
    name = fields.full_name()
    channel = mail.channel((Channel.PHONE, Channel.POST))
    phone = fields.phone()
    postal_address = fields.postal_address()
    language_written = mail.language_written()
    language_spoken = _language_spoken()
    over_16 = _over_16()
    agrees = BooleanField(
        _l("I have read this back to them, and they agree"),
        validators=[Needed(_l("Read the answers back to them, and tick the box when they agree"))],
    )
    is_another = BooleanField(_l("This person has none of these accounts"))

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        address = self["postal_address"]
        if self.chosen == "postal_address" and not address.errors and not rules.postcode_in(address.data):
            address.errors = [_l("Include the postcode, such as CF37 1AA")]
        if not self.errors:
            self.namesakes = queries.namesakes(self["name"].data, self[self.chosen].data)
            if self.namesakes and not self["is_another"].data:
                self["is_another"].errors = [_l("Look at these accounts first, and tick the box if none is theirs")]
        return not self.errors


class ClaimForm(Form):
    """The code of a letter, and the address that the account shall have."""

    code = StringField(
        _l("The code from our letter"),
        description=_l("Capital letters or small, with the hyphens or without."),
        filters=[one_line],
        validators=[Needed(_l("Enter the code from our letter"))],
    )
    email = fields.email(_l("We send a link there, if the code is right."))


class ReasonForm(Form):
    """Why something is done to somebody's account; they can read it, and the rules say when it is needed."""

    reason = TextAreaField(
        _l("Reason"),
        description=_l("The person can read this. Write it in their language."),
        filters=[many_lines],
        validators=[AtMost(LONGEST_REASON, _l("The reason must be 2,000 characters or fewer"))],
    )


class RolesForm(Form):
    """What somebody is as a member of staff."""

    roles = SelectMultipleField(
        _l("Roles"),
        choices=options({role.value: words for role, words in phrases.ROLE.items()}),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )


class LinkForm(Form):
    """Signing in without a password: where to send the link."""

    email = fields.email(_l("We send a link there. You sign in with it."))


class PasswordSignInForm(Form):
    """Signing in with a password. What is typed in its box is compared as it comes: no filter touches it."""

    email = fields.email("")
    password = PasswordField(_l("Password"), validators=[Needed(_l("Enter your password"))])


class CurrentCodeForm(Form):
    """The second step that somebody has, shown once more; the box is left out for those who have none."""

    current_code = StringField(
        _l("Code from the app that you use now, or a recovery code"),
        description=_l("Six digits from the app, or one of the codes that you wrote down."),
        filters=[one_line],
        validators=[Needed(_l("Enter a code from the app that you use now, or a recovery code"))],
    )

    def __init__(self, *, has_one: bool = True) -> None:
        super().__init__()
        if not has_one:
            del self.current_code


class ConfirmForm(CurrentCodeForm):
    """The password once more, before something that matters."""

    password = PasswordField(_l("Password"), validators=[Needed(_l("Enter your password"))])


class DetailsForm(Form):
    """What somebody is called, and their languages."""

    name = fields.full_name()
    language_written = mail.language_written()
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

    def __init__(self, *, is_staff: bool = False) -> None:
        super().__init__()
        if is_staff:
            self.password.description = _l(
                "At least 15 characters, because you are a member of staff. "
                "Three words that have nothing to do with each other are a good choice."
            )


class CodeForm(Form):
    """The code that an app shows at this moment."""

    code = StringField(
        _l("Code from your app"),
        description=_l("Six digits. The app shows a new code every half minute."),
        filters=[one_line],
        validators=[Needed(_l("Enter the code that your app shows"))],
    )


class RecoveryCodeForm(Form):
    """A code on paper."""

    recovery_code = StringField(
        _l("Recovery code"),
        description=_l("Letters and digits in groups of four. Each code works once."),
        filters=[one_line],
        validators=[Needed(_l("Enter one of your recovery codes"))],
    )


class SetUpForm(CurrentCodeForm, CodeForm):
    """A first code of a new key, and the second step whose place it takes."""


class HoursForm(Form):
    """How long a member of staff stays signed in."""

    hours = RadioField(
        _l("How long should we keep you signed in while you open no page?"),
        choices=[SelectChoice(str(hours), phrases.HOURS[hours]) for hours in rules.STAFF_HOURS],
        validate_choice=False,
        validators=[OneOf(_l("Choose how long we should keep you signed in"))],
    )


class RenewalForm(Form):
    """Why somebody's second step is to be taken away."""

    reason = TextAreaField(
        _l("How do you know that it is this person who asks?"),
        description=_l("For the colleague who must agree. It stays in the record of what was done."),
        filters=[many_lines],
        validators=[
            Needed(_l("Give a reason")),
            AtMost(LONGEST_REASON, _l("The reason must be 2,000 characters or fewer")),
        ],
    )
