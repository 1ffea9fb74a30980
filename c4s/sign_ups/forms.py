"""The paper on which staff look after sign-ups."""

import secrets
from collections.abc import Sequence

from wtforms import (
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)

from c4s.core.text import shorten
from c4s.events import forms as event_forms
from c4s.events.models import Event, EventSession
from c4s.events.places import Slot
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l
from c4s.sign_ups import phrases, rules
from c4s.sign_ups.rules import Audience
from c4s.web.forms import AtMost, Form, Needed, OneOf, many_lines, one_line, options

LONGEST_LABEL = 120


def _subject(label: object, code: str) -> StringField:
    too_long = _l("The subject must be 200 characters or fewer")
    return StringField(
        label,
        filters=[one_line],
        validators=[Needed(phrases.MISSING["subject", code]), AtMost(rules.LONGEST_SUBJECT, too_long)],
    )


def _body(label: object, code: str) -> TextAreaField:
    too_long = _l("The message must be 5,000 characters or fewer")
    return TextAreaField(
        label,
        filters=[many_lines],
        validators=[Needed(phrases.MISSING["body", code]), AtMost(rules.LONGEST_BODY, too_long)],
    )


class AddForm(event_forms.BookingForm):
    """Somebody who phones, or who stands at the door: the questions of the public page, read out to them.

    Args:
        event: what they sign up for.
        slots: the free times, of an advice session.
    """

    def __init__(self, event: Event, slots: Sequence[Slot]) -> None:
        super().__init__(event, slots)
        self.email.description = _l("A letter about the place goes there. It need not be confirmed.")
        del self.opened, self.website_address

    def _looks_like_a_machine(self) -> bool:
        """Members of staff have shown who they are, and a call may last as long as it likes."""
        return False


class WriteForm(Form):
    """A message to many: in both languages, or not at all."""

    key = HiddenField(default=lambda: secrets.token_urlsafe(16))
    audience = RadioField(
        _l("Who is the message for?"),
        validate_choice=False,
        validators=[OneOf(_l("Choose who the message is for"))],
    )
    session_id = SelectField(_l("Which time?"), validate_choice=False)
    subject_cy = _subject(_l("Subject in Welsh"), "cy")
    subject_en = _subject(_l("Subject in English"), "en")
    body_cy = _body(_l("Message in Welsh"), "cy")
    body_en = _body(_l("Message in English"), "en")

    def __init__(self, slots: Sequence[EventSession]) -> None:
        """Args: slots: the times of an advice session; nobody can be written to by time where there are none."""
        super().__init__()
        audiences = {one.value: words for one, words in phrases.AUDIENCE.items() if slots or one != Audience.SESSION}
        self.audience.choices = options(audiences)
        self.session_id.choices = options(event_forms.as_choices(slots))
        if not slots:
            del self.session_id

    @property
    def subject(self) -> Bilingual:
        return Bilingual(self.subject_cy.data or "", self.subject_en.data or "")

    @property
    def body(self) -> Bilingual:
        return Bilingual(self.body_cy.data or "", self.body_en.data or "")

    @property
    def slot(self) -> int | None:
        """The time whose people the message is for, if it is for those of one."""
        if "session_id" not in self or self.audience.data != Audience.SESSION:
            return None
        offered = {choice.value for choice in self.session_id.choices}
        return int(self.session_id.data) if self.session_id.data in offered else None


class DateForm(Form):
    """Another date for somebody who has a place."""

    to = RadioField(
        _l("Which date would they like instead?"),
        validate_choice=False,
        validators=[OneOf(_l("Choose a date"))],
    )

    def __init__(self, dates: Sequence[tuple[Event, str]]) -> None:
        """Args: dates: each with what there is to know about it, in words."""
        super().__init__()
        language = current_language()
        self.to.choices = [
            SelectChoice(str(one.id), f"{shorten(one.title.spoken(language)[0], LONGEST_LABEL)}: {known}")
            for one, known in dates
        ]
