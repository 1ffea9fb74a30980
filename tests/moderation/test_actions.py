"""A change waits, is read and decided: what readers see, who is told, what the trail says."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from c4s.accounts.rules import WhyNot as NotNow
from c4s.audit import trail
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import unit_of_work
from c4s.i18n.bilingual import Bilingual
from c4s.moderation import actions, queries, rules
from c4s.moderation.models import Note, Revision, Watch
from c4s.moderation.reading import Decision
from c4s.moderation.rules import RevisionState, Verdict, WhyNot
from c4s.web.rights import Right, Who
from tests.accounts.builders import a_member_of_staff, a_person, entered, letters_to
from tests.conftest import NOW
from tests.moderation.builders import (
    BOARD,
    EMPTY,
    FULL,
    NO,
    TABLE,
    YES,
    a_board,
    decided,
    draft,
    forget_boards,
    found,
    live,
    published,
    read,
    states,
    submitted,
)

NIA, HUW, MAIR = "nia@example.cymru", "huw@example.cymru", "mair@example.cymru"
OTHER_WORDS = {"cy": "Bara bob dydd.", "en": "Bread every day."}
WHY = Bilingual("Mae’n rhy hir.", "It is too long.")
RETURNED, SUBMITTED = RevisionState.RETURNED, RevisionState.SUBMITTED


@pytest.fixture
def board(nia):
    return a_board(nia)


def why_not(action, *given, **facts):
    with pytest.raises(Refused) as refusal:
        action(*given, **facts)
    db.session.rollback()
    return refusal.value.reason


def problems(revision_id, by, but):
    with pytest.raises(Refused) as refusal:
        decided(revision_id, by, but)
    return refusal.value.facts["problems"]


def story(revision_id):
    db.session.rollback()
    return [one.action.removeprefix("revision.") for one in trail.history_of("revision", revision_id)]


def names(address):
    return [letter.letter for letter in letters_to(address)]


# ---- Writing ----


def test_a_change_is_begun_from_what_readers_see(nia):
    board = a_board(nia, content=FULL)
    first = actions.begin(BOARD, board, by_id=nia.id)
    assert (first.content, first.author_id, first.base, first.begun_at) == (FULL, nia.id, 1, NOW)
    assert actions.begin(BOARD, board, by_id=nia.id).id == first.id
    # What readers saw before anything was changed here is a version too, by nobody.
    assert states(board) == [(1, "published"), (2, "draft")]
    assert queries.version(BOARD, board, 1).author_id is None


def test_what_is_saved_stays_and_the_rest_is_left_alone(nia, board):
    actions.save(BOARD, board, {"name": "Bwrdd y Felin"}, by_id=nia.id)
    actions.save(BOARD, board, {"picture:a": {"cy": "Bara", "en": "Bread"}}, by_id=nia.id)
    assert draft(board).content == {
        **EMPTY,
        "name": "Bwrdd y Felin",
        "picture:a": {"cy": "Bara", "en": "Bread"},
    }
    actions.save(BOARD, board, {}, drop=["picture:a"], by_id=nia.id)
    assert draft(board).content == {**EMPTY, "name": "Bwrdd y Felin"}
    assert live(board) == EMPTY


def test_a_change_that_lacks_something_or_changes_nothing_is_not_submitted(nia, board):
    assert why_not(actions.submit, BOARD, board, by_id=nia.id) == WhyNot.NOTHING_CHANGED
    actions.save(BOARD, board, {"phone": "01632 960 002"}, by_id=nia.id)
    with pytest.raises(Refused) as refusal:
        actions.submit(BOARD, board, by_id=nia.id)
    assert (refusal.value.reason, refusal.value.facts) == (WhyNot.INCOMPLETE, {"fields": ["name", "words"]})
    actions.save(BOARD, board, EMPTY, by_id=nia.id)
    assert why_not(actions.submit, BOARD, board, by_id=nia.id) == WhyNot.NOTHING_CHANGED


def test_what_waits_is_frozen_until_it_is_taken_back(nia, board):
    revision = submitted(board, nia)
    assert actions.submit(BOARD, board, by_id=nia.id).id == revision  # a second click
    assert why_not(actions.save, BOARD, board, {"name": "X"}, by_id=nia.id) == WhyNot.SUBMITTED
    assert why_not(actions.discard, BOARD, board, by_id=nia.id) == WhyNot.SUBMITTED
    assert actions.withdraw(BOARD, board, by_id=nia.id).content == FULL
    actions.withdraw(BOARD, board, by_id=nia.id)
    assert states(board) == [(1, "withdrawn"), (2, "draft")]
    assert story(revision) == ["began", "submitted", "withdrew"]


def test_of_a_draft_that_is_thrown_away_nothing_is_kept(nia, board):
    actions.save(BOARD, board, FULL, by_id=nia.id)
    number = draft(board).id
    actions.discard(BOARD, board, by_id=nia.id)
    actions.discard(BOARD, board, by_id=nia.id)
    assert (found(number).content, states(board), draft(board)) == ({}, [(1, "withdrawn")], None)
    assert queries.history(BOARD, board) == []


@pytest.mark.parametrize(
    ("values", "language"),
    [
        ({"words": {"cy": "Bara da.", "en": FULL["words"]["en"]}}, "cy"),
        ({"words": {"cy": FULL["words"]["cy"], "en": "Good bread."}}, "en"),
        ({"words": OTHER_WORDS}, "both"),
        ({"phone": "01632 960 002"}, "both"),
    ],
)
def test_a_change_waits_in_the_language_that_it_is_written_in(nia, values, language):
    board = a_board(nia, content=FULL)
    revision = found(submitted(board, nia, **values))
    assert (revision.language, revision.needs, revision.submitted_at) == (language, "", NOW)


# ---- Deciding ----


def test_what_is_accepted_whole_is_what_readers_see_and_everybody_is_told(nia, mair):
    huw = a_person("huw", language_written="en")
    board = a_board(nia, huw)
    revision = submitted(board, nia)
    assert decided(revision, mair) == "published"
    assert (live(board), published) == (FULL, [(board, FULL, nia.id)])
    assert states(board) == [(1, "published")]
    assert (found(revision).decided_by_id, found(revision).decided_at) == (mair.id, NOW)
    assert (names(NIA), names(HUW)) == (["moderation/published"], ["moderation/published"])
    assert (letters_to(NIA)[0].language, letters_to(HUW)[0].language) == ("both", "en")
    assert story(revision) == ["began", "submitted", "published"]


def test_somebody_without_email_is_told_on_paper(nia, mair):
    elin = entered("elin")
    board = a_board(elin)
    decided(submitted(board, elin), mair)
    assert names(elin.postal_address)[-1] == "moderation/published"


def test_what_was_published_until_then_is_a_former_version(nia, mair):
    board = a_board(nia, content=FULL)
    decided(submitted(board, nia, phone="01632 960 002"), mair)
    assert states(board) == [(1, "superseded"), (2, "published")]
    assert queries.live_number(BOARD, board) == 2


def test_accepted_fields_go_live_at_once_and_returned_ones_go_back_with_the_words_about_them(nia, mair):
    board = a_board(nia, content=FULL)
    revision = submitted(board, nia, phone="01632 960 002", words=OTHER_WORDS)
    said = Decision(Verdict.RETURNED, "unclear", WHY)
    assert decided(revision, mair, {"words": said}) == "returned"
    assert live(board) == {**FULL, "phone": "01632 960 002"}
    assert states(board) == [(1, "superseded"), (2, "returned"), (3, "published"), (4, "draft")]
    theirs = draft(board)
    assert (theirs.content, theirs.author_id) == ({**FULL, "phone": "01632 960 002", "words": OTHER_WORDS}, nia.id)
    by_moderator = queries.version(BOARD, board, 3)
    assert (by_moderator.author_id, by_moderator.submitted_at, published[-1][2]) == (mair.id, None, nia.id)
    remarks = queries.latest_remarks(BOARD, board)
    assert {name: one.verdict for name, one in remarks.items()} == {"phone": YES.verdict, "words": said.verdict}
    assert (remarks["words"].phrase, remarks["words"].words) == ("unclear", WHY)
    [letter] = letters_to(NIA)
    assert letter.letter == "moderation/returned"
    assert all(words in letter.body for words in ("Mae’n rhy hir.", "It is too long.", "plainer words", "Phone"))
    assert story(revision)[-1] == "returned"


def test_a_remark_goes_when_its_author_has_changed_the_field(nia, mair):
    board = a_board(nia, content=FULL)
    decided(submitted(board, nia, phone="01632 960 002", words=OTHER_WORDS), mair, {"words": NO, "phone": NO})
    actions.save(BOARD, board, {"words": {"cy": "Bara", "en": "Bread"}}, by_id=nia.id)
    db.session.rollback()
    assert list(queries.latest_remarks(BOARD, board)) == ["phone"]
    actions.submit(BOARD, board, by_id=nia.id)
    assert queries.latest_remarks(BOARD, board) == {}
    actions.withdraw(BOARD, board, by_id=nia.id)
    assert list(queries.latest_remarks(BOARD, board)) == ["phone"]


def test_when_all_is_returned_nothing_that_readers_see_changes(nia, mair):
    board = a_board(nia, content=FULL)
    decided(submitted(board, nia, phone="01632 960 002"), mair, {"phone": NO})
    assert (live(board), published) == (FULL, [])
    assert states(board) == [(1, "published"), (2, "returned"), (3, "draft")]


def test_what_was_never_published_stays_unseen_until_it_can_stand_alone(nia, mair, board):
    decided(submitted(board, nia), mair, {"words": NO})
    assert (live(board), published) == (EMPTY, [])
    assert states(board) == [(1, "returned"), (2, "draft")]
    assert "together with the rest" in letters_to(NIA)[-1].body
    decided(found(actions.submit(BOARD, board, by_id=nia.id).id).id, mair, {"phone": NO})
    assert live(board) == {**FULL, "phone": ""}


def test_its_author_takes_the_words_that_a_moderator_suggests_with_one_press(nia, mair):
    board = a_board(nia, content=FULL)
    said = Decision(Verdict.SUGGESTED, "spelling", suggestion={"cy": "Bara ffres.", "en": "Fresh bread."})
    decided(submitted(board, nia, words=OTHER_WORDS), mair, {"words": said})
    assert "Bara ffres." in letters_to(NIA)[-1].body
    actions.take_suggestion(BOARD, board, "words", by_id=nia.id)
    assert draft(board).content["words"] == said.suggestion
    assert why_not(actions.take_suggestion, BOARD, board, "words", by_id=nia.id) == WhyNot.NOTHING_SUGGESTED
    assert why_not(actions.take_suggestion, BOARD, board, "phone", by_id=nia.id) == WhyNot.NOTHING_SUGGESTED


def test_every_field_that_changed_needs_a_decision_and_a_reason_that_everybody_can_read(nia, mair):
    huw = a_person("huw", language_written="en")
    board = a_board(nia, huw, content=FULL)
    revision = submitted(board, nia, phone="01632 960 002", words=OTHER_WORDS, kind="cafe")
    said = {
        "phone": Decision(None),
        "words": Decision(Verdict.RETURNED, words=Bilingual(en="Too long.")),
        "kind": Decision(Verdict.SUGGESTED, "unclear", suggestion="shop"),
    }
    assert problems(revision, mair, said) == {
        "phone": WhyNot.UNDECIDED,
        "words": WhyNot.WORDS_NEEDED,
        "kind": WhyNot.SUGGESTION_NEEDED,  # it is picked from a list: nobody writes it
    }
    assert (found(revision).state, live(board)) == (SUBMITTED, FULL)


def test_what_is_said_of_fields_that_did_not_change_counts_for_nothing(nia, mair):
    board = a_board(nia, content=FULL)
    revision = submitted(board, nia, phone="01632 960 002")
    assert decided(revision, mair, {"name": NO, "hidden": NO}) == "published"
    assert [one.field for one in found(revision).remarks] == ["phone"]


def test_a_second_click_changes_nothing_and_a_second_moderator_comes_too_late(nia, mair, board):
    gwil = a_member_of_staff("gwil")
    revision = submitted(board, nia)
    mark = read(revision)
    said = dict.fromkeys(["name", "words", "phone", "kind"], YES)
    assert actions.decide(revision, said, by_id=mair.id, read=mark) == "published"
    assert actions.decide(revision, said, by_id=mair.id, read=mark) == "published"
    assert len(letters_to(NIA)) == len(published) == 1
    late = {**said, "name": NO}
    for by in (gwil, mair):
        assert why_not(actions.decide, revision, late, by_id=by.id, read=mark) == WhyNot.ALREADY_DECIDED


def test_a_decision_is_about_exactly_what_its_moderator_read(nia, mair):
    board = a_board(nia, content=FULL)
    revision = submitted(board, nia, phone="01632 960 002")
    mark = read(revision)
    actions.publish_now(BOARD, board, {"name": "Bwrdd Newydd"}, by_id=mair.id)
    late = why_not(actions.decide, revision, {"phone": YES}, by_id=mair.id, read=mark)
    assert late == WhyNot.CHANGED_MEANWHILE
    actions.withdraw(BOARD, board, by_id=nia.id)
    late = why_not(actions.decide, revision, {"phone": YES}, by_id=mair.id, read=mark)
    assert late == WhyNot.TAKEN_BACK


def test_nobody_moderates_their_own(nia, board):
    elen = a_member_of_staff("elen")
    theirs = a_board(nia, elen)
    revision = submitted(theirs, nia)
    assert why_not(decided, revision, elen) == WhyNot.ONES_OWN
    assert why_not(actions.take, revision, by_id=elen.id) == WhyNot.ONES_OWN
    assert actions.take_next(by_id=elen.id) is None
    begun = submitted(board, elen)  # they began it, and speak for it no longer
    assert why_not(decided, begun, elen) == WhyNot.ONES_OWN


def test_only_somebody_with_the_right_decides(nia, board):
    revision = submitted(board, nia)
    helper = a_member_of_staff("gwen", Who.HELPER)
    for by in (nia, helper):
        assert why_not(decided, revision, by) == NotNow.NOT_ALLOWED
        assert why_not(actions.take, revision, by_id=by.id) == NotNow.NOT_ALLOWED


def test_what_is_said_of_care_waits_for_one_who_knows_about_it(nia, mair):
    board = a_board(nia, content=FULL)
    siwan = a_member_of_staff("siwan", Who.CARE_MODERATOR)
    revision = submitted(board, nia, care="Yes", phone="01632 960 002")
    assert found(revision).needs == Right.MODERATE_CARE
    assert why_not(decided, revision, mair) == WhyNot.NEEDS_ANOTHER
    assert actions.take_next(by_id=mair.id) is None
    assert actions.take_next(by_id=siwan.id) == revision
    assert decided(revision, siwan) == "published"
    assert why_not(actions.restore, BOARD, board, 1, by_id=mair.id, reason="No") == WhyNot.NEEDS_ANOTHER


def test_what_readers_see_of_care_may_change_while_something_else_waits_and_asks_for_the_right_again(nia, mair):
    board = a_board(nia, content=FULL)
    revision = submitted(board, nia, phone="01632 960 002")
    assert found(revision).needs == ""
    _sees(board, {**FULL, "care": "Yes"})
    assert why_not(decided, revision, mair) == WhyNot.NEEDS_ANOTHER
    assert decided(revision, a_member_of_staff("siwan", Who.CARE_MODERATOR)) == "published"


@unit_of_work
def _sees(board, content):
    db.session.execute(update(TABLE).where(TABLE.c.id == board).values(content=content))


# ---- Who reads what ----


def test_a_change_is_one_moderators_for_half_an_hour_unless_another_takes_it_over(clock, nia, mair, board):
    gwil = a_member_of_staff("gwil")
    revision = submitted(board, nia)
    actions.take(revision, by_id=mair.id)
    assert (found(revision).reader_id, found(revision).reader_since) == (mair.id, NOW)
    assert why_not(actions.take, revision, by_id=gwil.id) == WhyNot.TAKEN
    assert why_not(decided, revision, gwil) == WhyNot.TAKEN
    assert actions.take_next(by_id=gwil.id) is None
    actions.take(revision, by_id=gwil.id, over=True)
    assert why_not(decided, revision, mair) == WhyNot.TAKEN
    actions.let_go(revision, by_id=mair.id)  # not theirs any more
    assert found(revision).reader_id == gwil.id
    clock.shift(timedelta(minutes=30))
    assert actions.take_next(by_id=mair.id) == revision
    actions.let_go(revision, by_id=mair.id)
    assert found(revision).reader_id is None
    assert story(revision) == ["began", "submitted", "took", "took", "took", "let_go"]


def test_the_next_to_read_is_what_waited_longest_in_a_language(clock, nia, mair):
    first = a_board(nia, content=FULL)
    second = a_board(nia, content=FULL)
    english = submitted(first, nia, words={**FULL["words"], "en": "Good bread."})
    clock.shift(timedelta(hours=1))
    welsh = submitted(second, nia, words={**FULL["words"], "cy": "Bara da."})
    assert actions.take_next(by_id=mair.id, language="cy") == welsh
    assert actions.take_next(by_id=mair.id) == english


# ---- Staff who write ----


def test_staff_change_what_readers_see_and_what_waits_keeps_all_that_its_author_wrote(nia, mair):
    board = a_board(nia, content=FULL)
    revision = submitted(board, nia, phone="01632 960 002", words=OTHER_WORDS)
    values = {"name": "Bwrdd y Felin", "words": {"cy": "Bara", "en": "Bread"}}
    made = actions.publish_now(BOARD, board, values, by_id=mair.id, reason="They rang us.")
    assert (made.state, made.author_id, live(board)) == ("published", mair.id, {**FULL, **values})
    waiting = found(revision)
    assert (waiting.state, waiting.base) == (SUBMITTED, 3)
    # The name they had left alone; their own words stay theirs.
    assert waiting.content == {**FULL, "name": "Bwrdd y Felin", "phone": "01632 960 002", "words": OTHER_WORDS}
    [letter] = letters_to(NIA)
    assert letter.letter == "moderation/changed_by_staff"
    assert "They rang us." in letter.body and "Description" in letter.body
    assert story(made.id) == ["changed_by_staff"]
    assert why_not(actions.publish_now, BOARD, board, values, by_id=mair.id) == WhyNot.NOTHING_CHANGED
    actions.publish_now(BOARD, board, {"name": "Bwrdd Arall"}, by_id=mair.id, tells=False)
    assert len(letters_to(NIA)) == 1


def test_what_readers_saw_before_is_published_again_as_a_new_version(nia, mair):
    board = a_board(nia, content=FULL)
    decided(submitted(board, nia, phone="01632 960 002"), mair)
    made = actions.restore(BOARD, board, 1, by_id=mair.id, reason="The number was wrong.")
    assert (made.number, made.restored_from, live(board)) == (3, 1, FULL)
    assert states(board) == [(1, "superseded"), (2, "superseded"), (3, "published")]
    assert "The number was wrong." in letters_to(NIA)[-1].body
    assert why_not(actions.restore, BOARD, board, 1, by_id=mair.id, reason="Again") == WhyNot.NOTHING_CHANGED


def test_only_what_readers_saw_whole_is_restored_and_not_by_its_own_people(nia, mair):
    elen = a_member_of_staff("elen")
    board = a_board(nia, elen, content=FULL)
    decided(submitted(board, nia, phone="01632 960 002"), mair, {"phone": NO})
    for number in (1, 2, 3, 9):  # live, returned, a draft, none
        reason = why_not(actions.restore, BOARD, board, number, by_id=mair.id, reason="No")
        assert reason == WhyNot.NO_SUCH_VERSION
    actions.publish_now(BOARD, board, {"name": "Bwrdd y Felin"}, by_id=mair.id)
    assert why_not(actions.restore, BOARD, board, 1, by_id=elen.id, reason="No") == WhyNot.ONES_OWN
    assert why_not(actions.restore, BOARD, board, 1, by_id=nia.id, reason="No") == NotNow.NOT_ALLOWED


# ---- Moderators among themselves ----


def test_moderators_note_things_and_are_told_of_what_is_submitted(nia, mair, board):
    assert why_not(actions.note, BOARD, board, "Look here", by_id=mair.id) == WhyNot.NO_SUCH_VERSION
    revision = submitted(board, nia)
    for _ in range(2):
        actions.note(BOARD, board, "Rang on Monday", by_id=mair.id)
        actions.watch(BOARD, board, True, by_id=mair.id)
    assert [(one.words, one.by_id) for one in queries.notes(BOARD, board)] == [("Rang on Monday", mair.id)]
    actions.withdraw(BOARD, board, by_id=nia.id)
    again = actions.submit(BOARD, board, by_id=nia.id).id
    assert names(MAIR) == ["moderation/submitted_again"]
    actions.watch(BOARD, board, False, by_id=mair.id)
    assert queries.watchers(BOARD, board) == []
    assert story(revision) == ["began", "submitted", "noted", "watched", "withdrew"]
    assert story(again) == ["submitted", "stopped_watching"]


def test_when_a_thing_goes_all_that_was_said_of_it_goes(nia, mair, board):
    other = a_board(nia)
    for one in (board, other):
        decided(submitted(one, nia), mair, {"phone": NO})
        actions.note(BOARD, one, "Rang", by_id=mair.id)
        actions.watch(BOARD, one, True, by_id=mair.id)
    actions.forget(BOARD, [board])
    db.session.rollback()
    for model in (Revision, Note, Watch):
        assert {one.subject_id for one in db.session.query(model)} == {other}
    forget_boards()


# ---- How long people wait ----


def test_its_people_see_where_in_the_queue_a_change_is_and_by_when_it_is_read(clock, nia, mair):
    boards = [a_board(nia) for _ in range(3)]
    assert queries.standing(BOARD, boards[1]) == queries.Standing(None, None, None, 0, None)
    for board in boards:
        submitted(board, nia)
        clock.shift(timedelta(minutes=5))
    standing = queries.standing(BOARD, boards[1])
    assert standing == queries.Standing(SUBMITTED, NOW + timedelta(minutes=5), 2, 3, rules.promised(NOW.date()))
    decided(found(queries.waiting()[0].id).id, mair)
    assert (queries.standing(BOARD, boards[1]).position, queries.standing(BOARD, boards[1]).waiting) == (1, 2)
    assert queries.standing(BOARD, boards[0]) == queries.Standing(None, None, None, 2, None)


def test_how_many_wait_and_for_how_long_is_told_by_language(clock, nia, mair):
    hour = timedelta(hours=1)
    old = submitted(a_board(nia, content=FULL), nia, words={**FULL["words"], "cy": "Hen fara."})
    clock.shift(2 * hour)
    decided(old, mair)
    submitted(a_board(nia, content=FULL), nia, words={**FULL["words"], "cy": "Bara da."})
    clock.shift(hour)
    submitted(a_board(nia, content=FULL), nia, words={**FULL["words"], "en": "Good bread."})
    clock.shift(hour)
    promise = queries.promise()
    assert promise.waiting == {
        "cy": rules.Spell(1, 2 * hour, 2 * hour),
        "en": rules.Spell(1, hour, hour),
        "both": rules.Spell(0, None, None),
        "": rules.Spell(2, 1.5 * hour, 2 * hour),
    }
    assert promise.decided["cy"] == rules.Spell(1, 2 * hour, 2 * hour)
    clock.shift(timedelta(days=90))
    assert queries.promise().decided["cy"] == rules.Spell(0, None, None)
