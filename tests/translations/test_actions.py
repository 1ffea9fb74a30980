"""A business asks for its words in the other language, and staff write them: what changes, who is told."""

import pytest

from c4s.accounts.rules import WhyNot as NotNow
from c4s.audit import trail
from c4s.businesses.rules import WhyNot as BusinessWhyNot
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.i18n.bilingual import Bilingual
from c4s.moderation import actions as moderation
from c4s.moderation import queries as versions
from c4s.search import queries as searching
from c4s.translations import actions, data, queries
from c4s.translations.rules import KEEP_ENDED, WhyNot, WishState
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, letters_to
from tests.businesses.builders import a_business, joined
from tests.conftest import NOW, at_once
from tests.refusals import why_not
from tests.takedowns.builders import kept
from tests.translations.builders import SAID, an_entry, entry, read, wished, wishes, with_service

NIA = "nia@example.cymru"
PROFILE = "profile"


@pytest.fixture
def nia(site):
    return a_person("nia")


@pytest.fixture
def sioned(site):
    return a_member_of_staff("sioned", Who.EDITOR)


@pytest.fixture
def becws(nia):
    return an_entry(nia)


def finish(wish, by, said=SAID):
    actions.finish(wish.id, said, read=read(wish.supplier_id), by_id=by.id)


def draft_of(supplier_id):
    db.session.rollback()
    db.session.expire_all()
    found = versions.open_revision(PROFILE, supplier_id)
    return found.content if found else None


def found_by(words):
    db.session.rollback()
    question = searching.Question("supplier", words=words, language="en", page=1, size=10)
    return [hit.record_id for hit in searching.find(question).hits]


# ---- Asking ----


def test_a_wish_waits_once_with_the_language_that_is_missing(becws, nia):
    wish = wished(nia, becws)
    actions.ask(*becws, by_id=nia.id)
    assert [(one.state, one.wanted, one.asked_by_id) for one in wishes()] == [(WishState.WAITING, "en", nia.id)]
    told = trail.history_of("translation_wish", wish.id)
    assert [one.action for one in told] == ["translation.asked"]


def test_where_all_is_in_both_languages_or_nothing_is_written_there_is_nothing_to_wish(nia):
    for number, summary in enumerate((Bilingual("Bara.", "Bread."), Bilingual())):
        place = kept(nia, f"Becws {number}", summary=summary)
        assert why_not(actions.ask, *place, by_id=nia.id) == WhyNot.NOTHING_MISSING


def test_only_those_who_speak_for_a_business_ask_and_only_for_its_own_entry(becws, nia):
    huw = a_person("huw")
    other = a_business(huw, "Siop Huw")
    assert why_not(actions.ask, *becws, by_id=huw.id) == BusinessWhyNot.NOT_THERE
    assert why_not(actions.withdraw, *becws, by_id=huw.id) == BusinessWhyNot.NOT_THERE
    assert why_not(actions.ask, other, becws[1], by_id=huw.id) == WhyNot.NOT_THERE
    assert wishes() == []


def test_a_wish_is_withdrawn_and_made_again(becws, nia):
    wished(nia, becws)
    actions.withdraw(*becws, by_id=nia.id)
    actions.withdraw(*becws, by_id=nia.id)
    wished(nia, becws)
    assert [one.state for one in wishes()] == [WishState.WITHDRAWN, WishState.WAITING]


def test_two_who_ask_at_once_make_one_wish(site, becws, nia):
    by_id = nia.id
    assert at_once(site, *[lambda: actions.ask(*becws, by_id=by_id)] * 2) == [None, None]
    assert len(wishes()) == 1


# ---- Writing ----


def test_what_is_finished_is_live_in_both_languages_at_once_and_the_business_is_told_once(becws, nia, sioned):
    wish = wished(nia, becws)
    finish(wish, sioned)
    assert entry(becws[1]).summary == Bilingual("Bara bob bore.", "Bread every morning.")
    assert found_by("bread") == [becws[1]]
    [ended] = wishes()
    assert (ended.state, ended.ended_by_id, ended.ended_at) == (WishState.DONE, sioned.id, NOW)
    letter = letters_to(NIA)[-1]
    assert letter.letter == "translations/done"
    assert f"/en/account/businesses/{becws[0]}/profile/{becws[1]}" in letter.body
    finish(wish, sioned)
    assert len([one for one in letters_to(NIA) if one.letter == "translations/done"]) == 1


