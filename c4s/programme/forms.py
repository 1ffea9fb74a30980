"""Paper on which staff write and run events."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    FileField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from c4s.events import phrases as events
from c4s.events.rules import DeliveryLanguage, EventKind, MaterialsLanguage
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.formats import UK, read_day, uk
from c4s.i18n.speech import lazy_gettext as _l
from c4s.programme import phrases, rules
from c4s.programme.models import LONGEST, LONGEST_TEXT, TEXTS, EventContent
from c4s.programme.rules import LONGEST_SERIES, MOST_IN_PARTY, MOST_PLACES, MOST_SESSIONS, Lack, Missing, Span
from c4s.web.forms import AtMost, Form, Needed, Number, OneOf, many_lines, number_in, one_line, options, own_first
from c4s.web.told import TicksField

LONGEST_NOTICE, LONGEST_ADDRESS, LONGEST_LINE = 500, 400, 200
TOO_LONG = {
    200: _l("This must be 200 characters or fewer"),
    300: _l("This must be 300 characters or fewer"),
    LONGEST_ADDRESS: _l("This must be 400 characters or fewer"),
    LONGEST_NOTICE: _l("This must be 500 characters or fewer"),
    LONGEST_TEXT: _l("This must be 10,000 characters or fewer"),
}
BAD_DAY = _l("Enter a day like 14/01/2027")
BAD_CLOCK = _l("Enter a time like 9:30 or 14:00")
NO_SUCH_HOUR = _l("The clocks change that night and leave out this hour. Enter another time")
DAY_HINT, CLOCK_HINT = _l("For example 14/01/2027"), _l("For example 14:00")


def _name(field: Any) -> str:
    """What to call a field in a sentence about it: errors of several boxes alike are told apart."""
    return str(field.label.text)


class Named:
    """Another validator's sentence, after the name of the field: of many boxes, it says which."""

    def __init__(self, validator: Any) -> None:
        self.validator = validator

    def __call__(self, form: Form, field: Field) -> None:
        try:
            self.validator(form, field)
        except ValidationError as problem:
            raise ValidationError(f"{_name(field)}: {problem}") from None


def _options(words: Mapping[Any, object]) -> list[SelectChoice]:
    return options({str(value): label for value, label in words.items()})


def _line(label: object, longest: int, hint: object = "") -> StringField:
    return StringField(
        label, description=hint, filters=[one_line], validators=[Named(AtMost(longest, TOO_LONG[longest]))]
    )


def _lines(label: object, longest: int, hint: object = "") -> TextAreaField:
    return TextAreaField(
        label, description=hint, filters=[many_lines], validators=[Named(AtMost(longest, TOO_LONG[longest]))]
    )


class MomentsForm(Form):
    """A form with boxes for days and hours: bad ones are said beside their boxes, and nothing typed is lost."""

    def moment(self, name: str, day: str = "") -> datetime | None:
        """The moment in the boxes ``name_on`` and ``name_time``; None when either is empty, or wrong.

        Args:
            day: the name of another day's box, for one that is left empty.
        """
        on, clock = self[f"{name}_on"], self[f"{name}_time"]
        wanted = read_or_complain(on, read_day, BAD_DAY)
        hour = read_or_complain(clock, rules.read_clock, BAD_CLOCK)
        if wanted is None and not on.data and day:
            wanted = read_day(self[day].data or "")
        if wanted is None or hour is None:
            if on.data and not clock.data:
                _complain(clock, BAD_CLOCK)
            return None
        found = rules.on_the_clock(wanted, hour, UK)
        if found is None:
            _complain(clock, NO_SUCH_HOUR)
        return found


def read_or_complain(field: Any, read: Any, message: object) -> Any:
    """What somebody typed, read; a complaint beside the box when it cannot be."""
    found = read(field.data or "")
    if found is None and field.data:
        _complain(field, message)
    return found


def _complain(field: Any, message: object) -> None:
    field.errors = [*field.errors, f"{_name(field)}: {message}"]


def moment_boxes(name: str, moment: datetime | None) -> dict[str, str]:
    """A moment as it stands in its two boxes."""
    there = uk(moment) if moment else None
    return {
        f"{name}_on": there.strftime("%d/%m/%Y") if there else "",
        f"{name}_time": there.strftime("%H:%M") if there else "",
    }


