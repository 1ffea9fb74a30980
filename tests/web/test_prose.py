"""What people type to safe HTML: paragraphs and lists, and a small part of Markdown in what staff write of events."""

import re
import time
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from c4s.core.config import ROOT
from c4s.web.prose import html

pytestmark = pytest.mark.either_database


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("", ""),
        (" \n\n ", ""),
        ("Bara", "<p>Bara</p>"),
        ("Bara\nllaeth", "<p>Bara<br>llaeth</p>"),
        ("Bara\n\nLlaeth", "<p>Bara</p>\n<p>Llaeth</p>"),
        ("Bara\n  \n\n\nLlaeth", "<p>Bara</p>\n<p>Llaeth</p>"),
        ("- bara\n- llaeth", "<ul><li>bara</li><li>llaeth</li></ul>"),
        ("* bara\n• llaeth", "<ul><li>bara</li><li>llaeth</li></ul>"),
        ("Mae gen i:\n- bara\n- llaeth\nDyna ni.",
         "<p>Mae gen i:</p>\n<ul><li>bara</li><li>llaeth</li></ul>\n<p>Dyna ni.</p>"),
        ("-5 gradd", "<p>-5 gradd</p>"),
        ("Bara & llaeth", "<p>Bara &amp; llaeth</p>"),
        ("<b>Bara</b>", "<p>&lt;b&gt;Bara&lt;/b&gt;</p>"),
        ('- <script>alert("1")</script>', "<ul><li>&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;</li></ul>"),
        ("{{ 7 * 7 }} %(x)s {0}", "<p>{{ 7 * 7 }} %(x)s {0}</p>"),
        ("https://example.cymru", "<p>https://example.cymru</p>"),
        ("## Bara\nGwyn", "<h3>Bara</h3>\n<p>Gwyn</p>"),
        ("##", "<p>##</p>"),
        ("#1 yn y siop", "<p>#1 yn y siop</p>"),
        ("Mae **bara gwyn** a *bara brown*.", "<p>Mae <strong>bara gwyn</strong> a <em>bara brown</em>.</p>"),
        ("2*3*4 a ** 5 **", "<p>2*3*4 a ** 5 **</p>"),
        ("- **Bara** gwyn", "<ul><li><strong>Bara</strong> gwyn</li></ul>"),
        ("[Bara](https://example.cymru/?a=1&b=2)", '<p><a href="https://example.cymru/?a=1&amp;b=2">Bara</a></p>'),
        ("[Ffoniwch](tel:01632960001), [ysgrifennwch](mailto:a@example.cymru)",
         '<p><a href="tel:01632960001">Ffoniwch</a>, <a href="mailto:a@example.cymru">ysgrifennwch</a></p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](//evil.example)", "<p>[x](//evil.example)</p>"),
        ('[x](https://a"onclick=b)', "<p>[x](https://a&#34;onclick=b)</p>"),
        ("[<b>x</b>](https://example.cymru)", '<p><a href="https://example.cymru">&lt;b&gt;x&lt;/b&gt;</a></p>'),
        ("**[x](https://example.cymru)**", "<p><strong>[x](https://example.cymru)</strong></p>"),
    ],
)  # fmt: skip
def test_a_text_becomes_paragraphs_and_lists(text, made):
    assert html(text, has_marks=True) == made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Bara\nllaeth\n\n- bara\n- llaeth", "<p>Bara<br>llaeth</p>\n<ul><li>bara</li><li>llaeth</li></ul>"),
        ("[Bara](https://example.cymru)", "<p>[Bara](https://example.cymru)</p>"),
        ("## Bara\nGwyn", "<p>## Bara<br>Gwyn</p>"),
        ("- **Bara** *gwyn*", "<ul><li>**Bara** *gwyn*</li></ul>"),
        ("<b>Bara</b>", "<p>&lt;b&gt;Bara&lt;/b&gt;</p>"),
    ],
)
def test_what_others_write_holds_no_links_and_no_headings(text, made):
    assert html(text) == made


def test_only_what_staff_write_of_events_and_of_the_code_of_conduct_may_hold_links():
    pages = [page.read_text(encoding="utf-8") for page in (ROOT / "templates").rglob("*.html")]
    shown = [found for page in pages for found in re.findall(r"say_prose\(([\w.]+), has_marks=True\)", page)]
    assert len(shown) == sum(page.count("has_marks") for page in pages) > 5
    assert {text.partition(".")[0] for text in shown} == {"event", "version"}


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "[x](javascript:alert(1))",
        "&#x6a;avascript:alert(1)",
        "<a href='javascript:alert(1)'>x</a>",
        "</p></main><h1>Newydd</h1>",
        "<!-- ",
        "- </li></ul><iframe src=//evil.example>",
        "<" * 50 + ">" * 50,
        "\x00<b>\x00",
    ],
)
def test_nothing_can_be_smuggled_in(attack):
    is_safe(attack)


def is_safe(text):
    """The tags are ours, their attributes too, and every character that was typed is still read as itself."""
    assert {tag.name for tag in BeautifulSoup(html(text), "html.parser").find_all(True)} <= {"p", "br", "ul", "li"}
    found = BeautifulSoup(html(text, has_marks=True), "html.parser")
    for tag in found.find_all(True):
        assert tag.name in ("p", "br", "ul", "li", "h3", "strong", "em", "a")
        assert set(tag.attrs) == ({"href"} if tag.name == "a" else set())
        if tag.name == "a":
            assert urlsplit(tag["href"]).scheme in ("http", "https", "mailto", "tel")


PIECES = st.sampled_from(
    ["**", "*", "[", "](", ")", "## ", "- ", "\n", "\n\n", "<", ">", '"', "'", "&", "&lt;", "\\", "\x00", "javascript:",
     "https://", "http://", "mailto:", "tel:", "data:text/html,", "<script>", "onclick=", "a", " ", "//x", "ŵ"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200))
@settings(max_examples=400, deadline=None)
def test_whatever_is_typed_nothing_can_be_smuggled_in(text):
    is_safe(text)
    assert not {"<script", "<img"} & set(html(text, has_marks=True).lower().split())


@given(
    st.text(alphabet=st.characters(exclude_characters="*[]#-•<>&\"'\\", exclude_categories=("Cc", "Zl", "Zp", "Cs")))
)
@settings(max_examples=100, deadline=None)
def test_plain_words_stay_as_they_are(text):
    assert BeautifulSoup(html(text), "html.parser").get_text() == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        ">" * 10_000,
        "- " * 5_000,
        "- a\n" * 5_000,
        "a\n- b\n" * 2_500,
        "\n \n" * 5_000,
        "**a" * 5_000,
        "*a" * 5_000,
        "[a" * 5_000,
        "[a](https://" * 2_000,
    ],
)
def test_a_long_text_takes_no_longer_than_it_should(text):
    began = time.process_time()
    html(text, has_marks=True)
    assert time.process_time() - began < 0.5
