"""Staff hide entries and show them again, businesses appeal: what changes, who is told, what the trail says."""

from datetime import timedelta

import pytest

from c4s.accounts.models import Person
from c4s.accounts.rules import CameBy, PersonState
from c4s.accounts.rules import WhyNot as NotNow
from c4s.audit import trail
from c4s.audit.trail import Entered
from c4s.businesses import actions as businesses
from c4s.businesses.rules import WhyNot as BusinessWhyNot
from c4s.core import changes
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import unit_of_work
from c4s.directory import queries as directory
from c4s.directory.models import Claim, Supplier
from c4s.i18n.bilingual import Bilingual
from c4s.moderation import actions as moderation
from c4s.search import queries as searching
from c4s.takedowns import actions, data, queries
from c4s.takedowns.rules import KEEP_ENDED, Ground, Outcome, WhyNot
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, entered, letters_to, reads
from tests.builders import a_supplier
from tests.businesses.builders import a_business, joined
from tests.conftest import NOW, at_once
from tests.refusals import why_not
from tests.takedowns.builders import WHY, entry, hidden, kept, times

NIA, HUW = "nia@example.cymru", "huw@example.cymru"
SORRY = Bilingual("Roedden ni’n anghywir.", "We were wrong.")
STANDS = Bilingual("Mae’r rheswm yn wir o hyd.", "The reason is still true.")


@pytest.fixture
def nia(site):
    return a_person("nia")


@pytest.fixture
def mair(site):
    return a_member_of_staff("mair")


@pytest.fixture
def lowri(site):
    return a_member_of_staff("lowri", Who.ADMINISTRATOR)


@pytest.fixture
def becws(nia):
    """The numbers of Nia’s business and of its entry."""
    return kept(nia)


def story_of(supplier_id):
    db.session.rollback()
    told = trail.history_of("supplier", supplier_id)
    return [one.action.removeprefix("takedown.") for one in told if one.action.startswith("takedown.")]


def found_by_name(words="becws"):
    db.session.rollback()
    question = searching.Question("supplier", words=words, language="cy", page=1, size=10)
    return [hit.record_id for hit in searching.find(question).hits]


# ---- Hiding ----


def test_a_hidden_entry_leaves_readers_at_once_and_every_cache_with_it(becws, mair):
    _, supplier_id = becws
    assert found_by_name() == [supplier_id]
    before = changes.version(changes.PAGES)
    takedown = hidden(supplier_id, mair)
    supplier = entry(supplier_id)
    assert (supplier.taken_down_at, supplier.is_listed, supplier.has_page) == (NOW, False, False)
    assert (takedown.ground, takedown.by_id, takedown.ended_at) == (Ground.MISLEADING, mair.id, None)
    assert (found_by_name(), directory.addresses(0, 9), directory.newest(9)) == ([], [], [])
    assert changes.version(changes.PAGES) > before
    assert story_of(supplier_id) == ["hidden"]


def test_everybody_of_the_business_is_told_why_and_how_to_appeal_in_their_language(becws, nia, mair):
    business_id, supplier_id = becws
    huw = a_person("huw", language_written="en")
    joined(business_id, nia, huw)
    hidden(supplier_id, mair)
    letter, in_both = letters_to(HUW)[-1], letters_to(NIA)[-1]
    assert (letter.letter, in_both.letter) == ("takedowns/hidden", "takedowns/hidden")
    assert "The price is wrong." in letter.body and "Mae’r pris" not in letter.body
    assert f"/en/account/businesses/{business_id}/profile/{supplier_id}/hidden" in letter.body
    assert "Mae’r pris yn anghywir." in in_both.body and "The price is wrong." in in_both.body
    assert mair.name not in letter.body


