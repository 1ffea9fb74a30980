"""What is said, shown and signed: what readers see of it, who is told, what the trail says, what time does to it."""

import re
from datetime import UTC, date, datetime

import pytest

from c4s.accounts.rules import WhyNot as NotNow
from c4s.audit import trail
from c4s.businesses import actions as businesses
from c4s.businesses.rules import WhyNot as BusinessWhyNot
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.directory import claiming, showing
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import speaking
from c4s.quality import actions, passport, phrases, queries
from c4s.quality.models import CodeSignature, CodeVersion, QualityFact, QualityReminder
from c4s.quality.rules import DbsLevel, FactKind, Given, WhyNot
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, letters_to, reads, set_roles
from tests.builders import a_supplier
from tests.businesses.builders import EDITOR, a_business, joined
from tests.conftest import at_once
from tests.quality import builders
from tests.quality.builders import (
    CHANGES,
    DAY,
    DBS,
    INSURANCE,
    SAYS,
    SHOWN,
    TRAINING,
    WHY,
    WORDS,
    a_code,
    an_entry,
    found_by,
    keeps,
    names_of_letters,
    story_of,
    the_next_code,
    until,
)

NIA, HUW = "nia@example.cymru", "huw@example.cymru"


@pytest.fixture
def nia(site):
    return a_person("nia")


@pytest.fixture
def huw(site):
    return a_person("huw", language_written="en")


@pytest.fixture
def mair(site):
    return a_member_of_staff("mair")


@pytest.fixture
def ada(site):
    return a_member_of_staff("ada", Who.ADMINISTRATOR)


def why_not(action, *given, **facts):
    db.session.rollback()
    with pytest.raises(Refused) as refusal:
        action(*given, **facts)
    return refusal.value.reason


def seen(entry):
    """Readers' passport: what is said, what was shown, the version signed."""
    found = builders.passport(entry)
    if found is None:
        return None
    with speaking("en"):
        return (
            [(str(line.what), line.ends_on) for line in found.says],
            [(str(line.what), line.ends_on) for line in found.shown],
            found.signed and (found.signed.number, found.signed.is_current),
        )


INSURED = "Public liability insurance"


# ---- What a business says ----


def test_what_a_business_says_is_read_at_once_with_its_dates_and_is_found_by_no_filter(nia):
    business, entry = an_entry(nia)
    assert seen(entry) is None
    actions.say(business, entry, INSURANCE, until(200), by_id=nia.id)
    last = builders.today() + 200 * DAY
    assert seen(entry) == ([(INSURED, last)], [], None)
    [line] = builders.passport(entry).says
    assert (line.on, line.issued_on, line.detail, line.level) == (builders.today(), None, "", None)
    assert found_by("pliability") == []  # the filter is of what was shown to us
    assert story_of("supplier", entry) == ["quality.said"]
    [told] = trail.history_of("supplier", entry)[-1:]
    assert (told.facts["fact"], told.facts["ends"]) == ("public_liability", last.isoformat())


def test_it_is_said_otherwise_and_taken_back_and_there_is_one_fact_of_a_kind(nia):
    business, entry = an_entry(nia)
    actions.say(business, entry, INSURANCE, until(200), by_id=nia.id)
    actions.say(business, entry, INSURANCE, until(300), by_id=nia.id)
    assert seen(entry)[0] == [(INSURED, builders.today() + 300 * DAY)]
    assert db.session.query(QualityFact).count() == 1
    actions.take_back(business, entry, INSURANCE, by_id=nia.id)
    assert seen(entry) is None
    assert why_not(actions.take_back, business, entry, INSURANCE, by_id=nia.id) == WhyNot.NO_SUCH_FACT
    assert story_of("supplier", entry) == ["quality.said", "quality.said", "quality.took_back"]


