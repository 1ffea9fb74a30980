"""The paper on which a member of staff writes down what somebody without e-mail asked for."""

from collections.abc import Mapping, Sequence
from typing import cast

from wtforms import BooleanField, RadioField, StringField, ValidationError
from wtforms.validators import Regexp

from c4s.accounts.phrases import CAME_BY
from c4s.audit.trail import Entered
from c4s.businesses import forms as businesses
from c4s.businesses.models import Membership
from c4s.businesses.rules import MemberRole
from c4s.directory import forms as directory
from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail.phrases import SPOKEN
from c4s.on_behalf import phrases
from c4s.profiles.forms import FORMS, SectionForm
from c4s.quality import forms as quality
from c4s.takedowns import forms as takedowns
from c4s.web.forms import Form, Needed, OneOf, one_line, options


def _came_by() -> RadioField:
    return RadioField(
        _l("How did they reach us?"),
        choices=options({way.value: words for way, words in CAME_BY.items()}),
        validate_choice=False,
        validators=[OneOf(_l("Choose how they reached us"))],
    )


class AtTheirWordForm(Form):
    """How somebody’s word reached us; each form says where among its boxes that is asked."""

    def entered(self, by_id: int) -> Entered:
        """Who does it for them, and how their word came, once the form is valid."""
        return Entered(by_id, self["came_by"].data)


class AddForm(AtTheirWordForm, businesses.AddForm):
    """A new business of somebody who told us of it."""

    came_by = _came_by()


class ClaimForm(AtTheirWordForm):
    """An entry of which somebody told us that it is theirs."""

    evidence = directory.claim_evidence(
        _l("How can we tell that it is their business?"), _l("Write how we can tell that it is their business")
    )
    came_by = _came_by()


class WordForm(AtTheirWordForm):
    """That somebody said so, where nothing else is asked."""

    came_by = _came_by()


class LetInForm(AtTheirWordForm, businesses.RoleForm):
    """Whom an owner lets speak for a business too; at the word of one who can sign in, as an editor."""

    account = StringField(
        _l("Number of their account"),
        filters=[one_line],
        validators=[Regexp(r"[1-9][0-9]{0,8}$", message=_l("Enter the number of the account in digits, such as 123"))],
    )
    person_name = StringField(
        _l("Name of this person, as the owner says it"),
        filters=[one_line],
        validators=[Needed(_l("Enter the name of this person"))],
    )
    is_agreed = BooleanField(_l("I have asked this person too, and they want to speak for the business"))
    came_by = _came_by()

    def __init__(self, *, can_sign_in: bool) -> None:
        super().__init__()
        if can_sign_in:
            del self["role"]

    @property
    def chosen_role(self) -> MemberRole:
        return super().chosen_role if "role" in self else MemberRole.EDITOR

    def validate_is_agreed(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(_l("Tick the box once you have asked this person too"))


def _at_their_word(form: type[SectionForm]) -> type[SectionForm]:
    """The form of a section of an entry, with how somebody told us what to write in it."""
    return cast(type[SectionForm], type(form.__name__, (AtTheirWordForm, form), {"came_by": _came_by()}))


SECTIONS = {section: _at_their_word(form) for section, form in FORMS.items()}


class AskedForm(AtTheirWordForm):
    """Who asked, and how."""

    person = RadioField(
        _l("Who asked you?"), choices=[], validate_choice=False, validators=[OneOf(_l("Choose who asked you"))]
    )
    came_by = _came_by()

    def __init__(self, people: Sequence[Membership], **given: str) -> None:
        super().__init__(data=given)
        self["person"].choices = options({str(one.person_id): one.person.name for one in people})

    @property
    def person_id(self) -> int:
        """Who asked, once the form is valid."""
        return int(self["person"].data)


class AppealForm(AskedForm):
    """An appeal, in the words of whoever asked."""

    words = takedowns.appeal_words()


class AnswerForm(AskedForm):
    """Which words of another business somebody answers, and how. Words that are said anew meanwhile are other ones."""

    work = RadioField(
        _l("Which of these do they answer?"),
        choices=[],
        validate_choice=False,
        validators=[OneOf(_l("Choose which of these they answer"))],
    )
    is_so = RadioField(
        _l("What do they say?"),
        choices=options(phrases.IS_SO),
        validate_choice=False,
        validators=[OneOf(_l("Choose what they say"))],
    )

    def __init__(self, people: Sequence[Membership], works: Mapping[str, str]) -> None:
        super().__init__(people)
        self["work"].choices = options(works)

    @property
    def answered(self) -> tuple[int, str]:
        """The number and the mark of what was chosen, once the form is valid."""
        number, _, seen = self["work"].data.partition(".")
        return int(number), seen


class SignForm(AskedForm, quality.SignForm):
    """The version of the code that somebody has read, in which language, and their promise."""

    language = RadioField(
        _l("In which language did they read the code?"),
        choices=options(SPOKEN),
        validate_choice=False,
        validators=[OneOf(_l("Choose in which language they read the code"))],
    )
    is_agreed = BooleanField(_l("They have read the code, or I have read it to them, and they promise to keep it"))

    def validate_is_agreed(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(_l("Tick the box once they have read the code and promised to keep it"))
