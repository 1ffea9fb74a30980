"""The pages of the quality passport and of the code of conduct, in both languages."""

from datetime import UTC, date, datetime

import pytest

from c4s.accounts import data
from c4s.businesses import actions as businesses
from c4s.core.db import db
from c4s.i18n.languages import speaking
from c4s.quality import actions, phrases, queries
from c4s.quality.rules import Did, FactKind, Given, WhyNot
from c4s.web.rights import ROLES, Who
from tests.accounts.builders import a_member_of_staff, a_person, enter, reads
from tests.builders import a_supplier
from tests.businesses.builders import EDITOR, a_business, joined
from tests.conftest import said
from tests.house.every_page import address_of
from tests.quality.builders import (
    CHANGES,
    DAY,
    DBS,
    INSURANCE,
    SAYS,
    SHOWN,
    WHY,
    WORDS,
    a_code,
    an_entry,
    keeps,
    story_of,
    supplier,
    the_next_code,
    today,
    until,
)
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

NIA = "nia@example.cymru"


@pytest.fixture
def nia(site):
    return a_person("nia")


@pytest.fixture
def mair(site):
    return a_member_of_staff("mair", *ROLES)


@pytest.fixture
def entry(nia):
    """The numbers of her business and of its entry."""
    return an_entry(nia)


def at(site, endpoint, language, entry, **more):
    return address_of(site, endpoint, language, business_id=entry[0], supplier_id=entry[1], **more)


def of_staff(site, endpoint, language, entry, **more):
    return address_of(site, endpoint, language, supplier_id=entry[1], **more)


def outcome(language, did):
    with speaking(language):
        return str(phrases.OUTCOME[did])


def why(language, reason):
    with speaking(language):
        return str(phrases.WHY_NOT[reason])


def the_page(site, entry, language):
    """The entry as anybody reads it."""
    return Visitor(site).open(address_of(site, "directory.show", language, supplier_id=entry[1]))


# ---- What a business says ----


def test_nia_says_that_she_is_insured_mends_her_dates_and_readers_see_it(site, visitor, nia, entry, language):
    enter(visitor, nia).open(at(site, "passport.facts", language, entry))
    page = visitor.open(at(site, "passport.say", language, entry, kind=INSURANCE.value))
    page = visitor.send(422, expires_on="")
    assert page.errors == [why(language, WhyNot.EXPIRY_NEEDED)]
    page = visitor.send(422, expires_on="next June")
    assert (len(page.errors), page.values()["expires_on"]) == (1, "next June")
    page = visitor.send(422, expires_on="1/6/2020")
    assert page.errors == [why(language, WhyNot.EXPIRED)]
    visitor.send(422, expires_on="32/6/2027")
    page = visitor.send(expires_on="1 June 2027")
    assert outcome(language, Did.SAID) in page.main
    assert said(language, "Public liability insurance") in the_page(site, entry, language).main
    page = visitor.open(at(site, "passport.say", language, entry, kind=INSURANCE.value))
    assert page.values()["expires_on"] == "01/06/2027"
    visitor.follow(said(language, "Remove this from your entry"))
    assert outcome(language, Did.TOOK_BACK) in visitor.send().main
    assert said(language, "Public liability insurance") not in the_page(site, entry, language).main


def test_what_was_typed_stays_when_the_language_changes(site, visitor, nia, entry):
    enter(visitor, nia).open(at(site, "passport.say", "en", entry, kind=DBS.value))
    visitor.send(422, level="enhanced", issued_on="")
    page = visitor.say_it_in("cy")
    assert page.values()["level"] == "enhanced"


def test_a_number_is_taken_as_its_register_writes_it_and_words_are_not(site, visitor, nia, entry, language):
    kind = FactKind.DATA_PROTECTION_REGISTERED
    enter(visitor, nia).open(at(site, "passport.say", language, entry, kind=kind.value))
    page = visitor.send(422, detail="The best in Wales")
    assert (page.errors, page.values()["detail"]) == ([why(language, WhyNot.NUMBER_WRONG)], "The best in Wales")
    visitor.send(detail="za 123456")
    assert "ZA123456" in the_page(site, entry, language).main


def test_a_dbs_check_has_no_box_for_a_number_and_one_that_is_sent_is_nothing(site, visitor, nia, entry):
    page = enter(visitor, nia).open(at(site, "passport.say", "en", entry, kind=DBS.value))
    assert "detail" not in page.values()
    visitor.send(level="basic", issued_on="1/11/2026", detail="001234567890")
    assert queries.fact(entry[1], DBS, SAYS).detail == ""