def test_the_same_said_twice_at_once_is_one_fact(site, nia):
    business, entry = an_entry(nia)
    given = until(200)
    at_once(site, *[lambda: actions.say(business, entry, INSURANCE, given, by_id=nia.id)] * 2)
    assert db.session.query(QualityFact).count() == 1


def test_only_those_of_the_business_say_anything_and_only_of_its_own_entry(nia, huw):
    (business, entry), (other, others) = an_entry(nia), an_entry(huw, "Siop Huw")
    for action, given in ((actions.say, (until(9),)), (actions.take_back, ())):
        assert why_not(action, business, entry, INSURANCE, *given, by_id=huw.id) == BusinessWhyNot.NOT_THERE
        assert why_not(action, other, entry, INSURANCE, *given, by_id=huw.id) == WhyNot.NO_SUCH_FACT
        assert why_not(action, other, 4040, INSURANCE, *given, by_id=huw.id) == WhyNot.NO_SUCH_FACT
    assert (seen(entry), seen(others)) == (None, None)


def test_an_editor_says_it_too_and_nobody_says_what_belongs_to_the_profile(nia, huw):
    business, entry = an_entry(nia)
    joined(business, nia, huw, EDITOR)
    actions.say(business, entry, TRAINING, Given(issued_on=builders.today()), by_id=huw.id)
    assert len(seen(entry)[0]) == 1
    assert why_not(actions.say, business, entry, FactKind.CIW_REGISTERED, Given(), by_id=nia.id) == WhyNot.NOT_SAID_HERE


# ---- What staff see ----


def test_what_staff_saw_is_read_as_shown_apart_from_what_is_said_and_all_of_the_business_are_told(nia, huw, mair):
    business, entry = an_entry(nia)
    joined(business, nia, huw, EDITOR)
    actions.say(business, entry, INSURANCE, until(200), is_offered=True, by_id=nia.id)
    assert [one.supplier_id for one in queries.offered()] == [entry]
    actions.see(entry, INSURANCE, until(100), by_id=mair.id)
    today = builders.today()
    assert seen(entry) == ([(INSURED, today + 200 * DAY)], [(INSURED, today + 100 * DAY)], None)
    assert (list(queries.offered()), found_by("pliability")) == ([], [entry])
    for address in (NIA, HUW):
        assert names_of_letters(address) == ["evidence_seen"]
    assert [one.language for one in (letters_to(NIA)[-1], letters_to(HUW)[-1])] == ["both", "en"]
    assert story_of("supplier", entry) == ["quality.said", "quality.saw"]
    [fact] = db.session.query(QualityFact).filter_by(standing=SHOWN)
    assert (fact.by_id, fact.since) == (mair.id, now())


def test_of_a_dbs_check_the_level_and_the_date_are_kept_and_never_a_number(nia, mair):
    _, entry = an_entry(nia)
    issued = builders.today() - 10 * DAY
    with_number = Given(DbsLevel.ENHANCED, "001234567890", issued)
    assert why_not(actions.see, entry, DBS, with_number, by_id=mair.id) == WhyNot.NUMBER_WRONG
    actions.see(entry, DBS, Given(DbsLevel.ENHANCED, issued_on=issued), by_id=mair.id)
    [line] = builders.passport(entry).shown
    assert (line.level, line.detail, line.issued_on) == (phrases.LEVEL[DbsLevel.ENHANCED], "", issued)
    assert line.ends_on == issued.replace(year=issued.year + 3)


