"""Paper that loses nothing: tried out on the contact form."""

from datetime import timedelta

import pytest
from flask import g
from sqlalchemy import func, select
from wtforms import RadioField, SelectMultipleField, StringField

from c4s.core.db import db
from c4s.mail.models import OutgoingLetter
from c4s.web.forms import AtMost, Email, Form, Needed, OneOf, chosen_label, many_lines, one_line, options
from tests.conftest import said
from tests.visitor import PREFIXES, Page, Visitor, the_other

pytestmark = pytest.mark.either_database

CONTACT = {"cy": "/cy/cysylltu", "en": "/en/contact"}
TYPED = {
    "name": "Siân O’Brien-Tŷ",
    "email": "sian@example.cymru",
    "subject": "event",
    "language": "both",
    "words": "Helo,\n\na <b>bold</b> & “quoted” message — ŵ ŷ.\n\n- un\n- dau",
}
SEND_AGAIN = "We could not tell whether a person sent this. Check your answers and send them again."
STILL_HERE = "This page had been open for a long time. Your answers are still here: send them again."


@pytest.fixture
def form(visitor, language):
    """Somebody with the contact form before them, in each language."""
    visitor.open(CONTACT[language])
    return visitor


def letters_waiting():
    return db.session.scalar(select(func.count()).select_from(OutgoingLetter))


def typed(page):
    """What stands in the boxes, as lines end on any machine."""
    values = page.values()
    return {name: str(values.get(name, "")).replace("\r\n", "\n") for name in TYPED}


def goes_through(visitor, **values):
    """Send what is on the page, to the check page and from there."""
    visitor.send(**values)
    visitor.send()
    return letters_waiting() == 1


def test_an_empty_form_says_what_to_do_in_every_field_that_needs_it(form, language):
    page = form.send(422)
    assert len(page.errors) == 5 == len(set(page.errors))
    assert page.title.startswith(PREFIXES[language])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", " \u200b\u202e "),
        ("name", "a" * 201),
        ("email", ""),
        ("email", "sian"),
        ("email", "sian@"),
        ("email", "sian@example.cymru\nBcc: all@example.cymru"),
        ("subject", None),
        ("subject", "something-else"),
        ("language", "fr"),
        ("words", ""),
        ("words", "a" * 3001),
    ],
)
def test_one_mistake_is_told_once_and_everything_typed_stays(form, field, value):
    page = form.send(422, **{**TYPED, field: value})
    assert len(page.errors) == 1
    others = {name: text for name, text in TYPED.items() if name != field}
    assert {name: typed(page)[name] for name in others} == others


@pytest.mark.parametrize(("field", "value"), [("name", "a" * 201), ("email", "sian(at)example"), ("words", "é" * 3001)])
def test_what_is_wrong_stays_too_to_be_mended(form, field, value):
    assert typed(form.send(422, **{**TYPED, field: value}))[field] == value


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("name", "  Siân   Tŷ\u202e\r\n ", "Siân Tŷ"),
        ("name", "'\"><script>alert(1)</script>", "'\"><script>alert(1)</script>"),
        ("email", " sian@EXAMPLE.cymru ", "sian@example.cymru"),
        ("words", "\r\n\r\nHelo\t tha\u200bt\r\n\r\n\r\n\r\nnow\r\n", "Helo that\n\nnow"),
    ],
)
def test_what_is_typed_is_tidied_and_nothing_of_it_becomes_part_of_the_page(form, field, value, kept):
    page = form.send(422, **{**TYPED, "subject": None, field: value})
    assert typed(page)[field] == kept


def test_a_form_without_mistakes_goes_through(form):
    assert goes_through(form, **TYPED)


# -- the token ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", [None, "", "nonsense", "ŵ", "a.b.c"])
def test_without_the_right_token_everything_stays_and_can_be_sent_again(form, language, token):
    page = form.send(422, csrf_token=token, **TYPED)
    assert (page.errors, typed(page)) == ([said(language, STILL_HERE)], TYPED)
    assert letters_waiting() == 0
    assert goes_through(form)


def test_when_the_cookie_is_gone_everything_stays_and_can_be_sent_again(form, language):
    form.client.delete_cookie("c4s")
    page = form.send(422, **TYPED)
    assert (page.errors, typed(page)) == ([said(language, STILL_HERE)], TYPED)
    assert goes_through(form)


def test_the_token_of_somebody_else_is_refused(form, site, language):
    somebody_else = Visitor(site)
    token = somebody_else.open(CONTACT[language]).values()["csrf_token"]
    assert form.send(422, csrf_token=token, **TYPED).errors == [said(language, STILL_HERE)]


def test_a_stale_page_with_mistakes_tells_of_both_at_once(form, language):
    page = form.send(422, csrf_token="", **{**TYPED, "email": "sian"})
    assert (page.errors[0], len(page.errors)) == (said(language, STILL_HERE), 2)