def test_what_is_said_elsewhere_or_is_no_fact_has_no_page(site, visitor, nia, entry):
    enter(visitor, nia)
    for kind in ("ciw_registered", "best_in_wales"):
        visitor.open(at(site, "passport.say", "en", entry, kind=kind), 404)
    visitor.open(at(site, "passport.take_back", "en", entry, kind=DBS.value), 404)


@pytest.mark.parametrize("endpoint", ["passport.facts", "passport.say", "passport.take_back", "passport.sign"])
def test_nobody_else_has_the_pages_of_a_business_and_of_an_entry_that_is_not_its_own(site, nia, entry, endpoint):
    a_code()
    huw = a_person("huw")
    others = an_entry(huw, "Siop Huw")
    more = {} if endpoint in ("passport.facts", "passport.sign") else {"kind": INSURANCE.value}
    actions.say(*entry, INSURANCE, until(9), by_id=nia.id)
    db.session.rollback()
    visitor = enter(Visitor(site), huw)
    for pair in (entry, (others[0], entry[1]), (entry[0], others[1]), (others[0], 4040)):
        address = at(site, endpoint, "en", pair, **more)
        for method in ("GET", "POST"):
            if (endpoint, method) != ("passport.facts", "POST"):
                assert (address, visitor.ask(method, address, data={}).status_code) == (address, 404)
    assert queries.fact(entry[1], INSURANCE, SAYS) is not None


def test_the_list_of_facts_says_what_has_ended_and_what_was_shown(site, visitor, nia, entry, mair, clock, language):
    actions.say(*entry, INSURANCE, until(3), by_id=nia.id)
    actions.see(entry[1], FactKind.CIW_REGISTERED, until(90), by_id=mair.id)
    ended = today() + 3 * DAY
    clock.shift(4 * DAY)
    page = enter(visitor, nia).open(at(site, "passport.facts", language, entry))
    assert said(language, "Ended on") in page.main
    assert str(ended.year) in page.main
    assert said(language, "Registered with Care Inspectorate Wales") in page.main
    assert said(language, "Public liability insurance") not in the_page(site, entry, language).main


def test_a_browser_that_has_the_page_of_yesterday_is_given_todays(site, visitor, nia, entry, clock):
    clock.move_to(datetime(2026, 11, 30, 23, 58, tzinfo=UTC))
    actions.say(*entry, INSURANCE, Given(expires_on=date(2026, 11, 30)), by_id=nia.id)
    address = the_page(site, entry, "en").address
    etag = {"If-None-Match": visitor.ask("GET", address).headers["ETag"]}
    assert visitor.ask("GET", address, headers=etag).status_code == 304
    clock.move_to(datetime(2026, 12, 1, 0, 0, tzinfo=UTC))
    answer = visitor.ask("GET", address, headers=etag)
    assert (answer.status_code, "Public liability" in answer.get_data(as_text=True)) == (200, False)


# ---- The code ----


def test_nia_reads_the_code_and_signs_it_once_she_says_that_she_has_read_it(site, visitor, nia, entry, language):
    a_code()
    page = enter(visitor, nia).open(at(site, "passport.sign", language, entry))
    assert len(page.soup.select("main .prose h3")) == 12
    assert len(visitor.send(422, is_agreed=None).errors) == 1
    page = visitor.send(is_agreed="y")
    assert (outcome(language, Did.SIGNED) in page.main, "Nia" in page.main) == (True, True)
    assert page.soup.select("main form") == []
    [signature] = queries.signatures(entry[0])
    assert signature.language == language
    assert address_of(site, "code.version", language, number=1) in the_page(site, entry, language).links().values()


def test_a_page_that_was_open_when_a_newer_code_came_signs_neither(site, visitor, nia, entry, language):
    a_code()
    enter(visitor, nia).open(at(site, "passport.sign", language, entry))
    the_next_code(a_member_of_staff("ada", Who.ADMINISTRATOR))
    page = visitor.send(422, is_agreed="y")
    assert page.errors == [why(language, WhyNot.NEWER_CODE)]
    assert list(queries.signatures(entry[0])) == []
    visitor.send(is_agreed="y")
    assert [one.version.number for one in queries.signatures(entry[0])] == [2]


def test_everybody_reads_the_code_with_its_versions_and_how_to_complain(site, language):
    page = Visitor(site).open(address_of(site, "code.show", language))
    assert said(language, "No code of conduct has been published yet.") in page.main
    a_code()
    the_next_code(a_member_of_staff("ada", Who.ADMINISTRATOR))
    page = Visitor(site).open(address_of(site, "code.show", language))
    assert (getattr(CHANGES, language) in page.main, "999" in page.main) == (True, True)
    older = Visitor(site).open(address_of(site, "code.version", language, number=1))
    assert address_of(site, "code.show", language) in older.links().values()
    assert said(language, "There is a newer version of the code.") in older.main
    Visitor(site).open(address_of(site, "code.version", language, number=3), 404)


