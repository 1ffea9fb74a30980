"""Which rules apply to whom: questions with answers, and what they lead to. Decisions as plain Python.

The guide says what there is and whom to ask. It never says what somebody should do.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

REVIEW_AFTER = timedelta(days=365)
"""How long a rule stands before somebody has to hold it against its source again."""
LANGUAGES = ("cy", "en")

Words = Mapping[str, str]
"""A text, by language."""


class Did(StrEnum):
    """What the trail says was done with the checklist of a business."""

    KEPT = "guide.kept"
    TICKED = "guide.ticked"
    FORGOT = "guide.forgot"


class WhyNot(StrEnum):
    """Why something cannot be done with a checklist."""

    NOT_FINISHED = "not_finished"
    NO_SUCH_LIST = "no_such_list"


class WrongGuide(Exception):
    """The file contradicts itself; the message says where."""


@dataclass(frozen=True)
class Answer:
    """One answer to a question.

    Attributes:
        rules: keys of the rules that it leads to.
        leads: the key of the next question; empty when there is none.
    """

    key: str
    text: Words
    rules: Sequence[str]
    leads: str


@dataclass(frozen=True)
class Question:
    """One question, on a page of its own."""

    key: str
    text: Words
    hint: Words
    answers: Sequence[Answer]

    def answer(self, key: str) -> Answer | None:
        """The answer with this key; None for anything else."""
        return next((one for one in self.answers if one.key == key), None)


@dataclass(frozen=True)
class Rule:
    """One rule, as its source said it on the day of its review.

    Attributes:
        version: rises whenever what it says changes.
        source: the name of who says so.
        link: where they say it, by language.
    """

    key: str
    version: int
    reviewed: date
    title: Words
    text: Words
    source: Words
    link: Words

    @property
    def review_due(self) -> date:
        """From this day on somebody must hold it against its source again."""
        return self.reviewed + REVIEW_AFTER


@dataclass(frozen=True)
class Guide:
    """All questions and all rules; the first question is the first in the file.

    Attributes:
        always: keys of the rules that everybody's list has.
    """

    questions: Mapping[str, Question]
    rules: Mapping[str, Rule]
    always: Sequence[str]

    @property
    def first(self) -> Question:
        return next(iter(self.questions.values()))

    @property
    def reviewed(self) -> date:
        """The day of the oldest review."""
        return min(rule.reviewed for rule in self.rules.values())


@dataclass(frozen=True)
class Walk:
    """How far somebody's answers lead.

    Attributes:
        steps: the questions on their way, each with their answer.
        asks: the next question; None when there is none left.
    """

    steps: Sequence[tuple[Question, Answer]]
    asks: Question | None

    @property
    def given(self) -> dict[str, str]:
        """The answers that count, by question."""
        return {question.key: answer.key for question, answer in self.steps}

    @property
    def before(self) -> dict[str, str]:
        """The answers without the last."""
        return {question.key: answer.key for question, answer in self.steps[:-1]}


def walk(guide: Guide, given: Mapping[str, str]) -> Walk:
    """Follow answers from the first question on, as far as they lead. What is beside the way is left out."""
    steps: list[tuple[Question, Answer]] = []
    asks: Question | None = guide.first
    while asks is not None:
        answer = asks.answer(given.get(asks.key, ""))
        if answer is None:
            break
        steps.append((asks, answer))
        asks = guide.questions[answer.leads] if answer.leads else None
    return Walk(steps, asks)


def most_questions(guide: Guide, walked: Walk) -> int:
    """How many questions there are, those answered and those to come, on the longest way on from some answers."""
    known: dict[str, int] = {}

    def most_from(question: Question) -> int:
        if question.key not in known:
            leads = {answer.leads for answer in question.answers} - {""}
            known[question.key] = 1 + max((most_from(guide.questions[key]) for key in leads), default=0)
        return known[question.key]

    return len(walked.steps) + (most_from(walked.asks) if walked.asks else 0)


def rules_of(guide: Guide, walked: Walk) -> list[Rule]:
    """The rules that answers lead to, and those that everybody has, in the order of the file."""
    wanted = {key for _, answer in walked.steps for key in answer.rules} | set(guide.always)
    return [rule for rule in guide.rules.values() if rule.key in wanted]


def is_changed(rule: Rule, version: int) -> bool:
    """Whether a rule says something else than when somebody ticked it, or kept it on their list."""
    return rule.version != version


def due_for_review(guide: Guide, today: date) -> list[Rule]:
    """Rules that nobody has held against their source for too long, the oldest first."""
    return sorted((rule for rule in guide.rules.values() if rule.review_due <= today), key=lambda rule: rule.reviewed)


# ---- Reading the file ----


def read(text: str) -> Guide:
    """The guide in a file.

    Raises:
        WrongGuide: it lacks something, or contradicts itself; a question or a rule that no answer leads to, and a way
            that does not end, count as well.
    """
    try:
        found = tomllib.loads(text)
        questions = [_question(one) for one in found["question"]]
        rules = [_rule(one) for one in found["rule"]]
        guide = Guide(_by_key(questions), _by_key(rules), tuple(found["always"]))
    except (KeyError, TypeError, ValueError, tomllib.TOMLDecodeError) as problem:
        raise WrongGuide(repr(problem)) from problem
    _check(guide)
    return guide


def _question(one: Mapping[str, Any]) -> Question:
    answers = [
        Answer(answer["key"], _words(answer, "text"), tuple(answer.get("rules", ())), answer.get("leads", ""))
        for answer in one["answer"]
    ]
    if len({answer.key for answer in answers}) < len(answers) or len(answers) < 2:
        raise WrongGuide(f"{one['key']}: it needs two answers or more, each with a key of its own")
    return Question(one["key"], _words(one, "text"), _words(one, "hint"), answers)


def _rule(one: Mapping[str, Any]) -> Rule:
    link = {"en": one["link"], "cy": one.get("link_welsh", one["link"])}
    if not all(address.startswith("https://") for address in link.values()):
        raise WrongGuide(f"{one['key']}: its source has no address")
    if type(one["version"]) is not int or type(one["reviewed"]) is not date:
        raise WrongGuide(f"{one['key']}: it needs a number for its version and a day for its review")
    return Rule(
        one["key"],
        one["version"],
        one["reviewed"],
        _words(one, "title"),
        _words(one, "text"),
        _words(one, "source"),
        link,
    )


def _words(one: Mapping[str, Any], name: str) -> Words:
    words = {language: one.get(f"{name}_{language}", "") for language in LANGUAGES}
    if not all(words.values()):
        raise WrongGuide(f"{one['key']}: {name} is not in both languages")
    return words


def _by_key(things: Iterable[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in things:
        if one.key in found:
            raise WrongGuide(f"twice the same key: {one.key}")
        found[one.key] = one
    if not found:
        raise WrongGuide("there are no questions, or no rules")
    return found


def _check(guide: Guide) -> None:
    answers = [(question.key, answer) for question in guide.questions.values() for answer in question.answers]
    for key, answer in answers:
        if answer.leads and answer.leads not in guide.questions:
            raise WrongGuide(f"{key}: {answer.key} leads to {answer.leads}, which is no question")
    used = {rule for _, answer in answers for rule in answer.rules} | set(guide.always)
    if used != set(guide.rules):
        raise WrongGuide(f"rules that are not there, or that nothing leads to: {sorted(used ^ set(guide.rules))}")
    reached: set[str] = set()
    _follow(guide, guide.first, (), reached)
    if reached != set(guide.questions):
        raise WrongGuide(f"questions that nothing leads to: {sorted(set(guide.questions) - reached)}")


def _follow(guide: Guide, question: Question, way: tuple[str, ...], reached: set[str]) -> None:
    if question.key in way:
        raise WrongGuide(f"{question.key}: the way comes back to it")
    reached.add(question.key)
    for leads in {answer.leads for answer in question.answers} - {""}:
        _follow(guide, guide.questions[leads], (*way, question.key), reached)
