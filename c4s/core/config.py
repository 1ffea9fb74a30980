"""Settings, read once from the environment, with safe defaults.

The README's table of settings is this file: a test holds the one against the other.
"""

import fcntl
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

import click

SHORTEST_SECRET = 32  # characters


class UnsafeSettings(click.ClickException):
    """The site refuses to start; the message names every setting at fault.

    A ``ClickException``, so that ``make run`` prints the message alone and no traceback.
    """


def _setting(name: str, meaning: str, default: str = "", *, is_secret: bool = False) -> str:
    made: str = field(default=default, repr=not is_secret, metadata={"name": name, "meaning": meaning})
    return made


def _is_weak(secret: str) -> bool:
    return len(secret) < SHORTEST_SECRET


@dataclass(frozen=True)
class Settings:
    """What the owner decides, as text; derived values are properties."""

    database_url: str = _setting(
        "C4S_DATABASE_URL",
        "Where the data is: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME (PostgreSQL 15 or newer)",
        "sqlite:///instance/c4s.sqlite3",
        is_secret=True,
    )
    secret_key: str = _setting(
        "C4S_SECRET_KEY",
        "Signs cookies and links; 32 random characters or more. "
        "Without it: a demonstration, with a random key kept in instance/secret-key",
        is_secret=True,
    )
    secret_key_old: str = _setting(
        "C4S_SECRET_KEY_OLD",
        "Former keys, separated by spaces, still believed while a key is being changed",
        is_secret=True,
    )
    site_address: str = _setting(
        "C4S_SITE_ADDRESS",
        "The address people use, for instance https://connect4success.wales; letters and links use it",
        "http://127.0.0.1:5000",
    )
    more_hosts: str = _setting("C4S_MORE_HOSTS", "Other host names the site answers to, separated by spaces")
    mail: str = _setting(
        "C4S_MAIL",
        "Where letters go: smtp://USER:PASSWORD@HOST:PORT, smtps://…, or a folder for trying things out",
        "instance/letters",
        is_secret=True,
    )
    mail_from: str = _setting("C4S_MAIL_FROM", "The address letters come from", "connect4success@example.wales")
    organisation: str = _setting("C4S_ORGANISATION", "Who runs the site, as it is called", "Connect4Success")
    controller: str = _setting(
        "C4S_CONTROLLER", "The data controller in law, for the privacy notice", "Connect4Success"
    )
    postal_address: str = _setting(
        "C4S_POSTAL_ADDRESS",
        "Where post reaches the organisation, lines separated by |",
        "Connect4Success|1 Example Square|Pontypridd|CF37 1AA",
    )
    phone: str = _setting("C4S_PHONE", "The telephone number people may ring", "01632 960 100")
    contact_email: str = _setting("C4S_CONTACT_EMAIL", "Where messages from the contact page go", "helo@example.wales")
    area_cy: str = _setting("C4S_AREA_CY", "The area served, in Welsh", "Rhondda Cynon Taf")
    area_en: str = _setting("C4S_AREA_EN", "The area served, in English", "Rhondda Cynon Taf")
    trusted_proxies: str = _setting(
        "C4S_TRUSTED_PROXIES", "How many proxies of your own stand in front (their X-Forwarded-For is believed)", "0"
    )
    demonstration: str = _setting(
        "C4S_DEMONSTRATION", "1 for a demonstration with invented people: unsafe settings are then allowed", "0"
    )
    host: str = _setting("HOST", "The address `make run` listens on", "127.0.0.1")
    port: str = _setting("PORT", "The port `make run` listens on", "5000")
    workers: str = _setting("C4S_WORKERS", "How many web processes `make run` starts", "2")

    @property
    def is_demonstration(self) -> bool:
        return self.demonstration == "1"

    @property
    def is_https(self) -> bool:
        return urlsplit(self.site_address).scheme == "https"

    @property
    def hosts(self) -> list[str]:
        """Every host name the site answers to, without ports."""
        own = urlsplit(self.site_address).hostname or ""
        local = ["127.0.0.1", "localhost"] if self.is_demonstration else []
        return [own, *self.more_hosts.split(), *local]

    @property
    def proxies(self) -> int:
        return int(self.trusted_proxies) if self.trusted_proxies.isdecimal() else 0

    @property
    def database(self) -> str:
        """The database address for SQLAlchemy; a relative SQLite file is meant from the folder of app.py."""
        prefix = "sqlite:///"
        if self.database_url.startswith(prefix):
            file = Path(self.database_url.removeprefix(prefix))
            return prefix + str(file if file.is_absolute() else ROOT / file)
        if self.database_url.startswith("postgresql://"):
            return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)
        return self.database_url

    def check(self) -> None:
        """Let a safe set of settings pass.

        Raises:
            UnsafeSettings: naming every setting that is not safe enough to serve real people.
        """
        faults = []
        if not self.database_url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            faults.append("C4S_DATABASE_URL must begin with sqlite:/// or postgresql://")
        if not self.trusted_proxies.isdecimal():
            faults.append("C4S_TRUSTED_PROXIES must be a whole number")
        if urlsplit(self.site_address).scheme not in ("http", "https") or not urlsplit(self.site_address).hostname:
            faults.append("C4S_SITE_ADDRESS must be a full address, such as https://connect4success.wales")
        if not self.is_demonstration:
            if _is_weak(self.secret_key):
                faults.append(f"C4S_SECRET_KEY must be {SHORTEST_SECRET} random characters or more")
            if any(_is_weak(secret) for secret in self.secret_key_old.split()):
                faults.append(f"C4S_SECRET_KEY_OLD must hold keys of {SHORTEST_SECRET} characters or more")
            if not self.is_https:
                faults.append("C4S_SITE_ADDRESS must begin with https://")
            if not self.mail.startswith(("smtp://", "smtps://")):
                faults.append("C4S_MAIL must begin with smtp:// or smtps://")
            faults += [
                f"{item.metadata['name']} must be set"
                for item in fields(self)
                if item.name in MUST_BE_OWN and getattr(self, item.name) == item.default
            ]
        if faults:
            raise UnsafeSettings("The site does not start with these settings:\n- " + "\n- ".join(faults))


