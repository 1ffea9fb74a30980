"""Plain text to safe HTML: paragraphs and lists, nothing more."""

import time

import pytest
from bs4 import BeautifulSoup

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
    ],
)  # fmt: skip
def test_a_text_becomes_paragraphs_and_lists(text, made):
    assert html(text) == made


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
    made = BeautifulSoup(html(attack), "html.parser")
    assert {tag.name for tag in made.find_all(True)} <= {"p", "br", "ul", "li"}
    assert [tag.attrs for tag in made.find_all(True) if tag.attrs] == []


@pytest.mark.parametrize("text", [">" * 10_000, "- " * 5_000, "- a\n" * 5_000, "a\n- b\n" * 2_500, "\n \n" * 5_000])
def test_a_long_text_takes_no_longer_than_it_should(text):
    began = time.process_time()
    html(text)
    assert time.process_time() - began < 0.5