def test_the_reason_is_written_in_every_language_that_its_people_read(becws, nia, mair):
    _, supplier_id = becws
    half = Bilingual("", "The price is wrong.")
    with pytest.raises(Refused) as refusal:
        actions.hide(supplier_id, Ground.OTHER, half, by_id=mair.id)
    assert (refusal.value.reason, refusal.value.facts["languages"]) == (WhyNot.REASON_NEEDED, ("cy",))
    assert why_not(actions.hide, supplier_id, Ground.OTHER, Bilingual(), by_id=mair.id) == WhyNot.REASON_NEEDED
    assert (times(supplier_id), entry(supplier_id).taken_down_at) == ([], None)
    reads(nia, "en")
    actions.hide(supplier_id, Ground.OTHER, half, by_id=mair.id)
    assert times(supplier_id)[0].reason == half


def test_a_ready_reason_needs_no_words_and_is_said_in_both_languages(becws, mair):
    reason = hidden(becws[1], mair, Ground.PRIVATE, Bilingual()).reason
    assert (bool(reason.cy), bool(reason.en), reason.cy != reason.en) == (True, True, True)


def test_an_entry_that_nobody_keeps_is_hidden_with_a_reason_for_the_record(site, mair):
    supplier_id = a_supplier("Becws", claim=Claim.IMPORTED).id
    assert why_not(actions.hide, supplier_id, Ground.OTHER, Bilingual(), by_id=mair.id) == WhyNot.REASON_NEEDED
    hidden(supplier_id, mair, Ground.OTHER, Bilingual("", "A dispute."))
    assert times(supplier_id)[0].reason == Bilingual("", "A dispute.")


def test_the_same_click_twice_hides_and_tells_once(becws, mair, lowri):
    _, supplier_id = becws
    hidden(supplier_id, mair)
    actions.hide(supplier_id, Ground.MISLEADING, WHY, by_id=mair.id)
    assert (len(times(supplier_id)), len(letters_to(NIA))) == (1, 1)
    assert why_not(actions.hide, supplier_id, Ground.DANGER, WHY, by_id=lowri.id) == WhyNot.ALREADY_HIDDEN


def test_nobody_hides_shows_or_answers_about_their_own_business(becws, nia, mair, lowri):
    business_id, supplier_id = becws
    joined(business_id, nia, mair)
    assert why_not(actions.hide, supplier_id, Ground.DANGER, WHY, by_id=mair.id) == WhyNot.ONES_OWN
    takedown = hidden(supplier_id, lowri)
    actions.appeal(business_id, supplier_id, "Na.", by_id=nia.id)
    assert why_not(actions.restore, supplier_id, SORRY, by_id=mair.id) == WhyNot.ONES_OWN
    assert why_not(actions.answer, takedown.id, Outcome.LIFTED, SORRY, by_id=mair.id) == WhyNot.ONES_OWN


def test_whoever_has_no_right_to_it_hides_nothing(becws, nia):
    helper = a_member_of_staff("gwen", Who.HELPER)
    for person in (nia, helper):
        assert why_not(actions.hide, becws[1], Ground.DANGER, WHY, by_id=person.id) == NotNow.NOT_ALLOWED
        assert why_not(actions.restore, becws[1], WHY, by_id=person.id) == NotNow.NOT_ALLOWED
    assert entry(becws[1]).taken_down_at is None


def test_an_entry_that_is_not_there_is_not_hidden(site, mair):
    assert why_not(actions.hide, 99, Ground.DANGER, WHY, by_id=mair.id) == WhyNot.NOT_THERE


def test_two_who_hide_the_same_entry_at_once_hide_it_once(site, becws, mair, lowri):
    _, supplier_id = becws
    numbers = mair.id, lowri.id
    found = at_once(
        site, *(lambda by_id=one: actions.hide(supplier_id, Ground.DANGER, WHY, by_id=by_id) for one in numbers)
    )
    assert [str(one) for one in found].count("None") == 1
    assert len(times(supplier_id)) == 1


