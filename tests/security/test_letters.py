"""Letters go to one mailbox, and not too often."""

from email import message_from_bytes, policy

import pytest

from c4s.core.errors import Refused
from c4s.core.throttle import TooMany
from c4s.directory.reading.cleaning import website
from c4s.events import rules, signing_up
from c4s.mail.outbox import Recipient
from c4s.mail.transports import for_mail, message_of
from tests.conftest import SETTINGS
from tests.events.builders import a_sign_up, an_event
from tests.mail.writing import kept, write


@pytest.mark.parametrize(
    "name",
    [
        "Ŵyn, all@example.com,",
        'Ŵyn" <all@example.com>, "x',
        "Ŵyn <all@example.com>",
        "Ŵyn: all@example.com;",
        "=?utf-8?q?Nia=2C_all=40example.com=2C?=",
        "=?utf-8?b?DQpCY2M6IGFsbEBleGFtcGxlLmNvbQ==?=",
        "Ŵyn (all@example.com)",
        "Nia\\",
    ],
)
def test_a_name_adds_nobody_to_those_a_letter_is_for(site, name):
    letter = kept(write(Recipient(name, "nia@example.cymru", "cy")))
    sent = message_from_bytes(message_of(letter, SETTINGS).as_bytes(policy=policy.SMTP), policy=policy.default)
    assert [one.addr_spec for one in sent["To"].addresses] == ["nia@example.cymru"]
    assert (sent["Bcc"], sent["Cc"]) == (None, None)


def test_an_address_is_not_taken_for_a_neighbours():
    assert [for_mail(f"nia@{domain}") for domain in ("straße.de", "tŷ.cymru", "example.cymru")] == [
        "nia@xn--strae-oqa.de", "nia@xn--t-foa.cymru", "nia@example.cymru",
    ]  # fmt: skip
    assert website("https://straße.de/siop") == "https://xn--strae-oqa.de/siop"


def test_a_plus_does_not_make_a_mailbox_another(site):
    event = an_event(capacity=50)
    for number in range(rules.PER_ADDRESS):
        signing_up.book_place(event.id, a_sign_up(f"nia+{number}"), network="192.0.2.0/24")
    with pytest.raises(Refused) as refused:
        signing_up.book_place(event.id, a_sign_up("Nia+more"), network="192.0.2.0/24")
    assert refused.value.reason == TooMany.TOO_MANY
    signing_up.book_place(event.id, a_sign_up("mair+more"), network="192.0.2.0/24")