def test_what_was_seen_counts_no_more_when_staff_say_so_and_why(nia, mair):
    business, entry = an_entry(nia)
    actions.say(business, entry, INSURANCE, until(200), by_id=nia.id)
    actions.see(entry, INSURANCE, until(200), by_id=mair.id)
    with pytest.raises(Refused) as refusal:
        actions.not_shown(entry, INSURANCE, Bilingual(en="No."), by_id=mair.id)
    assert (refusal.value.reason, refusal.value.facts) == (WhyNot.REASON_NEEDED, {"languages": ("cy",)})
    db.session.rollback()
    actions.not_shown(entry, INSURANCE, WHY, by_id=mair.id)
    assert seen(entry) == ([(INSURED, builders.today() + 200 * DAY)], [], None)
    assert found_by("pliability") == []
    letter = letters_to(NIA)[-1]
    assert (letter.letter, WHY.cy in letter.body, WHY.en in letter.body) == ("quality/evidence_not_seen", True, True)
    assert why_not(actions.not_shown, entry, INSURANCE, WHY, by_id=mair.id) == WhyNot.NO_SUCH_FACT


def test_evidence_that_was_offered_and_could_not_be_seen_waits_no_more_and_what_is_said_stays(nia, mair):
    business, entry = an_entry(nia)
    actions.say(business, entry, INSURANCE, until(200), is_offered=True, by_id=nia.id)
    actions.not_shown(entry, INSURANCE, WHY, by_id=mair.id)
    assert (list(queries.offered()), len(seen(entry)[0])) == ([], 1)
    assert names_of_letters(NIA) == ["evidence_not_seen"]


def test_nobody_sees_evidence_of_their_own_business_or_where_there_is_none_or_without_the_right(nia, mair, ada):
    business, entry = an_entry(nia)
    joined(business, nia, mair, EDITOR)
    free = a_supplier("Caffi’r Bont").id
    assert why_not(actions.see, entry, INSURANCE, until(9), by_id=mair.id) == WhyNot.ONES_OWN
    assert why_not(actions.suspend, entry, WHY, by_id=mair.id) == WhyNot.ONES_OWN
    assert why_not(actions.see, free, INSURANCE, until(9), by_id=ada.id) == WhyNot.NOT_KEPT
    assert why_not(actions.see, 4040, INSURANCE, until(9), by_id=ada.id) == WhyNot.NO_SUCH_FACT
    set_roles(mair, Who.HELPER)
    for action, given in (
        (actions.see, (entry, INSURANCE, until(9))),
        (actions.not_shown, (entry, INSURANCE, WHY)),
        (actions.suspend, (entry, WHY)),
        (actions.restore, (entry, WHY)),
        (actions.write_code, (WORDS, CHANGES)),
        (actions.publish_code, (1,)),
    ):
        assert why_not(action, *given, by_id=mair.id) == NotNow.NOT_ALLOWED
    assert seen(entry) is None


# ---- The end of a fact ----


def test_a_fact_leaves_the_page_with_the_first_minute_of_the_next_day_and_the_entry_stays(nia, mair, clock):
    _, entry = an_entry(nia)
    actions.see(entry, INSURANCE, Given(expires_on=date(2026, 11, 30)), by_id=mair.id)
    clock.move_to(datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC))
    assert (len(seen(entry)[1]), actions.end_past(), found_by("pliability")) == (1, 0, [entry])
    clock.move_to(datetime(2026, 12, 1, 0, 0, tzinfo=UTC))
    assert seen(entry) is None  # exact, also before the worker has been round
    assert [actions.end_past(), actions.end_past()] == [1, 0]
    assert (found_by("pliability"), builders.supplier(entry).shown["quality"]) == ([], [])
    assert builders.supplier(entry).is_listed
    assert story_of("supplier", entry)[-1] == "quality.ended"