class KindForm(Form):
    """What kind of event a new draft is for."""

    kind = RadioField(
        _l("What kind of event is it?"),
        choices=_options(events.KIND),
        validate_choice=False,
        validators=[OneOf(_l("Choose the kind of event"))],
    )


class DraftForm(MomentsForm):
    """All that somebody edits of an event. It is kept whether or not it is complete."""

    title_cy = _line(phrases.TEXT["title"][0], LONGEST["title"])
    title_en = _line(phrases.TEXT["title"][1], LONGEST["title"])
    summary_cy = _line(phrases.TEXT["summary"][0], LONGEST["summary"])
    summary_en = _line(phrases.TEXT["summary"][1], LONGEST["summary"])
    description_cy = _lines(phrases.TEXT["description"][0], LONGEST_TEXT)
    description_en = _lines(phrases.TEXT["description"][1], LONGEST_TEXT)
    audience_cy = _line(phrases.TEXT["audience"][0], 300)
    audience_en = _line(phrases.TEXT["audience"][1], 300)
    cost_cy = _line(phrases.TEXT["cost"][0], LONGEST["cost"])
    cost_en = _line(phrases.TEXT["cost"][1], LONGEST["cost"])
    network_cy = _line(phrases.TEXT["network"][0], LONGEST["network"])
    network_en = _line(phrases.TEXT["network"][1], LONGEST["network"])
    joining_notes_cy = _lines(phrases.TEXT["joining_notes"][0], LONGEST_TEXT)
    joining_notes_en = _lines(phrases.TEXT["joining_notes"][1], LONGEST_TEXT)
    welsh_offer_cy = _lines(phrases.TEXT["welsh_offer"][0], LONGEST_TEXT)
    welsh_offer_en = _lines(phrases.TEXT["welsh_offer"][1], LONGEST_TEXT)
    still_right = TicksField(_l("Tick each that you have read and that is still right"))
    trainer = _line(_l("Who leads it"), LONGEST_LINE)
    starts_on = StringField(_l("Start: day"), description=DAY_HINT, filters=[one_line])
    starts_time = StringField(_l("Start: time"), description=CLOCK_HINT, filters=[one_line])
    ends_on = StringField(_l("End: day"), description=_l("Leave empty if it is the same day."), filters=[one_line])
    ends_time = StringField(_l("End: time"), description=CLOCK_HINT, filters=[one_line])
    opens_on = StringField(_l("Sign-up opens: day"), description=_l("Leave empty to open at once."), filters=[one_line])
    opens_time = StringField(_l("Sign-up opens: time"), description=CLOCK_HINT, filters=[one_line])
    closes_on = StringField(
        _l("Sign-up closes: day"), description=_l("Leave empty to close when the event starts."), filters=[one_line]
    )
    closes_time = StringField(_l("Sign-up closes: time"), description=CLOCK_HINT, filters=[one_line])
    sessions = TextAreaField(
        _l("The times in it"),
        description=_l(
            "Each session of a course, or each time that people can choose, on a line of its own, like"
            " 14/01/2027 10:00-12:30."
        ),
        filters=[many_lines],
    )
    slot_minutes = StringField(
        _l("Length of each appointment, in minutes"),
        description=_l("Fills in the times from the start to the end, in place of those above."),
        filters=[one_line],
        validators=[Number(5, 240, _l("Length of each appointment: enter a number from 5 to 240"))],
    )
    venue = SelectField(_l("Venue"), validate_choice=False)
    area = SelectField(_l("Area"), validate_choice=False)
    online = BooleanField(_l("People can take part online"))
    online_address = _line(
        _l("Address of the online meeting"),
        LONGEST_ADDRESS,
        _l("Only those who have a place see it."),
    )
    capacity = StringField(
        _l("Places in all"),
        filters=[one_line],
        validators=[Number(1, MOST_PLACES, _l("Places in all: enter a number from 1 to 500"))],
    )
    party_limit = StringField(
        _l("Places in one sign-up"),
        description=_l("1 if everybody signs up for themselves."),
        filters=[one_line],
        validators=[Number(1, MOST_IN_PARTY, _l("Places in one sign-up: enter a number from 1 to 20"))],
    )
    categories = TicksField(_l("Themes"))
    delivery_language = RadioField(
        _l("Language of the event"), choices=_options(events.DELIVERY), validate_choice=False
    )
    materials_language = RadioField(
        _l("Language of the materials"), choices=_options(events.MATERIALS), validate_choice=False
    )
    wishes = StringField(
        _l("Book an interpreter when so many would like to use Welsh"),
        description=_l("Leave empty if no interpreter would be booked."),
        filters=[one_line],
        validators=[Number(1, MOST_PLACES, _l("Book an interpreter: enter a number from 1 to 500"))],
    )
    interpreter_by_on = StringField(_l("Last day to book an interpreter"), description=DAY_HINT, filters=[one_line])
    interpreter_by_time = StringField(_l("Last time on that day"), description=CLOCK_HINT, filters=[one_line])
    seen = HiddenField()

    read: EventContent

    def __init__(
        self,
        content: EventContent,
        *,
        stale: Mapping[str, str],
        turn: int,
        venues: Sequence[tuple[int, str]],
        areas: Sequence[tuple[int, str]],
        categories: Sequence[tuple[int, str]],
    ) -> None:
        super().__init__(data=_boxes(content, turn))
        self.before = content
        none = SelectChoice("", _l("No venue"))
        self.venue.choices = [none, *(SelectChoice(str(number), name) for number, name in venues)]
        self.area.choices = [
            SelectChoice("", _l("That of the venue")),
            *(SelectChoice(str(number), name) for number, name in areas),
        ]
        self.categories.choices = [SelectChoice(str(number), name) for number, name in categories]
        self.still_right.choices = [
            SelectChoice(name, phrases.TEXT[name][("cy", "en").index(behind)]) for name, behind in stale.items()
        ]
        if not stale:
            del self.still_right
        if content.kind != EventKind.ADVICE_SURGERY:
            del self.slot_minutes
        else:
            del self.capacity
            del self.party_limit
        own_first(self)

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        self._check_choices()
        self.read = self._content()
        self._check_address()
        return is_valid and not self.errors

    @property
    def turn(self) -> int:
        """The draft's turn when the page was opened; one that nobody gave is none."""
        return number_in(self.seen) or 0

    @property
    def ticked(self) -> Collection[str]:
        """The texts whose other language is still right."""
        return self.still_right.data if "still_right" in self else ()

    def ask_for(self, lacks: Iterable[Missing]) -> None:
        """Say beside its box what each thing is that is missing."""
        for one in lacks:
            box = one.box if one.box in self else "sessions"
            _complain(self[box], phrases.LACK[one.lack])

    def _check_choices(self) -> None:
        """What is not among the choices counts for nothing; words cannot be typed there, so nothing is lost."""
        for field, members in (
            (self.delivery_language, DeliveryLanguage),
            (self.materials_language, MaterialsLanguage),
        ):
            if field.data not in list(members):
                field.data = str(members.BILINGUAL)
        for field in (self.venue, self.area):
            if field.data not in [choice.value for choice in field.choices]:
                field.data = ""

    def _check_address(self) -> None:
        typed = self.online_address.data
        if typed and not typed.startswith(("https://", "http://")):
            _complain(self.online_address, _l("Enter a whole web address, like https://meet.example.wales/room"))

    def _content(self) -> EventContent:
        starts_at, ends_at = self.moment("starts"), self.moment("ends", "starts_on")
        texts: dict[str, Any] = {
            name: Bilingual(self[f"{name}_cy"].data or "", self[f"{name}_en"].data or "") for name in TEXTS
        }
        return replace(
            self.before,
            **texts,
            trainer=self.trainer.data or "",
            starts_at=starts_at,
            ends_at=ends_at,
            opens_at=self.moment("opens"),
            closes_at=self.moment("closes"),
            sessions=self._sessions(starts_at, ends_at),
            capacity=number_in(self.capacity) if "capacity" in self else self.before.capacity,
            party_limit=(number_in(self.party_limit) if "party_limit" in self else None) or 1,
            venue_id=int(self.venue.data) if self.venue.data else None,
            online=self.online.data,
            online_address=self.online_address.data or "",
            area_id=int(self.area.data) if self.area.data else None,
            category_ids=tuple(int(value) for value in self.categories.data or ()),
            delivery_language=DeliveryLanguage(self.delivery_language.data),
            materials_language=MaterialsLanguage(self.materials_language.data),
            welsh_wishes_for_interpreter=number_in(self.wishes),
            interpreter_by=self.moment("interpreter_by"),
        )

    def _sessions(self, starts_at: datetime | None, ends_at: datetime | None) -> tuple[Span, ...]:
        minutes = number_in(self.slot_minutes) if "slot_minutes" in self else None
        if minutes and starts_at and ends_at:
            self.slot_minutes.data = ""
            return tuple(rules.slots(starts_at, ends_at, minutes))
        found: dict[datetime, Span] = {}
        for line in (self.sessions.data or "").splitlines():
            if not line.strip():
                continue
            span = _span(rules.read_session(line, read_day))
            if span is None or span[0] in found or len(found) == MOST_SESSIONS:
                _complain(self.sessions, f"{SESSION_WRONG} {line.strip()[:60]}")
            else:
                found[span[0]] = span
        return tuple(sorted(found.values()))


