"""The list of a business: kept, ticked, changed rules, and nobody else's."""

from dataclasses import replace

import pytest

from c4s.audit.trail import history_of as history
from c4s.businesses import actions as businesses
from c4s.businesses import rules as businesses_rules
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.directory import queries as directory
from c4s.guide import actions, data, phrases, queries, rules
from c4s.guide.models import Checklist, ChecklistItem
from c4s.guide.rules import WhyNot
from tests.accounts.builders import a_person
from tests.businesses.builders import joined
from tests.conftest import NOW
from tests.guide.builders import ANSWERS, RULES, a_checklist, an_entry, keeps, kept, ticks


@pytest.fixture
def nia(site):
    return a_person("nia")


def versions(**changed):
    return {key: changed.get(key, rule.version) for key, rule in queries.guide().rules.items()}


def why_not(call, *args, **facts):
    with pytest.raises(Refused) as refusal:
        call(*args, **facts)
    db.session.rollback()
    return refusal.value.reason


def renewed(monkeypatch, key):
    """A rule says something else from now on."""
    guide = queries.guide()
    changed = {**guide.rules, key: replace(guide.rules[key], version=guide.rules[key].version + 1)}
    monkeypatch.setattr(queries, "guide", lambda: replace(guide, rules=changed))


def test_a_business_keeps_the_rules_that_its_answers_lead_to(nia):
    business, entry = an_entry(nia)
    actions.keep(business, entry, {**ANSWERS, "music": "yes", "colour": "red"}, by_id=nia.id)
    found = kept(business, entry)
    assert (found.answers, found.made_at, found.business_id) == (ANSWERS, NOW, business)
    assert ticks(business, entry) == dict.fromkeys(RULES, False)
    assert [one.action for one in history("supplier", entry)][-1] == "guide.kept"


def test_a_list_is_kept_only_once_every_question_is_answered(nia):
    business, entry = an_entry(nia)
    some = {key: value for key, value in ANSWERS.items() if key != "food"}
    assert why_not(actions.keep, business, entry, some, by_id=nia.id) == WhyNot.NOT_FINISHED
    assert kept(business, entry) is None


def test_ticks_are_dated_and_can_be_taken_back(nia):
    business, entry = a_checklist(nia)
    actions.tick(business, entry, {"dbs", "welsh", "vat"}, versions(), by_id=nia.id)
    assert {key for key, done in ticks(business, entry).items() if done} == {"dbs", "welsh"}
    days = {line.rule.key: line.done_on for line in queries.lines(kept(business, entry))}
    assert days["dbs"] == NOW.date()
    actions.tick(business, entry, {"dbs"}, versions(), by_id=nia.id)
    assert {key for key, done in ticks(business, entry).items() if done} == {"dbs"}
    assert [one.action for one in history("supplier", entry)].count("guide.ticked") == 2
    actions.tick(business, entry, {"dbs"}, versions(), by_id=nia.id)
    assert [one.action for one in history("supplier", entry)].count("guide.ticked") == 2


def test_what_the_page_did_not_show_keeps_its_tick(nia):
    business, entry = a_checklist(nia)
    actions.tick(business, entry, {"dbs"}, versions(), by_id=nia.id)
    actions.tick(business, entry, set(), {"welsh": 1}, by_id=nia.id)
    assert ticks(business, entry)["dbs"] is True


def test_answering_again_keeps_the_ticks_that_still_hold(nia):
    business, entry = a_checklist(nia)
    actions.tick(business, entry, {"dbs", "personal-care"}, versions(), by_id=nia.id)
    actions.keep(business, entry, {**ANSWERS, "care": "support", "turnover": "yes"}, by_id=nia.id)
    found = ticks(business, entry)
    assert (found["dbs"], found["vat"]) == (True, False)
    assert "personal-care" not in found
    assert (db.session.query(Checklist).count(), db.session.query(ChecklistItem).count()) == (1, len(RULES))


