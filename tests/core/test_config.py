"""Settings, read once from the environment, with safe defaults."""

import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from pathlib import Path
from threading import Barrier

import pytest

from c4s.core import config
from c4s.core.config import ROOT, Settings, UnsafeSettings, kept_key, read_settings
from c4s.site import create_app

REAL = {
    "C4S_DATABASE_URL": "postgresql://c4s:word@db.example.wales/c4s",
    "C4S_SECRET_KEY": "k" * 32,
    "C4S_SITE_ADDRESS": "https://site.example.wales",
    "C4S_MAIL": "smtp://post.example.wales:25",
    "C4S_MAIL_FROM": "llythyrau@site.example.wales",
    "C4S_ORGANISATION": "Y Fenter",
    "C4S_CONTROLLER": "Y Fenter Cyf.",
    "C4S_POSTAL_ADDRESS": "Y Fenter|1 Stryd y Bont",
    "C4S_PHONE": "01632 960 200",
    "C4S_CONTACT_EMAIL": "ymholiadau@site.example.wales",
}


def test_safe_settings_pass():
    settings = read_settings(REAL)
    settings.check()
    assert (settings.is_demonstration, settings.is_https) == (False, True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("C4S_DATABASE_URL", "mysql://c4s@localhost/c4s"),
        ("C4S_SECRET_KEY", "k" * 31),
        ("C4S_SECRET_KEY_OLD", "short"),
        ("C4S_SECRET_KEY_OLD", f"{'o' * 40} {'o' * 31}"),
        ("C4S_SITE_ADDRESS", "http://site.example.wales"),
        ("C4S_SITE_ADDRESS", "site.example.wales"),
        ("C4S_SITE_ADDRESS", "https://"),
        ("C4S_MAIL", "instance/letters"),
        ("C4S_MAIL_FROM", ""),
        ("C4S_ORGANISATION", ""),
        ("C4S_CONTROLLER", ""),
        ("C4S_POSTAL_ADDRESS", ""),
        ("C4S_PHONE", ""),
        ("C4S_CONTACT_EMAIL", ""),
        ("C4S_TRUSTED_PROXIES", "all"),
        ("C4S_TRUSTED_PROXIES", "-1"),
    ],
)
def test_one_unsafe_setting_stops_the_site_and_is_named(name, value):
    with pytest.raises(UnsafeSettings) as problem:
        read_settings({**REAL, name: value}).check()
    assert {line.split()[1] for line in str(problem.value).splitlines()[1:]} == {name}


def test_every_unsafe_setting_is_named_at_once():
    with pytest.raises(UnsafeSettings) as problem:
        create_app(read_settings({"C4S_DEMONSTRATION": "0"}))
    assert {line.split()[1] for line in str(problem.value).splitlines()[1:]} == {*REAL.keys() - {"C4S_DATABASE_URL"}}


def test_no_secret_is_told_in_the_complaint():
    with pytest.raises(UnsafeSettings) as problem:
        read_settings({**REAL, "C4S_SECRET_KEY": "hush", "C4S_SECRET_KEY_OLD": "hush-hush"}).check()
    assert "hush" not in str(problem.value)


def test_no_secret_shows_when_settings_are_printed():
    printed = repr(read_settings({**REAL, "C4S_MAIL": "smtp://nia:hush@post.example.wales"}))
    assert ("k" * 32 in printed, "hush" in printed, "word@" in printed) == (False, False, False)


def test_without_any_setting_the_site_is_a_demonstration():
    settings = read_settings({})
    settings.check()
    assert (settings.is_demonstration, settings.secret_key) == (True, "")


def test_a_demonstration_may_have_a_key_of_its_own():
    settings = read_settings({"C4S_DEMONSTRATION": "1", "C4S_SECRET_KEY": "mine"})
    settings.check()
    assert (settings.is_demonstration, settings.secret_key) == (True, "mine")