SESSION_WRONG = _l("Write each line like 14/01/2027 10:00-12:30, and no start time twice. Look at this line:")


def _span(found: tuple[date, time, time] | None) -> Span | None:
    if found is None:
        return None
    begins, ends = (rules.on_the_clock(found[0], clock, UK) for clock in found[1:])
    return (begins, ends) if begins and ends else None


def _boxes(content: EventContent, turn: int) -> dict[str, Any]:
    """A draft as it stands in the boxes of its form."""
    same_day = content.starts_at and content.ends_at and uk(content.starts_at).date() == uk(content.ends_at).date()
    ends = moment_boxes("ends", content.ends_at)
    return {
        **{f"{name}_{code}": getattr(getattr(content, name), code) for name in TEXTS for code in ("cy", "en")},
        **moment_boxes("starts", content.starts_at),
        **({**ends, "ends_on": ""} if same_day else ends),
        **moment_boxes("opens", content.opens_at),
        **moment_boxes("closes", content.closes_at),
        **moment_boxes("interpreter_by", content.interpreter_by),
        "trainer": content.trainer,
        "sessions": "\n".join(
            f"{uk(begins):%d/%m/%Y %H:%M}-{uk(is_over):%H:%M}" for begins, is_over in content.sessions
        ),
        "venue": str(content.venue_id or ""),
        "area": str(content.area_id or ""),
        "online": content.online,
        "online_address": content.online_address,
        "capacity": str(content.capacity or ""),
        "party_limit": str(content.party_limit),
        "categories": [str(number) for number in content.category_ids],
        "delivery_language": str(content.delivery_language),
        "materials_language": str(content.materials_language),
        "wishes": str(content.welsh_wishes_for_interpreter or ""),
        "seen": str(turn),
    }


