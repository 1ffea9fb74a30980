"""The states of a change that waits to be read, what a moderator can say of each part of it, and what we promise to
those who wait: as plain Python."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from statistics import median
from typing import Any

from dateutil.easter import easter

from c4s.core.errors import Refused

PROMISE = 5
"""Working days within which we promise to read what is submitted."""
TAKEN_FOR = timedelta(minutes=30)
"""How long a change is a moderator's who has taken it up."""
PROMISE_PERIOD = timedelta(days=90)
"""How far back we look when we say how long decisions took."""


class RevisionState(StrEnum):
    """Where one version of something has got to."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    """Frozen: to change it, its author withdraws it."""
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    """Was published until a later one was."""
    RETURNED = "returned"
    """At least one field was not accepted; those that were are in a published version, the rest in a new draft."""
    WITHDRAWN = "withdrawn"
    """Its author took it back, or threw a draft away; of such a draft nothing is kept."""


OPEN = (RevisionState.DRAFT, RevisionState.SUBMITTED)
"""One thing has at most one such version, and the database keeps it so."""


class Step(StrEnum):
    """What can happen to a version."""

    SAVE = "save"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    DISCARD = "discard"
    PUBLISH = "publish"
    RETURN = "return"
    SUPERSEDE = "supersede"


MOVES: Mapping[tuple[RevisionState, Step], RevisionState] = {
    (RevisionState.DRAFT, Step.SAVE): RevisionState.DRAFT,
    (RevisionState.DRAFT, Step.SUBMIT): RevisionState.SUBMITTED,
    (RevisionState.DRAFT, Step.DISCARD): RevisionState.WITHDRAWN,
    (RevisionState.SUBMITTED, Step.WITHDRAW): RevisionState.WITHDRAWN,
    (RevisionState.SUBMITTED, Step.PUBLISH): RevisionState.PUBLISHED,
    (RevisionState.SUBMITTED, Step.RETURN): RevisionState.RETURNED,
    (RevisionState.PUBLISHED, Step.SUPERSEDE): RevisionState.SUPERSEDED,
}
"""The only moves there are."""


class Verdict(StrEnum):
    """What a moderator says of one field."""

    ACCEPTED = "accepted"
    SUGGESTED = "suggested"
    """Returned, with other words that the author can take with one press."""
    RETURNED = "returned"


class Reason(StrEnum):
    """Reasons that are given often; ``phrases`` says each in both languages."""

    UNCLEAR = "unclear"
    SPELLING = "spelling"
    LANGUAGES_DIFFER = "languages_differ"
    WRONG_BOX = "wrong_box"
    NOT_SHOWN = "not_shown"
    PERSONAL = "personal"
    TOO_GRAND = "too_grand"
    ABOUT_OTHERS = "about_others"
    NOT_LOCAL = "not_local"
    PICTURE = "picture"


class Did(StrEnum):
    """What the trail says was done."""

    BEGAN = "revision.began"
    SUBMITTED = "revision.submitted"
    WITHDREW = "revision.withdrew"
    ENTERED = "revision.entered"
    """A member of staff wrote some of it down at the word of its author."""
    DISCARDED = "revision.discarded"
    TOOK_SUGGESTION = "revision.took_suggestion"
    LOOKED = "revision.looked"
    TOOK = "revision.took"
    LET_GO = "revision.let_go"
    PUBLISHED = "revision.published"
    RETURNED = "revision.returned"
    CHANGED_BY_STAFF = "revision.changed_by_staff"
    RESTORED = "revision.restored"
    NOTED = "revision.noted"
    WATCHED = "revision.watched"
    STOPPED_WATCHING = "revision.stopped_watching"


class WhyNot(StrEnum):
    """Why something cannot be done with a version, or with what a moderator says of it."""

    NO_SUCH_VERSION = "no_such_version"
    SUBMITTED = "submitted"
    NOT_THIS_STATE = "not_this_state"
    NOTHING_CHANGED = "nothing_changed"
    INCOMPLETE = "incomplete"
    NOTHING_SUGGESTED = "nothing_suggested"
    TAKEN = "taken"
    ALREADY_DECIDED = "already_decided"
    TAKEN_BACK = "taken_back"
    ONES_OWN = "ones_own"
    ENTERED_IT = "entered_it"
    """They wrote some of it down for somebody, or registered its author, who may not be there at all."""
    NEEDS_ANOTHER = "needs_another"
    CHANGED_MEANWHILE = "changed_meanwhile"
    UNDECIDED = "undecided"
    REASON_NEEDED = "reason_needed"
    WORDS_NEEDED = "words_needed"
    SUGGESTION_NEEDED = "suggestion_needed"
    SAID_TWICE = "said_twice"


def after(state: RevisionState, step: Step) -> RevisionState:
    """Where a version is after a step.

    Raises:
        Refused: ``NOT_THIS_STATE``, with the ``state``; ``SUBMITTED`` when it is frozen.
    """
    found = MOVES.get((state, step))
    if found is None:
        is_frozen = state == RevisionState.SUBMITTED
        raise Refused(WhyNot.SUBMITTED if is_frozen else WhyNot.NOT_THIS_STATE, state=state)
    return found


def is_taken(reader_id: int | None, by_id: int, taken_for: timedelta | None) -> bool:
    """Whether a change is another moderator's at this moment.

    Args:
        taken_for: how long ago it was taken up.
    """
    return reader_id is not None and reader_id != by_id and taken_for is not None and taken_for < TAKEN_FOR


def may_moderate(*, is_ones_own: bool, has_entered_it: bool, has_right: bool) -> None:
    """Let a moderator decide who has nothing to do with the thing, and knows what its fields ask for.

    Args:
        has_entered_it: as ``ENTERED_IT`` says.

    Raises:
        Refused: ``ONES_OWN``, ``ENTERED_IT`` or ``NEEDS_ANOTHER``.
    """
    if is_ones_own:
        raise Refused(WhyNot.ONES_OWN)
    if has_entered_it:
        raise Refused(WhyNot.ENTERED_IT)
    if not has_right:
        raise Refused(WhyNot.NEEDS_ANOTHER)


def problem_with(
    verdict: Verdict | None,
    *,
    has_reason: bool,
    has_words: bool,
    unsaid: Collection[str],
    has_suggestion: bool,
) -> WhyNot | None:
    """What is missing in what a moderator says of one field, if anything.

    Args:
        has_reason: a ready reason was picked.
        has_words: they wrote something of their own.
        unsaid: the languages, among those of the people who are told, in which they wrote nothing.
        has_suggestion: they wrote other words than the author's.
    """
    if verdict is None:
        return WhyNot.UNDECIDED
    if verdict == Verdict.ACCEPTED:
        # Whoever wrote a reason meant something else: it is asked, and not published.
        return WhyNot.SAID_TWICE if has_reason or has_words or has_suggestion else None
    if verdict == Verdict.SUGGESTED and not has_suggestion:
        return WhyNot.SUGGESTION_NEEDED
    if verdict == Verdict.RETURNED and has_suggestion:
        return WhyNot.SAID_TWICE
    if has_words and unsaid:
        return WhyNot.WORDS_NEEDED
    # Other words say by themselves what was wrong with the first.
    return None if has_reason or has_words or has_suggestion else WhyNot.REASON_NEEDED


def is_empty(value: Any) -> bool:
    """Whether there is nothing in a value: no word, number, yes or member, however deep."""
    if isinstance(value, Mapping):
        return all(is_empty(one) for one in value.values())
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Sequence):
        return all(is_empty(one) for one in value)
    return value is None or value is False


def language_of(changed: Collection[str]) -> str:
    """In which language a moderator reads a change: ``both`` when it is in both, or only in figures and names.

    Args:
        changed: the languages in which words changed.
    """
    return "both" if len(set(changed)) != 1 else next(iter(changed))


# ---- What we promise ----


def bank_holidays(year: int) -> set[date]:
    """The days of a year on which offices in Wales are closed, beside Saturdays and Sundays."""
    first_of_may, sunday = date(year, 5, 1), easter(year)
    days = {
        sunday - timedelta(days=2),
        sunday + timedelta(days=1),
        first_of_may + timedelta(days=-first_of_may.weekday() % 7),
        _last_monday(year, 5),
        _last_monday(year, 8),
    }
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while fixed.weekday() >= 5 or fixed in days:  # one that falls on a free day is kept on the next other day
            fixed += timedelta(days=1)
        days.add(fixed)
    return days


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=last.weekday())


@lru_cache(maxsize=1_000)  # hundreds of things wait since the same few days
def promised(day: date) -> date:
    """By which day we promise to have read what is submitted on a day."""
    left = PROMISE
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5 and day not in bank_holidays(day.year)
    return day


def is_late(submitted: date, until: date) -> bool:
    """Whether what was submitted on one day was read later than we promise, or still waits, on another."""
    return until > promised(submitted)


@dataclass(frozen=True)
class Spell:
    """How long several things waited, or have been waiting.

    Attributes:
        number: of the things.
        median: None when there are none, like ``longest``.
        late: how many of them waited longer than we promise, or have.
    """

    number: int
    median: timedelta | None
    longest: timedelta | None
    late: int = 0


def spell(ages: Sequence[timedelta], late: int = 0) -> Spell:
    """How long it was, or has been, in the middle and at most."""
    seconds = [age.total_seconds() for age in ages]
    middle = timedelta(seconds=round(median(seconds))) if seconds else None
    return Spell(len(seconds), middle, max(ages) if ages else None, late)