def test_a_service_is_put_into_the_other_language_too(becws, nia, sioned):
    with_service(becws[1], Bilingual("Cacennau", "Cakes"), Bilingual("", "For every day."))
    wish = wished(nia, becws)
    assert wish.wanted == "both"
    finish(wish, sioned, {**SAID, "service:s1/description": "At bob diwrnod."})
    [service] = entry(becws[1]).services
    assert service.description == Bilingual("At bob diwrnod.", "For every day.")


def test_a_draft_of_the_business_gets_the_words_too_and_keeps_its_own(becws, nia, sioned):
    moderation.save(PROFILE, becws[1], {"hours": {"cy": "Bob dydd", "en": ""}}, by_id=nia.id)
    wish = wished(nia, becws)
    finish(wish, sioned, {**SAID, "hours/": "Every day"})
    draft = draft_of(becws[1])
    assert (draft["summary"], draft["hours"]) == (
        {"cy": "Bara bob bore.", "en": "Bread every morning."},
        {"cy": "Bob dydd", "en": "Every day"},
    )
    assert (entry(becws[1]).summary.en, entry(becws[1]).hours) == ("Bread every morning.", Bilingual())


def test_words_that_the_draft_says_otherwise_are_translated_in_the_draft_alone(becws, nia, sioned):
    moderation.save(PROFILE, becws[1], {"summary": {"cy": "Bara newydd.", "en": ""}}, by_id=nia.id)
    finish(wished(nia, becws), sioned, {"summary/": "New bread."})
    assert draft_of(becws[1])["summary"] == {"cy": "Bara newydd.", "en": "New bread."}
    assert entry(becws[1]).summary == Bilingual("Bara bob bore.", "")
    assert "translations/done" in [one.letter for one in letters_to(NIA)]


def test_what_waits_for_a_moderator_is_not_written_into_but_undoes_nothing(nia, sioned):
    becws = an_entry(nia, categories=("creative-design",), town="Pontypridd", phone="01632 960 111")
    moderation.save(PROFILE, becws[1], {"hours": {"cy": "Bob dydd", "en": ""}}, by_id=nia.id)
    wish = wished(nia, becws)
    moderation.submit(PROFILE, becws[1], by_id=nia.id)
    assert [one.piece.key for one in queries.missing(becws[1])] == ["summary/"]
    finish(wish, sioned)
    waiting = draft_of(becws[1])
    assert (waiting["hours"], waiting["summary"]["en"]) == ({"cy": "Bob dydd", "en": ""}, "Bread every morning.")


def test_what_is_saved_is_kept_and_seen_by_nobody_else(becws, nia, sioned):
    wish = wished(nia, becws)
    actions.save(wish.id, SAID, read=read(becws[1]), by_id=sioned.id)
    [kept_one] = wishes()
    assert (kept_one.words, kept_one.state, kept_one.saved_at) == (SAID, WishState.WAITING, NOW)
    assert (entry(becws[1]).summary.en, draft_of(becws[1])) == ("", None)


def test_words_that_changed_since_they_were_read_are_read_again(becws, nia, sioned):
    wish, before = wished(nia, becws), read(becws[1])
    moderation.save(PROFILE, becws[1], {"summary": {"cy": "Bara newydd.", "en": ""}}, by_id=nia.id)
    for act in (actions.save, actions.finish):
        assert why_not(act, wish.id, SAID, read=before, by_id=sioned.id) == WhyNot.CHANGED_MEANWHILE
    assert draft_of(becws[1])["summary"]["en"] == ""


def test_a_translation_that_leaves_something_out_is_not_finished(becws, nia, sioned):
    wish = wished(nia, becws)
    with pytest.raises(Refused) as refusal:
        finish(wish, sioned, {"summary/": ""})
    assert (refusal.value.reason, refusal.value.facts["keys"]) == (WhyNot.INCOMPLETE, ["summary/"])