def test_a_draft_of_the_code_is_seen_by_nobody_but_those_who_write_it(site, mair):
    a_code()
    actions.write_code(WORDS, CHANGES, by_id=mair.id)
    db.session.rollback()
    Visitor(site).open(address_of(site, "code.version", "en", number=2), 404)
    assert CHANGES.en not in Visitor(site).open(address_of(site, "code.show", "en")).main


def test_readers_are_told_what_is_checked_and_no_page_says_approved(site, nia, entry, mair, language):
    a_code()
    actions.say(*entry, INSURANCE, until(9), by_id=nia.id)
    actions.see(entry[1], INSURANCE, until(9), by_id=mair.id)
    actions.sign(entry[0], 1, language, by_id=nia.id)
    pages = [
        Visitor(site).open(address_of(site, "code.what_we_check", language)).main,
        Visitor(site).open(address_of(site, "code.show", language)).main,
        the_page(site, entry, language).main,
    ]
    wrong = {"en": ("approved", "accredited", "vetted"), "cy": ("cymeradwy", "achredu", "fetio")}[language]
    assert [word for page in pages for word in wrong if word in page.casefold()] == []


# ---- Staff ----


def test_mair_sees_what_was_offered_records_it_and_the_page_says_seen(site, visitor, nia, entry, mair, language):
    actions.say(*entry, INSURANCE, until(90), is_offered=True, by_id=nia.id)
    enter(visitor, mair).open(address_of(site, "evidence.index", language))
    assert of_staff(site, "evidence.show", language, entry) in visitor.page.links().values()
    page = visitor.open(of_staff(site, "evidence.show", language, entry))
    assert (NIA in page.main, "Nia" in page.main) == (True, True)
    page = visitor.open(of_staff(site, "evidence.see", language, entry, kind=INSURANCE.value))
    assert page.values()["expires_on"] == (today() + 90 * DAY).strftime("%d/%m/%Y")
    assert len(visitor.send(422, expires_on="x").errors) == 1
    page = visitor.send(expires_on="1/3/2027")
    assert outcome(language, Did.SAW) in page.main
    assert said(language, "What they have shown us") in the_page(site, entry, language).main
    assert of_staff(site, "evidence.show", language, entry) not in [
        *visitor.open(address_of(site, "evidence.index", language)).links().values()
    ]


def test_evidence_that_waits_is_on_the_desk(site, visitor, nia, entry, mair, language):
    actions.say(*entry, INSURANCE, until(90), is_offered=True, by_id=nia.id)
    page = enter(visitor, mair).open(address_of(site, "backoffice.desk", language))
    assert of_staff(site, "evidence.show", language, entry) in page.links().values()


def test_mair_says_why_evidence_counts_no_more_in_the_languages_of_the_business(site, visitor, nia, entry, mair):
    actions.see(entry[1], INSURANCE, until(90), by_id=mair.id)
    db.session.rollback()
    enter(visitor, mair).open(of_staff(site, "evidence.decline", "en", entry, kind=INSURANCE.value))
    page = visitor.send(422, words_en=WHY.en)
    assert (len(page.errors), page.values()["words_en"]) == (1, WHY.en)
    assert outcome("en", Did.NOT_SHOWN) in visitor.send(words_cy=WHY.cy, words_en=WHY.en).main
    assert queries.fact(entry[1], INSURANCE, SHOWN) is None
    visitor.open(of_staff(site, "evidence.decline", "en", entry, kind=INSURANCE.value), 404)


def test_mair_suspends_a_signature_and_restores_it(site, visitor, nia, entry, mair, language):
    a_code()
    reads(nia, "cy")
    actions.sign(entry[0], 1, "cy", by_id=nia.id)
    enter(visitor, mair).open(of_staff(site, "evidence.signature", language, entry))
    assert set(story_of("supplier", entry[1])) == {"quality.looked"}
    assert len(visitor.send(422, words_cy="").errors) == 1
    assert outcome(language, Did.SUSPENDED) in visitor.send(words_cy=WHY.cy).main
    assert said(language, "What they have signed") not in the_page(site, entry, language).main
    own = enter(Visitor(site), nia).open(at(site, "passport.sign", language, entry))
    assert WHY.cy in own.main
    assert outcome(language, Did.RESTORED) in visitor.send(words_cy=WHY.cy).main
    assert said(language, "What they have signed") in the_page(site, entry, language).main


