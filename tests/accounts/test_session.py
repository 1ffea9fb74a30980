"""How the site knows who is here, where it leads those it does not know, and what it keeps for them meanwhile."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from c4s.accounts import queries, rules, session
from c4s.core import tokens
from tests.accounts.builders import PASSWORD, a_person, again, enter, sign_in
from tests.accounts.rows import NIA, kept_forms, sign_ins, suspend
from tests.conftest import NOW
from tests.visitor import Visitor

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
DETAILS = {"cy": "/cy/cyfrif/manylion", "en": "/en/account/details"}
TYPED = {"name": "Nia Haf", "language_written": "en", "language_spoken": "en"}


@pytest.fixture
def nia(site):
    return a_person(password=PASSWORD)


def later(time: timedelta):
    return time_machine.travel(NOW + time, tick=False)


def with_password(visitor: Visitor) -> None:
    """From the page that asks for a link, by way of the one that asks for a password."""
    visitor.open(visitor.page.soup.select_one("main a[href*=password], main a[href*=cyfrinair]")["href"])
    visitor.send(email=NIA, password=PASSWORD)


def page_of(visitor: Visitor) -> str:
    return urlsplit(visitor.page.address).path


# ---- Pages for everybody ----


@pytest.mark.parametrize("address", ["/en/directory", "/en/events", "/cy/cwcis", "/cy"])
def test_pages_for_everybody_never_look_at_who_is_here(visitor, nia, statements, address):
    sign_in(visitor, NIA)
    stranger = Visitor(visitor.site)
    statements.clear()
    known, unknown = (one.ask("GET", address) for one in (visitor, stranger))
    assert [one for one in statements if "sign_in" in one or "person" in one] == []
    assert known.data == unknown.data
    for answer in (known, unknown):
        assert ("Set-Cookie" in answer.headers, "Cookie" in answer.headers.get("Vary", "")) == (False, False)


# ---- Coming in, going out ----


def test_the_browser_holds_a_token_and_the_database_its_digest_alone(visitor, nia):
    sign_in(visitor, NIA)
    [row] = sign_ins()
    with visitor.client.session_transaction() as cookie:
        token = cookie[session.TOKEN]
        assert set(cookie) <= {session.TOKEN, "_fresh", "csrf_token", "_flashes"}
    assert (row.token_hash, len(token)) == (rules.digest(token), 43)


def test_signing_in_begins_a_new_session_and_keeps_nothing_of_the_old_one(visitor, nia):
    with visitor.client.session_transaction() as cookie:
        cookie["planted"] = "x"
        cookie["csrf_token"] = "known to a thief"
    sign_in(visitor, NIA)
    with visitor.client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie.get("csrf_token") != "known to a thief"


def test_signing_in_anew_ends_the_sign_in_that_the_browser_had(visitor, nia):
    sign_in(visitor, NIA)
    first = sign_ins()[0].id
    sign_in(visitor, NIA)
    assert [one.id for one in sign_ins()] != [first]
    assert len(sign_ins()) == 1


def test_a_copy_of_the_cookie_is_worthless_after_signing_out(visitor, nia):
    sign_in(visitor, NIA)
    thief = Visitor(visitor.site)
    copy = visitor.client.get_cookie("c4s")
    thief.client.set_cookie("c4s", copy.value)
    assert thief.ask("GET", "/en/account").status_code == 200
    visitor.open("/en/sign-out")
    visitor.send()
    assert thief.ask("GET", "/en/account").status_code == 303
    assert sign_ins() == []


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites_and_ends_with_the_browser(visitor, nia):
    sign_in(visitor, NIA)
    cookie = visitor.client.get_cookie("c4s")
    assert (cookie.http_only, cookie.same_site, cookie.path, cookie.expires, cookie.max_age) == (
        True,
        "Lax",
        "/",
        None,
        None,
    )


def test_who_is_suspended_is_out_at_the_next_page(visitor, nia):
    sign_in(visitor, NIA)
    suspend(nia)
    assert visitor.ask("GET", "/en/account").status_code == 303


def test_a_day_without_a_page_ends_a_sign_in_and_a_page_a_day_keeps_it_for_a_month(visitor, nia):
    sign_in(visitor, NIA)
    for hours in range(20, 30 * 24, 20):
        with later(hours * HOUR):
            assert visitor.ask("GET", "/en/account").status_code == 200
    with later(30 * DAY):
        assert visitor.ask("GET", "/en/account").status_code == 303


def test_that_a_sign_in_is_used_is_written_down_every_five_minutes_at_most(visitor, nia):
    sign_in(visitor, NIA)
    seen = []
    for minutes in (4, 5, 9, 10):
        with later(minutes * MINUTE):
            visitor.ask("GET", "/en/account")
            seen.append((sign_ins()[0].last_used_at - NOW) / MINUTE)
    assert seen == [0, 5, 5, 10]
    with later(DAY - MINUTE):
        visitor.ask("GET", "/en/account")
    assert again(nia.id).last_seen_at == rules.day_of(NOW + DAY - MINUTE) == rules.day_of(NOW) + DAY


# ---- There and back ----


def test_who_is_not_known_signs_in_and_comes_to_the_page_they_wanted(visitor, nia, language):
    visitor.open(DETAILS[language])
    assert page_of(visitor) == {"cy": "/cy/mewngofnodi", "en": "/en/sign-in"}[language]
    with_password(visitor)
    assert page_of(visitor) == DETAILS[language]


def test_the_way_back_leads_to_the_language_of_the_page_where_they_signed_in(visitor, nia):
    visitor.open(DETAILS["cy"])
    visitor.switch_language()
    with_password(visitor)
    assert page_of(visitor) == DETAILS["en"]


def test_what_the_address_asked_comes_back_too(visitor, nia):
    visitor.open("/en/account/places?page=1&page=2&_external=1&_scheme=evil&endpoint=x")
    with_password(visitor)
    parts = urlsplit(visitor.page.address)
    assert (parts.path, parse_qs(parts.query)) == ("/en/account/places", {"page": ["1", "2"]})


def forged() -> list[str]:
    return [
        tokens.sign("return", "pages.home", "{}"),  # a page, but not one for people who are signed in
        tokens.sign("return", "no.such_page", "{}"),
        tokens.sign("booking", "accounts.details", "{}"),  # made here, for something else
        tokens.sign("return", "accounts.details"),
        tokens.sign("return", "accounts.details", "{}") + "x",
        tokens.sign("return", "accounts.details", "{}").replace(".", "!"),
        "x" * 5_000,
        "//evil.example",
        "",
    ]


def test_a_way_back_that_is_not_ours_leads_to_the_account(site, nia):
    for token in forged():
        with site.test_request_context("/en/sign-in", query_string={"next": token}):
            assert (session.back(), session.address_back()) == ("", "/cy/cyfrif")
    good = tokens.sign("return", "accounts.details", "{}")
    with site.test_request_context("/en/sign-in", query_string={"next": good}):
        assert session.back() == good


def test_a_way_back_whose_values_are_missing_leads_to_the_account(site, nia):
    token = tokens.sign("return", "accounts.confirm_link", "{}")
    with site.test_request_context("/en/sign-in", query_string={"next": token}):
        assert session.address_back() == "/cy/cyfrif"


def test_a_very_long_address_is_forgotten_rather_than_carried_on(visitor, nia):
    answer = visitor.ask("GET", "/en/account/places?x=" + "".join(rules.digest(str(n)) for n in range(60)))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/sign-in")


# ---- What was typed ----


def test_what_was_typed_before_signing_in_is_shown_again_and_nothing_is_saved(visitor, nia, language):
    sign_in(visitor, NIA, language)
    visitor.open(DETAILS[language])
    with later(DAY):
        visitor.send(**TYPED)
        assert page_of(visitor) == {"cy": "/cy/mewngofnodi", "en": "/en/sign-in"}[language]
        visitor.switch_language()
        with_password(visitor)
        assert page_of(visitor) == DETAILS[{"cy": "en", "en": "cy"}[language]]
        assert {name: visitor.page.values()[name] for name in TYPED} == TYPED
        assert (visitor.page.errors, again(nia.id).name) == ([], "Nia")
        visitor.send(**TYPED)
        assert (again(nia.id).name, kept_forms()) == ("Nia Haf", [])
        visitor.open(DETAILS["en"])
        with visitor.client.session_transaction() as cookie:
            assert session.KEPT not in cookie


def test_what_was_typed_is_shown_on_its_own_page_alone_and_in_its_own_browser(visitor, nia):
    answer = visitor.ask("POST", DETAILS["en"], data=TYPED)
    assert answer.status_code == 303
    other = Visitor(visitor.site)
    for one in (other, visitor):
        one.open(answer.headers["Location"])
        with_password(one)
    other.open(DETAILS["en"])
    assert other.page.values()["name"] == "Nia"
    visitor.open("/en/account/email")
    assert "Nia Haf" not in visitor.page.html
    visitor.open(DETAILS["en"])
    assert visitor.page.values()["name"] == "Nia Haf"


def test_passwords_and_tokens_are_never_kept(visitor, nia):
    typed = {"password": "cennin gwlyb", "new_password": "x", "csrf_token": "y", "_act": "remove", "next": "z"}
    visitor.ask("POST", "/en/account/password", data={**typed, "name": "Nia & co", "tick": ["1", "2"]})
    [form] = kept_forms()
    assert (form.address, form.body) == ("/cy/cyfrif/cyfrinair", "name=Nia+%26+co&tick=1&tick=2")


def test_what_another_site_sends_is_not_kept(visitor, nia):
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        answer = visitor.ask("POST", DETAILS["en"], data=TYPED, headers=headers)
        assert answer.status_code == 303
    visitor.ask("POST", DETAILS["en"], json=TYPED)
    assert kept_forms() == []


def test_what_was_kept_is_gone_after_a_day(visitor, nia):
    answer = visitor.ask("POST", DETAILS["en"], data=TYPED)
    with later(DAY):
        visitor.open(answer.headers["Location"])
        with_password(visitor)
        assert visitor.page.values()["name"] == "Nia"


def test_what_somebody_typed_while_signed_in_is_shown_to_nobody_else(visitor, nia):
    mair = a_person("mair")
    enter(visitor, nia)
    visitor.open("/en/account/email")
    with later(6 * MINUTE):
        visitor.send(email="new.nia@example.cymru")
        assert (page_of(visitor), len(kept_forms())) == ("/en/account/confirm", 1)
        sign_in(visitor, mair.email)
        assert kept_forms() == []
        visitor.open("/en/account/email")
        assert "new.nia" not in visitor.page.html


def test_what_nobody_s_was_belongs_to_whoever_signs_in_first_in_that_browser(visitor, nia):
    mair = a_person("mair")
    visitor.ask("POST", DETAILS["en"], data=TYPED)
    sign_in(visitor, NIA)
    sign_in(visitor, mair.email)
    visitor.open(DETAILS["en"])
    assert (visitor.page.values()["name"], kept_forms()) == ("Mair", [])


def test_what_was_kept_is_dropped_at_signing_out(visitor, nia):
    visitor.ask("POST", DETAILS["en"], data=TYPED)
    sign_in(visitor, NIA)
    assert len(kept_forms()) == 1
    visitor.open("/en/sign-out")
    visitor.send()
    assert kept_forms() == []
    sign_in(visitor, NIA)
    visitor.open(DETAILS["en"])
    assert visitor.page.values()["name"] == "Nia"


# ---- Showing once more who one is ----


def test_five_minutes_after_signing_in_what_matters_asks_who_is_here(visitor, nia, language):
    address = {"cy": "/cy/cyfrif/e-bost", "en": "/en/account/email"}[language]
    sign_in(visitor, NIA, language)
    with later(5 * MINUTE - timedelta(seconds=1)):
        assert page_of_opened(visitor, address) == address
    with later(5 * MINUTE):
        assert page_of_opened(visitor, address) == {"cy": "/cy/cyfrif/cadarnhau", "en": "/en/account/confirm"}[language]
        before = visitor.client.get_cookie("c4s").value
        visitor.send(password=PASSWORD)
        assert page_of(visitor) == address
        assert queries.live_sign_in(token_in(visitor)) is not None
        thief = Visitor(visitor.site)
        thief.client.set_cookie("c4s", before)
        assert thief.ask("GET", "/en/account").status_code == 303  # the token has turned


def page_of_opened(visitor: Visitor, address: str) -> str:
    visitor.open(address)
    return page_of(visitor)


def token_in(visitor: Visitor) -> str:
    with visitor.client.session_transaction() as cookie:
        return str(cookie[session.TOKEN])


def test_who_is_not_signed_in_is_asked_to_sign_in_and_not_to_confirm(visitor, nia):
    assert page_of_opened(visitor, "/en/account/email") == "/en/sign-in"


def test_a_page_for_somebody_never_takes_nobody_for_them(site):
    with site.test_request_context("/cy/cyfrif"):
        assert session.this_sign_in() is None
        with pytest.raises(session.NeedsSignIn):
            session.this_person()
