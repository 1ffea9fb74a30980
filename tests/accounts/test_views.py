"""The pages of accounts, as people go through them, in both languages."""

import json
import re
from datetime import timedelta

import pytest

from c4s.accounts import actions, queries, rules
from c4s.accounts.models import KeptForm, Person, SignIn
from c4s.accounts.rules import Did, PersonState
from c4s.audit import trail
from c4s.core.db import db
from c4s.events.rules import EventState
from c4s.i18n.bilingual import Bilingual
from tests.accounts.builders import (
    PASSWORD,
    a_person,
    again,
    kinds_of_letters_to,
    letters_to,
    link_to,
    registered,
    sign_in,
    who_registered,
)
from tests.conftest import NOW, said
from tests.events.builders import an_event, booked, call_off
from tests.visitor import Visitor, words

pytestmark = pytest.mark.pages

NIA = "nia@example.cymru"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ANSWERS = {
    "name": "Siân ap Rhŷs",
    "email": "sian@example.cymru",
    "language_written": "cy",
    "language_spoken": "en",
    "over_16": "y",
}
PATHS = {
    "lanes": ("/cy/cofrestru", "/en/register"),
    "register": ("/cy/cofrestru/preswylydd", "/en/register/resident"),
    "sign_in": ("/cy/mewngofnodi", "/en/sign-in"),
    "with_password": ("/cy/mewngofnodi/cyfrinair", "/en/sign-in/password"),
    "sign_out": ("/cy/allgofnodi", "/en/sign-out"),
    "account": ("/cy/cyfrif", "/en/account"),
    "details": ("/cy/cyfrif/manylion", "/en/account/details"),
    "email": ("/cy/cyfrif/e-bost", "/en/account/email"),
    "password": ("/cy/cyfrif/cyfrinair", "/en/account/password"),
    "sign_ins": ("/cy/cyfrif/mewngofnodiadau", "/en/account/sign-ins"),
    "confirm": ("/cy/cyfrif/cadarnhau", "/en/account/confirm"),
    "my_data": ("/cy/cyfrif/fy-nata", "/en/account/my-data"),
    "as_json": ("/cy/cyfrif/fy-nata.json", "/en/account/my-data.json"),
    "close": ("/cy/cyfrif/cau", "/en/account/close"),
    "places": ("/cy/cyfrif/lleoedd", "/en/account/places"),
}


def at(name, language="en"):
    return dict(zip(("cy", "en"), PATHS[name], strict=True))[language]


def everybody():
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(Person).order_by(Person.id).all()


def outcome(page):
    return [words(one) for one in page.soup.select("main .banner[role=alert]")]


def answers_of(page):
    """What the account page says, by label."""
    rows = page.soup.select(".answers > div")
    return {words(row.dt): words(row.dd) for row in rows}


# ---- Opening an account ----


def test_somebody_opens_an_account(visitor, language):
    visitor.open(at("register", language))
    page = visitor.send(**ANSWERS)
    assert (page.h1, page.address) == (
        said(language, "Check your email"),
        {"cy": "/cy/cofrestru/edrychwch-ar-eich-e-bost", "en": "/en/register/check-your-email"}[language],
    )
    assert ANSWERS["email"] in page.main
    [person] = everybody()
    assert (person.state, person.name, person.asked_in) == (PersonState.UNPROVED, ANSWERS["name"], language)
    assert (person.language_written, person.language_spoken) == ("cy", "en")

    visitor.open(link_to(ANSWERS["email"], "cy"))
    assert everybody()[0].state == PersonState.UNPROVED  # opening the link changes nothing
    page = visitor.send()
    assert (page.h1, outcome(page)) == (
        "Fy nghyfrif",
        [said("cy", "Welcome. Your email address is confirmed, and your account is open.")],
    )
    assert everybody()[0].state == PersonState.ACTIVE
    assert outcome(visitor.open(at("account", language))) == []


def test_an_account_asks_for_five_things_and_says_which_are_missing(visitor, language):
    visitor.open(at("register", language))
    page = visitor.send(422)
    assert page.errors == [
        said(language, english)
        for english in (
            "Enter your full name",
            "Enter your email address",
            "Choose the language for our messages to you",
            "Choose the language you would like to speak with us",
            "Tick to say that you are 16 or over. Accounts are only for people of that age.",
        )
    ]
    assert everybody() == []


