"""Headers on every answer: nothing foreign loads, nothing private is kept, everything public may be."""

import gzip
from datetime import timedelta

import pytest
from flask import before_render_template

from c4s.web.headers import POLICY
from tests.conftest import NOW
from tests.events.builders import an_event
from tests.visitor import check_headers

HOMES = {"cy": "/cy/", "en": "/en/"}
PUBLIC = (
    "/", "/cy/", "/en/", "/cy/amdanom-ni", "/en/privacy", "/en/directory", "/cy/cyfeiriadur?q=bara",
    "/en/directory/a-to-z", "/cy/digwyddiadau", "/en/events/past", "/en/events/calendar.ics",
    "/robots.txt", "/sitemap.xml", "/sitemap-pages.xml", "/.well-known/security.txt",
)  # fmt: skip
PRIVATE = ("/en/contact", "/cy/cysylltu/diolch", "/healthz", "/en/nothing-here")
EVERY = (*PUBLIC, *PRIVATE, "/en/directory.csv", "/en/directory.json", "/favicon.ico", "/static/none.css",
         "/cy/about", "/en//about", "/sitemap-none.xml")  # fmt: skip


@pytest.fixture
def rendered(site):
    """The templates that are rendered from here on."""
    names = []

    def note(sender, template, context, **_):
        names.append(template.name)

    before_render_template.connect(note, site)
    yield names
    before_render_template.disconnect(note, site)


@pytest.mark.either_database
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
@pytest.mark.parametrize("address", EVERY)
def test_every_answer_says_what_may_load_and_be_kept(visitor, method, address):
    answer = visitor.ask(method, address)
    check_headers(answer)
    assert {
        name: answer.headers.get(name)
        for name in (
            "Content-Security-Policy",
            "Cross-Origin-Opener-Policy",
            "Cross-Origin-Resource-Policy",
            "X-Frame-Options",
            "Strict-Transport-Security",
            "X-Powered-By",
        )
    } == {
        "Content-Security-Policy": POLICY,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Strict-Transport-Security": None,  # the site of the tests is not on https
        "X-Powered-By": None,
    }


