"""The pages of the second step, as people go through them, in both languages; and who gets no further without it."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from c4s.accounts import actions, codes, queries, rules, second_factor, session
from c4s.accounts.models import RecoveryCode, SecondFactor
from c4s.audit import trail
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.i18n.addresses import LANGUAGE
from c4s.web.access import May
from c4s.web.rights import ROLES, Who
from tests.accounts.builders import (
    KEY,
    PASSWORD,
    a_member_of_staff,
    a_person,
    a_sign_in,
    again,
    code_now,
    enter,
    give_second_factor,
    link_to,
    set_roles,
    sign_in,
)
from tests.accounts.rows import NIA, later, number_of, sign_ins, story_of
from tests.house.every_page import address_of, filled
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

MINUTE, HOUR, HALF_MINUTE = timedelta(minutes=1), timedelta(hours=1), timedelta(seconds=30)
PATHS = {
    "second_step.show": ("/cy/mewngofnodi/ail-gam", "/en/sign-in/second-step"),
    "second_step.index": ("/cy/cyfrif/ail-gam", "/en/account/second-step"),
    "second_step.set_up": ("/cy/cyfrif/ail-gam/gosod", "/en/account/second-step/set-up"),
    "second_step.picture": ("/cy/cyfrif/ail-gam/gosod/llun", "/en/account/second-step/set-up/picture"),
    "second_step.recovery_codes": ("/cy/cyfrif/ail-gam/codau", "/en/account/second-step/codes"),
    "second_step.new_recovery_codes": ("/cy/cyfrif/ail-gam/codau-newydd", "/en/account/second-step/new-codes"),
    "second_step.turn_off": ("/cy/cyfrif/ail-gam/diffodd", "/en/account/second-step/turn-off"),
    "second_step.hours": ("/cy/cyfrif/oriau", "/en/account/hours"),
    "renewals.index": ("/cy/staff/ail-gam", "/en/staff/second-step"),
}
DETAILS = {"cy": "/cy/cyfrif/manylion", "en": "/en/account/details"}


def at(name, language="en"):
    return dict(zip(("cy", "en"), PATHS[name], strict=True))[language]


def path_of(visitor):
    return urlsplit(visitor.page.address).path


def key_shown(page):
    """The key that the page tells people to type."""
    return re.search(r"\b(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}\b", page.main)[0].replace(" ", "")


def codes_shown(page):
    return re.findall(rf"\b(?:[{codes.CHARACTERS}]{{4}}-){{5}}[{codes.CHARACTERS}]{{4}}\b", page.main)


def with_second_factor(who="nia", **facts):
    person = a_person(who, **facts)
    give_second_factor(person)
    return again(person.id)


# ---- Setting it up ----


def test_nia_sets_up_a_second_step_and_prints_her_codes(visitor, language):
    enter(visitor, a_person())
    visitor.open(at("second_step.index", language))
    page = visitor.open(at("second_step.set_up", language))
    key = key_shown(page)
    picture = visitor.ask("GET", str(page.soup.select_one("main img")["src"]))
    assert (picture.status_code, picture.mimetype, picture.headers["Cache-Control"]) == (
        200,
        "image/svg+xml",
        "no-store",
    )
    page = visitor.send(code=code_now(key=key))
    shown = codes_shown(page)
    assert (path_of(visitor), len(shown)) == (at("second_step.set_up", language), 10)
    page = visitor.say_it_in("en" if language == "cy" else "cy")
    assert (page.language != language, codes_shown(page)) == (True, shown)
    visitor.send()
    assert path_of(visitor) in ("/cy/cyfrif", "/en/account")
    assert codes_shown(visitor.open(at("second_step.recovery_codes", language))) == []
    assert path_of(visitor) == at("second_step.index", language)


def test_the_key_stays_the_same_until_its_first_code_is_right(visitor):
    enter(visitor, a_person())
    key = key_shown(visitor.open(at("second_step.set_up")))
    page = visitor.send(code="000000", status=422)
    assert page.errors == ["This code is not right, or it has been used already. Wait for the next one, and enter that"]
    assert key_shown(page) == key
    assert key_shown(visitor.say_it_in("cy")) == key


def test_the_key_is_read_by_nobody_who_holds_the_cookie_and_by_no_other_person(visitor):
    nia, mair = a_person(), a_person("mair")
    enter(visitor, nia)
    key = key_shown(visitor.open(at("second_step.set_up")))
    with visitor.client.session_transaction() as cookie:
        sealed = cookie[session.WAITING_KEY]
    assert key not in sealed
    enter(visitor, mair)
    assert key_shown(visitor.open(at("second_step.set_up"))) != key


def test_who_must_show_once_more_who_they_are_keeps_the_key_they_have_just_scanned(visitor):
    enter(visitor, a_person(password=PASSWORD))
    key = key_shown(visitor.open(at("second_step.set_up")))
    with later(6 * MINUTE):
        page = visitor.send(code=code_now(key=key))
        assert path_of(visitor) == "/en/account/confirm"
        page = visitor.send(password=PASSWORD)
        assert (path_of(visitor), key_shown(page)) == (at("second_step.set_up"), key)
        assert page.values()["code"] == ""  # no code is kept for anybody
        assert len(codes_shown(visitor.send(code=code_now(key=key)))) == 10


def test_there_is_no_picture_without_a_key(visitor):
    enter(visitor, a_person())
    assert visitor.ask("GET", at("second_step.picture")).status_code == 404


def test_new_codes_are_shown_in_the_answer_alone_and_wait_in_no_cookie(visitor):
    nia = with_second_factor()
    enter(visitor, nia)
    visitor.open(at("second_step.new_recovery_codes"))
    with visitor.client.session_transaction() as cookie:
        before = set(cookie)
    shown = codes_shown(visitor.send(current_code=code_now()))
    assert len(shown) == 10
    with visitor.client.session_transaction() as cookie:
        assert set(cookie) == before
    assert visitor.ask("GET", at("second_step.recovery_codes")).status_code == 303
    sealed = visitor.page.soup.select_one("input[name=codes]")["value"]
    assert [code for code in shown if code in sealed] == []

    def in_welsh():
        return visitor.ask("POST", at("second_step.recovery_codes", "cy"), data={"codes": sealed, "_language": "cy"})

    answer = in_welsh()
    assert (answer.headers["Cache-Control"], shown[0] in answer.text) == ("no-store", True)
    enter(visitor, a_person("mair"))
    assert in_welsh().status_code == 303  # what is sealed for Nia opens for nobody else
    enter(visitor, nia)
    with later(rules.SHOWN_FOR + MINUTE):
        enter(visitor, nia)
        assert in_welsh().status_code == 303


def test_the_page_with_the_codes_sent_again_says_that_the_second_step_is_set_up(visitor, language):
    nia = a_person()
    enter(visitor, nia)
    key = key_shown(visitor.open(at("second_step.set_up", language)))
    sent = {**visitor.page.values(), "code": code_now(key=key)}
    answer = visitor.ask("POST", at("second_step.set_up", language), data=sent)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    left = [one.code_hash for one in db.session.query(RecoveryCode)]
    answer = visitor.ask("POST", at("second_step.set_up", language), data=sent)
    assert (answer.status_code, urlsplit(answer.location).path) == (303, at("second_step.index", language))
    page = visitor.open(at("second_step.index", language))
    assert {"cy": "Mae’r ail gam wedi’i osod yn barod.", "en": "The second step is set up already."}[
        language
    ] in page.main
    db.session.rollback()
    assert [one.code_hash for one in db.session.query(RecoveryCode)] == left


@pytest.mark.parametrize("endpoint", ["set_up", "new_recovery_codes"])
def test_the_pages_that_replace_it_ask_for_a_code_of_the_one_there_is(visitor, language, endpoint):
    enter(visitor, with_second_factor())
    page = visitor.open(at(f"second_step.{endpoint}", language))
    more = {"code": code_now(key=key_shown(page))} if endpoint == "set_up" else {}
    page = visitor.send(current_code="000000", status=422, **more)
    assert len(page.errors) == 1
    assert len(codes_shown(visitor.send(current_code=code_now(), **more))) == 10


def test_the_page_that_asks_once_more_who_is_here_asks_for_the_second_step_too(visitor, language):
    enter(visitor, with_second_factor(password=PASSWORD))
    with later(6 * MINUTE):
        visitor.open({"cy": "/cy/cyfrif/e-bost", "en": "/en/account/email"}[language])
        confirm = path_of(visitor)
        assert len(visitor.send(password=PASSWORD, current_code="000000", status=422).errors) == 1
        visitor.open(visitor.page.address)
        visitor.send(_act="link")
        visitor.open(link_to(NIA, language))
        assert len(visitor.send(current_code="000000", status=422).errors) == 1
        visitor.send(current_code=code_now())
        assert path_of(visitor) != confirm


@pytest.mark.parametrize("endpoint", ["set_up", "picture", "new_recovery_codes", "turn_off"])
def test_what_changes_it_asks_again_who_is_here(visitor, endpoint):
    enter(visitor, with_second_factor())
    with later(6 * MINUTE):
        answer = visitor.ask("GET", at(f"second_step.{endpoint}"))
    assert (answer.status_code, urlsplit(answer.location).path) == (303, "/en/account/confirm")


# ---- Signing in ----


def test_who_has_one_shows_it_after_the_link_and_comes_to_the_page_they_wanted(visitor, language):
    nia = with_second_factor()
    visitor.open(DETAILS[language])
    visitor.send(email=NIA)
    visitor.open(link_to(NIA, language))
    visitor.send()
    assert path_of(visitor) == at("second_step.show", language)
    visitor.send(code=code_now())
    assert path_of(visitor) == DETAILS[language]
    assert story_of(nia.id)[-1] == "showed_second_factor"


def test_who_has_one_shows_it_after_the_password_too(visitor, language):
    with_second_factor(password=PASSWORD)
    visitor.open({"cy": "/cy/mewngofnodi/cyfrinair", "en": "/en/sign-in/password"}[language])
    visitor.send(email=NIA, password=PASSWORD)
    assert path_of(visitor) == at("second_step.show", language)
    visitor.send(code=code_now())
    assert path_of(visitor) in ("/cy/cyfrif", "/en/account")


def test_what_somebody_sent_before_they_signed_in_is_there_after_the_second_step(visitor):
    enter(visitor, with_second_factor(password=PASSWORD))
    visitor.open(DETAILS["en"])
    with later(25 * HOUR):
        visitor.send(name="Nia Haf", language_written="en", language_spoken="en")
        assert path_of(visitor) == "/en/sign-in"
        visitor.follow("Sign in with a password")
        visitor.send(email=NIA, password=PASSWORD)
        page = visitor.send(code=code_now())
    assert (path_of(visitor), page.values()["name"]) == (DETAILS["en"], "Nia Haf")


def test_showing_it_turns_the_token_and_the_old_one_is_dead(visitor):
    with_second_factor()
    sign_in(visitor, NIA)
    copy = visitor.client.get_cookie("c4s")
    visitor.send(code=code_now())
    thief = Visitor(visitor.site)
    thief.client.set_cookie("c4s", copy.value)
    assert thief.ask("GET", "/en/account").status_code == 303
    assert (len(sign_ins()), visitor.ask("GET", "/en/account").status_code) == (1, 200)


def test_a_code_on_paper_lets_somebody_in_once(visitor, language):
    nia = a_person()
    sealed = codes.sealed(codes.WAITING, nia.id, KEY)
    _, on_paper = second_factor.set_up(nia.id, sealed, code_now(), keep=number_of(a_sign_in(nia)))
    for status in (200, 422):
        sign_in(visitor, NIA, language)
        page = visitor.send(_act="paper", recovery_code=on_paper[0].lower(), status=status)
        assert (page.errors == []) == (status == 200)
        if status == 200:
            assert path_of(visitor) in ("/cy/cyfrif", "/en/account")
    assert path_of(visitor) == at("second_step.show", language)


def test_a_code_that_is_wrong_is_refused_beside_its_box_and_not_given_back(visitor, language):
    with_second_factor()
    sign_in(visitor, NIA, language)
    page = visitor.send(code="123456" if code_now() != "123456" else "654321", status=422)
    assert (len(page.errors), page.values()["code"]) == (1, "")
    page = visitor.send(_act="paper", recovery_code="ABCD", status=422)
    assert len(page.errors) == 1
    assert "ABCD" not in page.html
    assert visitor.send(status=422).errors != []


def test_after_too_many_codes_the_page_says_when_to_come_back(visitor):
    with_second_factor()
    sign_in(visitor, NIA)
    for _ in range(rules.CODES_TRIED):
        visitor.send(code="000000", status=422)
    page = visitor.send(code=code_now(), status=429)
    assert "Retry-After" in page.response.headers
    assert path_of(visitor) == at("second_step.show")


def test_who_is_half_signed_in_gets_to_no_page_but_one_and_out(visitor, language):
    places = filled()
    person = with_second_factor("heledd", password=PASSWORD)
    set_roles(person, *ROLES)
    enter(visitor, person, is_whole=False)
    site, further = visitor.site, {}
    for rule in site.url_map.iter_rules():
        if (rule.defaults or {}).get(LANGUAGE) != language:
            continue
        if not isinstance(getattr(site.view_functions[rule.endpoint], "access", None), May):
            continue
        address = address_of(site, rule.endpoint, language, **places[rule.endpoint])
        for method in rule.methods & {"GET", "POST"}:
            answer = visitor.ask(method, address)
            if answer.status_code != 303 or urlsplit(answer.location).path != at("second_step.show", language):
                further[rule.endpoint, method] = answer.status_code
    assert further == {("second_step.show", "GET"): 200, ("second_step.show", "POST"): 422}
    visitor.open({"cy": "/cy/allgofnodi", "en": "/en/sign-out"}[language])
    visitor.send()
    assert sign_ins() == []


def test_who_has_shown_it_is_led_on_from_the_page(visitor):
    enter(visitor, with_second_factor())
    answer = visitor.ask("GET", at("second_step.show"))
    assert (answer.status_code, answer.location) == (303, "/en/account")


def test_a_member_of_staff_without_one_gets_to_the_page_that_sets_it_up_and_to_no_page_of_staff(visitor, language):
    mair = a_person("mair")
    set_roles(mair, *ROLES)
    enter(visitor, mair)
    for address in ({"cy": "/cy/staff", "en": "/en/staff"}[language], at("renewals.index", language)):
        visitor.open(address)
        assert path_of(visitor) == at("second_step.set_up", language)
    visitor.send(code=code_now(key=key_shown(visitor.page)))
    visitor.send()
    assert path_of(visitor) == at("renewals.index", language)  # where they were going


def test_a_buyer_without_one_is_led_to_set_it_up_from_pages_for_buyers_alone(visitor):
    nia = a_person()

    @unit_of_work
    def becomes_a_buyer():
        again(nia.id).is_buyer = True

    becomes_a_buyer()
    enter(visitor, nia)
    assert visitor.ask("GET", "/en/account").status_code == 200


# ---- Looking after it ----


def test_the_account_says_whether_it_is_on(visitor, language):
    on, off = {"cy": ("Wedi’i droi ymlaen", "Wedi’i ddiffodd"), "en": ("Turned on", "Turned off")}[language]
    account = {"cy": "/cy/cyfrif", "en": "/en/account"}[language]
    nia = a_person()
    enter(visitor, nia)
    assert off in visitor.open(account).main
    give_second_factor(nia)
    enter(visitor, nia)
    assert on in visitor.open(account).main


def test_a_resident_turns_it_off_with_a_code(visitor, language):
    nia = with_second_factor()
    enter(visitor, nia)
    visitor.open(at("second_step.turn_off", language))
    visitor.send(code="000000", status=422)
    visitor.send(code=code_now())
    assert path_of(visitor) == at("second_step.index", language)
    assert not again(nia.id).has_second_factor


def test_a_member_of_staff_is_told_why_it_cannot_be_turned_off(visitor, language):
    enter(visitor, a_member_of_staff("mair"))
    page = visitor.open(at("second_step.turn_off", language))
    assert path_of(visitor) == at("second_step.index", language)
    assert page.soup.select("main a[href*=turn-off], main a[href*=diffodd]") == []


def test_new_codes_are_not_for_somebody_without_one(visitor):
    enter(visitor, a_person())
    visitor.open(at("second_step.new_recovery_codes"))
    assert path_of(visitor) == at("second_step.index")


def test_my_data_has_the_number_of_codes_left_and_neither_codes_nor_key(visitor):
    nia = a_person()
    sealed = codes.sealed(codes.WAITING, nia.id, KEY)
    token, on_paper = second_factor.set_up(nia.id, sealed, code_now(), keep=number_of(a_sign_in(nia)))
    enter(visitor, nia)
    told = visitor.ask("GET", "/en/account/my-data.json")
    assert told.json["account"][0]["recovery_codes_left"] == 10
    secret = db.session.get(SecondFactor, nia.id).secret
    assert [one for one in (KEY, secret, token, *on_paper) if one in told.text] == []


# ---- How long members of staff stay signed in ----


def test_a_member_of_staff_is_out_after_an_hour_without_a_page(visitor):
    enter(visitor, a_member_of_staff("mair"))
    for minutes in (59, 118, 177):
        with later(minutes * MINUTE):
            assert visitor.ask("GET", "/en/account").status_code == 200
    with later((177 + 60) * MINUTE):
        assert visitor.ask("GET", "/en/account").status_code == 303


def test_a_member_of_staff_who_chose_ten_hours_is_out_after_ten(visitor, language):
    mair = a_member_of_staff("mair")
    enter(visitor, mair)
    page = visitor.open(at("second_step.hours", language))
    assert page.values()["hours"] == "1"
    visitor.send(hours="10")
    assert (path_of(visitor), again(mair.id).staff_hours) == ({"cy": "/cy/cyfrif", "en": "/en/account"}[language], 10)
    with later(10 * HOUR - MINUTE):
        assert visitor.ask("GET", "/en/account").status_code == 200
    with later(12 * HOUR):
        assert visitor.ask("GET", "/en/account").status_code == 303


@pytest.mark.parametrize("hours", ["0", "24", "x"])
def test_no_other_hours_are_chosen(visitor, hours):
    mair = a_member_of_staff("mair")
    enter(visitor, mair)
    visitor.open(at("second_step.hours"))
    visitor.send(hours=hours, status=422)
    assert again(mair.id).staff_hours == 1


def test_hours_are_chosen_by_members_of_staff_alone(visitor):
    enter(visitor, a_person())
    assert visitor.ask("GET", at("second_step.hours")).status_code == 403


def test_the_hours_are_said_where_a_member_of_staff_signs_in(visitor, language):
    mair = a_member_of_staff("mair")
    enter(visitor, mair, is_whole=False)
    assert {"cy": "1 awr", "en": "1 hour"}[language] in visitor.open(at("second_step.show", language)).main


@pytest.mark.parametrize(("is_staff", "characters"), [(True, "15"), (False, "12")])
def test_the_page_for_passwords_says_how_long_one_must_be(visitor, language, is_staff, characters):
    enter(visitor, a_member_of_staff("mair") if is_staff else a_person("mair"))
    page = visitor.open({"cy": "/cy/cyfrif/cyfrinair", "en": "/en/account/password"}[language])
    assert re.findall(r"\d+", page.soup.select_one("#password-hint").get_text()) == [characters]
    page = visitor.send(password="x" * (int(characters) - 1), status=422)
    assert characters in page.errors[0]


# ---- When it is lost ----


def renewal(person, language="en"):
    return {"cy": f"/cy/staff/pobl/{person.id}/ail-gam", "en": f"/en/staff/people/{person.id}/second-step"}[language]


def test_who_may_not_find_people_sees_nobody_who_has_not_asked_for_help(visitor, language):
    nia, mair = with_second_factor(), a_member_of_staff("mair", Who.HELPER)
    enter(visitor, a_member_of_staff("huw", Who.EDITOR))
    assert visitor.ask("GET", renewal(nia, language)).status_code == 404
    second_factor.ask_for_renewal(nia.id, "She rang", by_id=mair.id)
    assert "Nia" in visitor.open(renewal(nia, language)).main
    second_factor.take_renewal_back(nia.id, by_id=mair.id)
    assert visitor.ask("GET", renewal(nia, language)).status_code == 404


def test_every_look_at_somebodys_second_step_is_told_in_the_trail(visitor):
    nia, mair = with_second_factor(), a_member_of_staff("mair", Who.HELPER)
    enter(visitor, mair).ask("GET", renewal(nia))
    last = trail.history_of("person", nia.id)[-1]
    assert (last.action, last.actor) == (rules.Did.LOOKED_AT, f"person:{mair.id}")


def test_two_members_of_staff_take_one_away_together(visitor, language):
    nia = with_second_factor()
    enter(visitor, a_member_of_staff("mair", Who.HELPER))
    assert visitor.open(at("renewals.index", language)).soup.select("main dl") == []
    visitor.open(renewal(nia, language))
    visitor.send(status=422)
    visitor.send(reason="She rang from the number that we have")
    assert path_of(visitor) == at("renewals.index", language)
    page = visitor.open(renewal(nia, language))
    assert [one["value"] for one in page.soup.select("main input[name=_act]")] == ["take_back"]

    colleague = enter(Visitor(visitor.site), a_member_of_staff("huw", Who.EDITOR))
    page = colleague.open(renewal(nia, language))
    assert "She rang from the number that we have" in page.main
    colleague.send()
    assert path_of(colleague) == at("renewals.index", language)
    assert not again(nia.id).has_second_factor
    assert queries.renewals() == []


def test_who_asked_cannot_agree_even_by_sending_what_the_page_does_not_offer(visitor):
    nia = with_second_factor()
    enter(visitor, a_member_of_staff("mair", Who.HELPER))
    visitor.open(renewal(nia))
    visitor.send(reason="She rang")
    visitor.open(renewal(nia))
    page = visitor.send(_act="agree", status=422)
    assert page.errors == ["You asked for this yourself, so another member of staff must agree"]
    assert again(nia.id).has_second_factor


def test_nobody_does_it_for_themselves(visitor, language):
    mair = a_member_of_staff("mair")
    enter(visitor, mair)
    page = visitor.open(renewal(mair, language))
    assert page.soup.select("main form[method=post]") == []
    visitor.open(at("second_step.hours", language))  # a form with a token
    token = visitor.page.values()["csrf_token"]
    answer = visitor.ask("POST", renewal(mair, language), data={"csrf_token": token, "reason": "Me"})
    assert (answer.status_code, queries.renewals()) == (422, [])


def test_a_request_is_withdrawn(visitor):
    nia = with_second_factor()
    mair = a_member_of_staff("mair")
    second_factor.ask_for_renewal(nia.id, "She rang", by_id=mair.id)
    enter(visitor, mair)
    visitor.open(renewal(nia))
    visitor.send()
    assert queries.renewals() == []
    assert "The request has been withdrawn." in visitor.page.soup.get_text()


def test_nothing_is_asked_for_nobody_or_for_an_account_that_is_not_open(visitor):
    nobody = a_person("huw")
    actions.ask_to_close(nobody.id)
    enter(visitor, a_member_of_staff("mair"))
    assert visitor.ask("GET", "/en/staff/people/999/second-step").status_code == 404
    assert visitor.open(renewal(nobody)).soup.select("main form[method=post]") == []  # no second step to take away


def test_what_waits_is_on_the_desk_of_every_member_of_staff(visitor, language):
    nia = with_second_factor(name="Nia Haf")
    second_factor.ask_for_renewal(nia.id, "She rang", by_id=a_member_of_staff("huw").id)
    enter(visitor, a_member_of_staff("mair", Who.EDITOR))
    page = visitor.open({"cy": "/cy/staff", "en": "/en/staff"}[language])
    assert renewal(nia, language) in page.links().values()