@pytest.mark.parametrize(
    ("last", "before", "after"),
    [
        # In summer the day ends in Wales an hour before it does in UTC.
        (date(2027, 6, 30), datetime(2027, 6, 30, 22, 59, 59), datetime(2027, 6, 30, 23, 0)),
        # The clocks go forward on the morning after, and back.
        (date(2027, 3, 27), datetime(2027, 3, 27, 23, 59, 59), datetime(2027, 3, 28, 0, 0)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 22, 59, 59), datetime(2027, 3, 28, 23, 0)),
        (date(2027, 10, 30), datetime(2027, 10, 30, 22, 59, 59), datetime(2027, 10, 30, 23, 0)),
        (date(2027, 10, 31), datetime(2027, 10, 31, 23, 59, 59), datetime(2027, 11, 1, 0, 0)),
    ],
)
def test_the_day_turns_in_wales_also_when_the_clocks_change(nia, clock, last, before, after):
    business, entry = an_entry(nia)
    actions.say(business, entry, INSURANCE, Given(expires_on=last), by_id=nia.id)
    clock.move_to(before.replace(tzinfo=UTC))
    assert (seen(entry) is not None, actions.end_past()) == (True, 0)
    clock.move_to(after.replace(tzinfo=UTC))
    assert (seen(entry), actions.end_past()) == (None, 1)


def test_a_fact_that_ended_is_said_anew_and_found_again(nia, mair, clock):
    _, entry = an_entry(nia)
    actions.see(entry, INSURANCE, until(1), by_id=mair.id)
    clock.shift(2 * DAY)
    actions.end_past()
    actions.see(entry, INSURANCE, until(90), by_id=mair.id)
    assert (len(seen(entry)[1]), found_by("pliability")) == (1, [entry])
    clock.shift(91 * DAY)
    assert actions.end_past() == 1


def test_the_facts_of_many_entries_end_a_few_at_a_time_so_that_nobody_waits_for_all(nia, huw, mair, clock, monkeypatch):
    entries = [an_entry(nia)[1], an_entry(huw, "Siop Huw")[1]]
    for entry in entries:
        actions.see(entry, INSURANCE, until(1), by_id=mair.id)
    clock.shift(2 * DAY)
    renewed, renew = [], showing.renew

    def renew_one(supplier_ids, *names):
        renewed.append(list(supplier_ids))
        if len(renewed) == 2:
            raise ValueError("the power went")
        renew(supplier_ids, *names)

    monkeypatch.setattr(actions, "AT_ONCE", 1)
    monkeypatch.setattr(showing, "renew", renew_one)
    with pytest.raises(ValueError, match="power"):
        actions.end_past()
    assert found_by("pliability") == entries[1:]
    assert actions.end_past() == 1
    assert (found_by("pliability"), renewed) == ([], [entries[:1], entries[1:], entries[1:]])


def test_what_is_said_anew_while_others_end_does_not_end_with_them(nia, mair, clock, monkeypatch):
    _, entry = an_entry(nia)
    actions.see(entry, INSURANCE, until(1), by_id=mair.id)
    clock.shift(2 * DAY)
    just_over, asked = queries.just_over, []

    def seen_anew_after_the_first_look(*given):
        over = list(just_over(*given))
        if not asked:
            asked.append(over)
            actions.see(entry, INSURANCE, until(90), by_id=mair.id)
        return over

    monkeypatch.setattr(queries, "just_over", seen_anew_after_the_first_look)
    assert (actions.end_past(), found_by("pliability")) == (0, [entry])
    clock.shift(91 * DAY)
    assert actions.end_past() == 1


# ---- Reminders ----


def reminders(address=NIA):
    return names_of_letters(address).count("ends_soon")


def test_everybody_of_a_business_is_reminded_thirty_and_seven_days_before_once_each_in_their_language(nia, huw, clock):
    business, entry = an_entry(nia)
    joined(business, nia, huw, EDITOR)
    reads(nia, "cy")
    actions.say(business, entry, INSURANCE, until(40), by_id=nia.id)
    assert actions.remind_due() == 0
    clock.shift(10 * DAY)
    assert [actions.remind_due(), actions.remind_due()] == [1, 0]
    assert (reminders(), reminders(HUW)) == (1, 1)
    assert ("Yswiriant" in letters_to(NIA)[-1].body, INSURED in letters_to(HUW)[-1].body) == (True, True)
    clock.shift(22 * DAY)
    assert actions.remind_due() == 0
    clock.shift(DAY)
    assert [actions.remind_due(), actions.remind_due()] == [1, 0]
    assert (reminders(), reminders(HUW)) == (2, 2)
    clock.shift(20 * DAY)
    assert actions.remind_due() == 0