def test_a_late_click_on_a_page_of_a_suspension_is_told_so(site, visitor, nia, entry, mair):
    reads(nia, "en")
    enter(visitor, mair).open(of_staff(site, "evidence.signature", "en", entry))
    actions.suspend(entry[1], WHY, by_id=a_member_of_staff("elen").id)
    page = visitor.send(422, words_en="Again")
    assert page.errors == [why("en", WhyNot.SUSPENDED_ALREADY)]
    assert len(queries.suspensions(supplier(entry[1]))) == 1


def test_nobody_records_evidence_of_a_business_of_their_own(site, visitor, nia, entry, mair, language):
    joined(entry[0], nia, mair, EDITOR)
    enter(visitor, mair).open(of_staff(site, "evidence.see", language, entry, kind=INSURANCE.value))
    assert visitor.send(422, expires_on="1/3/2027").errors == [why(language, WhyNot.ONES_OWN)]


def test_the_next_code_is_written_in_both_languages_read_through_and_published(site, visitor, mair, language):
    a_code()
    enter(visitor, mair).open(address_of(site, "code_work.write", language))
    assert visitor.page.values()["words_cy"].count("##") == 12
    page = visitor.send(words_cy="", words_en=WORDS.en, changes_cy=CHANGES.cy, changes_en=CHANGES.en)
    assert outcome(language, Did.WROTE) in page.main
    assert visitor.send(422).errors == [why(language, WhyNot.WORDS_NEEDED)]
    visitor.open(address_of(site, "code_work.write", language))
    visitor.send(words_cy=WORDS.cy)
    assert outcome(language, Did.PUBLISHED) in visitor.send().main
    assert (queries.current().number, queries.current().words) == (2, WORDS)
    visitor.open(address_of(site, "code_work.publish", language), 404)


def test_a_draft_that_a_colleague_changed_meanwhile_is_read_again_before_it_is_published(site, visitor, mair, language):
    actions.write_code(WORDS, CHANGES, by_id=mair.id)
    db.session.rollback()
    enter(visitor, mair).open(address_of(site, "code_work.publish", language))
    actions.write_code(WHY, CHANGES, by_id=mair.id)
    page = visitor.send(422)
    assert (page.errors, getattr(WHY, language) in page.main) == ([why(language, WhyNot.CHANGED)], True)
    visitor.send()
    assert queries.current().words == WHY


def test_a_script_in_the_code_is_only_words(site, mair):
    actions.write_code(type(WORDS)("<script>alert(1)</script>", "<img src=x onerror=1>"), CHANGES, by_id=mair.id)
    actions.publish_code(queries.draft().turn, by_id=mair.id)
    db.session.rollback()
    for language in ("cy", "en"):
        page = Visitor(site).open(address_of(site, "code.show", language))
        assert page.soup.select("main script, main img") == []


# ---- What is kept about somebody ----


def test_who_keeps_an_entry_next_reads_that_it_is_suspended_and_not_what_was_written_to_the_business_before(
    site, visitor, nia, mair, language
):
    a_code()
    first, listed = a_business(nia), a_supplier("Becws y Bont").id
    keeps(first, listed)
    actions.suspend(listed, WHY, by_id=mair.id)
    businesses.close(first, by_id=nia.id)
    huw = a_person("huw")
    second = a_business(huw, "Siop Huw")
    keeps(second, listed)
    page = enter(visitor, huw).open(at(site, "passport.sign", language, (second, listed)))
    words = "Our staff suspended it while another business kept this entry. It stays so until our staff restore it."
    assert (said(language, words) in page.main, WHY.cy in page.main, WHY.en in page.main) == (True, False, False)


def test_my_data_has_what_i_signed_and_nothing_that_others_did(nia, entry):
    a_code()
    huw = a_person("huw")
    actions.sign(entry[0], 1, "cy", by_id=nia.id)
    actions.sign(a_business(huw, "Siop Huw"), 1, "en", by_id=huw.id)
    db.session.rollback()
    signed = data.as_json(db.session.merge(nia))["code_signatures"]
    assert [(one["business"], one["version"], one["language"]) for one in signed] == [("Becws y Bont", 1, "cy")]
    assert supplier(entry[1]).business_id == entry[0]


def test_my_data_has_what_i_said_of_quality_and_a_member_of_staff_has_what_they_saw(nia, entry, mair):
    actions.say(*entry, INSURANCE, until(30), is_offered=True, by_id=nia.id)
    actions.see(entry[1], INSURANCE, until(20), by_id=mair.id)
    db.session.rollback()
    kept = {
        who: [(one["fact"], one["standing"]) for one in data.as_json(db.session.merge(person))["quality_facts"]]
        for who, person in (("nia", nia), ("mair", mair))
    }
    assert kept == {"nia": [(INSURANCE, SAYS)], "mair": [(INSURANCE, SHOWN)]}