def test_a_rule_that_has_changed_says_so_until_it_is_read_again(nia, monkeypatch):
    business, entry = a_checklist(nia)
    actions.tick(business, entry, {"dbs", "welsh"}, versions(), by_id=nia.id)
    shown_before = versions()
    renewed(monkeypatch, "dbs")

    def changed():
        return [line.rule.key for line in queries.lines(kept(business, entry)) if line.is_changed]

    assert changed() == ["dbs"]
    actions.tick(business, entry, {"dbs", "welsh"}, shown_before, by_id=nia.id)
    assert changed() == ["dbs"]  # the page that they sent was older than the change
    actions.tick(business, entry, {"dbs", "welsh"}, versions(), by_id=nia.id)
    assert changed() == []
    assert ticks(business, entry)["dbs"] is True


def test_answering_again_takes_the_tick_from_a_rule_that_has_changed(nia, monkeypatch):
    business, entry = a_checklist(nia)
    actions.tick(business, entry, {"dbs", "welsh"}, versions(), by_id=nia.id)
    renewed(monkeypatch, "dbs")
    actions.keep(business, entry, ANSWERS, by_id=nia.id)
    found = ticks(business, entry)
    assert (found["dbs"], found["welsh"]) == (False, True)


def test_a_list_is_removed_with_its_ticks(nia):
    business, entry = a_checklist(nia)
    actions.forget(business, entry, by_id=nia.id)
    assert kept(business, entry) is None
    assert db.session.query(ChecklistItem).count() == 0
    assert why_not(actions.forget, business, entry, by_id=nia.id) == WhyNot.NO_SUCH_LIST
    assert why_not(actions.tick, business, entry, set(), {}, by_id=nia.id) == WhyNot.NO_SUCH_LIST


@pytest.mark.parametrize("deed", ["keep", "tick", "forget"])
def test_nobody_else_does_anything_with_a_list(nia, deed):
    business, entry = a_checklist(nia)
    mallory = a_person("mallory")
    theirs, their_entry = an_entry(mallory, "Arall")
    rest = {"keep": (ANSWERS,), "tick": ({"dbs"}, versions()), "forget": ()}[deed]
    call = getattr(actions, deed)
    assert why_not(call, business, entry, *rest, by_id=mallory.id) == businesses_rules.WhyNot.NOT_THERE
    assert why_not(call, theirs, entry, *rest, by_id=mallory.id) == WhyNot.NO_SUCH_LIST
    assert ticks(business, entry) == dict.fromkeys(RULES, False)
    assert kept(theirs, their_entry) is None


def test_an_editor_of_the_business_ticks_too(nia):
    business, entry = a_checklist(nia)
    elin = a_person("elin")
    joined(business, nia, elin)
    actions.tick(business, entry, {"dbs"}, versions(), by_id=elin.id)
    assert ticks(business, entry)["dbs"] is True


def test_a_business_that_keeps_the_entry_later_does_not_see_the_list(nia):
    business, entry = a_checklist(nia)
    elin = a_person("elin")
    other, _ = an_entry(elin, "Arall")
    keeps(other, entry)
    assert kept(other, entry) is None
    actions.keep(other, entry, {**ANSWERS, "care": "no"}, by_id=elin.id)
    assert "personal-care" not in ticks(other, entry)
    assert kept(business, entry) is None


def test_a_list_goes_with_its_business(nia):
    business, entry = a_checklist(nia)
    businesses.close(business, by_id=nia.id)
    db.session.rollback()
    assert db.session.query(Checklist).count() == db.session.query(ChecklistItem).count() == 0
    assert directory.supplier(entry) is not None


def test_the_task_list_says_how_far_a_business_has_got(nia, monkeypatch):
    business, entry = an_entry(nia)

    def state():
        db.session.rollback()
        return data.RULES.state(directory.supplier(entry))

    assert state() is phrases.NOT_BEGUN
    actions.keep(business, entry, ANSWERS, by_id=nia.id)
    assert state() is phrases.IN_PROGRESS
    actions.tick(business, entry, set(RULES), versions(), by_id=nia.id)
    assert state() is phrases.ALL_DONE
    renewed(monkeypatch, "dbs")
    assert state() is phrases.CHANGED


def test_a_rule_that_the_file_no_longer_has_leaves_the_list(nia, monkeypatch):
    business, entry = a_checklist(nia)
    guide = queries.guide()
    fewer = {key: rule for key, rule in guide.rules.items() if key != "dbs"}
    monkeypatch.setattr(queries, "guide", lambda: replace(guide, rules=fewer))
    assert "dbs" not in ticks(business, entry)
    assert rules.due_for_review(queries.guide(), NOW.date()) == []
