"""The guide for anybody, the list of a business, and the page of staff, in both languages."""

from urllib.parse import parse_qs, urlsplit

import pytest

from c4s.core.db import db
from c4s.directory import queries as directory
from c4s.guide import actions, phrases, queries
from c4s.guide.rules import Did
from c4s.i18n.languages import speaking
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, enter
from tests.conftest import said
from tests.guide.builders import ANSWERS, RULES, a_checklist, an_entry, kept, ticks

pytestmark = pytest.mark.pages

START = {"cy": "/cy/canllaw", "en": "/en/guide"}
QUESTION = {"cy": "/cy/canllaw/cwestiwn", "en": "/en/guide/question"}
RESULT = {"cy": "/cy/canllaw/rhestr", "en": "/en/guide/checklist"}
DESK = {"cy": "/cy/staff/canllaw", "en": "/en/staff/guide"}


@pytest.fixture
def nia(site):
    return a_person("nia")


def query(**answers):
    return "?" + "&".join(f"{key}={value}" for key, value in answers.items())


def rule(key, language):
    return queries.guide().rules[key].title[language]


def question(key, language):
    return queries.guide().questions[key].text[language]


def mine(business, entry, language, page=""):
    path = {"cy": "/cy/cyfrif/busnesau/{}/proffil/{}/rheolau", "en": "/en/account/businesses/{}/profile/{}/rules"}
    return path[language].format(business, entry) + page


def choose(visitor, answer):
    """Press the button of a question with this answer chosen, as a browser does: all goes into the address."""
    form = visitor.page.soup.select_one("main form[method=get]")
    values = {str(one["name"]): str(one["value"]) for one in form.select("input[type=hidden]")}
    radios = {str(one["value"]): str(one["name"]) for one in form.select("input[type=radio]")}
    if answer:
        values[radios[answer]] = answer
    return visitor.open(str(form["action"]) + query(**values), 200 if answer else 422)


def answer_all(visitor, answers):
    for value in answers.values():
        choose(visitor, value)
    return visitor.page


# ---- For anybody ----


def test_dylan_answers_the_questions_and_gets_a_list_with_dates_and_sources(visitor, site, language):
    visitor.open(START[language])
    page = visitor.follow(said(language, "Start"))
    assert page.h1 == question("set_up", language)
    page = answer_all(visitor, ANSWERS)
    assert urlsplit(page.address).path == RESULT[language]
    titles = [heading.get_text() for heading in page.soup.select("main section h2")]
    assert titles == [rule(key, language) for key in RULES]
    assert page.main.count(said(language, "Last checked against its source")) == len(RULES)
    assert (
        said(
            language,
            "This is information, not advice. It may not have everything. Ask the source named beside"
            " each rule if you are not sure.",
        )
        in page.main
    )
    sources = [address for address in page.links().values() if address.startswith("https://")]
    assert len(sources) >= 6


def test_the_answers_are_in_the_address_and_nowhere_else(visitor, site, language, statements):
    visitor.open(QUESTION[language])
    page = choose(visitor, "alone")
    assert parse_qs(urlsplit(page.address).query)["set_up"] == ["alone"]
    response = visitor.ask("GET", page.address)
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert len([one for one in statements if "public_version" not in one]) == 0


def test_a_question_without_an_answer_is_asked_again(visitor, site, language):
    visitor.open(QUESTION[language])
    page = choose(visitor, "")
    with_words = said(language, "Choose an answer")
    assert page.errors == [with_words]
    assert page.h1 == question("set_up", language)
    assert page.title.startswith({"cy": "Gwall: ", "en": "Error: "}[language])


def test_the_language_changes_without_losing_an_answer(visitor, site, language):
    visitor.open(QUESTION[language] + query(set_up="alone", turnover="no"))
    other = {"cy": "en", "en": "cy"}[language]
    assert visitor.switch_language().h1 == question("workers", other)
    visitor.open(RESULT[language] + query(**ANSWERS))
    assert rule("dbs", other) in visitor.switch_language().main


def test_back_leads_to_the_question_before(visitor, site, language):
    visitor.open(QUESTION[language] + query(set_up="alone", turnover="no"))
    assert visitor.follow(said(language, "Back")).h1 == question("turnover", language)
    assert visitor.follow(said(language, "Back")).h1 == question("set_up", language)
    assert visitor.follow(said(language, "Back")).h1 == said(language, "Which rules apply to me?")


def test_a_list_of_unfinished_answers_leads_to_the_next_question(visitor, site, language):
    page = visitor.open(RESULT[language] + query(set_up="alone", colour="red", workers="none"))
    assert page.h1 == question("turnover", language)
    assert "colour" not in page.address
    page = visitor.open(QUESTION[language] + query(set_up="%3Cb%3E", asked="set_up"), 422)
    assert page.h1 == question("set_up", language)


def test_the_map_of_the_site_leads_to_the_guide(visitor, site):
    assert "/cy/canllaw<" in visitor.ask("GET", "/sitemap-pages.xml").get_data(as_text=True)


# ---- For a business ----


