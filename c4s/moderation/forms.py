"""Paper of moderation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wtforms import HiddenField, RadioField, StringField, TextAreaField

from c4s.core.text import languages_read, tidy
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import current_language
from c4s.i18n.speech import gettext as _
from c4s.i18n.speech import lazy_gettext as _l
from c4s.moderation import phrases
from c4s.moderation.reading import Change, Decision
from c4s.moderation.rules import Reason, Verdict, WhyNot
from c4s.web.forms import AtMost, Form, Needed, many_lines, one_line, options

LONGEST_REASON, LONGEST_SUGGESTION, LONGEST_NOTE = 2_000, 5_000, 2_000
OWN_WORDS = {"cy": _l("Your reason in your own words, in Welsh"), "en": _l("Your reason in your own words, in English")}
OTHER_WORDS = {
    "cy": _l("The words that you suggest, in Welsh"),
    "en": _l("The words that you suggest, in English"),
    "": _l("The words that you suggest"),
}


@dataclass(frozen=True)
class Part:
    """What a moderator says of one change, in its boxes.

    Attributes:
        words: a box for each language in which its people are told.
        others: boxes with the author's words, to be changed: by language, or one; none where nobody can.
    """

    change: Change
    verdict: Any
    reason: Any
    words: Mapping[str, Any]
    others: Mapping[str, Any]

    @property
    def is_wrong(self) -> bool:
        """Whether something is to be put right: then no box hides, whatever is chosen."""
        return any(box.errors for box in (self.verdict, self.reason, *self.words.values(), *self.others.values()))

    @property
    def decision(self) -> Decision:
        """What was said, as it was typed."""
        verdict, reason = self.verdict.data, self.reason.data
        return Decision(
            Verdict(verdict) if verdict in list(Verdict) else None,
            reason if reason in list(Reason) else "",
            Bilingual(**{code: box.data or "" for code, box in self.words.items()}),
            self._suggestion(),
        )

    def _suggestion(self) -> Any:
        """Other words than the author's; None when nothing was changed."""
        typed = {code: box.data or "" for code, box in self.others.items()}
        theirs = {code: _tidied(self.change.now[code] if code else self.change.now) for code in typed}
        if typed == theirs:
            return None
        return typed.get("", typed)


def _tidied(value: str) -> str:
    return tidy(value, lines=True)


class ReadingForm(Form):
    """What a moderator says of every field that changed; ``about`` makes one with its boxes."""

    read = HiddenField()
    changes: Sequence[Change] = ()
    language_written = "both"

    @classmethod
    def about(cls, changes: Sequence[Change], language_written: str) -> "ReadingForm":
        """A form for these changes.

        Args:
            language_written: in which their people are told.
        """
        boxes: dict[str, Any] = {"changes": changes, "language_written": language_written}
        for change in changes:
            boxes |= _boxes(change, language_written)
        found: ReadingForm = type(cls.__name__, (cls,), boxes)()
        return found

    @cached_property
    def parts(self) -> list[Part]:
        """What is said of each change, in its order."""
        return [
            Part(
                change,
                self[f"verdict-{_key(change)}"],
                self[f"reason-{_key(change)}"],
                {
                    code: self[f"words_{code}-{_key(change)}"]
                    for code in _own_first(languages_read(self.language_written))
                },
                {code: self[f"other_{code}-{_key(change)}"] for code in _codes(change)},
            )
            for change in self.changes
        ]

    @property
    def decisions(self) -> dict[str, Decision]:
        """The same by the names of fields."""
        return {part.change.field.name: part.decision for part in self.parts}

    def tell(self, problems: Mapping[str, WhyNot]) -> None:
        """Say beside the boxes what is missing."""
        for part in self.parts:
            problem = problems.get(part.change.field.name)
            if problem is None:
                continue
            sentence = f"{part.change.field.label}: {phrases.WHY_NOT[problem]}"
            for box in self._boxes_at_fault(part, problem):
                box.errors = [sentence]

    def _boxes_at_fault(self, part: Part, problem: WhyNot) -> list[Any]:
        if problem == WhyNot.WORDS_NEEDED:
            return [box for box in part.words.values() if not box.data]
        if problem == WhyNot.SUGGESTION_NEEDED and part.others:
            return [next(iter(part.others.values()))]
        return [part.reason if problem == WhyNot.REASON_NEEDED else part.verdict]


def _key(change: Change) -> str:
    return change.field.name.replace(":", "-")


def _codes(change: Change) -> tuple[str, ...]:
    """The languages in which other words can be suggested, the page's own first; an empty one for a text in none."""
    if not change.takes_suggestion:
        return ()
    return _own_first(("cy", "en")) if change.said_now.is_bilingual else ("",)


def _own_first(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The page's own language first."""
    return tuple(sorted(codes, key=lambda code: code != current_language()))


def _boxes(change: Change, language_written: str) -> dict[str, Any]:
    """Each label says of which field it is: a page has many boxes alike."""
    key, label = _key(change), change.field.label
    verdicts = [one for one in Verdict if one != Verdict.SUGGESTED or change.takes_suggestion]

    def named(words: object) -> str:
        return f"{words}: {label}"

    boxes: dict[str, Any] = {
        f"verdict-{key}": RadioField(
            named(_("Your decision")),
            choices=options({one: phrases.DECIDE[one] for one in verdicts}),
            default=Verdict.ACCEPTED.value,
            validate_choice=False,
        )
    }
    for code in _codes(change):
        theirs = change.now[code] if code else change.now
        kind: Any = TextAreaField if code else StringField
        if "\n" in theirs:
            kind = TextAreaField
        boxes[f"other_{code}-{key}"] = kind(
            named(OTHER_WORDS[code]),
            default=theirs,
            filters=[many_lines if kind is TextAreaField else one_line],
            validators=[AtMost(LONGEST_SUGGESTION, named(_("This must be 5,000 characters or fewer")))],
        )
    # Radio buttons, all in sight once a field is returned: it takes two clicks, and a list to open would take three.
    has_picture = change.said_now.picture or change.said_before.picture
    reasons = {str(one): said for one, said in phrases.REASON.items() if one != Reason.PICTURE or has_picture}
    boxes[f"reason-{key}"] = RadioField(
        named(_("The reason")),
        choices=options({"": _l("No ready reason"), **reasons}),
        default="",
        validate_choice=False,
    )
    for code in _own_first(languages_read(language_written)):
        boxes[f"words_{code}-{key}"] = TextAreaField(
            named(OWN_WORDS[code]),
            filters=[many_lines],
            validators=[AtMost(LONGEST_REASON, named(_("This must be 2,000 characters or fewer")))],
        )
    return boxes


class RestoreForm(Form):
    """Why an earlier version is published again."""

    reason = TextAreaField(
        _l("Why do you restore this version?"),
        description=_l("The people of the entry are told. Write in their language."),
        filters=[many_lines],
        validators=[
            Needed(_l("Write why you restore this version")),
            AtMost(LONGEST_REASON, _l("The reason must be 2,000 characters or fewer")),
        ],
    )


class NoteForm(Form):
    """Something for other moderators to know."""

    words = TextAreaField(
        _l("A note for moderators"),
        description=_l("Only moderators see it, and whoever asks for all that we keep about them."),
        filters=[many_lines],
        validators=[
            Needed(_l("Write the note")),
            AtMost(LONGEST_NOTE, _l("A note must be 2,000 characters or fewer")),
        ],
    )
