"""Welsh and English: their codes, their locales, and who is being spoken to."""

import pytest
from flask_babel import get_locale, lazy_gettext

from c4s.i18n.languages import CY, EN, LANGUAGES, current_language, language_of, speaking, the_other
from tests.conftest import said


def test_there_are_two_languages_and_each_is_the_other_of_the_other():
    assert {code: the_other(code) for code in LANGUAGES} == {"cy": "en", "en": "cy"}


def test_each_language_knows_its_locale_and_its_own_name():
    assert [(one.code, one.locale, one.own_name) for one in (CY, EN)] == [
        ("cy", "cy", "Cymraeg"),
        ("en", "en_GB", "English"),
    ]


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/cy/", "cy"),
        ("/cy", "cy"),
        ("/en/events/3-x", "en"),
        ("//en/evil", "en"),
        ("/", None),
        ("", None),
        ("/cymru", None),
        ("/CY/", None),
        ("/static/cy/", None),
        ("/english/", None),
    ],
)
def test_the_language_of_an_address_is_its_first_part(path, language):
    assert language_of(path) == language


@pytest.mark.either_database
def test_where_nothing_has_said_otherwise_it_is_welsh(site):
    assert current_language() == "cy"


@pytest.mark.either_database
def test_speaking_puts_words_into_one_language_and_then_stops(site):
    word, welsh = lazy_gettext("Privacy notice"), said("cy", "Privacy notice")
    assert welsh != "Privacy notice"
    heard = []
    with speaking("en"):
        heard.append((current_language(), str(word), str(get_locale())))
        with speaking("cy"):
            heard.append((current_language(), str(word), str(get_locale())))
        heard.append((current_language(), str(word), str(get_locale())))
    heard.append((current_language(), str(word), str(get_locale())))
    assert heard == [
        ("en", "Privacy notice", "en_GB"),
        ("cy", welsh, "cy"),
        ("en", "Privacy notice", "en_GB"),
        ("cy", welsh, "cy"),
    ]


@pytest.mark.either_database
def test_speaking_stops_even_when_something_goes_wrong(site):
    with pytest.raises(ZeroDivisionError), speaking("en"):
        1 / 0  # noqa: B018
    assert current_language() == "cy"
