"""Every member of every list that people see has words, in both languages."""

import ast
import importlib
from enum import StrEnum

import pytest

from c4s.accounts import phrases as accounts
from c4s.accounts import rules as accounts_rules
from c4s.attendance import phrases as attendance
from c4s.attendance import rules as attendance_rules
from c4s.audit import trail
from c4s.audit import words as trail_words
from c4s.backoffice import phrases as desk
from c4s.backoffice import waiting
from c4s.businesses import phrases as businesses
from c4s.businesses import rules as businesses_rules
from c4s.buyers import phrases as buyers
from c4s.buyers import rules as buyers_rules
from c4s.cases import phrases as cases
from c4s.cases import rules as cases_rules
from c4s.core.config import ROOT
from c4s.core.once import NotAgain
from c4s.core.throttle import TooMany
from c4s.directory import phrases as directory
from c4s.directory import picturing
from c4s.directory import rules as directory_rules
from c4s.entries import phrases as entries
from c4s.entries import rules as entries_rules
from c4s.events import phrases as events
from c4s.events import rules as events_rules
from c4s.feedback import phrases as feedback
from c4s.feedback import rules as feedback_rules
from c4s.freshness import phrases as freshness
from c4s.freshness import rules as freshness_rules
from c4s.guide import phrases as guide
from c4s.guide import rules as guide_rules
from c4s.i18n.catalogues import KEYWORDS
from c4s.i18n.languages import LANGUAGES, speaking
from c4s.mail import phrases as mail
from c4s.mail import rules as mail_rules
from c4s.mail.models import Channel
from c4s.moderation import phrases as moderation
from c4s.moderation import rules as moderation_rules
from c4s.news import phrases as news
from c4s.news import rules as news_rules
from c4s.on_behalf import phrases as on_behalf
from c4s.on_behalf import rules as on_behalf_rules
from c4s.open_data import phrases as open_data
from c4s.open_data import rules as open_data_rules
from c4s.pages import forms as pages
from c4s.profiles import phrases as profiles
from c4s.profiles import pieces_phrases, pieces_rules
from c4s.profiles import rules as profiles_rules
from c4s.programme import phrases as programme
from c4s.programme import reading
from c4s.programme import rules as programme_rules
from c4s.quality import phrases as quality
from c4s.quality import rules as quality_rules
from c4s.reports import phrases as reports
from c4s.reports import rules as reports_rules
from c4s.shortlists import phrases as shortlists
from c4s.shortlists import rules as shortlists_rules
from c4s.sign_ups import phrases as sign_ups
from c4s.sign_ups import rules as sign_ups_rules
from c4s.speed_networking import checker
from c4s.speed_networking import phrases as speed_networking
from c4s.speed_networking import rules as speed_networking_rules
from c4s.takedowns import phrases as takedowns
from c4s.takedowns import rules as takedowns_rules
from c4s.translations import phrases as translations
from c4s.translations import rules as translations_rules
from c4s.web import errors, jinja, messages

pytestmark = pytest.mark.either_database