def test_nia_keeps_a_list_ticks_it_and_answers_again(visitor, nia, language):
    business, entry = an_entry(nia)
    enter(visitor, nia).open(mine(business, entry, language))
    page = visitor.follow(said(language, "Start"))
    assert page.h1 == question("set_up", language)
    page = answer_all(visitor, ANSWERS)
    assert rule("dbs", language) in page.main
    page = visitor.send()
    with speaking(language):
        assert str(phrases.OUTCOME[Did.KEPT]) in page.main
    assert urlsplit(page.address).path == mine(business, entry, language)
    assert len(page.soup.select("main input[type=checkbox]")) == len(RULES)
    page = visitor.send(done=["dbs", "welsh"])
    assert {key for key, done in ticks(business, entry).items() if done} == {"dbs", "welsh"}
    assert page.main.count(said(language, "Ticked on")) == 2
    assert len(page.soup.select("main input[type=checkbox][checked]")) == 2
    assert visitor.follow(said(language, "Answer the questions again")).h1 == question("set_up", language)


def test_a_list_is_removed_after_a_question(visitor, nia, language):
    business, entry = a_checklist(nia)
    enter(visitor, nia).open(mine(business, entry, language))
    visitor.follow(said(language, "Remove the list"))
    assert kept(business, entry) is not None
    page = visitor.send()
    assert said(language, "The list has been removed.") in page.main
    assert kept(business, entry) is None
    visitor.open(mine(business, entry, language, {"cy": "/dileu", "en": "/remove"}[language]), 404)


def test_answers_that_are_not_finished_are_not_kept(visitor, nia, language):
    business, entry = an_entry(nia)
    keep = {"cy": "/cadw", "en": "/keep"}[language]
    page = enter(visitor, nia).open(mine(business, entry, language, keep) + query(set_up="alone"))
    assert page.h1 == question("turnover", language)


def test_ticks_for_a_list_that_is_gone_are_refused(visitor, nia, language):
    business, entry = a_checklist(nia)
    enter(visitor, nia).open(mine(business, entry, language))
    actions.forget(business, entry, by_id=nia.id)
    visitor.send(409, done=["dbs"])


def test_a_list_is_on_no_page_that_others_see(visitor, nia, language):
    _, entry = a_checklist(nia)
    db.session.rollback()
    page = visitor.open({"cy": "/cy/cyfeiriadur", "en": "/en/directory"}[language] + f"/{entry}")
    assert rule("personal-care", language) not in page.main
    assert str(directory.supplier(entry).shown).find("personal-care") == -1


@pytest.mark.parametrize("page", ["", "question", "keep", "remove"])
def test_mallory_finds_no_list_of_another_business(visitor, nia, page):
    business, entry = a_checklist(nia)
    mallory = a_person("mallory")
    theirs, _ = an_entry(mallory, "Arall")
    path = f"/{page}" if page else ""
    enter(visitor, mallory).open(mine(business, entry, "en", path) + query(**ANSWERS), 404)
    visitor.open(mine(theirs, entry, "en", path) + query(**ANSWERS), 404)


# ---- Staff ----


def test_a_rule_whose_year_is_over_waits_on_the_desk(visitor, site, clock, language):
    ada = a_member_of_staff("ada", Who.ADMINISTRATOR)
    page = enter(visitor, ada).open(DESK[language])
    assert said(language, "No rule has to be checked now.") in page.main
    assert rule("dbs", language) in page.main
    due = min(one.review_due for one in queries.guide().rules.values())
    clock.move_to(f"{due.isoformat()}T12:00:00+00:00")
    page = enter(visitor, ada).open(DESK[language])
    assert said(language, "Rules to check now") in page.main
    page = visitor.open({"cy": "/cy/staff", "en": "/en/staff"}[language])
    assert said(language, "Rules to hold against their source") in page.main


def test_only_those_who_write_the_rules_see_when_they_were_checked(visitor, site, language):
    enter(visitor, a_member_of_staff("mair", Who.MODERATOR)).open(DESK[language], 403)


def test_a_question_says_how_far_it_is_and_how_many_there_are_at_most_on_this_way(visitor, site, language):
    words = {"cy": "Cwestiwn {} o {} ar y mwyaf", "en": "Question {} of {} at most"}[language]
    assert words.format(1, 14) in visitor.open(QUESTION[language]).main
    assert words.format(7, 13) in visitor.open(QUESTION[language] + query(**dict(list(ANSWERS.items())[:6]))).main


def test_on_a_screen_the_sources_and_what_is_ticked_are_folded(visitor, nia, language):
    business, entry = a_checklist(nia)
    page = enter(visitor, nia).open(mine(business, entry, language))
    assert len(page.soup.select("form section > details:not([open])")) == len(RULES)
    page = visitor.send(done=["dbs"])
    folded = page.soup.select_one("fieldset > details:not([open])")
    assert (len(folded.select("section")), len(page.soup.select("fieldset > section"))) == (1, len(RULES) - 1)
    page = visitor.open(RESULT[language] + query(**ANSWERS))
    assert len(page.soup.select("main section details.screen")) == len(page.soup.select("main section .paper")) > 0
