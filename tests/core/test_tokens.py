"""Signed links, bound to one purpose."""

import pytest

from c4s.core import tokens
from tests.conftest import SETTINGS

pytestmark = [pytest.mark.usefixtures("site"), pytest.mark.either_database]


def test_a_token_gives_back_what_it_carries():
    assert tokens.read("booking", tokens.sign("booking", 17, "ŵy")) == [17, "ŵy"]


def test_a_token_serves_no_other_purpose():
    assert tokens.read("letters", tokens.sign("booking", 17)) is None


@pytest.mark.parametrize("place", [0, 3, -1])
def test_a_token_that_somebody_changed_is_worthless(place):
    token = tokens.sign("booking", 17)
    letter = "A" if token[place] != "A" else "B"
    changed = token[:place] + letter + (token[place:][1:])
    assert (len(changed), tokens.read("booking", changed)) == (len(token), None)


@pytest.mark.parametrize("token", ["", ".", "abc", "WzE3XQ.", "ŵ.ŷ", "WzE3XQ", "\x00", "a" * 10_000])
def test_nonsense_is_no_token(token):
    assert tokens.read("booking", token) is None


def test_a_token_of_another_site_is_worthless(site, monkeypatch):
    monkeypatch.setitem(site.config, "SECRET_KEY", "y" * 40)
    elsewhere = tokens.sign("booking", 17)
    monkeypatch.undo()
    assert tokens.read("booking", elsewhere) is None


def test_a_token_made_with_the_former_key_is_believed_while_that_is_listed(site, monkeypatch):
    token = tokens.sign("booking", 17)
    monkeypatch.setitem(site.config, "SECRET_KEY", "y" * 40)
    assert tokens.read("booking", token) is None
    monkeypatch.setitem(site.config, "SECRET_KEY_FALLBACKS", ["z" * 40, SETTINGS.secret_key])
    assert tokens.read("booking", token) == [17]


def test_new_tokens_are_made_with_the_new_key(site, monkeypatch):
    monkeypatch.setitem(site.config, "SECRET_KEY", "y" * 40)
    monkeypatch.setitem(site.config, "SECRET_KEY_FALLBACKS", [SETTINGS.secret_key])
    token = tokens.sign("booking", 17)
    monkeypatch.setitem(site.config, "SECRET_KEY_FALLBACKS", [])
    assert tokens.read("booking", token) == [17]