SAID = {
    accounts_rules.PersonState: accounts.STATE,
    accounts_rules.Lane: accounts.LANE,
    accounts_rules.WhyNot: accounts.WHY_NOT,
    accounts_rules.Did: accounts.DID,
    businesses_rules.BusinessKind: businesses.KIND,
    businesses_rules.MemberRole: businesses.ROLE,
    businesses_rules.WhyNot: businesses.WHY_NOT,
    businesses_rules.Did: businesses.DID,
    directory_rules.ClaimState: directory.CLAIM_STATE,
    directory_rules.WhyNot: directory.WHY_NOT,
    directory_rules.Did: directory.DID,
    directory_rules.LegalForm: directory.LEGAL_FORMS,
    directory_rules.SizeBand: directory.SIZES,
    directory_rules.SupplierStatus: directory.STATUSES,
    directory_rules.Capacity: pieces_phrases.CAPACITY,
    directory_rules.PictureRole: pieces_phrases.ROLE,
    directory_rules.JointWorkState: pieces_phrases.JOINT_STATE,
    picturing.Unfit: picturing.WORDS,
    profiles_rules.Section: profiles.SECTION,
    profiles_rules.SectionState: profiles.SECTION_STATE,
    profiles_rules.WhyNot: profiles.WHY_NOT,
    profiles_rules.Did: profiles.DID,
    profiles_rules.Outcome: profiles.OUTCOME,
    pieces_rules.WhyNot: pieces_phrases.WHY_NOT,
    pieces_rules.Did: pieces_phrases.DID,
    pieces_rules.Outcome: pieces_phrases.SAVED,
    entries_rules.Standing: entries.STANDING,
    entries_rules.WhyNot: entries.WHY_NOT,
    entries_rules.Did: entries.DID,
    takedowns_rules.Ground: takedowns.GROUND,
    takedowns_rules.Outcome: takedowns.OUTCOME_OF,
    takedowns_rules.WhyNot: takedowns.WHY_NOT,
    takedowns_rules.Did: takedowns.DID,
    translations_rules.WishState: translations.STATE,
    translations_rules.WhyNot: translations.WHY_NOT,
    translations_rules.Did: translations.DID,
    attendance_rules.WhyNot: attendance.WHY_NOT,
    attendance_rules.Did: attendance.DID,
    feedback_rules.WhyNot: feedback.WHY_NOT,
    feedback_rules.Did: feedback.DID,
    feedback_rules.Useful: feedback.USEFUL,
    feedback_rules.Pace: feedback.PACE,
    feedback_rules.Welcome: feedback.WELCOME,
    sign_ups_rules.Shown: sign_ups.SHOWN,
    sign_ups_rules.Audience: sign_ups.AUDIENCE,
    shortlists_rules.WhyNot: shortlists.WHY_NOT,
    sign_ups_rules.WhyNot: sign_ups.WHY_NOT,
    sign_ups_rules.Did: sign_ups.DID,
    programme_rules.Lack: programme.LACK,
    programme_rules.WhyNot: programme.WHY_NOT,
    programme_rules.Every: programme.EVERY,
    programme_rules.Did: programme.DID,
    reading.Why: reading.WORDS,
    speed_networking_rules.Presence: speed_networking.PRESENCE,
    speed_networking_rules.WhyNot: speed_networking.WHY_NOT,
    speed_networking_rules.Did: speed_networking.DID,
    checker.Rule: speed_networking.RULE,
    events_rules.EventKind: events.KIND,
    events_rules.EventState: events.EVENT_STATE,
    events_rules.DeliveryLanguage: events.DELIVERY,
    events_rules.HeldIn: events.HELD_IN,
    events_rules.MaterialsLanguage: events.MATERIALS,
    events_rules.BookingState: events.BOOKING_STATE,
    events_rules.WhyNot: events.WHY_NOT,
    events_rules.Did: events.DID,
    Channel: mail.CHANNEL,
    accounts_rules.CameBy: accounts.CAME_BY,
    mail_rules.Did: mail.DID,
    mail_rules.Trouble: mail.TROUBLE,
    trail.Actor: trail_words.ACTOR,
    trail.Did: trail_words.DID,
    waiting.Due: desk.DUE,
    buyers_rules.RequestState: buyers.STATE,
    buyers_rules.Ready: buyers.READY,
    buyers_rules.WhyNot: buyers.WHY_NOT,
    buyers_rules.Did: buyers.DID,
    cases_rules.CaseKind: cases.KIND,
    cases_rules.CaseState: cases.STATE,
    cases_rules.WhyNot: cases.WHY_NOT,
    cases_rules.Did: cases.DID,
    moderation_rules.RevisionState: moderation.STATE,
    moderation_rules.Verdict: moderation.VERDICT,
    moderation_rules.Reason: moderation.REASON,
    moderation_rules.WhyNot: moderation.WHY_NOT,
    moderation_rules.Did: moderation.DID,
    quality_rules.FactKind: quality.KIND,
    quality_rules.FactStanding: quality.STANDING,
    quality_rules.DbsLevel: quality.LEVEL,
    quality_rules.WhyNot: quality.WHY_NOT,
    quality_rules.Did: quality.DID,
    freshness_rules.Stage: freshness.STAGE,
    freshness_rules.Shown: freshness.SHOWN,
    freshness_rules.Heard: freshness.HEARD,
    freshness_rules.WhyNot: freshness.WHY_NOT,
    freshness_rules.Did: freshness.DID,
    reports_rules.ReportKind: reports.KIND,
    reports_rules.ReportState: reports.STATE,
    reports_rules.Outcome: reports.OUTCOME_OF,
    reports_rules.WhyNot: reports.WHY_NOT,
    reports_rules.Did: reports.DID,
    guide_rules.WhyNot: guide.WHY_NOT,
    guide_rules.Did: guide.DID,
    on_behalf_rules.Deed: on_behalf.DEED,
    on_behalf_rules.Did: on_behalf.DID,
    on_behalf_rules.Outcome: on_behalf.OUTCOME,
    on_behalf_rules.WhyNot: on_behalf.WHY_NOT,
    open_data_rules.Why: open_data.WHY,
    news_rules.Letter: news.LETTER,
    news_rules.Did: news.DID,
}
"""Which words say the members of which list."""
NOT_SAID = {
    *"By Claim Did Likeness LetterState Actor RejectReason RemarkKind".split(),
    *"Unreadable Format Gone Method Purpose Right Who".split(),
    *"Side WishKind Fault ReminderKind Step".split(),
}
"""Codes for the trail, the outbox, calendars and importers: only people who run commands see them. Sides have
names that staff give."""


