"""The pages on which staff do something for Elin, who has no e-mail, in both languages."""

import pytest

from c4s.accounts.rules import CameBy
from c4s.audit import trail
from c4s.core.db import db
from c4s.directory import phrases as directory
from c4s.directory.models import Supplier
from c4s.directory.rules import JointWorkState, SupplierStatus
from c4s.directory.rules import WhyNot as NotForThem
from c4s.i18n.languages import speaking
from c4s.on_behalf import phrases
from c4s.on_behalf.rules import Did, Outcome, WhyNot
from c4s.profiles import now
from c4s.profiles.pieces_rules import Did as Moved
from c4s.quality import phrases as quality
from c4s.quality import queries as code
from c4s.quality.rules import WhyNot as NotSigned
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, enter
from tests.conftest import said
from tests.house.every_page import address_of
from tests.on_behalf.builders import EDITOR, letters_of, speaks_for, supplier, with_all_to_do, with_elin
from tests.profiles.pieces_builders import an_entry
from tests.profiles.pieces_builders import joint_work as rows
from tests.quality.builders import a_code, the_next_code
from tests.takedowns.builders import times

pytestmark = pytest.mark.pages


@pytest.fixture
def gwen(site):
    return a_member_of_staff("gwen", Who.HELPER)


def at(site, endpoint, language, entry):
    return address_of(site, f"on_behalf.{endpoint}", language, supplier_id=entry[1])


def words(language, message):
    with speaking(language):
        return str(message)


def test_elin_rings_and_all_that_waits_for_her_is_done(site, visitor, gwen, language):
    """Her entry is hidden and paused, another names it, and there is a code to sign: Gwen does the four for her."""
    entry, nia, elin = with_elin()
    with_all_to_do(entry, nia, a_member_of_staff("mair", Who.MODERATOR))
    enter(visitor, gwen)
    who = {"person": str(elin.id), "came_by": "phone"}
    done = words(language, phrases.OUTCOME[Outcome.DONE])

    # She comes from the page on which staff keep the entry right, and sees who asks and what there is to do.
    visitor.open(address_of(site, "stale.show", language, supplier_id=entry[1]))
    page = visitor.follow(words(language, phrases.TOOL))
    assert page.h1 == words(language, phrases.TOOL)
    assert "Elin" in page.main and "Nia" not in page.main
    assert [words(language, deed) in page.links() for deed in phrases.DEED.values()] == [True] * 4

    page = visitor.follow(said(language, "Appeal against hiding the entry"))
    assert "Mae’r pris yn anghywir." in page.html or "The price is wrong." in page.html
    page = visitor.send(words="Mae’r pris yn iawn.", **who)
    assert done in page.main and said(language, "Appeal against hiding the entry") not in page.links()
    assert (times(entry[1])[0].appeal, times(entry[1])[0].appealed_by_id) == ("Mae’r pris yn iawn.", elin.id)

    visitor.follow(said(language, "Open again"))
    assert done in visitor.send(**who).main
    assert supplier(entry).status == SupplierStatus.ACTIVE

    page = visitor.follow(words(language, phrases.DEED["answer"]))
    assert "Becws Huw" in page.main
    [value] = [tag["value"] for tag in page.soup.select("input[name=work]")]
    assert done in visitor.send(work=value, is_so="yes", **who).main
    assert (rows()[0].state, rows()[0].answered_by_id) == (JointWorkState.CONFIRMED, elin.id)

    visitor.follow(said(language, "Sign the code of conduct"))
    page = visitor.send(language="cy", is_agreed="y", **{**who, "came_by": "paper"})
    assert done in page.main
    page = visitor.follow(said(language, "Sign the code of conduct"))
    assert said(language, "On a paper form") in page.soup.select_one("main section").get_text()
    [signature] = code.signatures(entry[0])
    assert (signature.person_id, signature.language, signature.came_by) == (elin.id, "cy", CameBy.PAPER)

    # Of each she has a letter that waits to be printed.
    kinds = [one.letter for one in letters_of(elin)]
    assert kinds[-5:] == ["on_behalf/done", "profiles/reopened", *["on_behalf/done"] * 3]
    page = visitor.open(address_of(site, "letters.waiting", language))
    assert page.main.count("Elin") >= 4


@pytest.mark.parametrize("endpoint", ["appeal", "reopen", "answer", "sign"])
def test_nothing_is_done_until_it_is_said_who_asked_and_how(site, visitor, gwen, endpoint, language):
    entry, nia, _ = with_elin()
    with_all_to_do(entry, nia, a_member_of_staff("mair", Who.MODERATOR))
    page = enter(visitor, gwen).open(at(site, endpoint, language, entry))
    work = [tag["value"] for tag in page.soup.select("input[name=work]")]
    given = {
        "appeal": {"words": "Na."},
        "reopen": {},
        "answer": {"work": "".join(work), "is_so": "no"},
        "sign": {"language": "cy", "is_agreed": "y"},
    }[endpoint]
    errors = visitor.send(422, **given).errors
    assert errors == [said(language, "Choose who asked you"), said(language, "Choose how they reached us")]
    errors = visitor.send(422, **given, person=str(nia.id), came_by="phone").errors  # she has e-mail
    assert errors == [said(language, "Choose who asked you")]
    assert (supplier(entry).status, rows()[0].state) == (SupplierStatus.TEMPORARILY_CLOSED, JointWorkState.WAITING)
    assert (times(entry[1])[0].appealed_at, code.signatures(entry[0])) == (None, [])


