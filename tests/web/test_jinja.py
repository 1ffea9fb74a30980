"""The few names that templates may use."""

import pytest
from flask import render_template_string
from markupsafe import Markup

from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import speaking
from c4s.web.jinja import refer, say, say_prose

pytestmark = pytest.mark.either_database

BREAD = Bilingual("Bara <brith>", "Bread & jam")


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        (BREAD, "cy", "Bara &lt;brith&gt;"),
        (BREAD, "en", "Bread &amp; jam"),
        (Bilingual("Bara <brith>", ""), "en", '<span lang="cy">Bara &lt;brith&gt;</span>'),
        (Bilingual("", "Bread & jam"), "cy", '<span lang="en">Bread &amp; jam</span>'),
        (Bilingual(), "cy", ""),
    ],
)
def test_words_in_the_other_language_are_marked_as_such(site, text, language, said):
    with site.test_request_context({"cy": "/cy/", "en": "/en/"}[language]), speaking(language):
        assert render_template_string("{% autoescape true %}{{ say(text) }}{% endautoescape %}", text=text) == said
        assert Markup.escape(say(text)) == said


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        (Bilingual("- a\n- <b>", ""), "cy", "<ul><li>a</li><li>&lt;b&gt;</li></ul>"),
        (Bilingual("Bara", ""), "en", '<div lang="cy"><p>Bara</p></div>'),
        (Bilingual(), "en", ""),
    ],
)
def test_prose_in_the_other_language_is_marked_as_such(site, text, language, said):
    with speaking(language):
        assert say_prose(text) == said


class Named:
    id = 7
    names = Bilingual("Tŷ Bara", "Bread House")


class OnlyNamed:
    id = 8
    name = Bilingual("Llaeth", "")


def test_a_record_is_referred_to_by_number_and_name_in_the_language_of_the_page(site):
    found = []
    for language in ("cy", "en"):
        with speaking(language):
            found.append((refer(Named()), refer(OnlyNamed())))
    assert found == [("7-ty-bara", "8-llaeth"), ("7-bread-house", "8-llaeth")]


def test_templates_escape_what_they_are_given_and_letters_do_not(site):
    made = {
        name: site.jinja_env.autoescape(name)
        for name in ("pages/home.html", "pages/sitemap.xml", "parts/mark.svg", "pages/letters/message.txt")
    }
    assert made == {
        "pages/home.html": True,
        "pages/sitemap.xml": True,
        "parts/mark.svg": True,
        "pages/letters/message.txt": False,
    }


def test_the_menu_says_where_we_are(visitor, language):
    address = {"cy": "/cy/cyfeiriadur/a-i-y", "en": "/en/directory/a-to-z"}[language]
    current = visitor.open(address).soup.select("nav.menu [aria-current=page]")
    assert [str(link["href"]) for link in current] == [{"cy": "/cy/cyfeiriadur", "en": "/en/directory"}[language]]
    home = visitor.open({"cy": "/cy/", "en": "/en/"}[language])
    assert home.soup.select("nav.menu [aria-current]") == []


def test_the_menu_and_the_foot_are_the_same_on_every_page(visitor, language):
    addresses = {"cy": ("/cy/", "/cy/cwcis", "/cy/nid-yw-yma"), "en": ("/en/", "/en/cookies", "/en/not-here")}
    seen = []
    for address, status in zip(addresses[language], (200, 200, 404), strict=True):
        page = visitor.open(address, status)
        seen.append([(link["href"], link.get_text()) for link in page.soup.select("nav.menu a, footer .cols a")])
    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0]) == 13
