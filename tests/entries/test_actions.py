"""Networks are named in both languages, changed and ended: what changes, and what the trail says."""

import re
from datetime import timedelta

import pytest

from c4s.accounts.rules import WhyNot as NotNow
from c4s.audit import trail
from c4s.backoffice import commands
from c4s.core import changes
from c4s.core.db import db
from c4s.directory.filing import KIND
from c4s.entries import actions
from c4s.entries.rules import WhyNot
from c4s.i18n.bilingual import Bilingual
from c4s.search import queries as searching
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff
from tests.builders import a_supplier
from tests.conftest import NOW, at_once
from tests.entries.builders import ABOUT, NAME, a_network, again, put_in
from tests.refusals import why_not


@pytest.fixture
def sioned(site):
    return a_member_of_staff("sioned", Who.EDITOR)


def story_of(network_id):
    db.session.rollback()
    return [one.action.removeprefix("network.") for one in trail.history_of("network", network_id)]


def test_a_network_has_a_code_that_is_made_once_of_its_english_name(sioned):
    number = a_network(sioned)
    assert (again(number).code, again(number).name, again(number).about) == ("valley-food-network", NAME, ABOUT)
    other = Bilingual("Bwyd Da", "Good Food")
    actions.change_network(number, other, ABOUT, by_id=sioned.id)
    actions.change_network(number, other, ABOUT, by_id=sioned.id)
    assert (again(number).code, again(number).name) == ("valley-food-network", other)
    assert story_of(number) == ["named", "changed"]


def test_two_codes_are_never_the_same(sioned):
    names = [Bilingual(f"Enw {number}", words) for number, words in enumerate(("Café", "Cafe!", "美食", "面包"))]
    numbers = [a_network(sioned, Bilingual(f"Rhwydwaith {number}", "Valley")) for number in (1,)]
    actions.change_network(numbers[0], Bilingual("Arall", "Another"), ABOUT, by_id=sioned.id)
    numbers.append(a_network(sioned, Bilingual("Cwm", "Valley")))
    numbers += [a_network(sioned, name) for name in (names[0], names[2], names[3])]
    codes = [again(number).code for number in numbers]
    assert codes == ["valley", "valley-2", "cafe", "network", "network-2"]


def test_no_two_networks_have_the_same_name_however_it_is_written(sioned):
    number = a_network(sioned)
    same = Bilingual("Rhywbeth arall", "VALLEY FOOD-network")
    assert why_not(actions.name_network, same, ABOUT, by_id=sioned.id) == WhyNot.NAME_TAKEN
    other = a_network(sioned, Bilingual("Un", "One"))
    assert why_not(actions.change_network, other, NAME, ABOUT, by_id=sioned.id) == WhyNot.NAME_TAKEN
    actions.change_network(number, NAME, Bilingual("Arall.", "Other."), by_id=sioned.id)


def test_a_network_ends_and_may_begin_again(sioned):
    number = a_network(sioned)
    before = changes.version(changes.PAGES)
    actions.end_network(number, by_id=sioned.id)
    actions.end_network(number, by_id=sioned.id)
    assert again(number).ended_on == NOW.date()
    assert changes.version(changes.PAGES) > before
    actions.begin_again(number, by_id=sioned.id)
    assert again(number).ended_on is None
    assert story_of(number) == ["named", "ended", "began_again"]


def found(words):
    db.session.rollback()
    return [hit.record_id for hit in searching.find(searching.Question(KIND, words=words, language="en")).hits]


def test_members_are_found_by_a_new_name_in_a_minute_and_renaming_touches_none(site, sioned, monkeypatch, statements):
    number, members = a_network(sioned), [a_supplier(f"Siop {one}").id for one in range(5)]
    put_in(number, *members)
    del statements[:]
    actions.change_network(number, Bilingual("Cymdeithas Caws", "Cheese Society"), ABOUT, by_id=sioned.id)
    assert not [one for one in statements if re.match(r"(UPDATE|INSERT INTO|DELETE FROM) (supplier|search)", one)]
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    pieces, renew = [], actions.showing.renew
    monkeypatch.setattr(actions.showing, "renew", lambda ids: pieces.append(len(ids)) or renew(ids))
    assert (actions.file_renamed(), actions.file_renamed(), pieces) == (5, 0, [2, 2, 1])
    assert sorted(found("cheese")) == members
    actions.end_network(number, by_id=sioned.id)
    assert (actions.file_renamed(), found("cheese")) == (5, [])
    actions.begin_again(number, by_id=sioned.id)
    assert (actions.file_renamed(), sorted(found("cheese"))) == (5, members)
    assert actions.file_renamed in [job.do for job in commands.jobs() if job.every == timedelta(minutes=1)]


def test_what_is_renamed_once_more_meanwhile_is_filed_once_more(site, sioned, clock, monkeypatch):
    number, member = a_network(sioned), a_supplier("Siop").id
    put_in(number, member)
    actions.change_network(number, Bilingual("Caws", "Cheese"), ABOUT, by_id=sioned.id)
    renew = actions.showing.renew

    def renamed_meanwhile(ids):
        renew(ids)
        clock.shift(1)
        actions.change_network(number, Bilingual("Bara", "Bread"), ABOUT, by_id=sioned.id)

    monkeypatch.setattr(actions.showing, "renew", renamed_meanwhile)
    actions.file_renamed()
    monkeypatch.setattr(actions.showing, "renew", renew)
    assert (found("bread"), actions.file_renamed(), found("bread"), found("cheese")) == ([], 1, [member], [])


def test_whoever_has_no_right_to_it_names_changes_and_ends_nothing(sioned):
    number, mair = a_network(sioned), a_member_of_staff("mair")
    other = Bilingual("Un", "One")
    assert why_not(actions.name_network, other, ABOUT, by_id=mair.id) == NotNow.NOT_ALLOWED
    assert why_not(actions.change_network, number, other, ABOUT, by_id=mair.id) == NotNow.NOT_ALLOWED
    assert why_not(actions.end_network, number, by_id=mair.id) == NotNow.NOT_ALLOWED
    assert why_not(actions.begin_again, number, by_id=mair.id) == NotNow.NOT_ALLOWED
    assert (again(number).name, again(number).ended_on) == (NAME, None)


def test_a_network_that_is_not_there_is_neither_changed_nor_ended(sioned):
    for act, given in ((actions.change_network, (NAME, ABOUT)), (actions.end_network, ()), (actions.begin_again, ())):
        assert why_not(act, 99, *given, by_id=sioned.id) == WhyNot.NOT_THERE


def test_two_who_change_a_network_at_once_both_have_their_turn(site, sioned):
    number, by_id = a_network(sioned), sioned.id
    names = [Bilingual("Un", "One"), Bilingual("Dau", "Two")]
    found = at_once(site, *(lambda name=one: actions.change_network(number, name, ABOUT, by_id=by_id) for one in names))
    assert found == [None, None]
    assert again(number).name in names