def test_a_reminder_that_could_not_leave_leaves_later_and_two_workers_send_it_once(site, nia, clock):
    business, entry = an_entry(nia)
    actions.say(business, entry, INSURANCE, until(40), by_id=nia.id)
    clock.shift(20 * DAY)
    at_once(site, actions.remind_due, actions.remind_due)
    assert reminders() == 1
    clock.shift(18 * DAY)
    actions.remind_due()
    assert (reminders(), db.session.query(QualityReminder).count()) == (2, 2)


def test_a_fact_that_was_renewed_is_not_reminded_of_by_its_old_day(nia, clock):
    business, entry = an_entry(nia)
    actions.say(business, entry, INSURANCE, until(40), by_id=nia.id)
    clock.shift(15 * DAY)
    actions.say(business, entry, INSURANCE, until(365), by_id=nia.id)
    assert actions.remind_due() == 0
    clock.shift(335 * DAY)
    assert (actions.remind_due(), reminders()) == (1, 1)


def test_what_ends_together_is_one_letter_and_nobody_is_reminded_in_the_night(nia, mair, clock):
    business, entry = an_entry(nia)
    actions.say(business, entry, INSURANCE, until(40), by_id=nia.id)
    actions.see(entry, INSURANCE, until(40), by_id=mair.id)
    clock.move_to(datetime(2026, 12, 3, 7, 59, tzinfo=UTC))
    assert actions.remind_due() == 0
    clock.move_to(datetime(2026, 12, 3, 8, 0, tzinfo=UTC))
    assert (actions.remind_due(), reminders()) == (1, 1)
    assert letters_to(NIA)[-1].body.count(INSURED) == 2


def test_no_business_is_reminded_of_what_nobody_keeps_any_more(nia, clock):
    business, entry = an_entry(nia)
    actions.say(business, entry, INSURANCE, until(40), by_id=nia.id)
    businesses.close(business, by_id=nia.id)
    clock.shift(15 * DAY)
    assert (actions.remind_due(), reminders()) == (0, 0)


# ---- The code ----


def test_the_first_code_is_put_in_place_once_complete_in_both_languages(site):
    assert [actions.load_first_code(), actions.load_first_code()] == [True, False]
    [version] = queries.versions()
    assert (version.number, version.words.is_complete, version.changes.is_complete) == (1, True, True)
    assert version.words.cy.count("## ") == version.words.en.count("## ") == 12


def test_an_owner_signs_and_readers_see_the_version_and_the_day(nia):
    a_code()
    business, entry = an_entry(nia)
    actions.sign(business, 1, "cy", by_id=nia.id)
    actions.sign(business, 1, "en", by_id=nia.id)
    assert (seen(entry), found_by("pcode")) == (([], [], (1, True)), [entry])
    [signature] = queries.signatures(business)
    assert (signature.person_id, signature.language, signature.is_owner, signature.signed_at) == (
        nia.id,
        "cy",
        True,
        now(),
    )
    assert story_of("business", business) == ["code.signed"]


def test_an_editor_signs_for_themselves_and_the_business_has_signed_once_an_owner_has(nia, huw):
    a_code()
    business, entry = an_entry(nia)
    joined(business, nia, huw, EDITOR)
    actions.sign(business, 1, "en", by_id=huw.id)
    assert (seen(entry), len(queries.signatures(business))) == (None, 1)
    businesses.hand_over(business, huw.id, by_id=nia.id)
    actions.sign(business, 1, "en", by_id=huw.id)
    assert (seen(entry)[2], len(queries.signatures(business))) == ((1, True), 1)


