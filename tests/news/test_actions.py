"""What people choose, and the weekly letters: once a week, only with something new, and to nobody who wants none."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from c4s.accounts import actions as accounts
from c4s.accounts import night
from c4s.core.db import db
from c4s.events.rules import EventState
from c4s.i18n.bilingual import Bilingual
from c4s.mail import delivery, transports
from c4s.mail.models import OutgoingLetter
from c4s.news import actions, data, letters
from c4s.news.rules import MOST, Did, Letter
from tests.accounts import rows
from tests.accounts.builders import a_person, again, letters_to, reads, registered
from tests.accounts.rows import story_of
from tests.builders import a_supplier
from tests.conftest import NOW, SETTINGS, at_once
from tests.events.builders import an_event
from tests.news.builders import a_reader, area, category, news_for, wishes

DAY = timedelta(days=1)
TUESDAY, NEXT_MONDAY = NOW + DAY, NOW + 7 * DAY


def on(moment):
    return time_machine.travel(moment, tick=False)


@pytest.fixture
def nia(site):
    return a_reader()


# ---- Choosing ----


def test_nobody_is_sent_news_who_has_not_asked_for_it(site):
    a_person("nia")
    with on(TUESDAY):
        an_event()
    with on(NEXT_MONDAY):
        assert (actions.send_due(), wishes()) == (0, [])


def test_what_somebody_chose_and_when_is_kept(site):
    nia = a_person("nia")
    given = {"categories": [category("food"), 999_999], "areas": [area("rhondda-fawr")]}
    assert actions.choose(nia.id, [Letter.BUSINESSES], **given) == Did.CHOSE
    [wish] = wishes()
    assert (wish.events, wish.businesses, wish.agreed_at, wish.told_until) == (False, True, NOW, NOW)
    assert ([one.code for one in wish.categories], [one.code for one in wish.areas]) == (["food"], ["rhondda-fawr"])
    assert story_of(nia.id)[-1] == "news.chose"


def test_who_chooses_again_loses_no_news_and_agrees_anew(nia):
    with on(TUESDAY):
        an_event()
    with on(TUESDAY + DAY):
        actions.choose(nia.id, [Letter.EVENTS])
        [wish] = wishes()
        assert (wish.agreed_at, wish.told_until, wish.businesses) == (TUESDAY + DAY, NOW, False)
    with on(NEXT_MONDAY):
        assert actions.send_due() == 1


def test_who_wants_nothing_leaves_nothing_behind(site):
    nia = a_reader(categories=[category("food")], areas=[area("rhondda-fawr")])
    for _ in range(2):
        assert actions.choose(nia.id, []) == Did.STOPPED
    assert wishes() == []
    assert story_of(nia.id).count("news.stopped") == 1
    with on(TUESDAY):
        an_event()
    with on(NEXT_MONDAY):
        assert actions.send_due() == 0


def test_news_is_stopped_by_the_number_in_a_letter_for_that_one_alone(nia):
    a_reader("mair")
    for _ in range(2):
        actions.stop(nia.id)
    assert [wish.person.name for wish in wishes()] == ["Mair"]
    assert story_of(nia.id).count("news.stopped") == 1


# ---- The weekly letter ----


def test_a_letter_comes_on_the_next_monday_with_what_is_new_and_once(nia):
    an_event(title=Bilingual("Hen gwrs", "An old course"))
    with on(TUESDAY):
        an_event(title=Bilingual("Cwrs newydd", "A new course"))
        a_supplier("Becws newydd")
        assert actions.send_due() == 0  # not in the week in which she agreed
    with on(NEXT_MONDAY):
        assert [actions.send_due() for _ in range(3)] == [1, 0, 0]
    with on(NEXT_MONDAY + 3 * DAY):
        assert actions.send_due() == 0
    [letter] = news_for()
    shown = ("Cwrs newydd", "A new course", "Becws newydd", "Hen gwrs")
    assert [words in letter.body for words in shown] == [True, True, True, False]
    assert [wish.told_until for wish in wishes()] == [NEXT_MONDAY]


def test_nothing_new_is_no_letter_and_what_comes_later_waits_for_monday(nia):
    with on(NEXT_MONDAY):
        assert actions.send_due() == 0
    with on(NEXT_MONDAY + DAY):
        an_event()
        assert actions.send_due() == 0
    with on(NEXT_MONDAY + 7 * DAY):
        assert actions.send_due() == 1


def test_a_site_that_was_off_on_monday_sends_the_letter_when_it_is_back(nia):
    with on(TUESDAY):
        an_event()
    with on(NEXT_MONDAY + 2 * DAY):
        assert [actions.send_due() for _ in range(2)] == [1, 0]
    with on(NEXT_MONDAY + 3 * DAY):
        an_event()
    with on(NEXT_MONDAY + 7 * DAY):
        assert actions.send_due() == 1
    assert len(news_for()) == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # Clocks go forward on Sunday 29 March 2026 and back on Sunday 25 October 2026.
        (datetime(2026, 3, 29, 22, 59, tzinfo=UTC), datetime(2026, 3, 29, 23, 0, tzinfo=UTC)),
        (datetime(2026, 10, 25, 23, 59, tzinfo=UTC), datetime(2026, 10, 26, 0, 0, tzinfo=UTC)),
    ],
)
def test_monday_begins_at_midnight_in_wales_whatever_the_clocks_do(site, before, after):
    with on(before - 3 * DAY):
        a_reader()
    with on(before - 2 * DAY):
        an_event()
    with on(before):
        assert actions.send_due() == 0
    with on(after):
        assert [actions.send_due() for _ in range(2)] == [1, 0]
    with on(after + timedelta(hours=1)):
        assert actions.send_due() == 0


def test_two_workers_at_once_send_one_letter(site, nia):
    with on(TUESDAY):
        an_event()
    with on(NEXT_MONDAY):
        assert sorted(at_once(site, actions.send_due, actions.send_due)) == [0, 1]
    assert len(news_for()) == 1


def test_what_goes_wrong_for_one_leaves_the_others_their_letter(site, nia, monkeypatch, caplog):
    a_reader("mair")
    with on(TUESDAY):
        an_event()
    real = letters.weekly

    def weekly(person, *rest):
        if person.name == "Nia":
            raise RuntimeError("a name nobody foresaw")
        real(person, *rest)

    monkeypatch.setattr(letters, "weekly", weekly)
    with on(NEXT_MONDAY), caplog.at_level(logging.CRITICAL, logger="c4s.news"):
        assert actions.send_due() == 1
        monkeypatch.undo()
        assert actions.send_due() == 1
    assert (len(news_for()), len(news_for("mair"))) == (1, 1)


@pytest.mark.parametrize("language", ["cy", "en", "both"])
def test_a_letter_is_in_the_languages_of_the_one_who_reads_it(site, language):
    reads(a_reader(), language)
    with on(TUESDAY):
        an_event()
    with on(NEXT_MONDAY):
        actions.send_due()
    [letter] = news_for()
    found = ["Dechrau busnes" in letter.body, "Starting a business" in letter.body]
    assert (letter.language, found) == (language, {"cy": [True, False], "en": [False, True]}.get(language, [True] * 2))


def test_a_letter_tells_of_ten_and_where_there_is_more(nia):
    with on(TUESDAY):
        for number in range(MOST + 1):
            an_event(title=Bilingual(f"Cwrs {number:02}.", f"Course {number:02}."))
            a_supplier(f"Siop {number:02}.")
    with on(NEXT_MONDAY):
        actions.send_due()
    [letter] = news_for()
    english = letter.body.partition("-" * 60)[2]
    assert [english.count(one) for one in ("Course ", "Siop ", "There is more here:")] == [MOST, MOST, 2]
    assert [f"/en/{page}\n" in english for page in ("events", "directory")] == [True, True]


def test_nothing_is_told_of_drafts_of_what_is_closed_or_of_what_is_gone(nia):
    with on(TUESDAY):
        an_event(state=EventState.DRAFT)
        an_event(state=EventState.CANCELLED)
        an_event(starts_at=TUESDAY + 2 * DAY)
        a_supplier("Wedi mynd", gone_on=TUESDAY.date())
    with on(NEXT_MONDAY):
        assert actions.send_due() == 0


# ---- What it is about ----


@pytest.mark.parametrize(
    ("wanted", "about", "expected"),
    [
        (Letter.EVENTS, {}, {"Cwrs y Porth", "Cwrs Aberdâr", "Cwrs ar-lein", "Cwrs crwydrol"}),
        (Letter.EVENTS, {"areas": ("tonypandy-porth",)}, {"Cwrs y Porth", "Cwrs ar-lein", "Cwrs crwydrol"}),
        (Letter.EVENTS, {"categories": ("food",)}, {"Cwrs y Porth", "Cwrs Aberdâr", "Cwrs ar-lein", "Cwrs crwydrol"}),
        (Letter.BUSINESSES, {}, {"Becws", "Gofal", "Crwydrwr"}),
        (Letter.BUSINESSES, {"categories": ("food",)}, {"Becws", "Crwydrwr"}),
        (Letter.BUSINESSES, {"categories": ("food", "care")}, {"Becws", "Gofal", "Crwydrwr"}),
        (Letter.BUSINESSES, {"areas": ("aberdare-hirwaun",)}, {"Gofal", "Crwydrwr"}),
        (Letter.BUSINESSES, {"categories": ("food",), "areas": ("aberdare-hirwaun",)}, {"Crwydrwr"}),
        (Letter.BUSINESSES, {"areas": ("llantrisant-pontyclun",)}, set()),
    ],
)
def test_news_is_about_what_somebody_ticked_and_all_of_it_when_they_ticked_nothing(site, wanted, about, expected):
    find = {"categories": category, "areas": area}
    a_reader("nia", wanted, **{name: [find[name](code) for code in codes] for name, codes in about.items()})
    porth, aberdare = area("porth"), area("aberdare")
    with on(TUESDAY):
        for name, where in (("Cwrs y Porth", porth), ("Cwrs Aberdâr", aberdare), ("Cwrs crwydrol", None)):
            an_event(title=Bilingual(name, name), area_id=where)
        an_event(title=Bilingual("Cwrs ar-lein", "Cwrs ar-lein"), area_id=aberdare, online=True)
        a_supplier("Becws", categories=("food-cafes",), town="Porth")
        a_supplier("Gofal", categories=("care",), town="Aberdare")
        a_supplier("Crwydrwr", categories=("food",), served=("aberdare",))
    with on(NEXT_MONDAY):
        actions.send_due()
    body = "".join(letter.body for letter in news_for())
    every = {"Cwrs y Porth", "Cwrs Aberdâr", "Cwrs ar-lein", "Cwrs crwydrol", "Becws", "Gofal", "Crwydrwr"}
    assert {name for name in every if name in body} == expected


def test_the_letter_of_one_person_asks_as_many_questions_however_much_is_new(site, statements):
    def questions():
        del statements[:]
        assert actions.send_due() == 1
        return len(statements)

    a_reader("nia", categories=[category("food")], areas=[area("rhondda-fawr")])
    with on(TUESDAY):
        an_event()
        a_supplier("Siop", categories=("food",), served=("rhondda-fawr",))
    with on(NEXT_MONDAY):
        few = questions()
    with on(NEXT_MONDAY + DAY):
        for number in range(9):
            an_event(starts_at=NEXT_MONDAY + (number + 9) * DAY)
            a_supplier(f"Siop {number}", categories=("food",), served=("rhondda-fawr",))
    with on(NEXT_MONDAY + 7 * DAY):
        assert questions() == few


# ---- Who may have it ----


@pytest.mark.parametrize("what", ["closing", "suspended"])
def test_nobody_is_sent_news_whose_account_is_not_open(nia, what):
    if what == "closing":
        accounts.ask_to_close(nia.id)
    else:
        rows.suspend(nia)
    with on(TUESDAY):
        an_event()
    with on(NEXT_MONDAY):
        assert actions.send_due() == 0


def test_who_closes_their_account_leaves_no_wish_behind(nia):
    accounts.ask_to_close(nia.id)
    with on(NOW + 15 * DAY):
        night.forget_old()
    assert (wishes(), again(nia.id).name) == ([], "")


def test_what_is_kept_of_ones_news_is_there_to_read(site):
    nia = a_reader("nia", Letter.EVENTS, categories=[category("food")])
    a_reader("mair")
    [record] = data.PART.load(nia)
    found = {fact.key: fact.value for fact in record}
    assert (found["letters"], found["agreed_at"], found["areas"]) == ("events", NOW.isoformat(), "")
    assert found["categories"] != ""
    assert data.PART.load(a_person("ifan")) == []


# ---- The letter as mail ----


def test_a_mail_program_can_end_the_news_by_itself(nia):
    with on(TUESDAY):
        an_event()
    with on(NEXT_MONDAY):
        actions.send_due()
    [letter] = news_for()
    message = transports.message_of(letter, SETTINGS)
    address = f"<http://127.0.0.1:5000/cy/newyddion/stopio/{letters.stop_token(nia.id)}>"
    assert message["List-Unsubscribe"] == address
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"\nList-Unsubscribe: {address}\n" in message.as_string()  # on one line, and in no code
    assert letters.stop_token(nia.id) in letter.body


def test_the_address_that_ends_the_news_is_forgotten_with_the_words_of_the_letter(nia):
    with on(TUESDAY):
        an_event()
    with on(NEXT_MONDAY):
        actions.send_due()
        delivery.send_due()
    with on(NEXT_MONDAY + 31 * DAY):
        delivery.purge()
    [letter] = [one for one in db.session.query(OutgoingLetter) if one.letter == "news/weekly"]
    assert (letter.unsubscribe, letter.body) == ("", "")


def test_no_other_letter_says_that_it_can_be_ended(site):
    message = transports.message_of(letters_to(registered())[0], SETTINGS)
    assert [message[name] for name in ("List-Unsubscribe", "List-Unsubscribe-Post")] == [None, None]