class SeriesForm(Form):
    """How far apart the dates of a series are, and how many."""

    every = RadioField(
        _l("How often is it held?"),
        choices=_options(phrases.EVERY),
        validate_choice=False,
        validators=[OneOf(_l("Choose how often it is held"))],
    )
    number = StringField(
        _l("How many dates in all, with the first?"),
        filters=[one_line],
        validators=[
            Needed(_l("Enter how many dates there are, from 2 to 30")),
            Number(2, LONGEST_SERIES, _l("Enter how many dates there are, from 2 to 30")),
        ],
    )


class _WithNotice(Form):
    """A form with two boxes for why something becomes of an event: for its page and for the letters."""

    @property
    def notice(self) -> Bilingual:
        """What was written; nothing where it is not asked."""
        if "notice_cy" not in self:
            return Bilingual()
        return Bilingual(self["notice_cy"].data or "", self["notice_en"].data or "")

    def ask_for(self, languages: Iterable[str]) -> None:
        """Say beside the boxes in which languages the reason must still be written."""
        for code in languages:
            _complain(self[f"notice_{code}"], phrases.WHY_NOT[rules.WhyNot.REASON_NEEDED])


class NoticeForm(_WithNotice):
    """Why something becomes of an event, in both languages."""

    notice_cy = _lines(_l("The reason, in Welsh"), LONGEST_NOTICE)
    notice_en = _lines(_l("The reason, in English"), LONGEST_NOTICE)

    def __init__(self) -> None:
        super().__init__()
        own_first(self)


NOW, LATER = "now", "later"