def test_what_was_signed_stays_the_businesss_when_the_one_who_signed_leaves(nia, huw):
    a_code()
    business, entry = an_entry(nia)
    actions.sign(business, 1, "cy", by_id=nia.id)
    joined(business, nia, huw, EDITOR)
    businesses.hand_over(business, huw.id, by_id=nia.id)
    businesses.leave(business, by_id=nia.id)
    assert seen(entry)[2] == (1, True)


def test_a_new_version_is_signed_anew_and_until_then_the_old_one_is_shown_as_what_it_is(nia, ada):
    a_code()
    business, entry = an_entry(nia)
    actions.sign(business, 1, "cy", by_id=nia.id)
    the_next_code(ada)
    assert (seen(entry)[2], found_by("pcode")) == ((1, False), [])
    assert why_not(actions.sign, business, 1, "cy", by_id=nia.id) == WhyNot.NEWER_CODE
    actions.sign(business, 2, "cy", by_id=nia.id)
    assert (seen(entry)[2], found_by("pcode")) == ((2, True), [entry])
    assert [one.version.number for one in queries.signatures(business)] == [2, 1]


def test_to_publish_a_version_touches_no_entry_however_many_have_signed_the_one_before(nia, huw, ada, statements):
    """Who holds the only writer of SQLite holds it for no longer than one row takes."""

    def asked():
        before = len(statements)
        the_next_code(ada)
        return len(statements) - before

    a_code()
    first = an_entry(nia)
    actions.sign(first[0], 1, "cy", by_id=nia.id)
    few, version = asked(), queries.current_number()
    others = [an_entry(huw, f"Siop {number}") for number in range(5)]
    for business, _ in others:
        actions.sign(business, version, "cy", by_id=huw.id)
    db.session.rollback()
    del statements[:]
    assert asked() == few
    assert not [one for one in statements if re.match(r"(UPDATE|INSERT INTO|DELETE FROM) (supplier|search)", one)]
    assert [seen(entry)[2] for _, entry in (first, *others)] == [(1, False), *[(2, False)] * 5]
    assert found_by("pcode") == []
    actions.sign(first[0], 3, "cy", by_id=nia.id)
    assert found_by("pcode") == [first[1]]


def test_whoever_signs_while_another_version_is_published_is_shown_that_one_first(nia, ada, monkeypatch):
    """It is published between the moment in which the current one is read and that in which it is held."""
    a_code()
    business, _ = an_entry(nia)
    hold, waited = actions.held, []

    def held_late(model, number):
        if model is CodeVersion and not waited:
            waited.append(number)
            actions.write_code(WORDS, CHANGES, by_id=ada.id)
            actions.publish_code(queries.draft().turn, by_id=ada.id)
        return hold(model, number)

    monkeypatch.setattr(actions, "held", held_late)
    assert why_not(actions.sign, business, 1, "cy", by_id=nia.id) == WhyNot.NEWER_CODE
    assert len(waited) == 1


def test_the_owners_of_every_business_with_an_entry_are_asked_to_sign_each_version_once(nia, huw, ada):
    a_code()
    (business, _), _ = an_entry(nia), a_business(huw, "Heb gofnod")
    joined(business, nia, huw, EDITOR)
    assert [actions.ask_to_sign(), actions.ask_to_sign()] == [1, 0]
    assert (names_of_letters(NIA), names_of_letters(HUW)) == (["please_sign"], [])
    actions.sign(business, 1, "cy", by_id=nia.id)
    the_next_code(ada)
    assert [actions.ask_to_sign(), actions.ask_to_sign()] == [1, 0]
    assert names_of_letters(NIA) == ["please_sign", "please_sign"]
    assert CHANGES.cy in letters_to(NIA)[-1].body


def test_nobody_is_asked_to_sign_what_they_have_signed_and_two_workers_ask_once(site, nia, huw):
    a_code()
    business, _ = an_entry(nia)
    actions.sign(business, 1, "cy", by_id=nia.id)
    an_entry(huw, "Siop Huw")
    at_once(site, actions.ask_to_sign, actions.ask_to_sign)
    assert (names_of_letters(NIA), names_of_letters(HUW)) == ([], ["please_sign"])