def test_a_demonstration_signs_with_a_random_key_that_a_restart_keeps(tmp_path, monkeypatch):
    demonstration = read_settings({"C4S_DATABASE_URL": f"sqlite:///{tmp_path / 'c4s.sqlite3'}"})
    keys = []
    for folder in ("one", "one", "another"):
        monkeypatch.setattr(config, "KEY_FILE", tmp_path / folder / "secret-key")
        keys.append(create_app(demonstration).config["SECRET_KEY"])
    assert (keys[0] == keys[1], keys[0] == keys[2], min(map(len, keys)) >= 32) == (True, False, True)


def test_only_the_owner_may_read_the_kept_key(tmp_path):
    kept_key(tmp_path / "secret-key")
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_however_many_ask_for_the_key_at_once_they_get_the_same(tmp_path):
    together = Barrier(8)

    def ask(file):
        together.wait(10)
        return kept_key(file)

    with ThreadPoolExecutor(8) as crowd:
        for number in range(20):
            file = tmp_path / str(number)
            assert set(crowd.map(ask, [file] * 8)) == {file.read_text().strip()}


@pytest.mark.parametrize("left", ["", "half-a-k", "\n"])
def test_a_key_left_half_written_is_made_again(tmp_path, left):
    file = tmp_path / "secret-key"
    file.write_text(left)
    key = kept_key(file)
    assert (len(key) >= 32, kept_key(file), file.read_text()) == (True, key, key + "\n")


def test_where_no_key_can_be_kept_the_setting_is_named(tmp_path):
    with pytest.raises(UnsafeSettings, match="C4S_SECRET_KEY must be set"):
        kept_key(tmp_path)


def test_a_secret_key_alone_ends_the_demonstration():
    assert read_settings({"C4S_SECRET_KEY": "k" * 32}).is_demonstration is False


def test_an_empty_variable_counts_as_unset():
    assert read_settings({"C4S_PHONE": ""}) == read_settings({})


def test_every_setting_can_be_given():
    given = {item.metadata["name"]: f"value of {item.name}" for item in fields(Settings)}
    settings = read_settings(given)
    assert {item.name: getattr(settings, item.name) for item in fields(Settings)} == {
        item.name: f"value of {item.name}" for item in fields(Settings)
    }


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///instance/c4s.sqlite3", f"sqlite:///{ROOT}/instance/c4s.sqlite3"),
        ("sqlite:////srv/c4s.sqlite3", "sqlite:////srv/c4s.sqlite3"),
        ("postgresql://c4s@/c4s", "postgresql+psycopg://c4s@/c4s"),
        ("postgresql+psycopg://c4s@/c4s", "postgresql+psycopg://c4s@/c4s"),
    ],
)
def test_the_address_of_the_database_is_understood(given, used):
    assert replace(Settings(), database_url=given).database == used


def test_the_site_answers_to_its_own_names_and_a_demonstration_to_the_local_ones():
    real = read_settings({**REAL, "C4S_MORE_HOSTS": "www.example.wales c4s.example.cymru"})
    assert real.hosts == ["site.example.wales", "www.example.wales", "c4s.example.cymru"]
    assert set(read_settings({}).hosts) == {"127.0.0.1", "localhost"}


@pytest.mark.parametrize(("given", "number"), [("0", 0), ("2", 2), ("many", 0), ("²", 0), ("", 0)])
def test_proxies_are_counted(given, number):
    assert replace(Settings(), trusted_proxies=given).proxies == number


def test_a_real_site_has_a_strict_cookie_and_limits(tmp_path):
    site = create_app(read_settings({**REAL, "C4S_DATABASE_URL": f"sqlite:///{tmp_path / 'real.sqlite3'}"}))
    assert {
        name: site.config[name]
        for name in (
            "SESSION_COOKIE_NAME",
            "SESSION_COOKIE_SECURE",
            "SESSION_COOKIE_HTTPONLY",
            "SESSION_COOKIE_SAMESITE",
            "TRUSTED_HOSTS",
            "MAX_CONTENT_LENGTH",
            "MAX_FORM_MEMORY_SIZE",
            "DEBUG",
            "TESTING",
        )
    } == {
        "SESSION_COOKIE_NAME": "__Host-c4s",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "TRUSTED_HOSTS": ["site.example.wales"],
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 500_000,
        "DEBUG": False,
        "TESTING": False,
    }


def test_the_project_is_where_the_way_in_is():
    assert Path(ROOT / "app.py").is_file()