def test_what_a_moderator_publishes_meanwhile_stays_hidden(site, becws, mair, lowri):
    """Staff change the entry and hide it in the same moment: whoever comes first, readers find none of it."""
    _, supplier_id = becws
    numbers = mair.id, lowri.id
    change = {"summary": {"cy": "Bara newydd.", "en": "New bread."}}
    found = at_once(
        site,
        lambda: moderation.publish_now("profile", supplier_id, change, by_id=numbers[0]).id,
        lambda: actions.hide(supplier_id, Ground.DANGER, WHY, by_id=numbers[1]),
    )
    assert [one for one in found if isinstance(one, Exception)] == []
    supplier = entry(supplier_id)
    assert (supplier.summary.cy, supplier.is_listed) == ("Bara newydd.", False)
    assert (found_by_name(), found_by_name("newydd")) == ([], [])


def test_what_is_published_while_an_entry_is_hidden_stays_hidden(becws, mair):
    hidden(becws[1], mair)
    moderation.publish_now("profile", becws[1], {"summary": {"cy": "Bara newydd.", "en": ""}}, by_id=mair.id)
    assert (entry(becws[1]).summary.cy, found_by_name("newydd")) == ("Bara newydd.", [])


# ---- Appeals ----


def test_a_business_appeals_once_and_it_waits_for_another_member_of_staff(becws, nia, mair, lowri):
    business_id, supplier_id = becws
    takedown = hidden(supplier_id, mair)
    actions.appeal(business_id, supplier_id, "Mae’r pris yn gywir.", by_id=nia.id)
    actions.appeal(business_id, supplier_id, "Mae’r pris yn gywir.", by_id=nia.id)
    assert [one.id for one in queries.waiting()] == [takedown.id]
    again = why_not(actions.appeal, business_id, supplier_id, "Eto.", by_id=nia.id)
    own = why_not(actions.answer, takedown.id, Outcome.UPHELD, STANDS, by_id=mair.id)
    assert (again, own) == (WhyNot.ALREADY_APPEALED, WhyNot.ONES_OWN_DECISION)
    assert story_of(supplier_id) == ["hidden", "appealed"]


def test_an_appeal_that_is_right_brings_the_entry_back(becws, nia, mair, lowri):
    business_id, supplier_id = becws
    takedown = hidden(supplier_id, mair)
    actions.appeal(business_id, supplier_id, "Na.", by_id=nia.id)
    actions.answer(takedown.id, Outcome.LIFTED, SORRY, by_id=lowri.id)
    actions.answer(takedown.id, Outcome.LIFTED, SORRY, by_id=lowri.id)
    [found] = times(supplier_id)
    assert (found.outcome, found.answer, found.ended_at, found.ended_by_id) == (Outcome.LIFTED, SORRY, NOW, lowri.id)
    assert (entry(supplier_id).is_listed, found_by_name(), list(queries.waiting())) == (True, [supplier_id], [])
    assert [one.letter for one in letters_to(NIA)] == ["takedowns/hidden", "takedowns/lifted"]
    assert "We were wrong." in letters_to(NIA)[-1].body
    assert story_of(supplier_id) == ["hidden", "appealed", "lifted"]


def test_an_appeal_that_is_not_leaves_the_entry_hidden_and_is_the_only_one(becws, nia, mair, lowri):
    business_id, supplier_id = becws
    takedown = hidden(supplier_id, mair)
    actions.appeal(business_id, supplier_id, "Na.", by_id=nia.id)
    assert why_not(actions.answer, takedown.id, Outcome.UPHELD, Bilingual(), by_id=lowri.id) == WhyNot.REASON_NEEDED
    actions.answer(takedown.id, Outcome.UPHELD, STANDS, by_id=lowri.id)
    assert (entry(supplier_id).is_listed, times(supplier_id)[0].ended_at, found_by_name()) == (False, None, [])
    assert letters_to(NIA)[-1].letter == "takedowns/upheld"
    assert why_not(actions.appeal, business_id, supplier_id, "Eto.", by_id=nia.id) == WhyNot.ALREADY_APPEALED
    third = a_member_of_staff("sioned")
    late = why_not(actions.answer, takedown.id, Outcome.LIFTED, SORRY, by_id=third.id)
    assert late == WhyNot.ALREADY_ANSWERED


