"""The pages about news, in both languages; and the address that ends it, which a mail program may post by itself."""

import pytest

from c4s.core import tokens
from c4s.news import letters
from c4s.news.rules import Letter
from tests.accounts.builders import a_person, enter
from tests.conftest import said
from tests.house.every_page import address_of
from tests.news.builders import a_reader, area, category, wishes
from tests.visitor import Visitor

pytestmark = pytest.mark.pages


def stop_page(site, person_id, language="en"):
    return address_of(site, "news.stop", language, token=letters.stop_token(person_id))


# ---- Choosing ----


def test_nothing_is_ticked_for_anybody(visitor, language):
    enter(visitor, a_person("nia"))
    page = visitor.open(address_of(visitor.site, "news.choose", language))
    assert page.soup.select("main input[checked]") == []


def test_somebody_chooses_finds_their_choice_again_and_ends_it(visitor, language):
    enter(visitor, a_person("nia"))
    visitor.open(address_of(visitor.site, "news.choose", language))
    chosen = {"letters": ["events"], "categories": [str(category("food"))], "areas": [str(area("rhondda-fawr"))]}
    page = visitor.send(**chosen)
    assert said(language, "Your choice is saved. News comes on Mondays, in weeks when there is some.") in page.main
    ticked = {(box["name"], box["value"]) for box in page.soup.select("main input[checked]")}
    assert ticked == {(name, value) for name, values in chosen.items() for value in values}
    page = visitor.send(letters=None, categories=None, areas=None)
    assert said(language, "You get no more news from us.") in page.main
    assert wishes() == []


def test_what_is_ticked_stays_when_the_language_is_changed(visitor):
    enter(visitor, a_person("nia"))
    visitor.open("/en/account/news")
    visitor.send(letters=["businesses"])
    assert visitor.say_it_in("cy").values()["letters"] == "businesses"


def test_what_is_not_on_the_form_counts_for_nothing(visitor):
    nia = a_person("nia")
    mair = a_reader("mair", Letter.EVENTS)
    enter(visitor, nia)
    visitor.open("/en/account/news")
    given = {"letters": ["events", "secrets"], "categories": [str(category("food-cafes")), "x", "-1"]}
    visitor.send(**given, person_id=str(mair.id), told_until="2020-01-01")
    found = {wish.person_id: wish for wish in wishes()}
    assert set(found) == {nia.id, mair.id}
    assert (found[nia.id].businesses, found[nia.id].categories) == (False, [])


# ---- Ending ----


def test_opening_the_link_of_a_letter_changes_nothing_and_the_button_ends_the_news(visitor, language):
    nia = a_reader()
    visitor.open(stop_page(visitor.site, nia.id, language))
    assert len(wishes()) == 1
    page = visitor.send()
    assert (page.h1, wishes()) == (said(language, "You get no more news from us"), [])
    visitor.open(stop_page(visitor.site, nia.id, language))
    visitor.send()  # again, and nothing is wrong


def test_a_mail_program_ends_the_news_with_one_post_without_a_cookie_or_a_form(site):
    nia = a_reader()
    answer = Visitor(site).ask("POST", stop_page(site, nia.id), data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, "Location" in answer.headers, wishes()) == (200, False, [])


def test_the_token_of_one_ends_the_news_of_nobody_else(site):
    nia, mair = a_reader(), a_reader("mair")
    assert Visitor(site).ask("POST", stop_page(site, nia.id)).status_code == 200
    assert [wish.person_id for wish in wishes()] == [mair.id]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_token_that_we_did_not_make_for_this_ends_nothing(site, method):
    nia = a_reader()
    right = letters.stop_token(nia.id)
    made_up = ["x", f"{right}x", right[:-2], tokens.sign("case", nia.id), tokens.sign("news", "1"), "1"]
    made_up += [tokens.sign("news", nia.id, nia.id), tokens.sign("news")]
    found = [Visitor(site).ask(method, f"/en/news/stop/{token}").status_code for token in made_up]
    assert (set(found), len(wishes())) == ({404}, 1)


def test_a_token_of_somebody_who_never_was_is_no_page(site):
    assert Visitor(site).ask("POST", stop_page(site, 999_999)).status_code == 404


def test_another_site_cannot_post_it_for_somebody(site):
    nia = a_reader()
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    answer = Visitor(site).ask("POST", stop_page(site, nia.id), headers=headers)
    assert (answer.status_code, len(wishes())) == (403, 1)


def test_no_other_page_takes_a_post_without_the_token_of_a_form(visitor):
    enter(visitor, a_reader())
    answer = visitor.ask("POST", "/en/account/news", data={"letters": ""})
    assert (answer.status_code, len(wishes())) == (422, 1)