def test_all_that_was_typed_stays_when_something_is_wrong(visitor, language):
    visitor.open(at("register", language))
    page = visitor.send(422, **{**ANSWERS, "email": "sian.example.cymru"})
    assert {name: page.values()[name] for name in ANSWERS} == {**ANSWERS, "email": "sian.example.cymru"}
    visitor.say_it_in({"cy": "en", "en": "cy"}[language])


def test_an_account_is_refused_to_those_under_16(visitor):
    visitor.open(at("register"))
    page = visitor.send(422, **{**ANSWERS, "over_16": None})
    assert page.errors == ["Tick to say that you are 16 or over. Accounts are only for people of that age."]
    assert everybody() == []


def test_a_form_that_is_sent_twice_asks_once(visitor):
    visitor.open(at("register"))
    form = visitor.page
    visitor.send(**ANSWERS)
    visitor.page = form
    visitor.send(**ANSWERS)
    assert (len(everybody()), len(letters_to(ANSWERS["email"]))) == (1, 1)


def test_a_form_that_was_used_for_somebody_else_is_not_taken(visitor):
    visitor.open(at("register"))
    form = visitor.page
    visitor.send(**ANSWERS)
    visitor.page = form
    visitor.send(409, **{**ANSWERS, "email": "arall@example.cymru"})
    assert len(everybody()) == 1


def test_too_many_accounts_from_one_network_must_wait(visitor, monkeypatch):
    monkeypatch.setattr(rules, "REGISTER_PER_NETWORK", 1)
    for who, status in (("a", 200), ("b", 429)):
        visitor.open(at("register"))
        page = visitor.send(status, **{**ANSWERS, "email": f"{who}@example.cymru"})
    assert 0 < int(page.response.headers["Retry-After"]) <= 3600
    assert [person.email for person in everybody()] == ["a@example.cymru"]


# ---- Signing in and out ----


def test_somebody_signs_in_with_a_link(visitor, language):
    a_person()
    visitor.open(at("sign_in", language))
    page = visitor.send(email=NIA)
    assert (page.h1, NIA in page.main) == (said(language, "Check your email"), True)
    page = visitor.open(link_to(NIA, language))
    assert page.h1 == said(language, "Sign in to your account")
    assert visitor.send().h1 == said(language, "My account")


def test_somebody_signs_in_with_a_password(visitor, language):
    a_person(password=PASSWORD)
    visitor.open(at("sign_in", language))
    visitor.follow(said(language, "Sign in with a password"))
    assert visitor.send(email=NIA, password=PASSWORD).h1 == said(language, "My account")


def test_a_wrong_password_is_not_shown_again_and_the_address_stays(visitor, language):
    a_person(password=PASSWORD)
    visitor.open(at("with_password", language))
    page = visitor.send(422, email=NIA, password="not this one, no")
    wrong = "The email address or the password is not right. Check both, or sign in with an email link."
    assert page.errors == [said(language, wrong)]
    assert page.values()["email"] == NIA
    assert "not this one, no" not in page.html


def test_an_address_and_a_password_are_both_asked_for(visitor, language):
    visitor.open(at("with_password", language))
    page = visitor.send(422)
    assert page.errors == [said(language, "Enter your email address"), said(language, "Enter your password")]


def test_a_password_tried_too_often_must_wait_but_a_link_still_works(visitor, monkeypatch):
    monkeypatch.setattr(rules, "TRIES", 1)
    a_person(password=PASSWORD)
    visitor.open(at("with_password"))
    visitor.send(422, email=NIA, password="not this one, no")
    page = visitor.send(429, email=NIA, password=PASSWORD)
    assert 0 < int(page.response.headers["Retry-After"]) <= 900
    assert sign_in(visitor, NIA).page.h1 == "My account"


def test_whoever_wanted_a_page_is_led_to_it_after_signing_in_with_a_link(visitor, language):
    a_person()
    page = visitor.open(at("places", language))
    assert page.h1 == said(language, "Sign in")
    visitor.send(email=NIA)
    visitor.open(link_to(NIA, language))
    assert visitor.send().address == at("places", language)


def test_whoever_wanted_a_page_is_led_to_it_after_signing_in_with_a_password(visitor, language):
    a_person(password=PASSWORD)
    visitor.open(at("places", language))
    visitor.follow(said(language, "Sign in with a password"))
    assert visitor.send(email=NIA, password=PASSWORD).address == at("places", language)