def test_nothing_at_all_may_load_but_our_own_styles_and_pictures():
    assert dict(part.strip().split(" ", 1) for part in POLICY.split(";")) == {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_may_be_kept_by_any_cache_and_sets_no_cookie(visitor, address):
    answer = visitor.ask("GET", address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, max-age=60")
    assert answer.headers["ETag"].startswith('W/"')
    assert ("Set-Cookie" in answer.headers, "Cookie" in answer.headers.get("Vary", "")) == (False, False)
    assert "X-Robots-Tag" not in answer.headers


@pytest.mark.either_database
@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_is_the_same_for_somebody_who_has_begun_a_form(visitor, address):
    before = visitor.ask("GET", address)
    visitor.open("/en/contact")
    after = visitor.ask("GET", address)
    assert "Set-Cookie" not in after.headers and "Cookie" not in after.headers.get("Vary", "")
    assert after.get_data() == before.get_data()


@pytest.mark.either_database
@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_page_is_kept_by_nobody(visitor, address):
    answer = visitor.ask("GET", address)
    assert (answer.headers["Cache-Control"], "ETag" in answer.headers) == ("no-store", False)


def test_a_form_is_kept_out_of_search_engines(visitor):
    assert visitor.ask("GET", "/en/contact").headers["X-Robots-Tag"] == "noindex"


def test_a_cookie_comes_only_with_a_form_and_scripts_and_other_sites_never_see_it(visitor):
    cookie = visitor.ask("GET", "/en/contact").headers.getlist("Set-Cookie")
    assert len(cookie) == 1
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie[0].split("; "))
    assert "Expires" not in cookie[0]  # it goes when the browser is closed


def test_on_https_the_cookie_and_the_site_stay_on_https(secure):
    answer = secure.ask("GET", "https://site.example.wales/en/contact")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-c4s=") and "; Secure" in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


# -- asking again ------------------------------------------------------------------------------------


def again(visitor, address, tag):
    return visitor.ask("GET", address, headers={"If-None-Match": tag})


@pytest.mark.parametrize("address", PUBLIC)
def test_asking_again_renders_nothing_and_asks_the_database_once(visitor, address, rendered, statements):
    first = visitor.ask("GET", address)
    rendered.clear()
    statements.clear()
    second = again(visitor, address, first.headers["ETag"])
    assert (second.status_code, second.get_data(), rendered) == (304, b"", [])
    assert len(statements) == 1
    for name in ("ETag", "Cache-Control", "Content-Security-Policy"):
        assert second.headers[name] == first.headers[name]


def test_an_unchanged_page_varies_as_the_page_itself_does(visitor):
    first = visitor.ask("GET", "/en/")
    assert again(visitor, "/en/", first.headers["ETag"]).headers["Vary"] == first.headers["Vary"]


def test_head_has_the_same_tag(visitor):
    assert visitor.ask("HEAD", "/en/").headers["ETag"] == visitor.ask("GET", "/en/").headers["ETag"]


@pytest.mark.either_database
@pytest.mark.parametrize("weak", ["W/", ""])
@pytest.mark.parametrize("given", ["{}", " {} ", '"other", {}', '{}, W/"other"', '"a, b",{},"c"'])
def test_the_tag_is_found_among_others_weak_or_strong(visitor, given, weak):
    tag = visitor.ask("GET", "/en/").headers["ETag"].removeprefix("W/")
    assert again(visitor, "/en/", given.format(weak + tag)).status_code == 304


@pytest.mark.either_database
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("address", PUBLIC)
def test_a_star_stands_for_whatever_is_there_now(visitor, method, address):
    page = visitor.ask(method, address)
    answer = visitor.ask(method, address, headers={"If-None-Match": "*"})
    assert (answer.status_code, answer.get_data(), "Content-Encoding" in answer.headers) == (304, b"", False)
    assert {name: answer.headers.get(name) for name in ("ETag", "Cache-Control", "Vary")} == {
        name: page.headers.get(name) for name in ("ETag", "Cache-Control", "Vary")
    }


def test_the_tag_of_a_compressed_page_is_known_too(visitor):
    packed = visitor.ask("GET", "/en/", headers={"Accept-Encoding": "gzip"})
    assert again(visitor, "/en/", packed.headers["ETag"].removeprefix("W/")).status_code == 304


@pytest.mark.either_database
@pytest.mark.parametrize("given", ["", "nonsense", '"other"', 'W/"', "*, x", '"*"', "W/*", '"{}x"', 'W/W/"{}"'])
def test_another_tag_gets_the_page(visitor, given):
    tag = visitor.ask("GET", "/en/about").headers["ETag"].removeprefix("W/").strip('"')
    assert again(visitor, "/en/about", given.format(tag)).status_code == 200


@pytest.mark.either_database
def test_each_page_language_and_question_has_its_own_tag(visitor):
    addresses = ("/", "/cy/", "/en/", "/en/about", "/en/directory", "/en/directory?q=a", "/en/directory?q=b",
                 "/en/directory?sort=name", "/cy/cyfeiriadur?q=a")  # fmt: skip
    tags = [visitor.ask("GET", address).headers["ETag"] for address in addresses]
    assert len(set(tags)) == len(addresses)


def test_a_public_change_makes_every_page_new(visitor):
    before = [visitor.ask("GET", address).headers["ETag"] for address in PUBLIC]
    an_event()
    after = [again(visitor, address, tag) for address, tag in zip(PUBLIC, before, strict=True)]
    assert [answer.status_code for answer in after] == [200] * len(PUBLIC)


def test_a_message_to_us_makes_no_page_new(visitor):
    tag = visitor.ask("GET", "/en/").headers["ETag"]
    visitor.open("/en/contact")
    visitor.send(name="Nia", email="nia@example.cymru", subject="other", language="cy", words="Helo")
    visitor.send()
    assert again(visitor, "/en/", tag).status_code == 304


def test_after_five_minutes_every_page_is_new(visitor, clock):
    tag = visitor.ask("GET", "/en/").headers["ETag"]
    clock.shift(timedelta(minutes=4, seconds=59))
    assert again(visitor, "/en/", tag).status_code == 304
    clock.shift(timedelta(seconds=1))
    assert again(visitor, "/en/", tag).status_code == 200
    assert NOW.minute % 5 == 0  # the slices of time begin on the hour, and so did this test


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/en/nothing-here", 404),
        ("/en/directory/999999", 404),
        ("/cy/digwyddiadau/999999", 404),
        ("/sitemap-none.xml", 404),
        ("/en/directory?page=99", 302),
        ("/en/contact", 200),
    ],
)
def test_what_is_not_there_or_belongs_to_nobody_else_is_never_unchanged(visitor, address, status):
    assert again(visitor, address, "*").status_code == status


def test_nobody_who_is_sent_on_is_spoken_to_in_the_wrong_language(visitor):
    answers = [visitor.ask("GET", address) for address in ("/cy/about", "/cy//amdanom-ni")]
    assert [(answer.status_code, answer.get_data()) for answer in answers] == [(308, b"")] * 2


# -- fewer bytes -------------------------------------------------------------------------------------


@pytest.mark.either_database
@pytest.mark.parametrize("address", ["/", "/en/", "/en/privacy", "/en/contact", "/cy/nid-yw-yma"])
def test_a_page_is_sent_in_fewer_bytes_to_those_who_can_unpack_it(visitor, address):
    plain = visitor.ask("GET", address)
    packed = visitor.ask("GET", address, headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in plain.headers
    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", plain.headers["Vary"])
    assert "Accept-Encoding" in packed.headers["Vary"]
    body = packed.get_data()
    assert int(packed.headers["Content-Length"]) == len(body) < 0.6 * len(plain.get_data())
    if "contact" not in address:  # a form carries something new each time
        assert gzip.decompress(body) == plain.get_data()


@pytest.mark.either_database
@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "br, gzip; q=0", "gzip;q=0.0"])
def test_others_get_the_page_as_it_is(visitor, accepted):
    answer = visitor.ask("GET", "/en/", headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in answer.headers


@pytest.mark.either_database
def test_what_is_small_already_is_left_alone(visitor):
    answer = visitor.ask("GET", "/robots.txt", headers={"Accept-Encoding": "gzip"})
    assert ("Content-Encoding" in answer.headers, answer.headers["Vary"]) == (False, "Accept-Encoding")