def test_a_page_may_stay_open_for_a_day(form, clock):
    clock.shift(timedelta(hours=24))
    assert goes_through(form, **TYPED)


@pytest.mark.parametrize("open_for", [timedelta(hours=24, seconds=1), timedelta(days=7)])
def test_after_a_day_everything_stays_and_can_be_sent_again(form, language, clock, open_for):
    clock.shift(open_for)
    page = form.send(422, **TYPED)
    assert (page.errors, typed(page)) == ([said(language, SEND_AGAIN)], TYPED)
    assert letters_waiting() == 0
    assert goes_through(form)


def test_a_check_page_left_open_for_more_than_a_day_loses_nothing(form, language, clock):
    form.send(**TYPED)
    clock.shift(timedelta(hours=24, seconds=1))
    page = form.send(422)
    assert (page.errors, typed(page)) == ([said(language, SEND_AGAIN)], TYPED)
    assert goes_through(form)


# -- the other language ------------------------------------------------------------------------------


def test_the_language_button_keeps_what_is_typed_and_judges_nothing(form, language):
    other = the_other(language)
    half = {"name": " Siân  ", "email": "sian(at)", "subject": "event", "words": "Helo"}
    page = form.send(press=("_language", other), **half)
    assert (page.language, page.errors, typed(page)) == (
        other,
        [],
        {"name": "Siân", "email": "sian(at)", "subject": "event", "language": "", "words": "Helo"},
    )
    assert letters_waiting() == 0
    assert form.say_it_in(language).errors == []


def test_the_language_button_of_a_page_with_mistakes_forgets_the_mistakes_only(form, language):
    form.send(422, **{**TYPED, "email": "sian"})
    page = form.say_it_in(the_other(language))
    assert (page.status, page.errors, typed(page)["email"]) == (200, [], "sian")


def test_the_language_button_needs_no_token(form, language):
    form.client.delete_cookie("c4s")
    page = form.send(press=("_language", the_other(language)), csrf_token=None, **TYPED)
    assert (page.language, typed(page)) == (the_other(language), TYPED)
    assert goes_through(form)


def test_the_check_page_changes_language_too_and_still_sends(form, language):
    check = form.send(**TYPED)
    other = form.say_it_in(the_other(language))
    assert (other.language, other.h1 != check.h1, letters_waiting()) == (the_other(language), True, 0)
    form.send()
    assert letters_waiting() == 1


# -- machines ----------------------------------------------------------------------------------------


def test_a_box_that_nobody_sees_must_stay_empty(form):
    page = form.send(422, website_address="https://spam.example", **TYPED)
    assert (len(page.errors), typed(page), page.values()["website_address"]) == (1, TYPED, "")
    assert letters_waiting() == 0
    assert goes_through(form)


def test_the_box_that_nobody_sees_is_out_of_everybodys_way(form):
    box = form.page.soup.select_one("input[name=website_address]")
    assert (box["tabindex"], box["autocomplete"], box.find_parent("div").has_attr("hidden")) == ("-1", "off", True)


def test_a_form_that_is_sent_at_once_is_offered_again(form, site, clock, monkeypatch):
    monkeypatch.setitem(site.config, "FORM_SECONDS", 2)
    page = form.send(422, **TYPED)
    assert (len(page.errors), typed(page)) == (1, TYPED)
    clock.shift(timedelta(seconds=2))
    assert goes_through(form)


@pytest.mark.parametrize("stamp", ["", "opened", "opened.abc.def", None])
def test_a_time_that_we_did_not_write_is_written_anew(form, site, clock, monkeypatch, stamp):
    monkeypatch.setitem(site.config, "FORM_SECONDS", 2)
    clock.shift(timedelta(hours=1))
    page = form.send(422, opened=stamp, **TYPED)
    assert (len(page.errors), typed(page)) == (1, TYPED)
    clock.shift(timedelta(seconds=2))
    assert goes_through(form)


def test_a_time_signed_with_the_former_key_is_believed(form, site, monkeypatch):
    former = site.config["SECRET_KEY"]
    monkeypatch.setitem(site.config, "SECRET_KEY", "n" * 40)
    monkeypatch.setitem(site.config, "SECRET_KEY_FALLBACKS", [former])
    opened = form.page.values()["opened"]
    assert form.send(422, csrf_token=None, opened=opened, **TYPED).values()["opened"] == opened


@pytest.mark.parametrize("key", [None, "", "short", "a" * 65, "a key with spaces", "ŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵ"])
def test_a_form_without_a_key_of_its_own_gets_one_and_is_offered_again(form, key):
    page = form.send(422, key=key, **TYPED)
    assert (len(page.errors), typed(page)) == (1, TYPED)
    assert len(page.values()["key"]) >= 22
    assert goes_through(form)


def test_every_form_has_a_key_of_its_own_and_keeps_it(form, language):
    first = form.page.values()["key"]
    assert form.send(422).values()["key"] == first
    assert form.open(CONTACT[language]).values()["key"] != first