class PublishForm(MomentsForm, _WithNotice):
    """When a draft is published; for a change, why, if people should know."""

    when = RadioField(
        _l("When should it be published?"),
        choices=options({NOW: _l("Now"), LATER: _l("At a time")}),
        validate_choice=False,
        validators=[OneOf(_l("Choose when it should be published"))],
    )
    publish_on = StringField(_l("Day"), description=DAY_HINT, filters=[one_line])
    publish_time = StringField(_l("Time"), description=CLOCK_HINT, filters=[one_line])
    notice_cy = _lines(_l("Why it changes, in Welsh"), LONGEST_NOTICE)
    notice_en = _lines(_l("Why it changes, in English"), LONGEST_NOTICE)
    seen = HiddenField()

    def __init__(self, *, turn: int, is_change: bool, publish_at: datetime | None, notice: Bilingual) -> None:
        chosen = {"when": LATER, **moment_boxes("publish", publish_at)} if publish_at else {"when": NOW}
        super().__init__(data={**chosen, "notice_cy": notice.cy, "notice_en": notice.en, "seen": str(turn)})
        if not is_change:
            del self.notice_cy
            del self.notice_en
        own_first(self)

    at: datetime | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        if self.when.data == LATER:
            self.at = self.moment("publish")
            if self.at is None and not self.publish_on.errors and not self.publish_time.errors:
                _complain(self.publish_on, BAD_DAY)
        return is_valid and not self.errors

    @property
    def turn(self) -> int:
        return number_in(self.seen) or 0

    def too_soon(self) -> None:
        """Say beside the box that the time is past."""
        _complain(self.publish_on, phrases.WHY_NOT[rules.WhyNot.TOO_SOON])


class VenueForm(Form):
    """A place that events are held at."""

    name_cy = _line(_l("Name in Welsh"), LONGEST_LINE)
    name_en = _line(_l("Name in English"), LONGEST_LINE)
    address = _lines(_l("Address, without the postcode"), LONGEST_NOTICE, _l("Each line on a line of its own."))
    postcode = StringField(
        _l("Postcode"), filters=[one_line], validators=[Named(AtMost(8, _l("This must be 8 characters or fewer")))]
    )
    area = SelectField(_l("Area"), validate_choice=False)
    step_free = BooleanField(_l("Step-free access"))
    hearing_loop = BooleanField(_l("Hearing loop"))
    quiet_space = BooleanField(_l("Quiet space"))
    access_notes_cy = _lines(_l("Access, in Welsh"), LONGEST_TEXT)
    access_notes_en = _lines(_l("Access, in English"), LONGEST_TEXT)
    parking_cy = _lines(_l("Parking, in Welsh"), LONGEST_TEXT)
    parking_en = _lines(_l("Parking, in English"), LONGEST_TEXT)
    transport_cy = _lines(_l("By bus or train, in Welsh"), LONGEST_TEXT)
    transport_en = _lines(_l("By bus or train, in English"), LONGEST_TEXT)

    def __init__(self, areas: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        none = SelectChoice("", _l("No area"))
        self.area.choices = [none, *(SelectChoice(str(number), name) for number, name in areas)]
        own_first(self)

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        if self.area.data not in [choice.value for choice in self.area.choices]:
            self.area.data = ""
        for name in ("name", "access_notes", "parking", "transport"):
            pair = [self[f"{name}_{code}"] for code in ("cy", "en")]
            for field in pair:
                if not field.data and (name == "name" or any(one.data for one in pair)):
                    _complain(field, phrases.LACK[Lack.TEXT])
        return is_valid and not self.errors

    @property
    def facts(self) -> dict[str, object]:
        """What was written, as ``actions.save_venue`` takes it."""
        return {
            **{
                name: Bilingual(self[f"{name}_cy"].data or "", self[f"{name}_en"].data or "")
                for name in ("name", "access_notes", "parking", "transport")
            },
            "address": [line for line in (self.address.data or "").splitlines() if line.strip()],
            "postcode": (self.postcode.data or "").upper(),
            "area_id": int(self.area.data) if self.area.data else None,
            "step_free": self.step_free.data,
            "hearing_loop": self.hearing_loop.data,
            "quiet_space": self.quiet_space.data,
        }


class CalendarForm(Form):
    """A calendar file, whose events become drafts."""

    file = FileField(_l("Calendar file"), description=_l("Its name ends in .ics. At most 1 MB."))
    language = RadioField(
        _l("Language of texts that do not say which language they are in"),
        choices=options({"cy": _l("Welsh"), "en": _l("English")}),
        validate_choice=False,
        validators=[OneOf(_l("Choose the language of the texts"))],
    )
