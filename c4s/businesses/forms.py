"""The paper on which people say what their business is, and who else speaks for it."""

import secrets
from collections.abc import Callable

from wtforms import Field, HiddenField, RadioField, StringField, ValidationError

from c4s.businesses import phrases, rules
from c4s.businesses.rules import BusinessKind, Details, MemberRole
from c4s.i18n.speech import lazy_gettext as _l
from c4s.taxonomy.rules import postcode as read_postcode
from c4s.web.fields import LONGEST_EMAIL
from c4s.web.forms import KEY, AtMost, Email, Form, Needed, OneOf, one_line, options

LONGEST_WEBSITE = 400


class Read:
    """Something that a rule can read, or nothing; it is kept as the rule writes it."""

    def __init__(self, read: Callable[[str], str], message: object) -> None:
        self.read, self.message = read, message

    def __call__(self, form: Form, field: Field) -> None:
        if field.data:
            found = self.read(field.data)
            if not found:
                raise ValidationError(self.message)
            field.data = found


def no_address(form: Form, field: Field) -> None:
    """A name in which nobody can click on anything."""
    if rules.holds_an_address(field.data or ""):
        raise ValidationError(_l("Enter the name without a web address or an email address"))


class DetailsForm(Form):
    """What a business is called, and what others know it by."""

    business_name = StringField(
        _l("Name of the business"),
        description=_l("Its working name is enough if you have not started yet."),
        filters=[one_line],
        validators=[
            Needed(_l("Enter the name of the business")),
            AtMost(200, _l("The name of the business must be 200 characters or fewer")),
            no_address,
        ],
    )
    kind = RadioField(
        _l("What is it?"),
        choices=options({kind.value: words for kind, words in phrases.KIND.items()}),
        validate_choice=False,
        validators=[OneOf(_l("Select what it is"))],
    )
    company_number = StringField(
        _l("Company number"),
        description=_l("Eight characters, from Companies House, such as 01234567 or SC123456."),
        filters=[one_line],
        validators=[Read(rules.company_number, _l("Enter a company number with eight characters, such as 01234567"))],
    )
    charity_number = StringField(
        _l("Charity number"),
        description=_l("Six or seven digits, from the Charity Commission."),
        filters=[one_line],
        validators=[Read(rules.charity_number, _l("Enter a charity number with six or seven digits"))],
    )
    postcode = StringField(
        _l("Postcode"),
        filters=[one_line],
        validators=[Read(read_postcode, _l("Enter a full postcode, such as CF37 1AA"))],
    )
    website = StringField(
        _l("Website"),
        filters=[one_line],
        validators=[
            AtMost(LONGEST_WEBSITE, _l("The address of the website must be 400 characters or fewer")),
            Read(rules.website, _l("Enter the address of the website, such as example.cymru")),
        ],
    )

    @property
    def details(self) -> Details:
        """What was said, once it has been found right."""
        return Details(
            name=self.business_name.data or "",
            kind=BusinessKind(self.kind.data),
            company_number=self.company_number.data or "",
            charity_number=self.charity_number.data or "",
            postcode=self.postcode.data or "",
            website=self.website.data or "",
        )


class AddForm(DetailsForm):
    """A new business. It carries a key, so that it is added once however often it is sent."""

    key = HiddenField(default=lambda: secrets.token_urlsafe(16))

    def validate(self, extra_validators: object = None) -> bool:
        if not KEY.fullmatch(self.key.data or ""):
            self.key.data = secrets.token_urlsafe(16)
        return super().validate(extra_validators)


def _role() -> RadioField:
    return RadioField(
        _l("What may they do?"),
        choices=options({role.value: words for role, words in phrases.ROLE_MEANS.items()}),
        validate_choice=False,
        validators=[OneOf(_l("Select what they may do"))],
    )


class InviteForm(Form):
    """Who else is to speak for a business."""

    their_email = StringField(
        _l("Their email address"),
        description=_l("We send an invitation there. Only who has this address can accept it."),
        filters=[one_line],
        validators=[
            Needed(_l("Enter their email address")),
            AtMost(LONGEST_EMAIL, _l("Their email address must be 254 characters or fewer")),
            Email(_l("Enter an email address in the correct format, like name@example.com")),
        ],
    )
    role = _role()

    @property
    def chosen_role(self) -> MemberRole:
        return MemberRole(self.role.data)


class RoleForm(Form):
    """What somebody is to a business from now on."""

    role = _role()

    @property
    def chosen_role(self) -> MemberRole:
        return MemberRole(self.role.data)


class HandOverForm(Form):
    """Who is to own a business; the choices are those who speak for it."""

    person = RadioField(
        _l("Who will own it?"),
        validate_choice=False,
        validators=[OneOf(_l("Select who will own it"))],
    )
