"""Passwords are kept so that nobody can read them, and those that others would guess are refused."""

import pytest
from argon2 import Type, extract_parameters

from c4s.accounts import passwords, rules

GOOD = "cennin gwlyb ar y to"


@pytest.fixture(scope="module")
def kept():
    return passwords.hashed(GOOD)


def test_what_is_kept_is_argon2id_as_owasp_asks_and_never_twice_the_same(kept):
    found = extract_parameters(kept)
    assert (found.type, found.memory_cost, found.time_cost, found.parallelism) == (Type.ID, 19_456, 2, 1)
    assert passwords.hashed(GOOD) != kept
    assert GOOD not in kept
    assert len(kept) <= 200  # the column's width


def test_nobodys_password_is_as_slow_as_anybodys(kept):
    assert extract_parameters(passwords.NOBODYS) == extract_parameters(kept)


def test_only_the_very_password_fits(kept):
    tried = [GOOD, GOOD.upper(), GOOD + " ", " " + GOOD, GOOD[:-1], "", "x" * 5_000]
    assert [passwords.fits(one, kept) for one in tried] == [True, False, False, False, False, False, False]


def test_where_there_is_no_password_none_fits():
    assert [passwords.fits(one, "") for one in ("", GOOD, "x" * 5_000)] == [False, False, False]


def test_a_letter_fits_whether_a_keyboard_sends_it_whole_or_in_two_parts():
    whole, parts = "t\u0177 ar y mynydd glas", "ty\u0302 ar y mynydd glas"
    assert passwords.fits(parts, passwords.hashed(whole))
    assert not passwords.fits("ty ar y mynydd glas", passwords.hashed(whole))


def test_a_long_password_is_kept_whole():
    long = "x" * (rules.LONGEST_PASSWORD - 1)
    kept = passwords.hashed(long + "y")
    assert (passwords.fits(long + "y", kept), passwords.fits(long + "z", kept)) == (True, False)


def test_half_a_character_is_a_wrong_password_and_no_error(kept):
    assert not passwords.fits("\ud800" * 12, kept)


def test_a_password_kept_in_a_weaker_way_is_to_be_kept_anew(kept):
    weaker = kept.replace("m=19456", "m=9216")
    assert (passwords.needs_hashing_again(weaker), passwords.needs_hashing_again(kept)) == (True, False)


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "qwertyuiop12",
        "aaaaaaaaaaaa",
        "123456789012",
        "Cymru2026Cymru",
        "pontypridd123",
        "Cymru am byth!",
        "PontyPridd2026!",
        "rhonddacynontaf",
        "Connect4Success",
        "connect4success2026",
        "cyfrinair123",
        "cymrucymrucymru",
        "Wales.Cymru.2026",
        "niapritchard85",
        "Pritchard.Nia1",
        "nia.pritchard@example.cymru",
        "abcabcabcabc",
        " " * 20,
    ],
)
def test_what_others_would_soon_guess_is_too_easy(password):
    assert passwords.too_easy(password, ["Nia Pritchard", "nia.pritchard@example.cymru"])


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "tair dafad yn yr ardd heno",
        "correct horse battery staple",
        "v8#Kp2!xQz7mL",
        "mae pontypridd yn wlyb dros ben",
        "👨‍👩‍👧‍👦 ac un gath ddu",
        "x" * 3 + "kQ9zr%vT2pLw" * 10,
    ],
)
def test_a_few_words_or_a_random_text_will_do(password):
    assert not passwords.too_easy(password, ["Nia Pritchard", "nia.pritchard@example.cymru"])


def test_ones_own_name_makes_a_password_easy_for_oneself_alone():
    assert passwords.too_easy("llewelynsmith7", ["Llewelyn Smith"])
    assert passwords.too_easy("Llŷr.O’Neill1", ["Llŷr O’Neill"])
    assert not passwords.too_easy("Gwenhwyfar Zq7", ["Nia"])


def test_welsh_words_are_known_as_written_and_as_typed_without_accents():
    words = passwords.welsh_words()
    assert {"cariad", "tŷ", "ty", "môr", "mor"} <= set(words)
    assert len(words) == len(set(words)) > 150


def test_the_longest_password_is_judged_by_how_it_begins():
    assert passwords.too_easy("a" * rules.LONGEST_PASSWORD)
    assert not passwords.too_easy("k7!Qz dŵr oer" + "a" * 100)
