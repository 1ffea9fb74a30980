"""Pages for when something is wrong, in the language of the address."""

import logging

import pytest
from sqlalchemy import text

from c4s.core import units
from c4s.core.db import db
from c4s.web import errors
from tests.conftest import close, made_on
from tests.visitor import Visitor, check_headers

pytestmark = pytest.mark.either_database

TROUBLE = {"cy": "/cy/trafferth/{}", "en": "/en/trouble/{}"}
CONTACT = {"cy": "/cy/cysylltu", "en": "/en/contact"}
DIRECTORY = {"cy": "/cy/cyfeiriadur", "en": "/en/directory"}


@pytest.fixture(autouse=True)
def quiet(caplog):
    """What goes wrong on purpose is not printed."""
    caplog.set_level(logging.CRITICAL)


@pytest.mark.parametrize("status", sorted(errors.WORDS))
def test_every_kind_of_trouble_has_a_page_in_both_languages(troubled, language, status):
    page = troubled.open(TROUBLE[language].format(status), status)
    other = {"cy": "/en/trouble/{}", "en": "/cy/trafferth/{}"}[language]
    assert (page.language, page.switch) == (language, other.format(status))
    assert page.response.headers["Cache-Control"] == "no-store"
    home = {"cy": "/cy/", "en": "/en/"}[language]
    assert home in page.links().values()


def test_the_pages_say_different_things_in_each_language(troubled):
    said = {
        code: [troubled.open(TROUBLE[code].format(status), status).h1 for status in sorted(errors.WORDS)]
        for code in TROUBLE
    }
    assert len({*said["cy"], *said["en"]}) == 2 * len(errors.WORDS)


@pytest.mark.parametrize(("status", "shown"), [(418, 400), (451, 400), (501, 500), (502, 500)])
def test_other_kinds_of_trouble_borrow_a_page(troubled, language, status, shown):
    page = troubled.open(TROUBLE[language].format(status), status)
    assert page.h1 == troubled.open(TROUBLE[language].format(shown), shown).h1


def test_a_mistake_of_ours_is_a_page_that_gives_nothing_away(troubled, language):
    page = troubled.open({"cy": "/cy/gwall", "en": "/en/mistake"}[language], 500)
    assert page.language == language
    assert not [word for word in ("ZeroDivision", "Traceback", "c4s/") if word in page.html]


def test_a_mistake_of_ours_is_written_in_the_log(troubled, caplog):
    caplog.set_level(logging.ERROR)
    troubled.ask("GET", "/en/mistake")
    assert [(record.name, record.exc_info[0]) for record in caplog.records] == [("c4s", ZeroDivisionError)]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST", "PROPFIND"], ids=lambda method: method.lower())
def test_a_method_that_a_page_does_not_know_is_told_which_it_does(visitor, language, method):
    answer = visitor.ask(method, DIRECTORY[language])
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer.headers["Content-Language"] == language


def test_trace_is_not_answered(visitor):
    assert visitor.ask("TRACE", "/en/contact", headers={"X-Secret": "hush"}).status_code == 405


def test_a_body_that_is_too_large_is_refused(visitor, language):
    visitor.open(CONTACT[language])
    assert visitor.send(413, words="a" * 2_200_000).language == language


def test_a_field_that_is_too_large_is_refused(visitor, language):
    body = f'--x\r\nContent-Disposition: form-data; name="words"\r\n\r\n{"a" * 600_000}\r\n--x--\r\n'
    kind = "multipart/form-data; boundary=x"
    answer = visitor.ask("POST", CONTACT[language], data=body.encode(), content_type=kind)
    assert (answer.status_code, answer.headers["Content-Language"]) == (413, language)


def test_a_form_of_too_many_parts_is_refused(visitor):
    visitor.open("/en/contact")
    parts = "".join(f'--x\r\nContent-Disposition: form-data; name="a{i}"\r\n\r\n1\r\n' for i in range(300))
    answer = visitor.ask(
        "POST",
        "/en/contact",
        data=(parts + "--x--\r\n").encode(),
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"name": "Nia"}'),
        ("application/json", b"[1, 2]"),
        ("application/json", b"not json"),
        ("text/plain", b"name=Nia"),
        ("application/xml", b"<name>Nia</name>"),
    ],
)
def test_a_post_that_is_no_form_is_refused(visitor, language, kind, body):
    answer = visitor.ask("POST", CONTACT[language], data=body, content_type=kind)
    assert (answer.status_code, answer.headers["Content-Language"]) == (415, language)