def test_what_elin_could_not_do_herself_staff_cannot_and_are_told_why(site, visitor, gwen, language):
    entry, nia, elin = with_elin(role=EDITOR)
    a_code()
    now.close_or_open(*entry, Moved.CLOSED, by_id=nia.id)
    who = {"person": str(elin.id), "came_by": "phone"}
    enter(visitor, gwen).open(at(site, "reopen", language, entry))
    refused = words(language, directory.WHY_NOT[NotForThem.FOR_OWNERS])
    assert visitor.send(422, **who).errors == [refused]
    visitor.open(at(site, "sign", language, entry))
    the_next_code(a_member_of_staff("rhys", Who.ADMINISTRATOR))
    page = visitor.send(422, language="cy", is_agreed="y", **who)
    assert page.errors == [words(language, quality.WHY_NOT[NotSigned.NEWER_CODE])]
    assert page.values()["number"] == "2" and "is_agreed" not in page.values()
    assert words(language, phrases.OUTCOME[Outcome.DONE]) in visitor.send(is_agreed="y").main


def test_the_same_again_is_told_so(site, visitor, gwen):
    entry, _, elin = with_elin()
    enter(visitor, gwen).open(at(site, "reopen", "en", entry))
    page = visitor.send(person=str(elin.id), came_by="phone")
    assert words("en", phrases.OUTCOME[Outcome.WAS_SO]) in page.main
    assert letters_of(elin) == []


def test_there_is_no_form_for_ones_own_business_and_none_where_everybody_has_email(site, visitor, gwen, language):
    entry, _, elin = with_elin()
    alone = an_entry(a_person("huw"), "Siop Huw")
    enter(visitor, gwen)
    for endpoint in ("index", "appeal", "reopen", "answer", "sign"):
        page = visitor.open(at(site, endpoint, language, alone))
        assert (words(language, phrases.NOBODY) in page.main, page.soup.select("main form")) == (True, [])
    visitor.open(at(site, "reopen", language, entry))
    speaks_for(entry[0], gwen, EDITOR)
    sentence = words(language, phrases.WHY_NOT[WhyNot.ONES_OWN])
    assert sentence in visitor.send(409, person=str(elin.id), came_by="phone").html
    for endpoint in ("index", "appeal", "reopen", "answer", "sign"):
        page = visitor.open(at(site, endpoint, language, entry))
        assert (sentence in page.main, page.soup.select("main form")) == (True, [])


def test_whoever_hid_an_entry_finds_no_form_to_appeal_against_that(site, visitor, language):
    rhys = a_member_of_staff("rhys", Who.ADMINISTRATOR)
    entry, nia, _ = with_elin()
    with_all_to_do(entry, nia, rhys)
    page = enter(visitor, rhys).open(at(site, "appeal", language, entry))
    assert words(language, phrases.WHY_NOT[WhyNot.HID_IT]) in page.main
    assert page.soup.select("main form[method=post]") == []


def test_what_ones_own_business_says_is_not_there_to_be_answered(site, visitor, gwen, language):
    entry, nia, elin = with_elin()
    with_all_to_do(entry, nia, a_member_of_staff("mair", Who.MODERATOR))
    page = enter(visitor, gwen).open(at(site, "answer", language, entry))
    [value] = [tag["value"] for tag in page.soup.select("input[name=work]")]
    speaks_for(rows_business(), gwen, EDITOR)
    page = visitor.send(409, work=value, is_so="yes", person=str(elin.id), came_by="phone")
    assert words(language, phrases.NOTHING_TO_ANSWER) in page.main and "Becws Huw" not in page.main
    assert page.soup.select("main form") == []
    index = visitor.open(at(site, "index", language, entry))
    assert words(language, phrases.DEED["answer"]) not in index.links()
    assert rows()[0].state == JointWorkState.WAITING


def rows_business():
    """The business that says it worked with Elin’s."""
    business_id = db.session.get_one(Supplier, rows()[0].supplier_id).business_id
    db.session.rollback()
    return business_id


def test_who_looks_at_these_pages_is_in_the_trail(site, visitor, gwen):
    entry, _, _ = with_elin()
    enter(visitor, gwen)
    for name in ("index", "sign"):
        assert visitor.ask("GET", at(site, name, "en", entry)).status_code == 200
    db.session.rollback()
    looks = [one.actor for one in trail.history_of("supplier", entry[1]) if one.action == Did.LOOKED]
    assert looks == [f"person:{gwen.id}"] * 2


def test_words_that_are_not_those_on_the_page_are_no_answer(site, visitor, gwen, language):
    entry, nia, elin = with_elin()
    with_all_to_do(entry, nia, a_member_of_staff("mair", Who.MODERATOR))
    page = enter(visitor, gwen).open(at(site, "answer", language, entry))
    [value] = [tag["value"] for tag in page.soup.select("input[name=work]")]
    for made_up in ("", "x.y", "9.z", f"{value}0"):
        page = visitor.send(422, person=str(elin.id), came_by="phone", work=made_up, is_so="yes")
        assert page.errors == [said(language, "Choose which of these they answer")]
    assert rows()[0].state == JointWorkState.WAITING


@pytest.mark.parametrize("endpoint", ["appeal", "reopen", "answer", "sign"])
def test_no_paragraph_stands_close_under_a_panel(site, visitor, gwen, endpoint):
    entry, nia, _ = with_elin()
    with_all_to_do(entry, nia, a_member_of_staff("mair", Who.MODERATOR))
    page = enter(visitor, gwen).open(at(site, endpoint, "cy", entry))
    assert page.soup.select("main .panel") != []
    assert page.soup.select("main .panel + p") == []
