"""Codes and references for the telephone and for paper."""

import pytest

from c4s.core import read_aloud


def test_letters_are_read_out_in_groups_of_four():
    assert read_aloud.grouped("K7QM4RTX") == "K7QM-4RTX"
    assert read_aloud.grouped("K7QM4RTX9CDF") == "K7QM-4RTX-9CDF"
    assert read_aloud.grouped("") == ""


def test_no_letter_looks_or_sounds_like_another_and_none_makes_a_word():
    assert len(set(read_aloud.LETTERS)) == 20
    assert set(read_aloud.LETTERS).isdisjoint("AEIOUWY01258BISZL")


def test_so_many_letters_are_drawn_and_never_the_same_ones():
    drawn = [read_aloud.drawn(20) for _ in range(50)]
    assert {len(one) for one in drawn} == {20}
    assert set("".join(drawn)) <= set(read_aloud.LETTERS)
    assert len(set(drawn)) == 50


@pytest.mark.parametrize("typed", ["K7QM-4RTX", "k7qm4rtx", " K7 QM–4R.TX ", "k-7-q-m-4-r-t-x"])
def test_a_code_is_understood_however_it_is_typed(typed):
    assert read_aloud.letters_in(typed) == "K7QM4RTX"