def test_nobody_publishes_words_for_their_own_business_without_a_moderator(becws, nia, sioned):
    joined(becws[0], nia, sioned)
    wish = wished(nia, becws)
    assert why_not(finish, wish, sioned) == WhyNot.ONES_OWN
    assert entry(becws[1]).summary.en == ""


def test_whoever_has_no_right_to_it_writes_nothing(becws, nia):
    wish, helper = wished(nia, becws), a_member_of_staff("gwen", Who.HELPER)
    for person in (nia, helper):
        assert why_not(finish, wish, person) == NotNow.NOT_ALLOWED


def test_what_was_withdrawn_or_is_not_there_is_not_written(becws, nia, sioned):
    wish = wished(nia, becws)
    actions.withdraw(*becws, by_id=nia.id)
    assert why_not(finish, wish, sioned) == WhyNot.NOT_WAITING
    assert why_not(actions.finish, 99, SAID, read="", by_id=sioned.id) == WhyNot.NOT_THERE


def test_what_only_some_moderators_may_decide_on_is_left_to_its_author(nia):
    place = kept(nia)
    why_none = {"ciw_why_none": {"cy": "Dim angen.", "en": ""}}
    moderation.save(PROFILE, place[1], why_none, by_id=nia.id)
    assert why_not(actions.ask, *place, by_id=nia.id) == WhyNot.NOTHING_MISSING


# ---- Looking ----


def test_wishes_are_listed_by_age_and_by_language(nia):
    welsh = an_entry(nia, "Un", summary=Bilingual("", "Bread."))
    both = an_entry(nia, "Dau", hours=Bilingual("", "Nine to five"))
    english = an_entry(nia, "Tri")
    for place in (both, welsh, english):
        wished(nia, place)
    assert [one.supplier.name for one in queries.waiting()] == ["Dau", "Un", "Tri"]
    assert [one.supplier.name for one in queries.waiting("cy")] == ["Dau", "Un"]
    assert [one.supplier.name for one in queries.waiting("en")] == ["Dau", "Tri"]
    assert [queries.before(one) for one in queries.waiting()] == [0, 1, 2]


def test_the_languages_of_the_directory_are_counted_in_one_statement(nia, statements):
    for number, summary in enumerate(
        (Bilingual("Un", ""), Bilingual("", "One"), Bilingual("Un", "One"), Bilingual("Dau", ""), Bilingual())
    ):
        kept(nia, f"Siop {number}", summary=summary)
    db.session.rollback()
    before = len(statements)
    counts = queries.counts()
    assert (counts.both, counts.welsh, counts.english, counts.neither) == (1, 2, 1, 1)
    assert len(statements) == before + 1


def test_the_list_asks_the_same_number_of_questions_however_many_there_are(nia, statements):
    def asked():
        db.session.rollback()
        db.session.expire_all()
        before = len(statements)
        assert [one.supplier.name and one.business.name for one in queries.waiting()]
        return len(statements) - before

    wished(nia, an_entry(nia, "Un"))
    few = asked()
    for name in ("Dau", "Tri", "Pedwar"):
        wished(nia, an_entry(nia, name))
    assert asked() == few


def test_a_wish_is_among_what_somebody_may_take_away_and_is_forgotten_a_year_after_its_end(becws, nia):
    wished(nia, becws)
    [record] = data.PART.load(nia)
    assert "Becws y Bont" in [fact.value for fact in record]
    assert actions.forget_old(NOW + 2 * KEEP_ENDED) == 0
    actions.withdraw(*becws, by_id=nia.id)
    assert (actions.forget_old(NOW + KEEP_ENDED), wishes()) == (1, [])


def test_there_is_room_for_as_much_as_the_field_holds(becws):
    with_service(becws[1], Bilingual("Cacennau", ""), Bilingual("Mawr", ""))
    db.session.rollback()
    room = {one.piece.key: queries.longest(one.piece) for one in queries.missing(becws[1])}
    assert room == {"summary/": 300, "service:s1/name": 120, "service:s1/description": 2000}