def test_a_signature_is_not_shown_while_it_is_suspended_and_everybody_is_told_why(nia, huw, mair):
    a_code()
    business, entry = an_entry(nia)
    joined(business, nia, huw, EDITOR)
    actions.sign(business, 1, "cy", by_id=nia.id)
    actions.suspend(entry, WHY, by_id=mair.id)
    assert (seen(entry), found_by("pcode")) == (None, [])
    assert why_not(actions.suspend, entry, WHY, by_id=mair.id) == WhyNot.SUSPENDED_ALREADY
    actions.restore(entry, WHY, by_id=mair.id)
    assert (seen(entry)[2], found_by("pcode")) == ((1, True), [entry])
    assert why_not(actions.restore, entry, WHY, by_id=mair.id) == WhyNot.NOT_SUSPENDED
    for address in (NIA, HUW):
        assert names_of_letters(address) == ["signature_suspended", "signature_restored"]
    assert WHY.en in letters_to(HUW)[-1].body
    assert story_of("business", business) == ["code.signed", "code.suspended", "code.restored"]
    assert builders.supplier(entry).is_listed


def test_a_draft_of_the_code_is_published_by_who_read_it_as_it_is_and_in_both_languages(ada, nia):
    a_code()
    actions.write_code(Bilingual(en="Half of it."), CHANGES, by_id=ada.id)
    turn = queries.draft().turn
    assert why_not(actions.publish_code, turn, by_id=ada.id) == WhyNot.WORDS_NEEDED
    actions.write_code(WORDS, CHANGES, by_id=ada.id)
    assert why_not(actions.publish_code, turn, by_id=ada.id) == WhyNot.CHANGED
    assert queries.current().number == 1
    actions.publish_code(queries.draft().turn, by_id=ada.id)
    assert (queries.current().number, queries.current().words, queries.draft()) == (2, WORDS, None)
    assert why_not(actions.publish_code, 1, by_id=ada.id) == WhyNot.NO_SUCH_FACT
    assert story_of("code_version", queries.current().id) == ["code.wrote", "code.wrote", "code.published"]


def test_nobody_signs_where_there_is_no_code_or_for_a_business_of_others(nia, huw):
    business, _ = an_entry(nia)
    assert why_not(actions.sign, business, 1, "cy", by_id=nia.id) == WhyNot.NO_CODE
    a_code()
    assert why_not(actions.sign, business, 1, "cy", by_id=huw.id) == BusinessWhyNot.NOT_THERE


# ---- When a business or an entry goes ----


def test_a_business_that_closes_leaves_nothing_said_shown_or_signed_on_its_entry(nia, mair):
    a_code()
    business, entry = an_entry(nia)
    actions.say(business, entry, INSURANCE, until(200), by_id=nia.id)
    actions.see(entry, INSURANCE, until(200), by_id=mair.id)
    actions.sign(business, 1, "cy", by_id=nia.id)
    businesses.close(business, by_id=nia.id)
    assert (seen(entry), found_by("pliability"), found_by("pcode")) == (None, [], [])
    assert (db.session.query(QualityFact).count(), db.session.query(CodeSignature).count()) == (0, 0)


def test_an_entry_shows_what_its_business_had_signed_before_staff_agreed_to_the_claim(nia, mair):
    a_code()
    business, entry = a_business(nia), a_supplier("Becws y Bont", claim="imported").id
    actions.sign(business, 1, "cy", by_id=nia.id)
    assert seen(entry) is None
    claiming.ask(business, entry, "Ein henw ni sydd ar y drws.", by_id=nia.id)
    from_claim = claiming.queries.waiting_claims(entry)[0].id
    claiming.grant(from_claim, by_id=mair.id)
    assert seen(entry)[2] == (1, True)


