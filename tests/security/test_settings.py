"""A site for real people never runs on what everybody knows."""

import pytest

from c4s.core.config import UnsafeSettings, read_settings


@pytest.mark.parametrize(
    "given",
    [
        {"C4S_SITE_ADDRESS": "https://connect4success.example.wales"},
        {"C4S_MAIL": "smtp://post.example.wales"},
        {"C4S_MAIL": "smtps://post.example.wales", "C4S_SITE_ADDRESS": "https://connect4success.example.wales"},
    ],
)
def test_a_forgotten_key_does_not_make_a_real_site_a_demonstration(given):
    with pytest.raises(UnsafeSettings, match="C4S_SECRET_KEY"):
        read_settings(given).check()
    assert read_settings({**given, "C4S_DEMONSTRATION": "1"}).is_demonstration
