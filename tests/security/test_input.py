"""Odd bytes, odd parts and heaps of accents: an answer in words, and soon."""

import io
import time

import pytest

from c4s.core.text import tidy
from c4s.web import prose
from tests.web.test_headers import POLICY

pytestmark = pytest.mark.pages


@pytest.mark.parametrize("query", [b"q=\xff\xfe", b"\xff", b"q=t\xc5\xb7", b"q=\xed\xa0\x80"])
@pytest.mark.parametrize(
    ("path", "status"), [("/en/directory", 200), ("/cy/digwyddiadau", 200), ("/en/nothing", 404), ("/static/none", 404)]
)
def test_bytes_that_are_no_text_are_an_odd_search_and_no_failure(visitor, path, status, query):
    answer = visitor.ask("GET", path, environ_overrides={"QUERY_STRING": query.decode("latin-1")})
    assert (answer.status_code, answer.headers["Content-Security-Policy"]) == (status, POLICY)


def test_letters_that_came_unescaped_are_read(visitor):
    answer = visitor.ask(
        "GET", "/en/directory", environ_overrides={"QUERY_STRING": "q=tŷ bara".encode().decode("latin-1")}
    )
    assert 'value="tŷ bara"' in answer.text


def test_an_origin_that_is_no_address_is_a_foreign_one(visitor):
    answers = {
        origin: visitor.ask("POST", "/en/contact", data={"name": "Nia"}, headers={"Origin": origin}).status_code
        for origin in ("http://[::1", "null", "", "http://127.0.0.1", "//", "http://localhost")
    }
    assert answers == {**dict.fromkeys(answers, 403), "http://localhost": 422}


@pytest.mark.parametrize("box", ["name", "email", "words", "key", "opened", "csrf_token", "subject"])
def test_a_file_in_a_box_for_words_is_nothing(visitor, box):
    data = {"_step": "send", box: (io.BytesIO(b"words"), "words.txt")}
    answer = visitor.ask("POST", "/en/contact", data=data, content_type="multipart/form-data")
    assert answer.status_code == 422


def test_a_heap_of_accents_is_cut_down_and_takes_no_time():
    began = time.process_time()
    assert len(tidy("a" + "\u0301\u0323" * 500_000 + "b")) <= 32
    assert time.process_time() - began < 5


def test_as_many_accents_as_any_language_has_are_kept():
    for text in ("Ŵyŷn", "שָׁלוֹם", "z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯", "═" * 200, "👩‍👩‍👧‍👦" * 50):
        assert tidy(text) == tidy(tidy(text))
        assert len(tidy(text)) >= len(text) - 2


def test_a_long_text_of_many_short_lists_is_set_out_soon():
    began = time.process_time()
    assert prose.html("- un\ndau\n" * 40_000).count("<ul>") == 40_000
    assert time.process_time() - began < 5