def test_each_time_that_an_entry_is_hidden_has_an_appeal_of_its_own(becws, nia, mair, lowri):
    business_id, supplier_id = becws
    first = hidden(supplier_id, mair)
    actions.appeal(business_id, supplier_id, "Na.", by_id=nia.id)
    actions.answer(first.id, Outcome.LIFTED, SORRY, by_id=lowri.id)
    second = hidden(supplier_id, mair, Ground.DANGER)
    actions.appeal(business_id, supplier_id, "Na.", by_id=nia.id)
    assert [one.id for one in queries.waiting()] == [second.id]


def test_only_those_who_speak_for_the_business_appeal_and_only_for_its_own_entry(becws, nia, mair):
    business_id, supplier_id = becws
    hidden(supplier_id, mair)
    huw = a_person("huw")
    other = a_business(huw, "Siop Huw")
    assert why_not(actions.appeal, business_id, supplier_id, "Na.", by_id=huw.id) == BusinessWhyNot.NOT_THERE
    assert why_not(actions.appeal, other, supplier_id, "Na.", by_id=huw.id) == WhyNot.NOT_THERE
    assert why_not(actions.appeal, business_id, 99, "Na.", by_id=nia.id) == WhyNot.NOT_THERE
    assert times(supplier_id)[0].appeal == ""


def test_there_is_nothing_to_appeal_against_while_an_entry_is_shown(becws, nia):
    assert why_not(actions.appeal, *becws, "Na.", by_id=nia.id) == WhyNot.NOT_HIDDEN


def test_an_appeal_is_among_what_its_author_may_take_away_and_is_forgotten_with_them(becws, nia, mair, lowri):
    business_id, supplier_id = becws
    takedown = hidden(supplier_id, mair)
    actions.appeal(business_id, supplier_id, "Mae’r pris yn gywir.", by_id=nia.id)
    [record] = data.PART.load(nia)
    assert "Mae’r pris yn gywir." in [fact.value for fact in record]
    unit_of_work(actions.left)(nia)
    assert times(supplier_id)[0].appeal != ""  # it still waits for an answer
    actions.answer(takedown.id, Outcome.LIFTED, SORRY, by_id=lowri.id)
    unit_of_work(actions.left)(nia)
    assert (times(supplier_id)[0].appeal, times(supplier_id)[0].appealed_by_id) == ("", None)


# ---- Showing again ----


def test_an_entry_is_shown_again_at_any_time_with_a_reason_and_its_appeal_waits_no_more(becws, nia, mair):
    business_id, supplier_id = becws
    takedown = hidden(supplier_id, mair)
    actions.appeal(business_id, supplier_id, "Na.", by_id=nia.id)
    assert why_not(actions.restore, supplier_id, Bilingual(), by_id=mair.id) == WhyNot.REASON_NEEDED
    actions.restore(supplier_id, SORRY, by_id=mair.id)
    [found] = times(supplier_id)
    assert (found.why_ended, found.ended_by_id, found.outcome) == (SORRY, mair.id, None)
    assert (entry(supplier_id).is_listed, found_by_name(), list(queries.waiting())) == (True, [supplier_id], [])
    assert letters_to(NIA)[-1].letter == "takedowns/restored"
    lowri = a_member_of_staff("lowri")
    assert why_not(actions.answer, takedown.id, Outcome.LIFTED, SORRY, by_id=lowri.id) == WhyNot.NOT_HIDDEN
    assert why_not(actions.restore, supplier_id, SORRY, by_id=mair.id) == WhyNot.NOT_HIDDEN


def test_that_an_entry_was_hidden_is_forgotten_two_years_after_its_end(becws, mair):
    _, supplier_id = becws
    hidden(supplier_id, mair)
    assert actions.forget_old(NOW + 2 * KEEP_ENDED) == 0
    actions.restore(supplier_id, SORRY, by_id=mair.id)
    assert actions.forget_old(NOW + KEEP_ENDED - timedelta(days=1)) == 0
    assert actions.forget_old(NOW + KEEP_ENDED) == 1
    assert (times(supplier_id), actions.forget_old(NOW + KEEP_ENDED)) == ([], 0)