ROOT = Path(__file__).resolve().parents[2]
KEY_FILE = ROOT / "instance" / "secret-key"
MUST_BE_OWN = {"mail_from", "organisation", "controller", "postal_address", "phone", "contact_email"}


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings as the environment gives them; with no secret key at all, those of a demonstration,
    unless an https address or a mail server shows that it is meant to be a real site.

    Args:
        environment: names and values; the process's own when left out.
    """
    given = os.environ if environment is None else environment
    values = {
        item.name: given[item.metadata["name"]]
        for item in fields(Settings)
        if given.get(item.metadata["name"], "") != ""
    }
    # A key forgotten on a site for real people must stop it, not turn it into a demonstration.
    is_real = values.get("site_address", "").startswith("https:") or values.get("mail", "").startswith("smtp")
    if "secret_key" not in values and values.get("demonstration", "0" if is_real else "1") == "1":
        values["demonstration"] = "1"
    if "site_address" not in values and values.get("demonstration") == "1":
        # A demonstration is found where it listens, so that the links in its letters lead there.
        host, port = values.get("host", "127.0.0.1"), values.get("port", "5000")
        values["site_address"] = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    return Settings(**values)


def kept_key(file: Path | None = None) -> str:
    """The random key of a demonstration, made the first time and kept, so that links outlive a restart.

    Every process gets the same one, however many ask at once: each holds the file while it looks.

    Args:
        file: where the key is kept, readable for its owner alone; ``KEY_FILE`` when left out.

    Raises:
        UnsafeSettings: when no key can be kept there.
    """
    file = file or KEY_FILE
    try:
        file.parent.mkdir(exist_ok=True)
        with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="ascii") as kept:
            fcntl.flock(kept, fcntl.LOCK_EX)
            key = kept.read().strip()
            if _is_weak(key):  # new, or left half written when a machine stopped
                key = secrets.token_urlsafe(48)
                kept.seek(0)
                kept.truncate()
                kept.write(key + "\n")
                kept.flush()
                os.fsync(kept.fileno())
            return key
    except (OSError, UnicodeDecodeError) as problem:
        raise UnsafeSettings(f"C4S_SECRET_KEY must be set, because no key can be kept: {problem}") from problem