# -- from elsewhere ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": ""}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Origin": "http://evil.example/localhost"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
    ],
)
def test_a_post_from_another_site_is_refused(form, language, headers, status):
    data = {**form.page.values(), **TYPED}
    answer = form.ask("POST", CONTACT[language], data=data, headers=headers)
    assert (answer.status_code, answer.headers["Content-Language"]) == (status, language)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("address", ["/", "/en/about", "/en/nothing-here", "/static/none.css"])
def test_another_site_may_change_nothing_anywhere(visitor, method, address):
    assert visitor.ask(method, address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_another_site_may_lead_here(visitor):
    assert visitor.open("/en/contact", **{"Sec-Fetch-Site": "cross-site"}).status == 200


def test_a_post_works_behind_a_proxy_that_speaks_https_and_without_a_referrer(secure):
    site = "https://site.example.wales"
    headers = {"X-Forwarded-Proto": "https", "Host": "site.example.wales", "Origin": site}
    page = Page(secure.ask("GET", f"{site}/en/contact"), "/en/contact")
    answer = secure.ask("POST", f"{site}/en/contact", data={**page.values(), **TYPED}, headers=headers)
    assert (answer.status_code, "Check your message" in answer.text) == (200, True)


# -- fields ------------------------------------------------------------------------------------------


class Sample(Form):
    """A form with one field of each validator."""

    class Meta(Form.Meta):
        csrf = False

    needed = StringField("Needed", validators=[Needed("Give it")])
    short = StringField("Short", validators=[AtMost(3, "Too long")])
    email = StringField("Email", validators=[Email("Odd address")])
    one = RadioField("One", choices=options({"cy": "Cymraeg", "en": "English"}), validate_choice=False,
                     validators=[OneOf("Pick one")])  # fmt: skip
    some = SelectMultipleField("Some", choices=options({"a": "A"}))


def errors(site, **values):
    with site.test_request_context("/en/", method="POST", data=values):
        g.language = "en"
        sample = Sample()
        sample.validate_on_submit()
        return sample.errors, sample


RIGHT = {"needed": "x", "one": "cy"}


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, {}),
        ({"needed": ""}, {"needed": ["Give it"]}),
        ({"short": "ŵŷâ"}, {}),
        ({"short": "abcd"}, {"short": ["Too long"]}),
        ({"one": ""}, {"one": ["Pick one"]}),
        ({"one": "fr"}, {"one": ["Pick one"]}),
        ({"email": "nia@example.cymru"}, {}),
        ({"email": "nia.jones+lle@is.example.cymru"}, {}),
        ({"email": "o'brien@example.cymru"}, {}),
        ({"email": "nia@tŷ.cymru"}, {}),
        ({"email": "niâ@example.cymru"}, {"email": ["Odd address"]}),
        ({"email": "nia@localhost"}, {"email": ["Odd address"]}),
        ({"email": "nia@example"}, {"email": ["Odd address"]}),
        ({"email": "Nia <nia@example.cymru>"}, {"email": ["Odd address"]}),
        ({"email": "nia@example.cymru, all@example.cymru"}, {"email": ["Odd address"]}),
        ({"email": "nia@example.cymru\r\nBcc: x@example.cymru"}, {"email": ["Odd address"]}),
        ({"email": "nia@[192.0.2.1]"}, {"email": ["Odd address"]}),
        ({"email": "a" * 65 + "@example.cymru"}, {"email": ["Odd address"]}),
    ],
)
def test_a_field_says_in_our_own_words_what_is_wrong(site, given, wrong):
    assert errors(site, **{**RIGHT, **given})[0] == wrong


def test_a_choice_that_is_none_of_ours_counts_as_none(site):
    sample = errors(site, **{**RIGHT, "one": "fr"})[1]
    assert (sample.one.data, chosen_label(sample.one)) == (None, None)
    assert chosen_label(errors(site, **RIGHT)[1].one) == "Cymraeg"


def test_a_refusal_stands_above_the_fields_and_the_page_answers_with_422(site):
    found, sample = errors(site, **RIGHT)
    assert (found, sample.status) == ({}, 200)
    sample.refuse("No")
    assert (sample.form_errors, sample.status) == (["No"], 422)


def test_the_browser_is_never_asked_to_judge(site):
    sample = errors(site, **RIGHT)[1]
    shown = "".join(str(field()) for field in sample)
    assert not [word for word in ("required", "maxlength", "pattern") if word in shown]


@pytest.mark.parametrize(
    ("typed", "line", "lines"),
    [
        (None, "", ""),
        ("", "", ""),
        (" a \t b ", "a b", "a b"),
        ("a\r\nb\n\n\n\nc", "a b c", "a\nb\n\nc"),
        ("W\u0302y", "Ŵy", "Ŵy"),
        ("a\x00\u202eb", "ab", "ab"),
    ],
)
def test_filters_tidy_a_line_and_a_text(typed, line, lines):
    assert (one_line(typed), many_lines(typed)) == (line, lines)