def test_the_list_of_appeals_asks_the_same_number_of_questions_however_many_there_are(site, nia, mair, statements):
    def asked():
        db.session.rollback()
        db.session.expire_all()
        before = len(statements)
        data.languages_of(queries.waiting())
        return len(statements) - before

    for number in range(2):
        business_id, supplier_id = kept(nia, f"Becws {number}")
        hidden(supplier_id, mair)
        actions.appeal(business_id, supplier_id, "Na.", by_id=nia.id)
    few = asked()
    for number in range(2, 6):
        business_id, supplier_id = kept(nia, f"Becws {number}")
        hidden(supplier_id, mair)
        actions.appeal(business_id, supplier_id, "Na.", by_id=nia.id)
    assert asked() == few


def test_an_appeal_of_somebody_who_has_gone_is_forgotten_once_the_entry_is_seen_again(becws, nia, mair):
    business_id, supplier_id = becws
    hidden(supplier_id, mair)
    actions.appeal(business_id, supplier_id, "Mae’r pris yn gywir.", by_id=nia.id)
    _gone(nia.id)
    actions.forget_old()
    assert times(supplier_id)[0].appeal == "Mae’r pris yn gywir."
    actions.restore(supplier_id, SORRY, by_id=mair.id)
    actions.forget_old()
    [one] = times(supplier_id)
    assert (one.appeal, one.appealed_by_id, one.reason.cy.endswith(WHY.cy)) == ("", None, True)


def test_a_business_that_deletes_its_entry_deletes_nothing_of_its_hiding(becws, nia, mair, lowri):
    business_id, supplier_id = becws
    first = hidden(supplier_id, mair).id
    actions.restore(supplier_id, SORRY, by_id=mair.id)
    second = hidden(supplier_id, mair).id
    actions.appeal(business_id, supplier_id, "Mae’r pris yn gywir.", by_id=nia.id)
    _made_here(supplier_id)
    businesses.close(business_id, by_id=nia.id)
    found = queries.of_the_gone()
    assert [(one.id, one.names.en, one.ended_at, one.went_hidden) for one in found] == [
        (second, "Becws y Bont", NOW, True),
        (first, "Becws y Bont", NOW, False),
    ]
    assert (queries.waiting(), found[0].is_waiting, found[0].reason.cy.endswith(WHY.cy)) == ([], False, True)
    assert why_not(actions.answer, second, Outcome.LIFTED, SORRY, by_id=lowri.id) == WhyNot.NOT_HIDDEN
    actions.looked(second, by_id=lowri.id)
    assert data.PART.load(nia)[0][0].value == "Becws y Bont"
    assert actions.forget_old(NOW + KEEP_ENDED - timedelta(days=1)) == 0
    assert (actions.forget_old(NOW + KEEP_ENDED), queries.of_the_gone()) == (2, [])


@unit_of_work
def _made_here(supplier_id):
    db.session.get_one(Supplier, supplier_id).source = "profile"


@unit_of_work
def _gone(person_id):
    db.session.get_one(Person, person_id).state = PersonState.CLOSED


def test_whoever_registered_somebody_does_not_answer_the_appeal_that_a_colleague_writes_down_for_them(mair, lowri):
    moses, helper = a_member_of_staff("moses"), a_member_of_staff("gwen", Who.HELPER)
    elin = entered("elin", by=lowri)
    becws = kept(elin)
    number = hidden(becws[1], mair).id
    actions.appeal(*becws, "Na.", by_id=elin.id, entered=Entered(helper.id, CameBy.PHONE))
    assert why_not(actions.answer, number, Outcome.UPHELD, STANDS, by_id=lowri.id) == WhyNot.ENTERED_IT
    db.session.rollback()
    actions.answer(number, Outcome.UPHELD, STANDS, by_id=moses.id)
    assert times(becws[1])[0].answered_by_id == moses.id
