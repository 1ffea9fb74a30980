"""The pages on which moderators read and decide, and the promise that everybody reads."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from c4s.accounts.models import Person
from c4s.core.db import db
from c4s.i18n.bilingual import Bilingual
from c4s.moderation import actions, queries
from c4s.moderation.rules import Verdict
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, enter, letters_to
from tests.conftest import said
from tests.moderation.builders import (
    BOARD,
    FULL,
    NO,
    a_board,
    decided,
    draft,
    found,
    live,
    states,
    submitted,
)
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

QUEUE = {"cy": "/cy/staff/cymedroli", "en": "/en/staff/moderation"}
PROMISE = {"cy": "/cy/ein-haddewid", "en": "/en/our-promise"}
OTHER_WORDS = {"cy": "Bara bob dydd.", "en": "Bread every day."}


@pytest.fixture
def board(nia):
    return a_board(nia, content=FULL)


@pytest.fixture
def desk(visitor, mair):
    return enter(visitor, mair)


def reading(revision, language="en"):
    return f"{QUEUE[language]}/{revision}"


def history(board, language="en"):
    return f"{QUEUE[language]}/{BOARD}/{board}"


def marks(page):
    """What is marked as gone, and as new, without what is said for those who hear it."""
    soup = BeautifulSoup(page.html, "html.parser")
    for hidden in soup.select(".vh, td .muted"):
        hidden.decompose()
    return [[" ".join(tag.get_text(" ").split()) for tag in soup.select(f"main {name}")] for name in ("del", "ins")]


# ---- The queue ----


def test_the_queue_shows_what_waits_the_oldest_first_in_each_language(desk, clock, nia, language):
    for number, words in enumerate(({"cy": "Bara da.", "en": FULL["words"]["en"]}, OTHER_WORDS)):
        submitted(a_board(nia, name=f"Bwrdd {number}", content=FULL), nia, words=words)
        clock.shift(timedelta(minutes=5))
    page = desk.open(QUEUE[language])
    names = [heading.find("span").get_text() for heading in page.soup.select("section.panel h2")]
    assert names == ["Bwrdd 0", "Bwrdd 1"]
    assert said(language, "Read the next one") in page.main
    page = desk.open(f"{QUEUE[language]}?written=cy")
    assert "Bwrdd 0" in page.main and "Bwrdd 1" not in page.main
    assert "Bwrdd" not in desk.open(f"{QUEUE[language]}?written=en").main


def test_what_waits_longer_than_we_promise_is_marked_in_words_and_the_order_stays(site, clock, nia, mair, language):
    old = submitted(a_board(nia, name="Bwrdd 0", content=FULL), nia, phone="01632 960 002")
    clock.shift(timedelta(days=7))
    submitted(a_board(nia, name="Bwrdd 1", content=FULL), nia, phone="01632 960 002")

    def marks_of(page):
        panels = page.soup.select("section.panel")
        return [(one.find("span").get_text(), said(language, "Overdue") in one.get_text()) for one in panels]

    page = enter(Visitor(site), mair).open(QUEUE[language])
    assert marks_of(page) == [("Bwrdd 0", False), ("Bwrdd 1", False)]  # the last day that we promise
    clock.shift(timedelta(days=1))
    desk = enter(Visitor(site), mair)
    page = desk.open(QUEUE[language])
    assert marks_of(page) == [("Bwrdd 0", True), ("Bwrdd 1", False)]
    assert {"cy": "Dydd Llun 30 Tachwedd 2026", "en": "Monday 30 November 2026"}[language] in page.main
    assert said(language, "Overdue") in desk.open(reading(old, language)).main


def test_the_next_one_is_taken_up_with_one_press(desk, nia, mair, board):
    desk.open(QUEUE["en"])
    assert "Nothing is waiting." in desk.page.main
    revision = submitted(board, nia, phone="01632 960 002")
    desk.open(QUEUE["en"])
    page = desk.send()
    assert page.address.endswith(reading(revision))
    assert found(revision).reader_id == mair.id
    gwil = enter(Visitor(desk.site), a_member_of_staff("gwil"))
    assert "Mair" in gwil.open(QUEUE["en"]).main
    assert "Nothing is waiting that you can take up now." in gwil.send().main


def test_however_many_wait_the_queue_and_the_desk_ask_as_many_questions(desk, nia, statements):
    asked = []
    for number in (5, 45):
        for one in range(number):
            submitted(a_board(nia, name=f"Bwrdd {number} {one}", content=FULL), nia, phone="01632 960 002")
        for address in (QUEUE["en"], "/en/staff"):
            desk.open(address)
            statements.clear()
            desk.open(address)
            asked.append(len(statements))
    assert asked[:2] == asked[2:]


# ---- Reading ----


def test_old_stands_beside_new_and_what_differs_is_marked_word_by_word(desk, nia, board, language):
    values = {"words": {"cy": "Bara bob dydd.", "en": "Bread every morning."}, "phone": "01632 960 002", "kind": "cafe"}
    page = desk.open(reading(submitted(board, nia, **values), language))
    shop, cafe = {"cy": ("Siop", "Caffi"), "en": ("Shop", "Café")}[language]
    assert marks(page) == [["bore.", "001", shop], ["dydd.", "002", cafe]]
    cells = [cell["lang"] for cell in page.soup.select("main table td[lang]")]
    other = "en" if language == "cy" else "cy"
    assert cells == [language, language, other, other]  # before and now, in one language and then in the other
    assert said(language, "What did not change") in page.main
    assert said(language, "Removed:") in page.main  # also for those who hear the page


def test_long_stretches_that_did_not_change_are_left_out(desk, nia):
    long = " ".join(f"word{number}" for number in range(200))
    board = a_board(nia, content={**FULL, "words": {"cy": "", "en": f"{long} old {long}"}})
    page = desk.open(reading(submitted(board, nia, words={"cy": "", "en": f"{long} new {long}"})))
    assert marks(page) == [["old"], ["new"]]
    cells = [cell.get_text() for cell in page.soup.select("main table td[lang=en]")]
    assert all("word199" in cell and "word0 " in cell and "word100" not in cell for cell in cells)


def test_a_picture_is_shown_with_its_description(desk, nia, board):
    page = desk.open(reading(submitted(board, nia, **{"picture:a": {"cy": "Bara", "en": "Bread"}})))
    [picture] = page.soup.select("main img")
    assert (picture["alt"], picture["src"]) == ("Bread", "/static/picture:a.webp")


def test_a_change_is_accepted_with_one_press(desk, nia, board):
    revision = submitted(board, nia, phone="01632 960 002", words=OTHER_WORDS)
    desk.open(reading(revision))
    page = desk.send()
    assert page.address.endswith(QUEUE["en"])
    assert "You accepted all of it." in page.main
    assert live(board) == {**FULL, "phone": "01632 960 002", "words": OTHER_WORDS}


def test_a_field_is_returned_with_a_ready_reason_and_another_with_other_words(desk, nia, board):
    revision = submitted(board, nia, phone="01632 960 002", words=OTHER_WORDS, kind="cafe")
    desk.open(reading(revision))
    page = desk.send(
        **{
            "verdict-phone": "returned",
            "reason-phone": "not_shown",
            "verdict-words": "suggested",
            "reason-words": "spelling",
            "other_en-words": "Fresh bread every day.",
        }
    )
    assert "went back with your reasons" in page.main
    assert live(board) == {**FULL, "kind": "cafe"}
    remarks = queries.latest_remarks(BOARD, board)
    assert remarks["phone"].phrase == "not_shown"
    assert remarks["words"].verdict == Verdict.SUGGESTED
    assert remarks["words"].suggestion == {"cy": "Bara bob dydd.", "en": "Fresh bread every day."}
    assert "Fresh bread every day." in letters_to("nia@example.cymru")[-1].body


def test_other_words_need_no_reason_and_a_reason_about_pictures_is_for_pictures(desk, nia, board):
    revision = submitted(board, nia, words=OTHER_WORDS, **{"picture:a": {"cy": "Bara", "en": "Bread"}})
    page = desk.open(reading(revision))
    offered = [one["name"] for one in page.soup.select('[name^="reason-"][value="picture"]')]
    assert offered == ["reason-picture-a"]
    page = desk.send(**{"verdict-words": "suggested", "other_en-words": "Fresh bread every day."})
    assert "went back with your reasons" in page.main
    assert (str(found(revision).state), queries.latest_remarks(BOARD, board)["words"].phrase) == ("returned", "")


def test_what_is_missing_is_said_beside_its_box_and_nothing_typed_is_lost(desk, nia, board, language):
    revision = submitted(board, nia, phone="01632 960 002", words=OTHER_WORDS, name="Bwrdd Newydd")
    desk.open(reading(revision, language))
    typed = {
        "verdict-phone": "returned",
        "verdict-words": "suggested",
        "reason-words": "unclear",
        "verdict-name": "returned",
        "words_cy-name": "Mae’r enw yn rhy hir.",
    }
    page = desk.send(422, **typed)
    why = {
        key: said(language, sentence)
        for key, sentence in (
            ("phone", "Pick a reason, or write one"),
            ("words", "Change the words that you suggest"),
            ("name", "Write your reason in each language, or in none"),
        )
    }
    labels = {
        key: said(language, label) for key, label in (("phone", "Phone"), ("words", "Description"), ("name", "Name"))
    }
    assert sorted(page.errors) == sorted(f"{labels[key]}: {why[key]}" for key in why)
    assert all(page.values()[name] == value for name, value in typed.items())
    boxes = [part.select_one("fieldset ~ div, .field ~ div") for part in page.soup.select("main form .verdict")]
    assert len([box for box in boxes if not box.get("class")]) == 3, "what must be put right hides"
    assert str(found(revision).state) == "submitted"
    page = desk.send(press=("_language", "en" if language == "cy" else "cy"))
    assert page.language != language
    assert all(page.values()[name] == value for name, value in typed.items())


def test_a_reason_for_what_is_accepted_is_asked_about_and_not_published(desk, nia, board):
    revision = submitted(board, nia, phone="01632 960 002")
    desk.open(reading(revision))
    page = desk.send(422, **{"reason-phone": "unclear"})
    assert "does not go with what you chose" in page.errors[0]
    assert live(board) == FULL


def test_a_second_moderator_is_told_kindly_that_it_has_been_decided(desk, nia, mair, board, language):
    revision = submitted(board, nia, phone="01632 960 002")
    gwil = enter(Visitor(desk.site), a_member_of_staff("gwil"))
    for one in (desk, gwil):
        one.open(reading(revision, language))
    desk.send()
    page = gwil.send(409)
    assert said(language, "Somebody else has decided this already") in page.main
    assert "Mair" in page.main and "2026" in page.main
    page = gwil.open(reading(revision, language))
    assert page.address.endswith(f"/{BOARD}/{board}/{'fersiynau' if language == 'cy' else 'versions'}/2")


def test_a_second_click_of_the_same_moderator_is_no_news(desk, nia, board):
    revision = submitted(board, nia, phone="01632 960 002")
    desk.open(reading(revision))
    values, address = desk.page.values(), desk.page.address
    desk.send()
    answer = desk.client.post(address, data=values)
    assert (answer.status_code, len(letters_to("nia@example.cymru"))) == (303, 1)


def test_what_its_author_took_back_is_not_decided(desk, nia, board):
    desk.open(reading(submitted(board, nia, phone="01632 960 002")))
    actions.withdraw(BOARD, board, by_id=nia.id)
    assert "Its author took this back before you decided" in desk.send(409).main


def test_whoever_has_taken_it_up_is_named_and_can_be_relieved(desk, nia, mair, board):
    revision = submitted(board, nia, phone="01632 960 002")
    gwil = enter(Visitor(desk.site), a_member_of_staff("gwil"))
    desk.open(reading(revision))
    other = db.session.query(Person).filter_by(email="gwil@example.cymru").one()
    actions.take(revision, by_id=other.id)
    page = desk.send(422, **{"verdict-phone": "returned", "reason-phone": "unclear"})
    assert "Somebody else is reading this now" in page.errors[0] and "Gwil" in page.main
    page = desk.send(press=("_take", "yes"))
    assert page.values()["reason-phone"] == "unclear"
    assert found(revision).reader_id == mair.id
    assert "Mair" in gwil.open(reading(revision)).main
    desk.send(press=("_let_go", "yes"))
    assert found(revision).reader_id is None


def test_what_changed_meanwhile_is_shown_anew_with_all_that_was_typed(desk, nia, mair, board):
    revision = submitted(board, nia, phone="01632 960 002")
    desk.open(reading(revision))
    actions.publish_now(BOARD, board, {"name": "Bwrdd y Felin"}, by_id=mair.id)
    page = desk.send(422, **{"verdict-phone": "returned", "reason-phone": "unclear"})
    assert "Something here changed while you were reading" in page.errors[0]
    assert page.values()["reason-phone"] == "unclear"
    desk.send()
    assert states(board)[-2:] == [(3, "published"), (4, "draft")]


def test_ones_own_change_and_one_about_care_are_read_and_not_decided(desk, nia, mair, board):
    own = submitted(a_board(nia, mair, content=FULL), nia, phone="01632 960 002")
    care = submitted(board, nia, care="Yes")
    for revision, why in ((own, "This is yours too"), (care, "a moderator of care services must decide")):
        page = desk.open(reading(revision))
        assert why in page.main and not page.soup.select("main form")
    siwan = enter(Visitor(desk.site), a_member_of_staff("siwan", Who.CARE_MODERATOR))
    siwan.open(reading(care))
    siwan.send()
    assert live(board)["care"] == "Yes"


def test_however_much_changed_the_page_asks_as_many_questions(desk, nia, statements):
    asked = []
    for fields in (1, 40):
        pictures = {f"picture:{number}": {"cy": "Bara", "en": "Bread"} for number in range(fields)}
        revision = submitted(a_board(nia, content=FULL), nia, **pictures)
        desk.open(reading(revision))
        statements.clear()
        desk.open(reading(revision))
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_a_draft_is_no_affair_of_moderators(desk, nia, board):
    actions.save(BOARD, board, {"phone": "01632 960 002"}, by_id=nia.id)
    number = draft(board).id
    for address in (reading(number), f"{reading(number)}/preview", f"{history(board)}/versions/2"):
        desk.open(address, 404)
    actions.submit(BOARD, board, by_id=nia.id)
    assert "960 002" not in desk.open(history(board)).main


# ---- Looking back ----


def test_the_history_of_a_thing_has_every_version_who_and_when_and_what_was_said(desk, nia, mair, board, language):
    decided(submitted(board, nia, phone="01632 960 002", words=OTHER_WORDS), mair, {"words": NO})
    page = desk.open(history(board, language))
    version = said(language, "Version")
    headings = [heading.get_text() for heading in page.soup.select("section.panel h2")]
    assert headings == [f"{version} {number}" for number in (3, 2, 1)]
    assert all(words in page.main for words in ("Nia", "Mair", said(language, "Returned")))
    page = desk.follow(f"{version} 2")
    words = ["bore.", "morning."] if language == "cy" else ["morning.", "bore."]
    assert marks(page)[0] == [*words, "001"]
    assert said(language, "Readers may not understand this. Say it in shorter, plainer words.") in page.main


def test_an_earlier_version_is_restored_with_a_reason(desk, nia, mair, board):
    decided(submitted(board, nia, phone="01632 960 002"), mair)
    desk.open(f"{history(board)}/versions/1")
    desk.follow("Restore this version")
    assert desk.send(422).errors == ["Write why you restore this version"]
    page = desk.send(reason="They rang us: the number was wrong.")
    assert "The earlier version is published again" in page.main
    assert (live(board), states(board)[-1]) == (FULL, (3, "published"))
    page = desk.open(f"{history(board)}/versions/3/restore")  # it is what readers see
    assert page.address.endswith("/versions/3")


def test_a_moderator_neither_reads_nor_writes_notes_about_what_is_their_own(site, desk, nia, mair):
    theirs = a_board(nia, mair, content=FULL)
    number = submitted(theirs, nia, phone="01632 960 002")
    actions.note(BOARD, theirs, "Ffonio’r heddlu.", by_id=a_member_of_staff("siwan", Who.MODERATOR).id)
    for address in (reading(number), history(theirs)):
        assert "heddlu" not in desk.open(address).main
    assert len(desk.send(422, words="Fi.").errors) == 1
    db.session.rollback()
    assert [note.words for note in queries.notes(BOARD, theirs)] == ["Ffonio’r heddlu."]


def test_moderators_note_and_watch(desk, nia, mair, board, language):
    submitted(board, nia, phone="01632 960 002")
    desk.open(history(board, language))
    assert desk.send(422).errors == [said(language, "Write the note")]
    page = desk.send(words="Wedi ffonio ddydd Llun.")
    assert "Wedi ffonio ddydd Llun." in page.main
    page = desk.send(press=("_watch", "yes"))
    assert said(language, "Stop the letters") in page.main
    assert queries.is_watching(BOARD, board, mair.id)
    page = desk.send(press=("_watch", "no"))
    assert said(language, "Tell me of changes") in page.main


def test_a_version_is_seen_as_readers_would(desk, nia, board):
    answer = desk.client.get(f"{reading(submitted(board, nia, name='Bwrdd y Felin'))}/preview")
    assert answer.get_data(as_text=True) == "<!doctype html><title>Bwrdd y Felin</title>"


def test_what_is_no_thing_has_no_page(desk, nia, board):
    for address in (f"{QUEUE['en']}/nothing/1", history(99), history(10**12), f"{QUEUE['en']}/999"):
        desk.open(address, 404)


# ---- The promise ----


def test_everybody_reads_how_long_changes_wait_and_what_we_promise(visitor, clock, nia, mair, language):
    clock.shift(timedelta(seconds=1))
    welsh = submitted(a_board(nia, content=FULL), nia, words={"cy": "Bara da.", "en": FULL["words"]["en"]})
    clock.shift(timedelta(days=3))
    decided(welsh, mair)
    submitted(a_board(nia, content=FULL), nia, phone="01632 960 002")
    clock.shift(timedelta(hours=5))
    page = visitor.open(PROMISE[language])
    hours, days = {"cy": ("5 awr", "3 diwrnod"), "en": ("5 hours", "3 days")}[language]
    assert page.soup.select("dl.facts strong")[0].get_text() == "5"
    now, then = page.soup.select("main table")
    assert hours in now.get_text() and days not in now.get_text()
    assert days in then.get_text()
    assert "Bwrdd" not in page.main
    crumbs = [one.get_text() for one in page.soup.select(".crumbs a")]
    assert crumbs == [said(language, "Home"), said(language, "How we work")]
    ways = [one.get_text() for one in page.soup.select("main li > a:last-child")]
    assert ways[-2:] == [said(language, "My businesses"), said(language, "Contact us")], "what to do when we are late"


def late(page):
    """How many of those that wait, and of those that were decided, are later than we promise; in all."""
    return [table.select("tr")[-1].select("td")[-1].get_text().split()[-1] for table in page.soup.select("main table")]


def test_everybody_reads_how_often_we_broke_our_promise(visitor, clock, nia, mair, language):
    waits, read = (submitted(a_board(nia, content=FULL), nia, phone="01632 960 002") for _ in range(2))
    clock.shift(timedelta(days=7))
    assert late(visitor.open(PROMISE[language])) == ["0", "0"]
    clock.shift(timedelta(days=1))
    decided(read, mair)
    assert late(visitor.open(PROMISE[language])) == ["1", "1"]
    decided(waits, mair)
    assert late(visitor.open(PROMISE[language])) == ["0", "2"]


def test_the_desk_shows_what_waits_and_whoever_wrote_sees_what_we_keep(desk, visitor, nia, mair, board):
    submitted(board, nia, phone="01632 960 002")
    assert "Changes to read" in desk.open("/en/staff").main
    other = enter(Visitor(desk.site), nia)
    page = other.open("/en/account/my-data")
    assert "01632 960 002" in page.main and "Waiting for a moderator" in page.main


def test_a_reason_in_own_words_is_asked_in_the_languages_of_the_people(desk, mair):
    huw = a_person("huw", language_written="en")
    board = a_board(huw, content=FULL)
    revision = submitted(board, huw, phone="01632 960 002")
    page = desk.open(reading(revision))
    assert "words_en-phone" in page.values() and "words_cy-phone" not in page.values()
    desk.send(**{"verdict-phone": "returned", "words_en-phone": "Who answers it?"})
    assert queries.latest_remarks(BOARD, board)["phone"].words == Bilingual(en="Who answers it?")
