"""Codes of apps and on paper: kept so that nobody else can read or guess them."""

import subprocess
import sys
import xml.etree.ElementTree
from datetime import timedelta

import pyotp
import pytest

from c4s.accounts import codes, rules
from c4s.core.config import ROOT
from tests.accounts.builders import KEY
from tests.accounts.rows import later
from tests.conftest import NOW

pytestmark = pytest.mark.either_database


def test_what_is_sealed_opens_for_the_same_person_and_purpose_alone(site):
    token = codes.sealed(codes.KEPT, 7, KEY)
    assert KEY not in token
    assert codes.unsealed(codes.KEPT, 7, token) == KEY
    assert codes.unsealed(codes.KEPT, 8, token) is None
    assert codes.unsealed(codes.WAITING, 7, token) is None
    assert codes.unsealed(codes.KEPT, 7, token[:-4] + "AAA=") is None
    assert codes.unsealed(codes.KEPT, 7, "unreadable") is None


def test_what_waits_is_good_for_an_hour(site):
    token = codes.sealed(codes.WAITING, 7, KEY)
    with later(rules.SHOWN_FOR):
        assert codes.unsealed(codes.WAITING, 7, token, in_time=True) == KEY
    with later(rules.SHOWN_FOR + timedelta(seconds=1)):
        assert codes.unsealed(codes.WAITING, 7, token, in_time=True) is None
        assert codes.unsealed(codes.WAITING, 7, token) == KEY


def test_a_former_key_of_the_site_still_opens_and_what_is_sealed_anew_needs_it_no_more(site, monkeypatch):
    old = codes.sealed(codes.KEPT, 7, KEY)
    monkeypatch.setitem(site.config, "SECRET_KEY", "another-" + "y" * 32)
    assert codes.unsealed(codes.KEPT, 7, old) is None
    monkeypatch.setitem(site.config, "SECRET_KEY_FALLBACKS", ["for-tests-only-" + "x" * 32])
    assert codes.unsealed(codes.KEPT, 7, old) == KEY
    new = codes.sealed_anew(codes.KEPT, old)
    monkeypatch.setitem(site.config, "SECRET_KEY_FALLBACKS", [])
    assert codes.unsealed(codes.KEPT, 7, new) == KEY


def test_a_code_is_that_of_the_standard(site):
    """RFC 6238, appendix B, for SHA-1; the last six digits."""
    key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert [codes.code_at(key, seconds // 30) for seconds in (59, 1_111_111_109, 1_234_567_890)] == [
        "287082",
        "081804",
        "005924",
    ]


@pytest.mark.parametrize(
    ("late", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)], ids=lambda late: str(late)
)
def test_a_code_may_be_one_half_minute_early_or_late(site, late, is_taken):
    here = rules.step_of(NOW)
    found = codes.step_that_fits(KEY, pyotp.TOTP(KEY).at(NOW, counter_offset=late), rules.steps_taken(NOW, 0))
    assert found == (here + late if is_taken else None)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}"])
def test_spaces_in_a_code_do_not_matter(site, typed):
    code = pyotp.TOTP(KEY).at(NOW)
    assert codes.step_that_fits(KEY, typed.format(code), [rules.step_of(NOW)]) == rules.step_of(NOW)


@pytest.mark.parametrize("typed", ["", "x", "٣" * 6, "\ud800", "0" * 10_000])
def test_what_is_no_code_fits_nothing(site, typed):
    assert codes.step_that_fits(KEY, typed, [rules.step_of(NOW)]) is None


def test_a_new_key_is_another_one_each_time_and_160_bits_long():
    keys = {codes.new_key() for _ in range(20)}
    assert (len(keys), {len(key) for key in keys}) == (20, {32})
    assert codes.in_groups("ABCDEFGHIJ") == "ABCD EFGH IJ"


def test_the_picture_is_one_that_a_browser_shows_without_anything_else():
    picture = codes.picture(KEY, name="nia@example.cymru", issuer="Connect4Success")
    root = xml.etree.ElementTree.fromstring(picture)
    assert (root.tag, root.get("width") is not None) == ("{http://www.w3.org/2000/svg}svg", True)
    assert (b"<script" in picture, b"style=" in picture, b"href" in picture, KEY.encode() in picture) == (False,) * 4


def test_codes_on_paper_are_ten_long_and_without_characters_that_look_alike():
    made = codes.new_recovery_codes()
    plain = [code.replace("-", "") for code in made]
    assert (len(set(made)), {len(code) for code in plain}) == (10, {24})
    assert set("".join(plain)) <= set(codes.CHARACTERS)
    assert set(codes.CHARACTERS) & set("01OIL") == set()


@pytest.mark.parametrize("typed", ["ABCD-EFGH", "abcd-efgh", " ABCD EFGH ", "ABCDEFGH", "AbCd-  EfGh"])
def test_a_code_on_paper_may_be_typed_in_many_ways(typed):
    assert codes.recovery_digest(typed) == rules.digest("ABCDEFGH")


def test_the_libraries_for_codes_are_not_loaded_to_serve_pages():
    loaded = "import sys, app; print(sorted({'pyotp', 'segno', 'cryptography'} & {*sys.modules}))"
    done = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
