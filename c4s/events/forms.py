"""The paper on which people ask for a place."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, RadioField, TextAreaField, ValidationError

from c4s.events import phrases
from c4s.events.models import Booking, Event, EventSession
from c4s.events.places import Slot
from c4s.events.rules import BookingState, most_at_once
from c4s.i18n import formats
from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail import fields as mail
from c4s.web import fields
from c4s.web.fields import LONGEST_NAME
from c4s.web.forms import ActForm, AtMost, Form, OneOf, StrangersForm, chosen_label, many_lines, options
from c4s.web.told import TicksField

LONGEST_NEEDS = 1_000


# Fields that our forms share; as in ``web.fields``, each is made anew for each form.


def _language_spoken() -> RadioField:
    return RadioField(
        _l("Which language would you like to use at the event?"),
        choices=options(phrases.SPOKEN),
        validate_choice=False,
        validators=[OneOf(_l("Choose the language you would like to use at the event"))],
    )


def _needs() -> TextAreaField:
    return TextAreaField(
        _l("What do you need to be able to take part?"),
        description=_l("For example: step-free access, a hearing loop, a sign language interpreter or a special diet."),
        filters=[many_lines],
        validators=[AtMost(LONGEST_NEEDS, _l("The description of what you need must be 1,000 characters or fewer"))],
    )


def _consent() -> BooleanField:
    return BooleanField(
        _l("I agree that you may keep what I need, to arrange it for this event"),
        description=_l(
            "Tick this only if you have told us what you need. We delete what you told us 30 days after the event."
        ),
    )


class FreeTime(OneOf):
    """One of the times that are free; of one that was, it is said that somebody else has it now."""

    def __call__(self, form: Form, field: Any) -> None:
        is_taken = field.data and chosen_label(field) is None
        try:
            super().__call__(form, field)
        except ValidationError:
            if is_taken:
                raise ValidationError(TAKEN) from None
            raise


TAKEN = _l("The time that you chose has been taken. Choose another time.")


def _slot() -> RadioField:
    return RadioField(
        _l("Which time would you like?"), validate_choice=False, validators=[FreeTime(_l("Choose a time"))]
    )


def _others(hint: object) -> TextAreaField:
    return TextAreaField(_l("Who is coming with you?"), description=hint, filters=[many_lines])


def _part_ok() -> BooleanField:
    return BooleanField(
        _l("If there are not enough places for us all, offer us the places there are"),
        description=_l("Then you choose who comes. If you do not tick this, you wait until there is room for all."),
    )


ONE_A_LINE = _l("Write one full name on each line.")
LEAVE_EMPTY = _l("Leave the box empty if you are coming alone.")
NAMED_TOO_MANY = _l("You have named too many people. The most who can come with you:")
NAMED_TOO_FEW = _l("Write one name for each person who is coming with you:")
MOST = _l("The most who can come with you:")


def as_choices(slots: Sequence[Slot | EventSession]) -> dict[str, str]:
    """The times of an advice surgery as the words of choices."""
    return {str(slot.id): formats.at_start(formats.span(slot.starts_at, slot.ends_at)) for slot in slots}


class _WithOthers(Form):
    """A form with a box for the names of those who come along."""

    @property
    def names(self) -> list[str]:
        """Those names, one of each line that has one."""
        lines = (self["others"].data or "").splitlines() if "others" in self else []
        return [line.strip() for line in lines if line.strip()]

    def _names_wrong(self, fewest: int, most: int) -> object | None:
        """What is wrong with the names, in words."""
        if any(len(name) > LONGEST_NAME for name in self.names):
            return _l("Each name must be 200 characters or fewer")
        if len(self.names) > most:
            return f"{NAMED_TOO_MANY} {most}"
        if len(self.names) < fewest:
            return f"{NAMED_TOO_FEW} {fewest}"
        return None


class _WithNeeds(Form):
    """A form that asks what somebody needs, and for their consent only when they say so."""

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if self["needs"].data and not self["consent"].data:
            self["consent"].errors = [
                _l("Tick to agree that we may keep what you need, or leave the box about your needs empty")
            ]
        return not self.errors

    def details(self) -> dict[str, str]:
        """What was filled in, by the names that actions use."""
        names = ("name", "language_written", "language_spoken", "needs")
        return {name: self[name].data or "" for name in names if name in self}


class ChangeForm(_WithOthers, _WithNeeds):
    """What can be changed once somebody has a place, or waits for one.

    Args:
        booking: theirs; there is a box for the names of those who come along, when any do.
        needs_now: what they have told us that they need.
    """

    name = fields.full_name()
    others = _others(ONE_A_LINE)
    language_written = mail.language_written()
    language_spoken = _language_spoken()
    needs = _needs()
    consent = _consent()

    def __init__(self, booking: Booking, needs_now: str) -> None:
        known = {name: getattr(booking, name) for name in ("name", "language_written", "language_spoken")}
        others = "\n".join(booking.others)
        super().__init__(data={**known, "others": others, "needs": needs_now, "consent": bool(needs_now)})
        self.number = len(booking.others)
        if not self.number:
            del self.others

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        wrong = self._names_wrong(self.number, self.number)
        if wrong:
            self["others"].errors = [wrong]
        return not self.errors


class _PlaceForm(StrangersForm, _WithOthers, _WithNeeds):
    """What every sign-up asks, as far as it makes sense for the event.

    Args:
        event: what it is for.
        slots: the free times, of an advice surgery.
    """

    def __init__(self, event: Event, slots: Sequence[Slot], **given: Any) -> None:
        super().__init__(**given)
        self.most = most_at_once(event.kind, event.party_limit) - 1
        if self.most:
            self["others"].description = f"{ONE_A_LINE} {LEAVE_EMPTY} {MOST} {self.most}"
        else:
            del self["others"], self["part_ok"]
        if slots:
            self["session_id"].choices = options(as_choices(slots))
        else:
            del self["session_id"]

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        wrong = self._names_wrong(0, self.most)
        if wrong:
            self["others"].errors = [wrong]
        return not self.errors

    @property
    def part_is_ok(self) -> bool:
        """Whether they would take fewer places than they ask for; somebody alone cannot."""
        return bool(self.names) and bool(self["part_ok"].data)

    @property
    def slot_id(self) -> int | None:
        """The time chosen, of those that are free."""
        return int(self["session_id"].data) if "session_id" in self and chosen_label(self["session_id"]) else None

    def answers(self) -> dict[str, str]:
        """Every answer as text by the name of its field, to carry from the check page to the last step."""
        answers = self.details()
        if self.names:
            answers["others"] = "\n".join(self.names)
        if self.slot_id:
            answers["session_id"] = str(self.slot_id)
        for name in ("part_ok", "consent"):
            if name in self and self[name].data:
                answers[name] = "y"
        return {name: value for name, value in answers.items() if value}


class AccountBookingForm(_PlaceForm):
    """A place for somebody with an account: what their account says is not asked again.

    Args:
        remembered: what they need, if they asked us to remember it.
    """

    session_id = _slot()
    others = _others("")
    part_ok = _part_ok()
    needs = _needs()
    consent = _consent()
    remember = BooleanField(
        _l("Remember what I need for my next sign-up"),
        description=_l("We keep it with your account. You can see it, and remove it, on the page of your places."),
    )

    def __init__(self, event: Event, slots: Sequence[Slot], remembered: str = "") -> None:
        super().__init__(event, slots, data={"needs": remembered, "remember": bool(remembered)})

    def answers(self) -> dict[str, str]:
        """Every answer as text by the name of its field, to carry from the check page to the last step."""
        return {**super().answers(), **({"remember": "y"} if self.remember.data else {})}


class BookingForm(mail.ReachedForm, _PlaceForm):
    """A place for somebody without one. Three boxes for three ways to reach them; only the chosen one is kept."""

    name = fields.full_name()
    session_id = _slot()
    others = _others("")
    part_ok = _part_ok()
    channel = mail.channel()
    email = fields.email(_l("We send a link there, and you confirm your place with it."), is_needed=False)
    phone = fields.phone()
    postal_address = fields.postal_address()
    language_written = mail.language_written()
    language_spoken = _language_spoken()
    needs = _needs()
    consent = _consent()

    def answers(self) -> dict[str, str]:
        """Every answer as text by the name of its field, to carry from the check page to the last step."""
        answers = {**super().answers(), "channel": self.channel.data or ""}
        if self.chosen:
            answers[self.chosen] = self[self.chosen].data
        return {name: value for name, value in answers.items() if value}


class WhoComesForm(Form):
    """Those of a party who come.

    Args:
        booking: theirs.
        are_all: whether all are ticked on a page that is only opened.
    """

    others = TicksField(_l("Who is coming with you?"))

    def __init__(self, booking: Booking, *, are_all: bool = True) -> None:
        names = {f"{number} {name}": name for number, name in enumerate(booking.others)}
        super().__init__(data={"others": list(names) if are_all else []})
        self.others.choices = options(names)

    @property
    def names(self) -> list[str]:
        """Their names, as they were sent: also those that have meanwhile been changed elsewhere."""
        return [str(value).partition(" ")[2] for value in self.others.raw_data or []]


def answer_form(booking: Booking) -> ActForm | WhoComesForm:
    """Buttons alone, or with who comes, where places are offered to some of a party."""
    is_part = booking.state == BookingState.OFFERED and 1 < booking.party < booking.asked
    return WhoComesForm(booking, are_all=False) if is_part else ActForm()


def who_comes(form: ActForm | WhoComesForm) -> list[str] | None:
    """Those who come along, where that was asked."""
    return form.names if isinstance(form, WhoComesForm) else None


class SlotForm(Form):
    """Another time of an advice surgery.

    Args:
        slots: the free ones.
    """

    session_id = _slot()

    def __init__(self, slots: Sequence[Slot]) -> None:
        super().__init__()
        self.session_id.choices = options(as_choices(slots))
