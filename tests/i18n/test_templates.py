"""Templates are compiled once for each language, with what never changes put in place."""

import pytest
from flask import Flask

from c4s.i18n.languages import speaking

FIXED = '{{ _("Directory") }}: {{ url_for("events.index") }}'


def compiled(site: Flask, source: str, name: str) -> str:
    """The Python that Jinja makes of a template."""
    made: str = site.jinja_env.compile(source, name=name, raw=True)
    return made


@pytest.mark.parametrize(
    ("name", "words"),
    [("cy/page.html", "Cyfeiriadur: /cy/digwyddiadau"), ("en/page.html", "Directory: /en/events")],
)
def test_fixed_words_and_addresses_are_plain_text_once_compiled(site, name, words):
    made = compiled(site, FIXED, name)
    assert words in made
    assert "gettext" not in made
    assert "url_for" not in made


def test_words_and_addresses_that_depend_on_something_wait_for_it(site):
    made = compiled(
        site, '{{ _(word) }}{{ url_for("events.index", page=number) }}{{ _("%(n)s", n=number) }}', "cy/a.html"
    )
    assert (made.count("'_'") > 0, "url_for" in made) == (True, True)


def test_a_per_cent_sign_is_written_twice_and_shown_once(site):
    with speaking("en"):
        assert site.jinja_env.from_string('{{ _("100%%") }}').render() == "100%"
    assert "'100%'" in compiled(site, '{{ _("100%%") }}', "en/page.html")


def test_each_language_has_a_template_of_its_own_and_it_is_made_once(site):
    found = {}
    for language in ("cy", "en"):
        with speaking(language):
            found[language] = site.jinja_env.get_template("parts/crumbs.html")
            assert site.jinja_env.get_template("parts/crumbs.html") is found[language]
    assert [found[language].name for language in ("cy", "en")] == ["cy/parts/crumbs.html", "en/parts/crumbs.html"]


def test_a_template_asks_for_others_in_its_own_language_whatever_is_spoken(site):
    with speaking("en"):
        part = site.jinja_env.get_template("parts/crumbs.html", parent="cy/pages/home.html")
    assert part.name == "cy/parts/crumbs.html"