def test_nobody_sheds_a_suspension_by_leaving_the_site_and_claiming_the_entry_anew(nia, mair):
    """The entries of a list stay when their business goes; whoever keeps one next is under its suspension until staff
    lift it, as they are told on the page where they sign."""
    a_code()
    first, entries = a_business(nia), [a_supplier(name).id for name in ("Becws y Bont", "Becws y Cwm")]
    for entry in entries:
        keeps(first, entry)
    actions.sign(first, 1, "cy", by_id=nia.id)
    actions.suspend(entries[0], WHY, by_id=mair.id)
    businesses.close(first, by_id=nia.id)
    second = a_business(nia)
    for entry in entries:
        claiming.ask(second, entry, "Ni yw’r becws.", by_id=nia.id)
        claiming.grant(claiming.queries.waiting_claims(entry)[0].id, by_id=mair.id)
    actions.sign(second, 1, "cy", by_id=nia.id)
    assert [seen(entry) for entry in entries] == [None, None]
    for entry in entries:
        [kept] = queries.suspensions(builders.supplier(entry))
        assert (kept.reason, kept.by_id, kept.ended_at) == (WHY, mair.id, None)
    assert why_not(actions.suspend, entries[1], WHY, by_id=mair.id) == WhyNot.SUSPENDED_ALREADY
    actions.restore(entries[1], WHY, by_id=mair.id)
    assert [seen(entry) and seen(entry)[2] for entry in entries] == [None, (1, True)]
    actions.restore(entries[0], WHY, by_id=mair.id)
    assert seen(entries[0])[2] == (1, True)


def test_a_suspension_that_was_lifted_goes_with_the_business_and_no_other_entry_is_under_one(nia, huw, mair):
    a_code()
    (business, entry), (other, another) = an_entry(nia), an_entry(huw, "Siop Huw")
    actions.suspend(entry, WHY, by_id=mair.id)
    actions.restore(entry, WHY, by_id=mair.id)
    businesses.close(business, by_id=nia.id)
    actions.sign(other, 1, "cy", by_id=huw.id)
    assert queries.suspensions(builders.supplier(entry)) == []
    assert (queries.suspensions(builders.supplier(another)), seen(another)[2]) == ([], (1, True))


def test_many_entries_are_put_together_in_as_many_statements_as_one(nia, mair, statements):
    a_code()
    numbers = []
    entries = [an_entry(nia, f"Siop {number}") for number in range(4)]
    for business, entry in entries:
        actions.say(business, entry, INSURANCE, until(90), by_id=nia.id)
        actions.sign(business, 1, "cy", by_id=nia.id)
    for wanted in (entries[:1], entries):
        db.session.rollback()
        statements.clear()
        passport.load([entry for _, entry in wanted])
        numbers.append(len(statements))
    assert numbers == [2, 2]


def test_an_entry_that_nobody_keeps_says_nothing_of_quality(nia):
    business, entry = an_entry(nia)
    actions.say(business, entry, INSURANCE, until(90), by_id=nia.id)
    keeps(None, entry)
    assert (seen(entry), queries.fact(entry, INSURANCE, SAYS) is None) == (None, False)
    assert showing.shown(builders.supplier(entry), builders.today()) == []


def test_a_fact_of_tomorrow_is_reckoned_by_the_day_in_wales(nia, clock):
    """At half past midnight in summer it is still yesterday in UTC."""
    business, entry = an_entry(nia)
    clock.move_to(datetime(2027, 6, 30, 23, 30, tzinfo=UTC))
    given = Given(expires_on=date(2027, 6, 30))
    assert why_not(actions.say, business, entry, INSURANCE, given, by_id=nia.id) == WhyNot.EXPIRED
    actions.say(business, entry, TRAINING, Given(issued_on=date(2027, 7, 1)), by_id=nia.id)
    assert builders.passport(entry).says[0].on == date(2027, 7, 1)