def test_signing_out_is_a_button_and_not_a_link(visitor, language):
    a_person()
    sign_in(visitor, NIA, language)
    visitor.open(at("sign_out", language))
    assert visitor.open(at("account", language)).h1 == said(language, "My account")  # opening the page does nothing
    visitor.open(at("sign_out", language))
    assert visitor.send().h1 == said(language, "You have signed out")
    assert visitor.open(at("account", language)).h1 == said(language, "Sign in")
    assert db.session.query(SignIn).all() == []


def test_the_account_page_has_the_button_to_sign_out(visitor, language):
    a_person()
    sign_in(visitor, NIA, language)
    assert visitor.page.form()["action"] == at("sign_out", language)
    assert visitor.send().h1 == said(language, "You have signed out")


def test_signing_out_leaves_nothing_in_the_browser(visitor):
    a_person()
    sign_in(visitor, NIA)
    answer = visitor.ask("POST", at("sign_out"), data=visitor.page.values())
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (303, '"cache"')
    assert "Max-Age=0" in answer.headers["Set-Cookie"]
    assert list(visitor.client._cookies) == []


def test_signing_out_twice_is_no_mistake(visitor):
    visitor.open(at("sign_out"))
    assert visitor.send().h1 == "You have signed out"


def test_a_day_without_use_or_a_month_ends_a_sign_in(visitor, clock):
    a_person()
    sign_in(visitor, NIA)
    clock.shift(23 * HOUR)
    assert visitor.open(at("account")).h1 == "My account"
    clock.shift(24 * HOUR)
    assert visitor.open(at("account")).h1 == "Sign in"
    sign_in(visitor, NIA)
    for _ in range(32):
        clock.shift(22 * HOUR)
        assert visitor.open(at("account")).h1 == "My account"
    clock.shift(22 * HOUR)
    assert visitor.open(at("account")).h1 == "Sign in"


@pytest.mark.parametrize("letter", ["prove", "sign_in", "email"])
def test_a_link_that_no_longer_works_says_what_to_do(visitor, language, letter):
    paths = {
        "prove": {"cy": "/cy/cyfrif/profi/", "en": "/en/account/prove/"},
        "sign_in": {"cy": "/cy/mewngofnodi/dolen/", "en": "/en/sign-in/link/"},
        "email": {"cy": "/cy/cyfrif/e-bost/", "en": "/en/account/email/"},
    }
    page = visitor.open(paths[letter][language] + "made-up", 410)
    assert page.h1 == said(language, "This link does not work any more")
    assert {at("sign_in", language), at("lanes", language)} <= set(page.links().values())


def test_a_link_ends_after_its_time(visitor, clock):
    a_person()
    actions.ask_for_link(NIA)
    link = link_to(NIA)
    clock.shift(59 * MINUTE)
    visitor.open(link)
    clock.shift(MINUTE)
    visitor.send(410)
    visitor.open(link, 410)


# ---- My account ----


def test_the_account_page_shows_what_can_be_changed(visitor, language):
    a_person()
    sign_in(visitor, NIA, language)
    expected = {
        "Name": "Nia",
        "Language of our messages": said(language, "Welsh and English"),
        "Your language when you speak with us": said(language, "Welsh"),
        "Email address": NIA,
        "Password": said(language, "You have none: we send you a link"),
        "Second step": said(language, "Turned off"),
    }
    page = visitor.open(at("account", language))
    assert answers_of(page) == {said(language, label): value for label, value in expected.items()}
    visitor.switch_language()


def test_every_page_leads_to_the_account_in_the_same_words(visitor, language):
    link = visitor.open({"cy": "/cy/", "en": "/en/"}[language]).soup.select("nav.menu a")[-1]
    assert (words(link), str(link["href"])) == (
        {"cy": "Fy nghyfrif", "en": "My account"}[language],
        at("account", language),
    )


def test_a_public_page_is_the_same_for_those_who_are_signed_in_and_sets_no_cookie(site, visitor):
    a_person()
    stranger = Visitor(site)
    sign_in(visitor, NIA)
    for address in ("/en/", "/en/directory", "/en/events", "/cy/preifatrwydd"):
        mine, theirs = visitor.ask("GET", address), stranger.ask("GET", address)
        assert (mine.data, mine.headers.get("ETag")) == (theirs.data, theirs.headers.get("ETag"))
        assert "Set-Cookie" not in mine.headers and "Cookie" not in mine.headers.get("Vary", "")


