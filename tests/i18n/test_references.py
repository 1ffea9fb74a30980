"""References in addresses: the number decides, the words are for people."""

import pytest

from c4s.i18n.bilingual import Bilingual
from c4s.i18n.references import LARGEST, Reference, ReferenceConverter, reference
from tests.events.builders import an_event

pytestmark = pytest.mark.either_database


@pytest.fixture
def event(site):
    return an_event(title=Bilingual("Gŵyl y Tŷ", "Festival of the House"))


@pytest.mark.parametrize(
    ("name", "made"),
    [("Cwmni’r Coed", "17-cwmnir-coed"), ("Tŷ Ŵy", "17-ty-wy"), ("", "17"), ("مقهى", "17"), ("—", "17")],
)
def test_a_reference_is_the_number_and_the_name_in_plain_letters(name, made):
    assert reference(17, name) == made


def test_a_reference_made_of_a_reference_does_not_keep_its_old_words():
    old = Reference(17)
    old.words = "hen-enw"
    assert (str(old), reference(old, "Enw newydd"), reference(old, "")) == (
        "17-hen-enw",
        "17-enw-newydd",
        "17",
    )


@pytest.mark.parametrize(
    ("written", "number", "words"),
    [
        ("17", 17, ""),
        ("17-cwmni-coed", 17, "cwmni-coed"),
        ("17-", 17, ""),
        ("017-cwmni", 17, "cwmni"),
        (f"{LARGEST}", LARGEST, ""),
        (f"{LARGEST + 1}-cwmni", 0, "cwmni"),
        ("9999999999", 0, ""),
    ],
)
def test_a_written_reference_is_read(site, written, number, words):
    found = ReferenceConverter(site.url_map).to_python(written)
    assert (int(found), found.words) == (number, words)


@pytest.mark.parametrize(
    ("language", "right"),
    [("cy", "/cy/digwyddiadau/{}-gwyl-y-ty"), ("en", "/en/events/{}-festival-of-the-house")],
)
@pytest.mark.parametrize("given", ["{}", "{}-", "{}-hen-enw", "{}-gwyl-y-t", "{}-festival"])
def test_stale_or_missing_words_get_one_permanent_redirect(visitor, event, language, right, given):
    address = right.format(event.id).rpartition("/")[0] + "/" + given.format(event.id)
    answer = visitor.ask("GET", address)
    assert (answer.status_code, answer.headers["Location"]) == (301, right.format(event.id))
    assert visitor.open(address).address == right.format(event.id)


def test_the_redirect_keeps_what_the_address_asks(visitor, event):
    answer = visitor.ask("GET", f"/en/events/{event.id}?q=t%C5%B7&q=2&page=3")
    assert (answer.status_code, answer.headers["Location"]) == (
        301,
        f"/en/events/{event.id}-festival-of-the-house?q=t%C5%B7&q=2&page=3",
    )


@pytest.mark.parametrize(
    "asked",
    [
        "endpoint=x",
        "_external=1&_scheme=javascript",
        "_anchor=x",
        "_method=POST",
        "event_id=9",
        ".self=1",
        "language=en",
    ],
)
def test_nothing_an_address_asks_steers_the_redirect(visitor, event, asked):
    answer = visitor.ask("GET", f"/cy/digwyddiadau/{event.id}?{asked}")
    assert answer.status_code == 301
    assert answer.headers["Location"].split("?")[0] == f"/cy/digwyddiadau/{event.id}-gwyl-y-ty"


@pytest.mark.parametrize(
    "written",
    ["999", "0", "999-gwyl", str(LARGEST), str(LARGEST + 1), "9999999999", "99999999999", "9" * 200],
)
def test_an_unknown_number_is_not_found_however_large(visitor, language, written):
    folder = {"cy": "/cy/digwyddiadau", "en": "/en/events"}[language]
    assert visitor.open(f"{folder}/{written}", 404).language == language


@pytest.mark.parametrize("written", ["-1", "1.5", "1e3", "%D9%A1", "1%00", "x17", "17_x", "1 or 1=1", "17-%3Cb%3E"])
def test_what_is_no_reference_is_not_found(visitor, written):
    visitor.open(f"/en/events/{written}", 404)


def test_the_switch_has_the_words_of_the_other_language(visitor, event):
    page = visitor.open(f"/cy/digwyddiadau/{event.id}-gwyl-y-ty?page=2")
    assert page.switch == f"/en/events/{event.id}-festival-of-the-house?page=2"
    assert visitor.switch_language().switch == f"/cy/digwyddiadau/{event.id}-gwyl-y-ty?page=2"