def words_of(said: object) -> list[str]:
    """Everything that one entry of a ``phrases`` table says: a phrase, or a heading and its advice."""
    return [str(one) for one in said] if isinstance(said, tuple) else [str(said)]


def every_enum() -> list[type[StrEnum]]:
    """Every list of codes in the project."""
    found = []
    for file in sorted((ROOT / "c4s").rglob("*.py")):
        if "migrations" in file.parts:
            continue
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        classes = [node for node in ast.parse(file.read_text()).body if isinstance(node, ast.ClassDef)]
        for node in classes:
            if any(isinstance(base, ast.Name) and base.id == "StrEnum" for base in node.bases):
                found.append(getattr(importlib.import_module(name), node.name))
    return found


def test_every_list_is_either_said_or_known_to_be_for_machines():
    refusals = {TooMany, NotAgain}
    unknown = [
        f"{kind.__module__}.{kind.__name__}"
        for kind in every_enum()
        if kind not in SAID and kind not in refusals and kind.__name__ not in NOT_SAID
    ]
    assert unknown == []


@pytest.mark.parametrize("kind", SAID, ids=lambda kind: kind.__name__)
def test_every_member_has_words_in_both_languages(site, kind):
    assert list(SAID[kind]) == list(kind)
    for member in kind:
        said = {}
        for code in LANGUAGES:
            with speaking(code):
                said[code] = words_of(SAID[kind][member])
        assert all(said["cy"]) and all(said["en"])
        assert [one for one in said["cy"] if one in said["en"]] == []


@pytest.mark.parametrize("kind", SAID, ids=lambda kind: kind.__name__)
def test_no_two_members_are_called_the_same(site, language, kind):
    with speaking(language):
        said = [tuple(words_of(one)) for one in SAID[kind].values()]
    assert len(set(said)) == len(said)


def test_every_refusal_of_a_message_has_words():
    """That there were too many is said by the form itself, and tested there."""
    assert set(messages.WHY_NOT) == set(NotAgain)