def test_what_is_somebodys_own_is_kept_by_no_cache_and_found_by_no_search_engine(visitor):
    a_person()
    sign_in(visitor, NIA)
    for name in ("account", "details", "email", "password", "sign_ins", "my_data", "as_json", "close", "places"):
        headers = visitor.ask("GET", at(name)).headers
        assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("no-store", "noindex"), name


def test_somebody_changes_their_name_and_languages(visitor, language):
    person = a_person()
    sign_in(visitor, NIA, language)
    visitor.open(at("details", language))
    page = visitor.send(name="Nia Wyn", language_written="en", language_spoken="en")
    assert (page.address, outcome(page)) == (
        at("account", language),
        [said(language, "Your details have been changed.")],
    )
    now = again(person.id)
    assert (now.name, now.language_written, now.language_spoken, now.asked_in) == ("Nia Wyn", "en", "en", language)


def test_a_name_is_needed(visitor, language):
    person = a_person()
    sign_in(visitor, NIA, language)
    visitor.open(at("details", language))
    assert visitor.send(422, name=" ").errors == [said(language, "Enter your full name")]
    assert again(person.id).name == "Nia"


def test_an_account_stays_in_the_language_that_was_chosen_whatever_pages_are_read(visitor):
    person = a_person(language_spoken="cy")
    sign_in(visitor, NIA, "cy")
    visitor.open("/en/account")
    visitor.open("/en/events")
    assert (again(person.id).language_written, again(person.id).language_spoken) == ("both", "cy")


def test_somebody_changes_their_email_address(visitor, language):
    person, new = a_person(), "nia.wyn@example.cymru"
    sign_in(visitor, NIA, language)
    visitor.open(at("email", language))
    page = visitor.send(email=new)
    assert (page.h1, new in page.main) == (said(language, "Check your email"), True)
    assert again(person.id).email == NIA  # not before they prove it
    visitor.open(link_to(new, language))
    assert again(person.id).email == NIA
    page = visitor.send()
    assert outcome(page) == [said(language, "Your email address has been changed.")]
    assert again(person.id).email == new
    assert kinds_of_letters_to(NIA)[-2:] == ["email_is_changing", "email_was_changed"]


def test_the_new_address_can_be_proved_in_another_browser_which_is_then_asked_to_sign_in(site, visitor, language):
    person, new = a_person(), "nia.wyn@example.cymru"
    sign_in(visitor, NIA, language)
    visitor.open(at("email", language))
    visitor.send(email=new)
    telephone = Visitor(site)
    telephone.open(link_to(new, language))
    page = telephone.send()
    assert (page.h1, outcome(page)) == (
        said(language, "Sign in"),
        [said(language, "Your email address has been changed.")],
    )
    assert again(person.id).email == new
    assert visitor.open(at("account", language)).h1 == said(language, "Sign in")


def test_the_address_that_one_has_is_not_another_one(visitor, language):
    a_person()
    sign_in(visitor, NIA, language)
    visitor.open(at("email", language))
    page = visitor.send(422, email=NIA.upper())
    assert page.errors == [said(language, "This is your email address already. Enter another one")]


def test_somebody_sets_a_password_changes_it_and_removes_it(visitor, language):
    person = a_person()
    sign_in(visitor, NIA, language)
    visitor.open(at("password", language))
    assert len(visitor.page.soup.select("main form")) == 1  # there is nothing to remove
    page = visitor.send(password=PASSWORD)
    assert answers_of(page)[said(language, "Password")] == said(language, "You have set one")
    assert outcome(page) == [said(language, "Your password is set. You have been signed out in every other place.")]
    first = again(person.id).password_hash
    visitor.open(at("password", language))
    visitor.send(password="llwynog dan garreg fawr 9")
    assert again(person.id).password_hash not in ("", first)
    page = visitor.open(at("password", language))
    remove = {box["name"]: box["value"] for box in page.form(1).select("input")}
    assert visitor.ask("POST", at("password", language), data=remove).status_code == 303
    assert again(person.id).password_hash == ""
    page = visitor.open(at("account", language))
    assert outcome(page) == [said(language, "Your password is gone. You sign in with an email link from now on.")]


