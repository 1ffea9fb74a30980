"""Finding any entry, by its name or its number and in any state, with as many questions however many there are."""

import pytest

from c4s.core.db import db
from c4s.directory import rules as directory
from c4s.entries import queries
from c4s.entries.rules import Standing
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person
from tests.builders import a_supplier
from tests.entries.builders import a_network, one_of_each, put_in
from tests.takedowns.builders import kept


def found(words="", wanted=None, page=1):
    db.session.rollback()
    db.session.expire_all()
    return [one.supplier.name for one in queries.find(words, wanted, page)[0]]


def test_every_entry_is_found_whatever_its_state_and_each_under_one_state_alone(site):
    numbers = one_of_each()
    assert sorted(found()) == sorted(f"Siop {one.value}" for one in Standing)
    for standing, number in numbers.items():
        [one], total = queries.find("", standing, 1)
        assert (one.supplier.id, one.standing, total) == (number, standing, 1)


def test_what_the_list_calls_listed_is_what_readers_find(site):
    one_of_each()
    listed = {one.supplier.id for one in queries.find("", None, 1)[0] if one.supplier.is_listed}
    both = {Standing.LISTED, Standing.PAUSED}
    assert {one.supplier.id for one in queries.find("", None, 1)[0] if one.standing in both} == listed
    assert len(directory.LISTED) == len(both)


@pytest.mark.parametrize("words", ["tyr coed", "TY'R-COED", "Tŷ’r", "coed", "ty r", "tŷ coed", "Tŷ’r-Coed", "oed ty"])
def test_a_name_is_found_by_a_piece_of_it_however_it_is_typed(site, words):
    a_supplier("Tŷ’r-Coed")
    a_supplier("Siop y Felin")
    assert found(words) == ["Tŷ’r-Coed"]


@pytest.mark.parametrize("words", ["felyn", "100%", "_", "’", "%", "x" * 100, "٣"])
def test_what_is_no_piece_of_a_name_finds_nothing_and_breaks_nothing(site, words):
    a_supplier("Siop y Felin")
    assert found(words) == []


def test_an_entry_is_found_by_its_welsh_name_and_by_its_number(site):
    number = a_supplier("The Mill", name_cy="Y Felin").id
    assert (found("felin"), found(str(number)), found(str(10**30))) == (["The Mill"], ["The Mill"], [])


def test_the_list_goes_on_from_page_to_page_and_the_newest_come_first(site):
    for number in range(queries.PER_PAGE + 1):
        a_supplier(f"Siop {number:02}")
    assert found()[0] == f"Siop {queries.PER_PAGE:02}"
    assert found(page=2) == found("siop", page=2) == ["Siop 00"]
    assert queries.find("siop", None, 1)[1] == queries.PER_PAGE + 1


def test_the_list_asks_the_same_number_of_questions_however_many_entries_there_are(site, statements):
    def asked(words):
        db.session.rollback()
        db.session.expire_all()
        before = len(statements)
        assert [one.supplier.names and one.business for one in queries.find(words, None, 1)[0]]
        return len(statements) - before

    nia = a_person("nia")
    kept(nia, "Becws 0")
    few = asked(""), asked("becws")
    for number in range(1, 8):
        kept(nia, f"Becws {number}")
    assert (asked(""), asked("becws")) == few


def test_members_of_a_network_are_those_that_readers_find(site):
    numbers = one_of_each()
    network = a_network(a_member_of_staff("mair", Who.EDITOR))
    put_in(network, *numbers.values())
    db.session.rollback()
    assert (queries.members(), len(queries.members_of(network))) == ({network: 2}, len(Standing))