@pytest.mark.parametrize(
    "table",
    [
        messages.WHY_NOT,
        directory.KINDS,
        directory.LANGUAGES,
        directory.SORTS,
        directory.OUTCOME,
        speed_networking.OUTCOME,
        directory.TRAIL_KIND,
        directory.TEAM_LANGUAGES,
        profiles.GROUP,
        profiles.FIELD,
        profiles.HINT,
        profiles.IN_LANGUAGE,
        profiles.ONLY_IN,
        profiles.IS_SO,
        profiles.YES_OR_NO,
        profiles.MISSING,
        pieces_phrases.OUTCOME,
        pieces_phrases.TRAIL_KIND,
        pieces_phrases.JOINT_ANSWER,
        pieces_phrases.TEXT,
        pieces_phrases.HINT,
        pieces_phrases.PRESS,
        businesses.KIND_OF,
        businesses.ROLE_MEANS,
        businesses.OUTCOME,
        businesses.TRAIL_KIND,
        accounts.ROLE,
        accounts.OUTCOME,
        accounts.STAFF_OUTCOME,
        accounts.HOURS,
        accounts.KIND,
        mail.OUTCOME,
        mail.QUEUE,
        mail.KIND,
        trail_words.KIND,
        events.KIND_OF_THING,
        mail.WRITTEN,
        mail.SPOKEN,
        events.OUTCOME,
        pages.SUBJECTS,
        entries.CLAIM,
        entries.OUTCOME,
        entries.TRAIL_KIND,
        moderation.DECIDE,
        moderation.LANGUAGE,
        moderation.OUTCOME,
        moderation.TRAIL_KIND,
        takedowns.OUTCOME,
        translations.INTO,
        translations.OUTCOME,
        translations.TRAIL_KIND,
        buyers.OUTCOME,
        cases.SHORT,
        cases.OUTCOME,
        freshness.OUTCOME,
        freshness.TRAIL_KIND,
        reports.OUTCOME,
        reports.TRAIL_KIND,
        news.OUTCOME,
        on_behalf.ANSWER,
        on_behalf.IS_SO,
        jinja.TITLES,
        errors.WORDS,
    ],
    ids=[
        "messages",
        "kinds",
        "languages",
        "sorts",
        "directory: outcome",
        "speed networking: outcome",
        "directory: trail",
        "team languages",
        "profiles: groups",
        "profiles: fields",
        "profiles: hints",
        "profiles: in a language",
        "profiles: in one language",
        "profiles: ticks",
        "profiles: yes or no",
        "profiles: missing",
        "pieces: outcome",
        "pieces: trail",
        "pieces: answers",
        "pieces: texts",
        "pieces: hints",
        "pieces: buttons",
        "businesses: kinds",
        "businesses: roles",
        "businesses: outcome",
        "businesses: trail",
        "roles",
        "accounts: outcome",
        "accounts: outcome for staff",
        "accounts: hours",
        "accounts: kinds",
        "mail: outcome",
        "mail: queues",
        "mail: kinds",
        "trail: kinds",
        "events: kinds",
        "written",
        "spoken",
        "outcome",
        "subjects",
        "entries: claims",
        "entries: outcome",
        "entries: trail",
        "moderation: decisions",
        "moderation: languages",
        "moderation: outcome",
        "moderation: trail",
        "takedowns: outcome",
        "translations: into",
        "translations: outcome",
        "translations: trail",
        "buyers: outcome",
        "cases: short",
        "cases: outcome",
        "freshness: outcome",
        "freshness: trail",
        "reports: outcome",
        "reports: trail",
        "news: outcome",
        "on behalf: answers",
        "on behalf: whether it is so",
        "titles",
        "errors",
    ],
)
def test_every_choice_and_heading_is_said_in_both_languages(site, table):
    for said in table.values():
        with speaking("cy"):
            welsh = words_of(said)
        with speaking("en"):
            english = words_of(said)
        assert all(welsh) and all(english)
        assert [one for one in welsh if one in english] == []


def test_every_name_that_words_go_by_is_known_to_the_catalogues():
    """A sentence under an unknown name would never be translated, and nobody would be told."""
    names = set()
    for file in (ROOT / "c4s").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module in ("flask_babel", "c4s.i18n.speech"):
                names |= {alias.asname or alias.name for alias in node.names if "gettext" in alias.name}
    assert names - KEYWORDS.keys() == set()