@pytest.mark.parametrize(
    "body", [b"--x", b"", b"--x\r\n\r\n", b'--x\r\nContent-Disposition: form-data; name="\xff"\r\n\r\n\xff']
)
def test_a_broken_form_is_no_mistake_of_ours(visitor, body):
    answer = visitor.ask("POST", "/en/contact", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code in (400, 413, 422)


@pytest.mark.parametrize("typed", ["\x00", "\ud800", "\ufffe", "a\x00b", "\r\n.\r\n", "😀" * 50, "a" * 10_000])
def test_odd_characters_in_a_form_are_no_mistake_of_ours(visitor, typed):
    visitor.open("/en/contact")
    body = {"name": typed, "email": typed, "subject": typed, "language": typed, "words": typed}
    data = {**visitor.page.values(), **{n: v.encode("utf-8", "surrogatepass") for n, v in body.items()}}
    assert visitor.ask("POST", "/en/contact", data=data).status_code == 422


def test_an_address_that_is_too_long_is_refused(visitor, language):
    address = f"{DIRECTORY[language]}?q={'a' * errors.LONGEST_ADDRESS}"
    assert visitor.open(address, 414).language == language


def test_ten_thousand_characters_are_just_words(visitor, language):
    assert visitor.open(f"{DIRECTORY[language]}?q={'a' * 10_000}").status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:5000", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "", "a b"]
)
def test_another_name_for_the_site_is_refused(visitor, language, host):
    answer = visitor.ask("GET", CONTACT[language], headers={"Host": host})
    assert (answer.status_code, answer.mimetype) == (400, "text/html")
    assert "evil" not in answer.text
    check_headers(answer)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:5000", "localhost", "localhost:80"])
def test_the_site_answers_to_its_own_names(visitor, host):
    assert visitor.ask("GET", "/en/contact", headers={"Host": host}).status_code == 200


def test_when_the_database_is_busy_people_are_asked_to_try_again(troubled, language, monkeypatch):
    monkeypatch.setattr(units, "PATIENCE", 0.02)
    with troubled.site.app_context(), db.engine.connect() as another:
        another.exec_driver_sql("BEGIN IMMEDIATE")
        page = troubled.open({"cy": "/cy/ysgrifennu", "en": "/en/write"}[language], 503)
        another.exec_driver_sql("ROLLBACK")
    assert (page.language, page.response.headers["Retry-After"]) == (language, "5")
    assert troubled.ask("GET", "/en/write").text == "written"


def test_the_pages_for_trouble_ask_the_database_nothing(visitor, statements):
    page = visitor.ask("GET", "/en/nothing-here")
    assert (page.status_code, statements) == (404, [])


def test_when_the_database_is_gone_there_is_still_a_page(tmp_path, language):
    file = tmp_path / "c4s.sqlite3"
    site = made_on(f"sqlite:///{file}")
    visitor = Visitor(site)
    assert visitor.open(DIRECTORY[language]).status == 200
    close(site)
    for part in tmp_path.iterdir():
        part.unlink()
    for address in (DIRECTORY[language], "/healthz", "/sitemap.xml"):
        assert visitor.open(address, 500).h1 == visitor.open(address, 500).h1
    assert visitor.open(CONTACT[language]).language == language  # what needs no database goes on
    visitor.send(name="Nia", email="nia@example.cymru", subject="other", language="cy", words="Helo")
    assert visitor.send(500).language == language
    close(site)


def test_when_the_database_comes_back_so_does_the_site(tmp_path):
    site = made_on(f"sqlite:///{tmp_path / 'c4s.sqlite3'}")
    visitor = Visitor(site)
    with site.app_context(), db.engine.connect() as connection:
        connection.execute(text("ALTER TABLE public_version RENAME TO elsewhere"))
        visitor.open("/en/directory", 500)
        connection.execute(text("ALTER TABLE elsewhere RENAME TO public_version"))
    assert visitor.open("/en/directory").status == 200
    close(site)