@pytest.mark.parametrize(
    ("password", "english"),
    [
        ("", "Enter a new password"),
        ("un dau tri", "Your password must be 12 characters or more"),
        ("a b" * 50, "Your password must be 128 characters or fewer"),
        ("cymru cymru 2026", "This password is too easy to guess. Choose words that have nothing to do with you"),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_words_that_help(visitor, language, password, english):
    person = a_person()
    sign_in(visitor, NIA, language)
    visitor.open(at("password", language))
    page = visitor.send(422, password=password)
    assert page.errors == [said(language, english)]
    assert not password or password not in page.html
    assert again(person.id).password_hash == ""


def test_somebody_sees_where_they_are_signed_in_and_ends_one(site, visitor, language):
    person, library = a_person(), Visitor(site, "198.51.100.7")
    sign_in(visitor, NIA, language)
    sign_in(library, NIA, language)
    page = visitor.open(at("sign_ins", language))
    here = said(language, "This is the browser you are using now.")
    assert [here in words(panel) for panel in page.soup.select(".panel")] == [False, True]
    assert ("192.0.2.0/24" in page.main, "198.51.100.0/24" in page.main, "198.51.100.7" in page.main) == (
        True,
        True,
        False,
    )
    page = visitor.send()
    assert outcome(page) == [said(language, "You are signed out there.")]
    assert library.open(at("account", language)).h1 == said(language, "Sign in")
    assert visitor.open(at("account", language)).h1 == said(language, "My account")
    assert len(queries.sign_ins_of(person.id)) == 1


def test_somebody_signs_out_everywhere_else(site, visitor, language, monkeypatch):
    monkeypatch.setattr(rules, "PER_ADDRESS", 9)
    person = a_person()
    others = [Visitor(site), Visitor(site)]
    for one in (*others, visitor):
        sign_in(one, NIA, language)
    page = visitor.open(at("sign_ins", language))
    everywhere = {box["name"]: box["value"] for box in page.form(-1).select("input")}
    visitor.ask("POST", at("sign_ins", language), data=everywhere)
    found = [one.open(at("account", language)).h1 for one in (*others, visitor)]
    assert found == [said(language, english) for english in ("Sign in", "Sign in", "My account")]
    assert len(queries.sign_ins_of(person.id)) == 1


# ---- Confirming who one is ----


@pytest.mark.parametrize("name", ["email", "password", "my_data", "as_json", "close"])
def test_what_matters_is_asked_for_again_after_five_minutes(visitor, clock, language, name):
    a_person(password=PASSWORD)
    sign_in(visitor, NIA, language)
    clock.shift(4 * MINUTE)
    assert visitor.open(at(name, language)).address == at(name, language)
    clock.shift(MINUTE)
    assert visitor.open(at(name, language)).h1 == said(language, "Confirm that it is you")
    assert visitor.send(password=PASSWORD).address == at(name, language)


def test_somebody_without_a_password_confirms_with_a_link(visitor, clock, language):
    a_person()
    sign_in(visitor, NIA, language)
    clock.shift(5 * MINUTE)
    page = visitor.open(at("email", language))
    assert "password" not in page.values()
    page = visitor.send()
    assert (page.h1, NIA in page.main) == (said(language, "Check your email"), True)
    page = visitor.open(link_to(NIA, language))
    assert page.h1 == said(language, "Confirm through the email link")
    assert visitor.send().address == at("email", language)


def test_a_wrong_password_confirms_nothing(visitor, clock, language):
    a_person(password=PASSWORD)
    sign_in(visitor, NIA, language)
    clock.shift(5 * MINUTE)
    visitor.open(at("close", language))
    page = visitor.send(422, password="not this one, no")
    assert len(page.errors) == 1
    assert visitor.open(at("close", language)).h1 == said(language, "Confirm that it is you")


# ---- Nothing typed is lost ----


def test_what_was_sent_after_a_sign_in_had_ended_is_there_after_the_next_one(visitor, clock, language):
    person = a_person()
    sign_in(visitor, NIA, language)
    visitor.open(at("details", language))
    clock.shift(25 * HOUR)
    page = visitor.send(name="Nia Wyn", language_written="cy", language_spoken="en")
    assert page.h1 == said(language, "Sign in")
    assert said(language, "For your security, we signed you out. We saved your answers.") in page.main
    visitor.send(email=NIA)
    visitor.open(link_to(NIA, language))
    page = visitor.send()
    assert page.address == at("details", language)
    assert {name: page.values()[name] for name in ("name", "language_written", "language_spoken")} == {
        "name": "Nia Wyn",
        "language_written": "cy",
        "language_spoken": "en",
    }
    assert again(person.id).name == "Nia"  # shown, and not saved before they press the button
    visitor.send()
    assert again(person.id).name == "Nia Wyn"
    assert db.session.query(KeptForm).all() == []


def test_what_was_sent_too_late_is_there_after_confirming(visitor, clock, language):
    a_person(password=PASSWORD)
    sign_in(visitor, NIA, language)
    visitor.open(at("email", language))
    clock.shift(5 * MINUTE)
    page = visitor.send(email="nia.wyn@example.cymru")
    assert page.h1 == said(language, "Confirm that it is you")
    page = visitor.send(password=PASSWORD)
    assert (page.address, page.values()["email"]) == (at("email", language), "nia.wyn@example.cymru")


def test_a_password_is_never_kept_for_later(visitor, clock):
    a_person()
    sign_in(visitor, NIA)
    visitor.open(at("password"))
    clock.shift(25 * HOUR)
    visitor.send(password=PASSWORD)
    assert [PASSWORD.split()[0] in form.body for form in db.session.query(KeptForm)] == [False]


# ---- What we keep ----


def test_somebody_reads_all_that_we_keep_about_them(visitor, language):
    a_person("mair")
    person = who_registered(password=PASSWORD)
    sign_in(visitor, NIA, language)
    page = visitor.open(at("my_data", language))
    facts = dict(zip(map(words, page.soup.select("dt")), map(words, page.soup.select("dd")), strict=True))
    assert (facts[said(language, "Name")], "mair@example.cymru" in page.main) == ("Nia", False)
    assert said(language, "Created the account") in page.main
    assert again(person.id).password_hash not in page.html


def test_somebody_takes_all_that_we_keep_away_as_a_file_and_that_is_noted(visitor, language):
    a_person("mair")
    person = a_person(password=PASSWORD)
    sign_in(visitor, NIA, language)
    visitor.open(at("my_data", language))
    answer = visitor.follow(said(language, "Download it as a file")).response
    name = {"cy": "fy-nata.json", "en": "my-data.json"}[language]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    kept = json.loads(answer.data)
    assert (kept["account"][0]["email"], kept["account"][0]["state"]) == (NIA, "active")
    text = answer.get_data(as_text=True)
    assert [one in text for one in ("mair@example.cymru", again(person.id).password_hash)] == [False, False]
    assert [entry.action for entry in trail.history_of("person", person.id)].count(Did.DOWNLOADED) == 1


# ---- Leaving ----


def test_somebody_closes_their_account_and_comes_back(visitor, language):
    person = a_person()
    sign_in(visitor, NIA, language)
    visitor.open(at("close", language))
    assert again(person.id).state == PersonState.ACTIVE
    page = visitor.send()
    assert page.h1 == said(language, "Your account is closing")
    assert (again(person.id).state, kinds_of_letters_to(NIA)[-1]) == (PersonState.CLOSING, "account_is_closing")
    assert visitor.open(at("account", language)).h1 == said(language, "Sign in")

    sign_in(visitor, NIA, language)
    day = {"cy": "dydd Llun 7 Rhagfyr 2026", "en": "Monday 7 December 2026"}[language]
    assert day in visitor.page.main
    assert visitor.page.form()["action"] == {"cy": "/cy/cyfrif/aros", "en": "/en/account/stay"}[language]
    page = visitor.send()
    assert outcome(page) == [said(language, "Welcome back. Your account stays open.")]
    assert (again(person.id).state, day in page.main) == (PersonState.ACTIVE, False)


def test_the_page_to_keep_an_account_keeps_it_only_by_its_button(visitor, language):
    person = a_person()
    actions.ask_to_close(person.id)
    sign_in(visitor, NIA, language)
    page = visitor.open({"cy": "/cy/cyfrif/aros", "en": "/en/account/stay"}[language])
    assert (page.h1, again(person.id).state) == (said(language, "Keep your account"), PersonState.CLOSING)
    visitor.send()
    assert again(person.id).state == PersonState.ACTIVE


# ---- My places ----


def test_somebody_sees_their_places_and_nobody_elses(visitor, language):
    a_person()
    soon = an_event(title=Bilingual("Yn fuan", "Soon"), starts_at=NOW + 2 * DAY)
    later = an_event(title=Bilingual("Wedyn", "Later"), starts_at=NOW + 9 * DAY, capacity=2)
    off = an_event(title=Bilingual("Wedi’i ganslo", "Called off"), starts_at=NOW + 3 * DAY)
    an_event(title=Bilingual("Dim byd i mi", "Not mine"))
    booked(later, "mair")
    for event in (later, off):
        booked(event, "nia")
    booked(soon, "nia", address=NIA.upper())
    call_off(off)
    sign_in(visitor, NIA, language)
    page = visitor.open(at("places", language))
    current = page.soup.select("nav.menu [aria-current]")
    assert [str(link["href"]) for link in current] == [at("account", language)]
    lists = [[words(link) for link in events.select("a")] for events in page.soup.select("ul.events")]
    assert (
        lists == {"cy": [["Yn fuan", "Wedyn"], ["Wedi’i ganslo"]], "en": [["Soon", "Later"], ["Called off"]]}[language]
    )
    assert said(language, "You have a place") in page.main
    place = visitor.open(str(page.soup.select_one("ul.events a")["href"]))
    assert place.h1 == said(language, "You have a place")


def test_a_place_that_is_over_or_given_up_is_an_earlier_one(visitor, clock):
    a_person()
    booked(an_event(title=Bilingual("Ddoe", "Yesterday"), starts_at=NOW + HOUR), "nia")
    clock.shift(DAY)
    sign_in(visitor, NIA)
    page = visitor.open(at("places"))
    assert [words(heading) for heading in page.soup.select("h2")][:2] == ["Places to come", "Earlier places"]
    assert "You have no places at events to come." in page.main


def test_the_list_of_places_asks_the_database_as_much_however_many_there_are(visitor, statements):
    a_person()
    sign_in(visitor, NIA)
    asked = []
    for number in (1, 6):
        for _ in range(number):
            booked(an_event(), "nia")
        statements.clear()
        visitor.ask("GET", at("places"))
        asked.append(len(statements))
    assert asked[0] == asked[1]


# ---- True words ----


def test_what_the_pages_and_the_notices_say_of_times_is_what_the_rules_say(visitor):
    assert [one // DAY for one in (rules.CLOSING_FOR, rules.UNPROVED_FOR, rules.LONGEST)] == [14, 7, 30]
    assert [one // HOUR for one in (rules.IDLE, rules.KEEP_FORMS)] == [24, 24]
    assert {str(purpose): life // MINUTE for purpose, life in rules.LINK_LIFE.items()} == {
        "prove": 24 * 60,
        "sign_in": 60,
        "change_email": 24 * 60,
        "confirm": 60,
        "claim_account": 90 * 24 * 60,
        "claim_email": 24 * 60,
    }
    assert (rules.SHORTEST_PASSWORD, rules.LONGEST_PASSWORD) == (12, 128)
    rows = {words(row.th): words(row.td) for row in visitor.open("/en/privacy").soup.select("tbody tr")}
    assert [re.findall(r"\d+", rows[name]) for name in (
        "Your account",
        "An account not confirmed with the e-mail link",
        "Where you are signed in",
        "A form that you send after you have been signed out",
        "The code in our letter to somebody without e-mail",
        "In that record: signing in and out",
        "A record of who did what",
    )] == [["14"], ["7"], ["24", "30"], ["24"], ["90"], ["12"], ["6"]]  # fmt: skip


def test_an_account_that_nobody_proved_is_not_signed_in(visitor):
    address = registered()
    actions.ask_for_link(address)
    assert kinds_of_letters_to(address) == ["prove_your_address", "prove_your_address"]
    assert visitor.open(link_to(address)).h1 == "Confirm your email address"


def test_a_cancelled_event_is_not_a_place_to_come(visitor):
    a_person()
    event = an_event()
    booked(event, "nia")
    call_off(event)
    assert event.state == EventState.CANCELLED
    sign_in(visitor, NIA)
    assert "You have no places at events to come." in visitor.open(at("places")).main
